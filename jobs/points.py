"""Many points at once: for each the answer of `at`, as columns zr_* of a table row.

The answers are those of `at` itself, worked out once for all points that lie alike towards every
zone and know the same. Standard library only, as a stock QGIS runs this.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..rules.messages import in_language
from ..rules.place import zones_of
from .answer import BadInput, Query, activity_id, read_facts, wgs84_point, with_defaults
from .digest import Writer
from .outline import Grounds, outline
from .phrasing import Phrasing
from .rows import tenth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .address.stated import Said
    from .open import Catalogue

Row = dict[str, Any]
BOUNDARY_M = 1000.0
"""Up to this many metres zr_distance_m is told."""
CITED = 3
"""Articles named in zr_reason."""
_PLACES = {"zr_inside": "inside", "zr_near": "near", "zr_unmapped": "unmapped"}
_SURE = ("applies", "due", "exempt")


class Points:
    """What is the same for all points; raises BadInput for what `at` would not take.

    `options`: datum, accuracy_m, alert and date of `Catalogue.at`. `facts` hold for every point.
    `lang`: of the words in zr_reason.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        activities: Iterable[str] = (),
        facts: Mapping[str, Any] | None = None,
        lang: str = "zh",
        **options: Any,
    ) -> None:
        self.catalogue, self.lang = catalogue, lang
        asked = [activity_id(name, catalogue.book) for name in activities]
        self.activities: list[str | None] = list(dict.fromkeys(asked)) or [None]
        self.facts, self.options = dict(facts or {}), options
        self._phrasing = Phrasing(catalogue.book, lang)
        self._known: dict[str, Row] = {}
        self._grounds = Grounds(catalogue.book)
        self.telling = self._zones_that_decide()
        query = self._ask_nowhere()
        self._radius_m, self._datum = float(query["radius_m"]), str(query["datum"])

    def columns(self) -> list[str]:
        """The names of the columns, zr_distance_m a number of metres, the others texts."""
        return [
            *_PLACES,
            *self.verdict_columns().values(),
            "zr_rules",
            "zr_missing",
            "zr_distance_m",
            "zr_reason",
            "zr_error",
        ]

    def row(
        self,
        lon: float,
        lat: float,
        *,
        date: str | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> Row:
        """The columns for one point in degrees of the datum; what is not known is None.

        `date` and `facts`: this point's own, before those for all. What cannot be read is told in
        zr_error, and the point is answered without it; without a place or day there is no answer.
        """
        try:
            spot = wgs84_point(lon, lat, self._datum)
        except BadInput as error:
            return self.blank(_plain(error, self.lang))
        located = self.catalogue.located.locate(*spot, self._radius_m)
        own = {key: value for key, value in (facts or {}).items() if value not in (None, "")}
        wheres = [found.where for found in located.values()]
        signature = json.dumps([wheres, date, own], default=str, ensure_ascii=False)
        if signature not in self._known:
            day: dict[str, Any] = {} if date is None else {"date": date}
            told = dict(zip(located, wheres))
            self._known[signature] = self.told(lon, lat, own, told, **day)
        row = dict(self._known[signature])
        if row["zr_reason"] is not None:
            row["zr_distance_m"] = self._distance(*spot)
        return row

    def blank(self, error: str) -> Row:
        """The columns of a point without an answer."""
        return {**dict.fromkeys(self.columns()), "zr_error": error}

    # -- one signature ----------------------------------------------------------------------

    def told(
        self,
        lon: float,
        lat: float,
        own: Mapping[str, Any],
        wheres: Mapping[str, str] | None = None,
        said: Said | None = None,
        **options: Any,
    ) -> Row:
        """The columns for one point but for zr_distance_m; `own`: its facts, before those for all.

        `options` of `at`, such as the date, come before those for all points; `wheres`: the
        location of each drawn zone, in the catalogue's order, if at hand; `said`: what its address
        makes known, behind all facts. Points that lie alike are answered quicker one after another.
        """
        query = Query(lon=lon, lat=lat, **{**self.options, **options, "radius_km": 0.0})
        good, bad = self._readable(own)
        try:
            wheres = self._wheres(query) if wheres is None else wheres
            if said is not None:
                row = self._as_said(query, wheres, {**self.facts, **good}, said)
            else:
                row = self._answered(query, wheres, {**self.facts, **good})
        except BadInput as error:
            bad.append(_plain(error, self.lang))
            try:  # facts that contradict each other or the map
                row = self._answered(query, wheres or self._wheres(query), self.facts)
            except BadInput as still:
                return self.blank("; ".join(dict.fromkeys([*bad, _plain(still, self.lang)])))
        bad += [row["zr_error"]] if row.get("zr_error") else []
        return {**row, "zr_error": "; ".join(bad) or None}

    def _as_said(
        self, query: Query, wheres: Mapping[str, str], facts: Mapping[str, Any], said: Said
    ) -> Row:
        """The answer with what an address says of zones, which the reason then begins with."""
        assertions = {f"zone.{zone}": side for zone, side in said.zones}
        try:
            row = self._answered(query, wheres, {**assertions, **facts})
        except BadInput as error:
            try:
                row = self._answered(query, wheres, facts)
            except BadInput:
                raise error from None
            return {**row, "zr_error": _plain(error, self.lang)}
        because = in_language(said.because, self.lang)
        return {**row, "zr_reason": because + self._phrasing.words["semicolon"] + row["zr_reason"]}

    def _readable(self, own: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        good, bad = {}, []
        for key, value in own.items():
            try:
                read_facts({key: value}, self.catalogue.book)
            except BadInput as error:
                bad.append(_plain(error, self.lang))
            else:
                good[key] = value
        return good, bad

    def _wheres(self, query: Query) -> dict[str, str]:
        settled, _ = with_defaults(query)
        spot = wgs84_point(query.lon, query.lat, settled["datum"])
        located = self.catalogue.located.locate(*spot, settled["radius_m"])
        return {zone: found.where for zone, found in located.items()}

    def _answered(self, query: Query, wheres: Mapping[str, str], facts: Mapping[str, Any]) -> Row:
        data, book = self.catalogue.data, self.catalogue.book
        answers = [
            outline(data, book, wheres, replace(query, activity=name, facts=facts), self._grounds)
            for name in self.activities
        ]
        row: Row = {}
        for column, location in _PLACES.items():
            row[column] = _ids(
                zone["id"] for zone in answers[0]["zones"] if zone["location"] == location
            )
        for activity, column in self.verdict_columns().items():
            row[column] = next(
                (
                    verdict["verdict"]
                    for answer in answers
                    for verdict in answer["verdicts"]
                    if verdict["activity"] == activity
                ),
                None,
            )
        verdicts = [verdict for answer in answers for verdict in answer["verdicts"]]
        row["zr_rules"] = _ids(name for verdict in verdicts for name in verdict["rules"])
        row["zr_missing"] = _ids(_most_useful_first(answers))
        row["zr_distance_m"] = None
        row["zr_reason"] = self._reason(answers)
        return row

    def verdict_columns(self) -> dict[str | None, str]:
        """The column of each activity's verdict; of None, always empty, when none was asked."""
        if len(self.activities) == 1:
            return {self.activities[0]: "zr_verdict"}
        return {name: f"zr_verdict_{str(name).replace('-', '_')}" for name in self.activities}

    # -- words ------------------------------------------------------------------------------

    def _reason(self, answers: Sequence[Mapping[str, Any]]) -> str:
        """Why, in words: first what stands above every answer, then each verdict."""
        said: list[str] = []
        for answer in answers:
            writer = Writer(answer, self._book, self.lang, everything=False)
            said += [line["text"] for line in writer.notices()["lines"] if line["tone"]]
            if answer["query"]["activity"] is None:
                said += self._by_verdict(answer["verdicts"])
            else:
                cites = self._cites(answer)
                said += [line["text"] + cites for line in writer.verdict()["lines"]]
        return self._phrasing.words["semicolon"].join(dict.fromkeys(said))

    def _by_verdict(self, verdicts: Iterable[Mapping[str, Any]]) -> list[str]:
        groups: dict[str, list[str]] = {}
        for row in verdicts:
            groups.setdefault(row["verdict"], []).append(self._phrasing.activity(row["activity"]))
        order = list(self._phrasing.labels["verdict"])
        return [
            f"{self._phrasing.label('verdict', name)} {len(groups[name])}: "
            + self._phrasing.join(groups[name])
            for name in order
            if name in groups
        ]

    def _cites(self, answer: Mapping[str, Any]) -> str:
        counted = {name for verdict in answer["verdicts"] for name in verdict["rules"]}
        cites = dict.fromkeys(
            self._phrasing.cite(rule["cite"])
            for rule in answer["rules"]
            if rule["id"] in counted and rule["outcome"] in _SURE
        )
        more = self._phrasing.words["and_more"] if len(cites) > CITED else ""
        return "".join(list(cites)[:CITED]) + more

    # -- distance ---------------------------------------------------------------------------

    def _zones_that_decide(self) -> list[str]:
        """The drawn zones that binding rules on the activities name."""
        book = self.catalogue.book
        asked = {
            name for activity in self.activities if activity for name in book.broader(activity)
        }
        named = {
            zone
            for rule in book.binding
            if not asked or asked & set(rule["activities"])
            for zone in zones_of(rule.get("where", []))
        }
        nowhere = self.catalogue.located.locate(0.0, 0.0)
        return [zone for zone in nowhere if zone in named]

    def _distance(self, lon: float, lat: float) -> float | None:
        """Metres to the nearest boundary of those zones, negative inside; None beyond 1 km."""
        found = (
            self.catalogue.located.boundary(zone, lon, lat, BOUNDARY_M) for zone in self.telling
        )
        told = [tenth(metres) for metres in found if metres is not None]
        # of two boundaries equally near, as where districts meet, the one the point is inside of
        return min(told, key=lambda metres: (abs(metres), metres), default=None)

    # -- small things -----------------------------------------------------------------------

    @property
    def _book(self) -> Any:
        return self.catalogue.book

    def _ask_nowhere(self) -> Mapping[str, Any]:
        """The query as `at` settles it, asked where no zone is; raises BadInput."""
        options = dict(self.options)
        if str(options.get("date")) == "last":  # depends on the place
            options["date"] = None
        query: Mapping[str, Any] = self.catalogue.at(
            0.0, 0.0, facts=self.facts, activity=self.activities[0], **options
        )["query"]
        return query


def _ids(names: Iterable[str]) -> str | None:
    return ";".join(dict.fromkeys(names)) or None


def _most_useful_first(answers: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the verdicts wait for, in the order of the questions; a better position comes last."""
    asked: list[str] = []
    open_keys: dict[str, None] = {}
    for answer in answers:
        asked += [row["key"] for row in answer["ask"]]
        open_keys.update(dict.fromkeys(k for row in answer["verdicts"] for k in row["missing"]))
    place = {key: i for i, key in reversed(list(enumerate(asked)))}
    return sorted(open_keys, key=lambda key: place.get(key, len(asked)))


def _plain(error: BadInput, lang: str) -> str:
    """The line of an error without the option of the command line it begins with."""
    return in_language(error, lang).removeprefix("--fact ").removeprefix("--")


__all__ = ["BOUNDARY_M", "Points"]
