"""The text of `zonerules at` tells a unit once that several documents have as a zone."""

from __future__ import annotations

import json
from typing import Any

from zonerules.jobs.cli import main

ASKED = ["at", "113.69", "34.735", "--date", "2017-11-20"]


def test_a_unit_of_two_documents_is_told_once_with_both_ids(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    assert main([*ASKED, "--lang", "zh"]) == 0
    text = capsys.readouterr().out.replace("\n  ", "")
    assert text.count("郑州市（zz-city、zz-municipality）（距边界") == 1
    assert "郑州市（距边界" not in text
    assert main([*ASKED, "--json"]) == 0
    zones = [row["id"] for row in json.loads(capsys.readouterr().out)["zones"]]
    assert {"zz-city", "zz-municipality"} <= set(zones), "the answer itself has both"


def test_it_is_told_once_near_its_boundary_too(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    assert main([*ASKED, "--accuracy", "30000", "--lang", "en"]) == 0
    both = capsys.readouterr().out.replace("\n  ", " ")
    assert both.count("Zhengzhou City (zz-city, zz-municipality)") == 1
