"""Locator, expression functions and layer action: the plugin wherever a user is already typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer

from .. import canvas as maps
from .. import compat
from ..asking import Refusal
from ..geocode.addresses import Addresses, size
from ..geometry import from_geojson
from ..panel.marks import circle_around
from ..texts import tr
from .action import add_action
from .answers import Answers
from .finder import Finder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..host import Host

WIDEST_M = 100_000.0  # metres of accuracy the panel can ask with
AROUND_M = 500.0  # metres shown around a point at least
OWN = "zonerules/"  # how the custom properties of the plugin's own layers begin


class SearchPart:
    """Registers the three with QGIS and opens what the user picks."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.finder = Finder(host.asker, host.lang)
        self.answers = Answers(host.asker, host.lang)
        self.addresses = Addresses(host.lang)
        self.filter: Any = None
        self.address_filter: Any = None
        self.dialog: Any = None
        self._functions: list[Any] = []
        self._layer_action: Any = None

    def load(self) -> None:
        """Add filter, functions and layer action to QGIS."""
        from .expressions import register
        from .locator import AddressFilter, SearchFilter

        host = self.host
        self.filter = SearchFilter(self.finder, self.open)
        host.iface.registerLocatorFilter(self.filter)
        self.address_filter = AddressFilter(self.addresses, self.open)
        host.iface.registerLocatorFilter(self.address_filter)
        self._functions = register(self.answers)
        self._layer_action = host.action("search.action.add", "zonerules.svg", self.add_to_layer)
        host.iface.addCustomActionForLayerType(
            self._layer_action, host.menu, compat.VECTOR_LAYER, True
        )
        QgsProject.instance().layersAdded.connect(self._equip)
        host.catalogueChanged.connect(self._forget)
        host.languageChanged.connect(self._switch)

    def unload(self) -> None:
        """Take them out again; nothing may be drawing with the functions meanwhile."""
        from .expressions import unregister

        host = self.host
        host.catalogueChanged.disconnect(self._forget)
        host.languageChanged.disconnect(self._switch)
        QgsProject.instance().layersAdded.disconnect(self._equip)
        host.iface.removeCustomActionForLayerType(self._layer_action)
        for made in (self.filter, self.address_filter):
            host.iface.deregisterLocatorFilter(made)  # deletes it
        host.canvas.stopRendering()
        unregister(self._functions)
        self._functions, self.filter, self._layer_action = [], None, None
        self.address_filter = None
        self._close_dialog()

    def open(self, target: tuple[Any, ...]) -> None:
        """Open a row of the locator: ask at a place, show a zone or source, read a rule."""
        kind, *rest = target
        if kind == "place":
            self.host.placeWanted.emit(float(rest[0]), float(rest[1]), 0.0)
            return
        if kind == "online":
            self.host.addressWanted.emit(str(rest[0]), True)
            return
        if kind == "address":
            self._show_disc(*map(float, rest[:3]), str(rest[3]))
            return
        try:
            catalogue = self.host.asker.catalogue(self.host.lang)
        except Refusal as refusal:
            self.host.complain(str(refusal))
            return
        {"zone": self._show_zone, "source": self._show_source, "rule": self._show_rule}[kind](
            catalogue, str(rest[0])
        )

    def rules_here(self, lon: Any, lat: Any) -> None:
        """Ask at degrees WGS84, given as numbers or as texts that the layer action filled in."""
        try:
            spot = float(lon), float(lat)
        except (TypeError, ValueError):
            self.host.complain(tr("search.action.no_place", self.host.lang))
            return
        self.host.placeWanted.emit(*spot, 0.0)

    def add_to_layer(self) -> None:
        """Add the action to the layer that is chosen in QGIS's layer panel."""
        lang, layer = self.host.lang, self.host.iface.activeLayer()
        if not isinstance(layer, QgsVectorLayer):
            self.host.complain(tr("search.action.no_layer", lang))
            return
        key = "search.action.added" if add_action(layer, lang) else "search.action.again"
        self.host.inform(tr(key, lang, thing=layer.name()))

    # -- what a row opens -------------------------------------------------------------------

    def _show_disc(self, lon: float, lat: float, radius_m: float, review: str) -> None:
        """Show where an address may be, and ask for the rules there with its radius."""
        if not radius_m:  # the row said why nothing was found
            self.host.complain(review)
            return
        if review:  # such as another county than the one that is written
            self.host.complain(tr("search.address.look", self.host.lang, review=review))
        circle = circle_around(lon, lat, radius_m)
        if circle is not None:
            self._show(circle)
        if radius_m > WIDEST_M:
            told = tr("search.address.wide", self.host.lang, radius=size(radius_m))
            self.host.inform(told)
            return
        self.host.discWanted.emit(lon, lat, radius_m)

    def _show_zone(self, catalogue: Any, name: str) -> None:
        zone = catalogue.data["zones"].get(name)
        if zone is None:  # of another catalogue, picked from an old search
            return
        geometry, shown = self._drawn(catalogue, name)
        if geometry is None:
            self._tell("search.nothing_drawn", zone)
        elif self._show(geometry) and shown != name:
            self._tell("search.not_drawn", zone, catalogue.data["zones"][shown])

    def _show_source(self, catalogue: Any, name: str) -> None:
        found = [row for row in catalogue.data["sources"] if row["id"] == name]
        if not found:
            return
        [source] = found
        spot = source.get("location")
        if spot:
            reach = max(AROUND_M, 3.0 * float(spot.get("accuracy_m", 0.0)))
            self._show(_box(spot["lon"], spot["lat"], reach), source)
            return
        for zone in source.get("zones", []):
            geometry, shown = self._drawn(catalogue, zone)
            if geometry is not None:
                if self._show(geometry):
                    self._tell("search.no_location", source, catalogue.data["zones"][shown])
                return
        self._tell("search.no_location_at_all", source)

    def _show_rule(self, catalogue: Any, name: str) -> None:
        rule = catalogue.book.by_id.get(name)
        if rule is None:
            return
        from ...jobs.find.reading import Reader
        from ...jobs.find.rulecells import card
        from .ruledialog import RuleDialog

        self._close_dialog()
        lang = self.host.lang
        self.dialog = RuleDialog(card(rule, Reader(catalogue, lang)), lang, self.host.window)
        self.dialog.show()

    def _drawn(self, catalogue: Any, name: str) -> tuple[QgsGeometry | None, str]:
        """The nominal shape of a zone, else of the nearest drawn zone around it, and whose."""
        from ...jobs.exchange.tables import shapes_of

        zones, seen = catalogue.data["zones"], set()
        while name in zones and name not in seen:
            seen.add(name)
            shapes: Mapping[str, Any] = shapes_of(catalogue.data, zones[name])
            if shapes:
                return from_geojson(shapes["nominal"]), name
            name = zones[name].get("within", "")
        return None, name

    def _show(self, geometry: QgsGeometry, source: Mapping[str, Any] | None = None) -> bool:
        """Zoom to a geometry in degrees WGS84 and let it, or a source's spot, flash."""
        canvas = self.host.canvas
        if not maps.zoom_to(canvas, geometry):
            self.host.complain(tr("search.off_map", self.host.lang))
            return False
        spot = source["location"] if source else None
        shown = geometry if spot is None else _box(spot["lon"], spot["lat"], AROUND_M / 25)
        moved = maps.in_map(canvas, shown)
        if moved is not None:
            canvas.flashGeometries([moved])
        return True

    def _tell(self, key: str, thing: Mapping[str, Any], around: Any = None) -> None:
        lang = self.host.lang
        args = {"thing": thing["name"][lang]}
        if around is not None:
            args["around"] = around["name"][lang]
        self.host.inform(tr(key, lang, **args))

    # -- keeping up -------------------------------------------------------------------------

    def _equip(self, layers: list[Any]) -> None:
        """Give the action to layers that the plugin itself adds."""
        for layer in layers:
            keys = layer.customPropertyKeys()
            if isinstance(layer, QgsVectorLayer) and any(key.startswith(OWN) for key in keys):
                add_action(layer, self.host.lang)

    def _forget(self) -> None:
        self.finder.reset()
        self.addresses.reset()
        self.answers.clear()

    def _switch(self, lang: str) -> None:
        self.finder.lang = self.addresses.lang = lang
        self.answers.clear(lang)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = None


def _box(lon: float, lat: float, metres: float) -> QgsGeometry:
    """A square of 2 × ``metres`` around a place in degrees, in degrees."""
    half = metres / maps.METRES_PER_DEGREE
    return QgsGeometry.fromRect(QgsRectangle(lon - half, lat - half, lon + half, lat + half))
