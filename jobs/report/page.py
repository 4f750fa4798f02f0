"""The extract as HTML: one page by itself, without scripts, that a browser prints well on A4.

Jinja2 escapes whatever it writes; the Content-Security-Policy allows the page's own style sheet (by
its hash) and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..present import printable
from .drawing import to_svg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .blocks import Picture
    from .leaf import Leaf

__all__ = ["page"]

HERE = Path(__file__).resolve().parent


def page(extracts: Sequence[Leaf]) -> str:
    """The page of one extract, or of several in one language with a table of contents."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    first = extracts[0]
    head = first.head if len(extracts) == 1 else first.say["book"]
    style = _style(first.palette["outcome"]) + _margins(head, first)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    environment.globals["svg"] = _svg
    return environment.get_template("page.html").render(
        extracts=extracts,
        say=first.say,
        lang=first.lang,
        looks=first.palette["outcome"],
        style=_as_is(style),
        digest=digest,
    )


def _finalized(value: Any) -> Any:
    """Texts without control and direction marks; what is markup already stays as it is."""
    return printable(value) if type(value) is str else value


def _as_is(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _svg(picture: Picture, name: str) -> Any:
    return _as_is(to_svg(picture.drawing, picture.alt, name))


def _margins(head: str, first: Leaf) -> str:
    """What a browser prints above and below each page: title, place and day, number, pages."""
    page, pages = "\ue000", "\ue001"  # private characters stand where the browser counts
    told = first.say["page"].format(page=page, pages=pages)
    parts = [told.partition(page)[0], told.partition(page)[2].partition(pages)[0],
             told.partition(pages)[2]]  # fmt: skip
    count = f'"{_css(parts[0])}" counter(page) "{_css(parts[1])}" counter(pages) "{_css(parts[2])}"'
    return (
        f'@page{{@top-left{{content:"{_css(head)}"}}'
        f'@bottom-left{{content:"{_css(first.say["unofficial_short"])}"}}'
        f"@bottom-right{{content:{count}}}}}\n"
    )


def _css(text: str) -> str:
    """A text within quotes of a style sheet: whatever is no letter or digit as its code."""
    plain = printable(text)
    return "".join(char if char.isalnum() else f"\\{ord(char):x} " for char in plain)


def _style(looks: Mapping[str, Any]) -> str:
    """The style sheet with a class for each verdict and outcome of the palette."""
    rules = [
        f".tone-{name}{{--ink:{look['colour']};--tint:{look['tint']}}}"
        for name, look in looks.items()
    ]
    return (HERE / "page.css").read_text(encoding="utf-8") + "\n".join(rules) + "\n"
