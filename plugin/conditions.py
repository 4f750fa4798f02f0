"""The conditions of every question but its place: day, activity, pollution alert, facts."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QDate, QLocale, QSignalBlocker, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from .asking import Refusal, parse_facts
from .labels import boxed_label
from .texts import LANGUAGES, TEXTS, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.PyQt.QtWidgets import QMenu

ALERTS = ("unknown", "none", "blue", "yellow", "orange", "red")
ISO = "yyyy-MM-dd"
FIRST_DAY, LAST_DAY = QDate(2000, 1, 1), QDate(2099, 12, 31)
TYPING_MS = 600  # how long to wait for the next key before facts are asked
Rows = list[tuple[str, list[QWidget]]]  # a label's text and the inputs behind it


class ConditionsForm(QWidget):
    """``changed`` says that the question did, ``languageChanged`` that the tongue did.

    Subclasses make further inputs, lay them out with ``lay_out`` and read the whole question. A
    form never opens a catalogue: ``fill()`` hands it the vocabulary. ``words`` stands before the
    names of the subclass's own texts; where it has none, the common one is taken.
    """

    changed = pyqtSignal()
    languageChanged = pyqtSignal(str)
    words = ""

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self._catalogue: Mapping[str, Any] = {}
        self._labels: dict[str, QLabel] = {}
        self._make_conditions()
        self._connect_conditions()

    def day(self) -> str | None:
        """Return the day asked, ``YYYY-MM-DD``; None for today, the default of every question."""
        day = self.date.date()
        return None if day == QDate.currentDate() else str(day.toString(ISO))

    def alert_level(self) -> str | None:
        """Return the alert of that day, None while it is unknown."""
        alert = self.alert.currentData()
        return None if alert == "unknown" else str(alert)

    def given(self) -> dict[str, str]:
        """Return the facts as they are written. Raises :class:`asking.Refusal`."""
        return parse_facts(self.facts.text(), self.lang)

    def set_fact(self, key: str, value: str) -> None:
        """Write a fact beside the others, or take it out when empty, and ask again.

        Raises :class:`asking.Refusal` when what is written there cannot be read.
        """
        if key == "alert":
            self.alert.setCurrentIndex(max(self.alert.findData(value or "unknown"), 0))
            return
        facts = {**self.given(), key: value}
        self.facts.setText("; ".join(f"{k}={v}" for k, v in facts.items() if v))
        self.changed.emit()

    def tell(self, key: str, value: str) -> None:
        """As :meth:`set_fact`, for whoever cannot say what is wrong: the form says it."""
        try:
            self.set_fact(key, value)
        except Refusal as refusal:
            self.set_problem(str(refusal))

    def set_date(self, day: str) -> None:
        """Show ``day`` (``YYYY-MM-DD``) and ask again if it is another one."""
        self.date.setDate(QDate.fromString(day, ISO))

    def set_activity(self, name: str | None) -> None:
        """Choose an activity by its id."""
        self.activity.setCurrentIndex(max(self.activity.findData(name), 0))

    def set_language(self, lang: str) -> None:
        """Choose ``zh`` or ``en``, as if it was picked from the list."""
        self.language.setCurrentIndex(self.language.findData(lang))

    def set_problem(self, line: str) -> None:
        """Show what is wrong with the facts, or hide it when empty."""
        self.problem.setText(line)
        self.problem.setVisible(bool(line))

    def fill(self, catalogue: Mapping[str, Any]) -> None:
        """Take activities and covered periods from the raw catalogue."""
        self._catalogue = catalogue
        self.retranslate()

    def retranslate(self) -> None:
        """Put every word into the current language, keeping what was chosen."""
        for key, label in self._labels.items():
            label.setText(self.say(key))
        for widget, key in self.inputs():
            widget.setAccessibleName(self.say(key).partition("(&")[0].replace("&", ""))
            if f"{key}.tip" in TEXTS:
                widget.setToolTip(self.say(f"{key}.tip"))
        self.facts.setPlaceholderText(self.say("facts.hint"))
        self.today.setText(self.say("today"))
        self.date.setLocale(QLocale("zh_CN" if self.lang == "zh" else "en_GB"))
        refill(self.alert, [(tr(f"alert.{level}", self.lang), level) for level in ALERTS])
        refill(self.activity, self.activity_rows())

    def activity_rows(self) -> list[tuple[str, Any]]:
        """Return the activities to choose from as (label, id), what stands for none at first."""
        vocabulary = self._catalogue.get("vocabulary", {}).get("activities", {})
        return [(label[self.lang], key) for key, label in vocabulary.items()]

    def inputs(self) -> list[tuple[QWidget, str]]:
        """Each input with the text that names it to a screen reader."""
        return [
            (self.date, "date"),
            (self.activity, "activity"),
            (self.alert, "alert"),
            (self.facts, "facts"),
            (self.language, "language"),
        ]

    def say(self, key: str) -> str:
        """Return a text of the form, its own before the common one."""
        own = self.words + key
        return tr(own if own in TEXTS else key, self.lang)

    def documents(self) -> list[Mapping[str, Any]]:
        """Return the documents of the catalogue."""
        return list(self._catalogue.get("documents", {}).values())

    def list_periods(self, menu: QMenu) -> str:
        """Fill a menu with each document's period, which leads to its last day; return it as
        markup for a tool tip."""
        menu.clear()
        for document in self.documents():
            name = document.get("number") or document["title"][self.lang]
            covers = document["covers"]
            text = f"{name}  {covers['from']} – {covers['until']}"
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _=False, day=covers["until"]: self.set_date(day))
        listed = [action.text().replace("&&", "&") for action in menu.actions()]
        return html.escape("\n".join(listed)).replace("\n", "<br>")

    def lay_out(self, rows: Rows) -> QGridLayout:
        """Put labelled rows into a grid, every second row of it free for a note; return it."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (key, widgets) in enumerate(rows):
            line = QHBoxLayout()
            line.setSpacing(4)
            for n, widget in enumerate(widgets):
                line.addWidget(widget, 0 if n else 1)
            grid.addWidget(self.label(key, widgets[0]), 2 * row, 0)
            grid.addLayout(line, 2 * row, 1)
        grid.addWidget(self.problem, 2 * len(rows) - 1, 1)
        order = [w for _, widgets in rows for w in widgets if not isinstance(w, QLabel)]
        for before, after in zip(order, order[1:]):
            QWidget.setTabOrder(before, after)
        return grid

    def label(self, key: str, buddy: QWidget) -> QLabel:
        """Return the label of an input, whose shortcut leads to it."""
        label = QLabel()
        label.setBuddy(buddy)
        self._labels[key] = label
        return label

    def _make_conditions(self) -> None:
        self.date = QDateEdit(QDate.currentDate())
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat(ISO)
        self.date.setDateRange(FIRST_DAY, LAST_DAY)
        self.date.setKeyboardTracking(False)
        self.today = QPushButton()
        self.activity = searchable()
        self.alert = QComboBox()
        self.facts = QLineEdit()
        self.problem = boxed_label("failed")
        self.language = QComboBox()
        for lang, name in LANGUAGES.items():
            self.language.addItem(name, lang)
        self.language.setCurrentIndex(self.language.findData(self.lang))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)

    def _connect_conditions(self) -> None:
        self.date.dateChanged.connect(lambda _: self.changed.emit())
        self.today.clicked.connect(lambda: self.date.setDate(QDate.currentDate()))
        self.activity.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.activity.lineEdit().editingFinished.connect(self._settle_activity)
        self.alert.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.facts.textEdited.connect(lambda _: self._typing.start())
        self.facts.returnPressed.connect(self._facts_done)
        self._typing.timeout.connect(self._facts_done)
        self.language.currentIndexChanged.connect(lambda _: self._switch_language())

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


def searchable() -> QComboBox:
    """Return a list that is searched by typing any part of an entry."""
    combo = QComboBox()
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    # long labels must not dictate the width of the dock
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    combo.setMaxVisibleItems(24)
    completer = QCompleter(combo.model(), combo)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    combo.setCompleter(completer)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return combo


def refill(combo: QComboBox, rows: list[tuple[str, Any]]) -> None:
    """Put ``rows`` of (text, data) into a list without a signal, keeping the chosen data."""
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
