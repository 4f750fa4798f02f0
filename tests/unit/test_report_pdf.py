"""The extract as PDF: text that comes out again in order, the font, bytes that do not change."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import zonerules
from zonerules.jobs.answer import BadInput
from zonerules.jobs.cli import main
from zonerules.jobs.report import Extract, extract
from zonerules.jobs.report import fonts as font_files
from zonerules.jobs.report.flowing import lines

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("fpdf", reason="PDF needs the extra pdf (Python 3.10)")
pypdf = pytest.importorskip("pypdf")

MADE = "2026-01-02T03:04:05+00:00"
ASKED = {"date": "2017-11-20", "activity": "operate-non-road-machinery"}
NAME = '<b>甲</b> & "乙"\n😀' + "很长的名字" * 20


def chinese_font() -> font_files.Font | None:
    try:
        return font_files.find()
    except BadInput:
        return None


FONT = chinese_font()
needs_font = pytest.mark.skipif(FONT is None, reason="no Chinese font on this machine")


@pytest.fixture(scope="module")
def found() -> Extract:
    catalogue = zonerules.open()
    return extract(catalogue, catalogue.at(113.69, 34.735, **ASKED), name=NAME, made=MADE)


@pytest.fixture(scope="module")
def whole(found: Extract) -> bytes:
    return found.pdf()


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@needs_font
def test_every_text_comes_out_again_in_its_order(found: Extract, whole: bytes) -> None:
    # running heads and feet stand between the pages
    pages = pypdf.PdfReader(io.BytesIO(whole)).pages
    text = squeezed("\n".join(page.extract_text() for page in pages))
    at = 0
    for section in found.sections:
        title = squeezed(section.title)
        assert title in text[at:], section.title
        at = text.index(title, at) + len(title)
    rule = squeezed("不得使用国Ⅰ及以下的非道路移动机械")
    assert rule in text
    for wanted in (found.number, MADE, "〔管政〔2017〕98号21〕", "区环境保护局", "不是官方文件"):
        assert wanted in text
    count = len(pages)
    assert f"第{count}页，共{count}页" in text


@needs_font
def test_the_font_is_a_subset_inside_the_file(whole: bytes) -> None:
    fonts = set()
    for page in pypdf.PdfReader(io.BytesIO(whole)).pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            told = font.get_object()
            inner = told["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner)
            fonts.add((re.match(r"^/[A-Z]{6}\+", told["/BaseFont"]) is not None, bool(embedded)))
    assert fonts == {(True, True)}
    assert len(whole) < 400_000, "a subset, not the megabytes of the font"


@needs_font
def test_what_the_font_lacks_is_told_by_its_number_never_a_box(whole: bytes) -> None:
    text = squeezed(text_of(whole))
    assert "[U+1F600]" in text
    assert '<b>甲</b>&"乙"' in text
    assert "\ufffd" not in text and "\x00" not in text


@needs_font
def test_the_file_says_what_it_is(found: Extract, whole: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(whole))
    assert found.number in reader.metadata.title
    assert reader.metadata.creation_date.isoformat() == MADE
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    marks = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert len(marks) == 1, "one extract, its sections below it"


@needs_font
@pytest.mark.thorough
def test_the_same_question_gives_the_same_bytes_in_another_process(
    tmp_path: Path, monkeypatch: Any
) -> None:
    """Hashes of texts differ from process to process: nothing may hang on their order."""
    args = ["report", "113.69", "34.735", "--date", "2017-11-20", "--activity"]
    args += ["operate-non-road-machinery", "--lang", "en", "-o"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    command = [sys.executable, "-m", "zonerules", *args, str(tmp_path / "a.pdf")]
    subprocess.run(command, check=True, capture_output=True)
    assert main([*args, str(tmp_path / "b.pdf")]) == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@needs_font
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_character_is_drawn_that_the_cut_font_lacks(
    found: Extract, lang: str, caplog: pytest.LogCaptureFixture
) -> None:
    again = extract(found.catalogue, found.answer, lang=lang, name="丂𠀀✖⚡™\u3000é", made=MADE)
    with caplog.at_level("WARNING"):
        content = again.pdf()
    assert not [record for record in caplog.records if "missing" in record.getMessage()]
    assert text_of(content).count("\u25a1") == 0


# -- fonts ----------------------------------------------------------------------------------------


@needs_font
def test_the_face_for_simplified_chinese_is_taken() -> None:
    from fontTools.ttLib import TTCollection, TTFont

    assert FONT is not None
    if FONT.path.suffix == ".ttc":
        face = TTCollection(str(FONT.path), lazy=True).fonts[FONT.face]
    else:
        face = TTFont(str(FONT.path), lazy=True)
    if "CJK" in FONT.path.name:
        assert face["name"].getDebugName(4) in ("Noto Sans CJK SC", "Noto Serif CJK SC")
    assert all(ord(char) in FONT.characters for char in "规则禁止〔〕①Ⅰ")


def test_without_a_font_it_says_how_to_come_by_one(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(font_files, "_folders", lambda: iter([tmp_path]))
    monkeypatch.delenv("ZONERULES_FONT", raising=False)
    with pytest.raises(BadInput, match=r"fonts-noto-cjk.*--font FILE") as caught:
        font_files.find()
    assert "方框" in caught.value.args[0].zh


def test_a_font_that_is_none_or_has_no_chinese_is_refused(tmp_path: Path, capsys: Any) -> None:
    rubbish = tmp_path / "x.ttf"
    rubbish.write_bytes(b"ttcf\x00\x01" + b"\xff" * 40)
    for path, said in ((rubbish, "not a font with Chinese"), (tmp_path / "no.ttf", "no such file")):
        status = main(
            ["report", "113.69", "34.735", "-o", str(tmp_path / "x.pdf"), "--font", str(path)]
        )
        assert status == 2
        error = capsys.readouterr().err
        assert f"--font {path}" in error and said in error and error.count("\n") == 1
    assert not (tmp_path / "x.pdf").exists()


# -- lines ----------------------------------------------------------------------------------------


def ems(text: str) -> float:
    return sum(1.0 if char > "\u2e80" else 0.5 for char in text)


def test_no_line_begins_with_a_closing_or_ends_with_an_opening_sign() -> None:
    text = "工业企业（含“散乱污”企业），应当停产；逾期的，依法关停（第4条）。" * 3
    for room in range(4, 30):
        broken = lines(text, room, ems)
        assert "".join(broken) == text
        assert all(line[0] not in "，；。）”" for line in broken)
        assert all(line[-1] not in "（“" for line in broken)
        # a sign that clings to a character may stand out by what clings to it
        assert all(ems(line) <= room for line in broken)


def test_words_stay_whole_unless_they_are_longer_than_a_line() -> None:
    text = "the machinery ban at 113.69, 34.735 " + "x" * 40
    broken = lines(text, 10, ems)
    assert all(ems(line) <= 10 for line in broken)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert broken[0] == "the machinery ban at"
    assert lines("", 10, ems) == [""]
