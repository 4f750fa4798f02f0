"""The truth tables and orders, from the one JSON file that Python and JavaScript both read."""

from __future__ import annotations

from zonerules.rules.logic import tables

from .markdown import code, heading, plain, table
from .words import pick

TRUTH = {"T": ("真", "true"), "U": ("未知", "unknown"), "F": ("假", "false")}
ORDER = ("T", "U", "F")
GROUPS = {
    "location": ("位置", "Location"),
    "outcome": ("一条规则的结果", "Outcome of a rule"),
    "verdict": ("一项活动的结论", "Verdict on an activity"),
    "reason": ("没有答案的原因", "Why there is no answer"),
    "kind": ("规则的种类", "Kinds of rules"),
    "alert": ("预警级别", "Alerts"),
    "op": ("比较", "Comparisons"),
}


def logic(lang: str) -> str:
    """And, or, not."""
    parts = []
    names = {
        "and": pick(lang, "并且（两个都要）", "and (both must hold)"),
        "or": pick(lang, "或者（有一个就够）", "or (one is enough)"),
    }
    for name, title in names.items():
        rows = [
            (
                f"**{_truth(one, lang)}**",
                *(_truth(tables()[name][one][other], lang) for other in ORDER),
            )
            for one in ORDER
        ]
        parts += [
            f"**{title}**\n\n",
            table(("", *(_truth(one, lang) for one in ORDER)), rows),
            "\n",
        ]
    rows = [tuple(_truth(tables()["not"][one], lang) for one in ORDER)]
    title = pick(lang, "不（反过来）", "not")
    parts += [f"**{title}**\n\n", table(tuple(_truth(one, lang) for one in ORDER), rows)]
    return "".join(parts)


def outcomes(lang: str) -> str:
    """The outcome of a rule by its own conditions and its exemptions."""
    title = pick(lang, "条件 ＼ 有豁免成立", "conditions \\ an exemption holds")
    rows = [
        (
            f"**{_truth(own, lang)}**",
            *(_label("outcome", tables()["outcome"][own][lifted], lang) for lifted in ORDER),
        )
        for own in ORDER
    ]
    return table((title, *(_truth(one, lang) for one in ORDER)), rows)


def effects(lang: str) -> str:
    """What a rule that applies contributes, and the order of strength."""
    rows = [
        (
            f"{_label('kind', kind, lang)} {code(kind)}",
            *(_label("verdict", by[name], lang) for name in ("binding", "in_principle")),
        )
        for kind, by in tables()["effects"].items()
    ]
    titles = (
        pick(lang, "规则的种类", "kind of rule"),
        f"{code('binding')} {pick(lang, '必须', 'must')}",
        f"{code('in_principle')} {pick(lang, '原则上', 'in principle')}",
    )
    order = " < ".join(_label("verdict", name, lang) for name in tables()["strength"])
    return table(titles, rows) + "\n" + pick(lang, "强弱：", "Strength: ") + order + "\n"


def labels(lang: str) -> str:
    """The fixed words of an answer and how they are shown."""
    parts = []
    for group, title in GROUPS.items():
        rows = [
            (code(name), plain(text["zh"]), plain(text["en"]))
            for name, text in tables()["labels"][group].items()
        ]
        titles = (
            pick(lang, "代码", "code"),
            pick(lang, "中文", "Chinese"),
            pick(lang, "英文", "English"),
        )
        parts += [heading(3, pick(lang, *title), f"label-{group}"), table(titles, rows)]
    return "".join(parts)


def _truth(value: str, lang: str) -> str:
    return pick(lang, *TRUTH[value])


def _label(group: str, name: str, lang: str) -> str:
    return plain(tables()["labels"][group][name][lang])
