"""What tests of the layers share: a project, the data made once, the part."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsProject,
)
from qgis.PyQt.QtCore import QEventLoop
from qgis.PyQt.QtWidgets import QApplication

from zonerules.plugin.host import Host
from zonerules.plugin.maplayers import cache, find
from zonerules.plugin.maplayers.part import MapLayersPart

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).resolve().parents[2]


STYLES = ROOT / "styles"


def wait(until: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "nothing came of it"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


@pytest.fixture
def project(qgis_app: Any) -> Iterator[QgsProject]:
    made = QgsProject.instance()
    made.clear()
    yield made
    made.clear()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile folder in which the data is made once for all tests that only read it."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture
def folder(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "folder", lambda: kept)
    return kept


@pytest.fixture
def part(window: Any, project: QgsProject, folder: Path) -> Iterator[MapLayersPart]:
    host = Host(window)
    made = MapLayersPart(host)
    made.load()
    yield made
    made.unload()
    host.close()
    empty(window, project)


def empty(window: Any, project: QgsProject) -> None:
    """Take all layers away when none of them is being drawn."""
    window.canvas.waitWhileRendering()
    project.clear()


def show(part: MapLayersPart) -> dict[str, Any]:
    """Click the menu entry and wait for the layers."""
    part.show()
    wait(lambda: not part.busy)
    return find.layers(QgsProject.instance())


def drawn(catalogue: Any) -> dict[str, list[str]]:
    """Ids of the drawn zones by kind, read off the catalogue itself."""
    kinds: dict[str, list[str]] = {}
    for name, zone in catalogue.data["zones"].items():
        unit = catalogue.data["units"].get(zone.get("unit"), {})
        if zone.get("shapes") or unit.get("shapes"):
            kinds.setdefault(zone["kind"], []).append(name)
    return kinds
