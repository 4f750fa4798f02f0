"""The built documentation site: complete, silent towards the network, and its search finds Chinese.

`sh dev.sh docs` builds it; without a build these tests say so and pass by.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.webmap.assets import assets

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
pytestmark = pytest.mark.skipif(
    not (SITE / "index.html").exists(), reason="sh dev.sh docs builds the site"
)
TAG = re.compile(r"<([a-z][a-z0-9-]*)\b([^>]*)>", re.IGNORECASE)
TARGET = re.compile(
    r"""\b(?:src|srcset|href|data|poster|action)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
ABROAD = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)


def loaded(page: str) -> list[str]:
    """What a page has its browser load without being asked: all but links and the canonical one."""
    found = []
    for tag, attributes in TAG.findall(page):
        if tag == "a" or 'rel="canonical"' in attributes or 'rel="alternate"' in attributes:
            continue
        found += [target.strip("\"'") for target in TARGET.findall(attributes)]
    return found


def test_no_page_names_anything_of_the_network_to_load() -> None:
    pages = sorted(SITE.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        abroad = [target for target in loaded(page.read_text("utf-8")) if ABROAD.match(target)]
        assert abroad == [], page.relative_to(SITE)
    for sheet in SITE.rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert not re.search(r"""(url\(|@import)\s*["']?(https?:)?//""", text), sheet.name


def test_what_would_be_loaded_is_seen() -> None:
    page = """<a href="https://a.org/x"><img src=//b.org/i.png><link rel="stylesheet" href='http://c.org/s'>
    <script src="assets/own.js"></script><link rel="canonical" href="https://d.org/">"""
    assert [one for one in loaded(page) if ABROAD.match(one)] == ["//b.org/i.png", "http://c.org/s"]


def test_every_page_is_there_in_both_languages_and_was_filled() -> None:
    for page in sorted((ROOT / "docs").rglob("*.md")):
        name = page.relative_to(ROOT / "docs").as_posix()
        english = name.endswith(".en.md")
        built = SITE / ("en" if english else "") / re.sub(r"(\.en)?\.md$", ".html", name)
        text = built.read_text("utf-8")
        assert f'<html lang="{"en" if english else "zh"}"' in text, name
        assert "<!-- made" not in text, name
        # no link to a page as it lies on a code host, nor to the twin: the header has that one
        assert not re.search(r'href="(?!https:)[^"]*\.md', text), name


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize(
    ("home", "word", "page"),
    [
        ("index.html", "期满", "reference/evaluation.html"),
        ("en/index.html", "overdue", "en/reference/evaluation.html"),
    ],
)
def test_search_finds_words_from_a_file_without_a_network(
    browser: Any, home: str, word: str, page: str
) -> None:
    tab = browser.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((SITE / home).as_uri())
    tab.locator("input[name=query]").click()
    ready = "Type to start searching" if home.startswith("en") else "键入以开始搜索"
    tab.wait_for_function(
        "word => document.querySelector('.md-search-result__meta').innerText.includes(word)",
        arg=ready,
    )
    tab.locator("input[name=query]").fill(word)
    tab.locator("input[name=query]").press("End")
    tab.wait_for_selector(".md-search-result__link")
    goals = [link.get_attribute("href") for link in tab.locator(".md-search-result__link").all()]
    assert any((SITE / page).as_uri() in (goal or "") for goal in goals), goals
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    tab.close()


@pytest.mark.parametrize(
    ("scheme", "name"), [("light", "index.html"), ("dark", "en/reference/evaluation.html")]
)
def test_pages_suit_a_phone_and_a_screen_reader(browser: Any, scheme: str, name: str) -> None:
    axe = assets(tests=True)["axe.min.js"].decode("utf-8")
    tab = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    tab.goto((SITE / name).as_uri())
    tab.wait_for_selector(".md-search[aria-label]", state="attached")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.evaluate(f"{axe}\n0")
    found = tab.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    bad = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in bad] == []
    tab.close()


def test_wide_tables_scroll_by_key_on_a_phone(browser: Any) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto((SITE / "reference" / "cli.html").as_uri())  # as many tables as commands, or more
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = "[...document.querySelectorAll('.md-typeset__scrollwrap')]"
    tab.wait_for_function(f"{wide}.length > 15 && {wide}.every(one => one.tabIndex === 0)")
    tab.close()


def test_the_language_can_be_changed_on_every_page(browser: Any) -> None:
    tab = browser.new_page()
    tab.goto((SITE / "reference" / "cli.html").as_uri())
    tab.locator(".md-select").hover()
    tab.locator(".md-select__link", has_text="English").click()
    tab.wait_for_url((SITE / "en" / "reference" / "cli.html").as_uri())
    assert tab.locator("h1").inner_text().startswith("Command line")
    tab.close()
