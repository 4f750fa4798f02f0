"""What was aimed at, and whether a run got there. Ratios within one run; nothing is remeasured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .timing import median

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Target(NamedTuple):
    """`found` must be at least `wanted` (`unit` is "×"), or at most (milliseconds and so on).

    None: could not be measured.
    """

    section: str
    zh: str
    en: str
    wanted: float
    found: float | None
    unit: str = "×"

    @property
    def met(self) -> bool | None:
        if self.found is None:
            return None
        return self.found >= self.wanted if self.unit == "×" else self.found <= self.wanted


def judged(run: Mapping[str, Any]) -> list[Target]:
    """Return every target of the sections that a run has."""
    sections = run["sections"]
    makers = {
        "a": _counties,
        "b": _many,
        "c": _single,
        "d": _table,
        "e": _cold,
        "f": _memory,
        "h": _discs,
    }
    found: list[Target] = []
    for name, maker in makers.items():
        if name in sections and "failed" not in sections[name]:
            found += maker(sections[name])
    return found


def ratio(rows: Mapping[str, Any], peer: str, ours: str = "ours") -> float | None:
    """How many times the time of ours a peer takes; None if either has none or answers wrongly."""
    theirs, mine = rows.get(peer, {}), rows.get(ours, {})
    # an answer that is not ours must not count as a victory of ours
    if theirs.get("equal") is False or mine.get("equal") is False:
        return None
    slow, quick = median(theirs), median(mine)
    return slow / quick if slow and quick else None


def _counties(section: Mapping[str, Any]) -> Iterator[Target]:
    for size in section["sizes"]:
        rows, at = size["rows"], f"{size['points']:,}"
        for peer, name, wanted in (
            ("geopandas", "geopandas", 40),
            ("sedonadb", "SedonaDB", 5),
            ("loop", "hand loop", 8),
        ):
            chinese = "手写循环" if peer == "loop" else name
            yield Target(
                "a", f"{at} 点，热：{chinese}", f"{at} points, warm: {name}", wanted,
                ratio(rows, peer),
            )  # fmt: skip
    rows = section["sizes"][0]["rows"]
    yield Target(
        "a", "一次性（含建索引）：SedonaDB", "one shot, build included: SedonaDB", 2,
        ratio(rows, "sedonadb", "ours_one_shot"),
    )  # fmt: skip
    index = section["index"]
    yield Target("a", "建索引", "index build", 300, _ms(index["build"]), "ms")
    yield Target(
        "a",
        "读缓存的索引，含检查图形",
        "cached load, shapes checked",
        50,
        _ms(index["cached"]),
        "ms",
    )


def _many(section: Mapping[str, Any]) -> Iterator[Target]:
    rows = section["sizes"][0]["rows"]
    yield Target("b", "热：geopandas", "warm: geopandas", 20, ratio(rows, "geopandas"))
    yield Target("b", "热：SedonaDB", "warm: SedonaDB", 8, ratio(rows, "sedonadb"))


def _single(section: Mapping[str, Any]) -> Iterator[Target]:
    rows, shipped = section["rows"], section["shipped"]
    best = min(rows[name]["p50_us"] for name in ("ours_point", "ours_index"))
    yield Target("c", "一点定位 p50，(a) 的区域", "one location p50, zones of (a)", 20, best, "µs")
    yield Target(
        "c", "一点定位 p50，自带规则库", "one location p50, shipped catalogue", 20,
        shipped["index"]["p50_us"], "µs",
    )  # fmt: skip
    yield Target("c", "整个 at，p99", "whole at, p99", 5, shipped["at"]["p99_us"] / 1000, "ms")


def _table(section: Mapping[str, Any]) -> Iterator[Target]:
    for size in section["sizes"]:
        rows, at = size["rows"], f"{size['points']:,}"
        if "script" in rows:
            yield Target(
                "d", f"{at} 行：普通 geopandas 脚本", f"{at} rows: plain geopandas script", 10,
                ratio(rows, "script"),
            )  # fmt: skip
        else:
            yield Target(
                "d", f"{at} 行：脚本加上误差和距离", f"{at} rows: script with distances", 10,
                ratio(rows, "script_boundary"),
            )  # fmt: skip


def _cold(section: Mapping[str, Any]) -> Iterator[Target]:
    yield Target(
        "e", "冷启动：geopandas 脚本", "cold start: geopandas script", 5,
        ratio(section["rows"], "script"),
    )  # fmt: skip


def _memory(section: Mapping[str, Any]) -> Iterator[Target]:
    for size in section["sizes"]:
        mine, theirs = (size["rows"][n].get("bytes_a_point") for n in ("ours", "geopandas"))
        less = theirs / mine if mine and theirs else None
        at = f"{size['points']:,}"
        yield Target("f", f"{at} 点：sjoin 的内存", f"{at} points: memory of sjoin", 10, less)


def _discs(section: Mapping[str, Any]) -> Iterator[Target]:
    for size in section["radii"]:
        rows = size["rows"]
        ratios = [ratio(rows, peer) for peer in rows if peer != "ours"]
        best = min((one for one in ratios if one is not None), default=None)
        at = f"{size['radius_m']:g}"
        yield Target("h", f"{at} 米：最快的 shapely 写法", f"{at} m: best shapely way", 5, best)


def _ms(row: Mapping[str, Any]) -> float | None:
    seconds = median(row)
    return None if seconds is None else seconds * 1000
