"""``zonerules:extracts``: an extract for every row of a table, as `zonerules report --table`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
)

from ..deps.gate import ready
from ..deps.needs import PDF
from ..extract import work
from ..tables.packages import needed
from ..tasks import heard_by, run_core
from .tabular import TableAlgorithm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ...jobs.progress import Progress

BOOKS = {".pdf": "pdf", ".html": "html", ".htm": "html"}
LISTED = 20  # rows with a fault that the log names


class Extracts(TableAlgorithm):
    """The rows are read, placed and asked as those of a check."""

    NAME = "extracts"
    GROUP = "ask"
    OWN_OPTIONS = {
        "--font": "FONT",
        "--format": "FORM",
        "--radius": "RADIUS",
        "--rows": "FIRST",
        "--table": "INPUT",
        "--within": "WITHIN",
    }

    def initAlgorithm(self, configuration: Any = None) -> None:
        file = QgsProcessingParameterFile.Behavior.File
        self.add_table()
        self.add_choice("DATUM", "datums")
        self.add(QgsProcessingParameterCrs("CRS", "", None, True))
        self.add_choice("ACTIVITY", "activities")
        self.add_choice("DATE", "days", "today")
        self.add_choice("ALERT", "alerts", "unknown")
        self.add_text("FACTS", lines=True)
        self.add_text("FACT_COLUMNS", lines=True)
        real = QgsProcessingParameterNumber.Type.Double
        whole = QgsProcessingParameterNumber.Type.Integer
        self.add_metres("ACCURACY", 1e6, 10.0)
        self.add(QgsProcessingParameterNumber("FIRST", "", whole, 1, False, 1))
        self.add(QgsProcessingParameterNumber("LAST", "", whole, None, True, 1))
        self.add_choice("LANGUAGE", "languages")
        radius = QgsProcessingParameterNumber("RADIUS", "", real, None, True, 0.0, 1000.0)
        self.add(radius, advanced=True)
        self.add(QgsProcessingParameterBoolean("ALL", "", False), advanced=True)
        for name in ("WITHIN", "NAME_COLUMN", "ACCURACY_COLUMN", "DATE_COLUMN", "ALERT_COLUMN"):
            self.add_text(name, advanced=True)
        for name in ("SHEET", "ENCODING", "DELIMITER"):
            self.add_text(name, advanced=True)
        self.add(QgsProcessingParameterFile("FONT", "", file, "", None, True), advanced=True)
        book = "PDF (*.pdf);;HTML (*.html)"
        self.add(QgsProcessingParameterFileDestination("OUTPUT", "", book, None, True, True))
        self.add_choice("FORM", "forms", "pdf", optional=False)
        self.add(QgsProcessingParameterFolderDestination("FOLDER", "", None, True, False))
        for name in ("ROWS", "MADE", "FAULTS"):
            self.addOutput(QgsProcessingOutputNumber(name, self.say(name)))

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        given = self.given(parameters, context)
        wanted = self._outputs(parameters, context)
        read = given if isinstance(given, Path) else None
        names = needed([read])
        if any(one.form == "pdf" for one in wanted):
            names += PDF
        lacking = [lack.name for lack in ready(names)]
        if lacking:
            raise QgsProcessingException(self.say("needs", names=", ".join(lacking)))
        font = self.one(parameters, "FONT", context)
        done: work.Made = run_core(
            work.make_many,
            self.catalogue(feedback),
            given,
            self._asked(parameters, context),
            wanted,
            Path(font) if font else None,
            lambda lines: [feedback.pushInfo(line) for line in lines],
            progress=self._heard(feedback),
        )
        for row, name, reason in done.faults[:LISTED]:
            feedback.pushWarning(self.say("fault", row=row, title=name, reason=reason))
        without = done.rows - done.made
        feedback.pushInfo(self.say("done", made=done.made, faults=without))
        outputs = {"ROWS": done.rows, "MADE": done.made, "FAULTS": without}
        places = {"OUTPUT" if one.book else "FOLDER": str(one.path) for one in wanted}
        return {**outputs, **places}

    def _asked(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
        """What ``jobs.report.many.Task`` is made of, the file to read aside."""
        last, radius = self._last(parameters, context), parameters.get("RADIUS")
        alert = self.one(parameters, "ALERT", context)
        return dict(
            **self.reading(parameters, context),
            within=self.one(parameters, "WITHIN", context),
            facts=self.pairs(parameters, "FACTS", context),
            activity=self.one(parameters, "ACTIVITY", context),
            datum=self.one(parameters, "DATUM", context),
            crs=self.crs(parameters, context),
            accuracy_m=self.parameterAsDouble(parameters, "ACCURACY", context),
            date=self.one(parameters, "DATE", context),
            alert=None if alert == "unknown" else alert,
            radius_km=None
            if radius is None
            else self.parameterAsDouble(parameters, "RADIUS", context),
            everything=self.parameterAsBool(parameters, "ALL", context),
            first=self.parameterAsInt(parameters, "FIRST", context),
            last=last,
            lang=self.language(parameters, context),
        )

    def _last(self, parameters: dict[str, Any], context: QgsProcessingContext) -> int | None:
        """The last row, None for all. Raises QgsProcessingException for one before the first."""
        if parameters.get("LAST") is None:
            return None
        last = self.parameterAsInt(parameters, "LAST", context)
        first = self.parameterAsInt(parameters, "FIRST", context)
        if last < first:
            raise self._bad("LAST", str(last), [f"≥ {first}"])
        return last

    def _outputs(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> list[work.Wanted]:
        """What to write. Raises QgsProcessingException."""
        wanted = []
        book = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        folder = self.parameterAsString(parameters, "FOLDER", context)
        if book:
            form = BOOKS.get(Path(book).suffix.lower())
            if form is None:
                raise self._bad("OUTPUT", Path(book).name, list(BOOKS)[:2])
            wanted.append(work.Wanted(Path(book), form, book=True))
        if folder:
            form = self.one(parameters, "FORM", context) or "pdf"
            if form not in work.FORMS:
                raise self._bad("FORM", form, work.FORMS)
            wanted.append(work.Wanted(Path(folder), form, book=False))
        if not wanted:
            raise QgsProcessingException(self.say("nothing"))
        return wanted

    def _bad(self, name: str, value: str, expected: Iterable[str]) -> QgsProcessingException:
        told = {"parameter": f"{self.say(name)} ({name})", "value": value}
        return QgsProcessingException(self.say("bad", **told, expected=", ".join(expected)))

    def _heard(self, feedback: QgsProcessingFeedback) -> Progress:
        plain = heard_by(feedback)

        def progress(done: float, note: str) -> None:
            plain(done, "")
            if note:
                feedback.setProgressText(note)

        return progress
