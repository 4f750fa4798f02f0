"""From what the form holds to an answer: the plugin's only way into ``jobs``. No Qt in here.

The catalogue is opened at the first question and kept; ``jobs`` is imported then, not when QGIS
starts. Whatever goes wrong comes back as one readable line, never as a traceback.
"""

from __future__ import annotations

import json
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .texts import tr

if TYPE_CHECKING:
    from ..jobs.open import Catalogue

PALETTE = Path(__file__).resolve().parent.parent / "styles" / "palette.json"
VERDICTS = (  # as legends and counts list them
    "prohibited",
    "restricted",
    "required",
    "conflict",
    "cannot_determine",
    "exempt",
    "not_concerned",
    "no_data",
)
FACT_OPTION = "--fact "  # how a complaint about a fact begins; the form has no options
UNCUT = 100_000  # columns of text for the clipboard, where no line needs cutting
NUMBER = r"[+-]?\d+(?:\.\d*)?"
PLACE = re.compile(rf"\s*({NUMBER})\s*(?:[,，;；]|\s)\s*({NUMBER})\s*")


class Refusal(Exception):
    """No answer can be given; ``str()`` is one line for the user.

    ``field`` is ``facts``, ``catalogue`` or empty: where the line belongs. ``detail`` is a
    traceback for the log, when the reason is the program's own.
    """

    def __init__(self, line: str, field: str = "", detail: str = "") -> None:
        super().__init__(line)
        self.field, self.detail = field, detail


class Question(NamedTuple):
    """One question. None means the default of ``zonerules at``, which the answer lists as assumed.

    lon, lat in degrees WGS84; date ``YYYY-MM-DD`` or ``last``; accuracy in metres.
    """

    lon: float
    lat: float
    date: str | None = None
    activity: str | None = None
    alert: str | None = None
    facts: dict[str, str] | None = None
    accuracy_m: float | None = None


class Reply(NamedTuple):
    """The answer JSON and the same in words: as blocks for the dock, as text for the clipboard."""

    answer: dict[str, Any]
    blocks: list[dict[str, Any]]
    text: str


def palette() -> dict[str, Any]:
    """Return the palette of the package as it stands in ``styles/palette.json``."""
    loaded: dict[str, Any] = json.loads(PALETTE.read_text(encoding="utf-8"))
    return loaded


def parse_place(text: str, lang: str) -> tuple[float, float]:
    """Return (lon, lat) from ``113.69, 34.735``; raise :class:`Refusal` for anything else."""
    found = PLACE.fullmatch(text)
    if not found:
        raise Refusal(tr("bad.place", lang, text=text.strip()))
    return round(float(found[1]), 6), round(float(found[2]), 6)


def parse_facts(text: str, lang: str) -> dict[str, str]:
    """Return the facts in ``key=value; key=value``; raise :class:`Refusal` naming the bad part.

    Only the form is judged here; ``jobs`` knows which keys and values there are.
    """
    facts: dict[str, str] = {}
    for part in re.split(r"[;；\n]", text):
        if not part.strip():
            continue
        key, equals, value = (piece.strip() for piece in part.replace("＝", "=").partition("="))
        if not (key and equals and value):
            raise Refusal(tr("facts.form", lang, text=part.strip()), "facts")
        if key in facts:
            raise Refusal(tr("facts.twice", lang, fact=key), "facts")
        facts[key] = value
    return facts


class Asker:
    """Opens the catalogue once and asks it. ``data`` is an overlay folder, or None."""

    def __init__(self, data: str | None = None) -> None:
        self._data = data
        self._catalogue: Catalogue | None = None

    def reopen(self, data: str | None) -> None:
        """Read the catalogue anew at the next question, with the overlay folder ``data``."""
        self._data = data
        self._catalogue = None

    def catalogue(self, lang: str) -> Catalogue:
        """Return the open catalogue; raise :class:`Refusal` if it cannot be read."""
        if self._catalogue is None:
            try:
                from ..jobs.open import open as open_catalogue

                self._catalogue = open_catalogue(self._data)
            except Exception as error:
                line = tr("catalogue", lang, reason=one_line(error, lang))
                raise Refusal(line, "catalogue", _traceback(error)) from error
        return self._catalogue

    def ask(self, question: Question, lang: str) -> Reply:
        """Return the reply in ``lang``; raise :class:`Refusal`."""
        catalogue = self.catalogue(lang)
        from ..jobs.answer import BadInput
        from ..jobs.digest import digest
        from ..jobs.linked import linked
        from ..jobs.present import to_text, zones_once

        try:
            given = {k: v for k, v in question._asdict().items() if v is not None}
            answer = catalogue.at(given.pop("lon"), given.pop("lat"), **given)
            kinds = {name: look["label"][lang] for name, look in palette()["sources"].items()}
            blocks = linked(answer, catalogue.book, lang, kinds)
            once = zones_once(answer, catalogue.data["zones"])  # in text, as the command line does
            brief = digest(once, catalogue.book, lang)
            detailed = question.activity is not None
            return Reply(answer, blocks, to_text(brief, columns=UNCUT, detail=detailed))
        except BadInput as error:  # one line that names option and value
            line = one_line(error, lang)
            fact = line.startswith(FACT_OPTION)
            line = line[len(FACT_OPTION) :] if fact else line
            raise Refusal(line, "facts" if fact else "") from error
        except Exception as error:
            line = tr("unexpected", lang, reason=one_line(error, lang))
            raise Refusal(line, "", _traceback(error)) from error

    def last_covered(self, question: Question, lang: str) -> str:
        """Return the last day a document covers at the place asked, ``YYYY-MM-DD``.

        Raises :class:`Refusal`, also when no document has to do with the place.
        """
        return str(self.ask(question._replace(date="last"), lang).answer["query"]["date"])


def one_line(error: BaseException, lang: str) -> str:
    """Return an error as one line in ``lang``, English where it knows no other; its type with it
    unless it is about bad input."""
    from ..rules.messages import Line, in_language

    if isinstance(error, OSError) and error.filename:
        known = {
            FileNotFoundError: Line("no such file or folder", "没有这个文件或文件夹"),
            PermissionError: Line("no permission", "没有权限"),
            IsADirectoryError: Line("is a folder", "是一个文件夹"),
        }
        why = known.get(type(error))
        reason = error.strerror if why is None else in_language(why, lang)
        return " ".join(f"{error.filename}: {reason}".split())
    text = " ".join(in_language(error, lang).split())
    return text if isinstance(error, ValueError) and text else f"{type(error).__name__}: {text}"


def _traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(type(error), error, error.__traceback__))
