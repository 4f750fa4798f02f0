"""Work that is done in order on a thread of its own while the next is being prepared."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
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

    def do(self, call: Callable[..., None], *arguments: Any) -> None:
        """Hand over a call, after waiting while too many are not yet done."""
        self._room.acquire()
        self._check()
        self._last = self._pool.submit(self._call, self._last, call, arguments)

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
        self._pool.shutdown(wait=True, cancel_futures=kind is not None)
        if kind is None and self._last is not None:
            self._last.result()
