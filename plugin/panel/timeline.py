"""The timeline picture: what binds at the place asked over the years, a lane for each activity."""

from __future__ import annotations

from datetime import date
from typing import Any

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from ..texts import tr
from .colours import Inks, mix
from .lanes import EMPTY, ORDER, Bar, Lane, as_text, ordinal, turning_days

MARGIN = 6
HATCHED = "cannot_determine"
HALF_TINTED = "due"


class TimelineView(QAbstractScrollArea):
    """Draws lanes over the years. ``dateWanted(day)`` says that a day was chosen,
    ``laneWanted(ref)`` that the name of a lane was pressed.

    Mouse: hovering explains, a click chooses the day. Keyboard: Left and Right go to the change
    before or after, Up and Down scroll. The same in words is the accessible description.
    """

    dateWanted = pyqtSignal(str)
    laneWanted = pyqtSignal(str)

    def __init__(self, looks: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._lang = "en"
        self._note = ""
        self.lanes: list[Lane] = []
        self.plans: list[tuple[str, str, str]] = []
        self.range = ("2017-01-01", "2022-12-31")
        self.day = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the size of some eight lanes."""
        return QSize(420, 10 * self._row())

    def minimumSizeHint(self) -> QSize:
        """Return the size of three lanes."""
        return QSize(200, 5 * self._row())

    def show_lanes(
        self,
        lanes: list[Lane],
        plans: list[tuple[str, str, str]],
        span: tuple[str, str],
        day: str,
        lang: str,
    ) -> None:
        """Draw ``lanes`` over the days ``span``, with ``day`` marked.

        ``plans`` are (name, first day, last day) of each plan, drawn above.
        """
        self.lanes, self.plans, self.range, self.day = lanes, plans, span, day
        self._lang = lang
        self._note = "" if lanes else tr("time.nothing", lang)
        self.setAccessibleDescription(self._note or as_text(lanes, lang))
        self._scrolled()
        self.viewport().update()

    def clear(self, note: str) -> None:
        """Show ``note`` in place of a picture."""
        self.lanes, self.plans, self.day, self._note = [], [], "", note
        self.setAccessibleDescription(note)
        self._scrolled()
        self.viewport().update()

    # -- where things are -------------------------------------------------------------------

    def day_at(self, x: float) -> str:
        """Return the day under ``x`` pixels from the left, within the range."""
        first, last = map(ordinal, self.range)
        left, width = self._field()
        share = min(max((x - left) / width, 0.0), 1.0)
        return date.fromordinal(min(first + int(share * (last - first + 1)), last)).isoformat()

    def x_of(self, day: str) -> float:
        """Return where ``day`` begins, in pixels from the left."""
        first, last = map(ordinal, self.range)
        left, width = self._field()
        return left + width * (ordinal(day) - first) / (last - first + 1)

    def lane_at(self, y: float) -> Lane | None:
        """Return the lane under ``y`` pixels from the top."""
        number = int((y - self._head() + self.verticalScrollBar().value()) // self._row())
        inside = self._head() <= y < self._foot() and 0 <= number < len(self.lanes)
        return self.lanes[number] if inside else None

    def words_at(self, x: float, y: float) -> str:
        """Return what is under the pointer, in words."""
        day = self.day_at(x)
        lane = self.lane_at(y)
        if lane is None:
            return self._plan_words(day)
        if x < self._field()[0]:
            return lane.tip or lane.name
        bar = next((bar for bar in lane.bars if bar.first <= day <= bar.last), None)
        words = bar.words if bar else tr("time.gap", self._lang)
        span = f"{bar.first} – {bar.last}" if bar else day
        return f"{lane.tip or lane.name}\n{span}\n{words}"

    def _plan_words(self, day: str) -> str:
        names = [f"{n}: {a} – {b}" for n, a, b in self.plans if a <= day <= b]
        return "\n".join([day, *(names or [tr("time.uncovered", self._lang)])])

    def _row(self) -> int:
        return self.fontMetrics().height() + 5

    def _head(self) -> int:
        """Return the height above the first lane: years, and a thin line for each plan."""
        return self._row() + 5 * max(len(self.plans), 1) + 3

    def _foot(self) -> int:
        """Return where the legend begins, below the lanes."""
        return max(self.viewport().height() - self._row(), self._head())

    def _field(self) -> tuple[float, float]:
        """Return left edge and width of the days."""
        whole = self.viewport().width()
        left = min(max(whole * 0.36, 70), 230)
        return left, max(whole - left - MARGIN, 40)

    def _scrolled(self) -> None:
        room = self._foot() - self._head()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(len(self.lanes) * self._row() - room + 2, 0))
        bar.setSingleStep(self._row())
        bar.setPageStep(max(room, 1))

    # -- events -----------------------------------------------------------------------------

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._scrolled()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if hasattr(self, "lanes"):
            self._scrolled()
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self.lanes:
            words = self.words_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), _wrapped(words), self)
            return True
        return bool(super().viewportEvent(event))

    def mouseReleaseEvent(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.lanes:
            return
        lane = self.lane_at(event.pos().y())
        if event.pos().x() >= self._field()[0]:
            self.dateWanted.emit(self.day_at(event.pos().x()))
        elif lane is not None:
            self.laneWanted.emit(lane.ref)

    def keyPressEvent(self, event: Any) -> None:
        days = turning_days(self.lanes)
        if event.key() == Qt.Key.Key_Right:
            wanted = next((day for day in days if day > self.day), "")
        elif event.key() == Qt.Key.Key_Left:
            wanted = next((day for day in reversed(days) if day < self.day), "")
        else:
            super().keyPressEvent(event)
            return
        if wanted:
            self.dateWanted.emit(wanted)

    # -- drawing ----------------------------------------------------------------------------

    def paintEvent(self, event: Any) -> None:
        colours = self.palette()
        roles = (QPalette.ColorRole.Base, QPalette.ColorRole.Text)
        inks = Inks(*(colours.color(QPalette.ColorGroup.Active, role).name() for role in roles))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), QColor(inks.paper))
        if self._note:
            painter.setPen(QColor(inks.faint))
            area = QRectF(self.viewport().rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(area, flags, self._note)
        else:
            self._draw(painter, inks)
        painter.end()

    def _draw(self, painter: QPainter, inks: Inks) -> None:
        head, row = self._head(), self._row()
        bottom = min(head + len(self.lanes) * row, self._foot())
        self._draw_years(painter, inks, bottom)
        painter.save()
        painter.setClipRect(0, head, self.viewport().width(), self._foot() - head)
        top = head - self.verticalScrollBar().value()
        for number, lane in enumerate(self.lanes):
            self._draw_lane(painter, inks, lane, top + number * row)
        painter.restore()
        self._draw_day(painter, inks, date.today().isoformat(), bottom, asked=False)
        self._draw_day(painter, inks, self.day, bottom, asked=True)
        self._draw_legend(painter, inks)

    def _draw_years(self, painter: QPainter, inks: Inks, bottom: int) -> None:
        first, last = (int(day[:4]) for day in self.range)
        _, width = self._field()
        each = width / (last - first + 1)
        wide = self.fontMetrics().horizontalAdvance("2000") + 6
        step = max(1, -(-wide // max(int(each), 1)))
        for year in range(first, last + 1):
            x = round(self.x_of(f"{year:04d}-01-01")) + 0.5
            painter.setPen(QPen(QColor(inks.line), 1))
            painter.drawLine(QPointF(x, self._row()), QPointF(x, bottom))
            if (year - first) % step == 0:
                painter.setPen(QColor(inks.faint))
                painter.drawText(QPointF(x + 2, self.fontMetrics().ascent() + 2), str(year))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(inks.faint))
        for number, (_, since, until) in enumerate(self.plans):
            painter.drawRoundedRect(self._box(since, until, self._row() + 5 * number, 3), 1, 1)

    def _box(self, first: str, last: str, top: float, height: float) -> QRectF:
        """Return the box of some days, at least two pixels wide, within the range."""
        since = max(first, self.range[0])
        until = min(last, self.range[1])
        left = self.x_of(since)
        right = self.x_of(date.fromordinal(ordinal(until) + 1).isoformat())
        return QRectF(left, top, max(right - left, 2.0), height)

    def _draw_lane(self, painter: QPainter, inks: Inks, lane: Lane, top: float) -> None:
        row = self._row()
        if top + row < self._head() or top > self._foot():
            return
        left, width = self._field()
        painter.setPen(QColor(inks.ink))
        room = int(left) - 2 * MARGIN
        name = self.fontMetrics().elidedText(lane.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(MARGIN, top + self.fontMetrics().ascent() + 2), name)
        painter.setPen(QPen(QColor(inks.line), 1, Qt.PenStyle.DotLine))
        middle = round(top + row / 2) + 0.5
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        for bar in lane.bars:
            if bar.tone not in EMPTY:
                self._draw_bar(painter, inks, bar, self._box(bar.first, bar.last, top + 2, row - 5))

    def _draw_bar(self, painter: QPainter, inks: Inks, bar: Bar, box: QRectF) -> None:
        look = self._looks[bar.tone]
        colour = inks.mark(look)
        paper = mix(inks.paper, colour, 0.14 if bar.tone == HATCHED else 0.32)
        solid = bar.tone not in (HATCHED, HALF_TINTED, "exempt")
        painter.setPen(QPen(QColor(colour), 1))
        painter.setBrush(QColor(colour if solid else paper))
        painter.drawRoundedRect(box, 2, 2)
        if bar.tone == HATCHED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, 2, 2)
        mark = look["mark"]
        if box.width() >= self.fontMetrics().horizontalAdvance(mark) + 6 and bar.tone != HATCHED:
            painter.setPen(QColor(Inks(colour if solid else paper, inks.paper).ink))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), mark)

    def _draw_legend(self, painter: QPainter, inks: Inks) -> None:
        """Draw a small bar and the words of each tone that is there, as far as there is room."""
        there = {bar.tone for lane in self.lanes for bar in lane.bars}
        x, top, row = float(MARGIN), float(self._foot()), self._row()
        for tone in (tone for tone in ORDER if tone in there and tone not in EMPTY):
            words = self._looks[tone]["label"][self._lang]
            width = self.fontMetrics().horizontalAdvance(words)
            if x + 22 + width > self.viewport().width():
                break
            self._draw_bar(painter, inks, Bar("", "", tone, ""), QRectF(x, top + 4, 16, row - 8))
            painter.setPen(QColor(inks.faint))
            painter.drawText(QPointF(x + 20, top + self.fontMetrics().ascent() + 2), words)
            x += 20 + width + 10

    def _draw_day(
        self, painter: QPainter, inks: Inks, day: str, bottom: int, *, asked: bool
    ) -> None:
        """Mark the day asked with a line and a flag, today with a dashed line."""
        if not day or not self.range[0] <= day <= self.range[1]:
            return
        x = self.x_of(day)
        style = Qt.PenStyle.SolidLine if asked else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(inks.ink if asked else inks.faint), 2 if asked else 1, style))
        painter.drawLine(QPointF(x, self._row() - 2), QPointF(x, bottom))
        if asked:
            top = self._row() - 3
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(inks.ink))
            flag = [QPointF(x - 5, top - 5), QPointF(x + 5, top - 5), QPointF(x, top + 3)]
            painter.drawPolygon(QPolygonF(flag))


def _wrapped(words: str) -> str:
    """Return plain text as the markup a tool tip needs to break long lines."""
    from html import escape

    return "<p>" + "<br>".join(escape(line) for line in words.splitlines()) + "</p>"
