"""Whether two ways of finding the zones of points found the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from .made import Places, Shapes
    from .timing import Row


class Reference:
    """Our pairs of (point, zone), against which everybody's are held.

    Ours are those of `intersects`: a point on a boundary is in. `within`, `contains` and
    contains_xy leave it out, so a pair that a peer lacks is in order if, and only if, the zone
    touches the point, which unprepared shapely decides exactly. A pair too many is never in order.
    """

    def __init__(self, places: Places, shapes: Shapes, pairs: Any) -> None:
        self._places, self._shapes = places, shapes
        self._keys = self._sorted(pairs)

    def look(self, pairs: Any) -> Row:
        """Return {"pairs", "boundary", "missing", "extra", "equal"}: how many pairs, how many of
        ours are left out because they lie on a boundary or for no reason, how many are too many."""
        keys = self._sorted(pairs)
        if len(keys) == len(self._keys) and (keys == self._keys).all():
            return {"pairs": len(keys), "boundary": 0, "missing": 0, "extra": 0, "equal": True}
        missing = np.setdiff1d(self._keys, keys)
        extra = len(keys) - len(np.intersect1d(self._keys, keys))  # one given twice is one too many
        point, shape = missing // len(self._shapes), missing % len(self._shapes)
        where = shapely.points(self._places.x[point], self._places.y[point])
        touching = int(np.count_nonzero(shapely.touches(self._shapes[shape], where)))
        return {
            "pairs": len(keys),
            "boundary": touching,
            "missing": len(missing) - touching,
            "extra": extra,
            "equal": touching == len(missing) and not extra,
        }

    def _sorted(self, pairs: Any) -> Any:
        point, shape = pairs
        keys = np.asarray(point, dtype=np.int64) * len(self._shapes) + np.asarray(shape)
        keys.sort()
        return keys


def look_at_discs(ours: Any, theirs: Any, shapes: int, radius_m: float) -> Row:
    """Compare (point, zone, metres) of ours with (point, zone) of a peer in a projected plane.

    The plane stretches distances by up to a thousandth, so pairs may differ where our distance is
    within two thousandths of the radius; `rim` counts them.
    """
    point, shape, metres = ours
    keys = point * shapes + shape
    their_keys = np.unique(np.asarray(theirs[0], dtype=np.int64) * shapes + np.asarray(theirs[1]))
    rim = metres > radius_m * (1 - RIM)
    inner = metres <= radius_m
    missing = np.setdiff1d(keys[inner & ~rim], their_keys)
    extra = np.setdiff1d(their_keys, keys)
    differ = len(np.setxor1d(keys[inner], their_keys)) - len(missing) - len(extra)
    return {
        "pairs": len(their_keys),
        "rim": differ,
        "missing": len(missing),
        "extra": len(extra),
        "equal": not len(missing) and not len(extra),
    }


RIM = 0.002  # ours must be asked with a radius this share greater
