"""``zonerules:exportwebmap``: the page that answers in a browser, as `zonerules map` writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from .. import settings
from ..asking import Refusal
from ..deps.gate import ready
from ..deps.needs import WEB_MAP
from ..tables import layerfile
from ..tables.work import without_options
from ..tasks import heard_by, run_core
from ..webmap import firms, key, work
from .base import Algorithm

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

BASE = "offline"
COUNTS = ("ZONES", "UNDRAWN", "RULES", "SOURCES", "FIRMS", "WITHOUT", "SIZE")


class ExportWebMap(Algorithm):
    """One HTML file; what it answers is worked out in the browser."""

    NAME = "exportwebmap"
    GROUP = "catalogue"
    OWN_OPTIONS = {
        "--assets": "ASSETS",
        "--base": "BASE",
        "--document": "DOCUMENTS",
        "--enterprises": "ENTERPRISES",
        "--name-col": "NAME_FIELD",
        "--tianditu-key-env": "KEY_CONFIG",
        "--tiles": "TILES",
    }

    def __init__(self) -> None:
        super().__init__()
        # from before the work to its end, never among parameters
        self._key: str | None = None
        self._no_key = ""

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.add_choice("DOCUMENTS", "documents", several=True)
        rows = [QgsProcessing.SourceType.TypeVector]
        self.add(QgsProcessingParameterFeatureSource("ENTERPRISES", "", rows, None, True))
        for name in ("VERDICT", "NAME_FIELD"):
            kind = QgsProcessingParameterField.DataType.Any
            field = QgsProcessingParameterField(name, "", None, "ENTERPRISES", kind, False, True)
            self.add(field)
        self.add_choice("DATUM", "datums")
        self.add_choice("DATE", "printed_days")
        self.add_choice("ACTIVITY", "activities")
        self.add_choice("ALERT", "alerts", "unknown")
        self.add_choice("BASE", "bases", BASE, optional=False)
        self.add(QgsProcessingParameterString("TITLE", "", None, False, True))
        self.add_choice("LANGUAGE", "languages")
        self.add(QgsProcessingParameterAuthConfig("KEY_CONFIG", "", None, True), advanced=True)
        for name in ("KEY_VARIABLE", "TILES"):
            self.add_text(name, advanced=True)
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.add(QgsProcessingParameterFile("ASSETS", "", folder, "", None, True), advanced=True)
        self.add(QgsProcessingParameterBoolean("GOLDEN", "", False), advanced=True)
        self.add(QgsProcessingParameterFileDestination("OUTPUT", "", "HTML (*.html)"))
        for name in COUNTS:
            self.addOutput(QgsProcessingOutputNumber(name, self.say(name)))

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Take the key on the main thread: QGIS may ask for its master password."""
        self._key, self._no_key = None, ""
        if self._base(parameters, context) == "tianditu":
            config = self.one(parameters, "KEY_CONFIG", context) or ""
            variable = self.one(parameters, "KEY_VARIABLE", context) or ""
            try:
                self._key = key.tianditu_key(config, variable, self.lang)
            except Refusal as refusal:  # the work tells it: of an error in here QGIS does not
                self._no_key = str(refusal)
        return True

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        lacking = [lack.name for lack in ready(WEB_MAP)]
        if lacking:
            raise QgsProcessingException(self.say("needs", names=", ".join(lacking)))
        if self._no_key:
            raise QgsProcessingException(self._no_key)
        order = self._order(parameters, context)
        if not run_core(work.assets_at_hand, order.assets) and order.assets is None:
            feedback.pushInfo(self.say("fetching"))
        if order.firms is not None:
            from ...rules.messages import in_language

            note = run_core(order.firms.as_it_is)
            if note is not None:
                feedback.pushWarning(self.named(in_language(note, self.lang)))
            others = run_core(order.firms.coloured).others
            if others and not order.firms.chosen:
                told = {"column": order.firms.verdict, "others": ", ".join(others)}
                feedback.pushInfo(self.say("first_verdict", **told))
        made: work.Made = run_core(
            work.make, settings.data_folder(), order, progress=heard_by(feedback)
        )
        for problem in made.failed:
            feedback.pushWarning(self.say("failed", problem=problem))
        if made.without:
            feedback.pushWarning(self.say("unplaced", n=made.without))
        if self._key is not None:
            feedback.pushWarning(self.say("key_inside"))
        told = {name: getattr(made, name.lower()) for name in COUNTS}
        feedback.pushInfo(self.say("done", file=made.path, mb=f"{made.size / 1e6:.1f}", **told))
        return {"OUTPUT": str(made.path), **told}

    def _order(self, parameters: dict[str, Any], context: QgsProcessingContext) -> work.Order:
        assets = self.one(parameters, "ASSETS", context)
        return work.Order(
            output=Path(self.parameterAsFileOutput(parameters, "OUTPUT", context)),
            lang=self.language(parameters, context),
            documents=tuple(self.chosen(parameters, "DOCUMENTS", context)),
            date=self.one(parameters, "DATE", context),
            activity=self.one(parameters, "ACTIVITY", context),
            alert=self.one(parameters, "ALERT", context),
            title=self.one(parameters, "TITLE", context),
            firms=self._firms(parameters, context),
            base=self._base(parameters, context),
            key=self._key,
            tiles=self.one(parameters, "TILES", context),
            assets=Path(assets) if assets else None,
            golden=self.parameterAsBool(parameters, "GOLDEN", context),
        )

    def _firms(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> firms.Firms | None:
        layer = self.parameterAsSource(parameters, "ENTERPRISES", context)
        if layer is None:
            return None
        return firms.firms_of(
            layerfile.of_source(layer),
            context.transformContext(),
            self.lang,
            datum=self.one(parameters, "DATUM", context),
            verdict=self.one(parameters, "VERDICT", context) or "",
            name=self.one(parameters, "NAME_FIELD", context) or "",
        )

    def _base(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        return self.one(parameters, "BASE", context) or BASE

    def named(self, line: str) -> str:
        return without_options(line, self.option_names())
