"""White paper in any theme: text the plugin composes, which loads nothing and runs nothing."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QColor, QDesktopServices, QPalette
from qgis.PyQt.QtWidgets import QTextBrowser, QWidget

WHITE, INK, FAINT, LINK = "#ffffff", "#1c1c1c", "#55585c", "#174a8c"
SHEET = f"""
h3 {{ margin: 0 0 2px 0; font-size: large; }}
h4 {{ margin: 10px 0 3px 0; color: {LINK}; font-size: medium; }}
a {{ color: {LINK}; text-decoration: none; }}
.faint {{ color: {FAINT}; }}
"""


class Paper(QTextBrowser):
    """Shows markup made by the plugin. Web links open in the browser, others are ``followed``."""

    followed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # all text wraps
        self.setOpenLinks(False)
        self.document().setDefaultStyleSheet(SHEET)
        self.anchorClicked.connect(self._follow)
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Base, QColor(WHITE))
        colours.setColor(QPalette.ColorRole.Text, QColor(INK))
        self.setPalette(colours)

    def loadResource(self, kind: int, url: QUrl) -> Any:
        """Load nothing: no text here has pictures, and data must not fetch any."""
        return None

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
        else:
            self.followed.emit(url.toString())
