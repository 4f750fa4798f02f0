"""What the view asks: activity, day, alert, facts; as the panel does, but for no one place."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMenu, QToolButton, QWidget

from ..conditions import ConditionsForm
from .banned_ask import BannedQuestion


class BannedForm(ConditionsForm):
    """The conditions, the activity first, and a list of the covered periods."""

    words = "banned."

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(lang, parent)
        self.activity.setObjectName("zonerules_banned_activity")
        self.periods = QToolButton()
        self.periods.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.periods.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.periods.setMenu(QMenu(self.periods))
        self.lay_out(
            [
                ("activity", [self.activity]),
                ("date", [self.date, self.today, self.periods]),
                ("alert", [self.alert, self.label("language", self.language), self.language]),
                ("facts", [self.facts]),
            ]
        )
        self.retranslate()

    def question(self) -> BannedQuestion | None:
        """Return what is asked, None without an activity. Raises Refusal on facts of bad form."""
        activity = self.activity.currentData()
        if not activity:
            return None
        return BannedQuestion(activity, self.day(), self.alert_level(), self.given() or None)

    def retranslate(self) -> None:
        """Put every word into the current language, keeping what was chosen."""
        super().retranslate()
        self.periods.setText(self.say("periods"))
        listed = self.list_periods(self.periods.menu())
        self.periods.setEnabled(bool(listed))
        self.periods.setToolTip(f"{self.say('periods.tip')}<br><br>{listed}")

    def activity_rows(self) -> list[tuple[str, Any]]:
        """Return the activities that somebody can ask about; some only authorities have."""
        named = {
            activity
            for rule in self._catalogue.get("rules", [])
            if rule.get("audience", "operator") == "operator"
            for activity in rule["activities"]
        }
        rows = [(label, key) for label, key in super().activity_rows() if key in named]
        return [(self.say("activity.none"), ""), *rows]
