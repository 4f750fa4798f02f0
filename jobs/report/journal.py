"""What of a folder of extracts is done, so that an interrupted run can go on.

A line of JSON for each finished file. Rows are answered anew when a run goes on, and a file is kept
only if it is there and the number of its extract, which follows from question and answer, is still
the same: another question, catalogue or table makes every file anew.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

__all__ = ["NAME", "Journal"]

NAME = ".extracts.jsonl"


class Journal:
    """The record of a folder. `made`: the time that all its extracts state.

    `resume`: believe what an earlier run has left, and state its time; otherwise begin anew.
    Raises OSError.
    """

    def __init__(self, folder: Path, form: str, made: str, *, resume: bool) -> None:
        self._folder, self.made = folder, made
        self._done: dict[str, str] = {}
        head = {"form": form}
        if resume:
            self._read(head)
        folder.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = (folder / NAME).open("w", encoding="utf-8")
        self._write({**head, "made": self.made})
        for file, number in self._done.items():
            self._write({"file": file, "number": number})

    def _read(self, head: dict[str, str]) -> None:
        try:
            lines = (self._folder / NAME).read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return
        rows = []
        for line in lines:
            with contextlib.suppress(ValueError):  # the last line may be cut off
                rows.append(json.loads(line))
        if not rows or not isinstance(rows[0], dict) or rows[0].get("form") != head["form"]:
            return
        self.made = str(rows[0].get("made") or self.made)
        for row in rows[1:]:
            if isinstance(row, dict) and (self._folder / str(row.get("file"))).is_file():
                self._done[str(row["file"])] = str(row.get("number"))

    def has(self, file: str, number: str) -> bool:
        """Whether the file is there with this extract in it."""
        return self._done.get(file) == number

    def add(self, file: str, number: str) -> None:
        """Note that a file is whole."""
        self._write({"file": file, "number": number})

    def _write(self, row: dict[str, str]) -> None:
        self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self, *, finished: bool) -> None:
        """Let go of the record; of finished work there is none."""
        self._file.close()
        if finished:
            (self._folder / NAME).unlink()
