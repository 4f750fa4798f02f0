"""The user's zones.geojson step by step: written whole, tried first, taken back to the byte."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from shapely.geometry import MultiPolygon, Polygon, mapping, shape

from zonerules.jobs.answer import BadInput
from zonerules.jobs.exchange import keeping, zonecard
from zonerules.jobs.exchange.rights import Rights
from zonerules.jobs.open import open as open_catalogue
from zonerules.layers.catalogue.load import load

if TYPE_CHECKING:
    from pathlib import Path

# the fuel ban that nobody has drawn, inside the district of Guancheng
ZONE = "gc-hpf-ban"
WHEN = "2024-05-01T10:00:00"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return load(golden=False)


@pytest.fixture(autouse=True)
def quick(shipped: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZONERULES_DATA", raising=False)
    monkeypatch.setattr(keeping, "bare_catalogue", lambda folder: shipped)


def square(west: float, south: float, side: float = 0.01) -> dict[str, Any]:
    ring = [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
    ]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def draw(folder: Path, zone: str = ZONE, west: float = 113.69, **more: Any) -> keeping.Step:
    shapes = {
        "nominal": square(west, 34.73),
        "core": square(west + 0.001, 34.731, 0.008),
        "extent": square(west - 0.001, 34.729, 0.012),
    }
    told = {"accuracy_m": 90.0, "provenance": "survey", "licence": "own", "when": WHEN}
    return keeping.draw(folder, zone, shapes, **{**told, "basis": "documented_boundary", **more})


def test_a_drawn_zone_answers_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    step = draw(folder)
    assert (step.number, step.what, step.zone) == (1, "draw", ZONE)
    catalogue = open_catalogue(folder)
    assert catalogue.data["failed"] == []
    row = catalogue.data["zones"][ZONE]
    assert row["overlay"] and row["basis"] == "documented_boundary" and row["accuracy_m"] == 90
    where = {
        lon: catalogue.located.locate(lon, 34.735, 0.0)[ZONE].where
        for lon in (113.695, 113.6905, 113.6885)
    }
    assert where == {113.695: "inside", 113.6905: "near:zone", 113.6885: "outside"}
    told = Rights(catalogue.data).of_zone(row, "extent")
    assert told == {"provenance": "survey", "licence": "own", "accuracy_m": 90}


def test_other_features_stay_and_undo_goes_back_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "zones.geojson"
    # another writer's layout, a property of its own, Windows line ends
    other = {
        "type": "Feature",
        "properties": {"zone": "gc-heatnet", "accuracy_m": 0, "x": "保留"},
        "geometry": square(113.70, 34.74),
    }
    first = json.dumps({"type": "FeatureCollection", "features": [other]}, indent=1)
    path.write_bytes(first.replace("\n", "\r\n").encode("utf-8"))
    before = path.read_bytes()
    draw(tmp_path)
    second = path.read_bytes()
    assert other in json.loads(second)["features"]
    assert len(json.loads(second)["features"]) == 4
    draw(tmp_path, west=113.695)
    third = path.read_bytes()
    keeping.remove(tmp_path, ZONE, when=WHEN)
    assert json.loads(path.read_bytes())["features"] == [other]
    assert [step.what for step in keeping.steps(tmp_path)] == ["draw", "draw", "remove"]
    for number, content in ((3, third), (2, second), (1, before)):
        step = keeping.undo(tmp_path)
        assert step is not None and step.number == number
        assert path.read_bytes() == content
    assert keeping.undo(tmp_path) is None
    assert keeping.steps(tmp_path) == []


def test_undo_of_the_first_step_leaves_no_file(tmp_path: Path) -> None:
    draw(tmp_path)
    keeping.undo(tmp_path)
    assert not (tmp_path / "zones.geojson").exists()
    assert load(tmp_path)["overlay"]["zones"] == 0


def test_undo_does_not_throw_away_what_somebody_else_wrote(tmp_path: Path) -> None:
    draw(tmp_path)
    path = tmp_path / "zones.geojson"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(BadInput, match="changed by something else"):
        keeping.undo(tmp_path)
    assert path.read_bytes().endswith(b"\n\n")
    assert len(keeping.steps(tmp_path)) == 1


def test_a_step_that_was_never_made_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(tmp_path)
    before = (tmp_path / "zones.geojson").read_bytes()
    real = keeping.write_bytes

    def fails(path: Path, content: bytes) -> None:
        if path.name == "zones.geojson":
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(keeping, "write_bytes", fails)
    with pytest.raises(BadInput, match="No space left"):
        draw(tmp_path, west=113.695)
    assert (tmp_path / "zones.geojson").read_bytes() == before
    monkeypatch.undo()
    step = keeping.undo(tmp_path)
    assert step is not None and step.number == 1
    assert not (tmp_path / "zones.geojson").exists()


def test_nothing_is_written_when_the_catalogue_cannot_take_it(tmp_path: Path) -> None:
    for zone, more, told in (
        (ZONE, {"west": 100.0}, "wholly outside"),
        (ZONE, {"basis": "guessed"}, "basis guessed"),
        ("no-such-zone", {}, "new and has no name"),
    ):
        with pytest.raises(BadInput, match=told):
            draw(tmp_path, zone, **more)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "zones.geojson"
    path.write_text('{"features": [')
    with pytest.raises(BadInput, match="cannot be read"):
        draw(tmp_path)
    assert path.read_text() == '{"features": ['


def test_removing_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"does not draw {ZONE}"):
        keeping.remove(tmp_path, ZONE, when=WHEN)


def test_the_journal_is_no_source_of_the_catalogue(tmp_path: Path) -> None:
    draw(tmp_path)
    now = load(tmp_path)["fingerprint"]
    (tmp_path / "journal" / "000099.json").write_text("{}")
    assert load(tmp_path)["fingerprint"] == now


def test_an_objection_changes_no_answer(tmp_path: Path) -> None:
    """The folder of objections is for people: no evaluator reads it, whatever is in it."""
    draw(tmp_path)
    asked = {"date": "2017-11-20", "activity": "operate-non-road-machinery"}
    before = open_catalogue(tmp_path).at(113.695, 34.735, **asked)
    for name in ("objections", "objections/documents", "objections/geojson"):
        (tmp_path / name).mkdir()
    zones = (tmp_path / "zones.geojson").read_text(encoding="utf-8")
    (tmp_path / "objections" / "zones.geojson").write_text(zones.replace("113.", "112."))
    (tmp_path / "objections" / "2024-05-01.json").write_text('{"believes": "exempt"}')
    (tmp_path / "objections" / "documents" / "rules.yaml").write_text("rules: []")
    assert open_catalogue(tmp_path).at(113.695, 34.735, **asked) == before


def test_rounded_rings_turn_as_geojson_wants() -> None:
    outer = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]  # clockwise
    hole = [(0.2, 0.2), (0.4, 0.2), (0.4, 0.4), (0.2, 0.4), (0.2, 0.2)]  # counter-clockwise
    sliver = [(0.5, 0.5), (0.5000001, 0.5), (0.5, 0.5000001), (0.5, 0.5)]
    made = keeping.rounded([[outer, hole, sliver], [sliver]])
    assert len(made) == 1 and len(made[0]) == 2
    found = shape({"type": "MultiPolygon", "coordinates": made})
    assert found.equals(MultiPolygon([Polygon(outer, [hole])]))
    assert found.geoms[0].exterior.is_ccw and not found.geoms[0].interiors[0].is_ccw
    again = keeping.rounded(mapping(found)["coordinates"])
    assert again == made


# -- the card of a zone ---------------------------------------------------------------------------


def test_every_zone_has_a_status_by_its_own_yaml(shipped: dict[str, Any]) -> None:
    zones = shipped["zones"].values()
    found = Counter(zonecard.status(shipped, zone) for zone in zones)
    basis = Counter(zone["basis"] for zone in zones)
    drawn = ("documented_boundary", "administrative", "circle")
    assert found["mapped"] == sum(basis[name] for name in drawn)
    for name in ("unmapped", "derived", "object", "approximate"):
        assert found[name] == basis[name]
    assert found["failed"] == 0


def test_a_lost_shape_is_no_statement_about_the_place(shipped: dict[str, Any]) -> None:
    zone = {**shipped["zones"]["gc-nrmm-ban"], "failed": True}
    assert zonecard.status(shipped, zone) == "failed"


def test_the_card_of_the_machinery_ban(shipped: dict[str, Any]) -> None:
    card = zonecard.card(shipped, Rights(shipped), "gc-nrmm-ban")
    assert [edge["accuracy_m"] for edge in card["edges"]] == [120, 220, 60, 120]
    assert {"GC-58"} <= {rule["id"] for rule in card["rules"]}
    assert all(rule["cite"]["clause"] for rule in card["rules"])
    assert card["around"] == "zz-city" and card["mine"] is False
    assert [role for role, *_ in card["roles"]] == ["nominal", "core", "extent"]
    _, provenance, licence, _ = card["roles"][0]
    assert "金水路" in provenance["zh"] and "Jinshui Road" in provenance["en"]
    assert all(licence[lang].endswith("GPL-2.0-or-later") for lang in ("zh", "en"))
    assert card["error"] is None


def test_an_undrawn_zone_lies_in_a_drawn_one(shipped: dict[str, Any]) -> None:
    assert zonecard.around(shipped, shipped["zones"][ZONE])["id"] == "gc-district"
    loop = {"id": "a-b", "within": "a-b"}
    assert zonecard.around(shipped, loop) is None


def test_search_finds_roads_and_numbers(shipped: dict[str, Any]) -> None:
    text = zonecard.search_text(shipped["zones"]["gc-nrmm-ban"])
    for word in ("gc-nrmm", "中州大道", "98号", "machinery", "jinshui"):
        assert word in text
