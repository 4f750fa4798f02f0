"""What QGIS's own search box reports, for the tests of our filters."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsLocatorContext, QgsLocatorResult
from qgis.PyQt.QtTest import QTest


def search(window: Any, text: str) -> list[Any]:
    """What QGIS's own locator reports for a text, in the order the filters gave it."""
    found: list[Any] = []

    def keep(result: Any) -> None:
        found.append(QgsLocatorResult(result))  # what a signal hands over does not last

    window.locator.foundResult.connect(keep)
    try:
        window.locator.fetchResults(text, QgsLocatorContext())
        for _ in range(300):
            QTest.qWait(10)
            if not window.locator.isRunning():
                break
    finally:
        window.locator.foundResult.disconnect(keep)
    return found
