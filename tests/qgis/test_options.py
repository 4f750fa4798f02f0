"""The options page keeps what it shows; the help menu says what the plugin is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QApplication, QLabel

import zonerules
from zonerules.plugin import settings
from zonerules.plugin.help import HelpPart, help_page

if TYPE_CHECKING:
    from zonerules.plugin.options import OptionsPage

ROOT = Path(zonerules.__file__).parent
ZONE = "gc-nrmm-ban"


def overlay(folder: Path, *, broken: bool = False) -> Path:
    """A folder that redraws the machinery ban area as a square, or a broken one."""
    ring = [[113.65, 34.70], [113.70, 34.70], [113.70, 34.75], [113.65, 34.75], [113.65, 34.70]]
    feature = {
        "type": "Feature",
        "id": f"{ZONE}/nominal",
        "properties": {
            "zone": ZONE,
            "role": "nominal",
            "accuracy_m": 0,
            "provenance": "drawn by hand",
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    folder.mkdir(exist_ok=True)
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "zones.geojson").write_text(text[:-20] if broken else text, encoding="utf-8")
    return folder


@pytest.fixture
def page(window: Any, plugin: Any) -> OptionsPage:
    [factory] = window.options
    return factory.createWidget(None)


def test_the_page_shows_what_is_set(window: Any, plugin: Any, tmp_path: Path) -> None:
    settings.set_datum("gcj02")
    settings.set_language("en")
    settings.set_data_folder(str(overlay(tmp_path / "mine")))
    [factory] = window.options
    assert factory.title() == "Zone Rules"
    assert not factory.icon().isNull()
    page = factory.createWidget(None)
    assert page.datum.currentData() == "gcj02"
    assert page.language.currentData() == "en"
    assert page.folder.text() == str(tmp_path / "mine")
    labels = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "geocod" not in labels.lower()  # comes with addresses


def test_datum_and_language_are_kept_on_apply_only(plugin: Any, page: OptionsPage) -> None:
    heard: list[str] = []
    plugin.host.languageChanged.connect(heard.append)
    page.datum.setCurrentIndex(page.datum.findData("bd09"))
    page.language.setCurrentIndex(page.language.findData("zh"))
    assert settings.datum() == "wgs84"
    assert plugin.host.lang == "en"
    page.apply()
    assert settings.datum() == "bd09"
    assert plugin.host.lang == "zh"
    assert heard == ["zh"]
    page.apply()  # nothing new
    assert heard == ["zh"]


def test_as_qgis_is_a_choice(plugin: Any, page: OptionsPage) -> None:
    page.language.setCurrentIndex(page.language.findData(""))
    page.apply()
    assert QgsSettings().value("zonerules/language", "") == ""
    page.language.setCurrentIndex(page.language.findData("zh"))
    page.apply()
    assert plugin.host.lang == "zh"
    page.language.setCurrentIndex(page.language.findData(""))
    page.apply()
    assert plugin.host.lang == "en"  # QGIS itself speaks English here
    assert settings.chosen_language() == ""


def test_a_folder_is_read_shown_and_used(plugin: Any, page: OptionsPage, tmp_path: Path) -> None:
    heard: list[int] = []
    plugin.host.catalogueChanged.connect(lambda: heard.append(1))
    page.folder.setText(str(overlay(tmp_path / "mine")))
    page.folder.editingFinished.emit()
    assert "shapes of 1 zone" in page.state.text()
    assert "Good" in page.state.text()
    assert heard == []
    page.apply()
    assert heard == [1]
    data = plugin.host.asker.catalogue("en").data
    assert data["overlay"] == {"path": str(tmp_path / "mine"), "zones": 1}
    page.clear.click()
    page.apply()
    assert heard == [1, 1]
    assert "overlay" not in plugin.host.asker.catalogue("en").data


@pytest.mark.parametrize("what", ["gone", "file", "broken"])
def test_a_folder_that_cannot_be_used_is_told(
    window: Any, plugin: Any, page: OptionsPage, tmp_path: Path, what: str
) -> None:
    folder = tmp_path / what
    if what == "file":
        folder.write_text("x")
    if what == "broken":
        overlay(folder, broken=True)
    page.folder.setText(str(folder))
    page.folder.editingFinished.emit()
    assert page.state.isVisibleTo(page)
    page.apply()
    if what == "broken":  # usable: the zones it may redraw are marked failed
        assert "Please note" in page.state.text()
        assert settings.stored_data_folder() == str(folder)
    else:
        assert "Error" in page.state.text()
        assert settings.stored_data_folder() == ""
        assert "not changed" in window.bar.messages[-1]


def test_an_empty_folder_may_be_chosen(plugin: Any, page: OptionsPage, tmp_path: Path) -> None:
    page.folder.setText(str(tmp_path))
    page.folder.editingFinished.emit()
    assert "No zones.geojson" in page.state.text()
    page.apply()
    assert settings.stored_data_folder() == str(tmp_path)


def test_markup_in_a_path_stays_text(page: OptionsPage, tmp_path: Path) -> None:
    (tmp_path / "mine" / "documents" / "<img src=x>").mkdir(parents=True)
    page.folder.setText(str(tmp_path / "mine"))
    page.folder.editingFinished.emit()
    assert "<img" not in page.state.text()
    assert "&lt;img" in page.state.text()


def test_the_environment_comes_first_and_is_told(
    window: Any, plugin: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZONERULES_DATA", str(tmp_path))
    [factory] = window.options
    page = factory.createWidget(None)
    assert not page.folder.isEnabled()
    told = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "ZONERULES_DATA" in told
    assert str(tmp_path) in told


def test_unknown_settings_fall_back(plugin: Any) -> None:
    QgsSettings().setValue("zonerules/datum", "mars")
    QgsSettings().setValue("zonerules/language", "fr")
    assert settings.datum() == "wgs84"
    assert settings.chosen_language() == ""


# -- help -----------------------------------------------------------------------------------------


def test_about_names_version_documents_and_licences(window: Any, plugin: Any) -> None:
    [entry] = window.help_menu.actions()
    _, about = entry.menu().actions()
    about.trigger()
    dialog = plugin._parts[HelpPart].dialog
    text = dialog.view.toPlainText()
    data = json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))
    assert zonerules.__version__ in text
    assert plugin.host.asker.catalogue("en").data["fingerprint"] in text
    for document in data["documents"].values():
        assert document["title"]["en"] in text
        assert document["covers"]["until"] in text
    assert "GPL-2.0-or-later" in text
    for row in json.loads((ROOT / "geojson/provenance.json").read_text()).values():
        assert row["licence"]["en"] in text
    dialog.close()


def test_help_is_shipped_in_both_languages(window: Any, plugin: Any) -> None:
    zh, en = help_page("zh"), help_page("en")
    for tag in ("<h3>", "<li>", "<tr>", "<code>zrs", "zone_verdict("):
        assert zh.count(tag) == en.count(tag) > 0, tag
    assert "管政98 21" in zh
    [entry] = window.help_menu.actions()
    page, _ = entry.menu().actions()
    assert page.text() == "&Help"
    plugin.host.set_language("zh")
    assert page.text() == "使用说明(&H)"
    page.trigger()
    dialog = plugin._parts[HelpPart].dialog
    assert "定位栏" in dialog.view.toPlainText()
    QApplication.processEvents()
    entry.menu().actions()[1].trigger()  # the second takes the first's place
    QApplication.sendPostedEvents(None, 52)
    assert plugin._parts[HelpPart].dialog.isVisible()


def test_unload_takes_page_and_menu_away(window: Any) -> None:
    plugin = zonerules.classFactory(window)
    plugin.initGui()
    plugin.unload()
    assert window.options == []
    assert window.help_menu.actions() == []
