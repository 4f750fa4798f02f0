"""Does a rule fit the words somebody typed: an article (第21条, 五(四)2) or words of its text?"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from ...rules.place import zones_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...rules.model import Book, Rule

_NUMERAL = "零〇一二三四五六七八九十百"
_CLAUSE = re.compile(rf"([{_NUMERAL}]+|\d+)?(\(([{_NUMERAL}]+|\d+)\)|\d+)*")
_ARTICLE = re.compile(rf"第?([\d{_NUMERAL}()]+)条(?:第?([\d{_NUMERAL}]+)[款项目])?")
_ENGLISH = re.compile(r"\b(?:clause|article|art\.?|section|§)\s*([(\d][\d()]*)", re.IGNORECASE)
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")}


class Word(NamedTuple):
    """One word asked for: clauses it may name and, unless it is plainly an article, its text."""

    clauses: tuple[str, ...]
    text: str | None


def plain(text: str) -> str:
    """Full-width forms and case do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def read(asked: str) -> list[Word]:
    """The words of `asked`, separated by spaces."""
    text = _ENGLISH.sub(r"第\1条", plain(asked))
    return [_word(part) for part in text.split()]


def _word(part: str) -> Word:
    article = _ARTICLE.fullmatch(part)
    if article:
        number, item = article.groups()
        tail = f"({_arabic(item)})" if item else ""
        return Word(tuple({number + tail: 1, _arabic(number) + tail: 1}), None)
    if _CLAUSE.fullmatch(part):
        # A bare number may be meant as a number, one with brackets is a clause.
        return Word((part,), None if "(" in part else part)
    return Word((), part)


def _arabic(number: str) -> str:
    """二十一 as 21; anything that is not a Chinese numeral below 1000 as it is."""
    if not number or any(sign not in _NUMERAL for sign in number):
        return number
    total, digit = 0, 0
    for sign in number.replace("〇", "零"):
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
    return str(total + digit)


def is_clause(asked: str, clause: str) -> bool:
    """Whether `clause` is the clause asked for or a part of it: 21 has 21(2), not 211."""
    clause = plain(clause)
    if not clause.startswith(asked):
        return False
    rest = clause[len(asked) :]
    if not rest or rest[0] == "(" or asked.endswith(")"):
        return True
    return rest[0].isdigit() != asked[-1].isdigit() and rest[0] not in _NUMERAL


class Matcher:
    """The words of one question against the rules of one book."""

    def __init__(self, asked: str, book: Book) -> None:
        self.book = book
        self.words = read(asked)

    def fits(self, rule: Rule, texts: list[str] | None = None) -> bool:
        """Every word fits the rule somewhere; `texts` are its texts_of, if they are at hand."""
        texts = texts_of(rule, self.book) if texts is None else texts
        return all(self._fits(word, rule, texts) for word in self.words)

    def names_clause(self, rule: Rule) -> bool:
        """A word names the rule's own clause; such rules come first."""
        return any(self._is_clause(word, rule) for word in self.words)

    def nowhere(self, rules: Iterable[Rule]) -> list[str]:
        """The words that fit none of `rules` even alone."""
        told = [(rule, texts_of(rule, self.book)) for rule in rules]
        return [
            word.text or word.clauses[-1]
            for word in self.words
            if not any(self._fits(word, rule, texts) for rule, texts in told)
        ]

    def _fits(self, word: Word, rule: Rule, texts: list[str]) -> bool:
        if self._is_clause(word, rule):
            return True
        return word.text is not None and any(_has(text, word.text) for text in texts)

    def _is_clause(self, word: Word, rule: Rule) -> bool:
        clause = plain(str(rule["clause"]))
        part, _, path = clause.rpartition(" ")  # "companion 二(二)": named when companion is asked
        if part and not any(other.text == part for other in self.words):
            return False
        return any(is_clause(asked, path) for asked in word.clauses)


def texts_of(rule: Rule, book: Book) -> list[str]:
    """What words are looked for in: both languages of everything a reader would call its text."""
    told: list[Mapping[str, Any]] = [rule["summary"]]
    told += [item["what"] for item in rule.get("consequence", [])]
    told += [book.activities[name] for name in rule["activities"] if name in book.activities]
    zones = [*zones_of(rule.get("where", [])), *rule.get("emphasis", [])]
    told += [book.zones[name]["name"] for name in zones if name in book.zones]
    ids = [rule["id"], str(rule["clause"]), *rule["activities"], *zones]
    return [plain(text) for text in (*ids, *(both[lang] for both in told for lang in ("zh", "en")))]


def _has(text: str, word: str) -> bool:
    """`word` stands in `text`; figures whole (21 is not in 2021), Latin words from their start."""
    begin = text.find(word)
    while begin >= 0:
        before = text[begin - 1] if begin else " "
        after = text[begin + len(word)] if begin + len(word) < len(text) else " "
        if not (_glued(before, word[0]) or (word[-1].isdigit() and after.isdigit())):
            return True
        begin = text.find(word, begin + 1)
    return False


def _glued(before: str, first: str) -> bool:
    """Whether a word that begins with `first` would begin inside another word or figure."""
    if first.isdigit():
        return before.isdigit()
    return first.isascii() and first.isalpha() and before.isascii() and before.isalpha()
