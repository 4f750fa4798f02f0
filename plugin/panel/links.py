"""A question as one line of text for a colleague: the command line, and back. No Qt in here."""

from __future__ import annotations

import shlex
from typing import Any

from ..asking import Question, Refusal, parse_place
from ..texts import tr

PROGRAM = "zonerules"
TAKEN = ("date", "activity", "alert", "accuracy")  # options with one value that the form has
IGNORED = ("lang", "radius")  # options with one value that change no rule
FLAGS = ("--json", "--all")


def command(query: dict[str, Any], lang: str) -> str:
    """Return the command that repeats an answer's ``query``, quoted for a POSIX shell.

    The day is always named, so that it asks the same tomorrow; what was assumed is left out.
    """
    words = [PROGRAM, "at", f"{query['lon']:.6f}", f"{query['lat']:.6f}", "--date", query["date"]]
    if "accuracy_m" not in query["assumed"]:
        words += ["--accuracy", f"{query['accuracy_m']:g}"]
    if query["alert"] != "unknown":
        words += ["--alert", query["alert"]]
    if query["activity"]:
        words += ["--activity", query["activity"]]
    for key, value in query["facts"].items():
        words += ["--fact", f"{key}={plain(value)}"]
    words += ["--lang", lang]
    return " ".join(shlex.quote(word) for word in words)


def plain(value: Any) -> str:
    """Return a typed fact as text that is read back as the same fact."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value))
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) else repr(value)
    return str(value)


def is_command(text: str) -> bool:
    """Tell whether ``text`` is meant as a command line and not as a pair of coordinates."""
    return text.lstrip(" $").startswith(PROGRAM)


def read(text: str, lang: str) -> Question:
    """Return the question of a command line ``zonerules at …`` or of ``lon, lat``.

    Raises :class:`asking.Refusal` naming what is not understood.
    """
    if not is_command(text):
        return Question(*parse_place(text, lang))
    try:
        words = shlex.split(text.lstrip(" $"))
    except ValueError:
        raise Refusal(tr("link.unreadable", lang, text=text.strip()[:80])) from None
    if words[:2] != [PROGRAM, "at"]:
        raise Refusal(tr("link.unreadable", lang, text=text.strip()[:80]))
    place, options, facts = _sorted_out(words[2:], lang)
    if len(place) != 2:
        raise Refusal(tr("bad.place", lang, text=" ".join(place)))
    lon, lat = parse_place(", ".join(place), lang)
    accuracy = options.get("accuracy")
    try:
        metres = None if accuracy is None else float(accuracy)
    except ValueError:
        raise Refusal(tr("link.option", lang, option=f"--accuracy {accuracy}")) from None
    return Question(
        lon,
        lat,
        options.get("date"),
        options.get("activity"),
        options.get("alert"),
        facts or None,
        metres,
    )


def _sorted_out(words: list[str], lang: str) -> tuple[list[str], dict[str, str], dict[str, str]]:
    """Return coordinates, options and facts among the words of a command."""
    place: list[str] = []
    options: dict[str, str] = {}
    facts: dict[str, str] = {}
    waiting = [part for word in words for part in _halves(word)]
    while waiting:
        word = waiting.pop(0)
        name = word[2:] if word.startswith("--") else ""
        if not name:
            place.append(word)
        elif word in FLAGS:
            continue
        elif not waiting:
            raise Refusal(tr("link.option", lang, option=word))
        elif name == "fact":
            key, _, value = waiting.pop(0).partition("=")
            facts[key.strip()] = value.strip()
        elif name in TAKEN:
            options[name] = waiting.pop(0)
        elif name in IGNORED or (name == "datum" and waiting[0] == "wgs84"):
            waiting.pop(0)
        else:
            raise Refusal(tr("link.option", lang, option=f"{word} {waiting[0]}"))
    return place, options, facts


def _halves(word: str) -> list[str]:
    """Return ``--date=2017-11-20`` as two words, anything else as it is."""
    name, equals, value = word.partition("=")
    return [name, value] if equals and name.startswith("--") else [word]
