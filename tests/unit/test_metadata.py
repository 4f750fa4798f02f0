"""metadata.txt: what the plugin repository requires and QGIS's own parser reads."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

import zonerules

ROOT = Path(__file__).resolve().parents[2]
# what plugins.qgis.org insists on, then what it shows beside it
REQUIRED = ["name", "qgisMinimumVersion", "description", "about", "version", "author", "email"]
REQUIRED += ["repository", "homepage", "tracker", "category", "tags", "icon", "changelog"]


@pytest.fixture(scope="module")
def general() -> dict[str, str]:
    parser = configparser.ConfigParser()  # with interpolation, as in QGIS: a lone % would raise
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    assert parser.sections() == ["general"]
    return dict(parser.items("general"))


@pytest.mark.parametrize("key", REQUIRED)
def test_required_fields_are_filled(general: dict[str, str], key: str) -> None:
    assert general[key].strip()


def test_version_is_the_packages(general: dict[str, str]) -> None:
    assert general["version"] == zonerules.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", general["version"])


def test_changelogs_name_the_version(general: dict[str, str]) -> None:
    assert general["changelog"].startswith(zonerules.__version__)
    assert f"\n## {zonerules.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_versions_of_qgis(general: dict[str, str]) -> None:
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"


def test_flags_are_words_that_qgis_reads(general: dict[str, str]) -> None:
    assert general["experimental"] == "True"
    assert general["deprecated"] == "False"
    assert general["supportsQt6"] == "True"  # test_qt6.py looks the names up
    assert general["hasProcessingProvider"] in {"yes", "no"}


def test_provider_is_announced_when_there_is_one(general: dict[str, str]) -> None:
    sources = (file.read_text(encoding="utf-8") for file in (ROOT / "plugin").rglob("*.py"))
    has_one = any("QgsProcessingProvider" in text for text in sources)
    assert general["hasProcessingProvider"] == ("yes" if has_one else "no")


def test_description_and_about_hold_no_markup(general: dict[str, str]) -> None:
    for key in ("description", "about"):
        assert not re.search(r"<[a-zA-Z/]", general[key]), key
    assert len(general["description"]) < 120


def test_tags_are_english(general: dict[str, str]) -> None:
    tags = [tag.strip() for tag in general["tags"].split(",")]
    assert all(tag and tag.isascii() for tag in tags)
    assert len(tags) == len(set(tags))


def test_category_is_one_of_qgis_menus(general: dict[str, str]) -> None:
    assert general["category"] in {"Vector", "Raster", "Database", "Web", "Mesh"}


def test_icon_is_there(general: dict[str, str]) -> None:
    assert (ROOT / general["icon"]).is_file()


def test_addresses_agree_with_pyproject(general: dict[str, str]) -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for key in ("repository", "homepage", "tracker", "email", "author"):
        assert f'"{general[key]}"' in project, key
