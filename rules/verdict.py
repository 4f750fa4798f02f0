"""What the rules together come to for one activity: at_least, at_most and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .evaluate import evaluate, with_facts
from .facts import implied
from .logic import tables
from .model import Asker, Result, Rule, effect_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .coverage import Coverage

DETERMINED = ("applies", "due", "exempt")


@dataclass(frozen=True)
class Verdict:
    """The verdict on one activity; at_least and at_most are None when nothing is known."""

    activity: str
    verdict: str
    at_least: str | None
    at_most: str | None
    reason: str | None
    rules: tuple[str, ...]
    missing: tuple[str, ...]


def strongest(effects: Iterable[str]) -> str:
    """The strongest effect; not_concerned when there is none."""
    order: list[str] = tables()["strength"]
    return max(effects, key=order.index, default="not_concerned")


def effect(result: Result) -> str:
    """What a determined rule contributes; a rule that is merely due counts as required."""
    if result.outcome == "exempt":
        return "exempt"
    if result.outcome == "due":
        return "required"
    if result.outcome == "applies":
        return effect_of(result.rule) or "not_concerned"
    return "not_concerned"


def possible_effect(result: Result, day: str) -> str:
    """What an undetermined rule would contribute at most, if every unknown turned T."""
    deadline = result.rule["force"].get("deadline")
    if deadline is not None and day <= deadline:
        return "required"
    return effect_of(result.rule) or "not_concerned"


class Judge:
    """Evaluates rules for one asker once and gives verdicts from them.

    ``evaluator`` stands in for :func:`evaluate` where many days are judged and results recur.
    """

    def __init__(
        self,
        asker: Asker,
        coverage: Coverage,
        asked: str | None = None,
        evaluator: Callable[[Rule, Asker], Result] = evaluate,
    ) -> None:
        if asked:
            facts = implied(
                asker.facts,
                _implies(asker, asked),
                asker.book.facts,
                strict=True,
            )
            asker = with_facts(asker, facts)
        self.asker, self.coverage, self.asked = asker, coverage, asked
        self._evaluate = evaluator
        self._results: dict[str, Result] = {}

    def result(self, rule: Rule) -> Result:
        """The rule's own row."""
        if rule["id"] not in self._results:
            self._results[rule["id"]] = self._evaluate(rule, self.asker)
        return self._results[rule["id"]]

    def results(self) -> list[Result]:
        """The row of every rule of the activity asked, or of every rule, in document order."""
        book = self.asker.book
        rules = book.register.rules(self.asked) if self.asked else book.rules
        return [self.result(rule) for rule in rules]

    def activities(self) -> list[str]:
        """The activity asked, or each of a binding rule of a document that speaks or reaches."""
        if self.asked:
            return [self.asked]
        book, coverage = self.asker.book, self.coverage
        heard = {*coverage.speaking, *coverage.reaching, *self._unsure_today()}
        named = {
            activity
            for rule in book.binding
            if rule["document"] in heard
            for activity in rule["activities"]
        }
        return [activity for activity in book.activities if activity in named]

    def _unsure_today(self) -> list[str]:
        gone = {*self.coverage.expired, *self.coverage.upcoming}
        return [name for name in self.coverage.unsure if name not in gone]

    def verdict(self, activity: str) -> Verdict:
        """The verdict on `activity`: its own rules and those of everything broader."""
        results = self._binding(activity)
        spoken = any(result.rule["document"] in self.coverage.speaking for result in results)
        live = [result for result in results if result.outcome != "not_concerned"]
        # Without a document that speaks, rules that are open only because their plan has ended are
        # no ground for an answer; what has an end of its own still is.
        grounds = live if spoken else [result for result in live if not _only_ended(result)]
        if not grounds and not spoken:
            return self._no_data(activity)
        return self._weigh(activity, live)

    def _binding(self, activity: str) -> list[Result]:
        book = self.asker.book
        rules = book.register.binding(activity)
        implies = {} if self.asked else _implies(self.asker, activity)
        if not implies:
            return [self.result(rule) for rule in rules]
        facts = implied(self.asker.facts, implies, book.facts, strict=False)
        asker = with_facts(self.asker, facts)
        return [self._evaluate(rule, asker) for rule in rules]

    def _weigh(self, activity: str, live: list[Result]) -> Verdict:
        day = self.asker.day
        open_results = [result for result in live if result.outcome == "cannot_determine"]
        at_least = strongest(effect(result) for result in live)
        at_most = strongest([at_least, *(possible_effect(result, day) for result in open_results)])
        order: list[str] = tables()["strength"]
        deciding = [
            result
            for result in open_results
            if order.index(possible_effect(result, day)) > order.index(at_least)
        ]
        verdict = at_least if at_least == at_most else "cannot_determine"
        if self._in_conflict(live):
            verdict = "conflict"
        return Verdict(
            activity=activity,
            verdict=verdict,
            at_least=at_least,
            at_most=at_most,
            reason=None,
            rules=tuple(result.rule["id"] for result in live),
            missing=tuple(dict.fromkeys(key for result in deciding for key in result.missing)),
        )

    def _in_conflict(self, live: list[Result]) -> bool:
        """A rule that binds declares its conflict with another that binds, or that exempts."""
        bound = {result.rule["id"] for result in live if result.outcome in ("applies", "due")}
        for result in live:
            if result.rule["id"] not in bound:
                continue
            for conflict in result.rule.get("conflicts", []):
                other = self.asker.book.by_id[conflict["with"]]
                exempts = other["kind"] == "exemption" and self.result(other).outcome == "applies"
                if exempts or other["id"] in bound:
                    return True
        return False

    def _no_data(self, activity: str) -> Verdict:
        coverage, book = self.coverage, self.asker.book
        if coverage.unsure:
            keys = dict.fromkeys(
                key
                for name in coverage.unsure
                for key in self.asker.places[book.documents[name]["jurisdiction"]].truth.keys
            )
            return Verdict(
                activity, "cannot_determine", None, None, "jurisdiction", (), tuple(keys)
            )
        tells = {rule["document"] for rule in book.register.binding(activity)}
        if coverage.speaking:
            reason = "silent"
        elif tells & set(coverage.local):
            reason = "outside_period"
        else:
            reason = "no_document"
        return Verdict(activity, "no_data", None, None, reason, (), ())


def _only_ended(result: Result) -> bool:
    """Undetermined with a plan that has ended: neither still binding nor over."""
    return result.outcome == "cannot_determine" and result.ended


def _implies(asker: Asker, activity: str) -> Mapping[str, object]:
    implies: Mapping[str, object] = asker.book.activities[activity].get("implies", {})
    return implies
