"""Fills the pages with an answer: map around the place, legend, text that flows over pages."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsTableCell,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ..canvas import WGS84
from ..paper import FAINT, LINK
from ..texts import tr
from . import flow, furniture, legend, lines, maplayers
from .fonts import choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCALES = (2000, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)
USUAL_SCALE = 25_000
MOST_SCALE = 250_000
TITLE_TINT = "#e6eefb"
CHINA = QgsRectangle(73.5, 3.0, 136.5, 54.0)  # where CGCS2000 has zones of three degrees


class Matter(NamedTuple):
    """What is printed: the answer with catalogue and language, and what lies below on the map.

    ``scale``: that of the map on the screen, 0 for none; ``crs``: the project's.
    """

    answer: Mapping[str, Any]
    catalogue: Any
    lang: str
    palette: Mapping[str, Any]
    below: list[Any]
    crs: QgsCoordinateReferenceSystem
    scale: float


class Sheet:
    """An answer on the pages of a layout. Layers of its own are kept in ``paper``."""

    def __init__(self, matter: Matter, project: QgsProject, folder: Path) -> None:
        """Fill a new layout, its layers written into ``folder``. Raises fonts.NoFont."""
        self.matter = matter
        self.rows = self._rows()
        self.family, self.stand_ins = choose(self.all_text())
        self.layout = QgsPrintLayout(project)
        self.parts = furniture.build(self.layout, self.family)
        self.paper = self._fill_map(project, folder)
        legend.fill(self.parts.legend, self.paper.shown(), self.family, matter.lang)
        self._fill_head()
        self._fill_table()
        self._fill_foot()

    # -- words ------------------------------------------------------------------------------

    def _rows(self) -> list[lines.Row]:
        from ...jobs.sheet import cited, sheet

        matter, lang = self.matter, self.matter.lang
        data = matter.catalogue.data
        kinds = {name: look["label"][lang] for name, look in matter.palette["sources"].items()}
        blocks = sheet(matter.answer, matter.catalogue.book, lang, kinds)
        foot = self._say("printing.periods")
        rows = lines.answer_rows(blocks, matter.palette["outcome"], {"foot": foot})
        rows.append(lines.Row("title", "", self._say("printing.cited"), "", None))
        rows += lines.cited_rows(cited(matter.answer, data), lang)
        rows.append(lines.Row("title", "", self._say("printing.about"), "", None))
        about = matter.answer["catalogue"]
        told = [self._say(f"printing.about.{name}") for name in ("words", "unknown", "map")]
        figures = {"version": about["version"], "fingerprint": about["fingerprint"]}
        told.append(self._say("printing.about.catalogue", **figures))
        overlay = data.get("overlay")
        if overlay:
            told.append(self._say("printing.about.overlay", zones=overlay["zones"]))
        return rows + [lines.Row("detail", "", text, "", None) for text in told]

    def _head_lines(self) -> list[str]:
        from ...jobs.phrasing import Phrasing
        from ...jobs.sheet import activity_name

        query, matter = self.matter.answer["query"], self.matter
        words = Phrasing(matter.catalogue.book, matter.lang)
        name = activity_name(matter.answer, matter.catalogue.data, matter.lang)
        asked = self._say(
            "printing.asked", date=query["date"], activity=name or self._say("printing.all")
        )
        where = self._say(
            "printing.where",
            lon=f"{query['lon']:.6f}",
            lat=f"{query['lat']:.6f}",
            datum=query["datum"].upper(),
            metres=f"{query['radius_m']:g}",
            alert=words.label("alert", query["alert"]),
        )
        facts = [f"{words.key(key)}={words.value(key, v)}" for key, v in query["facts"].items()]
        if facts:
            where += "\n" + self._say(
                "printing.facts", facts=self._say("printing.semicolon").join(facts)
            )
        return [self._say("printing.title"), asked, where]

    def all_text(self) -> str:
        """Return every character of the sheet, in no order."""
        from ..texts import printing

        text = "".join(row.mark + row.text + row.cite for row in self.rows)
        number = 0 if self.matter.lang == "zh" else 1
        text += "".join(pair[number] for pair in printing.TEXTS.values())
        names = (zone["name"][self.matter.lang] for zone in self.matter.catalogue.zones())
        kinds = (look["label"][self.matter.lang] for look in self.matter.palette["zones"].values())
        drawn = (look["label"][self.matter.lang] for look in self.matter.palette["lines"].values())
        return "".join([text, *self._head_lines(), *names, *kinds, *drawn])

    def _say(self, key: str, **args: object) -> str:
        return tr(key, self.matter.lang, **args)

    def _drawn(self, text: str) -> str:
        """The text with signs that the font has."""
        return text.translate(str.maketrans(self.stand_ins))

    # -- map --------------------------------------------------------------------------------

    def _fill_map(self, project: QgsProject, folder: Path) -> maplayers.Paper:
        from ...layers.datum import to_wgs84

        query, item = self.matter.answer["query"], self.parts.map
        lon, lat = to_wgs84(query["lon"], query["lat"], query["datum"])[:2]
        crs = paper_crs(self.matter.crs, lon, lat)
        wgs84 = QgsCoordinateReferenceSystem(WGS84)
        there = QgsCoordinateTransform(wgs84, crs, project)
        spot = there.transform(QgsPointXY(lon, lat))
        scale = paper_scale(
            self.matter.scale, query["radius_m"], to_boundary(self.matter.answer["zones"])
        )
        box = furniture.MAP
        unit = QgsUnitTypes.fromUnitToUnitFactor(
            QgsUnitTypes.DistanceMeters, crs.mapUnits()
        )  # map units a metre
        wide, high = (side / 1000 * scale * unit for side in (box.width, box.height))
        extent = QgsRectangle(
            spot.x() - wide / 2, spot.y() - high / 2, spot.x() + wide / 2, spot.y() + high / 2
        )
        item.setCrs(crs)
        item.setExtent(extent)
        item.setScale(scale)
        seen = QgsCoordinateTransform(crs, wgs84, project).transformBoundingBox(item.extent())
        paper = maplayers.layers(
            folder,
            self.matter.answer,
            self.matter.catalogue.data,
            self.matter.palette,
            seen,
            (self.matter.lang, self.family),
        )
        item.setLayers([*paper.shown(), *self.matter.below])
        item.setKeepLayerSet(True)
        self._fill_scale(scale)
        caption = [self._say("printing.grid", crs=crs.description(), scale=f"{scale:,}")]
        if self.matter.below:
            caption.append(self._say("printing.basemap"))
        self.parts.caption.setText("\n".join(caption))
        return paper

    def _fill_scale(self, scale: int) -> None:
        bar = self.parts.scalebar
        # two segments of about 2 cm each, in round metres or kilometres
        metres = max(
            step * 10**power
            for power in range(1, 6)
            for step in (1, 2, 5)
            if step * 10**power <= scale * 0.025
        )
        kilometres = metres >= 1000
        bar.setUnits(QgsUnitTypes.DistanceKilometers if kilometres else QgsUnitTypes.DistanceMeters)
        bar.setUnitLabel("km" if kilometres else "m")
        bar.setUnitsPerSegment(metres / 1000 if kilometres else metres)
        bar.update()

    # -- text -------------------------------------------------------------------------------

    def _fill_head(self) -> None:
        items = (self.parts.title, self.parts.asked, self.parts.where)
        for item, text in zip(items, self._head_lines()):
            item.setText(furniture.literal(self._drawn(text)))

    def _fill_table(self) -> None:
        table = self.parts.answer
        rows = [
            row._replace(mark=self._drawn(row.mark), text=self._drawn(row.text))
            for row in self.rows
        ]
        # QGIS adds the margins of a cell to the width of its column
        table.setColumnWidths([width - 2 * lines.MARGIN_MM for width in lines.WIDTHS_MM])
        ready = list(lines.broken(rows, self.family))
        high = flow.heights(table, ready, self._cells)
        rooms = (furniture.FIRST_ANSWER.height, furniture.NEXT_ANSWER.height)
        table.setTableContents([self._cells(row) for row in ready])
        for number, height in enumerate(flow.pages(ready, high, *rooms)):
            if number:
                furniture.add_page(self.layout, table)
            flow.resize(table, number, height)
        while not flow.fits(table) and table.frameCount() < flow.MOST_PAGES:
            furniture.add_page(self.layout, table)  # nothing is ever cut off

    def _cells(self, row: lines.Row) -> list[QgsTableCell]:
        look = self.matter.palette["outcome"].get(row.tone or "")
        font, size = lines.font_of(self.family, row.kind)
        colour = {"title": LINK, "detail": FAINT}.get(row.kind)
        form = furniture.text_format(self.family, size, bold=font.bold())
        if colour:
            form.setColor(QColor(colour))
        beside = furniture.text_format(self.family, lines.SMALL_PT, colour=FAINT)
        sign = furniture.text_format(self.family, size, bold=True)
        if look:
            sign.setColor(QColor(look["colour"]))
        tint = TITLE_TINT if row.kind == "title" else None
        if row.kind == "verdict" and look:
            tint = look["tint"]
        cells = []
        for text, text_format in ((row.mark, sign), (row.text, form), (row.cite, beside)):
            cell = QgsTableCell(text)
            cell.setTextFormat(text_format)
            cell.setForegroundColor(text_format.color())
            cell.setVerticalAlignment(Qt.AlignmentFlag.AlignTop)
            if tint:
                cell.setBackgroundColor(QColor(tint))
            cells.append(cell)
        return cells

    def _fill_foot(self) -> None:
        about = self.matter.answer["catalogue"]
        figures = {
            "version": about["version"],
            "fingerprint": about["fingerprint"].split(":")[-1][:8],
            "made": datetime.date.today().isoformat(),
        }
        left = self._say("printing.footer", **figures)
        pages = self.layout.pageCollection().pageCount()
        form = furniture.text_format(self.family, 7, colour=FAINT)
        for page in range(pages):
            foot = furniture.label(self.layout, f"footer-{page + 1}", furniture.FOOTER, form, page)
            foot.setText(furniture.literal(left))
            number = furniture.label(self.layout, f"page-{page + 1}", furniture.PAGE, form, page)
            number.setHAlign(Qt.AlignmentFlag.AlignRight)
            number.setText(self._say("printing.page", page=page + 1, pages=pages))


def paper_crs(
    project: QgsCoordinateReferenceSystem, lon: float, lat: float
) -> QgsCoordinateReferenceSystem:
    """Return the project's CRS if lengths are true in it, else a transverse Mercator zone there."""
    if project.isValid() and not project.isGeographic() and project.authid() != "EPSG:3857":
        return project
    if CHINA.contains(QgsPointXY(lon, lat)):
        return QgsCoordinateReferenceSystem(f"EPSG:{4534 + round(lon / 3) - 25}")
    zone = min(int((lon + 180) // 6) + 1, 60)
    return QgsCoordinateReferenceSystem(f"EPSG:{(32600 if lat >= 0 else 32700) + zone}")


def paper_scale(screen: float, radius_m: float, boundary_m: float) -> int:
    """Return a round scale near that of the screen (0: none).

    There is room for the accuracy and, as far as MOST_SCALE, for the boundary that lies nearest:
    a map on which none can be seen tells nothing.
    """
    half = furniture.MAP.height / 2000
    wanted = screen if SCALES[0] / 2 <= screen <= SCALES[-1] * 2 else USUAL_SCALE
    wanted = max(wanted, min(boundary_m * 1.1 / half, MOST_SCALE), radius_m * 1.2 / half)
    return next((scale for scale in SCALES if scale >= wanted * 0.98), SCALES[-1])


def to_boundary(zones: Iterable[Mapping[str, Any]]) -> float:
    """Metres from the place to the nearest line of a zone it is in or near, 0 without any."""
    near = [row for row in zones if row["location"] in ("inside", "near")]
    for bases in (maplayers.TELLING, ("administrative",)):
        found = [
            abs(row["distance_m"]) for row in near if row["basis"] in bases and "distance_m" in row
        ]
        if found:
            return min(found)
    return 0.0


def own_layers(layers: Iterable[Any]) -> set[str]:
    """Return the ids of layers that the plugin itself put on the map: the sheet draws its own."""
    return {
        layer.id()
        for layer in layers
        if any(key.startswith("zonerules") for key in layer.customPropertyKeys())
    }
