"""The web map for everybody: by keyboard, on paper, on a phone, read out, not by colour alone."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from zonerules.tests.web.maps import library

if TYPE_CHECKING:
    from zonerules.jobs.open import Catalogue
    from zonerules.tests.web.maps import Shown

PLACE = (113.69, 34.735)
MACHINES = "operate-non-road-machinery"


def test_hatched_inside_and_plain_where_it_is_only_possible(
    shown: Shown, shipped: Catalogue
) -> None:
    """The core of the ban has the lines of its hatch, the rim of its extent has none."""
    from shapely.geometry import shape

    shapes = shipped.data["zones"]["gc-nrmm-ban"]["shapes"]
    core, extent = shape(shapes["core"]), shape(shapes["extent"])
    rim = extent.difference(core).difference(core.buffer(0.0008)).buffer(-0.0008)
    shown.page.evaluate("void zonerulesMap.setView([34.735, 113.69], 15, {animate: false})")
    colours = {}
    for name, area in (("core", core), ("rim", max(rim.geoms, key=lambda one: one.area))):
        spot = area.representative_point()
        colours[name] = shown.page.evaluate(
            """([lon, lat]) => {
              const { map } = zonerulesPage;
              map.setView([lat, lon], 17, { animate: false });
              const canvas = zonerulesPage.layers.canvases.zones;
              const at = map.latLngToLayerPoint([lat, lon]).subtract(canvas._bounds.min);
              const { data } = canvas._ctx.getImageData(at.x - 12, at.y - 12, 24, 24);
              return new Set(new Uint32Array(data.buffer)).size;
            }""",
            [spot.x, spot.y],
        )
    assert colours["core"] > 3 and colours["rim"] == 1


def test_zones_as_they_stand_on_the_day(shown: Shown) -> None:
    state = "zonerulesPage.layers.states.get('gc-nrmm-ban')"
    hints = "#body fieldset .hint"
    assert shown.page.evaluate(state) == "valid"
    shown.page.evaluate("zonerulesPage.change({date: '2026-11-22'})")
    assert shown.page.evaluate(state) == "unknown"  # its plan ended in 2018, and nobody ended it
    shown.tab("layers")
    assert any("不清楚" in text for text in shown.page.locator(hints).all_inner_texts())
    for validity, day, expected in (
        ({"from": ["2020-01-01", "2020-01-01"]}, "2019-12-31", "absent"),
        ({"from": ["2020-01-01", "2020-01-01"]}, "2020-01-01", "valid"),
        ({"from": ["2020-01-01", "2020-02-01"]}, "2020-01-15", "unknown"),
        ({"until": ["2018-03-31", "2018-03-31"]}, "2018-04-01", "absent"),
        ({"from": ["2017-01-01", "2017-01-01"], "instrument": "unknown"}, "2017-11-20", "unknown"),
    ):
        told = shown.page.evaluate(
            """([validity, day]) => {
              const zone = zonerulesPage.catalogue.book.zones.get("gc-nrmm-ban");
              zone.validity = validity;
              zonerulesPage.change({ date: day });
              delete zone.validity;
              const { nominal, core } = zonerulesPage.layers.drawn.get("gc-nrmm-ban").polygons;
              return [core.options.fillOpacity > 0, nominal.options.weight > 0];
            }""",
            [validity, day],
        )
        assert shown.page.evaluate(state) == expected
        assert told == [expected != "absent", True]  # what is not there keeps a pale line


def test_the_days_can_be_played_and_stopped(shown: Shown) -> None:
    shown.page.get_by_role("button", name="播放").focus()
    shown.page.keyboard.press("Enter")
    shown.until("zonerulesPage.date >= '2018-01-01'")
    shown.page.keyboard.press("Escape")
    assert shown.page.evaluate("zonerulesPage.player.on") is False
    slider = shown.page.get_by_label("拖动改变日期")
    assert slider.get_attribute("aria-valuetext") == shown.page.evaluate("zonerulesPage.date")


def test_escape_closes_what_is_open(shown: Shown) -> None:
    page = shown.page
    page.evaluate("zonerulesPage.showFirm(zonerulesPage.extra.firms[0])")
    page.get_by_role("button", name="量距离和面积").click()
    page.keyboard.press("Escape")
    assert page.evaluate("zonerulesPage.ruler.on") is False and page.locator(".card").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".card").count() == 0
    page.evaluate("zonerulesPage.paper.enter()")
    page.keyboard.press("Escape")
    assert page.evaluate("document.body.className") == ""


def test_everything_is_reached_by_keyboard_and_seen(shown: Shown) -> None:
    """From the first stop to the last, every control once, each with an outline."""
    page = shown.page
    page.keyboard.press("Tab")
    stops: list[str] = []
    for _ in range(90):
        name, seen, kind = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return ["", true, "end"];
              const { outlineStyle, outlineWidth } = getComputedStyle(one);
              const name = one.name || one.id || one.getAttribute("aria-label") || one.textContent;
              return [name, outlineStyle !== "none" && outlineWidth !== "0px", one.className];
            }"""
        )
        if stops and (kind == "end" or name == stops[0]):
            break
        if "leaflet-marker-icon" not in kind and name not in stops:
            stops.append(name)
            assert seen or kind in ("skip", "body", "end"), (name, kind)
        page.keyboard.press("Tab")
    wanted = {"tab-answer", "date", "slider", "today", "play", "alert", "activity", "accuracy"}
    assert wanted <= set(stops), stops


def test_ctrl_p_prints_the_sheet(shown: Shown) -> None:
    """As Ctrl-P does, without the button: A4, the map whole with its lines, legend and answer."""
    pypdf = pytest.importorskip("pypdf")
    shown.ask(*PLACE)
    shown.page.select_option("#body select[name=activity]", MACHINES)
    zoom = shown.page.evaluate("zonerulesMap.getZoom()")
    file = shown.file.with_suffix(".pdf")
    shown.page.pdf(path=str(file), prefer_css_page_size=True, print_background=True)
    pages = pypdf.PdfReader(str(file)).pages
    for page in pages:
        size = float(page.mediabox.width), float(page.mediabox.height)
        assert size == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72), abs=1)
    first = unicodedata.normalize("NFKC", pages[0].extract_text())
    for text in (
        "管控区规则图",
        "不是官方文件",
        "污染源",
        "文件写明的界线",
        "无法判定",
        "排放阶段",
    ):
        assert text in first, text
    whole = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in pages))
    assert "位于“管城回族区”内" in whole.replace("\n", "")  # a line of what is folded on the screen
    assert len(pages[0].get_contents().get_data().split(b" l\n")) > 200  # lines, not a picture
    assert shown.page.evaluate("[document.body.className, zonerulesMap.getZoom()]") == ["", zoom]


def test_the_sheet_on_the_screen(shown: Shown) -> None:
    shown.tab("more")
    shown.page.get_by_role("button", name="打印版式").click()
    wide = shown.page.evaluate("document.getElementById('stage').getBoundingClientRect().width")
    assert abs(wide - 186 / 25.4 * 96) < 3
    shown.page.get_by_role("button", name="返回地图").click()
    assert shown.page.evaluate("zonerulesPage.tab") == "more"


@pytest.mark.parametrize(("width", "lang"), [(1280, "zh"), (390, "en")])
def test_no_serious_violation_of_accessibility(shown: Shown, width: int, lang: str) -> None:
    """In each state: answer, search open, where banned, sheet, and the panels on a phone."""
    axe = library(tests=True)["axe.min.js"].decode("utf-8")
    page = shown.page
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(f"() => {{ {axe} }}")
    shown.ask(*PLACE)
    found = []

    def look(state: str) -> None:
        told = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        found.extend(
            (state, one["id"], one["nodes"][0]["html"][:160])
            for one in told["violations"]
            if one["impact"] in ("serious", "critical")
        )

    if lang == "en":
        page.evaluate("zonerulesPage.turn()")
        for tab in ("answer", "layers", "more"):
            shown.tab(tab)
            look(tab)
    else:
        page.evaluate(f"zonerulesPage.change({{activity: '{MACHINES}'}})")
        page.fill("#search", "禁")
        page.wait_for_selector("#found li[aria-selected=true]")
        look("answer and search")
        page.keyboard.press("Escape")
        shown.tab("banned")
        page.select_option("#body select[name=banned]", MACHINES)
        look("banned")
        page.evaluate("zonerulesPage.paper.enter()")
        look("sheet")
    assert found == []


def test_a_sheet_for_high_contrast_keeps_its_map(shown: Shown) -> None:
    shown.page.emulate_media(forced_colors="active", color_scheme="dark")
    colour = "getComputedStyle(document.getElementById('map_page')).backgroundColor"
    assert shown.page.evaluate(colour) == "rgb(247, 248, 246)"
    shown.page.emulate_media(forced_colors="none", color_scheme="light")


def test_a_phone_has_no_sideways_scrolling(shown: Shown) -> None:
    shown.page.set_viewport_size({"width": 390, "height": 844})
    shown.ask(*PLACE)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert shown.page.evaluate("document.getElementById('body').scrollWidth") <= 390
