"""What else can be done with an answer: copy it as a command, keep an extract, object to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from ..texts import tr
from .links import command
from .objecting import ObjectionDialog

if TYPE_CHECKING:
    from qgis.PyQt.QtWidgets import QAction


class MoreButton(QToolButton):
    """A menu button. ``objected(path)`` says that an objection was kept there, ``extractWanted``
    that the answer is to be saved as an extract."""

    objected = pyqtSignal(str)
    extractWanted = pyqtSignal()

    def __init__(self, dock: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dock = dock
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.extract: QAction = menu.addAction("")
        self.link: QAction = menu.addAction("")
        self.objection: QAction = menu.addAction("")
        self.extract.triggered.connect(lambda _=False: self.extractWanted.emit())
        self.link.triggered.connect(lambda _=False: self._copy_link())
        self.objection.triggered.connect(lambda _=False: self.object())
        self.setMenu(menu)

    def retranslate(self, lang: str) -> None:
        """Put every word into ``lang``."""
        self.setText(tr("more", lang))
        self.setToolTip(tr("more.tip", lang))
        for action, key in (
            (self.extract, "more.extract"),
            (self.link, "more.link"),
            (self.objection, "more.objection"),
        ):
            action.setText(tr(key, lang))
        self.extract.setToolTip(tr("extract.tip", lang))
        self.link.setToolTip(tr("more.link.tip", lang))

    def object(self) -> ObjectionDialog | None:
        """Open the dialog for an objection to the answer that is shown."""
        dock = self._dock
        if dock.reply is None:
            return None
        book = dock.asker.catalogue(dock.lang).book
        dialog = ObjectionDialog(dock.reply, book, dock.lang, dock)
        dialog.accepted.connect(lambda: self.objected.emit(str(dialog.written[1])))
        dialog.open()
        return dialog

    def _copy_link(self) -> None:
        dock = self._dock
        if dock.reply is not None:
            QApplication.clipboard().setText(command(dock.reply.answer["query"], dock.lang))
