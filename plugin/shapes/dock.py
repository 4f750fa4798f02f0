"""The panel of a shape: how to give one, the question, verdicts first, then zones and parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from .. import compat, tasks
from ..asking import Asker, Refusal, one_line, palette
from ..labels import boxed_label, make_small, plain_label
from ..panel.answerview import AnswerView
from ..panel.form import QuestionForm
from ..texts import tr
from .asker import ShapeReply, ask
from .tables import PartTable, ZoneTable

if TYPE_CHECKING:
    from .given import Given

NAME = "ZoneRulesShapeDock"
WAYS = ("polygon", "line", "selected", "paste")


class ShapeDock(QgsDockWidget):
    """Asks about the shape it was given whenever the form changes.

    ``wanted(way)``: polygon, line, selected or paste was pressed. ``replied(ShapeReply or None)``:
    what is shown. ``zonePicked(id)``, ``partPicked(n)``, ``partOpened(n)``: rows of the tables.
    """

    wanted = pyqtSignal(str)
    replied = pyqtSignal(object)
    zonePicked = pyqtSignal(str)
    partPicked = pyqtSignal(int)
    partOpened = pyqtSignal(int)
    zoomWanted = pyqtSignal()
    layerWanted = pyqtSignal()
    cleared = pyqtSignal()
    languageChanged = pyqtSignal(str)

    def __init__(self, asker: Asker, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("shapes.title", lang), parent)
        self.setObjectName(NAME)
        self.asker = asker
        self.given: Given | None = None
        self.reply: ShapeReply | None = None
        self._task: tasks.CoreTask | None = None
        self._asked = 0  # which question is the latest; answers to older ones are dropped
        self._make(lang)
        self._lay_out()
        self._connect()
        self._retranslate()
        self.view.say(tr("shapes.start", lang))

    @property
    def lang(self) -> str:
        """The language of panel and answer: ``zh`` or ``en``."""
        return self.form.lang

    @property
    def busy(self) -> bool:
        """Whether an answer is being worked out."""
        return self._task is not None

    def ask_about(self, given: Given) -> None:
        """Ask about a shape."""
        self.given = given
        self._describe(given.source)
        self.refresh()

    def refresh(self) -> None:
        """Ask again what the form holds, in the background."""
        self.form.set_problem("")
        if self.given is None:
            return
        self._stop()
        try:
            catalogue = self.asker.catalogue(self.lang)
            if self.form.activity.count() <= 1:
                self._fill(catalogue.data)
            if not self.form.has_place():
                self.form.set_place(*_middle(self.given.geojson))
            question = self.form.question()
        except Refusal as refusal:
            self.refuse(str(refusal), facts=refusal.field == "facts", detail=refusal.detail)
            return
        asked, lang, given = self._asked, self.lang, self.given
        if self.reply is None:
            self.view.say(tr("shapes.working", lang))

        def work(*args: Any, progress: Any) -> ShapeReply:
            return ask(catalogue, given, question, lang, args[0], progress=progress)

        self._task = tasks.start(
            tasks.CoreTask(
                tr("shapes.working", lang),
                work,
                self.reply,
                done=lambda reply: self._answered(asked, reply),
                failed=lambda error: self._failed(asked, error),
            )
        )

    def refuse(self, line: str, *, facts: bool = False, detail: str = "") -> None:
        """Show why there is no answer, in place of any earlier one."""
        if facts:
            self.form.set_problem(line)
        if detail:
            compat.log(detail)
        self._set_reply(None)
        self.view.say(tr("no_answer", self.lang) + line)

    def say(self, line: str) -> None:
        """Describe what is going on, such as a shape being drawn."""
        self._describe(line)

    def clear(self) -> None:
        """Forget shape and answer."""
        self._stop()
        self.given = None
        self.form.place.clear()
        self._describe("")
        self._set_reply(None)
        self.view.say(tr("shapes.start", self.lang))
        self.cleared.emit()

    def catalogue_changed(self) -> None:
        """Fill the lists anew, cut and ask again: zones may have moved."""
        self.reply = None
        self._load()
        self.refresh()

    def set_language(self, lang: str) -> None:
        """Speak ``zh`` or ``en``, if another than now."""
        self.form.set_language(lang)

    def shut(self) -> None:
        """Stop the work; nothing is shown any more."""
        self._stop()

    def showEvent(self, event: Any) -> None:
        """Fill the lists when the panel is first seen, not when QGIS starts."""
        super().showEvent(event)
        if self.form.activity.count() <= 1:
            QTimer.singleShot(0, self._load)

    def _load(self) -> None:
        if compat.is_deleted(self):
            return
        try:
            self._fill(self.asker.catalogue(self.lang).data)
        except Refusal as refusal:
            self.refuse(str(refusal), detail=refusal.detail)

    def _fill(self, data: dict[str, Any]) -> None:
        self.form.fill(data)
        self._name_place()

    def _name_place(self) -> None:
        """The form's place is only shown here: the middle of the shape."""
        self.form.place.setToolTip(tr("shapes.centre.tip", self.lang))
        self.form.place.setPlaceholderText(tr("shapes.nothing", self.lang))

    # -- making -------------------------------------------------------------------------------

    def _make(self, lang: str) -> None:
        looks = palette()
        self.ways = {way: QPushButton() for way in WAYS}
        self.source = plain_label()
        self.form = QuestionForm(lang)
        self.form.place.setReadOnly(True)
        self.note = boxed_label("not_concerned")
        self.view = AnswerView(looks["outcome"])
        self.zones = ZoneTable(looks["zones"])
        self.parts = PartTable(looks["outcome"])
        self.legend = plain_label()
        make_small(self.legend)
        self.tabs = QTabWidget()
        self.zoom, self.copy, self.layer, self.erase = (QPushButton() for _ in range(4))

    def _lay_out(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        ways = QGridLayout()
        for n, button in enumerate(self.ways.values()):
            ways.addWidget(button, n // 2, n % 2)
        column.addLayout(ways)
        column.addWidget(self.source)
        column.addWidget(self.form)
        column.addWidget(self.note)
        zones = QWidget()
        below = QVBoxLayout(zones)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.zones, 1)
        below.addWidget(self.legend)
        for page in (self.view, zones, self.parts):
            self.tabs.addTab(page, "")
        column.addWidget(self.tabs, 1)
        foot = QHBoxLayout()
        for button in (self.copy, self.layer, self.zoom):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.erase)
        column.addLayout(foot)
        self.setWidget(body)

    def _connect(self) -> None:
        for way, button in self.ways.items():
            button.clicked.connect(lambda _=False, way=way: self.wanted.emit(way))
        self.form.changed.connect(self.refresh)
        self.form.lastDayWanted.connect(self._go_to_last_day)
        self.form.languageChanged.connect(self._switch_language)
        self.zones.picked.connect(lambda zone: self.zonePicked.emit(zone or ""))
        self.parts.picked.connect(lambda part: self.partPicked.emit(part))
        self.parts.opened.connect(lambda part: self.partOpened.emit(part))
        self.zoom.clicked.connect(lambda: self.zoomWanted.emit())
        self.layer.clicked.connect(lambda: self.layerWanted.emit())
        self.copy.clicked.connect(self._copy)
        self.erase.clicked.connect(self.clear)

    # -- answering ----------------------------------------------------------------------------

    def _stop(self) -> None:
        self._asked += 1
        if self._task is not None and not compat.is_deleted(self._task):
            self._task.cancel()
        self._task = None

    def _answered(self, asked: int, reply: ShapeReply) -> None:
        if compat.is_deleted(self) or asked != self._asked:
            return
        self._task = None
        self.form.set_place(*reply.answer["query"]["centre"])
        self._set_reply(reply)
        self.view.show_blocks(reply.blocks, self.lang)

    def _failed(self, asked: int, error: BaseException) -> None:
        if compat.is_deleted(self) or asked != self._asked:
            return
        self._task = None
        from ...jobs.answer import BadInput

        line = one_line(error, self.lang)
        if isinstance(error, BadInput):
            facts = line.startswith("--fact ")
            self.refuse(line[len("--fact ") :] if facts else line, facts=facts)
        else:
            self.refuse(tr("unexpected", self.lang, reason=line), detail=repr(error))

    def _set_reply(self, reply: ShapeReply | None) -> None:
        self.reply = reply
        counts = self.zones.fill(reply, self.lang), self.parts.fill(reply, self.lang)
        for n, key in enumerate(("zones", "parts"), 1):
            count = "" if reply is None else tr("shapes.count", self.lang, n=counts[n - 1])
            self.tabs.setTabText(n, tr(f"shapes.tab.{key}", self.lang) + count)
        for button in (self.copy, self.layer, self.zoom):
            button.setEnabled(reply is not None)
        self.erase.setEnabled(self.given is not None)
        self.replied.emit(reply)

    def _go_to_last_day(self) -> None:
        if self.given is None or not self.form.has_place():
            self.form.show_last_day()
            return
        try:
            question = self.form.question()
            self.form.set_date(self.asker.last_covered(question, self.lang))
        except Refusal:  # the middle of the shape is nobody's
            self.form.show_last_day()

    def _switch_language(self, lang: str) -> None:
        self._retranslate()
        if self.given is None:
            self.view.say(tr("shapes.start", lang))
        self.refresh()
        self.languageChanged.emit(lang)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("shapes.title", self.lang))
        for way, button in self.ways.items():
            button.setText(tr(f"shapes.{way}", self.lang))
            button.setToolTip(tr(f"shapes.{way}.tip", self.lang))
        for button, key in (
            (self.zoom, "shapes.zoom"),
            (self.copy, "shapes.copy"),
            (self.layer, "shapes.layer"),
            (self.erase, "shapes.clear"),
        ):
            button.setText(tr(key, self.lang))
        for button, key in (
            (self.zoom, "shapes.zoom.tip"),
            (self.layer, "shapes.layer.tip"),
            (self.erase, "shapes.clear.tip"),
            (self.copy, "copy.tip"),
        ):
            button.setToolTip(tr(key, self.lang))
        self._name_place()
        self.view.setAccessibleName(tr("answer", self.lang))
        self.legend.setText(tr("shapes.legend", self.lang))
        self.tabs.setTabText(0, tr("shapes.tab.verdicts", self.lang))
        self._describe(self.given.source if self.given else "")
        self._set_reply(self.reply)

    def _describe(self, line: str) -> None:
        self.source.setText(line)
        self.source.setVisible(bool(line))

    def _copy(self) -> None:
        if self.reply is not None:
            QApplication.clipboard().setText(self.reply.text)


def _middle(geojson: dict[str, Any]) -> tuple[float, float]:
    """The middle of a shape's box, until the answer tells a place inside it."""
    from ...layers.measure import positions

    places = list(positions(geojson))
    lons, lats = [p[0] for p in places], [p[1] for p in places]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
