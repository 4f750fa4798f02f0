"""Errors of the command line: in the language that was chosen, in both if none was."""

from __future__ import annotations

import re
from typing import Any

import pytest

from zonerules.jobs.cli import main

WRONG = [
    (("at", "113", "34", "--date", "xx"), "expected YYYY-MM-DD", "应为 YYYY-MM-DD"),
    (("at", "113"), "Missing argument 'LAT'", "缺少参数 LAT"),
    (("at", "x", "34"), "'x' is not a number", "'x' 不是数"),
    (("sources", "--kind", "nix"), "--kind nix: not in", "--kind nix：规则库中没有"),
    (("targets", "--zone", "nix"), "--zone nix: no target", "--zone nix：没有"),
    (("rules", "--changes", "x"), "expected FROM..TO", "应为 起..止"),
    (("zones", "--data", "/nix"), "--data /nix: no such folder", "--data /nix：没有这个文件夹"),
    (("export", "-o", "x.doc"), "the suffix decides", "格式由后缀决定"),
    (("check", "x.csv"), "-o is required", "缺少 -o"),
    (("report", "113", "34"), "-o is required", "缺少 -o"),
    (("diff", "/nix", "/nix"), "no such file or folder", "没有这个文件或文件夹"),
]


@pytest.mark.parametrize(("args", "en", "zh"), WRONG)
def test_an_error_is_in_the_language_chosen(
    args: tuple[str, ...], en: str, zh: str, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.delenv("ZONERULES_LANG", raising=False)

    def said(*more: str) -> str:
        assert main([*args, *more]) == 2
        error = str(capsys.readouterr().err)
        assert error.count("\n") == 1
        return error

    chinese, english, both = said("--lang", "zh"), said("--lang=en"), said()
    assert zh in chinese and en not in chinese
    assert en in english and not re.search("[\u4e00-\u9fff]", english)
    assert en in both and zh in both
    monkeypatch.setenv("ZONERULES_LANG", "zh")
    assert said() == chinese
