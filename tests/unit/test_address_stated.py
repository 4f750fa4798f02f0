"""The county that an address states, where the disc of the address lies across its boundary."""

from __future__ import annotations

import csv

import pyarrow as pa
import pytest

from zonerules.jobs.address.resolve import resolve
from zonerules.jobs.address.stated import Contradiction, Stated
from zonerules.jobs.cli import main
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.points import Points
from zonerules.jobs.table.check import Checker, Question
from zonerules.jobs.table.columns import Columns
from zonerules.layers import gazetteer

DAY = "2017-11-20"
BOOK = gazetteer.load()
# The seat of 十八里河 is 3 km from 新郑市, 2 km from 二七区: its disc of 7 km reaches into both.
TOWN = "郑州市管城回族区十八里河镇"
# 180 m west of the boundary with 管城回族区.
CROSSING = "郑州市二七区二七路与太康路交叉口"
# A crossing that the boundary of 2024 has in 金水区, whatever people write.
OUTSIDE = "郑州市管城区中州大道与郑汴路交叉口"


@pytest.fixture(scope="module")
def catalogue():
    return open_catalogue()


def answers(catalogue, texts, activity, *, facts=None, **question):
    names = ["address", *(facts or {})]
    rows = [{"address": text, **(facts or {})} for text in texts]
    batch = pa.RecordBatch.from_pylist(rows, pa.schema([(name, pa.string()) for name in names]))
    columns = Columns({"address": 0}, {key: i for i, key in enumerate(facts or {}, start=1)})
    asked = Question(activities=(activity,), date=DAY, addresses=True, **question)
    return Checker(catalogue, asked, columns)(batch).to_pylist()


def test_the_county_of_the_address_decides_what_the_disc_leaves_open(catalogue):
    """管政〔2017〕98号 forbids demolition in its district that season: with the district stated
    that is known of its town, and without it is not."""
    (told,) = answers(catalogue, [TOWN], "demolish")
    (silent,) = answers(catalogue, [TOWN], "demolish", stated=False)
    assert silent["zr_verdict"] == "cannot_determine"
    assert "gc-district" in silent["zr_near"].split(";")
    assert told["zr_verdict"] == "prohibited"
    assert "gc-district" in told["zr_inside"].split(";")
    assert "按地址所写：在管城回族区，不在新郑市" in told["zr_reason"]
    assert "按地址所写" not in silent["zr_reason"]


def test_it_is_the_answer_of_whoever_asserts_the_same(catalogue):
    (told,) = answers(catalogue, [TOWN], "demolish", lang="en")
    best = resolve(TOWN, BOOK).best
    points = Points(catalogue, activities=["demolish"], date=DAY, lang="en")
    said = {"zone.gc-district": "inside", "zone.zz-xinzheng": "outside"}
    same = points.told(best.lon, best.lat, said, accuracy_m=best.radius_m, datum="wgs84")
    for column in ("zr_verdict", "zr_rules", "zr_missing", "zr_inside", "zr_near"):
        assert told[column] == same[column], column
    assert told["zr_reason"].endswith(same["zr_reason"])


def test_another_county_is_stated_so_it_is_not_this_one(catalogue):
    (told,) = answers(catalogue, [CROSSING], "demolish")
    (silent,) = answers(catalogue, [CROSSING], "demolish", stated=False)
    assert (silent["zr_verdict"], told["zr_verdict"]) == ("cannot_determine", "no_data")
    assert "gc-district" not in told["zr_near"].split(";")
    assert told["zr_error"] is None


def test_a_certain_map_is_never_overruled(catalogue):
    (told,) = answers(catalogue, [OUTSIDE], "demolish")
    (silent,) = answers(catalogue, [OUTSIDE], "demolish", stated=False)
    assert "管城回族区" in told["zr_error"] and "界线之外" in told["zr_error"]
    assert {**told, "zr_error": None} == {**silent, "zr_error": None}


def test_what_a_row_says_of_a_zone_itself_comes_first(catalogue):
    facts = {"zone.gc-district": "outside"}
    (told,) = answers(catalogue, [TOWN], "demolish", facts=facts)
    assert "gc-district" not in (told["zr_inside"] or "").split(";")
    assert told["zr_verdict"] != "prohibited"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TOWN, "410104"),
        ("郑州市", "410100"),
        ("郑州市花园路", "410100"),
        ("济源市轵城镇", "419001"),
        ("二七路与金水路交叉口", None),
        ("舞阳县文峰路", "411121"),
        ("新密超化镇", None),  # a short name with nothing above it is a guess
        ("郑州市二七区十八里河镇", None),  # contradicts itself
        ("河南省驻马店市", "411700"),
    ],
)
def test_which_unit_an_address_states(text, code):
    assert resolve(text, BOOK).stated == code


def test_units_hold_each_other_or_not():
    names = {"zh": "甲", "en": "A"}
    units = {"own": "410104", "city": "410100", "next": "410105", "far": "411700"}
    zones = {zone: {"unit": unit, "name": names} for zone, unit in units.items()}
    stated = Stated({**zones, "dated": {"unit": "410104", "name": names, "validity": {"x": 1}}})
    near = dict.fromkeys([*units, "dated"], "near")
    said = {"own": "inside", "city": "inside", "next": "outside", "far": "outside"}
    assert dict(stated.said("410104", near).zones) == said
    of_the_city = dict(stated.said("410100", near).zones)  # in which of its counties is open
    assert of_the_city == {"city": "inside", "far": "outside"}
    assert stated.said("410104", {"own": "inside", "city": "inside"}) is None
    for wheres in ({"city": "inside"}, {**near, "next": "inside"}):
        with pytest.raises(Contradiction):
            stated.said("410104", wheres)


def test_the_switch_of_the_command(tmp_path, capsys):
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text(f"地址\n{TOWN}\n", encoding="utf-8")
    asked = ["check", str(table), "-o", str(out), "--address-col", "地址", "--date", DAY]
    found = []
    for option in ([], ["--no-stated-county"]):
        assert main([*asked, "--activity", "demolish", *option]) == 0
        with out.open(encoding="utf-8-sig", newline="") as file:
            found += [row["zr_verdict"] for row in csv.DictReader(file)]
    assert found == ["prohibited", "cannot_determine"]
