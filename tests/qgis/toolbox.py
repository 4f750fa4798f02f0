"""What tests of the algorithms share: a feedback that keeps, layers, the command line's answers."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


LON, LAT, DAY = 113.69, 34.735, "2017-11-20"


ACTIVITY = "operate-non-road-machinery"


class Heard(QgsProcessingFeedback):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__(False)
        self.infos: list[str] = []
        self.warnings: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.infos.append(info)

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)


def run(name: str, feedback: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    return processing.run(f"zonerules:{name}", parameters, feedback=feedback or Heard())


def layer_of(
    rows: Iterable[tuple[str | None, dict[str, str]]], crs: str = "EPSG:4326", kind: str = "Point"
) -> QgsVectorLayer:
    """A layer of (WKT or None, {column: text}) rows."""
    rows = list(rows)
    columns = list(dict.fromkeys(name for _, row in rows for name in row))
    fields = "".join(f"&field={name}:string(0)" for name in columns)
    layer = QgsVectorLayer(f"{kind}?crs={crs}{fields}", "places", "memory")
    features = []
    for wkt, row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([row.get(name) for name in columns])
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def rows_of(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    names = layer.fields().names()
    return [
        {name: None if value == NULL else value for name, value in zip(names, feature.attributes())}
        for feature in layer.getFeatures()
    ]


def point(lon: float = LON, lat: float = LAT) -> str:
    return f"Point({lon!r} {lat!r})"


def command(*args: object) -> Any:
    """What the command line prints as JSON."""
    from zonerules.jobs.cli import main

    out = io.StringIO()
    keep, sys.stdout = sys.stdout, out
    try:
        main([str(arg) for arg in args])
    finally:
        sys.stdout = keep
    return json.loads(out.getvalue())
