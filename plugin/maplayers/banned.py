"""Where is it banned?: wires the view, its layer and the map to each other and to the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject

from .. import canvas as maps
from .. import compat
from ..texts import tr
from . import banned_layer
from .banned_dock import BannedDock

if TYPE_CHECKING:
    from ..host import Host
    from .banned_ask import BannedReply


class BannedPart:
    """The dock, its entry in the menu, and the layer it keeps on the map."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dock = BannedDock(host.asker, host.lang, host.window)
        self.window: Any = None

    def load(self) -> None:
        """Add the menu entry and the view, which stays hidden until it is asked for."""
        host, dock = self.host, self.dock
        host.add_dock(dock)
        dock.setToggleVisibilityAction(host.action("banned", "banned.svg"))
        dock.replied.connect(self._draw)
        dock.picked.connect(self._zoom)
        dock.opened.connect(self._open)
        dock.shownOnMap.connect(self._toggle)
        dock.problem.connect(host.complain)
        dock.languageChanged.connect(host.set_language)
        host.catalogueChanged.connect(dock.catalogue_changed)
        host.languageChanged.connect(dock.set_language)
        QgsProject.instance().layersRemoved.connect(self._removed)
        QgsProject.instance().readProject.connect(self._project_read)

    def unload(self) -> None:
        """Take the view and its layer out again."""
        host = self.host
        QgsProject.instance().layersRemoved.disconnect(self._removed)
        QgsProject.instance().readProject.disconnect(self._project_read)
        host.catalogueChanged.disconnect(self.dock.catalogue_changed)
        host.languageChanged.disconnect(self.dock.set_language)
        banned_layer.remove()
        if self.window is not None and not compat.is_deleted(self.window):
            self.window.close()
        self.window = None
        host.remove_dock(self.dock)

    def _draw(self, reply: BannedReply | None) -> None:
        if reply is None:
            banned_layer.clear()  # what it showed is no longer the answer
        elif self.dock.on_map.isChecked():
            banned_layer.show(reply, self._shapes)

    def _toggle(self, shown: bool) -> None:
        if not shown:
            banned_layer.remove()
        elif self.dock.reply is not None:
            banned_layer.show(self.dock.reply, self._shapes)

    def _removed(self, _layers: Any) -> None:
        """The user may have taken the layer out: then it stays out until it is wanted again."""
        if self.dock.reply is not None and banned_layer.find() is None:
            self.dock.layer_gone()
            banned_layer.unveil()

    def _project_read(self, _document: object = None) -> None:
        """A saved project keeps the layer but not what was in it: empty, it would say that nothing
        is banned anywhere. It is drawn anew if there is an answer, else taken out."""
        if banned_layer.find() is None:
            return
        if self.dock.reply is not None:
            self.dock.on_map.setChecked(True)
            banned_layer.show(self.dock.reply, self._shapes)
        else:
            banned_layer.remove()

    def _shapes(self, zones: list[str]) -> list[dict[str, Any]]:
        return self.dock.asker.shapes(zones, self.dock.lang)

    def _zoom(self, zone: str) -> None:
        """Show the zone, or for an undrawn one what it lies in, and let it flash."""
        reply, lang = self.dock.reply, self.dock.lang
        if reply is None:
            return
        names = {row["id"]: reply.text.text(row["name"]) for row in reply.result["zones"]}
        found = self.dock.asker.around(zone, lang)
        if not found:
            self.host.inform(tr("banned.nowhere", lang, name=names[zone]))
            return
        shape = banned_layer.geometry(self._shapes(found), "nominal")
        if not maps.zoom_to(self.host.canvas, shape):
            self.host.complain(tr("search.off_map", lang))
            return
        moved = maps.in_map(self.host.canvas, shape)
        if moved is not None:
            self.host.canvas.flashGeometries([moved])
        [row] = [row for row in reply.result["zones"] if row["id"] == zone]
        if not row["drawn"]:
            around = names[found[0]]
            self.host.inform(tr("banned.instead", lang, name=names[zone], around=around))

    def _open(self, zone: str) -> None:
        reply = self.dock.reply
        if reply is None or not zone:
            return
        from .banned_article import ArticleWindow

        if self.window is not None and not compat.is_deleted(self.window):
            self.window.close()
        catalogue = self.host.asker.catalogue(self.dock.lang)
        self.window = ArticleWindow(reply, zone, catalogue, self.host.window)
        self.window.show()
