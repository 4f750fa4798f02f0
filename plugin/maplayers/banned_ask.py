"""From the view's form to effects and shapes: its only way into ``jobs``. No Qt in here."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any, NamedTuple

from ..asking import FACT_OPTION, Refusal, one_line
from ..texts import tr

if TYPE_CHECKING:
    from ...jobs.banned.text import BannedText
    from ...jobs.open import Catalogue
    from ..asking import Asker


class BannedQuestion(NamedTuple):
    """date ``YYYY-MM-DD`` or None for today; alert None for unknown; facts as typed."""

    activity: str
    date: str | None = None
    alert: str | None = None
    facts: dict[str, str] | None = None


class BannedReply(NamedTuple):
    """The result of ``jobs.banned.ask`` and the same in words."""

    result: dict[str, Any]
    text: BannedText


class BannedAsker:
    """Asks the catalogue that ``asker`` holds, and keeps what does not change with the question."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self._of: Catalogue | None = None
        self._grounds: Any = None

    def ask(self, question: BannedQuestion, lang: str) -> BannedReply:
        """Return the effects in ``lang``; raise :class:`asking.Refusal`."""
        catalogue = self.asker.catalogue(lang)
        from ...jobs.answer import BadInput
        from ...jobs.banned.ask import banned
        from ...jobs.banned.ground import Grounds
        from ...jobs.banned.text import BannedText

        try:
            if self._of is not catalogue:
                self._grounds = Grounds(catalogue.data, catalogue.book)
                self._of = catalogue
            result = banned(
                catalogue.data,
                catalogue.book,
                question.activity,
                day=question.date,
                alert=question.alert,
                facts=question.facts,
                grounds=self._grounds,
            )
            text = BannedText(result, catalogue.book, lang, catalogue.data["sources"])
            return BannedReply(result, text)
        except BadInput as error:
            line = one_line(error, lang)
            fact = line.startswith(FACT_OPTION)
            raise Refusal(
                line[len(FACT_OPTION) :] if fact else line, "facts" if fact else ""
            ) from (error)
        except Exception as error:
            line = tr("unexpected", lang, reason=one_line(error, lang))
            raise Refusal(line, "", traceback.format_exc()) from error

    def shapes(self, zones: list[str], lang: str) -> list[dict[str, Any]]:
        """Return the shapes by role of those of ``zones`` that are drawn."""
        catalogue = self.asker.catalogue(lang)
        from ...jobs.exchange.tables import shapes_of

        found = (shapes_of(catalogue.data, catalogue.book.zones[zone]) for zone in zones)
        return [dict(shapes) for shapes in found if shapes]

    def around(self, zone: str, lang: str) -> list[str]:
        """Return the zones that draw ``zone``, else the nearest one it lies in; or nothing."""
        catalogue = self.asker.catalogue(lang)
        seen: set[str] = set()
        name: str | None = zone
        while name is not None and name not in seen and self._grounds is not None:
            seen.add(name)
            drawn = self._grounds.drawn(name)
            if drawn:
                return list(drawn)
            name = catalogue.book.zones[name].get("within")
        return []
