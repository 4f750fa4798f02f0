"""The panel: the question above, the answer below it, what is missing and the years at the foot."""

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
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from .. import compat
from ..asking import Asker, Question, Refusal, Reply, palette
from ..labels import boxed_label, make_small
from ..texts import tr
from .answerview import AnswerView
from .articles import Articles
from .form import DEFAULT_ACCURACY_M, QuestionForm
from .more import MoreButton
from .questions import SHOWN, QuestionPane
from .timeline import TimelineView
from .years import draw_years

NAME = "ZoneRulesDock"
ASK, TIME = 0, 1  # tabs
SPLIT = [400, 200]  # pixels of answer and tabs at first; the user's own share is kept after that


class ZoneRulesDock(QgsDockWidget):
    """Asks ``asker`` whenever the form changes and shows the reply.

    ``asked(lon, lat, radius_m)`` says where, ``replied(Reply or None)`` what is shown,
    ``problem(line)`` that the catalogue cannot be used; ``reply`` is what is shown, or None.
    ``zonePointed(id)`` and ``zoneToggled(id)`` say that a zone of the answer is pointed at (empty:
    none) or was pressed, ``zonesShown(bool)`` that all are wanted on the map, ``sourceWanted(id)``
    that a source is to be brought into view.
    """

    asked = pyqtSignal(float, float, float)
    replied = pyqtSignal(object)
    problem = pyqtSignal(str)
    languageChanged = pyqtSignal(str)
    zonePointed = pyqtSignal(str)
    zoneToggled = pyqtSignal(str)
    zonesShown = pyqtSignal(bool)
    sourceWanted = pyqtSignal(str)

    def __init__(self, asker: Asker, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("plugin", lang), parent)
        self.setObjectName(NAME)
        self.asker = asker
        self.reply: Reply | None = None
        self._pixel_m = 0.0
        self._make(lang)
        self._connect()
        self._retranslate()
        self.view.say(tr("start", lang))

    @property
    def lang(self) -> str:
        """The language of panel and answer: ``zh`` or ``en``."""
        return self.form.lang

    def ask_at(self, lon: float, lat: float, pixel_m: float = 0.0) -> None:
        """Ask about a place in degrees WGS84, clicked on a map of ``pixel_m`` metres a pixel."""
        self._pixel_m = pixel_m
        self.form.take_accuracy_back()
        self.form.set_place(lon, lat)
        self.refresh()

    def ask_about_disc(self, lon: float, lat: float, radius_m: float) -> None:
        """Ask about a place that is known to ``radius_m`` metres only; the next place is asked
        with the accuracy that was set before."""
        self._pixel_m = 0.0
        self.form.set_place(lon, lat)
        self.form.lend_accuracy(radius_m)
        self.refresh()

    def refuse(self, line: str) -> None:
        """Show why there is no answer, in place of any earlier one."""
        self._set_reply(None)
        self._note("")
        self.view.say(tr("no_answer", self.lang) + line)

    def refresh(self) -> None:
        """Ask again what the form holds; without a place show how to begin."""
        self.form.set_problem("")
        if not self.form.has_place():
            self._show_questions()
            return
        try:
            question = self.form.question()
            accuracy = question.accuracy_m
            radius = DEFAULT_ACCURACY_M if accuracy is None else accuracy
            self.asked.emit(question.lon, question.lat, radius)
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
            self._show_covered()
        except Refusal as refusal:
            self._refused(refusal)

    def tell(self, key: str, value: str) -> None:
        """Take a fact, or the alert, into the question and ask again; empty takes it back."""
        self.form.tell(key, value)

    def showEvent(self, event: Any) -> None:
        """Fill the lists when the panel is first seen, not when QGIS starts."""
        super().showEvent(event)
        if self.form.activity.count() <= 1:
            QTimer.singleShot(0, self.load)

    # -- how it is made ---------------------------------------------------------------------

    def _make(self, lang: str) -> None:
        body = QWidget(self)
        looks = palette()["outcome"]
        self.form = QuestionForm(lang)
        self.note = boxed_label("not_concerned")
        self.view = AnswerView(looks)
        self.questions = QuestionPane(self._wrong_with)
        self.timeline = TimelineView(looks)
        self.version = QLabel()
        self.version.setTextFormat(Qt.TextFormat.PlainText)
        self.version.setContentsMargins(0, 0, 4, 0)
        make_small(self.version)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.questions, "")
        self.tabs.addTab(self.timeline, "")
        self.tabs.setCornerWidget(self.version)
        self.questions.after = self.tabs.tabBar()
        self.articles = Articles(self)
        self.copy = QPushButton()
        self.details = QPushButton()
        self.zones = QPushButton()
        self.more = MoreButton(self)
        for button in (self.details, self.zones):
            button.setCheckable(True)
        foot = QHBoxLayout()
        for button in self._buttons():
            button.setEnabled(False)
            foot.addWidget(button)
        foot.addStretch(1)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(True)
        self.split.addWidget(self.view)
        self.split.addWidget(self.tabs)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setCollapsible(0, False)
        self.split.setSizes(SPLIT)
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        for widget in (self.form, self.note):
            column.addWidget(widget)
        column.addWidget(self.split, 1)
        column.addLayout(foot)
        self.setWidget(body)
        order = (self.form.facts, self.view, self.tabs.tabBar(), self.timeline, *self._buttons())
        for before, after in zip(order, order[1:]):
            QWidget.setTabOrder(before, after)
        # a redraw of the years waits until nobody clicks any more
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)

    def _buttons(self) -> tuple[Any, ...]:
        return self.copy, self.details, self.zones, self.more

    def _connect(self) -> None:
        self.form.changed.connect(self.refresh)
        self.form.placed.connect(self._typed_place)
        self.form.misplaced.connect(self._refused)
        self.form.lastDayWanted.connect(self._go_to_last_day)
        self.form.languageChanged.connect(self._switch_language)
        self.questions.told.connect(self.tell)
        self.timeline.dateWanted.connect(self.form.set_date)
        self.timeline.laneWanted.connect(self._follow)
        self.tabs.currentChanged.connect(lambda _: self._later.start())
        self._later.timeout.connect(self._show_years)
        self.copy.clicked.connect(self._copy)
        self.details.toggled.connect(self.view.show_details)
        self.zones.toggled.connect(self.zonesShown)
        self.view.followed.connect(self._follow)
        self.view.hovered.connect(self._point_at)

    def _retranslate(self) -> None:
        lang = self.lang
        self.setWindowTitle(tr("plugin", lang))
        self.view.setAccessibleName(tr("answer", lang))
        for button, key in (
            (self.copy, "copy"),
            (self.details, "details"),
            (self.zones, "zones.shown"),
        ):
            button.setText(tr(key, lang))
            button.setToolTip(tr(f"{key}.tip", lang))
        self.more.retranslate(lang)
        self.tabs.setTabText(TIME, tr("tab.time", lang))
        self.timeline.setAccessibleName(tr("time.name", lang))
        self.timeline.setToolTip(tr("time.tip", lang))
        self._show_questions()
        self._later.start()
        self._show_covered()
        self._name_version()

    # -- answering --------------------------------------------------------------------------

    def _answer(self, question: Question) -> None:
        reply = self.asker.ask(question, self.lang)
        if self.form.activity.count() <= 1:
            self.form.fill(self.asker.catalogue(self.lang).data)
        self._set_reply(reply)
        self.view.show_blocks(reply.blocks, self.lang)
        self._note(self._coarseness(question))

    def _wrong_with(self, key: str, value: str) -> str:
        """Return what is wrong with a value that is about to be told, or an empty text."""
        from ...jobs.answer import BadInput, read_facts

        if key == "alert":
            return ""
        try:
            read_facts({key: value}, self.asker.catalogue(self.lang).book)
        except BadInput as error:
            return " ".join(str(error).split()).replace("--fact ", "", 1)
        except Refusal as refusal:
            return str(refusal)
        return ""

    def _show_questions(self) -> None:
        """Ask what is missing, and list what was told; both follow every answer."""
        answer = self.reply.answer if self.reply else None
        try:
            given = self.form.given()
        except Refusal:
            given = {}  # the form says what cannot be read
        phrasing, sources = self._phrasing(), None
        if phrasing:
            listed = self.asker.catalogue(self.lang).data["sources"]
            sources = {source["id"]: source["name"] for source in listed}
        self.questions.show_questions(answer, given, phrasing, sources, self.lang)
        number = len(answer["ask"][:SHOWN]) if answer else 0
        name = "tab.ask" if number else "tab.ask.none"
        self.tabs.setTabText(ASK, tr(name, self.lang, n=number) if number else tr(name, self.lang))

    def _show_years(self) -> None:
        """Draw the years, if they are looked at."""
        if self.tabs.currentIndex() != TIME:
            return
        if self.reply is None:
            self.timeline.clear(tr("time.begin", self.lang))
            return
        catalogue = self.asker.catalogue(self.lang)
        self._waiting(draw_years, self.timeline, catalogue, self.reply.answer, self._phrasing())

    def _phrasing(self) -> Any:
        """Return the words of the catalogue, or None before one was read."""
        if self.form.activity.count() <= 1:
            return None
        from ...jobs.phrasing import Phrasing

        try:
            return Phrasing(self.asker.catalogue(self.lang).book, self.lang)
        except Refusal:  # it was there and is gone; who asks next is told
            return None

    def _show_covered(self) -> None:
        covered = self.reply.answer["coverage"] if self.reply else None
        names = ("documents", "reaching", "expired", "upcoming")
        here = [name for part in names for name in covered[part]] if covered else []
        self.form.show_spans(here or None)

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
            self.form.set_problem(str(refusal))
        if refusal.detail:
            compat.log(refusal.detail)
        if refusal.field == "catalogue" or refusal.detail:
            self.problem.emit(str(refusal))

    def _set_reply(self, reply: Reply | None) -> None:
        self.reply = reply
        for button in self._buttons():
            button.setEnabled(reply is not None)
        self._show_questions()
        self._later.start()
        self._show_covered()
        self._name_version()
        self.replied.emit(reply)

    # -- what the user does -----------------------------------------------------------------

    def _follow(self, ref: str) -> None:
        kind, _, name = ref.partition(":")
        if kind == "zone":
            self.zoneToggled.emit(name)
        elif kind == "source":
            self.sourceWanted.emit(name)
        elif kind == "date":
            self.form.set_date(name)
        elif kind == "activity":
            self.form.activity.setCurrentIndex(self.form.activity.findData(name))
        elif kind == "article":
            document, _, clause = name.partition(":")
            record = self.asker.catalogue(self.lang).data["documents"][document]
            self.articles.show(record, clause, self.lang, QCursor.pos())

    def _point_at(self, ref: str) -> None:
        kind, _, name = ref.partition(":")
        self.zonePointed.emit(name if kind == "zone" else "")

    def _typed_place(self) -> None:
        self._pixel_m = 0.0
        self.form.take_accuracy_back()
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
