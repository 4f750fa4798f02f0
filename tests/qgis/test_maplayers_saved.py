"""Load layers: what stays through saving, and is found again; the generated styles."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import time
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication

from zonerules.plugin.maplayers import cache, find
from zonerules.tests.qgis.layering import STYLES, empty, folder, kept, part, project, show, wait

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder", "kept", "part", "project"]  # fixtures


# -- saving and opening ----------------------------------------------------------------------------


def test_a_saved_project_opens_with_its_layers(
    part: Any, project: Any, tmp_path: Path, window: Any
) -> None:
    counts = {name: layer.featureCount() for name, layer in show(part).items()}
    file = tmp_path / "saved.qgz"
    assert project.write(str(file))
    empty(window, project)
    assert find.layers(project) == {}
    assert project.read(str(file))
    again = find.layers(project)
    assert {name: layer.featureCount() for name, layer in again.items()} == counts
    assert isinstance(again["zones_machinery_ban"].renderer(), QgsRuleBasedRenderer)
    assert again["periods"].temporalProperties().isActive()
    assert find.group(project.layerTreeRoot()) is not None
    ids = {layer.id() for layer in again.values()}
    assert {layer.id() for layer in show(part).values()} == ids


def test_missing_data_is_made_again_when_a_project_opens(
    part: Any, project: Any, tmp_path: Path, folder: Path, window: Any
) -> None:
    layers = show(part)
    layers["lines"].renderer().rootRule().children()[0].symbol().setColor(QColor("#00ff00"))
    counts = {name: layer.featureCount() for name, layer in layers.items()}
    file = tmp_path / "saved.qgz"
    assert project.write(str(file))
    empty(window, project)
    shutil.rmtree(folder)
    project.read(str(file))
    wait(lambda: not part.busy)
    again = find.layers(project)
    assert all(layer.isValid() for layer in again.values())
    assert {name: layer.featureCount() for name, layer in again.items()} == counts
    rules = again["lines"].renderer().rootRule().children()
    assert rules[0].symbol().color().name() == "#00ff00"
    assert "made again" in window.bar.messages[-1]


@pytest.mark.parametrize("damage", ["cut", "text", "unfinished"])
def test_a_damaged_file_is_made_again(
    part: Any, folder: Path, damage: str, project: Any, window: Any
) -> None:
    show(part)
    empty(window, project)
    (path,) = folder.glob("*.gpkg")
    # a copy takes its place: SQLite does not survive a file changing under an open connection
    broken = folder / "broken"
    shutil.copy(path, broken)
    if damage == "cut":
        broken.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == "text":
        broken.write_text("not a GeoPackage", encoding="utf-8")
    else:
        with contextlib.closing(sqlite3.connect(broken)) as file:
            file.execute(f"DROP TABLE {cache.MARK}")
    broken.replace(path)
    assert not cache.sound(path)
    assert show(part)["lines"].featureCount() == 11
    assert cache.sound(path)


def test_cancelling_leaves_nothing(
    part: Any, project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: Any
) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "layers")
    part.show()
    assert part._task is not None
    part.show()
    assert "still being prepared" in window.bar.messages[-1]
    part._task.cancel()
    wait(lambda: not part.busy)
    assert project.mapLayers() == {}
    assert find.group(project.layerTreeRoot()) is None
    left = list((tmp_path / "layers").iterdir()) if (tmp_path / "layers").exists() else []
    assert left == []
    assert "Cancelled" in window.bar.messages[-1]


def test_an_unwritable_profile_is_told(
    part: Any, project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: Any
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "file" / "layers")
    part.show()
    wait(lambda: not part.busy and window.bar.messages)
    assert "could not be prepared" in window.bar.messages[-1]
    assert project.mapLayers() == {}


def test_the_window_answers_while_the_data_is_made(
    part: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "layers")
    turns, longest, last = 0, 0.0, time.monotonic()
    part.show()
    while part.busy:
        QApplication.processEvents()
        now = time.monotonic()
        longest, last, turns = max(longest, now - last), now, turns + 1
    assert turns > 10
    assert longest < 3  # adding the layers at the end takes a moment


# -- styles ----------------------------------------------------------------------------------------


FIELDS = ("role", "basis", "kind", "status", "effect", "name_zh", "name_en", "location_basis")


GEOMETRIES = {"sources": "Point", "lines": "LineString"}


def styled(file: Path) -> QgsVectorLayer:
    geometry = GEOMETRIES.get(file.stem, "MultiPolygon")
    fields = "".join(f"&field={name}:string" for name in FIELDS)
    layer = QgsVectorLayer(f"{geometry}?crs=EPSG:4326{fields}", "x", "memory")
    if file.suffix == ".sld":
        told = layer.loadSldStyle(str(file))
    else:
        told = layer.loadNamedStyle(str(file))
    assert told[1], (file.name, told[0])
    return layer


def colours(layer: QgsVectorLayer) -> dict[str, set[str]]:
    """The colours in which QGIS draws each entry of the legend."""
    found: dict[str, set[str]] = {}
    for rule in layer.renderer().rootRule().children():
        names = found.setdefault(rule.label(), set())
        for piece in rule.symbol().symbolLayers() if rule.symbol() else []:
            names |= {piece.color().name(), piece.strokeColor().name()}
            if hasattr(piece, "color2"):
                names.add(piece.color2().name())
            # QGIS 3.22 reads a hatch of an SLD as a brush, 3.40 as a pattern of outlined marks
            for mark in piece.subSymbol().symbolLayers() if piece.subSymbol() else []:
                names |= {mark.color().name(), mark.strokeColor().name()}
    return found


@pytest.mark.parametrize("suffix", ["qml", "sld"])
def test_generated_styles_draw_in_the_colours_of_the_palette(qgis_app: Any, suffix: str) -> None:
    palette = json.loads((STYLES / "palette.json").read_text(encoding="utf-8"))
    generated = STYLES / "generated"
    for kind, look in palette["zones"].items():
        found = colours(styled(generated / f"zones_{kind}.{suffix}"))
        if suffix == "qml" or look.get("draw") != "outline":
            assert look["fill"] in found["确定在内"], kind
            assert look["fill"] in found["可能在内"], kind
            if look["hatch"] != "none":
                assert look["stroke"] in found["确定在内"], kind
        for line in ("solid", "dash", "dot"):
            assert look["stroke"] in found[palette["boundary"][line]["label"]["zh"]], (kind, line)
    found = colours(styled(generated / f"lines.{suffix}"))
    for look in palette["lines"].values():
        assert look["stroke"] in found[look["label"]["zh"]]
    found = colours(styled(generated / f"periods.{suffix}"))
    for effect, told in palette["periods"].items():
        assert palette["outcome"][effect]["colour"] in found[told["label"]["zh"]], effect
    found = colours(styled(generated / f"sources.{suffix}"))
    assert {look["label"]["zh"] for look in palette["sources"].values()} <= set(found)
    if suffix == "qml":
        for look in palette["sources"].values():
            assert look["colour"] in found[look["label"]["zh"]]


def test_every_icon_of_the_sources_style_draws(qgis_app: Any) -> None:
    layer = styled(STYLES / "generated" / "sources.qml")
    for rule in layer.renderer().rootRule().children():
        (marker,) = [p for p in rule.symbol().symbolLayers() if p.layerType() == "SvgMarker"]
        assert marker.path().startswith("base64:")
        picture = rule.symbol().asImage(QSize(48, 48))
        seen = {picture.pixelColor(x, y).name() for x in range(48) for y in range(48)}
        assert len(seen) > 3, rule.label()
