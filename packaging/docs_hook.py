"""What MkDocs does not know of this project's pages: called by it, see ``hooks`` in mkdocs.yml.

The pages of ``docs/`` read well on a code host as they lie there. For the site they are copied to a
scratch folder: the language link on top goes (the site's header has one for every page), links to
``x.en.md`` become links to ``x.md`` (the site finds the language), links out of ``docs/`` lead to
the repository. The reference pages are written beside them from the program itself.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from zonerules.jobs.webmap.assets import assets
from zonerules.packaging.reference import filled
from zonerules.packaging.reference.words import untold

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
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
        page.write_text(filled(text, lang), "utf-8")
    shutil.copy(ROOT / "plugin" / "icons" / "zonerules.svg", folder / "assets")
    shim = assets(tests=True)["iframe-worker.js"]  # of no use to anything that is installed
    (folder / "assets" / "iframe-worker.js").write_bytes(shim)
    for text in sorted(untold):
        LOG.warning("no Chinese for %r in packaging/reference/words.json", text)


def for_site(text: str, place: Path, repository: str) -> str:
    """The Markdown of the page at ``place`` in ``docs/`` as the site wants it."""

    def goal(found: re.Match[str]) -> str:
        target = found[1]
        file = (DOCS / place).parent / target
        if not file.resolve().is_relative_to(DOCS):
            return f"{repository}/blob/main/{file.resolve().relative_to(ROOT).as_posix()}"
        return re.sub(r"\.en\.md$", ".md", target)

    return LINK.sub(goal, LANGUAGE_LINK.sub("", text, count=1))
