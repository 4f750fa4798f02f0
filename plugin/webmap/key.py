"""The user's key for Tianditu: from QGIS's authentication store or the environment, never typed.

A parameter or a setting holds the id of a stored configuration or the name of a variable; neither
QGIS's history nor a log ever has the key.
"""

from __future__ import annotations

import os
from typing import Any

from qgis.core import QgsApplication, QgsAuthMethodConfig

from ..asking import Refusal
from ..texts import tr

VARIABLE = "TIANDITU_KEY"


def tianditu_key(config: str, variable: str, lang: str) -> str:
    """The key of the stored configuration with the id ``config``, else of the variable.

    Call it on the main thread: QGIS may ask for the master password. Raises Refusal.
    """
    if config:
        return _stored(config, lang)
    name = variable or VARIABLE
    key = os.environ.get(name, "").strip()
    if not key:
        raise Refusal(tr("webmap.no_key", lang, variable=name))
    return key


def _stored(config: str, lang: str) -> str:
    manager: Any = QgsApplication.authManager()
    found = QgsAuthMethodConfig()
    if manager.isDisabled() or config not in manager.configIds():
        raise Refusal(tr("webmap.no_config", lang, config=config))
    if not manager.loadAuthenticationConfig(config, found, True)[0]:
        raise Refusal(tr("webmap.locked", lang))
    held = {name: value for name, value in found.configMap().items() if value}
    # a password, however the name beside it reads; of other methods the one value they hold
    values = [held["password"]] if "password" in held else list(held.values())
    if len(values) != 1:
        raise Refusal(tr("webmap.not_one_key", lang, config=found.name() or config))
    return str(values[0]).strip()
