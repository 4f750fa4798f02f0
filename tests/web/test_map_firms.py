"""Enterprises that only an address places, or nothing; and what the page asks when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.webmap.page import Wish
from zonerules.tests.web.maps import DAY, FIRMS, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zonerules.jobs.open import Catalogue

ADDRESSED = {
    **{"lon": 113.69, "lat": 34.68, "radius_m": 7000.0, "name": "丙厂", "verdict": "required"},
    "told": [["zr_place", "乡镇 十八里河镇 ±7.0 km"]],
}
NOWHERE = {
    **{"name": "<b>丁厂", "verdict": "", "told": []},
    "why": {"en": "no coordinates in this row", "zh": "此行没有坐标"},
}
ANSWERED = "zonerulesPage.answer.query.radius_m"


@pytest.fixture(scope="module")
def online(browser: Any, shipped: Catalogue, tmp_path_factory: Any) -> Iterator[Shown]:
    folder: Path = tmp_path_factory.mktemp("firms")
    wish = Wish(date=DAY, firms=[*FIRMS, ADDRESSED, NOWHERE])
    shown = Shown(browser, folder, shipped.data, wish)
    yield shown
    shown.context.close()


def test_opening_the_page_asks_nobody_and_openstreetmap_is_one_choice_away(online: Shown) -> None:
    online.tab("layers")
    base = online.page.get_by_label("底图", exact=True)
    assert base.input_value() == "none"
    assert online.foreign() == []
    base.select_option("osm")
    online.until("zonerulesPage.failed > 0")  # the test has no network
    assert {url.split("/")[2] for url in online.foreign()} == {"tile.openstreetmap.org"}
    base.select_option("none")


def test_an_address_is_a_disc_and_is_asked_as_one(online: Shown) -> None:
    discs = """zonerulesPage.layers.discs.flatMap((group) => group.getLayers())
        .map((disc) => [disc.getLatLng().lng, disc.getLatLng().lat, disc.getRadius()])"""
    assert online.page.evaluate(discs) == [[113.69, 34.68, 7000]]
    online.page.evaluate("void zonerulesPage.showFirm(zonerulesPage.extra.firms[2], true)")
    assert "按地址定位，半径 7000 米" in online.text(".card")
    online.page.get_by_role("button", name="查询此处").click()
    assert online.page.evaluate(ANSWERED) == 7000
    online.page.evaluate("zonerulesPage.askAt(113.7, 34.74)")
    assert online.page.evaluate(ANSWERED) == 10  # as before
    layers = "zonerulesPage.layers"
    at = online.page.evaluate(f"{layers}.firms.findIndex((one) => one.verdict === 'required')")
    for on in (False, True):
        online.page.evaluate(f"{layers}.showFirms({at}, {str(on).lower()})")
        assert online.page.evaluate(f"zonerulesMap.hasLayer({layers}.discs[{at}])") is on


def test_an_enterprise_without_a_place_is_listed_and_found(online: Shown) -> None:
    online.tab("layers")
    online.page.click("#body .unplaced summary")
    listed = online.text("#body .unplaced")
    assert "企业（没有位置） (1)" in listed and "<b>丁厂：此行没有坐标" in listed
    online.page.fill("#search", "丁厂")
    online.until("document.querySelector('#found li small')")
    assert "企业（没有位置）" in online.text("#found")
    online.page.press("#search", "Enter")
    assert "没有位置：此行没有坐标" in online.text(".card")
    assert online.page.get_by_role("button", name="查询此处").count() == 0
    online.page.evaluate("zonerulesPage.turn()")
    online.tab("layers")
    assert "enterprise without a place (1)" in online.text("#body .unplaced summary")
