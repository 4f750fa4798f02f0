"""The menu entry for further packages, and the task that installs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import compat
from ..tasks import CoreTask, start
from ..texts import tr
from . import path
from .gate import folder
from .needs import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..host import Host
    from .dialog import DepsDialog


class DepsPart:
    """Opens the dialog; everything that touches the network happens after its button."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dialog: DepsDialog | None = None
        self.task: CoreTask | None = None
        self.extra: tuple[str, ...] = ()  # further options of pip, for tests

    def load(self) -> None:
        """Add the menu entry."""
        self.host.action("deps.menu", "", self.offer)
        self.host.packagesWanted.connect(self.offer)

    def unload(self) -> None:
        """Stop what goes on and close the dialog."""
        self.host.packagesWanted.disconnect(self.offer)
        self._stop()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = None

    def offer(self, names: Iterable[str] = ALL) -> None:
        """Show what is there of ``names`` and offer to install the rest."""
        from .dialog import DepsDialog
        from .gate import lacks

        if self.task is not None and self.dialog is not None:
            self.dialog.raise_()
            return
        lacks(names)  # takes in what was installed before
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = DepsDialog(names, folder(), self.host.lang, self.host.window)
        self.dialog.wanted.connect(self._install)
        self.dialog.unwanted.connect(self._remove)
        self.dialog.stopped.connect(self._stop)
        self.dialog.show()

    def _install(self, names: list[str]) -> None:
        lang = self.host.lang
        task = CoreTask(
            tr("deps.task", lang),
            install_for,
            names,
            self.extra,
            done=self._done,
            failed=self._failed,
        )
        task.progressChanged.connect(self._progress)
        task.taskTerminated.connect(self._ended)
        self.task = start(task)
        if self.dialog is not None:
            self.dialog.working()

    def _progress(self, percent: float) -> None:
        if self.dialog is not None:
            self.dialog.progress(percent)

    def _done(self, versions: dict[str, str]) -> None:
        self.task = None
        lang = self.host.lang
        try:
            path.provide(folder())
            said = tr(
                "deps.done", lang, packages=", ".join(f"{k} {v}" for k, v in versions.items())
            )
            self._say(said, good=True)
        except path.Stale:
            self._say(tr("deps.restart", lang), good=False)

    def _failed(self, error: BaseException) -> None:
        self.task = None
        self._say(reason_of(error, self.host.lang), good=False)
        compat.log(getattr(error, "log", "") or repr(error))

    def _ended(self) -> None:
        """Cancelled, or failed: the latter is told by ``_failed``."""
        if self.task is not None and self.task.isCanceled():
            self.task = None
            self._say(tr("deps.stopped", self.host.lang), good=True)

    def _stop(self) -> None:
        if self.task is not None:
            self.task.cancel()

    def _remove(self) -> None:
        from .install import Failure, uninstall

        lang = self.host.lang
        path.withdraw(folder())
        try:
            uninstall(folder())
        except Failure as failure:
            self._say(tr(failure.key, lang, **failure.args_), good=False)
            return
        self._say(tr("deps.removed", lang), good=True)

    def _say(self, said: str, *, good: bool) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.refresh(said, good=good)
        elif good:
            self.host.inform(said)
        else:
            self.host.complain(said)


def install_for(names: list[str], extra: tuple[str, ...], *, progress: Any) -> dict[str, str]:
    """Find the interpreter and install, on a background thread."""
    from .install import install
    from .python import find

    return install(find(), folder(), names, extra=extra, progress=progress)


def reason_of(error: BaseException, lang: str) -> str:
    """One line for the user about why nothing was installed."""
    key = getattr(error, "key", None)
    if key is None:
        return tr("deps.pip", lang, reason=f"{type(error).__name__}: {error}")
    args: dict[str, Any] = getattr(error, "args_", {})
    return tr(key, lang, **args)
