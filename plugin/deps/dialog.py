"""Asks before anything is downloaded: what, where to, how to undo it, what a no costs."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
)

from ..texts import tr
from .needs import FLOORS, lacking, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qgis.PyQt.QtWidgets import QWidget

DOWNLOAD_MB, DISK_MB = 125, 350  # measured with all of them missing


class DepsDialog(QDialog):
    """Shows what there is and offers to install the rest; Cancel is the default button.

    ``wanted(names)`` and ``unwanted()`` say what the user decided, ``stopped`` that the work that
    goes on is to end. ``names``: what the feature needs; ``folder``: where it would go.
    """

    wanted = pyqtSignal(list)
    unwanted = pyqtSignal()
    stopped = pyqtSignal()

    def __init__(
        self,
        names: Iterable[str],
        folder: Path,
        lang: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesPackages")
        self.names, self._folder, self._lang = list(names), folder, lang
        self._working = False
        self.setWindowTitle(tr("deps.title", lang))
        self.resize(660, 720)
        self.view = QTextBrowser()
        self.view.setAccessibleName(self.windowTitle())
        self.bar = QProgressBar()
        self.line = QLabel()
        self.install = QPushButton(tr("deps.install", lang))
        self.remove = QPushButton(tr("deps.remove", lang))
        self.cancel = QPushButton(tr("deps.cancel", lang))
        for button in (self.install, self.remove):
            button.setAutoDefault(False)
        self.cancel.setDefault(True)
        self.install.clicked.connect(lambda: self.wanted.emit(self.names))
        self.remove.clicked.connect(self.unwanted)
        self.cancel.clicked.connect(self._cancel)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.install)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.addWidget(self.view, 1)
        column.addWidget(self.bar)
        column.addWidget(self.line)
        column.addLayout(buttons)
        self.refresh()

    def refresh(self, said: str = "", *, good: bool = True) -> None:
        """Show the state as it is now, with ``said`` above it."""
        self._working = False
        missing = bool(lacking(self.names))
        self.view.setHtml(self._page(said, good, missing))
        self.install.setVisible(missing)
        self.remove.setVisible(self._folder.exists())
        for button in (self.install, self.remove):
            button.setEnabled(True)
        self.bar.hide()
        self.line.hide()
        self.cancel.setText(tr("deps.cancel" if missing else "deps.close", self._lang))
        self.cancel.setFocus()

    def working(self) -> None:
        """Show that the packages are being installed; Cancel stops it."""
        self._working = True
        for button in (self.install, self.remove):
            button.setEnabled(False)
        self.bar.setRange(0, 100)
        self.bar.setValue(0)
        self.bar.show()
        self.line.setText(tr("deps.working", self._lang))
        self.line.show()
        self.cancel.setText(tr("deps.stop", self._lang))

    def progress(self, percent: float) -> None:
        """Show how far it is."""
        self.bar.setValue(round(percent))

    def reject(self) -> None:
        """Close; work that goes on is stopped first."""
        if self._working:
            self.stopped.emit()
        super().reject()

    def _cancel(self) -> None:
        if self._working:
            self.stopped.emit()
        else:
            self.reject()

    # -- words ------------------------------------------------------------------------------

    def _page(self, said: str, good: bool, missing: bool) -> str:
        lang = self._lang
        mark = "✔" if good else "⚠"
        told = f"<p><b>{mark} {html.escape(said)}</b></p>" if said else ""
        table = self._table()
        if not missing:
            return f"{told}<p>{tr('deps.all_there', lang)}</p>{table}{self._where()}"
        figures = {"mb": DOWNLOAD_MB, "disk": DISK_MB}
        points = "".join(
            f"<p><b>{tr(f'deps.{name}.head', lang)}</b><br>"
            f"{html.escape(tr(f'deps.{name}', lang, **args))}</p>"
            for name, args in (
                ("what", figures),
                ("where", {"folder": self._folder}),
                ("undo", {}),
                ("refuse", {}),
                ("other", {}),
            )
        )
        return f"{told}<p>{tr('deps.intro', lang)}</p>{table}{points}"

    def _where(self) -> str:
        if not self._folder.exists():
            return ""
        folder = html.escape(tr("deps.where", self._lang, folder=self._folder))
        return f"<p>{folder}</p><p>{tr('deps.undo', self._lang)}</p>"

    def _table(self) -> str:
        lang = self._lang
        lacks = {lack.name: lack for lack in lacking(self.names)}
        rows = []
        for name in self.names:
            version = version_of(name)
            key = "there" if name not in lacks else "old" if version else "missing"
            state = tr(f"deps.state.{key}", lang)
            rows.append(
                f"<tr><td>{html.escape(name)}</td><td>≥ {FLOORS.get(name, '')}</td>"
                f"<td>{html.escape(version) or '—'}</td><td>{state}</td></tr>"
            )
        heads = "".join(
            f"<th align='left'>{tr(f'deps.head.{name}', lang)}</th>"
            for name in ("package", "floor", "found", "state")
        )
        return f"<table cellpadding='2'><tr>{heads}</tr>{''.join(rows)}</table>"
