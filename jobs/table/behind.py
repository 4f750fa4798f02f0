"""Work that is done in order on a thread of its own while the next is being prepared."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

WAITING = 2  # calls handed over and not yet done: what they hold stays in memory


class Behind:
    """Calls one after another, behind the one who hands them over.

    What a call raises is raised from the next :meth:`do`, or when the block ends; after an error or
    an interrupt in the block, calls not yet begun are left out. No call outlives the block.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "zonerules writing")
        self._room = threading.Semaphore(WAITING)
        self._last: Future[None] | None = None
        self._open: list[Future[None]] = []  # not known to be done

    def do(self, call: Callable[..., None], *arguments: Any) -> None:
        """Hand over a call, after waiting while too many are not yet done."""
        self._room.acquire()
        self._check()
        self._last = self._pool.submit(self._call, self._last, call, arguments)
        self._open = [*(one for one in self._open if not one.done()), self._last]

    def _call(
        self, before: Future[None] | None, call: Callable[..., None], arguments: tuple[Any, ...]
    ) -> None:
        try:
            if before is not None:
                before.result()  # what failed there ends everything behind it
            call(*arguments)
        finally:
            self._room.release()

    def _check(self) -> None:
        if self._last is not None and self._last.done():
            self._last.result()

    def __enter__(self) -> Behind:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        leave, interrupt = kind is not None, None
        while True:
            try:
                if leave:
                    self._pool.shutdown(wait=False, cancel_futures=True)
                # not by joining the thread: an interrupt makes Python take it for ended
                wait([one for one in self._open if not one.cancelled()])
                break
            except KeyboardInterrupt as again:  # the call that runs must not outlive its file
                leave, interrupt = True, again
        self._pool.shutdown()
        if interrupt is not None:
            raise interrupt
        if kind is None and self._last is not None:
            self._last.result()
