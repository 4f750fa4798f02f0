"""The Python interpreter that belongs to this QGIS; ``sys.executable`` may be QGIS itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_S = 30
_CHECK = "import sys; print('%d.%d' % sys.version_info[:2]); import pip; print(pip.__version__)"


class NoPython(Exception):
    """No usable interpreter: ``key`` names the text that says why, ``args_`` fill it."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key, self.args_ = key, args


def find() -> str:
    """The path of an interpreter of this very version that has pip. Raises NoPython."""
    wanted = "{}.{}".format(*sys.version_info[:2])
    without_pip = ""
    for path in candidates():
        told = _told(path)
        if told[:1] != [wanted]:
            continue
        if len(told) > 1:
            return str(path)
        without_pip = without_pip or str(path)
    if without_pip:
        raise NoPython("deps.no_pip", path=without_pip)
    raise NoPython("deps.no_python", version=wanted)


def candidates(
    executable: str = sys.executable,
    prefixes: tuple[str, ...] = (sys.exec_prefix, sys.base_exec_prefix),
    windows: bool = os.name == "nt",
) -> Iterator[Path]:
    """Existing files that may be it, the likeliest first, on Windows, macOS and Linux."""
    own = Path(executable or "")
    version = "{}.{}".format(*sys.version_info[:2])
    roots = [Path(prefix) for prefix in prefixes]
    if windows:
        # OSGeo4W: bin/qgis-bin.exe runs apps/Python312, which has its own python.exe
        paths = [root / "python.exe" for root in roots] + [own.parent / "python3.exe"]
        paths += [own.parent / "python.exe"]
    else:
        # macOS: Contents/MacOS/QGIS, with the interpreter beside it or in bin
        names = (f"python{version}", "python3")
        folders = [root / "bin" for root in roots] + [own.parent / "bin", own.parent]
        paths = [folder / name for folder in folders for name in names]
    if own.name.lower().startswith("python"):
        paths.insert(0, own)
    for path in dict.fromkeys(paths):
        if path.is_file():
            yield path


def quiet() -> dict[str, Any]:
    """Arguments of subprocess that keep Windows from opening a console window."""
    return {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}


def environment() -> dict[str, str]:
    """This process's environment for a child, without what would change its packages."""
    dropped = ("PYTHONPATH", "PYTHONSTARTUP", "PIP_TARGET", "PIP_PREFIX", "PIP_USER")
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    return {**kept, "PYTHONNOUSERSITE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _told(path: Path) -> list[str]:
    """Version and, on a second line, that of pip, as the interpreter says; [] if it does not."""
    try:
        done = subprocess.run(
            [str(path), "-c", _CHECK],
            capture_output=True,
            text=True,
            timeout=WAIT_S,
            env=environment(),
            **quiet(),
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return done.stdout.split()
