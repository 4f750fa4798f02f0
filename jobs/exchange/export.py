"""Writing what was found to files other programs read."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...layers.catalogue.store import write_bytes
from ...layers.datum import to_wgs84
from ..told import bad_input
from . import tables as contents
from .rights import Rights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SUFFIXES = (".gpkg", ".geojson", ".json")


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 so that a reader sees the old file or the whole new one, never half.

    Raises BadInput when the folder does not exist or the file cannot be written.
    """
    write_file(path, text.encode("utf-8"))


def write_file(path: Path, content: bytes, option: str = "") -> None:
    """As `write_text`; an error names the `option` that gave the path, e.g. `-o`."""
    try:
        if not path.parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        write_bytes(path, content)
    except OSError as error:
        told = f"{option} {path}" if option else f"{path}"
        raise bad_input(
            told, f"cannot be written ({error.strerror})", f"无法写入（{error.strerror}）"
        ) from error


def point_collection(answer: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection: the point with its verdicts and each drawn zone around it.

    Zones come with role nominal, core and extent, in WGS84 (RFC 7946).
    """
    query = answer["query"]
    # GeoJSON knows WGS84 only.
    spot = to_wgs84(query["lon"], query["lat"], query["datum"])
    point = {
        "type": "Feature",
        "id": "query",
        "geometry": {"type": "Point", "coordinates": list(spot)},
        "properties": {
            "date": query["date"],
            "verdicts": {row["activity"]: row["verdict"] for row in answer["verdicts"]},
            "rules": [row["id"] for row in answer["rules"]],
        },
    }
    features = [point]
    for row in answer["zones"]:
        for role, geometry in contents.shapes_of(data, data["zones"][row["id"]]).items():
            features.append(
                {
                    "type": "Feature",
                    "id": f"{row['id']}/{role}",
                    "geometry": geometry,
                    "properties": {
                        "zone": row["id"],
                        "role": role,
                        "name_zh": row["name"]["zh"],
                        "name_en": row["name"]["en"],
                        "location": row["location"],
                        "clause": row["cite"]["clause"],
                    },
                }
            )
    return {"type": "FeatureCollection", "features": features}


def write_point(path: Path, answer: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Write `point_collection` to `path`, atomically; raises BadInput when it cannot be written."""
    text = json.dumps(point_collection(answer, data), ensure_ascii=False, allow_nan=False)
    write_text(path, text + "\n")


# -- the catalogue --------------------------------------------------------------------------------


def export(
    catalogue: Mapping[str, Any],
    path: Path,
    *,
    document: str | None = None,
    kind: str | None = None,
    inspire: bool = False,
    lang: str = "zh",
    home: Path | None = None,
    write_tables: Callable[[Path, contents.Tables], None] | None = None,
) -> dict[str, Any]:
    """Write the catalogue to `path`: .gpkg, .geojson or .json (a catalogue again) by its suffix.

    `document`: its records and the zones they refer to. `kind`: zones, lines, sources, rules (with
    targets) or all; a GeoJSON file holds the zones unless said, the others all. `inspire`: zones
    with the names of INSPIRE Area Management, in GeoJSON. Coordinates are WGS84 lon/lat. The file
    is replaced whole or not at all. `write_tables`: what writes a GeoPackage, else geopandas.

    Returns {"file", "format", "rows": {table: number}, "undrawn": zones without geometry,
    "failed": what the catalogue could not read}. Raises BadInput.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise bad_input(
            f"-o {path}",
            f"the suffix decides the format; expected {known}",
            f"格式由后缀决定，应为 {known}",
        )
    if inspire and (suffix != ".geojson" or kind not in (None, "zones")):
        raise bad_input(
            f"--inspire -o {path}",
            "expected zones in a file that ends in .geojson",
            "只用于导出管控区的 .geojson 文件",
        )
    kind = kind or ("zones" if suffix == ".geojson" else "all")
    part = contents.select(catalogue, document, kind)
    rights = Rights(catalogue, home)
    found = contents.tables(part, rights, nested=suffix == ".geojson")
    if suffix == ".gpkg":
        _write_geopackage(path, part, found, write_tables)
    elif suffix == ".json":
        write_text(path, _catalogue_text(part, rights))
    else:
        write_text(path, _geojson_text(part, found, rights, lang if inspire else None))
    undrawn = sum(not contents.shapes_of(part, zone) for zone in part["zones"].values())
    rows = {name: len(entries) for name, entries in found.items()}
    rows.update({"zones": len(part["zones"])} if "zones" in rows else {})
    told = {"file": path.name, "format": suffix[1:], "rows": rows, "undrawn": undrawn}
    return {**told, "failed": part["failed"]}


def _catalogue_text(part: Mapping[str, Any], rights: Rights) -> str:
    golden = part["golden"]
    rest = {name: part[name] for name in part if name != "golden"}
    told = {**rest, "provenance": contents.rights_by_shape(part, rights), "golden": golden}
    return contents.as_json(told) + "\n"


def _geojson_text(
    part: Mapping[str, Any], found: contents.Tables, rights: Rights, inspire: str | None
) -> str:
    """A FeatureCollection with one feature a line; what the file is stands in its head."""
    from .inspire import features

    rows: Iterable[dict[str, Any]]
    if inspire is not None:
        rows = features(part, rights, inspire)
    else:
        rows = (
            {
                "type": "Feature",
                "id": entry.id,
                "geometry": entry.geometry,
                "properties": {"layer": name, **entry.row},
            }
            for name, entries in found.items()
            for entry in entries
        )
    lines = [contents.as_json({**row, "geometry": wound(row["geometry"])}) for row in rows]
    head = contents.as_json(contents.about(part))
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","about":{head},"features":[\n{body}\n]}}\n'


def wound(geometry: dict[str, Any] | None) -> dict[str, Any] | None:
    """A GeoJSON geometry with outer rings counter-clockwise and holes clockwise (RFC 7946)."""
    if geometry is None or geometry["type"] != "MultiPolygon":
        return geometry
    parts = [
        [ring if (_twice_area(ring) > 0) == (place == 0) else ring[::-1] for place, ring in rings]
        for rings in (enumerate(part) for part in geometry["coordinates"])
    ]
    return {"type": "MultiPolygon", "coordinates": parts}


def _twice_area(ring: list[list[float]]) -> float:
    # from the first corner, so that small rings far from 0, 0 lose no digits
    x0, y0 = ring[0]
    return sum(
        (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in zip(ring, ring[1:])
    )


def _write_geopackage(
    path: Path,
    part: Mapping[str, Any],
    found: contents.Tables,
    write: Callable[[Path, contents.Tables], None] | None,
) -> None:
    """Version 1.2, the newest that QGIS 3.22 opens without a warning."""
    if write is None:
        from . import geopackage

        write = geopackage.write
    told = [{"key": key, "value": value} for key, value in contents.about(part).items()]
    texts = {
        "documents": contents.documents(part),
        "about": [contents.Entry(row["key"], row, None) for row in told],
    }
    try:
        folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    except OSError as error:
        raise bad_input(
            f"{path}", f"cannot be written ({error.strerror})", f"无法写入（{error.strerror}）"
        ) from error
    try:
        # GDAL wants the suffix, and keeps a journal beside the file while it writes
        made = folder / "export.gpkg"
        write(made, {**found, **{name: rows for name, rows in texts.items() if rows}})
        made.replace(path)
    except OSError as error:
        raise bad_input(
            f"{path}", f"cannot be written ({error.strerror})", f"无法写入（{error.strerror}）"
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
