"""The menu entry and the window for a boundary from words, and what becomes of a draft."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtWidgets import QFileDialog

from .. import compat, settings
from ..asking import one_line
from ..newfolder import ask_folder
from ..texts import tr
from .marks import DraftMarks

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..host import Host
    from .dialog import DelimitDialog


class DelimitPart:
    """Opens the window, draws its drafts over the map, writes them where the user says."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dialog: DelimitDialog | None = None
        self.marks = DraftMarks(host.canvas)
        self._steps = 0  # of this window, that can be taken back
        self._folder = ""  # where they were made

    def load(self) -> None:
        """Add the menu entry."""
        self.host.action("delimit", "", self.show)
        self.host.languageChanged.connect(self._forget)

    def unload(self) -> None:
        """Stop what goes on and close the window."""
        self.host.languageChanged.disconnect(self._forget)
        self._close()
        self.marks.remove()

    def show(self) -> DelimitDialog:
        """Open the window, or bring it to the front."""
        from .dialog import DelimitDialog

        if self.dialog is None:
            self.dialog = DelimitDialog(self.host.lang, self.host.window)
            self.dialog.drafted.connect(self.marks.show)
            self.dialog.saveWanted.connect(self._ask_file)
            self.dialog.keepWanted.connect(self.keep)
            self.dialog.undoWanted.connect(self.undo)
            self.dialog.packagesWanted.connect(self.host.packagesWanted)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        return self.dialog

    # -- with a draft -----------------------------------------------------------------------

    def save(self, path: Path) -> None:
        """Write the draft as GeoJSON, whole or not at all."""
        from ...jobs.exchange.export import write_text

        assert self.dialog is not None
        features = self.dialog.confirmed()
        if features is None:
            return
        text = json.dumps(features, ensure_ascii=False) + "\n"
        if self._done(lambda: write_text(path, text) or True):
            self._tell("delimit.saved", path=str(path))

    def keep(self) -> None:
        """Put the draft into the user's own data folder, asking for one where there is none."""
        from ...jobs.delimit.keep import keep

        assert self.dialog is not None
        features = self.dialog.confirmed()
        if features is None:
            return
        folder = settings.data_folder() or ask_folder(self.host.window, self.host.lang)
        if folder is None:
            return
        when = datetime.datetime.now().isoformat(timespec="seconds")
        steps = self._done(lambda: keep(Path(folder), features, when=when))
        if steps:
            if settings.data_folder() != folder:
                settings.set_data_folder(folder)
            self._steps, self._folder = len(steps), folder
            self.host.reopen()
            zones = ", ".join(step.zone for step in steps)
            self._tell("delimit.kept", zones=zones, folder=folder)

    def undo(self) -> None:
        """Take back what :meth:`keep` did last."""
        from ...jobs.exchange import keeping

        while self._steps:
            if self._done(lambda: keeping.undo(Path(self._folder))) is None:
                break
            self._steps -= 1
        self.host.reopen()
        if not self._steps:
            self._tell("delimit.undone")

    def _ask_file(self) -> None:
        assert self.dialog is not None
        name = f"{self.dialog.form.zone.text().strip() or 'draft'}.geojson"
        title = tr("delimit.save.title", self.host.lang)
        path, _ = QFileDialog.getSaveFileName(
            self.dialog, title, str(Path.home() / name), "GeoJSON (*.geojson)"
        )
        if path:
            self.save(Path(path))

    def _done(self, job: Callable[[], Any]) -> Any:
        """Return ``job()``, or None after telling why not."""
        assert self.dialog is not None
        try:
            return job()
        except (ValueError, OSError) as error:  # BadInput is a ValueError
            self.dialog.complain(one_line(error, self.host.lang))
        except Exception as error:  # a bug must not end in QGIS's own window
            compat.log(repr(error))
            self.dialog.complain(tr("unexpected", self.host.lang, reason=type(error).__name__))
        return None

    def _tell(self, key: str, **args: object) -> None:
        if self.dialog is not None:
            self.dialog.tell(tr(key, self.host.lang, **args), undo=self._steps > 0)

    def _forget(self, _lang: str = "") -> None:
        """Other words: a window that nobody uses is made anew."""
        if self.dialog is not None and not self.dialog.isVisible():
            self._close()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = None
