"""The zones by effect: icon and words for each effect, drawn zones first, the rest said to be not.

Colours come with an icon and a word, and the text keeps the theme's own ink.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QIcon
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTreeWidget,
    QTreeWidgetItem,
)

from .. import compat
from ..asking import palette
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.PyQt.QtWidgets import QWidget

    from ...jobs.banned.text import BannedText

ICONS = Path(__file__).resolve().parents[2] / "styles" / "icons"
ZONE = Qt.ItemDataRole.UserRole
EFFECT = Qt.ItemDataRole.UserRole + 1
FOLDED = ("not_concerned", "no_data", "unnamed")  # long groups that claim nothing


class BannedList(QTreeWidget):
    """``picked(zone)`` on a click, ``opened(zone)`` on a double click or Enter."""

    picked = pyqtSignal(str)
    opened = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zonerules_banned_list")
        self.setColumnCount(2)
        self.setIconSize(QSize(18, 18))
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_Wrapping(self))
        self._folds: dict[str, bool] = {}
        self.itemClicked.connect(self._clicked)
        self.itemDoubleClicked.connect(self._double_clicked)
        self.itemExpanded.connect(lambda item: self._folded(item, False))
        self.itemCollapsed.connect(lambda item: self._folded(item, True))

    def show_groups(self, text: BannedText) -> None:
        """Show a result, keeping folds and the chosen zone."""
        chosen = self.zone()
        self.clear()
        looks = palette()["outcome"]
        for group in text.groups():
            effect = group["effect"]
            top = QTreeWidgetItem([group["title"]])
            top.setData(0, EFFECT, effect)
            look = looks.get(effect)
            if look:
                top.setIcon(0, QIcon(str(ICONS / look["icon"])))
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            if group["note"]:
                self._note(top, group["note"])
            for row in group["rows"]:
                self._row(top, row, text, look)
            top.setExpanded(not self._folds.get(effect, effect in FOLDED))
        self._choose(chosen)

    def retranslate(self, lang: str) -> None:
        """Put head and tips into ``lang``."""
        self.setHeaderLabels([tr("banned.zone", lang), tr("banned.why", lang)])
        self.setToolTip(tr("banned.list.tip", lang))
        self.setAccessibleName(tr("banned.list", lang))

    def zone(self) -> str:
        """Return the id of the chosen zone, or an empty text."""
        item = self.currentItem()
        return str(item.data(0, ZONE) or "") if item else ""

    def resizeEvent(self, event: Any) -> None:
        """Wrap the texts anew: rows get higher in a narrow dock."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: Any) -> None:
        """Enter opens the articles of the chosen zone; on a group it folds."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.currentItem()
            if self.zone():
                self.opened.emit(self.zone())
            elif item is not None and item.childCount():
                item.setExpanded(not item.isExpanded())
            return
        super().keyPressEvent(event)

    def _note(self, top: QTreeWidgetItem, note: str) -> None:
        item = QTreeWidgetItem(top, [note])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = item.font(0)
        font.setItalic(True)
        item.setFont(0, font)
        item.setFirstColumnSpanned(True)

    def _row(
        self,
        top: QTreeWidgetItem,
        row: Mapping[str, Any],
        text: BannedText,
        look: Mapping[str, Any] | None,
    ) -> None:
        name = text.text(row["name"])
        where = text.where(row)
        item = QTreeWidgetItem(top, [f"{name}\n{where}" if where else name, text.why(row)])
        item.setData(0, ZONE, row["id"])
        if look:
            item.setIcon(0, QIcon(str(ICONS / look["icon"])))
        if not row["drawn"]:
            font = item.font(0)
            font.setItalic(True)
            item.setFont(0, font)
        for column in (0, 1):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        spoken = f"{text.effect(row['effect'])}: {name}. {where} {text.why(row)}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _choose(self, zone: str) -> None:
        for n in range(self.topLevelItemCount()):
            top = self.topLevelItem(n)
            for k in range(top.childCount()):
                if zone and top.child(k).data(0, ZONE) == zone:
                    self.setCurrentItem(top.child(k))
                    return

    def _clicked(self, item: QTreeWidgetItem) -> None:
        zone = item.data(0, ZONE)
        if zone:
            self.picked.emit(zone)
        elif item.childCount():
            item.setExpanded(not item.isExpanded())

    def _double_clicked(self, item: QTreeWidgetItem) -> None:
        if item.data(0, ZONE):
            self.opened.emit(item.data(0, ZONE))

    def _folded(self, item: QTreeWidgetItem, folded: bool) -> None:
        effect = item.data(0, EFFECT)
        if effect:
            self._folds[effect] = folded


class _Wrapping(QStyledItemDelegate):
    """Makes rows as high as their wrapped texts; Qt's own takes the first lines only."""

    MARGIN = 8  # pixels that Qt leaves around text and icon

    def initStyleOption(self, option: Any, index: Any) -> None:
        super().initStyleOption(option, index)
        option.decorationAlignment = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter

    def sizeHint(self, option: Any, index: Any) -> QSize:
        tree = self.parent()
        item = tree.itemFromIndex(index)
        spanned = item.isFirstColumnSpanned()
        width = tree.viewport().width() if spanned else tree.columnWidth(index.column())
        if index.column() == 0:
            depth = 1 if item.parent() is None else 2
            width -= depth * tree.indentation()
            width -= 0 if item.icon(0).isNull() else tree.iconSize().width() + self.MARGIN
        font = index.data(Qt.ItemDataRole.FontRole) or tree.font()
        room = QRect(0, 0, max(40, width - self.MARGIN), 10_000)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        box = QFontMetrics(font).boundingRect(room, compat.WORD_WRAP, text)
        return QSize(box.width(), max(box.height() + self.MARGIN, tree.iconSize().height() + 2))
