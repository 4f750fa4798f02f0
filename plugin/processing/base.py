"""What all algorithms share: names and help from the table of texts, errors in one line."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtGui import QIcon

from ...jobs.progress import Cancelled
from .. import compat, settings
from ..asking import Refusal, one_line
from ..host import ICONS
from ..tasks import run_core
from ..texts import LANGUAGES, TEXTS, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ...jobs.open import Catalogue

DOCS = "https://github.com/zonerules/zonerules/blob/main/docs"
PAGES = {"zh": "processing.md", "en": "processing.en.md"}
CHOICE = f"{__package__}.choices.ChoiceWrapper"  # QGIS imports it when a dialog opens
# what an error of jobs begins with, and the parameter that gave the value
OPTIONS = {
    "--activity": "ACTIVITY",
    "--address-col": "ADDRESS_COLUMN",
    "--alert": "ALERT",
    "--alert-col": "ALERT_COLUMN",
    "--accuracy": "ACCURACY",
    "--accuracy-col": "ACCURACY_COLUMN",
    "--as-of": "DATE",
    "--corridor-width": "WIDTHS",
    "--crs": "CRS",
    "--datum": "DATUM",
    "--date": "DATE",
    "--date-col": "DATE_COLUMN",
    "--delimiter": "DELIMITER",
    "--distance": "DISTANCE",
    "--document": "DOCUMENT",
    "--encoding": "ENCODING",
    "--fact": "FACTS",
    "--fact-col": "FACT_COLUMNS",
    "--inspire": "INSPIRE",
    "--keep-formulas": "KEEP_FORMULAS",
    "--kind": "KIND",
    "--lat": "LAT",
    "--layer": "SHEET",
    "--lines": "LINES",
    "--lon": "LON",
    "--name-col": "NAME_COLUMN",
    "--name-column": "NAME_FIELD",
    "--place-col": "PLACE_COLUMN",
    "--radius": "RADII",
    "--resume": "RESUME",
    "--review": "REVIEW",
    "--texts": "TEXTS",
    "--within": "ZONES",
    "--zone": "ZONE",
    "-o": "OUTPUT",
    "TEXT": "TEXT",
}


class Algorithm(QgsProcessingAlgorithm):
    """One algorithm; ``NAME`` and ``GROUP`` name it, texts ``processing.<NAME>.…`` tell it.

    A parameter NAME is described by the text ``processing.<algorithm>.NAME`` (else
    ``processing.NAME``) and explained by the same with ``.help``.
    """

    NAME = ""
    GROUP = ""
    OWN_OPTIONS: Mapping[str, str] = {}  # what OPTIONS has otherwise

    def __init__(self) -> None:
        super().__init__()
        self.lang = settings.language()

    # -- what QGIS asks ---------------------------------------------------------------------

    def createInstance(self) -> Algorithm:
        return type(self)()

    def name(self) -> str:
        return self.NAME

    def displayName(self) -> str:
        return self.say("name")

    def shortDescription(self) -> str:
        return self.say("short")

    def group(self) -> str:
        return tr(f"processing.group.{self.GROUP}", self.lang)

    def groupId(self) -> str:
        return self.GROUP

    def tags(self) -> list[str]:
        return [word for pair in TEXTS[f"processing.{self.NAME}.tags"] for word in pair.split(",")]

    def icon(self) -> QIcon:
        return QIcon(str(ICONS / "zonerules.svg"))

    def helpUrl(self) -> str:
        return f"{DOCS}/{PAGES[self.lang]}#{self.NAME}"

    def shortHelpString(self) -> str:
        return self.say("help")

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Do the work; whatever goes wrong ends in one line that names the value."""
        try:
            return self.work(parameters, context, feedback)
        except QgsProcessingException:
            raise
        except Cancelled:
            feedback.pushInfo(tr("processing.cancelled", self.lang))
            return {}
        except Refusal as error:
            raise QgsProcessingException(str(error)) from error
        except (ValueError, OSError) as error:  # bad input, and files that cannot be used
            raise QgsProcessingException(self.named(one_line(error, self.lang))) from error
        except Exception as error:
            compat.log(traceback.format_exc())
            line = tr("unexpected", self.lang, reason=one_line(error, self.lang))
            raise QgsProcessingException(line) from error

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Do the work and return the outputs; may raise what processAlgorithm catches."""
        raise NotImplementedError

    # -- for the algorithms -----------------------------------------------------------------

    def say(self, name: str, **args: object) -> str:
        """Return this algorithm's text ``name``, else the one that all share."""
        own = f"processing.{self.NAME}.{name}"
        return tr(own if own in TEXTS else f"processing.{name}", self.lang, **args)

    def add(self, parameter: QgsProcessingParameterDefinition, *, advanced: bool = False) -> None:
        """Add a parameter with its words."""
        parameter.setDescription(self.say(parameter.name()))
        parameter.setHelp(self.say(f"{parameter.name()}.help"))
        if advanced:
            flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
            parameter.setFlags(parameter.flags() | flag)
        self.addParameter(parameter)

    def add_choice(
        self,
        name: str,
        what: str,
        default: str | None = None,
        *,
        several: bool = False,
        optional: bool = True,
        advanced: bool = False,
    ) -> None:
        """Add a text that people pick from a list of ``choices``; ids, several joined by ``;``.

        A text and no enumeration: scripts and models stay readable, and the list, which comes from
        the catalogue, is not read before a dialog opens.
        """
        parameter = QgsProcessingParameterString(name, "", default, False, optional)
        wrapper = {"class": CHOICE, "what": what, "several": several}
        parameter.setMetadata({"widget_wrapper": wrapper})
        self.add(parameter, advanced=advanced)

    def add_text(self, name: str, *, lines: bool = False, advanced: bool = False) -> None:
        """Add a text that may stay empty, with ``lines`` one of several lines."""
        self.add(QgsProcessingParameterString(name, "", None, lines, True), advanced=advanced)

    def add_metres(
        self, name: str, most: float, default: float | None = None, *, least: float = 0.0
    ) -> None:
        """Add a length in metres; one without a default may stay empty, and is advanced."""
        real, empty = QgsProcessingParameterNumber.Type.Double, default is None
        parameter = QgsProcessingParameterNumber(name, "", real, default, empty, least, most)
        self.add(parameter, advanced=empty)

    def add_file(self, name: str, kinds: str, *, optional: bool = False) -> None:
        """Add a file to be written; ``kinds``: suffixes with spaces between. One that may stay
        empty is not written unless it is named."""
        formats = ";;".join(f"{kind.upper()} (*.{kind})" for kind in kinds.split())
        self.add(QgsProcessingParameterFileDestination(name, "", formats, None, optional, False))

    def chosen(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> list[str]:
        """Return what was chosen for such a parameter, [] for nothing."""
        text = self.parameterAsString(parameters, name, context) or ""
        parts = (part.strip() for part in text.replace("；", ";").split(";"))
        return list(dict.fromkeys(part for part in parts if part))

    def one(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> str | None:
        """Return the text of a parameter without outer spaces, None for nothing."""
        return (self.parameterAsString(parameters, name, context) or "").strip() or None

    def language(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the language of the output: that of the parameter, else that of the plugin."""
        asked = self.one(parameters, "LANGUAGE", context)
        if asked not in (None, *LANGUAGES):
            line = self.say("bad", parameter=self.say("LANGUAGE"), value=asked, expected="zh, en")
            raise QgsProcessingException(line)
        return asked or self.lang

    def catalogue(self, feedback: QgsProcessingFeedback) -> Catalogue:
        """Return the catalogue, read anew, and tell which it is and what it could not read."""
        catalogue: Catalogue = run_core(_opened, settings.data_folder())
        data = catalogue.data
        told = f"{data['version']} {str(data['fingerprint'])[:19]}"
        if data.get("overlay"):
            told += f" + {settings.data_folder()}"
        feedback.pushInfo(self.say("catalogue", which=told))
        for entry in data.get("failed", []):
            feedback.pushWarning(self.say("failed", problem=entry["error"]))
        return catalogue

    def option_names(self) -> dict[str, str]:
        """Return what people see of each option of the command line that is a parameter here."""
        found = {}
        for option, name in {**OPTIONS, **self.OWN_OPTIONS}.items():
            definition = self.parameterDefinition(name)
            if definition is not None:
                found[option] = f"{definition.description()} ({name})"
        return found

    def named(self, line: str) -> str:
        """Return an error of jobs with the parameter's name in place of an option's."""
        option, _, rest = line.partition(" ")
        name = self.option_names().get(option)
        return f"{name} {rest}" if name else line


def _opened(folder: str | None) -> Catalogue:
    from ...jobs.open import open as open_catalogue

    return open_catalogue(folder)
