"""``zonerules:rulesatpoints``: the rules at each point of a layer, as columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsExpression,
    QgsFeatureRequest,
    QgsFields,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingParameterExpression,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from .. import compat
from ..asking import Refusal, parse_facts
from ..canvas import WGS84, name_of, unrelated
from ..tasks import heard_by, run_core
from ..texts import tr
from . import look
from .base import Algorithm
from .rows import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsFeature, QgsProcessingContext, QgsProcessingFeedback

    from ...jobs.open import Catalogue
    from ...jobs.points import Points
    from ...jobs.progress import Progress

CHUNK = 500  # features answered at a time


class Place(NamedTuple):
    """One feature as a question: degrees, or None with the error that stands for them."""

    lonlat: tuple[float, float] | None
    error: str | None
    date: str | None
    facts: dict[str, Any]


class RulesAtPoints(Algorithm):
    """Every input row comes back with the columns that `zonerules check` adds."""

    NAME = "rulesatpoints"
    GROUP = "ask"

    def initAlgorithm(self, configuration: Any = None) -> None:
        points = [QgsProcessing.SourceType.TypeVectorPoint]
        self.add(QgsProcessingParameterFeatureSource("INPUT", "", points))
        self.add_choice("ACTIVITY", "activities", several=True)
        self.add_choice("DATE", "days", "today")
        self.add_choice("ALERT", "alerts", "unknown")
        self.add(QgsProcessingParameterString("FACTS", "", "", True, True))
        number = QgsProcessingParameterNumber.Type.Double
        self.add(QgsProcessingParameterNumber("ACCURACY", "", number, 10.0, False, 0.0, 1e6))
        self.add_choice("DATUM", "datums", "wgs84", optional=False)
        for name in ("DATE_EXPRESSION", "FACTS_EXPRESSION"):
            by_row = QgsProcessingParameterExpression(name, "", "", "INPUT", True)
            self.add(by_row, advanced=True)
        self.add_choice("LANGUAGE", "languages", advanced=True)
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", "", points[0]))

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "INPUT"))
        reader = _Reader(self, parameters, context, source)
        points, columns, verdicts = self._points(parameters, context, feedback)
        fields, kept = _with_columns(source.fields(), columns)
        sink, output = self.parameterAsSink(
            parameters, "OUTPUT", context, fields, source.wkbType(), source.sourceCrs()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        total, done, bad, waiting = max(source.featureCount(), 1), 0, 0, []
        request, flag = QgsFeatureRequest(), QgsProcessingFeatureSource.Flag
        features = source.getFeatures(request, flag.FlagSkipGeometryValidityChecks)
        for feature in features:
            waiting.append(feature)
            if len(waiting) == CHUNK:
                bad += _answer(waiting, reader, points, sink, fields, kept, feedback)
                done, waiting = done + CHUNK, []
                feedback.setProgress(min(100.0, 100 * done / total))
        bad += _answer(waiting, reader, points, sink, fields, kept, feedback)
        done += len(waiting)
        feedback.pushInfo(self.say("done", n=done))
        if bad:
            feedback.pushWarning(self.say("rows_with_errors", n=bad))
        del sink  # written to the end before anybody reads it
        lang = self.language(parameters, context)
        activities = points.catalogue.book.activities
        told = {column: activities[name][lang] for name, column in verdicts.items()}
        names = look.answer_names(columns, told, lang)
        look.dress_later(
            context, output, lambda layer: look.answered(layer, names, list(told), lang)
        )
        return {"OUTPUT": output}

    def _points(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> tuple[Points, list[str], dict[str, str]]:
        """What answers, its columns, and the column of each activity's verdict."""
        found: tuple[Points, list[str], dict[str, str]] = run_core(
            _prepared,
            self.catalogue(feedback),
            activities=self.chosen(parameters, "ACTIVITY", context),
            facts=parse_facts(self.one(parameters, "FACTS", context) or "", self.lang),
            lang=self.language(parameters, context),
            datum=self.one(parameters, "DATUM", context),
            accuracy_m=self.parameterAsDouble(parameters, "ACCURACY", context),
            date=self.one(parameters, "DATE", context),
            alert=self.one(parameters, "ALERT", context),
        )
        return found


class _Reader:
    """Reads a feature as a question; the expressions are read once."""

    def __init__(
        self,
        algorithm: RulesAtPoints,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        source: QgsProcessingFeatureSource,
    ) -> None:
        self._say, self._lang = algorithm.say, algorithm.lang
        crs = source.sourceCrs()
        if not crs.isValid():
            raise QgsProcessingException(self._say("no_crs", layer=source.sourceName()))
        if unrelated(crs):
            raise QgsProcessingException(tr("unrelated_crs", self._lang, crs=name_of(crs)))
        wgs84 = QgsCoordinateReferenceSystem(WGS84)
        self._transform = QgsCoordinateTransform(crs, wgs84, context.transformContext())
        self._scope = algorithm.createExpressionContext(parameters, context, source)
        self._date = self._expression(algorithm, parameters, context, "DATE_EXPRESSION")
        self._facts = self._expression(algorithm, parameters, context, "FACTS_EXPRESSION")

    def _expression(
        self,
        algorithm: RulesAtPoints,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        name: str,
    ) -> QgsExpression | None:
        text = algorithm.one(parameters, name, context)
        if text is None:
            return None
        expression = QgsExpression(text)
        known = set(self._scope.fields().names()) if self._scope.fields() else None
        unknown = sorted(expression.referencedColumns() - known) if known is not None else []
        unknown = [column for column in unknown if column != QgsFeatureRequest.ALL_ATTRIBUTES]
        problem = expression.parserErrorString() or ", ".join(unknown)
        if problem:
            line = self._say(
                "bad_expression", parameter=algorithm.say(name), text=text, problem=problem
            )
            raise QgsProcessingException(" ".join(line.split()))
        expression.prepare(self._scope)
        return expression

    def place(self, feature: QgsFeature) -> Place:
        """Return the feature's question."""
        problems: list[str] = []
        self._scope.setFeature(feature)
        date = _day_of(self._value(self._date, problems))
        facts = self._facts_of(self._value(self._facts, problems), problems)
        try:
            lonlat, error = self._lonlat(feature), None
        except ValueError as problem:
            lonlat, error = None, str(problem)
        return Place(
            lonlat, "; ".join([*problems, *([error] if error else [])]) or None, date, facts
        )

    def _value(self, expression: QgsExpression | None, problems: list[str]) -> Any:
        if expression is None:
            return None
        value = expression.evaluate(self._scope)
        if expression.hasEvalError():
            problems.append(" ".join(expression.evalErrorString().split()))
            return None
        return None if value == NULL else value

    def _facts_of(self, value: Any, problems: list[str]) -> dict[str, Any]:
        """Facts from a map, or from a text such as ``machine.stage=1; machine.made=2008``."""
        if isinstance(value, dict):
            return {str(key): _plain(one) for key, one in value.items()}
        if value is None:
            return {}
        facts: dict[str, Any] = {}
        for part in str(value).replace("；", ";").replace("\n", ";").split(";"):
            try:
                facts.update(parse_facts(part, self._lang))
            except Refusal as error:  # that part only
                problems.append(str(error))
        return facts

    def _lonlat(self, feature: QgsFeature) -> tuple[float, float]:
        """Degrees of the datum. Raises ValueError with the words for zr_error."""
        geometry = feature.geometry()
        if geometry.isNull() or geometry.isEmpty():
            raise ValueError(self._say("no_point"))
        parts = [part for part in geometry.constParts() if not part.isEmpty()]
        if len(parts) != 1:
            raise ValueError(self._say("many_points", n=len(parts)))
        x, y = parts[0].x(), parts[0].y()
        try:
            there = self._transform.transform(x, y)
        except QgsCsException as error:
            reason = str(error).splitlines()[0]
            raise ValueError(self._say("no_transform", x=x, y=y, reason=reason)) from None
        if not (math.isfinite(there.x()) and math.isfinite(there.y())):
            raise ValueError(self._say("no_transform", x=x, y=y, reason="∞"))
        return there.x(), there.y()


def _answer(
    features: Sequence[QgsFeature],
    reader: _Reader,
    points: Points,
    sink: Any,
    fields: QgsFields,
    kept: Sequence[int],
    feedback: QgsProcessingFeedback,
) -> int:
    """Answer features and write them; return how many rows have an error."""
    places = [reader.place(feature) for feature in features]
    rows = run_core(_rows, points, places, fields.names()[len(kept) :], _stoppable(feedback))
    for feature, row in zip(features, rows):
        own = feature.attributes()
        write(sink, fields, [own[at] for at in kept] + list(row.values()), feature.geometry())
    return sum(row["zr_error"] is not None for row in rows)


def _prepared(catalogue: Catalogue, **asked: Any) -> tuple[Points, list[str], dict[str, str]]:
    from ...jobs.points import Points

    points = Points(catalogue, **asked)
    verdicts = {name: column for name, column in points.verdict_columns().items() if name}
    return points, points.columns(), verdicts


def _rows(
    points: Points, places: Sequence[Place], columns: Sequence[str], progress: Progress
) -> list[dict[str, Any]]:
    """The columns of each place, in order."""
    rows = []
    for place in places:
        progress(0.0, "")
        if place.lonlat is None:
            row = points.blank(place.error or "")
        else:
            row = points.row(*place.lonlat, date=place.date, facts=place.facts)
            told = [text for text in (place.error, row["zr_error"]) if text]
            row["zr_error"] = "; ".join(told) or None
        rows.append({name: row[name] for name in columns})
    return rows


def _stoppable(feedback: QgsProcessingFeedback) -> Progress:
    """A progress that only listens for cancelling: the bar moves with the features."""
    heard = heard_by(feedback)

    def progress(done: float, note: str) -> None:
        if feedback.isCanceled():
            heard(done, note)

    return progress


def _with_columns(own: QgsFields, columns: Sequence[str]) -> tuple[QgsFields, list[int]]:
    """The layer's fields without earlier answers, then the columns; and which fields are kept."""
    kept = [at for at, field in enumerate(own) if field.name().lower() not in columns]
    fields = QgsFields()
    for at in kept:
        fields.append(own.at(at))
    for name in columns:
        fields.append(compat.field(name, "real" if name == "zr_distance_m" else "text"))
    return fields, kept


def _day_of(value: Any) -> str | None:
    plain = _plain(value)
    return None if plain in (None, "") else str(plain).strip()


def _plain(value: Any) -> Any:
    """A value of an expression as the facts know it: days as texts, nothing as None."""
    if value is None or value == NULL:
        return None
    if isinstance(value, QDateTime):
        value = value.date()
    if isinstance(value, QDate):
        return value.toString(Qt.DateFormat.ISODate)
    return value
