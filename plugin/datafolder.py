"""What a folder of the user's own data holds. No Qt in here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from .texts import tr

GOOD, DOUBTFUL, BAD = "good", "doubtful", "bad"


class Contents(NamedTuple):
    """``state``: good, doubtful (usable, but something in it is wrong or it is empty) or bad.

    ``lines``: what is in the folder or wrong with it, in words.
    """

    state: str
    lines: list[str]


def contents(folder: str, lang: str) -> Contents:
    """Read the folder as the catalogue will, and tell what it adds."""
    from ..layers.catalogue.load import load, shipped

    if not Path(folder).is_dir():
        return Contents(BAD, [tr("options.data.no_folder", lang)])
    try:
        with_folder = load(folder, golden=False)
        base = shipped(golden=False)
    except Exception as error:  # whatever is wrong with a user's folder is one line for the user
        return Contents(BAD, [tr("options.data.bad", lang, reason=" ".join(str(error).split()))])
    documents = [
        row for name, row in with_folder["documents"].items() if name not in base["documents"]
    ]
    zones = with_folder["overlay"]["zones"]
    lines = []
    if zones:
        lines.append(tr("options.data.zones", lang, n=zones))
    if documents:
        names = (row.get("short", row["title"])[lang] for row in documents)
        lines.append(tr("options.data.documents", lang, n=len(documents), names="; ".join(names)))
    faults = [row["error"] for row in with_folder["failed"] if row not in base["failed"]]
    if not lines and not faults:
        return Contents(DOUBTFUL, [tr("options.data.empty", lang)])
    wrong = [tr("options.data.fault", lang, reason=" ".join(line.split())) for line in faults]
    return Contents(DOUBTFUL if wrong else GOOD, lines + wrong)
