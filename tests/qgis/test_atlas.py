"""The atlas: a page for each enterprise, its words in the PDF, nothing left after a stop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeedback,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction

from zonerules.layers.datum import to_wgs84
from zonerules.plugin.asking import Refusal, palette
from zonerules.plugin.atlas import book as books
from zonerules.plugin.atlas import firms, pages
from zonerules.plugin.atlas.export import export
from zonerules.plugin.atlas.part import AtlasPart
from zonerules.plugin.tables.onmap import CHECK

if TYPE_CHECKING:
    from pathlib import Path

ACTIVITY, DAY = "operate-non-road-machinery", "2017-11-20"
WAIT_MS = 60_000
HOSTILE = "乙厂 [% 1+1 %] <b>&amp;"
# (name, longitude, latitude, stage): banned there; stage not given; bad stage; far from everything
ROWS = [
    ("甲机械租赁有限公司", 113.69, 34.735, "国一"),
    (HOSTILE, 113.69, 34.735, ""),
    ("丙厂", 113.69, 34.735, "二十"),
    ("丁厂", 116.4, 39.9, "1"),
]
ASKED = {
    "activities": [ACTIVITY],
    "date": DAY,
    "alert": None,
    "facts": {},
    "accuracy_m": 10.0,
    "columns": {"name": "企业"},
    "fact_columns": {"machine.stage": "阶段"},
}


def layer_of(rows: Any = ROWS, crs: str = "EPSG:4326", checked: bool = True) -> QgsVectorLayer:
    fields = "field=企业:string(0)&field=阶段:string(0)"
    made = QgsVectorLayer(f"Point?crs={crs}&{fields}", "企业表", "memory")
    features = []
    for name, lon, lat, stage in rows:
        feature = QgsFeature(made.fields())
        feature.setAttributes([name, stage])
        if lon is not None:
            feature.setGeometry(QgsGeometry.fromWkt(f"Point({lon!r} {lat!r})"))
        features.append(feature)
    made.dataProvider().addFeatures(features)
    if checked:
        made.setCustomProperty(CHECK, json.dumps(ASKED))
    return made


def common(**changed: Any) -> pages.Common:
    told = pages.Common((ACTIVITY,), DAY, None, {}, 10.0, "wgs84")
    return told._replace(**changed)


def unheard(_share: float, _note: str) -> None:
    """The progress of somebody who does not listen."""


def printed(path: Path) -> list[str]:
    """The text of each page without white space."""
    return ["".join(page.extract_text().split()) for page in PdfReader(path).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def atlas_of(found: list[firms.Firm], folder: Path, lang: str, **changed: Any) -> books.Book:
    catalogue, made = pages.make(None, found, common(**changed), palette(), lang, progress=unheard)
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    matter = books.Matter("企业表", made, catalogue, lang, palette(), [], crs)
    return books.Book(matter, QgsProject.instance(), folder)


# -- the pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_enterprise_has_a_page_that_says_what_the_answer_says(
    qgis_app: Any, tmp_path: Path, catalogue: Any, lang: str
) -> None:
    layer = layer_of()
    found, without = firms.read(layer, layer.getFeatures(), "企业", lang)
    assert without == 0
    made = atlas_of(found, tmp_path, lang)
    path = tmp_path / "out.pdf"
    assert export(made, tmp_path, path, QgsFeedback()) == ""
    texts = printed(path)
    assert len(texts) == 4
    banned = catalogue.at(113.69, 34.735, date=DAY, activity=ACTIVITY, facts={"machine.stage": 1})
    rule = next(row for row in banned["rules"] if row["id"] == "GC-58")
    label = palette()["outcome"]["prohibited"]["label"][lang]
    for number, (name, lon, lat, _) in enumerate(ROWS):
        assert squeezed(name) in texts[number], texts[number]
        assert f"{lon:.6f},{lat:.6f}" in texts[number] and DAY in texts[number]
        assert catalogue.data["fingerprint"] in texts[number]
        assert squeezed(catalogue.book.activities[ACTIVITY][lang]) in texts[number]
    assert squeezed(rule["summary"][lang]) in texts[0] and label in texts[0]
    assert squeezed("管政〔2017〕98号 21") in texts[0]
    missing = {"zh": "还需知道?排放阶段、生产日期", "en": "Stillneeded?"}[lang]
    assert any(missing in text for text in texts[1:3]), texts[1]
    assert "二十" in texts[2] and "GC-58" in texts[2]
    nothing = palette()["outcome"]["no_data"]["label"][lang]
    assert squeezed(nothing) in texts[3] and "GC-58" not in texts[3]
    told = {"zh": "不是法律意见", "en": "nolegaladvice"}[lang]
    assert all(told in text for text in texts)
    odd = {char for char in "".join(texts) if 0x2E80 <= ord(char) < 0x2FE0}
    assert odd == set()
    del made, layer


def test_what_does_not_fit_is_counted_and_the_rest_kept(
    qgis_app: Any, tmp_path: Path, catalogue: Any
) -> None:
    """Without an activity some fifty lines would stand there; the place still does."""
    found = [firms.Firm("总厂", 113.69, 34.735, {}, {})]
    made = atlas_of(found, tmp_path, "zh", activities=())
    path = tmp_path / "out.pdf"
    assert export(made, tmp_path, path, QgsFeedback()) == ""
    (text,) = printed(path)
    assert "条本页放不下" in text
    left = int(text.split("另有")[1].split("条")[0])
    rows = made.matter.pages[0].body
    kept = {f["text"].split("\n")[0] for f in made.rows.getFeatures() if f["mark"]}
    shown = sum(
        1 for row in rows if row.mark and any(row.text.startswith(start) for start in kept if start)
    )
    assert left > 0 and shown + left >= sum(1 for row in rows if row.mark)
    assert "管城回族区" in text and "本页不是法律意见" in text
    del made


def test_each_page_shows_its_own_place_and_zones(qgis_app: Any, tmp_path: Path) -> None:
    found = [
        firms.Firm("甲", 113.69, 34.735, {}, {}),
        firms.Firm("乙", 116.4, 39.9, {}, {}),
    ]
    made = atlas_of(found, tmp_path, "zh")
    first, second = list(made.coverage.getFeatures())
    assert ";gc-nrmm-ban;" in first["zones"] and second["zones"] == ";;"
    atlas = made.layout.atlas()
    assert atlas.updateFeatures() == 2
    atlas.beginRender()
    seen = []
    for number in range(2):
        atlas.seekTo(number)
        item = made.parts.map
        middle = item.extent().center()
        seen.append((round(item.scale()), middle.x(), middle.y()))
    atlas.endRender()
    assert [scale for scale, _, _ in seen] == [first["scale"], second["scale"]]
    assert abs(seen[0][1] - seen[1][1]) > 100_000  # metres
    del made, atlas


def test_the_row_says_its_own_day_and_datum(catalogue: Any) -> None:
    lon, lat = 113.69, 34.735
    firm = firms.Firm("甲", lon, lat, {"date": "2016年6月1日", "alert": "橙色"}, {})
    asked = common(datum="gcj02")
    _, (page,) = pages.make(None, [firm], asked, palette(), "zh", progress=unheard)
    assert "2016-06-01" in page.asked and "GCJ02" in page.where and "橙色" in page.where
    assert (page.lon, page.lat) == pytest.approx(to_wgs84(lon, lat, "gcj02")[:2])
    bad = firm._replace(cells={"date": "2017年10月", "accuracy": "weit"})
    _, (page,) = pages.make(None, [bad], asked, palette(), "zh", progress=unheard)
    told = "".join(row.text for row in page.lead)
    assert "2017年10月" in told and "weit" in told and DAY in page.asked


def test_facts_that_contradict_the_map_are_left_out_and_told() -> None:
    firm = firms.Firm("甲", 113.69, 34.735, {}, {"zone.gc-district": "outside"})
    _, (page,) = pages.make(None, [firm], common(), palette(), "zh", progress=unheard)
    assert any("gc-district" in row.text for row in page.lead if row.kind == "detail")


# -- the layer ------------------------------------------------------------------------------------


def test_places_come_from_any_crs_and_none_is_invented(qgis_app: Any) -> None:
    layer = layer_of([("甲", 12655913.0, 4128940.0, ""), ("乙", None, None, "")], "EPSG:3857")
    found, without = firms.read(layer, layer.getFeatures(), "", "zh")
    assert without == 1 and found[0].name == "第 1 行"
    assert (found[0].lon, found[0].lat) == pytest.approx((113.690, 34.735), abs=0.01)
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(Refusal, match="企业表"):
        firms.read(layer, layer.getFeatures(), "", "zh")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:4610"))  # Xian 1980
    with pytest.raises(Refusal, match="Xian"):
        firms.read(layer, layer.getFeatures(), "", "zh")
    del layer


def test_a_broken_memory_of_a_check_is_no_memory(qgis_app: Any) -> None:
    layer = layer_of()
    assert firms.remembered(layer)["date"] == DAY
    assert firms.name_field(layer) == "企业"
    layer.setCustomProperty(CHECK, "{")
    assert firms.remembered(layer) == {}
    del layer


# -- the window -----------------------------------------------------------------------------------


@pytest.fixture
def part(plugin: Any) -> Any:
    yield plugin._parts[AtlasPart]
    QgsProject.instance().clear()


def added(layer: QgsVectorLayer) -> QgsVectorLayer:
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_the_window_asks_what_the_check_asked_and_prints(part: Any, tmp_path: Path) -> None:
    layer = added(layer_of())
    layer.selectByIds([1, 2])
    dialog = part.show(layer)
    dialog.opens = False
    assert dialog.common() == common()
    assert dialog.name.currentField() == "企业"
    assert dialog.scope.currentData() == "selected" and dialog.count() == 2
    dialog.scope.setCurrentIndex(0)
    dialog.most.setValue(3)
    assert "4" in dialog.about.text() and "3" in dialog.about.text()
    dialog.output.take(str(tmp_path / "图册.pdf"))
    done: list[str] = []
    dialog.written.connect(done.append)
    dialog.print_pages()
    QTest.qWait(1)
    wait(lambda: bool(done))
    texts = printed(tmp_path / "图册.pdf")
    assert len(texts) == 3 and "甲机械租赁有限公司" in texts[0]
    assert dialog.run_button.isEnabled()
    del layer


def test_a_stop_leaves_no_pdf(part: Any, tmp_path: Path) -> None:
    layer = added(layer_of(ROWS * 5))
    dialog = part.show(layer)
    dialog.opens = False
    path = tmp_path / "a.pdf"
    dialog.output.take(str(path))
    dialog.print_pages()
    wait(lambda: dialog.task is not None)
    dialog.cancel()
    wait(lambda: dialog.task is None)
    assert dialog.line.text().startswith("Stopped")
    assert list(tmp_path.iterdir()) == []
    del layer


def test_a_stop_while_pages_are_drawn_leaves_the_old_pdf(qgis_app: Any, tmp_path: Path) -> None:
    found = [firms.Firm(str(n), 113.69, 34.735, {}, {}) for n in range(6)]
    made = atlas_of(found, tmp_path, "zh")
    path, feedback = tmp_path / "a.pdf", QgsFeedback()
    path.write_bytes(b"the old one")
    feedback.progressChanged.connect(lambda share: feedback.cancel() if share > 10 else None)
    assert export(made, tmp_path, path, feedback) == "cancelled"
    assert path.read_bytes() == b"the old one"
    del made


def test_the_entry_wants_a_layer_of_points(part: Any, window: Any) -> None:
    action = window.window.findChild(QAction, "zonerules_atlas")
    assert action in window.layer_actions
    action.trigger()
    assert "layer of points" in window.bar.messages[-1] and part.dialog is None
    layer = added(layer_of())
    window.canvas.setCurrentLayer(layer)
    action.trigger()
    assert part.dialog is not None
    del layer


def wait(come: Any) -> None:
    """Let things happen until they have."""
    for _ in range(WAIT_MS // 20):
        if come():
            return
        QTest.qWait(20)
    raise AssertionError("nothing came of it")
