"""Labels that never read their text as markup."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel

from .asking import palette
from .paper import INK


def plain_label() -> QLabel:
    """Return a label that wraps and never reads its text as markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def boxed_label(tone: str) -> QLabel:
    """Return a hidden plain label in the palette's colours of ``tone``, legible in any theme:
    the tints are light."""
    look = palette()["outcome"][tone]
    label = plain_label()
    label.setStyleSheet(
        f"background: {look['tint']}; color: {INK}; padding: 4px;"
        f"border-left: 4px solid {look['colour']};"
    )
    label.hide()
    return label


def make_small(label: QLabel) -> None:
    """Set a label in smaller type than the rest, for what is only read on occasion."""
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.88)
    label.setFont(font)
