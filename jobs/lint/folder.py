"""Reads the folder that lint looks at: a whole catalogue, or one laid over the shipped one.

A keeper's own folder has documents without a vocabulary, redrawn zones in zones.geojson, or both;
its rules use the words, zones and units of the catalogue that ships.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.catalogue.compile import Parts, compile_parts
from ...layers.catalogue.errors import CatalogueError
from ...layers.catalogue.fold import Drawing
from ...layers.catalogue.load import PACKAGE, shipped
from ...layers.catalogue.overlay import lay_over, redraw
from ...layers.catalogue.reading import read_yaml
from ...layers.catalogue.tree import Tree

if TYPE_CHECKING:
    from pathlib import Path

    from ...layers.catalogue.tree import Document

__all__ = ["OVERLAY", "Folder", "Texts", "finding", "is_folder", "read_folder"]

Finding = dict[str, Any]
OVERLAY = "zones.geojson"
WHOLE = "govern"  # the activity that every vocabulary has: who brings it, brings all of it


def finding(
    file: str,
    what: str,
    *,
    line: int | None = None,
    record: str | None = None,
    severity: str = "error",
    expected: str | None = None,
) -> Finding:
    """One thing to be said: {"file", "line", "record", "severity", "what", "expected"}."""
    told = {"file": file, "line": line, "record": record, "severity": severity}
    return {**told, "what": what, "expected": expected}


class Texts:
    """The files of a folder as text, to look up the line on which something stands."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.known: dict[str, str] = {}

    def line(self, name: str, *words: str) -> int | None:
        """The line (from 1) of the first of ``words`` that the file has, in quotes; else None."""
        if name not in self.known:
            try:
                self.known[name] = (self.root / name).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                self.known[name] = ""
        text = self.known[name]
        for word in words:
            at = text.find(f'"{word}"')
            if at >= 0:
                return text.count("\n", 0, at) + 1
        return None


class Folder(NamedTuple):
    """A folder read. ``parts.catalogue`` is all that its rules can refer to; cases are its own.

    ``written`` are the zones before zones.geojson redrew some: cases are about what is written.
    """

    root: Path
    parts: Parts
    written: dict[str, Any]
    redrawn: list[str]
    findings: list[Finding]
    texts: Texts

    @property
    def catalogue(self) -> dict[str, Any]:
        """The compiled catalogue, laid over the shipped one where the folder is no whole one."""
        return self.parts.catalogue

    @property
    def documents(self) -> list[Document]:
        """The documents of the folder itself."""
        return self.parts.tree.documents

    @property
    def units(self) -> dict[str, Any]:
        """Administrative units by code, whether or not a zone names them."""
        return self.parts.drawing.units or {}


def is_folder(root: Path) -> bool:
    """True for a folder with anything that lint could look at."""
    return (root / "documents").is_dir() or (root / OVERLAY).is_file()


def read_folder(root: Path) -> Folder:
    """Read and compile; raises CatalogueError when the texts cannot be compiled."""
    texts = Texts(root)
    if _stands_alone(root):
        parts = compile_parts(root, tolerant=True, proved=False)
        return Folder(root, parts, parts.catalogue["zones"], [], [], texts)
    catalogue = shipped(golden=False)
    known = len(catalogue["failed"])
    parts = Parts(catalogue, Tree(None, None, []), Drawing())
    if (root / "documents").is_dir():
        added = compile_parts(root, tolerant=True, proved=False, base=catalogue, home=PACKAGE)
        lay_over(catalogue, added.catalogue)
        known = len(catalogue["failed"])
        parts = Parts(catalogue, added.tree, added.drawing)
    findings = []
    written = {name: dict(zone) for name, zone in catalogue["zones"].items()}
    if (root / OVERLAY).is_file():
        redraw(catalogue, (root / OVERLAY).read_bytes())
        for entry in catalogue["failed"][known:]:
            findings += [_of_overlay(entry, texts)]
    redrawn = [name for name, zone in catalogue["zones"].items() if zone.get("overlay")]
    return Folder(root, parts, written, redrawn, findings, texts)


def _stands_alone(root: Path) -> bool:
    path = root / "documents" / "vocabulary.yaml"
    if not path.is_file():
        return False
    try:
        words = read_yaml(path, path.name).data
        return WHOLE in words["activities"]
    except (CatalogueError, KeyError, TypeError):
        return True  # compiling it alone tells what is wrong with it


def _of_overlay(entry: dict[str, Any], texts: Texts) -> Finding:
    """A failure of zones.geojson, {"layer", "error", "zones"}, as a finding with its line."""
    place, _, said = entry["error"].partition(": ")
    what, _, expected = said.partition("; expected ")
    record, _, rest = what.partition(": ")
    line: int | None
    if rest and " " not in record:
        what, line = rest, texts.line(OVERLAY, f"{record}/nominal", record)
    else:
        record, line = "", int(place.partition(":")[2] or 1)
    return finding(OVERLAY, what, line=line, record=record or None, expected=expected or None)
