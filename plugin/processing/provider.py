"""The provider ``zonerules``: what QGIS's toolbox, models and ``qgis_process`` find."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .. import settings
from ..host import ICONS
from ..texts import tr
from .checktable import CheckTable
from .delimit import Delimit
from .exportcatalogue import ExportCatalogue
from .exportwebmap import ExportWebMap
from .extracts import Extracts
from .lint import Lint
from .ringsearch import RingSearch
from .rulesatpoints import RulesAtPoints
from .sourcesinzones import SourcesInZones

ALGORITHMS = (
    RulesAtPoints,
    CheckTable,
    Extracts,
    SourcesInZones,
    RingSearch,
    Delimit,
    ExportCatalogue,
    ExportWebMap,
    Lint,
)
ID = "zonerules"


class ZoneRulesProvider(QgsProcessingProvider):
    """The algorithms of the plugin, named in the language that is set."""

    def id(self) -> str:
        return ID

    def name(self) -> str:
        return tr("plugin", settings.language())

    def icon(self) -> QIcon:
        return QIcon(str(ICONS / "zonerules.svg"))

    def loadAlgorithms(self) -> None:
        for kind in ALGORITHMS:
            self.addAlgorithm(kind())

    def rename(self, _lang: str = "") -> None:
        """Name everything anew after the language has changed."""
        self.refreshAlgorithms()

    def remove(self) -> None:
        """Take the provider out of QGIS, unless a later one has its place."""
        registry = QgsApplication.processingRegistry()
        if registry.providerById(ID) is self:
            registry.removeProvider(self)


def add() -> ZoneRulesProvider:
    """Return a new provider that QGIS knows; one that is there already goes first."""
    registry = QgsApplication.processingRegistry()
    if registry.providerById(ID) is not None:
        registry.removeProvider(ID)
    provider = ZoneRulesProvider()
    registry.addProvider(provider)
    return provider
