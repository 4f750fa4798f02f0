"""What runs behind the gate: the extract of an answer, and those of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..tables.layerfile import as_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ...jobs.open import Catalogue
    from ...jobs.progress import Progress
    from ..tables.layerfile import LayerSource

FORMS = ("pdf", "html", "json")


class Order(NamedTuple):
    """The extract that is wanted of the answer that is shown; ``name``: of the place, or empty;
    ``everything``: also the duties of government."""

    answer: Mapping[str, Any]
    path: Path
    form: str
    lang: str
    name: str = ""
    everything: bool = False


def save(folder: str | None, order: Order, *, progress: Progress) -> str:
    """Write the extract, with the overlay ``folder``, and return its number.

    The answer stands in it as it is; map, years and sources come from a catalogue of its own, which
    must be the one that gave the answer. Raises BadInput and OSError; then there is no new file.
    """
    from ...jobs.answer import BadInput
    from ...jobs.open import open as open_catalogue
    from ...jobs.report import extract
    from ...jobs.report.write import writer
    from ...jobs.rows import catalogue_row
    from ...layers.catalogue.store import write_bytes
    from ...rules.messages import Line

    progress(0.0, "")
    catalogue = open_catalogue(folder)
    if order.answer["catalogue"] != catalogue_row(catalogue.data):
        raise BadInput(
            Line(
                "the catalogue has changed since this answer; ask again",
                "给出这个回答之后目录已有变动，请重新查询",
            )
        )
    made = extract(
        catalogue, order.answer, lang=order.lang, name=order.name, everything=order.everything
    )
    progress(0.3, "")
    try:
        content = writer(order.form)([made])
    except ModuleNotFoundError as error:  # of stock QGIS, which always has Jinja2
        raise BadInput(
            Line(
                f"{order.form.upper()} needs the Python package {error.name}; save as JSON",
                f"{order.form.upper()} 需要 Python 程序包 {error.name}；请改存 JSON",
            )
        ) from None
    progress(0.9, "")
    write_bytes(order.path, content)
    return str(made.number)


class Wanted(NamedTuple):
    """A book of a form, or a folder with a file of it for each row."""

    path: Path
    form: str
    book: bool


class Made(NamedTuple):
    """How many rows there were, how many have an extract, and what is wrong with which."""

    rows: int
    made: int
    faults: list[tuple[int, str, str]]


def make_many(
    catalogue: Catalogue,
    given: Path | LayerSource,
    asked: Mapping[str, Any],
    wanted: Sequence[Wanted],
    font: Path | None,
    told: Callable[[list[str]], object],
    *,
    progress: Progress,
) -> Made:
    """Write what is ``wanted`` for a file or a layer; ``asked`` makes a ``jobs.report.many.Task``.

    ``told`` is called with which column is taken for what. Raises BadInput, OSError and what
    ``progress`` raises: then there is no book; finished files of a folder stay.
    """
    from ...jobs.report.many import MOST, MOST_IN_BOOK, Many, Task
    from ...rules.messages import in_language

    rows: list[Any] = []
    with as_file(given, progress) as source:
        most = MOST_IN_BOOK if any(one.book for one in wanted) else MOST
        many = Many(catalogue, Task(source, **asked), most)
        told(many.told())
        for number, one in enumerate(wanted):

            def heard(done: float, note: str, before: int = number) -> None:
                progress((before + done) / len(wanted), note and f"{note} / {many.rows}")

            write = many.book if one.book else many.folder
            rows = write(one.path, one.form, font, heard)
    faults = [row for row in rows if row.fault]
    lang = many.task.lang
    return Made(
        len(rows),
        len(rows) - sum(row.extract is None for row in faults),
        [(row.row, row.name, in_language(row.fault, lang)) for row in faults],
    )
