"""Answers of a service on disk, so that a run that was cut off goes on and nothing is asked twice.

A file of SQLite for each service in the user's cache, readable by the user only: it holds addresses
and answers, never a key.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from ...layers.catalogue.store import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Kept"]


class Kept:
    """What a service answered before. A cache that cannot be read or written is none."""

    def __init__(self, service: str, folder: Path | None = None) -> None:
        self._file = (folder or cache_folder()) / f"geocoded-{service}.sqlite"
        self._works = False
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if not self._file.exists():
                os.close(os.open(self._file, os.O_CREAT | os.O_WRONLY, 0o600))
            with closing(self._open()) as base, base:
                base.execute("CREATE TABLE IF NOT EXISTS kept (address TEXT PRIMARY KEY, answer)")
            self._works = True
        except (OSError, sqlite3.Error):
            pass

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=10)

    def get(self, address: str) -> tuple[bool, Any]:
        """(whether there is an answer, the answer as it was kept)."""
        if not self._works:
            return False, None
        try:
            with closing(self._open()) as base:
                row = base.execute(
                    "SELECT answer FROM kept WHERE address = ?", (address,)
                ).fetchone()
            return (False, None) if row is None else (True, json.loads(row[0]))
        except (sqlite3.Error, ValueError):
            return False, None

    def put(self, address: str, answer: Any) -> None:
        """Keep an answer at once: the next may never come."""
        if not self._works:
            return
        try:
            with closing(self._open()) as base, base:
                told = json.dumps(answer, ensure_ascii=False)
                base.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (address, told))
        except sqlite3.Error:
            self._works = False
