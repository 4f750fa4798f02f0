"""The menu entry of the atlas, in the plugin's menu and that of every vector layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsVectorLayer, QgsWkbTypes

from .. import compat
from ..texts import tr

if TYPE_CHECKING:
    from ..host import Host
    from .dialog import AtlasDialog


class AtlasPart:
    """Opens the window for a layer of points."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dialog: AtlasDialog | None = None
        self._action: Any = None

    def load(self) -> None:
        """Add the menu entries."""
        host = self.host
        self._action = host.action("atlas", "atlas.svg", self.offer)
        host.iface.addCustomActionForLayerType(self._action, host.menu, compat.VECTOR_LAYER, True)
        host.atlasWanted.connect(self.show)

    def unload(self) -> None:
        """Take them away, and the window."""
        self.host.atlasWanted.disconnect(self.show)
        self.host.iface.removeCustomActionForLayerType(self._action)
        self._action = None
        self._close()

    def offer(self) -> None:
        """Open the window for the current layer, or say what is wrong with it."""
        layer = self.host.iface.activeLayer()
        points = QgsWkbTypes.GeometryType.PointGeometry
        if not isinstance(layer, QgsVectorLayer) or layer.geometryType() != points:
            self.host.complain(tr("atlas.no_layer", self.host.lang))
            return
        self.show(layer)

    def show(self, layer: QgsVectorLayer) -> AtlasDialog:
        """Open the window for a layer."""
        from ..printing.sheet import own_layers
        from .dialog import AtlasDialog

        self._close()
        layers = self.host.canvas.layers()
        own = own_layers(layers)
        below = [one for one in layers if one.id() not in own and one.id() != layer.id()]
        host = self.host
        self.dialog = AtlasDialog(layer, host.asker, host.lang, below, host.window)
        self.dialog.written.connect(
            lambda path: host.inform(tr("printing.saved", host.lang, path=path))
        )
        self.dialog.show()
        return self.dialog

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = None
