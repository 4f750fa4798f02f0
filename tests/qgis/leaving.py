"""What tests of sending addresses share: a service on this machine, the notice, the key store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from zonerules.layers.catalogue.store import cache_folder
from zonerules.plugin import settings
from zonerules.tests.services import KEY, amap, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own that has no answers of a service."""
    made = tmp_path / "cache"
    made.mkdir()
    for kind in ("index-*", "catalogue-*"):  # else each test would build them again
        for file in cache_folder().glob(kind):
            (made / file.name).symlink_to(file)
    monkeypatch.setenv("ZONERULES_CACHE", str(made))
    return made


@pytest.fixture
def service(request: Any, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A server that stands for Amap, chosen in the settings, its key in the environment."""
    answers = getattr(request, "param", (amap(),))
    monkeypatch.setenv("ZONERULES_AMAP_KEY", KEY)
    settings.set_geocoder("amap")
    with serving(*answers) as server:
        monkeypatch.setenv("ZONERULES_AMAP_URL", server.url)
        yield server


@pytest.fixture
def log(qgis_app: Any) -> Iterator[list[str]]:
    """Everything that is written to QGIS's log."""
    lines: list[str] = []

    def keep(text: str, tag: str, level: Any) -> None:
        lines.append(text)

    QgsApplication.messageLog().messageReceived.connect(keep)
    yield lines
    QgsApplication.messageLog().messageReceived.disconnect(keep)


def answer(button: str, *, for_good: bool = False) -> list[str]:
    """Press a button of the notice once it opens; what it said comes into the list."""
    told: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        if box is None:
            QTimer.singleShot(20, press)
            return
        assert box.objectName() == "ZoneRulesLeave"
        told.append(box.text())
        box.for_good.setChecked(for_good)
        QTest.mouseClick(getattr(box, button), Qt.MouseButton.LeftButton)

    QTimer.singleShot(20, press)
    return told


@pytest.fixture
def store(qgis_app: Any) -> Iterator[Any]:
    """QGIS's authentication store with a master password, emptied afterwards."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("a master password", True)
    yield manager
    manager.setMasterPassword("a master password", True)
    for entry in manager.configIds():
        manager.removeAuthenticationConfig(entry)
    manager.clearMasterPassword()


def entry(manager: Any, method: str, **fields: str) -> str:
    config = QgsAuthMethodConfig(method)
    config.setName("key")
    for name, value in fields.items():
        config.setConfig(name, value)
    stored = manager.storeAuthenticationConfig(config)
    assert stored[0] if isinstance(stored, tuple) else stored
    made = stored[1] if isinstance(stored, tuple) else config
    return str(made.id())
