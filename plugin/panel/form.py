"""The question's form: place, date, activity, pollution alert, facts, language."""

from __future__ import annotations

import html
from typing import Any

from qgis.PyQt.QtCore import QDate, QLocale, QSignalBlocker, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from ..asking import Question, Refusal, palette, parse_facts, parse_place
from ..texts import LANGUAGES, tr
from .answerview import INK
from .calendar import CoverCalendar
from .links import is_command, read

ALERTS = ("unknown", "none", "blue", "yellow", "orange", "red")
ISO = "yyyy-MM-dd"
DEFAULT_ACCURACY_M = 10.0
FIRST_DAY, LAST_DAY = QDate(2000, 1, 1), QDate(2099, 12, 31)
TYPING_MS = 600  # how long to wait for the next key before facts are asked


class QuestionForm(QWidget):
    """Everything that is asked; ``changed`` says the question did, ``languageChanged`` the tongue.

    ``placed`` says that a place was typed or a whole question pasted, ``misplaced(Refusal)`` that
    what was pasted is neither. ``question()`` reads the form. It never opens a catalogue:
    ``fill()`` hands it the vocabulary.
    """

    changed = pyqtSignal()
    placed = pyqtSignal()
    misplaced = pyqtSignal(object)
    lastDayWanted = pyqtSignal()
    languageChanged = pyqtSignal(str)

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self._catalogue: dict[str, Any] = {}
        self._labels: dict[str, QLabel] = {}
        self._make()
        self._lay_out()
        self._connect()
        self.retranslate()

    def question(self) -> Question:
        """Return what the form asks. Raises :class:`asking.Refusal` on a bad place or bad facts."""
        lon, lat = parse_place(self.place.text(), self.lang)
        day = self.date.date()
        alert = self.alert.currentData()
        return Question(
            lon,
            lat,
            None if day == QDate.currentDate() else day.toString(ISO),
            self.activity.currentData(),
            None if alert == "unknown" else alert,
            parse_facts(self.facts.text(), self.lang) or None,
            None if self.accuracy.value() == DEFAULT_ACCURACY_M else self.accuracy.value(),
        )

    def has_place(self) -> bool:
        """Tell whether a place was given at all."""
        return bool(self.place.text().strip())

    def set_place(self, lon: float, lat: float) -> None:
        """Write the place into the form; asks nothing."""
        self.place.setText(f"{lon:.6f}, {lat:.6f}")
        self.place.setCursorPosition(0)

    def given(self) -> dict[str, str]:
        """Return the facts as they are written. Raises :class:`asking.Refusal`."""
        return parse_facts(self.facts.text(), self.lang)

    def set_fact(self, key: str, value: str) -> None:
        """Write a fact beside the others, or take it out when empty, and ask again.

        Raises :class:`asking.Refusal` when what is written there cannot be read.
        """
        facts = {**self.given(), key: value}
        self.facts.setText("; ".join(f"{k}={v}" for k, v in facts.items() if v))
        self.changed.emit()

    def set_question(self, question: Question) -> None:
        """Write a whole question into the form; asks nothing."""
        blockers = [QSignalBlocker(w) for w in (self.date, self.activity, self.alert)]
        blockers.append(QSignalBlocker(self.accuracy))
        self.set_place(question.lon, question.lat)
        day = QDate.fromString(question.date or "", ISO)
        self.date.setDate(day if day.isValid() else QDate.currentDate())
        self.activity.setCurrentIndex(max(self.activity.findData(question.activity), 0))
        self.alert.setCurrentIndex(max(self.alert.findData(question.alert or "unknown"), 0))
        accuracy = question.accuracy_m
        self.accuracy.setValue(DEFAULT_ACCURACY_M if accuracy is None else accuracy)
        self.facts.setText("; ".join(f"{k}={v}" for k, v in (question.facts or {}).items()))
        del blockers

    def show_spans(self, documents: list[str] | None) -> None:
        """Mark in the calendar the days that these documents cover; None means every document."""
        known = self._documents()
        spans = [
            (document["covers"]["from"], document["covers"]["until"])
            for document in known
            if documents is None or document["id"] in documents
        ]
        legend = tr("calendar.any" if documents is None else "calendar.here", self.lang)
        self.calendar.show_spans(spans, legend)

    def set_date(self, day: str) -> None:
        """Show ``day`` (``YYYY-MM-DD``) and ask again if it is another one."""
        self.date.setDate(QDate.fromString(day, ISO))

    def show_last_day(self) -> None:
        """Go to the last day that any document of the catalogue covers."""
        days = [document["covers"]["until"] for document in self._documents()]
        if days:
            self.set_date(max(days))

    def set_language(self, lang: str) -> None:
        """Choose ``zh`` or ``en``, as if it was picked from the list."""
        self.language.setCurrentIndex(self.language.findData(lang))

    def set_facts_problem(self, line: str) -> None:
        """Show ``line`` under the facts, or hide it when empty."""
        self.problem.setText(line)
        self.problem.setVisible(bool(line))

    def fill(self, catalogue: dict[str, Any]) -> None:
        """Take activities and covered periods from the raw catalogue."""
        self._catalogue = catalogue
        self.retranslate()

    def retranslate(self) -> None:
        """Put every word of the form into the current language, keeping what was chosen."""
        for key, label in self._labels.items():
            label.setText(tr(key, self.lang))
        for widget, key in (
            (self.place, "place.tip"),
            (self.accuracy, "accuracy.tip"),
            (self.last, "last.tip"),
            (self.activity, "activity.tip"),
            (self.alert, "alert.tip"),
            (self.facts, "facts.tip"),
        ):
            widget.setToolTip(tr(key, self.lang))
        self.place.setPlaceholderText(tr("place.hint", self.lang))
        self.facts.setPlaceholderText(tr("facts.hint", self.lang))
        self.accuracy.setSuffix(tr("accuracy.unit", self.lang))
        self.today.setText(tr("today", self.lang))
        self.last.setText(tr("last", self.lang))
        self.date.setLocale(QLocale("zh_CN" if self.lang == "zh" else "en_GB"))
        self.calendar.setLocale(self.date.locale())
        for widget, key in self._inputs():
            widget.setAccessibleName(tr(key, self.lang).partition("(&")[0].replace("&", ""))
        alerts = [(tr(f"alert.{level}", self.lang), level) for level in ALERTS]
        self._refill(self.alert, alerts)
        vocabulary = self._catalogue.get("vocabulary", {}).get("activities", {})
        rows = [(label[self.lang], key) for key, label in vocabulary.items()]
        self._refill(self.activity, [(tr("activity.all", self.lang), None), *rows])
        self._show_periods()

    def _inputs(self) -> list[tuple[QWidget, str]]:
        """Each input with the text that names it to a screen reader."""
        return [
            (self.place, "place"),
            (self.accuracy, "accuracy"),
            (self.date, "date"),
            (self.activity, "activity"),
            (self.alert, "alert"),
            (self.facts, "facts"),
            (self.language, "language"),
        ]

    def _make(self) -> None:
        self.place = QLineEdit()
        self.accuracy = QDoubleSpinBox()
        self.accuracy.setPrefix("± ")
        self.accuracy.setDecimals(0)
        self.accuracy.setRange(0, 100_000)
        self.accuracy.setSingleStep(10)
        self.accuracy.setValue(DEFAULT_ACCURACY_M)
        self.accuracy.setKeyboardTracking(False)
        self.accuracy.setMinimumWidth(
            self.accuracy.fontMetrics().horizontalAdvance("± 1000 m") + 40
        )
        self.date = QDateEdit(QDate.currentDate())
        self.date.setCalendarPopup(True)
        self.calendar = CoverCalendar(palette()["outcome"]["exempt"])
        self.date.setCalendarWidget(self.calendar)
        self.date.setDisplayFormat(ISO)
        self.date.setDateRange(FIRST_DAY, LAST_DAY)
        self.date.setKeyboardTracking(False)
        self.today = QPushButton()
        self.last = QToolButton()
        self.last.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.last.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.last.setMenu(QMenu(self.last))
        self.periods = plain_label()
        make_small(self.periods)
        self.activity = QComboBox()
        self.activity.setEditable(True)
        self.activity.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # long labels must not dictate the width of the dock
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.activity.setSizeAdjustPolicy(policy)
        self.activity.setMinimumContentsLength(12)
        completer = QCompleter(self.activity.model(), self.activity)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.activity.setCompleter(completer)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.alert = QComboBox()
        self.language = QComboBox()
        for lang, name in LANGUAGES.items():
            self.language.addItem(name, lang)
        self.language.setCurrentIndex(self.language.findData(self.lang))
        self.facts = QLineEdit()
        self.problem = boxed_label("failed")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, list[QWidget]]] = [
            ("place", [self.place, self.accuracy]),
            ("date", [self.date, self.today, self.last]),
            ("activity", [self.activity]),
            ("alert", [self.alert, self._label("language", self.language), self.language]),
            ("facts", [self.facts]),
        ]
        for row, (key, widgets) in enumerate(rows):
            line = QHBoxLayout()
            line.setSpacing(4)
            for n, widget in enumerate(widgets):
                line.addWidget(widget, 0 if n else 1)
            grid.addWidget(self._label(key, widgets[0]), 2 * row, 0)
            grid.addLayout(line, 2 * row, 1)
        grid.addWidget(self.periods, 3, 1)
        grid.addWidget(self.problem, 9, 1)
        order = [w for _, widgets in rows for w in widgets if not isinstance(w, QLabel)]
        for before, after in zip(order, order[1:]):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.place.returnPressed.connect(self._placed)
        self.accuracy.valueChanged.connect(lambda _: self.changed.emit())
        self.date.dateChanged.connect(lambda _: self.changed.emit())
        self.today.clicked.connect(lambda: self.date.setDate(QDate.currentDate()))
        self.last.clicked.connect(lambda: self.lastDayWanted.emit())
        self.activity.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.activity.lineEdit().editingFinished.connect(self._settle_activity)
        self.alert.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.facts.textEdited.connect(lambda _: self._typing.start())
        self.facts.returnPressed.connect(self._facts_done)
        self._typing.timeout.connect(self._facts_done)
        self.language.currentIndexChanged.connect(lambda _: self._switch_language())

    def _placed(self) -> None:
        """Take a place or, pasted, a whole question."""
        if is_command(self.place.text()):
            try:
                self.set_question(read(self.place.text(), self.lang))
            except Refusal as refusal:
                self.misplaced.emit(refusal)
                return
        self.placed.emit()

    def _facts_done(self) -> None:
        self._typing.stop()
        self.changed.emit()

    def _settle_activity(self) -> None:
        """Turn typed words into an entry of the list, or go back to the one that is chosen."""
        found = self.activity.findText(self.activity.currentText(), Qt.MatchFlag.MatchFixedString)
        if found >= 0:
            self.activity.setCurrentIndex(found)
        self.activity.setEditText(self.activity.itemText(self.activity.currentIndex()))
        self.activity.lineEdit().setCursorPosition(0)

    def _switch_language(self) -> None:
        self.lang = self.language.currentData()
        self.retranslate()
        self.languageChanged.emit(self.lang)

    def _show_periods(self) -> None:
        documents = self._documents()
        menu = self.last.menu()
        menu.clear()
        for document in documents:
            title = document.get("number") or document["title"][self.lang]
            covers = document["covers"]
            text = f"{title}  {covers['from']} – {covers['until']}"
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _=False, day=covers["until"]: self.set_date(day))
        spans = [d["covers"] for d in documents]
        self.last.setEnabled(bool(spans))
        self.periods.setVisible(bool(spans))
        if spans:
            first = min(span["from"] for span in spans)
            final = max(span["until"] for span in spans)
            key = "periods.one" if len(spans) == 1 else "periods.many"
            line = tr(key, self.lang, n=len(spans), first=first, last=final)
            self.periods.setText(line)
            listed = [action.text().replace("&&", "&") for action in menu.actions()]
            self.periods.setToolTip(html.escape("\n".join(listed)).replace("\n", "<br>"))

    def _documents(self) -> list[dict[str, Any]]:
        return list(self._catalogue.get("documents", {}).values())

    def _label(self, key: str, buddy: QWidget) -> QLabel:
        label = QLabel()
        label.setBuddy(buddy)
        self._labels[key] = label
        return label

    @staticmethod
    def _refill(combo: QComboBox, rows: list[tuple[str, Any]]) -> None:
        chosen = combo.currentData()
        blocker = QSignalBlocker(combo)
        combo.clear()
        for text, data in rows:
            combo.addItem(text, data)
        values = [data for _, data in rows]
        combo.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        if combo.isEditable():
            combo.lineEdit().setCursorPosition(0)
        blocker.unblock()


def plain_label() -> QLabel:
    """Return a label that wraps and never reads its text as markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def boxed_label(tone: str) -> QLabel:
    """Return a hidden plain label in the palette's colours of ``tone``, legible in any theme."""
    look = palette()["outcome"][tone]
    label = plain_label()
    label.setStyleSheet(
        f"background: {look['tint']}; color: {INK}; padding: 4px;"
        f"border-left: 4px solid {look['colour']};"
    )
    label.hide()
    return label


def make_small(label: QLabel) -> None:
    """Set a label in smaller type than the rest, for what is only read on occasion."""
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.88)
    label.setFont(font)
