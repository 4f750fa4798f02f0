"""Which files go in and come out: lines with a button, and what is proposed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from .. import compat
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsVectorLayer

READ = ("csv", "tsv", "txt", "xlsx", "parquet", "geoparquet", "gpkg", "geojson", "json", "shp")
WRITTEN = ("xlsx", "csv", "gpkg", "geojson", "parquet", "tsv")
LARGE = 5_000_000  # bytes of a table whose result nobody wants to wait for as a workbook
REVIEWS = ("csv", "xlsx", "parquet", "tsv")


class FileLine(QWidget):
    """A path with a button; ``changed``: another path was chosen or typed to its end."""

    changed = pyqtSignal()

    def __init__(
        self, key: str, kinds: Sequence[str], lang: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._key, self._kinds, self._lang = key, kinds, lang
        self.touched = False  # by the user: nothing is proposed any more
        self.line = QLineEdit()
        self.line.setAccessibleName(tr(key, lang).replace("&", ""))
        self.line.setClearButtonEnabled(True)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self.changed)
        self.button = QPushButton(tr("tables.browse", lang))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.browse)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(self.line, 1)
        self.row.addWidget(self.button)
        self.setFocusProxy(self.line)

    def path(self) -> Path | None:
        """The file that is named, None if none is."""
        text = self.line.text().strip().strip('"')
        return Path(text).expanduser() if text else None

    def propose(self, path: Path) -> None:
        """Name a file unless the user did."""
        if not self.touched:
            self.line.setText(str(path))

    def browse(self) -> None:
        """Let the user choose a file to write."""
        path, chosen = QFileDialog.getSaveFileName(
            self, tr(self._key, self._lang).replace("&", ""), self.line.text(), self._filters()
        )
        if path:
            suffix = chosen.rpartition("*")[2].rstrip(")")
            self.take(path if Path(path).suffix else path + suffix)

    def take(self, path: str) -> None:
        """Name a file as the user would."""
        self.touched = True
        self.line.setText(path)
        self.changed.emit()

    def _typed(self, text: str) -> None:
        self.touched = bool(text.strip())

    def _filters(self) -> str:
        return ";;".join(f"{kind.upper()} (*.{kind})" for kind in self._kinds)


class SourceLine(FileLine):
    """The table that is read: a file, or a layer of the project."""

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__("tables.source", READ, lang, parent)
        self._layer: str | None = None
        self.line.setPlaceholderText(tr("tables.source.hint", lang))
        self.layers = QToolButton()
        self.layers.setText(tr("tables.layers", lang))
        self.layers.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.layers.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.layers.setMenu(QMenu(self.layers))
        self.layers.menu().aboutToShow.connect(self._list_layers)
        self.row.addWidget(self.layers)

    def layer(self) -> QgsVectorLayer | None:
        """The layer that was chosen, None for a file or if it is gone."""
        return QgsProject.instance().mapLayer(self._layer) if self._layer else None

    def set_layer(self, layer: QgsVectorLayer) -> None:
        """Choose a layer."""
        self._layer, self.touched = layer.id(), True
        self.line.setText(tr("tables.of_layer", self._lang, layer=layer.name()))
        self.changed.emit()

    def path(self) -> Path | None:
        return None if self._layer else super().path()

    def browse(self) -> None:
        """Let the user choose a file to read."""
        every = " ".join(f"*.{kind}" for kind in READ)
        told = tr("processing.checktable.filter", self._lang, files=every)
        title = tr(self._key, self._lang).replace("&", "")
        path, _ = QFileDialog.getOpenFileName(self, title, "", f"{told};;{self._filters()}")
        if path:
            self.take(path)

    def take(self, path: str) -> None:
        self._layer = None
        super().take(path)

    def _typed(self, text: str) -> None:
        self._layer = None
        super()._typed(text)

    def _list_layers(self) -> None:
        menu = self.layers.menu()
        menu.clear()
        for layer in QgsProject.instance().mapLayers().values():
            if layer.type() == compat.VECTOR_LAYER and layer.isValid():
                action = menu.addAction(layer.name().replace("&", "&&"))
                action.triggered.connect(lambda _=False, layer=layer: self.set_layer(layer))
        if menu.isEmpty():
            menu.addAction(tr("tables.no_layers", self._lang)).setEnabled(False)


def proposed(source: Path | None, layer: QgsMapLayer | None, lang: str) -> tuple[Path, Path]:
    """Where the result and the rows for a person go unless the user says otherwise."""
    folder = Path.home()
    if source is not None:
        folder = source.absolute().parent
    elif QgsProject.instance().absolutePath():
        folder = Path(QgsProject.instance().absolutePath())
    stem = source.stem if source is not None else layer.name() if layer is not None else ""
    plain = "".join(char if char not in '\\/:*?"<>|' else "_" for char in stem)
    large = source is not None and source.is_file() and source.stat().st_size > LARGE
    kind = "csv" if large else "xlsx"
    return (
        folder / tr("tables.file.result", lang, stem=plain, kind=kind),
        folder / tr("tables.file.review", lang, stem=plain),
    )
