"""What is asked of a draft: the text, the roads, widths, what it lies within, its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ..labels import plain_label
from ..texts import tr
from .edges import EdgeTable
from .work import Asked

if TYPE_CHECKING:
    from qgis.core import QgsVectorLayer

TEXT_LINES, EDGES_PX = 3, 190
UNKNOWN = -1.0
ZONE = "draft-zone"


class DelimitForm(QWidget):
    """``worded``: another text; ``lined``: other lines or another field; ``changed``: the rest."""

    worded = pyqtSignal()
    lined = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._make()
        self._lay_out()
        self._connect()

    def asked(self) -> Asked:
        """What is to be drawn."""
        widths = [part.strip() for part in self.widths.text().replace("；", ";").split(";")]
        general = self.general.value()
        whole = [] if general == UNKNOWN else [f"{general:g}"]
        accuracy = self.accuracy.value()
        return Asked(
            self.text.toPlainText(),
            self.zone.text().strip(),
            self.field.currentField() or None,
            (*whole, *(width for width in widths if width)),
            self.within.text().strip() or None,
            None if accuracy == UNKNOWN else accuracy,
            self.edges.include(),
            self.edges.lines(),
        )

    def layer(self) -> QgsVectorLayer | None:
        """The layer of lines that is chosen."""
        chosen: QgsVectorLayer | None = self.layers.currentLayer()
        return chosen

    def show_reading(self, told: dict[str, Any] | None, more: list[str], unread: list[str]) -> None:
        """Show the edges of the text, what else it says, and what could not be read."""
        self.edges.show_words(told)
        self.more.setText("\n".join(more))
        self.more.setVisible(bool(more))
        self.unread.setText("\n".join(self._say("unread", text=text) for text in unread))
        self.unread.setVisible(bool(unread))

    def _make(self) -> None:
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(self._say("text.hint"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * TEXT_LINES + 14)
        self.edges = EdgeTable(self._lang)
        self.edges.setMinimumHeight(EDGES_PX)
        self.more = plain_label()
        self.unread = plain_label()
        self.unread.setStyleSheet("color: #b3261e; font-weight: bold;")
        self.layers = QgsMapLayerComboBox()
        self.layers.setFilters(QgsMapLayerProxyModel.LineLayer)
        self.layers.setAllowEmptyLayer(True)
        # the only one there is, else none: which are the roads is the user's to say
        self.layers.setCurrentIndex(1 if self.layers.count() == 2 else 0)
        self.field = QgsFieldComboBox()
        self.field.setAllowEmptyFieldName(True)
        self.general = self._metres("general.unknown")
        self.accuracy = self._metres("accuracy.unknown")
        self.widths, self.within, self.zone = QLineEdit(), QLineEdit(), QLineEdit(ZONE)
        for name in ("widths", "within"):
            getattr(self, name).setPlaceholderText(self._say(f"{name}.hint"))
        for name in ("text", "layers", "field", "general", "widths", "accuracy", "within", "zone"):
            getattr(self, name).setAccessibleName(self._say(name))

    def _metres(self, unknown: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setDecimals(0)
        box.setRange(UNKNOWN, 99_999)
        box.setValue(UNKNOWN)
        box.setSpecialValueText(self._say(unknown))
        box.setSuffix(self._say("metres"))
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        label = QLabel(self._say("text"))
        label.setBuddy(self.text)
        for widget in (label, self.text):
            column.addWidget(widget)
        column.addWidget(self.edges, 1)
        column.addWidget(self.unread)
        column.addWidget(self.more)
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, widgets in (
            ("layers", (self.layers, QLabel(self._say("field")), self.field)),
            ("general", (self.general, QLabel(self._say("widths")), self.widths)),
            ("within", (self.within, QLabel(self._say("accuracy")), self.accuracy)),
            ("zone", (self.zone,)),
        ):
            row = QHBoxLayout()
            for widget in widgets:
                row.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
            rows.addRow(self._say(name), row)
        column.addLayout(rows)

    def _connect(self) -> None:
        self.text.textChanged.connect(self.worded)
        self.layers.layerChanged.connect(self.take_layer)
        self.field.fieldChanged.connect(lambda _: self.lined.emit())
        self.edges.changed.connect(self.changed)
        for box in (self.general, self.accuracy):
            box.valueChanged.connect(lambda _: self.changed.emit())
        for line in (self.widths, self.within, self.zone):
            line.textEdited.connect(lambda _: self.changed.emit())

    def take_layer(self, layer: Any) -> None:
        """Offer the fields of a layer, the one that looks like names chosen."""
        from ...jobs.delimit.named import guessed_name

        self.field.blockSignals(True)
        self.field.setLayer(layer)
        if layer is not None:
            names = [str(name) for name in layer.fields().names()]
            self.field.setField(guessed_name(names) or "")
        self.field.blockSignals(False)
        self.lined.emit()

    def _say(self, key: str, **args: object) -> str:
        return tr(f"delimit.{key}", self._lang, **args)
