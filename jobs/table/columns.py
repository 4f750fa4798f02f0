"""Which column of a table means what: named by the user, else guessed by its heading and told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...rules.facts import nearest, shown
from ...rules.messages import Line, in_language
from ..answer import BadInput

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

# Headings by what they mean, folded (see _fold); what stands earlier wins over what stands later.
HEADINGS: Mapping[str, Sequence[str]] = {
    role: headings.split()
    for role, headings in {
        "lon": "经度 东经 lon lng long longitude gpslon gpslng x x坐标",
        "lat": "纬度 北纬 lat latitude gpslat y y坐标",
        "place": "坐标 经纬度 位置坐标 lonlat lnglat coordinates coord",
        "name": "企业名称 单位名称 项目名称 名称 企业 name company enterprise",
        "address": "地址 详细地址 企业地址 单位地址 生产地址 注册地址 address addr",
    }.items()
}
ROLES = (*HEADINGS, "accuracy", "date", "alert")
# A heading that says what its column is, as those of a template do: 排放阶段 [machine.stage]
MARK = re.compile(r"\[([a-z][\w.-]*)\]\s*$")


@dataclass(frozen=True)
class Columns:
    """The position of the column for each role that has one, and for each fact.

    Roles: lon, lat (or easting, northing), place (both in one cell), name, address, accuracy,
    date, alert. `guessed` holds the roles that nobody named.
    """

    roles: Mapping[str, int]
    facts: Mapping[str, int] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()

    def told(self, names: Sequence[str], lang: str) -> list[str]:
        """One line for each role in use: its column, and whether that is a guess."""
        words = {
            "lon": Line("longitude or easting", "经度（东坐标）"),
            "lat": Line("latitude or northing", "纬度（北坐标）"),
            "place": Line("coordinates", "坐标"),
            "name": Line("name", "名称"),
            "address": Line("address", "地址"),
            "accuracy": Line("accuracy in metres", "误差（米）"),
            "date": Line("date", "日期"),
            "alert": Line("alert", "预警"),
        }
        guess = Line(" (guessed)", "（按表头判断）")
        colon = in_language(Line(": ", "："), lang)
        return [
            f"{in_language(words[role], lang)}{colon}{names[at]}"
            + (in_language(guess, lang) if role in self.guessed else "")
            for role, at in self.roles.items()
        ] + [f"{key}{colon}{names[at]}" for key, at in self.facts.items()]


def find_columns(
    names: Sequence[str],
    given: Mapping[str, str | None],
    facts: Mapping[str, str],
    *,
    geometry: bool = False,
    keys: Container[str] = (),
) -> Columns:
    """Find the column of each role: `given` names some by their heading, the rest is guessed.

    `facts` maps keys to headings; of `keys` are those that a heading may be marked with beside the
    roles. With `geometry` the file has places of its own and none is guessed. Raises BadInput for a
    heading that is not there or there twice.
    """
    marked = _marked(names, keys)
    roles = {
        role: _position(
            f"--{role}-col" if role not in ("lon", "lat") else f"--{role}", heading, names
        )
        for role, heading in given.items()
        if heading is not None
    }
    told = {key: _position(f"--fact-col {key}", heading, names) for key, heading in facts.items()}
    named = {*roles.values(), *told.values()}
    roles.update(
        (key, at)
        for key, at in marked.items()
        if key in ROLES and key not in roles and at not in named
    )
    guessed: dict[str, int] = {}
    placed = geometry or not {"lon", "lat", "place"}.isdisjoint(roles)
    for role in HEADINGS:
        if role in roles or (placed and role in ("lon", "lat", "place")):
            continue
        found = _guess(HEADINGS[role], names, {*roles.values(), *guessed.values()})
        if found is not None:
            guessed[role] = found
    _drop_half(roles, guessed)
    return Columns(
        {role: at for role in ROLES if (at := roles.get(role, guessed.get(role))) is not None},
        {
            **{key: at for key, at in marked.items() if key not in ROLES and at not in named},
            **told,
        },
        tuple(guessed),
    )


def _marked(names: Sequence[str], keys: Container[str]) -> dict[str, int]:
    """The columns whose heading names a role or a key in brackets; twice the same is none."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        mark = MARK.search(name)
        if mark and (mark[1] in ROLES or mark[1] in keys):
            found.setdefault(mark[1], []).append(at)
    return {key: at[0] for key, at in found.items() if len(at) == 1}


def _drop_half(roles: Mapping[str, int], guessed: dict[str, int]) -> None:
    """One of longitude and latitude alone is no place; a pair is better than one cell with both."""
    pair = [role for role in ("lon", "lat") if role in guessed]
    if len(pair) == 1 and not {"lon", "lat"} & set(roles):
        del guessed[pair[0]]
    elif len(pair) == 2:
        guessed.pop("place", None)


def _position(option: str, heading: str, names: Sequence[str]) -> int:
    at = [i for i, name in enumerate(names) if name == heading]
    at = at or [i for i, name in enumerate(names) if _fold(name) == _fold(heading)]
    if len(at) == 1:
        return at[0]
    wrong = f"{option} {shown(heading)}"
    if not at:
        near = nearest(heading, names)
        raise BadInput(
            Line(f"{wrong}: no such column{near}", f"{wrong}：没有这一列{in_language(near, 'zh')}")
        )
    raise BadInput(
        Line(f"{wrong}: {len(at)} columns are called so", f"{wrong}：有 {len(at)} 列叫这个名字")
    )


def _guess(headings: Iterable[str], names: Sequence[str], taken: set[int]) -> int | None:
    """The one column with the best of these headings; None where several have it."""
    folded = [_fold(name) for name in names]
    for heading in headings:
        at = [i for i, name in enumerate(folded) if name == heading and i not in taken]
        if at:
            return at[0] if len(at) == 1 else None
    return None


def _fold(name: str) -> str:
    """Full-width forms, case, blanks, units in brackets and signs do not matter in a heading."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\(.*?\)|[\W_]", "", plain)
