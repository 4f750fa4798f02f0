"""The zip, installed in a clean profile of a real QGIS window, answers a mouse click.

Needs ``qgis``, ``xvfb``, ``xdotool`` and a Chinese font; a missing one is an error, not a skip.
Screenshots stay in the temporary folder of the test, or go to ``ZONERULES_SHOTS``.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest

import zonerules
from zonerules.jobs.banned.ask import banned
from zonerules.plugin.texts import tr

ROOT = Path(zonerules.__file__).resolve().parent
LON, LAT, DAY = 113.69, 34.735, "2017-11-20"
ZONE = "gc-nrmm-ban"
CORNERS = [[113.66, 34.71], [113.66, 34.73], [113.71, 34.73], [113.71, 34.71]]
ACTIVITY, FACTS = "operate-non-road-machinery", {"machine.stage": "1"}
LOCALES = {"zh": "zh-Hans", "en": "en_US"}  # as QGIS spells them in its settings
SECONDS = 240  # for the whole round in one window
CRS = "EPSG:4547"  # what a planning office in this city works in
SURVEY_CRS = "EPSG:4526"  # the same with the number of its zone, 38, before Y


@pytest.fixture(scope="session")
def plugin_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zip")
    script = ROOT / "packaging" / "make_zip.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True)
    [made] = folder.glob("zonerules-*.zip")
    return made


def make_profile(home: Path, plugin_zip: Path, locale: str) -> None:
    """Write the profile of somebody who installed the zip and did nothing else yet."""
    profile = home / "profiles" / "default"
    with zipfile.ZipFile(plugin_zip) as archive:
        archive.extractall(profile / "python" / "plugins")
    settings = (
        f"[locale]\noverrideFlag=true\nuserLocale={locale}\n"
        "[PythonPlugins]\nzonerules=true\n"
        "[qgis]\nshowTips322=false\ncheckVersion=false\n"
        "[Plugins]\nshowed=true\n"
    )
    (profile / "QGIS").mkdir(parents=True)
    (profile / "QGIS" / "QGIS3.ini").write_text(settings, encoding="utf-8")


def run_window(command: list[str], environment: dict[str, str]) -> str:
    """Run QGIS on its X server and return what it prints; one that hangs ends with its children."""
    whole = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "start_new_session": True}
    with subprocess.Popen(command, env=environment, text=True, **whole) as process:
        try:
            return process.communicate(timeout=SECONDS)[0]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


@pytest.fixture(scope="session", params=LOCALES)
def seen(request: Any, plugin_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a QGIS in the language ``request.param`` showed after one click."""
    lang = request.param
    work = tmp_path_factory.mktemp(f"qgis-{lang}")
    make_profile(work / "home", plugin_zip, LOCALES[lang])
    job = {
        "lon": LON,
        "lat": LAT,
        "date": DAY,
        "crs": CRS,
        "scale": 60_000,
        "wide_scale": 200_000,
        "survey_crs": SURVEY_CRS,
        "dock_width": 560,
        "split": [180, 420],
        "activity": ACTIVITY,
        "facts": "; ".join(f"{key}={value}" for key, value in FACTS.items()),
        "corners": CORNERS,
        "search": ZONE,
        "expression": f"zone_verdict(make_point({LON}, {LAT}), '{DAY}', '{ACTIVITY}', 'EPSG:4326')",
    }
    (work / "job.json").write_text(json.dumps(job), encoding="utf-8")
    server = {"zh": "120", "en": "160"}[lang]  # apart: two that look for a free number may meet
    command = [
        "xvfb-run",
        "-a",
        "-n",
        server,
        "-s",
        "-screen 0 1400x900x24",
        "qgis.bin",
        "--nologo",
    ]
    command += ["--noversioncheck", "--profiles-path", str(work / "home")]
    command += ["--code", str(Path(__file__).with_name("in_qgis.py"))]
    dropped = ("QT_QPA_PLATFORM", "PYTHONPATH", "VIRTUAL_ENV", "ZONERULES_DATA")
    environment = {key: value for key, value in os.environ.items() if key not in dropped}
    environment.update(ZONERULES_E2E=str(work / "job.json"), LANG="C.UTF-8")
    told = run_window(command, environment)
    shots = os.environ.get("ZONERULES_SHOTS")
    for picture in (*work.glob("*.png"), *work.glob("*.pdf")):
        if shots:
            Path(shots).mkdir(parents=True, exist_ok=True)
            shutil.copy(picture, Path(shots) / f"qgis-{lang}-{picture.name}")
    report = work / "seen.json"
    assert report.is_file(), told[-6000:]
    found = json.loads(report.read_text(encoding="utf-8"))
    assert "error" not in found, found["error"]
    found["asked_lang"] = lang
    found["home"] = str(work / "home")
    return found


def test_the_installed_copy_runs_in_the_language_of_qgis(seen: dict[str, Any]) -> None:
    assert seen["active"]
    assert seen["from"].startswith(seen["home"])
    assert seen["lang"] == seen["asked_lang"]
    assert seen["toolbars"] == 1
    assert seen["shown_by_button"]
    working = tr("layers.task", seen["lang"])  # what QGIS may say while it takes its time
    said = [text for text in seen["messages"] if text != working]
    assert len(said) == 2  # layers loaded, and that they are there already
    assert seen["crs"] == CRS


def test_the_click_found_the_place(seen: dict[str, Any]) -> None:
    query = seen["answer"]["query"]
    east = (query["lon"] - LON) * math.cos(math.radians(LAT)) * 111_320
    north = (query["lat"] - LAT) * 111_320
    assert math.hypot(east, north) < 40  # a pixel is some 16 m at this scale


def test_the_answer_is_that_of_python(seen: dict[str, Any]) -> None:
    query = seen["answer"]["query"]
    ask = zonerules.open().at
    assert seen["answer"] == ask(query["lon"], query["lat"], date=DAY)
    assert seen["one"] == ask(query["lon"], query["lat"], date=DAY, activity=ACTIVITY, facts=FACTS)
    assert seen["today"] == ask(query["lon"], query["lat"], activity=ACTIVITY, facts=FACTS)


def test_the_copied_text_is_that_of_the_command_line(seen: dict[str, Any]) -> None:
    query = seen["answer"]["query"]
    command = [sys.executable, "-m", "zonerules", "at", str(query["lon"]), str(query["lat"])]
    command += ["--date", DAY, "--lang", seen["asked_lang"]]
    wide = {**os.environ, "COLUMNS": "100000"}  # a terminal on which no line is cut
    done = subprocess.run(command, env=wide, capture_output=True, text=True, encoding="utf-8")
    assert seen["copied"].strip() == done.stdout.strip(), done.stderr


def test_machinery_of_stage_one_is_banned_there(seen: dict[str, Any]) -> None:
    """Clause 21: inside the machinery ban, after 2017-06-01, stage I and below."""
    [verdict] = seen["one"]["verdicts"]
    assert verdict["verdict"] == "prohibited"
    assert "管政〔2017〕98号" in seen["shown"]


def test_layers_are_loaded_once_and_survive_in_the_project(seen: dict[str, Any]) -> None:
    assert len(seen["layers"]["groups"]) == 1
    assert len(seen["layers"]["names"]) >= 5
    assert seen["layers"]["invalid"] == []
    assert seen["saved"]["after"] == seen["saved"]["before"]
    assert seen["saved"]["invalid"] == []


def test_where_it_is_banned_is_what_python_says(seen: dict[str, Any]) -> None:
    catalogue = zonerules.open()
    expected = banned(catalogue.data, catalogue.book, ACTIVITY, day=DAY)
    found, told = seen["banned"]["found"], seen["banned"]["told"]
    assert found == {zone["id"]: zone["effect"] for zone in expected["zones"]}
    assert found[ZONE] == "cannot_determine"  # nothing is known of the machine
    assert told[ZONE] == "prohibited"  # clause 21, as below


def test_a_drawn_square_is_cut_at_the_boundary(seen: dict[str, Any]) -> None:
    answer = seen["shape"]
    assert sum(part["percent"] for part in answer["parts"]) == pytest.approx(100, abs=1e-6)
    [zone] = [zone for zone in answer["zones"] if zone["id"] == ZONE]
    shares = [zone[place]["percent"] for place in ("inside", "near", "outside")]
    assert zone["location"] == "split"
    assert sum(shares) == pytest.approx(100, abs=1e-6)
    assert min(shares) > 0


def test_pasted_corners_are_asked_about_and_land_where_they_were_drawn(
    seen: dict[str, Any],
) -> None:
    pasted = seen["pasted"]
    assert pasted["accepted_unasked"] is False
    [ring] = pasted["geojson"]["coordinates"][0]
    for lon, lat in CORNERS:
        off = min(math.hypot(lon - x, lat - y) for x, y in ring)
        assert off * 111_320 < 0.01  # written to the millimetre


def test_the_timeline_tells_its_years(seen: dict[str, Any]) -> None:
    assert "2017-06-01" in seen["timeline"]  # from when clause 21 bans machines


def test_the_options_open_at_the_plugins_page(seen: dict[str, Any]) -> None:
    assert seen["options"] == "Zone Rules"


def test_the_catalogue_panel_lists_every_zone(seen: dict[str, Any]) -> None:
    assert seen["keeper"]["rows"] == len(zonerules.open().data["zones"])


def test_the_answer_is_printed_in_the_language_of_qgis(seen: dict[str, Any]) -> None:
    assert seen["printed"]["done"]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(seen["printed"]["path"]).pages)
    plain = "".join(text.split())
    title = {"zh": "使用非道路移动机械", "en": "non-roadmachinery"}[seen["asked_lang"]]
    assert title in plain
    assert "管政〔2017〕98号" in plain


def test_search_box_expression_and_toolbox(seen: dict[str, Any]) -> None:
    name = zonerules.open().data["zones"][ZONE]["name"][seen["asked_lang"]]
    assert any(name in found for found in seen["found"])
    [verdict] = zonerules.open().at(LON, LAT, date=DAY, activity=ACTIVITY)["verdicts"]
    assert seen["expression"] == verdict["verdict"]
    built = [
        "checktable",
        "delimit",
        "exportcatalogue",
        "exportwebmap",
        "extracts",
        "lint",
        "ringsearch",
        "rulesatpoints",
        "sourcesinzones",
    ]
    assert seen["algorithms"] == [f"zonerules:{name}" for name in built]


def test_unloading_leaves_nothing(seen: dict[str, Any]) -> None:
    assert seen["left"] == []
