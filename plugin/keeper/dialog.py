"""What has to be known before a drawn shape becomes that of a zone, with a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ..asking import palette
from ..labels import make_small
from ..texts import tr
from .shape import Draft, Fault, area_km2, drafted, metres_text, shares
from .sketch import Sketch

if TYPE_CHECKING:
    from qgis.core import QgsGeometry

BASES = ("documented_boundary", "administrative", "circle", "approximate")
LICENCES = ("own", "internal", "cc-by", "odbl")
TYPING_MS = 350
NOT_GIVEN = -1.0


class Subject(NamedTuple):
    """The zone that gets a shape, for the dialog.

    ``present``: its nominal shape now, ``outer``: the extent of the drawn zone it lies within,
    ``outer_name`` that zone's name; geometries in degrees WGS84, None if there is none.
    """

    id: str
    name: str
    delimited: str
    status: str
    present: QgsGeometry | None
    outer: QgsGeometry | None
    outer_name: str


class Told(NamedTuple):
    """What the user said: the shapes with accuracy (metres), basis, provenance, licence."""

    draft: Draft
    accuracy_m: float
    basis: str
    provenance: str
    licence: str


class ShapeDialog(QDialog):
    """Asks for accuracy, basis, provenance and licence of a shape; ``told`` is set on OK."""

    def __init__(
        self,
        subject: Subject,
        nominal: QgsGeometry,
        source: str,
        lang: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.subject, self.nominal, self.lang = subject, nominal, lang
        self.told: Told | None = None
        self._draft: Draft | None = None
        self._fault = ""
        self.setWindowTitle(tr("keeper.dialog", lang))
        self._make(source)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.preview)
        self.accuracy.valueChanged.connect(lambda _: self._typing.start())
        self.provenance.textChanged.connect(lambda _: self._judge())
        self.licence.editTextChanged.connect(lambda _: self._judge())
        self.preview()

    def accept(self) -> None:
        """Keep what was said and close."""
        self.preview()
        if self._draft is None or not self.buttons.button(OK).isEnabled():
            return
        self.told = Told(
            self._draft,
            self.accuracy.value(),
            self.basis.currentData(),
            self.provenance.text().strip(),
            self.licence.currentText().strip(),
        )
        super().accept()

    def preview(self) -> None:
        """Work the shapes out anew and show what would change."""
        self._typing.stop()
        self._draft, self._fault = None, ""
        shown = {"around": self.subject.outer, "present": self.subject.present}
        # without an accuracy the line itself is shown, which says nothing about its margins
        accuracy = self.accuracy.value()
        try:
            draft = drafted(self.nominal, max(accuracy, 0.0), self.subject.outer)
            self._draft = draft if accuracy != NOT_GIVEN else None
            self.sketch.show_shapes({**_given(shown), **draft.shapes})
            self.figures.setText("\n".join(self._figures(draft)))
        except Fault as fault:
            args = {**fault.args_, "outer": self.subject.outer_name}
            self._fault = tr(fault.key, self.lang, **args)
            self.sketch.show_shapes({**_given(shown), "nominal": self.nominal})
            self.figures.setText("")
        self._judge()

    def _make(self, source: str) -> None:
        lang = self.lang
        name = _plain(f"{self.subject.name}  ({self.subject.id})")
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        self.accuracy = QDoubleSpinBox()
        self.accuracy.setDecimals(0)
        self.accuracy.setRange(NOT_GIVEN, 100_000)
        self.accuracy.setSingleStep(10)
        self.accuracy.setSpecialValueText(tr("keeper.required", lang))
        self.accuracy.setValue(NOT_GIVEN)
        self.accuracy.setSuffix(tr("keeper.metres", lang))
        self.accuracy.setToolTip(tr("keeper.accuracy.tip", lang))
        self.basis = QComboBox()
        looks = palette()["basis"]
        for basis in BASES:
            self.basis.addItem(looks[basis]["label"][lang], basis)
        self.provenance = QLineEdit()
        self.provenance.setPlaceholderText(tr("keeper.provenance.hint", lang))
        self.licence = QComboBox()
        self.licence.setEditable(True)
        self.licence.addItems(tr(f"keeper.licence.{name}", lang) for name in LICENCES)
        self.licence.setCurrentIndex(-1)
        self.licence.lineEdit().setPlaceholderText(tr("keeper.required", lang))
        self.sketch = Sketch()
        self.figures = _plain("")
        self.note = _plain("")
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = QDialogButtonBox(OK | CANCEL)
        self.buttons.button(OK).setText(tr("keeper.write", lang))
        self.buttons.button(CANCEL).setText(tr("keeper.cancel", lang))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(name, source)

    def _lay_out(self, name: QLabel, source: str) -> None:
        form = QFormLayout()
        form.addRow(tr("keeper.accuracy", self.lang), self.accuracy)
        form.addRow(tr("keeper.basis", self.lang), self.basis)
        form.addRow(tr("keeper.provenance", self.lang), self.provenance)
        form.addRow(tr("keeper.licence", self.lang), self.licence)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addWidget(self.figures)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.sketch, 1)
        right.addWidget(_small(tr("keeper.sketch", self.lang)))
        middle = QHBoxLayout()
        middle.addLayout(left, 3)
        middle.addLayout(right, 2)
        column = QVBoxLayout(self)
        column.addWidget(name)
        if self.subject.delimited:
            column.addWidget(_plain(self.subject.delimited))
        column.addWidget(_small(source))
        column.addLayout(middle, 1)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.resize(760, 500)

    def _figures(self, draft: Draft) -> list[str]:
        lines = []
        areas = {role: f"{area_km2(area):.3f}" for role, area in draft.shapes.items()}
        lines.append(self._say("keeper.area", area=areas["nominal"]))
        if "core" in areas and self.accuracy.value() != NOT_GIVEN:
            lines.append(self._say("keeper.margins", core=areas["core"], extent=areas["extent"]))
            if draft.shapes["core"].isEmpty():
                lines.append(self._say("keeper.no_core"))
        present = self.subject.present
        if present is None:
            lines.append(self._say("keeper.first_shape"))
        else:
            kept, added = shares(draft.shapes["nominal"], present)
            now = f"{area_km2(present):.3f}"
            figures = {"now": now, "kept": f"{kept:.1%}", "added": f"{added:.1%}"}
            lines.append(self._say("keeper.against", **figures))
        if draft.stood_out_m > 0.0:
            metres = metres_text(draft.stood_out_m)
            lines.append(self._say("keeper.cut", metres=metres, outer=self.subject.outer_name))
        elif draft.margin_cut:
            lines.append(self._say("keeper.margin_cut", outer=self.subject.outer_name))
        return lines

    def _judge(self) -> None:
        """Say what is wrong or still missing; only a shape with all of it can be written."""
        wanted = {
            "keeper.accuracy": self.accuracy.value() == NOT_GIVEN,
            "keeper.provenance": not self.provenance.text().strip(),
            "keeper.licence": not self.licence.currentText().strip(),
        }
        # without the shortcut: "(&A)" behind Chinese words, "&" in English ones
        lacking = [
            tr(key, self.lang).partition("(&")[0].replace("&", "")
            for key, lacks in wanted.items()
            if lacks
        ]
        notes = [self._fault] if self._fault else []
        if lacking:
            names = self._say("keeper.comma").join(lacking)
            notes.append(self._say("keeper.lacking", names=names))
        if self.subject.status in ("object", "derived"):
            notes.append(self._say(f"keeper.beware.{self.subject.status}"))
        self.note.setText("\n".join(notes))
        self.buttons.button(OK).setEnabled(not self._fault and not lacking)

    def _say(self, key: str, **args: Any) -> str:
        return tr(key, self.lang, **args)


OK = QDialogButtonBox.StandardButton.Ok
CANCEL = QDialogButtonBox.StandardButton.Cancel


def _given(shapes: dict[str, QgsGeometry | None]) -> dict[str, QgsGeometry]:
    return {role: shape for role, shape in shapes.items() if shape is not None}


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _small(text: str) -> QLabel:
    label = _plain(text)
    make_small(label)
    return label
