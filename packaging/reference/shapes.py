"""Every zone: how it is drawn, from what, how exactly; or what somebody would have to draw."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zonerules.jobs.exchange.rights import Rights, text_in
from zonerules.jobs.report.needed import ANY, NEEDED
from zonerules.layers.measure import area_m2
from zonerules.rules.model import operator_of

from .markdown import code, codes, heading, plain, table
from .vocabulary import catalogue
from .words import pick

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
DRAWN = ("documented_boundary", "circle", "administrative", "approximate")
OPERATORS = {
    "union": (" 或 ", " or "),
    "intersection": (" 且 ", " and "),
    "difference": (" 除去 ", " without "),
}


@cache
def _palette() -> dict[str, Any]:
    """Kinds and bases of zones with their labels."""
    found: dict[str, Any] = json.loads((ROOT / "styles" / "palette.json").read_text("utf-8"))
    return found


@cache
def _rights() -> Rights:
    return Rights(catalogue())


def shapes(lang: str) -> str:
    """Each drawn zone: basis, source, licence, accuracy, size of core and extent, clause."""
    rows = [_shape(zone, lang) for basis in DRAWN for zone in _zones(basis)]
    titles = (
        pick(lang, "区域", "zone"),
        pick(lang, "怎样画的，误差", "drawn, accuracy"),
        pick(lang, "来源", "source"),
        pick(lang, "许可", "licence"),
        pick(lang, "确定在内 / 按字面 / 可能到达", "core / nominal / extent"),
        pick(lang, "出处", "clause"),
    )
    made = [(_name(zone, lang), _formula(zone, lang), _clause(zone)) for zone in _zones("derived")]
    title = pick(lang, "由别的区域合成的", "Made up of other zones")
    return "".join(
        [
            table(titles, rows),
            heading(2, title, "derived"),
            table((titles[0], pick(lang, "由什么合成", "made up of"), titles[-1]), made),
        ]
    )


def undrawn(lang: str) -> str:
    """Each zone that nobody has drawn, by kind with what would be needed; then the objects."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for zone in _zones("unmapped"):
        kinds.setdefault(zone["kind"], []).append(zone)
    parts = []
    for kind in sorted(kinds, key=lambda kind: -len(kinds[kind])):
        label = _palette()["zones"].get(kind, {}).get("label", {}).get(lang, kind)
        needed = pick(lang, *NEEDED.get(kind, ANY))
        parts += [heading(3, plain(label), f"kind-{kind.replace('_', '-')}")]
        parts += [pick(lang, f"需要：{needed}。\n\n", f"Needed: {needed}.\n\n")]
        parts += [_undrawn(kinds[kind], lang)]
    objects = plain(_palette()["basis"]["object"]["label"][lang])
    parts += [heading(3, objects, "objects"), _undrawn(list(_zones("object")), lang)]
    return "".join(parts)


def _undrawn(zones: list[dict[str, Any]], lang: str) -> str:
    titles = (
        pick(lang, "区域", "zone"),
        pick(lang, "位于", "within"),
        pick(lang, "文件怎样写", "what the document says"),
        pick(lang, "出处", "clause"),
    )
    rows = [
        (
            _name(zone, lang),
            code(zone.get("within", "")),
            plain(zone.get("delimited", {}).get(lang, "")),
            _clause(zone),
        )
        for zone in zones
    ]
    return table(titles, rows)


def files(lang: str) -> str:
    """What was drawn, file by file, as geojson/provenance.json says."""
    told = json.loads((ROOT / "geojson" / "provenance.json").read_text("utf-8"))
    titles = (
        pick(lang, "文件", "file"),
        pick(lang, "来源", "source"),
        pick(lang, "许可", "licence"),
        pick(lang, "年代", "vintage"),
        pick(lang, "误差", "accuracy"),
    )
    columns = ("source", "licence", "vintage", "accuracy_m")
    rows = [
        (code(name), *(plain(text_in(record.get(one), lang)) for one in columns))
        for name, record in told.items()
        if isinstance(record, dict)
    ]
    return table(titles, rows)


def _zones(basis: str) -> Iterator[dict[str, Any]]:
    return (zone for zone in catalogue()["zones"].values() if zone["basis"] == basis)


def _shape(zone: dict[str, Any], lang: str) -> tuple[str, ...]:
    told = _rights().of_zone(zone, "nominal")
    drawn = zone.get("shapes") or catalogue()["units"][zone["unit"]]["shapes"]
    nominal = drawn["nominal"]
    areas = [area_m2(drawn.get(role, nominal)) / 1e6 for role in ("core", "nominal", "extent")]
    metres = told.get("accuracy_m")
    exact = "" if metres is None else pick(lang, f"±{metres:,g}\u00a0米", f"±{metres:,g}\u00a0m")
    return (
        _name(zone, lang),
        f"{plain(_palette()['basis'][zone['basis']]['label'][lang])} {exact}",
        plain(text_in(told["provenance"], lang)),
        plain(text_in(told["licence"], lang)),
        " / ".join(_figure(area) for area in areas) + "\u00a0km²",
        _clause(zone),
    )


def _figure(area: float) -> str:
    return f"{area:,.0f}" if area >= 100 else f"{area:.1f}" if area else "0"


def _name(zone: dict[str, Any], lang: str) -> str:
    return f"{plain(zone['name'][lang])} {code(zone['id'])}"


def _clause(zone: dict[str, Any]) -> str:
    cite = zone["cite"]
    return plain(f"{cite.get('number') or cite['document']} {cite.get('clause', '')}")


def _formula(zone: dict[str, Any], lang: str) -> str:
    operator, members = operator_of(zone)
    if operator == "complement":
        return pick(lang, *OPERATORS["difference"]).join([code(zone["within"]), code(members[0])])
    if len(members) == 1:
        return codes(members)
    return pick(lang, *OPERATORS[operator]).join(code(member) for member in members)
