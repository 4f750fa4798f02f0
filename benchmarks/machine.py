"""The machine and the versions of a run; no names of hosts, users or folders."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = (
    "numpy",
    "shapely",
    "geopandas",
    "pandas",
    "pyarrow",
    "duckdb",
    "sedonadb",
    "matplotlib",
)


def described() -> dict[str, Any]:
    """Return processor, cores, memory, system and versions."""
    import shapely

    import zonerules

    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": _system(),
        "python": platform.python_version(),
        "zonerules": zonerules.__version__,
        "geos": shapely.geos_version_string,
        "packages": {name: _version(name) for name in PACKAGES},
    }


def load() -> float:
    """How busy the machine is: processes that want to run, mean of a minute."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else -1.0


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.exists():
        fields = {}
        for line in about.read_text().splitlines():
            name, _, value = line.partition(":")
            fields.setdefault(name.strip(), value.strip())
        words = [fields.get("model name", ""), f"family {fields.get('cpu family')}"]
        return ", ".join([*words, f"model {fields.get('model')}"])
    return platform.processor() or platform.machine()


def _memory_gb() -> float | None:
    if not hasattr(os, "sysconf"):
        return None
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)


def _system() -> str:
    if hasattr(platform, "freedesktop_os_release"):
        try:
            return platform.freedesktop_os_release()["PRETTY_NAME"]
        except (OSError, KeyError):
            pass
    return f"{platform.system()} {platform.release()}"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
