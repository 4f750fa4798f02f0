"""Rules for a shape: menu, tools, panel, marks and windows wired together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsVectorLayer
from qgis.gui import QgsProjectionSelectionDialog
from qgis.PyQt.QtWidgets import QAction, QMenu, QMessageBox

from ..asking import Refusal, palette
from ..canvas import NoPlace, transform
from ..panel.highlights import Highlights
from ..texts import tr
from . import given as shapes
from .dock import WAYS, ShapeDock
from .maptool import ShapeTool
from .marks import PartMarks

if TYPE_CHECKING:
    from ..host import Host
    from .asker import ShapeReply


class ShapesPart:
    """Wires everything about polygons and lines to each other and to the host."""

    def __init__(self, host: Host) -> None:
        self.host = host
        looks = palette()
        self._outcomes = looks["outcome"]
        self.dock = ShapeDock(host.asker, host.lang, host.window)
        colour = looks["marker"]["colour"]
        self.tools = {kind: ShapeTool(host.canvas, kind, colour) for kind in ("polygon", "line")}
        self.marks = PartMarks(host.canvas, looks["outcome"])
        self.sketch = PartMarks(host.canvas, looks["outcome"])  # of corners being typed
        self.highlights = Highlights(host, looks["zones"])
        self._actions: dict[str, QAction] = {}
        self._menu: QMenu | None = None

    def load(self) -> None:
        """Add menu, panel and tools to the window."""
        host = self.host
        host.add_dock(self.dock)
        self._menu = QMenu(host.window)
        for way in WAYS:
            action = self._menu.addAction("")
            action.setObjectName(f"zonerules_shapes_{way}")
            action.triggered.connect(lambda _=False, way=way: self.start(way))
            self._actions[way] = action
        host.action("shapes", "shapes.svg").setMenu(self._menu)
        self._name()
        for kind, tool in self.tools.items():
            tool.drawn.connect(self._drawn)
            tool.grown.connect(lambda n, kind=kind: self._growing(kind, n))
            tool.tooFew.connect(lambda kind=kind: host.complain(self._tr(f"shapes.too_few.{kind}")))
            tool.cancelled.connect(self._put_tool_down)
        dock = self.dock
        dock.wanted.connect(self.start)
        dock.replied.connect(self._show)
        dock.zonePicked.connect(lambda zone: self.highlights.keep([zone] if zone else []))
        dock.partPicked.connect(self.marks.pick)
        dock.partOpened.connect(self.marks.zoom)
        dock.zoomWanted.connect(self.marks.zoom)
        dock.layerWanted.connect(self.add_layer)
        dock.languageChanged.connect(host.set_language)
        dock.visibilityChanged.connect(self._visible)
        host.languageChanged.connect(dock.set_language)
        host.languageChanged.connect(self._name)
        host.catalogueChanged.connect(dock.catalogue_changed)

    def unload(self) -> None:
        """Take all of it out of the window again."""
        host, dock = self.host, self.dock
        dock.shut()
        host.languageChanged.disconnect(dock.set_language)
        host.languageChanged.disconnect(self._name)
        host.catalogueChanged.disconnect(dock.catalogue_changed)
        dock.visibilityChanged.disconnect(self._visible)
        for tool in self.tools.values():
            host.canvas.unsetMapTool(tool)
            tool.remove()
            tool.deleteLater()
        for marks in (self.marks, self.sketch, self.highlights):
            marks.remove()
        if self._menu is not None:
            self._menu.deleteLater()
        host.remove_dock(dock)

    def start(self, way: str) -> None:
        """Begin one of WAYS to give a shape."""
        self.dock.setUserVisible(True)
        try:
            if way in self.tools:
                transform(self.host.canvas)  # a map without CRS cannot say where its corners are
                self.host.canvas.setMapTool(self.tools[way])
                self._growing(way, 0)
            elif way == "selected":
                self._use_selected()
            else:
                self._paste()
        except NoPlace as refusal:
            self.host.complain(tr(refusal.key, self.host.lang, **refusal.args_))
        except Refusal as refusal:
            self.host.complain(str(refusal))

    def add_layer(self) -> None:
        """Add the parts as a temporary layer."""
        from .layer import add, parts_layer

        if self.dock.reply is not None:
            add(parts_layer(self.dock.reply, self._outcomes, self.host.lang))

    # -- drawing ------------------------------------------------------------------------------

    def _growing(self, kind: str, corners: int) -> None:
        self.dock.say(self._tr(f"shapes.drawing.{kind}", n=corners))

    def _drawn(self, geometry: QgsGeometry) -> None:
        crs = self.host.canvas.mapSettings().destinationCrs()
        try:
            self._ask(shapes.in_wgs84(geometry, crs, self._tr("shapes.from.drawn"), self.host.lang))
        except Refusal as refusal:
            self.host.complain(str(refusal))

    def _put_tool_down(self) -> None:
        self.dock.say(self.dock.given.source if self.dock.given else "")
        for tool in self.tools.values():
            self.host.canvas.unsetMapTool(tool)

    # -- features -----------------------------------------------------------------------------

    def _use_selected(self) -> None:
        """Ask about the selected features of the current layer."""
        lang = self.host.lang
        layer = self.host.iface.activeLayer()
        if not isinstance(layer, QgsVectorLayer) or not layer.isSpatial():
            raise Refusal(tr("shapes.no_layer", lang))
        count = layer.selectedFeatureCount()
        if not count:
            raise Refusal(tr("shapes.no_selection", lang, layer=layer.name()))
        if count > shapes.MOST_FEATURES:
            raise Refusal(tr("shapes.too_many", lang, n=count, most=shapes.MOST_FEATURES))
        crs = layer.crs()
        if not crs.isValid():
            chosen = self.ask_crs(tr("shapes.no_crs", lang, layer=layer.name()))
            if chosen is None:
                return
            crs = chosen
        kind, parts = shapes.pieces((f.geometry() for f in layer.getSelectedFeatures()), lang)
        source = tr("shapes.from.layer", lang, layer=layer.name(), n=count)
        if kind == shapes.POINT:
            self._use_point(parts, crs)
            return
        whole = shapes.as_one(parts)
        area = shapes.enclosed(parts) if kind == shapes.LINE else None
        if area is not None:
            wanted = self.ask_kind()
            if not wanted:
                return
            whole = area if wanted == "polygon" else whole
        self._ask(shapes.in_wgs84(whole, crs, source, lang))

    def _use_point(self, parts: list[QgsGeometry], crs: QgsCoordinateReferenceSystem) -> None:
        """One point is no shape, but a place somebody can ask about."""
        if len(parts) > 1:
            raise Refusal(self._tr("shapes.points"))
        place = shapes.point_in_wgs84(parts[0], crs, self.host.lang)
        self.host.placeWanted.emit(*place, 0.0)

    def ask_crs(self, line: str) -> QgsCoordinateReferenceSystem | None:
        """Let the user say which CRS the coordinates of a layer are in."""
        dialog = QgsProjectionSelectionDialog(self.host.window)
        dialog.setWindowTitle(self._tr("shapes.title"))
        dialog.setMessage(line)
        dialog.setShowNoProjection(False)
        if not dialog.exec() or not dialog.crs().isValid():
            return None
        return dialog.crs()

    def ask_kind(self) -> str:
        """Ask whether closed lines are meant as polygons: polygon, line, or empty to leave it."""
        box = QMessageBox(self.host.window)
        box.setWindowTitle(self._tr("shapes.title"))
        box.setText(self._tr("shapes.closed"))
        role = QMessageBox.ButtonRole.AcceptRole
        polygon = box.addButton(self._tr("shapes.as_polygon"), role)
        line = box.addButton(self._tr("shapes.as_line"), role)
        box.addButton(self._tr("shapes.corners.cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return {polygon: "polygon", line: "line"}.get(box.clickedButton(), "")

    # -- corners ------------------------------------------------------------------------------

    def _paste(self) -> None:
        from .corners import CornerDialog

        catalogue = self.host.asker.catalogue(self.host.lang)
        dialog = CornerDialog(catalogue, self.host.lang, self.host.window)
        dialog.previewed.connect(self._preview)
        dialog.finished.connect(lambda _: self.sketch.clear())
        dialog.accepted.connect(lambda: self._pasted(dialog.given))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(False)  # the map stays within reach, to compare
        dialog.show()

    def _preview(self, geojson: Any) -> None:
        self.sketch.preview(geojson)
        if geojson:
            self.sketch.zoom()

    def _pasted(self, given: shapes.Given | None) -> None:
        if given is not None:
            self._ask(given)

    # -- showing ------------------------------------------------------------------------------

    def _ask(self, given: shapes.Given) -> None:
        self.dock.setUserVisible(True)
        self.marks.clear()
        self.dock.ask_about(given)

    def _show(self, reply: ShapeReply | None) -> None:
        if reply is None:
            self.marks.clear()
            self.highlights.keep([])
            return
        self.marks.show(reply.answer["parts"], reply.tones)

    def _visible(self, visible: bool) -> None:
        """A closed panel leaves nothing on the map; a hidden tab keeps its marks."""
        if not visible and self.dock.isHidden():
            self.marks.clear()
            self.highlights.keep([])
        elif visible and self.dock.reply is not None and not self.marks.bands():
            self._show(self.dock.reply)

    def _name(self, _lang: str = "") -> None:
        for way, action in self._actions.items():
            action.setText(self._tr(f"shapes.{way}"))
            action.setToolTip(self._tr(f"shapes.{way}.tip"))

    def _tr(self, key: str, **args: object) -> str:
        return tr(key, self.host.lang, **args)
