"""Fetch the web map's libraries into ``webassets/``, for a release's wheel and zip.

The packages are pinned in ``webassets.json`` and come through the ordinary npm client; the folder
is never committed. Run as ``python packaging/webassets.py [FOLDER]``; a folder made so can also be
named with ``zonerules map --assets``.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from compile_first import PACKAGE, ROOT, package_at


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "webassets"
    with package_at(ROOT):
        libraries = importlib.import_module(PACKAGE + ".jobs.webmap.assets")
        try:
            content = libraries.fetched(libraries.pinned())
        except libraries.AssetError as error:
            print(f"webassets.py: {error}", file=sys.stderr)
            return 1
        store = importlib.import_module(PACKAGE + ".layers.catalogue.store")
        for name, data in content.items():
            store.write_bytes(folder / name, data)
            print(f"{folder / name}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
