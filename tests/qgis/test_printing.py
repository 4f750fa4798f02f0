"""The answer on paper: text that can be searched, a map that shows something, pages that go on."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayoutExporter,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
)
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QAction
from qgis.PyQt.QtXml import QDomDocument

import zonerules
from zonerules.plugin.asking import Question
from zonerules.plugin.printing import flow, fonts, furniture, lines, searchable, sheet
from zonerules.plugin.printing.part import PrintPart

LON, LAT = 113.69, 34.735
DAY, ACTIVITY = "2017-11-20", "operate-non-road-machinery"
TEMPLATE = Path(zonerules.__file__).resolve().parent / "styles" / "answer.qpt"


@pytest.fixture
def printer(plugin: Any, window: Any) -> PrintPart:
    window.look_at("EPSG:4326", LON, LAT, 0.03)
    return plugin._parts[PrintPart]


def ask(part: PrintPart, lang: str, **asked: Any) -> dict[str, Any]:
    """Have the host show an answer, and return it."""
    host = part.host
    host.set_language(lang)
    question = Question(LON, LAT, **{"date": DAY, **asked})
    host.set_reply(host.asker.ask(question, lang))
    return host.reply.answer


def read(path: Path) -> tuple[str, int]:
    """All text of a PDF without white space, and the number of pages."""
    reader = PdfReader(path)
    text = "".join(page.extract_text() for page in reader.pages)
    return "".join(text.split()), len(reader.pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


# -- the PDF --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pdf_says_what_the_answer_says(
    printer: PrintPart, tmp_path: Path, catalogue: Any, lang: str
) -> None:
    answer = ask(printer, lang, activity=ACTIVITY, facts={"machine.stage": "1"})
    assert answer["verdicts"][0]["verdict"] == "prohibited"
    assert printer.save(tmp_path / "a.pdf")
    text, pages = read(tmp_path / "a.pdf")
    assert pages == {"zh": 2, "en": 3}[lang]
    words = {"zh": ["禁止", "查询日期", "图例", "引用的文件"], "en": ["prohibited", "Legend"]}
    for word in words[lang]:
        assert squeezed(word) in text, word
    rule = next(row for row in answer["rules"] if row["id"] == "GC-58")
    assert squeezed(rule["summary"][lang]) in text
    assert squeezed(rule["consequence"][lang]) in text
    assert squeezed("管政〔2017〕98号 21") in text
    assert "113.690000,34.735000" in text and DAY in text
    document = catalogue.data["documents"]["guanzheng-2017-98"]
    assert squeezed(document["title"][lang]) in text
    assert squeezed(document["issuer"][lang]) in text
    assert catalogue.data["fingerprint"] in text and catalogue.data["version"] in text


def test_what_is_missing_is_printed(printer: PrintPart, tmp_path: Path) -> None:
    answer = ask(printer, "zh", activity=ACTIVITY)
    assert answer["verdicts"][0]["verdict"] == "cannot_determine"
    printer.save(tmp_path / "a.pdf")
    text, _ = read(tmp_path / "a.pdf")
    assert "无法判定（至少不涉及，至多禁止），取决于：排放阶段；生产日期" in text
    assert "不等于允许" in text


def test_no_character_is_named_by_one_that_only_looks_alike(
    printer: PrintPart, tmp_path: Path
) -> None:
    ask(printer, "zh")
    printer.save(tmp_path / "a.pdf")
    text, pages = read(tmp_path / "a.pdf")
    odd = {char for char in text if 0x2E80 <= ord(char) < 0x2FE0 or ord(char) < 32}
    assert odd == set()
    assert pages == 3
    for number in (1, 2, 3):
        assert f"第{number}页，共3页" in text


def test_every_sure_rule_and_every_undrawn_zone_is_there(
    printer: PrintPart, tmp_path: Path
) -> None:
    answer = ask(printer, "zh")
    printer.save(tmp_path / "a.pdf")
    text, _ = read(tmp_path / "a.pdf")
    sure = [
        row
        for row in answer["rules"]
        if row["outcome"] in ("applies", "due", "exempt")
        and row["audience"] == "operator"
        and row["kind"] in ("prohibition", "obligation", "restriction")
        and row["strength"] == "binding"
        and "source.id" not in row["missing"]
    ]
    assert len(sure) > 15
    lacking = [row["id"] for row in sure if squeezed(row["summary"]["zh"]) not in text]
    assert lacking == []
    undrawn = [row["name"]["zh"] for row in answer["zones"] if row["location"] == "unmapped"]
    assert len(undrawn) == 44
    # a long list goes over the end of a row, where its cells are read one after the other
    assert [name for name in undrawn if squeezed(name) not in text] == []


def test_no_text_is_cut_and_no_heading_stands_alone(printer: PrintPart, tmp_path: Path) -> None:
    ask(printer, "en")
    printer.save(tmp_path / "a.pdf")
    made = sheet.Sheet(printer._matter(), QgsProject.instance(), tmp_path)
    titles = {squeezed(row.text) for row in made.rows if row.kind == "title"}
    reader = PdfReader(tmp_path / "a.pdf")
    whole = "".join(squeezed(page.extract_text()) for page in reader.pages)
    assert [row.text for row in made.rows if squeezed(row.text)[:40] not in whole] == []
    for page in reader.pages:
        body = [squeezed(line) for line in page.extract_text().splitlines() if line.strip()]
        foot = next(n for n, line in enumerate(body) if line.startswith("Catalogue0.1.0·"))
        assert body[foot - 1] not in titles


def test_hostile_text_stays_text(printer: PrintPart, tmp_path: Path) -> None:
    ask(printer, "en", activity=ACTIVITY)
    reply = printer.host.reply
    evil = "<b>x</b> [% 6*7 %] @page"
    rows = [dict(row) for row in reply.answer["rules"]]
    rows[0]["summary"] = {"zh": evil, "en": evil}
    about = {**reply.answer["catalogue"], "version": evil}
    changed = {**reply.answer, "rules": rows, "catalogue": about}
    printer.host.set_reply(reply._replace(answer=changed))
    assert printer.save(tmp_path / "a.pdf")
    text, _ = read(tmp_path / "a.pdf")
    assert text.count("<b>x</b>[%6*7%]@page") >= 2
    assert "<b>x</b>42@page" not in text


# -- the map --------------------------------------------------------------------------------------


def test_the_map_shows_place_zone_and_doubt(printer: PrintPart, tmp_path: Path) -> None:
    ask(printer, "zh", activity=ACTIVITY, accuracy_m=200.0)
    made = sheet.Sheet(printer._matter(), QgsProject.instance(), tmp_path)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 100
    out = tmp_path / "page.png"
    assert QgsLayoutExporter(made.layout).exportToImage(str(out), settings) == 0
    image = QImage(str(out))
    dot = 100 / 25.4
    box = furniture.MAP

    def colours(x: float, y: float, half: float) -> set[str]:
        """The colours in a square around a point of the map, millimetres from its corner."""
        left, top = (box.x + x - half) * dot, (box.y + y - half) * dot
        size = max(1, int(2 * half * dot))
        return {
            image.pixelColor(int(left) + i, int(top) + j).name()
            for i in range(size)
            for j in range(size)
        }

    # the marker stands in the middle, in the palette's red
    assert "#a8201a" in colours(box.width / 2, box.height / 2, 2)
    # most of the zone is filled, the ground around it is white, and much else is drawn
    everywhere = colours(box.width / 2, box.height / 2, box.height / 2 - 1)
    assert len(everywhere) > 50
    assert "#ffffff" in everywhere
    fill = colours(box.width * 0.45, box.height * 0.75, 0.5)
    assert len(fill) == 1 and fill != {"#ffffff"}
    # accuracy: 200 m at the scale of the map, a dashed ring in red
    radius = 200 / (made.parts.map.scale() / 1000)
    ring = colours(box.width / 2 + radius, box.height / 2, 1.2)
    assert any(int(c[1:3], 16) > 150 and int(c[3:5], 16) < 120 for c in ring), ring


def test_the_map_is_centred_true_to_scale_and_has_its_own_crs(
    printer: PrintPart, tmp_path: Path
) -> None:
    ask(printer, "zh", activity=ACTIVITY)
    made = sheet.Sheet(printer._matter(), QgsProject.instance(), tmp_path)
    item = made.parts.map
    assert item.crs().authid() == "EPSG:4547"  # zone of 114° E, which is 0.31° away
    # easting by hand: 500 km - 0.31° * cos φ * 111.32 km, within a few hundred metres
    assert item.extent().center().x() == pytest.approx(500_000 - 28_370, abs=200)
    # the nearest line of the ban is 2.2 km away: it must be in view
    assert item.scale() == pytest.approx(50_000, rel=1e-6)
    assert item.extent().height() == pytest.approx(104 * 50, rel=1e-3)
    assert {layer.id() for layer in item.layers()} >= {layer.id() for layer in made.paper.shown()}


def test_scales_and_crs() -> None:
    assert sheet.paper_scale(0, 10, 0) == 25_000
    assert sheet.paper_scale(8_000, 10, 0) == 10_000
    assert sheet.paper_scale(8_000, 5_000, 0) == 250_000  # the accuracy must be in view
    assert sheet.paper_scale(25_000, 10, 80_000) == 250_000  # no farther out for a line
    none = QgsCoordinateReferenceSystem()
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    kept = QgsCoordinateReferenceSystem("EPSG:32649")
    for crs, lon, lat, wanted in (
        (none, 112.6, 35.1, "EPSG:4547"),
        (mercator, 111.2, 34.8, "EPSG:4546"),
        (kept, 113.7, 34.7, "EPSG:32649"),
        (none, -77.0, -12.0, "EPSG:32718"),
    ):
        assert sheet.paper_crs(crs, lon, lat).authid() == wanted


def test_the_legend_lists_what_is_on_the_map_only(printer: PrintPart, tmp_path: Path) -> None:
    ask(printer, "zh", activity=ACTIVITY)
    printer.save(tmp_path / "a.pdf")
    text, _ = read(tmp_path / "a.pdf")
    for words in ("非道路移动机械禁用区：确定在内", "行政区界", "文件写明的界线", "查询地点"):
        assert words in text
    for words in ("高污染燃料禁燃区：确定在内", "区域：内外不能确定", "村：确定在内"):
        assert words not in text


def test_layers_of_the_project_lie_below_and_the_plugins_own_are_left_out(
    printer: PrintPart, window: Any, tmp_path: Path
) -> None:
    from qgis.core import QgsVectorLayer

    ask(printer, "zh", activity=ACTIVITY)
    mine = QgsVectorLayer("Polygon?crs=EPSG:4326", "base", "memory")
    ours = QgsVectorLayer("Polygon?crs=EPSG:4326", "zones", "memory")
    ours.setCustomProperty("zonerules/table", "zones")
    QgsProject.instance().addMapLayers([mine, ours])
    window.canvas.setLayers([mine, ours])
    below = printer._matter().below
    assert [layer.id() for layer in below] == [mine.id()]
    window.canvas.setLayers([])
    QgsProject.instance().removeMapLayers([mine.id(), ours.id()])


# -- fonts ----------------------------------------------------------------------------------------


def test_a_font_with_every_character_is_chosen() -> None:
    family, stand_ins = fonts.choose("规则〔2017〕国Ⅲ ✖ ±")
    assert fonts.lacking(family, "规则〔〕Ⅲ±") == set()
    assert stand_ins.get("✖", "×") == "×"


def test_without_a_chinese_font_nothing_is_printed(
    printer: PrintPart, window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zonerules.plugin.compat.font_families", lambda: {"DejaVu Sans"})
    monkeypatch.setattr("zonerules.plugin.compat.chinese_families", lambda: {"DejaVu Sans"})
    for lang, told in (("zh", "没有能显示"), ("en", "No installed font has")):
        ask(printer, lang, activity=ACTIVITY)
        assert not printer.save(tmp_path / "a.pdf")
        assert told in window.bar.messages[-1]
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(fonts.NoFont):
        fonts.choose("禁止")
    assert fonts.choose("plain words")[0] == "DejaVu Sans"


def test_radicals_are_recognised_as_the_characters_they_look_like() -> None:
    family, _ = fonts.choose("日月页")
    for other, char in fonts.alike(family, "日月页大气").items():
        plain = unicodedata.normalize("NFKC", other)
        assert plain in (char, other)  # U+2EDA ⻚ has no decomposition


def test_only_lists_of_characters_are_corrected() -> None:
    made = b"x begincmap <2F47> <2F47> <0041>\n<0001> <0002> [<2F47> <2f47>]\n<0009> <0009> <2F47>"
    made += b" endcmap [<2F47>]"
    wanted = (
        b"x begincmap <2F47> <2F47> <0041>\n<0001> <0002> [<65E5> <65E5>]\n<0009> <0009> <65E5>"
    )
    wanted += b" endcmap [<2F47>]"
    assert searchable.mended(made, {"⽇": "日"}) == wanted


# -- lines and pages ------------------------------------------------------------------------------


def test_lines_fit_their_column_and_lose_nothing() -> None:
    family, _ = fonts.choose("规则")
    font, size = lines.font_of(family, "line")
    text = "郑州市区内，中州大道以西、南三环以北、二七路以东、金水路以南 GC-58 " * 6 + "𠮷"
    broken = lines.wrapped(text, font, size, 60.0)
    assert squeezed("".join(broken)) == squeezed(text)
    # 58.2 mm of text at 9 pt are at most 18 characters as wide as they are high
    assert len(broken) > 8 and max(len(line) for line in broken) <= 40
    assert lines.wrapped("", font, size, 60.0) == []
    full = "区" * 100
    assert {len(line) for line in lines.wrapped(full, font, size, 60.0)[:-1]} == {17}


def test_pages_break_before_a_heading_that_would_stand_alone() -> None:
    def row(kind: str) -> lines.Row:
        return lines.Row(kind, "", "", "", None)

    rows = [row("title"), row("line"), row("line"), row("title"), row("line"), row("line")]
    high = [5.0, 10.0, 10.0, 5.0, 10.0, 10.0]
    assert flow.pages(rows, high, 32.0, 100.0) == [26.0, 26.0]
    assert flow.pages(rows, high, 100.0, 100.0) == [51.0]
    assert flow.pages(rows[:2], [5.0, 200.0], 50.0, 100.0)[-1] >= 200.0  # never without end


# -- the window -----------------------------------------------------------------------------------


def action(window: Any, name: str) -> QAction:
    return window.window.findChild(QAction, f"zonerules_{name}")


def test_the_entries_wait_for_an_answer(printer: PrintPart, window: Any, tmp_path: Path) -> None:
    assert not action(window, "print").isEnabled()
    assert not printer.save(tmp_path / "a.pdf")
    assert "no answer to print" in window.bar.messages[-1]
    ask(printer, "en")
    assert action(window, "print").isEnabled() and action(window, "print.design").isEnabled()
    printer.host.set_reply(None)
    assert not action(window, "print").isEnabled()


def test_print_asks_for_a_name_and_opens_the_file(
    printer: PrintPart, window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    asked: list[str] = []

    def choose(parent: Any, title: str, name: str, kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "结果"), kinds

    where = "zonerules.plugin.printing.part."
    monkeypatch.setattr(where + "QFileDialog.getSaveFileName", choose)
    monkeypatch.setattr(where + "QDesktopServices.openUrl", lambda url: opened.append(url.path()))
    ask(printer, "zh", activity=ACTIVITY)
    action(window, "print").trigger()
    assert asked[0].endswith(f"管控区规则_{DAY}.pdf")
    assert opened == [str(tmp_path / "结果.pdf")]
    assert read(tmp_path / "结果.pdf")[1] == 2


def test_a_file_that_cannot_be_written_is_told(
    printer: PrintPart, window: Any, tmp_path: Path
) -> None:
    ask(printer, "en", activity=ACTIVITY)
    (tmp_path / "a.pdf").mkdir()
    assert not printer.save(tmp_path / "a.pdf")
    assert "could not be written" in window.bar.messages[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_the_layout_can_be_edited_and_keeps_its_layers(
    printer: PrintPart, window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "zonerules.plugin.printing.part.QgsApplication.qgisSettingsDirPath", lambda: str(tmp_path)
    )
    ask(printer, "zh", activity=ACTIVITY)
    project = QgsProject.instance()
    action(window, "print.design").trigger()
    action(window, "print.design").trigger()
    names = [layout.name() for layout in project.layoutManager().layouts()]
    assert len(set(names)) == 2 and [layout.name() for layout in window.designed] == names
    ids = {item.id() for item in window.designed[0].items() if hasattr(item, "id")}
    assert {"title", "map", "legend", "scalebar", "north", "caption", "answer-1"} <= ids
    assert project.layerTreeRoot().findLayers() == []  # only the layout shows them
    assert project.write(str(tmp_path / "p.qgz"))
    window.designed.clear()
    project.clear()
    assert project.read(str(tmp_path / "p.qgz"))
    kept = project.layoutManager().layoutByName(names[0])
    layers = kept.itemById("map").layers()
    assert layers and all(layer.isValid() and layer.featureCount() for layer in layers)
    project.clear()


def test_the_template_is_that_of_the_code_and_names_no_folder(tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert not re.search(r'="(/|[A-Z]:\\|file:)|\bnan\b', text)
    document = QDomDocument()
    assert document.setContent(text)[0]
    kept = QgsPrintLayout(QgsProject.instance())
    _, good = kept.loadFromTemplate(document, QgsReadWriteContext(), True)
    assert good
    made = furniture.template(QgsProject.instance(), "Noto Sans CJK SC")

    def seen(layout: QgsPrintLayout) -> dict[str, tuple[Any, ...]]:
        found = {}
        for item in layout.items():
            name = item.id() if hasattr(item, "id") else ""
            if name:
                rect, at = item.rect(), item.pos()
                # how long a scale bar is depends on the project
                wide = 0 if name == "scalebar" else rect.width()
                figures = (wide, rect.height(), at.x(), at.y())
                found[name] = (type(item).__name__, *(round(value, 2) for value in figures))
        return found

    assert seen(kept) == seen(made)
    assert len(seen(kept)) == 9
