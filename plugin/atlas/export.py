"""An atlas into a PDF with text that can be searched, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsFeedback, QgsLayoutExporter, QgsRenderContext

from ..printing.fonts import alike
from ..printing.searchable import mended

if TYPE_CHECKING:
    from pathlib import Path

    from .book import Book

DPI = 200  # many pages: a third of the size that a single answer has at 300


def export(book: Book, folder: Path, path: Path, feedback: QgsFeedback) -> str:
    """Write the pages; return "" or why not: file, memory, cancelled, other.

    It is made in ``folder`` first: a file that is there already is replaced whole or not at all.
    """
    from ...layers.catalogue.store import write_bytes

    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = DPI
    settings.textRenderFormat = QgsRenderContext.TextFormatAlwaysText
    made = folder / "atlas.pdf"
    atlas = book.layout.atlas()
    result = QgsLayoutExporter.exportToPdf(atlas, str(made), settings, feedback)[0]
    outcomes = QgsLayoutExporter.ExportResult
    if feedback.isCanceled() or result == outcomes.Canceled:
        return "cancelled"
    if result != outcomes.Success:
        return {outcomes.FileError: "file", outcomes.MemoryError: "memory"}.get(result, "other")
    try:
        write_bytes(path, mended(made.read_bytes(), alike(book.family, book.all_text())))
    except OSError:
        return "file"
    return ""
