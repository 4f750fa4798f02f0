"""The menu entry and the window of the web map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..texts import tr

if TYPE_CHECKING:
    from ..host import Host
    from .dialog import WebMapDialog
    from .work import Made


class WebMapPart:
    """Opens the window with what panel and project suggest."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dialog: WebMapDialog | None = None

    def load(self) -> None:
        """Add the menu entry."""
        self.host.action("webmap", "webmap.svg", self.show)

    def unload(self) -> None:
        """Close the window; the host takes the entry away."""
        self._close()

    def show(self) -> WebMapDialog:
        """Open the window anew, or bring the one that works to the front."""
        from .dialog import WebMapDialog

        host = self.host
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.raise_()
            self.dialog.activateWindow()
            return self.dialog
        self._close()
        self.dialog = WebMapDialog(host.asker, host.lang, host.window)
        self.dialog.packagesWanted.connect(host.packagesWanted)
        self.dialog.written.connect(self._written)
        query = host.reply.answer.get("query") if host.reply is not None else None
        self.dialog.start_with(query, host.iface.activeLayer())
        self.dialog.show()
        return self.dialog

    def _written(self, made: Made) -> None:
        lang = self.host.lang
        line = tr("webmap.done", lang, name=made.path.name, mb=f"{made.size / 1e6:.1f}")
        if made.without:
            line += tr("webmap.done.without", lang, n=made.without)
        if made.failed:
            line += tr("webmap.done.failed", lang, n=len(made.failed))
        self.host.offer(line, made.path, "saved.browser")

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = None
