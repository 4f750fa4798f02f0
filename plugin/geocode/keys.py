"""The user's key for a service: from QGIS's authentication store, else from the environment.

Only on the main thread, and only when a question is about to be sent: reading the store may open
QGIS's own question for the master password. The key is handed to the work and kept nowhere.
"""

from __future__ import annotations

import os

from qgis.core import QgsApplication, QgsAuthMethodConfig

from .. import settings
from ..asking import Refusal
from ..texts import tr
from .leave import service_name

BASIC, HEADER = "Basic", "APIHeader"  # methods of QGIS that hold one secret
FIELD = "password"  # of Basic, which QGIS masks on the screen; the user name is not looked at


def key_of(service: str, lang: str, entry: str = "") -> str:
    """Return the key for a service of ``settings.GEOCODERS``.

    ``entry``: the id of an entry of the store, else the one of the options page. Raises Refusal.
    """
    from ...jobs.address.online import key_name

    entry = entry or settings.geocoder_login(service)
    key = _stored(entry, lang) if entry else os.environ.get(key_name(service), "").strip()
    if not key:
        name = service_name(service, lang)
        where = "geocode.key.empty" if entry else "geocode.key.none"
        raise Refusal(tr(where, lang, service=name, variable=key_name(service)))
    return key


def _stored(entry: str, lang: str) -> str:
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        raise Refusal(tr("geocode.store.disabled", lang))
    if entry not in manager.configIds():
        raise Refusal(tr("geocode.store.gone", lang, entry=entry))
    if not manager.setMasterPassword(True):
        raise Refusal(tr("geocode.store.locked", lang))
    config = QgsAuthMethodConfig()
    if not manager.loadAuthenticationConfig(entry, config, True)[0]:
        raise Refusal(tr("geocode.store.locked", lang))
    if config.method() == BASIC:
        return str(config.config(FIELD)).strip()
    headers = list(config.configMap().values())
    if config.method() == HEADER and len(headers) == 1:
        return str(headers[0]).strip()
    raise Refusal(tr("geocode.store.method", lang, method=config.method()))
