"""Compiled catalogues as files: their bytes, writing them whole, and the user's cache of them.

Standard library only.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["SCHEMA", "as_bytes", "cache_folder", "compiler_key", "keep", "read", "write_bytes"]

SCHEMA = "zonerules/catalogue/1"
KEPT = 6  # catalogues of earlier sources left in the cache
CODE = Path(__file__).resolve().parent


def as_bytes(catalogue: Mapping[str, Any]) -> bytes:
    """The catalogue as compact UTF-8 JSON with a final newline."""
    text = json.dumps(catalogue, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def write_bytes(target: Path, content: bytes) -> None:
    """Write a file by way of a temporary one beside it, so that no reader meets half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # not mkstemp: its files are private whatever the umask, and it brings in compression libraries
    part = target.with_name(f"{target.name}{os.urandom(6).hex()}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def read(path: Path, *, golden: bool = True) -> dict[str, Any]:
    """A compiled catalogue; raises :class:`CatalogueError` when it is damaged or not one.

    Without ``golden`` the cases are left out unparsed: half of the file, and no answer needs them.
    """
    name = path.name
    try:
        raw = path.read_bytes()
        if not golden:
            # as_bytes writes them last; the quotes cannot stand inside a JSON text like this
            head, mark, tail = raw.rpartition(b',"golden":[')
            if mark and tail.endswith(b"]}\n"):
                raw = head + b',"golden":[]}'
        with _without_collector():
            catalogue: Any = json.loads(raw)
    except OSError as error:
        raise CatalogueError(f"cannot be read: {error.strerror}", file=name) from error
    except (ValueError, RecursionError) as error:
        raise CatalogueError("is damaged", file=name, expected="a compiled catalogue") from error
    found = catalogue.get("schema") if isinstance(catalogue, dict) else None
    if found != SCHEMA:
        raise CatalogueError(f"is of schema {found}", file=name, expected=SCHEMA)
    lists = ("rules", "sources", "targets", "golden", "failed")
    maps = ("vocabulary", "documents", "units", "zones", "lines")
    whole = all(isinstance(catalogue.get(key), list) for key in lists)
    if not whole or not all(isinstance(catalogue.get(key), dict) for key in maps):
        raise CatalogueError("is incomplete", file=name, expected="a compiled catalogue")
    compiled: dict[str, Any] = catalogue
    return compiled


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Parsing makes 100,000 lists that all stay: looking through them for rubbish doubles it."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def cache_folder() -> Path:
    """Where this user's compiled catalogues are kept; ZONERULES_CACHE names another folder."""
    chosen = os.environ.get("ZONERULES_CACHE")
    if chosen:
        return Path(chosen)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "zonerules"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "zonerules"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "zonerules"


def compiler_key(*prints: str) -> str:
    """Sixteen hexadecimal digits for sources and compiler together.

    A catalogue that an older compiler left in the cache must not outlive a change of its code.
    """
    digest = hashlib.sha256("\0".join(prints).encode())
    for path in sorted([*CODE.glob("*.py"), *CODE.glob("schemas/*.json")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def keep(name: str, catalogue: Mapping[str, Any]) -> None:
    """Put a catalogue into the cache; a cache that cannot be written is no error."""
    with contextlib.suppress(OSError):
        folder = cache_folder()
        write_bytes(folder / name, as_bytes(catalogue))
        stem = name.split("-")[0]
        aged = sorted(folder.glob(f"{stem}-*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in aged[KEPT:]:
            path.unlink()
