"""The Processing provider in QGIS: what is there, how it looks, what lint tells."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProject,
    QgsSettings,
)

import zonerules
from zonerules.packaging.reference.algorithms import algorithms
from zonerules.tests.qgis.toolbox import (
    ACTIVITY,
    DAY,
    Heard,
    command,
    layer_of,
    point,
    rows_of,
    run,
)

if TYPE_CHECKING:
    from pathlib import Path


ALGORITHMS = {
    "rulesatpoints",
    "checktable",
    "sourcesinzones",
    "ringsearch",
    "delimit",
    "exportcatalogue",
    "exportwebmap",
    "extracts",
    "lint",
}


# -- the provider ----------------------------------------------------------------------------------


def test_the_provider_has_what_is_built_and_nothing_else(provider: Any) -> None:
    assert {algorithm.name() for algorithm in provider.algorithms()} == ALGORITHMS
    assert not provider.icon().isNull()


def test_the_reference_of_the_site_names_every_parameter_and_output(provider: Any) -> None:
    page = algorithms("en")
    for algorithm in provider.algorithms():
        section = page.partition(f"{{#{algorithm.name()}}}")[2].partition("\n## ")[0]
        real = (*algorithm.parameterDefinitions(), *algorithm.outputDefinitions())
        named = set(re.findall(r"^\| `([A-Z_0-9]+)` \| ", section, re.MULTILINE))
        assert named == {told.name() for told in real}, algorithm.name()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_name_and_parameter_is_told_in_both_languages(provider: Any, lang: str) -> None:
    QgsSettings().setValue("zonerules/language", lang)
    provider.refreshAlgorithms()
    for algorithm in provider.algorithms():
        words = [algorithm.displayName(), algorithm.group(), algorithm.shortHelpString()]
        words += [algorithm.shortDescription(), algorithm.helpUrl()]
        for parameter in algorithm.parameterDefinitions():
            words += [parameter.description(), parameter.help()]
        assert all(words), algorithm.name()
        assert "<b>" in algorithm.shortHelpString()
        han = any("\u4e00" <= char <= "\u9fff" for char in algorithm.displayName())
        assert han == (lang == "zh")
        example = "<b>例</b>" if lang == "zh" else "<b>Example</b>"
        assert example in algorithm.shortHelpString(), algorithm.name()


def test_the_window_adds_the_provider_and_takes_it_away(window: Any, qgis_processing: Any) -> None:
    registry = QgsApplication.processingRegistry()
    plugin = zonerules.classFactory(window)
    for _ in range(3):
        plugin.initGui()
        assert registry.providerById("zonerules") is not None
        plugin.unload()
        assert registry.providerById("zonerules") is None


def test_a_second_copy_keeps_its_provider_when_the_first_goes(
    window: Any, qgis_processing: Any
) -> None:
    registry = QgsApplication.processingRegistry()
    first, second = zonerules.classFactory(window), zonerules.classFactory(window)
    first.initGui()
    second.initGui()
    first.unload()
    assert registry.providerById("zonerules") is not None
    second.unload()
    assert registry.providerById("zonerules") is None


def test_the_names_follow_the_language(window: Any, plugin: Any, qgis_processing: Any) -> None:
    registry = QgsApplication.processingRegistry()
    assert registry.algorithmById("zonerules:lint").displayName() == "Check the catalogue"
    plugin.host.set_language("zh")
    assert registry.algorithmById("zonerules:lint").displayName() == "检查规则目录"


def test_the_metadata_tells_qgis_process_of_the_provider() -> None:
    from pathlib import Path

    text = (Path(zonerules.__file__).parent / "metadata.txt").read_text(encoding="utf-8")
    assert "\nhasProcessingProvider=yes\n" in text


# -- lint ------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_lint_tells_what_the_command_tells(provider: Any, tmp_path: Path) -> None:
    theirs = command("lint", "--json")
    page = tmp_path / "report.html"
    made = run("lint", OUTPUT="memory:", REPORT=str(page))
    rows = rows_of(made["OUTPUT"])
    assert [(r["severity"], r["file"], r["line"], r["what"]) for r in rows] == [
        (f["severity"], f["file"], f["line"], f["what"]) for f in theirs["findings"]
    ]
    assert made["SOUND"] is theirs["sound"]
    assert made["WARNINGS"] == len(rows)
    assert "<script" not in page.read_text(encoding="utf-8")


def test_lint_of_a_broken_folder(provider: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    broken = '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "<b>x</b>"}]}'
    (folder / "zones.geojson").write_text(broken, encoding="utf-8")
    page = tmp_path / "report.html"
    made = run("lint", FOLDER=str(folder), OUTPUT="memory:", REPORT=str(page))
    assert made["SOUND"] is False
    assert made["ERRORS"] > 0
    assert "<b>x</b>" not in page.read_text(encoding="utf-8")


def test_lint_of_a_folder_with_nothing_to_check(provider: Any, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match=str(tmp_path)):
        run("lint", FOLDER=str(tmp_path), OUTPUT="memory:")


def test_without_shapely_lint_says_so(provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zonerules.plugin.processing.lint.find_spec", lambda name: None)
    algorithm = QgsApplication.processingRegistry().algorithmById("zonerules:lint")
    able, why = algorithm.canExecute()
    assert not able
    assert "shapely" in why


# -- how it looks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_output_is_styled_by_verdict(provider: Any, lang: str) -> None:
    QgsSettings().setValue("zonerules/language", lang)
    from zonerules.plugin.asking import palette

    context, project = QgsProcessingContext(), QgsProject.instance()
    context.setProject(project)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("zonerules:rulesatpoints")
    layer = layer_of([(point(), {})])
    from qgis.core import QgsProcessingOutputLayerDefinition

    output = QgsProcessingOutputLayerDefinition("memory:", project)
    output.destinationName = "shown"
    parameters = {"INPUT": layer, "ACTIVITY": ACTIVITY, "DATE": DAY, "OUTPUT": output}
    results, ok = algorithm.run(parameters, context, Heard())
    assert ok
    [details] = context.layersToLoadOnCompletion().values()
    made = context.takeResultLayer(results["OUTPUT"])
    details.postProcessor().postProcessLayer(made, context, Heard())
    renderer = made.renderer()
    assert renderer.classAttribute() == "zr_verdict"
    labels = {entry.value(): entry.label() for entry in renderer.categories() if entry.value()}
    outcomes = palette()["outcome"]
    assert labels == {name: outcomes[name]["label"][lang] for name in labels}
    assert len(labels) == 8
    icons = {
        entry.symbol().symbolLayer(0).path().rsplit("/", 1)[-1]
        for entry in renderer.categories()
        if entry.value()
    }
    assert len(icons) == 8  # never colour alone
    assert made.attributeDisplayName(made.fields().lookupField("zr_error")) == (
        "错误" if lang == "zh" else "Error"
    )


def test_csv_is_left_to_qgis(provider: Any, tmp_path: Path) -> None:
    """Any format QGIS writes will do; Chinese text survives."""
    path = tmp_path / "out.csv"
    layer = layer_of([(point(), {"名称": "某厂"})])
    run("rulesatpoints", INPUT=layer, DATE=DAY, ACTIVITY=ACTIVITY, OUTPUT=str(path))
    [row] = csv.DictReader(path.open(encoding="utf-8"))
    assert row["名称"] == "某厂"
    assert row["zr_verdict"] == "cannot_determine"
