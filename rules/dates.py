"""When a rule is in force: printed and unprinted bounds, seasons, states, deadlines, alerts.

Days are ISO strings (YYYY-MM-DD), which compare as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .logic import FALSE, TRUE, Truth, all_of, any_of, unknown
from .messages import error
from .model import Asker, BadAssertion, Book, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOUNDS = ("from", "until", "seasons")


class Bound(NamedTuple):
    """The truth of one time bound and the code and words that explain it."""

    truth: Truth
    code: str
    args: dict[str, str]


def has_bounds(rule: Rule) -> bool:
    """False for an exemption that is in force whenever the rule it lifts is."""
    return any(name in rule["force"] for name in _BOUNDS)


def date_bounds(rule: Rule, asker: Asker) -> list[Bound]:
    """Each time bound of `rule` on the asker's day; the rule is in force if all are T."""
    bounds = []
    force = rule["force"]
    if "from" in force or "until" in force:
        bounds.append(_asserted_period(rule, asker) or _period(rule, asker.day))
    if "seasons" in force:
        bounds.append(_season_bound(force["seasons"], asker))
    if "state" in force:
        state = force["state"]
        stopped = state["value"] != "in_force" and state.get("from", "") <= asker.day <= state.get(
            "until", "9999-12-31"
        )
        bounds.append(Bound(FALSE if stopped else TRUE, "date.state", {"state": state["value"]}))
    return bounds


def date_truth(rule: Rule, asker: Asker) -> Truth:
    """Whether the rule is in force that day (alerts apart)."""
    return all_of(bound.truth for bound in date_bounds(rule, asker))


def ended(rule: Rule, asker: Asker) -> bool:
    """The period is undecided, and only because the day lies after its last certain day."""
    return any(bound.code == "date.end_unknown" for bound in date_bounds(rule, asker))


def _period(rule: Rule, day: str) -> Bound:
    force = rule["force"]
    start, end = force.get("from"), force.get("until")
    # What is certain: the last possible start and, unless the text says it stays open, the first
    # possible end.
    args = {"from": start[1] if start else "…", "until": "…"}
    if end and end[0] < "9999":
        args["until"] = end[0]
    if start and day < start[0]:
        return Bound(FALSE, "date.before", {"from": start[0]})
    if end and end[1] is not None and day > end[1]:
        return Bound(FALSE, "date.after", {"until": end[1]})
    if start and day < start[1]:
        key = _key(rule, force.get("from_printed", False))
        return Bound(unknown(key), "date.start_unknown", {"earliest": start[0], "latest": start[1]})
    if end and day > end[0]:
        key = _key(rule, force.get("until_printed", False))
        return Bound(unknown(key), "date.end_unknown", {"until": end[0]})
    if args["until"] == "…":
        return Bound(TRUE, "date.in_force_open", {"from": args["from"]})
    return Bound(TRUE, "date.in_force", args)


def _key(rule: Rule, printed: bool) -> str:
    """A bound the rule prints vaguely is the rule's own; an unprinted one is its document's."""
    return f"force.{rule['id'] if printed else rule['document']}"


def _asserted_period(rule: Rule, asker: Asker) -> Bound | None:
    """What the asker says of the rule or, where the bound is the document's, of the document."""
    own = f"force.{rule['id']}"
    said = asker.asserted.get(own)
    if said is None:
        found = _period(rule, asker.day)
        said = asker.asserted.get(found.truth.keys[0]) if found.truth.keys else None
    if said is None:
        return None
    if said == "in":
        return Bound(TRUE, "date.asserted_in", {})
    return Bound(FALSE, "date.asserted_out", {})


def season_truth(season: Mapping[str, Any], day: str) -> Truth:
    """Whether `day` lies in a season whose ends are known only between bounds."""
    start, end = season["start"], season["end"]
    if day < start["earliest"] or day > end["latest"]:
        return FALSE
    if start["latest"] <= day <= end["earliest"]:
        return TRUE
    return unknown(f"season.{season['id']}")


def _season_bound(seasons: list[str], asker: Asker) -> Bound:
    truths = []
    for name in seasons:
        said = asker.asserted.get(f"season.{name}")
        season = asker.book.seasons[name]
        truths.append(
            season_truth(season, asker.day) if said is None else TRUE if said == "inside" else FALSE
        )
    whole = any_of(truths)
    first = next((name for name, truth in zip(seasons, truths) if truth == whole), seasons[0])
    season = asker.book.seasons[first]
    code = {"T": "date.in_force_season", "F": "date.season_out"}.get(
        whole.value, "date.season_unknown"
    )
    return Bound(
        whole,
        code,
        {"season": first, "from": season["start"]["earliest"], "until": season["end"]["latest"]},
    )


def alert_truth(rule: Rule, asker: Asker) -> Truth:
    """Whether the day's alert is one the rule names; T for a rule that names none."""
    alerts = rule["force"].get("alerts")
    if not alerts:
        return TRUE
    if asker.alert == "unknown":
        return unknown("alert")
    return TRUE if asker.alert in alerts else FALSE


def check_assertions(asserted: Mapping[str, str], book: Book, day: str) -> None:
    """Refuse season.* and force.* assertions that contradict a certain date.

    Raises BadAssertion naming the assertion and the dates.
    """
    for key, value in asserted.items():
        prefix, _, name = key.partition(".")
        if prefix == "season":
            truth = season_truth(book.seasons[name], day)
            if truth.value != "U" and (truth.value == "T") != (value == "inside"):
                season = book.seasons[name]
                since, until = season["start"]["latest"], season["end"]["earliest"]
                raise BadAssertion(key, value, error("season_dates", since=since, until=until))
        elif prefix == "force":
            if name in book.by_id:
                rule = book.by_id[name]
                if not ({"from", "until"} & set(rule["force"])):
                    raise BadAssertion(key, value, error("no_dates", rule=name))
                found = _period(rule, day)
            else:
                found = _document_period(book.documents[name], day)
            if found.truth.value != "U" and (found.truth.value == "T") != (value == "in"):
                printed = "…".join(found.args.values())
                raise BadAssertion(key, value, error("printed_dates", dates=printed))


def _document_period(document: Mapping[str, Any], day: str) -> Bound:
    covers = document["covers"]
    force = {
        "from": [covers["from"], document["start_latest"]],
        "until": [covers["until"], None],
    }
    return _period({"id": document["id"], "document": document["id"], "force": force}, day)


def turning_days(rule: Rule, book: Book) -> set[str]:
    """First days on which something about the time of a rule, or of what lifts it, may change."""
    force = rule["force"]
    days = bound_days(force)
    if "deadline" in force:
        days.add(_next_day(force["deadline"]))
    for name in force.get("seasons", []):
        season = book.seasons[name]
        days |= set(season["start"].values()) | {_next_day(day) for day in season["end"].values()}
    state = force.get("state", {})
    days |= {state["from"]} if "from" in state else set()
    days |= {_next_day(state["until"])} if "until" in state else set()
    for name in rule.get("unless", []):
        days |= turning_days(book.by_id[name], book)
    return days


def bound_days(bounds: Mapping[str, Any]) -> set[str]:
    """First days on which from and until pairs begin to hold and have ceased to."""
    days = {day for day in bounds.get("from", []) if day}
    return days | {_next_day(day) for day in bounds.get("until", []) if day and day < "9999"}


def _next_day(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
