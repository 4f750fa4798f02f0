"""What a program asks of many rows, in the words of `Catalogue.at`: a question and its columns."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ...rules.facts import nearest, shown
from ...rules.messages import LANGUAGES, Line, in_language
from ..answer import BadInput, read_facts
from ..projected import one_of
from .check import Question
from .columns import Columns, find_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...rules.model import Book
    from ..answer import Facts

ACCURACY_M = 10.0


def question_of(
    book: Book,
    *,
    activity: str | Iterable[str] | None = None,
    date: object = None,
    alert: str | None = None,
    facts: Facts = None,
    accuracy_m: object = None,
    datum: str | None = None,
    crs: str | None = None,
    distance: bool = False,
    lang: str = "zh",
    in_file: bool = False,
    **addressed: Any,
) -> Question:
    """The question for all rows, its day settled: one day, also for work that ends on the next.

    `accuracy_m` is a number, or names a column and then means nothing for all rows; `in_file`:
    `crs` is what the rows say of themselves; `addressed`: what a question says of addresses. Raises
    BadInput for what can be seen to be wrong at once.
    """
    if lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadInput(
            Line(f"lang {shown(lang)}: expected {known}", f"lang {shown(lang)}：应为 {known}")
        )
    read_facts(facts, book)
    one_of(datum, None if in_file else crs)
    asked = (activity,) if isinstance(activity, str) else tuple(activity or ())
    return Question(
        activities=asked,
        date=_day(date),
        alert=alert,
        accuracy_m=ACCURACY_M if accuracy_m is None or isinstance(accuracy_m, str) else accuracy_m,  # type: ignore[arg-type]
        facts=_pairs(facts),
        datum=datum,
        crs=crs,
        distance=distance,
        lang=lang,
        **addressed,
    )


def columns_of(
    names: Sequence[str],
    book: Book,
    given: Mapping[str, tuple[str, object]],
    fact_columns: Mapping[str, object] | None,
    *,
    geometry: bool,
) -> Columns:
    """The column of each role and fact: those named, then those whose headings are marked.

    `given`: by role, the option that names its column and the name, None for none. Unless the rows
    have places in a `geometry`, columns of the place are guessed as `zonerules check` does. Raises
    BadInput.
    """
    facts = dict(fact_columns or {})
    for key in facts:
        read_facts({key: ""}, book)  # an unknown key is told once, not on every row
    for option, label in (
        *given.values(),
        *((f"fact_columns[{key!r}]", label) for key, label in facts.items()),
    ):
        if label is not None:
            look_for(option, str(label), names)
    return find_columns(
        names,
        {role: None if label is None else str(label) for role, (_, label) in given.items()},
        {key: str(label) for key, label in facts.items()},
        geometry=geometry,
        keys={*book.facts, *(f"zone.{zone}" for zone in book.zones)},
    )


def accuracy_column(accuracy_m: object) -> str | None:
    """The column that `accuracy_m` names; None where it is a number or nothing."""
    return accuracy_m if isinstance(accuracy_m, str) else None


def look_for(option: str, label: str, names: Sequence[str]) -> int:
    """Return the position of the one column called `label`. Raises BadInput."""
    count = sum(name == label for name in names)
    wrong = f"{option} {shown(label)}"
    if not count:
        near = nearest(label, names)
        raise BadInput(
            Line(f"{wrong}: no such column{near}", f"{wrong}：没有这一列{in_language(near, 'zh')}")
        )
    if count > 1:
        raise BadInput(
            Line(f"{wrong}: {count} columns are called so", f"{wrong}：有 {count} 列叫这个名字")
        )
    return list(names).index(label)


def _day(given: object) -> str:
    if given is None or given == "today":
        return datetime.date.today().isoformat()
    if isinstance(given, datetime.datetime):  # as pandas' own, which is one
        given = given.date()
    return given.isoformat() if isinstance(given, datetime.date) else str(given)


def _pairs(facts: Facts) -> dict[str, Any]:
    """Facts that `read_facts` has found readable, as a mapping."""
    if facts is None:
        return {}
    if hasattr(facts, "items"):
        plain = (str, bool, int, float, list, type(None))
        return {
            str(key).strip(): value if isinstance(value, plain) else str(value)
            for key, value in facts.items()
        }
    pairs = (str(text).partition("=") for text in facts)
    return {key.strip(): value.strip() for key, _, value in pairs}
