"""A geocoding service as parameters: which one, its key, the leave to send addresses.

Nothing is sent unless the service is named and the leave given, for this run or for good. The key
is no parameter: models and the history hold the id of an entry of QGIS's authentication store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterBoolean,
)

from .. import settings
from ..geocode import keys, leave

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext

    from .base import Algorithm

SERVICE, KEY, LEAVE = "GEOCODER", "GEOCODER_KEY", "GEOCODER_LEAVE"
NONE = "none"


def add(algorithm: Algorithm) -> None:
    """Add the three parameters."""
    algorithm.add_choice(SERVICE, "geocoders", NONE)
    algorithm.add(QgsProcessingParameterAuthConfig(KEY, "", None, True), advanced=True)
    algorithm.add(QgsProcessingParameterBoolean(LEAVE, "", False))


def service(
    algorithm: Algorithm, parameters: dict[str, Any], context: QgsProcessingContext, what: str
) -> str:
    """Return the service that may be asked, empty for none; ``what``: the addresses in words.

    Raises QgsProcessingException for one that is not known or may not be asked; the line is the
    notice.
    """
    name = algorithm.one(parameters, SERVICE, context)
    if name in (None, NONE):
        return ""
    if name not in settings.GEOCODERS:
        known = ", ".join((NONE, *settings.GEOCODERS))
        line = algorithm.say("bad", parameter=algorithm.say(SERVICE), value=name, expected=known)
        raise QgsProcessingException(line)
    if not (algorithm.parameterAsBool(parameters, LEAVE, context) or leave.given(name)):
        told = leave.notice(name, what, algorithm.lang)
        raise QgsProcessingException(algorithm.say("leave", notice=told))
    return name


def key(
    algorithm: Algorithm, parameters: dict[str, Any], context: QgsProcessingContext, name: str
) -> str:
    """Return the key of a service; call it on the main thread. Raises Refusal."""
    entry = algorithm.parameterAsString(parameters, KEY, context) or ""
    return keys.key_of(name, algorithm.lang, entry)
