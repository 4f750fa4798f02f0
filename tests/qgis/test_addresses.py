"""Addresses in QGIS: the locator offline, the circle on the map, the question with its radius."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsProcessingFeedback,
    QgsSettings,
)
from qgis.PyQt.QtTest import QTest

from zonerules.jobs.address.resolve import locate
from zonerules.jobs.cli import main
from zonerules.plugin.compat import locator_data
from zonerules.plugin.panel.part import PanelPart
from zonerules.tests.qgis.locating import search

if TYPE_CHECKING:
    from pathlib import Path

CROSSING = "郑州市二七区二七路与金水路交叉口西南140米"
MISMATCH = "郑州市二七区航海东路街道办事处"  # a sub-district of Guancheng


def pick(window: Any, result: Any) -> None:
    [made] = [one for one in window.locator.filters() if one.activePrefix() == "zra"]
    made.triggerResult(result)


def test_rows_are_those_of_the_command_line(window: Any, plugin: Any) -> None:
    expected = locate(CROSSING, lang="en")["candidates"]
    rows = search(window, f"zra {CROSSING}")
    assert len(rows) == len(expected) > 0
    target = locator_data(rows[0])
    assert target[0] == "address"
    best = expected[0]
    assert (round(target[1], 6), round(target[2], 6)) == (best["lon"], best["lat"])
    assert round(target[3]) == best["radius_m"]
    assert "二七路" in rows[0].displayString and "crossing" in rows[0].displayString
    assert f"±{best['radius_m']} m" in rows[0].description and "二七区" in rows[0].description


def test_without_its_prefix_nothing_is_taken_for_an_address(window: Any, plugin: Any) -> None:
    rows = search(window, CROSSING)
    assert all(locator_data(row)[0] != "address" for row in rows)


def test_a_row_moves_the_map_and_asks_with_its_radius(window: Any, plugin: Any) -> None:
    window.look_at("EPSG:4326", 100.0, 30.0, 0.1)
    panel = plugin._parts[PanelPart]
    panel.dock.form.accuracy.setValue(25)
    [row, *_] = search(window, f"zra {CROSSING}")
    _, lon, lat, radius, _ = locator_data(row)
    pick(window, row)
    assert panel.dock.reply.answer["query"]["accuracy_m"] == math.ceil(radius)
    assert panel.dock.reply.answer["query"]["lon"] == pytest.approx(lon, abs=1e-6)
    seen = window.canvas.extent()
    assert seen.contains(panel.marker.point())
    # as wide as the circle: twice the radius on a parallel, whose degrees are narrower
    degrees = 2 * radius / (111_320 * math.cos(math.radians(lat)))
    box = panel.marker.circle().boundingBox()
    assert box.width() == pytest.approx(degrees, rel=0.02)
    assert seen.contains(box)
    plugin.host.placeWanted.emit(113.69, 34.735, 0.0)  # the next place is not that doubtful
    assert panel.dock.reply.answer["query"]["accuracy_m"] == 25


def test_another_county_than_the_one_written_is_told(window: Any, plugin: Any) -> None:
    told = locate(MISMATCH, lang="en")
    assert told["review"]
    rows = search(window, f"zra {MISMATCH}")
    assert all(told["review"] in row.description for row in rows)
    window.look_at("EPSG:4326", 113.69, 34.735, 0.1)
    pick(window, rows[0])
    assert any("Look at the address" in line for line in window.bar.messages)


def test_what_is_nowhere_says_why(window: Any, plugin: Any) -> None:
    [row] = search(window, "zra xyzzy plugh")
    assert "No place" in row.displayString
    pick(window, row)
    assert plugin._parts[PanelPart].dock.reply is None


def test_in_chinese(window: Any, plugin: Any) -> None:
    QgsSettings().setValue("zonerules/language", "zh")
    plugin.host.set_language("en")
    plugin.host.set_language("zh")
    [row, *_] = search(window, f"zra {CROSSING}")
    assert "路口" in row.displayString and "把握" in row.description


# -- tables ---------------------------------------------------------------------------------------

HEAD = ["企业名称", "地址"]
ROWS = [["甲厂", CROSSING], ["乙厂", MISMATCH], ["丙厂", "岳村镇驼腰村"], ["丁厂", ""]]
ACTIVITY, DAY = "operate-non-road-machinery", "2017-11-20"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "企业.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *ROWS])
    return path


@pytest.fixture
def expected(table: Path, tmp_path: Path) -> bytes:
    """What `zonerules check --address-col` writes."""
    out = tmp_path / "expected.csv"
    line = ["check", str(table), "-o", str(out), "--address-col", "地址", "--within", "新密市"]
    assert main([*line, "--activity", ACTIVITY, "--date", DAY]) in (0, 1)
    return out.read_bytes()


def test_the_algorithm_places_rows_by_address(
    provider: Any, table: Path, expected: bytes, tmp_path: Path
) -> None:
    import processing

    out = tmp_path / "made.csv"
    asked = {"INPUT": str(table), "ADDRESS_COLUMN": "地址", "WITHIN": "新密市"}
    more = {"ACTIVITY": ACTIVITY, "DATE": DAY, "OUTPUT": str(out), "LOAD": False, "LANGUAGE": "zh"}
    processing.run("zonerules:checktable", {**asked, **more}, feedback=QgsProcessingFeedback(False))
    assert out.read_bytes() == expected
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "路口" in rows[0]["zr_place"] and not rows[1]["zr_place"] and rows[1]["zr_error"]


def test_the_window_asks_for_no_datum_where_there_are_no_coordinates(
    plugin: Any, window: Any, table: Path, expected: bytes, tmp_path: Path
) -> None:
    from zonerules.plugin.tables.part import TablesPart

    plugin.host.set_language("zh")
    dialog = plugin._parts[TablesPart].show()

    def idle() -> None:
        for _ in range(1000):
            if dialog.task is None:
                return
            QTest.qWait(20)

    try:
        dialog.setup.form.set_date(DAY)
        dialog.setup.source.take(str(table))
        idle()
        assert not dialog.run_button.isEnabled()
        dialog.setup.by_address.setChecked(True)
        assert dialog.run_button.isEnabled()
        dialog.setup.within.setText("新密市")
        dialog.setup.form.set_activity(ACTIVITY)
        out = tmp_path / "made.csv"
        dialog.setup.output.take(str(out))
        dialog.setup.with_review.setChecked(False)
        dialog.setup.on_map.setChecked(False)
        dialog.run()
        idle()
        assert out.read_bytes() == expected
    finally:
        dialog.close()
