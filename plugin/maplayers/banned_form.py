"""What the view asks: activity, day, alert, facts; as the panel does, but for no one place."""

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
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from ..asking import parse_facts
from ..panel.form import ALERTS, FIRST_DAY, ISO, LAST_DAY, TYPING_MS, boxed_label
from ..texts import LANGUAGES, tr
from .banned_ask import BannedQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping


class BannedForm(QWidget):
    """Emits ``changed`` when the question did, ``languageChanged`` for another language."""

    changed = pyqtSignal()
    languageChanged = pyqtSignal(str)

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self._catalogue: Mapping[str, Any] = {}
        self._labels: dict[str, QLabel] = {}
        self._make()
        self._lay_out()
        self._connect()
        self.retranslate()

    def question(self) -> BannedQuestion | None:
        """Return what is asked, None without an activity. Raises Refusal on facts of bad form."""
        activity = self.activity.currentData()
        if not activity:
            return None
        day = self.date.date()
        alert = self.alert.currentData()
        return BannedQuestion(
            activity,
            None if day == QDate.currentDate() else day.toString(ISO),
            None if alert == "unknown" else alert,
            self.given() or None,
        )

    def given(self) -> dict[str, str]:
        """Return the facts as typed. Raises Refusal."""
        return parse_facts(self.facts.text(), self.lang)

    def tell(self, key: str, value: str) -> None:
        """Write a fact into the form, or take it out with an empty value, and ask again."""
        if key == "alert":
            self.alert.setCurrentIndex(self.alert.findData(value or "unknown"))
            return
        facts = self.given()
        facts.pop(key, None)
        if value:
            facts[key] = value
        self.facts.setText("; ".join(f"{name}={told}" for name, told in facts.items()))
        self.changed.emit()

    def set_activity(self, name: str) -> None:
        """Choose an activity by its id."""
        self.activity.setCurrentIndex(self.activity.findData(name))

    def set_date(self, day: str) -> None:
        """Show ``day`` (``YYYY-MM-DD``) and ask again if it is another one."""
        self.date.setDate(QDate.fromString(day, ISO))

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
            label.setText(tr(f"banned.{key}", self.lang))
        self.activity.setToolTip(tr("banned.activity.tip", self.lang))
        self.facts.setToolTip(tr("banned.facts.tip", self.lang))
        self.facts.setPlaceholderText(tr("banned.facts.hint", self.lang))
        self.today.setText(tr("banned.today", self.lang))
        self.periods.setText(tr("banned.periods", self.lang))
        self.date.setLocale(QLocale("zh_CN" if self.lang == "zh" else "en_GB"))
        refill(self.alert, [(tr(f"alert.{level}", self.lang), level) for level in ALERTS])
        # an activity that only authorities have nobody can ask about
        named = {
            activity
            for rule in self._catalogue.get("rules", [])
            if rule.get("audience", "operator") == "operator"
            for activity in rule["activities"]
        }
        vocabulary = self._catalogue.get("vocabulary", {}).get("activities", {})
        rows = [(label[self.lang], key) for key, label in vocabulary.items() if key in named]
        refill(self.activity, [(tr("banned.activity.none", self.lang), ""), *rows])
        self._list_periods()

    def _make(self) -> None:
        self.activity = QComboBox()
        self.activity.setObjectName("zonerules_banned_activity")
        self.activity.setEditable(True)
        self.activity.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # long labels must not dictate the width of the dock
        self.activity.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.activity.setMinimumContentsLength(12)
        self.activity.setMaxVisibleItems(24)
        completer = QCompleter(self.activity.model(), self.activity)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.activity.setCompleter(completer)
        self.date = QDateEdit(QDate.currentDate())
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat(ISO)
        self.date.setDateRange(FIRST_DAY, LAST_DAY)
        self.date.setKeyboardTracking(False)
        self.today = QPushButton()
        self.periods = QToolButton()
        self.periods.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.periods.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.periods.setMenu(QMenu(self.periods))
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

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, list[QWidget]]] = [
            ("activity", [self.activity]),
            ("date", [self.date, self.today, self.periods]),
            ("alert", [self.alert, self._label("language", self.language), self.language]),
            ("facts", [self.facts]),
        ]
        for row, (key, widgets) in enumerate(rows):
            line = QHBoxLayout()
            line.setSpacing(4)
            for n, widget in enumerate(widgets):
                line.addWidget(widget, 0 if n else 1)
            grid.addWidget(self._label(key, widgets[0]), row, 0)
            grid.addLayout(line, row, 1)
        grid.addWidget(self.problem, len(rows), 0, 1, 2)
        order = [w for _, widgets in rows for w in widgets if not isinstance(w, QLabel)]
        for before, after in zip(order, order[1:]):
            QWidget.setTabOrder(before, after)

    def _label(self, key: str, buddy: QWidget) -> QLabel:
        label = QLabel()
        label.setBuddy(buddy)
        self._labels[key] = label
        return label

    def _connect(self) -> None:
        self.activity.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.activity.lineEdit().editingFinished.connect(self._settle_activity)
        self.date.dateChanged.connect(lambda _: self.changed.emit())
        self.today.clicked.connect(lambda: self.date.setDate(QDate.currentDate()))
        self.alert.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.facts.textEdited.connect(lambda _: self._typing.start())
        self.facts.returnPressed.connect(self._facts_done)
        self._typing.timeout.connect(self._facts_done)
        self.language.currentIndexChanged.connect(lambda _: self._switch())

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

    def _switch(self) -> None:
        self.lang = self.language.currentData()
        self.retranslate()
        self.languageChanged.emit(self.lang)

    def _list_periods(self) -> None:
        menu = self.periods.menu()
        menu.clear()
        documents = list(self._catalogue.get("documents", {}).values())
        for document in documents:
            name = document.get("number") or document["title"][self.lang]
            covers = document["covers"]
            text = f"{name}  {covers['from']} – {covers['until']}"
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _=False, day=covers["until"]: self.set_date(day))
        self.periods.setEnabled(bool(documents))
        listed = "\n".join(action.text().replace("&&", "&") for action in menu.actions())
        tip = tr("banned.periods.tip", self.lang) + "\n\n" + listed
        self.periods.setToolTip(html.escape(tip).replace("\n", "<br>"))


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
