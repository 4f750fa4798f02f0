"""The user's key for Tianditu's base map: from QGIS's authentication store or the environment.

A parameter or a setting holds the id of a stored configuration or the name of a variable; neither
QGIS's history nor a log ever has the key.
"""

from __future__ import annotations

import os

from ..asking import Refusal
from ..geocode.keys import key_of
from ..texts import tr

SERVICE = "tianditu"


def tianditu_key(config: str, variable: str, lang: str) -> str:
    """The key of the stored configuration with the id ``config``, else of the ``variable``, else
    the one that the options page or ZONERULES_TIANDITU_KEY has for Tianditu.

    Call it on the main thread: QGIS may ask for the master password. Raises Refusal.
    """
    if config or not variable:
        return key_of(SERVICE, lang, config)
    key = os.environ.get(variable, "").strip()
    if not key:
        raise Refusal(tr("webmap.no_key", lang, variable=variable))
    return key
