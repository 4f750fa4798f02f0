"""Rows of a layer, from a file or from QGIS, into the named lines that ``layers.draft`` draws with.

Standard library only.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.draft.model import Line
from ...rules.messages import Line as Text
from ..answer import BadInput
from ..exchange.drawn import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Points = Sequence[Sequence[float]]

__all__ = ["Named", "guessed_name", "named_lines"]

NAMES = (
    "name", "名称", "道路名称", "路名", "名字", "road", "road_name", "roadname", "fullname",
    "mc", "dlmc", "name_zh", "name:zh",
)  # fmt: skip
MORE = (
    "name_zh", "name:zh", "alt_name", "old_name", "official_name", "short_name", "曾用名",
    "别名", "ref", "编号", "路线编号", "other_names",
)  # fmt: skip
WIDTHS = ("width_m", "width", "宽度", "路宽", "红线宽度")
ACCURACIES = ("accuracy_m", "accuracy", "精度")


class Named(NamedTuple):
    """lines with names; ways: those with a ``reading``; nameless: how many more there are."""

    lines: list[Line]
    ways: list[Line]
    nameless: int


def named_lines(
    title: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Mapping[str, Any], Iterable[Points]]],
    name_column: str | None = None,
) -> Named:
    """The lines of a layer with all names each goes by; those with a ``reading`` apart.

    ``rows``: the cells of a feature by column, and the lines it is made of in degrees WGS84.
    Columns (any case): a name (``name_column``, or one of NAMES), further names and road numbers,
    accuracy_m (a figure, or one for each segment), width_m; ``reading`` makes a line one way to
    close an open side. ``title`` names the layer. Raises BadInput.
    """
    known = {str(name).casefold(): name for name in columns}
    main = _name_column(title, known, name_column)
    wanted = list(dict.fromkeys([main, *(known[n] for n in MORE if n in known)]))
    lines: list[Line] = []
    ways: list[Line] = []
    nameless = 0
    for number, (row, parts) in enumerate(rows, 1):
        names = tuple(dict.fromkeys(n for c in wanted for n in _names(row[c])))
        width = _figure(row, known, WIDTHS)
        reading = _names(row[known["reading"]]) if "reading" in known else []
        told = cell(row[known["id"]]) if "id" in known else None
        for part, points in enumerate(_cleaned(title, number, parts)):
            name = str(told) if told else f"{title}#{number}" + (f".{part + 1}" if part else "")
            accuracy = _accuracy(title, number, row, known, len(points) - 1)
            if reading:
                ways.append(Line(name, (reading[0],), points, accuracy, width))
            elif names:
                lines.append(Line(name, names, points, accuracy, width))
            else:
                nameless += 1
    if not lines:
        raise BadInput(
            Text(
                f"--lines {title}: no line with a name in column {main}",
                f"--lines {title}：“{main}”列里没有带名称的线",
            )
        )
    return Named(lines, ways, nameless)


def guessed_name(columns: Sequence[str]) -> str | None:
    """The column that holds the names of roads, None where no heading says so."""
    known = {str(name).casefold(): name for name in columns}
    return next((known[name] for name in NAMES if name in known), None)


def _name_column(title: str, columns: Mapping[str, str], wanted: str | None) -> str:
    if wanted is not None:
        found = columns.get(wanted.casefold())
        if found is None:
            raise BadInput(
                Text(
                    f"--name-column {wanted}: not in {title}; it has {', '.join(columns)}",
                    f"--name-column {wanted}：{title} 没有这一列；有：{'、'.join(columns)}",
                )
            )
        return found
    guessed = guessed_name(list(columns.values()))
    if guessed is not None:
        return guessed
    raise BadInput(
        Text(
            f"--lines {title}: no column of names; say which with --name-column "
            f"({', '.join(columns) or 'it has none'})",
            f"--lines {title}：找不到名称列，请用 --name-column "
            f"指明（{'、'.join(columns) or '没有属性'}）",
        )
    )


def _names(value: Any) -> list[str]:
    """The names in a cell: a text, several with ; or /, or a map of languages."""
    value = cell(value)
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    if isinstance(value, dict):
        return [str(text) for text in value.values() if text]
    if value is None:
        return []
    texts = str(value).replace("；", ";").replace("/", ";").split(";")
    return [text.strip() for text in texts if text.strip()]


def _figure(row: Any, columns: Mapping[str, str], names: tuple[str, ...]) -> float | None:
    for name in names:
        if name in columns:
            try:
                figure = float(str(cell(row[columns[name]])).rstrip("m米 "))
            except ValueError:
                continue
            if 0 < figure < 1000:
                return figure
    return None


def _accuracy(
    title: str, number: int, row: Any, columns: Mapping[str, str], segments: int
) -> tuple[float, ...] | None:
    for name in ACCURACIES:
        value = cell(row[columns[name]]) if name in columns else None
        if isinstance(value, str) and value.startswith("["):
            value = json.loads(value)
        if value is None:
            continue
        try:
            figures = [float(v) for v in value] if isinstance(value, list) else [float(value)]
        except (TypeError, ValueError):
            figures = [-1.0]
        if len(figures) == 1:
            figures *= segments
        if len(figures) != segments or not all(0 < f < 1e6 for f in figures):
            raise BadInput(
                Text(
                    f"--lines {title}: feature {number}: accuracy_m is {value!r}; expected "
                    f"metres above 0, one figure or one for each of the {segments} segments",
                    f"--lines {title}：第 {number} 个要素的精度是 {value!r}；应为大于 0 "
                    f"的米数，"
                    f"一个或每段一个（共 {segments} 段）",
                )
            )
        return tuple(figures)
    return None


def _cleaned(
    title: str, number: int, parts: Iterable[Points]
) -> Iterator[tuple[tuple[float, float], ...]]:
    """The lines of a feature, repeated points left out; what is one point only is passed over."""
    for part in parts:
        points: list[tuple[float, float]] = []
        for x, y in part:
            if not (-180 <= x <= 180 and -90 <= y <= 90):
                raise BadInput(
                    Text(
                        f"--lines {title}: feature {number} lies off the earth "
                        f"({x:.6g} {y:.6g}); is the layer's CRS right?",
                        f"--lines {title}：第 {number} 个要素的坐标 {x:.6g} {y:.6g} "
                        f"不在地球上，"
                        "坐标系对吗？",
                    )
                )
            if not points or points[-1] != (x, y):
                points.append((x, y))
        if len(points) > 1:
            yield tuple(points)
