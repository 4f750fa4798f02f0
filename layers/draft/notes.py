"""What a draft tells: assumptions made and what is missing, in Chinese and English."""

from __future__ import annotations

from typing import Any

from .model import Note

__all__ = ["note"]

_TEXTS = {
    # missing
    "no_line": ("没有找到“{name}”这条线{hint}", "no line is called “{name}”{hint}"),
    "a_place": ("“{name}”是地点不是线：请画出界线并以此命名", "“{name}” is a place, no line: draw the boundary there and name it so"),
    "no_unit": ("没有“{name}”的范围面（用 --within 提供）", "no area of “{name}” is at hand (give it with --within)"),
    "open_box": ("缺{sides}侧的界线，又没有可依的行政区范围（--within）", "there is no edge on the {sides}, and no unit to lie in (--within)"),
    "no_width": ("“{name}”两侧多宽没有写明（可用 --corridor-width 假定）", "how wide the corridor of “{name}” is, is not said (--corridor-width assumes one)"),
    "too_many": ("相交处太多：有 {n} 种读法；请裁短或命名区分各线", "the lines cross so often that there are {n} readings; cut them or name them apart"),
    "no_area": ("这些线围不成一个简单的面：{reason}", "the lines do not enclose one simple area: {reason}"),
    "far_off": ("“{name}”的线不在“{unit}”内，也不挨着它", "the line of “{name}” neither lies in “{unit}” nor comes near it"),
    "undrawn_part": ("另有“{name}”属于这个范围，没有画出", "“{name}” belongs to the area too and is not drawn"),
    "undrawn_minus": ("“{name}”应除去，但没有它的图形：没有哪里能确定在内", "“{name}” is to be taken off, but nobody drew it: nowhere is certainly inside"),
    "uncut": ("范围限于“{name}”内，但没有它的图形：没有哪里能确定在内", "the area ends with “{name}”, whose shape is not at hand: nowhere is certainly inside"),
    "unread": ("有读不懂的文字：{text}", "words that could not be read: {text}"),
    # assumptions
    "named": ("“{name}”取名为“{line}”的线（{how}）", "“{name}” is taken to be the line called “{line}” ({how})"),
    "accuracy": ("“{name}”的线没有注明精度，按 ±{m:g} 米", "the line of “{name}” states no accuracy; ±{m:g} m is assumed"),
    "width": ("“{name}”宽 {m:g} 米（{include}）", "“{name}” is {m:g} m wide ({include})"),
    "width_unknown": ("“{name}”的宽度不详，没有计入；是否含道路：{include}", "how wide “{name}” is, is not known and not reckoned; the road itself: {include}"),
    "extended": ("“{after}”与“{before}”相差 {m:g} 米，已延长至相交", "“{after}” and “{before}” miss each other by {m:g} m; extended until they meet"),
    "bridged": ("“{after}”与“{before}”相差 {m:g} 米，以直线连接，可能偏离 {half:g} 米", "“{after}” and “{before}” miss each other by {m:g} m; bridged by a straight line that may be {half:g} m off"),
    "closed": ("“{after}”与“{before}”相差 {m:g} 米，读法“{way}”", "“{after}” and “{before}” miss each other by {m:g} m; closed by reading “{way}”"),
    "patched": ("“{name}”的线断开 {m:g} 米，以直线连接", "the line of “{name}” is interrupted for {m:g} m, bridged by a straight line"),
    "double": ("“{name}”有平行的几条线（相距至 {m:g} 米），已计入误差", "“{name}” has parallel lines up to {m:g} m apart, reckoned as uncertainty"),
    "crossings": ("“{after}”与“{before}”有 {n} 处相交，都作为读法", "“{after}” and “{before}” cross in {n} places; each is a reading"),
    "order": ("同一侧的几条线没有按文字次序相接，改为：{names}", "the lines of one side do not join in the text's order; taken as {names}"),
    "run_on": ("“{name}”在范围内断头，顺方向延长 {m:g} 米，可能偏离 {half:g} 米", "“{name}” ends inside; prolonged straight for {m:g} m, which may be {half:g} m off"),
    "within": ("“{name}”按“{unit}”的图形", "“{name}” is taken as the shape “{unit}”"),
    "stretch": ("“{name}”的起止“{start}—{end}”没有全在线里找到，用整条线", "not both ends {start}—{end} of “{name}” are among the lines; the whole line is used"),
    "closure": ("按给定的线“{way}”闭合", "closed by the line given for it, “{way}”"),
    "corridor": ("“{name}”两侧各 {m:g} 米是假定的", "{m:g} m to each side of “{name}” are assumed"),
    "axis": ("宽度从“{name}”的线算起，文字没有写从哪里算起", "the width is reckoned from the line of “{name}”; the text does not say from where"),
    "area": ("文字写面积 {said:g} 平方公里，画出来是 {drawn:g} 平方公里", "the text says {said:g} km², the draft has {drawn:g} km²"),
    "dropped": ("读法“{reading}”围不成面，没有采用：{reason}", "reading “{reading}” encloses no area and is left out: {reason}"),
}  # fmt: skip
_WORDS = {
    "included": ("含", "included"), "excluded": ("不含", "excluded"), "unstated": ("未写明含不含", "inclusion unstated"),
    "number": ("路线编号相同", "by its road number"), "aka": ("括号里的名称", "by the name in brackets"),
    "old": ("去掉“原”字", "without the word for former"), "suffix": ("只是路、街、大道等字不同", "only the word for road differs"),
    "quarter": ("环路的一段", "a part of the ring road"),
    "north": ("北", "north"), "east": ("东", "east"), "south": ("南", "south"), "west": ("西", "west"),
}  # fmt: skip


def note(code: str, **told: Any) -> Note:
    """A note with its text in both languages; the figures stay in it by their names."""
    zh, en = _TEXTS[code]
    both = []
    for place, text in enumerate((zh, en)):
        words = {
            name: _WORDS[value][place] if isinstance(value, str) and value in _WORDS else value
            for name, value in told.items()
        }
        if isinstance(words.get("sides"), (list, tuple)):
            parts = [_WORDS[side][place] for side in told["sides"]]
            words["sides"] = "、".join(parts) if place == 0 else ", ".join(parts)
        if told.get("hint"):
            names = "、".join(told["hint"]) if place == 0 else ", ".join(told["hint"])
            words["hint"] = f"；是不是：{names}？" if place == 0 else f"; did you mean {names}?"
        elif "hint" in told:
            words["hint"] = ""
        both.append(text.format(**words))
    plain = {k: list(v) if isinstance(v, tuple) else v for k, v in told.items()}
    return {"code": code, **plain, "zh": both[0], "en": both[1]}
