"""What the tests of drafts draw with: roads in metres around a place, and questions to shapes."""

from __future__ import annotations

from pyproj import Geod
from shapely import Point, Polygon

from zonerules.layers.boundary import Edge
from zonerules.layers.draft.draw import draw
from zonerules.layers.draft.model import Line, Options, Shapes
from zonerules.layers.words.parse import parse

GEOD = Geod(ellps="WGS84")
HOME = (113.69, 34.73)
EAST = GEOD.line_length([113.685, 113.695], [34.73, 34.73]) * 100
NORTH = GEOD.line_length([113.69, 113.69], [34.725, 34.735]) * 100
BOX = "东明路以西、黄河路以北、花园路以东、农业路以南"


def at(x, y):
    return HOME[0] + x / EAST, HOME[1] + y / NORTH


def line(name, *places, accuracy=10.0, width=None, id=None, more=()):
    points = tuple(at(*p) for p in places)
    figures = None if accuracy is None else (accuracy,) * (len(points) - 1)
    return Line(id or name, (name, *more), points, figures, width)


def roads(**changes):
    """A square of 4 km by 4 km, the roads running on for 500 m; by side, or changed."""
    found = {
        "north": line("农业路", (-2500, 2000), (2500, 2000)),
        "east": line("东明路", (2000, 2500), (2000, -2500)),
        "south": line("黄河路", (-2500, -2000), (2500, -2000)),
        "west": line("花园路", (-2000, -2500), (-2000, 2500)),
    }
    found.update(changes)
    return [one for one in found.values() if one is not None]


def drawn(text, lines, **options):
    return draw(parse(text), lines, Options(**options))


def edge(name, side, *places, accuracy=50.0, **more):
    count = len(places) - 1
    figures = accuracy if isinstance(accuracy, tuple) else (accuracy,) * count
    return Edge(name, side, tuple(at(*p) for p in places), figures, **more)


def has(shape, x, y):
    return shape.covers(Point(at(x, y)))


def km2(shape):
    return abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6


def codes(notes):
    return [note["code"] for note in notes]


def only(draft):
    (zone,) = draft.zones
    return zone.shapes


def square(west, south, east, north):
    area = Polygon([at(west, south), at(east, south), at(east, north), at(west, north)])
    return Shapes(area, area, area)
