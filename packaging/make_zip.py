"""Make the plugin zip that QGIS installs: ``dist/zonerules-<version>.zip``.

Takes the files git tracks, as they are in the work tree, keeps what the plugin needs, and compiles
the catalogue afresh. Order, time stamps and permissions are fixed, so the same tree always gives
the same bytes. Standard library, apart from what the compiler needs.

Run as ``python packaging/make_zip.py [FOLDER]``; FOLDER is where the zip goes, ``dist`` by default.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from compile_first import PACKAGE, ROOT, write

FILES = {"__init__.py", "metadata.txt", "LICENSE", "README.md", "CHANGELOG.md"}
LISTS = {"packaging/webassets.json"}  # which libraries the web map may use
FOLDERS = {"plugin", "layers", "rules", "jobs", "documents", "geojson", "styles"}
DEVELOPMENT = (PurePosixPath("layers/build"),)
STAMP = (2020, 1, 1, 0, 0, 0)  # any fixed time will do; zip knows none before 1980


def version(root: Path) -> str:
    """Return the package's version; raises ValueError when metadata.txt names another one."""
    own = _first(r'^__version__ = "([^"]+)"$', root / "__init__.py")
    shown = _first(r"^version=(.+)$", root / "metadata.txt")
    if own != shown:
        raise ValueError(f"metadata.txt says version {shown}, __init__.py says {own}")
    return own


def _first(pattern: str, file: Path) -> str:
    match = re.search(pattern, file.read_text(encoding="utf-8"), re.MULTILINE)
    if match is None:
        raise ValueError(f"{file.name}: no version")
    return match[1].strip()


def tracked(root: Path) -> list[str]:
    """Return the tracked files as posix paths; raises CalledProcessError outside a clone."""
    command = ["git", "-C", str(root), "ls-files", "-z"]
    listing = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
    return sorted(name for name in listing.split("\0") if name and (root / name).is_file())


def shipped(name: str) -> bool:
    """Tell whether a tracked file belongs in the plugin."""
    path = PurePosixPath(name)
    if any(part == "__pycache__" for part in path.parts):
        return False
    if any(folder in path.parents for folder in DEVELOPMENT):
        return False
    return name in FILES | LISTS or (len(path.parts) > 1 and path.parts[0] in FOLDERS)


def make_zip(root: Path, folder: Path) -> Path:
    """Write the zip of the clone ``root`` into ``folder`` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{PACKAGE}-{version(root)}.zip"
    content = {name: (root / name).read_bytes() for name in tracked(root) if shipped(name)}
    for file in sorted((root / "webassets").glob("*")):  # there when they were fetched
        content[f"webassets/{file.name}"] = file.read_bytes()
    with tempfile.TemporaryDirectory() as scratch:
        compiled = write(root, Path(scratch) / "catalogue.json")
        for file in compiled.parent.glob("*.json"):  # the catalogue and the gazetteer
            content[file.name] = file.read_bytes()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(f"{PACKAGE}/{name}", STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system that builds
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content[name], compresslevel=9)
    return target


def main(arguments: list[str]) -> int:
    made = make_zip(ROOT, Path(arguments[0]) if arguments else ROOT / "dist")
    data = made.read_bytes()
    print(f"{made}: {len(data) / 1e6:.2f} MB, sha256 {hashlib.sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
