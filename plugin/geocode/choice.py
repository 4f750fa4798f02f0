"""The service and the entry of its key on the plugin's page of QGIS's options."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from .. import settings
from ..labels import make_small, plain_label
from ..texts import tr
from .leave import given, service_name

if TYPE_CHECKING:
    from collections.abc import Mapping


class ServiceChoice(QWidget):
    """Shows what is set and keeps it when told to; nothing is sent and no key is read here."""

    def __init__(self, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._logins = {name: settings.geocoder_login(name) for name in settings.GEOCODERS}
        self._again: set[str] = set()  # services that are to be asked about again
        self._shown = ""
        self.service = QComboBox()
        for name in ("", *settings.GEOCODERS):
            self.service.addItem(service_name(name, lang), name)
        self.service.setAccessibleName(tr("geocode.options", lang).replace("(&O)", ""))
        self.login = QgsAuthConfigSelect()
        self.login.setAccessibleName(tr("geocode.options.key", lang).replace("(&K)", ""))
        self.key_note, self.note, self.leave = plain_label(), plain_label(), plain_label()
        self.forget = QPushButton(tr("geocode.options.forget", lang))
        self.note.setText(tr("geocode.options.note", lang))
        for label in (self.key_note, self.note):
            make_small(label)
        self.setFocusProxy(self.service)
        self._lay_out()
        self.service.currentIndexChanged.connect(lambda _: self._show())
        self.forget.clicked.connect(self._forget)
        self.service.setCurrentIndex(self.service.findData(settings.geocoder()))
        self._show()

    def apply(self) -> None:
        """Keep what was chosen; the id of the entry and never its key."""
        self._hold()
        settings.set_geocoder(self.service.currentData())
        for name, entry in self._logins.items():
            if entry != settings.geocoder_login(name):
                settings.set_geocoder_login(name, entry)
        for name in self._again:
            settings.set_geocoder_leave(name, "")
        self._again = set()

    def logins(self) -> Mapping[str, str]:
        """The entries as they are chosen now, by service."""
        self._hold()
        return self._logins

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.service)
        row = QHBoxLayout()
        self._label = QLabel(tr("geocode.options.key", self._lang))
        self._label.setBuddy(self.login)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.login, 1)
        column.addLayout(row)
        column.addWidget(self.key_note)
        told = QHBoxLayout()
        told.addWidget(self.leave, 1)
        told.addWidget(self.forget)
        column.addLayout(told)
        column.addWidget(self.note)

    def _hold(self) -> None:
        """Remember the entry that is shown, for the service it is shown for."""
        if self._shown:
            self._logins[self._shown] = self.login.configId()

    def _show(self) -> None:
        from ...jobs.address.online import host_of, key_name

        self._hold()
        self._shown = name = self.service.currentData()
        for widget in (self._label, self.login, self.key_note):
            widget.setVisible(bool(name))
        allowed = bool(name) and name not in self._again and given(name)
        for widget in (self.leave, self.forget):
            widget.setVisible(allowed)
        if not name:
            return
        self.login.setConfigId(self._logins[name])
        variable, lang = key_name(name), self._lang
        state = "set" if os.environ.get(variable) else "unset"
        told = tr(f"geocode.options.{state}", lang)
        self.key_note.setText(tr("geocode.options.key.note", lang, variable=variable, state=told))
        if allowed:
            self.leave.setText(tr("geocode.options.leave", lang, host=host_of(name)))

    def _forget(self) -> None:
        self._again.add(self.service.currentData())
        self._show()
