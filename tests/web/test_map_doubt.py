"""What the table did not know the page does not know either: doubt, colours, words of a firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.cli import main
from zonerules.jobs.webmap.firms import firms
from zonerules.jobs.webmap.page import Wish
from zonerules.tests.web.maps import DAY, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zonerules.jobs.open import Catalogue

ASKED = ["--date", DAY, "--activity", "demolish", "--activity", "operate-boiler"]
QUERY = "zonerulesPage.answer.query"
TOWN = "郑州市管城回族区十八里河镇"


@pytest.fixture(scope="module")
def shown(browser: Any, shipped: Catalogue, tmp_path_factory: Any) -> Iterator[Shown]:
    """A table in an unknown datum, one row near a boundary and one that its address places."""
    folder: Path = tmp_path_factory.mktemp("doubt")
    source, out = folder / "in.csv", folder / "out.csv"
    source.write_text(
        "名称,lon,lat,地址,误差 [accuracy]\n近界厂,113.653,34.735,,\n粗厂,113.7,34.74,,300\n"
        f"丙厂,,,{TOWN},\n",
        encoding="utf-8",
    )
    asked = ["--datum", "unknown", "--address-col", "地址", *ASKED]
    assert main(["check", str(source), "-o", str(out), *asked]) == 0
    rows, colours = firms(out, datum="unknown")
    wish = Wish(date=DAY, offline=True, firms=rows, coloured=colours)
    opened = Shown(browser, folder, shipped.data, wish)
    yield opened
    assert opened.problems == []
    opened.context.close()


@pytest.fixture
def page(shown: Shown) -> Shown:
    shown.fresh()
    shown.page.evaluate("void zonerulesPage.change({ accuracy: 10, usual: 10 })")
    return shown


def ask_firm(page: Shown, at: int) -> Any:
    page.page.evaluate(f"void zonerulesPage.showFirm(zonerulesPage.extra.firms[{at}], true)")
    page.page.get_by_role("button", name="查询此处").click()
    return page.page.evaluate(f"{QUERY}.accuracy_m")


def test_the_whole_doubt_of_a_row_goes_along(page: Shown) -> None:
    assert ask_firm(page, 0) == 710
    verdicts = page.page.evaluate("zonerulesPage.answer.verdicts.map((one) => one.verdict)")
    assert "cannot_determine" in verdicts
    assert "重新判定" in page.text() and "±710 米" in page.text()
    assert ask_firm(page, 1) == 1000  # its own 300 and the datum
    disc = page.page.evaluate("zonerulesPage.extra.firms[2].radius_m")
    assert disc > 4000 and ask_firm(page, 2) == disc
    assert "地址写明的县" in page.text()
    page.page.evaluate("zonerulesPage.askAt(113.7, 34.74)")
    assert page.page.evaluate(f"{QUERY}.accuracy_m") == 10
    assert "重新判定" not in page.text()


def test_a_table_that_was_less_sure_than_it_says_is_believed(page: Shown) -> None:
    """Points of a .gpkg need no datum, so that nobody says that the check had none either."""
    firm = "{ ...zonerulesPage.extra.firms[0], doubt_m: undefined }"
    page.page.evaluate(f"void zonerulesPage.showFirm({firm}, true)")
    assert "检查时用的误差更大" in page.text(".card")
    page.page.get_by_role("button", name="查询此处").click()
    assert 500 <= page.page.evaluate(f"{QUERY}.accuracy_m") <= 1000
    where = "zonerulesPage.answer.zones.find((zone) => zone.id === 'gc-district').location"
    assert page.page.evaluate(where) == "near"


def test_an_answer_other_than_that_of_the_table_is_said(page: Shown) -> None:
    firm = "{ ...zonerulesPage.extra.firms[0], doubt_m: 1, verdict: 'prohibited' }"
    page.page.evaluate(f"void zonerulesPage.showFirm({firm}, true)")
    page.page.get_by_role("button", name="查询此处").click()
    assert "与表中不同：表中“禁止”" in page.text("#body .error")


def test_a_click_is_known_no_better_than_a_pixel(page: Shown) -> None:
    # 156543 m at zoom 0 on the equator, halved eight times, by the cosine of the latitude: 502
    page.page.evaluate("void zonerulesMap.setView([34.735, 113.69], 8, {animate: false})")
    box = page.page.locator("#map_page").bounding_box()
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 90)
    taken = page.page.evaluate(f"{QUERY}.accuracy_m")
    assert taken == pytest.approx(502, rel=0.02)
    assert f"一个像素约 {taken} 米" in page.text()
    page.page.fill("input[name=accuracy]", "50")
    page.page.press("input[name=accuracy]", "Tab")
    assert page.page.evaluate(f"{QUERY}.accuracy_m") == 50
    assert "大于所填误差 ±50 米" in page.text("#body .error")
    page.page.fill("input[name=accuracy]", "")
    page.page.press("input[name=accuracy]", "Tab")
    assert page.page.evaluate(f"{QUERY}.accuracy_m") == 10  # never 0
    page.page.fill("input[name=accuracy]", "-5")
    page.page.press("input[name=accuracy]", "Tab")
    assert "位置精度（米） -5" in page.text("[role=alert]") and "--" not in page.text(
        "[role=alert]"
    )


def test_colours_say_whose_verdict_they_are_on_paper_too(page: Shown) -> None:
    page.tab("layers")
    told = page.text()
    assert "zr_verdict_demolish" in told and "不随日期改变" in told
    assert "表中还有 zr_verdict_operate_boiler" in told
    page.page.evaluate("void zonerulesPage.paper.enter()")
    assert "不随日期改变" in page.text(".legend")
    page.page.evaluate("void zonerulesPage.paper.leave()")


def test_a_card_has_names_in_the_language_of_the_page(page: Shown) -> None:
    for lang, inside in (("zh", "所在区域"), ("en", "Inside")):
        page.page.evaluate(f"zonerulesPage.lang = '{lang}'; zonerulesPage.build()")
        page.page.evaluate("void zonerulesPage.showFirm(zonerulesPage.extra.firms[1])")
        card = page.text(".card")
        assert inside in card
        assert not any(raw in card for raw in ("zr_", "no_data", "gc-district", "cannot_determine"))
    page.page.evaluate("zonerulesPage.lang = 'zh'; zonerulesPage.build()")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("34.735,113.69", "113.69, 34.735"),
        ("34.735,113.69", "纬度写在前"),
        ("113°41′24″ 34°44′06″", "十进制度"),
        ("500123.4, 3845678.9", "十进制度"),
        ("某厂", "没有找到"),
    ],
)
def test_coordinates_in_another_spelling_are_not_just_not_found(
    page: Shown, typed: str, told: str
) -> None:
    page.page.fill("#search", typed)
    page.until("!document.querySelector('#found').hidden")
    page.page.wait_for_timeout(80)
    assert told in page.text("#found")
    page.page.fill("#search", "")
