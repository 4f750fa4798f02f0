"""Compile the catalogue of a checkout that is not installed.

Standard library here; the compiler itself needs PyYAML and jsonschema. The build backend, the zip
script and ``sh dev.sh compile`` share it, so that wheel, zip and checkout carry the same bytes.
Run it as ``python packaging/compile_first.py`` to refresh ``catalogue.json``.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "zonerules"


@contextmanager
def package_at(root: Path) -> Iterator[ModuleType]:
    """Make the folder ``root`` importable as the package, whatever the folder is called.

    An installed or editable copy is put aside meanwhile: a build must compile its own tree.
    """
    saved = {name: sys.modules.pop(name) for name in list(sys.modules) if _ours(name)}
    spec = importlib.util.spec_from_file_location(
        PACKAGE, root / "__init__.py", submodule_search_locations=[str(root)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"no package in {root}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        for name in [name for name in sys.modules if _ours(name)]:
            del sys.modules[name]
        sys.modules.update(saved)


def _ours(name: str) -> bool:
    return name == PACKAGE or name.startswith(PACKAGE + ".")


def write(root: Path, target: Path) -> Path:
    """Compile ``root``'s documents and shapes into ``target``, and places.json beside it.

    Raises what the compilers raise.
    """
    with package_at(root):
        compiler = importlib.import_module(PACKAGE + ".layers.catalogue.compile")
        compiler.write_catalogue(root, target)
        places = importlib.import_module(PACKAGE + ".layers.gazetteer")
        places.write_places(root, target.with_name(places.COMPILED))
    return target


def main() -> int:
    try:
        target = write(ROOT, ROOT / "catalogue.json")
    except ValueError as error:  # the data is wrong, not the program: file, line and reason will do
        print(error, file=sys.stderr)
        return 1
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
