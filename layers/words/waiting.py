"""Names without a form of their own: they wait for the words behind them, or name areas."""

from __future__ import annotations

import re
from dataclasses import replace

from .brackets import WHOLE, Growing, Noting, same, unit_of
from .clauses import Clause, Name, with_unit
from .doubt import doubtful_area
from .lexicon import OPPOSITE, is_line, is_ring_road, is_unit, kind_of
from .model import Edge, Minus
from .normal import ELIDED, HOLES

__all__ = ["Waiting"]

_AROUND = re.compile(rf"(?:区域|范围|境|辖区)内[{HOLES}]*$")


class Waiting(Noting):
    """Bare names: more roads of a side, units, or pending until a side or a ring claims them."""

    deal: list[str]

    def _lay(self, part: Growing, name: Name, made: Clause) -> None:
        """A corridor; see Reader."""
        raise NotImplementedError

    def _bare(self, separator: str, made: Clause, text: str) -> None:
        names = list(made.names)
        whole = "".join(n.text for n in names)
        if not names:
            self._behind_all(made.behind)
            return
        if self.side == ("lost",):
            if separator == "、":
                self._lost(text)
                return
            self.side = ()
        if self.side == ("deal",):
            self._dealt(names)
            return
        if self.side == ("minus",) and separator == "、" and self.parts:
            self.parts[-1].minus += [
                Minus(re.sub(r"(?:除外|以外|之外|外)$", "", n.text)) for n in names
            ]
            return
        if re.match(
            r"(?:总|辖区|区域|规划|范围|占地|用地)*(?:面积|用地).*(?:公顷|平方公里|平方米|亩)$",
            whole,
        ):
            self.beside.append(self.folded.shown(text))
            return
        if re.search(r"(?<=.)以(?![上下内外])|为(?:界|中心|准)", whole):
            self._settle_pending()
            self.unread.append(self.folded.shown(text))
            return
        unit = self._is_area(whole, names)
        listed = separator == "、" or (separator == "和" and not unit)
        if (self.side and listed and not (unit and WHOLE.search(whole))) or (
            self.side and is_line(whole) and not unit
        ):
            self._more_of_side(names, made)
        elif unit and (WHOLE.search(whole) or self.fresh or separator != "、" or not self.pending):
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
            (
                bool(WHOLE.search(whole))
                and not re.search(r"(?:[路街线]|(?<!街)道)交?叉?$", unit_of(whole))
            )
            or (is_unit(whole) and not (is_line(whole) and kind_of(whole) != "boundary"))
        )

    def _dealt(self, names: list[Name]) -> None:
        for name in names:
            side = self.deal.pop(0) if self.deal else self.parts[-1].edges[-1].edge
            part = self.parts[-1]
            part.edges += self._edges([name], Clause("side", sides=(side,)), part)

    def _more_of_side(self, names: list[Name], made: Clause) -> None:
        part = self.parts[-1]
        edges = self._edges(names, Clause("side", sides=self.side), part)
        if not edges:
            self.side = ("lost",)
        part.edges += edges
        self._behind(part, edges, made.behind)
        part.closed = part.closed or made.closes

    def _add_unit(
        self, separator: str, text: str, signs: str, around: re.Match[str] | None = None
    ) -> None:
        last = self.parts[-1] if self.parts else None
        if len(text) > 3 and text.endswith("等"):  # the list goes on, nobody says how
            self.unread.append(text)
            text = text[:-1]
        if doubtful_area(unit_of(text)):
            self._lost(text + signs)
            return
        if (
            re.fullmatch(r"(?:以上|上述)[一二三四五六七八九十\d]*个?.{2,4}", unit_of(text))
            and not signs
        ):
            self.beside.append(unit_of(text))
            return  # 以上九个社区全域: those just listed
        listed = last is not None and last.units and not last.closed
        listed = listed and (last.cutting or not last.edges) if last is not None else False
        bare = last is not None and last.minus and not (last.edges or last.units or last.corridors)
        part = self._part(not listed and not bare and bool(last and not last.empty))
        self.side = ()
        notes = self._notes(signs)
        cut = [note for note in notes if note.what == "open" and note.value]
        if cut:  # 古猗园社区（走马塘以北）: a part of that unit
            self.extra.append(Growing(units=[unit_of(text)]))
            for note in cut:
                edge = Edge(note.names[0], OPPOSITE[note.value], kind=kind_of(note.names[0]))
                self.extra[-1].edges.append(edge)
        else:
            part.units.append(unit_of(text))
            part.around = around is not None
        for note in notes:
            if note.what == "include" and note.names:
                self._apply(part, note)
            elif note.what in ("unread", "stretch") or (note.what == "open" and not note.value):
                self.unread.append(note.value or "—".join(note.names))

    def _take_pending(self, part: Growing, made: Clause) -> list[Name]:
        """Names waiting for the words 以东 behind the last of their list."""
        held, self.pending = self.pending, []
        taken = []
        for separator, name in held:
            if name.along:
                self.extra.append(Growing())
                self._lay(self.extra[-1], name, Clause("corridor"))
            elif is_line(name.text) or name.text == ELIDED or not is_unit(name.text):
                taken.append(name)
            else:
                self._unit_or_unread(separator, name, part)
        if taken:
            unit, rest = with_unit(taken[0].text)
            part.units += [unit] if unit else []
            taken[0] = Name(rest, taken[0].holes)
        return taken

    def _unit_or_unread(self, separator: str, name: Name, part: Growing | None) -> None:
        if is_unit(re.sub(r"等$", "", name.text)) and not name.text.startswith(ELIDED):
            self._add_unit(separator, name.text, name.holes)
        else:
            self.unread.append(self.folded.shown(name.text + name.holes))

    def _ring(self, separator: str, made: Clause, text: str) -> None:
        held, self.pending = self.pending, []
        names = [*(name for _, name in held), *made.names]
        self.side = ()
        if not names:  # 合围区域 after sides: it says no more than that they enclose
            if self.parts:
                self.parts[-1].closed = True
                self._behind(self.parts[-1], [], made.shared + made.behind)
            return
        part = self._part(bool(self.parts and not self.parts[-1].empty))
        names[0] = Name(re.sub(r"^(?:由|以|沿|是)(?=.{2})", "", names[0].text), names[0].holes)
        unit, rest = with_unit(names[0].text)
        names[0] = Name(rest, names[0].holes)
        part.units += [unit] if unit else []
        if len(names) > 2 and same(names[0].text, names[-1].text):
            names[0] = Name(names[0].text, names[0].holes + names.pop().holes)
        if len(names) == 1 and not is_ring_road(names[0].text):
            self._lost(names[0].text + names[0].holes + made.shared + made.behind)
            return
        own = any(note.what == "include" for n in names[:-1] for note in self._notes(n.holes))
        if own:  # A（不含）—B—C（不含）合围: each bracket is about its own line
            names[-1] = replace(names[-1], holes=names[-1].holes + made.shared)
        edges = self._edges(names, replace(made, sides=("ring",), shared=""), part)
        part.edges += edges
        self._ring_behind(part, ("" if own else made.shared) + made.behind)
        part.closed = True

    def _settle_pending(self) -> None:
        """Names that no side, ring or corridor claimed: a chain of lines, units, or unread."""
        held, self.pending = self.pending, []
        names = [name for _, name in held]
        lines = [name for name in names if is_line(name.text)]
        chained = len(names) > 3 and same(names[0].text, names[-1].text)
        if len(lines) == len(names) > 2 and (chained or len(names) > 3 or held[1][0] == "—"):
            self._other("order", names="、".join(name.text for name in names))
            self.doubts *= 1.0 if chained else 0.7
            self._ring("", Clause("ring", tuple(names)), "")
            return
        for separator, name in held:
            if name.along:
                last = self.parts[-1] if self.parts else None
                part = self._part(bool(last and (last.edges or last.units)))
                unit, rest = with_unit(name.text)
                part.units += [unit] if unit else []
                self._lay(part, replace(name, text=rest), Clause("corridor"))
                part.closed = True
            else:
                self._unit_or_unread(separator, name, None)
