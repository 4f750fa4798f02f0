"""What QGIS loads: makes button, menu entry, tool and panel, and takes all of it away again."""

from __future__ import annotations

import html
import os
from pathlib import Path
from typing import Any

from qgis.core import QgsPointXY, QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from . import compat
from .asking import Asker, palette
from .dock import ZoneRulesDock
from .maptool import NoPlace, PlaceMarker, PlaceTool, PlaceToolHandler
from .texts import LANGUAGES, language_of, tr

ICONS = Path(__file__).resolve().parent / "icons"
LANGUAGE_SETTING, DATA_SETTING = "zonerules/language", "zonerules/data"


class ZoneRulesPlugin:
    """One button that asks about a place on the map and one panel that answers."""

    _loaded: ZoneRulesPlugin | None = None  # at most one copy has widgets in the window

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.dock: ZoneRulesDock | None = None
        self.tool: PlaceTool | None = None
        self.marker: PlaceMarker | None = None
        self._handler: PlaceToolHandler | None = None
        self._actions: dict[str, QAction] = {}
        self._menu = ""

    def initGui(self) -> None:
        """Add everything to the window; a copy that is there already goes first."""
        if ZoneRulesPlugin._loaded is not None:
            ZoneRulesPlugin._loaded.unload()
        ZoneRulesPlugin._loaded = self
        lang = QgsSettings().value(LANGUAGE_SETTING, "")
        lang = lang if lang in LANGUAGES else language_of(compat.locale_name())
        canvas, window = self.iface.mapCanvas(), self.iface.mainWindow()
        data = os.environ.get("ZONERULES_DATA") or QgsSettings().value(DATA_SETTING, "")

        self.dock = ZoneRulesDock(Asker(data or None), lang, window)
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()  # QGIS shows it again if it was open when it last closed
        for key, icon in (("tool", "zonerules.svg"), ("panel", "panel.svg")):
            action = QAction(QIcon(str(ICONS / icon)), "", window)
            action.setObjectName(f"zonerules_{key}")
            self._actions[key] = action
        self._menu = tr("plugin", lang)
        self.iface.addToolBarIcon(self._actions["tool"])
        for action in self._actions.values():
            self.iface.addPluginToVectorMenu(self._menu, action)
        self.dock.setToggleVisibilityAction(self._actions["panel"])

        self.tool = PlaceTool(canvas)
        self.marker = PlaceMarker(canvas, palette()["marker"])
        self._handler = PlaceToolHandler(self.tool, self._actions["tool"])
        self.iface.registerMapToolHandler(self._handler)
        self.tool.activated.connect(self._show_dock)
        self.tool.pointed.connect(self._clicked)
        self.tool.refused.connect(self._click_refused)
        self.dock.asked.connect(self._answered)
        self.dock.problem.connect(self._complain)
        self.dock.languageChanged.connect(self._language_chosen)
        self._retranslate(lang)

    def unload(self) -> None:
        """Take everything out of the window; does nothing when there is nothing."""
        if ZoneRulesPlugin._loaded is self:
            ZoneRulesPlugin._loaded = None
        if self.dock is None:
            return
        self.iface.mapCanvas().unsetMapTool(self.tool)
        self.iface.unregisterMapToolHandler(self._handler)
        self.marker.remove()
        self.iface.removeToolBarIcon(self._actions["tool"])
        for action in self._actions.values():
            self.iface.removePluginVectorMenu(self._menu, action)
            action.deleteLater()
        self.iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.tool.deleteLater()
        self.dock = self.tool = self.marker = self._handler = None
        self._actions = {}

    def _clicked(self, lon: float, lat: float, pixel_m: float) -> None:
        self._show_dock()
        self.dock.ask_at(lon, lat, pixel_m)

    def _click_refused(self, refusal: NoPlace) -> None:
        self._show_dock()
        self.marker.clear()
        line = tr(refusal.key, self.dock.lang, **refusal.args_)
        self.dock.refuse(line)
        self._complain(line)

    def _answered(self, lon: float, lat: float) -> None:
        self.marker.show(lon, lat)
        point: QgsPointXY | None = self.marker.point()
        canvas = self.iface.mapCanvas()
        if point is not None and not canvas.extent().contains(point):
            canvas.setCenter(point)
            canvas.refresh()

    def _complain(self, line: str) -> None:
        # the bar reads its text as markup
        self.iface.messageBar().pushMessage(
            tr("plugin", self.dock.lang), html.escape(line), compat.WARNING
        )

    def _show_dock(self) -> None:
        self.dock.setUserVisible(True)

    def _language_chosen(self, lang: str) -> None:
        QgsSettings().setValue(LANGUAGE_SETTING, lang)
        self._retranslate(lang)

    def _retranslate(self, lang: str) -> None:
        for key, action in self._actions.items():
            action.setText(tr(key, lang))
            tip = tr("tool.tip" if key == "tool" else key, lang)
            action.setToolTip(tip)
            action.setStatusTip(tip)
