"""Where the user's own shapes shall be kept: asked once, when there are the first ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox

from .texts import tr

if TYPE_CHECKING:
    from qgis.PyQt.QtWidgets import QWidget


def ask_folder(parent: QWidget, lang: str) -> str | None:
    """Return the folder that the user chose; None for no."""
    proposed = str(Path(QgsApplication.qgisSettingsDirPath()) / "zonerules" / "data")
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("plugin", lang))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("keeper.ask_folder", lang, folder=proposed))
    roles = QMessageBox.ButtonRole
    here = box.addButton(tr("keeper.ask_folder.here", lang), roles.AcceptRole)
    other = box.addButton(tr("keeper.ask_folder.other", lang), roles.ActionRole)
    box.addButton(tr("keeper.cancel", lang), roles.RejectRole)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    if pressed is here:
        return proposed
    if pressed is not other:
        return None
    title = tr("keeper.ask_folder.title", lang)
    return QFileDialog.getExistingDirectory(parent, title) or None
