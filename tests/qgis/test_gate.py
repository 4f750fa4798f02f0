"""The one gate for work off the main thread: it holds, and nothing goes round it.

pyproj 3.7 ends the process the second time it is used on a thread of Qt's pool (pyproj issues 1509
and 1622). Such a wheel is fetched into a folder of its own to see that the gate is what helps.
"""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

import zonerules

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(zonerules.__file__).resolve().parent
CHILD = Path(__file__).with_name("gate_child.py")
HOSTS = ("task", "algorithm")
BAD = "3.7.2"  # the last of the versions that crash
ROUNDS = 3


def child(host: str, gate: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QGIS_PREFIX_PATH": "/usr"}
    if folder is not None:
        environment["PYTHONPATH"] = str(folder)
    line = [sys.executable, str(CHILD), host, gate]
    return subprocess.run(
        line, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def rounds(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stdout.splitlines() if line.startswith("round ")]


@pytest.fixture(scope="session")
def bad_pyproj(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pyproj")
    wanted = [f"pyproj=={BAD}", "--no-deps", "--only-binary", ":all:", "--target", str(folder)]
    line = [sys.executable, "-m", "pip", "install", "-q", *wanted]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"pyproj {BAD} cannot be had here: {done.stderr.strip().splitlines()[-1]}")
    return folder


@pytest.mark.parametrize("host", HOSTS)
def test_background_work_survives_with_the_pyproj_at_hand(host: str) -> None:
    done = child(host, "guarded")
    assert done.returncode == 0, done.stderr
    assert len(rounds(done)) == ROUNDS, done.stdout + done.stderr
    assert all("CGCS2000" in line for line in rounds(done))


@pytest.mark.parametrize("host", HOSTS)
def test_background_work_survives_the_pyproj_that_crashes(host: str, bad_pyproj: Path) -> None:
    done = child(host, "guarded", bad_pyproj)
    assert f"pyproj {BAD}" in done.stdout
    assert done.returncode == 0, done.stderr
    assert len(rounds(done)) == ROUNDS, done.stdout + done.stderr


@pytest.mark.parametrize("host", HOSTS)
def test_without_the_gate_that_pyproj_ends_the_process(host: str, bad_pyproj: Path) -> None:
    """Else the two tests above would prove nothing."""
    done = child(host, "unguarded", bad_pyproj)
    assert f"pyproj {BAD}" in done.stdout
    assert done.returncode == -signal.SIGSEGV
    assert len(rounds(done)) == 1


# -- nothing goes round it: by the text of the plugin --------------------------------------------

CORE = ("jobs", "layers", "rules")
HOSTED = ("QgsTask", "QgsProcessingAlgorithm", "QgsProcessingFeatureBasedAlgorithm", "Algorithm")
HARMLESS = ("Cancelled", "Progress", "in_language")  # a class, a type, a look-up of words


class Module:
    """What one file of the plugin calls, and where."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.path = path
        self.core = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and _is_core(node)
            for alias in node.names
        } - set(HARMLESS)
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        grown = True
        while grown:  # functions of the file that do core work themselves
            more = {f.name for f in functions if self.core & set(_called(f))} - self.core
            self.core |= more
            grown = bool(more)
        self.hosts = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            and any(ast.unparse(base).rpartition(".")[2] in HOSTED for base in node.bases)
        ]

    def trespasses(self) -> list[str]:
        return [
            f"{self.path.name}:{node.lineno} {host.name} calls {name}"
            for host in self.hosts
            for name, node in _calls(host)
            if name in self.core
        ]


def _is_core(node: ast.ImportFrom) -> bool:
    parts = (node.module or "").split(".")
    return (node.level > 0 and parts[0] in CORE) or (
        parts[0] == "zonerules" and len(parts) > 1 and parts[1] in CORE
    )


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            target = node.func
            while isinstance(target, ast.Attribute):
                target = target.value
            if isinstance(target, ast.Name):
                yield target.id, node


def _called(tree: ast.AST) -> list[str]:
    return [name for name, _ in _calls(tree)]


def modules() -> list[Module]:
    paths = sorted((ROOT / "plugin").rglob("*.py"))
    return [Module(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def test_no_task_and_no_algorithm_does_core_work_itself() -> None:
    found = modules()
    assert [line for module in found for line in module.trespasses()] == []
    hosts = {host.name for module in found for host in module.hosts}
    assert {"CoreTask", "RulesAtPoints", "SourcesInZones", "RingSearch", "Lint"} <= hosts


@pytest.mark.parametrize(
    "text",
    [
        "from ..jobs.open import open as o\nclass T(QgsTask):\n def run(self): return o()",
        "from ...jobs import lint\nclass T(Algorithm):\n def work(self): lint.lint('x')",
        "class T(QgsTask):\n def run(self):\n  from zonerules.layers.point import prepare\n"
        "  prepare({})",
        "from ..jobs.open import open as o\ndef f(): return o()\ndef g(): return f()\n"
        "class T(core.QgsTask):\n def run(self): return g()",
    ],
)
def test_the_reader_sees_a_trespass(text: str) -> None:
    assert Module(Path("t.py"), ast.parse(text)).trespasses()


@pytest.mark.parametrize(
    "text",
    [
        "from ..jobs.open import open as o\nclass T(QgsTask):\n def run(self): run_core(o, 1)",
        "from ..jobs.open import open as o\nclass Dock(QWidget):\n def show(self): o()",
        "from ..jobs.progress import Cancelled\nclass T(QgsTask):\n def run(self):\n"
        "  raise Cancelled()",
    ],
)
def test_the_reader_lets_the_gate_through(text: str) -> None:
    assert Module(Path("t.py"), ast.parse(text)).trespasses() == []


def test_no_other_threads_of_qt_are_used() -> None:
    """Threads that Python makes do no harm; those of Qt come by CoreTask only."""
    for path in sorted((ROOT / "plugin").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {ast.unparse(node).rpartition(".")[2] for node in ast.walk(tree) if _names(node)}
        made = names & {"QThread", "QThreadPool", "QRunnable", "QtConcurrent"}
        assert not made, f"{path}: {made}"


def _names(node: ast.AST) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute))


# -- and by watching it at work ------------------------------------------------------------------

POINTS = ["Point(113.69 34.735)", "Point(112.7 35.16)"]
ROADS = ROOT / "geojson" / "lines" / "guanzheng-2017-98.geojson"
WORDS = "中州大道以西、南三环以北、二七路以东、金水路以南"


def inputs(tmp_path: Path) -> dict[str, dict[str, Any]]:
    from qgis.core import QgsFeature, QgsGeometry

    layer = QgsVectorLayer("Point?crs=EPSG:4326", "places", "memory")
    for wkt in POINTS:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeatures([feature])
    checked = QgsVectorLayer("Point?crs=EPSG:4326&field=zr_verdict:string", "checked", "memory")
    around = {"POINT": "113.69,34.735 [EPSG:4326]", "ZONE": "gc-district", "RADII": "1;5"}
    outputs = dict.fromkeys(("SOURCES", "ZONES", "RINGS"), "memory:")
    lines = QgsVectorLayer(str(ROADS), "lines", "ogr")
    return {
        "rulesatpoints": {"INPUT": layer, "DATE": "2017-11-20", "OUTPUT": "memory:"},
        "checktable": {
            "LAYER": layer,
            "DATE": "2017-11-20",
            "OUTPUT": str(tmp_path / "out.csv"),
            "REVIEW": str(tmp_path / "review.csv"),
        },
        "sourcesinzones": {"ZONES": "gc-district", "OUTPUT": "memory:"},
        "ringsearch": {**around, **outputs},
        "delimit": {"TEXT": WORDS, "LINES": lines, "OUTPUT": "memory:"},
        "exportcatalogue": {"OUTPUT": str(tmp_path / "out.gpkg")},
        "exportwebmap": {"ENTERPRISES": checked, "OUTPUT": str(tmp_path / "map.html")},
        "extracts": {"LAYER": layer, "DATE": "2017-11-20", "OUTPUT": str(tmp_path / "book.html")},
        "lint": {"OUTPUT": "memory:", "REPORT": str(tmp_path / "report.html")},
    }


NAMES = (
    "checktable",
    "delimit",
    "exportcatalogue",
    "exportwebmap",
    "extracts",
    "lint",
    "ringsearch",
    "rulesatpoints",
    "sourcesinzones",
)


@pytest.mark.parametrize("name", NAMES)
def test_in_the_background_core_code_runs_on_threads_of_python_only(
    name: str, qgis_processing: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every call on the pooled thread is watched: none may enter a file of the core."""
    from zonerules.plugin.processing.base import Algorithm

    plugin = zonerules.classFactory(None)
    plugin.initProcessing()
    entered: list[str] = []
    threads: list[str] = []
    core = tuple(f"{ROOT / room}{os.sep}" for room in CORE)
    words = str(ROOT / "rules" / "messages.py")  # puts texts together: `re`, no library that minds

    def watch(frame: Any, event: str, _arg: Any) -> None:
        code = frame.f_code
        inside = code.co_filename.startswith(core) and code.co_filename != words
        if event == "call" and inside and code.co_name != "<module>":
            entered.append(f"{code.co_filename}:{code.co_name}")

    plain = Algorithm.processAlgorithm

    def watched(self: Any, *args: Any) -> Any:
        threads.append(type(threading.current_thread()).__name__)
        sys.setprofile(watch)
        try:
            return plain(self, *args)
        finally:
            sys.setprofile(None)

    monkeypatch.setattr(Algorithm, "processAlgorithm", watched)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"zonerules:{name}")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    given = inputs(tmp_path)  # its layer must live as long as the task
    task = QgsProcessingAlgRunnerTask(algorithm, given[name], context, feedback)
    done: list[bool] = []
    task.executed.connect(lambda ok, _results: done.append(ok))
    QgsApplication.taskManager().addTask(task)
    while not done:
        QgsApplication.processEvents()
    plugin.unload()
    assert done == [True], feedback.textLog()
    assert threads == ["_DummyThread"]  # a thread that Python did not make
    assert entered == []
