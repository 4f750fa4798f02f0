"""Facts as they are given: words, lists, unknown facts, the error a person reads, what follows."""

from __future__ import annotations

from typing import Any

import pytest

from zonerules.jobs.answer import BadInput, read_facts
from zonerules.rules.facts import FactError, fold, implied, nearest
from zonerules.tests.unit.rules_book import CAPACITY, MADE, STAGE, refused

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
