"""The clicks of docs/tutorial-webmap: the page answers what the tutorial quotes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.webmap.page import Wish
from zonerules.tests.web.maps import Shown

if TYPE_CHECKING:
    from zonerules.jobs.open import Catalogue

DOCS = Path(__file__).resolve().parents[2] / "docs"
PLACE, DAY = (113.70, 34.735), "2017-11-20"
WORDS = {
    "zh": ("tutorial-webmap.md", "锅炉燃料", "额定蒸发量", "日期", "开始自检"),
    "en": ("tutorial-webmap.en.md", "boiler fuel", "steam capacity", "Date", "Run the self-test"),
}


def quoted(page: str) -> list[str]:
    """The passages that the page quotes, each as one line without the marks of verdicts."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(r"^(?:> .*\n)+", text, re.MULTILINE)
    return [plain(re.sub(r"^> ", "", passage, flags=re.MULTILINE)) for passage in found]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("✖", "").replace("?", "")).strip()


@pytest.mark.parametrize("lang", WORDS)
def test_the_clicks_of_the_tutorial_say_what_it_quotes(
    lang: str, browser: Any, shipped: Catalogue, tmp_path: Path
) -> None:
    page, fuel, size, date, test = WORDS[lang]
    unknown, told, agreed = quoted(page)
    shown = Shown(browser, tmp_path, shipped.data, Wish(date=DAY, offline=True, lang=lang))
    shown.ask(*PLACE)
    shown.page.select_option("#body .form select:has(option[value=earthwork])", "operate-boiler")
    assert unknown in plain(shown.text("#body .block-verdict"))
    shown.page.get_by_label(fuel, exact=False).first.select_option("coal")
    steam = shown.page.get_by_label(size, exact=False).first
    steam.fill("6")
    steam.dispatch_event("change")
    assert told in plain(shown.text("#body .block-verdict"))
    day = shown.page.get_by_label(date, exact=True)
    day.fill("2026-11-22")
    day.dispatch_event("change")
    # the last day of 管政〔2017〕98号 is offered last
    shown.page.locator("#body .answer > section").first.get_by_role("button").last.click()
    assert shown.page.evaluate("zonerulesPage.answer.query.date") == "2018-03-31"
    shown.tab("more")
    shown.page.get_by_role("button", name=test).click()
    count = shown.page.evaluate("zonerulesPage.extra.golden.length")
    assert re.sub(r"\d+", str(count), agreed) in plain(shown.text())
    assert shown.problems == [] and shown.foreign() == []
    shown.context.close()
