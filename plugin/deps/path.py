"""Making the private folder importable: at the end of the path, when a feature needs it."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import TYPE_CHECKING, Any

from .install import record_of
from .needs import version_of

if TYPE_CHECKING:
    from pathlib import Path


class Stale(Exception):
    """The folder belongs to another Python or to another version of QGIS's own packages."""


def provide(folder: Path) -> bool:
    """Append the folder to ``sys.path``; False where there is none. Raises Stale.

    QGIS's packages stand before it, so they stay the ones that are imported; that is checked for
    those that both sides share.
    """
    record = record_of(folder)
    if record is None:
        return False
    if not fits(record):
        raise Stale(str(folder))
    if str(folder) not in sys.path:
        before = {name: _file(name) for name in record["qgis"]}
        sys.path.append(str(folder))
        importlib.invalidate_caches()
        if any(_file(name) != file for name, file in before.items()):
            withdraw(folder)
            raise Stale(str(folder))
    return True


def withdraw(folder: Path) -> None:
    """Take the folder from ``sys.path``; what was imported from it stays until QGIS ends."""
    sys.path[:] = [entry for entry in sys.path if entry != str(folder)]
    importlib.invalidate_caches()


def fits(record: dict[str, Any]) -> bool:
    """Whether Python and QGIS's own packages are those the folder was made for."""
    same = all(version_of(name) == version for name, version in record.get("qgis", {}).items())
    return bool(record.get("python") == list(sys.version_info[:2]) and same)


def _file(name: str) -> str | None:
    """Where an import of a package would come from, without importing it."""
    spec = importlib.util.find_spec(name)
    return spec.origin if spec else None
