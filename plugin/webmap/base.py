"""Which base map the page offers, and where its key and the page's libraries come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsSettings
from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from .. import settings
from ..labels import plain_label
from ..texts import tr
from .key import SERVICE, tianditu_key
from .work import BASES

BASE, CONFIG = "zonerules/webmap/base", "zonerules/webmap/auth"
TILES, ASSETS = "zonerules/webmap/tiles", "zonerules/webmap/assets"


class BaseForm(QWidget):
    """``at_hand``: whether the libraries are on this machine; else a folder can be named.

    ``changed``: another base map, and other rows.
    """

    changed = pyqtSignal()

    def __init__(self, at_hand: bool, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self.base = QComboBox()
        for name in BASES:
            self.base.addItem(tr(f"processing.exportwebmap.base.{name}", lang), name)
        self.base.setCurrentIndex(max(self.base.findData(QgsSettings().value(BASE, "")), 0))
        self.config: Any = None  # made when it is wanted: it opens QGIS's store
        self.key_note = plain_label()
        self.key_note.setText(tr("webmap.key.note", lang))
        self.tiles = QLineEdit()
        self.tiles.setText(str(QgsSettings().value(TILES, "") or ""))
        self.tiles.setPlaceholderText(tr("webmap.tiles.hint", lang))
        self.hint = plain_label()
        self.hint.setText(tr("webmap.assets.hint", lang))
        self.folder = QLineEdit()
        self.folder.setText("" if at_hand else str(QgsSettings().value(ASSETS, "") or ""))
        self.browse = QPushButton(tr("webmap.browse", lang))
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._choose)
        self._lay_out(at_hand)
        self.base.currentIndexChanged.connect(lambda _: self._show_key())
        self._show_key()

    def wanted(self) -> str:
        """One of BASES."""
        return str(self.base.currentData())

    def key(self) -> str | None:
        """The key for Tianditu, None where it is not wanted. Raises Refusal."""
        if self.wanted() != "tianditu":
            return None
        config = self.config.configId() if self.config is not None else ""
        return tianditu_key(config, "", self._lang)

    def assets(self) -> Path | None:
        """The folder that was named, None for the usual places."""
        text = self.folder.text().strip()
        return Path(text).expanduser() if text else None

    def remember(self) -> None:
        """Keep what was chosen; of the key only where it is."""
        kept = QgsSettings()
        kept.setValue(BASE, self.wanted())
        kept.setValue(TILES, self.tiles.text().strip())
        kept.setValue(ASSETS, self.folder.text().strip())
        if self.config is not None:
            kept.setValue(CONFIG, self.config.configId())

    def _lay_out(self, at_hand: bool) -> None:
        self.rows = QFormLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._row("base", self.base)
        self._row("tiles", self.tiles, 1)
        self.rows.addRow(self.key_note)
        if at_hand:
            return
        both = QWidget()  # a label beside a layout would show its shortcut as it is written
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.folder, 1)
        line.addWidget(self.browse)
        both.setFocusProxy(self.folder)
        self.rows.addRow(self.hint)
        self._row("assets", both, self.rows.rowCount())

    def _row(self, key: str, widget: QWidget, at: int = 0) -> None:
        text = tr(f"webmap.{key}", self._lang)
        self.rows.insertRow(at, text, widget)
        widget.setAccessibleName(text.partition("(&")[0].replace("&", ""))

    def _show_key(self) -> None:
        asked = self.wanted() == "tianditu"
        if asked and self.config is None:
            self.config = QgsAuthConfigSelect(self)
            kept = str(QgsSettings().value(CONFIG, "") or settings.geocoder_login(SERVICE))
            self.config.setConfigId(kept)
            self._row("key", self.config, 1)
        self.key_note.setVisible(asked)
        for widget in (self.tiles, self.rows.labelForField(self.tiles)):
            widget.setVisible(self.wanted() == "own")
        if self.config is not None:
            self.config.setVisible(asked)
            self.rows.labelForField(self.config).setVisible(asked)
        self.changed.emit()

    def _choose(self) -> None:
        title = tr("webmap.assets.choose", self._lang)
        path = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if path:
            self.folder.setText(path)
