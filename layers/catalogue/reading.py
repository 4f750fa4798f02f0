"""The small part of YAML that a catalogue is written in.

Strings, true/false and decimal numbers; maps and lists. Everything that makes YAML surprising is an
error with its line: yes/no/on/off, null and empty values, anchors and aliases, tags, merge keys,
repeated keys, octal, hexadecimal and sexagesimal numbers. A date stays text.

The parser's event stream is read directly. No object is ever constructed from a tag, anchors are
seen even where no alias uses them, and every value keeps its line. PyYAML is imported when needed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["YamlFile", "decode", "parse_yaml", "read_yaml"]

MAX_DEPTH = 40

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")
_ODD_NUMBER = re.compile(
    r"[-+]?(0[0-9_]+|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+"
    r"|[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?|[0-9]+\.|\.[0-9]+|[0-9]*\.?[0-9]+[eE][-+]?[0-9]+"
    r"|[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?)\Z"
    r"|[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z"
)
_LOOSE_BOOLEANS = {"yes", "no", "on", "off"}
_NULLS = {"", "~", "null"}


class YamlFile(NamedTuple):
    """One file read: its name as shown in messages, its data, and the line of every value."""

    name: str
    data: Any
    lines: dict[tuple[Any, ...], int]

    def line(self, *steps: Any) -> int:
        """The line (from 1) of the value at ``steps``, or of the nearest thing around it."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read ``path``; ``name`` stands in messages. Raises :class:`CatalogueError`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"cannot be read: {error.strerror}", file=name) from error
    return parse_yaml(decode(raw, name), name)


def decode(raw: bytes, name: str) -> str:
    """The text of a file that must be UTF-8 without a byte-order mark, in NFC.

    Raises :class:`CatalogueError` with the line of the first offence.
    """
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise CatalogueError(
            "starts with a byte-order mark", file=name, line=1, expected="UTF-8 without one"
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CatalogueError(
            f"is not UTF-8 (byte 0x{raw[error.start]:02x}){_gb_hint(raw)}",
            file=name,
            line=line,
            expected="a file saved as UTF-8",
        ) from error
    if not unicodedata.is_normalized("NFC", text):
        for number, line_text in enumerate(text.splitlines(), 1):
            if not unicodedata.is_normalized("NFC", line_text):
                raise CatalogueError(
                    "has characters that are not in composed form",
                    file=name,
                    line=number,
                    expected="text in Unicode form NFC",
                )
    return text


def _gb_hint(raw: bytes) -> str:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return ", it looks like GB18030"


def parse_yaml(text: str, name: str) -> YamlFile:
    """Read restricted YAML from ``text``; raises :class:`CatalogueError`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    reader = _Reader(name)
    try:
        reader.document(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise CatalogueError(
            f"is not YAML: {getattr(error, 'problem', None) or str(error).splitlines()[0]}",
            file=name,
            line=mark.line + 1 if mark is not None else None,
        ) from error
    return YamlFile(name, reader.data, reader.lines)


class _Reader:
    """Builds data and lines from a parser's events."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: Any = None
        self.lines: dict[tuple[Any, ...], int] = {}

    def document(self, events: Iterator[Any]) -> None:
        """Take the single document of the stream."""
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self.fail(event, "has a second document (---)", "one document")
                self.data = self.value(next(events), events, ())
        if not documents:
            raise CatalogueError("is empty", file=self.name, line=1, expected="one top-level key")

    def fail(self, event: Any, problem: str, expected: str | None = None) -> None:
        raise CatalogueError(
            problem, file=self.name, line=event.start_mark.line + 1, expected=expected
        )

    def value(self, event: Any, events: Iterator[Any], steps: tuple[Any, ...]) -> Any:
        """The value that starts with ``event``, at the path ``steps``."""
        kind = type(event).__name__
        self.lines.setdefault(steps, event.start_mark.line + 1)
        if len(steps) > MAX_DEPTH:
            self.fail(event, "is nested too deeply")
        if kind == "AliasEvent":
            self.fail(event, f"alias *{event.anchor} is used", "the value written out")
        if event.anchor is not None:
            self.fail(event, f"anchor &{event.anchor} is used", "the value written out")
        if event.tag is not None:
            self.fail(event, f"tag {event.tag} is used", "a plain value")
        if kind == "MappingStartEvent":
            return self.mapping(events, steps)
        if kind == "SequenceStartEvent":
            return self.sequence(events, steps)
        return self.scalar(event, steps)

    def sequence(self, events: Iterator[Any], steps: tuple[Any, ...]) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            items.append(self.value(event, events, (*steps, len(items))))
        return items

    def mapping(self, events: Iterator[Any], steps: tuple[Any, ...]) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self.key(event)
            place = (*steps, key)
            if key in entries:
                first = self.lines[place]
                self.fail(event, f'key "{key}" is repeated', f"one (the first is on line {first})")
            self.lines[place] = event.start_mark.line + 1
            entries[key] = self.value(next(events), events, place)
        return entries

    def key(self, event: Any) -> str:
        if type(event).__name__ != "ScalarEvent":
            self.fail(event, "a key is not text", "a text key")
        if event.anchor is not None or event.tag is not None:
            self.fail(event, "a key has an anchor or a tag", "a text key")
        key: str = event.value
        if not event.style:
            if key == "<<":
                self.fail(event, "merge key << is used", "the entries written out")
            self.refuse(event, key)
        return key

    def scalar(self, event: Any, steps: tuple[Any, ...]) -> Any:
        text: str = event.value
        if event.style:  # quoted, literal and folded scalars are text whatever they say
            return text
        if not text and steps and isinstance(steps[-1], str):
            # in {en: Guancheng, Zhengzhou} the comma ends the text and begins a key
            hint = "a value, or quotes round a text with a comma; leave out what is not known"
            self.fail(event, f'key "{steps[-1]}" has no value', hint)
        self.refuse(event, text)
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            number = float(text)
            if not math.isfinite(number):
                self.fail(event, f"{text} is too large", "a finite number")
            return number
        return text

    def refuse(self, event: Any, text: str) -> None:
        """Refuse plain words that other YAML readers take for something else."""
        lower = text.lower()
        if lower in _LOOSE_BOOLEANS:
            self.fail(event, f"plain {text} is ambiguous", f'true or false, or "{text}" in quotes')
        if lower in ("true", "false") and text not in ("true", "false"):
            self.fail(event, f"{text} is ambiguous", f'{lower}, or "{text}" in quotes')
        if lower in _NULLS:
            word = f'"{text}" is null' if text else "a value is missing"
            self.fail(event, word, "a value; leave the key out where nothing is known")
        if _ODD_NUMBER.match(text):
            self.fail(event, f"{text} is ambiguous", "a decimal number, or quotes round the text")
