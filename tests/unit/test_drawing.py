"""What the compiler does with broken GeoJSON: strictly it stops, tolerantly it says who is hit."""

from __future__ import annotations

import pytest

DOC = "documents/town-2020-1/"


# --- what is drawn ------------------------------------------------------------------------------


def broken(tree):
    """The strict error's text and the tolerant catalogue of the same tree."""
    error = tree.error()
    return error, tree.compile(tolerant=True)


def test_truncated_zones_file(tree):
    path = tree.path(tree.ZONES)
    path.write_text(path.read_text(encoding="utf-8")[:600], encoding="utf-8")
    error, catalogue = broken(tree)
    assert error.file == tree.ZONES
    assert error.line is not None
    ban = catalogue["zones"]["tw-ban"]
    assert ban["failed"] is True
    assert "shapes" not in ban
    assert catalogue["failed"] == [{"layer": tree.ZONES, "error": str(error), "zones": ["tw-ban"]}]
    assert not any(z.get("failed") for k, z in catalogue["zones"].items() if k != "tw-ban")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("<html>not found</html>", "is not JSON"),
        ("", "is cut off"),
        ('{"type": "FeatureCollection"}', 'key "features" is missing'),
        ('{"type": "Feature", "features": []}', 'type "Feature" is not known'),
        ("[]", "the file is a list"),
        (
            '{"type": "FeatureCollection", "features": [], "features": []}',
            'key "features" is repeated',
        ),
    ],
)
def test_files_that_are_no_feature_collection(tree, content, problem):
    tree.write(tree.UNITS, content)
    error, catalogue = broken(tree)
    assert error.file == tree.UNITS
    assert problem in error.problem
    assert catalogue["zones"]["tw-town"]["failed"] is True
    assert catalogue["failed"][0]["zones"] == ["tw-town"]
    assert catalogue["units"] == {}


def test_not_a_number(tree):
    line = tree.edit(tree.LINES, "113.71, 34.69", "113.71, NaN")
    error, catalogue = broken(tree)
    assert (error.line, error.problem) == (line, "NaN is no number")
    assert catalogue["lines"] == {}
    assert catalogue["failed"][0]["zones"] == []


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        ({"type": "Point", "coordinates": [113.7, 34.7]}, 'type "Point" is not known'),
        (None, "geometry is empty"),
        ({"type": "Polygon", "coordinates": []}, "the geometry has no polygon"),
        ({"type": "Polygon", "coordinates": [[]]}, "fewer than four positions"),
        (
            {"type": "Polygon", "coordinates": [[[113, 34], [114, 34], [114, 35], [113, 35]]]},
            "a ring is not closed",
        ),
        (
            {"type": "Polygon", "coordinates": [[[34, 113], [35, 113], [35, 114], [34, 113]]]},
            "position [34, 113] is outside lon ±180, lat ±90",
        ),
        (
            {"type": "Polygon", "coordinates": [[["113", 34], [114, 34], [114, 35], ["113", 34]]]},
            "a position is not [lon, lat] in numbers",
        ),
        ({"type": "MultiPolygon", "coordinates": [[[[1e999, 2]] * 4]]}, "is no number"),
    ],
)
def test_bad_shapes(tree, draw, geometry, problem):
    bad = draw.zone("tw-ban", "nominal", 0.01)
    bad["geometry"] = geometry
    tree.write(tree.ZONES, draw.collection([draw.zone("tw-ban", "core", 0.009), bad]))
    errors = tree.errors()
    assert any(problem in error.problem for error in errors), [str(error) for error in errors]
    catalogue = tree.compile(tolerant=True)
    assert catalogue["zones"]["tw-ban"]["failed"] is True
    assert "shapes" not in catalogue["zones"]["tw-ban"]


def test_open_ring_names_feature_and_line(tree, draw):
    bad = draw.zone("tw-ban", "extent", 0.01)
    bad["geometry"]["coordinates"][0][-1] = [113.0, 34.0]
    tree.write(tree.ZONES, draw.collection([draw.zone("tw-ban", "nominal", 0.01), bad]))
    assert str(tree.error()) == f"{tree.ZONES}:3: tw-ban/extent: a ring is not closed"


def test_core_may_be_empty(tree, draw):
    core = draw.zone("tw-ban", "core", 0.01)
    core["geometry"] = {"type": "MultiPolygon", "coordinates": []}
    tree.write(tree.ZONES, draw.collection([draw.zone("tw-ban", "nominal", 0.01), core]))
    shapes = tree.compile()["zones"]["tw-ban"]["shapes"]
    assert shapes["core"] == {"type": "MultiPolygon", "coordinates": []}


@pytest.mark.parametrize(
    ("zone", "role", "problem"),
    [
        ("tw-old", "nominal", "zone tw-old is unmapped and has no shape of its own"),
        ("tw-town", "nominal", "zone tw-town takes its unit's shape and has no shape of its own"),
        ("tw-none", "nominal", "zone tw-none is not in zones.yaml of this document"),
        ("tw-ban", "nominal", "the nominal shape is given twice"),
    ],
)
def test_shape_of_the_wrong_zone(tree, draw, zone, role, problem):
    features = [draw.zone("tw-ban", "nominal", 0.01), draw.zone(zone, role, 0.01)]
    tree.write(tree.ZONES, draw.collection(features))
    error = tree.error()
    assert (error.record, error.problem) == (f"{zone}/{role}", problem)


def test_drawn_zone_without_shape(tree):
    tree.path(tree.ZONES).unlink()
    error, catalogue = broken(tree)
    assert (error.file, error.record) == (f"{DOC}zones.yaml", "tw-ban")
    assert error.problem == "the zone has no nominal shape"
    assert catalogue["failed"][0]["layer"] == tree.ZONES
    assert catalogue["zones"]["tw-ban"]["failed"] is True


def test_derived_zone_keeps_its_members_when_its_own_shape_is_broken(tree, draw):
    features = [draw.zone("tw-ban", "nominal", 0.01), draw.zone("tw-both", "nominal", 0.01)]
    features[1]["geometry"]["coordinates"][0].pop()
    tree.write(tree.ZONES, draw.collection(features))
    catalogue = tree.compile(tolerant=True)
    both = catalogue["zones"]["tw-both"]
    assert "shapes" not in both
    assert "failed" not in both  # its place follows from its members, which are sound
    assert catalogue["failed"][0]["zones"] == ["tw-both"]


def test_figures_of_a_line(tree):
    tree.edit(tree.LINES, '"accuracy_m": [20]', '"accuracy_m": [20, 30]')
    assert tree.error().problem == "accuracy_m has 2 figures for 1 segments"
