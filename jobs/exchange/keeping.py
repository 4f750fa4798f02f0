"""The user's own zones.geojson, written step by step: what the catalogue panel of QGIS keeps.

A shape is tried on the catalogue before anything is written, the file is written whole or not at
all, and every step keeps the file as it was before, so that it can be taken back to the byte.
Standard library only; `jobs.exchange.overlay` shares what is about the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.catalogue.load import load
from ...layers.catalogue.overlay import redraw
from ...layers.catalogue.store import write_bytes
from ..answer import BadInput
from ..told import bad_input
from .flat import as_json, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "ROLES",
    "ZONES",
    "Problem",
    "Step",
    "as_text",
    "bare_catalogue",
    "change",
    "draw",
    "present",
    "remove",
    "rounded",
    "steps",
    "tried",
    "undo",
]

ZONES = "zones.geojson"
JOURNAL = "journal"  # a folder beside it: one file for each step that can be taken back
KEPT = 100  # steps
ROLES = ("nominal", "core", "extent")
NEW_ZONE = ("name", "kind", "within", "document", "clause")  # what only the overlay says of a zone
Feature = dict[str, Any]


class Problem(NamedTuple):
    """What the catalogue says of a new zones.geojson; `zone` is empty if it is about the file."""

    zone: str
    what: str


class Step(NamedTuple):
    """One change of zones.geojson. `what`: draw or remove; `when`: local time, ISO 8601."""

    number: int
    what: str
    zone: str
    when: str


# -- the folder -----------------------------------------------------------------------------------


def bare_catalogue(folder: Path) -> dict[str, Any]:
    """The catalogue as it is before any zone is redrawn, the folder's own documents included."""
    with tempfile.TemporaryDirectory() as bare:
        for name in ("documents", "geojson"):
            if (folder / name).is_dir():
                shutil.copytree(folder / name, Path(bare) / name)
        return load(bare)


def present(folder: Path) -> dict[str, list[Feature]]:
    """The features that the folder has already, by zone; BadInput if they cannot be read."""
    path = folder / ZONES
    if not path.exists():
        return {}

    def refuse(word: str) -> Any:
        raise ValueError(f"{word} is no number")

    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
        features = found["features"]
        zones: dict[str, list[Feature]] = {}
        for feature in features:
            told = feature.get("properties") or {}
            zone = told.get("zone") or str(feature.get("id") or "").partition("/")[0]
            zones.setdefault(str(zone), []).append(feature)
    except (OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise bad_input(
            f"{path}",
            "is there and cannot be read; expected it mended or moved away first",
            "文件在，但无法读取，请先修好或移走",
        ) from error
    return zones


def as_text(zones: Mapping[str, Sequence[Feature]]) -> str:
    """The zones.geojson that holds these features, one on a line."""
    rows = ",\n".join(as_json(feature) for features in zones.values() for feature in features)
    return '{"type":"FeatureCollection","features":[\n' + rows + "\n]}\n"


def tried(catalogue: Mapping[str, Any], text: str) -> list[Problem]:
    """What is wrong when a zones.geojson is laid over the catalogue, which stays as it is."""
    rows = {zone: dict(row) for zone, row in catalogue["zones"].items()}
    trial = {**catalogue, "zones": rows, "failed": []}
    redraw(trial, text.encode("utf-8"))
    problems = []
    for entry in trial["failed"]:
        # "zones.geojson: <zone>: <problem>"
        _, _, rest = entry["error"].partition(": ")
        zone, found, problem = rest.partition(": ")
        known = bool(found) and " " not in zone
        problems.append(Problem(zone, problem) if known else Problem("", entry["error"]))
    return problems


# -- one zone -------------------------------------------------------------------------------------


def rounded(coordinates: Sequence[Any]) -> list[Any]:
    """The coordinates of a MultiPolygon with six decimals, as the catalogue stores shapes.

    Outer rings are counter-clockwise, holes clockwise (RFC 7946); positions that rounding made
    equal are one, and a ring of fewer than three corners is left out, an outer one with its holes.
    """
    parts = []
    for part in coordinates:
        outer, *holes = (_ring(ring) for ring in part)
        if len(outer) >= 4:
            inner = [_turned(hole, False) for hole in holes if len(hole) >= 4]
            parts.append([_turned(outer, True), *inner])
    return parts


def _ring(ring: Sequence[Sequence[float]]) -> list[list[float]]:
    corners: list[list[float]] = []
    for place in ring:
        corner = [round(place[0], 6) + 0.0, round(place[1], 6) + 0.0]
        if not corners or corners[-1] != corner:
            corners.append(corner)
    return corners


def _turned(ring: list[list[float]], counter_clockwise: bool) -> list[list[float]]:
    west, south = ring[0]  # sums of small differences: no digits are lost
    twice = sum(
        (a[0] - west) * (b[1] - south) - (b[0] - west) * (a[1] - south)
        for a, b in zip(ring, ring[1:])
    )
    return ring if (twice > 0) == counter_clockwise else ring[::-1]


def draw(
    folder: Path,
    zone: str,
    shapes: Mapping[str, Mapping[str, Any]],
    *,
    accuracy_m: float,
    provenance: str,
    licence: str,
    basis: str,
    when: str,
) -> Step:
    """Make `shapes` (MultiPolygons in WGS84 by role) those of a zone, in the user's folder.

    Every other feature of zones.geojson stays. `accuracy_m`: metres that the true line may lie
    from the nominal one; `basis`: documented_boundary, administrative, circle or approximate.
    Raises BadInput, and nothing is written then, when the catalogue cannot take the shape.
    """
    told = {"accuracy_m": accuracy_m, "provenance": clean(provenance), "licence": clean(licence)}
    before = present(folder)
    own = {"basis": basis, **_own_words(before.get(zone, []))}
    features = [
        {
            "type": "Feature",
            "id": f"{zone}/{role}",
            "properties": {
                "zone": zone,
                "role": role,
                **told,
                **(own if role == "nominal" else {}),
            },
            "geometry": dict(shapes[role]),
        }
        for role in ROLES
        if role in shapes
    ]
    text = as_text({**before, zone: features})
    for problem in tried(bare_catalogue(folder), text):
        if problem.zone in (zone, ""):
            raise BadInput(problem.what)
    return change(folder, text.encode("utf-8"), "draw", zone, when)


def _own_words(features: Sequence[Feature]) -> dict[str, Any]:
    """What the overlay itself says of a zone that is in no document."""
    for feature in features:
        told = feature.get("properties") or {}
        if str(told.get("role") or "nominal") == "nominal":
            return {key: told[key] for key in NEW_ZONE if key in told}
    return {}


def remove(folder: Path, zone: str, *, when: str) -> Step:
    """Take the user's shape of a zone out again; BadInput if there is none."""
    zones = present(folder)
    if zone not in zones:
        raise bad_input(f"{folder / ZONES}", f"does not draw {zone}", f"没有画 {zone}")
    del zones[zone]
    return change(folder, as_text(zones).encode("utf-8"), "remove", zone, when)


# -- the journal ----------------------------------------------------------------------------------


def steps(folder: Path) -> list[Step]:
    """The steps that can be taken back, the latest last."""
    return [_step(path, _read(path)) for path in _files(folder)]


def change(folder: Path, content: bytes, what: str, zone: str, when: str) -> Step:
    """Write zones.geojson, creating the folder, and keep the file as it was in the journal."""
    path = folder / ZONES
    try:
        former = path.read_bytes() if path.exists() else None
        files = _files(folder)
        number = int(files[-1].stem) + 1 if files else 1
        entry = {
            "what": what,
            "zone": zone,
            "when": when,
            "before": None if former is None else former.decode("utf-8"),
            "after": hashlib.sha256(content).hexdigest(),
        }
        # first the way back, then the step: one that was never made can be told by its checksum
        text = json.dumps(entry, ensure_ascii=False).encode("utf-8")
        kept = folder / JOURNAL / f"{number:06d}.json"
        write_bytes(kept, text)
        write_bytes(path, content)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise bad_input(
            f"{path}", f"cannot be written ({reason})", f"无法写入（{reason}）"
        ) from error
    for old in files[: max(0, len(files) + 1 - KEPT)]:
        with contextlib.suppress(OSError):
            old.unlink()
    return Step(number, what, zone, when)


def undo(folder: Path) -> Step | None:
    """Take the latest step back, to the byte; None when there is none.

    Raises BadInput when zones.geojson was changed by something else since: that change would be
    lost, and nobody has asked for that.
    """
    path = folder / ZONES
    while files := _files(folder):
        latest = files[-1]
        entry = _read(latest)
        former = entry["before"]
        try:
            now = path.read_bytes() if path.exists() else None
            made = now is not None and hashlib.sha256(now).hexdigest() == entry["after"]
            back = None if former is None else former.encode("utf-8")
            if not made and now != back:
                raise bad_input(
                    f"{path}",
                    "was changed by something else after the last step",
                    "最后一步之后被别的程序改过",
                )
            if made:
                _restore(path, back)
            latest.unlink()
        except OSError as error:
            raise bad_input(
                f"{path}", f"cannot be restored ({error.strerror})", f"无法恢复（{error.strerror}）"
            ) from error
        if made:
            return _step(latest, entry)
        # the step was written down and never made: the one before it is meant
    return None


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        write_bytes(path, content)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / JOURNAL).glob("*.json") if path.stem.isdigit())


def _read(path: Path) -> dict[str, Any]:
    try:
        entry: dict[str, Any] = json.loads(path.read_bytes())
        if not all(isinstance(entry[key], str) for key in ("what", "zone", "when", "after")):
            raise ValueError("not text")
        if entry["before"] is not None and not isinstance(entry["before"], str):
            raise ValueError("not text")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise bad_input(
            f"{path}",
            "the journal cannot be read; move this file away",
            "记录无法读取，请移走此文件",
        ) from error
    return entry


def _step(path: Path, entry: Mapping[str, Any]) -> Step:
    return Step(int(path.stem), entry["what"], entry["zone"], entry["when"])
