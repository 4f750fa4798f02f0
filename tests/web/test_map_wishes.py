"""The command `zonerules map` with its options, and what it made in Chromium."""

from __future__ import annotations

import csv
import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from zonerules.jobs.cli import main
from zonerules.jobs.open import Catalogue
from zonerules.jobs.webmap.firms import firms
from zonerules.jobs.webmap.page import of_documents
from zonerules.layers.catalogue.load import load
from zonerules.layers.datum import gcj02_to_bd09, wgs84_to_gcj02
from zonerules.tests.web.maps import Opened, library
from zonerules.tests.web.parity import differences, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PLACE = (113.69, 34.735)
GUANCHENG = "guanzheng-2017-98"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c6360f8ff1f00040101fe1f2f4bd40000000049454e44ae426082"
)


class Tiles(BaseHTTPRequestHandler):
    """A tile server: a picture for even columns, nothing for odd ones."""

    def __init__(self, asked: list[str], *args: Any) -> None:
        self.asked = asked
        super().__init__(*args)

    def do_GET(self) -> None:
        self.asked.append(self.path)
        found = int(self.path.split("/")[-2]) % 2 == 0
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        if found:
            self.wfile.write(PIXEL)

    def log_message(self, *_: Any) -> None:
        """Nothing on the screen."""


@pytest.fixture(scope="module")
def tiles() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Tiles, asked))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png", asked
    server.shutdown()


def made(folder: Path, *options: Any) -> Path:
    library()
    file = folder / "map.html"
    assert main(["map", "-o", str(file), *map(str, options)]) == 0
    return file


def checked(file: Path, datum: str) -> Path:
    """A table as `zonerules check` leaves it, its coordinates in a datum."""
    lon, lat = wgs84_to_gcj02(*PLACE)
    if datum == "bd09":
        lon, lat = gcj02_to_bd09(lon, lat)
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["企业名称", "经度", "纬度", "zr_verdict", "zr_rules"])
        rows.writerow(["甲厂", f"{lon:.7f}", f"{lat:.7f}", "prohibited", "GC-58"])
        rows.writerow(["无坐标厂", "", "", "required", ""])
    return file


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_enterprises_out_of_chinese_datums(tmp_path: Path, datum: str) -> None:
    firm, nowhere = firms(checked(tmp_path / "table.csv", datum), datum=datum).rows
    assert [firm["lon"], firm["lat"]] == pytest.approx(list(PLACE), abs=2e-6)
    assert [firm["name"], firm["verdict"]] == ["甲厂", "prohibited"]
    assert nowhere["why"]["zh"] == "此行没有坐标"


@pytest.fixture(scope="module")
def made_map(
    browser: Any, tiles: tuple[str, list[str]], tmp_path_factory: Any
) -> Iterator[tuple[Opened, Path]]:
    """One document, a table in GCJ-02, an own tile server, and an own shape over the shipped."""
    folder = tmp_path_factory.mktemp("wishes")
    ring = [[113.68, 34.73], [113.70, 34.73], [113.70, 34.74], [113.68, 34.74], [113.68, 34.73]]
    feature = {
        "type": "Feature",
        "properties": {"zone": "gc-heatnet", "accuracy_m": 50},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    drawn = folder / "drawn.geojson"
    drawn.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert main(["overlay", "add", str(drawn), "--to", str(folder / "own")]) == 0
    options = ["--document", GUANCHENG, "--tiles", tiles[0], "--date", "2017-11-20"]
    table = checked(folder / "checked.csv", "gcj02")
    options += ["--enterprises", table, "--datum", "gcj02", "--data", folder / "own"]
    shown = Opened(browser, made(folder, *options), offline=False)
    yield shown, folder / "own"
    shown.context.close()


def test_one_document_with_an_own_shape(made_map: tuple[Opened, Path]) -> None:
    shown, own = made_map
    assert shown.page.evaluate("Object.keys(zonerules.catalogue.data.documents)") == [GUANCHENG]
    assert shown.page.evaluate("zonerulesPage.layers.drawn.has('gc-heatnet')")
    shown.page.evaluate(f"zonerulesPage.askAt({PLACE[0]}, {PLACE[1]})")
    assert "集中供热管网" in shown.text("#body .block-place")
    told = shown.page.evaluate("zonerulesPage.answer")
    expected = Catalogue(of_documents(load(own), [GUANCHENG])).at(
        *PLACE, date="2017-11-20", accuracy_m=10, alert="unknown"
    )
    assert list(differences(plain(expected), told)) == []


def test_tiles_of_an_own_server_and_those_that_fail(
    made_map: tuple[Opened, Path], tiles: tuple[str, list[str]]
) -> None:
    shown, _ = made_map
    _, asked = tiles
    shown.until("document.querySelectorAll('img.leaflet-tile-loaded').length > 1")
    shown.until("zonerulesPage.failed > 0")
    assert asked and all(path.endswith(".png") for path in asked)
    assert "底图没有取到" in shown.text(".tiles-failed")
    shown.tab("layers")
    shown.page.get_by_label("底图", exact=True).select_option("none")
    assert shown.page.locator(".tiles-failed").is_hidden()
    assert shown.page.locator("img.leaflet-tile").count() == 0
    hosts = {url.split("/")[2].partition(":")[0] for url in shown.foreign()}
    assert hosts == {"127.0.0.1"}  # OpenStreetMap is not asked until somebody chooses it
    assert [text for text in shown.problems if "404" not in text] == []


def test_several_values_of_a_fact(made_map: tuple[Opened, Path]) -> None:
    shown, own = made_map
    shown.page.evaluate(f"zonerulesPage.askAt({PLACE[0]}, {PLACE[1]})")
    shown.page.select_option("#body select[name=activity]", "burn-fuel")
    box = '#body .several input[value="{}"]'
    shown.page.check(box.format("lpg"))
    shown.page.check(box.format("electricity"))
    told = shown.page.evaluate("zonerulesPage.answer")
    assert told["query"]["facts"] == {"fuel.kind": ["electricity", "lpg"]}
    assert shown.page.evaluate("document.activeElement.name") == "fact fuel.kind electricity"
    same = Catalogue(of_documents(load(own), [GUANCHENG])).at(
        *PLACE,
        **{"date": "2017-11-20", "activity": "burn-fuel", "accuracy_m": 10, "alert": "unknown"},
        facts={"fuel.kind": ["lpg", "electricity"]},
    )
    assert list(differences(plain(same), told)) == []
    shown.page.uncheck(box.format("electricity"))
    shown.page.uncheck(box.format("lpg"))
    assert shown.page.evaluate("Object.keys(zonerulesPage.facts)") == []


def test_a_key_stands_in_the_file_only_when_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOME_KEY", "a1b2c3secret")
    plainly = made(tmp_path).read_text(encoding="utf-8")
    assert "a1b2c3secret" not in plainly and "tianditu.gov.cn" not in plainly
    keyed = made(tmp_path, "--tianditu-key-env", "SOME_KEY").read_text(encoding="utf-8")
    assert "tk=a1b2c3secret" in keyed
    told = capsys.readouterr()
    assert "a1b2c3secret" not in told.out + told.err
    assert "密钥" in told.err  # that the file holds it is said where the file is made


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--tiles", "file:///etc/{z}/{x}/{y}"], "--tiles"),
        (["--tiles", "http://host/{z}/{x}.png"], "--tiles"),
        (["--tiles", "http://host/{z}/{x}/{y}.png; script-src *"], "--tiles"),
        (["--tiles", "http://host/{z}/{x}/{y}.png", "--offline"], "--offline"),
        (["--document", "no-such"], "--document no-such"),
        (["--enterprises", "{table}"], "--datum"),
    ],
)
def test_wishes_that_cannot_be_met(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    library()
    table = checked(tmp_path / "table.csv", "gcj02")
    given = [table.as_posix() if option == "{table}" else option for option in options]
    assert main(["map", "-o", str(tmp_path / "map.html"), *given]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "map.html").exists()
