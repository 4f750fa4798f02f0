"""``python -m zonerules`` is the command ``zonerules``."""

from __future__ import annotations

import sys

from .jobs.cli import main

if __name__ == "__main__":
    sys.exit(main())
