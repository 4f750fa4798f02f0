"""A part while it is being read, and what brackets and clauses on inclusion do to its edges."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .doubt import doubtful, doubtful_area
from .holes import Note, inclusion, read_hole
from .lexicon import is_line, is_unit, kind_of
from .model import Corridor, Edge, Minus, Part, Split, with_include
from .named import called
from .normal import ELIDED, HOLES, Folded

if TYPE_CHECKING:
    from .clauses import Clause, Name

__all__ = ["DESCRIBED", "WHOLE", "Growing", "Noting", "same", "unit_of"]

WHOLE = re.compile(
    r"(?:(?:所有|全部|所辖|全部所辖)区域|(?:行政区域|行政辖区|辖区|境|区域|辖区范围|行政区划)?"
    r"(?:全域|全境|全部|全区|全辖区|范围|(?<!以)内)+)$"
    r"|(?<=[区市县镇乡道])(?:行政边界(?:以内|之内|内)?(?:(?:的|所有)*区域)?$|行政区域|行政辖区"
    r"|行政区|辖区|全域|境)内?$"
    r"|(?<=.{2})所在区域?$"
)
# What a second mention of a line may add to its name or leave out.
_MORE = re.compile(r"(?:道路|公路|铁路|大道|大街|高速|路段|路|街|道|线|段|沿线|本身|等|河道|河)?")
_FACE = re.compile(r"^[东南西北](?:侧|面|边)(?!.*(?:门面房|商铺|小区|公园))")
# Areas that a boundary describes (长安片区东至…), and does not only lie in.
DESCRIBED = re.compile(
    r"(?:片区|岛区|区块|组团|禁燃区|禁放区|禁行区|限行区|管控区|封控区|防范区|低排区|禁用区"
    r"|禁养区|分区"
    r"|功能区|地块|建成区|规划区|学区|[类级]区(?:域)?|核心区|缓冲区|保护区"
    r"|第[一二三四五六七八九十\d]+(?:区|域))$|(?:^"
    r"|[^一-龥])[A-Za-z\d甲乙丙丁一二三四五]+区$"
)
# Codes of other readings, in Chinese and English.
_OTHER = {
    "joint": (
        "“{names}”后的“含/不含”也可能只指“{last}”",
        "“含/不含” after “{names}” may concern “{last}” alone",
    ),
    "both": (
        "“{names}”：两侧各用哪一条没有写明，按先后对应",
        "“{names}”: which line is on which side is not said; taken in order",
    ),
    "list": (
        "“{names}”后面的限定也可能指前面并列的各项，不只“{last}”",
        "what stands behind “{names}” may concern all of the list, not “{last}” alone",
    ),
    "rings": (
        "“{names}”：哪条环路在外没有写明，按“{last}”在外读",
        "“{names}”: which ring road is the outer one is not said; read with “{last}” outside",
    ),
    "order": (
        "“{names}”没有写明方位，按依次围成一圈读",
        "“{names}” stand without sides; read as a ring in that order",
    ),
}


@dataclass
class Growing:
    """A part while it is being read."""

    edges: list[Edge] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    minus: list[Minus] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    corridors: list[Corridor] = field(default_factory=list)
    label: str | None = None
    area_km2: float | None = None
    points: tuple[tuple[float, float], ...] = ()
    points_m: float = 0.0
    closed: bool = False
    wide: tuple[str, int] | None = None
    """What the last clause says of all edges, and how many there were then."""
    around: bool = False
    """Its units were only named as what the sides to come lie in."""
    cutting: bool = False
    """Its edges cut the units named behind them, and those still to come."""
    trailing: bool = False
    """It was begun only because a side was named twice."""
    corners: set[str] = field(default_factory=set)
    """Lines on two neighbouring sides (东南以X为界): they do not begin another area."""

    @property
    def sides(self) -> list[str]:
        return [edge.edge for edge in self.edges]

    @property
    def empty(self) -> bool:
        return self.done().empty

    def done(self) -> Part:
        label = None if self.label is None else self.label.strip("：，")
        return Part(
            tuple(_crossed(self.edges)), tuple(dict.fromkeys(self.units)), tuple(self.minus),
            tuple(self.splits), tuple(self.corridors), label, self.area_km2,
            self.points, self.points_m,
        )  # fmt: skip


def _crossed(edges: list[Edge]) -> list[Edge]:
    """A至B、C至D之间: two pairs of opposite lines go round in the order A, C, B, D."""
    if [edge.edge for edge in edges] != ["between"] * 4:
        return edges
    one, two, three, four = (replace(edge, edge="ring") for edge in edges)
    return [one, three, two, four]


class Noting:
    """What is known so far, and how brackets change it."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.parts: list[Growing] = []
        self.extra: list[Growing] = []
        self.unread: list[str] = []
        self.beside: list[str] = []
        self.heads: list[str] = []
        self.titles: list[str] = []
        self.others: list[dict[str, str]] = []
        self.doubts = 1.0
        self.pending: list[tuple[str, Name]] = []
        self.label: str | None = None
        self.side: tuple[str, ...] = ()
        self.fresh = True

    def _settle_pending(self) -> None:
        """Names that wait for the words behind them; see Waiting."""
        raise NotImplementedError

    def _notes(self, signs: str) -> list[Note]:
        found: list[Note] = []
        for sign in signs:
            notes = read_hole(self.folded.hole(sign))
            if all(n.what == "nothing" or (n.what == "include" and not n.names) for n in notes):
                self.heads.append(self.folded.hole(sign))
            self.beside += [note.value for note in notes if note.what == "nothing"]
            found += notes
        return found

    def _part(self, new: bool) -> Growing:
        if new or not self.parts or self.parts[-1].closed:
            self.parts.append(Growing(label=self.label))
            self.label = None
        elif self.label is not None and self.parts[-1].empty:
            self.parts[-1].label, self.label = self.label, None
        return self.parts[-1]

    def _edges(self, names: list[Name], made: Clause, part: Growing) -> list[Edge]:
        overlap = bool(re.search(r"重[叠合]路?段$", names[-1].text))
        edges: list[Edge] = []
        for name in names:
            bare = re.sub(r"(?:重[叠合])?(?:路段)?$", "", name.text) if overlap else name.text
            if bare.strip(ELIDED) == "":
                self.unread.append(ELIDED)
                self.doubts *= 0.6
                continue
            edges += self._edge(replace(name, text=bare), made, part, overlap)
        return self._share(edges, made.shared, part, overlap) if made.shared and edges else edges

    def _edge(self, name: Name, made: Clause, part: Growing, overlap: bool) -> list[Edge]:
        """The edges of one name; none, and the name told, if it reads like half a sentence."""
        sides = made.sides or ("ring",)
        told = called(name, "ring" in sides)
        self.unread += [told.rest] if told.rest else []
        if doubtful(told.text, "ring" in sides):
            self._lost(name.text + name.holes)
            return []
        edges: list[Edge] = []
        for side in sides:
            far = told.offset_m or made.offset
            edge = Edge(told.text, side, kind=kind_of(told.text), offset_m=far, overlap=overlap)
            edge = replace(edge, start=told.start, end=told.end, include=made.kerb or "unstated")
            edges += self._holes(edge, name.holes, part)
        return edges

    def _lost(self, text: str) -> None:
        """Words of which nothing can be made."""
        self.unread.append(self.folded.shown(text))
        self.doubts *= 0.7

    def _share(self, edges: list[Edge], signs: str, part: Growing, overlap: bool) -> list[Edge]:
        """Brackets between a list of names and the 以东 they share: about the whole list."""
        shown = "、".join(dict.fromkeys(edge.name for edge in edges))
        for note in self._notes(signs):
            if note.what == "include" and note.names:
                mine = [n for n in note.names if any(same(n, e.name) for e in edges)]
                edges = [
                    replace(e, include=note.value) if any(same(n, e.name) for n in mine) else e
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

    def _holes(self, edge: Edge, signs: str, part: Growing) -> list[Edge]:
        """An edge with what the brackets behind its name say; several stretches are several "
        "edges."""
        stretches: list[Edge] = []
        for note in self._notes(signs):
            if note.what == "include" and not note.names:
                edge = replace(edge, include=note.value)
                part.wide = (note.value, -1) if note.wide else part.wide
            elif note.what == "include" and all(_FACE.match(name) for name in note.names):
                self.unread += note.names  # 含南侧临街面: beyond the line, or short of it
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

    def _named(self, edge: Edge, note: Note, part: Growing) -> Edge:
        """An inclusion that names its lines: this edge, others of the part, or more ground."""
        rest = []
        self.heads += note.names
        for name in note.names:
            if _covers(name, edge.name):
                edge = replace(edge, include=note.value)
            else:
                rest.append(name)
        others = [name for name in note.names if any(_covers(name, e.name) for e in part.edges)]
        self._apply(part, note._replace(names=tuple(dict.fromkeys([*rest, *others]))))
        return edge

    def _apply(self, part: Growing, note: Note) -> None:
        if not note.names:
            return
        self.heads += note.names
        if all(re.match(r"^(?:以上|上述)", name) for name in note.names):
            part.edges = list(with_include(part.done(), note.value).edges)
            return
        hit = {e.name for e in part.edges for name in note.names if _covers(name, e.name)}
        if hit:
            done = with_include(part.done(), note.value, frozenset(hit))
            part.edges = list(done.edges)
        rest = [name for name in note.names if not any(_covers(name, other) for other in hit)]
        rest = [name for name in rest if not re.search(r"^(?:边界|道路|两侧|以上|上述)", name)]
        rest = [re.sub(r"(?<=..)等$", "", name) for name in rest]
        if note.value == "excluded":
            part.minus += [Minus(name) for name in rest]
            return
        roads = [n for n in rest if (is_line(n) and not is_unit(n)) or doubtful_area(n)]
        self.unread += roads
        self.extra += [Growing(units=[unit_of(name)]) for name in rest if name not in roads]

    def _behind(self, part: Growing, edges: list[Edge], signs: str) -> None:
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

    def _ring_behind(self, part: Growing, signs: str) -> None:
        for note in self._notes(signs):
            if note.what == "include" and not note.names:
                part.edges = list(with_include(part.done(), note.value).edges)
            elif note.what == "include":
                self._apply(part, note)
            elif note.what == "aka":
                part.label = (part.label or "") + note.value
            elif note.what in ("stretch", "open", "unread"):
                self.unread.append("—".join(note.names) or note.value)

    def _behind_all(self, signs: str) -> None:
        if self.parts:
            self._behind(self.parts[-1], self.parts[-1].edges, signs)
        else:
            self.unread += [self.folded.hole(sign) for sign in signs]

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
        known = any(same(n, e.name) for n in note.names for p in self.parts for e in p.edges)
        units = all(is_unit(name) for name in note.names)
        if not known and units and re.match(r"^(?:另|均|都|还)?(?:包?含|包括)", text):
            self.parts.append(Growing(units=[unit_of(name) for name in note.names]))
            self.side = ()
            return True
        if not known and not re.match(r"^(?:均|都)?不|.*不(?:含|包)", text):
            return False
        if not known:
            self.parts[-1].minus += [Minus(name) for name in note.names]
            self.side = ("minus",)
            return True
        for part in [
            p for p in self.parts if any(same(n, e.name) for n in note.names for e in p.edges)
        ]:
            mine = tuple(n for n in note.names if any(same(n, e.name) for e in part.edges))
            self._apply(part, note._replace(names=mine))
        return True

    def _other(self, code: str, **told: str) -> None:
        zh, en = _OTHER[code]
        self.others.append({"zh": zh.format(**told), "en": en.format(**told)})
        self.doubts *= 0.95


def same(one: str, other: str) -> bool:
    """Whether two printed names mean one line: equal, or equal without 原 and the like."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if re.search(r"(?:围墙|边界|红线|[一-龥]墙)$", long) and not re.search(r"墙|边界|红线", short):
        return False  # 岳屏公园 is the ground, 岳屏公园围墙 its edge
    return len(short) > 1 and (
        (long.startswith(short) and bool(_MORE.fullmatch(long[len(short) :])))
        or re.sub(r"^(?:原|现|旧|老)", "", one) == re.sub(r"^(?:原|现|旧|老)", "", other) == one
    )


def _covers(name: str, edge: str) -> bool:
    """Whether a bracket that names 三环 means this edge, of which 东三环 is a quarter."""
    return same(name, edge) or (edge[:1] in "东南西北" and edge[1:] == name)


def unit_of(text: str) -> str:
    return WHOLE.sub("", text).rstrip("的") or text
