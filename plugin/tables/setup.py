"""The page on which a check is set up: table, columns, coordinates, what is asked, where to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ..geocode.leave import service_name
from ..labels import plain_label
from ..texts import tr
from .datumbox import DatumBox, Told
from .files import REVIEWS, WRITTEN, FileLine, SourceLine, proposed
from .form import TableForm
from .grid import ColumnGrid, fact_labels
from .preview import Preview, Seen, seen

if TYPE_CHECKING:
    from pathlib import Path

    from .form import Conditions

GRID_PX = 190
BESIDE_PX = 330


class Order(NamedTuple):
    """A whole check as it was set up; ``layer`` is to be read where there is no ``source``."""

    source: Path | None
    layer: Any
    output: Path
    review: Path | None
    columns: dict[str, str]
    fact_columns: dict[str, str]
    place: Told
    asked: Conditions
    options: dict[str, Any]
    on_map: bool


class SetupPage(QWidget):
    """``sourceChanged``: another table, or another way to read it; ``changed``: anything else."""

    sourceChanged = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.found: Preview | None = None
        self._book: Any = None
        self._make()
        self._lay_out()
        self._connect()
        self.show_preview(None)

    # -- what it holds ----------------------------------------------------------------------

    def fill(self, catalogue: Any) -> None:
        """Take activities and facts from the catalogue."""
        self._book = catalogue.book
        self.form.fill(catalogue.data)
        self._offer_facts()

    def reading(self) -> dict[str, str | None]:
        """How the table is read, as ``open_table`` takes it."""
        delimiter = self.delimiter.text().strip()
        return {
            "encoding": self.encoding.text().strip() or None,
            "delimiter": {"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter) or None,
            "layer": self.sheet.text().strip() or None,
        }

    def offer_service(self, service: str) -> None:
        """Offer to ask a service of ``settings.GEOCODERS`` besides the gazetteer, or none; whoever
        wants it has to choose it for every table."""
        while self.geocoder.count() > 1:
            self.geocoder.removeItem(1)
        if service:
            name = service_name(service, self.lang)
            self.geocoder.addItem(self._say("geocoder.some", service=name), service)

    def show_preview(self, found: Preview | None, problem: str = "") -> None:
        """Show what a look at the table found, or why nothing could be read."""
        self.found = found
        self.about.setText(problem or (self._about(found) if found else self._say("start")))
        self.hint.setVisible(found is not None)
        if found is None:
            self.grid.empty()
        if found is not None:
            self.grid.show_preview(found)
            self._offer_facts()
            paths = proposed(self.source.path(), self.source.layer(), self.lang)
            for line, path in zip((self.output, self.review), paths):
                line.propose(path)
        self._look_at_places()

    def problem(self) -> str:
        """What is still to be said before anything can run; empty when all is."""
        if self.found is None:
            return self._say("need.source")
        roles = self.grid.roles()
        placed = self._placed(roles) or self.found.shaped
        if not placed and not self._by_address(roles):
            return self._say("need.place")
        if placed and self.place.told() is None:
            return self._say("need.datum")
        if self.output.path() is None:
            return self._say("need.output")
        if self.with_review.isChecked() and self.review.path() is None:
            return self._say("need.review")
        return ""

    def order(self) -> Order:
        """The check that is set up; call it when there is no ``problem``. Raises Refusal."""
        output, told = self.output.path(), self.place.told() or Told(None, None)
        assert output is not None and not self.problem(), self.problem()
        heading, roles = self.grid.heading, self.grid.roles()
        if not self._by_address(roles):
            roles.pop("address", None)
        return Order(
            self.source.path(),
            self.source.layer(),
            output,
            self.review.path() if self.with_review.isChecked() else None,
            {role: heading(at) for role, at in roles.items()},
            {key: heading(at) for key, at in self.grid.facts().items()},
            told,
            self.form.conditions(),
            {
                **self.reading(),
                "resume": self.resume.isChecked() and self.source.layer() is None,
                "keep_formulas": self.formulas.isChecked(),
                "distance": self.distance.isChecked(),
                "addresses": "address" in roles,
                "within": (self.within.text().strip() or None) if "address" in roles else None,
                "geocoder": (self.geocoder.currentData() or None) if "address" in roles else None,
            },
            self.on_map.isChecked(),
        )

    # -- how it looks -----------------------------------------------------------------------

    def _make(self) -> None:
        self.source = SourceLine(self.lang)
        self.about = plain_label()
        self.hint = plain_label()
        self.hint.setText(self._say("columns.hint"))
        self.grid = ColumnGrid(self.lang)
        self.grid.setMinimumHeight(GRID_PX)
        self.place = DatumBox(self.lang)
        self.by_address = QCheckBox(self._say("by_address"))
        self.by_address.setToolTip(self._say("by_address.tip"))
        self.within = QLineEdit()
        self.within.setPlaceholderText(self._say("within.hint"))
        self.within.setAccessibleName(self._say("within.hint"))
        self.geocoder = QComboBox()
        self.geocoder.setAccessibleName(self._say("geocoder.ask"))
        self.geocoder.setToolTip(self._say("geocoder.tip"))
        self.geocoder.addItem(self._say("geocoder.none"), "")
        for widget in (self.within, self.geocoder):
            widget.setEnabled(False)
        self.form = TableForm(self.lang)
        self.output = FileLine("tables.output", WRITTEN, self.lang)
        self.with_review = QCheckBox(self._say("review"))
        self.with_review.setChecked(True)
        self.review = FileLine("tables.review", REVIEWS, self.lang)
        self.on_map = QCheckBox(self._say("on_map"))
        self.on_map.setChecked(True)
        self.sheet, self.encoding, self.delimiter = QLineEdit(), QLineEdit(), QLineEdit()
        for name in ("sheet", "encoding", "delimiter"):
            getattr(self, name).setPlaceholderText(self._say(f"{name}.hint"))
        self.distance = QCheckBox(self._say("distance"))
        self.formulas = QCheckBox(self._say("formulas"))
        self.resume = QCheckBox(self._say("resume"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        table = QGroupBox(self._say("group.table"))
        inner = QVBoxLayout(table)
        for widget in (self.source, self.about, self.hint):
            inner.addWidget(widget)
        inner.addWidget(self.grid, 1)
        column.addWidget(table, 1)
        beside = QHBoxLayout()
        self.place_box = QGroupBox(self._say("datum"))
        QVBoxLayout(self.place_box).addWidget(self.place)
        for widget in (self.by_address, self.within, self.geocoder):
            self.place_box.layout().addWidget(widget)
        self.place_box.layout().addStretch(1)
        self.place_box.setMinimumWidth(BESIDE_PX)
        asked = QGroupBox(self._say("group.asked"))
        QVBoxLayout(asked).addWidget(self.form)
        asked.layout().addStretch(1)
        beside.addWidget(self.place_box, 1)
        beside.addWidget(asked, 1)
        column.addLayout(beside)
        column.addWidget(self._outputs())
        column.addWidget(self._more())

    def _outputs(self) -> QWidget:
        box = QGroupBox(self._say("group.output"))
        rows = QFormLayout(box)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self._say("output"), self.output)
        rows.addRow(self.with_review, self.review)
        rows.addRow("", self.on_map)
        return box

    def _more(self) -> QWidget:
        box = QgsCollapsibleGroupBox(self._say("group.more"))
        rows = QFormLayout(box)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in ("sheet", "encoding", "delimiter"):
            rows.addRow(self._say(name), getattr(self, name))
        for widget in (self.distance, self.formulas, self.resume):
            rows.addRow("", widget)
        box.setCollapsed(True)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return box

    def _connect(self) -> None:
        self.source.changed.connect(self.sourceChanged)
        for line in (self.sheet, self.encoding, self.delimiter):
            line.editingFinished.connect(self.sourceChanged)
        self.grid.changed.connect(self._look_at_places)
        self.form.changed.connect(self._offer_facts)
        self.place.changed.connect(self.changed)
        for widget in (self.within, self.geocoder):
            self.by_address.toggled.connect(widget.setEnabled)
        self.by_address.toggled.connect(lambda _: self.changed.emit())
        for file in (self.output, self.review):
            file.changed.connect(self.changed)
        self.with_review.toggled.connect(self.review.setEnabled)
        self.with_review.toggled.connect(lambda _: self.changed.emit())

    def _offer_facts(self) -> None:
        if self._book is None or self.found is None:
            return
        chosen = str(self.form.activity.currentData() or "")
        asked = [name for name in chosen.split(";") if name]
        self.grid.set_facts(fact_labels(self._book, asked, self.lang))

    def _look_at_places(self) -> None:
        """Tell what the coordinates of the chosen columns look like."""
        if self.found is None:
            self.place.show_seen(Seen("none"), "")
        else:
            roles = self.grid.roles()
            self.by_address.setEnabled("address" in roles)
            crs = "" if self._placed(roles) else self.found.crs
            self.place.show_seen(seen(self.found, roles), crs)
        self.changed.emit()

    def _by_address(self, roles: dict[str, int]) -> bool:
        return "address" in roles and self.by_address.isChecked()

    @staticmethod
    def _placed(roles: dict[str, int]) -> bool:
        return {"lon", "lat"} <= set(roles) or "place" in roles

    def _about(self, found: Preview) -> str:
        told = [self._say("about.columns", n=len(found.names))]
        if found.count is not None:
            told.insert(0, self._say("about.rows", n=f"{found.count:,}"))
        if found.form is not None:
            encoding, delimiter = found.form
            sign = {"\t": "Tab"}.get(delimiter, delimiter)
            told.append(self._say("about.text", encoding=encoding.upper(), delimiter=sign))
        return self._say("about.join").join(told)

    def _say(self, key: str, **args: object) -> str:
        return tr(f"tables.{key}", self.lang, **args)
