"""What runs behind the gate: the catalogue read afresh, the page made and written whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from . import firms

if TYPE_CHECKING:
    from pathlib import Path

    from ...jobs.progress import Progress


class Order(NamedTuple):
    """The map that is wanted. ``base``: one of BASES, tianditu with ``key``, own with ``tiles``.

    ``documents``: ids, all if empty; ``date``: YYYY-MM-DD, None for the day of opening; ``title``:
    None for the usual one; ``assets``: the folder of the libraries, None for the usual places.
    """

    output: Path
    lang: str
    documents: tuple[str, ...] = ()
    date: str | None = None
    activity: str | None = None
    alert: str | None = None
    title: str | None = None
    firms: firms.Firms | None = None
    base: str = "offline"
    key: str | None = None
    tiles: str | None = None
    assets: Path | None = None
    golden: bool = False


class Made(NamedTuple):
    """The page that was written: its size in bytes, how many of what stand in it.

    ``without``: rows of the layer without a place; ``failed``: what of the catalogue could not be
    read.
    """

    path: Path
    size: int
    zones: int
    undrawn: int
    rules: int
    sources: int
    firms: int
    without: int
    failed: list[str]


BASES = ("offline", "osm", "tianditu", "own")
OPENING = (".html", ".htm")


def assets_at_hand(folder: Path | None) -> bool:
    """Whether the libraries are there without asking the network."""
    from ...jobs.answer import BadInput
    from ...jobs.webmap.assets import assets

    try:
        assets(folder, fetch=False)
    except BadInput:
        return False
    return True


def make(folder: str | None, order: Order, *, progress: Progress) -> Made:
    """Write the page with the overlay ``folder``. Raises BadInput, OSError, and what ``progress``
    raises: then there is no file, or that of before."""
    from ...jobs.answer import ALERTS, BadInput, activity_id, iso_day
    from ...jobs.exchange.tables import shapes_of
    from ...jobs.webmap.page import Wish, of_documents, webmap
    from ...layers.catalogue.load import load
    from ...layers.catalogue.store import write_bytes
    from ...rules.messages import Line
    from ...rules.model import Book

    def expect(good: bool, option: str, value: object, expected: str) -> None:
        if not good:
            wrong = f"{option} {value}"
            raise BadInput(Line(f"{wrong}: expected {expected}", f"{wrong}：应为 {expected}"))

    progress(0.0, "")
    name = order.output.name
    expect(order.output.suffix.lower() in OPENING, "-o", name, ".html")
    expect(order.base in BASES, "--base", order.base, ", ".join(BASES))
    if order.base == "own":
        expect(bool(order.tiles), "--tiles", "", "http://…/{z}/{x}/{y}.png")
    expect(order.alert in (None, *ALERTS), "--alert", order.alert, ", ".join(ALERTS))
    try:
        day = order.date and iso_day(order.date)
    except ValueError:
        expect(False, "--date", order.date, "YYYY-MM-DD")
    whole = load(folder, golden=True)
    shown = of_documents(whole, order.documents)
    activity = activity_id(order.activity, Book(whole))
    progress(0.1, "")
    rows: list[dict[str, Any]] = []
    without = 0
    if order.firms is not None:
        rows, without = firms.rows(order.firms, progress)
    progress(0.4, "")
    wish = Wish(
        lang=order.lang,
        title=order.title,
        date=day or None,
        activity=activity,
        alert=order.alert,
        firms=rows,
        coloured=order.firms.coloured() if order.firms is not None else None,
        golden=order.golden,
        offline=order.base == "offline",
        tianditu_key=order.key if order.base == "tianditu" else None,
        tiles=order.tiles if order.base == "own" else None,
        assets=order.assets,
    )
    page = webmap(shown, wish).encode("utf-8")
    progress(0.9, "")
    write_bytes(order.output, page)
    progress(1.0, "")
    zones = shown["zones"].values()
    return Made(
        path=order.output,
        size=len(page),
        zones=len(zones),
        undrawn=sum(not shapes_of(shown, zone) for zone in zones),
        rules=len(shown["rules"]),
        sources=len(shown["sources"]),
        firms=len(rows) - without,
        without=without,
        failed=[str(entry["error"]) for entry in shown.get("failed", [])],
    )
