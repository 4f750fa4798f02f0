"""The web map opened in Chromium without a network, for the tests of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.answer import BadInput
from zonerules.jobs.webmap.assets import assets
from zonerules.jobs.webmap.page import Wish, webmap

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WIDE = {"width": 1280, "height": 800}


def library(*, tests: bool = False) -> Mapping[str, bytes]:
    """The pinned npm packages; a test that needs them is skipped where they cannot be had."""
    try:
        return assets(tests=tests)
    except BadInput as error:
        pytest.skip(str(error))


class Shown:
    """A map on the screen: what it asked the network for, and what went wrong in it."""

    def __init__(self, browser: Any, folder: Path, data: Any, wish: Wish, **screen: Any) -> None:
        library()
        self.html = webmap(data, wish)
        self.file = folder / "map.html"
        self.file.write_text(self.html, encoding="utf-8")
        self.context = browser.new_context(viewport=WIDE, **screen)
        self.context.set_offline(True)
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
            "([lon, lat]) => void zonerulesMap.setView([lat, lon], 13, {animate: false})",
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
