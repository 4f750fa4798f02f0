"""The tutorials of the three users are true: what their pages run says what they print.

Every ``sh`` and ``python`` block runs in the order of the page, in one folder that begins with the
tutorial's files. Each line of a ``text`` block must stand in what the block before it printed;
``…`` stands for anything. A first line ``zonerules: …`` is an error, so its command must fail.
``console`` blocks were run by a person, because they take long or need a window.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from collections import Counter
from pathlib import Path

import pytest

from zonerules.jobs.cli import main
from zonerules.layers.catalogue.load import load

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("sh", "pip", "cd")  # commands for a shell, tested where they belong
TUTORIALS = ("tutorial-planner", "tutorial-table", "tutorial-webmap")
# the English twin of the web map's prints nothing else
PAGES = [f"{name}{lang}.md" for name in TUTORIALS for lang in ("", ".en")][:-1]


def blocks(page):
    """[(kind, body, lines that must be printed)] of what runs on a page."""
    found = []
    for kind, body in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
        if kind in ("sh", "python"):
            found.append((kind, body, []))
        elif kind == "text":
            found[-1][2].extend(line for line in body.splitlines() if line.strip())
    return found


def run(line):
    """One line of a ``sh`` block: what it prints and its status."""
    words = shlex.split(line, comments=True)
    if not words or words[0] in ELSEWHERE:
        return "", 0
    if words[0] == "cp":
        shutil.copy(*words[1:])
        return "", 0
    assert words[0] == "zonerules", line
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        status = main(words[1:])
    return told.getvalue(), status


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def stands_in(line, printed):
    """Whether a printed line holds the parts of ``line`` between its ``…`` in their order."""
    parts = [re.escape(plain(part)) for part in line.split("…")]
    return any(re.search(".*".join(parts), plain(one)) for one in printed)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the tutorial's files, to work in."""
    shutil.copytree(DOCS / "tutorial", tmp_path / "docs" / "tutorial")
    monkeypatch.chdir(tmp_path)
    for name in ("ZONERULES_DATA", "ZONERULES_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "400")  # no line is cut
    return tmp_path


# both languages of a page run the same commands
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=pytest.mark.thorough) if page.endswith(".en.md") else page
        for page in PAGES
    ],
)
def test_what_a_page_runs_says_what_it_shows(page, folder):
    for module in ("pyarrow", "shapely", "openpyxl", "geopandas"):
        pytest.importorskip(module)
    names = {}
    for kind, body, expected in blocks(page):
        if kind == "python":
            told = io.StringIO()
            with contextlib.redirect_stdout(told):
                exec(body, names)  # the page's own code
            printed = told.getvalue()
        else:
            done = [run(line) for line in body.splitlines()]
            printed = "".join(told for told, _ in done)
            wrong = bool(expected) and expected[0].startswith("zonerules: ")
            assert [status for _, status in done] == [2 if wrong else 0] * len(done), printed
        missing = [line for line in expected if not stands_in(line, printed.splitlines())]
        assert not missing, (body, missing, printed)


@pytest.mark.parametrize("page", TUTORIALS)
def test_both_languages_run_the_same(page):
    """The English page runs the Chinese page's commands; only language and title may differ."""
    chinese, english = (
        [
            [re.sub(r" --(lang|title) \S+", "", line) for line in body.splitlines()]
            for kind, body, _ in blocks(name)
            if kind == "sh"
        ]
        for name in (f"{page}.md", f"{page}.en.md")
    )
    assert chinese == english


@pytest.mark.parametrize("page", ["accuracy.md", "accuracy.en.md"])
def test_zones_are_counted_as_the_page_says(page):
    zones = load(golden=False)["zones"].values()
    text = (DOCS / page).read_text(encoding="utf-8")
    told = dict(re.findall(r"^\|[^|]*`(\w+)` \| (\d+) \|", text, re.MULTILINE))
    assert {basis: int(count) for basis, count in told.items()} == Counter(
        zone["basis"] for zone in zones
    )
    assert f" {len(zones)} " in text
