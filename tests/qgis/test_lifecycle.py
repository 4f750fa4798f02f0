"""The plugin comes, works beside a second copy of itself, and goes without a trace."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from qgis.core import QgsSettings
from qgis.gui import QgsDockWidget, QgsVertexMarker
from qgis.PyQt.QtWidgets import QAction, QApplication

import zonerules
from zonerules.plugin.texts import TABLES, TEXTS, language_of, tr

LON, LAT = 113.69, 34.735


def docks(window: Any) -> list[QgsDockWidget]:
    return window.window.findChildren(QgsDockWidget, "ZoneRulesDock")


def rings(window: Any) -> int:
    return sum(isinstance(item, QgsVertexMarker) for item in window.canvas.scene().items())


def flush() -> None:
    """Let Qt carry out its deleteLater() calls."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
        QApplication.processEvents()


def test_button_menu_dock_and_tool_are_there(window: Any, plugin: Any) -> None:
    texts = [action.text() for action in window.toolbar.actions()]
    assert texts[0] == tr("tool", "en")
    assert len(texts) == len(set(texts))
    assert not window.toolbar.actions()[0].icon().isNull()
    entries = window.vector_menu.actions()
    assert [entry.text() for entry in entries] == ["Zone Rules 管控区规则"]
    assert len(entries[0].menu().actions()) >= 2
    assert len(docks(window)) == 1
    assert len(window.handlers) == 1
    assert not docks(window)[0].isVisible()


def test_the_button_takes_up_the_tool_and_opens_the_dock(window: Any, plugin: Any) -> None:
    window.look_at("EPSG:4326", LON, LAT, 0.01)
    window.toolbar.actions()[0].trigger()
    assert window.canvas.mapTool() is plugin.panel.tool
    assert window.toolbar.actions()[0].isChecked()
    assert docks(window)[0].isVisible()


def test_the_menu_entry_shows_and_hides_the_dock(window: Any, plugin: Any) -> None:
    window.window.show()
    panel = window.vector_menu.actions()[0].menu().actions()[1]
    panel.trigger()
    assert docks(window)[0].isVisible()
    panel.trigger()
    assert not docks(window)[0].isVisible()


def test_unload_leaves_nothing(window: Any) -> None:
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    window.look_at("EPSG:4326", LON, LAT, 0.01)
    window.toolbar.actions()[0].trigger()
    window.click(LON, LAT)
    assert rings(window) > 0
    plugin.unload()
    flush()
    assert window.toolbar.actions() == []
    assert window.vector_menu.actions() == []
    assert window.handlers == []
    assert docks(window) == []
    assert rings(window) == 0
    assert window.canvas.mapTool() is None
    ours = [
        a for a in window.window.findChildren(QAction) if a.objectName().startswith("zonerules")
    ]
    assert ours == []
    window.look_at("EPSG:3857", LON, LAT, 10)  # nothing of the marker listens any more
    plugin.unload()  # a second time is no error


def test_loading_twice_does_not_double_anything(window: Any) -> None:
    first, second = zonerules.classFactory(window), zonerules.classFactory(window)
    first.initGui()
    buttons = len(window.toolbar.actions())
    first.initGui()
    second.initGui()
    flush()
    assert len(window.toolbar.actions()) == buttons
    assert len(window.vector_menu.actions()) == 1
    assert len(window.handlers) == 1
    assert len(docks(window)) == 1
    first.unload()  # its widgets are gone already
    assert len(docks(window)) == 1
    second.unload()
    flush()
    assert docks(window) == []


def test_loading_imports_nothing_heavy_and_reads_no_catalogue() -> None:
    program = (
        "import sys, qgis.core\n"
        "before = set(sys.modules)\n"  # QGIS 3.40 imports numpy and shapely itself
        "import zonerules, zonerules.plugin.main\n"
        "heavy = {'numpy', 'pandas', 'geopandas', 'shapely', 'pyproj', 'typer', 'yaml',"
        " 'jsonschema', 'zonerules.jobs.open', 'zonerules.layers.point', 'zonerules.rules.model'}\n"
        "print(sorted(heavy & (set(sys.modules) - before)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_language_follows_qgis_until_it_is_chosen(window: Any, monkeypatch: Any) -> None:
    QgsSettings().remove("zonerules")
    monkeypatch.setattr("zonerules.plugin.compat.locale_name", lambda: "zh_CN")
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    assert plugin.panel.dock.lang == "zh"
    assert window.toolbar.actions()[0].text() == "查询某地的规则"
    plugin.panel.dock.form.set_language("en")
    assert window.toolbar.actions()[0].text() == "Rules at a place"
    plugin.unload()
    again = zonerules.classFactory(window)
    again.initGui()
    assert again.panel.dock.lang == "en"
    again.unload()


def test_locales() -> None:
    names = ("zh_CN", "zh-Hans", "zh_TW", "ZH", "en_US", "fr", "de_CH", "C")
    assert [language_of(name) for name in names] == ["zh"] * 4 + ["en"] * 4


def test_every_text_has_both_languages_with_the_same_gaps() -> None:
    from string import Formatter

    for key, (zh, en) in TEXTS.items():
        gaps = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (zh, en)]
        assert zh.strip() and en.strip(), key
        assert gaps[0] == gaps[1], key
        assert (zh.count("&") == 1) == (en.count("&") == 1), f"{key}: a shortcut in one only"


def test_no_text_is_in_two_tables() -> None:
    assert sum(len(table.TEXTS) for table in TABLES) == len(TEXTS)


def test_shortcut_letters_of_the_dock_differ() -> None:
    keys = ("place", "date", "today", "last", "activity", "alert", "facts", "language")
    keys += ("copy", "details")
    for number in (0, 1):
        letters = [text[text.index("&") + 1].upper() for text in (TEXTS[k][number] for k in keys)]
        assert len(set(letters)) == len(letters), letters
