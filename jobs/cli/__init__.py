"""The command line `zonerules`: one module per group of commands, thin over jobs.

Exit status: 0 answered, 2 bad input (one line on stderr), 3 answered although layers failed.
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Sequence

from .frame import BAD_INPUT, Interrupted, build_app, chosen_language, one_line

__all__ = ["main"]

INTERRUPTED = 130
_NEGATIVE = re.compile(r"^-(\d+(\.\d*)?|\.\d+)$")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line on `argv` (sys.argv by default) and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # The option parser would read -113.6 as options -1, -1, -3 …; a minus sign it does not.
    given = sys.argv[1:] if argv is None else argv
    args = [_NEGATIVE.sub(lambda found: "\u2212" + found.group(1), text) for text in given]
    if argv is None and args[:1] == ["at"]:
        gc.disable()  # one answer leaves little rubbish; to look for it takes a tenth of the time
    if argv is None and args[:1] == ["check"]:
        from .check import spare_pandas

        spare_pandas()
    try:
        status = build_app(args)(args=args, standalone_mode=False, prog_name="zonerules")
    except (KeyboardInterrupt, Interrupted) as stop:
        return _interrupted(str(stop))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        line = one_line(error, chosen_language(args))
        if line is None:
            raise
        print(f"zonerules: {line}", file=sys.stderr)
        return BAD_INPUT
    if status == INTERRUPTED:  # typer has caught it
        return _interrupted()
    return status if isinstance(status, int) else 0


def _interrupted(left: str = "") -> int:
    """Say so in one line, with what is left of the work."""
    print(f"zonerules: {left or 'interrupted'}", file=sys.stderr)
    return INTERRUPTED
