"""The one gate for work off the main thread.

pyproj 3.7 keeps a context for each thread and ends the process the second time it is used on a
thread of Qt's pool (pyproj issues 1509 and 1622). In a thread that Python made, which lives as long
as the work, it does not. So nothing of ``jobs`` or ``layers`` runs on a pooled thread directly.
"""

from __future__ import annotations

import concurrent.futures
from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication, QgsTask

from ..jobs.progress import Cancelled, Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from qgis.core import QgsFeedback


def run_core(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Return ``work(*args, **kwargs)``, run in a thread of its own that Python made."""
    with concurrent.futures.ThreadPoolExecutor(1) as executor:
        return executor.submit(work, *args, **kwargs).result()


def heard_by(feedback: QgsFeedback) -> Progress:
    """Return a progress that reports to a ``QgsFeedback`` and stops when it was cancelled."""

    def progress(done: float, note: str) -> None:
        if feedback.isCanceled():
            raise Cancelled
        feedback.setProgress(100 * done)
        if note and hasattr(feedback, "pushInfo"):
            feedback.pushInfo(note)

    return progress


class CoreTask(QgsTask):
    """``work(*args, progress=…)`` in the background, cancellable in QGIS's task list.

    Back on the main thread exactly one of these is called: ``done(result)``, ``failed(error)`` with
    the exception, or nothing when the user cancelled. ``work`` must not touch widgets or layers.
    Keep a reference until then; :func:`start` does.
    """

    def __init__(
        self,
        title: str,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work, self._args = work, args
        self._done, self._failed = done, failed
        self._result: Any = None
        self._error: BaseException | None = None

    def run(self) -> bool:
        """Do the work; called by QGIS on a pooled thread."""
        try:
            self._result = run_core(self._work, *self._args, progress=self._progress)
        except Cancelled:
            return False
        except BaseException as error:  # an exception must not cross into Qt
            self._error = error
            return False
        return True

    def finished(self, success: bool) -> None:
        """Hand on the result; called by QGIS on the main thread."""
        _running.discard(self)
        if success:
            self._done(self._result)
        elif self._error is not None:
            self._failed(self._error)

    def _progress(self, done: float, note: str) -> None:
        if self.isCanceled():
            raise Cancelled
        self.setProgress(100 * done)


_running: set[CoreTask] = set()  # QGIS's task manager keeps no Python reference


def start(task: CoreTask) -> CoreTask:
    """Queue the task and keep it alive until it has finished."""
    _running.add(task)
    QgsApplication.taskManager().addTask(task)
    return task
