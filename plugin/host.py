"""What every part of the plugin may use: window, catalogue, language, menu and messages."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QObject, Qt, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import QAction, QPushButton

from . import compat, settings
from .asking import Asker
from .texts import TEXTS, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from .asking import Reply

JOINED = "zonerules/joined"  # settings: panels that have found their place among the others
ICONS = Path(__file__).resolve().parent / "icons"


class Host(QObject):
    """One for the plugin. Parts talk to each other through its signals and know no other part.

    ``placeWanted(lon, lat, pixel_m)``: somebody wants the rules at a place in degrees WGS84, taken
    from a map of ``pixel_m`` metres a pixel (0: not from a map). ``answered(Reply or None)``: the
    panel shows another reply, kept in ``reply``. ``catalogueChanged``: another data folder, or an
    overlay was written: ask again. ``packagesWanted(names)``: a feature lacks Python packages
    (plugin.deps.gate.lacks tells which); the user is asked whether to install them.
    ``discWanted(lon, lat, radius_m)``: somebody wants the rules at a place that is known to within
    so many metres only. ``addressWanted(text, online)``: somebody wants the places of an address,
    ``online`` of the service that is set. ``atlasWanted(layer)``: a page is to be printed for each
    point of a layer. ``extractWanted``: the answer that is shown is to be kept as an extract.
    """

    placeWanted = pyqtSignal(float, float, float)
    discWanted = pyqtSignal(float, float, float)
    addressWanted = pyqtSignal(str, bool)
    answered = pyqtSignal(object)
    languageChanged = pyqtSignal(str)
    catalogueChanged = pyqtSignal()
    packagesWanted = pyqtSignal(list)
    atlasWanted = pyqtSignal(object)
    extractWanted = pyqtSignal()

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self.iface = iface
        self.lang = settings.language()
        self.asker = Asker(settings.data_folder())
        self.reply: Reply | None = None
        self.menu = tr("plugin", self.lang)  # the same in both languages
        self._actions: dict[str, QAction] = {}
        self._docks: list[Any] = []
        self._offers: list[Any] = []

    @property
    def canvas(self) -> Any:
        """The main map canvas."""
        return self.iface.mapCanvas()

    @property
    def window(self) -> Any:
        """The main window, parent of every dialog."""
        return self.iface.mainWindow()

    def action(
        self,
        name: str,
        icon: str = "",
        slot: Callable[[], Any] | None = None,
        *,
        toolbar: bool = False,
    ) -> QAction:
        """Add an action to the plugin's menu, with ``toolbar`` to the tool bar as well.

        Its words are the texts ``name`` and, where there is one, ``name.tip``; ``icon`` is a file
        of ``plugin/icons``; its object name is ``zonerules_<name>``.
        """
        action = QAction(QIcon(str(ICONS / icon)) if icon else QIcon(), "", self.window)
        action.setObjectName(f"zonerules_{name}")
        if slot is not None:
            action.triggered.connect(lambda _checked=False: slot())
        self._actions[name] = action
        self._name(name)
        self.iface.addPluginToVectorMenu(self.menu, action)
        if toolbar:
            self.iface.addToolBarIcon(action)
        return action

    def add_dock(self, dock: Any) -> None:
        """Put a panel beside the map, hidden; the first time it is opened it becomes a tab among
        those of the plugin that are open, and after that it stays where the user puts it.

        QGIS shows it again if it was open when QGIS was last closed.
        """
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.hide()
        self._docks.append(dock)
        dock.visibilityChanged.connect(lambda seen, dock=dock: self._join(dock) if seen else None)

    def remove_dock(self, dock: Any) -> None:
        """Take a panel out of the window for good."""
        self._docks.remove(dock)
        self.iface.removeDockWidget(dock)
        dock.deleteLater()

    def set_language(self, lang: str) -> None:
        """Keep the language for good and tell every part; nothing happens if it is this one."""
        if lang == self.lang:  # a part that was told tells it back
            return
        settings.set_language(lang)
        self.lang = settings.language()
        for name in self._actions:
            self._name(name)
        self.languageChanged.emit(self.lang)

    def reopen(self) -> None:
        """Read the catalogue anew at the next question, from the data folder set by then."""
        self.asker.reopen(settings.data_folder())
        self.catalogueChanged.emit()

    def set_reply(self, reply: Reply | None) -> None:
        """Tell every part which reply is shown now."""
        self.reply = reply
        self.answered.emit(reply)

    def complain(self, line: str) -> None:
        """Show a warning in QGIS's message bar."""
        self._push(line, compat.WARNING)

    def inform(self, line: str) -> None:
        """Show a plain message in QGIS's message bar."""
        self._push(line, compat.INFO)

    def offer(self, line: str, path: Path, opening: str) -> None:
        """Say that a file was written, with buttons to open it (the text ``opening``) and to show
        its folder; it stays until it is closed."""
        bar = self.iface.messageBar()
        item = bar.createMessage(html.escape(line))  # without a title, for which there is no room
        for key, goal in ((opening, path), ("saved.folder", path.absolute().parent)):
            button = QPushButton(tr(key, self.lang))
            button.setToolTip(str(goal))
            button.clicked.connect(
                lambda _=False, goal=goal: QDesktopServices.openUrl(QUrl.fromLocalFile(str(goal)))
            )
            item.layout().addWidget(button)
        self._offers.append(item)

        def push() -> None:
            if item in self._offers:  # nothing was unloaded meanwhile
                bar.pushWidget(item, compat.INFO)

        QTimer.singleShot(0, push)  # on top of what QGIS itself says of a finished task

    def close(self) -> None:
        """Take every action out of menu and tool bar, and what was offered out of the window."""
        for item in self._offers:
            if not compat.is_deleted(item):
                self.iface.messageBar().popWidget(item)
        self._offers = []
        for action in self._actions.values():
            self.iface.removeToolBarIcon(action)
            self.iface.removePluginVectorMenu(self.menu, action)
            action.deleteLater()
        self._actions = {}

    def _join(self, dock: Any) -> None:
        key = f"{JOINED}/{dock.objectName()}"
        others = [
            other
            for other in self._docks
            if other is not dock and other.isVisible() and not other.isFloating()
        ]
        if not others or QgsSettings().value(key):
            return
        QgsSettings().setValue(key, 1)
        self.window.tabifyDockWidget(others[-1], dock)
        QTimer.singleShot(0, lambda: None if compat.is_deleted(dock) else dock.raise_())

    def _push(self, line: str, level: Any) -> None:
        # the bar reads its text as markup
        self.iface.messageBar().pushMessage(tr("plugin", self.lang), html.escape(line), level)

    def _name(self, name: str) -> None:
        action = self._actions[name]
        action.setText(tr(name, self.lang))
        tip = tr(f"{name}.tip" if f"{name}.tip" in TEXTS else name, self.lang).replace("&", "")
        action.setToolTip(tip)
        action.setStatusTip(tip)
