"""Wires the catalogue panel to the catalogue, the map and the user's data folder."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

from .. import compat, settings
from ..asking import Refusal
from ..canvas import WGS84, zoom_to
from ..geometry import from_geojson
from ..newfolder import ask_folder
from ..texts import tr
from .dialog import ShapeDialog, Subject, Told
from .dock import KeeperDock
from .shape import Fault, selected, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..host import Host


class KeeperPart:
    """Zones of the catalogue, and the user's own shapes for them."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dock = KeeperDock(host.lang, host.window)

    def load(self) -> None:
        """Add panel and menu entry."""
        host, dock = self.host, self.dock
        host.add_dock(dock)
        dock.setToggleVisibilityAction(host.action("keeper", "keeper.svg"))
        dock.opened.connect(self._fill)
        dock.zoomWanted.connect(self._zoom)
        dock.shapeWanted.connect(self.use_selected)
        dock.removalWanted.connect(self.remove)
        dock.undoWanted.connect(self.undo)
        dock.checkWanted.connect(self._check)
        dock.checks.packages_wanted.connect(host.packagesWanted)
        host.catalogueChanged.connect(dock.outdate)
        host.languageChanged.connect(self._set_language)

    def unload(self) -> None:
        """Take both out again; a check that runs is stopped."""
        host = self.host
        host.catalogueChanged.disconnect(self.dock.outdate)
        host.languageChanged.disconnect(self._set_language)
        self.dock.checks.cancel()
        host.remove_dock(self.dock)

    # -- the user's shapes ------------------------------------------------------------------

    def use_selected(self, zone: str) -> None:
        """Make the selected features of the current layer the shape of a zone, after asking."""
        layer = self.host.iface.activeLayer()
        try:
            nominal = selected(layer)
            data = self.host.asker.catalogue(self.host.lang).data
        except Fault as fault:
            self.host.complain(self._say(fault.key, **fault.args_))
            return
        except Refusal as refusal:
            self.host.complain(str(refusal))
            return
        figures = {
            "layer": layer.name(),
            "n": layer.selectedFeatureCount(),
            "crs": layer.crs().authid() or layer.crs().description(),
        }
        source = self._say("keeper.source", **figures)
        dialog = ShapeDialog(
            _subject(data, zone, self.host.lang), nominal, source, self.host.lang, self.host.window
        )
        if dialog.exec() and dialog.told is not None:
            self.write(zone, dialog.told)
        dialog.deleteLater()

    def write(self, zone: str, told: Told) -> None:
        """Write a shape into the data folder, asking for one where there is none."""
        folder = settings.data_folder() or ask_folder(self.host.window, self.host.lang)
        if folder is None:
            return
        from ...jobs.exchange import keeping

        def draw() -> Any:
            return keeping.draw(
                Path(folder),
                zone,
                stored(told.draft),
                accuracy_m=told.accuracy_m,
                provenance=told.provenance,
                licence=told.licence,
                basis=told.basis,
                when=_now(),
            )

        if self._done(draw) is not None:
            if settings.data_folder() != folder:
                settings.set_data_folder(folder)
            self._tell(zone, "keeper.written")

    def remove(self, zone: str) -> None:
        """Take the user's shape of a zone out of the data folder."""
        folder = settings.data_folder()
        if folder is None:
            return
        from ...jobs.exchange import keeping

        if self._done(lambda: keeping.remove(Path(folder), zone, when=_now())) is not None:
            self._tell(zone, "keeper.removed")

    def undo(self) -> None:
        """Take the latest step back."""
        folder = settings.data_folder()
        if folder is None:
            return
        from ...jobs.exchange import keeping

        step = self._done(lambda: keeping.undo(Path(folder)))
        if step is not None:
            self._tell(step.zone, "keeper.undone")

    def _done(self, work: Callable[[], Any]) -> Any:
        """Return ``work()``, or None after telling why not."""
        from ...jobs.answer import BadInput

        try:
            return work()
        except BadInput as error:
            self.host.complain(self._say("keeper.refused", reason=error))
        except Exception as error:  # a bug must not end in QGIS's own window
            compat.log(repr(error))
            self.host.complain(self._say("unexpected", reason=type(error).__name__))
        return None

    def _tell(self, zone: str, key: str) -> None:
        """Have everybody read the catalogue anew, and say what was done."""
        self.host.reopen()
        line = self._say(key, zone=self._name(zone))
        self.host.inform(line)
        self.dock.select(zone)
        self.dock.say(line)

    def _name(self, zone: str) -> str:
        try:
            data = self.host.asker.catalogue(self.host.lang).data
        except Refusal:
            return zone
        record = data["zones"].get(zone)
        return f"{record['name'][self.host.lang]}" if record else zone

    # -- panel and map ----------------------------------------------------------------------

    def _fill(self) -> None:
        from ...jobs.exchange.rights import Rights

        try:
            data = self.host.asker.catalogue(self.host.lang).data
            self.dock.show_catalogue(data, Rights(data))
        except Refusal as refusal:
            self.dock.show_trouble(str(refusal))
            if refusal.detail:
                compat.log(refusal.detail)
        self._show_folder()

    def _show_folder(self) -> None:
        folder = settings.data_folder()
        step = ""
        if folder:
            from ...jobs.exchange import keeping

            found = self._done(lambda: keeping.steps(Path(folder))) or []
            if found:
                latest = found[-1]
                figures = {"zone": self._name(latest.zone), "when": latest.when.replace("T", " ")}
                step = self._say(f"keeper.step.{latest.what}", **figures)
        self.dock.show_folder(folder, step)

    def _zoom(self, zone: str) -> None:
        """Show a drawn zone, or else the drawn one around it, and say which it is."""
        from ...jobs.exchange.tables import shapes_of
        from ...jobs.exchange.zonecard import around

        data = self.host.asker.catalogue(self.host.lang).data
        record = data["zones"][zone]
        outer = around(data, record)
        line, shapes = "", shapes_of(data, record)
        if not shapes and outer is not None:
            shapes = shapes_of(data, outer)
            line = self._say("keeper.zoomed_around", outer=outer["name"][self.host.lang])
        if not shapes:
            self.dock.say(self._say("keeper.nothing_drawn"))
            return
        shape = from_geojson(shapes.get("extent") or shapes["nominal"])
        if zoom_to(self.host.canvas, shape):
            nominal = from_geojson(shapes["nominal"])
            self.host.canvas.flashGeometries([nominal], QgsCoordinateReferenceSystem(WGS84))
        else:
            line = self._say("keeper.not_in_crs")
        self.dock.say(line)

    def _check(self) -> None:
        self.dock.checks.begin(settings.data_folder())

    def _set_language(self, lang: str) -> None:
        self.dock.set_language(lang)
        self._show_folder()

    def _say(self, key: str, **args: object) -> str:
        return tr(key, self.host.lang, **args)


def _subject(data: Mapping[str, Any], zone: str, lang: str) -> Subject:
    from ...jobs.exchange.tables import shapes_of
    from ...jobs.exchange.zonecard import around, status

    record = data["zones"][zone]
    outer = around(data, record)
    shapes = shapes_of(data, record)
    limits = shapes_of(data, outer) if outer is not None else {}
    return Subject(
        zone,
        record["name"][lang],
        (record.get("delimited") or {}).get(lang, ""),
        status(data, record),
        from_geojson(shapes["nominal"]) if shapes else None,
        _extent(limits) if limits else None,
        outer["name"][lang] if outer is not None else "",
    )


def _extent(shapes: Mapping[str, Any]) -> QgsGeometry:
    return from_geojson(shapes.get("extent") or shapes["nominal"])


def _now() -> str:
    return datetime.datetime.now().isoformat(timespec="seconds")
