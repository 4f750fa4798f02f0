"""A boundary from words in QGIS: the algorithm and the window, against the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    NULL,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from shapely import wkb
from shapely.geometry import shape

import zonerules
from zonerules.jobs.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(zonerules.__file__).parent
LINES = ROOT / "geojson" / "lines" / "guanzheng-2017-98.geojson"
TEXT = "中州大道以西、南三环以北、二七路以东、金水路以南"
WIDTHS = ("金水路=60", "中州大道=80", "南三环=80", "二七路=30")
ROADS = {
    "农业路": "LINESTRING(113.60 34.80, 113.70 34.80)",
    "东明路": "LINESTRING(113.69 34.81, 113.69 34.74)",
    "黄河路": "LINESTRING(113.70 34.75, 113.60 34.75)",
    "花园路": "LINESTRING(113.61 34.74, 113.61 34.81)",
}
BOX = "东至东明路、南至黄河路（含）、西至花园路、北至农业路"


class Heard(QgsProcessingFeedback):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__(False)
        self.infos: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.infos.append(info)


@pytest.fixture
def provider(qgis_processing: Any) -> Iterator[Any]:
    plugin = zonerules.classFactory(None)
    plugin.initProcessing()
    yield QgsApplication.processingRegistry().providerById("zonerules")
    plugin.unload()


def run(feedback: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    return processing.run("zonerules:delimit", parameters, feedback=feedback or Heard())


def road_layer(crs: str = "EPSG:4326", field: str = "name") -> QgsVectorLayer:
    """The four roads of the box, brought to ``crs`` by QGIS."""
    layer = QgsVectorLayer(f"LineString?crs={crs}&field={field}:string(0)", "roads", "memory")
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    there = QgsCoordinateTransform(wgs84, layer.crs(), QgsProject.instance())
    features = []
    for name, wkt in ROADS.items():
        feature = QgsFeature(layer.fields())
        feature.setAttributes([name])
        geometry = QgsGeometry.fromWkt(wkt)
        geometry.transform(there)
        feature.setGeometry(geometry)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def area(feature: QgsFeature) -> Any:
    return wkb.loads(bytes(feature.geometry().asWkb()))


def by_command(tmp_path: Path, *more: str) -> dict[str, Any]:
    """What `zonerules delimit -o` writes, by id of the feature."""
    out = tmp_path / "draft.geojson"
    widths = [arg for width in WIDTHS for arg in ("--corridor-width", width)]
    assert main(["delimit", TEXT, "--lines", str(LINES), "-o", str(out), *widths, *more]) == 0
    return {row["id"]: row for row in json.loads(out.read_text(encoding="utf-8"))["features"]}


# -- the algorithm ----------------------------------------------------------------------------


def test_words_alone_need_no_lines_and_draw_nothing(provider: Any) -> None:
    heard = Heard()
    told = run(heard, TEXT=TEXT, OUTPUT="memory:", EDGES="memory:", LANGUAGE="zh")
    assert "OUTPUT" not in told
    rows = [(f["edge"], f["name"], f["include"]) for f in told["EDGES"].getFeatures()]
    assert rows == [
        ("east", "中州大道", "unstated"),
        ("south", "南三环", "unstated"),
        ("west", "二七路", "unstated"),
        ("north", "金水路", "unstated"),
    ]
    assert (told["PARTS"], told["UNREAD"], told["DRAWN"]) == (1, 0, 0)
    assert told["COMPLETE"] is False
    assert "  西界 二七路  含不含未写明" in heard.infos


def test_the_draft_is_that_of_the_command_line(
    provider: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = by_command(tmp_path)
    layer = QgsVectorLayer(str(LINES), LINES.name, "ogr")
    page = tmp_path / "page.html"
    heard = Heard()
    told = run(
        heard,
        TEXT=TEXT,
        LINES=layer,
        WIDTHS="\n".join(WIDTHS),
        OUTPUT="memory:",
        REPORT=str(page),
        LANGUAGE="zh",
    )
    made = {f"{f['zone']}/{f['role']}": f for f in told["OUTPUT"].getFeatures()}
    assert set(made) == set(expected)
    for name, row in expected.items():
        assert area(made[name]).equals(shape(row["geometry"]))
        for key, value in row["properties"].items():
            assert made[name][key] == value, (name, key)
    assert made["draft-zone/core"]["confirmed_by"] == NULL
    assert told["COMPLETE"] is True
    printed = capsys.readouterr().out.splitlines()
    told_here = [line for line in heard.infos if line in printed]
    assert len(told_here) >= len([line for line in printed if "draft.geojson" not in line]) - 1
    assert "二七路" in page.read_text(encoding="utf-8")


def test_lines_in_metres_and_a_field_that_is_named(provider: Any) -> None:
    layer = road_layer("EPSG:4547", "what")
    told = run(TEXT=BOX, LINES=layer, NAME_FIELD="what", OUTPUT="memory:", EDGES="memory:")
    shapes = {f["role"]: area(f) for f in told["OUTPUT"].getFeatures()}
    box = (113.61, 34.75, 113.69, 34.80)
    assert shapes["nominal"].bounds == pytest.approx(box, abs=2e-6)
    assert shapes["nominal"].contains(shapes["core"])
    assert shapes["extent"].contains(shapes["nominal"])
    edges = {f["name"]: f for f in told["EDGES"].getFeatures()}
    assert edges["黄河路"]["include"] == "included"
    assert edges["黄河路"]["lines"] == "roads#3"
    assert edges["黄河路"].geometry().length() > 0


def test_what_is_wrong_names_the_parameter(provider: Any) -> None:
    layer = road_layer(field="what")
    cases = {
        "LINES": {"TEXT": BOX, "LINES": layer},
        "WIDTHS": {"TEXT": BOX, "LINES": layer, "NAME_FIELD": "what", "WIDTHS": "黄河路=wide"},
        "WITHIN": {"TEXT": BOX, "LINES": layer, "NAME_FIELD": "what", "WITHIN": "Nowhere"},
        "ZONE": {"TEXT": BOX, "LINES": layer, "NAME_FIELD": "what", "ZONE": "Ban!"},
    }
    for name, parameters in cases.items():
        with pytest.raises(QgsProcessingException, match=rf"\({name}\)"):
            run(OUTPUT="memory:", **parameters)


def test_lines_without_a_crs_are_refused(provider: Any) -> None:
    layer = road_layer()
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(QgsProcessingException, match="no coordinate reference system"):
        run(TEXT=BOX, LINES=layer, OUTPUT="memory:")


def test_a_missing_line_is_told_and_nothing_is_drawn(provider: Any) -> None:
    heard = Heard()
    told = run(heard, TEXT=BOX.replace("农业路", "农科路"), LINES=road_layer(), OUTPUT="memory:")
    assert "OUTPUT" not in told
    assert (told["DRAWN"], told["MISSING"], told["COMPLETE"]) == (0, 1, False)
    assert any("农科路" in line and "农业路" in line for line in heard.infos)
