"""pip into a private folder of the user's profile, beside QGIS's own packages and never over them.

The trick: everything QGIS has is pinned, so that what is installed fits it; copies of what QGIS
has are deleted again, so that QGIS's stay the only ones. The new folder replaces the old one whole
and only after a separate process has imported all of it. No Qt in here.
"""

from __future__ import annotations

import json
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .needs import (
    ALL,
    FLOORS,
    MODULES,
    SHARED,
    canonical,
    installed,
    lacking,
    older,
    pins,
    version_of,
)
from .python import environment, quiet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...jobs.progress import Progress

RECORD = "zonerules-packages.json"
SHOWN = 90  # characters of a line of pip that are worth showing
POLL_S = 0.2
CHECK_S = 180


class Failure(Exception):
    """Nothing was installed: ``key`` names the text that says why; ``log`` is what pip printed."""

    def __init__(self, key: str, log: str = "", **args: object) -> None:
        super().__init__(key)
        self.key, self.log, self.args_ = key, log, args


def install(
    python: str,
    folder: Path,
    names: Sequence[str],
    *,
    floors: Mapping[str, str] = FLOORS,
    shared: Sequence[str] = SHARED,
    extra: Sequence[str] = (),
    progress: Progress,
) -> dict[str, str]:
    """Install ``names`` into ``folder`` and return what is in it, {package: version}.

    ``python``: see .python; ``shared``: what QGIS has must stay what is imported; ``extra``: more
    options of pip. Raises Failure, and Cancelled when
    ``progress`` does; either way ``folder`` is as it was.
    """
    too_old = [lack for lack in lacking(names, floors) if lack.found and not _ours(folder, lack)]
    if too_old:
        told = ", ".join(f"{one.name} {one.found} < {one.floor}" for one in too_old)
        raise Failure("deps.too_old", packages=told)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        made = work / "packages"
        constraints = work / "constraints.txt"
        kept = installed(without=str(folder))
        pinned = pins(kept, [*ALL, *shared, *names])
        constraints.write_text("\n".join(pinned) + "\n", encoding="utf-8")
        wanted = [f"{name}>={floors[name]}" if name in floors else name for name in names]
        command = [python, "-m", "pip", "install", "--no-input", "--only-binary=:all:"]
        command += ["--target", str(made), "-c", str(constraints), *extra, *wanted]
        _pip(command, progress)
        progress(0.85, "")
        _drop_copies(made, set(kept))
        versions = _versions(made)
        _check_floors(versions, names, floors)
        _try(python, made, names, shared)
        theirs = {name: kept[name] for name in shared if name in kept}
        record = {"python": list(sys.version_info[:2]), "qgis": theirs, "versions": versions}
        (made / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
        progress(0.97, "")
        _swap(made, folder, work)
        return versions
    except OSError as error:
        raise Failure("deps.disk", reason=str(error)) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def uninstall(folder: Path) -> None:
    """Delete the folder; what this process has imported from it goes when QGIS ends.

    Raises Failure, for example on Windows while a library in it is in use.
    """
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise Failure("deps.not_removed", folder=str(folder), reason=str(error)) from error


def record_of(folder: Path) -> dict[str, Any] | None:
    """What was installed, for which Python and beside which versions of QGIS's own packages."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "versions" in found else None


# -- steps ----------------------------------------------------------------------------------------


def _ours(folder: Path, lack: Any) -> bool:
    """Whether a package that is too old comes from the private folder itself."""
    record = record_of(folder)
    return bool(record) and str(folder) in sys.path and lack.name in record["versions"]


def _pip(command: list[str], progress: Progress) -> None:
    """Run pip and tell its lines; stop it when ``progress`` raises."""
    lines: queue.Queue[str | None] = queue.Queue()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment(),
        **quiet(),
    )

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    log: list[str] = []
    try:
        while True:
            try:
                line = lines.get(timeout=POLL_S)
            except queue.Empty:
                progress(_share(log), "")
                continue
            if line is None:
                break
            log.append(line.rstrip())
            progress(_share(log), log[-1].strip()[:SHOWN])
    except BaseException:  # cancelled, or an error: pip must not go on without anybody
        process.kill()
        process.wait()
        raise
    if process.wait() != 0:
        text = "\n".join(log)
        raise Failure(_why(text), text, reason=_last_error(log))


def _share(log: Sequence[str]) -> float:
    """A guess of how far pip is: it prints a line or two for each package, then installs."""
    if any(line.startswith("Installing collected") for line in log):
        return 0.7
    return min(0.6, 0.02 * len(log))


def _why(log: str) -> str:
    if re.search(r"ResolutionImpossible|conflicting dependencies", log):
        return "deps.conflict"
    offline = (
        r"NewConnectionError|Connection(Error| refused)|ReadTimeout|Temporary failure|SSLError"
    )
    if re.search(offline, log):
        return "deps.offline"
    if re.search(r"No matching distribution|Could not find a version", log):
        return "deps.no_match"
    if "No space left" in log:
        return "deps.no_space"
    return "deps.pip"


def _last_error(log: Sequence[str]) -> str:
    errors = [line for line in log if line.startswith("ERROR:")] or [*log[-1:], "pip"][:1]
    return errors[-1].removeprefix("ERROR:").strip()[:200] if errors else ""


def _drop_copies(made: Path, kept: set[str]) -> None:
    """Delete from the new folder every package that QGIS has itself."""
    for info in made.glob("*.dist-info"):
        name = canonical(info.name.split("-")[0])
        if name not in kept:
            continue
        listed = (info / "RECORD").read_text(encoding="utf-8").splitlines()
        tops = {line.split(",")[0].split("/")[0] for line in listed if line}
        for top in tops - {"..", "", "bin"}:
            path = made / top.strip('"')
            if not path.exists() or path.resolve().parent != made.resolve():
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _versions(made: Path) -> dict[str, str]:
    found = {}
    for info in made.glob("*.dist-info"):
        name, _, version = info.name[: -len(".dist-info")].partition("-")
        found[canonical(name)] = version
    return dict(sorted(found.items()))


def _check_floors(
    versions: Mapping[str, str], names: Sequence[str], floors: Mapping[str, str]
) -> None:
    for name in names:
        version = versions.get(name) or version_of(name)
        if not version or older(version, floors.get(name, "0")):
            raise Failure("deps.too_old", packages=f"{name} {version} < {floors.get(name, '0')}")


_TRY = """
import importlib, sys
shared = {}
for name in %(shared)r:
    try:
        shared[name] = importlib.import_module(name).__file__
    except ImportError:
        pass
sys.path.append(%(folder)r)
for name in %(names)r:
    importlib.import_module(name)
for name, file in shared.items():
    if sys.modules[name].__file__ != file:
        raise ImportError(name + " of QGIS was replaced")
if "numpy" in shared:
    try:
        from osgeo import gdal
    except ImportError:
        gdal = None
    if gdal is not None:
        from osgeo import gdal_array
print("ok")
"""


def _try(python: str, made: Path, names: Sequence[str], shared: Sequence[str]) -> None:
    """Import everything in a process of its own, in which QGIS's packages come first."""
    modules = [MODULES.get(name, name) for name in names]
    code = _TRY % {"shared": list(shared), "folder": str(made), "names": modules}
    own = [entry for entry in sys.path if entry and Path(entry).is_dir()]
    setting = {**environment(), "PYTHONPATH": os.pathsep.join(own)}
    try:
        done = subprocess.run(
            [python, "-c", code],
            capture_output=True,
            text=True,
            timeout=CHECK_S,
            env=setting,
            **quiet(),
        )
    except subprocess.SubprocessError as error:
        raise Failure("deps.broken", reason=str(error)) from error
    if done.returncode != 0 or not done.stdout.strip().endswith("ok"):
        last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        raise Failure("deps.broken", done.stderr, reason=last[:200])


def _swap(made: Path, folder: Path, work: Path) -> None:
    """Put the new folder in place of the old one, which comes back if that fails."""
    old = work / "old"
    if folder.exists():
        folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
