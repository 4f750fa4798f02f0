"""Exports: nothing is lost but what docs/exchange.md lists, and other programs can read them."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs import cli
from zonerules.jobs.exchange.export import export, wound
from zonerules.jobs.exchange.rights import PROJECT
from zonerules.layers.catalogue.load import load
from zonerules.layers.catalogue.store import read

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "exchange.en.md").read_text(encoding="utf-8")
OWN = ("role", "provenance", "licence", "accuracy_m")  # columns that tell of a shape


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return load()


@pytest.fixture(scope="module")
def package(catalogue: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "all.gpkg"
    export(catalogue, path)
    return path


def table(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a GeoPackage table as SQLite has them, empty cells left out, booleans as such."""
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        columns = {
            row["name"]: row["type"] for row in database.execute(f"pragma table_info({name})")
        }
        rows = []
        for found in database.execute(f"select * from {name} order by fid"):
            row = {key: found[key] for key in found.keys() if found[key] is not None}  # noqa: SIM118
            flags = [key for key in row if columns[key] == "BOOLEAN"]
            rows.append({**row, **{key: bool(row[key]) for key in flags}})
    return rows


def record(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row turned back into a record by the rule that docs/exchange.md states."""
    made: dict[str, Any] = {}
    for key, value in row.items():
        if key.endswith("_json"):
            made[key[:-5]] = json.loads(value)
        elif key.endswith(("_zh", "_en")):
            made.setdefault(key[:-3], {})[key[-2:]] = value
        elif key not in ("fid", "geom"):
            made[key] = value
    return made


def compared(zone: Mapping[str, Any]) -> dict[str, Any]:
    """A zone of the catalogue without its shapes and with cite's number in its own field."""
    row = {key: value for key, value in zone.items() if key not in ("shapes", "cite")}
    if zone["cite"]["number"] is not None:
        row["number"] = zone["cite"]["number"]
    return row


def listed(file: str) -> set[str]:
    rows = re.findall(r"^\| (\w+) \| `(\w+)` \|", DOC, re.MULTILINE)
    return {field for name, field in rows if name == file}


def shapes_of(catalogue: Mapping[str, Any], zone: Mapping[str, Any]) -> Mapping[str, Any]:
    found = zone.get("shapes") or catalogue["units"].get(zone.get("unit"), {}).get("shapes", {})
    return (
        {role: found.get(role, found["nominal"]) for role in ("nominal", "core", "extent")}
        if (found)
        else {}
    )


def test_a_geopackage_loses_nothing_but_what_is_listed(
    catalogue: dict[str, Any], package: Path
) -> None:
    zones = table(package, "zones")
    for row in zones:
        zone = catalogue["zones"][row["zone"]]
        own = [key for key in OWN if key not in zone]
        found = {key: value for key, value in record(row).items() if key not in own}
        assert {"id": found.pop("zone"), **found} == compared(zone)
    assert {row["zone"] for row in zones} == set(catalogue["zones"])
    kept = {"zones", *(name for name in ("rules", "targets") if same(catalogue, package, name))}
    lines = {row["line"]: record(row) for row in table(package, "lines")}
    for name, line in catalogue["lines"].items():
        found = {key: value for key, value in lines[name].items() if key not in ("line", "licence")}
        told = {key: value for key, value in line.items() if key not in ("geometry", "licence")}
        assert found == told and lines[name]["licence"] == line.get("licence", PROJECT)
    documents = {row["id"]: record(row) for row in table(package, "documents")}
    assert documents == catalogue["documents"]
    about = {row["key"]: row["value"] for row in table(package, "about")}
    assert all(about[key] == catalogue[key] for key in ("schema", "version", "fingerprint"))
    assert json.loads(about.get("failed_json", "[]")) == catalogue["failed"]
    kept |= {"lines", "documents", "sources", "schema", "version", "fingerprint", "failed"}
    assert set(catalogue) - kept == listed("gpkg")


def same(catalogue: Mapping[str, Any], package: Path, name: str) -> bool:
    assert [record(row) for row in table(package, name)] == [compared(r) for r in catalogue[name]]
    return True


def test_sources_come_back_with_their_points(catalogue: dict[str, Any], package: Path) -> None:
    import pyogrio

    frame = pyogrio.read_dataframe(package, layer="sources")
    points = dict(zip(frame["source"], frame.geometry))
    rows = {row["source"]: record(row) for row in table(package, "sources")}
    for source in catalogue["sources"]:
        row = rows[source["id"]]
        place = {k[9:]: row.pop(k) for k in list(row) if k.startswith("location_")}
        if points[source["id"]] is not None:
            point = points[source["id"]]
            row["location"] = {"lon": point.x, "lat": point.y, **place}
        assert row.pop("licence")
        assert {"id": row.pop("source"), **row} == source
    assert len(rows) == len(catalogue["sources"])


def test_shapes_come_back_to_the_last_digit(catalogue: dict[str, Any], package: Path) -> None:
    import pyogrio
    from shapely.geometry import mapping, shape

    frame = pyogrio.read_dataframe(package, layer="zones")
    assert frame.crs.to_epsg() == 4326
    found: dict[str, dict[str, Any]] = {}
    for zone, role, area in zip(frame["zone"], frame["role"], frame.geometry):
        found.setdefault(zone, {})
        if area is not None:
            found[zone][role] = area
    for name, zone in catalogue["zones"].items():
        drawn = shapes_of(catalogue, zone)
        assert set(found[name]) == set(drawn), name
        for role, geometry in drawn.items():
            assert mapping(found[name][role]) == mapping(shape(geometry)), (name, role)
    assert sum(bool(roles) for roles in found.values()) >= 20


def test_every_shape_says_its_licence_and_provenance(package: Path) -> None:
    for row in table(package, "zones"):
        if "role" in row:
            for lang, unknown in (("zh", "未注明"), ("en", "not stated")):
                told = row[f"provenance_{lang}"], row[f"licence_{lang}"]
                assert all(told) and unknown not in told, row["zone"]
            assert row["accuracy_m"] > 0
        else:
            assert not [key for key in row if key.startswith("licence")], (
                "there is no shape to license"
            )
    assert all(row["provenance_zh"] and row["licence_en"] for row in table(package, "lines"))
    gem = [row for row in table(package, "sources") if row["source"].startswith("gem-")]
    assert gem and all("CC BY 4.0" in row["licence_zh"] for row in gem)


def test_the_geopackage_is_of_version_1_2(package: Path) -> None:
    with sqlite3.connect(package) as database:
        assert database.execute("pragma user_version").fetchone()[0] == 10200
        kinds = dict(database.execute("select table_name, data_type from gpkg_contents"))
        assert database.execute("pragma integrity_check").fetchone()[0] == "ok"
    spatial = {"zones", "lines", "sources"}
    assert {name for name, kind in kinds.items() if kind == "features"} == spatial
    assert set(kinds) == spatial | {"rules", "targets", "documents", "about"}


def test_geojson_holds_every_zone_and_keeps_to_rfc_7946(
    catalogue: dict[str, Any], tmp_path: Path
) -> None:
    from shapely.geometry import shape

    path = tmp_path / "zones.geojson"
    export(catalogue, path)
    text = path.read_text(encoding="utf-8")
    found = json.loads(text)
    assert set(catalogue) - {"zones", "rules", "sources", "targets", "lines", *found["about"]} - {
        "failed"
    } == listed("geojson")
    assert "crs" not in found and len(text.splitlines()) == len(found["features"]) + 2
    assert len({feature["id"] for feature in found["features"]}) == len(found["features"])
    for feature in found["features"]:
        told = dict(feature["properties"])
        zone = catalogue["zones"][told["zone"]]
        assert told.pop("layer") == "zones"
        row = record({key: value for key, value in told.items() if value is not None})
        own = [key for key in OWN if key not in zone]
        row = {key: value for key, value in row.items() if key not in own}
        assert {"id": row.pop("zone"), **row} == compared(zone)
        geometry = feature["geometry"]
        drawn = shapes_of(catalogue, zone)
        assert (geometry is None) == (not drawn)
        if drawn:
            assert geometry == drawn[told["role"]]
            assert all(part.exterior.is_ccw for part in shape(geometry).geoms)


def test_the_json_is_a_catalogue_again(catalogue: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "again.json"
    export(catalogue, path)
    again = read(path)
    told = again.pop("provenance")
    assert again == catalogue
    assert set(told["lines"]) == set(catalogue["lines"])
    assert all(row["licence"] for roles in told["zones"].values() for row in roles.values())


def test_one_document_brings_the_zones_it_refers_to(
    catalogue: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "one.json"
    export(catalogue, path, document="guanzheng-2017-98")
    part = read(path)
    assert list(part["documents"]) == ["guanzheng-2017-98"]
    assert {rule["document"] for rule in part["rules"]} == {"guanzheng-2017-98"}
    own = {name for name, z in catalogue["zones"].items() if z["document"] == "guanzheng-2017-98"}
    assert own <= set(part["zones"])
    text = json.dumps([part["rules"], part["targets"], list(part["zones"].values())])
    named = {name for name in catalogue["zones"] if f'"{name}"' in text}
    assert named == set(part["zones"]), "whatever is named is there, and nothing else"


@pytest.mark.parametrize(
    ("kind", "tables"),
    [
        ("zones", {"zones"}),
        ("lines", {"lines"}),
        ("sources", {"sources"}),
        ("rules", {"rules", "targets"}),
    ],
)
def test_a_kind_alone(
    catalogue: dict[str, Any], tmp_path: Path, kind: str, tables: set[str]
) -> None:
    told = export(catalogue, tmp_path / "part.gpkg", kind=kind)
    assert set(told["rows"]) == tables
    export(catalogue, tmp_path / "part.geojson", kind=kind)
    found = json.loads((tmp_path / "part.geojson").read_text(encoding="utf-8"))["features"]
    assert {feature["properties"]["layer"] for feature in found} == tables


def test_inspire_names(catalogue: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "am.geojson"
    export(catalogue, path, inspire=True)
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert {f["properties"]["inspireId"]["localId"] for f in features} == set(catalogue["zones"])
    by_id = {feature["id"]: feature for feature in features}
    ban = by_id["gc-nrmm-ban"]
    told = ban["properties"]
    assert ban["geometry"] == catalogue["zones"]["gc-nrmm-ban"]["shapes"]["nominal"]
    assert told["inspireId"]["namespace"].startswith("https://")
    assert told["thematicId"]["identifier"] == "gc-nrmm-ban"
    assert told["name"] == "禁止使用冒黑烟高排放非道路移动机械区域"
    assert told["zoneType"].endswith("/ZoneTypeCode/airQualityManagementZone")
    assert told["specialisedZoneType"].endswith("/machinery_ban")
    assert told["environmentalDomain"].endswith("/EnvironmentalDomain/air")
    assert told["designationPeriod"] is None, "no instrument dates this zone"
    assert told["competentAuthority"]["organisationName"] == "郑州市管城回族区人民政府"
    assert told["legalBasis"]["identificationNumber"] == "管政〔2017〕98号"
    assert told["legalBasis"]["date"] == "2017-10-17"
    assert told["legalBasis"]["specificReference"] == "21"
    assert told["licence"] and told["provenance"]
    dated = {name for name, zone in catalogue["zones"].items() if "validity" in zone}
    assert dated == {name for name, f in by_id.items() if f["properties"]["designationPeriod"]}
    assert all(name in DOC for name in told), "docs/exchange.md tells of every attribute"
    undrawn = [name for name, zone in catalogue["zones"].items() if zone["basis"] == "unmapped"]
    assert undrawn and all(by_id[name]["geometry"] is None for name in undrawn)


HOSTILE = [
    "'); DROP TABLE zones; --",
    '<script>alert("x")</script>',
    '{"zh": "x"}',
    "=cmd|' /C calc'!A0",
    "名\u0000字",
    "half \ud800 pair",
    "\x1b[2J\x1b[31mred\r\n",
    "نص \u202e مقلوب 🏭",
    "长" * 20_000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_texts(
    catalogue: dict[str, Any], tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    zone = {**catalogue["zones"]["gc-nrmm-ban"], "name": {"zh": name, "en": name}, "note": {}}
    hostile = {**catalogue, "zones": {"gc-nrmm-ban": zone}, "golden": []}
    expected = name.replace("\0", "\ufffd").replace("\ud800", "?")
    for suffix in ("gpkg", "geojson", "json"):
        export(hostile, tmp_path / f"x.{suffix}", kind="zones")
    rows = [row for row in table(tmp_path / "x.gpkg", "zones") if row["zone"] == "gc-nrmm-ban"]
    assert {row["name_zh"] for row in rows} == {expected} and len(rows) == 3
    found = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))["features"]
    names = {f["properties"]["name_en"] for f in found if f["properties"]["zone"] == "gc-nrmm-ban"}
    assert names == {expected}
    assert read(tmp_path / "x.json")["zones"]["gc-nrmm-ban"]["name"]["zh"] == expected


def test_rings_are_wound_as_rfc_7946_wants() -> None:
    square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]]
    wrong = {"type": "MultiPolygon", "coordinates": [[square[::-1], hole]]}
    right = {"type": "MultiPolygon", "coordinates": [[square, hole[::-1]]]}
    assert wound(wrong) == right == wound(right)
    assert wound(None) is None


def test_a_failed_zone_is_there_and_marked(catalogue: dict[str, Any], tmp_path: Path) -> None:
    ban = {k: v for k, v in catalogue["zones"]["gc-nrmm-ban"].items() if k != "shapes"}
    failed = [{"layer": "x", "error": "x: is cut off", "zones": ["gc-nrmm-ban"]}]
    broken = {**catalogue, "failed": failed}
    broken["zones"] = {**catalogue["zones"], "gc-nrmm-ban": {**ban, "failed": True}}
    told = export(broken, tmp_path / "x.gpkg", kind="zones")
    assert told["failed"] == failed
    (row,) = [r for r in table(tmp_path / "x.gpkg", "zones") if r["zone"] == "gc-nrmm-ban"]
    assert row["failed"] is True and "geom" not in row
    about = {row["key"]: row["value"] for row in table(tmp_path / "x.gpkg", "about")}
    assert json.loads(about["failed_json"]) == failed


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    status = cli.main([str(arg) for arg in args])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_command_says_what_it_wrote(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, catalogue: dict[str, Any]
) -> None:
    number = len(catalogue["zones"])
    status, out, _ = run(capsys, "export", "-o", tmp_path / "a.gpkg", "--kind", "zones")
    assert status == 0 and f"管控区 {number}" in out and "无图形" in out
    status, out, _ = run(capsys, "export", "-o", tmp_path / "a.geojson", "--lang", "en")
    assert status == 0 and f"{number} zones" in out and "without geometry" in out
    status, out, _ = run(capsys, "export", "-o", tmp_path / "a.json", "--json")
    assert status == 0 and json.loads(out)["rows"]["rules"] == len(catalogue["rules"])
    assert read(tmp_path / "a.json")["golden"] == catalogue["golden"], "the cases are there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.geojson", "a.gpkg", "a.json"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "a.shp"], "expected .gpkg, .geojson, .json"),
        (["-o", "a"], "expected .gpkg, .geojson, .json"),
        (["-o", "no/such/folder/a.gpkg"], "cannot be written"),
        (["-o", "no/such/folder/a.json"], "cannot be written"),
        (["-o", "a.gpkg", "--inspire"], ".geojson"),
        (["-o", "a.geojson", "--inspire", "--kind", "rules"], "zones"),
        (["-o", "a.gpkg", "--document", "guanzheng-2017-89"], "did you mean guanzheng-2017-98"),
        (["-o", "a.gpkg", "--kind", "roads"], "roads"),
        (["-o", "a.gpkg", "--data", "no-such-folder"], "no-such-folder"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "export", *args)
    lines = [line for line in err.splitlines() if not line.startswith("catalogue compiled")]
    assert (status, out, len(lines)) == (2, "", 1)
    assert said in lines[0]
    assert list(tmp_path.iterdir()) == []


def test_a_geopackage_is_replaced_whole_or_not_at_all(
    catalogue: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zonerules.jobs.exchange import geopackage

    path = tmp_path / "a.gpkg"
    path.write_bytes(b"what was there")

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(geopackage, "write", fail)
    with pytest.raises(ValueError, match="No space left"):
        export(catalogue, path)
    assert path.read_bytes() == b"what was there"
    assert [found.name for found in tmp_path.iterdir()] == ["a.gpkg"]


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["export"], ["overlay", "add"], ["diff"]):
        status, out, _ = run(capsys, *command, "--help")
        assert status == 0 and f"Example: zonerules {' '.join(command)}" in out
