"""The heart of `zonerules check`: a batch of rows in, the same rows with their answers out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ...layers.index import Located, ZoneIndex
from ...rules.messages import Line, in_language
from ..address.stated import Contradiction, Stated
from ..answer import ALERTS, BadInput
from ..points import BOUNDARY_M, Points
from .distinct import Ints, alike
from .places import Places, Placing
from .signature import ABSENT, Days, Facts, Numbers, alert_of_cell, day_of_cell
from .writing import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from ..open import Catalogue
    from .addressed import Addresses
    from .columns import Columns

UNREADABLE = -2  # the number of a place, day or alert that cannot be read: the row has no answer
PLACE = "zr_place"  # what the address of a row was taken for, where its place comes from that
DISC = ("zr_lon", "zr_lat", "zr_radius_m")  # of such a row: the middle, WGS84, and the radius
FARTHEST_M = 600_000.0  # how far a boundary is looked for when all distances are wanted
FIGURE = re.compile(r"(?<![\w.-])[+-]?\d[\d.,:/-]*\b")  # numbers and days, no part of an id
ERRORS = 200  # kinds of error that are counted apart
Row = dict[str, Any]
Lines = dict[int, "list[Line]"]


@dataclass(frozen=True)
class Question:
    """What is asked of every row. `facts` hold for all rows; a row's own cell comes before them."""

    activities: Sequence[str] = ()
    date: str | None = None
    alert: str | None = None
    accuracy_m: float = 10.0
    facts: Mapping[str, str] = field(default_factory=dict)
    datum: str | None = None
    crs: str | None = None
    distance: bool = False
    """zr_distance_m for every row that has a place, however far the boundary."""
    addresses: bool = False
    """Rows without coordinates take the place of their address; the others are checked by it."""
    geocoder: str | None = None
    """The service that addresses are sent to; none leave the machine without one."""
    within: str | None = None
    """The city or county of addresses that state none."""
    common: Sequence[Sequence[float]] = ()
    """Positions as they are written that many rows share: their rows are answered and marked."""
    stated: bool = True
    """Whether the county that an address states settles on which side of its boundary it is."""
    lang: str = "zh"


@dataclass
class Tally:
    """How many rows there were, by verdict, by zone and by error.

    Errors that differ in their figures only are counted as one, with … for the figures.
    """

    rows: int = 0
    verdicts: dict[str, dict[str, int]] = field(default_factory=dict)
    zones: dict[str, int] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)

    def add_error(self, text: str, count: int) -> None:
        kind = FIGURE.sub("…", text)
        if kind not in self.errors and len(self.errors) >= ERRORS:
            kind = "…"  # the rest; a table of rubbish must not fill the memory
        self.errors[kind] = self.errors.get(kind, 0) + count


class Checker:
    """Answers batches, each distinct situation once; the answers are those of `at`.

    `asking`: how a geocoder is asked, as `jobs.address.online.Online` takes it; it may hold the key
    and is not kept. Raises BadInput where the question itself cannot be answered.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        question: Question,
        columns: Columns,
        geometry: int | None = None,
        asking: Mapping[str, Any] | None = None,
    ) -> None:
        self.question, self.columns, self._geometry = question, columns, geometry
        self.points = Points(
            catalogue,
            activities=question.activities,
            facts=question.facts,
            lang=question.lang,
            date=question.date,
            alert=question.alert,
            accuracy_m=question.accuracy_m,
        )
        addresses = _addresses(question, columns, catalogue, asking or {})
        self.notice = None if addresses is None else addresses.notice
        """What leaves the machine, None for nothing."""
        self._placing = Placing(
            columns,
            datum=question.datum,
            crs=question.crs,
            accuracy_m=question.accuracy_m,
            addresses=addresses,
            common=question.common,
        )
        self._index = ZoneIndex(catalogue.data)
        known = addresses is not None and question.stated
        self._stated = Stated(catalogue.book.zones) if known else None
        self._said = Numbers()
        book, asked = catalogue.book, [name for name in self.points.activities if name]
        self._facts = {key: Facts(key, book, asked) for key in columns.facts}
        self._days = Days(book, asked)
        self._wheres = Numbers()
        self._known: dict[tuple[int, ...], Row] = {}
        self.tally = Tally()

    def names(self) -> list[str]:
        """The names of the columns that are added."""
        own = (PLACE, *DISC) if self.question.addresses else ()
        return [*self.points.columns(), *own]

    def places(self, batch: pa.RecordBatch) -> Places:
        """Return the place of every row of a batch."""
        return self._placing.places(batch, self._geometry)

    def suspicions(self, batch: pa.RecordBatch) -> list[Line]:
        """What is suspicious about the coordinates of some rows, told with the evidence."""
        return self._placing.suspicions(batch, self._geometry)

    def __call__(
        self,
        batch: pa.RecordBatch,
        faults: Mapping[int, Line] | None = None,
        places: Places | None = None,
    ) -> Any:
        """Return the columns to be added to a batch, as an Arrow record batch of as many rows.

        `faults`: what is already known to be wrong, by row of the batch; `places`: those of
        :meth:`places`, where they are known already. Batches that hold the same rows give the same
        columns, whatever was asked before.
        """
        places = self.places(batch) if places is None else places
        lines: Lines = {}
        for row, line in (*(faults or {}).items(), *places.faults.items()):
            lines.setdefault(row, []).append(line)
        located = self._locate(places)
        texts = self._texts(batch)
        codes = [self._where_numbers(located)]
        codes += [self._cell_numbers(name, cells, lines) for name, cells in texts.items()]
        if self._stated is not None:
            codes.append(self._said_numbers(self._stated, places.stated, codes[0], lines))
        return self._assemble(places, codes, texts, lines)

    def _locate(self, places: Places) -> Located:
        """Where the rows lie; those with one place, as many addresses have, are asked once."""
        if not self.question.addresses:
            return self._index.locate(places.lon, places.lat, places.radius_m)
        discs = np.stack([places.lon, places.lat, places.radius_m], axis=1)
        once, which = np.unique(discs, axis=0, return_inverse=True)
        found = self._index.locate(*once.T)
        return Located(found.ids[which.reshape(-1)], found.distinct)

    # -- what a row says ----------------------------------------------------------------------

    def _texts(self, batch: pa.RecordBatch) -> dict[str, pa.Array]:
        """The columns that tell something of the row besides its place, as text."""
        roles = {role: at for role, at in self.columns.roles.items() if role in ("date", "alert")}
        return {
            name: as_text(batch.column(at)) for name, at in {**roles, **self.columns.facts}.items()
        }

    def _where_numbers(self, located: Any) -> Ints:
        numbers = [self._wheres(frozenset(found.items())) for found in located.distinct]
        # one more, for UNKNOWN, which is -1
        taken: Ints = np.array([*numbers, UNREADABLE], dtype=np.int64)[located.ids]
        return taken

    def _cell_numbers(self, name: str, cells: pa.Array, lines: Lines) -> Ints:
        coded = cells.fill_null("").dictionary_encode()
        read = [self._read(name, str(word)) for word in coded.dictionary.to_pylist()]
        indices = coded.indices.to_numpy(zero_copy_only=False)
        for word, (_, fault) in enumerate(read):
            if fault is not None:
                for row in np.nonzero(indices == word)[0]:
                    lines.setdefault(int(row), []).append(fault)
        taken: Ints = np.array([number for number, _ in read] or [ABSENT], dtype=np.int64)[indices]
        return taken

    def _said_numbers(self, stated: Stated, of: Any, wheres: Ints, lines: Lines) -> Ints:
        """The number of what each address makes known, `of`: the adcode that it states, if any."""
        numbers: Ints = np.full(len(wheres), ABSENT, dtype=np.int64)
        seen: dict[tuple[str, int], int | Line] = {}
        for row in np.nonzero((of != None) & (wheres != UNREADABLE))[0].tolist():  # noqa: E711
            key = (of[row], int(wheres[row]))
            if key not in seen:
                try:
                    said = stated.said(key[0], dict(self._wheres.thing(key[1])))
                    seen[key] = ABSENT if said is None else self._said(said)
                except Contradiction as error:
                    seen[key] = error.line
            found = seen[key]
            if isinstance(found, Line):
                lines.setdefault(row, []).append(found)
            else:
                numbers[row] = found
        return numbers

    def _read(self, name: str, cell: str) -> tuple[int, Line | None]:
        if name in self._facts:
            return self._facts[name].read(cell)
        if not cell.strip():
            return ABSENT, None
        try:
            if name == "date":
                return self._days.number(day_of_cell(cell)), None
            return ALERTS.index(alert_of_cell(cell)), None
        except BadInput as error:
            # another day or alert than the one that was meant is no answer
            return UNREADABLE, Line(str(error), in_language(error, "zh"))

    # -- answers ------------------------------------------------------------------------------

    def _assemble(
        self,
        places: Places,
        codes: Sequence[Ints],
        texts: Mapping[str, pa.Array],
        lines: Lines,
    ) -> pa.RecordBatch:
        import pyarrow as pa

        first, indices = alike([code - UNREADABLE for code in codes])
        rows = self._rows(first, codes, places, texts)
        columns = {
            name: _words([row[name] for row in rows], indices)
            for name in self.names()
            if name not in ("zr_distance_m", "zr_error", PLACE, *DISC)
        }
        answered = np.array([row["zr_reason"] is not None for row in rows], dtype=bool)[indices]
        columns["zr_distance_m"] = pa.array(self._distances(places, answered), from_pandas=True)
        columns["zr_error"] = self._errors(rows, indices, lines)
        if self.question.addresses:
            columns[PLACE] = pa.array(places.told, pa.string())
            columns.update(zip(DISC, _discs(places)))
        self._count(rows, indices, lines)
        ordered = {name: columns[name] for name in self.names()}
        return pa.RecordBatch.from_pydict(ordered)

    def _rows(
        self, first: Ints, codes: Sequence[Ints], places: Places, texts: Mapping[str, pa.Array]
    ) -> list[Row]:
        """The answers to the rows `first` and all like them."""
        wanted = list(zip(*(code[first].tolist() for code in codes)))
        new = sorted((code, row) for code, row in zip(wanted, first) if code not in self._known)
        for code, row in new:  # those that lie alike one after another
            self._known[code] = self._answer(code, int(row), places, texts)
        return [self._known[code] for code in wanted]

    def _answer(
        self, code: tuple[int, ...], row: int, places: Places, texts: Mapping[str, pa.Array]
    ) -> Row:
        if UNREADABLE in code:
            return self.points.blank("")
        told = {
            name: cells[row].as_py()
            for (name, cells), number in zip(texts.items(), code[1:])
            if number != ABSENT
        }
        options: dict[str, Any] = {"accuracy_m": float(places.radius_m[row]), "datum": "wgs84"}
        if "date" in told:
            options["date"] = day_of_cell(told.pop("date"))
        if "alert" in told:
            options["alert"] = alert_of_cell(told.pop("alert"))
        found = dict(self._wheres.thing(code[0]))
        wheres = {zone.zone: found.get(zone.zone, "outside") for zone in self._index.zones}
        spot = float(places.lon[row]), float(places.lat[row])
        said = None
        if self._stated is not None and code[-1] != ABSENT:
            said = self._said.thing(code[-1])
        return self.points.told(*spot, told, wheres, said, **options)

    def _errors(self, rows: Sequence[Row], indices: Ints, lines: Lines) -> pa.DictionaryArray:
        texts = [row["zr_error"] or None for row in rows]
        which = indices.copy() if lines else indices
        for row, faults in lines.items():
            own = [in_language(line, self.question.lang) for line in faults]
            shared = texts[indices[row]]
            which[row] = len(texts)
            texts.append("; ".join([*own, *([shared] if shared else [])]))
        return _words(texts, which)

    def _distances(
        self, places: Places, answered: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.float64]:
        """Metres to the nearest boundary of a zone that decides, negative inside, else NaN."""
        found = np.full(len(answered), np.nan)
        telling = set(self.points.telling)
        deciding = [n for n, zone in enumerate(self._index.zones) if zone.zone in telling]
        reach = BOUNDARY_M
        while True:
            at = np.nonzero(answered & np.isnan(found))[0]
            if not len(at) or not deciding:
                return found
            place, _, metres = self._index.distances(
                places.lon[at], places.lat[at], reach, deciding
            )
            metres = np.floor(metres * 10 + 0.5) / 10
            # the last one written stays: the nearest, and of equals the one it is inside of
            order = np.lexsort((-metres, -np.abs(metres)))
            found[at[place[order]]] = metres[order]
            reach *= 8
            if not self.question.distance or reach > FARTHEST_M:
                return found

    def _count(self, rows: Sequence[Row], indices: Ints, lines: Lines) -> None:
        tally, counts = self.tally, np.bincount(indices, minlength=len(rows))
        tally.rows += len(indices)
        for row, count in zip(rows, counts.tolist()):
            for column in self.points.verdict_columns().values():
                verdict = row[column] or ""
                by_verdict = tally.verdicts.setdefault(column, {})
                by_verdict[verdict] = by_verdict.get(verdict, 0) + count
            for zone in (row["zr_inside"] or "").split(";"):
                if zone:
                    tally.zones[zone] = tally.zones.get(zone, 0) + count
            if row["zr_error"]:
                tally.add_error(row["zr_error"], count)
        for faults in lines.values():
            for line in faults:
                tally.add_error(in_language(line, self.question.lang), 1)


def _addresses(
    question: Question, columns: Columns, catalogue: Catalogue, asking: Mapping[str, Any]
) -> Addresses | None:
    """The addresses of the column that was named, resolved offline or by the service asked for."""
    if not question.addresses:
        return None
    from .addressed import open_addresses

    told = {"geocoder": question.geocoder, "within": question.within, **asking}
    return open_addresses(columns.roles["address"], catalogue.data, question.lang, **told)


def _discs(places: Places) -> list[pa.Array]:
    """Middle and radius of the rows that an address placed, null for the others: as DISC."""
    import pyarrow as pa

    others = np.array([told is None for told in places.told], dtype=bool)
    rounded = ((places.lon, 6), (places.lat, 6), (places.radius_m, 0))
    return [pa.array(np.round(values, digits), mask=others) for values, digits in rounded]


def _words(texts: Sequence[str | None], indices: Ints) -> pa.DictionaryArray:
    """A dictionary column: for each row one of `texts`; each word once, None as null."""
    import pyarrow as pa

    words = {text: i for i, text in enumerate(dict.fromkeys(t for t in texts if t is not None))}
    codes = np.array([-1 if t is None else words[t] for t in texts], dtype=np.int32)[indices]
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, mask=codes < 0), pa.array(list(words), pa.string())
    )
