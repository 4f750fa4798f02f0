"""Rules here: the button and tool that ask, the panel that answers, what the map shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..asking import palette
from ..texts import tr
from .dock import ZoneRulesDock
from .highlights import Highlights
from .maptool import PlaceTool, PlaceToolHandler
from .marks import PlaceMarker, bring_into_view

if TYPE_CHECKING:
    from ..asking import Reply
    from ..canvas import NoPlace
    from ..host import Host


class PanelPart:
    """Wires tool, panel and marker to each other and to the host."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dock = ZoneRulesDock(host.asker, host.lang, host.window)
        self.tool = PlaceTool(host.canvas)
        looks = palette()
        self.marker = PlaceMarker(host.canvas, looks["marker"])
        self.highlights = Highlights(host, looks["zones"])
        self._handler: PlaceToolHandler | None = None

    def load(self) -> None:
        """Add button, menu entries, tool and panel to the window."""
        host = self.host
        host.add_dock(self.dock)
        self._handler = PlaceToolHandler(
            self.tool, host.action("tool", "zonerules.svg", toolbar=True)
        )
        self.dock.setToggleVisibilityAction(host.action("panel", "panel.svg"))
        host.iface.registerMapToolHandler(self._handler)
        self.tool.activated.connect(self._show_dock)
        self.tool.pointed.connect(self._ask_at)
        self.tool.refused.connect(self._click_refused)
        self.dock.asked.connect(self._mark)
        self.dock.replied.connect(self._replied)
        self.dock.zonePointed.connect(self.highlights.point_at)
        self.dock.zoneToggled.connect(self._toggle_zone)
        self.dock.zonesShown.connect(self._show_zones)
        self.dock.sourceWanted.connect(self._show_source)
        self.dock.more.objected.connect(self._objected)
        self.dock.more.extractWanted.connect(host.extractWanted)
        self.dock.problem.connect(host.complain)
        self.dock.languageChanged.connect(host.set_language)
        host.placeWanted.connect(self._ask_at)
        host.discWanted.connect(self._ask_about_disc)
        host.catalogueChanged.connect(self.dock.catalogue_changed)
        host.languageChanged.connect(self.dock.set_language)

    def unload(self) -> None:
        """Take all of it out of the window again."""
        host = self.host
        host.placeWanted.disconnect(self._ask_at)
        host.discWanted.disconnect(self._ask_about_disc)
        host.catalogueChanged.disconnect(self.dock.catalogue_changed)
        host.languageChanged.disconnect(self.dock.set_language)
        host.canvas.unsetMapTool(self.tool)
        host.iface.unregisterMapToolHandler(self._handler)
        self.marker.remove()
        self.highlights.remove()
        host.remove_dock(self.dock)
        self.tool.deleteLater()

    def _ask_at(self, lon: float, lat: float, pixel_m: float) -> None:
        self._show_dock()
        self.dock.ask_at(lon, lat, pixel_m)

    def _ask_about_disc(self, lon: float, lat: float, radius_m: float) -> None:
        self._show_dock()
        self.dock.ask_about_disc(lon, lat, radius_m)

    def _click_refused(self, refusal: NoPlace) -> None:
        self._show_dock()
        self.marker.clear()
        line = tr(refusal.key, self.dock.lang, **refusal.args_)
        self.dock.refuse(line)
        self.host.complain(line)

    def _mark(self, lon: float, lat: float, radius_m: float) -> None:
        self.marker.show(lon, lat, radius_m)
        point = self.marker.point()
        if point is not None:
            bring_into_view(self.host.canvas, point)

    def _replied(self, reply: Reply | None) -> None:
        """Let go of zones that the new answer does not name, and tell the other parts."""
        self.highlights.point_at("")
        if self.dock.zones.isChecked():
            self.highlights.keep(_drawn_zones(reply))
        else:
            named = {zone["id"] for zone in reply.answer["zones"]} if reply else set()
            self.highlights.keep(zone for zone in self.highlights.kept if zone in named)
        self._show_lit()
        self.host.set_reply(reply)

    def _toggle_zone(self, zone: str) -> None:
        self.highlights.toggle(zone)
        self._show_lit()

    def _show_zones(self, shown: bool) -> None:
        self.highlights.keep(_drawn_zones(self.dock.reply) if shown else [])
        self._show_lit()

    def _show_lit(self) -> None:
        self.dock.view.show_lit({f"zone:{zone}" for zone in self.highlights.kept})

    def _show_source(self, name: str) -> None:
        sources = self.host.asker.catalogue(self.dock.lang).data["sources"]
        source = next(source for source in sources if source["id"] == name)
        if not self.highlights.show_source(source):
            lang = self.dock.lang
            self.host.complain(tr("source.nowhere", lang, name=source["name"][lang]))

    def _objected(self, path: str) -> None:
        self.host.inform(tr("object.done", self.dock.lang, path=path))

    def _show_dock(self) -> None:
        self.dock.setUserVisible(True)


def _drawn_zones(reply: Reply | None) -> list[str]:
    """Return the zones of a reply whose edges tell something: not whole provinces or classes."""
    telling = ("documented_boundary", "approximate", "circle", "administrative", "derived")
    rows = reply.answer["zones"] if reply else []
    near = [row for row in rows if row["location"] in ("inside", "near")]
    return [row["id"] for row in near if row["basis"] in telling]
