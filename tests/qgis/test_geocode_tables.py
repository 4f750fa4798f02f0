"""Tables whose addresses are sent to a service: from the window and from the toolbox.

The service is a server on this machine that counts what it is asked.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import processing
import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtTest import QTest

from zonerules.plugin import settings
from zonerules.plugin.processing.checktable import CheckTable
from zonerules.plugin.processing.delimit import Delimit
from zonerules.plugin.tables.part import TablesPart
from zonerules.tests.qgis.leaving import answer, cache, entry, log, service, store
from zonerules.tests.services import ADDRESS, KEY, WRONG_KEY, amap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["cache", "log", "service", "store"]  # fixtures

HEAD = ["企业名称", "地址"]
ROWS = [["甲厂", ADDRESS], ["乙厂", ADDRESS], ["丙厂", f"{ADDRESS}附2"], ["丁厂", ""]]
ACTIVITY, DAY = "operate-non-road-machinery", "2017-11-20"
BAN = [
    (113.60, 34.70), (113.72, 34.70), (113.72, 34.76), (113.60, 34.76), (113.60, 34.70),
]  # fmt: skip


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "企业.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *ROWS])
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# -- the window -----------------------------------------------------------------------------------


@pytest.fixture
def dialog(plugin: Any, window: Any, table: Path, tmp_path: Path) -> Iterator[Any]:
    """The window set up by address, everything but the service."""
    made = plugin._parts[TablesPart].show()
    made.setup.form.set_date(DAY)
    made.setup.source.take(str(table))
    idle(made)
    made.setup.by_address.setChecked(True)
    made.setup.form.set_activity(ACTIVITY)
    made.setup.output.take(str(tmp_path / "made.csv"))
    made.setup.with_review.setChecked(False)
    made.setup.on_map.setChecked(False)
    yield made
    made.close()


def idle(dialog: Any) -> None:
    for _ in range(1000):
        if dialog.task is None:
            return
        QTest.qWait(20)
    raise TimeoutError


def choose(dialog: Any, name: str) -> None:
    box = dialog.setup.geocoder
    box.setCurrentIndex(box.findData(name))


def test_a_window_starts_offline(service: Any, dialog: Any, tmp_path: Path) -> None:
    assert dialog.setup.geocoder.currentData() == ""
    dialog.run()
    idle(dialog)
    assert rows(tmp_path / "made.csv")[0]["zr_place"]
    assert service.asked == []


def test_without_a_service_there_is_none_to_choose(service: Any, dialog: Any) -> None:
    settings.set_geocoder("")
    dialog.hide()
    dialog.show()
    assert dialog.setup.geocoder.count() == 1


def test_a_no_to_the_notice_checks_nothing(service: Any, dialog: Any, tmp_path: Path) -> None:
    choose(dialog, "amap")
    told = answer("keep_back")
    dialog.run()
    assert dialog.task is None
    assert "地址" in told[0] and "127.0.0.1" in told[0]
    assert "Nothing was sent" in dialog.problem.text()
    assert service.asked == [] and not (tmp_path / "made.csv").exists()


def test_a_yes_asks_once_for_each_address(
    service: Any, dialog: Any, tmp_path: Path, log: list[str]
) -> None:
    choose(dialog, "amap")
    answer("send")
    dialog.run()
    idle(dialog)
    assert sorted(asked["address"][0] for asked in service.asked) == [ADDRESS, f"{ADDRESS}附2"]
    made = rows(tmp_path / "made.csv")
    assert [("amap" in row["zr_place"]) for row in made] == [True, True, True, False]
    assert "127.0.0.1" in dialog.results.view.toPlainText(), "what was sent is told once more"
    told = [dialog.results.view.toPlainText(), (tmp_path / "made.csv").read_text("utf-8"), *log]
    assert KEY not in " ".join(told)


@pytest.mark.parametrize("service", [(amap(), WRONG_KEY["amap"])], indirect=True)
def test_what_fails_is_one_line_and_what_was_asked_is_kept(
    service: Any, dialog: Any, tmp_path: Path, log: list[str]
) -> None:
    choose(dialog, "amap")
    answer("send", for_good=True)
    dialog.run()
    idle(dialog)
    line = dialog.problem.text()
    assert line.startswith("Service amap: the key is refused") and "\n" not in line
    assert not (tmp_path / "made.csv").exists()
    assert KEY not in " ".join([line, *log])
    service.answers[:] = [amap()]
    dialog.run()  # no notice: it was allowed for good
    idle(dialog)
    assert len(rows(tmp_path / "made.csv")) == 4
    assert len(service.asked) == 3, "the first address was not sent again"


def test_a_stop_sends_no_more(service: Any, plugin: Any, dialog: Any, tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    text = "\n".join(["地址", *(f"{ADDRESS}附{n}" for n in range(500))])
    many.write_text(text, encoding="utf-8")
    dialog.setup.source.take(str(many))
    idle(dialog)
    dialog.setup.by_address.setChecked(True)
    choose(dialog, "amap")
    answer("send")
    dialog.run()
    for _ in range(1000):
        if len(service.asked) >= 2:
            break
        QTest.qWait(10)
    dialog._tell_progress()
    assert "asked online" in dialog.progress_line.text()
    dialog.stop_button.click()
    idle(dialog)
    sent = len(service.asked)
    assert 2 <= sent < 10
    QTest.qWait(500)
    assert len(service.asked) == sent
    assert not (tmp_path / "made.csv").exists()


# -- the toolbox ----------------------------------------------------------------------------------


class Feedback(QgsProcessingFeedback):
    """Keeps every line it is told."""

    def __init__(self) -> None:
        super().__init__(False)
        self.lines: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.lines.append(info)

    def reportError(self, error: str, fatal: bool = False) -> None:
        self.lines.append(error)

    def pushWarning(self, warning: str) -> None:
        self.lines.append(warning)


def run(table: Path, out: Path, feedback: Any = None, **more: Any) -> Any:
    asked = {"INPUT": str(table), "ADDRESS_COLUMN": "地址", "ACTIVITY": ACTIVITY, "DATE": DAY}
    fixed = {"OUTPUT": str(out), "LOAD": False, **asked, **more}
    return processing.run("zonerules:checktable", fixed, feedback=feedback or Feedback())


def test_the_toolbox_sends_nothing_unless_told(
    provider: Any, service: Any, table: Path, tmp_path: Path
) -> None:
    run(table, tmp_path / "a.csv")  # a service is set in the options, but not for this run
    run(table, tmp_path / "a.csv", GEOCODER="none", GEOCODER_LEAVE=True)
    with pytest.raises(QgsProcessingException, match=r"127\.0\.0\.1.*GEOCODER_LEAVE") as error:
        run(table, tmp_path / "b.csv", GEOCODER="amap")
    assert "“地址”" in str(error.value), "the notice names the column"
    with pytest.raises(QgsProcessingException, match="amp"):
        run(table, tmp_path / "b.csv", GEOCODER="amp", GEOCODER_LEAVE=True)
    with pytest.raises(QgsProcessingException, match="ADDRESS_COLUMN"):
        run(table, tmp_path / "b.csv", GEOCODER="amap", GEOCODER_LEAVE=True, ADDRESS_COLUMN="")
    assert service.asked == [] and not (tmp_path / "b.csv").exists()


def test_the_toolbox_sends_with_the_leave_and_keeps_the_key_to_itself(
    provider: Any, service: Any, store: Any, table: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, log: list[str],
) -> None:  # fmt: skip
    monkeypatch.delenv("ZONERULES_AMAP_KEY")
    feedback = Feedback()
    with pytest.raises(QgsProcessingException):
        run(table, tmp_path / "a.csv", feedback, GEOCODER="amap", GEOCODER_LEAVE=True)
    assert any("ZONERULES_AMAP_KEY" in line for line in feedback.lines)
    asked = {"GEOCODER": "amap", "GEOCODER_LEAVE": True}
    asked["GEOCODER_KEY"] = entry(store, "Basic", password=KEY)
    run(table, tmp_path / "a.csv", feedback, **asked)
    assert len(service.asked) == 2 and {asked["key"][0] for asked in service.asked} == {KEY}
    assert "amap" in rows(tmp_path / "a.csv")[0]["zr_place"]
    assert any("127.0.0.1" in line for line in feedback.lines)
    algorithm, context = CheckTable().create(), QgsProcessingContext()
    history = [
        algorithm.asPythonCommand(asked, context),
        json.dumps(algorithm.asMap(asked, context)) if hasattr(algorithm, "asMap") else "",
    ]
    assert KEY not in " ".join([*history, *feedback.lines, *log])


@pytest.mark.parametrize("service", [(WRONG_KEY["amap"],)], indirect=True)
def test_a_refusal_in_the_toolbox(provider: Any, service: Any, table: Path, tmp_path: Path) -> None:
    settings.set_geocoder_leave("amap", "127.0.0.1")
    with pytest.raises(QgsProcessingException, match="the key is refused") as error:
        run(table, tmp_path / "a.csv", GEOCODER="amap")
    assert KEY not in str(error.value) and "(GEOCODER)" in str(error.value)
    assert len(service.asked) == 1


# -- an area of the project -----------------------------------------------------------------------


def polygons(*rings: list[tuple[float, float]]) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "片区", "memory")
    for ring in rings:
        feature = QgsFeature()
        text = ", ".join(f"{x} {y}" for x, y in ring)
        feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON(({text}))"))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def tidy() -> Iterator[None]:
    yield
    QgsProject.instance().removeAllMapLayers()


ERQI = [(113.650, 34.740), (113.655, 34.740), (113.655, 34.745), (113.650, 34.740)]
BEIJING = [(116.3, 39.9), (116.4, 39.9), (116.4, 40.0), (116.3, 39.9)]


def test_addresses_without_a_city_lie_in_the_area(
    provider: Any, tidy: None, tmp_path: Path
) -> None:
    table = tmp_path / "in.csv"
    table.write_text("地址\n二七路与金水路交叉口\n", encoding="utf-8")
    layer = polygons(ERQI, BEIJING)
    layer.select(next(layer.getFeatures()).id())
    chosen = QgsProcessingFeatureSourceDefinition(layer.id(), True)
    feedback = Feedback()
    run(table, tmp_path / "a.csv", feedback, WITHIN_LAYER=chosen)
    assert any("郑州市二七区" in line for line in feedback.lines)
    run(table, tmp_path / "b.csv", WITHIN="郑州市二七区")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    with pytest.raises(QgsProcessingException, match=r"片区.*no single county"):
        run(table, tmp_path / "c.csv", WITHIN_LAYER=layer.id())
    with pytest.raises(QgsProcessingException, match="not both"):
        run(table, tmp_path / "c.csv", WITHIN_LAYER=layer.id(), WITHIN="郑州市")


def test_a_boundary_is_drafted_within_an_area(provider: Any, tidy: None, tmp_path: Path) -> None:
    area = polygons(BAN)
    line = QgsVectorLayer("LineString?crs=EPSG:4326&field=name:string", "路", "memory")
    feature = QgsFeature(line.fields())
    feature.setAttributes(["和谐路"])
    feature.setGeometry(QgsGeometry.fromWkt("LINESTRING(113.66 34.60, 113.66 34.80)"))
    line.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(line)
    asked = {"TEXT": "和谐路以西", "LINES": line.id(), "NAME_FIELD": "name", "OUTPUT": "memory:"}
    made = processing.run(
        "zonerules:delimit", {**asked, "WITHIN_LAYER": area.id()}, feedback=Feedback()
    )
    [nominal] = [f for f in made["OUTPUT"].getFeatures() if f["role"] == "nominal"]
    box = nominal.geometry().boundingBox()
    # the part of the rectangle west of the road, by hand
    assert (box.xMinimum(), box.yMinimum()) == pytest.approx((113.60, 34.70), abs=1e-4)
    assert (box.xMaximum(), box.yMaximum()) == pytest.approx((113.66, 34.76), abs=1e-3)


def test_what_both_forms_ask_is_declared_alike() -> None:
    def declared(algorithm: Any, name: str) -> tuple[Any, ...]:
        made = algorithm.parameterDefinition(name)
        return made.type(), int(made.flags()), made.help() if name == "WITHIN_LAYER" else ""

    table, draft = CheckTable().create(), Delimit().create()
    for name in ("WITHIN", "WITHIN_LAYER"):
        assert declared(table, name) == declared(draft, name)
