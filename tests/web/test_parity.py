"""Python and its JavaScript twin answer alike: golden cases, random questions, earlier differences.

ZR_SEED asks other random questions than every day; ZR_CASES asks more of them.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

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
from zonerules.tests.web.parity import Case, ask_python, differences, plain, shrunk
from zonerules.tests.web.questions import Questioner

CASES = Path(__file__).with_name("cases")
SEED = int(os.environ.get("ZR_SEED", "7"))
TOTAL = int(os.environ.get("ZR_CASES", "2200"))
MADE_CATALOGUES = 20
EVERY_KIND_AT_LEAST = 50


class Asked(NamedTuple):
    """A question with what both made of it."""

    case: Case
    python: Any
    twin: Any


def ask_both(twin: Any, shipped: Catalogue, data: Any, queries: list[Any]) -> list[Asked]:
    """Ask one catalogue (None: the shipped one) in one batch."""
    opened = Catalogue(data) if data else shipped
    twin.use(data)
    answers = twin.answers(queries)
    return [
        Asked(Case(query, data, shipped), ask_python(opened, query), answer)
        for query, answer in zip(queries, answers)
    ]


@pytest.fixture(scope="module")
def run(twin: Any, shipped: Catalogue) -> list[Asked]:
    """The random run: a third to the shipped catalogue, the rest to made ones."""
    print(f"seed {SEED}")
    random = Random(SEED)
    questioner = Questioner(shipped.data, random)
    queries = [questioner.question(activity=n % 30 > 0) for n in range(TOTAL // 4)]
    asked = ask_both(twin, shipped, None, queries)
    for _ in range(MADE_CATALOGUES):
        data = made_catalogue(random)
        questioner = Questioner(data, random)
        share = (TOTAL - TOTAL // 4) // MADE_CATALOGUES + 1
        queries = [questioner.question(activity=k % 3 > 0) for k in range(share)]
        asked += ask_both(twin, shipped, data, queries)
    return asked


def test_random_questions_get_the_same_answer(run: list[Asked], twin: Any) -> None:
    assert len(run) >= min(TOTAL, 2000)
    for case, python, answer in run:
        found = list(differences(python, answer))
        if found:
            small = shrunk(case, lambda other: bool(other.differs(twin)))
            file = small.write(CASES)
            pytest.fail(f"seed {SEED}: {found[:5]}\nkept as {file.name}: {small.query}")


def test_the_run_meets_everything_that_can_come_out(run: list[Asked]) -> None:
    """Every outcome, verdict, location and reason, in enough cases of their own."""
    met: Counter[str] = Counter()
    for _, answer, _ in run:
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


def test_digests_of_the_answers_are_the_same(run: list[Asked], twin: Any) -> None:
    """In both languages, folded, read out and linked; of Python's answers, so that distances are
    equal."""
    by_catalogue: dict[int, list[Asked]] = {}
    for n, asked in enumerate(run):
        if n % 10 == 0 and "error" not in asked.python:
            by_catalogue.setdefault(id(asked.case.catalogue), []).append(asked)
    for group in by_catalogue.values():
        data = group[0].case.catalogue
        book = (Catalogue(data) if data else group[0].case.shipped).book
        rows = [
            (asked.python, lang, everything)
            for n, asked in enumerate(group)
            for lang, everything in [(("zh", "en")[n % 2], n % 3 == 0)]
        ]
        twin.use(data)
        for row, blocks in zip(rows, twin.digests(rows)):
            answer, lang, everything = row
            python = digest(answer, book, lang, everything=everything)
            assert list(differences(plain(python), blocks)) == [], answer["query"]
        kinds = {"boiler": "锅炉"}
        given = [(answer, lang, kinds) for answer, lang, _ in rows]
        for (answer, lang, _), blocks in zip(given, twin.linked(given)):
            python = linked(answer, book, lang, kinds)
            assert list(differences(plain(python), blocks)) == [], answer["query"]


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
def test_the_run_notices_a_slip(slip: str, run: list[Asked], new_twin: Any) -> None:
    spoilt = new_twin(faulty(slip))
    groups: dict[int, list[Asked]] = {}
    for asked in run:
        groups.setdefault(id(asked.case.catalogue), []).append(asked)
    made = [group for group in groups.values() if group[0].case.catalogue]
    for group in made:
        spoilt.use(group[0].case.catalogue)
        answers = spoilt.answers([asked.case.query for asked in group])
        if any(list(differences(one.python, answer)) for one, answer in zip(group, answers)):
            return
    pytest.fail(f"nobody noticed {FAULTS[slip]!r}")


def test_a_difference_is_made_small_and_kept(
    run: list[Asked], new_twin: Any, tmp_path: Path, shipped: Catalogue, twin: Any
) -> None:
    spoilt = new_twin(faulty(LATE))
    case = next(asked.case for asked in run if asked.case.catalogue and asked.case.differs(spoilt))
    small = shrunk(case, lambda other: bool(other.differs(spoilt)))
    assert small.catalogue is not None and len(small.catalogue["rules"]) <= 3
    held = json.loads(small.write(tmp_path).read_text(encoding="utf-8"))
    kept = Case(held["query"], held["catalogue"], shipped)
    assert kept.differs(spoilt) != []
    assert kept.differs(twin) == []
