"""The menu entry and the window for one address, its circle on the map, and the asking online."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import canvas as maps
from .. import settings
from ..asking import Refusal, one_line, palette
from ..panel.marks import PlaceMarker, circle_around
from ..tables.work import without_options
from ..tasks import CoreTask, start
from ..texts import tr
from . import keys, leave, work
from .addresses import Addresses, size

if TYPE_CHECKING:
    from ...jobs.address.discs import Candidate, Located
    from ..host import Host
    from .window import AddressDialog

WIDEST_M = 100_000.0  # metres of accuracy the panel can ask with


class GeocodePart:
    """Opens the window; resolves offline at once, online in the background after a yes."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.dialog: AddressDialog | None = None
        self.task: CoreTask | None = None
        self.addresses = Addresses(host.lang)
        self.marker = PlaceMarker(host.canvas, palette()["marker"])

    def load(self) -> None:
        """Add the menu entry."""
        self.host.action("geocode", "search-place.svg", self.show)
        self.host.addressWanted.connect(self.take)
        self.host.languageChanged.connect(self._switch)
        self.host.catalogueChanged.connect(self.addresses.reset)

    def unload(self) -> None:
        """Stop what goes on and close the window."""
        self.host.addressWanted.disconnect(self.take)
        self.host.languageChanged.disconnect(self._switch)
        self.host.catalogueChanged.disconnect(self.addresses.reset)
        self._close()
        self.marker.remove()

    def show(self) -> AddressDialog:
        """Open the window, or bring it to the front."""
        from .window import AddressDialog

        if self.dialog is None:
            self.dialog = AddressDialog(self.host.lang, self.host.window)
            self.dialog.findWanted.connect(self.find)
            self.dialog.onlineWanted.connect(self.ask_service)
            self.dialog.stopWanted.connect(self.stop)
            self.dialog.pointed.connect(self._draw)
            self.dialog.opened.connect(self._open)
            self.dialog.finished.connect(lambda _result: self._closed())
        self.dialog.set_service(settings.geocoder())
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        return self.dialog

    def take(self, text: str, online: bool) -> None:
        """Show the places of an address, with ``online`` those of the service that is set."""
        dialog = self.show()
        if self.task is not None:  # one question at a time
            return
        dialog.line.setText(text)
        self.find()
        if online:
            self.ask_service()

    def find(self) -> None:
        """Resolve the address in the window offline."""
        dialog = self.show()
        text, within = dialog.address()
        if not text:
            return
        try:
            found = self.addresses.located(text, settings.data_folder(), within or None)
        except Refusal as refusal:
            dialog.refuse(str(refusal))
            return
        dialog.show_located(found, self._say("offline"))

    def ask_service(self) -> None:
        """Send the address in the window to the service that is set, once the user has agreed."""
        dialog, service, lang = self.show(), settings.geocoder(), self.host.lang
        text, within = dialog.address()
        if not text or not service or self.task is not None:
            return
        if not leave.ask(service, leave.of_address(text, within, lang), lang, dialog):
            dialog.tell(self._say("not_sent"))
            return
        try:
            key = keys.key_of(service, lang)
        except Refusal as refusal:
            dialog.refuse(str(refusal))
            return
        task = CoreTask(
            self._say("task"),
            work.ask_service,
            service,
            key,
            text,
            within or None,
            settings.data_folder(),
            done=lambda found: self._found(found, service) if self.task is task else None,
            failed=lambda error: self._failed(error) if self.task is task else None,
        )
        self.task = task
        dialog.set_busy(True)
        dialog.tell(self._told("busy", service))
        start(task)

    def stop(self) -> None:
        """Send no more and wait for no answer; one that comes all the same is not shown."""
        if self.task is not None:
            self.task.cancel()
            dialog = self._idle()
            if dialog is not None:
                dialog.tell(self._say("stopped"))

    # -- what came back ---------------------------------------------------------------------

    def _found(self, found: Located, service: str) -> None:
        dialog = self._idle()
        if dialog is not None:
            dialog.show_located(found, self._told("asked", service))

    def _failed(self, error: BaseException) -> None:
        dialog, lang = self._idle(), self.host.lang
        names = {"--geocoder": self._say("option"), "--within": self._say("within.name")}
        line = without_options(one_line(error, lang), names)
        if dialog is not None:
            dialog.refuse(line)

    def _idle(self) -> AddressDialog | None:
        self.task = None
        if self.dialog is not None:
            self.dialog.set_busy(False)
        return self.dialog

    # -- on the map -------------------------------------------------------------------------

    def _draw(self, place: Candidate | None) -> None:
        if place is None:
            self.marker.clear()
            return
        self.marker.show(place.lon, place.lat, place.radius_m)
        circle = circle_around(place.lon, place.lat, place.radius_m)
        if circle is None or not maps.zoom_to(self.host.canvas, circle):
            self.host.complain(self._say("off_map"))

    def _open(self, place: Candidate) -> None:
        if place.radius_m > WIDEST_M:
            radius = size(place.radius_m)
            self.host.inform(tr("search.address.wide", self.host.lang, radius=radius))
            return
        self.marker.clear()  # the panel draws its own
        self.host.discWanted.emit(place.lon, place.lat, place.radius_m)

    # -- keeping up -------------------------------------------------------------------------

    def _switch(self, lang: str) -> None:
        self.addresses.lang = lang
        if self.dialog is not None and not self.dialog.isVisible():
            self._close()

    def _closed(self) -> None:
        self.stop()
        self.marker.clear()

    def _close(self) -> None:
        self.stop()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = None

    def _told(self, key: str, service: str) -> str:
        from ...jobs.address.online import host_of

        name = leave.service_name(service, self.host.lang)
        return self._say(key, service=name, host=host_of(service))

    def _say(self, key: str, **args: Any) -> str:
        return tr(f"geocode.{key}", self.host.lang, **args)
