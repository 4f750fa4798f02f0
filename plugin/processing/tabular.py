"""What the algorithms have in common whose input is a table: a file, or a layer of the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
)

from ..asking import parse_facts
from ..tables import layerfile
from ..tables.files import READ
from ..tables.work import without_options
from .base import Algorithm

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext

# roles of columns, each a parameter
COLUMNS = {
    "lon": "LON",
    "lat": "LAT",
    "place": "PLACE_COLUMN",
    "address": "ADDRESS_COLUMN",
    "name": "NAME_COLUMN",
    "accuracy": "ACCURACY_COLUMN",
    "date": "DATE_COLUMN",
    "alert": "ALERT_COLUMN",
}


class TableAlgorithm(Algorithm):
    """Rows are read, placed and asked as those of a check."""

    def add_table(self) -> None:
        """Add the file, the layer in its place, and the columns that say where."""
        file = QgsProcessingParameterFile.Behavior.File
        kinds = self.say("filter", files=" ".join(f"*.{name}" for name in READ))
        self.add(QgsProcessingParameterFile("INPUT", "", file, "", None, True, kinds))
        rows = [QgsProcessing.SourceType.TypeVector]
        self.add(QgsProcessingParameterFeatureSource("LAYER", "", rows, None, True))
        for name in ("LON", "LAT", "PLACE_COLUMN", "ADDRESS_COLUMN"):
            self.add_text(name)

    def given(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> Path | layerfile.LayerSource:
        """Return the file that was named, or what a layer holds. Raises QgsProcessingException."""
        file = self.one(parameters, "INPUT", context)
        layer = self.parameterAsSource(parameters, "LAYER", context)
        if (file is None) == (layer is None):
            raise QgsProcessingException(self.say("which"))
        return layerfile.of_source(layer) if file is None else Path(file)

    def reading(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """Return which column is what, and how the file is read, as the tasks of jobs call it."""
        delimiter = self.one(parameters, "DELIMITER", context)
        return dict(
            given={role: self.one(parameters, name, context) for role, name in COLUMNS.items()},
            fact_columns=self.pairs(parameters, "FACT_COLUMNS", context),
            encoding=self.one(parameters, "ENCODING", context),
            delimiter={"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter),
            layer=self.one(parameters, "SHEET", context),
        )

    def crs(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str | None:
        """Return the CRS of the coordinates, None for none."""
        crs = self.parameterAsCrs(parameters, "CRS", context)
        return (crs.authid() or crs.toWkt()) if crs.isValid() else None

    def pairs(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> dict[str, str]:
        """Return what a text of ``key=value`` says. Raises Refusal."""
        return parse_facts(self.one(parameters, name, context) or "", self.lang)

    def named(self, line: str) -> str:
        return without_options(line, self.option_names())
