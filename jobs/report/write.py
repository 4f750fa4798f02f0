"""Extracts as the bytes of a file: HTML, PDF or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..progress import Progress, unheard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .leaf import Leaf

__all__ = ["writer"]


def writer(
    form: str, font: Path | None = None, progress: Progress = unheard
) -> Callable[[list[Leaf]], bytes]:
    """What turns extracts into a file of a format: html, pdf, or json (an array if several)."""
    if form == "pdf":
        from .pdf import book, typeface

        face = typeface(font)
        return lambda extracts: book(extracts, face, progress)
    if form == "html":
        from .page import page

        return lambda extracts: page(extracts).encode("utf-8")

    def written(extracts: list[Leaf]) -> bytes:
        found = [extract.json() for extract in extracts]
        whole = found[0] if len(found) == 1 else found
        return (json.dumps(whole, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")

    return written
