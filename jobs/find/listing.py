"""What the catalogue holds: zones and sources as rows, filtered, counted and set out in a table."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...layers.point import sources_near
from ...rules.facts import nearest, shown
from ...rules.messages import Line, in_language
from ...rules.place import places, zone_truth
from ..answer import BadInput, iso_day
from ..present import clip, printable, width_of
from ..rows import tenth
from ..told import bad_input

if TYPE_CHECKING:
    from ...rules.model import Place
    from ..open import Catalogue

Row = dict[str, Any]

_HEADS = {
    "zh": {
        "id": "编号",
        "name": "名称",
        "kind": "类型",
        "basis": "依据",
        "within": "位于",
        "cite": "条款",
        "county": "县区",
        "location": "位置",
        "distance_m": "距离（米）",
        "clauses": "条款",
        "zone_name": "区域",
        "what": "目标",
        "relation": "",
        "value": "数值",
        "unit": "单位",
        "from": "自",
        "until": "至",
        "note": "说明",
    },
    "en": {
        "id": "id",
        "name": "name",
        "kind": "kind",
        "basis": "basis",
        "within": "within",
        "cite": "clause",
        "county": "county",
        "location": "location",
        "distance_m": "distance (m)",
        "clauses": "clauses",
        "zone_name": "zone",
        "what": "target",
        "relation": "",
        "value": "value",
        "unit": "unit",
        "from": "from",
        "until": "until",
        "note": "note",
    },
}
_AS_OF = {
    "zh": "{day} 有机组运行的电厂：确定 {plants_certain} 家 {mw_certain:g} MW，"
    "至多 {plants_possible} 家 {mw_possible:g} MW（只知年份）",
    "en": "power plants running on {day}: certainly {plants_certain} with {mw_certain:g} MW, "
    "at most {plants_possible} with {mw_possible:g} MW (only years are known)",
}
_RELATIONS = {"T": "inside", "F": "outside", "U": "undetermined"}


def zone_list(
    data: Mapping[str, Any], *, document: str | None, kind: str | None, basis: str | None
) -> list[Row]:
    """Zone rows without their shapes; raises BadInput for a filter value nothing has."""
    zones = list(data["zones"].values())
    wanted = {"document": document, "kind": kind, "basis": basis}
    for name, value in wanted.items():
        if value is not None:
            known_value(f"--{name}", value, {zone[name] for zone in zones})
            zones = [zone for zone in zones if zone[name] == value]
    hidden = ("shapes", "clause")
    return [{name: zone[name] for name in zone if name not in hidden} for zone in zones]


def known_value(option: str, value: str, known: Iterable[str]) -> None:
    """Raise BadInput, with the nearest known value, for one that is not known."""
    known = sorted(set(known))
    if value not in known:
        near = nearest(value, known)
        raise bad_input(
            f"{option} {shown(value)}",
            f"not in the catalogue{near}",
            f"规则库中没有{in_language(near, 'zh')}",
        )


def source_list(
    catalogue: Catalogue,
    *,
    within: str | None = None,
    near: tuple[float, float] | None = None,
    radius_km: float | None = None,
    kind: str | None = None,
    as_of: str | None = None,
) -> dict[str, Any]:
    """Sources with counts by kind and sums of their figures.

    `within` keeps sources inside the zone and lists those for which that cannot be told under
    `undetermined`; `near` (WGS84 degrees) keeps located sources within `radius_km` (5). `as_of`
    adds the status on that day, None where it is not known, and the MW that ran. Raises BadInput.
    """
    found: list[Row] = [dict(source) for source in catalogue.sources()]
    if kind is not None:
        known_value("--kind", kind, (source["kind"] for source in found))
        found = [source for source in found if source["kind"] == kind]
    if radius_km is not None and near is None:
        raise BadInput(Line("--radius needs --near LON LAT", "--radius 要与 --near 经度 纬度 同用"))
    if near is not None:
        found = _near(catalogue, found, near, 5.0 if radius_km is None else radius_km)
    undetermined: list[Row] = []
    if within is not None:
        known_value("--within", within, catalogue.data["zones"])
        relation = {source["id"]: _relation(catalogue, source, within) for source in found}
        undetermined = [source for source in found if relation[source["id"]] == "undetermined"]
        found = [source for source in found if relation[source["id"]] == "inside"]
    if as_of is not None:
        for source in (*found, *undetermined):
            source["status_as_of"] = _status(source, as_of)
            if "units" in source:
                source["operating_mw"] = operating_mw(source["units"], as_of)
    return {
        "sources": found,
        "undetermined": undetermined,
        "counts": dict(sorted(Counter(source["kind"] for source in found).items())),
        "totals": totals(found),
        **({"as_of": _as_of_totals(found, as_of)} if as_of is not None else {}),
    }


def operating_mw(units: Sequence[Mapping[str, Any]], day: str) -> dict[str, float]:
    """MW that certainly ran on `day`, and MW that may have: {certain, possible}.

    Only years are known: in the year of its start or retirement, or without a year, a unit may or
    may not have run. A unit that was cancelled never did.
    """
    year = int(day[:4])
    total = {"certain": 0.0, "possible": 0.0}
    for unit in units:
        start, retired = unit.get("start"), unit.get("retired")
        if unit["status"] == "cancelled" or (start is not None and start > year):
            continue
        if retired is not None and retired < year:
            continue
        total["possible"] += unit["mw"]
        gone = unit["status"] == "retired" and (retired is None or retired == year)
        if start is not None and start < year and not gone:
            total["certain"] += unit["mw"]
    return total


def _as_of_totals(found: Sequence[Row], day: str) -> dict[str, Any]:
    """Plants with units that certainly ran on the day, those that may have, and their MW."""
    plants = [source["operating_mw"] for source in found if "operating_mw" in source]
    return {
        "day": day,
        "plants_certain": sum(mw["certain"] > 0 for mw in plants),
        "plants_possible": sum(mw["possible"] > 0 for mw in plants),
        "mw_certain": sum(mw["certain"] for mw in plants),
        "mw_possible": sum(mw["possible"] for mw in plants),
    }


def _near(
    catalogue: Catalogue, found: Sequence[Row], near: tuple[float, float], radius_km: float
) -> list[Row]:
    lon, lat = near
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise bad_input(
            f"--near {lon} {lat}", "expected LON LAT in degrees", "应为以度计的经度和纬度"
        )
    if not 0 <= radius_km <= 20_000:
        raise bad_input(
            f"--radius {radius_km}",
            "expected kilometres between 0 and 20000",
            "应为 0 至 20000 公里",
        )
    kept = {source["id"]: source for source in found}
    return [
        {**kept[source["id"]], "distance_m": tenth(distance)}
        for source, distance in sources_near(catalogue.data, lon, lat, radius_km * 1000)
        if source["id"] in kept
    ]


def _relation(catalogue: Catalogue, source: Mapping[str, Any], zone: str) -> str:
    """inside | outside | undetermined: where a source lies towards a zone."""
    return relation(places_of(catalogue, source)[zone])


def relation(place: Place) -> str:
    """inside | outside | undetermined: what a place in a zone comes to for a list."""
    return _RELATIONS[zone_truth(place).value]


def places_of(catalogue: Catalogue, source: Mapping[str, Any]) -> dict[str, Place]:
    """Where a source lies towards every zone, today: by its position and by its document."""
    zones = catalogue.book.zones
    spot = source.get("location")
    located: dict[str, str] = {}
    if spot:
        accuracy = float(spot.get("accuracy_m", 0))
        found = catalogue.located.locate(spot["lon"], spot["lat"], accuracy)
        located = {name: location.where for name, location in found.items()}
    # What the document says of a source outranks a drawing that is only approximate.
    said = {
        name: "inside"
        for name in source.get("zones", [])
        if located.get(name) not in ("inside", "outside")
    }
    return places(zones, located, said, datetime.date.today().isoformat(), catalogue.book.kin)


def _status(source: Mapping[str, Any], day: str) -> Mapping[str, str] | None:
    try:
        iso_day(day)
    except ValueError:
        raise bad_input(f"--as-of {day}", "expected YYYY-MM-DD", "应为 YYYY-MM-DD") from None
    for status in source.get("status", []):
        if status.get("from", "") <= day <= status.get("until", "9999-12-31"):
            what: Mapping[str, str] = status["what"]
            return what
    return None


# Figures that may be added up; shares, numbers of plants and the like may not.
_ADDED = ("units_mw", "capacity_mw", "capacity_mt_a", "crude_steel_kt_a", "capacity_tph")


def totals(found: Iterable[Row]) -> dict[str, float]:
    """Sums of capacities over the sources that state them, classes of sources left out."""
    totals: dict[str, float] = {}
    for source in found:
        if source.get("unnamed"):
            continue
        for name in _ADDED:
            value = source.get("figures", {}).get(name)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                totals[name] = totals.get(name, 0) + value
    return totals


# -- tables ---------------------------------------------------------------------------------------


def table(rows: Sequence[Row], names: Sequence[str], lang: str, width: int = 34) -> str:
    """Rows as an aligned table with a head; long cells are cut."""
    names = [name for name in names if any(row.get(name) is not None for row in rows)]
    cells = [[_HEADS[lang][name] for name in names]]
    cells += [[clip(_cell(row.get(name), lang), width) for name in names] for row in rows]
    widths = [max(width_of(line[column]) for line in cells) for column in range(len(names))]
    return "\n".join(
        "  ".join(text + " " * (wide - width_of(text)) for text, wide in zip(line, widths)).rstrip()
        for line in cells
    )


def _cell(value: Any, lang: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if lang in value:
            return printable(str(value[lang]))
        if "clause" in value:
            return printable(str(value["clause"]))
        if "lon" in value:
            return f"{value['lon']:.4f}, {value['lat']:.4f} ±{value.get('accuracy_m', 0):g} m"
    if isinstance(value, (list, tuple)):
        return printable(", ".join(str(part) for part in value))
    return printable(str(value))


def zone_totals(rows: Sequence[Row], lang: str) -> str:
    """One line: how many zones, by basis."""
    counts = Counter(row["basis"] for row in rows)
    parts = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()))
    return f"共 {len(rows)} 个区域（{parts}）" if lang == "zh" else f"{len(rows)} zones ({parts})"


def source_totals(result: Mapping[str, Any], lang: str) -> str:
    """One or two lines: counts, sums, and how many cannot be told."""
    counts = ", ".join(f"{name} {n}" for name, n in result["counts"].items())
    totals = ", ".join(f"{name} {value:g}" for name, value in result["totals"].items())
    number = len(result["sources"])
    lines = [f"共 {number} 处：{counts}" if lang == "zh" else f"{number} sources: {counts}"]
    if totals:
        lines.append(f"合计：{totals}" if lang == "zh" else f"totals: {totals}")
    if "as_of" in result:
        lines.append(_AS_OF[lang].format(**result["as_of"]))
    if result["undetermined"]:
        open_ones = len(result["undetermined"])
        lines.append(
            f"另有 {open_ones} 处是否在内不能确定"
            if lang == "zh"
            else f"{open_ones} more for which it cannot be told"
        )
    return "\n".join(lines)
