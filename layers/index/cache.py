"""The tables of an index in a file of the user's cache: believed only when whole and of our making.

The file is the SHA-256 of what follows, then the arrays as numpy's own archive, without pickles.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from ..catalogue.store import cache_folder, write_bytes
from .build import Tables
from .grid import CellTable, Grid

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1  # raise it whenever a table comes to mean something else
DIGEST = hashlib.sha256().digest_size
KEPT = 4  # indexes of earlier catalogues left in the cache


def index_file(key: str) -> Path:
    """Return where the tables for `key` are kept; the key must change with every shape."""
    name = hashlib.sha256(f"{FORMAT}\n{key}".encode()).hexdigest()[:24]
    return cache_folder() / f"index-{name}.bin"


def kept(key: str) -> Tables | None:
    """Return the tables kept for `key`; None if there are none, or damaged ones."""
    try:
        content = index_file(key).read_bytes()
        body = memoryview(content)[DIGEST:]
        if hashlib.sha256(body).digest() != content[:DIGEST]:
            return None
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            return _tables({name: arrays[name] for name in arrays.files})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def keep(key: str, tables: Tables) -> None:
    """Keep the tables for `key`; a cache that cannot be written is no error."""
    out = io.BytesIO()
    grid, coarse, fine = tables.cells
    arrays = {name: getattr(tables, name) for name in Tables._fields if name != "cells"}
    np.savez(out, grid=np.array(grid, dtype=np.float64), coarse=coarse, fine=fine, **arrays)
    body = out.getvalue()
    try:
        write_bytes(index_file(key), hashlib.sha256(body).digest() + body)
        files = sorted(cache_folder().glob("index-*.bin"), key=lambda file: file.stat().st_mtime)
        for old in files[:-KEPT]:
            old.unlink()
    except OSError:
        pass


def _tables(arrays: dict[str, Any]) -> Tables:
    west, south, cell, columns, rows = arrays.pop("grid").tolist()
    grid = Grid(west, south, cell, int(columns), int(rows))
    cells = CellTable(grid, arrays.pop("coarse"), arrays.pop("fine"))
    return Tables(cells, **arrays)
