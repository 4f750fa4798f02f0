"""Missing packages: found, asked for, installed beside QGIS's own by a real pip, and removed.

pip runs for real, from wheels that the test makes itself, without any network. ``zrbase`` plays a
compiled package that QGIS brings along, ``zrfeature`` one that a feature needs; it rests on zrbase.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction

import zonerules
from zonerules.jobs.progress import Cancelled
from zonerules.plugin.deps import gate, install, needs, part, path, python

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOORS = {"zrfeature": "1.0"}
NAMES = ("zrfeature", "zrbase", "zrpure")


def wheel(folder: Path, name: str, version: str, code: str = "", requires: str = "") -> None:
    """Write a wheel of one module by hand."""
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += f"Requires-Dist: {requires}\n" if requires else ""
    files = {
        f"{name}/__init__.py": code or f"version = {version!r}\n",
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in (*files, f"{info}/RECORD"))
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)


class Case:
    """A folder of wheels, a folder that plays QGIS's packages, and the private folder."""

    def __init__(self, base: Path) -> None:
        self.wheels, self.qgis = base / "wheels", base / "qgis"
        self.folder = base / "profile" / "zonerules" / "packages"
        self.said: list[tuple[float, str]] = []
        for version in ("1.0", "2.0"):
            wheel(self.wheels, "zrbase", version)
        wheel(self.wheels, "zrfeature", "1.5", "import zrbase\n", "zrbase>=1.0")
        made = base / "made"
        wheel(made, "zrbase", "1.0", "version = 'of QGIS'\n")
        with zipfile.ZipFile(made / "zrbase-1.0-py3-none-any.whl") as archive:
            archive.extractall(self.qgis)

    @property
    def extra(self) -> tuple[str, ...]:
        return ("--isolated", "--no-index", "--find-links", str(self.wheels))

    def install(self, **changed: Any) -> dict[str, str]:
        args: dict[str, Any] = {
            "floors": FLOORS,
            "shared": ("zrbase",),
            "extra": self.extra,
            "progress": lambda done, note: self.said.append((done, note)),
        }
        args.update(changed)
        return install.install(sys.executable, self.folder, ["zrfeature"], **args)

    def left(self) -> list[str]:
        """What lies beside the private folder."""
        return (
            sorted(p.name for p in self.folder.parent.iterdir())
            if self.folder.parent.exists()
            else []
        )


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    made = Case(tmp_path)
    monkeypatch.setattr(sys, "path", [str(made.qgis), *sys.path])
    importlib.invalidate_caches()
    yield made
    for name in NAMES:
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


# -- installing -----------------------------------------------------------------------------------


def test_what_is_missing_comes_and_what_qgis_has_stays(case: Case) -> None:
    assert needs.lacking(["zrfeature", "zrbase"], FLOORS) == [needs.Lack("zrfeature", "", "1.0")]
    assert case.install() == {"zrfeature": "1.5"}
    assert not (case.folder / "zrbase").exists()
    assert case.left() == ["packages"]
    before = list(sys.path)
    assert path.provide(case.folder)
    assert sys.path == [*before, str(case.folder)]
    assert path.provide(case.folder)
    assert sys.path.count(str(case.folder)) == 1
    feature = importlib.import_module("zrfeature")
    assert feature.zrbase.version == "of QGIS"
    assert needs.lacking(["zrfeature"], FLOORS) == []
    dones = [done for done, _ in case.said]
    assert dones == sorted(dones)
    assert any("zrfeature" in note for _, note in case.said)


def test_without_qgis_having_it_the_base_comes_too(case: Case) -> None:
    sys.path.remove(str(case.qgis))
    importlib.invalidate_caches()
    assert case.install() == {"zrbase": "2.0", "zrfeature": "1.5"}


def test_a_version_that_does_not_fit_is_refused_and_the_old_one_stays(case: Case) -> None:
    case.install()
    wheel(case.wheels, "zrfeature", "3.0", "import zrbase\n", "zrbase>=2.0")
    with pytest.raises(install.Failure) as failed:
        case.install(floors={"zrfeature": "3.0"})
    assert failed.value.key == "deps.conflict"
    assert "zrbase" in failed.value.log
    assert install.record_of(case.folder)["versions"] == {"zrfeature": "1.5"}
    assert case.left() == ["packages"]


def test_what_qgis_has_too_old_is_not_replaced(case: Case) -> None:
    wheel(case.qgis.parent / "old", "zrfeature", "0.5")
    with zipfile.ZipFile(case.qgis.parent / "old" / "zrfeature-0.5-py3-none-any.whl") as archive:
        archive.extractall(case.qgis)
    importlib.invalidate_caches()
    with pytest.raises(install.Failure) as failed:
        case.install()
    assert failed.value.key == "deps.too_old"
    assert failed.value.args_ == {"packages": "zrfeature 0.5 < 1.0"}
    assert case.said == []  # pip was not even started
    assert not case.folder.exists()


def test_what_cannot_be_imported_is_thrown_away(case: Case) -> None:
    case.install()
    wheel(case.wheels, "zrfeature", "1.6", "raise ImportError('libgeos is missing')\n")
    with pytest.raises(install.Failure) as failed:
        case.install()
    assert failed.value.key == "deps.broken"
    assert "libgeos is missing" in failed.value.args_["reason"]
    assert install.record_of(case.folder)["versions"] == {"zrfeature": "1.5"}


def test_nothing_to_be_had(case: Case) -> None:
    for file in case.wheels.glob("zrfeature*"):
        file.unlink()
    with pytest.raises(install.Failure) as failed:
        case.install()
    assert failed.value.key == "deps.no_match"
    assert "zrfeature" in failed.value.args_["reason"]
    assert case.left() == []


def test_no_network(case: Case) -> None:
    """An index that refuses connections, on this machine."""
    extra = ("--isolated", "--index-url", "http://127.0.0.1:9/simple", "--retries", "1")
    with pytest.raises(install.Failure) as failed:
        case.install(extra=extra)
    assert failed.value.key == "deps.offline"


def test_cancelling_leaves_nothing_and_ends_pip(case: Case) -> None:
    started: list[subprocess.Popen[str]] = []
    original = subprocess.Popen

    class Watched(original):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            started.append(self)

    def stop(done: float, note: str) -> None:
        raise Cancelled

    subprocess.Popen = Watched  # type: ignore[misc]
    try:
        with pytest.raises(Cancelled):
            case.install(progress=stop)
    finally:
        subprocess.Popen = original  # type: ignore[misc]
    [pip] = started
    assert pip.poll() is not None
    assert case.left() == []


def test_no_source_packages_and_no_shell(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source package would run its own code while it is built."""
    seen: list[Any] = []
    original = subprocess.Popen

    def watched(command: Any, **kwargs: Any) -> Any:
        seen.append((command, kwargs))
        return original(command, **kwargs)

    monkeypatch.setattr(install.subprocess, "Popen", watched)
    case.install()
    command, kwargs = seen[0]
    assert isinstance(command, list)
    assert not kwargs.get("shell")
    assert "--only-binary=:all:" in command
    assert "PYTHONPATH" not in kwargs["env"]


def test_uninstall(case: Case) -> None:
    case.install()
    path.provide(case.folder)
    path.withdraw(case.folder)
    install.uninstall(case.folder)
    assert not case.folder.exists()
    assert not path.provide(case.folder)
    install.uninstall(case.folder)  # a second time is no error


def test_a_folder_for_another_qgis_is_not_used(case: Case) -> None:
    case.install()
    record_file = case.folder / install.RECORD
    record = json.loads(record_file.read_text())
    assert record["qgis"] == {"zrbase": "1.0"}
    for changed in ({"python": [3, 8]}, {"qgis": {"zrbase": "0.9"}}):
        record_file.write_text(json.dumps({**record, **changed}))
        with pytest.raises(path.Stale):
            path.provide(case.folder)
        assert str(case.folder) not in sys.path
    record_file.write_text("{broken")
    assert not path.provide(case.folder)


# -- interpreter and floors -----------------------------------------------------------------------


def test_the_interpreter_is_found_here() -> None:
    found = python.find()
    done = subprocess.run(
        [found, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True
    )
    assert done.stdout.strip() == str(sys.version_info[:2])


@pytest.mark.parametrize(
    ("executable", "prefix", "where", "windows"),
    [
        ("bin/qgis-bin.exe", "apps/Python312", "apps/Python312/python.exe", True),
        ("bin/qgis-ltr-bin.exe", "gone", "bin/python3.exe", True),
        ("Contents/MacOS/QGIS", "Contents/Frameworks", "Contents/MacOS/bin/python3", False),
        ("Contents/MacOS/QGIS", "Contents/Resources", "Contents/MacOS/python3", False),
        ("usr/bin/qgis", "usr", "usr/bin/python3", False),
        ("usr/bin/python3", "usr", "usr/bin/python3", False),
    ],
)
def test_layouts(tmp_path: Path, executable: str, prefix: str, where: str, windows: bool) -> None:
    """QGIS itself is never taken for an interpreter: that would open another QGIS."""
    for name in {executable, where}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    found = list(python.candidates(str(tmp_path / executable), (str(tmp_path / prefix),), windows))
    assert found[0] == tmp_path / where
    assert not any("qgis" in file.name.lower() for file in found)


def test_an_interpreter_without_pip_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "python3"
    fake.write_text("#!/bin/sh\necho {}.{}\nexit 1\n".format(*sys.version_info[:2]))
    fake.chmod(0o755)
    monkeypatch.setattr(python, "candidates", lambda: iter([fake]))
    with pytest.raises(python.NoPython) as missing:
        python.find()
    assert missing.value.key == "deps.no_pip"
    monkeypatch.setattr(python, "candidates", lambda: iter([]))
    with pytest.raises(python.NoPython) as missing:
        python.find()
    assert missing.value.key == "deps.no_python"


def test_floors_are_those_of_the_package() -> None:
    text = (Path(zonerules.__file__).parent / "pyproject.toml").read_text(encoding="utf-8")
    listed = dict(re.findall(r'^    "([a-z\d]+)>=([\d.]+)', text, re.MULTILINE))
    for name, floor in needs.FLOORS.items():
        assert listed[name] == floor, name


def test_versions_are_compared_by_number() -> None:
    assert needs.older("1.9", "1.10")
    assert needs.older("0.7.1", "0.7.2")
    assert not needs.older("2.0.0", "2.0")
    assert not needs.older("2.0rc1", "2.0")
    assert needs.pins({"numpy": "1.24.2", "pyproj": "3.4.1+ds"}, ["numpy", "pyproj", "gone"]) == [
        "numpy==1.24.2"
    ]


# -- the dialog -----------------------------------------------------------------------------------


@pytest.fixture
def offered(plugin: Any, case: Case, monkeypatch: pytest.MonkeyPatch) -> Any:
    for module in (gate, part):
        monkeypatch.setattr(module, "folder", lambda: case.folder)
    made = plugin._parts[part.DepsPart]
    made.extra = case.extra
    return made


def test_nothing_is_started_before_the_button(
    window: Any, offered: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a process was started without being asked for")

    monkeypatch.setattr(subprocess, "Popen", never)
    monkeypatch.setattr(subprocess, "run", never)
    window.window.findChild(QAction, "zonerules_deps.menu").trigger()
    offered.offer(["zrfeature"])
    dialog = offered.dialog
    text = dialog.view.toPlainText()
    for word in ("MB", "PyPI", str(offered.dialog._folder), "Remove", "QPIP", "unavailable"):
        assert word in text, word
    assert dialog.cancel.isDefault()
    assert not dialog.install.autoDefault()
    dialog.cancel.click()
    assert not dialog.isVisible()
    assert offered.task is None


def test_another_part_may_ask(plugin: Any, offered: Any) -> None:
    plugin.host.packagesWanted.emit(["zrfeature"])
    assert offered.dialog.names == ["zrfeature"]
    assert offered.dialog.install.isVisibleTo(offered.dialog)


def wait_for(done: Any) -> None:
    for _ in range(600):
        QTest.qWait(50)
        if done():
            return
    raise AssertionError("it did not end")


def test_install_and_remove_by_the_buttons(offered: Any, case: Case) -> None:
    offered.offer(["zrfeature"])
    dialog = offered.dialog
    dialog.install.click()
    assert not dialog.install.isEnabled()
    wait_for(lambda: offered.task is None)
    assert "Installed: zrfeature 1.5" in dialog.view.toPlainText()
    assert str(case.folder) in sys.path
    assert not dialog.install.isVisibleTo(dialog)
    dialog.remove.click()
    assert "Removed" in dialog.view.toPlainText()
    assert not case.folder.exists()
    assert str(case.folder) not in sys.path


def test_a_failure_is_told_in_one_line(offered: Any, case: Case) -> None:
    for file in case.wheels.glob("zrfeature*"):
        file.unlink()
    offered.offer(["zrfeature"])
    offered.dialog.install.click()
    wait_for(lambda: offered.task is None)
    assert "no version for this computer" in offered.dialog.view.toPlainText()
    assert offered.dialog.install.isEnabled()


def test_stop_stops(offered: Any, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(names: Any, extra: Any, *, progress: Any) -> Any:
        while True:
            progress(0.1, "")

    monkeypatch.setattr(part, "install_for", endless)
    offered.offer(["zrfeature"])
    offered.dialog.install.click()
    QTest.qWait(100)
    offered.dialog.cancel.click()
    wait_for(lambda: offered.task is None)
    assert "nothing was installed" in offered.dialog.view.toPlainText()
    assert offered.dialog.isVisible()


def test_what_is_installed_is_taken_in_when_it_is_needed(offered: Any, case: Case) -> None:
    case.install()
    assert str(case.folder) not in sys.path
    assert gate.lacks(["zrfeature"]) == []
    assert str(case.folder) in sys.path
