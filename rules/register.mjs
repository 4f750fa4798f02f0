/** What can be looked up in a rule book without any question: made when first needed, then kept. */

/** Rules by activity, places by document, compared values by fact, turning days by rule. */
export class Register {
  constructor(book) {
    this.book = book;
    this.kept = new Map();
  }

  /** What `make` gives, made once for each kind and name. */
  once(kind, name, make) {
    const key = `${kind} ${name}`;
    if (!this.kept.has(key)) this.kept.set(key, make());
    return this.kept.get(key);
  }

  /** The rules on the activity and on everything broader, in document order. */
  rules(activity) {
    return this.once("rules", activity, () => this.on(activity, this.book.rules));
  }

  /** Those of them that count in a verdict. */
  binding(activity) {
    return this.once("binding", activity, () => this.on(activity, this.book.binding));
  }

  on(activity, rules) {
    const chain = new Set(this.book.broader(activity));
    return rules.filter((rule) => rule.activities.some((name) => chain.has(name)));
  }

  /** Every different `where` of the binding rules of a document. */
  wheres(document) {
    return this.once("wheres", document, () => {
      const rules = this.book.binding.filter((rule) => rule.document === document);
      return [...new Map(rules.map(({ where }) => [JSON.stringify(where), where])).values()];
    });
  }

  /** Every value that some rule compares a fact with, in order. */
  compared(fact) {
    return this.once("compared", fact, () => {
      const every = this.book.rules.flatMap((rule) => leaves(rule.when));
      const values = every
        .filter((leaf) => leaf.fact === fact)
        .flatMap((leaf) => operation(leaf)[1]);
      return sortedSet(values);
    });
  }

  /**
   * First days on which the rule's own time, or that of what lifts it or of a zone that it names,
   * may change.
   */
  ownDays(rule) {
    return this.once("own days", rule.id, () => [
      ...turningDays(rule, this.book),
      ...validityDays(rule, this.book),
    ]);
  }

  /**
   * First days on which the rule may come to something else: its own, those of the zones it names
   * and of what lifts it and, for an exemption, of what it lifts.
   */
  days(rule) {
    return this.once("days", rule.id, () => {
      const found = new Set();
      this.collectDays(rule, found, new Set());
      return found;
    });
  }

  collectDays(rule, found, seen) {
    if (seen.has(rule.id)) return;
    seen.add(rule.id);
    this.ownDays(rule).forEach((day) => found.add(day));
    const lifting = (rule.unless ?? []).map((name) => this.book.byId.get(name));
    const lifted = rule.kind === "exemption" ? (this.book.liftedBy.get(rule.id) ?? []) : [];
    [...lifting, ...lifted].forEach((other) => this.collectDays(other, found, seen));
  }
}

/** First days on which a zone the rule names comes into being or has ended. */
export function validityDays(rule, book) {
  return zonesOf(rule.where ?? []).flatMap((zone) =>
    boundDays(book.zones.get(zone).validity ?? {}),
  );
}
