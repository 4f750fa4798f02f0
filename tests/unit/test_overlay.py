"""A user's folder laid over the catalogue: redrawn zones, new ones, broken files, documents."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonerules.layers.catalogue import overlay
from zonerules.layers.catalogue.load import CatalogueError, load
from zonerules.layers.catalogue.shapes import fault

WORDS = [
    "type", "Feature", "Polygon", "MultiPolygon", "properties", "geometry", "coordinates", "id",
    "zone", "role", "nominal", "core", "tw-ban", "tw-ban/nominal", "tw-new", "name", "kind", "zh",
    "en", "within", "basis", "accuracy_m", "document", "circle",
]  # fmt: skip


@pytest.fixture
def over(tree, tmp_path, monkeypatch):
    """Write the overlay's zones.geojson (a list of features, or raw text or bytes) and load."""
    from zonerules.layers.catalogue.compile import write_catalogue

    monkeypatch.setenv("ZONERULES_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ZONERULES_DATA", raising=False)
    write_catalogue(tree.root, tree.root / "catalogue.json")
    folder = tmp_path / "mine"
    folder.mkdir()

    def run(content=None):
        if isinstance(content, list):
            content = json.dumps({"type": "FeatureCollection", "features": content})
        if isinstance(content, str):
            content = content.encode("utf-8")
        if content is not None:
            (folder / "zones.geojson").write_bytes(content)
        return load(folder, root=tree.root)

    run.folder, run.tree = folder, tree
    return run


def drawn(draw, zone, **told):
    """The three shapes of a zone, the nominal one with more properties."""
    return [
        draw.zone(zone, "nominal", 0.02, accuracy_m=50, **told),
        draw.zone(zone, "core", 0.019),
        draw.zone(zone, "extent", 0.021),
    ]


def west_edge(catalogue, zone, role="nominal"):
    ring = catalogue["zones"][zone]["shapes"][role]["coordinates"][0][0]
    return min(lon for lon, lat in ring)


def test_empty_folder_changes_the_fingerprint_only(over):
    plain, laid = load(root=over.tree.root), over()
    assert laid.pop("overlay") == {"path": str(over.folder), "zones": 0}
    assert laid.pop("fingerprint") != plain.pop("fingerprint")
    assert laid == plain


def test_redrawn_zone(over, draw):
    catalogue = over(drawn(draw, "tw-ban"))
    assert catalogue["overlay"]["zones"] == 1
    assert west_edge(catalogue, "tw-ban") == 113.68
    assert west_edge(catalogue, "tw-ban", "extent") == 113.679
    ban = catalogue["zones"]["tw-ban"]
    assert ban["basis"] == "documented_boundary"
    assert (ban["accuracy_m"], ban["provenance"]) == (50, "drawn for a test")
    assert ban["cite"]["clause"] == "1"
    assert catalogue["failed"] == []


def test_redrawn_administrative_zone_no_longer_takes_its_unit(over, draw):
    town = over(drawn(draw, "tw-town"))["zones"]["tw-town"]
    assert "unit" not in town
    assert town["basis"] == "administrative"
    assert set(town["shapes"]) == {"nominal", "core", "extent"}


def test_unmapped_zone_becomes_drawn(over, draw):
    catalogue = over(drawn(draw, "tw-old"))
    assert catalogue["zones"]["tw-old"]["basis"] == "documented_boundary"
    assert west_edge(catalogue, "tw-old") == 113.68


def test_basis_may_be_told(over, draw):
    catalogue = over(drawn(draw, "tw-old", basis="approximate"))
    assert catalogue["zones"]["tw-old"]["basis"] == "approximate"


def test_basis_of_an_undrawn_zone_is_refused(over, draw):
    catalogue = over(drawn(draw, "tw-old", basis="unmapped"))
    assert catalogue["zones"]["tw-old"]["failed"] is True
    assert "basis unmapped is not that of a drawn zone" in catalogue["failed"][0]["error"]


def test_new_zone(over, draw):
    name = {"zh": "新区", "en": "new area"}
    catalogue = over(drawn(draw, "tw-new", name=name, kind="fuel_ban", within="tw-town"))
    new = catalogue["zones"]["tw-new"]
    assert (new["name"], new["kind"], new["within"]) == (name, "fuel_ban", "tw-town")
    assert new["basis"] == "documented_boundary"
    assert new["id"] == "tw-new"
    assert catalogue["overlay"]["zones"] == 1


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"kind": "x", "within": "tw-town"}, "is new and has no name"),
        ({"name": {"zh": "甲"}, "kind": "x", "within": "tw-town"}, "is new and has no name"),
        ({"name": "甲", "within": "tw-town"}, "is new and has no kind"),
        ({"name": "甲", "kind": "x"}, "is new and lies within None"),
        ({"name": "甲", "kind": "x", "within": "tw-nowhere"}, "lies within tw-nowhere"),
        ({"name": "甲", "kind": "x", "within": "tw-new"}, "lies within tw-new"),
    ],
)
def test_new_zone_that_says_too_little(over, draw, told, problem):
    catalogue = over(drawn(draw, "tw-new", **told))
    assert "tw-new" not in catalogue["zones"]
    (entry,) = catalogue["failed"]
    assert problem in entry["error"]
    assert entry["zones"] == []
    assert catalogue["overlay"]["zones"] == 0


def test_one_good_and_one_bad_zone(over, draw):
    bad = draw.zone("tw-old", "nominal", 0.02, accuracy_m=0)
    bad["geometry"]["coordinates"][0].pop()
    catalogue = over([*drawn(draw, "tw-ban"), bad])
    assert catalogue["overlay"]["zones"] == 1
    assert "failed" not in catalogue["zones"]["tw-ban"]
    assert catalogue["zones"]["tw-old"]["failed"] is True
    assert catalogue["failed"] == [
        {
            "layer": "zones.geojson",
            "error": "zones.geojson: tw-old: nominal: a ring is not closed",
            "zones": ["tw-old"],
        }
    ]


@pytest.mark.parametrize("accuracy", [50, None])
def test_nominal_alone_tells_how(over, draw, accuracy):
    told = {} if accuracy is None else {"accuracy_m": accuracy}
    catalogue = over([draw.zone("tw-ban", "nominal", 0.02, **told)])
    ban = catalogue["zones"]["tw-ban"]
    assert ban["failed"] is True
    assert "shapes" not in ban  # the old boundary is not the answer to a redrawn one
    assert "zonerules overlay add" in catalogue["failed"][0]["error"]


def test_exact_shape_needs_no_core(over, draw):
    catalogue = over([draw.zone("tw-ban", "nominal", 0.02, accuracy_m=0)])
    assert set(catalogue["zones"]["tw-ban"]["shapes"]) == {"nominal"}


@pytest.mark.parametrize("accuracy", ["50", -1, True, [50]])
def test_accuracy_in_metres(over, draw, accuracy):
    catalogue = over(
        [
            draw.zone("tw-ban", "nominal", 0.02, accuracy_m=accuracy),
            draw.zone("tw-ban", "core", 0.01),
        ]
    )
    assert catalogue["zones"]["tw-ban"]["failed"] is True
    assert "expected metres" in catalogue["failed"][0]["error"]


def test_core_without_nominal(over, draw):
    catalogue = over([draw.zone("tw-ban", "core", 0.02)])
    assert catalogue["failed"][0]["error"].endswith("there is no nominal shape")


def test_shape_given_twice(over, draw):
    catalogue = over([*drawn(draw, "tw-ban"), draw.zone("tw-ban", "core", 0.01)])
    assert "given twice" in catalogue["failed"][0]["error"]


def test_unknown_role(over, draw):
    catalogue = over([draw.zone("tw-ban", "outer", 0.02)])
    assert "role outer is not known" in catalogue["failed"][0]["error"]


def test_no_geometry(over, draw):
    feature = draw.zone("tw-ban", "nominal", 0.02, accuracy_m=0)
    feature["geometry"] = None
    assert over([feature])["zones"]["tw-ban"]["failed"] is True


def test_zone_named_by_the_id_alone(over, draw):
    feature = draw.zone("tw-ban", "nominal", 0.02)
    feature["properties"] = {"accuracy_m": 0}
    assert west_edge(over([feature]), "tw-ban") == 113.68


def test_derived_zone_is_not_silently_redrawn(over, draw):
    catalogue = over(drawn(draw, "tw-both"))
    assert "derived from others" in catalogue["failed"][0]["error"]
    catalogue = over(drawn(draw, "tw-both", basis="documented_boundary"))
    both = catalogue["zones"]["tw-both"]
    assert catalogue["failed"] == []
    assert "derived" not in both
    assert west_edge(catalogue, "tw-both") == 113.68


def test_overlay_heals_a_failed_zone(over, draw):
    path = over.tree.root / "catalogue.json"
    spoilt = json.loads(path.read_text(encoding="utf-8"))
    spoilt["zones"]["tw-ban"]["shapes"]["nominal"]["coordinates"][0][0].pop()
    path.write_text(json.dumps(spoilt), encoding="utf-8")
    catalogue = over(drawn(draw, "tw-ban"))
    assert "failed" not in catalogue["zones"]["tw-ban"]
    assert catalogue["failed"] == []


# --- files that cannot be read ------------------------------------------------------------------


def test_truncated_file_fails_the_zones_it_mentions(over, draw):
    text = json.dumps({"type": "FeatureCollection", "features": drawn(draw, "tw-ban")})
    catalogue = over(text[:-40])
    ban = catalogue["zones"]["tw-ban"]
    assert ban["failed"] is True
    assert "shapes" not in ban
    assert "failed" not in catalogue["zones"]["tw-town"]
    (entry,) = catalogue["failed"]
    assert entry["layer"] == "zones.geojson"
    assert entry["zones"] == ["tw-ban"]
    assert entry["error"].startswith("zones.geojson")
    assert catalogue["overlay"]["zones"] == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"\xff\xfe\x00\x01",
        b"null",
        b'{"type": "Feature"}',
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": [{"properties": null}]}',
        b'{"type": "FeatureCollection", "features": [7]}',
    ],
)
def test_unreadable_file_without_ids_fails_every_drawn_zone(over, content):
    catalogue = over(content)
    failed = [name for name, zone in catalogue["zones"].items() if zone.get("failed")]
    assert failed == ["tw-town", "tw-ban"]
    assert catalogue["failed"][0]["zones"] == ["tw-town", "tw-ban"]


def test_gb18030_file_fails_what_it_mentions(over, draw):
    features = drawn(draw, "tw-ban", note="管城")
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    catalogue = over(text.encode("gb18030"))
    assert catalogue["zones"]["tw-ban"]["failed"] is True
    assert catalogue["failed"][0]["error"] == "zones.geojson: is not UTF-8"


def test_not_a_number(over, draw):
    text = json.dumps({"type": "FeatureCollection", "features": drawn(draw, "tw-ban")})
    catalogue = over(text.replace("113.68,", "NaN,", 1))
    assert catalogue["zones"]["tw-ban"]["failed"] is True
    assert "NaN is no number" in catalogue["failed"][0]["error"]


def test_other_reference_system(over, draw):
    data = {"type": "FeatureCollection", "features": drawn(draw, "tw-ban")}
    data["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4526"}}
    catalogue = over(json.dumps(data))
    assert "expected WGS84 lon/lat" in catalogue["failed"][0]["error"]
    data["crs"]["properties"]["name"] = "urn:ogc:def:crs:OGC:1.3:CRS84"
    assert over(json.dumps(data))["failed"] == []


@pytest.mark.parametrize("crs", [7, "EPSG:4326", {"properties": 7}, []])
def test_odd_reference_system_never_raises(over, draw, crs):
    data = {"type": "FeatureCollection", "features": drawn(draw, "tw-ban"), "crs": crs}
    assert "overlay" in over(json.dumps(data))


def test_feature_without_zone_makes_the_file_unreadable(over, draw):
    stray = draw.zone("tw-ban", "nominal", 0.02)
    del stray["id"], stray["properties"]["zone"]
    catalogue = over([*drawn(draw, "tw-old"), stray])
    assert catalogue["zones"]["tw-old"]["failed"] is True
    assert "feature 4 does not say which zone it draws" in catalogue["failed"][0]["error"]


def test_folder_in_place_of_the_file(over):
    (over.folder / "zones.geojson").mkdir()
    assert over()["zones"]["tw-ban"]["failed"] is True


def test_byte_order_mark_is_forgiven(over, draw):
    text = json.dumps({"type": "FeatureCollection", "features": drawn(draw, "tw-ban")})
    assert over(b"\xef\xbb\xbf" + text.encode())["overlay"]["zones"] == 1


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner),
    max_leaves=12,
)


@given(features=st.lists(ANYTHING | st.dictionaries(st.sampled_from(WORDS), ANYTHING), max_size=4))
def test_whatever_the_file_holds_nothing_is_raised(features):
    """Each zone of the result is failed or has shapes that can be located in."""
    ring = [[113.69, 34.69], [113.71, 34.69], [113.71, 34.71], [113.69, 34.69]]
    shapes = {"nominal": {"type": "MultiPolygon", "coordinates": [[ring]]}}
    row = {"id": "tw-ban", "basis": "documented_boundary", "shapes": shapes}
    catalogue = {"zones": {"tw-ban": row}, "documents": {}, "failed": [], "fingerprint": "x"}
    text = json.dumps({"type": "FeatureCollection", "features": features})
    overlay.redraw(catalogue, text.encode())
    for zone in catalogue["zones"].values():
        assert zone.get("failed") or fault(zone["shapes"]["nominal"]) is None


# --- documents and fingerprint ------------------------------------------------------------------


def test_fingerprint_follows_the_overlay(over, draw):
    first = over(drawn(draw, "tw-ban"))["fingerprint"]
    assert over(drawn(draw, "tw-ban"))["fingerprint"] == first
    assert over(drawn(draw, "tw-old"))["fingerprint"] != first
    assert first.startswith("sha256:")


@pytest.fixture
def second(over):
    """A second document in the overlay, about a zone of the catalogue and one of its own."""
    folder = over.folder / "documents" / "town-2021-2"
    folder.mkdir(parents=True)
    text = {
        "document": over.tree.path("document").read_text(encoding="utf-8"),
        "zones": (
            "zones:\n  - id: tw-next\n    name: {zh: 邻镇, en: next town}\n"
            '    kind: administrative_unit\n    basis: administrative\n    unit: "410105"\n'
        ),
        "rules": (
            'rules:\n  - id: TX-1\n    clause: "1"\n    activities: [mine]\n    kind: prohibition\n'
            "    where: [tw-next, tw-ban]\n    summary: {zh: 禁止。, en: Banned.}\n"
        ),
        "coverage": 'coverage:\n  - {clause: "1", title: {zh: 甲, en: a}, rules: [TX-1]}\n',
    }
    text["document"] = text["document"].replace("town-2020-1", "town-2021-2")
    start, end = text["document"].index("  seasons:"), text["document"].index("  offices:")
    text["document"] = text["document"][:start] + text["document"][end:]
    for kind, content in text.items():
        (folder / f"{kind}.yaml").write_text(content, encoding="utf-8")
    return folder


def test_document_is_compiled_and_merged(over, second, tmp_path):
    catalogue = over()
    assert list(catalogue["documents"]) == ["town-2020-1", "town-2021-2"]
    assert [rule["id"] for rule in catalogue["rules"]][-1] == "TX-1"
    assert catalogue["rules"][-1]["where"] == {"any": ["tw-next", "tw-ban"]}
    assert "410105" in catalogue["units"]  # drawn in the package, named by the overlay only
    assert "failed" not in catalogue["zones"]["tw-next"]
    assert list((tmp_path / "cache").glob("overlay-*.json"))
    assert over() == catalogue


def test_changed_document_is_compiled_again(over, second):
    over()
    rules = second / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("[mine]", "[govern]"), "utf-8")
    assert over()["rules"][-1]["activities"] == ["govern"]


def test_redrawing_a_zone_of_the_overlays_own_document(over, second, draw):
    catalogue = over(drawn(draw, "tw-next"))
    assert west_edge(catalogue, "tw-next") == 113.68


def test_ids_must_not_collide(over, second):
    rules = second / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("TX-1", "TW-1"), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        over()
    texts = [str(error) for error in getattr(caught.value, "errors", [caught.value])]
    assert "documents/town-2021-2/rules.yaml:2: TW-1: the id is already taken" in texts


def test_broken_document_is_not_left_out_silently(over, second):
    (second / "rules.yaml").write_text("rules: yes\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        over()
    assert caught.value.file == "documents/town-2021-2/rules.yaml"


def test_overlay_document_with_a_shape_of_its_own(over, second, draw):
    zones = second / "zones.yaml"
    more = (
        "  - id: tw-far\n    name: {zh: 远, en: far}\n    kind: fuel_ban\n"
        "    basis: documented_boundary\n    within: tw-next\n"
    )
    zones.write_text(zones.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert over()["zones"]["tw-far"]["failed"] is True
    drawn_by_hand = over(drawn(draw, "tw-far"))
    assert "failed" not in drawn_by_hand["zones"]["tw-far"]
    assert drawn_by_hand["failed"] == []
