"""Runs in a process of its own (test_gate.py): pyproj on Qt's pooled threads, three times over.

``gate_child.py HOST GATE``: HOST is ``task`` (a CoreTask or, unguarded, a plain QgsTask) or
``algorithm`` (a Processing algorithm in the background); GATE is ``guarded`` (through the gate) or
``unguarded``. Prints ``pyproj VERSION`` and ``round N NAME`` for each round that survived.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsTask,
)

ROUNDS, PATIENCE_S = 3, 60


def core_work(progress: Any = None) -> str:
    """What jobs do with pyproj, in the least."""
    import pyproj

    return str(pyproj.CRS.from_epsg(4547).name)


class Unguarded(QgsTask):
    """What no part of the plugin may do."""

    def __init__(self) -> None:
        super().__init__("unguarded", QgsTask.Flag.CanCancel)
        self.name: str | None = None

    def run(self) -> bool:
        self.name = core_work()
        return True


def algorithm(guarded: bool) -> QgsProcessingAlgorithm:
    from zonerules.plugin.processing.base import Algorithm
    from zonerules.plugin.tasks import run_core

    class Asks(Algorithm):
        NAME, GROUP = "lint", "catalogue"  # any that has words

        def initAlgorithm(self, configuration: Any = None) -> None:
            pass

        def work(self, parameters: Any, context: Any, feedback: Any) -> dict[str, Any]:
            return {"NAME": run_core(core_work) if guarded else core_work()}

    return Asks()


def wait_for(names: list[str]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not names and time.monotonic() < until:
        QgsApplication.processEvents()
        time.sleep(0.01)


def by_task(guarded: bool) -> str:
    names: list[str] = []
    manager = QgsApplication.taskManager()
    if guarded:
        from zonerules.plugin.tasks import CoreTask, start

        start(
            CoreTask(
                "guarded", core_work, done=names.append, failed=lambda e: names.append(repr(e))
            )
        )
        wait_for(names)
    else:
        task = Unguarded()
        task.taskCompleted.connect(lambda: names.append(str(task.name)))
        manager.addTask(task)
        wait_for(names)
    return names[0]


def by_algorithm(guarded: bool) -> str:
    names: list[str] = []
    made = algorithm(guarded).create()
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    task = QgsProcessingAlgRunnerTask(made, {}, context, feedback)
    task.executed.connect(lambda _ok, results: names.append(str(results.get("NAME"))))
    QgsApplication.taskManager().addTask(task)
    wait_for(names)
    return names[0]


def main(host: str, gate: str) -> None:
    application = QgsApplication([], True)
    application.initQgis()
    # one pooled thread, so that every round meets the same
    from qgis.PyQt.QtCore import QThreadPool

    QThreadPool.globalInstance().setMaxThreadCount(1)
    import pyproj

    print("pyproj", pyproj.__version__, flush=True)
    work = {"task": by_task, "algorithm": by_algorithm}[host]
    for round_ in range(ROUNDS):
        print("round", round_, work(gate == "guarded"), flush=True)
    os._exit(0)  # what this is about happened before


if __name__ == "__main__":
    main(*sys.argv[1:])
