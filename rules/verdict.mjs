/** What the rules together come to for one activity: at_least, at_most and the verdict. */

/**
 * @typedef {object} Verdict at_least and at_most are null when nothing is known.
 * @property {string} activity
 * @property {string} verdict
 * @property {?string} at_least
 * @property {?string} at_most
 * @property {?string} reason
 * @property {string[]} rules
 * @property {string[]} missing
 */

const strengthOf = (effect) => tables().strength.indexOf(effect);

/** The strongest effect; not_concerned when there is none. */
export function strongest(effects) {
  return effects.reduce(
    (best, effect) => (strengthOf(effect) > strengthOf(best) ? effect : best),
    "not_concerned",
  );
}

/** What a determined rule contributes; a rule that is merely due counts as required. */
export function effectOfResult(result) {
  if (result.outcome === "exempt") return "exempt";
  if (result.outcome === "due") return "required";
  if (result.outcome === "applies") return effectOf(result.rule) ?? "not_concerned";
  return "not_concerned";
}

/** What an undetermined rule would contribute at most, if every unknown turned T. */
export function possibleEffect(result, day) {
  const { deadline } = result.rule.force;
  if (deadline !== undefined && day <= deadline) return "required";
  return effectOf(result.rule) ?? "not_concerned";
}

/** Evaluates rules for one asker once and gives verdicts from them. */
export class Judge {
  /** @throws {FactError} for a fact other than the asked activity implies */
  constructor(asker, coverage, asked = null) {
    this.asker = asker;
    if (asked) {
      const facts = implied(asker.facts, impliesOf(asker, asked), asker.book.facts, true);
      this.asker = withFacts(asker, facts);
    }
    this.coverage = coverage;
    this.asked = asked;
    this.known = new Map();
  }

  /** The rule's own row. */
  result(rule) {
    if (!this.known.has(rule.id)) this.known.set(rule.id, evaluate(rule, this.asker));
    return this.known.get(rule.id);
  }

  /** The row of every rule of the activity asked, or of every rule, in document order. */
  results() {
    const { book } = this.asker;
    const rules = this.asked ? book.register.rules(this.asked) : book.rules;
    return rules.map((rule) => this.result(rule));
  }

  /** The activity asked, or each of a binding rule of a document that speaks or reaches. */
  activities() {
    if (this.asked) return [this.asked];
    const { speaking, reaching, expired, upcoming, unsure } = this.coverage;
    const unsureToday = unsure.filter((name) => ![...expired, ...upcoming].includes(name));
    const heard = new Set([...speaking, ...reaching, ...unsureToday]);
    const { book } = this.asker;
    const rules = book.binding.filter((rule) => heard.has(rule.document));
    const named = new Set(rules.flatMap((rule) => rule.activities));
    return [...book.activities.keys()].filter((activity) => named.has(activity));
  }

  /**
   * The verdict on `activity`: its own rules and those of everything broader.
   * @returns {Verdict}
   */
  verdict(activity) {
    const results = this.bindingResults(activity);
    const spoken = results.some((result) => this.coverage.speaking.includes(result.rule.document));
    const live = results.filter((result) => result.outcome !== "not_concerned");
    // Without a document that speaks, rules that are open only because their plan has ended are
    // no ground for an answer; what has an end of its own still is.
    const grounds = spoken ? live : live.filter((result) => !onlyEnded(result));
    if (!grounds.length && !spoken) return this.noData(activity);
    return this.weigh(activity, live);
  }

  bindingResults(activity) {
    const rules = this.asker.book.register.binding(activity);
    const implies = this.asked ? {} : impliesOf(this.asker, activity);
    if (!Object.keys(implies).length) return rules.map((rule) => this.result(rule));
    const facts = implied(this.asker.facts, implies, this.asker.book.facts, false);
    const asker = withFacts(this.asker, facts);
    return rules.map((rule) => evaluate(rule, asker));
  }

  weigh(activity, live) {
    const { day } = this.asker;
    const open = live.filter((result) => result.outcome === "cannot_determine");
    const atLeast = strongest(live.map(effectOfResult));
    const atMost = strongest([atLeast, ...open.map((result) => possibleEffect(result, day))]);
    const deciding = open.filter(
      (result) => strengthOf(possibleEffect(result, day)) > strengthOf(atLeast),
    );
    const verdict = atLeast === atMost ? atLeast : "cannot_determine";
    return {
      activity,
      verdict: this.inConflict(live) ? "conflict" : verdict,
      at_least: atLeast,
      at_most: atMost,
      reason: null,
      rules: live.map((result) => result.rule.id),
      missing: [...new Set(deciding.flatMap((result) => result.missing))],
    };
  }

  /** A rule that binds declares its conflict with another that binds, or that exempts. */
  inConflict(live) {
    const binds = live.filter(({ outcome }) => outcome === "applies" || outcome === "due");
    const bound = new Set(binds.map((result) => result.rule.id));
    return binds.some((result) =>
      (result.rule.conflicts ?? []).some((conflict) => {
        const other = this.asker.book.byId.get(conflict.with);
        const exempts = other.kind === "exemption" && this.result(other).outcome === "applies";
        return exempts || bound.has(other.id);
      }),
    );
  }

  noData(activity) {
    const { asker, coverage } = this;
    const nothing = { activity, at_least: null, at_most: null, rules: [], missing: [] };
    if (coverage.unsure.length) {
      const keys = coverage.unsure.flatMap(
        (name) => asker.places.get(asker.book.documents.get(name).jurisdiction).truth.keys,
      );
      const missing = [...new Set(keys)];
      return { ...nothing, verdict: "cannot_determine", reason: "jurisdiction", missing };
    }
    const tells = asker.book.register.binding(activity).map((rule) => rule.document);
    const local = tells.some((name) => coverage.local.includes(name));
    const reason = coverage.speaking.length ? "silent" : local ? "outside_period" : "no_document";
    return { ...nothing, verdict: "no_data", reason };
  }
}

/** Undetermined with a plan that has ended: neither still binding nor over. */
function onlyEnded(result) {
  return result.outcome === "cannot_determine" && result.ended;
}

function impliesOf(asker, activity) {
  return asker.book.activities.get(activity).implies ?? {};
}
