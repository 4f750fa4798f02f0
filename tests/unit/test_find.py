"""`zonerules rules`: filters, words and articles, the terminal table, JSON and the Excel file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from zonerules.jobs import cli
from zonerules.jobs.answer import BadInput
from zonerules.jobs.find import find, found, grid, matching, workbook
from zonerules.jobs.find.find import Filters
from zonerules.jobs.find.reading import Reader
from zonerules.jobs.open import Catalogue
from zonerules.jobs.open import open as open_catalogue
from zonerules.jobs.present import width_of

if TYPE_CHECKING:
    from pathlib import Path

GC = "guanzheng-2017-98"
ZM = "zhuzhengban-2017-24"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def ids(catalogue: Catalogue, **filters: str) -> set[str]:
    return {rule["id"] for rule in find.find(catalogue, Filters(**filters)).rules}


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = cli.main(list(args))
    out, err = capsys.readouterr()
    return status, out, err


# -- articles and words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "clause", "yes"),
    [
        ("21", "21", True),
        ("21", "21(2)", True),
        ("21", "211", False),
        ("2", "21", False),
        ("五(四)2", "五(四)2", True),
        ("五(四)2", "五(四)2(1)", True),
        ("五(四)2", "五(四)21", False),
        ("五(四)", "五(四)2", True),
        ("五", "五(四)2", True),
        ("二", "二十", False),
        ("3(3)", "13(3)", False),
        ("五(四)2", "五（四）2", True),
    ],
)
def test_a_clause_has_its_parts_and_no_other(asked: str, clause: str, yes: bool) -> None:
    assert matching.is_clause(asked, clause) is yes


@pytest.mark.parametrize(
    ("asked", "clauses"),
    [
        ("第21条", {"21"}),
        ("第二十一条", {"二十一", "21"}),
        ("21条", {"21"}),
        ("第20条第2项", {"20(2)"}),
        ("第一百零三条", {"一百零三", "103"}),
        ("clause 21", {"21"}),
        ("Article 34(3)", {"34(3)"}),
        ("五（四）2", {"五(四)2"}),
        ("线条", set()),
        ("禁煤", set()),
    ],
)
def test_articles_are_read_as_people_write_them(asked: str, clauses: set[str]) -> None:
    (word,) = matching.read(asked)
    assert set(word.clauses) == clauses


def test_article_21_is_clause_21_with_its_parts(catalogue: Catalogue) -> None:
    """Clause 21 of 管政〔2017〕98号 is the one on non-road machinery."""
    expected = {"GC-58", "GC-59", "GC-60", "GC-61", "GC-61.2"}
    assert ids(catalogue, document=GC, text="第21条") == expected
    assert ids(catalogue, document=GC, text="第二十一条") == expected
    assert ids(catalogue, document=GC, text="article 21") == expected
    assert expected <= ids(catalogue, document=GC, text="21")
    first = find.find(catalogue, Filters(document=GC, text="21")).rules[:5]
    assert {rule["id"] for rule in first} == expected, "the article stands before mere numbers"
    everywhere = find.find(catalogue, Filters(text="第21条")).rules
    assert {rule["clause"].partition("(")[0] for rule in everywhere} == {"21"}
    assert len({rule["document"] for rule in everywhere}) >= 3


def test_a_part_of_a_heading_is_a_clause(catalogue: Catalogue) -> None:
    found_ = find.find(catalogue, Filters(document=ZM, text="五(四)2")).rules
    assert found_ and {rule["clause"] for rule in found_} == {"五(四)2"}
    assert {
        rule["clause"] for rule in find.find(catalogue, Filters(document=GC, text="20")).rules[:11]
    } <= {"20", "20(1)", "20(2)"}
    clauses = {rule["clause"] for rule in find.find(catalogue, Filters(text="三(二)")).rules}
    assert clauses == {"三(二)"}, "the companion plan has a 三(二) of its own"
    companion = find.find(catalogue, Filters(text="companion 三(二)")).rules
    assert {rule["clause"] for rule in companion} == {"companion 三(二)"}


def test_words_are_sought_in_both_languages(catalogue: Catalogue) -> None:
    chinese, english = ids(catalogue, text="非道路"), ids(catalogue, text="Non-road")
    assert {"GC-58", "GC-59"} <= chinese & english
    assert "GC-30" not in chinese | english
    assert {"GC-58"} <= ids(catalogue, text="machinery")
    both = ids(catalogue, text="非道路 第21条")
    assert both and both <= chinese & ids(catalogue, text="第21条")
    assert ids(catalogue, text="按日计罚") >= {"GC-58"}, "consequences are searched too"
    assert ids(catalogue, text="gc-58") == {"GC-58"}
    assert ids(catalogue, document=GC, text="啤酒") >= {"GC-36"}
    coal_free = ids(catalogue, text="禁煤")
    assert coal_free >= {"zz-r14a", "zz-r14b"}  # 巩义 must redraw its coal-free zone
    assert not any(name.startswith("GC-") for name in coal_free)


def test_figures_and_latin_words_are_whole(catalogue: Catalogue) -> None:
    assert "GC-30" in ids(catalogue, document=GC, text="20蒸吨")
    assert not matching._has("120蒸吨", "20蒸吨")
    assert not matching._has("2021年", "21")
    assert matching._has("gc-21", "21")
    assert not matching._has("charcoal", "coal") and matching._has("coal-fired", "coal")


def test_words_nobody_uses_are_named(
    catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = find.find(catalogue, Filters(text="锅炉 飞船"))
    assert nothing.rules == [] and nothing.nowhere == ["飞船"]
    status, out, _ = run(capsys, "rules", "--text", "锅炉 飞船")
    assert status == 0 and "飞船" in out and out.count("\n") == 1


# -- other filters --------------------------------------------------------------------------------


def test_an_activity_brings_the_broader_ones(catalogue: Catalogue) -> None:
    narrow = ids(catalogue, document=GC, activity="operate-furnace")
    broad = ids(catalogue, document=GC, activity="operate-plant")
    assert broad < narrow, "operate-furnace is a case of operate-plant, not the reverse"


def test_a_zone_brings_what_names_it_and_apart_what_lies_around_it(catalogue: Catalogue) -> None:
    hits = find.find(catalogue, Filters(zone="gc-nancao"))
    assert [rule["id"] for rule in hits.direct] == ["GC-112"]
    around = {rule["id"] for rule in hits.containing}
    assert {"GC-59", "GC-29"} <= around, "南曹乡 lies in 管城区"
    assert "GC-58" not in around, "nothing says that it lies in the machinery ban"
    union = find.find(catalogue, Filters(zone="zmd-cluster")).containing
    assert any("zmd-keyregion" in str(rule.get("where")) for rule in union), "by a derived union"
    assert not set(hits.relations) - {rule["id"] for rule in hits.rules}


def test_exemptions_come_with_the_rules_they_lift(catalogue: Catalogue) -> None:
    hits = find.find(catalogue, Filters(zone="gc-heatnet"))
    assert hits.relations["GC-30"] == "named"
    assert hits.relations["GC-36"] == "lifts", "the brewery's exemption names no place itself"
    alone = find.find(catalogue, Filters(zone="gc-heatnet", kind="exemption"))
    assert "GC-36" in alone.relations


def test_containing_zones_are_certain_ones_only() -> None:
    zones: dict[str, Any] = {
        "land": {},
        "city": {"within": "land"},
        "town": {"within": "city"},
        "other": {"within": "land"},
        "both": {"derived": {"union": ["town", "other"]}},
        "shared": {"within": "city", "derived": {"intersection": ["town", "other"]}},
        "rest": {"within": "city", "derived": {"complement": "town"}},
        "minus": {"derived": {"difference": ["city", "town"]}},
        "twin": {"same_as": "city"},
    }
    assert find.containing_zones("town", zones) == {"city", "land", "both", "twin"}
    assert find.containing_zones("shared", zones) == {
        "town",
        "other",
        "city",
        "land",
        "both",
        "twin",
    }
    assert find.containing_zones("rest", zones) == {"city", "land", "twin"}
    assert find.containing_zones("minus", zones) == {"city", "land", "twin"}
    assert find.containing_zones("land", zones) == set()


def test_a_zone_left_out_is_no_place_of_the_rule() -> None:
    where = {"all": ["a", {"not": {"any": ["b", {"not": "c"}]}}]}
    assert list(find._held(where)) == ["a", "c"]


def test_documents_kinds_and_audiences(catalogue: Catalogue) -> None:
    every = ids(catalogue, document=GC)
    assert every == ids(catalogue, document="管政〔2017〕98号")
    assert ids(catalogue, document=GC, kind="exemption") == ids(catalogue, document=GC, kind="豁免")
    assert {"GC-36", "GC-75"} <= ids(catalogue, document=GC, kind="exemption")
    operator = ids(catalogue, document=GC, audience="operator")
    authority = ids(catalogue, document=GC, audience="authority")
    assert operator | authority == every and not operator & authority
    assert "GC-58" in operator and "GC-13" in authority


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--document", "guanzheng-2017-89"), ("--document guanzheng-2017-89", GC)),
        (("--activity", "boiler"), ("--activity boiler", "operate-boiler")),
        (("--zone", "gc-nrmm-bann"), ("--zone gc-nrmm-bann", "gc-nrmm-ban")),
        (("--kind", "prohibitio"), ("--kind prohibitio", "prohibition")),
        (("--audience", "firm"), ("--audience firm", "operator")),
        (("--text", " "), ("--text", "第21条")),
        (("--changes", "2017"), ("--changes 2017", "FROM..TO")),
        (("-o", "list.csv"), ("-o list.csv", ".xlsx")),
        (("-o", "no-such-folder/list.xlsx"), ("-o no-such-folder/list.xlsx",)),
    ],
)
def test_wrong_input_gets_one_line_and_status_two(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...], words: tuple[str, ...]
) -> None:
    status, out, err = run(capsys, "rules", *args)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and err.startswith("zonerules: ")
    for word in words:
        assert word in err


# -- conditions, places and times in words --------------------------------------------------------


def test_conditions_in_words(catalogue: Catalogue) -> None:
    chinese, english = Reader(catalogue, "zh"), Reader(catalogue, "en")
    rule = catalogue.book.by_id["GC-30"]
    assert chinese.condition(rule["when"]) == "锅炉燃料=煤 且 额定蒸发量≤20 t/h"
    assert english.condition(rule["when"]).endswith("= coal and rated steam capacity ≤ 20 t/h")
    assert chinese.condition(None) == ""
    nested = {
        "any": [
            {"fact": "machine.stage", "le": 1},
            {"all": [{"fact": "machine.made", "lt": "2009-10-01"}, {"rule": "GC-58"}]},
        ]
    }
    assert chinese.condition(nested) == (
        "排放阶段≤1 或 （生产日期早于 2009-10-01 且 GC-58 中未写明的条件成立）"
    )
    listed = {"fact": "boiler.kind", "in": ["tea_bath", "range"]}
    assert chinese.condition(listed) == "锅炉类型为茶浴炉、大灶之一"
    assert chinese.condition({"fact": "boiler.kind", "in": ["range"]}) == "锅炉类型=大灶"
    refused = {"not": {"fact": "vehicle.gps", "eq": True}}
    assert chinese.condition(refused) == "非（装有定位装置并联网=是）"
    between = {"fact": "machine.age_years", "between": [5, 10]}
    assert chinese.condition(between) == "使用年限在 5 年 至 10 年 之间"
    brewery = {"fact": "source.id", "eq": "jinxing-brewery"}
    assert "金星啤酒" in chinese.condition(brewery)


def test_every_condition_of_the_catalogue_can_be_read(catalogue: Catalogue) -> None:
    for lang in ("zh", "en"):
        reader = Reader(catalogue, lang)
        for rule in catalogue.book.rules:
            for name in ("when", "keep"):
                assert bool(reader.condition(rule.get(name))) is (name in rule)
            assert reader.place(rule.get("where")) and reader.time(rule)
            assert reader.time_short(rule)


def test_times_never_give_one_day_for_an_unprinted_bound(catalogue: Catalogue) -> None:
    reader = Reader(catalogue, "zh")
    rules = catalogue.book.by_id
    assert reader.time(rules["GC-58"]) == "起：2017-06-01；止：长期"
    assert reader.time(rules["GC-59"]) == (
        "起：未印明，不早于 2017-06-01、不迟于 2017-10-17；止：未印明，2018-03-31 后是否继续不明"
    )
    assert reader.time(rules["GC-81"]).startswith("起：不早于 2017-10-01、不迟于 2017-10-31")
    assert reader.time(rules["GC-74"]) == "限于采暖季"
    assert reader.time(rules["GC-36"]) == "与所豁免的条文同时有效"
    assert reader.time_short(rules["GC-59"]) == "方案期"
    assert reader.time_short(rules["GC-81"]) == "2017-10起"
    assert reader.time_short(rules["GC-30"]) == "限2017-08-31"


def test_places_in_words(catalogue: Catalogue) -> None:
    reader = Reader(catalogue, "zh")
    assert reader.place(catalogue.book.by_id["GC-47"]["where"]) == "大围合区域 且 管城回族区"
    assert reader.place({"not": "gc-district"}) == "管城回族区以外"
    nested = {"all": [{"any": ["gc-district", "gc-nancao"]}, {"not": "gc-jindai"}]}
    assert reader.place(nested).startswith("（管城回族区、")
    assert reader.place(None) == "随所豁免的条文"


# -- output ---------------------------------------------------------------------------------------


def test_wrapping_keeps_to_its_columns_and_loses_nothing() -> None:
    text = "2017年6月1日起，（在中州大道）西侧不得使用 non-road machinery，新旧都一样。"
    for columns in range(12, 40):
        lines = grid.wrap(text, columns)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        for line in lines:
            assert width_of(line) <= columns
            assert not line.startswith(("，", "。", "）")) and not line.endswith("（")
    assert grid.wrap("a\nb", 9) == ["a", "b"]
    assert grid.wrap("x" * 10, 4) == ["xxxx", "xxxx", "xx"]
    assert grid.wrap("a\x1b[31mb", 20) == ["a [31mb"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100, 140])
def test_the_table_keeps_to_the_terminal(catalogue: Catalogue, lang: str, columns: int) -> None:
    hits = find.find(catalogue, Filters(zone="gc-nancao"))
    lines = found.rules_text(hits, Reader(catalogue, lang), columns).split("\n")
    assert max(map(width_of, lines)) <= columns
    text = "\n".join(lines)
    assert "GC-112" in text and "GC-59" in text
    assert text.index("GC-112") < text.index("GC-59"), "its own rules stand first"


def test_the_table_says_what_where_when_and_who(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    status, out, _ = run(capsys, "rules", "--document", GC, "--text", "第21条")
    assert status == 0
    assert out.startswith("管政〔2017〕98号 ")
    for word in ("编号", "条款", "GC-58", "禁止", "2017-06-01起", "区环境保护局", "共 5 条规定"):
        assert word in out
    monkeypatch.setenv("COLUMNS", "80")
    status, out, _ = run(capsys, "rules", "--document", GC, "--text", "第21条", "--lang", "en")
    assert "GC-58" in out and "prohibition" in out and "5 rules" in out


def test_json_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "rules", "--zone", "gc-heatnet", "--document", GC, "--json")
    assert status == 0
    told = json.loads(out)
    assert told["filters"] == {"document": GC, "zone": "gc-heatnet"}
    assert told["catalogue"]["fingerprint"].startswith("sha256:")
    rows = {row["id"]: row for row in told["rules"]}
    assert told["count"] == len(rows)
    row = rows["GC-30"]
    assert row["when_text"]["zh"] == "锅炉燃料=煤 且 额定蒸发量≤20 t/h"
    assert row["cite"] == {"document": GC, "number": "管政〔2017〕98号", "clause": "13"}
    assert row["force"]["deadline"] == "2017-08-31"
    assert row["unless"] == ["GC-36"] and rows["GC-36"]["lifts"] == ["GC-30", "GC-31"]
    assert row["authorities"]["lead"][0]["zh"] == "区环境保护局"
    assert row["relation"] == "named"
    apart = {row["id"] for row in told["containing"]}
    assert "GC-29" in apart and not apart & set(rows)


def test_the_excel_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "清单.xlsx"
    status, out, _ = run(
        capsys, "rules", "--document", GC, "--changes", "2017-08..2017-09", "-o", str(target)
    )
    assert status == 0 and str(target) in out
    assert [path.name for path in tmp_path.iterdir()] == ["清单.xlsx"]
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["规定", "变化", "说明"]
    sheet = book["规定"]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[0]: dict(zip(heads, row)) for row in sheet.iter_rows(2, values_only=True)}
    assert len(rows) == len(ids(open_catalogue(), document=GC))
    assert rows["GC-30"]["适用条件"] == "锅炉燃料=煤 且 额定蒸发量≤20 t/h"
    assert rows["GC-30"]["条款"] == "13" and rows["GC-30"]["牵头部门"] == "区环境保护局"
    assert rows["GC-30"]["期限"].date().isoformat() == "2017-08-31"
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == sheet.dimensions
    assert sheet["H2"].alignment.wrap_text and sheet.column_dimensions["H"].width >= 40
    about = list(book["说明"].iter_rows(values_only=True))
    assert str(open_catalogue().data["fingerprint"]) in [value for _, value in about]
    assert ("筛选：文件", GC) in about and ("筛选：时段", "2017-08-01 .. 2017-09-30") in about
    run(capsys, "rules", "--document", GC, "-o", str(target), "--lang", "en")
    assert openpyxl.load_workbook(target).sheetnames == ["Rules", "About"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_formulas_are_written_as_text(catalogue: Catalogue, tmp_path: Path, start: str) -> None:
    bad = f'{start}HYPERLINK("http://example.org","x")\x07'
    rules = [dict(rule) for rule in catalogue.data["rules"] if rule["id"] in ("GC-58", "GC-31")]
    for rule in rules:
        rule["summary"] = {"zh": bad, "en": bad}
        rule["unless"] = []
    hostile = Catalogue({**catalogue.data, "rules": rules})
    hits = find.find(hostile, Filters(text=None))
    target = tmp_path / "x.xlsx"
    from zonerules.jobs.find import changes

    told = changes.changes(hostile, hits.rules, "2017-01-01", "2018-12-31", narrowed=False)
    workbook.write(target, hostile, hits, told, "zh")
    book = openpyxl.load_workbook(target)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    dangerous = [cell for cell in cells if str(cell.value).startswith(start)]
    assert len(dangerous) >= 3  # two rules, and at least one of their changes
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in dangerous)
    assert all("\x07" not in str(cell.value) for cell in cells)


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    target = tmp_path / "folder.xlsx"
    target.mkdir()
    hits = find.find(catalogue, Filters(document=GC, text="第21条"))
    with pytest.raises(BadInput, match="cannot be written"):
        workbook.write(target, catalogue, hits, None, "zh")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.xlsx"]


@pytest.mark.parametrize("command", ["rules", "documents"])
def test_help_has_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    status, out, _ = run(capsys, command, "--help")
    assert status == 0 and f"Example: zonerules {command}" in " ".join(out.split())
