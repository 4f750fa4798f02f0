"""The enterprises of a checked layer as rows for the web map, in WGS84."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
)
from qgis.PyQt.QtCore import Qt

from ..asking import Refusal
from ..canvas import WGS84, name_of, unrelated
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qgis.core import QgsCoordinateTransformContext, QgsFeature

    from ...jobs.progress import Progress
    from ...jobs.webmap.firms import Coloured
    from ...rules.messages import Line
    from ..tables.layerfile import LayerSource

VERDICT = "zr_verdict"
STEP = 1000  # rows between two looks at whether somebody cancelled
Place = tuple[float, float]


class Firms(NamedTuple):
    """A checked layer as it was on the main thread, and how its rows are read.

    ``there``: from its CRS to WGS84, None for a table without shapes, whose columns of coordinates
    are in ``datum``. Points stay where they are whatever the datum, as ``as_it_is`` tells: the
    check has moved them. ``chosen``: whether somebody chose the column;
    ``verdict``: the column that colours; ``name`` that of names, empty for the one that is found.
    """

    source: LayerSource
    there: QgsCoordinateTransform | None
    datum: str | None
    verdict: str
    name: str
    chosen: bool = True

    def coloured(self) -> Coloured:
        """What the colours tell."""
        from ...jobs.webmap.firms import coloured

        return coloured(self.source.title, self.source.fields.names(), None, self.verdict)

    def as_it_is(self) -> Line | None:
        """That a datum does not move the points, None where there is nothing to tell."""
        from ...jobs.webmap.firms import as_it_is

        return None if self.there is None else as_it_is(self.source.title, self.datum)


def verdict_columns(names: Iterable[str]) -> list[str]:
    """The columns of verdicts that a check writes, of a layer's columns."""
    return [name for name in names if name == VERDICT or name.startswith(f"{VERDICT}_")]


def firms_of(
    source: LayerSource,
    context: QgsCoordinateTransformContext,
    lang: str,
    *,
    datum: str | None = None,
    verdict: str = "",
    name: str = "",
) -> Firms:
    """A checked layer. Raises Refusal for one that nobody checked, and for a CRS that no transform
    leads from."""
    found = verdict_columns(source.fields.names())
    if not (verdict or found):
        raise Refusal(tr("webmap.not_checked", lang, layer=source.title))
    there = None
    if source.crs is not None:
        if not source.crs.isValid():
            raise Refusal(tr("processing.no_crs", lang, layer=source.title))
        if unrelated(source.crs):
            raise Refusal(tr("unrelated_crs", lang, crs=name_of(source.crs)))
        wgs84 = QgsCoordinateReferenceSystem(WGS84)
        there = QgsCoordinateTransform(source.crs, wgs84, context)
    elif not datum:
        raise Refusal(tr("webmap.need_datum", lang, layer=source.title))
    return Firms(source, there, datum, verdict or found[0], name, bool(verdict))


def rows(firms: Firms, progress: Progress) -> tuple[list[dict[str, Any]], int]:
    """The rows as ``jobs.webmap.firms`` has them, and how many of them have no place.

    Raises BadInput, and what ``progress`` raises to stop.
    """
    from ...jobs.webmap.firms import Doubt, of_rows
    from ...jobs.webmap.spots import Spot, moved, places_of
    from ...rules.messages import Line as Bilingual

    source = firms.source
    names = source.fields.names()
    if firms.there is None:
        place = places_of(source.title, names, firms.datum)
    there = firms.there
    seen = 0

    nowhere = Bilingual(*(tr("webmap.nowhere", lang) for lang in ("en", "zh")))

    def read() -> Iterator[tuple[Spot | Line, Sequence[str]]]:
        nonlocal seen
        for feature in source.features.getFeatures(QgsFeatureRequest()):
            seen += 1
            if seen % STEP == 0:
                progress(0.1 + 0.3 * seen / max(source.count, seen), "")
            cells = [text_of(value) for value in feature.attributes()]
            if there is None:
                yield place(cells), cells
            else:
                spot = _spot(feature, there)
                there_is = spot and moved(*spot, "wgs84")
                yield Spot(*there_is) if there_is else nowhere, cells

    doubt = Doubt(datum=firms.datum)
    found = of_rows(source.title, names, read(), firms.verdict, firms.name or None, doubt)
    return found, sum("why" in row for row in found)


def text_of(value: Any) -> str:
    """A cell as people read it, empty for none."""
    if value is None or value == NULL:
        return ""
    if hasattr(value, "toString"):  # a day or a time of Qt
        return str(value.toString(Qt.DateFormat.ISODate))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _spot(feature: QgsFeature, there: QgsCoordinateTransform) -> Place | None:
    """The point of a feature in the transform's target; None for none, for several, for other
    shapes."""
    shape = feature.geometry()
    if shape.isNull() or shape.isEmpty():
        return None
    parts = [part for part in shape.constParts() if not part.isEmpty()]
    if len(parts) != 1 or not hasattr(parts[0], "x"):
        return None
    try:
        spot = there.transform(parts[0].x(), parts[0].y())
    except QgsCsException:
        return None
    return (spot.x(), spot.y()) if math.isfinite(spot.x()) and math.isfinite(spot.y()) else None
