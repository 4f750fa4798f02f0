"""The finished parts of a long run, so that it can go on where it was stopped.

A folder beside the output holds the answers to the first batches, one Arrow file each, and a
journal: a line that says what was asked of what, then one line for each part. What a crash left
half written is done again; parts of another question are never taken.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

from ...layers.catalogue.store import write_bytes
from ...rules.messages import Line
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

FORMAT = 3  # raise it whenever answers or parts come to mean something else
HEAD = 1 << 20  # bytes of the input whose sum is kept
About = dict[str, Any]
_WHAT = {
    "input": Line("another input", "另一个输入文件"),
    "question": Line("another question", "另一个问题"),
    "catalogue": Line("another catalogue", "另一份规则库"),
    "failed": Line("other layers that failed", "另一组失效的图层"),
    "version": Line("another version of this program", "另一个程序版本"),
}


def input_print(path: Path) -> dict[str, Any]:
    """What tells an input from another: name, size, time of change, and the sum of its head."""
    state = path.stat()
    with path.open("rb") as file:
        head = hashlib.sha256(file.read(HEAD)).hexdigest()
    return {"name": path.name, "size": state.st_size, "mtime_ns": state.st_mtime_ns, "head": head}


class Parts:
    """The parts of one output. `about`: input, question, catalogue and version of the run.

    Raises BadInput if the folder holds parts of something else.
    """

    def __init__(self, output: Path, about: Mapping[str, Any]) -> None:
        self.folder = output.with_name(f"{output.name}.parts")
        self._journal = self.folder / "journal.jsonl"
        # as it comes back from the file
        self._about: About = json.loads(json.dumps({"format": FORMAT, **about}))
        self._done = self._finished()
        if not self._done:
            self._begin()

    @property
    def count(self) -> int:
        """How many parts are done, counted from the first."""
        return len(self._done)

    @property
    def state(self) -> Mapping[str, Any]:
        """What was kept with the last part."""
        return self._done[-1]["state"] if self._done else {}

    def read(self, number: int) -> pa.RecordBatch:
        """Return a part that is done."""
        return _batch((self._path(number)).read_bytes())

    def keep(self, batch: pa.RecordBatch, state: Mapping[str, Any]) -> None:
        """Keep the next part, and what is known after it."""
        import pyarrow as pa

        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, batch.schema) as file:
            file.write_batch(batch)
        content = sink.getvalue().to_pybytes()
        number = len(self._done)
        write_bytes(self._path(number), content)
        line = {"part": number, "sha256": hashlib.sha256(content).hexdigest(), "state": state}
        self._done.append(line)
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(line, ensure_ascii=False) + "\n")
            journal.flush()
            os.fsync(journal.fileno())

    def remove(self) -> None:
        """The output is complete: no part is needed any more."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06d}.arrow"

    def _begin(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        line = json.dumps(self._about, ensure_ascii=False) + "\n"
        write_bytes(self._journal, line.encode())

    def _finished(self) -> list[About]:
        """The journal's lines for the parts that are there and whole, up to the first that is not;
        behind them the journal is cut."""
        try:
            raw = self._journal.read_bytes()
        except FileNotFoundError:
            return []
        lines = raw.split(b"\n")[:-1]  # the last one ends with the file, or was cut by a crash
        try:
            about = json.loads(lines[0])
        except (IndexError, ValueError):
            return []
        compare(about, self._about, self.folder.name)
        done: list[About] = []
        for line in lines[1:]:
            try:
                entry = json.loads(line)
                content = self._path(len(done)).read_bytes()
            except (OSError, ValueError):
                break
            if (
                entry.get("part") != len(done)
                or hashlib.sha256(content).hexdigest() != entry["sha256"]
            ):
                break
            done.append(entry)
        kept = b"\n".join(lines[: len(done) + 1]) + b"\n"
        if kept != raw:
            write_bytes(self._journal, kept)
        return done


def compare(old: About, new: About, name: str) -> None:
    """Refuse to go on with what was asked otherwise: BadInput that tells the first difference.

    `old`, `new`: what is kept of a run and of this one, as JSON gives it; `name`: where it is kept.
    """
    for key, what in _WHAT.items():
        before, now = old.get(key), new.get(key)
        if before != now or old.get("format") != FORMAT:
            told = _difference(before, now)
            raise BadInput(
                Line(
                    f"--resume: {name} was begun with {what}{told}; "
                    "ask the same again, or remove the folder",
                    f"--resume：{name} 属于{what.zh}{told}；请按原样再运行，或删除该文件夹",
                )
            )


def _difference(old: Any, new: Any) -> str:
    """The first entry in which two descriptions differ, as ` (name: old → new)`."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return f" ({str(old)[:24]} → {str(new)[:24]})"
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            return f" ({name}: {str(old.get(name))[:60]} → {str(new.get(name))[:60]})"
    return ""


def _batch(content: bytes) -> pa.RecordBatch:
    import pyarrow as pa

    with pa.ipc.open_file(pa.py_buffer(content)) as file:
        return file.get_batch(0)
