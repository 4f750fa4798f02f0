"""The generated styles are those of the palette, the same on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from zonerules.jobs.styles import make as styles

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "styles"
GENERATED = STYLES / "generated"


@pytest.fixture(scope="module")
def palette():
    return json.loads((STYLES / "palette.json").read_text(encoding="utf-8"))


def test_the_committed_files_are_what_the_palette_gives():
    made = styles.generate(*styles.read())
    there = {file.name: file.read_bytes() for file in GENERATED.iterdir()}
    assert sorted(made) == sorted(there)
    differ = [name for name, text in made.items() if text.encode("utf-8") != there[name]]
    assert differ == [], "run: python -m zonerules.jobs.styles.make"


def test_writing_replaces_everything_and_takes_old_files_away(tmp_path):
    home = tmp_path / "styles"
    (home / "icons").mkdir(parents=True)
    for icon in (STYLES / "icons").glob("*.svg"):
        (home / "icons" / icon.name).write_bytes(icon.read_bytes())
    text = (STYLES / "palette.json").read_text(encoding="utf-8")
    (home / "palette.json").write_text(text.replace("#f6c7b6", "#123456"), encoding="utf-8")
    (home / "generated").mkdir()
    (home / "generated" / "old.qml").write_text("", encoding="utf-8")
    names = styles.main(home)
    assert "old.qml" not in {file.name for file in (home / "generated").iterdir()}
    changed = [
        name
        for name in names
        if (home / "generated" / name).read_bytes() != (GENERATED / name).read_bytes()
    ]
    assert changed == [
        "legend.en.svg",
        "legend.zh.svg",
        "web.json",
        "zones_machinery_ban.qml",
        "zones_machinery_ban.sld",
    ]
    qml = (home / "generated" / "zones_machinery_ban.qml").read_text(encoding="utf-8")
    assert f"{0x12},{0x34},{0x56}," in qml
    assert "#123456" in (home / "generated" / "zones_machinery_ban.sld").read_text("utf-8")


def test_every_kind_of_zone_and_source_of_the_catalogue_has_a_look(palette):
    import zonerules

    data = zonerules.open().data
    assert {zone["kind"] for zone in data["zones"].values()} <= set(palette["zones"])
    assert {zone["basis"] for zone in data["zones"].values()} <= set(palette["basis"])
    assert sorted(palette["zone_order"]) == sorted(palette["zones"])
    located = {row["kind"] for row in data["sources"] if row.get("location")}
    assert located <= set(palette["sources"])
    icons = {look["icon"] for look in palette["sources"].values()}
    icons |= {look["icon"] for look in palette["outcome"].values()}
    assert icons <= {file.name for file in (STYLES / "icons").glob("*.svg")}


def test_web_style_holds_the_colours_and_the_icons(palette):
    web = json.loads((GENERATED / "web.json").read_text(encoding="utf-8"))
    assert set(web["zones"]) == set(palette["zones"])
    for kind, look in palette["zones"].items():
        assert web["zones"][kind]["core"]["fillColor"] == look["fill"]
        assert web["zones"][kind]["nominal"]["color"] == look["stroke"]
    assert web["zones"]["administrative_unit"]["core"]["fillOpacity"] == 0
    ban = web["zones"]["machinery_ban"]
    assert ban["core"]["fillOpacity"] > ban["extent"]["fillOpacity"] > 0
    assert ban["extent"]["dashArray"]
    assert web["lines"]["documented"]["dashArray"] is None
    assert web["lines"]["assumed"]["dashArray"] == "6 4"
    assert all(
        look["icon"].startswith("data:image/svg+xml;base64,") for look in web["sources"].values()
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_legend_names_everything_in_its_language(palette, lang):
    root = ET.fromstring((GENERATED / f"legend.{lang}.svg").read_text(encoding="utf-8"))
    words = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    for part in ("zones", "sources", "outcome", "lines", "roles", "boundary"):
        for name, look in palette[part].items():
            if (part, name) != ("roles", "nominal"):  # shown by its dashes
                assert look["label"][lang] in words, (part, name)


def test_styles_hold_no_path_of_a_machine():
    for file in GENERATED.iterdir():
        text = file.read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert "file:" not in text
        assert "http://" not in text.replace("http://www.opengis.net", "").replace(
            "http://www.w3.org", ""
        ).replace("http://mrcc.com", "")
