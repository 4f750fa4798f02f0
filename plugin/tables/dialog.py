"""The window in which a table of enterprises is checked: set up, run, see what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingUtils
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from .. import compat, settings
from ..asking import Refusal, one_line
from ..geocode import keys, leave
from ..labels import boxed_label
from ..tasks import CoreTask, start
from ..texts import tr
from . import packages, work
from .layerfile import of_layer
from .pace import Pace
from .results import ResultPage
from .setup import SetupPage

if TYPE_CHECKING:
    from ..asking import Asker
    from .setup import Order
    from .work import Finished

SIZE = (1000, 860)
LOOK_MS = 200  # between two looks at how far the work is
# what people see of the options that jobs names
LABELS = {
    "--accuracy-col": "role.accuracy",
    "--activity": "option.activity",
    "--address-col": "role.address",
    "--alert": "option.alert",
    "--alert-col": "role.alert",
    "--crs": "datum.crs",
    "--date": "option.date",
    "--date-col": "role.date",
    "--datum": "option.datum",
    "--delimiter": "delimiter",
    "--encoding": "encoding",
    "--fact": "option.facts",
    "--fact-col": "option.fact_columns",
    "--geocoder": "geocoder",
    "--keep-formulas": "formulas",
    "--lat": "role.lat",
    "--layer": "sheet",
    "--lon": "role.lon",
    "--name-col": "role.name",
    "--place-col": "role.place",
    "--resume": "resume",
    "--review": "review",
    "--within": "within",
    "-o": "option.output",
}


class TableDialog(QDialog):
    """``packagesWanted(names)``: what the table needs is not there. ``resultWanted(action, order,
    finished)``: what to do with a result, an action of ``results.ACTIONS``."""

    packagesWanted = pyqtSignal(list)
    resultWanted = pyqtSignal(str, object, object)

    def __init__(self, asker: Asker, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesTable")
        self.setWindowTitle(tr("tables.title", lang))
        self.asker, self.lang = asker, lang
        self.task: CoreTask | None = None
        self.finished_run: Finished | None = None
        self.order: Order | None = None
        self._pace = Pace(lang)
        self._make()
        self._lay_out()
        self._connect()
        self.resize(*SIZE)
        self._fill()

    # -- looking at the table ---------------------------------------------------------------

    def look(self) -> None:
        """Read the first rows of what was chosen."""
        path, layer = self.setup.source.path(), self.setup.source.layer()
        if path is None and layer is None:
            self.setup.show_preview(None)
            return
        if self._lacks([path]):
            self.setup.show_preview(None)
            return
        given = path if path is not None else of_layer(layer)
        self._work(
            self._say("looking"),
            work.look_afresh,
            (settings.data_folder(), given, self.setup.reading()),
            self._looked,
            lambda line: self.setup.show_preview(None, line),
        )

    def _looked(self, found: Any) -> None:
        self.setup.show_preview(found)
        self._judge()

    # -- running ----------------------------------------------------------------------------

    def run(self) -> None:
        """Start the check that is set up."""
        try:
            order = self.setup.order()
        except Refusal as refusal:
            self.setup.form.set_problem(str(refusal))
            return
        self.setup.form.set_problem("")
        points = None
        if order.on_map:
            points = Path(QgsProcessingUtils.generateTempFilename(f"{order.output.stem}.gpkg"))
        files = [order.source, order.output, order.review, points]
        if self._lacks(files) or not self._may_write(order):
            return
        try:
            key = self._key(order)
        except Refusal as refusal:
            self._complain(str(refusal))
            return
        self.order, self._pace = order, Pace(self.lang)
        layer = order.layer if order.source is None else None
        self._work(
            self._say("running"),
            work.check_afresh,
            (
                settings.data_folder(),
                order.source if layer is None else of_layer(layer),
                order._replace(layer=None),
                points,
                self.lang,
                self._pace,
                key,
            ),
            self._ran,
            self._complain,
        )

    def cancel(self) -> None:
        """Stop the work that goes on; nothing half done is left."""
        if self.task is not None:
            self.task.cancel()
            self.progress_line.setText(self._say("stopping"))

    def _ran(self, done: Finished) -> None:
        self.finished_run = done
        labels = {option: tr(f"tables.{key}", self.lang) for option, key in LABELS.items()}
        self.results.show_result(done, labels)
        self.pages.setCurrentWidget(self.results)
        self._judge()
        if self.order is not None and self.order.on_map and done.layer is not None:
            self.resultWanted.emit("map", self.order, done)

    # -- parts ------------------------------------------------------------------------------

    def _make(self) -> None:
        self.setup, self.results = SetupPage(self.lang), ResultPage(self.lang)
        self.pages = QStackedWidget()
        self.problem = boxed_label("failed")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.progress_line, self.need = QLabel(), QLabel()
        self.run_button = QPushButton(self._say("run"))
        self.run_button.setDefault(True)
        self.stop_button = QPushButton(self._say("stop"))
        self.close_button = QPushButton(self._say("close"))
        for button in (self.stop_button, self.close_button):
            button.setAutoDefault(False)
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self.setup)
        self.pages.addWidget(scroll)
        self.pages.addWidget(self.results)
        foot = QHBoxLayout()
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.progress_line, 1)
        foot.addWidget(self.need)
        for button in (self.stop_button, self.run_button, self.close_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        for widget in (self.pages, self.problem):
            column.addWidget(widget, 1 if widget is self.pages else 0)
        column.addLayout(foot)
        self._idle()

    def _connect(self) -> None:
        self.setup.sourceChanged.connect(self.look)
        self.setup.changed.connect(self._judge)
        self.setup.form.severalWanted.connect(self._pick_several)
        self.results.wanted.connect(self._wanted)
        self.run_button.clicked.connect(self.run)
        self.stop_button.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self.close)
        self._watch.timeout.connect(self._tell_progress)

    def _fill(self) -> None:
        try:
            self.setup.fill(self.asker.catalogue(self.lang))
        except Refusal as refusal:
            self._complain(str(refusal))
        self._judge()

    def showEvent(self, event: Any) -> None:
        """Offer the service that is set by now; the choice starts offline."""
        self.setup.offer_service(settings.geocoder())
        super().showEvent(event)

    def closeEvent(self, event: Any) -> None:
        """Stop what goes on before the window goes."""
        self.cancel()
        super().closeEvent(event)

    def _wanted(self, action: str) -> None:
        if action == "back":
            self.pages.setCurrentIndex(0)
            self._judge()
        else:
            self.resultWanted.emit(action, self.order, self.finished_run)

    def _pick_several(self) -> None:
        from ..processing.choices import Item, PickDialog

        form = self.setup.form
        items = [Item(key, label) for key, label in form.activities()]
        chosen = str(form.activity.currentData() or "").split(";")
        dialog = PickDialog(items, [name for name in chosen if name], self.lang, self)
        if dialog.exec():
            form.set_activities(dialog.picked())

    def _may_write(self, order: Order) -> bool:
        """Ask before a file that is there is replaced."""
        there = [path.name for path in (order.output, order.review) if path and path.exists()]
        if not there:
            return True
        names = tr("tables.comma", self.lang).join(there)
        title, text = self._say("replace.title"), self._say("replace", names=names)
        yes = QMessageBox.StandardButton.Yes
        return bool(QMessageBox.question(self, title, text) == yes)

    def _key(self, order: Order) -> str:
        """The key of the service that the addresses are sent to, once the user has agreed to that;
        empty where nothing is sent. Raises Refusal."""
        service, within = order.options["geocoder"], order.options["within"]
        if not service:
            return ""
        what = leave.of_column(order.columns["address"], within or "", self.lang)
        if not leave.ask(service, what, self.lang, self):
            raise Refusal(tr("geocode.not_sent", self.lang))
        return keys.key_of(service, self.lang)

    def _lacks(self, files: list[Path | None]) -> bool:
        """Tell whether packages are missing, and offer them."""
        names = packages.missing(files)
        if names:
            self._complain(self._say("needs", names=", ".join(names)))
            self.packagesWanted.emit(names)
        return bool(names)

    # -- work in the background -------------------------------------------------------------

    def _work(self, title: str, what: Any, args: tuple[Any, ...], done: Any, failed: Any) -> None:
        self.cancel()
        self._complain("")

        def gone(error: BaseException) -> None:
            compat.log(repr(error))
            names = {option: tr(f"tables.{key}", self.lang) for option, key in LABELS.items()}
            failed(work.without_options(one_line(error, self.lang), names))

        task = CoreTask(
            title,
            what,
            *args,
            done=lambda result: done(result) if self._is(task) else None,
            failed=lambda error: gone(error) if self._is(task) else None,
        )
        task.taskCompleted.connect(lambda: self._ended(task))
        task.taskTerminated.connect(lambda: self._ended(task))
        self.task = task
        self.bar.setValue(0)
        self.bar.show()
        self.stop_button.show()
        self.run_button.setEnabled(False)
        self.pages.setEnabled(False)
        self.progress_line.setText(title)
        self.need.setText("")
        self._watch.start()
        start(task)

    def _is(self, task: CoreTask) -> bool:
        """Whether a task is still the one that is waited for, and somebody is there to wait."""
        return not compat.is_deleted(self) and self.task in (task, None)

    def _ended(self, task: CoreTask) -> None:
        if compat.is_deleted(self) or self.task is not task:
            return
        cancelled = task.isCanceled()
        self.task = None
        self._idle()
        if cancelled:
            kept = self.order is not None and self.order.options["resume"]
            self.progress_line.setText(self._say("stopped.kept" if kept else "stopped"))
        self._judge()

    def _idle(self) -> None:
        self._watch.stop()
        self.bar.hide()
        self.stop_button.hide()
        self.progress_line.setText("")
        self.pages.setEnabled(True)

    def _tell_progress(self) -> None:
        if self.task is None or self.task.isCanceled():
            return
        self.bar.setValue(round(100 * self._pace.share))
        if self._pace.rows or self._pace.sent:
            self.progress_line.setText(self._pace.told())

    def _judge(self) -> None:
        """Say what is still needed, and let the check run when nothing is."""
        at_setup = self.pages.currentIndex() == 0
        self.run_button.setVisible(at_setup)
        if self.task is not None:
            return
        need = self.setup.problem()
        self.run_button.setEnabled(at_setup and not need)
        self.run_button.setToolTip(need)
        self.need.setText(need if at_setup else "")

    def _complain(self, line: str) -> None:
        self.problem.setText(line)
        self.problem.setVisible(bool(line))

    def _say(self, key: str, **args: object) -> str:
        return tr(f"tables.{key}", self.lang, **args)
