"""A stock QGIS, without shapely, geopandas and the rest: what needs none of them works the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LON, LAT, DAY = 113.69, 34.735, "2017-11-20"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the plugin did in a process that hides the packages, in a profile of its own."""
    home = tmp_path_factory.mktemp("stock")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QGIS_PREFIX_PATH": "/usr"}
    environment.update(
        QGIS_CUSTOM_CONFIG_PATH=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home)
    )
    environment.pop("ZONERULES_DATA", None)
    program = Path(__file__).with_name("in_stock.py")
    done = subprocess.run(
        [sys.executable, str(program)], env=environment, capture_output=True, text=True, timeout=240
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("SEEN ")]
    assert lines, done.stdout[-2000:] + done.stderr[-4000:]
    found = json.loads(lines[0][len("SEEN ") :])
    assert "error" not in found, found["error"]
    return found


def test_the_packages_were_hidden(seen: Any) -> None:
    assert seen["loaded"] == []
    assert {"shapely", "geopandas", "pandas", "folium"} <= set(seen["lacks"])


def test_a_click_is_answered_as_ever(seen: Any, catalogue: Any) -> None:
    query = seen["clicked"]["query"]
    full = catalogue.at(query["lon"], query["lat"], date=query["date"])
    assert [row["id"] for row in seen["clicked"]["rules"]] == [row["id"] for row in full["rules"]]
    assert query["lon"] == pytest.approx(LON, abs=1e-4)


def test_the_locator_finds_and_opens(seen: Any) -> None:
    assert ["place", LON, LAT] in seen["found"]
    assert ["rule", "GC-58"] in seen["found"]
    assert ["zone", "gc-nrmm-ban"] in seen["found"]


def test_expressions_have_their_values(seen: Any, catalogue: Any) -> None:
    full = catalogue.at(LON, LAT, date=DAY)
    values = seen["expressions"]
    assert values["rules"] == {row["id"]: row["outcome"] for row in full["rules"]}
    one = catalogue.at(LON, LAT, date=DAY, activity="operate-non-road-machinery")
    assert values["verdict"] == one["verdicts"][0]["verdict"]
    assert "Guancheng Hui District" in values["names"]


def test_layers_are_loaded_with_features(seen: Any) -> None:
    assert seen["layers"], "no layer was loaded"
    for name, (valid, count) in seen["layers"].items():
        assert valid, name
        assert count != 0, name


def test_loaded_layers_have_the_action(seen: Any) -> None:
    assert seen["action"] == []


def test_a_table_says_what_it_needs_and_the_atlas_needs_nothing(seen: Any) -> None:
    assert {"shapely", "pyarrow", "openpyxl"} <= set(seen["table"])
    assert "pyogrio" not in seen["table"]  # for map files only
    text = "".join(seen["atlas"].split())
    assert text.startswith("Firm") and "legaladvice" in text


def test_an_extract_is_saved_as_html_and_pdf_and_web_map_say_what_they_need(seen: Any) -> None:
    assert "GC-58" in seen["extract"] or "管政〔2017〕98号" in seen["extract"]
    assert {"fpdf2", "folium", "shapely"} <= set(seen["webmap"])


def test_nothing_was_complained_about(seen: Any) -> None:
    for line in seen["messages"]:
        assert "unexpected" not in line.lower(), line
        assert "No module" not in line, line
