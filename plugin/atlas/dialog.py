"""The window of the atlas: which points, how many, what is asked, and the PDF to write."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureRequest, QgsFeedback, QgsProject
from qgis.gui import QgsFieldComboBox
from qgis.PyQt.QtCore import QDate, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from .. import compat, settings
from ..asking import Refusal, one_line, palette
from ..conditions import ISO
from ..labels import boxed_label, plain_label
from ..printing.fonts import NoFont
from ..tables.files import FileLine
from ..tables.form import TableForm
from ..tables.onmap import for_a_person
from ..tasks import CoreTask, start
from ..texts import tr
from . import firms, pages
from .book import Book, Matter
from .export import export

if TYPE_CHECKING:
    from qgis.core import QgsVectorLayer

    from ..asking import Asker

FIRST, MOST = 100, 5000  # pages: offered, and allowed
MANY = 300  # pages after which it is said that this takes a while
DATUMS = ("wgs84", "gcj02", "bd09", "unknown")
SIZE = (640, 520)


class AtlasDialog(QDialog):
    """``written(path)``: the PDF is there. ``below``: layers under the maps, topmost first."""

    written = pyqtSignal(str)

    def __init__(
        self,
        layer: QgsVectorLayer,
        asker: Asker,
        lang: str,
        below: list[Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesAtlas")
        self.setWindowTitle(tr("atlas.title", lang, layer=layer.name()))
        self.layer, self.asker, self.lang, self.below = layer, asker, lang, below
        self.task: CoreTask | None = None
        self.opens = True  # the PDF when it is there
        self._feedback: QgsFeedback | None = None
        self._make()
        self._lay_out()
        self._connect()
        self._fill()
        self.resize(*SIZE)

    # -- what is chosen ---------------------------------------------------------------------

    def request(self) -> QgsFeatureRequest:
        """The features that get a page, at most as many as chosen."""
        scope = self.scope.currentData()
        request = QgsFeatureRequest()
        if scope == "selected":
            request.setFilterFids(self.layer.selectedFeatureIds())
        elif scope:
            request.setFilterExpression(scope)
        return request

    def count(self) -> int:
        """How many features there are to print, without the limit."""
        return sum(1 for _ in self.layer.getFeatures(self._bare()))

    def _bare(self) -> QgsFeatureRequest:
        request = self.request()
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        return request

    def common(self) -> pages.Common:
        """What is asked of every place. Raises Refusal."""
        asked = self.form.conditions()
        return pages.Common(
            asked.activities,
            asked.date,
            asked.alert,
            asked.facts,
            asked.accuracy_m,
            self.datum.currentData(),
        )

    # -- printing ---------------------------------------------------------------------------

    def print_pages(self) -> None:
        """Work the answers out in the background, then print."""
        self._complain("")
        self.form.set_problem("")
        path = self.output.path()
        if path is None:
            self._complain(self._say("need.output"))
            return
        request = self.request()
        request.setLimit(self.most.value())
        try:
            common = self.common()
            found, without = firms.read(
                self.layer, self.layer.getFeatures(request), self.name.currentField(), self.lang
            )
        except Refusal as refusal:
            self._complain(str(refusal))
            return
        if not found:
            self._complain(self._say("nothing"))
            return
        self._busy(self._say("asking", n=len(found)))
        task = CoreTask(
            self._say("task"),
            pages.make,
            settings.data_folder(),
            found,
            common,
            palette(),
            self.lang,
            done=lambda made: self._print(made, path, without),
            failed=self._failed,
        )
        task.progressChanged.connect(self._answered)
        task.taskTerminated.connect(self._ended)
        self.task = start(task)

    def cancel(self) -> None:
        """Stop; there is no PDF then."""
        if self._feedback is not None:
            self._feedback.cancel()
        if self.task is not None:
            self.task.cancel()

    def _print(self, made: tuple[Any, list[pages.Page]], path: Path, without: int) -> None:
        self.task = None
        if compat.is_deleted(self):
            return
        catalogue, found = made
        project = QgsProject.instance()
        matter = Matter(
            self.layer.name(),
            found,
            catalogue,
            self.lang,
            palette(),
            [layer for layer in self.below if not compat.is_deleted(layer)],
            project.crs(),
        )
        self.line.setText(self._say("laying_out"))
        QApplication.processEvents()
        with tempfile.TemporaryDirectory() as folder:
            try:
                book: Book | None = Book(matter, project, Path(folder))
            except NoFont as error:
                self._idle()
                self._complain(tr("printing.no_font", self.lang, missing=error.missing))
                return
            outcome = self._exported(book, Path(folder), path)
            book = None  # its layers read the folder
        self._idle()
        self._tell(outcome, path, len(found), without)

    def _exported(self, book: Book | None, folder: Path, path: Path) -> str:
        assert book is not None
        feedback = self._feedback = QgsFeedback()
        pages_n = len(book.matter.pages)

        def printed(percent: float) -> None:
            if not compat.is_deleted(self):
                self.bar.setValue(round(percent))
                done = round(percent * pages_n / 100)
                self.line.setText(self._say("printed", n=done, of=pages_n))
            QApplication.processEvents()

        feedback.progressChanged.connect(printed)
        outcome = export(book, folder, path, feedback)
        self._feedback = None
        return outcome

    def _tell(self, outcome: str, path: Path, printed: int, without: int) -> None:
        if outcome == "cancelled":
            self.line.setText(self._say("stopped"))
        elif outcome:
            reason = tr(f"printing.reason.{outcome}", self.lang)
            self._complain(tr("printing.not_saved", self.lang, path=path, reason=reason))
        else:
            told = self._say("done", n=printed, path=path)
            self.line.setText(told + (self._say("without", n=without) if without else ""))
            self.written.emit(str(path))
            if self.opens:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    # -- parts ------------------------------------------------------------------------------

    def _make(self) -> None:
        self.about = plain_label()
        self.scope = QComboBox()
        self.name = QgsFieldComboBox()
        self.name.setLayer(self.layer)
        self.name.setAllowEmptyFieldName(True)
        self.most = QSpinBox()
        self.most.setRange(1, MOST)
        self.most.setValue(FIRST)
        self.datum = QComboBox()
        for name in DATUMS:
            self.datum.addItem(self._say(f"datum.{name}"), name)
        self.form = TableForm(self.lang)
        self.form.several.hide()
        self.output = FileLine("atlas.output", ("pdf",), self.lang)
        self.problem = boxed_label("failed")
        self.bar, self.line = QProgressBar(), plain_label()
        self.run_button = QPushButton(self._say("run"))
        self.run_button.setDefault(True)
        self.stop_button = QPushButton(tr("tables.stop", self.lang))
        self.close_button = QPushButton(tr("tables.close", self.lang))
        for button in (self.stop_button, self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, widget in (
            ("scope", self.scope),
            ("most", self.most),
            ("name", self.name),
            ("datum", self.datum),
        ):
            rows.addRow(self._say(key), widget)
            widget.setAccessibleName(self._say(key))
        last = QFormLayout()
        last.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        last.addRow(self._say("output"), self.output)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.stop_button, self.run_button, self.close_button):
            foot.addWidget(button)
        self.asked = QLabel(self._say("asked"))
        self.content = QWidget()
        inner = QVBoxLayout(self.content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.about)
        inner.addLayout(rows)
        inner.addWidget(self.asked)
        inner.addWidget(self.form)
        inner.addLayout(last)
        column = QVBoxLayout(self)
        column.addWidget(self.content)
        column.addStretch(1)
        for widget in (self.problem, self.bar, self.line):
            column.addWidget(widget)
        column.addLayout(foot)
        self._idle()

    def _connect(self) -> None:
        self.scope.currentIndexChanged.connect(lambda _: self._count())
        self.most.valueChanged.connect(lambda _: self._count())
        self.run_button.clicked.connect(self.print_pages)
        self.stop_button.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self.close)

    def _fill(self) -> None:
        try:
            self.form.fill(self.asker.catalogue(self.lang).data)
        except Refusal as refusal:
            self._complain(str(refusal))
        names = self.layer.fields().names()
        self.scope.addItem(self._say("scope.all"), "")
        if "zr_error" in names and "zr_near" in names:
            ours = [name for name in names if name.startswith("zr_")]
            self.scope.addItem(self._say("scope.check"), for_a_person(ours))
        selected = self.layer.selectedFeatureCount()
        if selected:
            self.scope.addItem(self._say("scope.selected", n=f"{selected:,}"), "selected")
            self.scope.setCurrentIndex(self.scope.count() - 1)
        self.name.setField(firms.name_field(self.layer))
        beside = Path(str(firms.remembered(self.layer).get("folder", "")))
        folder = Path(QgsProject.instance().absolutePath() or Path.home())
        if beside.is_absolute() and beside.is_dir():
            folder = beside
        stem = "".join(char if char not in '\\/:*?"<>|' else "_" for char in self.layer.name())
        self.output.propose(folder / self._say("file", stem=stem))
        self._recall(firms.remembered(self.layer))
        self._count()

    def _recall(self, told: dict[str, Any]) -> None:
        """Ask what was asked when the table was checked."""
        if not told:
            return
        form = self.form
        form.set_activities([str(name) for name in told.get("activities", [])])
        if told.get("date"):
            form.date.setDate(QDate.fromString(told["date"], ISO))
        form.alert.setCurrentIndex(max(form.alert.findData(told.get("alert") or "unknown"), 0))
        form.facts.setText("; ".join(f"{k}={v}" for k, v in told.get("facts", {}).items()))
        form.accuracy.setValue(float(told.get("accuracy_m", form.accuracy.value())))
        if told.get("unknown_datum"):
            self.datum.setCurrentIndex(self.datum.findData("unknown"))
        own = {k: v for k, v in told.get("columns", {}).items() if k in firms.ROLES}
        columns = {**told.get("fact_columns", {}), **own}
        if columns:
            listed = tr("tables.comma", self.lang).join(str(name) for name in columns.values())
            self.asked.setText(self._say("asked.columns", columns=listed))
            self.asked.setWordWrap(True)

    def _count(self) -> None:
        count, most = self.count(), self.most.value()
        key = "about.some" if count > most else "about.all"
        told = self._say(key, n=f"{count:,}", most=f"{most:,}")
        if min(count, most) > MANY:
            told += self._say("about.many")
        self.about.setText(told)
        self.run_button.setEnabled(count > 0)

    def closeEvent(self, event: Any) -> None:
        """Stop what goes on before the window goes."""
        self.cancel()
        super().closeEvent(event)

    def _answered(self, percent: float) -> None:
        if not compat.is_deleted(self) and self.task is not None:
            self.bar.setValue(round(percent))

    def _failed(self, error: BaseException) -> None:
        self.task = None
        if not compat.is_deleted(self):
            compat.log(repr(error))
            self._idle()
            self._complain(one_line(error, self.lang))

    def _ended(self) -> None:
        if not compat.is_deleted(self) and self.task is not None and self.task.isCanceled():
            self.task = None
            self._idle()
            self.line.setText(self._say("stopped"))

    def _busy(self, line: str) -> None:
        self.content.setEnabled(False)
        self.run_button.setEnabled(False)
        self.bar.setValue(0)
        self.bar.show()
        self.stop_button.show()
        self.line.setText(line)

    def _idle(self) -> None:
        self.content.setEnabled(True)
        self.run_button.setEnabled(True)
        self.bar.hide()
        self.stop_button.hide()
        self.line.setText("")

    def _complain(self, line: str) -> None:
        self.problem.setText(line)
        self.problem.setVisible(bool(line))

    def _say(self, key: str, **args: object) -> str:
        return tr(f"atlas.{key}", self.lang, **args)
