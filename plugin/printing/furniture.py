"""The pages of an answer: A4 upright, a map with its legend above, the answer below and onwards.

Everything has an id, so that a layout that was edited or made from the template can be filled by
whoever knows the ids. Lengths are millimetres, sizes of type points.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayoutFrame,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMultiFrame,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsRectangle,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from .. import compat
from ..paper import FAINT, INK, LINK
from .fonts import plain
from .lines import MARGIN_MM

if TYPE_CHECKING:
    from qgis.core import QgsProject

NORTH = Path(__file__).resolve().parents[2] / "styles" / "icons" / "north.svg"
MM = QgsUnitTypes.LayoutMillimeters
LEFT, WIDTH = 15.0, 180.0


class Box(NamedTuple):
    """Where something stands on its page."""

    x: float
    y: float
    width: float
    height: float


TITLE = Box(LEFT, 12, WIDTH, 9)
ASKED = Box(LEFT, 21.5, WIDTH, 6)
WHERE = Box(LEFT, 27.5, WIDTH, 10)
MAP = Box(LEFT, 38.5, 122, 104)
LEGEND = Box(140, 38.5, 55, 104)
NORTH_BOX = Box(127.5, 40.5, 8, 12)
SCALE_BOX = Box(LEFT, 144, 80, 11)
CAPTION = Box(97, 145, 98, 9)
FIRST_ANSWER = Box(LEFT, 157, WIDTH, 124)
NEXT_ANSWER = Box(LEFT, 15, WIDTH, 266)
FOOTER = Box(LEFT, 285, 140, 6)
PAGE = Box(155, 285, 40, 6)


class Furniture(NamedTuple):
    """The items of the first page that an answer fills."""

    title: QgsLayoutItemLabel
    asked: QgsLayoutItemLabel
    where: QgsLayoutItemLabel
    map: QgsLayoutItemMap
    legend: QgsLayoutItemLegend
    scalebar: QgsLayoutItemScaleBar
    north: QgsLayoutItemPicture
    caption: QgsLayoutItemLabel
    answer: QgsLayoutItemManualTable


def build(layout: QgsPrintLayout, family: str) -> Furniture:
    """Put the empty first page into ``layout``, all text in the font ``family``."""
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize("A4", QgsLayoutItemPage.Orientation.Portrait)
    made = Furniture(
        label(layout, "title", TITLE, text_format(family, 16, bold=True, colour=LINK)),
        label(layout, "asked", ASKED, text_format(family, 10, bold=True)),
        label(layout, "where", WHERE, text_format(family, 8.5, colour=FAINT)),
        _map(layout),
        QgsLayoutItemLegend(layout),
        QgsLayoutItemScaleBar(layout),
        QgsLayoutItemPicture(layout),
        label(layout, "caption", CAPTION, text_format(family, 7, colour=FAINT)),
        _table(layout, family),
    )
    made.caption.setHAlign(Qt.AlignmentFlag.AlignRight)
    _put(layout, made.legend, "legend", LEGEND)
    made.legend.setAutoUpdateModel(False)
    made.legend.setLinkedMap(made.map)
    made.legend.setLegendFilterByMapEnabled(False)
    made.legend.setResizeToContents(True)
    _put(layout, made.scalebar, "scalebar", SCALE_BOX)
    made.scalebar.setStyle("Single Box")
    made.scalebar.setLinkedMap(made.map)
    made.scalebar.setHeight(1.6)
    made.scalebar.setUnits(QgsUnitTypes.DistanceMeters)
    made.scalebar.setUnitsPerSegment(500)
    made.scalebar.setNumberOfSegments(2)
    made.scalebar.setNumberOfSegmentsLeft(0)
    compat.set_text_format(made.scalebar, text_format(family, 7.5))
    _put(layout, made.north, "north", NORTH_BOX)
    # within the layout itself: a template or project must not name a folder of this machine
    made.north.setPicturePath("base64:" + base64.b64encode(NORTH.read_bytes()).decode("ascii"))
    made.north.setBackgroundEnabled(True)
    made.north.setBackgroundColor(QColor("#ffffff"))
    made.north.setLinkedMap(made.map)
    made.north.setNorthMode(QgsLayoutItemPicture.NorthMode.TrueNorth)
    return made


def template(project: QgsProject, family: str) -> QgsPrintLayout:
    """Return the first page without an answer, as ``styles/answer.qpt`` holds it."""
    layout = QgsPrintLayout(project)
    layout.setName("Zone Rules A4")
    build(layout, family)
    return layout


def add_page(layout: QgsPrintLayout, table: QgsLayoutItemManualTable) -> None:
    """Add a page on which the answer goes on."""
    page = QgsLayoutItemPage(layout)
    page.setPageSize("A4", QgsLayoutItemPage.Orientation.Portrait)
    layout.pageCollection().addPage(page)
    add_frame(layout, table, NEXT_ANSWER, layout.pageCollection().pageCount() - 1)


def add_frame(layout: QgsPrintLayout, table: QgsLayoutItemManualTable, box: Box, page: int) -> None:
    """Give the answer more room."""
    frame = QgsLayoutFrame(layout, table)
    frame.setId(f"answer-{page + 1}")
    place(frame, box, page)
    table.addFrame(frame)


def label(
    layout: QgsPrintLayout, name: str, box: Box, form: QgsTextFormat, page: int = 0
) -> QgsLayoutItemLabel:
    """Add an empty label."""
    item = QgsLayoutItemLabel(layout)
    item.setMarginX(0)
    item.setMarginY(0)
    compat.set_text_format(item, form)
    _put(layout, item, name, box, page)
    return item


def literal(text: str) -> str:
    """Return text for a label, in which ``[% … %]`` of the data is not worked out."""
    return text.replace("[%", "[ %")


def text_format(
    family: str, size: float, *, bold: bool = False, colour: str = INK
) -> QgsTextFormat:
    """Return a text format of ``size`` points."""
    font = plain(QFont(family))
    font.setBold(bold)
    font.setPointSizeF(size)
    made = QgsTextFormat()
    made.setFont(font)
    made.setSize(size)
    made.setSizeUnit(QgsUnitTypes.RenderPoints)
    made.setColor(QColor(colour))
    return made


def _map(layout: QgsPrintLayout) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    _put(layout, item, "map", MAP)
    # any place: without one the scale bar of the template has no length
    item.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    item.setExtent(QgsRectangle(0, 0, MAP.width * 25, MAP.height * 25))
    item.setFrameEnabled(True)
    item.setBackgroundColor(QColor("#ffffff"))
    return item


def _table(layout: QgsPrintLayout, family: str) -> QgsLayoutItemManualTable:
    table = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(table)
    table.setContentTextFormat(text_format(family, 9))
    table.setShowGrid(False)
    table.setCellMargin(MARGIN_MM)
    table.setIncludeTableHeader(False)
    table.setBackgroundColor(QColor("#ffffff"))
    table.setResizeMode(QgsLayoutMultiFrame.ResizeMode.UseExistingFrames)
    add_frame(layout, table, FIRST_ANSWER, 0)
    return table


def _put(layout: QgsPrintLayout, item: Any, name: str, box: Box, page: int = 0) -> None:
    item.setId(name)
    layout.addLayoutItem(item)
    place(item, box, page)


def place(item: Any, box: Box, page: int = 0) -> None:
    """Put an item somewhere on a page, with that size."""
    item.attemptMove(QgsLayoutPoint(box.x, box.y, MM), True, False, page)
    item.attemptResize(QgsLayoutSize(box.width, box.height, MM))
