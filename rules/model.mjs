/** The records the evaluator works with: the rule book, the question, and what a rule comes to. */

/** Keys besides facts that a user may assert, by prefix, with their two values. */
export const ASSERTABLE = {
  zone: ["inside", "outside"],
  season: ["inside", "outside"],
  force: ["in", "out"],
  rule: ["met", "unmet"],
};

/** An assertion that contradicts certain geometry, certain dates or another assertion. */
export class BadAssertion extends Error {
  constructor(key, value, against) {
    const line = errorLine("contradicts", { key, value, against });
    super(line.en);
    this.line = line;
  }
}

const DERIVATIONS = ["union", "intersection", "difference", "complement"];

/** The operator of a derived zone and its members: [operator, [zone]]. */
export function operatorOf(zone) {
  const name = DERIVATIONS.find((operator) => operator in zone.derived);
  const members = zone.derived[name];
  return [name, typeof members === "string" ? [members] : members];
}

/** zone -> the zones whose knowledge may change when it becomes known, itself included. */
export function kinOf(zones) {
  const kin = new Map([...zones.keys()].map((zone) => [zone, [zone]]));
  for (const [zone, record] of zones) {
    const near = record.basis === "derived" ? operatorOf(record)[1] : [];
    const outer = "within" in record ? [record.within] : [];
    for (const other of new Set([...near, ...outer])) kin.get(other).push(zone);
  }
  return kin;
}

/** Every spelling of each source, folded: its id and its names -> its id. */
export function sourceNames(sources) {
  const names = new Map([["other", "other"]]);
  for (const source of sources) {
    for (const name of [source.id, ...Object.values(source.name)]) {
      if (!names.has(fold(name))) names.set(fold(name), source.id);
    }
  }
  return names;
}

const mapOf = (table) => new Map(Object.entries(table));

/** A catalogue indexed for evaluation; built once and shared by every question. */
export class Book {
  constructor(catalogue) {
    this.zones = mapOf(catalogue.zones);
    this.rules = catalogue.rules;
    this.documents = mapOf(catalogue.documents);
    this.activities = mapOf(catalogue.vocabulary.activities);
    this.facts = mapOf(catalogue.vocabulary.facts);
    this.byId = new Map(this.rules.map((rule) => [rule.id, rule]));
    const seasons = [...this.documents.values()].flatMap((document) => document.seasons ?? []);
    this.seasons = new Map(seasons.map((season) => [season.id, season]));
    this.liftedBy = new Map();
    for (const rule of this.rules) {
      for (const exemption of rule.unless ?? []) {
        this.liftedBy.set(exemption, [...(this.liftedBy.get(exemption) ?? []), rule]);
      }
    }
    this.implied = new Map();
    this.register = new Register(this);
    this.kin = kinOf(this.zones);
    this.sources = sourceNames(catalogue.sources ?? []);
    this.binding = this.rules.filter(effectOf);
    this.order = new Map([...this.facts.keys()].map((key, place) => [key, place]));
  }

  /** The activity and everything broader, nearest first. */
  broader(activity) {
    const chain = [activity];
    for (;;) {
      const wider = this.activities.get(chain.at(-1)).broader;
      if (!wider || chain.includes(wider)) return chain;
      chain.push(wider);
    }
  }

  /** What is true of everybody asking about this rule; null when nothing is. */
  implies(rule) {
    if (!this.implied.has(rule)) this.implied.set(rule, this.commonImplies(rule));
    return this.implied.get(rule);
  }

  /** Implied by each of the rule's activities. */
  commonImplies(rule) {
    const [first, ...others] = rule.activities.map((name) => this.activities.get(name).implies);
    const common = Object.entries(first ?? {}).filter(([key, value]) =>
      others.every((here) => entry(here ?? {}, key) === value),
    );
    return common.length ? Object.fromEntries(common) : null;
  }
}

/**
 * @typedef {object} Place Where the asker stands towards one zone.
 * @property {string} location inside | near | unmapped | outside
 * @property {Truth} truth of the location alone
 * @property {boolean} asserted
 * @property {Truth} validity whether the zone exists that day
 *
 * @typedef {object} Asker One question: a place already located, a day, an alert, what is known.
 * @property {Book} book
 * @property {string} day YYYY-MM-DD
 * @property {Map<string, Place>} places
 * @property {string} alert
 * @property {Map} facts typed by facts.mjs
 * @property {Map<string, string>} asserted zone.*, season.*, force.* and rule.* keys
 * @property {Ground} ground what `places` were worked out from
 *
 * @typedef {object} Result What one rule comes to for one asker.
 * @property {object} rule
 * @property {string} outcome applies | due | exempt | not_concerned | cannot_determine
 * @property {Object<string, Truth>} parts place, date, alert, fact; place alone where that is F
 * @property {string[]} missing
 * @property {?string} failed
 * @property {boolean} overdue
 * @property {boolean} ended the date is open because the day lies after the last certain day
 * @property {Array<[string, Truth]>} exemptions
 * @property {?string} kept yes | no | unknown
 */

/** prohibited | restricted | required when the rule applies; null if it never counts. */
export function effectOf(rule) {
  if ((rule.audience ?? "operator") !== "operator") return null;
  const effects = entry(tables().effects, rule.kind) ?? {};
  return entry(effects, rule.strength ?? "binding") ?? null;
}
