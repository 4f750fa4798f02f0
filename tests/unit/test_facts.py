"""The one validator of facts: what people type, what tables hold, what nobody should type."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import Any

import pytest

from zonerules.jobs.answer import BadInput, read_facts
from zonerules.rules.facts import FactError, fold, implied, is_unknown, nearest, parse

CAPACITY, AREA, STAGE, MADE = "boiler.capacity_tph", "site.area_m2", "machine.stage", "machine.made"


@pytest.fixture(scope="module")
def read(rules_book: Any) -> Any:
    """read(key, raw): the typed value in the small vocabulary."""
    return lambda key, raw: parse(key, raw, rules_book.FACTS)


def refused(read: Any, key: str, raw: Any) -> FactError:
    """The FactError, exactly that class, that `raw` is refused with."""
    with pytest.raises(FactError) as caught:
        read(key, raw)
    assert type(caught.value) is FactError
    assert caught.value.key == key
    return caught.value


# unknown stays unknown


@pytest.mark.parametrize(
    "raw", [None, "", "   ", "　", "unknown", "UNKNOWN", "未知", "不详", "?", "？", float("nan")]
)
@pytest.mark.parametrize(
    "key", [CAPACITY, STAGE, MADE, "boiler.listed", "boiler.fuel", "user.kind"]
)
def test_an_empty_cell_is_unknown(read: Any, key: str, raw: Any) -> None:
    assert is_unknown(raw)
    assert read(key, raw) is None


@pytest.mark.parametrize("raw", [0, 0.0, False, "0", "false", "none"])
def test_zero_and_false_are_not_unknown(raw: Any) -> None:
    assert not is_unknown(raw)


# booleans


@pytest.mark.parametrize(
    "raw", [True, 1, 1.0, "true", "True", "TRUE", "1", "１", "是", " 是 ", "有"]
)
def test_true(read: Any, raw: Any) -> None:
    assert read("boiler.listed", raw) is True


@pytest.mark.parametrize("raw", [False, 0, 0.0, "false", "0", "否", "无", "没有"])
def test_false(read: Any, raw: Any) -> None:
    assert read("boiler.listed", raw) is False


@pytest.mark.parametrize("raw", [2, -1, "2", "maybe", "是否", "truefalse", "--", "是\x00"])
def test_no_boolean(read: Any, raw: Any) -> None:
    refused(read, "boiler.listed", raw)


# ordered stages and classes


@pytest.mark.parametrize(
    "raw",
    [
        *(
            3,
            3.0,
            "3",
            "3.0",
            "３",
            "国三",
            "国Ⅲ",
            "国III",
            "国iii",
            "国3",
            "国 3",
            "III",
            "Ⅲ",
            "ⅲ",
        ),
        *("China III", "china 3", "CHINA-III", "国Ⅲ阶段", "三", " 国三 "),
    ],
)
def test_stage_three(read: Any, raw: Any) -> None:
    assert read(STAGE, raw) == 3


@pytest.mark.parametrize(
    ("raw", "stage"),
    [("国Ⅰ", 1), ("国一", 1), ("国二", 2), ("国Ⅱ", 2), ("国IV", 4), ("国Ⅳ", 4), ("国四", 4)],
)
def test_other_stages(read: Any, raw: str, stage: int) -> None:
    assert read(STAGE, raw) == stage


@pytest.mark.parametrize("raw", ["国Ⅰ前", "国I前", "国一前", "国1前", "国零", "国0", 0, "0"])
def test_before_the_first_stage(read: Any, raw: Any) -> None:
    assert read(STAGE, raw) == 0


@pytest.mark.parametrize(
    ("raw", "limits"), [("Ⅲ类", 3), ("三类", 3), ("II类", 2), ("超标", 0), (1, 1)]
)
def test_limit_class(read: Any, raw: Any, limits: int) -> None:
    assert read("machine.limit_class", raw) == limits


@pytest.mark.parametrize(
    "raw",
    [5, "国五", "国V", -1, "-1", 3.5, "3.5", "国九", "abc", "国", "国三国四", True, "--", "None"],
)
def test_no_stage(read: Any, raw: Any) -> None:
    refused(read, STAGE, raw)


@pytest.mark.parametrize("raw", ["超标", "不合格"])
def test_failing_a_limit_is_no_stage(read: Any, raw: str) -> None:
    """Over the limits says nothing of the stage: a machine of any stage may smoke."""
    refused(read, STAGE, raw)


@pytest.mark.parametrize("raw", ["0000000003", "3" * 12, "00000000000000000005"])
def test_a_long_figure_is_not_cut_short(read: Any, raw: str) -> None:
    """Ten digits are 3 or they are refused; they are never the first nine."""
    try:
        assert read(STAGE, raw) == int(raw)
    except FactError as error:
        assert error.key == STAGE


def test_before_the_first_stage_is_no_limit_class(read: Any) -> None:
    refused(read, "machine.limit_class", "国Ⅰ前")


# whole numbers without a closed list


@pytest.mark.parametrize(("raw", "value"), [(2, 2), ("2", 2), (2.0, 2), ("２", 2), ("0", 0)])
def test_whole_number(read: Any, raw: Any, value: int) -> None:
    found = read("vehicle.missed", raw)
    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize("raw", [2.5, "2.5", -1, "-1", "三次半", "2-3", "nan", "inf", "", True])
def test_no_whole_number(read: Any, raw: Any) -> None:
    if raw == "":
        assert read("vehicle.missed", raw) is None
    else:
        refused(read, "vehicle.missed", raw)


@pytest.mark.parametrize(("raw", "force"), [("6级", 6), ("６ 级", 6), (0, 0), (17, 17)])
def test_wind(read: Any, raw: Any, force: int) -> None:
    assert read("weather.wind_force", raw) == force


@pytest.mark.parametrize("raw", [18, "18级", -1, "3-4级"])
def test_no_such_wind(read: Any, raw: Any) -> None:
    refused(read, "weather.wind_force", raw)


# numbers and units


@pytest.mark.parametrize(
    ("raw", "tonnes_per_hour"),
    [
        *((10, 10), (10.5, 10.5), ("10", 10), ("10.5", 10.5), (".5", 0.5), ("1e1", 10), ("+4", 4)),
        *(("10 t/h", 10), ("10T/H", 10), ("10蒸吨", 10), ("10 蒸吨/小时", 10), ("10吨", 10)),
        *(("0.7 MW", 1), ("0.7mw", 1), ("7MW", 10), ("7 MW", 10), ("14 MW", 20), ("700kW", 1)),
        *(
            ("０．７ＭＷ", 1),
            ("１０", 10),
            ("1,200", 1200),
            ("1，200", 1200),
            ("1,234,567", 1234567),
        ),
        *(("29 兆瓦", 29 / 0.7), (0, 0), ("0", 0)),
    ],
)
def test_capacity(read: Any, raw: Any, tonnes_per_hour: float) -> None:
    assert read(CAPACITY, raw) == pytest.approx(tonnes_per_hour, abs=1e-9)


@pytest.mark.parametrize(
    ("raw", "tonnes_per_hour"), [("7MW", 10), ("14MW", 20), ("24.5 MW", 35), ("28 MW", 40)]
)
def test_megawatts_meet_the_threshold_exactly(read: Any, raw: str, tonnes_per_hour: int) -> None:
    """`le: 10` must hold for 7 MW, so no binary dust may stick to it."""
    assert read(CAPACITY, raw) == tonnes_per_hour


@pytest.mark.parametrize(
    ("raw", "square_metres"),
    [
        *(("1万平方米", 10000), ("1 万平方米", 10000), ("0.5万平方米", 5000), ("2公顷", 20000)),
        *(("2 ha", 20000), ("5000㎡", 5000), ("5000 m²", 5000), ("5000m2", 5000), ("3亩", 2000)),
        *(("1平方公里", 1000000), ("5,000平方米", 5000), ("５０００平方米", 5000)),
    ],
)
def test_area(read: Any, raw: str, square_metres: float) -> None:
    assert read(AREA, raw) == square_metres


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("power.capacity_mw", "30万千瓦", 300),
        ("power.capacity_mw", "300 MW", 300),
        ("weather.temperature_c", "-5℃", -5),
        ("weather.temperature_c", "－5", -5),
        ("weather.temperature_c", "-60", -60),
        ("monitor.valid_pct", "90％", 90),
        ("monitor.valid_pct", "100%", 100),
    ],
)
def test_other_units(read: Any, key: str, raw: str, value: float) -> None:
    assert read(key, raw) == value


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        *((CAPACITY, -1), (CAPACITY, "-0.1"), (CAPACITY, "-7MW"), (AREA, "-1公顷")),
        *((CAPACITY, 1e13), ("monitor.valid_pct", 101), ("monitor.valid_pct", "-1%")),
        *(("weather.temperature_c", 61), ("weather.temperature_c", "-61")),
    ],
)
def test_out_of_range(read: Any, key: str, raw: Any) -> None:
    error = refused(read, key, raw)
    assert "between" in error.problem


@pytest.mark.parametrize(
    ("key", "raw"),
    [(CAPACITY, "10 kg"), (AREA, "7 MW"), (CAPACITY, "10 t/d"), (AREA, "1万"), (CAPACITY, "10%")],
)
def test_a_unit_that_does_not_fit(read: Any, key: str, raw: str) -> None:
    assert "unit" in refused(read, key, raw).problem


@pytest.mark.parametrize("key", [CAPACITY, "vehicle.missed", STAGE])
@pytest.mark.parametrize(
    "raw",
    [
        *("nan", "NaN", "inf", "-inf", "Infinity", "--", "-", "+", ".", "e5", "None", "1 2", "1/2"),
        *("0x10", "1_000", "十", "10..5", "1e", "=1+1", "<script>", "10\n20", "10\x00", "\ud800"),
    ],
)
def test_hostile_figures(read: Any, key: str, raw: str) -> None:
    refused(read, key, raw)


@pytest.mark.parametrize("key", [CAPACITY, "vehicle.missed", STAGE, "weather.wind_force"])
@pytest.mark.parametrize("raw", [float("inf"), float("-inf"), 1e308])
def test_infinity(read: Any, key: str, raw: float) -> None:
    refused(read, key, raw)


@pytest.mark.parametrize("key", [CAPACITY, "vehicle.missed", STAGE])
@pytest.mark.parametrize("raw", ["1e400", "-1e400", "9" * 400, "9" * 5000, "0." + "1" * 5000])
def test_figures_that_no_float_holds(read: Any, key: str, raw: str) -> None:
    if raw.startswith("0.") and key == CAPACITY:
        # a long tail is no harm: 0.111… is one ninth
        try:
            assert read(key, raw) == pytest.approx(1 / 9, abs=1e-9)
        except FactError as error:
            assert type(error) is FactError
    else:
        refused(read, key, raw)


def test_an_exponent_cannot_eat_the_machine() -> None:
    """1e999999999 as an exact fraction has a thousand million digits."""
    program = (
        "from zonerules.rules.facts import FactError, parse\n"
        "try: parse('k', '1e999999999', {'k': {'type': 'number'}})\n"
        "except FactError: print('refused')"
    )
    try:
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, timeout=10, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.fail("still busy with one figure after ten seconds")
    assert ran.stdout.strip() == "refused", ran.stderr


@pytest.mark.parametrize("raw", ["1,5", "1,,2", ",5", "5,", "12,34", "1,2345"])
def test_a_comma_that_parts_no_thousands(read: Any, raw: str) -> None:
    """1,5 may mean 1.5 and may mean 1 and 5; it never means 15."""
    refused(read, CAPACITY, raw)


# dates


@pytest.mark.parametrize(
    "raw",
    [
        *("2009-10-01", "2009/10/1", "2009年10月1日", "2009.10.1", "2009-10-1", " 2009-10-01 "),
        *(
            "２００９年１０月１日",
            datetime.date(2009, 10, 1),
            datetime.datetime(2009, 10, 1, 8, 30),
        ),
    ],
)
def test_day(read: Any, raw: Any) -> None:
    assert read(MADE, raw) == "2009-10-01"


@pytest.mark.parametrize("raw", ["2009-10", "2009/10", "2009年10月", "2009.10"])
def test_month(read: Any, raw: str) -> None:
    assert read(MADE, raw) == "2009-10"


@pytest.mark.parametrize("raw", ["2009", "2009年", 2009])
def test_year(read: Any, raw: Any) -> None:
    assert read(MADE, raw) == "2009"


def test_one_digit_month_is_padded(read: Any) -> None:
    assert read(MADE, "2009年1月") == "2009-01"


@pytest.mark.parametrize(
    "raw",
    [
        *("2009-13-01", "2009-02-30", "2009-02-29", "2009-10-32", "2009-00-10", "2009-10-00"),
        *("2009-00", "0000", "0000-01-01", "1899-12-31", "2200-01-01", "09-10-01", "20091001"),
        *("01/10/2009", "2009-10-01-02", "2009-10-01T00", "tomorrow", "--", "None", "nan", "1e400"),
        *("2009-10-01\n2010-01-01", "9" * 10000, "never", -2009, True),
    ],
)
def test_no_day(read: Any, raw: Any) -> None:
    refused(read, MADE, raw)


def test_a_leap_day(read: Any) -> None:
    assert read(MADE, "2008-02-29") == "2008-02-29"


@pytest.mark.parametrize("raw", ["never", "NEVER", "从未", " never "])
def test_never_where_it_is_allowed(read: Any, raw: str) -> None:
    assert read("plant.clean_from", raw) == "never"


def test_a_day_where_never_is_allowed(read: Any) -> None:
    assert read("plant.clean_from", "2019-06-30") == "2019-06-30"


# words of a closed list


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        *(("boiler.fuel", "coal", "coal"), ("boiler.fuel", "COAL", "coal")),
        *(("boiler.fuel", "煤", "coal"), ("boiler.fuel", "煤（含各种煤制品）", "coal")),
        *(("boiler.fuel", " 燃气 ", "gas"), ("boiler.kind", "茶浴炉", "tea_bath")),
        *(("boiler.kind", "茶浴炉（茶水炉）", "tea_bath"), ("boiler.kind", "tea bath", "tea_bath")),
        *(("boiler.kind", "茶浴炉(茶水炉)", "tea_bath"), ("boiler.kind", "Tea-Bath", "tea_bath")),
    ],
)
def test_word(read: Any, key: str, raw: str, value: str) -> None:
    assert read(key, raw) == value


@pytest.mark.parametrize(
    "raw", ["wood", "coa", "煤炭", "coal oil", "coal,oil", 1, True, "coal\x00"]
)
def test_no_word_of_the_list(read: Any, raw: Any) -> None:
    error = refused(read, "boiler.fuel", raw)
    assert "coal, oil, gas" in error.problem


def test_a_wrong_word_offers_the_nearest(read: Any) -> None:
    assert "did you mean coal?" in refused(read, "boiler.fuel", "coall").problem
    assert "did you mean" not in refused(read, "boiler.fuel", "zzzzzz").problem


def test_free_text_keeps_its_case(read: Any) -> None:
    assert read("source.id", "  GC-Brewery ") == "GC-Brewery"


# several of a list


@pytest.mark.parametrize(
    ("raw", "members"),
    [
        ("household", ["household"]),
        ("shop,household", ["household", "shop"]),
        ("居民，工业", ["household", "industry"]),
        ("居民、工业", ["household", "industry"]),
        ("居民;工业；shop", ["household", "industry", "shop"]),
        ("household, household", ["household"]),
        (" 居民 ,", ["household"]),
        # labels that hold 、 themselves
        ("农业大棚、畜禽舍", ["farm"]),
        ("商铺（餐饮、洗浴、理发、摊贩等）", ["shop"]),
        ("商铺（餐饮、洗浴、理发、摊贩等），农业大棚、畜禽舍", ["farm", "shop"]),
        ("商铺、居民", ["household", "shop"]),
        (["shop", "居民"], ["household", "shop"]),
        (("industry",), ["industry"]),
    ],
)
def test_members(read: Any, raw: Any, members: list[str]) -> None:
    assert read("user.kind", raw) == members


@pytest.mark.parametrize("raw", ["household,king", "king", "居民|工业", ["household", "king"], 5])
def test_one_wrong_member_spoils_the_list(read: Any, raw: Any) -> None:
    refused(read, "user.kind", raw)


@pytest.mark.parametrize("raw", [",", "、", ";", " ， ", "；;"])
def test_a_list_of_nothing_is_not_the_empty_list(read: Any, raw: str) -> None:
    """A multi fact is taken as complete: [] would turn "nothing said" into "none of these"."""
    try:
        assert read("user.kind", raw) is None
    except FactError as error:
        assert error.key == "user.kind"


@pytest.mark.parametrize("raw", ["household,unknown", "居民、不详", "household,?"])
def test_a_list_with_an_unknown_member_is_not_complete(read: Any, raw: str) -> None:
    """Taken as [household] it would deny every other member that nobody knows about."""
    try:
        assert read("user.kind", raw) is None
    except FactError as error:
        assert error.key == "user.kind"


# unknown facts


def test_an_unknown_fact_offers_the_nearest(read: Any) -> None:
    error = refused(read, "machine.stag", 3)
    assert "machine.stage" in error.problem
    assert "machine.stag=3" in str(error)


def test_an_unknown_fact_with_nothing_near(read: Any) -> None:
    assert "did you mean" not in refused(read, "qqqqqqqqqqqq", 1).problem


def test_an_unknown_fact_is_refused_even_when_empty(read: Any) -> None:
    refused(read, "machine.colour", "")


def test_nearest() -> None:
    assert (
        nearest("machin.stage", ["machine.stage", "site.area"]) == "; did you mean machine.stage?"
    )
    assert nearest("x", []) == ""


@pytest.mark.parametrize("key", ["x" * 100000, "machine.stage\n", "\x00", "None", ""])
def test_hostile_keys(read: Any, key: str) -> None:
    refused(read, key, "1")


@pytest.mark.parametrize(
    "key", [CAPACITY, STAGE, MADE, "boiler.listed", "boiler.fuel", "user.kind"]
)
@pytest.mark.parametrize(
    "raw", ["x" * 200000, "1" + " " * 100000 + "x", "\x1b[31m", "'; DROP--", {}]
)
def test_hostile_values(read: Any, key: str, raw: Any) -> None:
    refused(read, key, raw)


# the error a person reads


def test_the_error_names_key_and_value(read: Any) -> None:
    error = refused(read, CAPACITY, "ten")
    assert str(error).startswith(f"{CAPACITY}=ten: ")


@pytest.mark.parametrize("value", ["10\n20", "10\r\nroot", "a\x1b[2Jb", "x\u2028y"])
def test_bad_input_is_one_printable_line(rules_book: Any, value: str) -> None:
    """design §5: one clear line on stderr; a value must not write its own."""
    with pytest.raises(BadInput) as caught:
        read_facts([f"{CAPACITY}={value}"], rules_book.book())
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert "\x1b" not in message


def test_bad_input_does_not_repeat_a_novel(rules_book: Any) -> None:
    with pytest.raises(BadInput) as caught:
        read_facts([f"{CAPACITY}={'x' * 100000}"], rules_book.book())
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("raw", ["1e400", "9" * 5000])
def test_bad_input_for_figures_without_end(rules_book: Any, raw: str) -> None:
    with pytest.raises(BadInput):
        read_facts([f"{CAPACITY}={raw}"], rules_book.book())


def test_fold() -> None:
    assert fold(" ＡｂＣ　") == "abc"


# facts and assertions given together


def test_read_facts_parts_facts_from_assertions(rules_book: Any) -> None:
    of = rules_book.book([rules_book.rule("R")])
    given = {
        "machine.stage": "国三",
        "boiler.listed": "",
        "zone.town": "内",
        "force.plan": "OUT",
        "force.R": "in",
        "rule.R": "met",
    }
    typed, asserted = read_facts(given, of)
    assert typed == {"machine.stage": 3}
    expected = {"zone.town": "inside", "force.plan": "out", "force.R": "in", "rule.R": "met"}
    assert asserted == expected


def test_read_facts_takes_text(rules_book: Any) -> None:
    typed, asserted = read_facts(["source.id=Other", " boiler.fuel = 煤 "], rules_book.book())
    assert (typed, asserted) == ({"source.id": "other", "boiler.fuel": "coal"}, {})
    with pytest.raises(BadInput) as caught:
        read_facts(["source.id=a=b"], rules_book.book())
    assert "source.id=a=b" in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        *(["machine.stage"], ["=3"], ["zone.twon=inside"], ["zone.town=near"], ["alert=red"]),
        *(["season.winter=inside"], ["force.nobody=in"], ["rule.nobody=met"], ["position=1"]),
        *(["machine.stage=3", "machine.stage=4"], ["force.plan=inside"], ["zone.=inside"]),
    ],
)
def test_read_facts_refuses(rules_book: Any, given: list[str]) -> None:
    with pytest.raises(BadInput):
        read_facts(given, rules_book.book())


def test_an_unknown_zone_offers_the_nearest(rules_book: Any) -> None:
    with pytest.raises(BadInput, match="town"):
        read_facts(["zone.twon=inside"], rules_book.book())


# what an activity implies


def test_implied_fills_an_absent_fact(rules_book: Any) -> None:
    for strict in (True, False):
        found = implied({}, {"vehicle.use": "spoil"}, rules_book.FACTS, strict)
        assert found == {"vehicle.use": "spoil"}


def test_implied_adds_to_a_multi_fact(rules_book: Any) -> None:
    for strict in (True, False):
        given = {"plant.sector": ["steel"]}
        found = implied(given, {"plant.sector": "mine"}, rules_book.FACTS, strict)
        assert found == {"plant.sector": ["mine", "steel"]}
        assert given == {"plant.sector": ["steel"]}
    # a tuple is open: a mine, and perhaps a steelworks too
    assert implied({}, {"plant.sector": "mine"}, rules_book.FACTS, True) == {
        "plant.sector": ("mine",)
    }


def test_implied_agrees_with_the_same_value(rules_book: Any) -> None:
    given = {"vehicle.use": "spoil", "machine.stage": 3}
    assert implied(given, {"vehicle.use": "spoil"}, rules_book.FACTS, True) == given


def test_implied_strict_refuses_another_value(rules_book: Any) -> None:
    given = {"vehicle.use": "general"}
    with pytest.raises(FactError, match=r"vehicle\.use"):
        implied(given, {"vehicle.use": "spoil"}, rules_book.FACTS, True)
    assert implied(given, {"vehicle.use": "spoil"}, rules_book.FACTS, False) == given
