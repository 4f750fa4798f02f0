"""Where the place of an extract lies: the map, the zones here, and those that nobody has drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...rules.messages import LANGUAGES
from ..digest import distance
from .articles import Articles
from .blocks import Grid, Note, Picture, Row, Text
from .legend import LEGEND, with_legend
from .needed import ANY, NEEDED
from .plan import WIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .blocks import Block

__all__ = ["Here"]


class Here(Articles):
    """Writes the section of the map."""

    def map(self) -> list[Block]:
        """The picture, the zones the place is in or near, then those without a shape."""
        seen = self.extract.map
        told = {"scale": f"{seen.scale:,}", "wide": f"{WIDE + LEGEND:g}"}
        counts = {"zones": len(seen.zones), "sources": len(seen.sources)}
        picture = Picture(
            with_legend(self.extract),
            self.say_own("map_alt", **told, **counts),
            self.say_own("map_caption", **told),
        )
        blocks: list[Block] = [picture]
        if not (seen.zones or seen.units or seen.whole or seen.lines or seen.sources):
            blocks.append(Note(self.say_own("map_empty"), "no_data"))
        found = self._zones()
        if found:
            names = ("mark", "zone", "where", "delimited", "boundary", "article")
            heads = [self.say_own(name) for name in names]
            blocks.append(Grid(heads, (0.07, 0.25, 0.16, 0.18, 0.12, 0.22), found))
        return [*blocks, *self._undrawn()]

    def _zones(self) -> list[Row]:
        """The zones the place is in or near, with their letters on the map."""
        letters = {zone.id: zone.letter for zone in self.extract.map.zones}
        rows = []
        for row in self.answer["zones"]:
            if row["location"] not in ("inside", "near") or row["basis"] == "object":
                continue
            where = self.label("location", row["location"])
            where = self.say_own("asserted", where=where) if row["asserted"] else where
            if row["in_force"] != "true":
                where += self.words["semicolon"] + self.say_own(f"in_force_{row['in_force']}")
            away = distance(abs(row["distance_m"])) if "distance_m" in row else ""
            basis = self.extract.palette["basis"][row["basis"]]["label"][self.lang]
            if self._known(row["id"]).get("overlay"):
                basis = self.say_own("own_data", text=basis)
            name = self.text(row["name"])
            rows.append(Row((letters.get(row["id"], ""), name, where, basis, away,
                             self.cite(row["cite"]))))  # fmt: skip
        return rows

    def _known(self, zone: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.extract.catalogue.data["zones"].get(zone, {})
        return found

    # -- without a shape ----------------------------------------------------------------------

    def _undrawn(self) -> list[Block]:
        """Zones that nobody has drawn: a row for each that leaves a listed rule open, with how its
        document delimits it and what is missing; the others by their names."""
        rows = [row for row in self.answer["zones"] if row["location"] == "unmapped"]
        if not rows:
            return []
        lacking = {
            key.partition(".")[2]
            for rule in self.listed("undetermined")
            for key in rule["missing"]
            if key.startswith("zone.")
        }
        telling = [row for row in rows if row["id"] in lacking]
        others = [row for row in rows if row["id"] not in lacking]
        blocks: list[Block] = []
        if telling:
            lead = self.say_own("undrawn_lead", n=len(telling))
            heads = [
                self.say_own(name) for name in ("zone", "within", "wording", "lacks", "article")
            ]
            found = [self._undrawn_row(row) for row in telling]
            blocks = [Text(lead, "lead"), Grid(heads, (0.2, 0.14, 0.28, 0.2, 0.18), found)]
        if others:
            names = self.join(dict.fromkeys(self.text(row["name"]) for row in others))
            key = "undrawn_more" if telling else "undrawn"
            blocks.append(Text(self.say_own(key, n=len(others), names=names), "small"))
        return blocks

    def _undrawn_row(self, row: Mapping[str, Any]) -> Row:
        zone = self._known(row["id"])
        around = self._known(zone.get("within", ""))
        needed = NEEDED.get(zone["kind"], ANY)[LANGUAGES.index(self.lang)]
        key = "lacks_failed" if zone.get("failed") else "lacks_shape"
        lacks = self.say_own(key, needed=needed)
        return Row(
            (
                self.text(row["name"]),
                self.text(around["name"]) if around else self.say_own("not_stated"),
                self.text(zone["delimited"]) if zone.get("delimited") else "",
                lacks,
                self.cite(row["cite"]),
            )
        )
