"""What the user chose for good, as QGIS keeps it, and what holds while nothing was chosen."""

from __future__ import annotations

import os

from qgis.core import QgsSettings

from . import compat
from .texts import LANGUAGES, language_of

LANGUAGE, DATA, DATUM = "zonerules/language", "zonerules/data", "zonerules/datum"


def language() -> str:
    """Return ``zh`` or ``en``: the chosen language, else that of QGIS."""
    chosen = QgsSettings().value(LANGUAGE, "")
    return str(chosen) if chosen in LANGUAGES else language_of(compat.locale_name())


def set_language(lang: str) -> None:
    """Keep ``zh`` or ``en``; anything else goes back to the language of QGIS."""
    QgsSettings().setValue(LANGUAGE, lang if lang in LANGUAGES else "")


def data_folder() -> str | None:
    """Return the folder of the user's own overlay, or None. ``ZONERULES_DATA`` comes first."""
    return os.environ.get("ZONERULES_DATA") or QgsSettings().value(DATA, "") or None


def set_data_folder(folder: str) -> None:
    """Keep the overlay folder; an empty text means none."""
    QgsSettings().setValue(DATA, folder)


def datum() -> str:
    """Return the datum of typed coordinates, such as ``wgs84``, the default."""
    return str(QgsSettings().value(DATUM, "") or "wgs84")


def set_datum(name: str) -> None:
    """Keep the datum of typed coordinates, a name of ``layers.datum.DATUMS``."""
    QgsSettings().setValue(DATUM, name)
