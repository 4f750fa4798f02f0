"""``zonerules:ringsearch``: sources and zones within radii of places, of a source or a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterPoint,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..canvas import WGS84
from ..geometry import from_geojson
from ..tasks import heard_by, run_core
from . import look
from .around import disc, rings_of, zones_near_zone
from .base import Algorithm
from .rows import fields_of, write_row
from .sourcerows import COLUMNS, point_of, row_of, titles

if TYPE_CHECKING:
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from ...jobs.open import Catalogue
    from ...jobs.progress import Progress

MOST_KM = 1000.0
CENTRE = {"centre": "text"}
AWAY = {**CENTRE, "ring_km": "real", "distance_m": "real"}
SOURCES = {**AWAY, **COLUMNS}
ZONES = {
    **AWAY,
    "zone": "text",
    "name": "text",
    "kind": "text",
    "basis": "text",
    "location": "text",
    "note": "text",
}
RINGS = {**CENTRE, "inner_km": "real", "outer_km": "real"}
OUTPUTS = {"SOURCES": SOURCES, "ZONES": ZONES, "RINGS": RINGS}
Found = dict[str, list[tuple[dict[str, Any], "QgsGeometry | None"]]]


class Centre(NamedTuple):
    """What is searched around: a place in degrees WGS84, or a drawn zone."""

    name: str
    place: tuple[float, float] | None
    zone: str | None = None


class RingSearch(Algorithm):
    """As `zonerules sources --near --radius`, with the zones and the rings themselves."""

    NAME = "ringsearch"
    GROUP = "ask"

    def initAlgorithm(self, configuration: Any = None) -> None:
        kinds = QgsProcessing.SourceType
        self.add(QgsProcessingParameterPoint("POINT", "", None, True))
        points = [kinds.TypeVectorPoint]
        self.add(QgsProcessingParameterFeatureSource("INPUT", "", points, None, True))
        self.add_choice("SOURCE", "sources", several=True)
        self.add_choice("ZONE", "zones", several=True)
        self.add(QgsProcessingParameterString("RADII", "", "1;3;5"))
        self.add_choice("KIND", "kinds", several=True)
        self.add_choice("LANGUAGE", "languages", advanced=True)
        for name, kind in (
            ("SOURCES", kinds.TypeVectorPoint),
            ("ZONES", kinds.TypeVectorPolygon),
            ("RINGS", kinds.TypeVectorPolygon),
        ):
            self.add(QgsProcessingParameterFeatureSink(name, "", kind, None, True, True))

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        lang = self.language(parameters, context)
        radii = self._radii(parameters, context)
        catalogue = self.catalogue(feedback)
        centres = self._centres(parameters, context, catalogue, lang)
        kinds = self.chosen(parameters, "KIND", context)
        found: Found = {name: [] for name in OUTPUTS}
        progress = heard_by(feedback)
        for at, centre in enumerate(centres):
            progress(at / len(centres), "")
            rows = run_core(_around, catalogue, centre, radii, kinds, progress=progress)
            self._add(found, catalogue, centre, radii, rows, lang)
        unlocated = sum(
            not source.get("location") and (not kinds or source["kind"] in kinds)
            for source in catalogue.data["sources"]
        )
        told = {"sources": len(found["SOURCES"]), "zones": len(found["ZONES"])}
        feedback.pushInfo(self.say("found", centres=len(centres), **told))
        if unlocated:
            feedback.pushWarning(self.say("unlocated", n=unlocated))
        return self._write(parameters, context, found, lang)

    # -- reading the parameters -------------------------------------------------------------

    def _radii(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[float]:
        text = (self.one(parameters, "RADII", context) or "").replace("；", ";")
        radii = []
        for part in text.replace(",", ";").replace("，", ";").split(";"):
            if not part.strip():
                continue
            try:
                radius = float(part.lower().replace("km", "").replace("公里", ""))
            except ValueError:
                radius = -1.0
            if not 0 < radius <= MOST_KM:
                expected = self.say("radius_expected", most=f"{MOST_KM:g}")
                self._refuse("RADII", part.strip(), expected)
            radii.append(radius)
        if not radii:
            self._refuse("RADII", text, self.say("radius_expected", most=f"{MOST_KM:g}"))
        return sorted(set(radii))

    def _refuse(self, name: str, value: str, expected: str) -> None:
        line = self.say("bad", parameter=self.say(name), value=value, expected=expected)
        raise QgsProcessingException(line)

    def _centres(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        catalogue: Catalogue,
        lang: str,
    ) -> list[Centre]:
        wgs84 = QgsCoordinateReferenceSystem(WGS84)
        centres = []
        if parameters.get("POINT") not in (None, ""):
            point = self.parameterAsPoint(parameters, "POINT", context, wgs84)
            lon, lat = round(point.x(), 6) + 0.0, round(point.y(), 6) + 0.0
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                self._refuse("POINT", f"{lon:g}, {lat:g}", self.say("lonlat"))
            centres.append(Centre(f"{lon:.6f}, {lat:.6f}", (lon, lat)))
        centres += self._of_layer(parameters, context, wgs84)
        sources = {source["id"]: source for source in catalogue.data["sources"]}
        for name in self.chosen(parameters, "SOURCE", context):
            spot = run_core(_known, "SOURCE", name, sources).get("location")
            if not spot:
                self._refuse("SOURCE", name, self.say("source_located"))
            centres.append(Centre(sources[name]["name"][lang], (spot["lon"], spot["lat"])))
        for name in self.chosen(parameters, "ZONE", context):
            zone = run_core(_known, "ZONE", name, catalogue.data["zones"])
            if not run_core(_shapes, catalogue, zone):
                self._refuse("ZONE", name, self.say("zone_drawn"))
            centres.append(Centre(zone["name"][lang], None, name))
        if not centres:
            raise QgsProcessingException(self.say("no_centre"))
        return centres

    def _of_layer(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        wgs84: QgsCoordinateReferenceSystem,
    ) -> list[Centre]:
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            if parameters.get("INPUT") not in (None, ""):
                raise QgsProcessingException(self.invalidSourceError(parameters, "INPUT"))
            return []
        if not source.sourceCrs().isValid():
            raise QgsProcessingException(self.say("no_crs", layer=source.sourceName()))
        request = QgsFeatureRequest().setDestinationCrs(wgs84, context.transformContext())
        found = []
        for feature in source.getFeatures(request):
            for part in feature.geometry().constParts():  # none in a row without geometry
                name = f"{source.sourceName()} {feature.id()}"
                found.append(Centre(name, (part.x(), part.y())))
        return found

    # -- writing the outputs ----------------------------------------------------------------

    def _add(
        self,
        found: Found,
        catalogue: Catalogue,
        centre: Centre,
        radii: list[float],
        rows: dict[str, Any],
        lang: str,
    ) -> None:
        zones = catalogue.data["zones"]
        shapes = {name: from_geojson(shape) for name, shape in rows["shapes"].items()}
        if centre.zone is None:
            listed, discs = rows["zones"], [disc(*centre.place, radius) for radius in radii]
        else:
            listed = zones_near_zone(centre.zone, shapes, radii)
            discs = rings_of(shapes[centre.zone], radii)
            listed += run_core(_undrawn, catalogue, listed)
        inner = 0.0
        for at, radius in enumerate(radii):
            ring = discs[at].difference(discs[at - 1]) if at else discs[at]
            row = {"centre": centre.name, "inner_km": inner, "outer_km": radius}
            found["RINGS"].append((row, ring))
            inner = radius
        for source in rows["sources"]:
            row = {**row_of(source, lang), "centre": centre.name}
            row.update(ring_km=source["ring_km"], distance_m=source["distance_m"])
            found["SOURCES"].append((row, point_of(source)))
        for listed_zone in listed:
            record = zones[listed_zone["zone"]]
            undrawn = listed_zone["zone"] not in shapes
            row = {**listed_zone, "centre": centre.name, "name": record["name"][lang]}
            row.update(kind=record["kind"], basis=record["basis"])
            row["note"] = self.say("undrawn") if undrawn else None
            found["ZONES"].append((row, shapes.get(listed_zone["zone"])))

    def _write(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        found: Found,
        lang: str,
    ) -> dict[str, Any]:
        wgs84, kinds = QgsCoordinateReferenceSystem(WGS84), QgsWkbTypes.Type
        looks = {"SOURCES": look.by_kind, "ZONES": look.zone_fills, "RINGS": look.rings}
        outputs = {}
        for name, columns in OUTPUTS.items():
            fields = fields_of(columns)
            kind = kinds.Point if name == "SOURCES" else kinds.MultiPolygon
            sink, output = self.parameterAsSink(parameters, name, context, fields, kind, wgs84)
            if sink is None:  # not wanted
                continue
            for row, geometry in found[name]:
                if geometry is not None and kind == kinds.MultiPolygon:
                    geometry.convertToMultiType()
                write_row(sink, fields, row, geometry)
            del sink
            outputs[name] = output
            names = titles(columns, lang)

            def dress(layer: Any, style: Any = looks[name], names: Any = names) -> None:
                style(layer, lang)
                look.aliases(layer, names)
                look.worded(layer, ("location",), look.place_words(lang))

            look.dress_later(context, output, dress)
        return outputs


# -- what runs behind the gate --------------------------------------------------------------------


def _around(
    catalogue: Catalogue,
    centre: Centre,
    radii: list[float],
    kinds: list[str],
    progress: Progress,
) -> dict[str, Any]:
    """Sources and, for a place, zones around a centre; with the shapes of drawn zones."""
    from ...jobs.find.rings import sources_around, sources_around_zone, zones_around

    shapes = {
        name: drawn["nominal"]
        for name, zone in catalogue.data["zones"].items()
        if (drawn := _shapes(catalogue, zone))
    }
    if centre.zone is not None:
        sources = sources_around_zone(catalogue, centre.zone, radii, kinds)
        return {"sources": sources, "zones": [], "shapes": shapes}
    lon, lat = centre.place or (0.0, 0.0)
    sources = sources_around(catalogue, lon, lat, radii, kinds)
    zones = zones_around(catalogue, lon, lat, radii)
    named = {row["zone"] for row in zones}
    shapes = {name: shape for name, shape in shapes.items() if name in named}
    return {"sources": sources, "zones": zones, "shapes": shapes}


def _shapes(catalogue: Catalogue, zone: dict[str, Any]) -> Any:
    from ...jobs.exchange.tables import shapes_of

    return shapes_of(catalogue.data, zone)


def _known(parameter: str, name: str, known: dict[str, Any]) -> Any:
    from ...jobs.find.listing import known_value

    known_value(parameter, name, known)
    return known[name]


def _undrawn(catalogue: Catalogue, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the zones without a shape that lie in one of those listed."""
    from ...jobs.find.rings import undrawn_in

    zones, drawn = catalogue.data["zones"], catalogue.located.locate(0.0, 0.0)
    names = undrawn_in(zones, [row["zone"] for row in listed], drawn)
    return [{"zone": name} for name in names if zones[name]["basis"] != "object"]
