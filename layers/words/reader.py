"""The clauses of a wording in order: which belong to one area, which begin the next."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .belts import Belts
from .brackets import DESCRIBED, WHOLE, Growing, same, unit_of
from .clauses import Clause, Name, clause, with_unit
from .coordinates import SIGN
from .doubt import doubtful
from .holes import Note, inclusion, joins, names_in
from .lexicon import WHERE, is_line, is_ring_road, is_unit, kind_of
from .model import SIDES, Corridor, Edge, Minus, Part, Split, with_include
from .normal import HOLES, Folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .coordinates import Corners

__all__ = ["Reader"]

_INVERSE = {"included": "excluded", "excluded": "included", "unstated": "unstated"}
_BESIDE = re.compile(r"其?(?:两侧|两岸|两旁|两边|沿线|周边|外侧)")
_BEGUN = re.compile(r"^[东南西北]{1,2}(?:面|侧|边)?(?:至|到|起|临|邻|抵|接|靠|达)")
_BORDERED = re.compile(r"^[东南西北]{1,2}(?:面|侧|边)?(?:均|都)?以")


class Reader(Belts):
    """Reads clause after clause; ``finish`` gives parts, unread words, other readings, doubts."""

    def __init__(self, folded: Folded) -> None:
        super().__init__(folded)
        self.routes: list[Clause] = []
        self.deal: list[str] = []
        self.corners: list[Corners] = []

    def begin(self, label: str | None) -> None:
        """A sentence starts; a heading of its own starts a part too."""
        self.fresh = True
        if label:
            self.label = label
            self.side = ()
            if self.parts and not self.parts[-1].empty:
                self.parts[-1].closed = True

    def next_area(self) -> None:
        """A number in a list begins another area, but not where the four sides are numbered."""
        if self.parts and not self.parts[-1].empty:
            self.parts[-1].closed = True

    def end_of_sentence(self) -> None:
        """Nothing goes on over a full stop but the sides of a box."""
        self._routes_end()
        self._settle_pending()

    def finish(
        self,
    ) -> tuple[tuple[Part, ...], tuple[str, ...], tuple[dict[str, str], ...], float]:
        """What was read: parts, unread words, other readings, a factor for the confidence."""
        self._join_trailing()
        drafts = [*self.parts, *self.extra]
        for draft in drafts:
            if draft.wide and draft.wide[1] == len(draft.edges):
                draft.edges = list(with_include(draft.done(), draft.wide[0]).edges)
        parts = [draft.done() for draft in drafts if not draft.empty]
        for part in parts:  # 三环以外: outside of it, and nobody says how far
            bounded = part.edges or part.units or part.corridors or part.splits or part.points
            self.doubts *= 1.0 if bounded else 0.3
        made = tuple(_in_its_unit(part) for part in parts)
        return made, tuple(dict.fromkeys(self.unread)), tuple(self.others), self.doubts

    def _join_trailing(self) -> None:
        """One more side behind a full box is no area: it is another line on that side."""
        for place in range(len(self.parts) - 1, 0, -1):
            part, before = self.parts[place], self.parts[place - 1]
            if part.trailing and len(set(part.sides)) == 1 and not part.units and before.edges:
                before.edges += part.edges
                del self.parts[place]

    def read(self, separator: str, text: str) -> None:
        """One clause, with the separator before it."""
        for conj, piece in self._conjunctions(text):
            self._one(conj or separator, piece)
            separator = "、"

    def _conjunctions(self, text: str) -> list[tuple[str, str]]:
        for found in re.finditer(r"以及其?|及其|[和与及]", text):
            before, after = text[: found.start()], text[found.end() :]
            bare = re.sub(f"[{HOLES}]", "", before)
            ended = re.search(
                r"(?:以|之)[东南西北](?:侧|面)?(?:的?(?:区域|范围))?$|(?:区域|范围|以内|全域"
                r"|两侧)$",
                bare,
            )
            if "之间" in after and re.match(r"[^、，]{2,}之间", after):
                continue
            crossing = re.match(
                r".{1,10}?(?:交叉|交汇|交会|交界|相交|的?交|路口|接壤|相邻|相连|连线)", after
            )
            if found.start() == 0 or crossing or _BESIDE.match(after):
                continue
            alike = bare[-1:] == re.sub(f"[{HOLES}]", "", after)[-1:]
            if _BEGUN.match(before) and (alike or not is_unit(re.sub(f"[{HOLES}]", "", after))):
                continue  # 西至A路和B路, 东至A村和B村: prefix() takes them apart
            if _BORDERED.match(before) and re.search(r"为[界线]", after):
                continue  # 东以A路和B路为界: names_of takes them apart
            if (ended and len(after) >= 2) or joins(
                bare, re.sub(f"[{HOLES}]", "", after), found.group()
            ):
                rest = self._conjunctions(after)
                return [("", before), ("和", rest[0][1]), *rest[1:]]
        return [("", text)]

    def _one(self, separator: str, text: str) -> None:
        if SIGN in text:
            text = self._corners(text)
        told = inclusion(re.sub(f"[{HOLES}]", "", text)) if self.parts else None
        if told is not None and self._stated(told, text):
            return
        made = clause(text)
        handler = {
            "side": self._side, "spread": self._spread, "split": self._split, "ring": self._ring,
            "inside": self._inside, "outside": self._outside, "corridor": self._corridor,
            "area": self._area, "between": self._between, "minus": self._minus,
            "route": self._route,
        }.get(made.kind, self._bare)  # fmt: skip
        if made.kind != "route":
            self._routes_end()
        handler(separator, made, text)
        self.fresh = False

    def _for_side(self, separator: str, sides: Iterable[str]) -> Growing:
        """The part to which a clause about these sides belongs."""
        last = self.parts[-1] if self.parts else None
        if last is None or last.empty:
            return self._part(False)
        known = [edge.edge for edge in last.edges if edge.name not in last.corners]
        corner = len(list(sides)) == 2 and "ring" not in last.sides and not last.closed
        if not known or corner:
            apart = bool(last.units and not last.around) or bool(last.corridors)
            return last if last.edges else self._part(apart)
        full = set(known) >= set(SIDES)
        again = full and any(side in known and known[-1] != side for side in sides)
        broken = self.fresh or separator == "和"
        repeated = any(side in known for side in sides)
        other = bool(last.units and not last.edges and not last.around) or "ring" in known
        ring_too = known == ["ring"] and separator in "，、" and not self.fresh
        if ring_too and not last.closed:
            return last  # 四环以内、京广铁路以西: both at once
        other = other or bool(last.corridors or last.splits)
        full = full and known[-1] not in sides
        new = last.closed or other or full or again or (broken and repeated)
        part = self._part(new)
        part.trailing = not (last.closed or other or broken) if new else part.trailing
        return part

    def _side(self, separator: str, made: Clause, text: str) -> None:
        listed = self._listed(separator)
        part = self._for_side(separator, made.sides)
        if len(made.sides) == 2:
            part.corners |= {name.text for name in made.names}
        names = made.names
        waiting = self._take_pending(part, made) if made.suffix else []
        if not made.suffix:
            self._settle_pending()
        if not names or not names[0].text:
            if not waiting and not (part.edges and part.edges[-1].edge not in made.sides):
                self.unread.append(self.folded.shown(text))
                return
            names = () if waiting else (Name(part.edges[-1].name),)  # X以北、以东
        unit, names = self._lead(part, made, names)
        edges = self._edges([*waiting, *names], made, part)
        part.edges += edges
        if part.wide and part.wide[1] < 0:
            part.wide = (part.wide[0], len(part.edges))
        if unit:
            part.units.append(unit)
        if unit and listed is not None and listed is not part:
            if re.search(r"辖区|行政区域|(?:范围|区域)内", text):
                part.units[:0] = listed.units
                self.parts.remove(listed)
            else:
                self._doubt_list(listed, unit)
        self.side = () if made.suffix else made.sides
        self._behind(part, edges, made.behind)
        self.unread += [made.rest] if made.rest else []
        part.closed = part.closed or made.closes

    def _lead(
        self, part: Growing, made: Clause, names: tuple[Name, ...]
    ) -> tuple[str | None, tuple[Name, ...]]:
        """Words before the first name: a unit it lies in, or only a heading."""
        unit = None
        lead = re.sub(f"[{HOLES}]", "", made.lead).rstrip("：")
        if lead:
            plain = WHOLE.sub("", lead) or lead
            told = DESCRIBED.search(plain) and not made.suffix
            if is_unit(plain) and not told and not WHERE.match(lead + "某某"):
                unit = plain
            else:
                part.label = (part.label or "") + lead
        if names and made.suffix:
            found, rest = with_unit(names[0].text)
            if found is not None or rest != names[0].text:
                unit = found or unit
                names = (Name(rest, names[0].holes), *names[1:])
        return unit, names

    def _spread(self, separator: str, made: Clause, text: str) -> None:
        """东西分别至A路、B路: the names still to come are dealt to the sides in order."""
        self._settle_pending()
        part = self._for_side(separator, made.sides)
        self._lead(part, made, ())
        self.deal = list(made.sides[1:])
        first = replace(made, sides=made.sides[:1])
        edges = self._edges([*made.names[:1]], first, part)
        part.edges += edges
        for name, side in zip(made.names[1:], made.sides[1:]):
            part.edges += self._edges([name], replace(made, sides=(side,)), part)
            self.deal.pop(0)
        self.side = ("deal",)
        self._other("both", names=self.folded.shown(text))

    def _split(self, separator: str, made: Clause, text: str) -> None:
        self._settle_pending()
        part = self._part(bool(self.parts and self.parts[-1].edges))
        one, two = sorted(made.sides, key=SIDES.index)
        unit, _ = self._lead(part, made, ())
        part.units += [unit] if unit else []
        part.splits += [Split(name.text, (one, two)) for name in made.names]
        self.side = ()

    def _inside(self, separator: str, made: Clause, text: str) -> None:
        name = made.names[-1].text
        several, _, name = name.rpartition("等") if made.names[:1] == made.names else ("", "", name)
        if several and is_ring_road(name):
            self._add_unit("、", several, "")
            made = replace(made, names=(replace(made.names[0], text=name),))
        if not is_ring_road(name) and len(made.names) < 3:
            self._bare(separator, replace(made, kind="bare", closes=True), text)
            return
        last = self.parts[-1] if self.parts else None
        joined = bool(last and last.minus and not (last.edges or last.units or last.closed))
        held, self.pending = self.pending, []
        last = self.parts[-1] if self.parts else None
        unit, rest = with_unit(made.names[0].text)
        listed = self._listed(separator)
        whole = bool(re.search(r"(?:行政区域|辖区|范围)内", text)) and listed is not None
        if unit and listed is not None and not whole:
            self._doubt_list(listed, unit)
        same = joined or several or whole
        part = self._part(bool(last and not last.empty and not same))
        for sep, waiting in held:
            self._unit_or_unread(sep, waiting, part)
        names = [Name(rest, made.names[0].holes), *made.names[1:]]
        part.units += [unit] if unit else []
        part.edges += self._edges(names, replace(made, sides=("ring",)), part)
        self._ring_behind(part, made.behind)
        part.closed = made.closes
        if made.rest:
            self._cut_to(part, made.rest)

    def _outside(self, separator: str, made: Clause, text: str) -> None:
        """四环以外: taken off the part that goes on, or off the last one."""
        self._settle_pending()
        unit, name = with_unit(made.names[-1].text)
        ring = is_ring_road(name)
        kept = self._include_of(made.names[-1].holes + made.behind)
        edge = Edge(name, "ring", _INVERSE[kept], kind=kind_of(name))
        last = self.parts[-1] if self.parts else None
        going = last is not None and not last.closed and not last.empty
        rings = last is not None and set(last.sides) == {"ring"}
        same = going and (separator not in ("和", "、") or rings)
        listed = self._listed(separator)
        if listed is not None and not ring:  # A镇、B镇以外的区域
            listed.minus += [Minus(town) for town in listed.units]
            listed.units, same = [], True
        elif listed is not None:
            self._doubt_list(listed, unit or name)
        part = self._part(not same)
        part.units += [unit] if unit else []
        part.minus.append(Minus(f"{name}以内", (Part(edges=(edge,)),)) if ring else Minus(name))

    def _include_of(self, signs: str) -> str:
        """What brackets say of one line; what else they say is told."""
        found = "unstated"
        for note in self._notes(signs):
            if note.what == "include" and not note.names:
                found = note.value
            elif note.what != "nothing":
                self.unread.append(note.value or "—".join(note.names))
        return found

    def _listed(self, separator: str) -> Growing | None:
        """The units just listed, before a clause that may be about all of them."""
        last = self.parts[-1] if self.parts else None
        if separator not in ("、", "和") or self.fresh or last is None or last.closed:
            return None
        return last if last.units and not (last.edges or last.minus or last.corridors) else None

    def _doubt_list(self, listed: Growing, last: str) -> None:
        self._other("list", names="、".join([*listed.units, last]), last=last)

    def _corridor(self, separator: str, made: Clause, text: str) -> None:
        grown = self.side and made.width and re.search(r"外[扩延推]?\d", text)
        if (grown or self.side == (made.corridor,)) and self.parts and separator in "、和":
            shown = replace(made, names=made.names, sides=self.side, offset=made.width or 0.0)
            self.parts[-1].edges += self._edges(list(made.names), shown, self.parts[-1])
            return
        if made.width is None and made.names and text.endswith("沿线"):
            self.pending += [(separator, replace(name, along=True)) for name in made.names]
            self.side = ()
            return
        held, self.pending = self.pending, []
        listed = self._listed(separator)
        if listed is not None and made.names:
            self._doubt_list(listed, made.names[-1].text)
        last = self.parts[-1] if self.parts else None
        part = self._part(bool(last and (last.edges or last.units) and not last.corridors))
        names = [*(n for sep, n in held if is_line(n.text)), *made.names]
        for sep, name in held:
            if not is_line(name.text):
                self._unit_or_unread(sep, name, part)
        unit, rest = with_unit(names[0].text)
        part.units += [unit] if unit else []
        names[0] = replace(names[0], text=rest)
        for name in names:
            self._lay(part, name, made)
        self._behind_all(made.behind)
        self.unread += [made.rest] if made.rest else []
        if made.corridor != "both" and last and 0 < len(set(last.sides)) < 4 and not last.closed:
            self.unread.append(self.folded.shown(text))  # one more side of the box, or a strip
        self.side = ()

    def _lay(self, part: Growing, name: Name, made: Clause) -> None:
        """One corridor along a line, or around a place."""
        bare = re.sub(r"(?<=[\dA-Z线])道路$", "", name.text)
        *before, bare = re.split(r"(?<=周边|两侧|沿线)(?:及|和|与|以及)", bare)
        self.unread += before
        if doubtful(bare):
            self._lost(name.text + name.holes)
            return
        edge = self._holes(Edge(bare, "ring"), name.holes, part)[0]
        self.beside += edge.aka
        part.corridors.append(Corridor(bare, made.width, made.corridor, edge.start, edge.end))

    def _area(self, separator: str, made: Clause, text: str) -> None:
        self._settle_pending()
        if made.lead:  # 旅游休闲区块12平方公里，东至…
            part = self._part(bool(self.parts and not self.parts[-1].empty))
            part.label, part.area_km2 = (part.label or "") + made.lead, made.width
        elif self.parts:
            self.parts[-1].area_km2 = made.width

    def _minus(self, separator: str, made: Clause, text: str) -> None:
        self._settle_pending()
        part = self.parts[-1] if self.parts else self._part(True)
        note = Note("include", "excluded", tuple(names_in(made.names[0].text)))
        self._apply(part, note)
        self.side = ("minus",)

    def _route(self, separator: str, made: Clause, text: str) -> None:
        self._settle_pending()
        self.routes.append(made)

    def _routes_end(self) -> None:
        """沿A路向东至B路，沿B路向南至C路: the roads in order are a ring."""
        if not self.routes:
            return
        names: list[Name] = []
        for made in self.routes:
            for name in made.names:
                line = is_line(name.text) and not re.search(r"起点|原点", name.text)
                if re.search(r"(?:路口|交叉口|交汇处|交会处)$", name.text):
                    self.heads.append(name.text)  # where two of the roads meet
                    continue
                if line and not any(same(name.text, other.text) for other in names):
                    names.append(name)
        if not names:
            self.unread += [name.text for made in self.routes for name in made.names]
            self.routes = []
            return
        part = self._part(bool(self.parts and not self.parts[-1].empty))
        part.edges += self._edges(names, Clause("ring", sides=("ring",)), part)
        part.closed, self.routes = True, []


def _in_its_unit(part: Part) -> Part:
    """An open part under the heading of a unit (西村镇：和谐路以西) lies in that unit."""
    label = unit_of(re.sub(r"[（(].*[)）]$", "", part.label or ""))
    ground = re.sub(r"(?<=[镇乡村道区])(?:围合|合围)(?:区域)?$", "", label)
    told = part.closed or WHERE.match(label + "某某") or DESCRIBED.search(label)
    fits = is_unit(ground) and (ground != label or not told)
    if part.edges and not part.units and fits:
        return replace(part, units=(ground,)) if not DESCRIBED.search(ground) else part
    return part
