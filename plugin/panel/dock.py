"""The panel: the question's form above, the answer of ``jobs`` below, nothing decided between."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QCursor
from qgis.PyQt.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .. import compat
from ..asking import Asker, Question, Refusal, Reply, palette
from ..texts import tr
from .answerview import AnswerView
from .form import DEFAULT_ACCURACY_M, QuestionForm, boxed_label, make_small

NAME = "ZoneRulesDock"


class ZoneRulesDock(QgsDockWidget):
    """Asks ``asker`` whenever the form changes and shows the reply.

    ``asked(lon, lat)`` says where, ``replied(Reply or None)`` what is shown, ``problem(line)``
    that the catalogue cannot be used; ``reply`` is what is shown, or None.
    """

    asked = pyqtSignal(float, float)
    replied = pyqtSignal(object)
    problem = pyqtSignal(str)
    languageChanged = pyqtSignal(str)

    def __init__(self, asker: Asker, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("plugin", lang), parent)
        self.setObjectName(NAME)
        self.asker = asker
        self.reply: Reply | None = None
        self._pixel_m = 0.0
        self._make(lang)
        self.form.changed.connect(self.refresh)
        self.form.placed.connect(self._typed_place)
        self.form.lastDayWanted.connect(self._go_to_last_day)
        self.form.languageChanged.connect(self._switch_language)
        self.copy.clicked.connect(self._copy)
        self.details.toggled.connect(self.view.show_details)
        self._retranslate()
        self.view.say(tr("start", lang))

    @property
    def lang(self) -> str:
        """The language of panel and answer: ``zh`` or ``en``."""
        return self.form.lang

    def ask_at(self, lon: float, lat: float, pixel_m: float = 0.0) -> None:
        """Ask about a place in degrees WGS84, clicked on a map of ``pixel_m`` metres a pixel."""
        self._pixel_m = pixel_m
        self.form.set_place(lon, lat)
        self.refresh()

    def refuse(self, line: str) -> None:
        """Show why there is no answer, in place of any earlier one."""
        self._set_reply(None)
        self._note("")
        self.view.say(tr("no_answer", self.lang) + line)

    def refresh(self) -> None:
        """Ask again what the form holds; without a place show how to begin."""
        self.form.set_facts_problem("")
        if not self.form.has_place():
            return
        try:
            question = self.form.question()
            self.asked.emit(question.lon, question.lat)
            self._waiting(self._answer, question)
        except Refusal as refusal:
            self._refused(refusal)

    def catalogue_changed(self) -> None:
        """Fill the lists anew and ask again what is asked."""
        self.load()
        self.refresh()

    def set_language(self, lang: str) -> None:
        """Speak ``zh`` or ``en``, if another than now."""
        self.form.set_language(lang)

    def load(self) -> None:
        """Open the catalogue and fill the form's lists from it."""
        try:
            self.form.fill(self._waiting(self.asker.catalogue, self.lang).data)
        except Refusal as refusal:
            self._refused(refusal)

    def showEvent(self, event: Any) -> None:
        """Fill the lists when the panel is first seen, not when QGIS starts."""
        super().showEvent(event)
        if self.form.activity.count() <= 1:
            QTimer.singleShot(0, self.load)

    def _make(self, lang: str) -> None:
        body = QWidget(self)
        self.form = QuestionForm(lang)
        self.note = boxed_label("not_concerned")
        self.view = AnswerView(palette()["outcome"])
        self.copy = QPushButton()
        self.details = QPushButton()
        self.details.setCheckable(True)
        for button in (self.copy, self.details):
            button.setEnabled(False)
        self.version = QLabel()
        self.version.setTextFormat(Qt.TextFormat.PlainText)
        make_small(self.version)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addWidget(self.details)
        foot.addStretch(1)
        foot.addWidget(self.version)
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        column.addWidget(self.form)
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.setWidget(body)

    def _answer(self, question: Question) -> None:
        reply = self.asker.ask(question, self.lang)
        if self.form.activity.count() <= 1:
            self.form.fill(self.asker.catalogue(self.lang).data)
        self._set_reply(reply)
        self.view.show_blocks(reply.blocks, self.lang)
        self._note(self._coarseness(question))

    def _coarseness(self, question: Question) -> str:
        """Return a note when the map is too coarse for the accuracy that is asked."""
        accuracy = DEFAULT_ACCURACY_M if question.accuracy_m is None else question.accuracy_m
        if self._pixel_m <= max(accuracy, 1.0):
            return ""
        figures = {"pixel": f"{self._pixel_m:.0f}", "accuracy": f"{accuracy:.0f}"}
        return tr("coarse", self.lang, **figures)

    def _refused(self, refusal: Refusal) -> None:
        self.refuse(str(refusal))
        if refusal.field == "facts":
            self.form.set_facts_problem(str(refusal))
        if refusal.detail:
            compat.log(refusal.detail)
        if refusal.field == "catalogue" or refusal.detail:
            self.problem.emit(str(refusal))

    def _typed_place(self) -> None:
        self._pixel_m = 0.0
        self.refresh()

    def _go_to_last_day(self) -> None:
        if not self.form.has_place():
            self.form.show_last_day()
            return
        try:
            question = self.form.question()
            self.form.set_date(self._waiting(self.asker.last_covered, question, self.lang))
        except Refusal as refusal:
            self._refused(refusal)

    def _switch_language(self, lang: str) -> None:
        self._retranslate()
        if self.form.has_place():
            self.refresh()
        else:
            self.view.say(tr("start", lang))
        self.languageChanged.emit(lang)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("plugin", self.lang))
        self.view.setAccessibleName(tr("answer", self.lang))
        self.copy.setText(tr("copy", self.lang))
        self.details.setText(tr("details", self.lang))
        self.details.setToolTip(tr("details.tip", self.lang))
        self.copy.setToolTip(tr("copy.tip", self.lang))
        self._name_version()

    def _set_reply(self, reply: Reply | None) -> None:
        self.reply = reply
        for button in (self.copy, self.details):
            button.setEnabled(reply is not None)
        self._name_version()
        self.replied.emit(reply)

    def _name_version(self) -> None:
        if self.reply is None:
            self.version.clear()
            return
        catalogue = self.reply.answer["catalogue"]
        mark = catalogue["fingerprint"].split(":")[-1][:8]
        text = tr("version", self.lang, version=catalogue["version"], fingerprint=mark)
        self.version.setText(text)

    def _copy(self) -> None:
        if self.reply is not None:
            QApplication.clipboard().setText(self.reply.text)

    def _note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    @staticmethod
    def _waiting(job: Any, *args: Any) -> Any:
        """Return ``job(*args)``, with the wait cursor meanwhile."""
        QApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            return job(*args)
        finally:
            QApplication.restoreOverrideCursor()
