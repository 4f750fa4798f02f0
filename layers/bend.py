"""How two pieces of a boundary meet: their turn, the corner of their parallels, its doubt.

Lon/lat places, lengths in metres. Standard library only.
"""

from __future__ import annotations

from math import hypot

from .band import Piece, Point, direction, moved

__all__ = ["corner_discs", "mitre", "slivers", "straight_on"]

Line = list[Piece]

# Lines that differ less in direction (sine of the angle) have no crossing worth computing.
PARALLEL = 0.05
# Metres up to which the corner of two almost parallel lines may slide along them.
FAR = 5000.0
# Cosine of the turn (some 25 degrees) up to which a kerb steps instead of running to a crossing.
STEP = 0.9


def _turn(one: Piece, two: Piece) -> float:
    """Sine of the angle by which the second piece turns left of the first."""
    u, v = direction(one), direction(two)
    return u[0] * v[1] - u[1] * v[0]


def straight_on(one: Piece, two: Piece) -> bool:
    """Whether the line turns so little that kerbs of different width meet by a step."""
    u, v = direction(one), direction(two)
    return u[0] * v[0] + u[1] * v[1] > STEP


def mitre(one: Piece, two: Piece, left_one: float, left_two: float) -> Point:
    """East and north metres from the corner of two pieces to that of their left parallels."""
    u, v = direction(one), direction(two)
    turn = _turn(one, two)
    if abs(turn) < PARALLEL:
        left = max(left_one, left_two, key=abs)
        return -u[1] * left, u[0] * left
    return (
        (left_one * v[0] - left_two * u[0]) / turn,
        (left_one * v[1] - left_two * u[1]) / turn,
    )


def corner_discs(ring: Line) -> list[tuple[Point, float]]:
    """How far the corner itself may lie off: two parallels cross farther out than they moved."""
    discs = []
    for one, two in zip(ring, ring[1:] + ring[:1]):
        known, a, b = max(one.accuracy, two.accuracy), one.width, two.width
        if one.joint == "crossing":
            known, a, b = 0.0, a + one.accuracy, b + two.accuracy
        elif straight_on(one, two):
            continue  # kerbs of different width meet by a step, which the pieces' bands hold
        radius = known + hypot(*mitre(one, two, a, b))
        if radius > max(one.accuracy + one.width, two.accuracy + two.width) + 0.5:
            discs.append((one.end, radius))
    return discs


def slivers(ring: Line) -> list[list[Point]]:
    """Where lines that cross at a very small angle may really cross: the corner slides along both.

    The places within either line's accuracy of it are a parallelogram many times as long as wide;
    it is cut off at FAR, beyond which a road known to the metre says nothing any more.
    """
    found = []
    for one, two in zip(ring, ring[1:] + ring[:1]):
        turn = _turn(one, two)
        if one.joint != "crossing" or not 0.0 < abs(turn) < PARALLEL:
            continue
        u, v = direction(one), direction(two)
        a, b = one.accuracy + one.width, two.accuracy + two.width
        shorter = min(1.0, FAR * abs(turn) / (a + b))
        corners = []
        for left_one, left_two in ((a, b), (a, -b), (-a, b), (-a, -b)):
            east = (left_one * v[0] - left_two * u[0]) / turn * shorter
            north = (left_one * v[1] - left_two * u[1]) / turn * shorter
            corners.append(moved(one.end, east, north))
        found.append(corners)
    return found
