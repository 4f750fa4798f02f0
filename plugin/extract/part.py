"""The menu entry that saves the answer that is shown; the panel has one, too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..asking import Refusal
from ..texts import tr

if TYPE_CHECKING:
    from ..host import Host
    from .dialog import ExtractDialog


class ExtractPart:
    """Opens the window for the answer of the panel."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dialog: ExtractDialog | None = None
        self._action: Any = None

    def load(self) -> None:
        """Add the menu entry."""
        self._action = self.host.action("extract", "extract.svg", self.show)
        self.host.answered.connect(self._enable)
        self.host.extractWanted.connect(self.show)
        self._enable(self.host.reply)

    def unload(self) -> None:
        """Listen no more, and close the window."""
        self.host.answered.disconnect(self._enable)
        self.host.extractWanted.disconnect(self.show)
        self._action = None
        self._close()

    def show(self) -> ExtractDialog | None:
        """Open the window for the answer that is shown, or say that there is none."""
        from .dialog import ExtractDialog

        host = self.host
        reply = host.reply
        if reply is None or not {"lon", "lat"} <= set(reply.answer.get("query", ())):
            host.complain(tr("extract.no_answer", host.lang))
            return None
        try:
            book = host.asker.catalogue(host.lang).book
        except Refusal as refusal:
            host.complain(str(refusal))
            return None
        self._close()
        self.dialog = ExtractDialog(reply.answer, book, host.lang, host.window)
        self.dialog.packagesWanted.connect(host.packagesWanted)
        self.dialog.saved.connect(self._saved)
        self.dialog.show()
        return self.dialog

    def _saved(self, path: str) -> None:
        line = tr("extract.done", self.host.lang, name=Path(path).name)
        self.host.offer(line, Path(path), "saved.open")

    def _enable(self, reply: Any) -> None:
        self._action.setEnabled(reply is not None)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = None
