"""What QGIS loads: makes the host and the parts, and takes all of it away again."""

from __future__ import annotations

from typing import Any

from .atlas.part import AtlasPart
from .delimit.part import DelimitPart
from .deps.part import DepsPart
from .extract.part import ExtractPart
from .geocode.part import GeocodePart
from .help import HelpPart
from .host import Host
from .keeper.part import KeeperPart
from .maplayers.banned import BannedPart
from .maplayers.part import MapLayersPart
from .options import OptionsPart
from .panel.part import PanelPart
from .printing.part import PrintPart
from .search.part import SearchPart
from .shapes.part import ShapesPart
from .tables.part import TablesPart
from .webmap.part import WebMapPart

# in the order of the menu; each part has load() and unload() and is handed the host
PARTS = (
    PanelPart,
    ShapesPart,
    BannedPart,
    TablesPart,
    DelimitPart,
    GeocodePart,
    MapLayersPart,
    SearchPart,
    PrintPart,
    ExtractPart,
    AtlasPart,
    WebMapPart,
    KeeperPart,
    OptionsPart,
    DepsPart,
    HelpPart,
)


class ZoneRulesPlugin:
    """The parts of the plugin in one window."""

    _loaded: ZoneRulesPlugin | None = None  # at most one copy has widgets in the window

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.host: Host | None = None
        self._parts: dict[type, Any] = {}
        self._provider: Any = None

    def initProcessing(self) -> None:
        """Add the Processing provider; the only call of ``qgis_process``, which has no window."""
        from .processing import provider

        self._provider = provider.add()

    def initGui(self) -> None:
        """Add everything to the window; a copy that is there already goes first."""
        if ZoneRulesPlugin._loaded is not None:
            ZoneRulesPlugin._loaded.unload()
        ZoneRulesPlugin._loaded = self
        self.host = Host(self.iface)
        for kind in PARTS:
            self._parts[kind] = kind(self.host)
            self._parts[kind].load()
        self.initProcessing()
        self.host.languageChanged.connect(self._provider.rename)

    def unload(self) -> None:
        """Take everything out of the window; does nothing when there is nothing."""
        if ZoneRulesPlugin._loaded is self:
            ZoneRulesPlugin._loaded = None
        if self._provider is not None:
            self._provider.remove()
        self._provider = None
        for part in reversed(self._parts.values()):
            part.unload()
        self._parts = {}
        if self.host is not None:
            self.host.close()
            self.host.deleteLater()
        self.host = None

    @property
    def panel(self) -> PanelPart:
        """The part that asks and answers. Raises KeyError before ``initGui``."""
        return self._parts[PanelPart]

    def rules_here(self, lon: float | str, lat: float | str) -> None:
        """Show the rules at a place in degrees WGS84.

        The entry point of the layer action "Rules here", whose code users keep in their projects:
        ``qgis.utils.plugins['zonerules'].rules_here(lon, lat)``.
        """
        self._parts[SearchPart].rules_here(lon, lat)
