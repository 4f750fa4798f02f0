"""The plot of monthly targets, as the examples of the command line ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zonerules.jobs.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.thorough
@pytest.mark.parametrize("chosen", [(), ("--quantity", "pm25_mean"), ("--zone", "zmd-xiping")])
def test_any_choice_of_monthly_targets_is_drawn(chosen: tuple[str, ...], tmp_path: Path) -> None:
    target = tmp_path / "目标.png"
    assert main(["targets", *chosen, "--plot", str(target), "--lang", "en"]) == 0
    assert target.read_bytes().startswith(b"\x89PNG")
    assert list(tmp_path.iterdir()) == [target]


def test_an_unknown_kind_of_image_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.xyz"
    chosen = ["targets", "--quantity", "pm25_mean", "--lang", "en"]
    assert main([*chosen, "--plot", str(target)]) == 2
    assert "xyz" in capsys.readouterr().err and not list(tmp_path.iterdir())
