"""The window that saves the answer that is shown: name, format, language, file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from .. import settings
from ..labels import plain_label
from ..saving import SavingDialog
from ..texts import LANGUAGES
from . import work

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ...rules.model import Book

FORM = "zonerules/extract/form"
SIZE = (560, 320)
NAMED = {"--font": "ZONERULES_FONT"}  # what stands here for an option that jobs names
LONGEST = 40  # characters of a name in the name of the file


class ExtractDialog(SavingDialog):
    """``saved(path)``: the file is there. A PDF needs more packages."""

    saved = pyqtSignal(str)
    KEY, KINDS = "extract", work.FORMS

    def __init__(
        self, answer: Mapping[str, Any], book: Book, lang: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(lang, "save", parent)
        self.setObjectName("ZoneRulesExtract")
        self.answer = answer
        self._make()
        self._fill_body()
        self.lay_out()
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
        path = self.folder() / self.say("file", **told)
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
            self.complain(self.say("need.output"))
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
        self.complain("")
        order = self.order()
        if order is None or self._lacks() or not self.may_write(order.path):
            return
        self.carry_out(
            work.save,
            settings.data_folder(),
            order,
            path=order.path,
            made=lambda _number: self._saved(order),
            names=NAMED,
        )

    def _saved(self, order: work.Order) -> None:
        QgsSettings().setValue(FORM, order.form)
        self.saved.emit(str(order.path))

    def _lacks(self) -> bool:
        """Tell whether packages are missing, and offer them."""
        if self.form() != "pdf":
            return False
        from ..deps.needs import PDF

        return self.lacks(PDF)

    # -- parts ------------------------------------------------------------------------------

    def _make(self) -> None:
        self.about = plain_label()
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.setPlaceholderText(self.say("name.hint"))
        self.format, self.language = QComboBox(), QComboBox()
        self.everything = QCheckBox(self.say("all"))
        self.bar.setRange(0, 0)  # how long drawing and fonts take, nobody knows

    def _fill_body(self) -> None:
        rows = QFormLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self.about)
        for key, widget in (
            ("name", self.name),
            ("form", self.format),
            ("language", self.language),
            ("output", self.output),
        ):
            rows.addRow(self.say(key), widget)
            widget.setAccessibleName(self.say(key).partition("(&")[0].replace("&", ""))
        rows.insertRow(4, "", self.everything)

    def _fill(self, book: Book) -> None:
        query = self.answer["query"]
        activity = query["activity"]
        told = book.activities[activity][self.lang] if activity else self.say("any")
        place = _place(query, ", ")
        self.about.setText(self.say("about", place=place, date=query["date"], activity=told))
        for form in work.FORMS:
            self.format.addItem(self.say(f"form.{form}"), form)
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
        self.go_button.clicked.connect(self.save)

    def _take_form(self) -> None:
        """Another suffix is another format."""
        path = self.output.path()
        at = self.format.findData(path.suffix.lower()[1:]) if path is not None else -1
        if at >= 0:
            self.format.setCurrentIndex(at)


def _place(query: Mapping[str, Any], between: str) -> str:
    return between.join(f"{query[name]:.6f}".rstrip("0").rstrip(".") for name in ("lon", "lat"))


def _free(path: Path) -> Path:
    """The path, or the next one with a number that no file has."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found
