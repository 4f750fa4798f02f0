"""Rules here: the button and map tool that ask, the panel that answers, the ring on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt

from ..asking import palette
from ..texts import tr
from .dock import ZoneRulesDock
from .maptool import PlaceTool, PlaceToolHandler
from .marks import PlaceMarker

if TYPE_CHECKING:
    from qgis.core import QgsPointXY

    from ..canvas import NoPlace
    from ..host import Host


class PanelPart:
    """Wires tool, panel and marker to each other and to the host."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dock = ZoneRulesDock(host.asker, host.lang, host.window)
        self.tool = PlaceTool(host.canvas)
        self.marker = PlaceMarker(host.canvas, palette()["marker"])
        self._handler: PlaceToolHandler | None = None

    def load(self) -> None:
        """Add button, menu entries, tool and panel to the window."""
        host = self.host
        host.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()  # QGIS shows it again if it was open when it last closed
        self._handler = PlaceToolHandler(
            self.tool, host.action("tool", "zonerules.svg", toolbar=True)
        )
        self.dock.setToggleVisibilityAction(host.action("panel", "panel.svg"))
        host.iface.registerMapToolHandler(self._handler)
        self.tool.activated.connect(self._show_dock)
        self.tool.pointed.connect(self._ask_at)
        self.tool.refused.connect(self._click_refused)
        self.dock.asked.connect(self._mark)
        self.dock.replied.connect(host.set_reply)
        self.dock.problem.connect(host.complain)
        self.dock.languageChanged.connect(host.set_language)
        host.placeWanted.connect(self._ask_at)
        host.catalogueChanged.connect(self.dock.catalogue_changed)
        host.languageChanged.connect(self.dock.set_language)

    def unload(self) -> None:
        """Take all of it out of the window again."""
        host = self.host
        host.placeWanted.disconnect(self._ask_at)
        host.catalogueChanged.disconnect(self.dock.catalogue_changed)
        host.languageChanged.disconnect(self.dock.set_language)
        host.canvas.unsetMapTool(self.tool)
        host.iface.unregisterMapToolHandler(self._handler)
        self.marker.remove()
        host.iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.tool.deleteLater()

    def _ask_at(self, lon: float, lat: float, pixel_m: float) -> None:
        self._show_dock()
        self.dock.ask_at(lon, lat, pixel_m)

    def _click_refused(self, refusal: NoPlace) -> None:
        self._show_dock()
        self.marker.clear()
        line = tr(refusal.key, self.dock.lang, **refusal.args_)
        self.dock.refuse(line)
        self.host.complain(line)

    def _mark(self, lon: float, lat: float) -> None:
        self.marker.show(lon, lat)
        point: QgsPointXY | None = self.marker.point()
        canvas = self.host.canvas
        if point is not None and not canvas.extent().contains(point):
            canvas.setCenter(point)
            canvas.refresh()

    def _show_dock(self) -> None:
        self.dock.setUserVisible(True)
