"""The atlas itself: a layout with a map, a legend and a table that follow the page's enterprise.

A plain QGIS atlas: everything that differs from page to page stands in two layers, ``pages`` (a
point and the words of its head) and ``rows`` (the lines of its table), and the layout's expressions
read them. It can be opened in the designer and exported again without the plugin.
"""

from __future__ import annotations

import datetime
import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import (
    QgsConditionalStyle,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsLayoutFrame,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemMap,
    QgsLayoutMultiFrame,
    QgsLayoutTable,
    QgsPrintLayout,
    QgsProperty,
    QgsRectangle,
    QgsScaleBarSettings,
    QgsTableCell,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from .. import compat
from ..paper import FAINT, LINK
from ..printing import flow, furniture, legend, lines, maplayers
from ..printing.fonts import choose
from ..printing.furniture import Box
from ..printing.sheet import TITLE_TINT, paper_crs, paper_scale
from ..texts import printing, tr
from .onpage import HERE, ON_PAGE, SHOWN, only

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from qgis.core import QgsProject

    from .pages import Page

NAME = Box(15, 11, 150, 9)
NUMBER = Box(150, 13, 45, 6)
ASKED = Box(15, 20.5, 180, 5)
WHERE = Box(15, 26, 180, 9)
MAP = Box(15, 36, 122, 84)
LEGEND = Box(140, 36, 55, 84)
NORTH = Box(127.5, 38, 8, 12)
SCALE = Box(15, 121, 80, 10)
CAPTION = Box(97, 122, 98, 8)
TABLE = Box(15, 132, 180, 136)
NOTES = Box(15, 270, 180, 13)
FOOTER = Box(15, 284.5, 180, 6)
NOTE_PT = 6.5


class Matter(NamedTuple):
    """What is made into an atlas; ``below``: layers of the project under the map, ``crs`` its."""

    title: str
    pages: Sequence[Page]
    catalogue: Any
    lang: str
    palette: Mapping[str, Any]
    below: list[Any]
    crs: QgsCoordinateReferenceSystem


class Book:
    """The layout of an atlas, its layers written into a folder. Raises fonts.NoFont."""

    def __init__(self, matter: Matter, project: QgsProject, folder: Path) -> None:
        self.matter = matter
        self.family, self.stand_ins = choose(self.all_text())
        self.layout = QgsPrintLayout(project)
        self.parts = furniture.build(self.layout, self.family)
        self._room: dict[tuple[str, int, int], float] = {}
        scales, shown = self._views()
        self.rows = self._table_layer(folder)
        self.paper, self.coverage = self._layers(folder, scales, shown)
        self._fill_head()
        self._fill_map()
        self._fill_table()
        self._fill_foot()
        atlas = self.layout.atlas()
        atlas.setCoverageLayer(self.coverage)
        atlas.setEnabled(True)

    def layers(self) -> list[QgsVectorLayer]:
        """The layers that the atlas reads."""
        return [*self.paper.shown(), self.coverage, self.rows]

    def all_text(self) -> str:
        """Every character of the atlas, in no order."""
        from ..texts import atlas

        matter = self.matter
        number = 0 if matter.lang == "zh" else 1
        words = [pair[number] for table in (printing, atlas) for pair in table.TEXTS.values()]
        for page in matter.pages:
            words += [page.name, page.asked, page.where]
            words += [
                row.mark + row.text + row.cite for row in (*page.lead, *page.body, *page.last)
            ]
        words += [zone["name"][matter.lang] for zone in matter.catalogue.zones()]
        for kind in ("zones", "lines"):
            words += [look["label"][matter.lang] for look in matter.palette[kind].values()]
        return "".join(words)

    # -- layers -----------------------------------------------------------------------------

    def _views(self) -> tuple[list[int], list[list[str]]]:
        """The scale of each page, and the zones that its map shows."""
        concerned = {zone for page in self.matter.pages for zone in page.concerned}
        self._drawn = maplayers.drawn(self.matter.catalogue.data, concerned)
        scales, shown = [], []
        for page in self.matter.pages:
            scale = paper_scale(0.0, page.radius_m, page.boundary_m)
            view = QgsGeometry.fromRect(_view(page, scale))
            seen = maplayers.in_view(self._drawn, set(page.concerned), view)
            scales.append(scale)
            shown.append([one.zone["id"] for one in seen])
        return scales, shown

    def _layers(
        self, folder: Path, scales: Sequence[int], shown: Sequence[Sequence[str]]
    ) -> tuple[maplayers.Paper, QgsVectorLayer]:
        lang = self.matter.lang
        used = {zone for zones in shown for zone in zones}
        points, rings = [], []
        for number, page in enumerate(self.matter.pages):
            spot = {"type": "Point", "coordinates": [page.lon, page.lat]}
            words = {
                "name": self._broken(page.name, 16, NAME.width, 1),
                "asked": self._broken(page.asked, 10, ASKED.width, 1),
                "where": self._broken(page.where, 8.5, WHERE.width, 2),
                "scale": scales[number],
                "scale_text": f"{scales[number]:,}",
                "zones": f";{';'.join(shown[number])};",
            }
            points.append(maplayers.feature(spot, "place", page=number, **words))
            if page.radius_m > 0:
                ring = maplayers.circle(page.lon, page.lat, page.radius_m)
                rings.append(maplayers.feature(ring, "accuracy", page=number))
        features = {
            "place": points,
            "accuracy": rings,
            "lines": maplayers.lines_of(self.matter.catalogue.data, used),
            "zones": [
                piece
                for one in self._drawn
                if one.zone["id"] in used
                for piece in maplayers.pieces(one, None, lang)
            ],
        }
        accuracy, looks = tr("atlas.accuracy", lang), self.matter.palette
        paper = maplayers.write(folder, features, accuracy, looks, (lang, self.family))
        for layer, condition in (
            (paper.place, ON_PAGE),
            (paper.accuracy, ON_PAGE),
            (paper.lines, SHOWN),
            (paper.zones, SHOWN),
        ):
            if layer.featureCount():
                only(layer, condition)
        return paper, paper.place

    def _table_layer(self, folder: Path) -> QgsVectorLayer:
        """The lines of all tables, as many for each page as fit on it."""
        features = []
        for number, page in enumerate(self.matter.pages):
            for row in self._fitted(page):
                told = {"page": number, "kind": row.kind, "tone": row.tone or ""}
                words = {"mark": row.mark, "text": row.text, "cite": row.cite}
                features.append({"type": "Feature", "geometry": None, "properties": told | words})
        path = folder / "rows.geojson"
        collection = {"type": "FeatureCollection", "features": features}
        path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
        layer = QgsVectorLayer(str(path), tr("atlas.rows", self.matter.lang), "ogr")
        layer.conditionalStyles().setRowStyles(self._looks())
        self._drop_answer()
        return layer

    def _drop_answer(self) -> None:
        """Take out the table of a single answer, which was there to measure with."""
        answer = self.parts.answer
        frames = [answer.frame(number) for number in range(answer.frameCount())]
        self.layout.removeMultiFrame(answer)
        for frame in frames:
            self.layout.removeLayoutItem(frame)

    def _looks(self) -> list[QgsConditionalStyle]:
        """How the lines of a table differ: headings, verdicts by colour, what is said beside."""
        title = QgsConditionalStyle("\"kind\" = 'title'")
        title.setBackgroundColor(QColor(TITLE_TINT))
        title.setTextColor(QColor(LINK))
        detail = QgsConditionalStyle("\"kind\" = 'detail'")
        detail.setTextColor(QColor(FAINT))
        styles = [title, detail]
        for tone, look in self.matter.palette["outcome"].items():
            style = QgsConditionalStyle(f"\"kind\" = 'verdict' AND \"tone\" = '{tone}'")
            style.setBackgroundColor(QColor(look["tint"]))
            styles.append(style)
        return styles

    # -- what fits --------------------------------------------------------------------------

    def _fitted(self, page: Page) -> list[lines.Row]:
        """The rows of a page, broken into lines: of the body what there is room for."""
        always = [self._ready(rows) for rows in (page.lead, page.last)]
        body = self._ready(page.body)
        room = TABLE.height - 1.0 - sum(self._height(row) for rows in always for row in rows)
        if sum(map(self._height, body)) <= room:
            return [*always[0], *body, *always[1]]
        more = self._ready([lines.Row("detail", "", self._more(len(page.body)), "", None)])
        room -= sum(map(self._height, more))
        kept: list[lines.Row] = []
        for row in body:
            room -= self._height(row)
            if room < 0:
                break
            kept.append(row)
        while kept and (kept[-1].kind == "title" or not body[len(kept)].mark):
            kept.pop()  # a heading or half a row would stand alone
        left = sum(1 for row in body[len(kept) :] if row.mark)
        more = self._ready([lines.Row("detail", "", self._more(left), "", None)])
        return [*always[0], *kept, *more, *always[1]]

    def _more(self, n: int) -> str:
        return tr("atlas.more", self.matter.lang, n=n)

    def _ready(self, rows: Sequence[lines.Row]) -> list[lines.Row]:
        plain = [row._replace(mark=self._said(row.mark), text=self._said(row.text)) for row in rows]
        # all rows are set in one size
        same = [row._replace(kind="line") for row in plain]
        found = []
        for row, one in zip(plain, same):
            found += [part._replace(kind=row.kind) for part in lines.broken([one], self.family)]
        return found

    def _height(self, row: lines.Row) -> float:
        key = ("line", row.text.count("\n"), row.cite.count("\n"))
        if key not in self._room:
            form = furniture.text_format(self.family, lines.BODY_PT)

            def cells(one: lines.Row) -> list[QgsTableCell]:
                made = []
                for text in (one.mark, one.text, one.cite):
                    cell = QgsTableCell(text)
                    cell.setTextFormat(form)
                    made.append(cell)
                return made

            table = self.parts.answer
            table.setColumnWidths([width - 2 * lines.MARGIN_MM for width in lines.WIDTHS_MM])
            self._room[key] = flow.heights(table, [row], cells)[0]
        return self._room[key]

    def _broken(self, text: str, size_pt: float, width_mm: float, most: int) -> str:
        parts = lines.wrapped(self._said(text), QFont(self.family), size_pt, width_mm)
        if len(parts) > most:
            parts = [*parts[: most - 1], f"{parts[most - 1][:-2]}…"]
        return self._said("\n".join(parts))

    def _said(self, text: str) -> str:
        return text.translate(str.maketrans(self.stand_ins))

    # -- the page ---------------------------------------------------------------------------

    def _fill_head(self) -> None:
        for item, field, box in (
            (self.parts.title, "name", NAME),
            (self.parts.asked, "asked", ASKED),
            (self.parts.where, "where", WHERE),
        ):
            item.setText(f'[% "{field}" %]')
            furniture.place(item, box)

    def _fill_map(self) -> None:
        pages, item = self.matter.pages, self.parts.map
        middle = sorted(pages, key=lambda page: page.lon)[len(pages) // 2]
        item.setCrs(paper_crs(self.matter.crs, middle.lon, middle.lat))
        furniture.place(item, MAP)
        item.setLayers([*self.paper.shown(), *self.matter.below])
        item.setKeepLayerSet(True)
        item.setAtlasDriven(True)
        item.setAtlasScalingMode(QgsLayoutItemMap.AtlasScalingMode.Fixed)
        scale = QgsProperty.fromExpression(HERE.format(field="scale"))
        item.dataDefinedProperties().setProperty(compat.MAP_SCALE, scale)
        furniture.place(self.parts.legend, LEGEND)
        legend.fill(self.parts.legend, self.paper.shown(), self.family, self.matter.lang)
        furniture.place(self.parts.north, NORTH)
        bar = self.parts.scalebar
        furniture.place(bar, SCALE)
        bar.setSegmentSizeMode(QgsScaleBarSettings.SegmentSizeMode.SegmentSizeFitWidth)
        bar.setMinimumBarWidth(25)
        bar.setMaximumBarWidth(55)
        bar.setUnitLabel("m")
        text = tr(
            "printing.grid",
            self.matter.lang,
            crs=furniture.literal(item.crs().description()),
            scale='[% "scale_text" %]',
        )
        if self.matter.below:
            text += "\n" + tr("printing.basemap", self.matter.lang)
        self.parts.caption.setText(text)
        furniture.place(self.parts.caption, CAPTION)

    def _fill_table(self) -> None:
        table = QgsLayoutItemAttributeTable.create(self.layout)
        self.layout.addMultiFrame(table)
        table.setVectorLayer(self.rows)
        table.setFilterFeatures(True)
        table.setFeatureFilter(ON_PAGE)
        table.setMaximumNumberOfFeatures(1000)
        table.setDisplayedFields(["mark", "text", "cite"])
        columns = table.columns()
        for column, width in zip(columns, lines.WIDTHS_MM):
            column.setWidth(width - 2 * lines.MARGIN_MM)
        table.setColumns(columns)
        table.setHeaderMode(QgsLayoutTable.HeaderMode.NoHeaders)
        table.setUseConditionalStyling(True)
        table.setContentTextFormat(furniture.text_format(self.family, lines.BODY_PT))
        table.setShowGrid(False)
        table.setCellMargin(lines.MARGIN_MM)
        table.setBackgroundColor(QColor("#ffffff"))
        table.setResizeMode(QgsLayoutMultiFrame.ResizeMode.UseExistingFrames)
        frame = QgsLayoutFrame(self.layout, table)
        frame.setId("answer-1")
        furniture.place(frame, TABLE)
        table.addFrame(frame)
        self.table = table

    def _fill_foot(self) -> None:
        lang, data = self.matter.lang, self.matter.catalogue.data
        faint = furniture.text_format(self.family, NOTE_PT, colour=FAINT)
        told = [tr(f"printing.about.{name}", lang) for name in ("unknown", "words", "map")]
        told.insert(0, tr("atlas.no_advice", lang))
        notes = furniture.label(self.layout, "notes", NOTES, faint)
        broken = lines.wrapped(self._said(" ".join(told)), QFont(self.family), NOTE_PT, NOTES.width)
        notes.setText(furniture.literal("\n".join(broken)))
        foot = tr(
            "atlas.footer",
            lang,
            version=data["version"],
            fingerprint=data["fingerprint"],
            made=datetime.date.today().isoformat(),
        )
        if data.get("overlay"):
            foot += tr("atlas.overlay", lang, n=data["overlay"]["zones"])
        footer = furniture.label(self.layout, "footer", FOOTER, faint)
        footer.setText(furniture.literal(foot))
        number = furniture.label(self.layout, "page", NUMBER, faint)
        number.setHAlign(Qt.AlignmentFlag.AlignRight)
        number.setText(
            tr(
                "printing.page",
                lang,
                page="[% @atlas_featurenumber %]",
                pages="[% @atlas_totalfeatures %]",
            )
        )


def _view(page: Page, scale: int) -> QgsRectangle:
    """What the map of a page shows, degrees WGS84, a little more than less."""
    metre = 1 / 111_000
    high = MAP.height / 2000 * scale * 1.05 * metre
    wide = MAP.width / 2000 * scale * 1.05 * metre / max(math.cos(math.radians(page.lat)), 0.01)
    return QgsRectangle(page.lon - wide, page.lat - high, page.lon + wide, page.lat + high)
