"""Where the web map from QGIS draws enterprises, and what it tells of places and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsField, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QVariant

from zonerules.tests.qgis.test_webmap_export import LAT, LON, Heard, Page, checked, places, run

if TYPE_CHECKING:
    from pathlib import Path


def test_checked_points_are_taken_as_they_are_and_what_was_chosen_is_told(
    provider: Any, tmp_path: Path
) -> None:
    layer = checked()
    layer.dataProvider().addAttributes([QgsField("zr_verdict_mine", QVariant.String)])
    layer.updateFields()
    found = {}
    for datum in ("", "gcj02", "unknown"):
        feedback, path = Heard(), tmp_path / f"map{datum}.html"
        run(feedback, ENTERPRISES=layer, DATUM=datum, LANGUAGE="en", OUTPUT=str(path))
        shown = Page(path).data["zonerules-map"]
        assert places(shown["firms"]) == [(LON, LAT), (113.7, 34.8)]
        found[datum] = {one.get("doubt_m") for one in shown["firms"]}
        told = "\n".join(feedback.lines)
        assert ("taken as they are" in told) is (datum == "gcj02")
        assert "Coloured by zr_verdict, the first" in told and "zr_verdict_mine" in told
        assert shown["coloured"] == {
            "column": "zr_verdict",
            "activity": None,
            "others": ["zr_verdict_mine"],
        }
    assert found == {"": {None}, "gcj02": {None}, "unknown": {710.0}}


def test_the_window_offers_no_datum_that_would_not_move_points(plugin: Any, window: Any) -> None:
    from zonerules.plugin.webmap.content import ContentForm

    bare = QgsVectorLayer(
        "None?field=lon:double&field=lat:double&field=zr_verdict:string", "t", "memory"
    )
    offered = []
    for layer in (checked(), bare):
        QgsProject.instance().addMapLayer(layer)
        form = ContentForm(None, "en")
        form.prefer(layer)
        offered.append([form.datum.itemData(at) for at in range(form.datum.count())])
    QgsProject.instance().clear()
    assert offered == [["", "unknown"], ["", "wgs84", "cgcs2000", "gcj02", "bd09", "unknown"]]
