"""The Content-Security-Policy of a page: what it holds may run, by its SHA-256, nothing else."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PLACEHOLDER", "with_policy"]

PLACEHOLDER = "zonerules-policy"
DATA = "application/json"


class _Inline(HTMLParser):
    """Collects what stands in `script` and `style` elements that a browser would obey."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, list[str]] = {"script": [], "style": []}
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if any(name.startswith("on") for name in given) or "src" in given or "style" in given:
            raise ValueError(f"<{tag}> has {', '.join(sorted(given))}")
        if tag in self.found and given.get("type") != DATA:
            self._open = tag
            self.found[tag].append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[self._open][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = None


def with_policy(page: str, image_hosts: Iterable[str] = ()) -> str:
    """The page with its policy in the place of PLACEHOLDER, which comes before anything else.

    `image_hosts` are where tiles may be asked for. Raises ValueError for a page with inline
    handlers or styles, or with anything loaded from elsewhere.
    """
    page = page.replace("\r\n", "\n").replace("\r", "\n")  # as a browser reads it
    reader = _Inline()
    reader.feed(page)
    reader.close()
    scripts, styles = (_hashes(reader.found[tag]) for tag in ("script", "style"))
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            f"style-src {styles}",
            " ".join(["img-src data:", *image_hosts]),
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return page.replace(PLACEHOLDER, policy, 1)


def _hashes(texts: list[str]) -> str:
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    told = dict.fromkeys(f"'sha256-{base64.b64encode(one).decode('ascii')}'" for one in digests)
    return " ".join(told) or "'none'"
