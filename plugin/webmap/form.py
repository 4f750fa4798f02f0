"""With which day, activity and alert the page opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QCheckBox, QWidget

from ..conditions import ISO, ConditionsForm

if TYPE_CHECKING:
    from collections.abc import Mapping


class StartForm(ConditionsForm):
    """The conditions that the page shows first; every one can be changed in it."""

    words = "webmap."

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(lang, parent)
        self.opening = QCheckBox()
        self.opening.setChecked(True)
        self.opening.toggled.connect(self._at_opening)
        for unused in (self.facts, self.today, self.language):  # the page's is the window's matter
            unused.hide()
        self.lay_out(
            [
                ("date", [self.date, self.opening]),
                ("activity", [self.activity]),
                ("alert", [self.alert]),
            ]
        )
        self.retranslate()
        self._at_opening(True)

    def day(self) -> str | None:
        """Return the day, ``YYYY-MM-DD``; None for the day on which the page is opened."""
        return None if self.opening.isChecked() else str(self.date.date().toString(ISO))

    def start_with(self, query: Mapping[str, Any]) -> None:
        """Take day, activity and alert of a question that was answered."""
        today = QDate.currentDate().toString(ISO)
        self.opening.setChecked(query["date"] == today)
        self.set_date(query["date"])
        self.set_activity(query["activity"])
        self.alert.setCurrentIndex(max(self.alert.findData(query["alert"]), 0))

    def retranslate(self) -> None:
        """Put every word into the language of the window."""
        super().retranslate()
        self.opening.setText(self.say("date.opening"))
        self.opening.setToolTip(self.say("date.opening.tip"))

    def activity_rows(self) -> list[tuple[str, Any]]:
        """All activities, and before them "all of them"."""
        return [(self.say("activity.all"), None), *super().activity_rows()]

    def inputs(self) -> list[tuple[QWidget, str]]:
        """Each input with the text that names it to a screen reader."""
        return [(self.date, "date"), (self.activity, "activity"), (self.alert, "alert")]

    def _at_opening(self, checked: bool) -> None:
        self.date.setEnabled(not checked)
