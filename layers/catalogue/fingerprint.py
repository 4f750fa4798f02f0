"""What the sources of a catalogue are, and one number that changes when any of them does."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["fingerprint", "joined", "source_files"]

SUFFIXES = {"documents": (".yaml",), "geojson": (".geojson", ".json")}
NO_SOURCE = "geojson/provenance.json"  # tells about the files, and holds their own checksums


def source_files(root: Path) -> list[tuple[str, Path]]:
    """(path relative to ``root`` with forward slashes, path) of every source file, sorted.

    Sources are the YAML files under documents/ and the GeoJSON and JSON files under geojson/.
    Hidden files and folders are none, nor is geojson/provenance.json.
    """
    found = []
    for folder, suffixes in SUFFIXES.items():
        for path in (root / folder).rglob("*"):
            name = path.relative_to(root).as_posix()
            hidden = any(part.startswith(".") for part in name.split("/"))
            if path.suffix in suffixes and not hidden and name != NO_SOURCE and path.is_file():
                found.append((name, path))
    return sorted(found)


def fingerprint(root: Path) -> str:
    """``sha256:`` and the hexadecimal digest over (path, NUL, sha256 of the bytes) of the sources.

    Raises OSError when a file cannot be read.
    """
    digest = hashlib.sha256()
    for name, path in source_files(root):
        inner = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{name}\0{inner}\n".encode())
    return "sha256:" + digest.hexdigest()


def joined(*prints: str) -> str:
    """One fingerprint for several things taken together, in their order."""
    return "sha256:" + hashlib.sha256("\0".join(prints).encode()).hexdigest()
