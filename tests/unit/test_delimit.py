"""`zonerules delimit` from the command line: words, lines in any CRS, drafts, pictures."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pytest
from pyproj import Geod
from shapely.geometry import LineString, box, shape

from zonerules.jobs.cli import main
from zonerules.jobs.delimit import ask
from zonerules.jobs.open import open as open_catalogue

ROOT = Path(__file__).resolve().parents[2]
LINES = ROOT / "geojson" / "lines" / "guanzheng-2017-98.geojson"
SHIPPED = ROOT / "geojson" / "zones" / "guanzheng-2017-98.geojson"
TEXT = "中州大道以西、南三环以北、二七路以东、金水路以南"
WIDTHS = ["金水路=60", "中州大道=80", "南三环=80", "二七路=30"]
GEOD = Geod(ellps="WGS84")
ROADS = {
    "农业路": [(113.60, 34.80), (113.70, 34.80)],
    "东明路": [(113.69, 34.81), (113.69, 34.74)],
    "黄河路": [(113.70, 34.75), (113.60, 34.75)],
    "花园路": [(113.61, 34.74), (113.61, 34.81)],
}
BOX = "东至东明路、南至黄河路（含）、西至花园路、北至农业路"


@pytest.fixture
def run(capsys):
    def call(*args):
        status = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return status, out, err

    return call


def layer(path, *, crs="EPSG:4326", roads=ROADS, **columns):
    """A layer of the roads; a further column is a value, or one value for each road."""
    frame = geopandas.GeoDataFrame(
        {"name": list(roads), **columns},
        geometry=[LineString(points) for points in roads.values()],
        crs="EPSG:4326",
    )
    frame.to_crs(crs).to_file(path, layer=path.stem if path.suffix == ".gpkg" else None)
    return path


def shapes(path):
    rows = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {row["id"].partition("/")[2]: shape(row["geometry"]) for row in rows}


def test_words_alone(run):
    status, out, _ = run("delimit", TEXT, "--json")
    told = json.loads(out)
    assert status == 0 and told["unread"] == [] and told["confidence"] == 1.0
    assert {(e["name"], e["edge"]) for e in told["parts"][0]["edges"]} == {
        ("中州大道", "east"), ("南三环", "south"), ("二七路", "west"), ("金水路", "north"),
    }  # fmt: skip
    assert "draft" not in told


@pytest.mark.parametrize(("lang", "words"), [("zh", "西界 二七路"), ("en", "west edge 二七路")])
def test_words_in_both_languages(run, lang, words):
    _, out, _ = run("delimit", TEXT, "--lang", lang)
    assert words in out and ("确认人" in out or "confirmed by" in out)


def test_the_shipped_ban_area_comes_out_of_its_committed_lines(run, tmp_path):
    out = tmp_path / "ban.geojson"
    widths = [arg for width in WIDTHS for arg in ("--corridor-width", width)]
    status, text, _ = run("delimit", TEXT, "--lines", LINES, "-o", out, "--json", *widths)
    draft = json.loads(text)["draft"]
    assert status == 0 and draft["complete"] and draft["missing"] == []
    assert [r["id"] for r in draft["readings"]] == ["due-south", "lianyun-lu", "district-line"]
    made = shapes(out)
    for row in json.loads(SHIPPED.read_text(encoding="utf-8"))["features"]:
        zone, _, role = row["id"].partition("/")
        if zone == "gc-nrmm-ban":
            # the shipped file leaves out crumbs of less than a hectare
            assert made[role].symmetric_difference(shape(row["geometry"])).area < 1e-6


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490", "EPSG:4547", "EPSG:3857"])
def test_lines_in_any_crs(run, tmp_path, crs):
    path = layer(tmp_path / "roads.gpkg", crs=crs, accuracy_m=15.0, width_m=30.0)
    out = tmp_path / "draft.geojson"
    status, text, _ = run("delimit", BOX, "--lines", path, "-o", out, "--json")
    told = json.loads(text)["draft"]
    assert status == 0 and told["crs"] == crs and told["complete"]
    nominal = shapes(out)["nominal"]
    # 黄河路 is included: 15 m more in the south
    truth = box(113.61, 34.75, 113.69, 34.80)
    strip = GEOD.line_length([113.61, 113.69], [34.75, 34.75]) * 15.0
    area = abs(GEOD.geometry_area_perimeter(nominal)[0])
    assert area == pytest.approx(abs(GEOD.geometry_area_perimeter(truth)[0]) + strip, rel=2e-5)
    assert {tuple(e["accuracy_m"]) for e in told["edges"]} == {(15.0, 15.0)}


def test_a_draft_goes_into_an_overlay_and_answers(run, tmp_path):
    path = layer(tmp_path / "roads.gpkg", accuracy_m=15.0, width_m=30.0)
    out, folder = tmp_path / "draft.geojson", tmp_path / "mine"
    assert run("delimit", BOX, "--lines", path, "-o", out, "--zone", "town-ban-2024")[0] == 0
    status, text, err = run("overlay", "add", out, "--to", folder, "--json")
    assert status == 0, err
    told = json.loads(text)
    assert told["added"] == ["town-ban-2024"] and told["computed"] == []
    catalogue = open_catalogue(folder)
    row = catalogue.data["zones"]["town-ban-2024"]
    assert row["name"]["zh"] == BOX

    def location(lon, lat):
        zones = catalogue.at(lon, lat, date="2024-06-01", all_rules=True)["zones"]
        return next((z["location"] for z in zones if z["id"] == "town-ban-2024"), "outside")

    assert location(113.65, 34.78) == "inside"
    assert location(113.6901, 34.78) == "near"  # the road itself: the text does not say
    assert location(113.72, 34.78) == "outside"


def test_halves_of_a_unit_that_the_catalogue_draws(run, tmp_path):
    canal = {"南水北调总干渠": [(113.0, 35.20), (113.5, 35.22)]}
    path = layer(tmp_path / "canal.gpkg", roads=canal, accuracy_m=30.0, old_name="南水北调河")
    out = tmp_path / "halves.geojson"
    status, text, _ = run(
        "delimit", "南北以南水北调河为界", "--lines", path, "--within", "山阳区", "-o", out,
        "--json", "--zone", "sy-canal",
    )  # fmt: skip
    told = json.loads(text)["draft"]
    assert status == 0 and [z["id"] for z in told["zones"]] == ["sy-canal-north", "sy-canal-south"]
    north, south = (z["area_km2"]["nominal"] for z in told["zones"])
    assert north + south == pytest.approx(233, rel=0.02) and min(north, south) > 10


def test_a_unit_from_a_file(run, tmp_path):
    town = tmp_path / "town.geojson"
    geopandas.GeoDataFrame(
        {"accuracy_m": [100.0]}, geometry=[box(113.60, 34.74, 113.70, 34.81)], crs="EPSG:4326"
    ).to_file(town)
    path = layer(tmp_path / "roads.gpkg", accuracy_m=15.0)
    out = tmp_path / "half.geojson"
    text = "西村镇花园路以西"
    status, said, _ = run("delimit", text, "--lines", path, "--within", town, "-o", out, "--json")
    assert status == 0
    codes = {note["code"] for note in json.loads(said)["draft"]["assumptions"]}
    assert "within" in codes  # what 西村镇 was taken to be
    west, _, east, _ = shapes(out)["nominal"].bounds
    assert (west, east) == (pytest.approx(113.60, abs=1e-5), pytest.approx(113.61, abs=1e-5))
    assert shapes(out)["core"].bounds[0] > 113.601


def test_another_unit_given_leaves_no_place_certainly_inside(run, tmp_path):
    path = layer(tmp_path / "roads.gpkg", roads={"和谐路": [(112.95, 34.45), (112.95, 34.85)]})
    out, folder = tmp_path / "half.geojson", tmp_path / "mine"
    zone = ["--zone", "zz-xicun-hexie-west"]
    for within in ("巩义市", "zz-xicun-town"):
        args = ["西村镇和谐路以西", "--lines", path, "--within", within, "-o", out, *zone, "--json"]
        status, text, err = run("delimit", *args)
        assert status == 0, err
        told = json.loads(text)["draft"]
        assert not told["complete"] and told["zones"][0]["area_km2"]["core"] == 0
    assert run("overlay", "add", out, "--to", folder)[0] == 0
    zones = open_catalogue(folder).at(112.93, 34.645, date="2020-09-01", all_rules=True)["zones"]
    found = {z["id"]: z["location"] for z in zones}
    assert found["zz-xicun-hexie-west"] == "near"


def test_a_unit_without_a_shape_is_told_as_such(run, tmp_path):
    path = layer(tmp_path / "roads.gpkg")
    args = ("delimit", TEXT, "--lines", path, "--within", "zz-xicun-hexie-west")
    status, _, err = run(*args)
    assert status == 2 and "没有图形" in err and "no shape" in err


def test_nameless_lines_are_counted(run, tmp_path):
    path = layer(tmp_path / "roads.gpkg", roads={**ROADS, "": [(113.6, 34.7), (113.7, 34.7)]})
    _, text, _ = run("delimit", BOX, "--lines", path)
    assert "4 条线" in text and "另有 1 条没有名称" in text


def test_no_draft_has_no_confidence(run, tmp_path):
    path = layer(tmp_path / "roads.gpkg")
    args = ("delimit", BOX.replace("东明路", "东明中路"), "--lines", path)
    assert "把握：读法 1.0" in run(*args)[1]
    told = json.loads(run(*args, "--json")[1])
    assert told["confidence"] == 0.0 and told["reading_confidence"] == 1.0


def test_a_boundary_inside_its_line_is_printed_so(run):
    _, text, _ = run("delimit", "东至东明路以西100米、南至黄河路、西至花园路、北至农业路")
    assert "往里 100 米" in text and "-100" not in text


def test_readings_are_told_by_part_and_in_words(run, tmp_path):
    text = f"{BOX}；东至花园路、南至黄河路、西至文化路、北至农业路"
    more = {**ROADS, "文化路": [(113.605, 34.74), (113.605, 34.81)]}
    said = run("delimit", text, "--lines", layer(tmp_path / "roads.gpkg", roads=more))[1]
    assert "种读法" not in said
    gap = {**more, "东明路": [(113.685, 34.79), (113.69, 34.74)]}
    said = run("delimit", text, "--lines", layer(tmp_path / "gap.gpkg", roads=gap))[1]
    assert "第 1 部分有 2 种读法" in said and "最短连线" in said and "顺方向延长" in said
    assert not any(word in said for word in ("shortest", "straight on", "literal"))


def test_nothing_is_written_when_nothing_can_be_drawn(run, tmp_path):
    path = layer(tmp_path / "roads.gpkg")
    out = tmp_path / "draft.geojson"
    status, text, _ = run("delimit", BOX.replace("东明路", "东明中路"), "--lines", path, "-o", out)
    assert status == 0 and not out.exists()
    assert "东明中路" in text and "是不是：东明路" in text


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_picture(run, tmp_path, suffix):
    pytest.importorskip("matplotlib")
    from zonerules.jobs import plotting
    from zonerules.jobs.answer import BadInput

    try:
        plotting.fonts("zh", "--picture")
    except BadInput:
        pytest.skip("no Chinese font here")
    path = layer(tmp_path / "roads.gpkg", accuracy_m=15.0)
    picture = tmp_path / f"draft{suffix}"
    status, _, err = run("delimit", BOX, "--lines", path, "--picture", picture)
    assert status == 0, err
    head = picture.read_bytes()[:200]
    assert head.startswith(b"\x89PNG") if suffix == ".png" else b"<?xml" in head
    assert picture.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["  "], "TEXT"),
        ([TEXT, "-o", "x.geojson"], "-o"),
        ([TEXT, "--lines", "none.gpkg"], "none.gpkg"),
        ([TEXT, "--lines", LINES, "--corridor-width", "wide"], "--corridor-width wide"),
        ([TEXT, "--lines", LINES, "--corridor-width", "金水路=-3"], "--corridor-width"),
        ([TEXT, "--lines", LINES, "--name-column", "nom"], "--name-column nom"),
        ([TEXT, "--lines", LINES, "--within", "某某镇"], "--within 某某镇"),
        ([TEXT, "--lines", LINES, "--zone", "Bad Id"], "--zone Bad Id"),
        ([TEXT, "--lines", LINES, "--accuracy", "0"], "--accuracy 0"),
        ([TEXT, "--lines", SHIPPED], "column of names"),
    ],
)
def test_bad_input_is_one_line_that_names_the_option(run, args, named):
    status, out, err = run("delimit", *args)
    assert status == 2 and out == ""
    assert named in err and err.count("\n") == 1


def test_names_in_further_columns_and_lists(tmp_path):
    path = layer(tmp_path / "roads.gpkg", ref=["G107", None, None, "S3;X058"], alt_name="老路")
    from zonerules.jobs.delimit.layers import read_lines

    (lines, ways, nameless), crs = read_lines(path)
    assert [line.names for line in lines] == [
        ("农业路", "老路", "G107"), ("东明路", "老路"), ("黄河路", "老路"),
        ("花园路", "老路", "S3", "X058"),
    ]  # fmt: skip
    assert ways == [] and nameless == 0 and crs == "EPSG:4326"


def test_the_python_face(tmp_path):
    made, about = ask.draft(BOX, layer(tmp_path / "roads.gpkg"), corridor_width=["20"])
    told = ask.report(made, about)
    assert told["draft"]["zones"][0]["id"] == "draft-zone"
    assert made.confidence < ask.read(BOX).confidence  # what was assumed counts against it
    rows = ask.features(made, "roads.gpkg")["features"]
    nominal = next(r for r in rows if r["properties"]["role"] == "nominal")["properties"]
    assert nominal["confirmed_by"] == nominal["confirmed_on"] == ""
    assert "roads.gpkg#1" in nominal["provenance"]
