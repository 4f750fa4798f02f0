"""The window for pasted corners: what was read, which readings are possible, in which datum."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QSignalBlocker, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..labels import boxed_label, make_small, plain_label
from ..texts import tr
from .given import Given

if TYPE_CHECKING:
    from ...jobs.open import Catalogue
    from ...jobs.shape.corner_readings import Reading
    from ...jobs.shape.corners import Pasted

TYPING_MS = 300
SHOWN_ROWS, SHOWN_PROBLEMS = 500, 4
MOST_BYTES = 4_000_000


def project(
    epsg: int, degrees: int, places: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """A jobs.shape.corner_readings.Projector on QGIS's own transforms."""
    ends = (f"EPSG:{epsg}", f"EPSG:{degrees}")
    transform = QgsCoordinateTransform(
        *(QgsCoordinateReferenceSystem(name) for name in ends),
        QgsProject.instance().transformContext(),
    )
    if not transform.isValid():
        raise ValueError(f"no transform between {' and '.join(ends)}")
    try:
        moved = [transform.transform(QgsPointXY(*place)) for place in places]
    except QgsCsException as error:
        raise ValueError(str(error).splitlines()[0]) from None
    return [(place.x(), place.y()) for place in moved]


class CornerDialog(QDialog):
    """Reads while one types; ``previewed(GeoJSON or None)`` is the shape as it stands.

    ``given`` after it was accepted.
    """

    previewed = pyqtSignal(object)

    def __init__(self, catalogue: Catalogue, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from ...jobs.shape.corner_readings import Covered

        self.lang = lang
        self.given: Given | None = None
        self.pasted: Pasted | None = None
        self.readings: list[Reading] = []
        self._covered = Covered(catalogue)
        self._make()
        self._lay_out()
        self._connect()
        self._read()

    def reading(self) -> Reading | None:
        """The reading that is chosen, or None."""
        number = self.choices.checkedId()
        return self.readings[number] if 0 <= number < len(self.readings) else None

    # -- making -------------------------------------------------------------------------------

    def _make(self) -> None:
        lang = self.lang
        self.setWindowTitle(tr("shapes.corners", lang))
        self.setObjectName("ZoneRulesCorners")
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(tr("shapes.corners.hint", lang))
        self.text.setTabChangesFocus(True)
        self.open = QPushButton(tr("shapes.corners.file", lang))
        self.packed = QCheckBox(tr("shapes.corners.packed", lang))
        self.everywhere = QCheckBox(tr("shapes.corners.everywhere", lang))
        self.ask = plain_label()
        self.choices = QButtonGroup(self)
        self.list = QWidget()
        self.rows = QVBoxLayout(self.list)
        self.rows.setContentsMargins(2, 2, 2, 2)
        self.datum = QComboBox()
        self.polygon = QRadioButton(tr("shapes.corners.polygon", lang))
        self.line = QRadioButton(tr("shapes.corners.line", lang))
        self.polygon.setChecked(True)
        self.kinds = QButtonGroup(self)
        self.kinds.addButton(self.polygon)
        self.kinds.addButton(self.line)
        self.table = QTableWidget(0, 5)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.problem = boxed_label("failed")
        self.state = plain_label()
        self.buttons = QDialogButtonBox()
        accept, reject = (
            QDialogButtonBox.ButtonRole.AcceptRole,
            QDialogButtonBox.ButtonRole.RejectRole,
        )
        self.ok = self.buttons.addButton(tr("shapes.corners.ok", lang), accept)
        self.buttons.addButton(tr("shapes.corners.cancel", lang), reject)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)

    def _lay_out(self) -> None:
        lang = self.lang
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        label = QLabel(tr("shapes.corners.text", lang))
        label.setBuddy(self.text)
        column.addWidget(label)
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.packed)
        column.addWidget(self.everywhere)
        column.setContentsMargins(0, 0, 4, 0)
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 0, 0, 0)
        column.addWidget(self.problem)
        column.addWidget(self.ask)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setMinimumWidth(420)
        area.setWidget(self.list)
        column.addWidget(area, 2)
        form = QFormLayout()
        form.addRow(tr("shapes.corners.datum", lang), self.datum)
        kinds = QHBoxLayout()
        kinds.addWidget(self.polygon)
        kinds.addWidget(self.line)
        kinds.addStretch(1)
        form.addRow(tr("shapes.corners.kind", lang), kinds)
        column.addLayout(form)
        column.addWidget(self.table, 2)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([340, 560])
        whole = QVBoxLayout(self)
        whole.addWidget(split, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        foot.addWidget(self.buttons)
        whole.addLayout(foot)
        self.resize(900, 600)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._read)
        self.packed.toggled.connect(lambda _: self._read())
        self.everywhere.toggled.connect(lambda _: self._read())
        self.choices.idToggled.connect(lambda _id, on: self._chosen() if on else None)
        self.datum.currentIndexChanged.connect(lambda _: self._show())
        self.kinds.buttonToggled.connect(lambda _button, on: self._show() if on else None)
        self.open.clicked.connect(self._open)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)

    # -- reading ------------------------------------------------------------------------------

    def read_file(self, path: Path) -> None:
        """Put a file's text into the window, whatever its encoding."""
        from ...jobs.shape.corners import decode

        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES)
        except OSError as error:
            self._complain(tr("shapes.corners.unread", self.lang, reason=error.strerror or error))
            return
        self.text.setPlainText(decode(data))
        self._read()

    def _open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("shapes.corners", self.lang),
            "",
            tr("shapes.corners.filter", self.lang),
        )
        if chosen:
            self.read_file(Path(chosen))

    def _read(self) -> None:
        """Parse the text and list the possible readings; the user's choice stays if it is there.

        What an earlier text left no doubt about was no choice, and says nothing of another one.
        """
        from ...jobs.shape.corner_readings import readings
        from ...jobs.shape.corners import parse

        self._typing.stop()
        before = self.reading()
        self.pasted = parse(self.text.toPlainText())
        self.readings = readings(
            self.pasted,
            self._covered,
            project,
            packed=self.packed.isChecked(),
            everywhere=self.everywhere.isChecked(),
        )
        self._list_readings(before.id if before and not before.sure else "")
        lines = [
            tr("shapes.corners.problem", self.lang, line=line, text=text[self.lang])
            for line, text in self.pasted.problems
        ]
        if len(lines) > SHOWN_PROBLEMS:
            more = tr("shapes.corners.more", self.lang, n=len(lines) - SHOWN_PROBLEMS)
            lines = [*lines[:SHOWN_PROBLEMS], more]
        lines += [note[self.lang] for note in self.pasted.notes]
        if self.pasted.corners and not self.readings:
            lines.append(tr("shapes.corners.none", self.lang))
        self._complain("\n".join(lines))
        self._chosen()

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _list_readings(self, before: str) -> None:
        blocker = QSignalBlocker(self.choices)
        while self.rows.count():
            item = self.rows.takeAt(0)
            widget = item.widget()
            if isinstance(widget, QRadioButton):
                self.choices.removeButton(widget)
            if widget is not None:
                widget.deleteLater()
        for n, reading in enumerate(self.readings):
            button = QRadioButton(reading.label[self.lang].replace("&", "&&"))
            # only what the list itself leaves no doubt about is chosen beforehand
            button.setChecked(reading.id == before or (reading.sure and not before))
            self.choices.addButton(button, n)
            self.rows.addWidget(button)
            why = plain_label()
            why.setText("\n".join(f"· {text[self.lang]}" for text in reading.evidence))
            why.setIndent(22)
            make_small(why)
            self.rows.addWidget(why)
        self.rows.addStretch(1)
        self.ask.setText(tr("shapes.corners.reading", self.lang) if self.readings else "")
        blocker.unblock()

    def _chosen(self) -> None:
        """Offer the datums of the reading chosen; the datum stays if it is still one of them."""
        from ...jobs.shape.given import both

        reading = self.reading()
        before = self.datum.currentData()
        blocker = QSignalBlocker(self.datum)
        self.datum.clear()
        self.datum.addItem(tr("shapes.corners.choose", self.lang), "")
        stated = self.pasted.stated.get("datum") if self.pasted else None
        for name in reading.datums if reading else ():
            label = both(f"datum_{name}")[self.lang]
            if name == stated:
                label += tr("shapes.corners.stated", self.lang)
            self.datum.addItem(label, name)
        wanted = before or stated
        if wanted or self.datum.count() == 2:
            at = self.datum.findData(wanted) if wanted else 1
            self.datum.setCurrentIndex(max(at, 0))
        self.datum.setEnabled(reading is not None)
        blocker.unblock()
        self._show()

    def _show(self) -> None:
        """Table, preview and what is still to be chosen."""
        self._fill_table()
        self.given, line = self._shape()
        self.ok.setEnabled(self.given is not None)
        self.state.setText(line)
        self.previewed.emit(self.given.geojson if self.given else None)

    def _shape(self) -> tuple[Given | None, str]:
        """The shape as chosen, or None and what is missing."""
        from ...jobs.shape.corner_readings import chosen
        from ...jobs.shape.digest import size_text
        from ...jobs.shape.given import BadShape
        from ...layers.measure import area_m2, length_m

        reading, datum = self.reading(), self.datum.currentData()
        if self.pasted is None or not self.pasted.corners:
            return None, ""
        if self.pasted.problems:
            return None, tr("shapes.corners.fix", self.lang)
        if reading is None:
            return None, tr("shapes.corners.ask_reading", self.lang)
        if not datum:
            return None, tr("shapes.corners.ask_datum", self.lang)
        kind = "polygon" if self.polygon.isChecked() else "line"
        try:
            made = chosen(self.pasted, reading, datum, kind, project)
        except BadShape as error:
            return None, error.text[self.lang]
        except ValueError as error:
            return None, str(error)
        count = len(self.pasted.corners)
        source = tr("shapes.from.pasted", self.lang, n=count)
        if kind == "polygon":
            size = size_text(area_m2(made.geojson), "m2", self.lang)
        else:
            size = size_text(length_m(made.geojson), "m", self.lang)
        line = tr("shapes.corners.size", self.lang, n=count, size=size)
        return Given(made.geojson, count, source, made.extra_m, tuple(made.notes)), line

    def _fill_table(self) -> None:
        corners = self.pasted.corners if self.pasted else []
        reading = self.reading()
        heads = ("number", "first", "second", "lon", "lat")
        self.table.setHorizontalHeaderLabels(
            [tr(f"shapes.corners.{key}", self.lang) for key in heads]
        )
        self.table.setRowCount(min(len(corners), SHOWN_ROWS))
        for n, corner in enumerate(corners[:SHOWN_ROWS]):
            cells = [corner.name or str(n + 1)]
            cells += [half.text or f"{half.value:g}" for half in (corner.first, corner.second)]
            cells += [f"{value:.6f}" for value in reading.places[n]] if reading else ["", ""]
            for column, text in enumerate(cells):
                self.table.setItem(n, column, QTableWidgetItem(text))
        self.table.resizeColumnsToContents()

    def _accept(self) -> None:
        if self._typing.isActive():
            self._read()
        if self.given is not None:
            self.accept()
