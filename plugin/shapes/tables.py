"""The tables of a shape's answer: zones with their shares, and parts with their verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .asker import ShapeReply

ROLE = Qt.ItemDataRole.UserRole
WHERES = ("inside", "near", "outside")
BAR = 9  # pixels


class ShareBar(QStyledItemDelegate):
    """A zone's name with a bar below: full inside, hatched near the boundary, empty outside."""

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        """Paint name and bar."""
        super().paint(painter, option, index)
        shares = index.data(ROLE + 1)
        if not shares:
            return
        inside, near, colour = shares
        room = option.rect.adjusted(6, 0, -8, -5)
        bar = QRect(room.left(), room.bottom() - BAR, room.width(), BAR)
        painter.save()
        edge = QColor(colour)
        painter.fillRect(bar, option.palette.brush(QPalette.ColorRole.Base))
        split = round(bar.width() * inside / 100)
        after = round(bar.width() * (inside + near) / 100)
        painter.fillRect(QRect(bar.left(), bar.top(), split, BAR), edge)
        hatch = QBrush(edge, Qt.BrushStyle.BDiagPattern)
        painter.fillRect(QRect(bar.left() + split, bar.top(), after - split, BAR), hatch)
        painter.setPen(QPen(edge, 1))
        painter.drawRect(bar)
        painter.restore()

    def sizeHint(self, option: Any, index: Any) -> QSize:
        """Room for the name and the bar."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + BAR + 12 if index.data(ROLE + 1) else 22)

    def initStyleOption(self, option: Any, index: Any) -> None:
        """Write the name above the bar."""
        super().initStyleOption(option, index)
        if index.data(ROLE + 1):
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText
            option.displayAlignment = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class Wrapped(QStyledItemDelegate):
    """Text in as many lines as it needs in its column."""

    def sizeHint(self, option: Any, index: Any) -> QSize:
        """The height of the text at the column's present width."""
        width = self.parent().columnWidth(index.column()) - 16
        flags = Qt.TextFlag.TextWordWrap
        box = option.fontMetrics.boundingRect(0, 0, width, 10_000, int(flags), str(index.data()))
        return QSize(width, box.height() + 6)


class Table(QTreeWidget):
    """A flat table; ``picked(value)`` says which row is current, ``opened(value)`` which was
    double-clicked or entered."""

    picked = pyqtSignal(object)
    opened = pyqtSignal(object)

    def __init__(self, columns: int, wide: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(columns)
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        for column in range(columns):
            mode = QHeaderView.ResizeMode.Stretch
            if column != wide:
                mode = QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        self.currentItemChanged.connect(self._current)
        self.itemActivated.connect(lambda item, _column: self.opened.emit(item.data(0, ROLE)))

    def _current(self, item: QTreeWidgetItem | None, _before: Any) -> None:
        if item is not None:
            self.picked.emit(item.data(0, ROLE))


class ZoneTable(Table):
    """Drawn zones with what of the shape lies inside, near and outside."""

    def __init__(self, looks: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(4, 0, parent)
        self._looks = looks
        self._bars = ShareBar(self)  # kept alive: Qt does not own it
        self.setItemDelegateForColumn(0, self._bars)

    def fill(self, reply: ShapeReply | None, lang: str) -> int:
        """Show a reply's zones; returns how many are drawn."""
        from ...jobs.shape.digest import drawn_zones, undrawn_zones

        self.clear()
        self.setHeaderLabels([tr(f"shapes.{key}", lang) for key in ("zone", *WHERES)])
        self.headerItem().setToolTip(2, tr("shapes.near.tip", lang))
        if reply is None:
            return 0
        rows = drawn_zones(reply.answer, lang)
        for row in rows:
            self._row(row, reply.answer["measure"]["unit"], lang)
        undrawn = undrawn_zones(reply.answer)
        if undrawn:
            item = QTreeWidgetItem(self, [tr("shapes.undrawn", lang, n=len(undrawn))])
            item.setFirstColumnSpanned(True)
            names = [zone["name"].get(lang) or zone["name"]["zh"] for zone in undrawn]
            item.setToolTip(0, "\n".join(names))
        return len(rows)

    def _row(self, row: Mapping[str, Any], unit: str, lang: str) -> None:
        from ...jobs.shape.digest import percent_text, size_text

        name = row["name"].get(lang) or row["name"]["zh"]
        cells = [name]
        for where in WHERES:
            share = row[where]
            size = size_text(share[unit], unit, lang, mu=False) if share[unit] else "–"
            cells.append(f"{percent_text(share['percent'])}\n{size}" if share[unit] else "–")
        item = QTreeWidgetItem(self, cells)
        item.setData(0, ROLE, row["id"])
        colour = self._looks.get(row["kind"], {}).get("stroke", "#55585c")
        item.setData(0, ROLE + 1, [row["inside"]["percent"], row["near"]["percent"], colour])
        item.setToolTip(0, name)
        for column, where in enumerate(WHERES, 1):
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            item.setTextAlignment(column, right)
            size = size_text(row[where][unit], unit, lang)
            item.setToolTip(column, f"{tr(f'shapes.{where}', lang)}: {size}")


class PartTable(Table):
    """Parts, largest first: verdict, share, place."""

    def __init__(self, looks: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(4, 3, parent)
        self._looks = looks
        self._wrapped = Wrapped(self)  # kept alive: Qt does not own it
        for column in (1, 3):
            self.setItemDelegateForColumn(column, self._wrapped)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(1, self.fontMetrics().horizontalAdvance("cannot be") + 34)
        self.header().sectionResized.connect(lambda *_: self.scheduleDelayedItemsLayout())

    def fill(self, reply: ShapeReply | None, lang: str) -> int:
        """Show a reply's parts; returns how many there are."""
        from ...jobs.shape.digest import percent_text, size_text

        self.clear()
        one = reply is None or reply.answer["query"]["activity"] is not None
        heads = ("part", "verdict" if one else "gravest", "share", "where")
        self.setHeaderLabels([tr(f"shapes.{key}", lang) for key in heads])
        if reply is None:
            return 0
        unit = reply.answer["measure"]["unit"]
        for n, (part, tone) in enumerate(zip(reply.answer["parts"], reply.tones)):
            look = self._looks[tone]
            size = size_text(part[unit], unit, lang).replace("（", "\n（")
            cells = [
                str(n + 1),
                f"{look['mark']} {look['label'][lang]}",
                f"{percent_text(part['percent'])}\n{size}",
                reply.wheres[n],
            ]
            item = QTreeWidgetItem(self, cells)
            item.setData(0, ROLE, n)
            item.setForeground(1, QColor(look["colour"]))
            item.setBackground(1, QColor(look["tint"]))
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            tip = reply.wheres[n]
            if part["joined"]:
                tip += "\n" + tr("shapes.joined", lang, n=part["joined"])
            item.setToolTip(3, tip)
        return len(reply.answer["parts"])
