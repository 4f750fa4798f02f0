"""``zonerules:checktable``: the command line's answers, whatever the table comes from."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

if TYPE_CHECKING:
    from pathlib import Path

ACTIVITY, DAY = "operate-non-road-machinery", "2017-11-20"
ASKED = {"ACTIVITY": ACTIVITY, "DATE": DAY}
# inside the district whose machinery is banned, beyond every document, no number, no place
ROWS = [
    ["甲厂", "113.69", "34.735", "1"],
    ["乙厂", "116.39", "39.9", "国三"],
    ["丙厂", "113.69", "34.735", "二十"],
    ["丁厂", "", "", "2"],
]
HEAD = ["企业名称", "经度", "纬度", "排放阶段"]
OPTIONS = ["--activity", ACTIVITY, "--date", DAY, "--fact-col", "machine.stage=排放阶段"]
STAGE = "machine.stage=排放阶段"


class Heard(QgsProcessingFeedback):
    """Keeps what is said; cancels once it has heard of so many rows."""

    def __init__(self, stop_at: float = 1000.0) -> None:
        super().__init__(False)
        self.lines: list[str] = []
        self.texts: list[str] = []
        self._stop_at = stop_at

    def pushInfo(self, info: str) -> None:
        self.lines.append(info)

    def setProgressText(self, text: str) -> None:
        self.texts.append(text)
        if self.progress() >= self._stop_at:
            self.cancel()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return written(tmp_path / "企业.csv", ROWS)


def written(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def run(feedback: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    asked = {**ASKED, "LOAD": False, **parameters}
    return processing.run("zonerules:checktable", asked, feedback=feedback or Heard())


def command(*args: object) -> None:
    from zonerules.jobs.cli import main

    main(["check", *(str(arg) for arg in args), *OPTIONS, "--json"])


def rows_of(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


# -- parity ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_file_is_that_of_the_command_line(
    provider: Any, tmp_path: Path, encoding: str, capsys: Any
) -> None:
    source = written(tmp_path / "企业.csv", ROWS, encoding)
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    review = tmp_path / "review.csv"
    asked = {"INPUT": str(source), "DATUM": "gcj02", "FACT_COLUMNS": STAGE, "LANGUAGE": "zh"}
    made = run(**asked, OUTPUT=str(ours), REVIEW=str(review))
    command(source, "-o", theirs, "--datum", "gcj02", "--review", tmp_path / "theirs2.csv")
    assert ours.read_bytes() == theirs.read_bytes()
    assert review.read_bytes() == (tmp_path / "theirs2.csv").read_bytes()
    assert (made["ROWS"], made["OUTPUT"]) == (4, str(ours))
    rows = rows_of(ours, encoding)
    assert [row["企业名称"] for row in rows] == ["甲厂", "乙厂", "丙厂", "丁厂"]
    assert [row["zr_verdict"] for row in rows] == [
        "prohibited",
        "no_data",
        "cannot_determine",
        "",
    ]
    assert "gc-nrmm-ban" in rows[0]["zr_inside"].split(";")
    assert "二十" in rows[2]["zr_error"] and rows[3]["zr_error"]
    assert made["TO_CHECK"] == len(rows_of(review, encoding)) == 2


def test_several_activities_and_a_workbook(provider: Any, table: Path, tmp_path: Path) -> None:
    import openpyxl

    out = tmp_path / "out.xlsx"
    run(
        INPUT=str(table),
        DATUM="wgs84",
        ACTIVITY=f"{ACTIVITY};operate-boiler",
        FACT_COLUMNS=STAGE,
        OUTPUT=str(out),
        LANGUAGE="zh",
    )
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["结果", "需核实", "说明"]
    heads = [cell.value for cell in book["结果"][1]]
    assert heads[:4] == HEAD
    assert {"zr_verdict_operate_non_road_machinery", "zr_verdict_operate_boiler"} <= set(heads)


def test_projected_columns_take_a_crs(provider: Any, tmp_path: Path) -> None:
    from pyproj import Transformer

    x, y = Transformer.from_crs(4326, 4547, always_xy=True).transform(113.69, 34.735)
    source = written(tmp_path / "survey.csv", [["甲厂", f"{x:.3f}", f"{y:.3f}", "1"]])
    out = tmp_path / "out.csv"
    with pytest.raises(QgsProcessingException, match=r"CRS of projected columns \(CRS\)"):
        run(INPUT=str(source), DATUM="cgcs2000", FACT_COLUMNS=STAGE, OUTPUT=str(out))
    run(INPUT=str(source), CRS="EPSG:4547", FACT_COLUMNS=STAGE, OUTPUT=str(out))
    assert rows_of(out)[0]["zr_verdict"] == "prohibited"


# -- layers ---------------------------------------------------------------------------------------


def layer_of(kind: str) -> QgsVectorLayer:
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY

    fields = "field=企业名称:string&field=经度:double&field=纬度:double&field=排放阶段:integer"
    made = QgsVectorLayer(f"{kind}{'&' if '?' in kind else '?'}{fields}", "企业/2017", "memory")
    for name, lon, lat, stage in (("甲厂", 113.69, 34.735, 1), ("丁厂", None, None, 2)):
        feature = QgsFeature(made.fields())
        feature.setAttributes([name, lon, lat, stage])
        if lon is not None and kind.startswith("Point"):
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(lon, lat)))
        made.dataProvider().addFeatures([feature])
    return made


def test_a_layer_without_shapes_is_asked_for_its_datum(provider: Any, tmp_path: Path) -> None:
    layer, out = layer_of("None"), tmp_path / "out.csv"
    asked = {"LAYER": layer, "FACT_COLUMNS": STAGE, "OUTPUT": str(out)}
    with pytest.raises(QgsProcessingException, match=r"DATUM. is required.*degrees in China"):
        run(**asked)
    assert not out.exists()
    run(**asked, DATUM="wgs84")
    rows = rows_of(out)
    assert [row["zr_verdict"] for row in rows] == ["prohibited", ""]
    assert rows[0]["排放阶段"] == "1"  # a number stays one
    del layer


def test_the_crs_of_a_point_layer_counts_as_declared(provider: Any, tmp_path: Path) -> None:
    layer, out = layer_of("Point?crs=EPSG:4490"), tmp_path / "out.geojson"
    run(LAYER=layer, FACT_COLUMNS=STAGE, OUTPUT=str(out))
    made = QgsVectorLayer(str(out), "out", "ogr")
    assert next(f["zr_verdict"] for f in made.getFeatures()) == "prohibited"
    assert made.featureCount() == 2
    del layer, made


def test_a_point_layer_without_crs_is_refused(provider: Any, tmp_path: Path) -> None:
    layer = layer_of("Point?crs=")
    layer.setCrs(type(layer.crs())())
    with pytest.raises(QgsProcessingException, match="DATUM"):
        run(LAYER=layer, OUTPUT=str(tmp_path / "out.csv"))
    del layer


# -- the map --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["csv", "gpkg"])
def test_the_points_are_loaded_and_coloured(
    provider: Any, table: Path, tmp_path: Path, suffix: str
) -> None:
    import processing

    from zonerules.layers.datum import to_wgs84

    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    asked = {"INPUT": str(table), "DATUM": "gcj02", "FACT_COLUMNS": STAGE, **ASKED}
    out = str(tmp_path / f"结果.{suffix}")
    processing.run(
        "zonerules:checktable", {**asked, "OUTPUT": out}, feedback=Heard(), context=context
    )
    ((path, details),) = context.layersToLoadOnCompletion().items()
    assert details.name == "结果"
    assert (path == out) == (suffix == "gpkg")
    layer = QgsVectorLayer(path, details.name, "ogr")
    details.postProcessor().postProcessLayer(layer, context, Heard())
    features = list(layer.getFeatures())
    assert [f["企业名称"] for f in features] == ["甲厂", "乙厂", "丙厂", "丁厂"]
    lon, lat = to_wgs84(113.69, 34.735, "gcj02")[:2]
    there = features[0].geometry().asPoint()
    assert (there.x(), there.y()) == pytest.approx((lon, lat), abs=1e-9)
    assert features[3].geometry().isNull()
    assert layer.renderer().classAttribute() == "zr_verdict"
    assert layer.attributeAlias(layer.fields().lookupField("zr_reason")) == "Reason"
    del layer, features, details
    QgsProject.instance().clear()


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Datum .DATUM. is required"),
        ({"DATUM": "gjc02"}, "Datum .DATUM. gjc02: .*gcj02"),
        ({"DATUM": "wgs84", "LON": "经纬"}, "LON. 经纬: no such column"),
        ({"DATUM": "wgs84", "FACT_COLUMNS": "machine.stag=排放阶段"}, "machine.stage"),
        ({"DATUM": "wgs84", "OUTPUT": "out.shp"}, r"GeoPackage: out\.gpkg"),
        ({"DATUM": "wgs84", "OUTPUT": "企业.csv"}, "is the same file"),
        ({"DATUM": "wgs84", "DATE": "20. November"}, "DATE"),
    ],
)
def test_bad_input_is_one_line_with_the_name_of_the_parameter(
    provider: Any, table: Path, tmp_path: Path, given: dict[str, str], words: str
) -> None:
    given = {"OUTPUT": "out.csv", **given}
    given["OUTPUT"] = str(tmp_path / given["OUTPUT"])
    before = table.read_bytes()
    with pytest.raises(QgsProcessingException, match=words) as refused:
        run(INPUT=str(table), **given)
    assert "--" not in str(refused.value) and "\n" not in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["企业.csv"]
    assert table.read_bytes() == before


@pytest.mark.parametrize("both", [True, False])
def test_a_file_or_a_layer_but_one(provider: Any, table: Path, tmp_path: Path, both: bool) -> None:
    layer = layer_of("None")
    given = {"INPUT": str(table), "LAYER": layer} if both else {}
    with pytest.raises(QgsProcessingException, match=r"INPUT.*LAYER"):
        run(**given, OUTPUT=str(tmp_path / "out.csv"))
    del layer, given


def test_without_the_packages_it_says_which(
    provider: Any, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zonerules.plugin.deps import needs

    monkeypatch.setitem(needs.FLOORS, "openpyxl", "99")
    monkeypatch.setitem(needs.FLOORS, "pyogrio", "99")
    with pytest.raises(QgsProcessingException, match="libraries openpyxl, which"):
        run(INPUT=str(table), DATUM="wgs84", OUTPUT=str(tmp_path / "out.xlsx"))
    run(INPUT=str(table), DATUM="wgs84", OUTPUT=str(tmp_path / "out.csv"))


# -- long runs ------------------------------------------------------------------------------------


@pytest.fixture
def long_table(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [[f"厂{i}", f"{113.4 + i % 997 / 2000:.5f}", "34.735", ""] for i in range(40_000)]
    return written(folder / "long.csv", rows)


def test_cancel_leaves_nothing_and_tells(provider: Any, long_table: Path, tmp_path: Path) -> None:
    out, heard = tmp_path / "out", Heard(stop_at=30.0)
    out.mkdir()
    made = run(
        heard, INPUT=str(long_table), DATUM="wgs84", OUTPUT=str(out / "a.csv"),
        REVIEW=str(out / "b.csv"),
    )  # fmt: skip
    assert heard.isCanceled() and made == {}
    assert list(out.iterdir()) == []
    assert "Cancelled; nothing was written." in heard.lines


def test_a_cancelled_run_goes_on(provider: Any, long_table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    asked = {"INPUT": str(long_table), "DATUM": "wgs84", "OUTPUT": str(out / "a.csv")}
    heard = Heard(stop_at=30.0)
    run(heard, **asked, RESUME=True)
    assert [path.name for path in out.iterdir()] == ["a.csv.parts"]
    assert any("go on" in line for line in heard.lines)
    made = run(**asked, RESUME=True)
    assert made["ROWS"] == 40_000
    whole = run(**{**asked, "OUTPUT": str(out / "b.csv")})
    assert whole["ROWS"] == 40_000
    assert (out / "a.csv").read_bytes() == (out / "b.csv").read_bytes()


def test_the_log_tells_columns_and_counts(provider: Any, long_table: Path, tmp_path: Path) -> None:
    heard = Heard()
    run(heard, INPUT=str(long_table), DATUM="wgs84", OUTPUT=str(tmp_path / "a.csv"))
    text = "\n".join(heard.lines)
    assert "longitude or easting: 经度 (guessed)" in text
    assert "40,000 rows in" in text
    assert "verdict · " in text and "[zz-city, zz-municipality] | 40,000" in text
    assert heard.texts  # with the rate only where it lasts long enough to have one


def test_in_the_background_core_code_runs_on_threads_of_python_only(
    provider: Any, table: Path, tmp_path: Path
) -> None:
    """test_gate watches the other algorithms; here it is enough that it runs there at all."""
    from qgis.core import QgsProcessingAlgRunnerTask

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("zonerules:checktable")
    asked = {**ASKED, "INPUT": str(table), "DATUM": "wgs84", "OUTPUT": str(tmp_path / "a.csv")}
    context, feedback = QgsProcessingContext(), Heard()
    for _ in range(2):  # pyproj 3.7 would end the process the second time
        task = QgsProcessingAlgRunnerTask(algorithm, asked, context, feedback)
        done: list[bool] = []
        task.executed.connect(lambda ok, _results: done.append(ok))  # noqa: B023
        QgsApplication.taskManager().addTask(task)
        while not done:
            QgsApplication.processEvents()
        assert done == [True], feedback.lines
    assert len(rows_of(tmp_path / "a.csv")) == 4
