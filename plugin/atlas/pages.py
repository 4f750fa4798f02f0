"""What stands on each page, worked out behind the gate: the answer for a place, in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..printing.lines import Row, answer_rows
from ..printing.sheet import to_boundary
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...jobs.open import Catalogue
    from ...jobs.progress import Progress
    from .firms import Firm

LEAD = ("notice", "verdict", "overview")  # of an answer's blocks, what is never cut
LAST = ("place",)
ELSEWHERE = (
    "head",
    "folded",
    "undrawn",
    "foot",
)  # in the head of the page, or in a sheet of its own
CELL = 80  # characters of a cell that could not be read


class Common(NamedTuple):
    """What is asked of all. ``datum``: of the places, as `Catalogue.at` takes it."""

    activities: tuple[str, ...]
    date: str | None
    alert: str | None
    facts: dict[str, str]
    accuracy_m: float
    datum: str


class Page(NamedTuple):
    """One page: degrees WGS84, metres; ``lead`` and ``last`` always stand there, of ``body`` what
    fits. ``concerned``: the zones the place is in or near; ``boundary_m`` to the nearest line."""

    name: str
    asked: str
    where: str
    lon: float
    lat: float
    radius_m: float
    tone: str
    lead: list[Row]
    body: list[Row]
    last: list[Row]
    concerned: list[str]
    boundary_m: float


def make(
    folder: str | None,
    firms: Sequence[Firm],
    common: Common,
    palette: Mapping[str, Any],
    lang: str,
    *,
    progress: Progress,
) -> tuple[Any, list[Page]]:
    """Return the catalogue and a page for each firm. Raises BadInput for what is asked of all."""
    from ...jobs.open import open as open_catalogue

    catalogue = open_catalogue(folder)
    writer = _Writer(catalogue, common, palette, lang)
    pages = []
    for number, firm in enumerate(firms, start=1):
        progress(number / len(firms), "")
        pages.append(writer.page(firm))
    return catalogue, pages


class _Writer:
    """Writes pages; what is the same for all is read once."""

    def __init__(
        self, catalogue: Catalogue, common: Common, palette: Mapping[str, Any], lang: str
    ) -> None:
        from ...jobs.phrasing import Phrasing

        self._catalogue, self._common, self._lang = catalogue, common, lang
        self._looks = palette["outcome"]
        self._kinds = {name: look["label"][lang] for name, look in palette["sources"].items()}
        self._phrasing = Phrasing(catalogue.book, lang)

    def page(self, firm: Firm) -> Page:
        notes: list[str] = []
        options, facts = self._own(firm, notes)
        answers = [
            self._answer(firm, activity, options, facts, notes)
            for activity in self._common.activities or (None,)
        ]
        first = answers[0]
        lead, body = [], []
        for answer in answers:
            lead += self._rows(answer, LEAD)
            body += self._rows(answer, None)
        lead += self._missing(answers)
        lead += [
            Row("detail", "", self._say("unread", problem=note), "", None)
            for note in dict.fromkeys(notes)
        ]
        query = first["query"]
        lon, lat = _wgs84(query)
        verdicts = [row["verdict"] for answer in answers for row in answer["verdicts"]]
        return Page(
            firm.name,
            self._asked(query),
            self._where(query, facts),
            lon,
            lat,
            query["radius_m"],
            verdicts[0] if self._common.activities and len(verdicts) == 1 else "",
            lead,
            body,
            self._rows(first, LAST),
            [row["id"] for row in first["zones"] if row["location"] in ("inside", "near")],
            to_boundary(first["zones"]),
        )

    # -- asking -----------------------------------------------------------------------------

    def _own(self, firm: Firm, notes: list[str]) -> tuple[dict[str, Any], dict[str, str]]:
        """What the row says of itself, before what holds for all; what cannot be read is noted."""
        from ...jobs.answer import BadInput, read_facts
        from ...jobs.table.signature import alert_of_cell, day_of_cell
        from ...rules.messages import in_language

        common = self._common
        options: dict[str, Any] = {
            "date": common.date,
            "alert": common.alert,
            "accuracy_m": common.accuracy_m,
            "datum": common.datum,
        }
        readers: dict[str, Any] = {
            "date": day_of_cell,
            "alert": alert_of_cell,
            "accuracy": float,
        }
        for role, cell in firm.cells.items():
            try:
                name = "accuracy_m" if role == "accuracy" else role
                options[name] = readers[role](cell)
            except ValueError as error:  # BadInput is one
                notes.append(in_language(error, self._lang)[:CELL])
        facts = dict(common.facts)
        for key, cell in firm.facts.items():
            try:
                read_facts({key: cell}, self._catalogue.book)
                facts[key] = cell
            except BadInput as error:
                notes.append(in_language(error, self._lang).removeprefix("--fact ")[:CELL])
        return options, facts

    def _answer(
        self,
        firm: Firm,
        activity: str | None,
        options: Mapping[str, Any],
        facts: Mapping[str, str],
        notes: list[str],
    ) -> dict[str, Any]:
        from ...jobs.answer import BadInput
        from ...rules.messages import in_language

        asked = {**options, "activity": activity, "radius_km": 0.0}
        try:
            return self._catalogue.at(firm.lon, firm.lat, facts=facts, **asked)
        except BadInput as error:  # facts of the row that contradict each other or the map
            if not firm.facts:
                raise
            notes.append(in_language(error, self._lang).removeprefix("--fact ")[:CELL])
            return self._catalogue.at(firm.lon, firm.lat, facts=self._common.facts, **asked)

    # -- words ------------------------------------------------------------------------------

    def _rows(self, answer: Mapping[str, Any], wanted: Sequence[str] | None) -> list[Row]:
        """The rows of some blocks of an answer; None: of all that belong nowhere else."""
        from ...jobs.sheet import sheet

        elsewhere = (*LEAD, *LAST, *ELSEWHERE)
        blocks = [
            {**block, "lines": [{**line, "detail": []} for line in block["lines"]]}
            for block in sheet(answer, self._catalogue.book, self._lang, self._kinds)
            if (block["kind"] in wanted if wanted else block["kind"] not in elsewhere)
        ]
        return answer_rows(blocks, self._looks, {})

    def _missing(self, answers: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
        """What would decide the verdicts that are open, the most useful first."""
        keys = dict.fromkeys(
            key
            for answer in answers
            for row in answer["verdicts"]
            if row["verdict"] == "cannot_determine" and self._common.activities
            for key in row["missing"]
        )
        if keys:
            told = self._say("comma").join(self._phrasing.key(key) for key in keys)
            yield Row("title", "", self._say("missing"), "", None)
            yield Row("line", self._looks["cannot_determine"]["mark"], told, "", "cannot_determine")

    def _asked(self, query: Mapping[str, Any]) -> str:
        names = [self._phrasing.activity(name) for name in self._common.activities]
        told = self._say("comma").join(names) or tr("printing.all", self._lang)
        return tr("printing.asked", self._lang, date=query["date"], activity=told)

    def _where(self, query: Mapping[str, Any], facts: Mapping[str, str]) -> str:
        where = tr(
            "printing.where",
            self._lang,
            lon=f"{query['lon']:.6f}",
            lat=f"{query['lat']:.6f}",
            datum=query["datum"].upper(),
            metres=f"{query['radius_m']:g}",
            alert=self._phrasing.label("alert", query["alert"]),
        )
        if not facts:
            return where
        read = [
            f"{self._phrasing.key(key)}={self._phrasing.value(key, value)}"
            for key, value in query["facts"].items()
        ]
        known = tr("printing.semicolon", self._lang).join(read)
        return f"{where}　{tr('printing.facts', self._lang, facts=known)}"

    def _say(self, key: str, **args: object) -> str:
        return tr(f"atlas.{key}", self._lang, **args)


def _wgs84(query: Mapping[str, Any]) -> tuple[float, float]:
    from ...layers.datum import to_wgs84

    lon, lat = to_wgs84(query["lon"], query["lat"], query["datum"])[:2]
    return lon, lat
