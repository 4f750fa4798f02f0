"""The window that saves the answer that is shown: name, format, language, file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .. import compat, settings
from ..asking import one_line
from ..labels import boxed_label, plain_label
from ..tables.files import FileLine
from ..tables.work import without_options
from ..tasks import CoreTask, start
from ..texts import LANGUAGES, tr
from . import work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...rules.model import Book

FOLDER, FORM = "zonerules/extract/folder", "zonerules/extract/form"
SIZE = (560, 320)
NAMED = {"--font": "ZONERULES_FONT"}  # what stands here for an option that jobs names
LONGEST = 40  # characters of a name in the name of the file


class ExtractDialog(QDialog):
    """``saved(path)``: the file is there. ``packagesWanted(names)``: a PDF needs more."""

    saved = pyqtSignal(str)
    packagesWanted = pyqtSignal(list)

    def __init__(
        self, answer: Mapping[str, Any], book: Book, lang: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesExtract")
        self.setWindowTitle(tr("extract.title", lang))
        self.answer, self.lang = answer, lang
        self.task: CoreTask | None = None
        self._make()
        self._lay_out()
        self._fill(book)
        self._connect()
        self.resize(*SIZE)

    # -- what is wanted ---------------------------------------------------------------------

    def form(self) -> str:
        """pdf, html or json."""
        return str(self.format.currentData())

    def propose(self) -> None:
        """Name a file after place and day that is not there yet, unless the user named one."""
        query = self.answer["query"]
        title = self.name.text().strip()[:LONGEST] or _place(query, "_")
        plain = "".join(char if char.isalnum() or char in "-." else " " for char in title)
        told = {"place": "_".join(plain.split()), "date": query["date"], "form": self.form()}
        path = _folder() / tr("extract.file", self.lang, **told)
        if self.output.touched:
            named = self.output.path()
            if named is not None and named.suffix.lower()[1:] in work.FORMS:
                self.output.line.setText(str(named.with_suffix(f".{self.form()}")))
            return
        self.output.propose(_free(path))

    def order(self) -> work.Order | None:
        """The extract that is set up; None, after telling why, without a file."""
        path = self.output.path()
        if path is None:
            self._complain(self._say("need.output"))
            return None
        if path.suffix.lower() != f".{self.form()}":
            path = path.with_name(f"{path.name}.{self.form()}")
        return work.Order(
            self.answer,
            path,
            self.form(),
            str(self.language.currentData()),
            self.name.text().strip(),
            self.everything.isChecked(),
        )

    # -- saving -----------------------------------------------------------------------------

    def save(self) -> None:
        """Write the file in the background."""
        self._complain("")
        order = self.order()
        if order is None or self._lacks() or not self._may_write(order.path):
            return
        task = CoreTask(
            self._say("task"),
            work.save,
            settings.data_folder(),
            order,
            done=lambda _number: self._saved(order),
            failed=self._failed,
        )
        task.taskTerminated.connect(self._ended)
        self.task = task
        self._busy(True)
        start(task)

    def cancel(self) -> None:
        """Stop; there is no new file then."""
        if self.task is not None:
            self.task.cancel()

    def _saved(self, order: work.Order) -> None:
        self.task = None
        if compat.is_deleted(self):
            return
        QgsSettings().setValue(FOLDER, str(order.path.absolute().parent))
        QgsSettings().setValue(FORM, order.form)
        self._busy(False)
        self.saved.emit(str(order.path))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.task = None
        if not compat.is_deleted(self):
            compat.log(repr(error))
            self._busy(False)
            self._complain(without_options(one_line(error, self.lang), NAMED))

    def _ended(self) -> None:
        if not compat.is_deleted(self) and self.task is not None and self.task.isCanceled():
            self.task = None
            self._busy(False)
            self.status.setText(self._say("stopped"))

    def _lacks(self) -> bool:
        """Tell whether packages are missing, and offer them."""
        if self.form() != "pdf":
            return False
        from ..deps.gate import ready
        from ..deps.needs import PDF

        names = [lack.name for lack in ready(PDF)]
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
        self.about = plain_label()
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.setPlaceholderText(self._say("name.hint"))
        self.format, self.language = QComboBox(), QComboBox()
        self.everything = QCheckBox(self._say("all"))
        self.output = FileLine("extract.output", work.FORMS, self.lang)
        self.problem = boxed_label("failed")
        self.problem.hide()
        self.bar, self.status = QProgressBar(), plain_label()
        self.bar.setRange(0, 0)  # how long drawing and fonts take, nobody knows
        self.save_button = QPushButton(self._say("save"))
        self.save_button.setDefault(True)
        self.stop_button = QPushButton(self._say("stop"))
        self.close_button = QPushButton(self._say("close"))
        for button in (self.stop_button, self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        self.content = QWidget()
        rows = QFormLayout(self.content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self.about)
        for key, widget in (
            ("name", self.name),
            ("form", self.format),
            ("language", self.language),
            ("output", self.output),
        ):
            rows.addRow(self._say(key), widget)
            widget.setAccessibleName(self._say(key).partition("(&")[0].replace("&", ""))
        rows.insertRow(4, "", self.everything)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.stop_button, self.save_button, self.close_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self.content)
        column.addStretch(1)
        for widget in (self.problem, self.bar, self.status):
            column.addWidget(widget)
        column.addLayout(foot)
        self._busy(False)

    def _fill(self, book: Book) -> None:
        query = self.answer["query"]
        activity = query["activity"]
        told = book.activities[activity][self.lang] if activity else self._say("any")
        place = _place(query, ", ")
        self.about.setText(self._say("about", place=place, date=query["date"], activity=told))
        for form in work.FORMS:
            self.format.addItem(self._say(f"form.{form}"), form)
        kept = self.format.findData(QgsSettings().value(FORM, work.FORMS[0]))
        self.format.setCurrentIndex(max(kept, 0))
        for lang, label in LANGUAGES.items():
            self.language.addItem(label, lang)
        self.language.setCurrentIndex(self.language.findData(self.lang))
        self.propose()

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda _: self.propose())
        self.format.currentIndexChanged.connect(lambda _: self.propose())
        self.output.changed.connect(self._take_form)
        self.save_button.clicked.connect(self.save)
        self.stop_button.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self.close)

    def _take_form(self) -> None:
        """Another suffix is another format."""
        path = self.output.path()
        at = self.format.findData(path.suffix.lower()[1:]) if path is not None else -1
        if at >= 0:
            self.format.setCurrentIndex(at)

    def closeEvent(self, event: Any) -> None:
        """Stop what goes on before the window goes."""
        self.cancel()
        super().closeEvent(event)

    def _busy(self, busy: bool) -> None:
        self.content.setEnabled(not busy)
        self.save_button.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.status.setText(self._say("working") if busy else "")

    def _complain(self, line: str) -> None:
        self.problem.setText(line)
        self.problem.setVisible(bool(line))

    def _say(self, key: str, **args: object) -> str:
        return tr(f"extract.{key}", self.lang, **args)


def _place(query: Mapping[str, Any], between: str) -> str:
    return between.join(f"{query[name]:.6f}".rstrip("0").rstrip(".") for name in ("lon", "lat"))


def _folder() -> Path:
    """Where the last extract went, else beside the project, else the home folder."""
    kept = Path(str(QgsSettings().value(FOLDER, "") or ""))
    if kept.is_absolute() and kept.is_dir():
        return kept
    return Path(QgsProject.instance().absolutePath() or Path.home())


def _free(path: Path) -> Path:
    """The path, or the next one with a number that no file has."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found
