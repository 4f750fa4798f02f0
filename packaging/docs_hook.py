"""What MkDocs does not know of this project's pages: called by it, see ``hooks`` in mkdocs.yml.

The pages of ``docs/`` read well on a code host as they lie there. For the site they are copied to a
scratch folder: the language link on top goes (the site's header has one for every page), links to
``x.en.md`` become links to ``x.md`` (the site finds the language), links out of ``docs/`` lead to
the repository. The reference pages are written beside them from the program itself.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

from zonerules.jobs.webmap.assets import assets
from zonerules.packaging.reference import filled
from zonerules.packaging.reference.words import untold

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
# between two Chinese signs, or after Chinese punctuation where no list begins
INSIDE = re.compile(
    r"(?<=[\u4e00-\u9fff])\n *(?=[\u4e00-\u9fff“《（])"
    r"|(?<=[，。；：、！？）》”])\n *(?=[\u4e00-\u9fff“《（A-Za-z`\[]|\d(?!\d*\. )|\*\*)"
)
ENGLISH = "en"  # the folder of the English pages in the site
BASE = re.compile(r'("base": )"[./]*"')  # in the settings that the theme gives its script
LOG = logging.getLogger("mkdocs.hooks.zonerules")  # warnings end a strict build
LANGUAGE_LINK = re.compile(r"^\[(?:中文|English)\]\([\w.-]+\.md\)\n\n?", re.MULTILINE)
LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)#\s]+)")

_scratch: tempfile.TemporaryDirectory[str] | None = None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build from the scratch folder; made once, though each language has its own round."""
    global _scratch
    if _scratch is None:
        _scratch = tempfile.TemporaryDirectory(prefix="zonerules-docs-")
        stage(Path(_scratch.name), config.extra["repository"])
    config.docs_dir = _scratch.name
    return config


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let English pages look for the search index under ``en/``, see ``on_post_build``."""
    if not page.file.url.startswith(f"{ENGLISH}/"):
        return output
    depth = page.file.url.count("/") - 1
    base = "/".join([".."] * depth) or "."
    return BASE.sub(lambda found: found[1] + json.dumps(base), output, count=1)


@event_priority(-200)  # when the search of all languages lies there, as JSON and as a script
def on_post_build(config: MkDocsConfig) -> None:
    """Give each language a search index of its own: nobody looks for every page twice."""
    site = Path(config.site_dir)
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    english, chinese = [], []
    for entry in index["docs"]:
        place = entry["location"]
        if place.startswith(f"{ENGLISH}/"):
            english.append({**entry, "location": place[len(ENGLISH) + 1 :]})
        else:
            chinese.append(entry)
    if not (english and chinese):
        return  # a round of one language; the last of all holds both
    for folder, entries in ((site, chinese), (site / ENGLISH, english)):
        text = json.dumps({**index, "docs": entries}, ensure_ascii=False, separators=(",", ":"))
        (folder / "search").mkdir(exist_ok=True)
        (folder / "search" / "search_index.json").write_text(text, "utf-8")
        (folder / "search" / "search_index.js").write_text(f"var __index = {text}", "utf-8")


def on_shutdown() -> None:
    """Leave nothing behind."""
    global _scratch
    if _scratch is not None:
        _scratch.cleanup()
        _scratch = None


def stage(folder: Path, repository: str) -> None:
    """Copy ``docs/`` into ``folder``, ready for the site."""
    shutil.copytree(DOCS, folder, dirs_exist_ok=True)
    for page in sorted(folder.rglob("*.md")):
        lang = "en" if page.name.endswith(".en.md") else "zh"
        text = for_site(page.read_text("utf-8"), page.relative_to(folder), repository)
        page.write_text(filled(text if lang == "en" else joined(text), lang), "utf-8")
    shutil.copy(ROOT / "plugin" / "icons" / "zonerules.svg", folder / "assets")
    shim = assets(tests=True)["iframe-worker.js"]  # of no use to anything that is installed
    (folder / "assets" / "iframe-worker.js").write_bytes(shim)
    for text in sorted(untold):
        LOG.warning("no Chinese for %r in packaging/reference/words.json", text)


def joined(text: str) -> str:
    """A Chinese page without line ends inside its sentences, which a browser shows as spaces."""
    parts = FENCE.split(text)
    parts[::2] = [INSIDE.sub("", part) for part in parts[::2]]
    return "".join(parts)


def for_site(text: str, place: Path, repository: str) -> str:
    """The Markdown of the page at ``place`` in ``docs/`` as the site wants it."""

    def goal(found: re.Match[str]) -> str:
        target = found[1]
        file = (DOCS / place).parent / target
        if not file.resolve().is_relative_to(DOCS):
            return f"{repository}/blob/main/{file.resolve().relative_to(ROOT).as_posix()}"
        return re.sub(r"\.en\.md$", ".md", target)

    return LINK.sub(goal, LANGUAGE_LINK.sub("", text, count=1))
