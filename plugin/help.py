"""The plugin in QGIS's help menu: how to use it, and what it is."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import (
    QAction,
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
)

from .asking import Refusal
from .host import ICONS
from .texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .host import Host

PACKAGE = Path(__file__).resolve().parent.parent
PAGES = Path(__file__).resolve().parent / "pages"


class HelpPart:
    """A submenu of QGIS's plugin help; both entries open a window of the plugin, no browser."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.page = QAction(host.window)
        self.about = QAction(host.window)
        self.dialog: PageDialog | None = None
        self._menu: QMenu | None = None

    def load(self) -> None:
        """Add the submenu."""
        self._menu = QMenu(self.host.menu)
        self._menu.setIcon(QIcon(str(ICONS / "zonerules.svg")))
        for action, name, slot in (
            (self.page, "help.page", self._show_page),
            (self.about, "help.about", self._show_about),
        ):
            action.setObjectName(f"zonerules_{name}")
            action.triggered.connect(slot)
            self._menu.addAction(action)
        self.host.iface.pluginHelpMenu().addMenu(self._menu)
        self.host.languageChanged.connect(self._name)
        self._name()

    def unload(self) -> None:
        """Take it away."""
        self.host.languageChanged.disconnect(self._name)
        if self._menu is not None:
            self.host.iface.pluginHelpMenu().removeAction(self._menu.menuAction())
            self._menu.deleteLater()
        self._menu = None
        for action in (self.page, self.about):
            action.deleteLater()
        self._close()

    def _name(self, _lang: str = "") -> None:
        self.page.setText(tr("help.page", self.host.lang))
        self.about.setText(tr("help.about", self.host.lang))

    def _show_page(self) -> None:
        self._show("help.page", help_page(self.host.lang))

    def _show_about(self) -> None:
        self._show("help.about", about_page(self.host))

    def _show(self, key: str, markup: str) -> None:
        self._close()
        lang = self.host.lang
        plain = tr(key, lang).split("(")[0].replace("&", "")
        title = f"{self.host.menu} · {plain}"
        self.dialog = PageDialog(title, markup, lang, self.host.window)
        self.dialog.show()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = None


class PageDialog(QDialog):
    """A page of rich text; links go to the user's browser when they are clicked."""

    def __init__(self, title: str, markup: str, lang: str, parent: Any = None) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesHelp")
        self.setWindowTitle(title)
        self.resize(720, 640)
        self.view = QTextBrowser()
        self.view.setOpenExternalLinks(True)
        self.view.setAccessibleName(title)
        self.view.setHtml(markup)
        home = QPushButton(tr("help.home", lang))
        home.setToolTip(metadata("homepage"))
        home.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(metadata("homepage"))))
        close = QPushButton(tr("help.close", lang))
        close.setDefault(True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(home)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addLayout(foot)


def metadata(name: str) -> str:
    """Return an entry of the plugin's ``metadata.txt``."""
    for line in (PACKAGE / "metadata.txt").read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and key.strip() == name:
            return value.strip()
    return ""


def help_page(lang: str) -> str:
    """Return the page that is shipped in ``lang``."""
    return (PAGES / f"{lang}.html").read_text(encoding="utf-8")


def about_page(host: Host) -> str:
    """Return version, catalogue, documents and licences as rich text."""
    lang = host.lang
    head = f"<h2>{html.escape(host.menu)}</h2><p>{tr('help.what', lang)}</p>"
    rows = [(tr("help.version", lang), metadata("version"))]
    try:
        data = host.asker.catalogue(lang).data
    except Refusal as refusal:
        return head + _table(rows) + f"<p><b>{html.escape(str(refusal))}</b></p>"
    rows.append((tr("help.catalogue", lang), f"{data['version']} · {data['fingerprint']}"))
    overlay = data.get("overlay")
    if overlay:
        told = tr("help.overlay.zones", lang, folder=overlay["path"], n=overlay["zones"])
        rows.append((tr("help.overlay", lang), told))
    return (
        f"{head}{_table(rows)}<h3>{tr('help.documents', lang)}</h3>{_documents(data, lang)}"
        f"<h3>{tr('help.licences', lang)}</h3><p>{tr('help.licence.code', lang)}</p>"
        f"<p>{tr('help.licence.shapes', lang)}</p><ul>{_licences(lang)}</ul>"
        f"<p><i>{tr('help.note', lang)}</i></p>"
    )


def _documents(data: Any, lang: str) -> str:
    counts: dict[str, int] = {}
    for rule in data["rules"]:
        counts[rule["document"]] = counts.get(rule["document"], 0) + 1
    heads = "".join(
        f"<th align='left'>{tr(f'help.documents.{name}', lang)}</th>"
        for name in ("head", "period", "rules")
    )
    rows = "".join(
        f"<tr><td>{html.escape(' '.join(filter(None, (row.get('number'), row['title'][lang]))))}"
        f"</td><td style='white-space:nowrap'>{row['covers']['from']} … {row['covers']['until']}"
        f"</td><td align='right'>{counts.get(name, 0)}</td></tr>"
        for name, row in data["documents"].items()
    )
    return f"<table cellpadding='4'><tr>{heads}</tr>{rows}</table>"


def _licences(lang: str) -> str:
    """The licence of each file that was drawn, as the package tells it, each once."""
    table = json.loads((PACKAGE / "geojson" / "provenance.json").read_text(encoding="utf-8"))
    told = dict.fromkeys(row["licence"][lang] for row in table.values())
    return "".join(f"<li>{html.escape(licence)}</li>" for licence in told)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><td><b>{html.escape(head)}</b></td><td>{html.escape(text)}</td></tr>"
        for head, text in rows
    )
    return f"<table cellpadding='4'>{cells}</table>"
