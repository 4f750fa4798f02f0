"""The lists that dialogs offer for texts such as an activity or a zone, and their widgets.

QGIS imports this when it opens a dialog, never for ``qgis_process``.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from processing.gui.wrappers import WidgetWrapper
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .. import compat, settings
from ..asking import Asker, Refusal, palette
from ..geocode.leave import service_name
from ..texts import LANGUAGES, tr
from .look import kind_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...jobs.open import Catalogue

SIZE = (620, 520)  # pixels of the dialog that picks several
ALERTS = ("unknown", "none", "blue", "yellow", "orange", "red")


class Item(NamedTuple):
    """One value and what a person reads for it."""

    value: str
    label: str


def _activities(catalogue: Catalogue, lang: str) -> list[Item]:
    return [Item(name, texts[lang]) for name, texts in catalogue.book.activities.items()]


def _zones(catalogue: Catalogue, lang: str) -> list[Item]:
    bases = palette()["basis"]
    return [
        Item(zone["id"], f"{zone['name'][lang]} · {bases[zone['basis']]['label'][lang]}")
        for zone in catalogue.zones()
    ]


def _sources(catalogue: Catalogue, lang: str) -> list[Item]:
    located = (source for source in catalogue.sources() if source.get("location"))
    return [Item(source["id"], source["name"][lang]) for source in located]


def _kinds(catalogue: Catalogue, lang: str) -> list[Item]:
    kinds = dict.fromkeys(source["kind"] for source in catalogue.sources())
    return [Item(kind, kind_label(kind, lang)) for kind in kinds]


def _documents(catalogue: Catalogue, lang: str) -> list[Item]:
    found = []
    for name, record in catalogue.book.documents.items():
        number = f"{record['number']} " if record.get("number") else ""
        found.append(Item(name, number + record["title"][lang]))
    return found


def _days(catalogue: Catalogue, lang: str) -> list[Item]:
    days = [Item(name, tr(f"processing.date.{name}", lang)) for name in ("today", "last")]
    for name, record in catalogue.book.documents.items():
        day = record["covers"]["until"]
        title = record.get("number") or record["title"][lang]
        label = tr("processing.date.of", lang, day=day, document=title)
        days.append(Item(f"last:{name}", label))
    return days


def _printed_days(catalogue: Catalogue, lang: str) -> list[Item]:
    """Today and the last day of each plan, written out."""
    today = Item(datetime.date.today().isoformat(), tr("processing.date.today", lang))
    return [today, *(item._replace(value=item.label[:10]) for item in _days(catalogue, lang)[2:])]


def _from_texts(prefix: str, names: tuple[str, ...]) -> Callable[[Catalogue, str], list[Item]]:
    def items(_catalogue: Catalogue, lang: str) -> list[Item]:
        return [Item(name, tr(f"processing.{prefix}.{name}", lang)) for name in names]

    return items


def _alerts(catalogue: Catalogue, lang: str) -> list[Item]:
    from ...jobs.phrasing import Phrasing

    phrasing = Phrasing(catalogue.book, lang)
    return [Item(name, phrasing.label("alert", name)) for name in ALERTS]


def _geocoders(_catalogue: Catalogue, lang: str) -> list[Item]:
    return [Item("none", service_name("", lang))] + [
        Item(name, service_name(name, lang)) for name in settings.GEOCODERS
    ]


def _languages(_catalogue: Catalogue, _lang: str) -> list[Item]:
    return [Item(name, label) for name, label in LANGUAGES.items()]


LISTS: dict[str, Callable[[Catalogue, str], list[Item]]] = {
    "activities": _activities,
    "alerts": _alerts,
    "bases": _from_texts("exportwebmap.base", ("offline", "osm", "tianditu", "own")),
    "datums": _from_texts("datum", ("wgs84", "cgcs2000", "gcj02", "bd09", "unknown")),
    "days": _days,
    "printed_days": _printed_days,
    "documents": _documents,
    "forms": _from_texts("extracts.form", ("pdf", "html", "json")),
    "geocoders": _geocoders,
    "kinds": _kinds,
    "languages": _languages,
    "sources": _sources,
    "tables": _from_texts("table", ("all", "zones", "lines", "sources", "rules")),
    "zones": _zones,
}


class _Opened:
    """The catalogue that the lists come from, read once for each data folder."""

    folder: str | None = None
    asker: Asker | None = None

    @classmethod
    def catalogue(cls, lang: str) -> Catalogue:
        folder = settings.data_folder()
        if cls.asker is None or cls.folder != folder:
            cls.asker, cls.folder = Asker(folder), folder
        return cls.asker.catalogue(lang)


def items_of(what: str, lang: str) -> list[Item]:
    """Return the list ``what``; empty, with a line in the log, without a catalogue."""
    try:
        return LISTS[what](_Opened.catalogue(lang), lang)
    except Refusal as error:
        compat.log(f"{error}\n{error.detail}")
        return []


class OneChoice(QComboBox):
    """A list with a search: an item's value, or whatever was typed."""

    changed = pyqtSignal()

    def __init__(self, items: list[Item], empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.lineEdit().setPlaceholderText(empty)
        self.addItem("", "")
        for item in items:
            self.addItem(item.label, item.value)
            self.setItemData(self.count() - 1, item.value, Qt.ItemDataRole.ToolTipRole)
        finder = QCompleter(self.model(), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(finder)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)
        self.setMinimumContentsLength(24)
        self.editTextChanged.connect(lambda _text: self.changed.emit())

    def set(self, value: str) -> None:
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setEditText(value)

    def get(self) -> str:
        text = self.currentText().strip()
        at = self.findText(text)
        return str(self.itemData(at)) if at >= 0 else text


class SeveralChoice(QWidget):
    """The labels of what was picked, and a button that opens the list."""

    changed = pyqtSignal()

    def __init__(
        self, items: list[Item], empty: str, lang: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.items, self.lang = items, lang
        self._labels = {item.value: item.label for item in items}
        self._values: list[str] = []
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(empty)
        self.line.textEdited.connect(self._typed)
        self.button = QToolButton(self)
        self.button.setText("…")
        self.button.setToolTip(tr("processing.pick", lang))
        self.button.setAccessibleName(tr("processing.pick", lang))
        self.button.clicked.connect(self._pick)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)

    def set(self, value: str) -> None:
        self._values = [part.strip() for part in value.split(";") if part.strip()]
        self.line.setText("; ".join(self._labels.get(one, one) for one in self._values))
        self.line.setToolTip("; ".join(self._values))
        self.changed.emit()

    def get(self) -> str:
        return ";".join(self._values)

    def _typed(self, text: str) -> None:
        values = {label: value for value, label in self._labels.items()}
        parts = [part.strip() for part in text.replace("；", ";").split(";")]
        self._values = [values.get(part, part) for part in parts if part]
        self.changed.emit()

    def _pick(self) -> None:
        dialog = PickDialog(self.items, self._values, self.lang, self.window())
        if dialog.exec():
            self.set(";".join(dialog.picked()))


class PickDialog(QDialog):
    """A list with ticks and a search."""

    def __init__(self, items: list[Item], ticked: list[str], lang: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("processing.pick", lang))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("processing.search", lang))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget(self)
        unknown = [Item(value, value) for value in ticked if value not in {i.value for i in items}]
        for item in [*items, *unknown]:
            line = QListWidgetItem(f"{item.label}   [{item.value}]", self.list)
            line.setData(Qt.ItemDataRole.UserRole, item.value)
            on = item.value in ticked
            line.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel, parent=self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.search, self.list, buttons):
            column.addWidget(widget)
        self.resize(*SIZE)

    def picked(self) -> list[str]:
        """Return the values ticked, in the order of the list, hidden ones too."""
        lines = (self.list.item(row) for row in range(self.list.count()))
        ticked = (line for line in lines if line.checkState() == Qt.CheckState.Checked)
        return [str(line.data(Qt.ItemDataRole.UserRole)) for line in ticked]

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for row in range(self.list.count()):
            line = self.list.item(row)
            line.setHidden(not all(word in line.text().lower() for word in words))


class ChoiceWrapper(WidgetWrapper):
    """What QGIS puts beside the parameter's name, in dialog, batch table and model."""

    def createWidget(self, what: str = "", several: bool = False) -> QWidget:
        lang = settings.language()
        items = items_of(what, lang)
        definition = self.parameterDefinition()
        empty = tr("processing.empty" if self._optional() else "processing.pick", lang)
        made = SeveralChoice(items, empty, lang) if several else OneChoice(items, empty)
        made.setAccessibleName(definition.description())
        made.setToolTip(definition.help())
        made.changed.connect(lambda: self.widgetValueHasChanged.emit(self))
        return made

    def createLabel(self) -> QLabel | None:
        label: QLabel | None = super().createLabel()
        if label is not None and self._optional():  # QGIS leaves its own word untranslated
            name = self.parameterDefinition().description()
            label.setText(tr("processing.optional", settings.language(), parameter=name))
        return label

    def _optional(self) -> bool:
        definition = self.parameterDefinition()
        return bool(definition.flags() & type(definition).Flag.FlagOptional)

    def setValue(self, value: Any) -> None:
        self.widget.set("" if value is None else str(value))

    def value(self) -> str:
        return str(self.widget.get())
