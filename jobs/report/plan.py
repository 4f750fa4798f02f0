"""The map of an extract: zones, lines, units and sources around the place, drawn from the palette.

No tiles and no network. North is up; lengths are true around the place (east and north metres of
layers.point, whose error is below a millimetre on this paper).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...layers.datum import to_wgs84
from ...layers.point import plane
from ..exchange.tables import shapes_of
from .drawing import Drawing, corners
from .polygons import area, clipped, hatch, label_spot, thinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .drawing import Box, Point, Ring

__all__ = ["Plan", "Zone", "plan"]

WIDE, HIGH = 116.0, 104.0  # the frame, mm
MIDDLE = (WIDE / 2, HIGH / 2)
FRAME: Box = (0.0, 0.0, WIDE, HIGH)
BEYOND: Box = (-4.0, -4.0, WIDE + 4, HIGH + 4)  # shapes are cut here, where nobody sees it
FINEST = 0.12  # mm; nearer points of a line are one
SCALES = (2000, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)
USUAL_SCALE = 25_000
MOST_SCALE = 250_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TELLING = ("documented_boundary", "approximate", "circle")
ANGLES = {"diagonal_back": (-45.0,), "horizontal": (0.0,), "vertical": (90.0,), "cross": (45, -45)}
GAP = 1.5  # mm between the lines of a hatch
UNIT_DASH = (3.0, 1.0, 0.5, 1.0)


class Zone(NamedTuple):
    """A zone of the map: its letter, and its kind for the look; `letter` empty: no room for one."""

    id: str
    kind: str
    letter: str
    uncertain: bool


class Plan(NamedTuple):
    """A map and what is on it.

    `whole`: ids of zones that fill it all and would only hide the rest. `units`: codes of the
    units whose line is seen; `lines`: ids of boundary lines; `sources`: id to number.
    """

    drawing: Drawing
    scale: int
    zones: list[Zone]
    whole: list[str]
    units: list[str]
    lines: list[str]
    sources: dict[str, int]


def plan(
    answer: Mapping[str, Any], data: Mapping[str, Any], palette: Mapping[str, Any], lang: str
) -> Plan:
    """Draw the map of an answer; names in `lang`."""
    return _Plan(answer, data, palette, lang).draw()


class _Plan:
    def __init__(
        self,
        answer: Mapping[str, Any],
        data: Mapping[str, Any],
        palette: Mapping[str, Any],
        lang: str,
    ) -> None:
        self.answer, self.data, self.palette, self.lang = answer, data, palette, lang
        query = answer["query"]
        lon, lat = to_wgs84(query["lon"], query["lat"], query["datum"])
        self.place = float(lon), float(lat)
        self.scale = scale_for(query["radius_m"], _to_boundary(answer["zones"]))
        self.drawing = Drawing(WIDE, HIGH)

    def draw(self) -> Plan:
        drawing = self.drawing
        drawing.box(FRAME, fill="#fcfcfa")
        with drawing.window(FRAME):
            zones, whole = self._zones()
            units = self._units()
            lines = self._lines({zone.id for zone in zones})
            sources = self._sources()
            self._marker()
        self._scale_bar()
        self._north()
        drawing.box(FRAME, stroke="#55585c")
        return Plan(drawing, self.scale, zones, whole, units, lines, sources)

    # -- from degrees to paper ----------------------------------------------------------------

    def _spot(self, lon: float, lat: float) -> Point:
        east, north = plane(*self.place, lon, lat)
        return MIDDLE[0] + east / self.scale * 1000, MIDDLE[1] - north / self.scale * 1000

    def _rings(self, geometry: Mapping[str, Any] | None) -> list[Ring]:
        """The rings of a polygon as far as they lie on the map."""
        if not geometry or not geometry["coordinates"]:
            return []
        parts = geometry["coordinates"]
        parts = parts if geometry["type"] == "MultiPolygon" else [parts]
        found = []
        for ring in (ring for part in parts for ring in part):
            cut = clipped(thinned([self._spot(*point[:2]) for point in ring[:-1]], FINEST), BEYOND)
            if len(cut) > 2:
                found.append(cut)
        return found

    # -- zones --------------------------------------------------------------------------------

    def _zones(self) -> tuple[list[Zone], list[str]]:
        """Draw the zones with a boundary of their own, the largest below the others."""
        concerned = {
            row["id"] for row in self.answer["zones"] if row["location"] in ("inside", "near")
        }
        frame = area([corners(FRAME)])
        found, whole = [], []
        for name, zone in self.data["zones"].items():
            if "unit" in zone and not zone.get("shapes"):
                continue
            shapes = shapes_of(self.data, zone)
            if not shapes or not (zone["basis"] in TELLING or name in concerned):
                continue
            extent = self._rings(shapes.get("extent") or shapes["nominal"])
            if not _seen(extent):
                continue
            core = self._rings(shapes["core"] if "core" in shapes else shapes["nominal"])
            if area(core) >= frame and all(_covers(ring) for ring in core):
                whole.append(name)
            else:
                found.append((area(extent), name, zone, shapes, core, extent))
        found.sort(key=lambda entry: (-entry[0], entry[1]))
        drawn, labels = [], []
        for number, (_, name, zone, shapes, core, extent) in enumerate(found):
            letter = LETTERS[number] if number < len(LETTERS) else ""
            self._zone(zone, core, extent, self._rings(shapes["nominal"]))
            spot = label_spot([clipped(ring, FRAME) for ring in core or extent], MIDDLE)
            labels.append((letter, spot, self.palette["zones"][zone["kind"]]["stroke"]))
            drawn.append(Zone(name, zone["kind"], letter, core != extent))
        for letter, spot, colour in labels:
            if spot is not None and letter:
                self._letter(spot[0], letter, colour)
        return drawn, whole

    def _zone(
        self, zone: Mapping[str, Any], core: list[Ring], extent: list[Ring], nominal: list[Ring]
    ) -> None:
        look, roles = self.palette["zones"][zone["kind"]], self.palette["roles"]
        drawing = self.drawing
        if look.get("draw") != "outline":
            opacity = roles["core"]["fill_opacity"]
            drawing.shape(core, fill=look["fill"], opacity=opacity)
            if core != extent:
                drawing.shape([*core, *extent], fill=look["fill"], opacity=opacity / 2)
        if core != extent:
            # hatched: nobody can say from this map whether a place there is in or out
            for angle in ANGLES.get(look["hatch"], (45.0,)):
                lines = hatch([*core, *extent], angle, GAP)
                drawing.shape(lines, stroke=look["stroke"], width=0.12, opacity=0.7, closed=False)
            dash = (0.9, 0.9)
            drawing.shape(extent, stroke=look["stroke"], width=0.15, dash=dash)
        drawing.shape(nominal, stroke=look["stroke"], width=0.4, dash=_dash(self.palette, zone))

    def _letter(self, at: Point, letter: str, colour: str) -> None:
        self.drawing.disc(at, 2.1, fill="#ffffff", stroke=colour, width=0.25)
        self.drawing.words((at[0], at[1] + 1.05), letter, 8, colour=colour, anchor="middle")

    # -- units, lines, sources ----------------------------------------------------------------

    def _units(self) -> list[str]:
        """Outline the administrative units that the catalogue draws; names where there is room."""
        stroke = self.palette["zones"]["administrative_unit"]["stroke"]
        found = []
        for code, unit in self.data["units"].items():
            rings = self._rings((unit.get("shapes") or {}).get("nominal"))
            if not _seen(rings):
                continue
            if not all(_covers(ring) for ring in rings):
                self.drawing.shape(rings, stroke=stroke, width=0.3, dash=UNIT_DASH)
                found.append(code)
            if code[4:] == "00" and any(other[:4] == code[:4] for other in found if other != code):
                continue
            spot = label_spot([clipped(ring, FRAME) for ring in rings], MIDDLE)
            if spot is not None and spot[1] > 16 and code[4:] != "00":
                name = unit["name"].get(self.lang) or unit["name"]["zh"]
                at = (spot[0][0], min(max(spot[0][1] + 6, 6), HIGH - 12))
                self.drawing.words(at, name, 7, colour=stroke, anchor="middle", halo=True)
        return found

    def _lines(self, zones: set[str]) -> list[str]:
        """Draw the lines that documents name for the zones on the map, and those assumed."""
        found = []
        for name, line in self.data["lines"].items():
            geometry = line["geometry"]
            parts = geometry["coordinates"]
            parts = parts if geometry["type"] == "MultiLineString" else [parts]
            paper = [[self._spot(*point[:2]) for point in part] for part in parts]
            if line["zone"] not in zones or not any(_near_frame(part) for part in paper):
                continue
            look = self.palette["lines"][line["status"]]
            dash = tuple(0.25 * step for step in look["dash"])
            width = 0.22 * look["width_px"]
            self.drawing.shape(paper, stroke=look["stroke"], width=width, dash=dash, closed=False)
            found.append(name)
        return found

    def _sources(self) -> dict[str, int]:
        """Mark the sources of the answer that are on the map with their number in it."""
        places = {source["id"]: source.get("location") for source in self.data["sources"]}
        numbers = {}
        for number, row in enumerate(self.answer["sources"], start=1):
            place = places.get(row["id"])
            if not place:
                continue
            at = self._spot(place["lon"], place["lat"])
            if not _inside(at):
                continue
            looks = self.palette["sources"]
            colour = (looks.get(row["kind"]) or looks["other"])["colour"]
            self.drawing.disc(at, 1.9, fill=colour, stroke="#ffffff", width=0.3)
            white = {"colour": "#ffffff", "anchor": "middle"}
            self.drawing.words((at[0], at[1] + 0.85), str(number), 6.5, **white)  # type: ignore[arg-type]
            numbers[row["id"]] = number
        return numbers

    # -- place and furniture ------------------------------------------------------------------

    def _marker(self) -> None:
        look = self.palette["marker"]
        radius = self.answer["query"]["radius_m"] / self.scale * 1000
        if radius > 1.2:
            colour = look["colour"]
            self.drawing.disc(MIDDLE, radius, stroke=colour, width=0.35, dash=(1.4, 0.9))
        self.drawing.disc(MIDDLE, 1.7, fill=look["halo"], stroke=look["colour"], width=0.7)
        self.drawing.disc(MIDDLE, 0.5, fill=look["colour"])

    def _scale_bar(self) -> None:
        """Two parts of about 14 mm each, in round metres or kilometres."""
        metres = max(
            step * 10**power
            for power in range(6)
            for step in (1, 2, 5)
            if step * 10**power <= self.scale * 0.018
        )
        part = metres / self.scale * 1000
        left, low, drawing = 4.0, HIGH - 4.5, self.drawing
        around = (1.5, low - 5.5, left + 2 * part + 9, HIGH - 1.5)
        drawing.box(around, fill="#ffffff", opacity=0.85)
        drawing.box((left, low, left + part, low + 1.3), fill="#22292e", stroke="#22292e")
        drawing.box((left + part, low, left + 2 * part, low + 1.3), fill="#fff", stroke="#22292e")
        unit, each = ("km", metres / 1000) if metres >= 1000 else ("m", metres)
        for number in range(3):
            text = f"{each * number:g}" + (f" {unit}" if number == 2 else "")
            anchor = "start" if number == 2 else "middle"
            shift = -1.0 if number == 2 else 0.0
            drawing.words((left + number * part + shift, low - 1.2), text, 6.5, anchor=anchor)

    def _north(self) -> None:
        x, y = WIDE - 6.0, 10.0
        self.drawing.disc((x, y - 2.2), 5.6, fill="#ffffff")
        self.drawing.shape([[(x, y - 6.5), (x - 2, y), (x, y - 1.2)]], fill="#22292e")
        arrow = [(x, y - 6.5), (x + 2, y), (x, y - 1.2)]
        self.drawing.shape([arrow], fill="#ffffff", stroke="#22292e")
        self.drawing.words((x, y + 2.6), "N", 7, anchor="middle")


def scale_for(radius_m: float, boundary_m: float) -> int:
    """A round scale with room for the accuracy and, up to MOST_SCALE, for the nearest boundary."""
    half = HIGH / 2000
    wanted = max(USUAL_SCALE, min(boundary_m * 1.1 / half, MOST_SCALE), radius_m * 1.2 / half)
    return next((scale for scale in SCALES if scale >= wanted * 0.98), SCALES[-1])


def _to_boundary(zones: Iterable[Mapping[str, Any]]) -> float:
    """Metres from the place to the nearest line of a zone it is in or near, 0 without any."""
    near = [row for row in zones if row["location"] in ("inside", "near") and "distance_m" in row]
    for bases in (TELLING, ("administrative",)):
        found = [abs(row["distance_m"]) for row in near if row["basis"] in bases]
        if found:
            return float(min(found))
    return 0.0


def _dash(palette: Mapping[str, Any], zone: Mapping[str, Any]) -> tuple[float, ...]:
    line = palette["basis"][zone["basis"]]["line"]
    return {"dash": (2.4, 1.4), "dot": (0.5, 1.0)}.get(line, ())


def _inside(at: Point) -> bool:
    return 0 <= at[0] <= WIDE and 0 <= at[1] <= HIGH


def _near_frame(line: Ring) -> bool:
    """Whether the box around a line meets the frame."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return min(xs) <= WIDE and max(xs) >= 0 and min(ys) <= HIGH and max(ys) >= 0


def _seen(rings: list[Ring]) -> bool:
    """Whether anything of a shape lies in the frame itself."""
    return any(len(clipped(ring, FRAME)) > 2 for ring in rings)


def _covers(ring: Ring) -> bool:
    """Whether a ring, cut already, runs outside the frame only."""
    return not any(0 < x < WIDE and 0 < y < HIGH for x, y in ring) and area(
        [clipped(ring, FRAME)]
    ) > 0.999 * area([corners(FRAME)])
