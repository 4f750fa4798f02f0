"""The functions ``zone_rules``, ``zone_verdict`` and ``zone_names`` of QGIS expressions.

An expression hands over a geometry without its CRS: it is taken to be in that of the layer the
expression is about, unless the caller names another. Where neither is known there is an error,
never a guess.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsExpression,
    QgsExpressionFunction,
    QgsGeometry,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime

from ..asking import Refusal
from ..canvas import WGS84, name_of, unrelated
from ..texts import tr

if TYPE_CHECKING:
    from ...jobs.brief import Brief
    from .answers import Answers

GROUP = "Zone Rules"
DAY = "yyyy-MM-dd"


class Problem(Exception):
    """Why an expression has no value; ``key`` names the text to show."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key, self.args_ = key, args


class ZoneFunction(QgsExpressionFunction):
    """One function about a point and a day; subclasses say what is asked.

    ``takes``: the arguments between date and crs, as (name, default or None if required).
    """

    function = ""
    takes: tuple[tuple[str, str | None], ...] = ()
    examples: tuple[str, ...] = ()

    def __init__(self, answers: Answers) -> None:
        make = QgsExpressionFunction.Parameter
        between = [make(name, default is not None, default) for name, default in self.takes]
        parameters = [make("geometry"), make("date"), *between, make("crs", True, "")]
        self.answers = answers
        super().__init__(self.function, parameters, GROUP, self._help())

    def ask(self, brief: Brief, args: tuple[str, ...]) -> Any:
        """Return the value of the function; ``args`` are those of ``takes``."""
        raise NotImplementedError

    def func(self, values: list[Any], context: Any, parent: Any, _node: Any = None) -> Any:
        """Called by QGIS, in whatever thread evaluates the expression; NULLs never come here."""
        try:
            return self._value(values, context)
        except Problem as problem:
            told = tr(problem.key, self.answers.lang, function=self.function, **problem.args_)
        except (Refusal, ValueError) as error:  # BadInput is a ValueError
            told = tr("expr.failed", self.answers.lang, function=self.function, reason=error)
        parent.setEvalErrorString(told)
        return None

    def usesGeometry(self, _node: Any) -> bool:
        """Tell QGIS to fetch geometries only where an argument asks for them."""
        return False

    def _value(self, values: list[Any], context: Any) -> Any:
        geometry, date, *rest, crs = values
        point = _single_point(geometry)
        if point is None:
            return None
        day = _day(date)
        args = tuple(str(value) for value in rest)
        lon, lat = _to_wgs84(point, _crs_of(crs, context), context)
        return self.answers.result(
            lon, lat, day, (self.function, args), lambda brief: self.ask(brief, args)
        )

    def _help(self) -> str:
        """The help panel's text in the language of the plugin."""
        lang, name = self.answers.lang, self.function
        names = ["geometry", "date", *(taken for taken, _ in self.takes), "crs"]
        needed = ["geometry", "date", *(taken for taken, default in self.takes if default is None)]
        shown = ", ".join(one if one in needed else f"[{one}]" for one in names)
        rows = "".join(
            f"<tr><td><code>{one}</code></td><td>{html.escape(tr(f'expr.{one}', lang))}</td></tr>"
            for one in names
        )
        shots = "".join(f"<li><code>{html.escape(one)}</code></li>" for one in self.examples)
        return (
            f"<h3>{name}</h3><div class='description'><p>{html.escape(tr(f'expr.{name}', lang))}"
            f"</p></div><h4>{tr('expr.syntax', lang)}</h4><code>{name}({shown})</code>"
            f"<h4>{tr('expr.arguments', lang)}</h4><table>{rows}</table>"
            f"<h4>{tr('expr.result', lang)}</h4>"
            f"<p>{html.escape(tr(f'expr.{name}.result', lang))}</p>"
            f"<h4>{tr('expr.examples', lang)}</h4><ul>{shots}</ul>"
        )


class ZoneRules(ZoneFunction):
    """Every rule that concerns a point, with its outcome."""

    function = "zone_rules"
    examples = (
        "zone_rules($geometry, '2017-11-20')",
        "zone_rules($geometry, '2017-11-20')['GC-58']",
        'array_to_string(map_akeys(zone_rules($geometry, "date")))',
        "zone_rules(make_point(113.69, 34.735), 'today', crs:='EPSG:4326')",
    )

    def ask(self, brief: Brief, args: tuple[str, ...]) -> Any:
        """Return outcomes by rule id, or None where nothing is known."""
        return brief.rules()


class ZoneVerdict(ZoneFunction):
    """The verdict on an activity."""

    function = "zone_verdict"
    takes = (("activity", None),)
    examples = (
        "zone_verdict($geometry, '2017-11-20', 'operate-non-road-machinery')",
        "zone_verdict(point_on_surface($geometry), now(), 'earthwork') = 'prohibited'",
    )

    def ask(self, brief: Brief, args: tuple[str, ...]) -> Any:
        """Return the verdict's id."""
        from ...jobs.answer import BadInput

        try:
            return brief.verdict(args[0])
        except BadInput:
            raise Problem("expr.bad_activity", value=args[0]) from None


class ZoneNames(ZoneFunction):
    """The names of the zones around a point."""

    function = "zone_names"
    takes = (("which", "certain"),)
    examples = (
        "zone_names($geometry, '2017-11-20')",
        "array_to_string(zone_names($geometry, 'today'), '\\n')",
        "zone_names($geometry, '2017-11-20', 'possible')",
    )

    def ask(self, brief: Brief, args: tuple[str, ...]) -> Any:
        """Return names in the language of the plugin."""
        if args[0] not in ("certain", "possible"):
            raise Problem("expr.bad_which")
        return brief.zones(self.answers.lang, possible=args[0] == "possible")


FUNCTIONS = (ZoneRules, ZoneVerdict, ZoneNames)


def register(answers: Answers) -> list[ZoneFunction]:
    """Add the functions to QGIS; keep what is returned as long as they are registered."""
    made = [kind(answers) for kind in FUNCTIONS]
    for function in made:
        QgsExpression.unregisterFunction(function.name())  # of a copy that did not go
        QgsExpression.registerFunction(function)
    return made


def unregister(functions: list[ZoneFunction]) -> None:
    """Take the functions out of QGIS again."""
    for function in functions:
        QgsExpression.unregisterFunction(function.name())


def _single_point(geometry: Any) -> Any:
    """The one point of a geometry as QgsPointXY, None if it is empty."""
    if not isinstance(geometry, QgsGeometry):
        raise Problem("expr.not_geometry")
    if geometry.isNull() or geometry.isEmpty():
        return None
    if geometry.type() != QgsWkbTypes.GeometryType.PointGeometry:
        raise Problem("expr.not_point")
    points = geometry.asMultiPoint() if geometry.isMultipart() else [geometry.asPoint()]
    if len(points) != 1:
        raise Problem("expr.not_point")
    return points[0]


def _day(value: Any) -> str:
    """A date argument as YYYY-MM-DD."""
    if isinstance(value, QDateTime):
        value = value.date()
    if isinstance(value, QDate):
        if not value.isValid():
            raise Problem("expr.bad_date", value="")
        return str(value.toString(DAY))
    from ...jobs.answer import BadInput
    from ...jobs.brief import day_of

    try:
        return day_of(str(value))
    except BadInput:
        raise Problem("expr.bad_date", value=str(value)[:40]) from None


def _crs_of(given: Any, context: Any) -> QgsCoordinateReferenceSystem:
    """The CRS that was named, else that of the layer in the context. Raises Problem."""
    if isinstance(given, QgsCoordinateReferenceSystem):
        crs = given
    elif str(given).strip():
        crs = _crs_named(str(given).strip())
    else:
        # a CRS without a code has no layer_crs, but QGIS keeps the thing itself beside it
        whole = context.variable("_layer_crs") if context is not None else None
        name = context.variable("layer_crs") if context is not None else None
        known = isinstance(whole, QgsCoordinateReferenceSystem)
        crs = whole if known else QgsCoordinateReferenceSystem(str(name or ""))
        if not crs.isValid():
            raise Problem("expr.no_crs")
    if not crs.isValid():
        raise Problem("expr.bad_crs", value=str(given)[:40])
    return crs


def _crs_named(text: str) -> QgsCoordinateReferenceSystem:
    """A CRS by its code, PROJ string or WKT; never by a file or address, which QGIS would read."""
    how = "PROJ:" if text.startswith("+") else "WKT:" if "[" in text else ""
    return QgsCoordinateReferenceSystem(how + text)


def _to_wgs84(point: Any, crs: QgsCoordinateReferenceSystem, context: Any) -> tuple[float, float]:
    """Degrees WGS84 of a point in ``crs``, with the project's choice of transforms if known."""
    chosen = context.variable("_project_transform_context") if context is not None else None
    if not isinstance(chosen, QgsCoordinateTransformContext):
        chosen = QgsCoordinateTransformContext()
    if unrelated(crs):
        raise Problem("unrelated_crs", crs=name_of(crs))
    wgs84 = QgsCoordinateReferenceSystem(WGS84)
    try:
        there = QgsCoordinateTransform(crs, wgs84, chosen).transform(point)
    except QgsCsException:
        raise Problem("expr.bad_transform") from None
    return there.x() + 0.0, there.y() + 0.0
