"""What the page holds: title, documents, enterprises of a checked layer, language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from ..tables.onmap import CHECK
from ..texts import LANGUAGES, tr
from .firms import Firms, firms_of, verdict_columns

if TYPE_CHECKING:
    from ...jobs.open import Catalogue

DATUMS = ("wgs84", "cgcs2000", "gcj02", "bd09", "unknown")


class ContentForm(QWidget):
    """``changed``: another layer."""

    changed = pyqtSignal()

    def __init__(self, catalogue: Catalogue | None, lang: str, parent: QWidget | None = None):
        super().__init__(parent)
        from ..processing.choices import Item, SeveralChoice

        self._lang = lang
        self.title = QLineEdit()
        self.title.setPlaceholderText(tr("webmap.title.usual", lang))
        documents = catalogue.book.documents if catalogue is not None else {}
        items = [
            Item(name, " ".join(filter(None, (record.get("number"), record["title"][lang]))))
            for name, record in documents.items()
        ]
        self.documents = SeveralChoice(items, tr("webmap.documents.all", lang), lang)
        self.layer, self.verdict, self.datum = QComboBox(), QComboBox(), QComboBox()
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        for combo in (self.layer, self.verdict, self.datum):  # long names must not widen the window
            combo.setSizeAdjustPolicy(policy)
        self.language = QComboBox()
        for name, label in LANGUAGES.items():
            self.language.addItem(label, name)
        self.language.setCurrentIndex(self.language.findData(lang))
        self._activities = catalogue.book.activities if catalogue is not None else {}
        self._lay_out()
        self._list_layers()
        self.layer.currentIndexChanged.connect(lambda _: self._show_layer())

    # -- what is chosen ---------------------------------------------------------------------

    def chosen_layer(self) -> QgsVectorLayer | None:
        """The layer of enterprises, None if none is wanted or it is gone."""
        found = self.layer.currentData()
        return QgsProject.instance().mapLayer(found) if found else None

    def firms(self) -> Firms | None:
        """The layer as it is read on another thread. Raises Refusal."""
        from ..tables.layerfile import of_layer

        layer = self.chosen_layer()
        if layer is None:
            return None
        return firms_of(
            of_layer(layer),
            QgsProject.instance().transformContext(),
            self._lang,
            datum=self.datum.currentData() or None,
            verdict=str(self.verdict.currentData() or ""),
        )

    def prefer(self, layer: Any) -> None:
        """Choose a layer if it was checked."""
        at = self.layer.findData(layer.id()) if layer is not None else -1
        if at > 0:
            self.layer.setCurrentIndex(at)

    # -- how it looks -----------------------------------------------------------------------

    def _lay_out(self) -> None:
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, widget in (
            ("page_title", self.title),
            ("language_start", self.language),
            ("documents", self.documents),
            ("firms", self.layer),
            ("verdict", self.verdict),
            ("datum", self.datum),
        ):
            text = tr(f"webmap.{key}", self._lang)
            rows.addRow(text, widget)
            widget.setAccessibleName(text.partition("(&")[0].replace("&", ""))
        self.rows = rows
        self.layer.setToolTip(tr("webmap.firms.tip", self._lang))

    def _list_layers(self) -> None:
        """The checked layers of the project; those of a check in QGIS come first."""
        every = QgsProject.instance().mapLayers().values()
        vectors = [one for one in every if isinstance(one, QgsVectorLayer) and one.isValid()]
        found = [one for one in vectors if verdict_columns(one.fields().names())]
        found.sort(key=lambda layer: (not layer.customProperty(CHECK), layer.name()))
        none = "firms.none" if found else "firms.no_layers"
        self.layer.addItem(tr(f"webmap.{none}", self._lang), "")
        for layer in found:
            self.layer.addItem(layer.name(), layer.id())
        self.layer.setEnabled(bool(found))
        self.layer.setCurrentIndex(1 if found and found[0].customProperty(CHECK) else 0)
        self._show_layer()

    def _show_layer(self) -> None:
        """Offer the layer's columns of verdicts and, where it matters, the datum."""
        layer = self.chosen_layer()
        columns = verdict_columns(layer.fields().names()) if layer is not None else []
        labels = {
            f"zr_verdict_{name.replace('-', '_')}": texts[self._lang]
            for name, texts in self._activities.items()
        }
        self.verdict.clear()
        for name in columns:
            self.verdict.addItem(labels.get(name, name), name)
        self.datum.clear()
        shaped = layer is not None and layer.isSpatial()
        first = "datum.layer" if shaped else "datum.ask"
        self.datum.addItem(tr(f"webmap.{first}", self._lang), "")
        # the points of a checked layer are where they are; an unknown datum says how well
        for name in ("unknown",) if shaped else DATUMS:
            self.datum.addItem(tr(f"processing.datum.{name}", self._lang), name)
        for widget, shown in ((self.verdict, len(columns) > 1), (self.datum, bool(columns))):
            widget.setVisible(shown)
            self.rows.labelForField(widget).setVisible(shown)
        self.changed.emit()
