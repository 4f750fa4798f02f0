"""What the user chose for good, as QGIS keeps it, and what holds while nothing was chosen."""

from __future__ import annotations

import os

from qgis.core import QgsSettings

from . import compat
from .texts import LANGUAGES, language_of

LANGUAGE, DATA, DATUM = "zonerules/language", "zonerules/data", "zonerules/datum"
GEOCODER = "zonerules/geocoder"
# those of layers.datum that a user can be working in, the default first
DATUMS = ("wgs84", "cgcs2000", "gcj02", "bd09")
GEOCODERS = ("tianditu", "amap", "baidu")  # those of jobs.address


def language() -> str:
    """Return ``zh`` or ``en``: the chosen language, else that of QGIS."""
    return chosen_language() or language_of(compat.locale_name())


def chosen_language() -> str:
    """Return the language that was chosen, or an empty text: that of QGIS."""
    chosen = QgsSettings().value(LANGUAGE, "")
    return str(chosen) if chosen in LANGUAGES else ""


def set_language(lang: str) -> None:
    """Keep ``zh`` or ``en``; anything else goes back to the language of QGIS."""
    QgsSettings().setValue(LANGUAGE, lang if lang in LANGUAGES else "")


def data_folder() -> str | None:
    """Return the folder of the user's own overlay, or None. ``ZONERULES_DATA`` comes first."""
    return forced_data_folder() or stored_data_folder() or None


def stored_data_folder() -> str:
    """Return the folder that was chosen, whatever ``ZONERULES_DATA`` says; empty for none."""
    return str(QgsSettings().value(DATA, "") or "")


def forced_data_folder() -> str:
    """Return the folder that the environment names, or an empty text."""
    return os.environ.get("ZONERULES_DATA", "")


def set_data_folder(folder: str) -> None:
    """Keep the overlay folder; an empty text means none."""
    QgsSettings().setValue(DATA, folder)


def datum() -> str:
    """Return the datum of typed coordinates, such as ``wgs84``, the default."""
    chosen = QgsSettings().value(DATUM, "")
    return str(chosen) if chosen in DATUMS else DATUMS[0]


def set_datum(name: str) -> None:
    """Keep the datum of typed coordinates, one of ``DATUMS``."""
    QgsSettings().setValue(DATUM, name)


def geocoder() -> str:
    """Return the service that addresses may be sent to, one of ``GEOCODERS``; empty for none."""
    chosen = QgsSettings().value(GEOCODER, "")
    return str(chosen) if chosen in GEOCODERS else ""


def set_geocoder(name: str) -> None:
    """Keep the service, one of ``GEOCODERS``; an empty text means none."""
    QgsSettings().setValue(GEOCODER, name)


def geocoder_login(name: str) -> str:
    """Return the id of the entry of QGIS's authentication store with a service's key, or empty.

    The id alone is kept here, never the key.
    """
    return str(QgsSettings().value(f"{GEOCODER}_login/{name}", "") or "")


def set_geocoder_login(name: str, entry: str) -> None:
    """Keep the id of such an entry; an empty text means the environment's key."""
    QgsSettings().setValue(f"{GEOCODER}_login/{name}", entry)


def geocoder_leave(name: str) -> str:
    """Return the host that addresses may be sent to without asking again, or an empty text."""
    return str(QgsSettings().value(f"{GEOCODER}_leave/{name}", "") or "")


def set_geocoder_leave(name: str, host: str) -> None:
    """Keep the leave to send addresses to a host; an empty text takes it back."""
    QgsSettings().setValue(f"{GEOCODER}_leave/{name}", host)
