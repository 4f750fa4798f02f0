"""Where an article can be read: the official page, or the user's own copy at its page.

Nothing is opened but ``http(s)`` addresses of the catalogue and files the user has chosen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog, QMenu

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qgis.PyQt.QtCore import QPoint
    from qgis.PyQt.QtWidgets import QWidget

COPIES, PAGES = "zonerules/copies", "zonerules/pages"
LAST_PAGE = 9999
WEB = ("http", "https")


def copy_of(document: Mapping[str, Any]) -> Path | None:
    """Return the user's own file of a document: the one chosen, else the archive path."""
    chosen = QgsSettings().value(f"{COPIES}/{document['id']}", "")
    for text in (chosen, document.get("archive")):
        if text and Path(str(text)).expanduser().is_file():
            return Path(str(text)).expanduser()
    return None


def set_copy(document: str, path: str) -> None:
    """Keep the user's own file of a document; an empty text forgets it."""
    _keep(f"{COPIES}/{document}", path)


def page_of(document: Mapping[str, Any], clause: str) -> int | None:
    """Return the page of a clause in the user's copy: as told by the user, else the catalogue's."""
    told = QgsSettings().value(_page_key(document["id"], clause), "")
    known = told or (document.get("pages") or {}).get(clause)
    try:
        page = int(known)
    except (TypeError, ValueError):
        return None
    return page if 1 <= page <= LAST_PAGE else None


def set_page(document: str, clause: str, page: int) -> None:
    """Keep on which page of the user's copy a clause stands."""
    _keep(_page_key(document, clause), str(page))


def web_address(document: Mapping[str, Any]) -> QUrl | None:
    """Return the official page of a document, or None when there is none that may be opened."""
    url = QUrl(str(document.get("url") or ""), QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and url.scheme().lower() in WEB and url.host() else None


def file_address(path: Path, page: int | None) -> QUrl:
    """Return a chosen file as an address, at its page where it is a PDF."""
    url = QUrl.fromLocalFile(str(path))
    if page and path.suffix.lower() == ".pdf":
        url.setFragment(f"page={page}")
    return url


class Articles:
    """The menu of an article: where to open it, and which file is the user's own copy."""

    def __init__(
        self, parent: QWidget, open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl
    ) -> None:
        self._parent = parent
        self._open = open_url

    def menu(self, document: Mapping[str, Any], clause: str, lang: str) -> QMenu:
        """Return the menu for one clause; nothing is opened before an entry is chosen."""
        menu = QMenu(self._parent)
        number = document.get("number") or document["title"][lang]
        head = menu.addAction(_plain(tr("article.head", lang, number=number, clause=clause)))
        head.setEnabled(False)
        web, copy = web_address(document), copy_of(document)
        page = page_of(document, clause)
        if web is not None:
            text = tr("article.web", lang, host=web.host())
            self._add(menu, text, lambda: self._open(web))
        if copy is not None:
            name = "article.copy_at" if page else "article.copy"
            text = tr(name, lang, file=copy.name, page=page or "")
            self._add(menu, text, lambda: self.open_copy(copy, page))
            text = tr("article.page", lang, clause=clause)
            self._add(menu, text, lambda: self._ask_page(document, clause, page, lang))
        if web is None and copy is None:
            menu.addAction(tr("article.nowhere", lang)).setEnabled(False)
        menu.addSeparator()
        self._add(menu, tr("article.choose", lang), lambda: self._choose(document, clause, lang))
        if QgsSettings().value(f"{COPIES}/{document['id']}", ""):
            self._add(menu, tr("article.forget", lang), lambda: set_copy(document["id"], ""))
        return menu

    def show(self, document: Mapping[str, Any], clause: str, lang: str, spot: QPoint) -> QMenu:
        """Pop the menu up at ``spot`` on the screen."""
        menu = self.menu(document, clause, lang)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(spot)
        return menu

    def open_copy(self, path: Path, page: int | None) -> bool:
        """Open a chosen file at its page; a reader that knows no pages gets the plain file."""
        url = file_address(path, page)
        if self._open(url):
            return True
        return url.hasFragment() and self._open(file_address(path, None))

    def _choose(self, document: Mapping[str, Any], clause: str, lang: str) -> None:
        copy = copy_of(document)
        path, _ = QFileDialog.getOpenFileName(
            self._parent,
            tr("article.choose.title", lang),
            str(copy.parent if copy else Path.home()),
            tr("article.choose.kinds", lang),
        )
        if path:
            set_copy(document["id"], path)
            self.open_copy(Path(path), page_of(document, clause))

    def _ask_page(
        self, document: Mapping[str, Any], clause: str, page: int | None, lang: str
    ) -> None:
        found, told = QInputDialog.getInt(
            self._parent,
            tr("article.page.title", lang),
            tr("article.page.label", lang, clause=clause),
            page or 1,
            1,
            LAST_PAGE,
        )
        if told:
            set_page(document["id"], clause, found)
            copy = copy_of(document)
            if copy is not None:
                self.open_copy(copy, found)

    @staticmethod
    def _add(menu: QMenu, text: str, slot: Callable[[], Any]) -> None:
        menu.addAction(_plain(text)).triggered.connect(lambda _=False: slot())


def _plain(text: str) -> str:
    return text.replace("&", "&&")


def _page_key(document: str, clause: str) -> str:
    """Return the settings key of a clause; a slash in it would open a group of its own."""
    return f"{PAGES}/{document}/{clause.replace('/', '_')}"


def _keep(key: str, value: str) -> None:
    if value:
        QgsSettings().setValue(key, value)
    else:
        QgsSettings().remove(key)
