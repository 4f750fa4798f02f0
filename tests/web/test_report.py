"""The extract in a browser: without a network, on a phone, on paper, and with hostile words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.open import Catalogue
from zonerules.jobs.report import extract
from zonerules.jobs.report.blank import Blank
from zonerules.jobs.report.page import page as written
from zonerules.tests.web.maps import library
from zonerules.tests.web.test_map_safety import PAYLOADS, TURNING, hostile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zonerules.jobs.report.leaf import Leaf

PLACE = (113.69, 34.735)
DAY = "2017-11-20"
MACHINERY = "operate-non-road-machinery"
MADE = "2026-01-02T03:04:05+00:00"
PHONE = {"width": 390, "height": 844}


class Opened:
    """A page of extracts opened from its file, without a network."""

    def __init__(self, browser: Any, folder: Path, leaves: list[Leaf]) -> None:
        file = folder / "extract.html"
        file.write_text(written(leaves), encoding="utf-8")
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.problems: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda told: self.problems.append(told.text))
        self.page.goto(file.as_uri())
        self.uri = file.as_uri()


@pytest.fixture(scope="module", params=["zh", "en"])
def opened(
    request: Any, browser: Any, shipped: Catalogue, tmp_path_factory: Any
) -> Iterator[Opened]:
    """A place near a boundary, one whose plans have ended, and a row that has no answer."""
    near = shipped.at(113.7175, 34.745, accuracy_m=700, date=DAY, activity=MACHINERY)
    ended = shipped.at(*PLACE, date="2026-11-22", activity="operate-boiler")
    lang = request.param
    blank = Blank(shipped, lang, "x" * 190, 3, MADE, "999, 34", {"经度": "999", "y" * 90: "34"})
    made = Opened(
        browser,
        tmp_path_factory.mktemp(request.param),
        [*(extract(shipped, answer, lang=lang, made=MADE) for answer in (near, ended)), blank],
    )
    yield made
    made.context.close()


def test_it_opens_from_a_file_and_asks_for_nothing_else(opened: Opened) -> None:
    assert opened.asked == [opened.uri]
    assert opened.problems == [], "a style that the policy blocks would be told here"
    assert opened.page.evaluate(
        "getComputedStyle(document.querySelector('h2')).backgroundColor"
    ) == ("rgb(230, 238, 251)")


def test_no_serious_violation_of_accessibility(opened: Opened) -> None:
    # tables in one language, cards in the other: what axe looks at is the same in both
    width = 1280 if opened.page.evaluate("document.documentElement.lang") == "en" else 390
    axe = library(tests=True)["axe.min.js"].decode("utf-8")
    opened.page.set_viewport_size({**PHONE, "width": width})
    opened.page.evaluate(f"() => {{ {axe} }}")
    told = opened.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    assert [
        (one["id"], one["nodes"][0]["html"][:160])
        for one in told["violations"]
        if one["impact"] in ("serious", "critical")
    ] == []


def test_a_phone_has_no_sideways_scrolling(opened: Opened) -> None:
    opened.page.set_viewport_size(PHONE)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    # nothing is cut off either: what is wider than its box would be
    cut = """() => [...document.querySelectorAll('td, dd, p, li, h1, h2, h3')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
        .map((part) => part.textContent.slice(0, 60))"""
    assert opened.page.evaluate(cut) == []


def test_it_prints_on_a4_with_place_day_and_pages(
    browser: Any, shipped: Catalogue, tmp_path: Path
) -> None:
    pypdf = pytest.importorskip("pypdf")
    answer = shipped.at(*PLACE, date=DAY, activity=MACHINERY)
    made = Opened(browser, tmp_path, [extract(shipped, answer, name="甲", made=MADE)])
    file = tmp_path / "printed.pdf"
    made.page.pdf(path=str(file), prefer_css_page_size=True, print_background=True)
    made.context.close()
    pages = pypdf.PdfReader(str(file)).pages
    assert len(pages) > 2
    for number, sheet in enumerate(pages, start=1):
        assert abs(float(sheet.mediabox.width) - 210 / 25.4 * 72) < 2
        text = unicodedata.normalize("NFKC", sheet.extract_text())
        flat = "".join(text.split()).replace("⻚", "页")  # as Chromium writes this character
        assert "113.690000,34.735000" in flat and DAY in flat and "甲" in flat
        assert f"第{number}页,共{len(pages)}页" in flat and "不是官方文件" in flat


def test_hostile_words_are_read_as_text(browser: Any, shipped: Catalogue, tmp_path: Path) -> None:
    spoiled = Catalogue(hostile(shipped.data))
    answer = spoiled.at(113.7175, 34.745, accuracy_m=700, date=DAY, activity="operate-boiler")
    leaves: list[Leaf] = [
        extract(spoiled, answer, name=text, remarks=PAYLOADS, origin=text) for text in PAYLOADS[:3]
    ]
    cells = dict(zip(PAYLOADS, reversed(PAYLOADS)))
    leaves.append(Blank(spoiled, "zh", PAYLOADS[1], 1, MADE, PAYLOADS[4], cells))
    made = Opened(browser, tmp_path, leaves)
    assert made.problems == [] and made.asked == [made.uri]
    assert made.page.evaluate("window.hit === undefined")
    parts = "script, iframe, object, embed, img, link, svg svg, article article, a[href^=java]"
    assert made.page.evaluate(f"document.querySelectorAll('{parts}').length") == 0
    attributes = """() => [...document.querySelectorAll('*')]
        .flatMap((one) => [...one.attributes].map((each) => each.name))
        .filter((name) => name.startsWith('on') || name === 'style' || name === 'srcdoc')"""
    assert made.page.evaluate(attributes) == []
    text = made.page.inner_text("body")
    for payload in PAYLOADS:
        turned = payload.translate(dict.fromkeys(map(ord, TURNING), " "))  # what turns text is out
        plain = " ".join(turned.replace("\u2028", " ").split())
        assert plain in " ".join(text.split()), payload
    made.context.close()
