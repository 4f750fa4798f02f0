"""Finding a zone, a source or a rule by the words somebody types into a search box.

Unlike jobs.find.find, which filters a list, this ranks: what is named exactly comes first. Standard
library only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..phrasing import Phrasing
from .matching import Matcher, plain, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...rules.model import Rule
    from ..open import Catalogue

__all__ = ["Hit", "Lookup"]

MOST = 12  # of each kind
_IN_NUMBER = re.compile(
    r"[〔\[(【]\d{4}[〕\])】]"
)  # the year in 管政〔2017〕98号, which nobody types
_MARKS = re.compile(r"[\s〔〕\[\]()【】号\-_]")
_ARTICLE_BEHIND = re.compile(r"(?<=\S)(?=第[\d一二三四五六七八九十百]+条)")


class Hit(NamedTuple):
    """Something found. ``kind``: zone, source or rule; ``score``: 1 for an exact name, else less.

    ``name`` and ``note`` (what tells it from others) are in the language asked for.
    """

    kind: str
    id: str
    name: str
    note: str
    score: float


class Lookup:
    """An index of one catalogue; built once and only read afterwards, so threads may share it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._book = book = catalogue.book
        self._sources = {row["id"]: row for row in catalogue.data["sources"]}
        self._told = {lang: Phrasing(book, lang) for lang in ("zh", "en")}
        self._zone_keys = {name: _keys(name, row["name"]) for name, row in book.zones.items()}
        self._source_keys = {name: _keys(name, row["name"]) for name, row in self._sources.items()}
        self._rule_texts = {rule["id"]: texts_of(rule, book) for rule in book.rules}
        self._documents = {name: _document_keys(name, row) for name, row in book.documents.items()}

    def find(self, text: str, lang: str, most: int = MOST) -> list[Hit]:
        """At most ``most`` hits of each kind, zones, sources and rules, the best of each first."""
        asked = plain(text).strip()
        if not any(sign.isalnum() for sign in asked):
            return []
        told = self._told[lang]
        zones = [
            Hit("zone", name, told.text(self._book.zones[name]["name"]), "", score)
            for name, score in _ranked(asked, self._zone_keys, most)
        ]
        sources = [
            Hit("source", name, told.text(self._sources[name]["name"]), "", score)
            for name, score in _ranked(asked, self._source_keys, most)
        ]
        noted = [hit._replace(note=self._zone_note(hit.id, told)) for hit in zones]
        noted += [hit._replace(note=self._source_note(hit.id, told)) for hit in sources]
        return noted + self._rules(asked, told, most)

    # -- rules ------------------------------------------------------------------------------

    def _rules(self, asked: str, told: Phrasing, most: int) -> list[Hit]:
        """Rules by id, by document and article, or by words, best first."""
        words = _ARTICLE_BEHIND.sub(" ", asked).split()
        named, rest = self._by_document(words)
        matcher = Matcher(" ".join(rest), self._book) if rest else None
        scored = []
        for place, rule in enumerate(self._book.rules):
            score = _id_score(_bare(asked), _bare(plain(rule["id"])))
            if not score and (named is None or rule["document"] in named):
                score = self._word_score(rule, matcher, named is not None)
            if score:
                scored.append((-score, place, rule))
        return [self._rule_hit(rule, -score, told) for score, _, rule in sorted(scored)[:most]]

    def _by_document(self, words: list[str]) -> tuple[set[str] | None, list[str]]:
        """The documents that some words name (None: no word does) and the other words."""
        named: set[str] | None = None
        rest = []
        for word in words:
            bare = _bare(word)
            fit = {name for name, keys in self._documents.items() if _names(bare, keys)}
            if fit and not bare.isdigit() and not (named is not None and not named & fit):
                named = fit if named is None else named & fit
            else:
                rest.append(word)
        return named, rest

    def _word_score(self, rule: Rule, matcher: Matcher | None, named: bool) -> float:
        if matcher is None:
            return 0.3
        if not matcher.fits(rule, self._rule_texts[rule["id"]]):
            return 0.0
        return (0.6 if matcher.names_clause(rule) else 0.4) + (0.2 if named else 0.0)

    # -- words ------------------------------------------------------------------------------

    def _zone_note(self, name: str, told: Phrasing) -> str:
        zone = self._book.zones[name]
        around = self._book.zones.get(zone.get("within"))
        parts = [told.text(around["name"])] if around else []
        return told.join([*parts, told.cite(zone["cite"])])

    def _source_note(self, name: str, told: Phrasing) -> str:
        source = self._sources[name]
        zones = [self._book.zones[zone]["name"] for zone in source.get("zones", [])]
        return told.join([told.text(zone) for zone in zones if zone] or [name])

    @staticmethod
    def _rule_hit(rule: Rule, score: float, told: Phrasing) -> Hit:
        note = told.text(rule["summary"])
        return Hit("rule", rule["id"], f"{rule['id']}  {told.cite(rule['cite'])}", note, score)


def _keys(name: str, names: Mapping[str, str]) -> list[str]:
    return [plain(name), *(plain(text) for text in names.values())]


def _document_keys(name: str, document: Mapping[str, Any]) -> list[str]:
    number = document.get("number") or ""
    short = document.get("short", {}).values()
    spellings = [name, number, _IN_NUMBER.sub("", number), *short]
    return [key for key in (_bare(plain(text)) for text in spellings) if key]


def _bare(text: str) -> str:
    """Without brackets, hyphens and 号, which people leave out."""
    return _MARKS.sub("", text)


def _names(word: str, keys: Iterable[str]) -> bool:
    """Two or more signs that a document's number, id or short name begins with; or all of it."""
    return len(word) >= 2 and any(key.startswith(word) for key in keys)


def _id_score(asked: str, name: str) -> float:
    if asked == name:
        return 1.0
    letters = re.match(r"[a-z]+\d", asked)
    return 0.7 if letters and name.startswith(asked) else 0.0


def _ranked(asked: str, keys: Mapping[str, list[str]], most: int) -> list[tuple[str, float]]:
    """Ids whose names fit, with scores; equal ones in the catalogue's order."""
    words = asked.split()
    scored = []
    for place, (name, texts) in enumerate(keys.items()):
        score = max(_name_score(asked, words, text) for text in texts)
        if score:
            scored.append((-score, place, name))
    return [(name, -score) for score, _, name in sorted(scored)[:most]]


def _name_score(asked: str, words: list[str], text: str) -> float:
    if text == asked:
        return 1.0
    if asked.isdigit():  # the numbers in an id say nothing
        return 0.0
    if text.startswith(asked):
        return 0.8
    if asked in text:
        return 0.6
    if len(words) > 1 and all(word in text for word in words):
        return 0.5
    return 0.3 if _abbreviates(asked, text) else 0.0


def _abbreviates(asked: str, text: str) -> bool:
    """禁用区 for 禁止使用…机械区域: at least three signs, none of them Latin, in this order."""
    if len(asked) < 3 or any(sign < "\u2e80" for sign in asked):
        return False
    signs = iter(text)
    return all(sign in signs for sign in asked)
