"""The extract: what is known of one place, as a document that stands up without the program.

What it says is put together once, in one language, as sections of a few kinds of block (`blocks`);
`page` writes them as HTML, `pdf` as PDF. Pictures are drawn once too (`drawing`), for both. All but
`page` (Jinja2), `pdf` and `fonts` (fpdf2) and `many` (tables) is standard library.
"""

from .extract import Extract, extract

__all__ = ["Extract", "extract"]
