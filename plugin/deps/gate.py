"""Whether a feature's packages can be used now; what is installed privately is taken in first.

Called when a feature starts that needs them, never when QGIS does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication

from ..tasks import run_core
from . import apart, path
from .needs import lacking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .needs import Lack


def folder() -> Path:
    """The private folder in the user's profile, one for each version of Python."""
    tag = "py{}.{}".format(*sys.version_info[:2])
    return Path(QgsApplication.qgisSettingsDirPath()) / "zonerules" / f"packages-{tag}"


def lacks(names: Iterable[str]) -> list[Lack]:
    """Those of ``names`` (distributions) that cannot be used."""
    names = list(names)
    missing = lacking(names)
    if not missing:
        return []
    try:
        provided = path.provide(folder())
    except path.Stale:  # QGIS was updated: as if it were not there
        return missing
    return lacking(names) if provided else missing


def ready(names: Iterable[str]) -> list[Lack]:
    """As :func:`lacks`; when nothing is lacking, the packages are imported, apart from QGIS's own
    libraries. Call it before anything of ``jobs`` that needs them is."""
    names = list(names)
    missing = lacks(names)
    if not missing:
        run_core(apart.load, names)
    return missing
