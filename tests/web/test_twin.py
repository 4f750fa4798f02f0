"""Parts of the JavaScript twin that random questions seldom reach, and how the script is joined."""

from __future__ import annotations

import html
import json
import math
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.webmap.script import MODULES, data_element, joined, script
from zonerules.layers.datum import DATUMS, gcj02_to_bd09, to_wgs84, wgs84_to_gcj02
from zonerules.layers.orient import ring_of, ring_side
from zonerules.rules.facts import FactError, parse
from zonerules.rules.messages import in_language
from zonerules.tests.unit.rules_book import FACTS
from zonerules.tests.web.made import catalogue as made_catalogue
from zonerules.tests.web.parity import differences, plain

if TYPE_CHECKING:
    from zonerules.jobs.open import Catalogue

RAW: tuple[Any, ...] = (
    *(
        "",
        " ",
        "未知",
        "？",
        "n/a",
        "unknown",
        None,
        "true",
        "是",
        "没有",
        "1",
        "0",
        "2",
        "7",
        "-1",
    ),
    *("1.5", "1,234.5", "12,34", ".5", "5.", "+3", "1e3", "1e-3", "1e99", "1e100", "9" * 31, "--1"),
    *("0.0009765625", "0.0029296875", "1e-9", "5e-10", "123456789.1234567895", "0.1 t/h", "7 MW"),
    *("0.7mw", "7兆瓦", "700 千瓦", "10 蒸吨/小时", "10蒸吨 / 小时", "3 亩", "1公顷", "5 furlongs"),
    *("５０％", "٣", "१२.५", "①", "²", "³级", "6级", "-60", "-61", "-10 ℃", "1 000", "5\u3000t/h"),
    *("国三", "国Ⅲ", "国ⅲ阶段", "III", "China IV", "Tier-2", "euro 3", "第三阶段", "Ⅱ类", "国零"),
    *(
        "国一前",
        "超标",
        "pre-I",
        "国九",
        "vii",
        "国10",
        "１",
        "constructor",
        "toString",
        "__proto__",
    ),
    *("2016", "2016-02", "2016-02-29", "2015-02-29", "2016年2月", "2016年2月29日", "2016/2/9"),
    *(
        "2016.13",
        "1899-01-01",
        "2200-01-01",
        "0000-01-01",
        "２０１６-０１-０１",
        "2016-1-1x",
        "从未",
    ),
    *(
        "never",
        "coal",
        "Coal",
        "煤",
        "煤(含各种煤制品)",
        "茶浴炉",
        "tea bath",
        "tea-bath",
        "coat",
        "油气",
    ),
    *(
        "household",
        "居民,商铺",
        "household;shop",
        "农业大棚、畜禽舍",
        "居民、工业",
        "居民、未知",
        "shop，？",
    ),
    *(
        "e\u0301cole",
        "école",
        "ﬁn",
        "  x  ",
        "\u001cx\u0085",
        "\ufeffx",
        "a\u2028b",
        "a\nb",
        "5\nt",
    ),
    *("😀" * 90, "x" * 200, "İstanbul", "ΑΣ", "ẞ", "'quoted'", "\"both'", "back\\slash"),
    *(True, False, 0, 1, 2, 3.5, -4, 10**6, 1e-5, 123456.75, ["household"], ["shop", "farm"], []),
    *(["shop", "nothing"], ["it's", 2, None], [True]),
)


def test_the_validator_of_facts_is_the_same(twin: Any) -> None:
    """Every raw value for every fact of the small rule books: value, or error in both languages."""
    twin.use(made_catalogue(Random(0)))
    pairs = [(key, raw) for key in [*FACTS, "no.such"] for raw in RAW]
    read = 0
    for (key, raw), told in zip(pairs, twin.facts(pairs)):
        try:
            expected = plain(parse(key, raw, FACTS))
            read += expected is not None
        except FactError as error:
            expected = {"error": {lang: in_language(error, lang) for lang in ("en", "zh")}}
        assert list(differences(expected, told)) == [], (key, raw)
    assert read > 300


def test_the_nearest_word_is_the_same(twin: Any, shipped: Catalogue) -> None:
    import difflib

    random = Random(3)
    known = [*shipped.book.facts, *shipped.book.zones]
    names = [record["name"]["zh"] for record in shipped.book.zones.values()]
    pairs = []
    for words in (known, names, ["", "a", "b"], ["ab" * 120, "ba" * 130]):
        for _ in range(60):
            letters = list(random.choice(words))
            for _ in range(random.randint(0, 5)):
                if letters:
                    letters[random.randrange(len(letters))] = random.choice("abz.-区")
            random.shuffle(words)
            pairs.append(("".join(letters[random.randint(0, 3) :]), words[:80]))
    expected = [difflib.get_close_matches(word, some, 1, 0.5) for word, some in pairs]
    assert twin.nearest(pairs) == [found[0] if found else None for found in expected]
    assert sum(map(bool, expected)) > 100


def test_figures_are_printed_alike(twin: Any) -> None:
    random = Random(5)
    values = [0.0, -0.0, 0.5, 1.5, 2.5, 0.25, 0.75, -0.25, 113.0078125, 1e-7, 1e16, 1e22, 0.1]
    values += [100000.5, 999999.5, 0.0001, 0.00001, 123456.5, 1.0000005, 1e5, 700.0, 1234.5678]
    values += [random.uniform(-1, 1) * 10 ** random.randint(-6, 12) for _ in range(400)]
    values += [random.randrange(2**20) / 2 ** random.randint(0, 12) for _ in range(400)]
    for value, told in zip(values, twin.figures(values)):
        text = repr(value) if value != int(value) or abs(value) >= 1e21 else str(int(value))
        assert told[:3] == [f"{value:.6f}", f"{value:.1f}", f"{value:g}"], value
        assert told[3] == text or value == 0, value


def test_datums_are_the_same_to_a_millionth_of_a_metre(twin: Any) -> None:
    random = Random(9)
    rows, back = [], []
    for _ in range(200):
        spot = (random.uniform(70, 140), random.uniform(0, 57))
        rows.append((*wgs84_to_gcj02(*spot), random.choice(DATUMS)))
        back.append((*spot, random.choice(DATUMS)))
    for (*spot, datum), (lon, lat) in zip(back, twin.into_datums(back)):
        moved = wgs84_to_gcj02(*spot) if datum in ("gcj02", "bd09") else spot
        expected = gcj02_to_bd09(*moved) if datum == "bd09" else moved
        assert math.isclose(lon, expected[0], abs_tol=1e-11), (spot, datum)
        assert math.isclose(lat, expected[1], abs_tol=1e-11), (spot, datum)
    for row, (lon, lat) in zip(rows, twin.datums(rows)):
        expected = to_wgs84(*row)
        assert math.isclose(lon, expected[0], abs_tol=1e-11), row
        assert math.isclose(lat, expected[1], abs_tol=1e-11), row


def test_a_point_a_hair_beside_an_edge_is_told_from_one_on_it(twin: Any) -> None:
    """Where floats cannot decide: points on slanted edges and one unit in the last place beside."""
    random = Random(11)
    ring = [[113.1, 34.1], [113.7, 34.3], [113.4, 34.9], [113.1, 34.1]]
    points = [ring[0], ring[1]]
    for _ in range(300):
        (x1, y1), (x2, y2) = random.choice([ring[0:2], ring[1:3], ring[2:4]])
        share = random.choice([0.5, 0.25, random.random()])
        lon, lat = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
        step = random.choice([0, 1, -1])
        points.append([lon, math.nextafter(lat, math.inf * step) if step else lat])
    expected = [ring_side(ring_of(ring), lon, lat) for lon, lat in points]
    assert twin.sides(ring, points) == expected
    assert set(expected) == {-1, 0, 1}
    for (lon, lat), side in zip(points, expected):
        assert (side == 0) == any(_on(a, b, lon, lat) for a, b in zip(ring, ring[1:]))


def _on(a: list[float], b: list[float], lon: float, lat: float) -> bool:
    """Exactly on the segment, in rational numbers."""
    (ax, ay), (bx, by), (px, py) = (tuple(map(Fraction, place)) for place in (a, b, (lon, lat)))
    if (bx - ax) * (py - ay) != (by - ay) * (px - ax):
        return False
    return min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by)


# --- the page ------------------------------------------------------------------------------------


def test_the_page_answers_as_documented(twin: Any, shipped: Catalogue) -> None:
    query = {"lon": 113.69, "lat": 34.735, "date": "2017-11-20", "facts": {"machine.stage": 1}}
    query["activity"] = "operate-non-road-machinery"
    answer = twin.page.evaluate("(query) => zonerules.answer(query)", query)
    assert answer["schema"] == "zonerules/answer/1"
    assert [row["verdict"] for row in answer["verdicts"]] == ["prohibited"]
    assert list(differences(plain(shipped.at(**query)), answer)) == []
    blocks = twin.page.evaluate("(answer) => zonerules.digest(answer, 'en')", answer)
    assert [block["kind"] for block in blocks][:4] == ["head", "place", "verdict", "rules"]
    thrown = twin.page.evaluate(
        "() => { try { zonerules.answer({lon: 0, lat: 91}) } catch (e) {"
        " return [e instanceof zonerules.BadInput, e.en, e.zh] } }"
    )
    english, chinese = "LAT 91: must lie between -90 and 90 degrees", "应在 -90 至 90 度之间"
    assert thrown[0] is True
    assert thrown[1].startswith(english) and chinese in thrown[2]


def test_nothing_in_the_data_ends_its_element(browser: Any) -> None:
    value = {"a": "</script><script>alert(1)</script>", "b": "<!--<script>", "c": "\u2028'\"&"}
    element = data_element("x", value)
    assert element.count("<") == 2
    page = browser.new_page()
    page.set_content(f"<p>{html.escape('before')}</p>{element}")
    assert json.loads(page.locator("#x").text_content()) == value
    assert page.locator("script").count() == 1
    page.close()


# --- the script ----------------------------------------------------------------------------------


def test_no_module_imports_and_none_is_long() -> None:
    from zonerules.jobs.webmap.script import _ROOT

    for room in ("layers", "rules", "jobs"):
        for file in (_ROOT / room).rglob("*.mjs"):
            name = file.relative_to(_ROOT).as_posix()
            text = file.read_text(encoding="utf-8")
            assert text.count("\n") < 400, name
            assert text.startswith("/**"), name
            assert max(map(len, text.splitlines())) <= 100, name
    assert len(set(MODULES)) == len(MODULES)
    assert "import " not in "".join(
        line for line in script().splitlines() if not line.lstrip().startswith(("*", "/"))
    )


@pytest.mark.parametrize(
    ("modules", "problem"),
    [
        ({"a": 'import { b } from "./b.mjs";\n'}, "never import"),
        ({"a": "export default 1;\n"}, "never import"),
        ({"a": "const x = 1;\n", "b": "export function x() {}\n"}, "x is declared in a"),
        ({"a": "class Y {}\n", "b": "async function Y() {}\n"}, "Y is declared in a"),
    ],
)
def test_modules_that_cannot_be_joined_are_refused(modules: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        joined(modules)
