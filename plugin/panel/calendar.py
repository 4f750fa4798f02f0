"""The calendar of the date field: days that a plan covers are coloured, with a legend below."""

from __future__ import annotations

from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtGui import QColor, QFont, QPalette, QTextCharFormat
from qgis.PyQt.QtWidgets import QCalendarWidget, QLabel, QWidget

from .colours import Inks

ISO = "yyyy-MM-dd"
Spans = list[tuple[str, str]]  # first and last day, YYYY-MM-DD


class CoverCalendar(QCalendarWidget):
    """Marks covered days with a tint and bold figures: colour is not the only sign."""

    def __init__(self, look: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._spans: Spans = []
        self.legend = QLabel()
        self.legend.setMargin(4)
        self.legend.setWordWrap(True)
        self.layout().addWidget(self.legend)

    def show_spans(self, spans: Spans, legend: str) -> None:
        """Mark the days of ``spans`` and no others; ``legend`` says what the mark means."""
        self.legend.setText(legend)
        self.legend.setVisible(bool(spans))
        if spans == self._spans:
            return
        self._spans = list(spans)
        self.setDateTextFormat(QDate(), QTextCharFormat())  # an invalid day clears all marks
        covered = self._format()
        for first, last in spans:
            day, end = QDate.fromString(first, ISO), QDate.fromString(last, ISO)
            while day <= end:
                self.setDateTextFormat(day, covered)
                day = day.addDays(1)

    def covers(self, day: QDate) -> bool:
        """Tell whether ``day`` is marked."""
        return any(first <= day.toString(ISO) <= last for first, last in self._spans)

    def _format(self) -> QTextCharFormat:
        colours = self.palette()
        roles = (QPalette.ColorRole.Base, QPalette.ColorRole.Text)
        inks = Inks(*(colours.color(QPalette.ColorGroup.Active, role).name() for role in roles))
        paper = inks.tint(self._look)
        style = QTextCharFormat()
        style.setBackground(QColor(paper))
        style.setForeground(QColor(inks.on(paper)[0]))
        style.setFontWeight(QFont.Weight.Bold)
        return style
