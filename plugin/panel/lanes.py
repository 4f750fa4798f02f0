"""What the timeline picture shows: lanes of bars from ``zonerules/timeline/1``. No Qt in here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

ORDER = (
    "prohibited",
    "restricted",
    "required",
    "due",
    "exempt",
    "conflict",
    "cannot_determine",
    "not_concerned",
    "no_data",
)
EMPTY = ("not_concerned", "no_data")


class Bar(NamedTuple):
    """One stretch of days, both inclusive; ``tone`` is a look of the palette's ``outcome``."""

    first: str
    last: str
    tone: str
    words: str


class Lane(NamedTuple):
    """One line of the picture. ``ref`` says what it is about: ``activity:<id>``, ``rule:<id>``."""

    name: str
    ref: str
    bars: tuple[Bar, ...]
    tip: str = ""


def lanes(told: dict[str, Any], phrasing: Any, cite: Callable[[Any], str]) -> list[Lane]:
    """Return the lanes of a timeline: activities, or one activity and then its rules.

    ``phrasing`` is a ``jobs.phrasing.Phrasing``. The gravest on the day asked come first; rules of
    government and activities of which nothing is known on any day are left out.
    """
    verdicts = [_verdict_lane(row, phrasing) for row in told["verdicts"]]
    if told["activity"]:
        rules = [_rule_lane(row, phrasing, cite) for row in told["rules"] if _shown(row)]
        return [*verdicts, *sorted(rules, key=lambda lane: _gravity(lane, told["day"]))]
    known = [lane for lane in verdicts if any(bar.tone not in EMPTY for bar in lane.bars)]
    return sorted(known, key=lambda lane: _gravity(lane, told["day"]))


def _shown(row: dict[str, Any]) -> bool:
    return row["audience"] == "operator" and row["kind"] not in ("target", "finding", "definition")


def _gravity(lane: Lane, day: str) -> tuple[int, int]:
    """Sort key: the tone on the day, then the gravest tone of any day."""
    ranks = {tone: rank for rank, tone in enumerate(ORDER)}
    now = [ranks[bar.tone] for bar in lane.bars if bar.first <= day <= bar.last]
    ever = [ranks[bar.tone] for bar in lane.bars]
    return min(now, default=len(ORDER)), min(ever, default=len(ORDER))


def _verdict_lane(row: dict[str, Any], phrasing: Any) -> Lane:
    bars = []
    for part in row["intervals"]:
        words = phrasing.label("verdict", part["verdict"])
        if part["verdict"] == "cannot_determine" and part["at_least"] and part["at_most"]:
            words = tr(
                "time.between",
                phrasing.lang,
                least=phrasing.label("verdict", part["at_least"]),
                most=phrasing.label("verdict", part["at_most"]),
            )
        elif part["reason"]:
            words += " · " + phrasing.label("reason", part["reason"])
        bars.append(Bar(part["from"], part["until"], part["verdict"], words))
    name = phrasing.activity(row["activity"])
    return Lane(name, f"activity:{row['activity']}", tuple(bars))


def _rule_lane(row: dict[str, Any], phrasing: Any, cite: Callable[[Any], str]) -> Lane:
    bars = []
    for part in row["intervals"]:
        words = phrasing.label("outcome", part["outcome"])
        if part["overdue"]:
            words += phrasing.words["overdue"]
        if part["open"]:
            whats = phrasing.join(tr(f"time.open.{name}", phrasing.lang) for name in part["open"])
            words += tr("time.open", phrasing.lang, what=whats)
        bars.append(Bar(part["from"], part["until"], _tone(part, row), words))
    tip = f"{phrasing.text(row['summary'])} {cite(row['cite'])}"
    name = f"{row['id']} {phrasing.text(row['summary'])}"
    return Lane(name, f"rule:{row['id']}", tuple(bars), tip)


def _tone(part: dict[str, Any], row: dict[str, Any]) -> str:
    if part["outcome"] == "applies":
        return "exempt" if row["kind"] == "exemption" else row["effect"] or "required"
    return str(part["outcome"])


def as_text(shown: list[Lane], lang: str) -> str:
    """Return the picture in words, for who cannot see it."""
    lines = []
    for lane in shown:
        bars = [bar for bar in lane.bars if bar.tone not in EMPTY]
        spans = [
            tr("time.span", lang, words=bar.words, first=bar.first, last=bar.last) for bar in bars
        ]
        lines.append(tr("time.lane", lang, name=lane.name, spans="; ".join(spans)))
    return "\n".join(lines)


def turning_days(shown: list[Lane]) -> list[str]:
    """Return the first days of all bars, in order."""
    return sorted({bar.first for lane in shown for bar in lane.bars})


def ordinal(day: str) -> int:
    """Return the number of the day ``YYYY-MM-DD``."""
    return date.fromisoformat(day).toordinal()
