"""The years of an extract: when activities come to what, and the rules behind them, as a picture.

What is drawn is `jobs.timeline`, whose every day says what the answer for that day says.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ..present import printable
from .drawing import Drawing, corners, text_width
from .polygons import hatch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..phrasing import Phrasing

__all__ = ["MOST_RULES", "Years", "years"]

WIDE = 174.0
LEFT = 62.0  # where the years begin; the names stand before
ROW = 4.6
HEAD = 8.5
MOST_RULES = 24
POINTS = 6.5
SHADE = "#e4e8ec"
DAY = "#a8201a"

Span = tuple[str, str, str, bool]
"""from, until, outcome of the palette, whether it is sure"""


class Years(NamedTuple):
    """A picture of the years, and how many rules it leaves out for want of room."""

    drawing: Drawing
    left_out: int


class _Bar(NamedTuple):
    name: str
    spans: list[Span]


def years(
    told: Mapping[str, Any],
    words: Phrasing,
    palette: Mapping[str, Any],
    say: Mapping[str, str],
) -> Years:
    """Draw a timeline. `words` names things, `say` holds the headings."""
    activities = [_verdict_bar(row, words) for row in told["verdicts"]]
    rules = [row for row in told["rules"] if row["audience"] == "operator" and row["effect"]]
    rules.sort(key=lambda row: (not _on(row, told["day"]), row["intervals"][0]["from"]))
    shown = rules[:MOST_RULES] if told["activity"] else []
    blocks = [
        (say["plans"], [_plan_bar(row, words) for row in told["documents"]]),
        (say["activities"], activities),
        (say["rules"], [_rule_bar(row, words) for row in shown]),
    ]
    blocks = [(title, bars) for title, bars in blocks if bars]
    rows = sum(len(bars) + 1 for _, bars in blocks)
    sheet = _Sheet(told, palette, HEAD + rows * ROW + 1)
    for title, bars in blocks:
        sheet.title(title)
        for bar in bars:
            sheet.bar(bar)
    sheet.day(told["day"])
    return Years(sheet.drawing, len(rules) - len(shown) if told["activity"] else 0)


def _on(row: Mapping[str, Any], day: str) -> bool:
    return any(span["from"] <= day <= span["until"] for span in row["intervals"])


def _plan_bar(row: Mapping[str, Any], words: Phrasing) -> _Bar:
    return _Bar(words.document(row["id"]), [(row["from"], row["until"], "plan", True)])


def _verdict_bar(row: Mapping[str, Any], words: Phrasing) -> _Bar:
    spans = [
        (span["from"], span["until"], span["verdict"], span["verdict"] != "cannot_determine")
        for span in row["intervals"]
        if span["verdict"] not in ("no_data", "not_concerned")
    ]
    return _Bar(words.activity(row["activity"]), _joined(spans))


def _rule_bar(row: Mapping[str, Any], words: Phrasing) -> _Bar:
    spans = []
    for span in row["intervals"]:
        look = {"due": "due", "exempt": "exempt"}.get(span["outcome"], row["effect"])
        open_ended = span["outcome"] == "cannot_determine"
        look = "cannot_determine" if open_ended else look
        spans.append((span["from"], span["until"], look, not open_ended))
    return _Bar(f"{row['id']} {words.cite(row['cite'])}", _joined(spans))


def _joined(spans: list[Span]) -> list[Span]:
    """Neighbours that look alike as one: they differ in what is open, which is not drawn."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1][2:] == span[2:] and _next_day(found[-1][1]) == span[0]:
            found[-1] = (found[-1][0], *span[1:])
        else:
            found.append(span)
    return found


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


class _Sheet:
    def __init__(self, told: Mapping[str, Any], palette: Mapping[str, Any], high: float) -> None:
        self.first = date.fromisoformat(told["from"]).toordinal()
        self.last = date.fromisoformat(told["until"]).toordinal() + 1
        self.looks = {
            **{name: look["colour"] for name, look in palette["outcome"].items()},
            "plan": "#8a949c",
        }
        self.drawing = Drawing(WIDE, high)
        self.top = HEAD
        self._years(int(told["from"][:4]), int(told["until"][:4]))

    def x(self, day: int) -> float:
        """Where a day begins, from its ordinal."""
        day = min(max(day, self.first), self.last)
        return LEFT + (day - self.first) / (self.last - self.first) * (WIDE - LEFT - 1)

    def _years(self, first: int, last: int) -> None:
        every = max(1, round((last - first + 1) / 14))
        for year in range(first, last + 1):
            x = self.x(date(year, 1, 1).toordinal())
            end = self.x(date(year, 12, 31).toordinal() + 1)
            if (year - first) % 2 == 0:
                self.drawing.box((x, HEAD - 1, end, self.drawing.height), fill="#f6f7f8")
            if (year - first) % every == 0:
                self.drawing.words(((x + end) / 2, HEAD - 1.8), str(year), 7, anchor="middle")

    def title(self, text: str) -> None:
        """A line of words over the bars that follow."""
        self.drawing.words((0, self.top + ROW - 1.3), text, 7, colour="#174a8c")
        self.top += ROW

    def bar(self, bar: _Bar) -> None:
        """A row: its name, and a box for each span, hatched where it is not sure."""
        name = _clip(printable(bar.name), LEFT - 2)
        self.drawing.words((0, self.top + ROW - 1.5), name, POINTS)
        low, high = self.top + 0.7, self.top + ROW - 0.7
        self.drawing.box((LEFT, high + 0.65, WIDE - 1, high + 0.7), fill=SHADE)
        for since, until, look, sure in bar.spans:
            left = self.x(date.fromisoformat(since).toordinal())
            right = max(self.x(date.fromisoformat(until).toordinal() + 1), left + 0.4)
            colour = self.looks.get(look, "#2b2b2b")
            ring = corners((left, low, right, high))
            if sure:
                self.drawing.shape([ring], fill=colour, opacity=0.85)
            else:
                self.drawing.shape([ring], fill=colour, opacity=0.12)
                lines = hatch([ring], 45, 1.0)
                self.drawing.shape(lines, stroke=colour, width=0.15, closed=False)
                self.drawing.shape([ring], stroke=colour, width=0.15)
        self.top += ROW

    def day(self, day: str) -> None:
        """The line of the day asked, where it is among the years."""
        at = date.fromisoformat(day).toordinal()
        if not self.first <= at <= self.last:
            return
        x = self.x(at)
        self.drawing.shape([[(x, 3.2), (x, self.drawing.height)]], stroke=DAY, width=0.4,
                           closed=False)  # fmt: skip
        wide = text_width(day, 6.5)
        left = min(max(x - wide / 2, LEFT), WIDE - wide)
        self.drawing.words((left, 2.6), day, 6.5, colour=DAY)


def _clip(text: str, room: float) -> str:
    if text_width(text, POINTS) <= room:
        return text
    while text and text_width(text + "…", POINTS) > room:
        text = text[:-1]
    return text + "…"
