"""The check of the documentation notices what it is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zonerules.packaging import check_docs

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = "# 页\n\n[English](page.en.md)\n\n## 一\n\n```sh\n# 注释不是标题\n```\n"
ENGLISH = "# Page\n\n[中文](page.md)\n\n## One\n"


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is wrong with a page and its twin, given their texts; None for a page that is not."""
    monkeypatch.setattr(check_docs, "ROOT", tmp_path)

    def twins(chinese: str | None, english: str | None) -> list[str]:
        pages = (tmp_path / "page.md", tmp_path / "page.en.md")
        for page, text in zip(pages, (chinese, english)):
            page.unlink(missing_ok=True)
            if text is not None:
                page.write_text(text, "utf-8")
        return check_docs.twins(*pages)

    return twins


def test_twins_that_match_are_sound(found: Any) -> None:
    assert found(CHINESE, ENGLISH) == []


@pytest.mark.parametrize(
    ("chinese", "english", "told"),
    [
        (CHINESE, None, "there is no page.en.md"),
        (None, ENGLISH, "there is no page.md"),
        (CHINESE + "\n## 二\n", ENGLISH, "headings [1, 2, 2], page.en.md: [1, 2]"),
        (CHINESE, ENGLISH.replace("## One", "### One"), "headings [1, 2], page.en.md: [1, 3]"),
        (CHINESE, ENGLISH.replace("[中文](page.md)", ""), "no [中文](page.md)"),
        (CHINESE.replace("page.en.md", "other.en.md"), ENGLISH, "no [English](page.en.md)"),
    ],
)
def test_what_differs_is_told(
    found: Any, chinese: str | None, english: str | None, told: str
) -> None:
    (line,) = found(chinese, english)
    assert told in line


def test_a_link_to_nothing_and_to_no_heading_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_docs, "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# 页\n\n[a](b.md) [c](#页) [d](#e) [f](https://example.org)\n", "utf-8")
    assert check_docs.problems(page) == [
        "page.md: nothing at b.md",
        "page.md: no heading for #e",
    ]
