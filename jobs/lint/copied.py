"""Lint against the documents themselves: summaries are our own words, not the document's.

The texts are the keeper's and not part of the catalogue: documents/<id>/source.txt, or <id>.txt in
a folder that is named. Without them there is nothing to compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .folder import finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ...layers.catalogue.tree import Document
    from .folder import Folder

__all__ = ["RUN", "copied", "findings"]

Finding = dict[str, Any]
BREAK = "\0"  # stands in no document
RUN = 12  # as many characters in a row are no coincidence
OWN_WORDS = ("summary", "open", "reading")
_TITLE = re.compile(r"《[^》]*》|“[^”]*”")
_TOKEN = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|[A-Za-z]+|\d+(?:\.\d+)?|\S")


def findings(folder: Folder, texts: Path | None) -> Iterator[Finding]:
    """A warning for every text of a rule that shares a run of characters with its document."""
    for document in folder.documents:
        text = _text(folder.root, document, texts)
        if text is None:
            continue
        runs = _runs(text)
        names = _names(folder, document)
        for i, rule in enumerate(document.rows("rules")):
            for key in OWN_WORDS:
                run = copied(rule[key]["zh"], runs, names) if key in rule else None
                if run:
                    what = f'{key} has the document\'s own words: "{run}"'
                    at = document.at("rules", i, key, "zh")
                    expected = f"own words: {RUN} characters in a row are no coincidence"
                    yield finding(**at, what=what, severity="warning", expected=expected)


def _text(root: Path, document: Document, texts: Path | None) -> str | None:
    """The document as text; UTF-8 or GB18030, for it comes as it is published."""
    places = [root / "documents" / document.id / "source.txt"]
    if texts is not None:
        places.insert(0, texts / f"{document.id}.txt")
    for path in places:
        if path.is_file():
            raw = path.read_bytes()
            try:
                return raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                return raw.decode("gb18030", "replace")
    return None


def _tokens(text: str) -> list[str]:
    """Characters, with a date, a number or a Latin word as one: they cannot be said otherwise."""
    return _TOKEN.findall(text)


def _runs(text: str) -> set[tuple[str, ...]]:
    tokens = _tokens(text)
    return {tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)}


def _names(folder: Folder, document: Document) -> list[str]:
    """Names that cannot be said in other words, longest first: zones, sources, offices, titles."""
    catalogue = folder.catalogue
    names = {document.head["issuer"]["zh"], document.head["title"]["zh"]}
    names.update(zone["name"]["zh"] for zone in catalogue["zones"].values())
    names.update(source["name"]["zh"] for source in catalogue["sources"])
    names.update(office["zh"] for office in document.head.get("offices", {}).values())
    names.update(cited["title"]["zh"] for cited in document.head.get("cites", ()))
    return sorted((name for name in names if len(name) > 3), key=len, reverse=True)


def copied(text: str, runs: set[tuple[str, ...]], names: list[str]) -> str | None:
    """The longest stretch of ``text`` that stands in the document, None if none is long enough."""
    plain = _TITLE.sub(BREAK, text)
    for name in names:
        plain = plain.replace(name, BREAK)  # a run does not go across a name
    tokens = _tokens(plain)
    best: list[str] = []
    start = None
    for i in range(len(tokens) - RUN + 2):  # one step beyond the last run, which ends a stretch
        if tuple(tokens[i : i + RUN]) in runs:
            start = i if start is None else start
        elif start is not None:
            best = max(best, tokens[start : i + RUN - 1], key=len)
            start = None
    return "".join(best) or None
