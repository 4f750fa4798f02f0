"""Prints the answer that is shown: to a PDF, or into a layout that can be edited."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsApplication,
    QgsGeometry,
    QgsLayoutExporter,
    QgsPointXY,
    QgsProject,
    QgsRenderContext,
)
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QCursor, QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QFileDialog

from .. import compat
from ..asking import Refusal, palette
from ..canvas import NoPlace, in_map
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..host import Host
    from .sheet import Matter, Sheet

DPI = 300


class PrintPart:
    """Two entries in the menu; both need an answer for a place."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._actions: list[Any] = []

    def load(self) -> None:
        """Add the entries."""
        self._actions = [
            self.host.action("print", "print.svg", self.print_answer),
            self.host.action("print.design", "print.svg", self.design),
        ]
        self.host.answered.connect(self._enable)
        self._enable(self.host.reply)

    def unload(self) -> None:
        """Listen no more; the host takes the entries away."""
        self.host.answered.disconnect(self._enable)
        self._actions = []

    def print_answer(self) -> None:
        """Ask for a file name, save the PDF there and open it."""
        matter = self._matter()
        if matter is None:
            return
        name = self._say("printing.file", date=matter.answer["query"]["date"])
        path, _ = QFileDialog.getSaveFileName(
            self.host.window, self._say("printing.save"), str(Path.home() / name), "PDF (*.pdf)"
        )
        if path:
            path = path if path.lower().endswith(".pdf") else f"{path}.pdf"
            if self.save(Path(path), matter):
                QDesktopServices.openUrl(QUrl.fromLocalFile(path))

    def save(self, path: Path, matter: Matter | None = None) -> bool:
        """Write the PDF of the current answer; False after telling why not."""
        matter = matter or self._matter()
        if matter is None:
            return False
        with tempfile.TemporaryDirectory() as folder:
            sheet = self._made(matter, QgsProject.instance(), Path(folder))
            if sheet is None:
                return False
            status = self.host.window.statusBar()
            status.showMessage(self._say("printing.working"))
            outcome = self._waiting(export, sheet, Path(folder), path)
            status.clearMessage()
            sheet = None  # its layers read the folder
        if outcome:
            reason = self._say(f"printing.reason.{outcome}")
            self.host.complain(self._say("printing.not_saved", path=path, reason=reason))
            return False
        self.host.inform(self._say("printing.saved", path=path))
        return True

    def design(self) -> None:
        """Keep the answer as a layout of the project and open it in the designer."""
        matter = self._matter()
        if matter is None:
            return
        project = QgsProject.instance()
        stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
        folder = Path(QgsApplication.qgisSettingsDirPath()) / "zonerules" / "prints" / stamp
        folder.mkdir(parents=True, exist_ok=True)
        sheet = self._made(matter, project, folder)
        if sheet is None:
            return
        for layer in sheet.paper.shown():  # not in the layer tree: only the layout shows them
            layer.setCustomProperty("zonerules/print", stamp)
            project.addMapLayer(layer, False)
        sheet.layout.setName(self._free_name(project, matter.answer["query"]["date"]))
        project.layoutManager().addLayout(sheet.layout)
        told = {"name": sheet.layout.name(), "folder": folder}
        self.host.inform(self._say("printing.designed", **told))
        self.host.iface.openLayoutDesigner(sheet.layout)

    def _free_name(self, project: QgsProject, date: str) -> str:
        taken = {layout.name() for layout in project.layoutManager().layouts()}
        number = 1
        while (name := self._say("printing.layout", date=date, number=number)) in taken:
            number += 1
        return name

    def _matter(self) -> Matter | None:
        """What is printed, or None after telling why there is nothing."""
        from .sheet import Matter, own_layers

        reply = self.host.reply
        if reply is None:
            self.host.complain(self._say("printing.no_answer"))
            return None
        if not {"lon", "lat"} <= set(reply.answer.get("query", ())):
            self.host.complain(self._say("printing.not_a_place"))
            return None
        try:
            catalogue = self.host.asker.catalogue(self.host.lang)
        except Refusal as refusal:
            self.host.complain(str(refusal))
            return None
        layers = self.host.canvas.layers()
        own = own_layers(layers)
        return Matter(
            reply.answer,
            catalogue,
            self.host.lang,
            palette(),
            [layer for layer in layers if layer.id() not in own],
            self.host.canvas.mapSettings().destinationCrs(),
            self._screen_scale(reply.answer["query"]),
        )

    def _screen_scale(self, query: dict[str, Any]) -> float:
        """The scale of the canvas if it shows the place, else 0."""
        canvas = self.host.canvas
        try:
            spot = in_map(canvas, QgsGeometry.fromPointXY(QgsPointXY(query["lon"], query["lat"])))
        except NoPlace:
            spot = None
        seen = spot is not None and canvas.extent().contains(spot.asPoint())
        return canvas.scale() if seen else 0.0

    def _made(self, matter: Matter, project: QgsProject, folder: Path) -> Sheet | None:
        from .fonts import NoFont
        from .sheet import Sheet

        try:
            return self._waiting(Sheet, matter, project, folder)
        except NoFont as error:
            self.host.complain(self._say("printing.no_font", missing=error.missing))
        except Exception as error:  # a bug must not end in QGIS's own window
            compat.log(repr(error))
            self.host.complain(self._say("unexpected", reason=type(error).__name__))
        return None

    def _enable(self, reply: Any) -> None:
        for action in self._actions:
            action.setEnabled(reply is not None)

    def _say(self, key: str, **args: object) -> str:
        return tr(key, self.host.lang, **args)

    @staticmethod
    def _waiting(work: Callable[..., Any], *args: Any) -> Any:
        QApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            return work(*args)
        finally:
            QApplication.restoreOverrideCursor()


def export(sheet: Sheet, folder: Path, path: Path) -> str:
    """Write the pages as a PDF with selectable text; return "" or why not: file, memory, other.

    It is made in ``folder`` first: a file that is there already is replaced whole or not at all.
    """
    from ...layers.catalogue.store import write_bytes
    from .fonts import alike
    from .searchable import mended

    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = DPI
    settings.textRenderFormat = QgsRenderContext.TextFormatAlwaysText
    made = folder / "answer.pdf"
    result = QgsLayoutExporter(sheet.layout).exportToPdf(str(made), settings)
    outcomes = QgsLayoutExporter.ExportResult
    if result != outcomes.Success:
        return {outcomes.FileError: "file", outcomes.MemoryError: "memory"}.get(result, "other")
    try:
        write_bytes(path, mended(made.read_bytes(), alike(sheet.family, sheet.all_text())))
    except OSError:
        return "file"
    return ""
