"""The dialog for an objection: what the user believes and why, kept with the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from .. import settings
from ..labels import boxed_label, plain_label
from ..texts import tr

if TYPE_CHECKING:
    from ..asking import Reply


def folder() -> Path:
    """Return where objections are kept: the user's data folder, else the profile of QGIS."""
    data = settings.data_folder()
    return Path(data) if data else Path(QgsApplication.qgisSettingsDirPath()) / "zonerules"


class ObjectionDialog(QDialog):
    """Asks for the words and writes the files; ``written`` are their paths once it was accepted."""

    def __init__(self, reply: Reply, book: Any, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reply, self._book, self._lang = reply, book, lang
        self.written: tuple[Path, Path] | None = None
        self.setWindowTitle(tr("object.title", lang))
        intro = plain_label()
        intro.setText(tr("object.intro", lang))
        self.about = QComboBox()
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.about.setSizeAdjustPolicy(policy)
        self.about.setMinimumContentsLength(24)
        self.believes, self.because = QPlainTextEdit(), QPlainTextEdit()
        self.problem = boxed_label("failed")
        fields = QFormLayout()
        for key, widget in (
            ("object.about", self.about),
            ("object.believes", self.believes),
            ("object.because", self.because),
        ):
            fields.addRow(tr(key, lang), widget)
            widget.setAccessibleName(tr(key, lang))
        for text in (self.believes, self.because):
            text.setTabChangesFocus(True)
        self._fill_about()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        for button, key in (
            (QDialogButtonBox.StandardButton.Save, "object.save"),
            (QDialogButtonBox.StandardButton.Cancel, "object.cancel"),
        ):
            self.buttons.button(button).setText(tr(key, lang))
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(intro)
        column.addLayout(fields)
        column.addWidget(self.problem)
        column.addWidget(self.buttons)
        self.resize(480, 360)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _fill_about(self) -> None:
        self.about.addItem(tr("object.whole", self._lang), "")
        answer = self._reply.answer
        for row in (*answer["zones"], *answer["rules"], *answer["sources"]):
            name = row.get("name") or row.get("summary")
            self.about.addItem(f"{row['id']}  {name.get(self._lang) or name['zh']}", row["id"])

    def _save(self) -> None:
        from ...jobs.objection import objection, write

        words = {
            "believes": self.believes.toPlainText(),
            "because": self.because.toPlainText(),
        }
        if not all(text.strip() for text in words.values()):
            self._tell(tr("object.empty", self._lang))
            return
        try:
            record = objection(
                self._reply.answer, **words, about=self.about.currentData(), lang=self._lang
            )
            self.written = write(record, self._book, folder())
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            self._tell(tr("object.failed", self._lang, reason=reason))
            return
        self.accept()

    def _tell(self, line: str) -> None:
        self.problem.setText(line)
        self.problem.show()
