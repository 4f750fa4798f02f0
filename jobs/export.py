"""Writing what was found to files other programs read."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..layers.datum import to_wgs84
from .answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 so that a reader sees the old file or the whole new one, never half.

    Raises BadInput when the folder does not exist or cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        # mkstemp makes files private; an export is as readable as any file the user makes.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)  # noqa: PTH101
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
        for role, geometry in _shapes(row["id"], data).items():
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


def _shapes(zone: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    record = data["zones"][zone]
    shapes: Mapping[str, Any] = record.get("shapes") or {}
    if not shapes and "unit" in record:
        shapes = data["units"].get(record["unit"], {}).get("shapes", {})
    return shapes


def write_point(path: Path, answer: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Write `point_collection` to `path`, atomically; raises BadInput when it cannot be written."""
    text = json.dumps(point_collection(answer, data), ensure_ascii=False, allow_nan=False)
    write_text(path, text + "\n")
