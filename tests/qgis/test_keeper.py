"""The catalogue panel: filter, card, zoom, the check."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import shapely
from qgis.core import (
    QgsPointXY,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication
from shapely.geometry import box, shape

import zonerules
from zonerules.jobs.exchange.tables import shapes_of
from zonerules.plugin.geometry import from_geojson, to_geojson
from zonerules.plugin.keeper import checks
from zonerules.plugin.keeper.part import KeeperPart
from zonerules.tests.qgis.keeping import SQUARE, ZONE, folder, keeper

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

__all__ = ["folder", "keeper"]  # fixtures


# -- the list --------------------------------------------------------------------------------------


def test_the_panel_lists_every_zone_and_reads_nothing_before_it_is_seen(
    plugin: Any, window: Any, catalogue: Any
) -> None:
    dock = plugin._parts[KeeperPart].dock
    assert dock.table.rowCount() == 0
    window.window.show()
    dock.show()
    QApplication.processEvents()
    assert dock.table.rowCount() == len(catalogue.data["zones"])
    number = len(catalogue.data["zones"])
    assert dock.count.text().startswith(f"{number} of {number} zones; ■ mapped ")


def test_filters_count_what_the_catalogue_holds(keeper: KeeperPart, catalogue: Any) -> None:
    dock, zones = keeper.dock, catalogue.data["zones"].values()
    for name, value, wanted in (
        ("status", "unmapped", [z for z in zones if z["basis"] == "unmapped"]),
        ("status", "object", [z for z in zones if z["basis"] == "object"]),
        ("kind", "fuel_ban", [z for z in zones if z["kind"] == "fuel_ban"]),
        ("document", "shanhuan-2022-7", [z for z in zones if z["document"] == "shanhuan-2022-7"]),
    ):
        combo = dock._combos[name]
        combo.setCurrentIndex(combo.findData(value))
        assert combo.currentText().endswith(f"({len(wanted)})")
        found = {
            dock.filter.index(n, 0).data(Qt.ItemDataRole.UserRole)
            for n in range(dock.filter.rowCount())
        }
        assert found == {zone["id"] for zone in wanted}
        combo.setCurrentIndex(0)
    dock.search.setText("中州大道 金水路")
    assert dock.filter.rowCount() == 1
    dock.search.setText("(.*")
    assert dock.filter.rowCount() == 0


def test_sorting_by_name(keeper: KeeperPart) -> None:
    dock = keeper.dock
    dock.view.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    ids = [dock.filter.index(n, 4).data() for n in range(dock.filter.rowCount())]
    assert ids == sorted(ids, reverse=True)


def test_the_card_says_all_that_is_known(keeper: KeeperPart, catalogue: Any) -> None:
    assert keeper.dock.select("gc-nrmm-ban")
    text = keeper.dock.card.toPlainText()
    zone = catalogue.data["zones"]["gc-nrmm-ban"]
    for words in (
        zone["name"]["en"],
        zone["delimited"]["en"],
        "管政〔2017〕98号 21",
        "南三环",
        "± 220 m",
        "GPL-2.0-or-later",
        "GC-58",
        "mapped",
    ):
        assert words in text, words
    disputed = next(z for z in catalogue.data["zones"].values() if z.get("disputes"))
    assert keeper.dock.select(disputed["id"])
    assert disputed["disputes"]["en"] in keeper.dock.card.toPlainText()


def test_markup_in_a_name_stays_text(keeper: KeeperPart, folder: Path) -> None:
    told = {"zone": ZONE, "accuracy_m": 0, "provenance": "<img src='http://x/y.png'><b>p</b>"}
    feature = {
        "type": "Feature",
        "properties": told,
        "geometry": to_geojson(from_geojson(json.loads(shapely.to_geojson(SQUARE)))),
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "zones.geojson").write_text(text)
    keeper.host.reopen()
    keeper.dock.select(ZONE)
    assert "<img src='http://x/y.png'><b>p</b>" in keeper.dock.card.toPlainText()


def test_zoom_shows_the_zone_or_says_what_it_shows_instead(
    keeper: KeeperPart, window: Any, catalogue: Any
) -> None:
    dock = keeper.dock
    dock.select("gc-nrmm-ban")
    dock.zoom.click()
    extent = shape(catalogue.data["zones"]["gc-nrmm-ban"]["shapes"]["extent"])
    seen = window.canvas.extent()
    assert box(seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()).contains(extent)
    assert seen.width() < 4 * (extent.bounds[2] - extent.bounds[0]) + 0.1
    assert not dock.note.isVisible()
    dock.select(ZONE)
    dock.zoom.click()
    assert "not drawn" in dock.note.text() and "Guancheng" in dock.note.text()
    district = shape(shapes_of(catalogue.data, catalogue.data["zones"]["gc-district"])["nominal"])
    seen = window.canvas.extent()
    assert box(seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()).contains(
        district
    )


def test_the_panel_speaks_both_languages(keeper: KeeperPart) -> None:
    keeper.dock.select("gc-nrmm-ban")
    keeper.host.set_language("zh")
    assert keeper.dock.shape.text() == "用选中要素作为其图形(&U)…"
    assert "含道路" in keeper.dock.card.toPlainText()
    assert keeper.dock.chosen() == "gc-nrmm-ban"
    keeper.host.set_language("en")


# -- the check -------------------------------------------------------------------------------------


def finish(qtbot: Any, dock: Any) -> None:
    qtbot.waitUntil(lambda: dock.checks._task is None, timeout=60_000)


def test_the_check_lists_what_lint_says_of_catalogue_and_overlay(
    keeper: KeeperPart, folder: Path, window: Any, qtbot: Any
) -> None:
    far = box(113.0, 34.0, 113.01, 34.01)  # valid, but not in the district
    feature = {
        "type": "Feature",
        "id": f"{ZONE}/nominal",
        "properties": {"zone": ZONE, "accuracy_m": 0, "provenance": "p", "licence": "l"},
        "geometry": json.loads(shapely.to_geojson(far.union(SQUARE))),
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, indent=1)
    (folder / "zones.geojson").write_text(text)
    keeper.host.reopen()
    dock = keeper.dock
    dock.checks.run.click()
    assert dock.checks.stop.isEnabled() and dock.checks.progress.isVisible() is not None
    finish(qtbot, dock)
    rows = [dock.checks.list.topLevelItem(n) for n in range(dock.checks.list.topLevelItemCount())]
    ours = [row for row in rows if f" · {ZONE}\n" in row.text(0)]
    line = text[: text.index(f'"{ZONE}/nominal"')].count("\n") + 1
    assert any(
        f"zones.geojson:{line}" in row.text(0) and "reaches out" in row.text(0) for row in ours
    )
    assert any("documents/" in row.text(0) for row in rows), "the shipped catalogue is checked too"
    errors = sum(row["severity"] == "error" for row in dock.checks.findings)
    assert dock.checks.summary.text().startswith("1 error, ") and errors == 1
    dock.checks.list.itemActivated.emit(ours[0], 0)
    assert dock.chosen() == ZONE
    assert window.canvas.extent().contains(QgsPointXY(113.0, 34.0))


def test_a_check_can_be_stopped_and_started_again(keeper: KeeperPart, qtbot: Any) -> None:
    dock = keeper.dock
    dock.checks.run.click()
    dock.checks.stop.click()
    finish(qtbot, dock)
    assert dock.checks.findings is None and dock.checks.run.isEnabled()
    dock.checks.run.click()
    finish(qtbot, dock)
    assert dock.checks.findings is not None


def test_a_missing_module_is_told_plainly(
    keeper: KeeperPart, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacks(overlay: Any, progress: Any) -> Any:
        raise ModuleNotFoundError("No module named 'jsonschema'", name="jsonschema")

    monkeypatch.setattr(checks, "examined", lacks)
    keeper.dock.checks.run.click()
    finish(qtbot, keeper.dock)
    assert "lacks the Python module jsonschema" in keeper.dock.checks.summary.text()
    assert keeper.dock.checks.findings is None


def test_drawing_needs_no_shapely(tmp_path: Path) -> None:
    """All but the check works in a stock QGIS: nothing here imports a geometry library."""
    import subprocess

    program = f"""
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('shapely', 'geopandas', 'pyproj', 'pandas', 'pyogrio'):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Hidden())
from qgis.core import QgsApplication, QgsGeometry
app = QgsApplication([], False); app.initQgis()
from pathlib import Path
from zonerules.plugin.keeper.shape import drafted, settled, stored
from zonerules.jobs.exchange.keeping import draw
from zonerules.jobs.open import open
area = settled(QgsGeometry.fromWkt({SQUARE.wkt!r}))
draw(Path({str(tmp_path)!r}), {ZONE!r}, stored(drafted(area, 60.0, None)), accuracy_m=60.0,
     provenance='p', licence='l', basis='documented_boundary', when='2024-01-01T00:00:00')
print(open({str(tmp_path)!r}).located.locate(113.695, 34.735, 0.0)[{ZONE!r}].where)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split()[-1:] == ["inside"], done.stdout + done.stderr


def test_unload_leaves_no_panel(window: Any) -> None:
    from qgis.gui import QgsDockWidget

    made = zonerules.classFactory(window)
    made.initGui()
    made._parts[KeeperPart].dock.show()
    made.unload()
    for _ in range(3):
        QApplication.sendPostedEvents(None, 52)
        QApplication.processEvents()
    assert window.window.findChildren(QgsDockWidget, "ZoneRulesKeeper") == []
