"""Drawn zones into an overlay folder: what `zonerules overlay add` does.

The three shapes of a zone are completed (core and extent from nominal and its accuracy), merged
with the zones that the folder redraws already, and tried out on the catalogue before anything is
written.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...rules.messages import Line
from ..answer import BadInput
from ..told import bad_input
from .drawn import DRAWN, SLACK, TEXTS, Faults, Shape, in_both, name_of, read_layer, settled
from .export import write_text
from .flat import clean
from .keeping import ROLES, ZONES, as_text, bare_catalogue, present, tried

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Feature = dict[str, Any]


def import_zones(
    path: Path,
    folder: Path,
    *,
    layer: str | None = None,
    accuracy_m: float | None = None,
    replace: bool = False,
) -> dict[str, Any]:
    """Put the zones drawn in the file `path` into the overlay folder's zones.geojson.

    Columns: see drawn.read_layer. A zone with only a nominal shape gets core and extent from
    its accuracy_m (metres), `accuracy_m` where the column is empty. The CRS may be any that is
    related to WGS84. `replace`: zones that the folder has already are overwritten.

    Returns {"to", "crs", "added", "replaced", "unchanged", "computed", "derived" (left out, their
    members decide): zone ids, "undrawn": rows without geometry, "problems": what else is wrong
    with the folder}. Raises BadInput, and nothing
    is written then.
    """
    path, folder = Path(path), Path(folder)
    if accuracy_m is not None and not 0 <= accuracy_m < 1e6:
        raise bad_input(
            f"--accuracy {accuracy_m:g}", "expected metres, 0 or more", "应为米数，不小于 0"
        )
    faults = Faults(path.name)
    found = read_layer(path, layer, faults)
    zones = _grouped(found.shapes, faults)
    faults.stop_if_any()
    if not zones:
        raise bad_input(
            path.name,
            "no zone is drawn in it; expected polygons with a column zone",
            "里面没有画管控区，应为带 zone 列的面",
        )
    if folder.exists() and not folder.is_dir():
        raise bad_input(f"--to {folder}", "is no folder", "不是文件夹")
    catalogue = bare_catalogue(folder)
    made: dict[str, list[Feature]] = {}
    computed = []
    derived = [zone for zone in zones if _is_derived(catalogue, zones[zone]["nominal"])]
    for zone in derived:  # as exported: its members decide where it is
        del zones[zone]
    for zone, shapes in zones.items():
        areas = _completed(shapes, accuracy_m, faults)
        if areas is not None:
            if len(areas) > len(shapes):
                computed.append(zone)
            made[zone] = _features(path, shapes, areas, catalogue, accuracy_m)
    faults.stop_if_any()
    before = present(folder)
    told = _sorted_out(made, before, folder, replace)
    text = as_text({**before, **made})
    problems = _tried(catalogue, text, path.name, zones, faults)
    if told["added"] or told["replaced"]:
        _write(folder, text)
    where = {"to": str(folder / ZONES), "crs": found.crs}
    left_out = {"derived": derived, "undrawn": found.undrawn}
    return {**where, **told, "computed": computed, **left_out, "problems": problems}


def _is_derived(catalogue: Mapping[str, Any], nominal: Shape) -> bool:
    row = catalogue["zones"].get(nominal.zone, {})
    return row.get("basis") == "derived" and nominal.told.get("basis") == "derived"


def _grouped(shapes: Iterable[Shape], faults: Faults) -> dict[str, dict[str, Shape]]:
    zones: dict[str, dict[str, Shape]] = {}
    for shape in shapes:
        roles = zones.setdefault(shape.zone, {})
        first = roles.setdefault(shape.role, shape)
        if first is not shape:
            problem = Line(
                f"feature {first.number} draws the same; expected one feature a zone and role",
                f"与第 {first.number} 个要素相同；每个区域的每种图形只能有一个要素",
            )
            faults.add(shape.number, f"{shape.zone} {shape.role}", problem)
    for zone, roles in zones.items():
        if "nominal" not in roles:
            some = next(iter(roles.values()))
            problem = Line(
                "the zone has no nominal shape; expected role nominal",
                "该区域没有 nominal（原文界线）图形",
            )
            faults.add(some.number, zone, problem)
    return zones


def _completed(
    shapes: Mapping[str, Shape], default: float | None, faults: Faults
) -> dict[str, Any] | None:
    """The shapes by role as shapely areas, core and extent worked out where both are missing."""
    nominal = shapes["nominal"]
    accuracy, problem = _accuracy(nominal.told.get("accuracy_m"), default)
    areas = {role: shapes[role].area for role in ROLES if role in shapes}
    if problem is None and len(areas) < len(ROLES) and accuracy is None:
        problem = Line(
            "accuracy_m is missing: how many metres may the true line lie from the drawn one? "
            "expected a number there, --accuracy, or shapes of roles core and extent",
            "没有 accuracy_m：真实界线可能偏离所画的线多少米？请填这一列，或写 --accuracy，"
            "或另画 core 和 extent 两种图形",
        )
    if problem is None and len(areas) < len(ROLES) and accuracy:
        areas = {**_banded(nominal.area, accuracy), **areas}
    if problem is None:
        problem = _nesting_fault(areas)
    if problem:
        faults.add(nominal.number, nominal.zone, problem)
        return None
    return {role: areas[role] for role in ROLES if role in areas}


def _accuracy(value: Any, default: float | None) -> tuple[float | None, str | None]:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]  # beside lines, whose accuracy is a list, a reader makes it one too
    if value is None:
        return default, None
    try:
        accuracy = float(value)
    except (TypeError, ValueError):
        accuracy = -1.0
    if isinstance(value, bool) or not 0 <= accuracy < 1e6:
        en = f"accuracy_m is {value!r}; expected metres, 0 or more"
        return None, Line(en, f"accuracy_m 为 {value!r}；应为米数，不小于 0")
    return accuracy, None


def _banded(nominal: Any, accuracy: float) -> dict[str, Any]:
    """Core and extent: nominal without, and with, all places within `accuracy` metres of its line.

    The band is never too narrow (see layers.band), so what is called certain is certain.
    """
    from ...layers.band import Piece, band

    rings = [ring for part in nominal.geoms for ring in (part.exterior, *part.interiors)]
    pieces = [
        Piece(start, end, accuracy)
        for ring in rings
        for start, end in zip(ring.coords, ring.coords[1:])
    ]
    doubt = band(pieces)
    core, extent = settled(nominal.difference(doubt)), settled(nominal.union(doubt))
    return {"nominal": nominal, "core": core, "extent": extent}


def _nesting_fault(areas: Mapping[str, Any]) -> str | None:
    """Why the roles cannot belong to one zone: core lies in nominal, nominal in extent."""
    order = [role for role in ("core", "nominal", "extent") if role in areas]
    for inner, outer in zip(order, order[1:]):
        rest = areas[inner].difference(areas[outer].buffer(SLACK))
        if not rest.is_empty:
            west, south, _, _ = rest.bounds
            spot = f"{west:.5f} {south:.5f}"
            return Line(
                f"{inner} reaches out of {outer} near {spot}; expected core within nominal within "
                "extent (delete core and extent to have them worked out)",
                f"{inner} 在 {spot} 附近超出 {outer}；应为 core 在 nominal 之内、nominal 在 extent "
                "之内（删去 core 和 extent 就会自动算出）",
            )
    return None


def _features(
    path: Path,
    shapes: Mapping[str, Shape],
    areas: Mapping[str, Any],
    catalogue: Mapping[str, Any],
    default: float | None,
) -> list[Feature]:
    nominal = shapes["nominal"]
    accuracy, _ = _accuracy(nominal.told.get("accuracy_m"), default)
    texts: dict[str, Any] = {name: nominal.told.get(name) for name in TEXTS}
    for column in ("provenance", "licence"):  # an export has them in both languages
        if texts[column] is None:
            texts[column] = in_both(nominal.told, column)
    told: dict[str, Any] = {} if accuracy is None else {"accuracy_m": accuracy}
    told["provenance"] = texts.pop("provenance") or f"drawn in {path.name}"
    told.update({"licence": licence} if (licence := texts.pop("licence")) else {})
    basis = texts.pop("basis")
    more: dict[str, Any] = {"basis": basis} if basis in DRAWN else {}
    row = catalogue["zones"].get(nominal.zone)
    if row is None:  # a known zone keeps what its document says of it
        name = name_of(nominal.told)
        more.update({"name": name} if name else {})
        more.update({key: text for key, text in texts.items() if text is not None})
    features = []
    for role, area in areas.items():
        own = {"zone": nominal.zone, "role": role, **told, **(more if role == "nominal" else {})}
        features.append(
            {
                "type": "Feature",
                "id": f"{nominal.zone}/{role}",
                "properties": {key: _plain(value) for key, value in own.items()},
                "geometry": _geometry(area),
            }
        )
    return features


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: clean(text) for key, text in value.items()}
    return value if isinstance(value, (int, float)) else clean(str(value))


def _geometry(area: Any) -> dict[str, Any]:
    parts = [
        [[list(corner) for corner in ring.coords] for ring in (part.exterior, *part.interiors)]
        for part in area.geoms
    ]
    return {"type": "MultiPolygon", "coordinates": parts}


# -- the folder -----------------------------------------------------------------------------------


def _sorted_out(
    made: Mapping[str, list[Feature]],
    before: Mapping[str, list[Feature]],
    folder: Path,
    replace: bool,
) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {"added": [], "replaced": [], "unchanged": []}
    for zone, features in made.items():
        if zone not in before:
            told["added"].append(zone)
        elif before[zone] == features:
            told["unchanged"].append(zone)
        else:
            told["replaced"].append(zone)
    if told["replaced"] and not replace:
        names = ", ".join(told["replaced"][:3]) + (", …" if len(told["replaced"]) > 3 else "")
        raise BadInput(f"{folder / ZONES} draws {names} already; expected --replace to overwrite")
    return told


def _tried(
    catalogue: dict[str, Any],
    text: str,
    file: str,
    zones: Mapping[str, Mapping[str, Shape]],
    faults: Faults,
) -> list[str]:
    """Lay the new file over the catalogue; raises what it says of our zones, returns the rest."""
    others = []
    for zone, problem in tried(catalogue, text):
        if zone in zones:
            faults.add(zones[zone]["nominal"].number, zone, problem)
        else:
            others.append(f"{ZONES}: {zone}: {problem}" if zone else problem)
    faults.stop_if_any()
    return others


def _write(folder: Path, text: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise bad_input(
            f"--to {folder}", f"cannot be made ({error.strerror})", f"无法建立（{error.strerror}）"
        ) from error
    write_text(folder / ZONES, text)


__all__ = ["import_zones"]
