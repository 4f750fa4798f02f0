"""The plugin's page in QGIS's options: language, default datum, the user's own data, services."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from . import settings
from .asking import palette
from .datafolder import BAD, DOUBTFUL, GOOD, Contents, contents
from .geocode.choice import ServiceChoice
from .host import ICONS
from .texts import LANGUAGES, tr

if TYPE_CHECKING:
    from .host import Host

TITLE = "Zone Rules"
TONES = {GOOD: "exempt", DOUBTFUL: "cannot_determine", BAD: "prohibited"}  # of the palette


class OptionsPart:
    """Offers the page to QGIS, and an entry of the plugin's menu that opens it."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._factory: OptionsFactory | None = None

    def load(self) -> None:
        """Register the page."""
        self._factory = OptionsFactory(self.host)
        self.host.iface.registerOptionsWidgetFactory(self._factory)
        self.host.action("options.settings", "", self._open)

    def unload(self) -> None:
        """Take it away."""
        self.host.iface.unregisterOptionsWidgetFactory(self._factory)
        self._factory = None

    def _open(self) -> None:
        self.host.iface.showOptionsDialog(self.host.window, TITLE)


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes a page whenever QGIS opens its options."""

    def __init__(self, host: Host) -> None:
        super().__init__()  # 3.22 takes no arguments
        self.setTitle(TITLE)
        self.setIcon(self.icon())
        self._host = host

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(ICONS / "zonerules.svg"))

    def createWidget(self, parent: QWidget | None = None) -> OptionsPage:
        """Return a new page."""
        return OptionsPage(self._host, parent)


class OptionsPage(QgsOptionsPageWidget):
    """Shows the settings and, when QGIS says so, keeps them."""

    def __init__(self, host: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(TITLE)  # by which QGIS opens this very page
        self._host = host
        self._lang = lang = host.lang
        self.language = self._combo({"": tr("options.language.qgis", lang), **LANGUAGES})
        self.language.setCurrentIndex(self.language.findData(settings.chosen_language()))
        names = {name: tr(f"search.datum.{name}", lang) for name in settings.DATUMS}
        self.datum = self._combo(names)
        self.datum.setCurrentIndex(self.datum.findData(settings.datum()))
        self.folder = QLineEdit(settings.stored_data_folder())
        self.folder.setPlaceholderText(tr("options.data.none", lang))
        self.browse = QPushButton(tr("options.data.browse", lang))
        self.clear = QPushButton(tr("options.data.clear", lang))
        self.state = QLabel()
        self.geocoder = ServiceChoice(lang)
        self._lay_out()
        self.folder.editingFinished.connect(self.check)
        self.browse.clicked.connect(self._choose)
        self.clear.clicked.connect(self._empty)
        self._checked: tuple[str, Contents] | None = None
        self.check()

    def apply(self) -> None:
        """Keep what was changed; called by QGIS for OK and Apply."""
        self._keep_folder()
        self.geocoder.apply()
        if self.datum.currentData() != settings.datum():
            settings.set_datum(self.datum.currentData())
        chosen = self.language.currentData()
        if chosen != settings.chosen_language():
            settings.set_language(chosen)
            self._host.set_language(settings.language())
            settings.set_language(chosen)  # which the host has settled on a language

    def check(self) -> Contents | None:
        """Read the folder that is typed, once, and show what is in it; None if there is none."""
        folder = self.folder.text().strip()
        self.clear.setEnabled(bool(folder))
        if not folder:
            self._checked = None
            self._say("")
            return None
        if self._checked is None or self._checked[0] != folder:
            self._checked = (folder, contents(folder, self._lang))
        found = self._checked[1]
        colour = palette()["outcome"][TONES[found.state]]["colour"]
        word = html.escape(tr(f"options.state.{found.state}", self._lang))
        lines = "<br>".join(html.escape(line) for line in found.lines)
        self._say(
            f"<table><tr><td style='background:{colour}; color:white; padding:1px 6px'>"
            f"{word}</td><td style='padding-left:8px'>{lines}</td></tr></table>"
        )
        return found

    def _keep_folder(self) -> None:
        folder = self.folder.text().strip()
        if folder == settings.stored_data_folder():
            return
        found = self.check()
        if found is not None and found.state == BAD:
            reason = " ".join(found.lines)
            self._host.complain(tr("options.data.kept", self._lang, reason=reason))
            return
        settings.set_data_folder(folder)
        self._host.reopen()

    def _choose(self) -> None:
        title = tr("options.data.title", self._lang)
        folder = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if folder:
            self.folder.setText(folder)
            self.check()

    def _empty(self) -> None:
        self.folder.clear()
        self.check()

    def _say(self, markup: str) -> None:
        self.state.setText(markup)
        self.state.setVisible(bool(markup))

    # -- looks ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        lang = self._lang
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        row.addWidget(self.clear)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        self._row(form, "options.language", self.language)
        self._row(form, "options.datum", self.datum)
        form.addRow("", self._note(tr("options.datum.note", lang)))
        label = QLabel(tr("options.data", lang))
        label.setBuddy(self.folder)
        form.addRow(label, row)
        form.addRow("", self.state)
        form.addRow("", self._note(tr("options.data.note", lang)))
        forced = settings.forced_data_folder()
        if forced:
            form.addRow("", self._note(tr("options.data.forced", lang, folder=forced)))
            for widget in (self.folder, self.browse, self.clear):
                widget.setEnabled(False)
        self._row(form, "geocode.options", self.geocoder)
        self.state.setWordWrap(True)
        self.state.setTextFormat(Qt.TextFormat.RichText)
        for widget, key in (
            (self.language, "options.language"),
            (self.datum, "options.datum"),
            (self.folder, "options.data"),
        ):
            widget.setAccessibleName(tr(key, lang).split("(")[0].replace("&", ""))
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addStretch(1)

    def _row(self, form: QFormLayout, key: str, widget: QWidget) -> None:
        label = QLabel(tr(key, self._lang))
        label.setBuddy(widget.focusProxy() or widget)
        form.addRow(label, widget)

    @staticmethod
    def _note(text: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        font = label.font()
        font.setPointSizeF(0.9 * font.pointSizeF())
        label.setFont(font)
        return label

    @staticmethod
    def _combo(items: dict[str, str]) -> QComboBox:
        combo = QComboBox()
        for data, text in items.items():
            combo.addItem(text, data)
        return combo


__all__ = ["OptionsFactory", "OptionsPage", "OptionsPart"]
