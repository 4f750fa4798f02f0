"""The parts of a folder on Dask: on processes of this machine, or on a scheduler that is there."""

from __future__ import annotations

import logging
import signal
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from ...rules.messages import Line
from ..answer import BadInput
from .part import Job, Told, answer_part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .batches import BatchChecker
    from .folder import Answered, Engine
    from .part import Heard

REACH_S = 30  # how long a scheduler may take to answer
LOOPBACK = "127.0.0.1"


def on_dask(
    scheduler: str | None = None,
    workers: int | None = None,
    tell: Callable[[Line], None] = lambda line: None,
) -> Engine:
    """How :class:`folder.FolderRun` answers its parts: by the workers of the Dask scheduler at
    `scheduler`, else by `workers` processes of this machine (one for each core).

    A worker that dies is made up for by the others. `tell` gets what the user should know while
    waiting. Raises BadInput, also when Dask is not installed.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as missing:
        raise BadInput(
            Line(
                f"--dask: {missing.name} is missing: pip install 'zonerules[dask]'",
                f"--dask：缺少 {missing.name}：pip install 'zonerules[dask]'",
            )
        ) from missing

    def engine(check: BatchChecker, jobs: Sequence[Job], heard: Heard) -> Answered:
        if not jobs:
            return
        service = check.identity["question"].get("geocoder")
        if service:
            raise BadInput(
                Line(
                    f"--geocoder {service}: not with --dask, whose workers would each send "
                    "addresses; without it, or look the addresses up first",
                    f"--geocoder {service}：不能与 --dask 同用，否则每个工作进程都会向外发送地址；"
                    "请去掉 --dask，或先查好地址",
                )
            )
        with ExitStack() as stack:
            log = logging.getLogger("distributed.client")  # what it says is told in one line
            stack.callback(log.setLevel, log.level)
            log.setLevel(logging.CRITICAL)
            client = _client(stack, scheduler, workers, len(jobs))
            if scheduler is not None and not client.scheduler_info()["workers"]:
                tell(
                    Line(
                        f"{scheduler}: no workers yet; waiting",
                        f"{scheduler}：还没有工作进程，等待中",
                    )
                )
            yield from _answers(stack, client, check, jobs, heard)

    return engine


def _client(stack: ExitStack, scheduler: str | None, workers: int | None, parts: int) -> Any:
    import dask
    from dask.system import CPU_COUNT
    from distributed import Client, LocalCluster

    if scheduler is not None:
        try:
            return stack.enter_context(Client(scheduler, timeout=REACH_S, set_as_default=False))
        except (OSError, ValueError) as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise BadInput(
                Line(f"--scheduler {scheduler}: {reason}", f"--scheduler {scheduler}：{reason}")
            ) from error
    # nothing of it listens beyond this machine, and no port is fixed
    stack.enter_context(dask.config.set({"distributed.worker.multiprocessing-method": "spawn"}))
    cluster = LocalCluster(
        n_workers=min(workers or CPU_COUNT, parts),
        threads_per_worker=1,
        processes=True,
        host=LOOPBACK,
        dashboard_address=f"{LOOPBACK}:0",
        silence_logs=logging.CRITICAL,
        preload=[__name__],
    )
    stack.enter_context(cluster)
    return stack.enter_context(Client(cluster, set_as_default=False))


def dask_setup(worker: Any) -> None:
    """Called by Dask in each process of this machine that preloads this module.

    Ctrl-C reaches every process of a terminal; what becomes of them is for the first one to say.
    """
    with suppress(ValueError):  # only a main thread may
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _answers(
    stack: ExitStack, client: Any, check: BatchChecker, jobs: Sequence[Job], heard: Heard
) -> Answered:
    from distributed import as_completed

    names = {f"zonerules-{job.run[:12]}-{job.name}": job.name for job in jobs}
    futures = client.map(partial(answer_part, check), jobs, key=list(names), pure=False)
    stack.callback(client.cancel, futures, force=True)
    for future in as_completed(futures, loop=client.loop):
        told = _result(future, names[future.key])
        future.release()
        heard(told["rows"])
        yield names[future.key], told


def _result(future: Any, name: str) -> Told:
    """What the part says of itself. Raises BadInput where workers or scheduler are no help."""
    from distributed import KilledWorker

    try:
        told: Told = future.result()
    except BadInput:
        raise
    except KilledWorker as error:
        count = error.allowed_failures + 1
        raise BadInput(
            Line(
                f"{name}: {count} workers died over it, perhaps for want of memory; finished "
                "parts stay, --resume goes on",
                f"{name}：已有 {count} 个工作进程在处理它时中断，可能是内存不足；"
                "做完的分片都在，用 --resume 接着做",
            )
        ) from error
    except (CancelledError, OSError) as error:
        raise BadInput(
            Line(
                f"{name}: the scheduler is gone; finished parts stay, --resume goes on",
                f"{name}：调度器已断开；做完的分片都在，用 --resume 接着做",
            )
        ) from error
    except (ImportError, AttributeError, TypeError) as error:
        if "zonerules" not in f"{error!r}":
            raise
        raise BadInput(
            Line(
                f"a worker has no zonerules of this version ({error})",
                f"有工作进程没有安装同一版本的 zonerules（{error}）",
            )
        ) from error
    return told
