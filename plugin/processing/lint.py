"""``zonerules:lint``: is the catalogue, or a folder of one's own, sound?"""

from __future__ import annotations

import html
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsWkbTypes,
)

from ..asking import palette
from ..deps.gate import ready
from ..tasks import heard_by, run_core
from . import look
from .base import Algorithm
from .rows import fields_of, write_row
from .sourcerows import titles

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

NEEDED = ("shapely", "yaml", "jsonschema")
COLUMNS = {
    "severity": "text",
    "file": "text",
    "line": "integer",
    "record": "text",
    "what": "text",
    "expected": "text",
}
Finding = dict[str, Any]


class Lint(Algorithm):
    """As `zonerules lint`: findings and cases that do not hold, as a table and a page."""

    NAME = "lint"
    GROUP = "catalogue"

    def canExecute(self) -> tuple[bool, str]:
        missing = _missing()
        return (False, self.say("needs", names=", ".join(missing))) if missing else (True, "")

    def initAlgorithm(self, configuration: Any = None) -> None:
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.add(QgsProcessingParameterFile("FOLDER", "", folder, "", None, True))
        self.add(QgsProcessingParameterFile("TEXTS", "", folder, "", None, True), advanced=True)
        self.add(QgsProcessingParameterBoolean("COVERAGE", "", False))
        self.add_choice("LANGUAGE", "languages", advanced=True)
        table = QgsProcessing.SourceType.TypeVector
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", "", table))
        page = "HTML (*.html)"
        self.add(QgsProcessingParameterFileDestination("REPORT", "", page, None, True))
        self.addOutput(QgsProcessingOutputBoolean("SOUND", self.say("SOUND")))
        for name in ("ERRORS", "WARNINGS"):
            self.addOutput(QgsProcessingOutputNumber(name, self.say(name)))

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        missing = _missing()
        if missing:
            raise QgsProcessingException(self.say("needs", names=", ".join(missing)))
        ready(("shapely",))
        lang = self.language(parameters, context)
        progress = heard_by(feedback)
        progress(0.0, self.say("wait"))
        report = run_core(
            _prove,
            self.one(parameters, "FOLDER", context),
            self.one(parameters, "TEXTS", context),
            self.parameterAsBool(parameters, "COVERAGE", context),
            lang,
        )
        progress(0.9, report["lines"][-1])
        fields = fields_of(COLUMNS)
        sink, output = self.parameterAsSink(
            parameters, "OUTPUT", context, fields, QgsWkbTypes.Type.NoGeometry
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        rows = report["rows"]
        for row in rows:
            told = {**row, "severity": self.say(f"severity.{row['severity']}")}
            write_row(sink, fields, told)
        del sink
        names = titles(COLUMNS, lang)
        look.dress_later(context, output, lambda layer: look.aliases(layer, names))
        outputs = {
            "OUTPUT": output,
            "SOUND": report["sound"],
            "ERRORS": sum(row["severity"] == "error" for row in rows),
            "WARNINGS": sum(row["severity"] == "warning" for row in rows),
        }
        page = self.parameterAsFileOutput(parameters, "REPORT", context)
        if page:
            text = _page(self.say("title"), report, lang)
            run_core(_write, Path(page), text)
            outputs["REPORT"] = page
        return outputs


def _missing() -> list[str]:
    return [name for name in NEEDED if find_spec(name) is None]


# -- what runs behind the gate --------------------------------------------------------------------


def _prove(folder: str | None, texts: str | None, coverage: bool, lang: str) -> dict[str, Any]:
    """The report of lint, with its rows and lines in the language."""
    from ...jobs.lint.proving import prove, to_text
    from ...jobs.lint.words import in_chinese

    report = prove(
        Path(folder) if folder else None,
        coverage=coverage,
        mutate=False,
        texts=Path(texts) if texts else None,
    )

    def worded(sentence: str | None, part: str) -> str | None:
        return in_chinese(sentence, part) if sentence and lang == "zh" else sentence

    rows: list[Finding] = [
        {
            **finding,
            "what": worded(finding["what"], "what"),
            "expected": worded(finding["expected"], "expected"),
        }
        for finding in report["findings"]
    ]
    rows += [
        {
            "severity": "case",
            "file": case["file"],
            "line": case["line"],
            "record": case["rule"],
            "what": worded(case["problem"], "what"),
        }
        for case in report["failing"]
    ]
    rows += [
        {"severity": "clause", "what": missing}
        for missing in report.get("coverage", {}).get("missing", [])
    ]
    lines = to_text({**report, "findings": report["findings"]}, lang).splitlines()
    return {"sound": report["sound"], "rows": rows, "lines": lines}


def _write(path: Path, text: str) -> None:
    from ...jobs.exchange.export import write_text

    write_text(path, text)


def _page(title: str, report: dict[str, Any], lang: str) -> str:
    """A page without scripts; every word of the report is escaped."""
    looks = palette()["outcome"]
    sound = looks["exempt" if report["sound"] else "failed"]
    body = "\n".join(f"<li>{html.escape(line)}</li>" for line in report["lines"][:-1])
    mark, total = html.escape(sound["mark"]), html.escape(report["lines"][-1])
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{html.escape(title)}</title><style>
body {{ font: 15px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2em auto;
  max-width: 60em; padding: 0 1em; color: #1d1d1d; background: #fff; }}
.total {{ background: {sound["tint"]}; border-left: 5px solid {sound["colour"]};
  padding: .6em 1em; }}
li {{ margin: .3em 0; overflow-wrap: anywhere; }}
</style></head><body>
<h1>{html.escape(title)}</h1>
<p class="total"><strong style="color: {sound["colour"]}">{mark}</strong> {total}</p>
<ol>{body}</ol>
</body></html>
"""
