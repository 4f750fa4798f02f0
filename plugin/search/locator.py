"""The plugin in QGIS's locator bar (Ctrl+K): ``zrs 113.69, 34.735``, ``zrs 管政98 21``,
``zra 郑州市二七路与金水路交叉口``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsLocatorFilter, QgsLocatorResult
from qgis.PyQt.QtGui import QIcon

from .. import compat, settings
from ..geocode.addresses import SHORTEST
from ..geocode.leave import service_name
from ..host import ICONS
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..geocode.addresses import Addresses
    from .finder import Finder

PREFIX = "zrs"  # QGIS ignores a plugin's prefix of fewer than three characters
NAME = "zonerules"
ADDRESS_PREFIX, ADDRESS_NAME = "zra", "zonerules_addresses"
WITH_PREFIX, WITHOUT = 12, 4  # rows of each kind; without the prefix other filters want room too


class SearchFilter(QgsLocatorFilter):
    """Offers what ``finder`` finds; ``chosen(target)`` is called with what the user picks.

    QGIS clones a filter for every search: the clone shares the finder and knows no window.
    """

    def __init__(self, finder: Finder, chosen: Callable[[Any], None] | None = None) -> None:
        super().__init__()
        self._finder = finder
        self._chosen = chosen
        self._datum = "wgs84"

    def clone(self) -> SearchFilter:
        """Return a filter for one search."""
        return SearchFilter(self._finder)

    def name(self) -> str:
        """Return the filter's id."""
        return NAME

    def displayName(self) -> str:
        """Return its name in the language of the plugin."""
        return tr("search.filter", self._finder.lang)

    def prefix(self) -> str:
        """Return what to type before the words."""
        return PREFIX

    def priority(self) -> Any:
        """Stand among the filters of medium priority."""
        return QgsLocatorFilter.Priority.Medium

    def flags(self) -> Any:
        """Say that a search takes milliseconds, in memory."""
        return QgsLocatorFilter.Flags(QgsLocatorFilter.Flag.FlagFast)

    def prepare(self, text: str, context: Any) -> list[str]:
        """Read the settings, on the main thread; no completions are offered."""
        self._datum = settings.datum()
        return []

    def fetchResults(self, text: str, context: Any, feedback: Any) -> None:
        """Emit a result for each row found."""
        most = WITH_PREFIX if context.usingPrefix else WITHOUT
        for row in self._finder.find(text, self._datum, most):
            if feedback.isCanceled():
                return
            result = QgsLocatorResult(self, row.title, list(row.target))
            result.description = row.note
            result.group = row.group
            result.icon = QIcon(str(ICONS / row.icon))
            result.score = row.score
            self.resultFetched.emit(result)

    def triggerResult(self, result: Any) -> None:
        """Open what the user picked."""
        if self._chosen is not None:
            self._chosen(tuple(compat.locator_data(result)))


class AddressFilter(QgsLocatorFilter):
    """Offers the places of an address, offline; ``chosen(target)`` as in :class:`SearchFilter`.

    Only with its prefix: nearly any text is an address to it.
    """

    def __init__(self, addresses: Addresses, chosen: Callable[[Any], None] | None = None) -> None:
        super().__init__()
        self._addresses = addresses
        self._chosen = chosen
        self._folder: str | None = None
        self._service = ""
        self.setUseWithoutPrefix(False)

    def clone(self) -> AddressFilter:
        """Return a filter for one search."""
        return AddressFilter(self._addresses)

    def name(self) -> str:
        """Return the filter's id."""
        return ADDRESS_NAME

    def displayName(self) -> str:
        """Return its name in the language of the plugin."""
        return tr("search.address.filter", self._addresses.lang)

    def prefix(self) -> str:
        """Return what to type before the address."""
        return ADDRESS_PREFIX

    def priority(self) -> Any:
        """Stand among the filters of medium priority."""
        return QgsLocatorFilter.Priority.Medium

    def prepare(self, text: str, context: Any) -> list[str]:
        """Read the settings, on the main thread; no completions are offered."""
        self._folder, self._service = settings.data_folder(), settings.geocoder()
        return []

    def fetchResults(self, text: str, context: Any, feedback: Any) -> None:
        """Emit a result for each disc found, and one for the service that is set, which is asked
        only when that is picked."""
        for row in self._addresses.find(text, self._folder):
            if feedback.isCanceled():
                return
            target = ["address", row.lon, row.lat, row.radius_m, row.review]
            result = QgsLocatorResult(self, row.title, target)
            result.description = row.note
            result.icon = QIcon(str(ICONS / "search-place.svg"))
            result.score = row.score
            self.resultFetched.emit(result)
        if self._service and len(text.strip()) >= SHORTEST:
            self._offer_service(text.strip())

    def _offer_service(self, text: str) -> None:
        from ...jobs.address.online import host_of

        lang = self._addresses.lang
        name = service_name(self._service, lang)
        result = QgsLocatorResult(self, tr("geocode.locator", lang, service=name), ["online", text])
        host = host_of(self._service)
        result.description = tr("geocode.locator.note", lang, host=host)
        result.icon = QIcon(str(ICONS / "search-place.svg"))
        result.score = 0.0
        self.resultFetched.emit(result)

    def triggerResult(self, result: Any) -> None:
        """Open what the user picked."""
        if self._chosen is not None:
            self._chosen(tuple(compat.locator_data(result)))
