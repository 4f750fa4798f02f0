"""A boundary from words in QGIS: the algorithm and the window, against the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtTest import QTest
from shapely import wkb
from shapely.geometry import shape

import zonerules
from zonerules.jobs.cli import main
from zonerules.jobs.delimit import ask

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
    assert told["DOUBTED"] == 0 and told["COMPLETE"] is False
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


def test_hints_name_parameters_and_no_options(provider: Any) -> None:
    heard = Heard()
    run(heard, TEXT="黄河路两侧", LINES=road_layer(), OUTPUT="memory:")
    run(heard, TEXT="侯寨乡黄河路以北", LINES=road_layer(), OUTPUT="memory:")
    said = "\n".join(heard.infos)
    assert "--" not in said
    assert "(WIDTHS)" in said and "(WITHIN)" in said


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


# -- the window -------------------------------------------------------------------------------


@pytest.fixture
def dialog(plugin: Any, window: Any) -> Iterator[Any]:
    from zonerules.plugin.delimit.part import DelimitPart

    window.look_at("EPSG:4326", 113.65, 34.77, 0.1)
    QgsProject.instance().addMapLayer(road_layer())
    made = plugin._parts[DelimitPart].show()
    yield made
    made.close()
    QgsProject.instance().clear()


def read(dialog: Any, text: str) -> None:
    dialog.form.text.setPlainText(text)
    dialog.read()


def preview(dialog: Any) -> Any:
    dialog.draw.click()
    for _ in range(1000):
        if dialog.task is None:
            break
        QTest.qWait(20)
    return dialog.draft


def test_edges_are_shown_while_typing_and_what_is_not_read_is_told(dialog: Any) -> None:
    dialog.form.text.setPlainText(BOX + "，另见附图所示的范围线之类")
    QTest.qWait(500)
    table = dialog.form.edges
    names = [table.item(row, 1).text() for row in range(table.rowCount())]
    assert names == ["东明路", "黄河路", "花园路", "农业路"]
    assert table.item(1, 2).text() == "included"
    assert table.cellWidget(0, 2).currentData() == "unstated"
    told = ask.read(dialog.form.text.toPlainText())
    for text in (*told.unread, *told.beside):
        assert text in dialog.form.unread.text() + dialog.form.more.text()


def test_a_preview_draws_and_lists(dialog: Any, plugin: Any) -> None:
    from zonerules.plugin.delimit.part import DelimitPart

    marks = plugin._parts[DelimitPart].marks
    read(dialog, BOX)
    assert not dialog.save.isEnabled()
    made = preview(dialog)
    assert {row["id"] for row in made.features["features"]} == {
        "draft-zone/nominal",
        "draft-zone/core",
        "draft-zone/extent",
    }
    assert marks.bands() == 3 + 4
    text = dialog.paper.toPlainText()
    for note in made.told["draft"]["assumptions"]:
        assert note["en"] in text
    box = dialog.form.edges.cellWidget(0, 2)
    box.setCurrentIndex(box.findData("included"))  # another question: the draft is gone
    assert dialog.draft is None and marks.bands() == 0
    made = preview(dialog)
    assert "“东明路” included" in made.features["features"][0]["properties"]["provenance"]
    edges = {edge["name"]: edge for edge in made.told["draft"]["edges"]}
    assert edges["东明路"]["include"] == "included"
    dialog.close()
    assert marks.bands() == 0


def test_a_name_that_is_not_found_is_chosen(dialog: Any) -> None:
    read(dialog, BOX.replace("农业路", "农科路"))
    assert dialog.form.edges.unmatched() == ["农科路"]
    box = dialog.form.edges.cellWidget(3, 4)
    assert "not found" in box.currentText()
    made = preview(dialog)
    assert not made.features["features"] and not dialog.keep.isEnabled()
    box = dialog.form.edges.cellWidget(3, 4)
    box.setCurrentIndex(box.findData("农业路"))
    made = preview(dialog)
    assert made.told["draft"]["complete"]
    told = made.features["features"][0]["properties"]["provenance"]
    assert "“农科路” is the line “农业路”" in told


def test_saved_with_who_confirmed_it(dialog: Any, plugin: Any, tmp_path: Path) -> None:
    from zonerules.plugin.delimit.part import DelimitPart

    read(dialog, BOX)
    preview(dialog)
    path = tmp_path / "draft.geojson"
    dialog.by.setText("某区生态环境分局")
    dialog.on.setText("May 5")
    plugin._parts[DelimitPart].save(path)
    assert not path.exists() and "YYYY-MM-DD" in dialog.problem.text()
    dialog.on.setText("2024-05-06")
    plugin._parts[DelimitPart].save(path)
    rows = json.loads(path.read_text(encoding="utf-8"))["features"]
    [nominal] = [row["properties"] for row in rows if row["properties"]["role"] == "nominal"]
    assert (nominal["confirmed_by"], nominal["confirmed_on"]) == ("某区生态环境分局", "2024-05-06")
    assert "confirmed by 某区生态环境分局 on 2024-05-06" in nominal["provenance"]


def test_kept_as_the_command_line_does_and_taken_back(
    dialog: Any, plugin: Any, tmp_path: Path
) -> None:
    from zonerules.plugin import settings
    from zonerules.plugin.delimit.part import DelimitPart

    folder, other = tmp_path / "own", tmp_path / "other"
    folder.mkdir()
    settings.set_data_folder(str(folder))
    plugin.host.reopen()
    part = plugin._parts[DelimitPart]
    dialog.form.zone.setText("test-box")
    read(dialog, BOX)
    preview(dialog)
    path = tmp_path / "draft.geojson"
    part.save(path)
    dialog.keep.click()
    assert main(["overlay", "add", str(path), "--to", str(other)]) == 0
    made, expected = (json.loads((one / "zones.geojson").read_text()) for one in (folder, other))
    assert made == expected
    assert "test-box" in plugin.host.asker.catalogue("en").data["zones"]
    dialog.keep.click()  # it is there
    assert "test-box" in dialog.problem.text()
    dialog.undo.click()
    assert not (folder / "zones.geojson").exists()
    assert "test-box" not in plugin.host.asker.catalogue("en").data["zones"]
    settings.set_data_folder("")


def test_without_lines_the_window_says_what_it_needs(dialog: Any) -> None:
    dialog.form.layers.setLayer(None)
    read(dialog, BOX)
    dialog.draw.click()
    assert "layer of roads" in dialog.problem.text() and dialog.task is None
