"""The one place that knows how QGIS and Qt versions differ (QGIS 3.22 to 4.x).

Nothing else in the plugin tests a version or tries a second spelling of an API.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsEditFormConfig,
    QgsField,
    QgsLayoutObject,
    QgsMapLayerType,
    QgsMessageLog,
    QgsPalLayerSettings,
    QgsTextFormat,
    QgsVectorFileWriter,
)
from qgis.gui import QgsVertexMarker
from qgis.PyQt import QtCore, sip
from qgis.PyQt.QtGui import QFontDatabase

TAG = "Zone Rules"


def _scoped(owner: Any, scope: str, name: str) -> Any:
    """Return ``owner.scope.name``, or ``owner.name`` where the enumeration has no scope yet."""
    return getattr(getattr(owner, scope, owner), name)


ALONG_LINE = _scoped(QgsPalLayerSettings, "Placement", "Line")
CIRCLE = _scoped(QgsVertexMarker, "IconType", "ICON_CIRCLE")
INFO = _scoped(Qgis, "MessageLevel", "Info")
WARNING = _scoped(Qgis, "MessageLevel", "Warning")
CRITICAL = _scoped(Qgis, "MessageLevel", "Critical")
ADD_LAYER = _scoped(QgsVectorFileWriter, "ActionOnExistingFile", "CreateOrOverwriteLayer")
NO_WRITE_ERROR = _scoped(QgsVectorFileWriter, "WriterError", "NoError")
# some functions take flags as a plain number, which Qt 6 does not make of them by itself
_WRAP = QtCore.Qt.TextFlag.TextWordWrap
WORD_WRAP = int(getattr(_WRAP, "value", _WRAP))
TAB_LAYOUT = _scoped(QgsEditFormConfig, "EditorLayout", "TabLayout")
MAP_SCALE = _scoped(QgsLayoutObject, "DataDefinedProperty", "MapScale")
VECTOR_LAYER = _scoped(QgsMapLayerType, "LayerType", "VectorLayer")


def locale_name() -> str:
    """Return the locale QGIS runs in, such as ``zh_CN``."""
    return str(QgsApplication.locale() or "en")


def log(text: str) -> None:
    """Write ``text`` to the plugin's tab of QGIS's log panel."""
    QgsMessageLog.logMessage(text, TAG, WARNING)


# what a field holds, as QMetaType (QGIS 3.38 and later) and as QVariant (before) name it
_TYPES = {
    "text": ("QString", "String"),
    "integer": ("LongLong", "LongLong"),
    "real": ("Double", "Double"),
    "boolean": ("Bool", "Bool"),
    "date": ("QDate", "Date"),
    "datetime": ("QDateTime", "DateTime"),
}


def field(name: str, kind: str = "text", alias: str = "") -> QgsField:
    """Return a field of kind text, integer, real, boolean, date or datetime, shown as ``alias``."""
    new, old = _TYPES[kind]
    if Qgis.QGIS_VERSION_INT >= 33800:
        made = QgsField(name, getattr(QtCore.QMetaType.Type, new))
    else:
        made = QgsField(name, getattr(QtCore.QVariant, old))
    if alias:
        made.setAlias(alias)
    return made


# numbers of QMetaType::Type, which are those of QVariant::Type
_HELD = {1: "boolean", 2: "integer", 3: "integer", 4: "integer", 6: "real"}


def kind_of(field: QgsField) -> str:
    """Return what a field holds: integer, real, boolean, or text for anything else."""
    held = field.type()
    return _HELD.get(int(getattr(held, "value", held)), "text")


def is_deleted(thing: Any) -> bool:
    """Whether Qt has deleted what a Python name still stands for."""
    return sip.isdeleted(thing)


def locator_data(result: Any) -> Any:
    """Return what a filter stored in a ``QgsLocatorResult``.

    Reading the property ``userData`` loses a reference in 3.22 and ends in a crash; the method
    behind it does not, and is gone in later versions.
    """
    return result.getUserData() if hasattr(result, "getUserData") else result.userData


def _font_database() -> Any:
    """Return what has the lists of fonts: Qt 6 has them on the class, Qt 5 on an object."""
    return QFontDatabase if QtCore.QT_VERSION_STR.startswith("6") else QFontDatabase()


def font_families() -> set[str]:
    """Return the names of all installed fonts."""
    return set(_font_database().families())


def chinese_families() -> set[str]:
    """Return the names of the installed fonts that say they are made for simplified Chinese."""
    return set(_font_database().families(QFontDatabase.WritingSystem.SimplifiedChinese))


def set_text_format(item: Any, text_format: QgsTextFormat) -> None:
    """Give a layout label or scale bar its font, size and colour."""
    if hasattr(item, "setTextFormat"):
        item.setTextFormat(text_format)
    else:  # a label before QGIS 3.24
        font = text_format.font()
        font.setPointSizeF(text_format.size())
        item.setFont(font)
        item.setFontColor(text_format.color())


def set_legend_format(legend: Any, part: Any, text_format: QgsTextFormat) -> None:
    """Give one kind of text of a legend, such as ``QgsLegendStyle.SymbolLabel``, its font."""
    style = legend.rstyle(part)
    if hasattr(style, "setTextFormat"):
        style.setTextFormat(text_format)
    else:  # before QGIS 3.30
        font = text_format.font()
        font.setPointSizeF(text_format.size())
        legend.setStyleFont(part, font)
        legend.setFontColor(text_format.color())
