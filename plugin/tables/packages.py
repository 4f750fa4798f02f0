"""Which Python packages a check needs, told by the files that go in and come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..deps.needs import EXCEL, MAP_FILES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EXCEL_FILES = (".xlsx",)
SPATIAL_FILES = (".gpkg", ".geojson", ".json", ".shp")


def needed(files: Iterable[Path | None]) -> list[str]:
    """The packages for reading or writing these files, besides those that every check needs."""
    suffixes = {file.suffix.lower() for file in files if file is not None}
    names = list(TABLES)
    if suffixes & set(EXCEL_FILES):
        names += EXCEL
    if suffixes & set(SPATIAL_FILES):
        names += MAP_FILES
    return names


def missing(files: Iterable[Path | None]) -> list[str]:
    """Those of them that this QGIS lacks; without any they are imported, as ``gate.ready`` does."""
    from ..deps.gate import ready

    return [lack.name for lack in ready(needed(files))]
