"""The clauses of a wording in order: which belong to one area, which begin the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .clauses import Clause, Name, clause, with_unit
from .holes import Note, inclusion, joins, read_hole
from .lexicon import WHERE, is_line, is_ring_road, is_unit, kind_of
from .model import SIDES, Corridor, Edge, Minus, Part, Split, with_include
from .normal import ELIDED, HOLES, Folded

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Reader"]

_WHOLE = re.compile(
    r"(?:行政区域|行政辖区|辖区|境|区域|辖区范围|行政区划)?(?:全域|全境|全部|全区|全辖区|范围|内)+$|(?<=[区市县镇乡道])(?:行政区域|行政辖区|辖区|全域|境)内?$"
)
_AROUND = re.compile(rf"(?:区域|范围|境|辖区)内[{HOLES}]*$")
_OTHER = {"joint": ("“{names}”后的“含/不含”也可能只指“{last}”", "“含/不含” after “{names}” may also concern “{last}” alone"),
          "last": ("“{names}”后的“含/不含”也可能指前面几条", "“含/不含” after “{names}” may also concern those before it"),
          "beyond": ("“{name}”之外还有一段，没有写多远", "the text goes beyond “{name}” and does not say how far"),
          "both": ("“{names}”：两侧各用哪一条没有写明，按先后对应", "“{names}”: which line is on which side is not said; taken in order"),
          "gone": ("“{name}”是界线还是另一个区域，可有两种读法", "“{name}” may be a line or another area"),
          "order": ("“{names}”没有写明方位，按依次围成一圈读", "“{names}” stand without sides; read as a ring in that order")}  # fmt: skip


@dataclass
class _Draft:
    """A part while it is being read; unread edges of one list share ``group``."""

    edges: list[Edge] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    minus: list[Minus] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    corridors: list[Corridor] = field(default_factory=list)
    label: str | None = None
    area_km2: float | None = None
    closed: bool = False
    wide: tuple[str, int] | None = None
    """What the last clause says of all edges, and how many there were then."""
    around: bool = False
    """Its units were only named as what the sides to come lie in."""

    @property
    def sides(self) -> list[str]:
        return [edge.edge for edge in self.edges]

    @property
    def empty(self) -> bool:
        return not (self.edges or self.units or self.minus or self.splits or self.corridors)

    def done(self) -> Part:
        label = None if self.label is None else self.label.strip("：，")
        return Part(
            tuple(self.edges), tuple(dict.fromkeys(self.units)), tuple(self.minus),
            tuple(self.splits), tuple(self.corridors), label, self.area_km2,
        )  # fmt: skip


class Reader:
    """Reads clause after clause; ``finish`` gives parts, unread words, other readings, doubts."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.parts: list[_Draft] = []
        self.extra: list[_Draft] = []
        self.unread: list[str] = []
        self.beside: list[str] = []
        self.others: list[dict[str, str]] = []
        self.doubts = 1.0
        self.pending: list[tuple[str, Name]] = []
        self.routes: list[Clause] = []
        self.label: str | None = None
        self.side: tuple[str, ...] = ()
        self.fresh = True

    # -- sentences ---------------------------------------------------------------------------------

    def begin(self, label: str | None) -> None:
        """A sentence starts; a heading of its own starts a part too."""
        self.fresh = True
        if label:
            self.label = label
            self.side = ()
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
        drafts = [*self.parts, *self.extra]
        for draft in drafts:
            if draft.wide and draft.wide[1] == len(draft.edges):
                draft.edges = list(with_include(draft.done(), draft.wide[0]).edges)
        parts = [draft.done() for draft in drafts if not draft.empty]
        made = [_in_its_unit(part) for part in parts]
        return tuple(made), tuple(dict.fromkeys(self.unread)), tuple(self.others), self.doubts

    # -- clauses -----------------------------------------------------------------------------------

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
                r"(?:以|之)[东南西北](?:侧|面)?(?:的?(?:区域|范围))?$|(?:区域|范围|以内|全域|两侧)$",
                bare,
            )
            crossing = re.match(
                r".{1,10}?(?:交叉|交汇|交会|交界|相交|的?交|路口|接壤|相邻|相连)", after
            )
            if found.start() == 0 or crossing:
                continue
            if (
                ended
                and len(after) >= 2
                or joins(bare, re.sub(f"[{HOLES}]", "", after), found.group())
            ):
                rest = self._conjunctions(after)
                return [("", before), ("和", rest[0][1]), *rest[1:]]
        return [("", text)]

    def _one(self, separator: str, text: str) -> None:
        told = inclusion(re.sub(f"[{HOLES}]", "", text)) if self.parts else None
        if told is not None and self._stated(told, text):
            return
        made = clause(text)
        handler = {
            "side": self._side, "spread": self._spread, "split": self._split, "ring": self._ring,
            "inside": self._inside, "outside": self._outside, "corridor": self._corridor,
            "area": self._area, "minus": self._minus, "route": self._route,
        }.get(made.kind, self._bare)  # fmt: skip
        if made.kind != "route":
            self._routes_end()
        handler(separator, made, text)
        self.fresh = False

    def _part(self, new: bool) -> _Draft:
        if new or not self.parts or self.parts[-1].closed:
            self.parts.append(_Draft(label=self.label))
            self.label = None
        elif self.label is not None and self.parts[-1].empty:
            self.parts[-1].label, self.label = self.label, None
        return self.parts[-1]

    def _for_side(self, separator: str, sides: Iterable[str]) -> _Draft:
        """The part to which a clause about these sides belongs."""
        last = self.parts[-1] if self.parts else None
        if last is None or last.empty:
            return self._part(False)
        known = last.sides
        again = any(side in known and known[-1] != side for side in sides)
        broken = self.fresh or separator == "和"
        repeated = any(side in known for side in sides)
        other = bool(last.units and not last.edges and not last.around) or "ring" in known
        other = other or bool(last.corridors or last.splits)
        full = set(known) >= set(SIDES) and known[-1] not in sides
        return self._part(last.closed or other or full or again or (broken and repeated))

    def _side(self, separator: str, made: Clause, text: str) -> None:
        part = self._for_side(separator, made.sides)
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
        self.side = () if made.suffix else made.sides
        self._behind(part, edges, made.behind)
        part.closed = part.closed or made.closes

    def _lead(
        self, part: _Draft, made: Clause, names: tuple[Name, ...]
    ) -> tuple[str | None, tuple[Name, ...]]:
        """Words before the first name: a unit it lies in, or only a heading."""
        unit = None
        lead = re.sub(f"[{HOLES}]", "", made.lead).rstrip("：")
        if lead:
            plain = _WHOLE.sub("", lead) or lead
            if is_unit(plain) and not WHERE.match(lead + "某某"):
                unit = plain
            else:
                part.label = (part.label or "") + lead
        if names and made.suffix:
            found, rest = with_unit(names[0].text)
            if found is not None or rest != names[0].text:
                unit = found or unit
                names = (Name(rest, names[0].holes), *names[1:])
        return unit, names

    def _edges(self, names: list[Name], made: Clause, part: _Draft) -> list[Edge]:
        overlap = bool(re.search(r"重[叠合]路?段$", names[-1].text))
        edges: list[Edge] = []
        for name in names:
            text = re.sub(r"(?:重[叠合])?(?:路段)?$", "", name.text) if overlap else name.text
            if text.strip(ELIDED) == "":
                self.unread.append(ELIDED)
                self.doubts *= 0.6
                continue
            for side in made.sides or ("ring",):
                edge = Edge(text, side, kind=kind_of(text), offset_m=made.offset, overlap=overlap)
                edge = replace(edge, include=made.kerb) if made.kerb else edge
                edges += self._holes(edge, name.holes, part)
        return self._share(edges, made.shared, part, overlap) if made.shared and edges else edges

    def _share(self, edges: list[Edge], signs: str, part: _Draft, overlap: bool) -> list[Edge]:
        """Brackets between a list of names and the 以东 they share: about the whole list."""
        shown = "、".join(dict.fromkeys(edge.name for edge in edges))
        for note in self._notes(signs):
            if note.what == "include" and note.names:
                mine = [n for n in note.names if any(_same(n, e.name) for e in edges)]
                edges = [
                    replace(e, include=note.value) if any(_same(n, e.name) for n in mine) else e
                    for e in edges
                ]
                rest = tuple(n for n in note.names if n not in mine)
                self._apply(part, note._replace(names=rest))
                continue
            own = any(edge.include != "unstated" for edge in edges)
            if note.what == "include" and own and not overlap:
                edges = [*edges[:-1], replace(edges[-1], include=note.value)]
            elif note.what == "include":
                edges = [replace(edge, include=note.value) for edge in edges]
                if len({edge.name for edge in edges}) > 1 and not overlap:
                    self._other("joint", names=shown, last=edges[-1].name)
            elif note.what in ("stretch", "open", "aka") and overlap:
                edges = [made for edge in edges for made in self._hole_notes(edge, note)]
            elif note.what in ("stretch", "open", "aka"):
                edges = [*edges[:-1], *self._hole_notes(edges[-1], note)]
            elif note.what == "unread":
                self.unread.append(note.value)
        return edges

    # -- brackets ----------------------------------------------------------------------------------

    def _holes(self, edge: Edge, signs: str, part: _Draft) -> list[Edge]:
        """An edge with what the brackets behind its name say; several stretches are several edges."""
        stretches: list[Edge] = []
        for note in self._notes(signs):
            if note.what == "include" and not note.names:
                edge = replace(edge, include=note.value)
                part.wide = (note.value, -1) if note.wide else part.wide
            elif note.what == "include":
                edge = self._named(edge, note, part)
            elif note.what == "stretch":
                stretches.append(replace(edge, start=note.names[0], end=note.names[1]))
            elif note.what == "open":
                edge = replace(edge, start=note.names[0], toward=note.value)
            elif note.what == "aka":
                edge = replace(edge, aka=(*edge.aka, note.value))
            elif note.what == "unread":
                self.unread.append(note.value)
        if not stretches:
            return [edge]
        return [replace(s, include=edge.include, aka=edge.aka) for s in stretches]

    def _notes(self, signs: str) -> list[Note]:
        return [note for sign in signs for note in read_hole(self.folded.hole(sign))]

    def _named(self, edge: Edge, note: Note, part: _Draft) -> Edge:
        """An inclusion that names its lines: this edge, others of the part, or more ground."""
        rest = []
        for name in note.names:
            if _covers(name, edge.name):
                edge = replace(edge, include=note.value)
            else:
                rest.append(name)
        others = [name for name in note.names if any(_covers(name, e.name) for e in part.edges)]
        self._apply(part, note._replace(names=tuple(dict.fromkeys([*rest, *others]))))
        return edge

    def _apply(self, part: _Draft, note: Note) -> None:
        if not note.names:
            return
        hit = {e.name for e in part.edges for name in note.names if _covers(name, e.name)}
        if hit:
            done = with_include(part.done(), note.value, frozenset(hit))
            part.edges = list(done.edges)
        rest = [name for name in note.names if not any(_covers(name, other) for other in hit)]
        rest = [name for name in rest if not re.search(r"^(?:边界|道路|两侧|以上|上述)", name)]
        if note.value == "excluded":
            part.minus += [Minus(name) for name in rest]
        else:
            self.extra += [_Draft(units=[_unit(name)]) for name in rest]

    def _behind(self, part: _Draft, edges: list[Edge], signs: str) -> None:
        """Brackets behind a whole clause: about all edges if they say so, else about its own."""
        for note in self._notes(signs):
            own = {edge.name for edge in edges}
            if note.what == "include" and not note.names:
                if note.wide:
                    part.edges = list(with_include(part.done(), note.value).edges)
                else:
                    part.edges = [
                        replace(e, include=note.value)
                        if e.name in own and e.include == "unstated" else e
                        for e in part.edges
                    ]  # fmt: skip
            elif note.what == "include":
                self._apply(part, note)
            elif note.what in ("stretch", "open", "aka") and edges:
                keep = [e for e in part.edges if e not in edges[-1:]]
                part.edges = keep + self._hole_notes(edges[-1], note)
            elif note.what == "unread":
                self.unread.append(note.value)

    def _hole_notes(self, edge: Edge, note: Note) -> list[Edge]:
        if note.what == "stretch":
            return [replace(edge, start=note.names[0], end=note.names[1])]
        if note.what == "open":
            return [replace(edge, start=note.names[0], toward=note.value)]
        return [replace(edge, aka=(*edge.aka, note.value))]

    def stated(self, text: str) -> bool:
        """A whole sentence on inclusion; False if it is about something else."""
        told = inclusion(re.sub(f"[{HOLES}]", "", text)) if self.parts else None
        sided = re.search(r"以[东南西北]|[东南西北](?:至|起|临|邻)|合围|围合", text)
        self.fresh = True
        return told is not None and not sided and self._stated(told, text)

    def _stated(self, note: Note, text: str) -> bool:
        """A clause of its own on inclusion (均含边界道路; 其中A路、B路不含)."""
        self._settle_pending()
        if not note.names:
            for part in self.parts if note.wide or self.fresh else self.parts[-1:]:
                part.edges = list(with_include(part.done(), note.value).edges)
            return True
        known = any(_same(n, e.name) for n in note.names for p in self.parts for e in p.edges)
        if not known and not re.match(r"^(?:均|都)?不|.*不(?:含|包)", text):
            return False
        if not known:
            self.parts[-1].minus += [Minus(name) for name in note.names]
            self.side = ("minus",)
            return True
        for part in [
            p for p in self.parts if any(_same(n, e.name) for n in note.names for e in p.edges)
        ]:
            mine = tuple(n for n in note.names if any(_same(n, e.name) for e in part.edges))
            self._apply(part, note._replace(names=mine))
        return True

    # -- the other forms ---------------------------------------------------------------------------

    def _spread(self, separator: str, made: Clause, text: str) -> None:
        """东西分别至A路、B路: the names still to come are dealt to the sides in order."""
        self._settle_pending()
        part = self._for_side(separator, made.sides)
        self._lead(part, made, ())
        self._deal = list(made.sides[1:])
        first = replace(made, sides=made.sides[:1])
        edges = self._edges([*made.names[:1]], first, part)
        part.edges += edges
        for name, side in zip(made.names[1:], made.sides[1:]):
            part.edges += self._edges([name], replace(made, sides=(side,)), part)
            self._deal.pop(0)
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

    def _ring(self, separator: str, made: Clause, text: str) -> None:
        held, self.pending = self.pending, []
        names = [*(name for _, name in held), *made.names]
        self.side = ()
        if not names:  # 合围区域 after sides: it says no more than that they enclose
            if self.parts:
                self.parts[-1].closed = True
                self._behind(self.parts[-1], [], made.behind)
            return
        part = self._part(bool(self.parts and not self.parts[-1].empty))
        names[0] = Name(re.sub(r"^(?:由|以|沿|是)(?=.{2})", "", names[0].text), names[0].holes)
        unit, rest = with_unit(names[0].text)
        names[0] = Name(rest, names[0].holes)
        part.units += [unit] if unit else []
        if len(names) > 2 and _same(names[0].text, names[-1].text):
            names[0] = Name(names[0].text, names[0].holes + names.pop().holes)
        edges = self._edges(names, replace(made, sides=("ring",)), part)
        part.edges += edges
        self._ring_behind(part, made.behind)
        part.closed = True

    def _ring_behind(self, part: _Draft, signs: str) -> None:
        for note in self._notes(signs):
            if note.what == "include" and not note.names:
                part.edges = list(with_include(part.done(), note.value).edges)
            elif note.what == "include":
                self._apply(part, note)
            elif note.what == "aka":
                part.label = (part.label or "") + note.value
            elif note.what in ("stretch", "open", "unread"):
                self.unread.append("—".join(note.names) or note.value)

    def _inside(self, separator: str, made: Clause, text: str) -> None:
        name = made.names[-1].text
        if not is_ring_road(name) and len(made.names) < 3:
            self._bare(separator, replace(made, kind="bare", closes=True), text)
            return
        last = self.parts[-1] if self.parts else None
        joined = last is not None and last.minus and not last.edges and not last.closed
        held, self.pending = self.pending, []
        part = self._part(bool(last and not last.empty and not joined))
        for sep, waiting in held:
            self._unit_or_unread(sep, waiting, part)
        unit, rest = with_unit(made.names[0].text)
        names = [Name(rest, made.names[0].holes), *made.names[1:]]
        part.units += [unit] if unit else []
        part.edges += self._edges(names, replace(made, sides=("ring",)), part)
        self._ring_behind(part, made.behind)
        part.closed = made.closes

    def _outside(self, separator: str, made: Clause, text: str) -> None:
        """四环以外: taken off the part that goes on, or off the last one."""
        self._settle_pending()
        name = made.names[-1].text
        unit, name = with_unit(name)
        parts = (
            (Part(edges=(Edge(name, "ring", kind=kind_of(name)),)),) if is_ring_road(name) else ()
        )
        last = self.parts[-1] if self.parts else None
        same = (
            last is not None
            and not last.closed
            and not last.empty
            and separator not in ("和", "、")
        )
        part = self._part(not same)
        part.units += [unit] if unit else []
        part.minus.append(Minus(f"{name}以内" if parts else name, parts))

    def _corridor(self, separator: str, made: Clause, text: str) -> None:
        if self.side == (made.corridor,) and self.parts and separator in "、和":
            shown = replace(made, names=made.names, sides=self.side, offset=made.width or 0.0)
            self.parts[-1].edges += self._edges(list(made.names), shown, self.parts[-1])
            return
        held, self.pending = self.pending, []
        last = self.parts[-1] if self.parts else None
        part = self._part(bool(last and (last.edges or last.units) and not last.corridors))
        names = [*(n for sep, n in held if is_line(n.text)), *made.names]
        for sep, name in held:
            if not is_line(name.text):
                self._unit_or_unread(sep, name, part)
        unit, rest = with_unit(names[0].text)
        part.units += [unit] if unit else []
        names[0] = Name(rest, names[0].holes)
        for name in names:
            bare = re.sub(r"(?<=[\dA-Z线])道路$", "", name.text)
            edge = self._holes(Edge(bare, "ring"), name.holes, part)[0]
            part.corridors.append(Corridor(bare, made.width, made.corridor, edge.start, edge.end))
        self.side = ()

    def _area(self, separator: str, made: Clause, text: str) -> None:
        self._settle_pending()
        if self.parts:
            self.parts[-1].area_km2 = made.width

    def _minus(self, separator: str, made: Clause, text: str) -> None:
        self._settle_pending()
        part = self.parts[-1] if self.parts else self._part(True)
        note = Note("include", "excluded", tuple(_list(made.names[0].text)))
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
                if line and not any(_same(name.text, other.text) for other in names):
                    names.append(name)
        part = self._part(bool(self.parts and not self.parts[-1].empty))
        part.edges += self._edges(names, Clause("ring", sides=("ring",)), part)
        part.closed, self.routes = True, []

    # -- names without a form of their own ---------------------------------------------------------

    def _bare(self, separator: str, made: Clause, text: str) -> None:
        names = list(made.names)
        whole = "".join(n.text for n in names)
        if not names:
            self._behind_all(made.behind)
            return
        if self.side == ("deal",):
            self._dealt(names)
            return
        if self.side == ("minus",) and separator == "、" and self.parts:
            self.parts[-1].minus += [
                Minus(re.sub(r"(?:除外|以外|之外|外)$", "", n.text)) for n in names
            ]
            return
        if re.search(r"(?<=.)以(?![上下内外])|为(?:界|中心|准)", whole):
            self._settle_pending()
            self.unread.append(self.folded.shown(text))
            return
        unit = self._is_area(whole, names)
        if self.side and separator == "、" and not (unit and _WHOLE.search(whole)):
            self._more_of_side(names, made)
        elif self.side and is_line(whole) and not unit:
            self._more_of_side(names, made)
        elif unit and (_WHOLE.search(whole) or self.fresh or separator != "、" or not self.pending):
            self._settle_pending()
            self._add_unit(separator, whole, names[-1].holes + made.behind, _AROUND.search(text))
        else:
            self.side = ()
            for name in names:
                self.pending.append((separator, name))
                separator = "—"
            if made.closes:
                self._settle_pending()

    def _is_area(self, whole: str, names: list[Name]) -> bool:
        return len(names) == 1 and (
            bool(_WHOLE.search(whole))
            or (is_unit(whole) and not (is_line(whole) and kind_of(whole) != "boundary"))
        )

    def _dealt(self, names: list[Name]) -> None:
        for name in names:
            side = self._deal.pop(0) if self._deal else self.parts[-1].edges[-1].edge
            part = self.parts[-1]
            part.edges += self._edges([name], Clause("side", sides=(side,)), part)

    def _more_of_side(self, names: list[Name], made: Clause) -> None:
        part = self.parts[-1]
        edges = self._edges(names, Clause("side", sides=self.side), part)
        last = part.edges[-1] if part.edges else None
        if last is not None and last.include != "unstated" and not made.behind:
            pass
        part.edges += edges
        self._behind(part, edges, made.behind)
        part.closed = part.closed or made.closes

    def _add_unit(
        self, separator: str, text: str, signs: str, around: re.Match[str] | None = None
    ) -> None:
        if "之间" in text:
            self.unread.append(self.folded.shown(text + signs))
            return
        last = self.parts[-1] if self.parts else None
        listed = last is not None and last.units and not last.edges and not last.closed
        part = self._part(not listed and bool(last and not last.empty))
        part.units.append(_unit(text))
        part.around = around is not None
        self.side = ()
        for note in self._notes(signs):
            if note.what == "include" and note.names:
                self._apply(part, note)
            elif note.what == "unread" or note.what == "stretch":
                self.unread.append(note.value or "—".join(note.names))

    def _take_pending(self, part: _Draft, made: Clause) -> list[Name]:
        """Names waiting for the words 以东 behind the last of their list."""
        held, self.pending = self.pending, []
        taken = []
        for separator, name in held:
            if is_line(name.text) or name.text == ELIDED or not is_unit(name.text):
                taken.append(name)
            else:
                self._unit_or_unread(separator, name, part)
        if taken:
            unit, rest = with_unit(taken[0].text)
            part.units += [unit] if unit else []
            taken[0] = Name(rest, taken[0].holes)
        return taken

    def _settle_pending(self) -> None:
        """Names that no side, ring or corridor claimed: a chain of lines, units, or unread."""
        held, self.pending = self.pending, []
        names = [name for _, name in held]
        lines = [name for name in names if is_line(name.text)]
        chained = len(names) > 3 and _same(names[0].text, names[-1].text)
        if len(lines) == len(names) > 2 and (chained or len(names) > 3 or held[1][0] == "—"):
            self._other("order", names="、".join(name.text for name in names))
            self.doubts *= 1.0 if chained else 0.7
            self._ring("", Clause("ring", tuple(names)), "")
            return
        for separator, name in held:
            self._unit_or_unread(separator, name, None)

    def _unit_or_unread(self, separator: str, name: Name, part: _Draft | None) -> None:
        if is_unit(name.text) and not name.text.startswith(ELIDED):
            self._add_unit(separator, name.text, name.holes)
        else:
            self.unread.append(self.folded.shown(name.text + name.holes))

    def _behind_all(self, signs: str) -> None:
        if self.parts:
            self._behind(self.parts[-1], self.parts[-1].edges, signs)
        else:
            self.unread += [self.folded.hole(sign) for sign in signs]

    def _other(self, code: str, **told: str) -> None:
        zh, en = _OTHER[code]
        self.others.append({"zh": zh.format(**told), "en": en.format(**told)})
        self.doubts *= 0.95


def _same(one: str, other: str) -> bool:
    """Whether two printed names mean one line: equal, or equal without 原 and the like."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and (
        (long.startswith(short) and len(long) - len(short) <= 2)
        or re.sub(r"^(?:原|现|旧|老)", "", one) == re.sub(r"^(?:原|现|旧|老)", "", other) == one
    )


def _covers(name: str, edge: str) -> bool:
    """Whether a bracket that names 三环 means this edge, of which 东三环 is a quarter."""
    return _same(name, edge) or (edge[:1] in "东南西北" and edge[1:] == name)


def _list(text: str) -> list[str]:
    from .holes import names_in

    return list(names_in(text))


def _unit(text: str) -> str:
    return _WHOLE.sub("", text) or text


def _in_its_unit(part: Part) -> Part:
    """An open part under the heading of a unit (西村镇：和谐路以西) lies in that unit."""
    if part.edges and not part.closed and not part.units and part.label and is_unit(part.label):
        return replace(part, units=(part.label,))
    return part
