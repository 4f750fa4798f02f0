"""The panel's form: the place, and the conditions of every question."""

from __future__ import annotations

import math
from typing import Any

from qgis.PyQt.QtCore import QDate, QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QLineEdit, QMenu, QToolButton, QWidget

from ..asking import Question, Refusal, palette, parse_place
from ..conditions import ISO, ConditionsForm
from ..labels import make_small, plain_label
from ..texts import tr
from .calendar import CoverCalendar
from .links import is_command, read

DEFAULT_ACCURACY_M = 10.0


class QuestionForm(ConditionsForm):
    """Everything that is asked about a place.

    ``placed`` says that a place was typed or a whole question pasted, ``misplaced(Refusal)`` that
    what was pasted is neither, ``lastDayWanted`` that the last covered day is.
    """

    placed = pyqtSignal()
    misplaced = pyqtSignal(object)
    lastDayWanted = pyqtSignal()

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(lang, parent)
        self._lent: tuple[float, float] | None = None  # accuracy of one place, and the user's
        self._make()
        self._lay_out()
        self._connect()
        self.retranslate()

    def question(self) -> Question:
        """Return what the form asks. Raises :class:`asking.Refusal` on a bad place or bad facts."""
        lon, lat = parse_place(self.place.text(), self.lang)
        return Question(
            lon,
            lat,
            self.day(),
            self.activity.currentData(),
            self.alert_level(),
            self.given() or None,
            None if self.accuracy.value() == DEFAULT_ACCURACY_M else self.accuracy.value(),
        )

    def has_place(self) -> bool:
        """Tell whether a place was given at all."""
        return bool(self.place.text().strip())

    def set_place(self, lon: float, lat: float) -> None:
        """Write the place into the form; asks nothing."""
        self.place.setText(f"{lon:.6f}, {lat:.6f}")
        self.place.setCursorPosition(0)

    def lend_accuracy(self, metres: float) -> None:
        """Set the accuracy for the place that is asked now, rounded up; asks nothing."""
        own = self.accuracy.value() if self._lent is None else self._lent[1]
        self._lent = float(math.ceil(metres)), own
        self._set_accuracy(self._lent[0])

    def take_accuracy_back(self) -> None:
        """Set the accuracy that was there before one was lent, unless the user set another since;
        asks nothing."""
        lent, self._lent = self._lent, None
        if lent is not None and self.accuracy.value() == lent[0]:
            self._set_accuracy(lent[1])

    def _set_accuracy(self, metres: float) -> None:
        blocker = QSignalBlocker(self.accuracy)
        self.accuracy.setValue(metres)
        del blocker

    def set_question(self, question: Question) -> None:
        """Write a whole question into the form; asks nothing."""
        blockers = [QSignalBlocker(w) for w in (self.date, self.activity, self.alert)]
        blockers.append(QSignalBlocker(self.accuracy))
        self.set_place(question.lon, question.lat)
        day = QDate.fromString(question.date or "", ISO)
        self.date.setDate(day if day.isValid() else QDate.currentDate())
        self.set_activity(question.activity)
        self.alert.setCurrentIndex(max(self.alert.findData(question.alert or "unknown"), 0))
        accuracy = question.accuracy_m
        self.accuracy.setValue(DEFAULT_ACCURACY_M if accuracy is None else accuracy)
        self.facts.setText("; ".join(f"{k}={v}" for k, v in (question.facts or {}).items()))
        del blockers

    def show_spans(self, documents: list[str] | None) -> None:
        """Mark in the calendar the days that these documents cover; None means every document."""
        known = self.documents()
        spans = [
            (document["covers"]["from"], document["covers"]["until"])
            for document in known
            if documents is None or document["id"] in documents
        ]
        legend = tr("calendar.any" if documents is None else "calendar.here", self.lang)
        self.calendar.show_spans(spans, legend)

    def show_last_day(self) -> None:
        """Go to the last day that any document of the catalogue covers."""
        days = [document["covers"]["until"] for document in self.documents()]
        if days:
            self.set_date(max(days))

    def retranslate(self) -> None:
        """Put every word of the form into the current language, keeping what was chosen."""
        super().retranslate()
        self.place.setPlaceholderText(tr("place.hint", self.lang))
        self.accuracy.setSuffix(tr("accuracy.unit", self.lang))
        self.last.setText(tr("last", self.lang))
        self.last.setToolTip(tr("last.tip", self.lang))
        self.calendar.setLocale(self.date.locale())
        self._show_periods()

    def activity_rows(self) -> list[tuple[str, Any]]:
        """Return all activities, and before them "all of them"."""
        return [(tr("activity.all", self.lang), None), *super().activity_rows()]

    def inputs(self) -> list[tuple[QWidget, str]]:
        """Each input with the text that names it to a screen reader."""
        return [(self.place, "place"), (self.accuracy, "accuracy"), *super().inputs()]

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
        self.calendar = CoverCalendar(palette()["outcome"]["exempt"])
        self.date.setCalendarWidget(self.calendar)
        self.last = QToolButton()
        self.last.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.last.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.last.setMenu(QMenu(self.last))
        self.periods = plain_label()
        make_small(self.periods)

    def _lay_out(self) -> None:
        grid = self.lay_out(
            [
                ("place", [self.place, self.accuracy]),
                ("date", [self.date, self.today, self.last]),
                ("activity", [self.activity]),
                ("alert", [self.alert, self.label("language", self.language), self.language]),
                ("facts", [self.facts]),
            ]
        )
        grid.addWidget(self.periods, 3, 1)

    def _connect(self) -> None:
        self.place.returnPressed.connect(self._placed)
        self.accuracy.valueChanged.connect(lambda _: self.changed.emit())
        self.last.clicked.connect(lambda: self.lastDayWanted.emit())

    def _placed(self) -> None:
        """Take a place or, pasted, a whole question."""
        if is_command(self.place.text()):
            try:
                self.set_question(read(self.place.text(), self.lang))
            except Refusal as refusal:
                self.misplaced.emit(refusal)
                return
        self.placed.emit()

    def _show_periods(self) -> None:
        listed = self.list_periods(self.last.menu())
        spans = [document["covers"] for document in self.documents()]
        self.last.setEnabled(bool(spans))
        self.periods.setVisible(bool(spans))
        if spans:
            first = min(span["from"] for span in spans)
            final = max(span["until"] for span in spans)
            key = "periods.one" if len(spans) == 1 else "periods.many"
            line = tr(key, self.lang, n=len(spans), first=first, last=final)
            self.periods.setText(line)
            self.periods.setToolTip(listed)
