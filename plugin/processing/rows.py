"""Rows of jobs as features of an output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    NULL,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsProcessingException,
)

from .. import compat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FAST = QgsFeatureSink.Flag.FastInsert


def fields_of(columns: Mapping[str, str]) -> QgsFields:
    """Return fields from {name: text | integer | real | boolean}."""
    fields = QgsFields()
    for name, kind in columns.items():
        fields.append(compat.field(name, kind))
    return fields


def write(
    sink: QgsFeatureSink,
    fields: QgsFields,
    attributes: Sequence[Any],
    geometry: QgsGeometry | None = None,
) -> None:
    """Add a feature; raises QgsProcessingException when the output does not take it."""
    feature = QgsFeature(fields)
    feature.setAttributes([NULL if value is None else value for value in attributes])
    if geometry is not None:
        feature.setGeometry(geometry)
    if not sink.addFeature(feature, FAST):
        raise QgsProcessingException(sink.lastError())


def write_row(
    sink: QgsFeatureSink,
    fields: QgsFields,
    row: Mapping[str, Any],
    geometry: QgsGeometry | None = None,
) -> None:
    """Add a feature from {field: value}; fields that are not there stay empty."""
    write(sink, fields, [row.get(name) for name in fields.names()], geometry)
