"""A window with a real canvas, tool bar, menu and dock area for the plugin to be loaded into.

pytest-qgis brings the application and the canvas; its stand-in for ``iface`` swallows docks and
menu entries, so this one puts them into real widgets where a test can count them. QGIS missing is
an error here, not a reason to skip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsLocator,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsSettings,
)
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QMainWindow, QMenu

import zonerules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zonerules.plugin.main import ZoneRulesPlugin


class Bar:
    """Collects what is pushed to QGIS's message bar."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.widgets: list[Any] = []

    def createMessage(self, text: str) -> Any:
        return QgsMessageBar.createMessage(text)

    def pushMessage(self, title: str, text: str, level: Any) -> None:
        self.messages.append(text)

    def pushWidget(self, item: Any, level: Any) -> None:
        self.messages.append(item.text())
        self.widgets.append(item)

    def popWidget(self, item: Any) -> None:
        self.widgets = [one for one in self.widgets if one is not item]


class Window:
    """The part of QgisInterface that the plugin uses, on a plain main window."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.window.resize(1200, 800)
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.toolbar = self.window.addToolBar("Plugins")
        self.vector_menu = self.window.menuBar().addMenu("Vector")
        self.bar = Bar()
        self.handlers: list[Any] = []
        self.designed: list[Any] = []
        self.bridge: QgsLayerTreeMapCanvasBridge | None = None
        self.locator = QgsLocator()
        self.layer_actions: list[Any] = []
        self.options: list[Any] = []
        self.help_menu = self.window.menuBar().addMenu("Help")

    def openLayoutDesigner(self, layout: Any) -> None:
        self.designed.append(layout)

    def showAttributeTable(self, layer: Any, filter_expression: str = "") -> None:
        assert layer.isValid() and filter_expression

    def mapCanvas(self) -> QgsMapCanvas:
        return self.canvas

    def mainWindow(self) -> QMainWindow:
        return self.window

    def messageBar(self) -> Bar:
        return self.bar

    def addDockWidget(self, area: Any, dock: Any) -> None:
        self.window.addDockWidget(area, dock)
        dock.show()

    def removeDockWidget(self, dock: Any) -> None:
        self.window.removeDockWidget(dock)

    def layerTreeCanvasBridge(self) -> QgsLayerTreeMapCanvasBridge:
        """Made when somebody asks for it: the canvas of most tests needs no layers."""
        if self.bridge is None:
            # QGIS does not wait for previews when a layer goes, and they crash
            self.canvas.setPreviewJobsEnabled(False)
            root = QgsProject.instance().layerTreeRoot()
            self.bridge = QgsLayerTreeMapCanvasBridge(root, self.canvas, self.canvas)
        return self.bridge

    def addToolBarIcon(self, action: Any) -> None:
        self.toolbar.addAction(action)

    def removeToolBarIcon(self, action: Any) -> None:
        self.toolbar.removeAction(action)

    def addPluginToVectorMenu(self, name: str, action: Any) -> None:
        self._submenu(name).addAction(action)

    def removePluginVectorMenu(self, name: str, action: Any) -> None:
        menu = self._submenu(name)
        menu.removeAction(action)
        if not menu.actions():
            self.vector_menu.removeAction(menu.menuAction())
            menu.deleteLater()

    def _submenu(self, name: str) -> QMenu:
        for action in self.vector_menu.actions():
            if action.menu() and action.text() == name:
                return action.menu()
        return self.vector_menu.addMenu(name)

    def registerMapToolHandler(self, handler: Any) -> None:
        assert handler.isCompatibleWithLayer(None, None)
        handler.action().setCheckable(True)
        handler.mapTool().setAction(handler.action())
        handler.action().triggered.connect(lambda: self.canvas.setMapTool(handler.mapTool()))
        self.handlers.append(handler)

    def unregisterMapToolHandler(self, handler: Any) -> None:
        self.handlers.remove(handler)

    def registerLocatorFilter(self, locator_filter: Any) -> None:
        self.locator.registerFilter(locator_filter)

    def deregisterLocatorFilter(self, locator_filter: Any) -> None:
        self.locator.deregisterFilter(locator_filter)

    def addCustomActionForLayerType(self, action: Any, menu: str, kind: Any, every: bool) -> None:
        self.layer_actions.append(action)

    def removeCustomActionForLayerType(self, action: Any) -> bool:
        self.layer_actions.remove(action)
        return True

    def activeLayer(self) -> Any:
        return self.canvas.currentLayer()

    def registerOptionsWidgetFactory(self, factory: Any) -> None:
        self.options.append(factory)

    def unregisterOptionsWidgetFactory(self, factory: Any) -> None:
        self.options.remove(factory)

    def pluginHelpMenu(self) -> QMenu:
        return self.help_menu

    def look_at(self, crs: str, x: float, y: float, half: float) -> None:
        """Show a square of 2 × ``half`` map units around (x, y) in the CRS ``crs``."""
        reference = QgsCoordinateReferenceSystem(crs)
        QgsProject.instance().setCrs(reference)
        self.window.show()
        QApplication.processEvents()
        self.canvas.setDestinationCrs(reference)
        self.canvas.setExtent(QgsRectangle(x - half, y - half, x + half, y + half))
        QApplication.processEvents()

    def click(self, x: float, y: float) -> None:
        """Press and release the left button on the canvas at (x, y) in its CRS."""
        pixel = self.canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
        spot = QPoint(round(pixel.x()), round(pixel.y()))
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(self.canvas.viewport(), left, plain, spot)
        QApplication.processEvents()


@pytest.fixture(autouse=True)
def clean_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start every test without settings of the plugin, and in English."""
    monkeypatch.delenv("ZONERULES_DATA", raising=False)
    QgsSettings().remove("zonerules")
    QgsSettings().setValue("zonerules/language", "en")
    yield
    QgsSettings().remove("zonerules")


@pytest.fixture
def window(qgis_app: Any) -> Iterator[Window]:
    made = Window()
    yield made
    QApplication.clipboard().clear()
    made.canvas.deleteLater()
    made.window.close()
    made.window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def plugin(window: Window) -> Iterator[ZoneRulesPlugin]:
    """The plugin, made the way QGIS makes it and loaded into ``window``."""
    made = zonerules.classFactory(window)
    made.initGui()
    yield made
    made.unload()
    QApplication.processEvents()


@pytest.fixture
def provider(qgis_processing: Any) -> Iterator[Any]:
    """The provider as ``qgis_process`` has it: without a window."""
    made = zonerules.classFactory(None)
    made.initProcessing()
    yield QgsApplication.processingRegistry().providerById("zonerules")
    made.unload()


@pytest.fixture(scope="session")
def catalogue() -> Any:
    """The catalogue as Python sees it, without the plugin."""
    return zonerules.open()
