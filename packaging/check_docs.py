"""Check the written documentation: every relative link leads somewhere, every picture is sound,
shown on a page and small enough for a repository; every page of ``docs/`` is there in Chinese
(``x.md``) and English (``x.en.md``), each with the same headings and a link to the other on top.

Standard library only. Run as ``python packaging/check_docs.py``; the exit status is 1 when
something is wrong, with one line per finding.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PNG_HEAD, PNG_TAIL = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
MOST_BYTES = 120_000  # of a picture
LEVEL = re.compile(r"^(#+) ", re.MULTILINE)
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """Return the anchors GitHub makes of the headings: lower case, no punctuation, hyphens."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in kept}


def problems(page: Path) -> list[str]:
    """Return what is wrong with the links of one Markdown page."""
    found = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        if not goal.exists():
            found.append(f"{page.relative_to(ROOT)}: nothing at {target}")
        elif (
            anchor
            and goal.suffix == ".md"
            and anchor not in anchors(goal.read_text(encoding="utf-8"))
        ):
            found.append(f"{page.relative_to(ROOT)}: no heading for {target}")
    return found


def faults(picture: Path, shown: set[Path]) -> list[str]:
    """Return what is wrong with one picture; ``shown``: those that pages show."""
    name = picture.relative_to(ROOT)
    if picture.suffix == ".svg":
        try:
            ET.parse(picture)
        except ET.ParseError as error:
            return [f"{name}: {error}"]
        return []
    data = picture.read_bytes()
    found = []
    if not (data.startswith(PNG_HEAD) and data.endswith(PNG_TAIL)):
        found.append(f"{name}: no whole PNG")
    if len(data) > MOST_BYTES:
        found.append(f"{name}: {len(data)} bytes, more than {MOST_BYTES}")
    if picture not in shown:
        found.append(f"{name}: no page shows it")
    return found


def twins(chinese: Path, english: Path) -> list[str]:
    """Return what is wrong with a page and its twin."""
    name = chinese.relative_to(ROOT)
    for page, other in ((chinese, english), (english, chinese)):
        if not page.exists():
            return [f"{other.relative_to(ROOT)}: there is no {page.name}"]
    found = []
    texts = [FENCE.sub("", page.read_text(encoding="utf-8")) for page in (chinese, english)]
    for text, other, word in zip(texts, (english, chinese), ("English", "中文")):
        link = f"[{word}]({other.name})"
        if link not in text.splitlines()[:4]:
            found.append(f"{name} and its twin: no {link} under the title")
    levels = [[len(marks) for marks in LEVEL.findall(text)] for text in texts]
    if levels[0] != levels[1]:
        found.append(f"{name}: headings {levels[0]}, {english.name}: {levels[1]}")
    return found


def main() -> int:
    pages = sorted([*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob("docs/*/*.md")])
    pages = [page for page in pages if not page.relative_to(ROOT).parts[0].startswith(".")]
    folders = ("docs/*.svg", "docs/pictures/*", "plugin/icons/*.svg")
    pictures = sorted(picture for folder in folders for picture in ROOT.glob(folder))
    shown = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
    }
    found = [line for page in pages for line in problems(page)]
    found += [line for picture in pictures for line in faults(picture, shown)]
    for page in sorted({Path(str(page).replace(".en.md", ".md")) for page in pages}):
        if page.is_relative_to(ROOT / "docs"):
            found += twins(page, page.with_name(f"{page.stem}.en.md"))
    for line in found:
        print(line)
    print(f"{len(pages)} pages, {len(pictures)} pictures, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
