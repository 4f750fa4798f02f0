"""The view: the question above, what must be known first, then the zones by effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.gui import QgsCollapsibleGroupBox, QgsDockWidget
from qgis.PyQt.QtCore import QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QCursor
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from .. import compat
from ..asking import Refusal
from ..labels import boxed_label, plain_label
from ..panel.questions import QuestionPane
from ..texts import tr
from .banned_ask import BannedAsker, BannedReply
from .banned_form import BannedForm
from .banned_list import BannedList

if TYPE_CHECKING:
    from ..asking import Asker

NAME = "ZoneRulesBanned"


class BannedDock(QgsDockWidget):
    """Asks whenever the form changes.

    ``replied(BannedReply or None)`` says what is shown, ``picked`` and ``opened`` (zone id) what
    the user wants to see, ``shownOnMap(bool)`` whether there is to be a layer.
    """

    replied = pyqtSignal(object)
    picked = pyqtSignal(str)
    opened = pyqtSignal(str)
    shownOnMap = pyqtSignal(bool)
    languageChanged = pyqtSignal(str)
    problem = pyqtSignal(str)

    def __init__(self, asker: Asker, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("banned.title", lang), parent)
        self.setObjectName(NAME)
        self.asker = BannedAsker(asker)
        self.reply: BannedReply | None = None
        self._make(lang)
        self.form.changed.connect(self.refresh)
        self.form.languageChanged.connect(self._switched)
        self.questions.told.connect(self.form.tell)
        self.list.picked.connect(self.picked)
        self.list.opened.connect(self.opened)
        self.list.itemSelectionChanged.connect(self._can_open)
        self.articles.clicked.connect(lambda: self.opened.emit(self.list.zone()))
        self.copy.clicked.connect(self._copy)
        self.on_map.toggled.connect(self.shownOnMap)
        self._retranslate()
        self._show()

    @property
    def lang(self) -> str:
        """The language of the view: ``zh`` or ``en``."""
        return self.form.lang

    def load(self) -> None:
        """Open the catalogue and fill the form's lists from it."""
        try:
            self.form.fill(self._waiting(self.asker.asker.catalogue, self.lang).data)
        except Refusal as refusal:
            self._refused(refusal)

    def catalogue_changed(self) -> None:
        """Fill the lists anew and ask again what is asked."""
        if self.form.activity.count() > 1:
            self.load()
            self.refresh()

    def refresh(self) -> None:
        """Ask again what the form holds."""
        self.form.set_problem("")
        try:
            question = self.form.question()
            self.reply = None
            if question is not None:
                self.reply = self._waiting(self.asker.ask, question, self.lang)
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._show()

    def set_language(self, lang: str) -> None:
        """Speak ``zh`` or ``en``, if another than now."""
        self.form.set_language(lang)

    def layer_gone(self) -> None:
        """The user took the layer out: uncheck, without asking for it to be taken out again."""
        self.on_map.blockSignals(True)
        self.on_map.setChecked(False)
        self.on_map.blockSignals(False)

    def showEvent(self, event: Any) -> None:
        """Fill the lists when the view is first seen, not when QGIS starts."""
        super().showEvent(event)
        if self.form.activity.count() <= 1:
            QTimer.singleShot(0, self.load)

    def sizeHint(self) -> QSize:
        """Return a width at which most names need two lines at most."""
        return QSize(480, 700)

    def _make(self, lang: str) -> None:
        body = QWidget(self)
        self.form = BannedForm(lang)
        self.notice = boxed_label("no_data")
        self.ends = QWidget()
        self._ends = QGridLayout(self.ends)
        self._ends.setContentsMargins(12, 0, 0, 0)
        self._ends.setSpacing(2)
        self._ends.setColumnStretch(2, 1)
        self.title = plain_label()
        self.needs = QgsCollapsibleGroupBox()
        self.needs.setCollapsed(True)
        self.questions = QuestionPane(lambda _key, _value: "")
        self.questions.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.questions.setMaximumHeight(190)
        inner = QVBoxLayout(self.needs)
        inner.setContentsMargins(2, 2, 2, 2)
        inner.addWidget(self.questions)
        self.list = BannedList()
        self.on_map = QCheckBox()
        self.on_map.setChecked(True)
        self.articles = QPushButton()
        self.copy = QPushButton()
        foot = QHBoxLayout()
        foot.addWidget(self.on_map)
        foot.addStretch(1)
        foot.addWidget(self.articles)
        foot.addWidget(self.copy)
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        for widget in (self.form, self.notice, self.ends, self.title, self.needs):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.setWidget(body)

    def _show(self) -> None:
        reply = self.reply
        self.title.setVisible(reply is None)
        for widget in (self.list, self.articles, self.copy):
            widget.setEnabled(reply is not None)
        if reply is None:
            self.title.setText(tr("banned.start", self.lang))
            self.list.clear()
            self._notice("", [])
        else:
            self._notice(
                reply.text.notice(),
                [(reply.text.plan(row), row["until"]) for row in reply.result["ended"]],
            )
            self.list.show_groups(reply.text)
        self._ask_more(reply)
        self._can_open()
        self.replied.emit(reply)

    def _notice(self, line: str, ends: list[tuple[str, str]]) -> None:
        """Show what must be known first, and a button for the last day of each ended plan."""
        self.notice.setText(line)
        self.notice.setVisible(bool(line))
        while self._ends.count():
            gone = self._ends.takeAt(0).widget()
            gone.hide()
            gone.deleteLater()  # it may be the button that brought us here
        for n, (label, day) in enumerate(ends):
            button = QPushButton(label.replace("&", "&&"))
            button.clicked.connect(lambda _=False, until=day: self.form.set_date(until))
            self._ends.addWidget(button, n // 2, n % 2)
        self.ends.setVisible(bool(line and ends))

    def _ask_more(self, reply: BannedReply | None) -> None:
        """Offer what is missing as a small form."""
        self.needs.setVisible(reply is not None and bool(reply.result["ask"]))
        if reply is None:
            return
        answer = {
            "query": reply.result["query"],
            "ask": [{"settles": 0, **question} for question in reply.result["ask"]],
        }
        self.questions.show_questions(answer, self.form.given(), reply.text)

    def _refused(self, refusal: Refusal) -> None:
        self.reply = None
        self._show()
        if refusal.field == "facts":
            self.form.set_problem(str(refusal))
        else:
            self.title.setText(str(refusal))
        if refusal.detail:
            compat.log(refusal.detail)
        if refusal.detail or refusal.field == "catalogue":
            self.problem.emit(str(refusal))

    def _switched(self, lang: str) -> None:
        self._retranslate()
        self.refresh()
        self.languageChanged.emit(lang)

    def _retranslate(self) -> None:
        lang = self.lang
        self.setWindowTitle(tr("banned.title", lang))
        self.needs.setTitle(tr("banned.needs", lang))
        self.list.retranslate(lang)
        self.on_map.setText(tr("banned.show", lang))
        self.on_map.setToolTip(tr("banned.show.tip", lang))
        self.articles.setText(tr("banned.articles", lang))
        self.copy.setText(tr("banned.copy", lang))

    def _can_open(self) -> None:
        self.articles.setEnabled(self.reply is not None and bool(self.list.zone()))

    def _copy(self) -> None:
        if self.reply is not None:
            QApplication.clipboard().setText(self.reply.text.plain())

    @staticmethod
    def _waiting(job: Any, *args: Any) -> Any:
        QApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            return job(*args)
        finally:
            QApplication.restoreOverrideCursor()
