"""Areas without roads: circles around a place, polygons whose corners the text prints."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, Any

import shapely

from ..band import Piece, band, moved
from .model import Cannot, Shapes
from .notes import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .corners import Side
    from .model import Place

__all__ = ["circle", "opposed", "polygon"]

CORNERS = 180
_OPPOSITE = {"east": "west", "west": "east", "north": "south", "south": "north"}


def circle(place: Place, radius_m: float) -> Shapes:
    """All within so many metres of a place that itself may be off by ``place.radius_m``."""
    outer = 1.0 / cos(pi / CORNERS)  # what puts a polygon around its circle

    def disc(metres: float) -> Any:
        turns = [2.0 * pi * n / CORNERS for n in range(CORNERS)]
        at = (place.lon, place.lat)
        ring = [moved(at, metres * cos(turn), metres * sin(turn)) for turn in turns]
        return shapely.MultiPolygon([shapely.Polygon(ring)] if metres > 0.0 else [])

    return Shapes(
        disc(radius_m), disc(radius_m - place.radius_m), disc((radius_m + place.radius_m) * outer)
    )


def polygon(points: Sequence[tuple[float, float]], accuracy_m: float) -> Shapes:
    """The area between corners in the order of the text. Raises Cannot if its sides cross."""
    nominal = shapely.Polygon(points)
    if not nominal.is_valid or nominal.is_empty:
        raise Cannot(note("no_area", reason="crossed"))
    ring = [*points, points[0]]
    doubt = band([Piece(a, b, accuracy_m) for a, b in zip(ring, ring[1:]) if a != b])
    return Shapes(nominal, nominal.difference(doubt), nominal.union(doubt))


def opposed(sides: list[Side]) -> list[Side]:
    """The two roads of which only is told that the area lies between them, put on their sides.

    The other sides of the box leave two; without them the way from the one road to the other says
    whether they lie west and east or south and north. Roads that cross keep the text's order.
    """
    pair = [side for side in sides if side.side == "between"]
    if len(pair) != 2:
        return []
    (ax, ay), (bx, by) = (_middle(side) for side in pair)
    known = {side.side for side in sides}
    upright = {"north", "south"} <= known or (
        not {"east", "west"} <= known and abs(bx - ax) >= abs(by - ay)
    )
    first = ("west" if ax <= bx else "east") if upright else ("south" if ay <= by else "north")
    pair[0].side, pair[1].side = first, _OPPOSITE[first]
    return pair


def _middle(side: Side) -> tuple[float, float]:
    middle = side.road.shape.centroid
    return float(middle.x), float(middle.y)
