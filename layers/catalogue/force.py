"""When a rule is in force: from what is printed to pairs of (earliest, latest) days.

A day is a string YYYY-MM-DD throughout; such strings compare as the days do.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FOREVER", "is_day", "normalise", "normalise_validity", "span"]

FOREVER = "9999-12-31"  # earliest end of a bound that the text leaves open
_CARRIED = ("deadline", "seasons", "alerts", "state", "known_from")


def is_day(text: Any) -> bool:
    """True for a day of the calendar written YYYY-MM-DD."""
    if not isinstance(text, str) or len(text) != 10:
        return False
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def span(printed: str) -> list[str]:
    """The first and last day that a printed day or month can mean.

    "2017-06-01" is that day twice, "2017-10" the days from 2017-10-01 to 2017-10-31. Raises
    ValueError for anything that is no day or month of the calendar.
    """
    if len(printed) == 7:
        year, month = int(printed[:4]), int(printed[5:])
        if printed[4] == "-" and 1 <= month <= 12:
            return [f"{printed}-01", f"{printed}-{calendar.monthrange(year, month)[1]:02d}"]
    elif is_day(printed):
        return [printed, printed]
    raise ValueError(f"{printed!r} is no day or month")


def normalise(rule: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """The force of a rule with the document's uncertain bounds where nothing is printed.

    ``rule`` is a row of rules.yaml, ``document`` the content of document.yaml. Returns
    {"from": [earliest, latest], "from_printed", "until": [earliest, latest or None],
    "until_printed", …}. An exemption that prints no dates holds whenever the rule it lifts does.
    A season is the whole bound of a rule that prints neither start nor end.
    """
    printed = rule.get("force", {})
    dated = [key for key in ("from", "until") if key in printed]
    if rule["kind"] == "exemption" and not (dated or printed.get("seasons")):
        return {key: printed[key] for key in ("alerts", "state", "known_from") if key in printed}
    force: dict[str, Any] = {}
    covers = document["covers"]
    if "from" in printed:
        force["from"], force["from_printed"] = span(printed["from"]), True
    elif not printed.get("seasons"):
        force["from"], force["from_printed"] = _unprinted_start(printed, document), False
    if printed.get("until") == "open":
        force["until"], force["until_printed"] = [FOREVER, None], True
    elif "until" in printed:
        force["until"], force["until_printed"] = span(printed["until"]), True
    elif not printed.get("seasons"):
        force["until"], force["until_printed"] = [covers["until"], None], False
    for key in _CARRIED:
        if key in printed:
            force[key] = printed[key]
    return force


def _unprinted_start(printed: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """Start somewhere in the plan's period up to the issue date, or at once for older duties."""
    first = document["covers"]["from"]
    issued = document.get("issued")
    deadline = printed.get("deadline")
    if deadline and issued and deadline < issued:
        return [first, first]  # the deadline was over already: the duty is older than the document
    return [first, document["start_latest"]]


def normalise_validity(printed: Mapping[str, Any]) -> dict[str, Any]:
    """The validity of a zone with its days as pairs, as in a rule's force.

    ``until: open`` is no end at all; an unprinted bound stays absent.
    """
    validity = {key: value for key, value in printed.items() if key not in ("from", "until")}
    for key in ("from", "until"):
        if key in printed and printed[key] != "open":
            validity[key] = span(printed[key])
    return validity
