"""Python and its JavaScript twin answer alike: golden cases, random questions, earlier differences.

ZR_SEED asks other random questions than every day; ZR_CASES asks more of them.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from zonerules.jobs.answer import read_facts
from zonerules.jobs.digest import digest
from zonerules.jobs.linked import linked
from zonerules.jobs.open import Catalogue
from zonerules.jobs.webmap.script import script
from zonerules.rules.dates import check_assertions
from zonerules.rules.evaluate import case_located, evaluate
from zonerules.rules.logic import tables
from zonerules.rules.model import Asker
from zonerules.rules.place import ground
from zonerules.tests.web.conftest import PROBE
from zonerules.tests.web.made import catalogue as made_catalogue
from zonerules.tests.web.parity import (
    Case,
    ask_python,
    differences,
    plain,
    print_of,
    same_print,
    shrunk,
)
from zonerules.tests.web.questions import Questioner

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).with_name("cases")
SEED = int(os.environ.get("ZR_SEED", "7"))
TOTAL = int(os.environ.get("ZR_CASES", "2200"))
MADE_CATALOGUES = 20
EVERY_KIND_AT_LEAST = 50


class Asked(NamedTuple):
    """A question, Python's answer and its print, and the print of the twin's."""

    case: Case
    python: Any
    print: list[Any]
    twin: list[Any]


def ask(twin: Any, shipped: Catalogue, data: Any, queries: list[Any]) -> list[Asked]:
    """Ask one catalogue (None: the shipped one), in Python and in Chromium at the same time."""
    twin.use(data)
    twin.begin("prints", queries)
    opened = Catalogue(data) if data else shipped
    answers = [ask_python(opened, query) for query in queries]
    cases = [Case(query, data, shipped) for query in queries]
    rows = zip(cases, answers, map(print_of, answers), twin.ended())
    return [Asked(*row) for row in rows]


def told_apart(
    twin: Any, batch: list[Asked], prints: list[Any] | None = None
) -> Iterator[tuple[Case, list[str]]]:
    """The cases of a batch (all of one catalogue) that a twin answers differently, and how.

    `prints`: of its answers, if they are known.
    """
    twin.use(batch[0].case.catalogue)
    prints = prints or twin.prints([asked.case.query for asked in batch])
    for asked, told in zip(batch, prints):
        if not same_print(asked.print, told):
            (whole,) = twin.answers([asked.case.query])
            found = list(differences(asked.python, whole))
            if found:
                yield asked.case, found


@pytest.fixture(scope="module")
def batches(one_twin: Any, shipped: Catalogue) -> list[list[Asked]]:
    """The random run: a sixth to the shipped catalogue, the rest to made ones."""
    print(f"seed {SEED}")
    random = Random(SEED)
    questioner = Questioner(shipped.data, random)
    queries = [questioner.question(activity=n % 30 > 0) for n in range(TOTAL // 6)]
    asked = [ask(one_twin, shipped, None, queries)]
    for _ in range(MADE_CATALOGUES):
        data = made_catalogue(random)
        questioner = Questioner(data, random)
        share = (TOTAL - TOTAL // 6) // MADE_CATALOGUES + 1
        queries = [questioner.question(activity=k % 3 > 0) for k in range(share)]
        asked.append(ask(one_twin, shipped, data, queries))
    return asked


@pytest.fixture(scope="module")
def run(batches: list[list[Asked]]) -> list[Asked]:
    return [asked for batch in batches for asked in batch]


def test_random_questions_get_the_same_answer(batches: list[list[Asked]], twin: Any) -> None:
    assert sum(map(len, batches)) >= min(TOTAL, 2000)
    for case, found in (
        pair
        for batch in batches
        for pair in told_apart(twin, batch, [asked.twin for asked in batch])
    ):
        small = shrunk(case, lambda other: bool(other.differs(twin)))
        file = small.write(CASES)
        pytest.fail(f"seed {SEED}: {found[:5]}\nkept as {file.name}: {small.query}")


def test_prints_are_as_good_as_the_answers(batches: list[list[Asked]], twin: Any) -> None:
    """Equal prints come of equal answers, and most answers are told the same by their prints."""
    batch = batches[1]
    twin.use(batch[0].case.catalogue)
    queries = [asked.case.query for asked in batch]
    same = 0
    for asked, told, whole in zip(batch, twin.prints(queries), twin.answers(queries)):
        if same_print(asked.print, told):
            same += 1
            assert list(differences(asked.python, whole)) == [], asked.case.query
    assert same > 0.95 * len(batch)
    keys = {"sources", "ask", "next_change", "coverage", "zones", "rules", "verdicts", "query"}
    assert keys <= set(batch[0].python) | set(batch[1].python)


def test_the_run_meets_everything_that_can_come_out(run: list[Asked]) -> None:
    """Every outcome, verdict, location and reason, in enough cases of their own."""
    met: Counter[str] = Counter()
    for _, answer, *_ in run:
        kinds = {"error"} if "error" in answer else set()
        kinds |= {f"outcome {row['outcome']}" for row in answer.get("rules", [])}
        kinds |= {f"verdict {row['verdict']}" for row in answer.get("verdicts", [])}
        kinds |= {f"location {row['location']}" for row in answer.get("zones", [])}
        kinds |= {f"asserted {row['basis']}" for row in answer.get("zones", []) if row["asserted"]}
        kinds |= {f"reason {row['reason']}" for row in answer.get("verdicts", []) if row["reason"]}
        told = answer.get("query", {}).get("facts", {})
        kinds |= {
            f"told {key.partition('.')[0]}" for key in told if key.partition(".")[0] in PREFIXES
        }
        met.update(kinds)
    wanted = [f"outcome {name}" for name in OUTCOMES] + [f"verdict {name}" for name in VERDICTS]
    wanted += [f"location {name}" for name in ("inside", "near", "unmapped")]
    wanted += [f"told {name}" for name in PREFIXES]
    wanted += ["asserted derived", "asserted unmapped", "error"]
    print(dict(met))
    lacking = {name: met[name] for name in wanted if met[name] < EVERY_KIND_AT_LEAST}
    assert TOTAL < 2000 or lacking == {}, f"seed {SEED}"


PREFIXES = ("zone", "season", "force", "rule")
OUTCOMES = tuple(tables()["labels"]["outcome"])
VERDICTS = tuple(tables()["labels"]["verdict"])


def test_digests_of_the_answers_are_the_same(batches: list[list[Asked]], twin: Any) -> None:
    """In both languages, folded, read out and linked; of Python's answers, so that distances are
    equal."""
    kinds = {"boiler": "锅炉"}
    for batch in batches:
        data = batch[0].case.catalogue
        book = (Catalogue(data) if data else batch[0].case.shipped).book
        kept = [asked.python for asked in batch[::14] if "error" not in asked.python]
        rows = [(answer, ("zh", "en")[n % 2], n % 3 == 0) for n, answer in enumerate(kept)]
        twin.use(data)
        for (answer, lang, everything), told in zip(rows, twin.words(rows, kinds)):
            blocks = digest(answer, book, lang, everything=everything)
            python = [blocks, linked(answer, book, lang, kinds)]
            assert list(differences(plain(python), told)) == [], answer["query"]


@pytest.mark.parametrize("file", sorted(CASES.glob("*.json")), ids=lambda file: file.stem)
def test_what_once_differed_no_longer_does(file: Path, twin: Any, shipped: Catalogue) -> None:
    held = json.loads(file.read_text(encoding="utf-8"))
    assert Case(held["query"], held["catalogue"], shipped).differs(twin) == []


# --- golden cases --------------------------------------------------------------------------------


def test_golden_cases_come_to_the_same(twin: Any, shipped: Catalogue) -> None:
    """Outcome, missing keys in their order, failed part, exemptions … of every golden case."""
    twin.use(None)
    golden = shipped.data["golden"]
    assert len(golden) > 10_000
    for case, told in zip(golden, twin.cases(golden)):
        assert told == plain(_python_case(shipped, case)), case


_GROUNDS: dict[Any, Any] = {}


def _python_case(shipped: Catalogue, case: dict[str, Any]) -> list[Any]:
    book, query = shipped.book, case["query"]
    facts, asserted = read_facts(query.get("facts"), book)
    check_assertions(asserted, book, query["date"])
    zones = {key[5:]: side for key, side in asserted.items() if key.startswith("zone.")}
    key = json.dumps([query.get("zones", {}), zones])
    if key not in _GROUNDS:
        _GROUNDS[key] = ground(book.zones, case_located(book, query), zones, book.kin)
    asker = Asker(
        book=book,
        day=query["date"],
        places=_GROUNDS[key].places(query["date"]),
        alert=query.get("alert", "unknown"),
        facts=facts,
        asserted=asserted,
    )
    result = evaluate(book.by_id[case["rule"]], asker)
    exemptions = [(name, truth.value) for name, truth in result.exemptions]
    own = [result.outcome, result.overdue, result.failed, result.missing]
    return [*own, result.kept, result.ended, exemptions]


def test_the_self_test_of_a_page_holds_and_can_fail(twin: Any, shipped: Catalogue) -> None:
    golden = shipped.data["golden"][:400]
    page = twin.page
    assert page.evaluate("(cases) => zonerules.selfTest(cases)", golden) == []
    wrong = {**golden[0], "expect": {"outcome": "due"}}
    (told,) = page.evaluate("(cases) => zonerules.selfTest(cases)", [wrong, golden[1]])
    assert told["rule"] == golden[0]["rule"] and "expected" in told["problem"]


# --- the run itself can tell ---------------------------------------------------------------------

LATE = "late = deadline !== undefined && asker.day > deadline"
FAULTS = {
    "if (end && day > end[0]) {": "if (end && day >= end[0]) {",  # a day that still counts
    LATE: LATE.replace(">", ">="),
    'core.distance(lon, lat, r) >= r ? "inside"': 'core.distance(lon, lat, r) >= 0 ? "inside"',
    "EXTRA_ACCURACY_M = { unknown: 700.0 }": "EXTRA_ACCURACY_M = { unknown: 70.0 }",
    "if (own?.[0]) yield [within, true, own[1]];": "",
    'operator === "difference" && inside': 'operator === "difference" && !inside',
    "return exempts || bound.has(other.id);": "return bound.has(other.id);",
    "allOf([own, negate(anyOf(against))])": "own",
    "given instanceof Open ? unknown(key) : FALSE": "FALSE",
    "-(this.settles.get(key) ?? 0)": "(this.settles.get(key) ?? 0)",
}
"""Twin's text -> a slip somebody could make there."""


def faulty(slip: str) -> str:
    source = script([PROBE])
    assert source.count(slip) == 1, slip
    return source.replace(slip, FAULTS[slip])


@pytest.mark.parametrize("slip", FAULTS)
def test_the_run_notices_a_slip(slip: str, batches: list[list[Asked]], new_twin: Any) -> None:
    spoilt = new_twin(faulty(slip))
    if not any(next(told_apart(spoilt, batch), None) for batch in batches[1:]):
        pytest.fail(f"nobody noticed {FAULTS[slip]!r}")


def test_a_difference_is_made_small_and_kept(
    batches: list[list[Asked]], new_twin: Any, tmp_path: Path, shipped: Catalogue, twin: Any
) -> None:
    spoilt = new_twin(faulty(LATE))
    case, _ = next(pair for batch in batches[1:] for pair in told_apart(spoilt, batch))
    small = shrunk(case, lambda other: bool(other.differs(spoilt)))
    assert small.catalogue is not None and len(small.catalogue["rules"]) <= 3
    held = json.loads(small.write(tmp_path).read_text(encoding="utf-8"))
    kept = Case(held["query"], held["catalogue"], shipped)
    assert kept.differs(spoilt) != []
    assert kept.differs(twin) == []
