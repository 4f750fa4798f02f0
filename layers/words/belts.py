"""Areas that no four sides bound: between two lines or ring roads, units in a ring, coordinates."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .brackets import Growing, unit_of
from .clauses import Clause, with_unit
from .coordinates import SIGN
from .lexicon import is_ring_road, is_unit, kind_of
from .model import Edge, Minus, Part
from .normal import HOLES
from .waiting import Waiting

if TYPE_CHECKING:
    from .coordinates import Corners

__all__ = ["Belts"]

_RANK = "内一二三四五六七八九中外"


class Belts(Waiting):
    """Clauses that make an area by themselves."""

    corners: list[Corners]

    def _corners(self, text: str) -> str:
        """Coordinates are an area of their own; the words beside them are left."""
        for _ in range(text.count(SIGN)):
            self._settle_pending()
            part = self._part(bool(self.parts and not self.parts[-1].empty))
            corners = self.corners.pop(0)
            part.points, part.points_m, part.closed = corners.points, corners.accuracy_m, True
            said = re.search(r"([三四五六七八九十]|\d+)(?:个)?(?:点|拐点|坐标)", text)
            if said and _count(said[1]) != len(corners.points):  # 四点连线, and three are printed
                self.unread.append(said.group())
        text = text.replace(SIGN, "")
        said = re.fullmatch(
            r"(?:[一二三四五六七八九十\d]+点|各点|依次|顺次|的|所|连线|连接|围成|合围|区域|范围|等)*",
            text,
        )
        return "" if said else text

    def _cut_to(self, part: Growing, text: str) -> None:
        """Units that a boundary printed before them cuts (绕城高速以内的A区、B区)."""
        bare, signs = re.sub(f"[{HOLES}]", "", text), "".join(re.findall(f"[{HOLES}]", text))
        if not is_unit(unit_of(bare)):
            self._lost(text)
            return
        part.units.append(unit_of(bare))
        part.cutting = True
        for note in self._notes(signs):
            if note.what == "include" and note.names:
                self._apply(part, note)
            elif note.what != "nothing":
                self.unread.append(note.value or "—".join(note.names))

    def _between(self, separator: str, made: Clause, text: str) -> None:
        """A路与B路之间: on two opposite sides; 三环至四环之间: between two ring roads."""
        self._settle_pending()
        one, two = made.names
        rings = [name for name in made.names if is_ring_road(name.text)]
        last = self.parts[-1] if self.parts else None
        keep = last is not None and not last.closed and last.edges and not self.fresh
        part = self._part(not keep and bool(last and not last.empty))
        if len(rings) == 2:
            inner, outer = sorted(rings, key=lambda name: _rank(name.text))
            if _rank(inner.text) == _rank(outer.text):
                self._other("rings", names=f"{inner.text}、{outer.text}", last=outer.text)
            part.edges += self._edges([outer], Clause("ring", sides=("ring",)), part)
            hole = Part(edges=(Edge(inner.text, "ring", kind=kind_of(inner.text)),))
            part.minus.append(Minus(f"{inner.text}以内", (hole,)))
            for note in self._notes(inner.holes):  # 二环（不含）: the road itself stays out
                self.unread.append(f"{inner.text}（{note.value}）")
        else:
            unit, text_one = with_unit(one.text)
            part.units += [unit] if unit else []
            names = [replace(one, text=text_one), two]
            part.edges += self._edges(names, Clause("side", sides=("between",)), part)
        self._behind(part, part.edges[-2:], made.behind)
        part.closed = len(rings) == 2 and not made.rest
        if made.rest:
            self._cut_to(part, made.rest)
        self.side = ()


def _count(figure: str) -> int:
    return int(figure) if figure.isdecimal() else "三四五六七八九十".index(figure) + 3


def _rank(name: str) -> int:
    """How far out a ring road lies by its number (二环 before 三环); -1 if it has none."""
    found = re.search(rf"([{_RANK}])环", name)
    return 99 if "绕城" in name else _RANK.index(found[1]) if found else -1
