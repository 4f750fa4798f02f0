"""Compiled packages that bring libraries of their own are kept apart from those of QGIS.

A wheel of shapely brings its own GEOS. On Linux the libraries of the program come first when a name
is looked up: within QGIS's own program shapely then gets the functions that QGIS's GEOS has from
there and newer ones from its own, and ends the process (shapely 2.2 with GEOS 3.14 beside GEOS 3.11
of QGIS 3.22). Opened with RTLD_DEEPBIND, a package looks into its own libraries first, as packages
do on Windows and macOS anyway. What is imported already stays as it is.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CARRYING = ("shapely", "pyproj", "pyogrio", "pyarrow")


def load(names: Iterable[str]) -> None:
    """Import those of ``names`` that carry libraries; all of them are there."""
    flags = sys.getdlopenflags() if hasattr(sys, "getdlopenflags") else 0
    deep = getattr(os, "RTLD_DEEPBIND", 0)
    if deep:
        sys.setdlopenflags(flags | deep)
    try:
        for name in names:
            if name in CARRYING:
                importlib.import_module(name)
    finally:
        if deep:
            sys.setdlopenflags(flags)
