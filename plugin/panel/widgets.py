"""Small inputs that know "unknown": one of a list, several of a list, a typed value.

Each emits ``chosen(text)`` when the user is done, with an empty text for "unknown".
"""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

Rows = list[tuple[str, str]]  # (label, value)


class Choice(QComboBox):
    """One of a list, or unknown, which is there at first."""

    chosen = pyqtSignal(str)

    def __init__(self, unknown: str, rows: Rows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.addItem(unknown, "")
        for label, value in rows:
            self.addItem(label, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _: self.chosen.emit(self.currentData()))

    def wheelEvent(self, event: Any) -> None:
        """Leave the wheel to the page: nothing is to be answered by scrolling past it."""
        event.ignore()


class Several(QToolButton):
    """Several of a list, told at once when the list closes; nothing ticked means unknown."""

    chosen = pyqtSignal(str)

    def __init__(self, unknown: str, rows: Rows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unknown = unknown
        self._before: list[str] = []
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(unknown)
        menu = _StayingMenu(self)
        for label, value in rows:
            action = menu.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(value)
        menu.aboutToShow.connect(self._opened)
        menu.aboutToHide.connect(self._closed)
        self.setMenu(menu)

    def ticked(self) -> list[str]:
        """Return the values that are ticked, in the order of the list."""
        return [action.data() for action in self.menu().actions() if action.isChecked()]

    def _opened(self) -> None:
        self._before = self.ticked()

    def _closed(self) -> None:
        labels = [a.text().replace("&&", "&") for a in self.menu().actions() if a.isChecked()]
        self.setText(", ".join(labels) or self._unknown)
        if self.ticked() != self._before:
            self.chosen.emit(",".join(self.ticked()))


class _StayingMenu(QMenu):
    """A menu that stays open while entries are ticked, by mouse or with the space bar."""

    def mouseReleaseEvent(self, event: Any) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: Any) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)


class Typed(QWidget):
    """A number, a date or a word, with its unit; empty means unknown."""

    chosen = pyqtSignal(str)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self._unit = QLabel()
        self._unit.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self._unit)
        self.setFocusProxy(self.line)
        self._told = ""
        self.line.editingFinished.connect(self._done)

    def setUnit(self, unit: str) -> None:
        """Show the unit behind the field; ``1`` and nothing are no units."""
        self._unit.setText("" if unit in ("", "1") else unit)

    def setAccessibleName(self, name: str) -> None:
        """Name the field that has the keyboard, not the box around it."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def hasFocus(self) -> bool:
        """Tell whether the field has the keyboard."""
        return bool(self.line.hasFocus())

    def _done(self) -> None:
        text = self.line.text().strip()
        if text != self._told:  # leaving the field unchanged asks nothing
            self._told = text
            self.chosen.emit(text)


class FlowLayout(QLayout):
    """Lays widgets in rows as wide as there is room, one after the other."""

    GAP = 4

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[Any] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: Any) -> None:
        """Take an item; called by Qt."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> Any:
        """Return an item, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> Any:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at ``width`` pixels."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def sizeHint(self) -> QSize:
        """Return the size of the largest item: any width will do."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        """Lay the items out in ``rect``."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def _place(self, rect: QRect, *, really: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        for item in self._items:
            hint = item.sizeHint().boundedTo(QSize(rect.width(), item.sizeHint().height()))
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, row = rect.x(), y + row + self.GAP, 0
            if really:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x, row = x + hint.width() + self.GAP, max(row, hint.height())
        return y + row - rect.y()
