"""A kept index saves time and nothing else: damaged, foreign or stale ones are not believed."""

from __future__ import annotations

import copy
import hashlib
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from zonerules.layers.index import CellIndex, ZoneIndex, cache, cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHAPES = [shapely.box(0, 0, 2, 2), shapely.Point(2, 2).buffer(1)]
X, Y = np.random.default_rng(1).uniform(-1, 4, (2, 500))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZONERULES_CACHE", str(tmp_path))
    return tmp_path


def pairs(index: CellIndex) -> list[tuple[int, int]]:
    point, shape = index.pairs(X, Y)
    return sorted(zip(point.tolist(), shape.tolist()))


def test_kept_tables_answer_like_new_ones() -> None:
    made = CellIndex(SHAPES)
    cache.keep("key", made.tables)
    found = cache.kept("key")
    assert found is not None
    assert pairs(CellIndex(SHAPES, tables=found)) == pairs(made)
    assert cache.kept("another key") is None


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_bit(content: bytes) -> bytes:
    return content[:-1000] + bytes([content[-1000] ^ 1]) + content[-999:]


def nothing(content: bytes) -> bytes:
    return b""


def other_arrays(content: bytes) -> bytes:
    out = io.BytesIO()
    np.savez(out, something=np.arange(3))
    return hashlib.sha256(out.getvalue()).digest() + out.getvalue()


def pickled(content: bytes) -> bytes:
    out = io.BytesIO()
    np.savez(out, grid=np.array([{}], dtype=object))
    return hashlib.sha256(out.getvalue()).digest() + out.getvalue()


def not_an_archive(content: bytes) -> bytes:
    return hashlib.sha256(b"words").digest() + b"words"


@pytest.mark.parametrize(
    "harm", [truncated, one_bit, nothing, other_arrays, pickled, not_an_archive]
)
def test_damage_is_noticed(harm: Callable[[bytes], bytes]) -> None:
    cache.keep("key", CellIndex(SHAPES).tables)
    file = cache.index_file("key")
    file.write_bytes(harm(file.read_bytes()))
    assert cache.kept("key") is None


def test_another_format_is_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.keep("key", CellIndex(SHAPES).tables)
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
    assert cache.kept("key") is None


def test_only_some_indexes_are_left(folder: Path) -> None:
    tables = CellIndex(SHAPES).tables
    for n in range(cache.KEPT + 3):
        cache.keep(f"key {n}", tables)
    assert len(list(folder.glob("index-*.bin"))) == cache.KEPT


def catalogue(half: float, fingerprint: str) -> dict[str, Any]:
    ring = [[x, y] for x, y in shapely.get_coordinates(shapely.box(-half, -half, half, half))]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"fingerprint": fingerprint, "zones": {"a": {"shapes": {"nominal": shape}}}}


def test_a_catalogue_is_indexed_once_for_its_fingerprint(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    built = []
    original = cells.build
    monkeypatch.setattr(cells, "build", lambda shapes: built.append(1) or original(shapes))
    for _ in range(2):
        assert ZoneIndex(catalogue(1, "one")).locate([0.5], [0.5]).distinct == [{"a": "inside"}]
    assert len(built) == 1
    assert ZoneIndex(catalogue(0.1, "two")).locate([0.5], [0.5]).distinct == [{}]
    assert len(built) == 2
    [file, _] = sorted(folder.glob("index-*.bin"), key=lambda f: f.stat().st_mtime)
    file.write_bytes(b"")
    assert ZoneIndex(catalogue(1, "one")).locate([0.5], [0.5]).distinct == [{"a": "inside"}]
    assert len(built) == 3


def test_a_cache_that_cannot_be_written_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("ZONERULES_CACHE", str(blocked))
    found = ZoneIndex(copy.deepcopy(catalogue(1, "one"))).locate([0.5], [0.5])
    assert found.distinct == [{"a": "inside"}]
