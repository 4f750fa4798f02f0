"""A quick yes for files that fit their schema; whatever is not accepted goes to jsonschema.

A catalogue has 200,000 values and hardly ever a fault in one. jsonschema, which can say what is
wrong, takes most of the time of a compilation to find that nothing is; the closures made here take
a tenth of it. They may refuse what jsonschema would let pass, never the other way round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Check", "accepting"]

Check = Callable[[Any], bool]
SAYS_NOTHING = {"$schema", "$id", "$defs", "title", "description"}
TOGETHER = {"additionalProperties": "properties", "then": "if", "else": "if"}  # read with those


def accepting(schema: Mapping[str, Any]) -> Check:
    """A check that is true for values that fit ``schema`` (draft 2020-12, ``$ref`` to ``#/…``).

    Raises ValueError for a keyword that it does not know.
    """
    return _Maker(schema).check(schema)


class _Maker:
    """Turns one schema into closures; a ``$ref`` is followed once, and may lead back to itself."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        self.referred: dict[str, Check] = {}

    def check(self, node: Any) -> Check:
        if isinstance(node, bool):
            return lambda value: node
        made = []
        for key in sorted(node, key=lambda name: name != "type"):  # the type decides fastest
            if key in SAYS_NOTHING or TOGETHER.get(key) in node:
                continue
            maker = KEYWORDS.get(key)
            if maker is None:
                raise ValueError(f"schema keyword {key} is not known here")
            made.append(maker(self, node))
        if len(made) == 1:
            return made[0]
        return lambda value: all([one(value) for one in made])

    def reference(self, pointer: str) -> Check:
        if pointer not in self.referred:
            box: list[Check] = []
            self.referred[pointer] = lambda value: box[0](value)
            node: Any = self.root
            for step in pointer.lstrip("#/").split("/"):
                node = node[step]
            box.append(self.check(node))
        return self.referred[pointer]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


TYPES: dict[str, Check] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": _number,
}


def _type(maker: _Maker, node: Any) -> Check:
    names = node["type"]
    if isinstance(names, str):
        return TYPES[names]
    kinds = [TYPES[name] for name in names]
    return lambda value: any([kind(value) for kind in kinds])


def _same_as_one(allowed: list[Any]) -> Check:
    known = {(type(value), value) for value in allowed if isinstance(value, (str, bool, int))}
    return lambda value: isinstance(value, (str, bool, int)) and (type(value), value) in known


def _properties(maker: _Maker, node: Any) -> Check:
    parts = {key: maker.check(part) for key, part in node.get("properties", {}).items()}
    others = maker.check(node.get("additionalProperties", True))

    def check(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        return all([parts.get(key, others)(part) for key, part in value.items()])

    return check


def _required(maker: _Maker, node: Any) -> Check:
    wanted = set(node["required"])
    return lambda value: not isinstance(value, dict) or wanted <= value.keys()


def _names(maker: _Maker, node: Any) -> Check:
    part = maker.check(node["propertyNames"])
    return lambda value: not isinstance(value, dict) or all([part(key) for key in value])


def _items(maker: _Maker, node: Any) -> Check:
    part = maker.check(node["items"])
    return lambda value: not isinstance(value, list) or all([part(item) for item in value])


def _unique(maker: _Maker, node: Any) -> Check:
    def check(value: Any) -> bool:
        if not isinstance(value, list) or len(value) < 2:
            return True
        # 1, 1.0 and true are another matter: where kinds are mixed, jsonschema decides
        alike = all([type(item) is type(value[0]) for item in value])
        return alike and isinstance(value[0], (str, int)) and len(set(value)) == len(value)

    return check


def _pattern(maker: _Maker, node: Any) -> Check:
    search = re.compile(node["pattern"]).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _size(kind: Any, key: str, most: bool) -> Callable[[_Maker, Any], Check]:
    def make(maker: _Maker, node: Any) -> Check:
        limit = node[key]
        if most:
            return lambda value: not isinstance(value, kind) or len(value) <= limit
        return lambda value: not isinstance(value, kind) or len(value) >= limit

    return make


def _least(maker: _Maker, node: Any) -> Check:
    limit = node["minimum"]
    return lambda value: not _number(value) or bool(value >= limit)


def _most(maker: _Maker, node: Any) -> Check:
    limit = node["maximum"]
    return lambda value: not _number(value) or bool(value <= limit)


def _above(maker: _Maker, node: Any) -> Check:
    limit = node["exclusiveMinimum"]
    return lambda value: not _number(value) or bool(value > limit)


def _all_of(maker: _Maker, node: Any) -> Check:
    parts = [maker.check(part) for part in node["allOf"]]
    return lambda value: all([part(value) for part in parts])


def _any_of(maker: _Maker, node: Any) -> Check:
    parts = [maker.check(part) for part in node["anyOf"]]
    return lambda value: any(part(value) for part in parts)


def _exactly(node: Any) -> tuple[str, ...] | None:
    """The keys of {"required": […]}, the only schema whose refusal is as sure as its consent."""
    return tuple(node["required"]) if set(node) == {"required"} else None


def _one_of(maker: _Maker, node: Any) -> Check:
    groups = [_exactly(part) for part in node["oneOf"]]
    if None in groups:
        raise ValueError("oneOf is known here for keys that are required only")
    wanted = [set(group or ()) for group in groups]
    return lambda value: (
        isinstance(value, dict) and sum(group <= value.keys() for group in wanted) == 1
    )


def _not(maker: _Maker, node: Any) -> Check:
    parts = node["not"].get("anyOf", [node["not"]])
    groups = [_exactly(part) for part in parts]
    if None in groups:
        raise ValueError("not is known here for keys that are required only")
    wanted = [set(group or ()) for group in groups]
    return lambda value: (
        isinstance(value, dict) and not any(group <= value.keys() for group in wanted)
    )


def _if(maker: _Maker, node: Any) -> Check:
    """Both ways must be sure: where a quick no could be wrong, then and else must both hold."""
    test = _certain(node["if"])
    then = maker.check(node.get("then", True))
    other = maker.check(node.get("else", True))
    return lambda value: then(value) if test(value) else other(value)


def _certain(node: Any) -> Check:
    """The truth of an ``if``: keys that are required, and texts or maps told by them."""
    if not set(node) <= {"properties", "required"}:
        raise ValueError("if is known here for required keys and their constants only")
    wanted = set(node.get("required", ()))
    parts: dict[str, Check] = {}
    for key, part in node.get("properties", {}).items():
        if set(part) == {"const"}:
            parts[key] = lambda value, only=part["const"]: value == only  # type: ignore[misc]
        elif set(part) == {"enum"}:
            parts[key] = lambda value, known=part["enum"]: value in known  # type: ignore[misc]
        elif set(part) == {"required"}:
            keys = set(part["required"])
            parts[key] = lambda value, keys=keys: (  # type: ignore[misc]
                not isinstance(value, dict) or keys <= value.keys()
            )
        else:
            raise ValueError(f"if is not known here with {', '.join(part)}")

    def check(value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        told = all(check(value[key]) for key, check in parts.items() if key in value)
        return told and wanted <= value.keys()

    return check


KEYWORDS: dict[str, Callable[[_Maker, Any], Check]] = {
    "type": _type,
    "enum": lambda maker, node: _same_as_one(node["enum"]),
    "const": lambda maker, node: _same_as_one([node["const"]]),
    "$ref": lambda maker, node: maker.reference(node["$ref"]),
    "properties": _properties,
    "additionalProperties": _properties,
    "required": _required,
    "propertyNames": _names,
    "items": _items,
    "uniqueItems": _unique,
    "pattern": _pattern,
    "minLength": _size(str, "minLength", most=False),
    "maxLength": _size(str, "maxLength", most=True),
    "minItems": _size(list, "minItems", most=False),
    "maxItems": _size(list, "maxItems", most=True),
    "minProperties": _size(dict, "minProperties", most=False),
    "maxProperties": _size(dict, "maxProperties", most=True),
    "minimum": _least,
    "maximum": _most,
    "exclusiveMinimum": _above,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
}
