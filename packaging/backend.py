"""Build backend: setuptools, with the catalogue compiled first.

Wheel, editable install and sdist all get a fresh ``catalogue.json``. Leftovers of an earlier build
are removed, because setuptools would carry a renamed module or a deleted file along.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from setuptools import build_meta as _setuptools
from setuptools.build_meta import *  # noqa: F403  (the hooks that need no change)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "packaging"))

import compile_first  # noqa: E402  (found through the line above)


@contextmanager
def _fresh() -> Iterator[None]:
    """Compile, build in a clean tree, and leave none of setuptools' folders behind."""
    _clear()
    compile_first.write(ROOT, ROOT / "catalogue.json")
    try:
        yield
    finally:
        _clear()


def _clear() -> None:
    for leftover in ("build", "zonerules.egg-info"):
        shutil.rmtree(ROOT / leftover, ignore_errors=True)


def build_wheel(
    wheel_directory: str,
    config_settings: Any = None,
    metadata_directory: str | None = None,
) -> str:
    with _fresh():
        return _setuptools.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str,
    config_settings: Any = None,
    metadata_directory: str | None = None,
) -> str:
    with _fresh():
        return _setuptools.build_editable(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    with _fresh():
        return _setuptools.build_sdist(sdist_directory, config_settings)
