"""Runs in a process of its own: the plugin in a QGIS that has none of the heavy packages.

Hides them before anything is imported, uses locator, click, expressions and layers, and prints what
came of it as JSON. The test that started it judges.
"""

from __future__ import annotations

import importlib.abc
import json
import sys
import traceback
from pathlib import Path
from typing import Any

HIDDEN = {
    "folium",
    "fpdf",
    "geopandas",
    "jsonschema",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pyogrio",
    "rich",
    "shapely",
    "typer",
}


class Hide(importlib.abc.MetaPathFinder):
    """Says that a package is not installed."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name.partition(".")[0] in HIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Hide())
sys.path.insert(0, str(Path(__file__).parent))

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsExpression,
    QgsLocatorContext,
    QgsLocatorResult,
    QgsProject,
)
from qgis.PyQt.QtTest import QTest  # noqa: E402
from qgis.PyQt.QtWidgets import QAction  # noqa: E402

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"


def use(window: Any, plugin: Any) -> dict[str, Any]:
    from zonerules.plugin.compat import locator_data
    from zonerules.plugin.search.action import has_action

    seen: dict[str, Any] = {}
    window.look_at("EPSG:4326", LON, LAT, 0.01)
    window.toolbar.actions()[0].trigger()
    window.click(LON, LAT)
    seen["clicked"] = plugin.panel.dock.reply.answer
    found: list[Any] = []

    def keep(result: Any) -> None:
        found.append(QgsLocatorResult(result))

    window.locator.foundResult.connect(keep)
    for text in ("zrs 113.69,34.735", "zrs GC-58", "zrs gc-nrmm-ban"):
        window.locator.fetchResults(text, QgsLocatorContext())
        QTest.qWait(200)
    seen["found"] = [list(locator_data(row)) for row in found]
    for row in found:
        row.filter.triggerResult(row)
    place = f"make_point({LON}, {LAT})"
    texts = {
        "rules": f"zone_rules({place}, '{DAY}', 'EPSG:4326')",
        "verdict": f"zone_verdict({place}, '{DAY}', 'operate-non-road-machinery', 'EPSG:4326')",
        "names": f"zone_names({place}, '{DAY}', crs:='EPSG:4326')",
    }
    seen["expressions"] = {name: QgsExpression(text).evaluate() for name, text in texts.items()}
    load = window.window.findChild(QAction, "zonerules_layers.load")
    if load is not None:
        load.trigger()
        for _ in range(200):
            QTest.qWait(50)
            if QgsProject.instance().count():
                break
        QTest.qWait(500)
    layers = QgsProject.instance().mapLayers().values()
    seen["layers"] = {layer.name(): [layer.isValid(), layer.featureCount()] for layer in layers}
    seen["action"] = [layer.name() for layer in layers if not has_action(layer)]
    seen["table"], seen["atlas"] = table_and_atlas(plugin)
    seen["extract"], seen["webmap"] = extract_and_webmap(plugin)
    seen["lacks"] = lacks()
    seen["messages"] = list(window.bar.messages)
    seen["loaded"] = sorted(HIDDEN & {name.partition(".")[0] for name in sys.modules})
    return seen


def table_and_atlas(plugin: Any) -> tuple[list[str], str]:
    """What a table is said to need, and the text of an atlas of one page."""
    import tempfile

    from pypdf import PdfReader
    from qgis.core import QgsCoordinateReferenceSystem, QgsFeedback

    from zonerules.plugin.asking import palette
    from zonerules.plugin.atlas import book, export, firms, pages
    from zonerules.plugin.tables.part import TablesPart

    wanted: list[str] = []
    plugin.host.packagesWanted.connect(wanted.extend)
    window = plugin._parts[TablesPart].show()
    window.setup.source.take("firms.xlsx")
    plugin.host.packagesWanted.disconnect(wanted.extend)
    common = pages.Common(("operate-boiler",), DAY, None, {}, 10.0, "wgs84")
    firm = firms.Firm("Firm", LON, LAT, {}, {})
    catalogue, made = pages.make(
        None, [firm], common, palette(), "en", progress=lambda share, note: None
    )
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    matter = book.Matter("firms", made, catalogue, "en", palette(), [], crs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = book.Book(matter, QgsProject.instance(), folder)
        assert export.export(whole, folder, folder / "a.pdf", QgsFeedback()) == ""
        text = "".join(page.extract_text() for page in PdfReader(folder / "a.pdf").pages)
        del whole
    return wanted, text


def extract_and_webmap(plugin: Any) -> tuple[str, list[str]]:
    """The extract of what is shown, as HTML, and what PDF and web map are said to need."""
    import tempfile

    from zonerules.plugin.extract.part import ExtractPart
    from zonerules.plugin.webmap.part import WebMapPart

    wanted: list[str] = []
    plugin.host.packagesWanted.connect(wanted.extend)
    with tempfile.TemporaryDirectory() as folder:
        dialog = plugin._parts[ExtractPart].show()
        dialog.output.take(str(Path(folder) / "a.pdf"))
        dialog.save()
        dialog.output.take(str(Path(folder) / "a.html"))
        dialog.save()
        while dialog.task is not None:
            QTest.qWait(20)
        text = (Path(folder) / "a.html").read_text(encoding="utf-8")
        webmap = plugin._parts[WebMapPart].show()
        webmap.output.take(str(Path(folder) / "map.html"))
        webmap.run()
    plugin.host.packagesWanted.disconnect(wanted.extend)
    return text, wanted


def lacks() -> list[str]:
    from zonerules.plugin.deps import gate, needs

    return [lack.name for lack in gate.lacks(needs.ALL)]


def main() -> None:
    application = QgsApplication([], True)
    application.initQgis()
    from conftest import Window
    from qgis.core import QgsSettings

    import zonerules

    QgsSettings().setValue("zonerules/language", "en")
    window = Window()
    plugin = zonerules.classFactory(window)
    try:
        plugin.initGui()
        seen = use(window, plugin)
        plugin.unload()
    except BaseException:
        seen = {"error": traceback.format_exc()}
    print("SEEN " + json.dumps(seen, default=str))
    sys.stdout.flush()
    import os

    os._exit(0)  # live references would crash QGIS's own exit


if __name__ == "__main__":
    main()
