"""What the windows have in common that make one file in the background and then close."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from . import compat
from .asking import one_line
from .labels import boxed_label, plain_label
from .tables.files import FileLine
from .tables.work import without_options
from .tasks import CoreTask, start
from .texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class SavingDialog(QDialog):
    """A form above, what goes on below it; ``packagesWanted(names)``: the file needs more.

    ``KEY`` begins its texts: title, task, working, stop, stopped, close, lacks, replace and its
    own. A subclass fills ``body`` before it calls :meth:`lay_out`.
    """

    packagesWanted = pyqtSignal(list)
    KEY = ""
    KINDS: Sequence[str] = ()  # suffixes of the file

    def __init__(self, lang: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setWindowTitle(self.say("title"))
        self.task: CoreTask | None = None
        self.body = QWidget()
        self.output = FileLine(f"{self.KEY}.output", self.KINDS, lang)
        self.problem = boxed_label("failed")
        self.bar, self.status = QProgressBar(), plain_label()
        self.go_button = QPushButton(self.say(action))
        self.go_button.setDefault(True)
        self.stop_button = QPushButton(self.say("stop"))
        self.close_button = QPushButton(self.say("close"))
        for button in (self.stop_button, self.close_button):
            button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self.close)

    def lay_out(self) -> None:
        """Put the form above what goes on and the buttons."""
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.stop_button, self.go_button, self.close_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self.body)
        column.addStretch(1)
        for widget in (self.problem, self.bar, self.status):
            column.addWidget(widget)
        column.addLayout(foot)
        self._busy(False)

    def say(self, key: str, **args: object) -> str:
        """Return this window's text."""
        return tr(f"{self.KEY}.{key}", self.lang, **args)

    def complain(self, line: str) -> None:
        """Show a line of what is wrong, or nothing for an empty one."""
        self.problem.setText(line)
        self.problem.setVisible(bool(line))

    # -- the file ---------------------------------------------------------------------------

    def folder(self) -> Path:
        """Return where the last file went, else beside the project, else the home folder."""
        kept = Path(str(QgsSettings().value(f"zonerules/{self.KEY}/folder", "") or ""))
        if kept.is_absolute() and kept.is_dir():
            return kept
        return Path(QgsProject.instance().absolutePath() or Path.home())

    def lacks(self, packages: Sequence[str]) -> bool:
        """Tell whether packages are missing, and offer them."""
        from .deps.gate import ready

        names = [lack.name for lack in ready(packages)]
        if names:
            self.complain(self.say("lacks", names=", ".join(names)))
            self.packagesWanted.emit(names)
        return bool(names)

    def may_write(self, path: Path) -> bool:
        """Ask before a file that is there is replaced."""
        if not path.exists():
            return True
        title, text = self.say("replace.title"), self.say("replace", name=path.name)
        yes = QMessageBox.StandardButton.Yes
        return bool(QMessageBox.question(self, title, text) == yes)

    # -- the task ---------------------------------------------------------------------------

    def carry_out(
        self,
        work: Callable[..., Any],
        *args: Any,
        path: Path,
        made: Callable[[Any], None],
        names: Mapping[str, str],
    ) -> None:
        """Run ``work(*args, progress=…)`` in the background, which writes ``path``.

        ``made(result)`` is called before the window closes; ``names``: what people see of the
        options that an error of jobs names.
        """

        def done(result: Any) -> None:
            self.task = None
            if compat.is_deleted(self):
                return
            QgsSettings().setValue(f"zonerules/{self.KEY}/folder", str(path.absolute().parent))
            self._busy(False)
            made(result)
            self.accept()

        def failed(error: BaseException) -> None:
            self.task = None
            if not compat.is_deleted(self):
                compat.log(repr(error))
                self._busy(False)
                self.complain(without_options(one_line(error, self.lang), names))

        task = CoreTask(self.say("task"), work, *args, done=done, failed=failed)
        task.progressChanged.connect(self._progress)
        task.taskTerminated.connect(self._ended)
        self.task = task
        self._busy(True)
        start(task)

    def cancel(self) -> None:
        """Stop; there is no new file then."""
        if self.task is not None:
            self.task.cancel()

    def closeEvent(self, event: Any) -> None:
        """Stop what goes on before the window goes."""
        self.cancel()
        super().closeEvent(event)

    def _progress(self, percent: float) -> None:
        if not compat.is_deleted(self) and self.task is not None:
            self.bar.setValue(round(percent))

    def _ended(self) -> None:
        if not compat.is_deleted(self) and self.task is not None and self.task.isCanceled():
            self.task = None
            self._busy(False)
            self.status.setText(self.say("stopped"))

    def _busy(self, busy: bool) -> None:
        self.body.setEnabled(not busy)
        self.go_button.setEnabled(not busy)
        self.bar.setValue(0)
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.status.setText(self.say("working") if busy else "")
