"""Every Qt name in plugin/ exists in PyQt6, which is what supportsQt6 in metadata.txt rests on."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def qt6check() -> Any:
    spec = importlib.util.spec_from_file_location("qt6check", ROOT / "packaging" / "qt6check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["qt6check"] = module
    spec.loader.exec_module(module)
    return module


def test_the_plugin_uses_names_that_pyqt6_has(qt6check: Any) -> None:
    report = qt6check.check([ROOT / "plugin"])
    assert report.bad == []
    assert report.seen > 30, "the check has lost sight of the plugin"


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("Qt.DockWidgetArea.RightDockWidgetArea", True),
        ("Qt.RightDockWidgetArea", False),
        ("QDialog.DialogCode.Accepted", True),
        ("QDialog.Accepted", False),
        ("QDialog.exec_", False),
        ("QDialog.windowTitle", True),  # inherited from QWidget, in the same stub
        ("QDialog.objectName", True),  # inherited from QObject, in another stub
        ("QAction.triggered", True),  # QGIS shims the module it moved from
        ("QtGui.QPainter.RenderHint.Antialiasing", True),
        ("QtGui.QPainter.Antialiasing", False),
        ("QVariant.String", False),
        ("QVariant.String  # qt5 only", True),
        ("QDialog.objectName.anything", True),  # below a method the stubs say no more
    ],
)
def test_one_line(qt6check: Any, tmp_path: Path, line: str, known: bool) -> None:
    (tmp_path / "sample.py").write_text(
        "from qgis.PyQt import QtGui\nfrom qgis.PyQt.QtCore import Qt, QVariant\n"
        f"from qgis.PyQt.QtWidgets import QAction, QDialog\n{line}\n"
    )
    report = qt6check.check([tmp_path])
    assert (report.bad == []) is known
    if not known:
        assert "sample.py:4: " in report.bad[0]


def test_an_import_that_qt6_dropped(qt6check: Any, tmp_path: Path) -> None:
    (tmp_path / "sample.py").write_text("from qgis.PyQt.QtWidgets import QDesktopWidget\n")
    report = qt6check.check([tmp_path])
    assert report.seen == 1
    assert report.bad[0].endswith("sample.py:1: QtWidgets.QDesktopWidget")
