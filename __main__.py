"""``python -m zonerules`` is the command ``zonerules``."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command line; an interrupt while it is still being loaded ends in one line, too."""
    try:
        from .jobs.cli import main as run

        return run()
    except KeyboardInterrupt:
        print("zonerules: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
