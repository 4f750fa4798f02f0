"""The gazetteer: places by name, from geojson/places.geojson compiled into places.json.

Counties, cities and provinces of all China as discs; towns, villages, road crossings and plants
where something is known of them. An overlay folder may bring its own places.geojson with records
of the same form. Standard library only, because the locator of a stock QGIS resolves with it.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .catalogue.errors import CatalogueError
from .catalogue.store import write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Crossing", "Gazetteer", "Spot", "Town", "Unit", "Village", "load", "write_places"]

SCHEMA = "zonerules/places/1"
PACKAGE = Path(__file__).resolve().parents[1]
SOURCE = "geojson/places.geojson"
COMPILED = "places.json"
KINDS = ("province", "city", "county", "zone", "town", "village", "crossing", "point")
TOWN_KIND = re.compile(r"(民族乡|回族乡|回族镇|街道办事处|街道办|办事处|街道|地区|镇|乡)$")
UNIT_KIND = re.compile(r"(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市|县)$")


class Unit(NamedTuple):
    """A province, city, county or development zone: a disc that covers it, degrees and metres."""

    kind: str
    code: str
    name: str
    lon: float
    lat: float
    radius_m: float
    members: tuple[str, ...] = ()
    """The counties that a development zone may lie in."""


class Town(NamedTuple):
    """A town or sub-district: a disc around its seat, or no place."""

    code: str
    name: str
    county: str
    lon: float | None
    lat: float | None
    radius_m: float


class Village(NamedTuple):
    """A village or community of a town: a disc around its seat, or no place of its own."""

    name: str
    town: str
    county: str
    lon: float | None
    lat: float | None
    radius_m: float


class Crossing(NamedTuple):
    """Where two roads meet. `roads`: the names of either; `counties`: those it may lie in."""

    name: str
    roads: tuple[tuple[str, ...], ...]
    counties: tuple[str, ...]
    lon: float
    lat: float
    accuracy_m: float


class Spot(NamedTuple):
    """A place with a name of its own: a plant, a landmark, an interchange, a station."""

    name: str
    counties: tuple[str, ...]
    lon: float
    lat: float
    radius_m: float


class Gazetteer:
    """Places by their names; :func:`load` makes it, once for a process."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.units: dict[str, Unit] = {}
        self.unit_names: dict[str, list[str]] = {}
        """Full names, and those that leave nothing open (管城区), to keys of `units`."""
        self.short_names: dict[str, list[str]] = {}
        """新密, 郑州, 河南: names only where an address begins or goes on with a unit."""
        self.towns: dict[str, Town] = {}
        self.town_names: dict[str, list[str]] = {}
        """Names without 镇, 乡, 街道 … to keys of `towns`."""
        self.villages: dict[str, list[Village]] = {}
        self.crossings: list[Crossing] = []
        self.roads: dict[str, list[Crossing]] = {}
        self.spots: dict[str, list[Spot]] = {}
        for row in rows:
            getattr(self, f"_add_{_GROUP[row['kind']]}")(row)
        self.counties: dict[str, list[Unit]] = {}
        """The counties of each city or province, by its digits: 4101, 41."""
        for unit in self.units.values():
            if unit.kind == "county":
                for digits in (2, 4):
                    self.counties.setdefault(unit.code[:digits], []).append(unit)
        self.heads = {
            "unit": _heads([*self.unit_names, *self.short_names]),
            "town": _heads(self.town_names),
            "village": _heads(self.villages),
            "spot": _heads(self.spots),
        }
        """Of each kind of name: its first two characters to the lengths that such names have."""

    def lineage(self, code: str) -> list[Unit]:
        """A county's city and province, nearest first; a city's province."""
        keys = [f"city:{code[:4]}00", f"province:{code[:2]}0000"]
        return [self.units[key] for key in keys if key in self.units and key[-6:] != code]

    def counties_of(self, town: Town) -> set[str]:
        """The counties that a town may be told to lie in: of a development zone all its members."""
        zone = self.units.get(f"zone:{town.code[:6]}") or self.units.get(f"zone:{town.county}")
        own = set() if f"zone:{town.county}" in self.units else {town.county}
        return own | set(zone.members if zone else ())

    def _add_unit(self, row: Mapping[str, Any]) -> None:
        kind, code, name = row["kind"], row["code"], row["name"]
        key = f"{kind}:{code}"
        unit = Unit(
            kind, code, name, row["lon"], row["lat"], row["radius_m"], tuple(row.get("members", ()))
        )
        self.units[key] = unit
        for text in dict.fromkeys((name, *row.get("aliases", ()))):
            self.unit_names.setdefault(text, []).append(key)
        short = UNIT_KIND.sub("", name)
        if kind != "zone" and short != name and len(short) > 1:
            self.short_names.setdefault(short, []).append(key)
        for text in row.get("in_city", ()):
            self.short_names.setdefault(text, []).append(key)

    def _add_town(self, row: Mapping[str, Any]) -> None:
        code, county = row["code"], row["county"]
        self.towns[code] = Town(
            code, row["name"], county, row.get("lon"), row.get("lat"), row.get("radius_m", 0.0)
        )
        bare = TOWN_KIND.sub("", row["name"])
        self.town_names.setdefault(bare, []).append(code)
        for name in row.get("villages", "").split():
            self._add_village({"name": name, "town": code, "county": county})

    def _add_village(self, row: Mapping[str, Any]) -> None:
        village = Village(
            row["name"],
            row["town"],
            row["county"],
            row.get("lon"),
            row.get("lat"),
            row.get("radius_m", 0.0),
        )
        self.villages.setdefault(village.name, []).append(village)

    def _add_crossing(self, row: Mapping[str, Any]) -> None:
        roads = tuple(tuple(names) for names in row["roads"])
        crossing = Crossing(
            row["name"], roads, tuple(row["counties"]), row["lon"], row["lat"], row["accuracy_m"]
        )
        self.crossings.append(crossing)
        for names in roads:
            for name in names:
                self.roads.setdefault(name, []).append(crossing)
        self._add_spot({**row, "radius_m": row["accuracy_m"] + 300}, row.get("aliases", ()))

    def _add_spot(self, row: Mapping[str, Any], names: Iterable[str] | None = None) -> None:
        spot = Spot(row["name"], tuple(row["counties"]), row["lon"], row["lat"], row["radius_m"])
        for name in [row["name"], *row.get("aliases", ())] if names is None else names:
            self.spots.setdefault(name, []).append(spot)


def _heads(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First two characters to the lengths of the names that begin so, the longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}


_GROUP = {
    **dict.fromkeys(("province", "city", "county", "zone"), "unit"),
    **{kind: kind for kind in ("town", "village", "crossing")},
    "point": "spot",
}


def load(data: str | Path | None = None, *, root: Path | None = None) -> Gazetteer:
    """The shipped gazetteer, with the places.geojson of the overlay folder `data` added.

    Raises CatalogueError when a file is there and damaged, or when there is none at all.
    """
    home = Path(root) if root is not None else PACKAGE
    own = None if data is None else Path(data) / "places.geojson"
    if own is None or not own.is_file():
        return _load(home, None, 0)
    return _load(home, own, own.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(home: Path, own: Path | None, changed: int) -> Gazetteer:
    """`changed`: the overlay's time stamp, so that a file that was edited is read again."""
    rows = _shipped(home)
    return Gazetteer(rows if own is None else [*rows, *_read(own, own.name)])


def _shipped(home: Path) -> list[dict[str, Any]]:
    """The compiled rows; those of the source where it changed since or was never compiled."""
    source, compiled = home / SOURCE, home / COMPILED
    try:
        found = json.loads(compiled.read_bytes())
        good = isinstance(found, dict) and found.get("schema") == SCHEMA
        checkout = (home / "pyproject.toml").is_file()
        if good and (not checkout or found.get("sha256") == _digest(source)):
            rows: list[dict[str, Any]] = found["places"]
            return rows
    except (OSError, ValueError, KeyError):
        pass
    return _read(source, SOURCE)


def write_places(root: Path, target: Path) -> Path:
    """Compile the places of `root` into the file `target`. Raises CatalogueError, OSError."""
    source = Path(root) / SOURCE
    compiled = {"schema": SCHEMA, "sha256": _digest(source), "places": _read(source, SOURCE)}
    text = json.dumps(compiled, ensure_ascii=False, separators=(",", ":"))
    write_bytes(Path(target), text.encode("utf-8") + b"\n")
    return Path(target)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a places.geojson, checked for what resolving relies on."""
    try:
        features = json.loads(path.read_bytes())["features"]
        return [_row(feature) for feature in features]
    except OSError as error:
        raise CatalogueError(f"cannot be read: {error.strerror}", file=name) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise CatalogueError(
            f"is damaged ({error})", file=name, expected="point features of the gazetteer"
        ) from error


_NEEDED = {
    "town": ("code", "name", "county"),
    "village": ("name", "town", "county"),
    "crossing": ("name", "roads", "counties", "accuracy_m"),
    "point": ("name", "counties", "radius_m"),
}


def _row(feature: Mapping[str, Any]) -> dict[str, Any]:
    told = feature["properties"]
    kind = told["kind"]
    for key in _NEEDED.get(kind, ("code", "name", "radius_m")):
        if key not in told:
            raise ValueError(f"{kind} without {key}")
    if kind not in KINDS:
        raise ValueError(f"kind {kind}")
    row = {key: value for key, value in told.items() if key not in ("source", "id")}
    if feature["geometry"] is not None:
        lon, lat = (float(value) for value in feature["geometry"]["coordinates"][:2])
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            raise ValueError(f"{told['name']}: {lon}, {lat}")
        row.update(lon=lon, lat=lat)
        _check_reach(row, "accuracy_m" if kind == "crossing" else "radius_m")
    elif kind not in ("town", "village"):
        raise ValueError(f"{told['name']} has no place")
    if kind == "crossing" and not all(map(_is_names, told["roads"])):
        raise ValueError(f'{told["name"]}: roads {told["roads"]}, not [["甲路"], ["乙路"]]')
    if not all(re.fullmatch(r"[0-9]{6}", code) for code in told.get("counties", [])):
        raise ValueError(f"{told['name']}: counties {told['counties']}, not codes of six digits")
    return row


def _check_reach(row: Mapping[str, Any], key: str) -> None:
    """A place is never taken for exact because nobody said how far off it may be."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < inf:
        raise ValueError(f"{row['name']}: {key} {value!r}, not metres above 0")


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)
