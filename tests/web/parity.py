"""Python against the JavaScript twin: ask both, compare, and make a difference small."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from zonerules.jobs.answer import BadInput
from zonerules.jobs.open import Catalogue
from zonerules.rules.messages import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DISTANCE_TOLERANCE_M = 0.11
"""Sines differ by a unit in the last place, so a tenth may be printed as the next one."""

Query = dict[str, Any]
Twin = Any
"""A page with probe.mjs: see conftest.Twin."""


def plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    return json.loads(json.dumps(value))


def ask_python(catalogue: Catalogue, query: Query) -> Any:
    """The answer, or the line of the error in both languages."""
    try:
        return plain(catalogue.at(**{"lon": None, "lat": None, **query}))
    except BadInput as error:
        return {"error": {lang: in_language(error, lang) for lang in ("en", "zh")}}


def differences(python: Any, twin: Any, path: str = "") -> Iterator[str]:
    """Where two answers differ: path, Python's value, the twin's."""
    if isinstance(python, dict) and isinstance(twin, dict):
        if python.keys() != twin.keys():
            yield f"{path}: only in one: {sorted(python.keys() ^ twin.keys())}"
        for key in python.keys() & twin.keys():
            yield from differences(python[key], twin[key], f"{path}.{key}")
    elif isinstance(python, list) and isinstance(twin, list):
        if len(python) != len(twin):
            yield _pair(path, python, twin)
        for n, pair in enumerate(zip(python, twin)):
            yield from differences(*pair, f"{path}[{n}]")
    elif path.endswith(".distance_m") and isinstance(python, float) and twin is not None:
        if abs(python - twin) > DISTANCE_TOLERANCE_M:
            yield _pair(path, python, twin)
    elif isinstance(python, bool) != isinstance(twin, bool) or python != twin:
        yield _pair(path, python, twin)


def print_of(value: Any) -> list[Any]:
    """The SHA-256 of a value's JSON without its distances, and these.

    Equal prints are equal values; unequal ones are looked at whole, as languages write some
    figures in their own ways.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    distances = [float(found) for found in _DISTANCE.findall(text)]
    text = _WHOLE.sub(r"\1", _DISTANCE.sub('"distance_m":_', text))
    return [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), distances]


_DISTANCE = re.compile(r'"distance_m":(-?[0-9][0-9.e-]*)')
_WHOLE = re.compile(r"(?<=[:\[,])(-?[0-9]+)\.0(?=[,\]}])")


def same_print(one: list[Any], other: list[Any]) -> bool:
    """Whether two prints are of the same value, as `differences` understands it."""
    return (
        one[0] == other[0]
        and len(one[1]) == len(other[1])
        and all(abs(a - b) <= DISTANCE_TOLERANCE_M for a, b in zip(one[1], other[1]))
    )


def _pair(path: str, *values: Any) -> str:
    python, twin = (json.dumps(value, ensure_ascii=False)[:160] for value in values)
    return f"{path}: Python {python}, JavaScript {twin}"


class Case:
    """One question to one catalogue: the shipped one, or a made one given whole."""

    def __init__(self, query: Query, catalogue: dict[str, Any] | None, shipped: Catalogue) -> None:
        self.query, self.catalogue, self.shipped = query, catalogue, shipped

    def differs(self, twin: Twin) -> list[str]:
        """What differs when both are asked; nothing for a question that Python cannot take."""
        try:
            opened = Catalogue(self.catalogue) if self.catalogue else self.shipped
            python = ask_python(opened, self.query)
        except Exception:  # a record was taken out that others need
            return []
        twin.use(self.catalogue)
        return list(differences(python, twin.answers([self.query])[0]))

    def smaller(self) -> Iterator[Case]:
        """The same case with one thing less."""
        for key in self.query.keys() - {"lon", "lat", "date"}:
            yield self._with({name: value for name, value in self.query.items() if name != key})
        facts = self.query.get("facts", {})
        if isinstance(facts, dict):
            for key in facts:
                left = {name: value for name, value in facts.items() if name != key}
                yield self._with({**self.query, "facts": left})
        for name in ("rules", "zones", "sources", "units", "documents"):
            for part in _parts((self.catalogue or {}).get(name, [])):
                yield self._with(self.query, {**(self.catalogue or {}), name: part})
        for name, words in (self.catalogue or {}).get("vocabulary", {}).items():
            for part in _parts(words):
                told = {**self.catalogue["vocabulary"], name: part}
                yield self._with(self.query, {**self.catalogue, "vocabulary": told})

    def _with(self, query: Query, catalogue: dict[str, Any] | None = None) -> Case:
        return Case(query, catalogue or self.catalogue, self.shipped)

    def write(self, folder: Path) -> Path:
        """Keep the case as a file that test_parity asks again, named by what it holds."""
        held = {"query": self.query, "catalogue": self.catalogue}
        text = json.dumps(held, ensure_ascii=False) + "\n"
        file = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
        file.write_text(text, encoding="utf-8")
        return file


def _parts(rows: Any) -> Iterator[Any]:
    """A list or table without some of it: a half, a quarter … a single one."""
    step = len(rows) // 2 or len(rows)
    while step:
        for start in range(0, len(rows), step):
            if isinstance(rows, list):
                yield [*rows[:start], *rows[start + step :]]
            else:
                items = list(rows.items())
                yield dict([*items[:start], *items[start + step :]])
        step //= 2


def shrunk(case: Case, differs: Callable[[Case], bool], tries: int = 600) -> Case:
    """The case with everything left out that the difference does not need."""
    improved = True
    while improved and tries > 0:
        improved = False
        for other in case.smaller():
            tries -= 1
            if differs(other):
                case, improved = other, True
                break
            if tries <= 0:
                break
    return case
