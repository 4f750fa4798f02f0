"""The lint of catalogue and overlay, run in the background and listed with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from .. import compat
from ..deps.needs import CHECK
from ..tasks import CoreTask, start
from ..texts import tr

if TYPE_CHECKING:
    from ...jobs.progress import Progress

PACKAGE = Path(__file__).resolve().parents[2]
MARKS = {"error": "✖", "warning": "!"}


def examined(overlay: str | None, progress: Progress) -> list[dict[str, Any]]:
    """Return the findings of the shipped catalogue and of the overlay folder, if there is one.

    Each has "root", the folder that its "file" is in. Raises ImportError where PyYAML or
    jsonschema are missing, and OSError for a folder that cannot be read.
    """
    from ...jobs.lint.folder import is_folder
    from ...jobs.lint.run import lint

    roots = [PACKAGE]
    if overlay and is_folder(Path(overlay)):
        roots.insert(0, Path(overlay))
    found = []
    for number, root in enumerate(roots):

        def share(done: float, note: str, number: int = number) -> None:
            progress((number + done) / len(roots), note)

        found += [{**row, "root": str(root)} for row in lint(root, progress=share)]
    return found


class Checks(QWidget):
    """The button, the progress and the list; ``record_wanted(id)`` when one is double-clicked."""

    record_wanted = pyqtSignal(str)
    packages_wanted = pyqtSignal(list)  # names of packages without which there is no check

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.findings: list[dict[str, Any]] | None = None
        self._task: CoreTask | None = None
        self._trouble = ""
        self.run = QPushButton()
        self.stop = QPushButton()
        self.stop.setEnabled(False)
        self.progress = QProgressBar()
        self.progress.setVisible(False)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setWordWrap(True)
        self.list.setUniformRowHeights(False)
        self.list.setHeaderHidden(True)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._wanted)
        buttons = QHBoxLayout()
        buttons.addWidget(self.run)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(buttons)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        self.stop.clicked.connect(self.cancel)
        self.set_language(lang)

    def set_language(self, lang: str) -> None:
        """Put every word into ``zh`` or ``en``."""
        self.lang = lang
        self.run.setText(tr("keeper.check", lang))
        self.run.setToolTip(tr("keeper.check.tip", lang))
        self.stop.setText(tr("keeper.stop", lang))
        self.list.setAccessibleName(tr("keeper.tab.checks", lang))
        self._show()

    def begin(self, overlay: str | None) -> None:
        """Start the check in the background; does nothing while one runs."""
        if self._task is not None:
            return
        self._trouble, self.findings = "", None
        self._busy(True)
        self._task = CoreTask(
            tr("keeper.check.task", self.lang),
            examined,
            overlay,
            done=self._done,
            failed=self._failed,
        )
        self._task.progressChanged.connect(lambda share: self.progress.setValue(int(share)))
        self._task.taskTerminated.connect(self._ended)
        start(self._task)
        self._show()

    def cancel(self) -> None:
        """Stop the check, if one runs."""
        if self._task is not None:
            self._task.cancel()

    def outdated(self) -> None:
        """Forget what was found: catalogue or overlay are others now."""
        self.findings = None
        self._show()

    def _done(self, findings: list[dict[str, Any]]) -> None:
        self.findings = findings
        self._ended()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, ImportError):
            name = error.name or str(error)
            self._trouble = tr("keeper.check.missing", self.lang, module=name)
            self.packages_wanted.emit(list(CHECK))
        else:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            self._trouble = tr("keeper.check.failed", self.lang, reason=reason)
            compat.log(self._trouble)
        self._ended()

    def _ended(self) -> None:
        self._task = None
        self._busy(False)
        self._show()

    def _busy(self, busy: bool) -> None:
        self.run.setEnabled(not busy)
        self.stop.setEnabled(busy)
        self.progress.setValue(0)
        self.progress.setVisible(busy)

    def _show(self) -> None:
        self.list.clear()
        if self._task is not None:
            self.summary.setText(tr("keeper.check.running", self.lang))
        elif self._trouble:
            self.summary.setText(self._trouble)
        elif self.findings is None:
            self.summary.setText(tr("keeper.check.none_yet", self.lang))
        else:
            errors = sum(row["severity"] == "error" for row in self.findings)
            figures = {"errors": errors, "warnings": len(self.findings) - errors}
            key = "keeper.check.found" if self.findings else "keeper.check.clean"
            self.summary.setText(tr(key, self.lang, **figures))
            self._fill()

    def _fill(self) -> None:
        for row in self.findings or ():
            line = f":{row['line']}" if row["line"] else ""
            mark = MARKS[row["severity"]]
            severity = tr(f"keeper.severity.{row['severity']}", self.lang)
            what = row["what"] + (f" → {row['expected']}" if row["expected"] else "")
            record = f" · {row['record']}" if row["record"] else ""
            place = f"{mark} {severity}  {row['file']}{line}{record}"
            item = QTreeWidgetItem([f"{place}\n     {what}"])
            item.setToolTip(0, str(Path(row["root"]) / row["file"]))
            item.setData(0, Qt.ItemDataRole.UserRole, row["record"] or "")
            self.list.addTopLevelItem(item)

    def _wanted(self, item: QTreeWidgetItem) -> None:
        record = item.data(0, Qt.ItemDataRole.UserRole)
        if record:
            self.record_wanted.emit(record)
