"""What is asked of every row: activities, day, alert, facts, accuracy."""

from __future__ import annotations

from typing import Any, NamedTuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QMenu, QToolButton, QWidget

from ..conditions import ConditionsForm

ACCURACY_M = 10.0
BETWEEN = ";"  # of several activities


class Conditions(NamedTuple):
    """What the form holds, as ``jobs.table.check.Question`` takes it."""

    activities: tuple[str, ...]
    date: str | None
    alert: str | None
    facts: dict[str, str]
    accuracy_m: float


class TableForm(ConditionsForm):
    """The conditions of a table or an atlas. ``severalWanted``: choose more than one activity."""

    severalWanted = pyqtSignal()
    words = "tables."

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(lang, parent)
        self._several = ""
        self.accuracy = QDoubleSpinBox()
        self.accuracy.setDecimals(0)
        self.accuracy.setRange(0, 100_000)
        self.accuracy.setValue(ACCURACY_M)
        self.several = QToolButton()
        self.several.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.several.clicked.connect(lambda _=False: self.severalWanted.emit())
        self.periods = QToolButton()
        self.periods.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.periods.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.periods.setMenu(QMenu(self.periods))
        self.language.hide()  # that of the window
        metres = self.label("accuracy", self.accuracy)
        self.lay_out(
            [
                ("activity", [self.activity, self.several]),
                ("date", [self.date, self.today, self.periods]),
                ("alert", [self.alert, metres, self.accuracy]),
                ("facts", [self.facts]),
            ]
        )
        self.retranslate()

    def conditions(self) -> Conditions:
        """Return what is asked. Raises Refusal on facts of bad form."""
        chosen = str(self.activity.currentData() or "")
        return Conditions(
            tuple(name for name in chosen.split(BETWEEN) if name),
            self.day(),
            self.alert_level(),
            self.given(),
            self.accuracy.value(),
        )

    def activities(self) -> list[tuple[str, str]]:
        """Every activity of the catalogue as (id, label)."""
        return [(str(key), label) for label, key in super().activity_rows()]

    def set_activities(self, names: list[str]) -> None:
        """Choose any number of activities."""
        self._several = BETWEEN.join(names) if len(names) > 1 else ""
        self.retranslate()
        self.set_activity(self._several or (names[0] if names else ""))
        self.changed.emit()

    def retranslate(self) -> None:
        """Put every word into the current language, keeping what was chosen."""
        super().retranslate()
        self.several.setText(self.say("several"))
        self.several.setToolTip(self.say("several.tip"))
        self.accuracy.setSuffix(self.say("metres"))
        self.accuracy.setAccessibleName(self.say("accuracy"))
        self.periods.setText(self.say("periods"))
        listed = self.list_periods(self.periods.menu())
        self.periods.setEnabled(bool(listed))
        self.periods.setToolTip(listed)

    def activity_rows(self) -> list[tuple[str, Any]]:
        """All of them together first, then what was picked of several, then each."""
        rows: list[tuple[str, Any]] = [(self.say("activity.all"), "")]
        if self._several:
            labels = dict(self.activities())
            names = self._several.split(BETWEEN)
            told = self.say("comma").join(labels.get(name, name) for name in names)
            rows.append((f"({len(names)}) {told}", self._several))
        return rows + super().activity_rows()
