"""The units a text names (districts, towns): which areas stand for them, and how surely."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from .areas import combined
from .model import Cannot, Shapes
from .notes import note

if TYPE_CHECKING:
    from ..words.model import Part
    from .model import Note, Options

__all__ = ["Units"]

_UNIT = re.compile(r"[一-龥]{2,}(?:市|县|区|镇|乡|街道|办事处|旗)$")


class Units:
    """Areas of units from the options; what is assumed or missing goes into the lists given."""

    def __init__(self, options: Options, assumptions: list[Note], missing: list[Note]) -> None:
        self.options, self.assumptions, self.missing = options, assumptions, missing

    def shape_of(self, name: str) -> Shapes | None:
        """The area of that name; 郑州市惠济区 is 惠济区."""
        known = [unit for unit in self.options.units if name.endswith(unit) and len(unit) > 1]
        return self.options.units[max(known, key=len)] if known else None

    def container(self, part: Part) -> tuple[Shapes | None, str]:
        """The unit a part lies in. --within stands for one that has no shape here, unless it bears
        the name of another: then, as an approximate shape does, it only bounds the extent. Raises
        Cannot if the two lie apart."""
        known = [(self.shape_of(name), name) for name in part.units]
        drawn = [(shapes, name) for shapes, name in known if shapes is not None]
        within, title = self.options.within, self.options.within_name
        if drawn and len(drawn) == len(known):
            names = "、".join(name for _, name in drawn)
            if within is not None and not (
                self.options.within_known and all(name.endswith(title) for _, name in drawn)
            ):
                self.assumptions.append(note("within_unused", name=names, unit=title))
            return combined([shapes for shapes, _ in drawn], "or"), names
        others = [name for name in part.units if within is None or self._other(name)]
        if within is not None and not others:
            for name in part.units:
                if name != title:
                    self.assumptions.append(note("within", name=name, unit=title))
            return self._whole_within(within, title), title
        bounds = [within] if within is not None else []
        bounds += self._rough_union(part.units)
        if not bounds:
            return None, ""
        bound = combined(bounds, "and")
        names = "、".join(part.units)
        if bound.extent.is_empty:
            raise Cannot(note("apart", name=names, unit=title))
        if bound.nominal.is_empty:
            bound = replace(bound, nominal=bound.extent)
        if len(bounds) > (within is not None):
            self.missing.append(note("rough", name=names))
        else:
            self.missing.append(note("other_unit", name=names, unit=title))
        return replace(bound, core=shapely.MultiPolygon()), names

    def within(self, part: Part, shapes: Shapes) -> Shapes:
        """A closed area cut by its unit; without its shape nowhere is certainly inside."""
        unit, _ = self.container(part)
        if unit is not None:
            return combined([shapes, unit], "and")
        if part.units:
            self.missing.append(note("uncut", name="、".join(part.units)))
            return replace(shapes, core=shapely.MultiPolygon())
        return shapes

    def needed(self, part: Part) -> tuple[Shapes, str]:
        """The unit that a part cannot do without. Raises Cannot."""
        unit, name = self.container(part)
        if unit is not None:
            return unit, name
        if part.units:
            raise Cannot(note("no_unit", name="、".join(part.units)))
        raise Cannot(note("no_frame"))

    def union(self, part: Part) -> tuple[Shapes, float]:
        """All units of a part together. Raises Cannot if none is drawn."""
        drawn = []
        for name in part.units:
            shapes = self.shape_of(name)
            if shapes is None and name == self.options.within_name:
                shapes = self.options.within
            rough = self._rough(name)
            if shapes is not None:
                drawn.append(shapes)
            elif rough is not None:
                self.missing.append(note("rough", name=name))
                drawn.append(rough)
            else:
                self.missing.append(note("undrawn_part", name=name))
        if not drawn:
            raise Cannot(self.missing.pop())
        return combined(drawn, "or"), 0.0

    def _whole_within(self, within: Shapes, title: str) -> Shapes:
        if self.options.within_known and self._rough(title) is not None:
            self.missing.append(note("rough", name=title))
            return replace(within, core=shapely.MultiPolygon())
        return within

    def _other(self, name: str) -> bool:
        """Whether --within bears the name of another unit than this."""
        title = self.options.within_name
        if not self.options.within_known:
            title = title.rpartition(".")[0] or title  # the name of a file
            if not _UNIT.fullmatch(title):
                return False
        return not (name.endswith(title) or title.endswith(name))

    def _rough(self, name: str) -> Shapes | None:
        """An approximate shape, in which nowhere is certain."""
        known = [unit for unit in self.options.rough if name.endswith(unit) and len(unit) > 1]
        if not known:
            return None
        return replace(self.options.rough[max(known, key=len)], core=shapely.MultiPolygon())

    def _rough_union(self, names: tuple[str, ...]) -> list[Shapes]:
        """The shapes of all the units together, approximate ones too; empty if one has none."""
        found = [self.shape_of(name) or self._rough(name) for name in names]
        shapes = [shape for shape in found if shape is not None]
        return [combined(shapes, "or")] if shapes and len(shapes) == len(found) else []
