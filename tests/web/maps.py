"""The web map opened in Chromium without a network, for the tests of the page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.webmap.assets import assets
from zonerules.jobs.webmap.page import Wish, webmap

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAY = "2017-11-20"
FIRMS = [
    {
        **{"lon": 113.70, "lat": 34.74, "name": "管城甲厂", "verdict": "prohibited"},
        "told": [["zr_rules", "GC-58"]],
    },
    {"lon": 113.72, "lat": 34.75, "name": "乙厂", "verdict": "", "told": []},
]
WIDE = {"width": 1280, "height": 800}


def library(*, tests: bool = False) -> Mapping[str, bytes]:
    """The pinned npm packages; a test that needs them is skipped where they cannot be had."""
    try:
        return assets(tests=tests)
    except BadInput as error:
        pytest.skip(str(error))


class Opened:
    """A map on the screen: what it asked the network for, and what went wrong in it."""

    def __init__(self, browser: Any, file: Path, *, offline: bool = True) -> None:
        self.file = file
        self.context = browser.new_context(viewport=WIDE)
        self.context.set_offline(offline)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.problems: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on(
            "console",
            lambda told: self.problems.append(told.text) if told.type == "error" else None,
        )
        self.page.goto(self.file.as_uri())

    def ask(self, lon: float, lat: float) -> None:
        """A click on the map at a place, which is brought into its middle first."""
        self.page.evaluate(
            "([lon, lat]) => void zonerulesMap.setView([lat, lon], 14, {animate: false})",
            [lon, lat],
        )
        box = self.page.locator("#map_page").bounding_box()
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def tab(self, name: str) -> None:
        self.page.click(f"#tab-{name}")

    def text(self, selector: str = "#body") -> str:
        return str(self.page.inner_text(selector))

    def foreign(self) -> list[str]:
        """Every request beside the file itself and pictures that stand in it."""
        own = self.file.as_uri()
        return [url for url in self.asked if url != own and not url.startswith("data:")]

    def fresh(self) -> None:
        """The page as it was opened, in Chinese and wide."""
        self.page.set_viewport_size(WIDE)
        self.page.evaluate(
            """(date) => {
              const page = window.zonerulesPage;
              if (page.paper.on) page.paper.leave();
              if (page.player.on) page.player.stop();
              if (page.bannedFor) page.showBanned(null);
              Object.assign(page, { date, lang: "zh", alert: "unknown", facts: {}, asked: [] });
              Object.assign(page, { place: null, activity: "", tab: "answer", card: null });
              Object.assign(page, { answer: null, error: null, datum: "wgs84" });
              page.build();
            }""",
            DAY,
        )

    def until(self, expression: str, timeout_s: float = 20) -> None:
        """Wait till an expression is true; the policy forbids the browser's own way of waiting."""
        end = time.monotonic() + timeout_s
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, expression
            self.page.wait_for_timeout(30)


class Shown(Opened):
    """The map of a catalogue, opened without a network."""

    def __init__(self, browser: Any, folder: Path, data: Any, wish: Wish) -> None:
        library()
        self.html = webmap(data, wish)
        file = folder / "map.html"
        file.write_text(self.html, encoding="utf-8")
        super().__init__(browser, file)
