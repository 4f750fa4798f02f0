"""The window that exports the web map: what it holds, how it opens, where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .. import compat, settings
from ..asking import Refusal, one_line
from ..labels import boxed_label, plain_label
from ..tables.files import FileLine
from ..tables.work import without_options
from ..tasks import CoreTask, run_core, start
from ..texts import tr
from . import work
from .base import BaseForm
from .content import ContentForm
from .form import StartForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..asking import Asker

SIZE = (660, 600)
FOLDER = "zonerules/webmap/folder"
# what people see of the options that jobs names
LABELS = {
    "--assets": "webmap.assets",
    "--datum": "webmap.datum",
    "--document": "webmap.documents",
    "--enterprises": "webmap.firms",
    "--tianditu-key-env": "webmap.key",
    "--tiles": "webmap.tiles",
    "-o": "webmap.output",
}


class WebMapDialog(QDialog):
    """``written(Made)``: the page is there. ``packagesWanted(names)``: what it needs is not."""

    written = pyqtSignal(object)
    packagesWanted = pyqtSignal(list)

    def __init__(self, asker: Asker, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesWebMap")
        self.setWindowTitle(tr("webmap.title", lang))
        self.asker, self.lang = asker, lang
        self.task: CoreTask | None = None
        self._make()
        self._lay_out()
        self._connect()
        self._propose()
        self.resize(*SIZE)

    def start_with(self, query: Mapping[str, Any] | None, layer: Any) -> None:
        """Take the question that the panel answered, and the layer that is looked at."""
        if query is not None:
            self.start.start_with(query)
        self.content_form.prefer(layer)

    # -- exporting --------------------------------------------------------------------------

    def order(self) -> work.Order:
        """What is set up. Raises Refusal."""
        path = self.output.path()
        if path is None:
            raise Refusal(self._say("need.output"))
        if path.suffix.lower() not in work.OPENING:
            raise Refusal(self._say("need.suffix", name=path.name))
        content, base = self.content_form, self.base
        return work.Order(
            output=path,
            lang=str(content.language.currentData()),
            documents=tuple(filter(None, content.documents.get().split(";"))),
            date=self.start.day(),
            activity=self.start.activity.currentData(),
            alert=self.start.alert_level(),
            title=content.title.text().strip() or None,
            firms=content.firms(),
            base=base.wanted(),
            key=base.key(),
            tiles=base.tiles.text().strip() or None,
            assets=base.assets(),
        )

    def run(self) -> None:
        """Export in the background."""
        self._complain("")
        if self._lacks():
            return
        try:
            order = self.order()
        except Refusal as refusal:
            self._complain(str(refusal))
            return
        if not self._may_write(order.output):
            return
        task = CoreTask(
            self._say("task"),
            work.make,
            settings.data_folder(),
            order,
            done=self._done,
            failed=self._failed,
        )
        task.progressChanged.connect(self._progress)
        task.taskTerminated.connect(self._ended)
        self.task = task
        self._busy(True)
        start(task)

    def cancel(self) -> None:
        """Stop; there is no new file then."""
        if self.task is not None:
            self.task.cancel()

    def _done(self, made: work.Made) -> None:
        self.task = None
        if compat.is_deleted(self):
            return
        QgsSettings().setValue(FOLDER, str(made.path.absolute().parent))
        self.base.remember()
        self._busy(False)
        self.written.emit(made)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.task = None
        if not compat.is_deleted(self):
            compat.log(repr(error))
            self._busy(False)
            names = {
                option: tr(key, self.lang).partition("(&")[0].replace("&", "")
                for option, key in LABELS.items()
            }
            self._complain(without_options(one_line(error, self.lang), names))

    def _ended(self) -> None:
        if not compat.is_deleted(self) and self.task is not None and self.task.isCanceled():
            self.task = None
            self._busy(False)
            self.status.setText(self._say("stopped"))

    def _progress(self, percent: float) -> None:
        if not compat.is_deleted(self) and self.task is not None:
            self.bar.setValue(round(percent))

    def _lacks(self) -> bool:
        """Tell whether packages are missing, and offer them."""
        from ..deps.gate import ready
        from ..deps.needs import WEB_MAP

        names = [lack.name for lack in ready(WEB_MAP)]
        if names:
            self._complain(self._say("lacks", names=", ".join(names)))
            self.packagesWanted.emit(names)
        return bool(names)

    def _may_write(self, path: Path) -> bool:
        """Ask before a file that is there is replaced."""
        if not path.exists():
            return True
        title, text = self._say("replace.title"), self._say("replace", name=path.name)
        yes = QMessageBox.StandardButton.Yes
        return bool(QMessageBox.question(self, title, text) == yes)

    # -- parts ------------------------------------------------------------------------------

    def _make(self) -> None:
        lang = self.lang
        self.problem = boxed_label("failed")
        self.problem.hide()
        catalogue = None
        try:
            catalogue = self.asker.catalogue(lang)
        except Refusal as refusal:
            self._complain(str(refusal))
        self.intro = plain_label()
        self.intro.setText(self._say("intro"))
        self.content_form = ContentForm(catalogue, lang)
        self.start = StartForm(lang)
        if catalogue is not None:
            self.start.fill(catalogue.data)
        self.base = BaseForm(run_core(work.assets_at_hand, None), lang)
        self.output = FileLine("webmap.output", ("html",), lang)
        self.bar, self.status = QProgressBar(), plain_label()
        self.run_button = QPushButton(self._say("run"))
        self.run_button.setDefault(True)
        self.stop_button = QPushButton(self._say("stop"))
        self.close_button = QPushButton(self._say("close"))
        for button in (self.stop_button, self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        self.body = QWidget()
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.intro)
        for key, widget in (
            ("content", self.content_form),
            ("start", self.start),
            ("base", self.base),
        ):
            box = QGroupBox(self._say(f"group.{key}"))
            QVBoxLayout(box).addWidget(widget)
            inner.addWidget(box)
        last = QFormLayout()
        last.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        last.addRow(self._say("output"), self.output)
        inner.addLayout(last)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.stop_button, self.run_button, self.close_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self.body)
        column.addStretch(1)
        for widget in (self.problem, self.bar, self.status):
            column.addWidget(widget)
        column.addLayout(foot)
        self._busy(False)

    def _connect(self) -> None:
        self.base.changed.connect(self._grow)
        self.content_form.changed.connect(self._grow)
        self.run_button.clicked.connect(self.run)
        self.stop_button.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self.close)

    def _propose(self) -> None:
        """A file beside the last one, or beside the project."""
        kept = Path(str(QgsSettings().value(FOLDER, "") or ""))
        folder = Path(QgsProject.instance().absolutePath() or Path.home())
        if kept.is_absolute() and kept.is_dir():
            folder = kept
        self.output.propose(folder / self._say("file"))

    def _grow(self) -> None:
        """Give rows that came the room they need."""
        QTimer.singleShot(0, lambda: self.resize(self.size().expandedTo(self.sizeHint())))

    def showEvent(self, event: Any) -> None:
        """No row is squeezed."""
        super().showEvent(event)
        self._grow()

    def closeEvent(self, event: Any) -> None:
        """Stop what goes on before the window goes."""
        self.cancel()
        super().closeEvent(event)

    def _busy(self, busy: bool) -> None:
        self.body.setEnabled(not busy)
        self.run_button.setEnabled(not busy)
        self.bar.setValue(0)
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.status.setText(self._say("working") if busy else "")

    def _complain(self, line: str) -> None:
        self.problem.setText(line)
        self.problem.setVisible(bool(line))

    def _say(self, key: str, **args: object) -> str:
        return tr(f"webmap.{key}", self.lang, **args)
