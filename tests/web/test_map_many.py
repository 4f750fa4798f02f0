"""A map of five thousand sources and ten thousand enterprises: drawn, found, asked."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from zonerules.jobs.webmap.page import Wish
from zonerules.tests.web.maps import Shown

if TYPE_CHECKING:
    from pathlib import Path

    from zonerules.jobs.open import Catalogue

SOURCES, FIRMS = 5_000, 10_000
VERDICTS = ("prohibited", "restricted", "required", "cannot_determine", "")


def test_thousands_of_points(browser: Any, shipped: Catalogue, tmp_path: Path) -> None:
    random = Random(5)

    def place() -> dict[str, float]:
        return {
            "lon": round(random.uniform(112.7, 114.3), 5),
            "lat": round(random.uniform(34.2, 35.0), 5),
        }

    sources = [
        {
            **{"id": f"s{at}", "name": {"zh": f"源{at}", "en": f"source {at}"}, "kind": "boiler"},
            "location": {**place(), "accuracy_m": 50},
        }
        for at in range(SOURCES)
    ]
    firms = [
        {**place(), "name": f"企业{at}", "verdict": VERDICTS[at % 5], "told": []}
        for at in range(FIRMS)
    ]
    data = {**shipped.data, "sources": sources, "golden": []}
    shown = Shown(browser, tmp_path, data, Wish(date="2017-11-20", offline=True, firms=firms))
    page = shown.page
    try:
        shown.until(
            f"zonerulesPage.layers.clusters.getLayers().length === {SOURCES}"
            " && document.querySelector('.cluster')"
        )
        drawn = "zonerulesPage.layers.firms.flatMap((one) => one.points).length"
        assert page.evaluate(drawn) == FIRMS
        assert page.locator(".leaflet-marker-icon").count() < 400  # the rest is clustered or canvas
        field = page.locator("input[role=combobox]")
        field.fill("企业9998")
        page.wait_for_selector("#found li[aria-selected=true]")
        field.press("Enter")
        assert "企业9998" in shown.text(".card")
        page.get_by_role("button", name="查询此处").click()
        asked = page.evaluate("zonerulesPage.answer.query")
        assert [asked["lon"], asked["lat"]] == [firms[9998]["lon"], firms[9998]["lat"]]
        assert shown.problems == [] and shown.foreign() == []
    finally:
        shown.context.close()
