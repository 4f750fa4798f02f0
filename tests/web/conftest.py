"""A real Chromium with the joined script, for the tests of the JavaScript twin."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.open import Catalogue
from zonerules.jobs.webmap.page import Wish
from zonerules.jobs.webmap.script import page_data, script
from zonerules.layers.catalogue.load import load
from zonerules.tests.web.maps import DAY, FIRMS, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROBE = "tests/web/probe.mjs"
CHROMIUM = os.environ.get("ZR_CHROMIUM") or shutil.which("chromium")


class Twin:
    """One page that has the evaluator; `source` is the joined script."""

    def __init__(self, page: Any, folder: Path, data: Any, source: str) -> None:
        self.page, self.problems = page, []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        file = folder / "twin.html"
        file.write_text(
            f"<!doctype html><meta charset=utf-8>{page_data(data)}<script>{source}</script>",
            encoding="utf-8",
        )
        page.goto(file.as_uri())
        assert self.problems == []
        if data is not None:
            self.use(None)

    def begin(self, name: str, *args: Any) -> None:
        """Call a function of window.probe and do not wait; `ended` has what it returns."""
        call = f"JSON.stringify(await probe.{name}(...JSON.parse(given)))"
        later = f"setTimeout(async () => done({call}), 0)"
        self.page.evaluate(
            f"(given) => {{ window.begun = new Promise((done) => {later}); }}", json.dumps(args)
        )

    def ended(self) -> Any:
        return json.loads(self.page.evaluate("() => window.begun"))

    def __getattr__(self, name: str) -> Any:
        """Call a function of window.probe."""

        def call(*args: Any) -> Any:
            # text rather than values: the browser's bridge walks values slowly
            given = json.dumps(args)
            call = f"await probe.{name}(...JSON.parse(given))"
            script = f"async (given) => JSON.stringify(({call}) ?? null)"
            told = self.page.evaluate(script, given)
            return json.loads(told)

        return call


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no chromium on the path")
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return Catalogue(load(golden=True))


@pytest.fixture
def new_twin(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Make a page from another script; it holds no catalogue of its own."""
    pages = []

    def make(source: str) -> Twin:
        page = browser.new_page()
        pages.append(page)
        return Twin(page, tmp_path, None, source)

    yield make
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def one_twin(browser: Any, shipped: Catalogue, tmp_path_factory: Any) -> Iterator[Twin]:
    page = browser.new_page()
    yield Twin(page, tmp_path_factory.mktemp("twin"), shipped.data, script([PROBE]))
    page.close()


@pytest.fixture
def twin(one_twin: Twin) -> Twin:
    """The twin, one page for all tests of a process; it begins with the shipped catalogue."""
    one_twin.use(None)
    return one_twin


@pytest.fixture(scope="session")
def one_map(browser: Any, shipped: Catalogue, tmp_path_factory: Any) -> Iterator[Shown]:
    wish = Wish(date=DAY, offline=True, firms=FIRMS)
    opened = Shown(browser, tmp_path_factory.mktemp("map"), shipped.data, wish)
    yield opened
    opened.context.close()


@pytest.fixture
def shown(one_map: Shown) -> Iterator[Shown]:
    """The map as it was opened, one page for all tests of a process; nothing may go wrong in it."""
    one_map.fresh()
    one_map.problems.clear()
    yield one_map
    assert one_map.problems == []
    assert one_map.foreign() == []
