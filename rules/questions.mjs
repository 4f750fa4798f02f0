/** What is still missing, which question settles most, and when the answer next changes. */

const KEY_GROUPS = ["position", "alert", "zone", "season", "force", "rule"];

/** The closed list of values `key` may take; null for a number, a date or a free text. */
export function permittedValues(key, book) {
  if (key === "alert") return [...tables().alerts];
  const [prefix] = partition(key, ".");
  const spec = book.facts.get(key);
  if (spec === undefined) return entry(ASSERTABLE, prefix) ?? null;
  if (spec.type === "boolean") return [true, false];
  if ("values" in spec) return [...spec.values];
  return spec.type === "string" ? [...book.register.compared(key), "other"] : null;
}

/** Values that stand for all others: the closed list, or each threshold and its two sides. */
export function trialValues(key, book) {
  if (key === "position") return [];
  const closed = permittedValues(key, book);
  if (closed !== null) return closed;
  const marks = book.register.compared(key);
  const spec = book.facts.get(key);
  if (spec.type === "date") {
    return sortedSet(marks.flatMap((day) => [-1, 0, 1].map((step) => shiftDay(day, step))));
  }
  const [low, high] = rangeOf(key, spec);
  const between = marks.slice(1).map((following, i) => (marks[i] + following) / 2);
  const around = marks.flatMap((mark) => [mark - 1, mark, mark + 1]);
  return sortedSet([...around, ...between].map((value) => Math.min(Math.max(value, low), high)));
}

/** The undetermined binding rules of an answer and what would determine them. */
export class Survey {
  constructor(asker, results) {
    this.asker = asker;
    this.open = results.filter(
      (result) => effectOf(result.rule) !== null && result.outcome === "cannot_determine",
    );
    const keys = new Set(this.open.flatMap((result) => result.missing));
    this.settles = new Map([...keys].map((key) => [key, this.settledBy(key)]));
  }

  /** Undetermined binding rules that some permitted value of `key` alone determines. */
  settledBy(key) {
    let waiting = this.open.filter((result) => result.missing.includes(key));
    const count = waiting.length;
    for (const value of trialValues(key, this.asker.book)) {
      if (!waiting.length) break;
      const trial = this.withKey(key, value);
      if (trial === null) continue;
      waiting = waiting.filter(({ rule }) => evaluate(rule, trial).outcome === "cannot_determine");
    }
    return count - waiting.length;
  }

  /** The asker who also knows `key`; null where that would contradict what is certain. */
  withKey(key, value) {
    const { asker } = this;
    if (key === "alert") return { ...asker, alert: value };
    const spec = asker.book.facts.get(key);
    if (spec) {
      const told = asker.facts.get(key);
      const others = told instanceof Open ? told.members : [];
      const known = spec.multi ? sortedSet([...others, value]) : value;
      return { ...asker, facts: new Map(asker.facts).set(key, known) };
    }
    const asserted = new Map(asker.asserted).set(key, value);
    if (!key.startsWith("zone.")) return { ...asker, asserted };
    try {
      const places = asker.ground.told(key.slice(5), value, asker.places, asker.day);
      return { ...asker, asserted, places };
    } catch (error) {
      if (error instanceof BadAssertion) return null;
      throw error;
    }
  }

  /** Sort key: breaches last; then what settles most; then the vocabulary's order. */
  rank(key) {
    const { book } = this.asker;
    const group = KEY_GROUPS.indexOf(partition(key, ".")[0]);
    const place = book.order.get(key) ?? book.order.size + (group < 0 ? 9 : group);
    return [book.facts.get(key)?.conduct ? 1 : 0, -(this.settles.get(key) ?? 0), place];
  }

  /** `keys`, most useful first. */
  sort(keys) {
    const ranked = [...keys].map((key) => [key, this.rank(key)]);
    ranked.sort(([one, a], [other, b]) => {
      const i = a.findIndex((part, at) => part !== b[at]);
      return i < 0 ? byCodePoint(one, other) : a[i] - b[i];
    });
    return ranked.map(([key]) => key);
  }

  /** The questions of an answer, most useful first; never the position. */
  ask() {
    const { book } = this.asker;
    return this.sort(this.settles.keys())
      .filter((key) => key !== "position")
      .map((key) => ({
        key,
        values: permittedValues(key, book),
        settles: this.settles.get(key),
        ...kindOfKey(book.facts.get(key)),
      }));
  }
}

function kindOfKey(spec) {
  if (spec === undefined) return { type: "string" };
  const told = ["type", "unit", "multi", "conduct"].filter((name) => name in spec);
  return Object.fromEntries(told.map((name) => [name, spec[name]]));
}

/**
 * The first later day on which a binding rule of `results`, those of `asker`, comes to something
 * else; null when nothing more is known to change. Assertions about days (season.*, force.*) hold
 * for the day asked only and are left out.
 */
export function nextChange(results, asker) {
  const { register } = asker.book;
  const before = results.filter((result) => effectOf(result.rule) !== null);
  const said = new Map([...asker.asserted].filter(([key]) => !/^(season|force)\./.test(key)));
  // what was said of the day asked changes every rule it was said of
  let waiting = said.size < asker.asserted.size ? [...before] : [];
  const turning = new Map();
  const days = new Set();
  for (const result of before) {
    register.ownDays(result.rule).forEach((day) => days.add(day));
    for (const day of register.days(result.rule)) {
      if (!turning.has(day)) turning.set(day, []);
      turning.get(day).push(result);
    }
  }
  for (const day of sortedSet(turning.keys()).filter((later) => later > asker.day)) {
    waiting.push(...turning.get(day));
    if (!days.has(day)) continue; // what a rule is lifted by may turn later than the rule itself
    const later = onDay(asker, day, said);
    const changed = waiting.some((result) => {
      const { outcome, overdue } = evaluate(result.rule, later);
      return outcome !== result.outcome || overdue !== result.overdue;
    });
    if (changed) return day;
    waiting = [];
  }
  return null;
}
