"""``zonerules:checktable``: every row of a table answered, as `zonerules check` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingUtils,
)

from ...jobs.progress import Cancelled
from .. import settings
from ..asking import Refusal
from ..geocode import leave
from ..geocode import work as geocoding
from ..tables import packages, work
from ..tables.pace import Pace
from ..tasks import run_core
from . import agreed, area, look
from .tabular import TableAlgorithm

if TYPE_CHECKING:
    from qgis.core import QgsProcessingFeedback

    from ...jobs.progress import Progress

WRITTEN = "csv xlsx gpkg geojson parquet geoparquet tsv"
REVIEWS = "csv xlsx parquet tsv"


class CheckTable(TableAlgorithm):
    """A table in, the same rows with their answers out, by the code of the command line."""

    NAME = "checktable"
    GROUP = "ask"
    OWN_OPTIONS = {"--within": "WITHIN", "--geocoder": "GEOCODER"}
    _key = ""  # of a service that is asked, between the preparation and the run

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.add_table()
        area.add(self)
        agreed.add(self)
        self.add_choice("DATUM", "datums")
        self.add(QgsProcessingParameterCrs("CRS", "", None, True))
        self.add_choice("ACTIVITY", "activities", several=True)
        self.add_choice("DATE", "days", "today")
        self.add_choice("ALERT", "alerts", "unknown")
        self.add_text("FACTS", lines=True)
        self.add_text("FACT_COLUMNS", lines=True)
        self.add_metres("ACCURACY", 1e6, 10.0)
        for name in ("NAME_COLUMN", "ACCURACY_COLUMN", "DATE_COLUMN", "ALERT_COLUMN"):
            self.add_text(name, advanced=True)
        for name in ("SHEET", "ENCODING", "DELIMITER"):
            self.add_text(name, advanced=True)
        for name in ("DISTANCE", "KEEP_FORMULAS", "RESUME"):
            self.add(QgsProcessingParameterBoolean(name, "", False), advanced=True)
        self.add_choice("LANGUAGE", "languages", advanced=True)
        self.add_file("OUTPUT", WRITTEN)
        self.add_file("REVIEW", REVIEWS, optional=True)
        self.add(QgsProcessingParameterBoolean("LOAD", "", True))
        for name in ("ROWS", "TO_CHECK", "ERRORS"):
            self.addOutput(QgsProcessingOutputNumber(name, self.say(name)))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        good, reason = super().checkParameterValues(parameters, context)
        if good and bool(parameters.get("INPUT")) == bool(parameters.get("LAYER")):
            return False, self.say("which")
        try:
            self._service(parameters, context)
        except QgsProcessingException as refusal:
            return False, str(refusal)
        return good, reason

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Read the key of a service on the main thread, where QGIS may ask for the password."""
        service = self._service(parameters, context)
        self._key = ""
        if service:
            try:
                self._key = agreed.key(self, parameters, context, service)
            except Refusal as refusal:
                raise QgsProcessingException(str(refusal)) from refusal
        return super().prepareAlgorithm(parameters, context, feedback)

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        review = self.parameterAsFileOutput(parameters, "REVIEW", context)
        given = self.given(parameters, context)
        if not isinstance(given, Path) and self.parameterAsBool(parameters, "RESUME", context):
            raise QgsProcessingException(self.say("no_resume"))
        read = given if isinstance(given, Path) else None
        wanted = self._wanted(parameters, context, output)
        lacking = packages.missing([read, output, Path(review) if review else None, wanted])
        if lacking:
            raise QgsProcessingException(self.say("needs", names=", ".join(lacking)))
        task = self._task(parameters, context, output, Path(review) if review else None)
        key, self._key = self._key, ""
        question, progress = self._question(parameters, context), self._progress(feedback)
        if question["within"] and parameters.get(area.LAYER):
            feedback.pushInfo(self.say("within.is", unit=question["within"]))
        try:
            done: work.Finished = run_core(
                work.check_given,
                self.catalogue(feedback),
                given,
                task,
                question,
                points=wanted,
                told=lambda lines: [feedback.pushInfo(line) for line in lines],
                asking=geocoding.asking(key, progress) if key else None,
                progress=progress,
            )
        except Cancelled:
            if self.parameterAsBool(parameters, "RESUME", context):
                feedback.pushInfo(self.say("go_on"))
            raise
        self._tell(done, feedback)
        if wanted is not None and done.layer is not None:
            self._load(done, context, parameters)
        outputs = {"OUTPUT": str(output), "ROWS": done.rows, "TO_CHECK": done.review}
        return {**outputs, "ERRORS": done.errors, **({"REVIEW": review} if review else {})}

    # -- what is asked ----------------------------------------------------------------------

    def _question(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, Any]:
        return dict(
            activities=tuple(self.chosen(parameters, "ACTIVITY", context)),
            date=self.one(parameters, "DATE", context),
            alert=self.one(parameters, "ALERT", context),
            accuracy_m=self.parameterAsDouble(parameters, "ACCURACY", context),
            facts=self.pairs(parameters, "FACTS", context),
            datum=self.one(parameters, "DATUM", context),
            crs=self.crs(parameters, context),
            distance=self.parameterAsBool(parameters, "DISTANCE", context),
            addresses=self.one(parameters, "ADDRESS_COLUMN", context) is not None,
            within=self._within(parameters, context),
            geocoder=self._service(parameters, context) or None,
            lang=self.language(parameters, context),
        )

    def _within(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str | None:
        layer = area.source(self, parameters, context)
        if layer is not None:
            return area.unit_name(layer, context, settings.data_folder())
        return self.one(parameters, area.NAME, context)

    def _service(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """The service that addresses may be sent to, empty for none. Raises
        QgsProcessingException, also where there are no addresses to send."""
        column = self.one(parameters, "ADDRESS_COLUMN", context)
        within = self.one(parameters, area.NAME, context) or ""
        what = leave.of_column(column or "", within, self.lang)
        service = agreed.service(self, parameters, context, what)
        if service and column is None:
            raise QgsProcessingException(self.say("no_addresses"))
        return service

    def _task(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        output: Path,
        review: Path | None,
    ) -> dict[str, Any]:
        return dict(
            **self.reading(parameters, context),
            output=output,
            review=review,
            resume=self.parameterAsBool(parameters, "RESUME", context),
            keep_formulas=self.parameterAsBool(parameters, "KEEP_FORMULAS", context),
        )

    def _wanted(
        self, parameters: dict[str, Any], context: QgsProcessingContext, output: Path
    ) -> Path | None:
        """Where the points for the map go, None if there is no map."""
        load = self.parameterAsBool(parameters, "LOAD", context)
        if not load or context.project() is None:
            return None
        return Path(QgsProcessingUtils.generateTempFilename(f"{output.stem}.gpkg"))

    # -- what is told -----------------------------------------------------------------------

    def _progress(self, feedback: QgsProcessingFeedback) -> Progress:
        pace = Pace(self.lang)

        def progress(done: float, note: str) -> None:
            if feedback.isCanceled():
                raise Cancelled
            if note:
                pace.heard(done, note)
                feedback.setProgress(100 * done)
                feedback.setProgressText(pace.told())

        return progress

    def _tell(self, done: work.Finished, feedback: QgsProcessingFeedback) -> None:
        for heads, rows in done.counts:
            feedback.pushInfo(f"\n{heads[0]} | {heads[1]}")
            for text, number in rows:
                feedback.pushInfo(f"  {text} | {number}")
        names = self.option_names()
        for note in done.notes:
            feedback.pushInfo(work.without_options(note, names))
        feedback.pushInfo(f"\n{done.line}")

    def _load(
        self, done: work.Finished, context: QgsProcessingContext, parameters: dict[str, Any]
    ) -> None:
        """Have the rows put on the map as points, coloured by verdict."""
        lang = self.language(parameters, context)
        path = str(done.layer)
        title = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context)).stem
        details = QgsProcessingContext.LayerDetails(title, context.project(), "OUTPUT")
        context.addLayerToLoadOnCompletion(path, details)
        names = look.answer_names(done.columns, done.verdicts, lang)
        columns = list(done.verdicts)
        look.dress_later(context, path, lambda layer: look.answered(layer, names, columns, lang))
