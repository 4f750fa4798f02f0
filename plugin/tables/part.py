"""The menu entry and the window for checking a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from .. import canvas, compat
from ..texts import tr

if TYPE_CHECKING:
    from qgis.core import QgsVectorLayer

    from ..host import Host
    from .dialog import TableDialog
    from .setup import Order
    from .work import Finished


class TablesPart:
    """Opens the window and carries out what is wanted with a result."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dialog: TableDialog | None = None
        self.window: Any = None  # of the algorithm that makes extracts
        self._layers: dict[str, str] = {}  # result file to layer in the project

    def load(self) -> None:
        """Add the menu entry."""
        self.host.action("tables", "tables.svg", self.show)
        self.host.languageChanged.connect(self._forget)
        self.host.catalogueChanged.connect(self._forget)

    def unload(self) -> None:
        """Stop what goes on and close the window."""
        self.host.languageChanged.disconnect(self._forget)
        self.host.catalogueChanged.disconnect(self._forget)
        self._close()

    def show(self) -> TableDialog:
        """Open the window, or bring it to the front."""
        from .dialog import TableDialog

        if self.dialog is None:
            self.dialog = TableDialog(self.host.asker, self.host.lang, self.host.window)
            self.dialog.packagesWanted.connect(self.host.packagesWanted)
            self.dialog.resultWanted.connect(self._carry_out)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        return self.dialog

    def _forget(self, _lang: str = "") -> None:
        """Other words or another catalogue: a window that nobody uses is made anew."""
        if self.dialog is not None and not self.dialog.isVisible():
            self._close()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        if self.window is not None and not compat.is_deleted(self.window):
            self.window.close()
        self.dialog = self.window = None

    # -- with a result ----------------------------------------------------------------------

    def _carry_out(self, action: str, order: Order, done: Finished) -> None:
        if action == "open":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(order.output)))
        elif action == "folder":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(order.output.parent)))
        elif action == "extracts":
            self._extracts(order, done)
        else:
            layer = self._layer(order, done)
            if layer is not None:
                getattr(self, f"_{action}")(layer, done)

    def _layer(self, order: Order, done: Finished) -> QgsVectorLayer | None:
        """The points of a result in the project, added if they are not there."""
        from . import onmap

        if done.layer is None:
            self._complain("not_on_map")
            return None
        layer = QgsProject.instance().mapLayer(self._layers.get(str(done.layer), ""))
        if layer is None:
            layer = onmap.add(done, order, self.host.lang)
            if layer is None:
                self._complain("no_layer", path=str(done.layer))
                return None
            self._layers[str(done.layer)] = layer.id()
        return layer

    def _map(self, layer: QgsVectorLayer, done: Finished) -> None:
        from qgis.core import QgsGeometry

        box = layer.extent()
        if not box.isEmpty() or box.width() or box.height():
            canvas.zoom_to(self.host.canvas, QgsGeometry.fromRect(box))

    def _review(self, layer: QgsVectorLayer, done: Finished) -> None:
        from .onmap import for_a_person

        wanted = for_a_person(done.columns)
        layer.selectByExpression(wanted)
        self._map(layer, done)
        self.host.iface.showAttributeTable(layer, wanted)

    def _atlas(self, layer: QgsVectorLayer, done: Finished) -> None:
        self.host.atlasWanted.emit(layer)

    def _extracts(self, order: Order, done: Finished) -> None:
        from . import extracts

        try:
            self.window = extracts.show(order, done)  # a reference keeps it open
        except ImportError:
            self._complain("no_processing")

    def _complain(self, key: str, **args: Any) -> None:
        line = tr(f"tables.{key}", self.host.lang, **args)
        compat.log(line)
        self.host.complain(line)
