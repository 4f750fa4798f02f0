"""The same answers on every face: core, command line, Processing, and ``qgis_process``.

Some sixty places, each on several days with several sets of facts, for several activities. A place
is asked by ``Catalogue.at`` itself; the expected columns are taken from that answer here.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

import zonerules

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(zonerules.__file__).resolve().parent
ACTIVITIES = ("operate-non-road-machinery", "operate-boiler", "set-off-fireworks", "mine")
DAYS = ("2016-06-01", "2017-11-20", "2018-12-31", "2021-03-01", "2022-07-01")
FACTS: tuple[dict[str, str], ...] = (
    {},
    {"machine.stage": "国Ⅰ", "rule.GC-58": "met", "boiler.fuel": "煤", "boiler.capacity_tph": "4"},
    {"machine.stage": "3", "machine.made": "2015", "boiler.fuel": "gas"},
    {"zone.zz-urban": "inside", "machine.black_smoke": "是"},
)
ALERT, ACCURACY = "red", 25.0
BY_PROCESS = 12  # cases asked of the command line in a process of its own
ASKED = {
    "ACTIVITY": ";".join(ACTIVITIES),
    "ALERT": ALERT,
    "ACCURACY": ACCURACY,
    "DATE_EXPRESSION": '"day"',
    "FACTS_EXPRESSION": '"facts"',
    "LANGUAGE": "en",
}


class Case(NamedTuple):
    lon: float
    lat: float
    day: str
    facts: dict[str, str]
    held: dict[str, str]
    """The facts, unless one of them contradicts the map: then the row is answered without."""


def places(catalogue: Any) -> list[tuple[float, float]]:
    """A corner, a place just inside and one just outside of every drawn zone; and far away."""
    found = []
    for zone, record in catalogue.data["zones"].items():
        unit = catalogue.data["units"].get(record.get("unit"), {})
        shapes = record.get("shapes") or unit.get("shapes")
        if not shapes:
            continue
        shape = shapes["nominal"]
        part = shape["coordinates"][0]
        ring = part[0] if shape["type"] == "MultiPolygon" else part
        lon, lat = ring[len(ring) // 3][:2]
        found += [(lon, lat), (lon + 0.011, lat + 0.007)]
        assert zone
    found += [(116.39, 39.9), (0.0, 0.0), (-70.5, -33.4), (113.69, 34.735), (113.2, 35.2)]
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module")
def cases(catalogue: Any) -> list[Case]:
    """Each place twice, with days and facts taken in turn so that all of them meet."""
    pairs = itertools.cycle(itertools.product(DAYS, FACTS))
    spots = places(catalogue)
    made = []
    for lon, lat in [*spots, *spots]:
        day, facts = next(pairs)
        held = facts if stands(catalogue, lon, lat, day, facts) else {}
        made.append(Case(lon, lat, day, facts, held))
    assert len(made) >= 120
    assert 0 < sum(case.held != case.facts for case in made) < len(made) / 4
    return made


@pytest.fixture(scope="module")
def expected(catalogue: Any, cases: list[Case]) -> list[dict[str, Any]]:
    return [columns([answer(catalogue, case, name) for name in ACTIVITIES]) for case in cases]


def answer(catalogue: Any, case: Case, activity: str) -> dict[str, Any]:
    return catalogue.at(
        case.lon,
        case.lat,
        date=case.day,
        activity=activity,
        facts=case.held,
        alert=ALERT,
        accuracy_m=ACCURACY,
    )


def stands(catalogue: Any, lon: float, lat: float, day: str, facts: dict[str, str]) -> bool:
    from zonerules.jobs.answer import BadInput

    try:
        catalogue.at(lon, lat, date=day, facts=facts, activity=ACTIVITIES[0], accuracy_m=ACCURACY)
    except BadInput:
        return False
    return True


def columns(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """The columns of design.md from the answers, one for each activity."""

    def joined(names: Any) -> str | None:
        return ";".join(dict.fromkeys(names)) or None

    row = {
        f"zr_{where}": joined(z["id"] for z in answers[0]["zones"] if z["location"] == where)
        for where in ("inside", "near", "unmapped")
    }
    for one in answers:
        [verdict] = one["verdicts"]
        row[f"zr_verdict_{verdict['activity'].replace('-', '_')}"] = verdict["verdict"]
    row["zr_rules"] = joined(name for one in answers for name in one["verdicts"][0]["rules"])
    keys = {key for one in answers for key in one["verdicts"][0]["missing"]}
    row["zr_missing"] = joined(sorted(keys))
    return row


def of_layer(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    """The same columns of a result, in the order of the cases; errors apart."""
    rows = []
    for feature in layer.getFeatures():
        row = dict(zip(layer.fields().names(), feature.attributes()))
        row = {name: None if value == NULL else value for name, value in row.items()}
        row["zr_missing"] = ";".join(sorted((row["zr_missing"] or "").split(";"))) or None
        rows.append(row)
    return sorted(rows, key=lambda row: row["case_no"])


def compare(rows: list[dict[str, Any]], expected: list[dict[str, Any]], cases: list[Case]) -> None:
    assert len(rows) == len(expected)
    for row, wanted, case in zip(rows, expected, cases):
        assert {name: row[name] for name in wanted} == wanted, case
        if case.held == case.facts:
            assert row["zr_error"] is None, case
        else:
            assert "contradicts" in row["zr_error"], case


@pytest.fixture(scope="module")
def layer_file(cases: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cases as a GeoPackage."""
    path = tmp_path_factory.mktemp("cases") / "cases.gpkg"
    fields = "&field=case_no:integer&field=day:string(0)&field=facts:string(0)"
    layer = QgsVectorLayer(f"Point?crs=EPSG:4326{fields}", "cases", "memory")
    features = []
    for number, case in enumerate(cases):
        feature = QgsFeature(layer.fields())
        told = "; ".join(f"{key}={value}" for key, value in case.facts.items())
        feature.setAttributes([number, case.day, told])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(case.lon, case.lat)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    from qgis.core import QgsCoordinateTransformContext

    QgsVectorFileWriter.writeAsVectorFormatV2(
        layer, str(path), QgsCoordinateTransformContext(), options
    )
    return path


def test_the_cases_tell_verdicts_apart(expected: list[dict[str, Any]]) -> None:
    verdicts = [row[name] for row in expected for name in row if name.startswith("zr_verdict")]
    assert set(verdicts) >= {
        "prohibited",
        "required",
        "not_concerned",
        "cannot_determine",
        "no_data",
    }
    for name in ("zr_inside", "zr_near", "zr_unmapped", "zr_rules", "zr_missing"):
        assert len({row[name] for row in expected}) > 3, name


def command_line(case: Case, activity: str) -> list[str]:
    line = ["at", repr(case.lon), repr(case.lat), "--date", case.day, "--activity", activity]
    line += ["--alert", ALERT, "--accuracy", str(ACCURACY), "--json"]
    return line + [
        part for key, value in case.held.items() for part in ("--fact", f"{key}={value}")
    ]


def test_the_command_line(
    catalogue: Any, cases: list[Case], expected: list[dict[str, Any]], monkeypatch: Any
) -> None:
    """In this process, one catalogue for all: what is tested is what the command makes of it."""
    from zonerules.jobs.cli import at, main

    monkeypatch.setattr(at, "open_catalogue", lambda _data: catalogue)
    for case, wanted in zip(cases[::3], expected[::3]):
        answers = []
        for activity in ACTIVITIES:
            out = io.StringIO()
            monkeypatch.setattr(sys, "stdout", out)
            status = main(command_line(case, activity))
            monkeypatch.undo()
            monkeypatch.setattr(at, "open_catalogue", lambda _data: catalogue)
            assert status in (0, None), case
            answers.append(json.loads(out.getvalue()))
        row = columns(answers)
        assert row == wanted, case


def test_the_command_in_a_process_of_its_own(
    cases: list[Case], expected: list[dict[str, Any]]
) -> None:
    step = len(cases) // BY_PROCESS
    for case, wanted in list(zip(cases, expected))[::step]:
        line = command_line(case, ACTIVITIES[0])
        done = subprocess.run(
            [sys.executable, "-m", "zonerules", *line], capture_output=True, text=True, check=True
        )
        [verdict] = json.loads(done.stdout)["verdicts"]
        column = f"zr_verdict_{ACTIVITIES[0].replace('-', '_')}"
        assert verdict["verdict"] == wanted[column], case


@pytest.fixture
def provider(qgis_processing: Any) -> Iterator[None]:
    plugin = zonerules.classFactory(None)
    plugin.initProcessing()
    yield
    plugin.unload()


def test_processing(
    provider: None, layer_file: Path, cases: list[Case], expected: list[dict[str, Any]]
) -> None:
    import processing

    asked = {"INPUT": str(layer_file), "OUTPUT": "memory:", **ASKED}
    made = processing.run("zonerules:rulesatpoints", asked)
    compare(of_layer(made["OUTPUT"]), expected, cases)


# -- qgis_process, with the zip in a clean profile ------------------------------------------------


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings of somebody who installed the zip and nothing else."""
    home, folder = tmp_path_factory.mktemp("profile"), tmp_path_factory.mktemp("zip")
    script = ROOT / "packaging" / "make_zip.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True)
    [made] = folder.glob("zonerules-*.zip")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(home / "profiles" / "default" / "python" / "plugins")
    done = qgis_process(home, "plugins", "enable", "zonerules")
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def qgis_process(home: Path, *args: str, packages: str = "") -> subprocess.CompletedProcess[str]:
    """Debian's wrapper hands on options the tool does not know, hence the program itself.

    ``packages``: a folder of Python packages besides those that QGIS has.
    """
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    assert program, "qgis_process is missing"
    dropped = ("PYTHONPATH", "VIRTUAL_ENV", "QGIS_PREFIX_PATH", "ZONERULES_DATA", "PYTEST_QT_API")
    environment = {key: value for key, value in os.environ.items() if key not in dropped}
    environment.update(QT_QPA_PLATFORM="offscreen", QGIS_CUSTOM_CONFIG_PATH=str(home))
    if packages:
        environment["PYTHONPATH"] = packages
    return subprocess.run(
        [program, *args], env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_qgis_process(
    profile: Path, layer_file: Path, cases: list[Case], expected: list[dict[str, Any]]
) -> None:
    output = layer_file.with_name("answered.gpkg")
    parameters = [f"--{name}={value}" for name, value in ASKED.items()]
    parameters += [f"--INPUT={layer_file}", f"--OUTPUT={output}"]
    done = qgis_process(profile, "run", "zonerules:rulesatpoints", *parameters)
    assert done.returncode == 0, done.stdout + done.stderr
    layer = QgsVectorLayer(f"{output}|layername=answered", "answered", "ogr")
    rows = of_layer(layer)
    del layer
    compare(rows, expected, cases)


FEW = ("checktable", "exportwebmap")
NAMES = ("rulesatpoints", "sourcesinzones", "ringsearch", "exportcatalogue", "delimit", "extracts")


def test_qgis_process_lists(profile: Path) -> None:
    listed = qgis_process(profile, "list").stdout
    for name in (*FEW, *NAMES, "lint"):
        assert f"zonerules:{name}" in listed or f"\t{name}" in listed


@pytest.mark.parametrize(
    "name", [*FEW, *(pytest.param(name, marks=pytest.mark.thorough) for name in (*NAMES, "lint"))]
)
def test_qgis_process_explains(profile: Path, name: str) -> None:
    told = qgis_process(profile, "help", f"zonerules:{name}").stdout
    assert "ARGUMENTS" in told.upper()
    assert "OUTPUT" in told or "SOURCES" in told


@pytest.mark.parametrize(
    ("name", "parameters", "told"),
    [
        pytest.param(
            "sourcesinzones", {"ZONES": "jy-city"}, "UNDETERMINED", marks=pytest.mark.thorough
        ),
        pytest.param(
            "ringsearch",
            {"POINT": "113.69,34.735 [EPSG:4326]", "RADII": "5"},
            "RINGS",
            marks=pytest.mark.thorough,
        ),
        ("exportcatalogue", {}, "UNDRAWN"),
        ("delimit", {"TEXT": "东至东明路、南至黄河路（含）、西至花园路、北至农业路"}, "UNREAD"),
    ],
)
def test_the_others_by_qgis_process(
    profile: Path, tmp_path: Path, name: str, parameters: dict[str, str], told: str
) -> None:
    """Stock QGIS has no geopandas, so the GeoPackage shows that it is not needed."""
    several = {"ringsearch": ("SOURCES", "ZONES", "RINGS"), "delimit": ("EDGES",)}
    outputs = several.get(name, ("OUTPUT",))
    asked = {**parameters, **{one: str(tmp_path / f"{one}.gpkg") for one in outputs}}
    line = [f"--{key}={value}" for key, value in asked.items()]
    done = qgis_process(profile, "run", f"zonerules:{name}", *line)
    assert done.returncode == 0, done.stdout + done.stderr
    assert told in done.stdout
    for one in outputs:
        assert (tmp_path / f"{one}.gpkg").stat().st_size > 0


def test_a_table_by_qgis_process_with_packages_from_wheels(profile: Path, tmp_path: Path) -> None:
    """Within QGIS's own program the GEOS of shapely's wheel and that of QGIS must not mix."""
    import shapely

    table = tmp_path / "firms.csv"
    rows = "".join(f"{n},113.{n},34.7\n" for n in range(500, 900))
    table.write_text("name,lon,lat\n" + rows, encoding="utf-8")
    asked = {"INPUT": table, "DATE": "2017-11-20", "OUTPUT": tmp_path / "answered.gpkg"}
    line = [f"--{key}={value}" for key, value in asked.items()]
    wheels = str(Path(shapely.__file__).parents[1])
    done = qgis_process(profile, "run", "zonerules:checktable", *line, packages=wheels)
    assert done.returncode not in (0, -11) and "Datum (DATUM) is required" in done.stderr
    line.append("--DATUM=wgs84")
    done = qgis_process(profile, "run", "zonerules:checktable", *line, packages=wheels)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ROWS:\t400" in done.stdout
    assert (tmp_path / "answered.gpkg").stat().st_size > 0


def test_bad_input_ends_qgis_process_with_the_value(profile: Path, layer_file: Path) -> None:
    line = [f"--INPUT={layer_file}", "--DATUM=beijing54", "--OUTPUT=TEMPORARY_OUTPUT"]
    done = qgis_process(profile, "run", "zonerules:rulesatpoints", *line)
    assert done.returncode != 0
    assert "beijing54" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
