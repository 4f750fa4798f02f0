"""The web map from QGIS: what stands in the page, where its key comes from, the window."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QMessageBox, QPushButton

from zonerules.layers.datum import wgs84_to_gcj02
from zonerules.plugin.webmap.part import WebMapPart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY, ACTIVITY, KEY = "2017-11-20", "operate-boiler", "0123abcdEF"
LON, LAT = 113.69, 34.735
PAYLOAD = "</script><img src=x onerror=alert(1)>\"'&"
FIRMS = [(PAYLOAD, "prohibited", LON, LAT), ("乙厂", "<svg onload=x>", 113.7, 34.8)]


class Page(HTMLParser):
    """The elements of a page and the JSON that stands in it, as a browser would find them."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.data: dict[str, Any] = {}
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self._held = ""
        self.feed(path.read_text(encoding="utf-8"))
        metas = [attributes for tag, attributes in self.tags if tag == "meta"]
        told = [one["content"] for one in metas if one.get("http-equiv")]
        self.policy = next(one for one in told if "default-src" in one)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.tags.append((tag, dict(attributes)))
        self._held = dict(attributes).get("id", "") if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        if self._held:
            self.data[self._held] = json.loads(data)
            self._held = ""


class Heard(QgsProcessingFeedback):
    """Keeps what is said; may be cancelled from the beginning."""

    def __init__(self, *, cancelled: bool = False) -> None:
        super().__init__(False)
        self.lines: list[str] = []
        if cancelled:
            self.cancel()

    def pushInfo(self, info: str) -> None:
        self.lines.append(info)

    def pushWarning(self, warning: str) -> None:
        self.lines.append(warning)


def run(feedback: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    return processing.run("zonerules:exportwebmap", parameters, feedback=feedback or Heard())


def checked(crs: str = "EPSG:4326", shift: Any = None) -> QgsVectorLayer:
    """FIRMS and one without a place, as points in a CRS; with ``shift`` moved before."""
    fields = "field=企业名称:string(0)&field=zr_verdict:string(0)&field=zr_reason:string(0)"
    layer = QgsVectorLayer(f"Point?crs={crs}&{fields}", "checked", "memory")
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    there = QgsCoordinateTransform(wgs84, layer.crs(), QgsProject.instance())
    features = []
    for name, verdict, lon, lat in [*FIRMS, ("丙", "exempt", None, None)]:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([name, verdict, name])
        if lon is not None:
            spot = QgsPointXY(*(shift(lon, lat) if shift else (lon, lat)))
            feature.setGeometry(QgsGeometry.fromPointXY(there.transform(spot)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def places(firms: list[dict[str, Any]]) -> list[tuple[float, float]]:
    return [(one["lon"], one["lat"]) for one in firms]


# -- the algorithm --------------------------------------------------------------------------------


def test_the_page_holds_the_catalogue_and_the_firms_as_text(
    provider: Any, catalogue: Any, tmp_path: Path
) -> None:
    feedback = Heard()
    told = run(
        feedback,
        ENTERPRISES=checked(),
        DATE=DAY,
        ACTIVITY=ACTIVITY,
        ALERT="red",
        TITLE=PAYLOAD,
        LANGUAGE="en",
        OUTPUT=str(tmp_path / "map.html"),
    )
    page, data = Page(tmp_path / "map.html"), catalogue.data
    held, shown = page.data["zonerules-catalogue"], page.data["zonerules-map"]
    assert set(held["zones"]) == set(data["zones"])
    assert held["fingerprint"] == data["fingerprint"]
    drawn = [
        zone
        for zone in data["zones"].values()
        if zone.get("shapes") or data["units"].get(zone.get("unit"), {}).get("shapes")
    ]
    assert (told["ZONES"], told["UNDRAWN"]) == (len(data["zones"]), len(data["zones"]) - len(drawn))
    assert told["RULES"] == len(held["rules"]) == len(data["rules"])
    assert told["SOURCES"] == len(held["sources"]) == len(data["sources"])
    assert len(shown["lines"]) == len(data["lines"])
    assert told["SIZE"] == (tmp_path / "map.html").stat().st_size < 6_000_000
    assert (told["FIRMS"], told["WITHOUT"]) == (2, 1)
    assert [one["name"] for one in shown["firms"]] == [name for name, *_ in FIRMS]
    assert [(one["name"], one["why"]["zh"]) for one in shown["unplaced"]] == [("丙", "此行没有点")]
    assert [one["verdict"] for one in shown["firms"]] == ["prohibited", ""]  # only what is one
    assert shown["firms"][0]["told"] == [["zr_reason", PAYLOAD]]
    assert (shown["date"], shown["activity"], shown["alert"]) == (DAY, ACTIVITY, "red")
    assert shown["lang"] == "en" and shown["bases"] == {}
    assert shown["title"] == {"zh": PAYLOAD, "en": PAYLOAD}
    # nothing of a value became an element or an attribute, and nothing may be asked of a network
    names = {tag for tag, _ in page.tags}
    assert not names & {"img", "svg", "iframe", "object", "link"}
    assert not [name for _, found in page.tags for name in found if name.startswith("on")]
    assert "default-src 'none'" in page.policy and "http" not in page.policy
    assert any("1 row has no usable place" in line for line in feedback.lines)


def test_it_is_the_page_of_the_command_line(provider: Any, tmp_path: Path) -> None:
    from zonerules.jobs.cli import main

    ours, theirs = tmp_path / "ours.html", tmp_path / "theirs.html"
    document = "guanzheng-2017-98"
    run(DOCUMENTS=document, DATE=DAY, ALERT="", BASE="osm", LANGUAGE="zh", OUTPUT=str(ours))
    main(["map", "-o", str(theirs), "--document", document, "--date", DAY])
    assert ours.read_bytes() == theirs.read_bytes()


def test_it_runs_within_a_model(provider: Any, tmp_path: Path) -> None:
    import processing

    model = QgsProcessingModelAlgorithm("maps", "own", "own")
    child = QgsProcessingModelChildAlgorithm("zonerules:exportwebmap")
    child.setChildId("map")
    given = QgsProcessingModelChildParameterSource.fromStaticValue
    values = {"DOCUMENTS": "zhuzhengban-2017-24", "BASE": "offline"}
    for name, value in values.items():
        child.addParameterSources(name, [given(value)])
    output = QgsProcessingModelOutput("page", "page")
    output.setChildId("map")
    output.setChildOutputName("OUTPUT")
    child.setModelOutputs({"page": output})
    model.addChildAlgorithm(child)
    path = tmp_path / "model.html"
    told = processing.run(model, {"map:page": str(path)}, feedback=Heard())
    assert told["map:page"] == str(path)
    assert list(Page(path).data["zonerules-catalogue"]["documents"]) == ["zhuzhengban-2017-24"]


@pytest.fixture
def stored_key(qgis_app: Any) -> Iterator[str]:
    """The id of a configuration of QGIS's authentication store that has KEY as its password."""
    manager = QgsApplication.authManager()
    # the password of every test that opens the store, which is kept from run to run
    assert manager.setMasterPassword("a master password", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("tianditu")
    config.setConfig("password", KEY)
    manager.storeAuthenticationConfig(config)
    yield config.id()
    manager.removeAuthenticationConfig(config.id())
    manager.clearMasterPassword()


@pytest.mark.parametrize("store", [True, False])
def test_the_key_comes_from_store_or_environment_and_is_never_told(
    provider: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored_key: str, store: bool
) -> None:
    monkeypatch.delenv("ZONERULES_TIANDITU_KEY", raising=False)
    asked = {"DOCUMENTS": "zhuzhengban-2017-24", "BASE": "tianditu"}
    asked["OUTPUT"] = str(tmp_path / "map.html")
    with pytest.raises(QgsProcessingException, match="TIANDITU_KEY"):
        run(**asked)
    if store:
        asked["KEY_CONFIG"] = stored_key
    else:
        monkeypatch.setenv("OWN_KEY", KEY)
        asked["KEY_VARIABLE"] = "OWN_KEY"
    feedback = Heard()
    run(feedback, **asked)
    page = Page(tmp_path / "map.html")
    bases = page.data["zonerules-map"]["bases"]
    assert all(layer["address"].endswith(f"tk={KEY}") for layer in bases["tianditu"])
    assert "tianditu.gov.cn" in page.policy
    assert any("has the key" in line for line in feedback.lines)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("zonerules:exportwebmap")
    written = algorithm.asPythonCommand(asked, QgsProcessingContext())  # as history keeps it
    assert "KEY_" in written
    assert KEY not in written + feedback.textLog() + "".join(feedback.lines)


def test_bad_values_are_named_by_their_parameter(provider: Any, tmp_path: Path) -> None:
    unchecked = QgsVectorLayer("Point?crs=EPSG:4326&field=a:string(0)", "plain", "memory")
    bare = QgsVectorLayer("None?field=lon:double&field=lat:double&field=zr_verdict:string", "t",
                          "memory")  # fmt: skip
    for wrong, told in (
        ({"DATE": "2017-13-01"}, r"\(DATE\) 2017-13-01: expected YYYY"),
        ({"BASE": "google"}, r"\(BASE\) google: expected offline"),
        ({"ALERT": "pink"}, r"\(ALERT\) pink"),
        ({"BASE": "own"}, r"\(TILES\) : expected http"),
        ({"BASE": "own", "TILES": "ftp://x/{z}/{x}/{y}"}, r"\(TILES\) ftp://x.*: expected http"),
        ({"ACTIVITY": "fly"}, r"\(ACTIVITY\) fly: no such activity"),
        ({"DOCUMENTS": "none"}, r"\(DOCUMENTS\) none: no such document"),
        ({"ENTERPRISES": unchecked}, "'plain' has no column zr_verdict"),
        ({"ENTERPRISES": bare}, "which datum"),
        ({"ASSETS": str(tmp_path)}, r"\(ASSETS\) .*leaflet.js"),
    ):
        with pytest.raises(QgsProcessingException, match=told):
            run(**wrong, OUTPUT=str(tmp_path / "map.html"))
    with pytest.raises(QgsProcessingException, match=r"map.txt: expected .html"):
        run(OUTPUT=str(tmp_path / "map.txt"))
    with pytest.raises(QgsProcessingException, match=r"^/proc/x[^:]*: no such file or folder$"):
        run(OUTPUT="/proc/x/q.html", DOCUMENTS="zhuzhengban-2017-24")
    assert list(tmp_path.iterdir()) == []


def test_a_cancel_and_missing_libraries_leave_no_file(
    provider: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zonerules.jobs.webmap import assets

    path = tmp_path / "map.html"
    assert run(Heard(cancelled=True), OUTPUT=str(path)) == {}
    monkeypatch.setattr(assets, "SHIPPED", tmp_path)
    monkeypatch.setenv("ZONERULES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", "")  # no npm
    feedback = Heard()
    with pytest.raises(QgsProcessingException, match=r"npm is not installed.*\(ASSETS\)"):
        run(feedback, OUTPUT=str(path))
    assert any("npm fetches them once" in line for line in feedback.lines)
    assert not path.exists()


def test_places_come_from_any_crs_and_datum(qgis_app: Any) -> None:
    from zonerules.plugin.tables.layerfile import of_layer
    from zonerules.plugin.webmap import firms

    expected = [(LON, LAT), (113.7, 34.8)]
    context = QgsProject.instance().transformContext()
    table = QgsVectorLayer("None?field=经度:string&field=纬度:string&field=zr_verdict_mine:string",
                           "t", "memory")  # fmt: skip
    feature = QgsFeature(table.fields())
    feature.setAttributes([*map(str, wgs84_to_gcj02(LON, LAT)), "exempt"])
    table.dataProvider().addFeatures([feature])
    for layer, datum, known in (
        (checked("EPSG:4547"), None, expected),
        (checked(), "gcj02", expected),  # a check wrote these points in WGS84 already
        (table, "gcj02", expected[:1]),
    ):
        order = firms.firms_of(of_layer(layer), context, "en", datum=datum)
        rows, without = firms.rows(order, lambda _done, _note: None)
        assert [pytest.approx(place, abs=2e-6) for place in known] == places(
            [row for row in rows if "why" not in row]
        )
        assert len(rows) == layer.featureCount()
        assert without == layer.featureCount() - len(known)


# -- the window -----------------------------------------------------------------------------------


@pytest.fixture
def dialog(plugin: Any, window: Any, tmp_path: Path) -> Iterator[Any]:
    """The window after a question, with a checked and an unchecked layer in the project."""
    window.look_at("EPSG:4326", LON, LAT, 0.1)
    QgsProject.instance().addMapLayer(checked())
    other = QgsVectorLayer("Point?crs=EPSG:4326", "other", "memory")
    QgsProject.instance().addMapLayer(other)
    plugin.host.placeWanted.emit(LON, LAT, 0.0)
    plugin.panel.dock.form.set_date(DAY)
    plugin.panel.dock.form.set_activity(ACTIVITY)
    window.window.findChild(QAction, "zonerules_webmap").trigger()
    made = plugin._parts[WebMapPart].dialog
    made.output.take(str(tmp_path / "map.html"))
    yield made
    made.close()
    idle(made)
    QgsProject.instance().clear()


def idle(dialog: Any) -> None:
    """Wait until nothing goes on any more."""
    for _ in range(4000):
        if dialog.task is None:
            return
        QTest.qWait(20)
    raise AssertionError("still at work")


def test_the_window_takes_the_question_and_offers_checked_layers(
    dialog: Any, plugin: Any, window: Any, tmp_path: Path
) -> None:
    offered = [dialog.content_form.layer.itemText(at) for at in range(2)]
    assert offered == ["(none)", "checked"] and dialog.content_form.layer.count() == 2
    dialog.content_form.layer.setCurrentIndex(1)
    dialog.base.base.setCurrentIndex(0)
    order = dialog.order()
    assert (order.date, order.activity, order.alert) == (DAY, ACTIVITY, None)
    assert (order.documents, order.base, order.key) == ((), "offline", None)
    dialog.go_button.click()
    idle(dialog)
    shown = Page(tmp_path / "map.html").data["zonerules-map"]
    assert (shown["date"], shown["activity"]) == (DAY, ACTIVITY)
    assert places(shown["firms"]) == [(LON, LAT), (113.7, 34.8)]
    assert not dialog.isVisible()
    QTest.qWait(10)
    [item] = window.bar.widgets
    assert "map.html" in item.text() and "1 row without a place are only listed" in item.text()
    words = [button.text() for button in item.findChildren(QPushButton)]
    assert words == ["Open in browser", "Show in folder"]
    again = plugin._parts[WebMapPart].show()
    assert again.output.path() == tmp_path / "zone-rules-map.html"  # beside the last one
    plugin.unload()
    assert window.bar.widgets == []


def test_nothing_is_replaced_unasked_and_a_stop_leaves_what_was(
    dialog: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.html"
    path.write_text("mine")
    asked: list[str] = []

    def answer(_parent: Any, _title: str, text: str) -> Any:
        asked.append(text)
        no, yes = QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes
        return yes if len(asked) > 1 else no

    monkeypatch.setattr(QMessageBox, "question", answer)
    dialog.run()
    assert dialog.task is None and "map.html" in asked[0]
    dialog.run()
    dialog.stop_button.click()
    idle(dialog)
    assert dialog.isVisible() and "Stopped" in dialog.status.text()
    assert path.read_text() == "mine" and [one.name for one in tmp_path.iterdir()] == ["map.html"]


def test_what_is_wrong_or_missing_is_told_in_the_window(
    dialog: Any, plugin: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zonerules.plugin.deps import needs

    dialog.output.take(str(tmp_path / "map.pdf"))
    dialog.run()
    assert dialog.problem.text() == "map.pdf: expected an .html file"
    dialog.output.take(str(tmp_path / "map.html"))
    dialog.base.base.setCurrentIndex(2)
    monkeypatch.delenv("ZONERULES_TIANDITU_KEY", raising=False)
    dialog.run()
    assert "No key for Tianditu" in dialog.problem.text()
    wanted: list[str] = []
    plugin.host.packagesWanted.connect(wanted.extend)
    monkeypatch.setitem(needs.FLOORS, "folium", "99")
    dialog.run()
    assert wanted == ["folium"] and "folium" in dialog.problem.text()
    plugin.host.packagesWanted.disconnect(wanted.extend)
    assert list(tmp_path.iterdir()) == []
