"""How often the true place lies in the disc of an address, on public data with coordinates.

``python benchmarks/addresses.py --seats FILE --geonames FILE --plants FILE…``: the seats of
Vonng/adcode and GeoNames' cities500.json as for ``layers.build places``; CSV files of Global Energy
Monitor. What is measured is left out of the gazetteer first. ``--real FILE…``: CSV files with the
columns address, lon and lat, in the datum ``--datum``; of each the first, third, fifth … row is
printed as "looked at", the others as "held back". Prints one line for each set and level.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from zonerules.jobs.address.resolve import resolve
from zonerules.layers.datum import to_wgs84
from zonerules.layers.gazetteer import COMPILED, PACKAGE, TOWN_KIND, Gazetteer, load, write_places
from zonerules.layers.point import metres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Case = tuple[str, float, float, "str | None"]  # address, longitude, latitude, county
CITY = {"4101": "郑州市", "4108": "焦作市", "4117": "驻马店市"}
NAMES = ("name_zh", "plant-name-(other-language)", "name")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def edited(change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Gazetteer:
    """The shipped gazetteer with its records changed, or left out where None comes back."""
    with tempfile.TemporaryDirectory() as folder:
        file = write_places(PACKAGE, Path(folder) / COMPILED)
        rows = json.loads(file.read_text(encoding="utf-8"))["places"]
    return Gazetteer(row for row in map(change, rows) if row is not None)


def placeless(row: dict[str, Any]) -> dict[str, Any]:
    """A village by its name only."""
    hidden = ("lon", "lat", "radius_m") if row["kind"] == "village" else ()
    return {key: value for key, value in row.items() if key not in hidden}


def villages(seats: Path, *, town: bool) -> list[Case]:
    """Addresses as they are written, from the villages of the seats; some 8 % of the points are a
    namesake's, tens of kilometres away."""
    found = []
    for row in rows_of(seats):
        if row["level"] == "village":
            name = re.sub(r"(社区)?居民?委(员)?会$", "社区", row["name"])
            name = re.sub(r"村民?委员?会$", "村", name)
            parent = re.sub("^济源市", "", row["town"]) if town else ""
            text = f"河南省{CITY.get(row['code'][:4], '')}{row['county']}{parent}{name}12号"
            place = float(row["lon_wgs84"]), float(row["lat_wgs84"])
            found.append((text, *place, row["county"]))
    return found


def towns(geonames: Path, book: Gazetteer) -> Iterable[Case]:
    """GeoNames' point of a town beside the town's seat, where just one is called so nearby."""
    seated = defaultdict(list)
    for town in book.towns.values():
        if town.lon is not None and town.radius_m in (8_000, 4_500):  # a seat of Vonng's
            seated[TOWN_KIND.sub("", town.name)].append(town)
    for row in json.loads(geonames.read_text(encoding="utf-8")).values():
        if row["countrycode"] != "CN" or str(row["admin1code"]) != "09":
            continue
        place = row["longitude"], row["latitude"]
        for name in {TOWN_KIND.sub("", text) for text in row["alternatenames"]}:
            near = [t for t in seated[name] if metres(t.lon or 0, t.lat or 0, *place) < 60_000]
            unit = book.units.get(f"county:{near[0].county}") if len(near) == 1 else None
            if unit is not None:
                yield f"{unit.name}{near[0].name}", *place, None


def plants(files: Iterable[Path]) -> Iterable[Case]:
    for path in files:
        for row in rows_of(path):
            name = next((row[key] for key in NAMES if row.get(key)), "")
            lon = row.get("lon") or row.get("lng") or ""
            if name and lon:
                yield name, float(lon), float(row["lat"]), None


def real(path: Path, datum: str) -> list[Case]:
    """Addresses as they were written, with the coordinates that somebody gave them."""
    found = []
    for row in rows_of(path):
        lon, lat = to_wgs84(float(row["lon"]), float(row["lat"]), datum)
        found.append((row["address"], lon, lat, None))
    return found


def by_level(what: str, cases: Iterable[Case], book: Gazetteer) -> None:
    """Print how many there are of each level, the share inside and the median radius."""
    levels: dict[str, list[tuple[bool, float]]] = defaultdict(list)
    told = 0
    for text, lon, lat, _ in cases:
        found = resolve(text, book)
        if found.best is None:
            levels["none"].append((False, 0.0))
            continue
        best = found.best
        told += bool(found.review)
        inside = metres(lon, lat, best.lon, best.lat) <= best.radius_m
        levels[best.level].append((inside, best.radius_m))
    count = sum(map(len, levels.values()))
    finer = sum(
        len(rows) for name, rows in levels.items() if name not in ("county", "city", "none")
    )
    print(f"{what}: {finer / max(count, 1):.1%} finer than the county, {told} told to be looked at")
    for name in sorted(levels, key=lambda level: median(r for _, r in levels[level])):
        rows = levels[name]
        share = sum(inside for inside, _ in rows) / len(rows)
        print(
            f"  {name}: {len(rows)}, {share:.1%} inside, median {median(r for _, r in rows):.0f} m"
        )


def measure(what: str, cases: Iterable[Case], book: Gazetteer) -> None:
    """Print the share inside, the median radius and the claims of a wrong county."""
    inside, wrong, radii, count = 0, 0, [], 0
    began = time.process_time()
    for text, lon, lat, county in cases:
        count += 1
        found = resolve(text, book)
        if found.best is None:
            continue
        best = found.best
        inside += metres(lon, lat, best.lon, best.lat) <= best.radius_m
        wrong += county is not None and best.county not in (None, county)
        radii.append(best.radius_m)
    each = (time.process_time() - began) / max(count, 1) * 1e6
    told = [
        f"{len(radii)} of {count} resolved",
        f"{inside / max(len(radii), 1):.1%} inside",
        f"median radius {median(radii or [0]):.0f} m",
        f"wrong county {wrong}",
        f"{each:.0f} µs each",
    ]
    print(f"{what}: {', '.join(told)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seats", type=Path)
    parser.add_argument("--geonames", type=Path)
    parser.add_argument("--plants", type=Path, nargs="+")
    parser.add_argument("--real", type=Path, nargs="+", default=[])
    parser.add_argument("--datum", default="wgs84")
    given = parser.parse_args()
    for path in given.real:
        cases = real(path, given.datum)
        for part, rows in (("looked at", cases[::2]), ("held back", cases[1::2])):
            measure(f"{path.name}, {part}", rows, load())
            by_level(f"{path.name}, {part}", rows, load())
    if None in (given.seats, given.geonames, given.plants):
        if not given.real:
            parser.error("--seats, --geonames and --plants, or --real")
        return
    seatless = edited(placeless)
    measure("villages, town stated", villages(given.seats, town=True), seatless)
    measure("villages, county stated", villages(given.seats, town=False), seatless)
    measure("towns", list(towns(given.geonames, load())), load())
    measure(
        "plants", plants(given.plants), edited(lambda row: None if row["kind"] == "point" else row)
    )


if __name__ == "__main__":
    main()
