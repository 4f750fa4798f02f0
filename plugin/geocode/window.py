"""The window for one address: what it may mean, offline; online when the user asks for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..labels import boxed_label, make_small, plain_label
from ..texts import tr
from .leave import service_name
from .places import PlaceList

if TYPE_CHECKING:
    from ...jobs.address.discs import Located

SIZE = (720, 420)


class AddressDialog(QDialog):
    """Asks and shows; it neither resolves nor sends.

    ``findWanted()``, ``onlineWanted()``: resolve :meth:`address`; ``stopWanted()``: send no more;
    ``pointed(candidate or None)``: draw it; ``opened(candidate)``: ask for the rules there;
    ``finished(int)`` of Qt: the window was closed, by whatever way.
    """

    findWanted = pyqtSignal()
    onlineWanted = pyqtSignal()
    stopWanted = pyqtSignal()
    pointed = pyqtSignal(object)
    opened = pyqtSignal(object)

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesAddress")
        self.setWindowTitle(tr("geocode.title", lang))
        self._lang = lang
        self._make()
        self._lay_out()
        self._connect()
        self.resize(*SIZE)
        self.set_busy(False)
        self.set_service("")

    def address(self) -> tuple[str, str]:
        """Return the address and the city or county of one that states none."""
        return self.line.text().strip(), self.within.text().strip()

    def set_service(self, service: str) -> None:
        """Offer a service of ``settings.GEOCODERS``; an empty text for none."""
        name = service_name(service, self._lang)
        self.online.setText(self._say("online", service=name))
        self.online.setToolTip("" if service else self._say("online.none"))
        self._has_service = bool(service)
        self.online.setEnabled(self._has_service)

    def show_located(self, found: Located, note: str) -> None:
        """List the places with what a person should look at; ``note``: who found them."""
        self.list.show_places(found.candidates)
        told = found.told(self._lang)
        if not told and found.unread:
            told = tr("search.address.unread", self._lang, text=found.unread)
        self._warn(self._say("review", review=told) if told else "")
        self.note.setText(note)
        self._judge()
        if found.candidates:
            self.list.setCurrentItem(self.list.topLevelItem(0))

    def refuse(self, line: str) -> None:
        """Show why there are no places, in place of any that were there."""
        self.list.show_places([])
        self._warn(line)
        self.note.setText("")
        self._judge()

    def tell(self, line: str) -> None:
        """Show one line below the list, which stays."""
        self.note.setText(line)

    def set_busy(self, busy: bool) -> None:
        """Show that a service is being asked; nothing else can be asked meanwhile."""
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        for widget in (self.line, self.within, self.find):
            widget.setEnabled(not busy)
        self.online.setEnabled(not busy and self._has_service)

    # -- looks ------------------------------------------------------------------------------

    def _make(self) -> None:
        self._has_service = False
        self.line, self.within = QLineEdit(), QLineEdit()
        self.line.setPlaceholderText(self._say("address.hint"))
        self.within.setPlaceholderText(self._say("within.hint"))
        for widget, key in ((self.line, "address"), (self.within, "within")):
            widget.setAccessibleName(self._say(key).partition("(")[0].replace("&", "").strip())
            widget.setClearButtonEnabled(True)
        self.list = PlaceList(self._lang)
        self.review = boxed_label("cannot_determine")
        self.note, self.hint = plain_label(), plain_label()
        self.hint.setText(self._say("hint"))
        make_small(self.hint)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        buttons = ("find", "online", "stop", "ask", "close")
        self.find, self.online, self.stop, self.ask, self.close_button = (
            QPushButton(self._say(name, service="") if name == "online" else self._say(name))
            for name in buttons
        )
        for button in (self.online, self.stop, self.ask, self.close_button):
            button.setAutoDefault(False)
        self.find.setDefault(True)

    def _lay_out(self) -> None:
        rows = QFormLayout()
        first = QHBoxLayout()
        first.addWidget(self.line, 1)
        first.addWidget(self.find)
        second = QHBoxLayout()
        second.addWidget(self.within, 1)
        second.addWidget(self.online)
        rows.addRow(self._say("address"), first)
        rows.addRow(self._say("within"), second)
        rows.labelForField(first).setBuddy(self.line)
        rows.labelForField(second).setBuddy(self.within)
        foot = QHBoxLayout()
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.stop)
        foot.addStretch(1)
        foot.addWidget(self.ask)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(self.review)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        column.addWidget(self.hint)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.find.clicked.connect(self.findWanted)
        self.online.clicked.connect(self.onlineWanted)
        self.stop.clicked.connect(self.stopWanted)
        self.close_button.clicked.connect(self.close)
        self.list.pointed.connect(self.pointed)
        self.list.pointed.connect(lambda _place: self._judge())
        self.list.opened.connect(self.opened)
        self.ask.clicked.connect(self.list.open_chosen)
        for line in (self.line, self.within):
            line.textEdited.connect(lambda _text: self.refuse(""))

    def _judge(self) -> None:
        self.ask.setEnabled(self.list.chosen() is not None)

    def _warn(self, line: str) -> None:
        self.review.setText(line)
        self.review.setVisible(bool(line))

    def _say(self, key: str, **args: object) -> str:
        return tr(f"geocode.{key}", self._lang, **args)
