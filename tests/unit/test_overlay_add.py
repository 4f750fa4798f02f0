"""Drawn zones into an overlay folder: core and extent, CRS, merging, and clear refusals."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import pytest
from pyproj import Geod, Transformer
from shapely import MultiPolygon, Point, Polygon, box
from shapely.geometry import shape

from zonerules.jobs import cli
from zonerules.jobs.answer import BadInput
from zonerules.jobs.exchange import keeping
from zonerules.jobs.exchange.export import export
from zonerules.jobs.exchange.overlay import import_zones
from zonerules.jobs.open import open as open_catalogue
from zonerules.layers.catalogue.load import load

GEOD = Geod(ellps="WGS84")
BAN = "gc-nrmm-ban"
# a square of about 1.8 km × 2.2 km in 管城, and its middle
WEST, SOUTH, EAST, NORTH = 113.68, 34.72, 113.70, 34.74
SQUARE = box(WEST, SOUTH, EAST, NORTH)
NEW = {"name": "示范区", "kind": "management_area", "within": "gc-district"}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return load()


@pytest.fixture(autouse=True)
def quick(shipped: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """No overlay from outside, and the catalogue without one is not read again for each test."""
    monkeypatch.delenv("ZONERULES_DATA", raising=False)

    def loaded(bare: Any) -> dict[str, Any]:
        return load(bare) if any(bare.iterdir()) else shipped

    monkeypatch.setattr(keeping, "load", lambda bare: loaded(Path(bare)))


@pytest.fixture
def drawn(tmp_path: Path) -> Any:
    """Write rows (columns, with the shape under "at") as a layer; returns the file's path."""

    def make(*rows: dict[str, Any], crs: Any = "EPSG:4326", name: str = "drawn.gpkg") -> Path:
        told = [{k: v for k, v in row.items() if k != "at"} for row in rows]
        shapes = [row.get("at", SQUARE) for row in rows]
        frame = geopandas.GeoDataFrame(told, geometry=shapes, crs=crs)
        pyogrio.write_dataframe(frame, tmp_path / name, geometry_type="Unknown")
        return tmp_path / name

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mine"


def features(folder: Path) -> dict[str, Any]:
    text = (folder / "zones.geojson").read_text(encoding="utf-8")
    return {feature["id"]: feature for feature in json.loads(text)["features"]}


def areas(folder: Path, zone: str) -> dict[str, Any]:
    return {
        name.partition("/")[2]: shape(feature["geometry"])
        for name, feature in features(folder).items()
        if name.startswith(zone + "/")
    }


def away(lon: float, lat: float, azimuth: float, metres: float) -> Point:
    """The place so many metres from another, by the geodesic."""
    return Point(GEOD.fwd(lon, lat, azimuth, metres)[:2])


# -- what is made -----------------------------------------------------------------------------


def test_core_and_extent_keep_the_accuracy_in_metres(drawn: Any, folder: Path) -> None:
    told = import_zones(drawn({"zone": BAN, "accuracy_m": 50.0}), folder)
    assert (told["added"], told["computed"], told["crs"]) == ([BAN], [BAN], "EPSG:4326")
    made = areas(folder, BAN)
    assert made["nominal"].equals(SQUARE)
    middle = (WEST + EAST) / 2, (SOUTH + NORTH) / 2
    edges = [((EAST, middle[1]), 90), ((WEST, middle[1]), 270)]
    edges += [((middle[0], NORTH), 0), ((middle[0], SOUTH), 180)]
    for edge, outwards in edges:
        inwards = (outwards + 180) % 360
        # a place nearer to the line than 50 m may be on either side of it
        assert not made["core"].covers(away(*edge, inwards, 49.9))
        assert made["core"].covers(away(*edge, inwards, 51.5)), "2 % too wide at most"
        assert made["extent"].covers(away(*edge, outwards, 49.9))
        assert not made["extent"].covers(away(*edge, outwards, 51.5))
    for corner, outwards in (((EAST, NORTH), 45), ((WEST, SOUTH), 225)):
        assert made["extent"].covers(away(*corner, outwards, 49.9))
        assert not made["extent"].covers(away(*corner, outwards, 51.5))


def test_the_overlay_answers_from_the_new_shape(drawn: Any, folder: Path) -> None:
    import_zones(drawn({"zone": BAN, "accuracy_m": 50}), folder)
    catalogue = open_catalogue(folder)
    assert catalogue.data["failed"] == [] and catalogue.data["overlay"]["zones"] == 1
    where = {
        name: catalogue.located.locate(point.x, point.y)[BAN].where
        for name, point in {
            "middle": Point(113.69, 34.73),
            "just in": away(EAST, 34.73, 270, 20),
            "just out": away(EAST, 34.73, 90, 20),
            "away": away(EAST, 34.73, 90, 200),
        }.items()
    }
    assert where == {
        "middle": "inside",
        "just in": "near:zone",
        "just out": "near:zone",
        "away": "outside",
    }


def test_a_hole_has_a_band_of_its_own(drawn: Any, folder: Path) -> None:
    hole = box(113.688, 34.728, 113.692, 34.732)
    import_zones(drawn({"zone": BAN, "accuracy_m": 50, "at": SQUARE.difference(hole)}), folder)
    made = areas(folder, BAN)
    assert made["nominal"].equals(SQUARE.difference(hole))
    assert made["extent"].covers(away(113.688, 34.73, 90, 49)), "49 m into the hole"
    assert not made["extent"].covers(Point(113.69, 34.73))
    assert not made["core"].covers(away(113.688, 34.73, 270, 49)), "49 m beside the hole"


def test_a_zone_smaller_than_its_doubt_has_an_empty_core(drawn: Any, folder: Path) -> None:
    import_zones(drawn({"zone": BAN, "accuracy_m": 5000}), folder)
    assert areas(folder, BAN)["core"].is_empty
    catalogue = load(folder)
    assert catalogue["failed"] == [], "an empty core is a statement, not a fault"


def test_given_shapes_are_kept(drawn: Any, folder: Path) -> None:
    core, extent = box(113.685, 34.725, 113.695, 34.735), box(113.67, 34.71, 113.71, 34.75)
    told = import_zones(
        drawn(
            {"zone": BAN, "role": "nominal", "at": SQUARE},
            {"zone": BAN, "role": "core", "at": core},
            {"zone": BAN, "role": "extent", "at": extent},
        ),
        folder,
    )
    assert told["computed"] == []
    made = areas(folder, BAN)
    assert made["core"].equals(core) and made["extent"].equals(extent)


def test_the_missing_one_of_two_is_worked_out(drawn: Any, folder: Path) -> None:
    core = box(113.685, 34.725, 113.695, 34.735)
    rows = [{"zone": BAN, "role": "nominal", "accuracy_m": 100.0}]
    rows += [{"zone": BAN, "role": "core", "at": core}]
    assert import_zones(drawn(*rows), folder)["computed"] == [BAN]
    made = areas(folder, BAN)
    assert made["core"].equals(core) and made["extent"].covers(away(EAST, 34.73, 90, 99))


def test_an_exact_line_needs_no_band(drawn: Any, folder: Path) -> None:
    told = import_zones(drawn({"zone": BAN, "accuracy_m": 0}), folder)
    assert told["computed"] == [] and set(areas(folder, BAN)) == {"nominal"}
    assert load(folder)["failed"] == []


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:32649", "EPSG:3857", "EPSG:4490"])
def test_other_crs_are_brought_to_wgs84(drawn: Any, folder: Path, crs: str) -> None:
    there = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    corners = [there.transform(*corner) for corner in SQUARE.exterior.coords]
    told = import_zones(
        drawn({"zone": BAN, "accuracy_m": 20, "at": Polygon(corners)}, crs=crs), folder
    )
    assert told["crs"] == crs
    nominal = areas(folder, BAN)["nominal"]
    # 1e-6 degrees is the last decimal; CGCS2000 is WGS84 within that
    assert nominal.hausdorff_distance(SQUARE) < 2e-6


def test_a_new_zone_brings_its_name(drawn: Any, folder: Path) -> None:
    import_zones(drawn({"zone": "my-zone", "accuracy_m": 30, **NEW, "clause": "三"}), folder)
    row = load(folder)["zones"]["my-zone"]
    assert row["name"] == {"zh": "示范区", "en": "示范区"}
    assert (row["kind"], row["within"]) == ("management_area", "gc-district")
    assert row["cite"]["clause"] == "三" and row["accuracy_m"] == 30
    assert row["provenance"] == "drawn in drawn.gpkg"


def test_names_in_two_languages_and_hostile_ones(drawn: Any, folder: Path) -> None:
    evil = '"},{"type":"Feature'
    row = {"zone": "my-zone", "accuracy_m": 30, **NEW, "name_zh": evil, "name_en": "<b>x</b>"}
    import_zones(drawn(row), folder)
    assert load(folder)["zones"]["my-zone"]["name"] == {"zh": evil, "en": "<b>x</b>"}
    assert len(features(folder)) == 3


def test_columns_in_capitals_and_a_shapefile(drawn: Any, folder: Path) -> None:
    path = drawn({"ZONE": BAN, "ACCURACY_M": 50.0}, name="drawn.shp")
    assert import_zones(path, folder)["added"] == [BAN]


def test_an_unmapped_zone_drawn_in_an_export_is_documented_now(drawn: Any, folder: Path) -> None:
    rows = [{"zone": "gc-heatnet", "role": None, "basis": "unmapped", "accuracy_m": 40.0}]
    rows += [{"zone": "gc-fringe", "role": None, "basis": "unmapped", "at": None}]
    told = import_zones(drawn(*rows), folder)
    assert told["added"] == ["gc-heatnet"] and told["undrawn"] == 1
    assert load(folder)["zones"]["gc-heatnet"]["basis"] == "documented_boundary"


def test_rounding_does_not_make_a_shape_invalid(drawn: Any, folder: Path) -> None:
    # a spike thinner than the last decimal falls together when it is rounded
    spike = Polygon([(113.68, 34.72), (113.70, 34.72), (113.70, 34.74), (113.69, 34.7400002),
                     (113.6900001, 34.75), (113.6899999, 34.7400002), (113.68, 34.74)])  # fmt: skip
    assert spike.is_valid
    import_zones(drawn({"zone": BAN, "accuracy_m": 30, "at": spike}), folder)
    made = areas(folder, BAN)
    assert made["nominal"].is_valid and made["nominal"].buffer(2e-6).covers(SQUARE)
    assert load(folder)["failed"] == []


# -- the whole way round ----------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["gpkg", pytest.param("geojson", marks=pytest.mark.thorough)])
def test_the_shipped_catalogue_goes_round(tmp_path: Path, folder: Path, suffix: str) -> None:
    """Shapes, accuracy and basis come back; docs/exchange.md lists unit and derived as replaced."""
    catalogue = load()
    path = tmp_path / f"all.{suffix}"
    export(catalogue, path)
    told = import_zones(path, folder)
    before, after = catalogue["zones"], load(folder)
    assert after["failed"] == catalogue["failed"]
    drawn = [name for name, z in before.items() if z.get("shapes") or z.get("unit")]
    assert sorted(told["added"] + told["derived"]) == sorted(drawn) and len(drawn) > 20
    assert told["undrawn"] == len(before) - len(drawn) and told["computed"] == []
    for name, old in before.items():
        new = after["zones"][name]
        if name in told["added"]:
            shapes = old.get("shapes") or catalogue["units"][old["unit"]]["shapes"]
            expected = {r: shapes.get(r, shapes["nominal"]) for r in ("nominal", "core", "extent")}
            assert new["shapes"] == expected, name
        replaced = {"unit", "derived", "shapes", "overlay", "accuracy_m", "provenance"}
        keep = {key for key in {*old, *new} if key not in replaced}
        assert {k: new.get(k) for k in keep} == {k: old.get(k) for k in keep}, name
    again = import_zones(path, folder)
    assert again["unchanged"] == told["added"] and again["added"] == again["replaced"] == []


@pytest.mark.thorough
def test_an_export_of_everything_gives_its_zones(
    tmp_path: Path, folder: Path, shipped: dict[str, Any]
) -> None:
    for name, kind in (("all", "all"), ("zones", "zones")):
        export(shipped, tmp_path / f"{name}.geojson", kind=kind)
    told = import_zones(tmp_path / "all.geojson", folder)
    assert told["added"] and told["computed"] == []
    again = import_zones(tmp_path / "zones.geojson", folder, replace=True)
    nominal = features(folder)[f"{BAN}/nominal"]
    assert nominal["properties"]["accuracy_m"] == 260
    assert again["added"] == [] and again["unchanged"] == told["added"]


@pytest.mark.thorough
def test_answers_are_the_same_after_the_way_round(tmp_path: Path, folder: Path) -> None:
    export(load(), tmp_path / "all.gpkg")
    import_zones(tmp_path / "all.gpkg", folder)
    plain, over = open_catalogue(), open_catalogue(folder)
    for lon, lat in ((113.69, 34.735), (113.66, 34.72), (112.6, 35.09), (114.02, 32.98)):
        one = plain.at(lon, lat, date="2017-11-20")
        other = over.at(lon, lat, date="2017-11-20")
        assert one.pop("catalogue") != other.pop("catalogue"), "the answer names the overlay"
        assert one == other


# -- merging ----------------------------------------------------------------------------------


def test_a_zone_is_overwritten_only_when_told_so(drawn: Any, folder: Path) -> None:
    import_zones(drawn({"zone": BAN, "accuracy_m": 50}), folder)
    import_zones(drawn({"zone": "my-zone", "accuracy_m": 30, **NEW}), folder)
    assert len(features(folder)) == 6, "the other zone is still there"
    before = (folder / "zones.geojson").read_bytes()
    other = drawn({"zone": BAN, "accuracy_m": 80})
    with pytest.raises(BadInput, match=f"draws {BAN} already; expected --replace"):
        import_zones(other, folder)
    assert (folder / "zones.geojson").read_bytes() == before
    assert import_zones(other, folder, replace=True)["replaced"] == [BAN]
    found = features(folder)
    assert found[f"{BAN}/nominal"]["properties"]["accuracy_m"] == 80 and len(found) == 6
    assert [path.name for path in folder.iterdir()] == ["zones.geojson"]


def test_zones_of_the_folders_own_documents_can_be_drawn(drawn: Any, folder: Path) -> None:
    texts = {
        "document": """\
document:
  id: example-2020-1
  title: {zh: 示例方案, en: An example}
  issuer: {zh: 示例, en: Example}
  issued: "2020-03-10"
  covers: {from: "2020-01-01", until: "2020-12-31"}
  start_latest: "2020-03-10"
  level: district
  jurisdiction: gc-district
""",
        "zones": """\
zones:
  - id: ex-quiet
    name: {zh: 静区, en: quiet area}
    kind: management_area
    basis: unmapped
    within: gc-district
    clause: "1"
""",
    }
    home = folder / "documents" / "example-2020-1"
    home.mkdir(parents=True)
    for name, text in texts.items():
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
    import_zones(drawn({"zone": "ex-quiet", "accuracy_m": 50}), folder)
    row = load(folder)["zones"]["ex-quiet"]
    assert row["basis"] == "documented_boundary" and set(row["shapes"]) >= {"core", "extent"}
    assert row["cite"]["clause"] == "1", "what the document says of it stays"


def test_a_broken_file_in_the_folder_is_left_alone(drawn: Any, folder: Path) -> None:
    folder.mkdir()
    for text in ("{", '{"features": 3}', '{"features": [NaN]}', "[]"):
        (folder / "zones.geojson").write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match="cannot be read"):
            import_zones(drawn({"zone": BAN, "accuracy_m": 50}), folder)
        assert (folder / "zones.geojson").read_text(encoding="utf-8") == text


def test_a_fault_of_another_zone_is_told_not_mended(drawn: Any, folder: Path) -> None:
    folder.mkdir()
    other = {"type": "Feature", "id": "gc-nancao/nominal", "properties": {}, "geometry": None}
    text = json.dumps({"type": "FeatureCollection", "features": [other]})
    (folder / "zones.geojson").write_text(text, encoding="utf-8")
    told = import_zones(drawn({"zone": BAN, "accuracy_m": 50}), folder)
    assert len(told["problems"]) == 1 and "gc-nancao" in told["problems"][0]
    assert features(folder)["gc-nancao/nominal"] == other


# -- refusals ---------------------------------------------------------------------------------

BOWTIE = Polygon([(113.6, 34.7), (113.7, 34.8), (113.7, 34.7), (113.6, 34.8)])
REFUSED: list[tuple[list[dict[str, Any]], str]] = [
    ([{"zone": BAN}], "feature 1 .*accuracy_m is missing.*expected"),
    ([{"zone": BAN, "accuracy_m": -3}], "feature 1 .*accuracy_m is -3"),
    ([{"zone": BAN, "accuracy_m": "about 50"}], "feature 1 .*accuracy_m is 'about 50'"),
    ([{"zone": BAN, "accuracy_m": float("inf")}], "feature 1 .*accuracy_m is inf"),
    ([{"zone": "gc-nrmm-bann", "accuracy_m": 5}], "feature 1 .*gc-nrmm-bann.*new and has no name"),
    ([{"zone": "my-zone", "accuracy_m": 5, **NEW, "within": "x-y"}], "lies within x-y"),
    ([{"zone": "../etc", "accuracy_m": 5}], "feature 1: zone '..' is no id"),
    ([{"zone": None, "accuracy_m": 5}], "feature 1: it does not say which zone"),
    ([{"zone": BAN, "role": "yolk", "accuracy_m": 5}], "feature 1 .*role 'yolk'"),
    ([{"zone": BAN, "role": "core"}], "feature 1 .*no nominal shape"),
    ([{"zone": BAN, "accuracy_m": 5}, {"zone": BAN, "accuracy_m": 5}], "feature 2 .*feature 1"),
    ([{"zone": BAN, "role": "nominal", "accuracy_m": 5, "at": None}], "feature 1 .*no geometry"),
    ([{"zone": BAN, "accuracy_m": 5, "at": Point(113.7, 34.7)}], "feature 1 .*is a Point"),
    ([{"zone": BAN, "accuracy_m": 5, "at": BOWTIE}], "feature 1 .*not valid: Self-intersection"),
    ([{"zone": BAN, "accuracy_m": 5, "at": box(34.7, 113.6, 34.8, 113.7)}], "swapped"),
    ([{"zone": BAN, "accuracy_m": 5, "at": box(3.8e7, 3.8e6, 3.81e7, 3.9e6)}], "CRS right"),
    ([{"zone": BAN, "role": "nominal", "accuracy_m": 5}, {"zone": BAN, "role": "core",
       "accuracy_m": 5, "at": box(113.6, 34.6, 113.8, 34.8)}], "core reaches out of nominal"),
    ([{"zone": "gc-outside-urban", "accuracy_m": 5}], "derived from others"),
    ([{"zone": BAN, "accuracy_m": 5, "at": None, "role": None}], "no zone is drawn"),
    ([{"zone": "a-b"}, {"zone": "!"}, {"zone": "?"}], r"feature 2: .* \(and 1 more\)"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), REFUSED)
def test_refusals_name_the_feature_and_write_nothing(
    drawn: Any, folder: Path, rows: list[dict[str, Any]], said: str
) -> None:
    with pytest.raises(BadInput, match=said) as told:
        import_zones(drawn(*rows), folder)
    assert "\n" not in str(told.value) and str(told.value).startswith("drawn.gpkg: ")
    assert not folder.exists()


@pytest.mark.filterwarnings("ignore:.*crs.*was not provided")
def test_a_layer_must_say_where_it_is(drawn: Any, folder: Path) -> None:
    row = {"zone": BAN, "accuracy_m": 5}
    with pytest.raises(BadInput, match=r"no coordinate reference system|is local"):
        import_zones(drawn(row, crs=None), folder)
    with pytest.raises(BadInput, match="Xian 1980 lies to WGS84 is not known"):
        import_zones(drawn(row, crs="EPSG:4610", name="xian.gpkg"), folder)


def test_files_that_are_no_layers(tmp_path: Path, folder: Path, drawn: Any) -> None:
    (tmp_path / "x.gpkg").write_bytes(b"SQLite format 3\0 and no more")
    (tmp_path / "x.geojson").write_text('{"type": "FeatureCollection", "features": [', "utf-8")
    (tmp_path / "x.txt").write_text("not a map", "utf-8")
    for name in ("x.gpkg", "x.geojson", "x.txt"):
        with pytest.raises(BadInput, match=f"{name}: cannot be read"):
            import_zones(tmp_path / name, folder)
    with pytest.raises(BadInput, match="no such file"):
        import_zones(tmp_path / "nothing.gpkg", folder)
    with pytest.raises(BadInput, match=r"--layer roads: not in drawn\.gpkg; expected drawn"):
        import_zones(drawn({"zone": BAN, "accuracy_m": 5}), folder, layer="roads")


def test_a_ring_of_two_corners_names_its_feature(tmp_path: Path, folder: Path) -> None:
    good = {"type": "Polygon", "coordinates": [[[c[0], c[1]] for c in SQUARE.exterior.coords]]}
    bad = {"type": "Polygon", "coordinates": [[[113.6, 34.7], [113.7, 34.7]]]}
    rows = [
        {"type": "Feature", "properties": {"zone": zone, "accuracy_m": 5}, "geometry": geometry}
        for zone, geometry in ((BAN, good), ("gc-heatnet", bad))
    ]
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # GDAL's own would be a second line on the terminal
        with pytest.raises(BadInput, match="feature 2"):
            import_zones(path, folder)


def test_several_layers_ask_which(tmp_path: Path, folder: Path) -> None:
    frame = geopandas.GeoDataFrame(
        {"zone": [BAN], "accuracy_m": [5.0]}, geometry=[MultiPolygon([SQUARE])], crs="EPSG:4326"
    )
    path = tmp_path / "two.gpkg"
    for name in ("one", "other"):
        pyogrio.write_dataframe(frame, path, layer=name)
    with pytest.raises(BadInput, match="expected --layer, one of one, other"):
        import_zones(path, folder)
    assert import_zones(path, folder, layer="other")["added"] == [BAN]


# -- the command ------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    status = cli.main([str(arg) for arg in args])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_command_says_what_it_did(
    capsys: pytest.CaptureFixture[str], drawn: Any, folder: Path
) -> None:
    path = drawn({"zone": BAN})
    status, out, _ = run(capsys, "overlay", "add", path, "--to", folder, "--accuracy", "40")
    assert status == 0 and BAN in out and "新增 1" in out and "核心" in out
    status, out, err = run(capsys, "overlay", "add", path, "--to", folder, "--accuracy", "60")
    assert (status, out) == (2, "") and "--replace" in err.splitlines()[-1]
    command = ("overlay", "add", path, "--to", folder, "--accuracy", "60", "--replace")
    status, out, _ = run(capsys, *command, "--lang", "en")
    assert status == 0 and f"replaced 1: {BAN}" in out
    status, out, _ = run(capsys, *command, "--json")
    assert status == 0 and json.loads(out)["unchanged"] == [BAN]


def test_a_negative_accuracy_is_refused(
    capsys: pytest.CaptureFixture[str], drawn: Any, folder: Path
) -> None:
    path = drawn({"zone": BAN})
    status, _, err = run(capsys, "overlay", "add", path, "--to", folder, "--accuracy", "-5")
    assert status == 2 and "--accuracy -5" in err
