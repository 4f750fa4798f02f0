"""Lint of single records: zones nobody uses, persons, gaps between clauses, units of targets."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from ...layers.catalogue.check import zone_members
from ...layers.catalogue.check_rules import where_zones
from .folder import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...layers.catalogue.tree import Document
    from .folder import Folder

__all__ = ["findings", "person_in"]

Finding = dict[str, Any]


def findings(folder: Folder) -> Iterator[Finding]:
    """Warnings about records that are sound by themselves and yet hardly meant."""
    used = _used(folder.documents)
    for document in folder.documents:
        yield from _orphans(document, used)
        yield from _unused_seasons(document)
        yield from _gaps(document)
        yield from _units(document)


# --- persons ------------------------------------------------------------------------------------

# a title beside a surname: documents name offices, the catalogue never names who holds them
_TITLE = r"(?:局长|主任|书记|区长|县长|市长|镇长|乡长|科长|处长|厅长|部长|大队长)"
_SURNAME = (
    "[王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田任姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"
)
_GIVEN = r"(?:某某?|[\u4e00-\u9fff]{1,2})"
_END = r"(?:$|[，。、；：:）)\s]|负责|牵头|任|为|带队|主持|同志)"
_PLACE_OR_OFFICE = re.compile(r"[区县市镇乡局办委厅处科村街道站队院厂]$")
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{1,3}(?:同志|先生|女士)"
    rf"|(?:^|[，。、；：:（(\s])(?P<before>[\u4e00-\u9fff]{{2,3}}){_TITLE}(?:$|[，。、；：:）)\s])"
    rf"|(?P<named>{_SURNAME}{_GIVEN}){_TITLE}"
    rf"|{_TITLE}(?P<after>{_SURNAME}{_GIVEN}){_END}"
    r"|\b(?:Mr|Mrs|Ms|Dr|Comrade)\.? [A-Z]\w*"
)


def person_in(text: str) -> str | None:
    """The words of ``text`` that look like a person's name, None if there are none."""
    for found in _PERSON.finditer(text):
        name = found.group("before") or found.group("named") or found.group("after")
        if name is None or not _PLACE_OR_OFFICE.search(name):
            return found.group().strip("，。、；：:（(）) \t")
    return None


# --- zones and seasons --------------------------------------------------------------------------


def _used(documents: Iterable[Document]) -> set[str]:
    """Every zone that a rule, a target, a source, a document or another zone refers to."""
    used: set[str] = set()
    for document in documents:
        used.add(document.head["jurisdiction"])
        for rule in document.rows("rules"):
            for key in ("where", "emphasis"):
                used.update(zone for zone, _ in where_zones(rule.get(key, [])))
        used.update(target["zone"] for target in document.rows("targets"))
        for source in document.rows("sources"):
            used.update(source.get("zones", ()))
        for zone in document.rows("zones"):
            used.update(zone[key] for key in ("within", "same_as") if key in zone)
            used.update(member for member, _ in zone_members(zone))
    return used


def _orphans(document: Document, used: set[str]) -> Iterator[Finding]:
    for i, zone in enumerate(document.rows("zones")):
        if zone["id"] not in used and "within" not in zone:
            what = "the zone is used by nothing and lies within nothing"
            expected = "a rule, target or source that names it, or within"
            at = document.at("zones", i)
            yield finding(**at, what=what, severity="warning", expected=expected)


def _unused_seasons(document: Document) -> Iterator[Finding]:
    named = {
        name for rule in document.rows("rules") for name in rule.get("force", {}).get("seasons", ())
    }
    for i, season in enumerate(document.head.get("seasons", ())):
        if "rules" in document.files and season["id"] not in named:
            what = f"no rule of the document is tied to season {season['id']}"
            at = document.at("document", "seasons", i, "id")
            yield finding(**at, what=what, severity="warning")


# --- clauses ------------------------------------------------------------------------------------


def _gaps(document: Document) -> Iterator[Finding]:
    """Clauses numbered 1, 2, 4 …: the third has been forgotten, or the document skips it."""
    listed: Mapping[int, int] = {
        int(entry["clause"]): i
        for i, entry in enumerate(document.rows("coverage"))
        if re.fullmatch(r"[1-9][0-9]{0,2}", entry["clause"])
    }
    named = {
        int(found.group())
        for entry in document.rows("coverage")
        if (found := re.match(r"[1-9][0-9]{0,2}(?![0-9.])", entry["clause"]))
    }
    for number in sorted(listed):
        after = number + 1
        if after not in named and any(other > after for other in named):
            what = f"clause {after} is in no entry, though later ones are"
            at = document.at("coverage", listed[number], "clause")
            expected = "an entry with its rules, or with a reason"
            yield finding(**at, what=what, severity="warning", expected=expected)


# --- units --------------------------------------------------------------------------------------

_CONCENTRATION = ("pm25_mean", "pm10_mean", "so2_mean", "no2_mean")
_MICROGRAMS = "µg/m³"


def _units(document: Document) -> Iterator[Finding]:
    """A mean concentration is told in µg/m³, or as a change in per cent."""
    for i, target in enumerate(document.rows("targets")):
        unit, quantity = target["unit"], target["quantity"]
        known = {_MICROGRAMS, "mg/m³", "%"}
        folded = unicodedata.normalize("NFKC", unit).replace("u", "μ")
        if folded == unicodedata.normalize("NFKC", _MICROGRAMS) and unit != _MICROGRAMS:
            what, expected = f"unit {unit} is written in another way", _MICROGRAMS
        elif quantity in _CONCENTRATION and unit not in known:
            what = f"unit {unit} is no unit of {quantity}"
            expected = ", ".join(sorted(known))
        else:
            continue
        at = document.at("targets", i, "unit")
        yield finding(**at, what=what, severity="warning", expected=expected)
