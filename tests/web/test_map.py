"""The web map in Chromium without a network: it answers, finds, colours, tests itself, prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from zonerules.jobs.banned.ask import banned
from zonerules.layers.datum import wgs84_to_gcj02
from zonerules.tests.web.parity import differences

if TYPE_CHECKING:
    from zonerules.jobs.open import Catalogue
    from zonerules.tests.web.maps import Shown

PLACE = (113.69, 34.735)
DAY = "2017-11-20"
MACHINES = "operate-non-road-machinery"


def test_one_file_below_six_megabytes(shown: Shown) -> None:
    assert len(shown.html.encode("utf-8")) < 6_000_000
    assert "jquery" not in shown.html.lower() and "bootstrap" not in shown.html.lower()


def test_a_click_answers_as_python_does(shown: Shown, shipped: Catalogue) -> None:
    shown.ask(*PLACE)
    told = shown.page.evaluate("zonerulesPage.answer")
    query = told["query"]
    assert abs(query["lon"] - PLACE[0]) < 1e-3 and abs(query["lat"] - PLACE[1]) < 1e-3
    expected = shipped.at(query["lon"], query["lat"], accuracy_m=10, date=DAY, alert="unknown")
    assert list(differences(json.loads(json.dumps(expected)), told)) == []


def test_verdicts_come_first_then_every_zone(shown: Shown, shipped: Catalogue) -> None:
    shown.ask(*PLACE)
    kinds = shown.page.eval_on_selector_all(
        "#body .answer > section", "all => all.map((one) => one.className)"
    )
    assert [kind.split("-")[-1] for kind in kinds[:2]] == ["head", "overview"]
    listed = shown.text("#body .block-place")
    inside = [
        zone["name"]["zh"]
        for zone in shipped.at(*PLACE, date=DAY)["zones"]
        if zone["location"] == "inside" and zone["basis"] in ("administrative", "approximate")
    ]
    assert len(inside) > 2 and [name for name in inside if name not in listed] == []


def test_a_fact_is_asked_typed_and_decides(shown: Shown) -> None:
    shown.ask(*PLACE)
    shown.page.select_option("#body .form select:has(option[value=earthwork])", MACHINES)
    assert "无法判定" in shown.text("#body .block-verdict")
    stage = shown.page.get_by_label("排放阶段", exact=False).first
    assert stage.evaluate("one => [...one.options].map((o) => o.value)") == ["", *"01234"]
    stage.select_option("1")
    assert "禁止" in shown.text("#body .block-verdict")
    assert "21" in shown.text("#body .block-rules")


def test_ended_plans_are_said_first_and_their_last_day_is_a_click(shown: Shown) -> None:
    shown.ask(*PLACE)
    shown.page.get_by_label("日期", exact=True).fill("2026-11-22")
    shown.page.get_by_label("日期", exact=True).dispatch_event("change")
    first = shown.page.locator("#body .answer > section").first
    assert "block-notice" in first.get_attribute("class")
    first.get_by_role("button").first.click()
    # the Zhengzhou list of 2020 has the latest last day of the plans that reach this place
    assert shown.page.evaluate("zonerulesPage.answer.query.date") == "2021-12-31"


def test_the_slider_asks_for_another_day(shown: Shown) -> None:
    shown.ask(*PLACE)
    shown.page.get_by_label("拖动改变日期").focus()
    shown.page.keyboard.press("ArrowRight")
    shown.until("zonerulesPage.answer.query.date === '2017-11-21'")


def test_found_by_keyboard(shown: Shown) -> None:
    field = shown.page.get_by_role("combobox", name="查找区域")
    field.fill("管城甲")
    shown.page.wait_for_selector("#found li[aria-selected=true]")
    field.press("Enter")
    assert "管城甲厂" in shown.text(".card") and "GC-58" in shown.text(".card")
    field.fill("113.69, 34.735")
    shown.page.wait_for_selector("#found li:has-text('坐标')")
    field.press("Enter")
    assert shown.page.evaluate("zonerulesPage.answer.query.lon") == 113.69
    field.fill("禁止使用")
    shown.page.wait_for_selector("#found li:has-text('区域')")
    field.press("ArrowDown")
    field.press("Escape")
    assert shown.page.locator("#found").is_hidden()


def test_where_it_is_banned(shown: Shown, shipped: Catalogue) -> None:
    shown.tab("banned")
    shown.page.select_option("#body select:has(option[value=earthwork])", MACHINES)
    result = banned(shipped.data, shipped.book, MACHINES, day=DAY)
    told = shown.text("#body")
    for effect, count in result["counts"].items():
        label = {"prohibited": "禁止", "cannot_determine": "无法判定"}.get(effect)
        if label and count:
            assert f"{label} ({count})" in told
    drawn = [row for row in result["zones"] if row["drawn"] and row["effect"] != "unnamed"]
    shapes = [name for row in drawn for name in row["shapes"]]
    # an area and its line; the extent where a zone has one
    zones, units = shipped.data["zones"], shipped.data["units"]
    of = {
        name: zones[name].get("shapes") or units[zones[name]["unit"]]["shapes"] for name in shapes
    }
    areas = sum(3 if of[name].keys() & {"core", "extent"} else 2 for name in shapes)
    assert shown.page.evaluate("zonerulesPage.layers.effects.getLayers().length") == areas
    shown.page.get_by_text("恢复按类别着色").click()
    assert shown.page.evaluate("zonerulesPage.layers.effects.getLayers().length") == 0


def test_layers_by_group(shown: Shown) -> None:
    shown.tab("layers")
    groups = shown.page.eval_on_selector_all("#body legend", "all => all.map((o) => o.textContent)")
    assert groups == ["底图", "管控区与行政区", "界线依据", "污染源", "企业（按结论）"]
    count = "() => zonerulesPage.layers.clusters.getLayers().length"
    before = shown.page.evaluate(count)
    shown.page.get_by_label("煤矿", exact=False).uncheck()
    assert 0 < shown.page.evaluate(count) < before


def test_self_test_in_both_languages(shown: Shown) -> None:
    shown.page.get_by_role("button", name="English").click()
    assert shown.page.evaluate("document.documentElement.lang") == "en"
    shown.tab("more")
    shown.page.get_by_role("button", name="Run the self-test").click()
    count = shown.page.evaluate("zonerulesPage.extra.golden.length")
    assert count > 300 and f"All {count} cases agree." in shown.text()
    first = "zonerulesPage.extra.golden[0].expect.outcome"
    right = shown.page.evaluate(first)
    shown.page.evaluate(f"{first} = 'exempt'")
    shown.page.get_by_role("button", name="Run the self-test").click()
    shown.page.evaluate(f"{first} = '{right}'")
    assert f"1 of {count} cases differ" in shown.text()


def test_measure(shown: Shown) -> None:
    shown.page.evaluate("void zonerulesMap.setView([34.7, 113.6], 12, {animate: false})")
    shown.page.get_by_role("button", name="量距离和面积").click()
    box = shown.page.locator("#map_page").bounding_box()
    for x, y in ((200, 200), (300, 200), (300, 300)):
        shown.page.mouse.click(box["x"] + x, box["y"] + y)
    told = shown.text(".ruler")
    # a pixel is 38.2185 m × cos φ on the sphere of the map, on the ellipsoid × 1.0011 along the
    # parallel, × 0.9966 along the meridian: 3143.4 m at 34.7566° and 3129.8 m at 34.7425°
    assert "6.27 km" in told and "4.92 km²" in told
    assert shown.page.evaluate("zonerulesPage.answer") is None


def test_coordinates_in_the_datum_that_was_chosen(shown: Shown) -> None:
    lon, lat = wgs84_to_gcj02(*PLACE)
    shown.page.get_by_label("坐标系").select_option("gcj02")
    shown.page.evaluate("void zonerulesMap.setView([34.735, 113.69], 13, {animate: false})")
    near = [float(part) for part in shown.text(".readout span").split(", ")]
    assert near == pytest.approx([lon, lat], abs=3e-5)  # a pixel
    field = shown.page.get_by_role("combobox", name="查找区域")
    field.fill(f"{lon:.6f} {lat:.6f}")
    shown.page.wait_for_selector("#found li:has-text('GCJ-02')")
    field.press("Enter")
    told = shown.page.evaluate("zonerulesPage.answer.query")
    assert [told["lon"], told["lat"]] == pytest.approx(list(PLACE), abs=2e-6)
    shown.page.evaluate("zonerulesPage.datum = 'wgs84'")
