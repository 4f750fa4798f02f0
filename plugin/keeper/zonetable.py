"""The zones of the catalogue as a table that can be filtered and sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARKS = {
    "mapped": "■",
    "approximate": "▒",
    "unmapped": "□",
    "derived": "∪",
    "object": "◇",
    "failed": "!",
}
COLUMNS = ("name", "status", "kind", "document", "id")
MINE = "mine"  # a status to filter by that goes beside the others


class Row(NamedTuple):
    """One zone; ``search`` holds all words to look for, lower case."""

    id: str
    name: str
    status: str
    kind: str
    kind_label: str
    document: str
    cite: str
    mine: bool
    search: str


def status_label(status: str, lang: str, *, mine: bool = False) -> str:
    """Return a status with its sign, as the table shows it."""
    text = f"{MARKS[status]} {tr(f'keeper.status.{status}', lang)}"
    return f"{text} · {tr('keeper.status.mine', lang)}" if mine else text


def rows_of(data: Mapping[str, Any], kinds: Mapping[str, Any], lang: str) -> list[Row]:
    """Return the zones of a catalogue; ``kinds`` is the palette's ``zones`` part."""
    from ...jobs.exchange.zonecard import search_text, status

    rows = []
    for zone in data["zones"].values():
        look = kinds.get(zone["kind"])
        label = look["label"][lang] if look else zone["kind"]
        rows.append(
            Row(
                zone["id"],
                zone["name"][lang],
                status(data, zone),
                zone["kind"],
                label,
                zone.get("document") or "",
                cite_of(data, zone["cite"], lang),
                bool(zone.get("overlay")),
                search_text(zone) + " " + label.casefold(),
            )
        )
    return rows


def cite_of(data: Mapping[str, Any], cite: Mapping[str, Any], lang: str) -> str:
    """Return a citation in short: the document's number or short title, and the clause."""
    clause = cite.get("clause") or ""
    return f"{document_label(data, cite.get('document'), lang)} {clause}".strip()


def document_label(data: Mapping[str, Any], name: Any, lang: str) -> str:
    """Return the number of a document, else its short name; empty for None."""
    record = data["documents"].get(name)
    if record is None:
        return str(name or "")
    return str(record.get("number") or (record.get("short") or record["title"])[lang])


class ZoneTable(QAbstractTableModel):
    """Rows of zones; the zone's id is the user data of every cell."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.lang = "en"

    def fill(self, rows: Iterable[Row], lang: str) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows, self.lang = list(rows), lang
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of zones."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: QModelIndex, role: int = 0) -> Any:
        """Return the words of a cell, its tip, or the zone's id."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row.id
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row, COLUMNS[index.column()])
        return None

    def headerData(self, section: int, orientation: Any, role: int = 0) -> Any:
        """Return the name of a column."""
        across = orientation == Qt.Orientation.Horizontal
        if role != Qt.ItemDataRole.DisplayRole or not across:
            return None
        return tr(f"keeper.column.{COLUMNS[section]}", self.lang)

    def _words(self, row: Row, column: str) -> str:
        if column == "status":
            return status_label(row.status, self.lang, mine=row.mine)
        return {
            "name": row.name,
            "kind": row.kind_label,
            "document": row.cite,
            "id": row.id,
        }[column]


class Filter(QSortFilterProxyModel):
    """Lets those zones through that have every word and every chosen value."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._wanted: dict[str, str] = {}
        self.setSortLocaleAware(True)

    def look_for(self, text: str, **wanted: str | None) -> None:
        """Keep zones with all words of ``text``; ``wanted``: kind, document, status (or mine)."""
        self._words = text.casefold().split()
        self._wanted = {name: value for name, value in wanted.items() if value}
        self.invalidateFilter()

    def filterAcceptsRow(self, number: int, parent: QModelIndex) -> bool:
        """Tell whether a zone is let through."""
        row = self.sourceModel().rows[number]
        for name, value in self._wanted.items():
            if value == MINE and name == "status":
                if not row.mine:
                    return False
            elif getattr(row, name) != value:
                return False
        return all(word in row.search for word in self._words)
