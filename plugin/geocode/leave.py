"""Before an address leaves the machine: what is sent, to whom, and the user's leave.

Nothing is sent without a yes to a notice that says so. The yes counts for one run; it counts for
good only where the user ticks that, and then for this service at this host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QCheckBox, QMessageBox

from .. import settings
from ..texts import tr

if TYPE_CHECKING:
    from qgis.PyQt.QtWidgets import QPushButton, QWidget


def service_name(service: str, lang: str) -> str:
    """What people call a service of ``settings.GEOCODERS``; for an empty text, none."""
    return tr(f"geocode.service.{service or 'none'}", lang)


def notice(service: str, what: str, lang: str) -> str:
    """What leaves the machine and where to; ``what``: the addresses, in words."""
    from ...jobs.address.online import host_of

    name, host = service_name(service, lang), host_of(service)
    return tr("geocode.notice", lang, what=what, service=name, host=host)


def of_address(text: str, within: str, lang: str) -> str:
    """One address in words; ``within`` is set before one that states no city."""
    key = "geocode.what.within" if within else "geocode.what.one"
    return tr(key, lang, address=text, within=within)


def of_column(column: str, within: str, lang: str) -> str:
    """The addresses of a column in words."""
    told = tr("geocode.what.column", lang, column=column)
    return told + (tr("geocode.what.column.within", lang, within=within) if within else "")


def given(service: str) -> bool:
    """Whether the user has allowed for good that addresses are sent to a service."""
    from ...jobs.address.online import host_of

    return settings.geocoder_leave(service) == host_of(service)


def take(service: str) -> None:
    """Keep the leave for good."""
    from ...jobs.address.online import host_of

    settings.set_geocoder_leave(service, host_of(service))


class LeaveBox(QMessageBox):
    """The notice with a yes, a no that is chosen beforehand, and a tick for good."""

    def __init__(self, service: str, what: str, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ZoneRulesLeave")
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(tr("geocode.leave.title", lang))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(notice(service, what, lang))
        self.setInformativeText(tr("geocode.leave.more", lang))
        name = service_name(service, lang)
        self.send: QPushButton = self.addButton(
            tr("geocode.leave.yes", lang), QMessageBox.ButtonRole.AcceptRole
        )
        self.keep_back: QPushButton = self.addButton(
            tr("geocode.leave.no", lang), QMessageBox.ButtonRole.RejectRole
        )
        self.setDefaultButton(self.keep_back)
        self.setEscapeButton(self.keep_back)
        self.for_good = QCheckBox(tr("geocode.leave.for_good", lang, service=name))
        self.setCheckBox(self.for_good)


def ask(service: str, what: str, lang: str, parent: QWidget | None) -> bool:
    """Return whether addresses may be sent now; asks unless that was allowed for good."""
    if given(service):
        return True
    box = LeaveBox(service, what, lang, parent)
    box.exec()
    sent = box.clickedButton() is box.send
    if sent and box.for_good.isChecked():
        take(service)
    box.deleteLater()
    return sent
