/**
 * The golden cases, run where the page is open. Twin of jobs/lint/bench.py.
 *
 * @typedef {object} GoldenCase
 * @property {string} rule
 * @property {{zones?: object, date: string, alert?: string, facts?: object}} query
 * @property {object} expect any of outcome, overdue, failed, missing, kept
 */

/** A rule book and its golden cases; what is known of a place is worked out once. */
export class Bench {
  constructor(book) {
    this.book = book;
    this.grounds = new Map();
  }

  /**
   * What the rule of a golden case comes to.
   * @returns {Result}
   * @throws {BadInput|BadAssertion} for a query that cannot be asked
   */
  result({ rule, query }) {
    const { book } = this;
    const [facts, asserted] = readFacts(query.facts, book);
    checkAssertions(asserted, book, query.date);
    const ground = this.ground(query, zonesAsserted(asserted));
    const { date: day, alert = "unknown" } = query;
    const places = ground.places(day);
    return evaluate(book.byId.get(rule), { book, day, places, alert, facts, asserted, ground });
  }

  ground(query, zones) {
    const key = JSON.stringify([query.zones ?? {}, [...zones]]);
    if (!this.grounds.has(key)) {
      const located = caseLocated(this.book, query);
      this.grounds.set(key, groundOf(this.book.zones, located, zones, this.book.kin));
    }
    return this.grounds.get(key);
  }

  /** What is wrong with a case, null when the rule comes to what the case expects. */
  problem(golden) {
    let result;
    try {
      result = this.result(golden);
    } catch (error) {
      if (error instanceof BadInput || error instanceof BadAssertion) return error.message;
      throw error;
    }
    for (const [name, wanted] of Object.entries(golden.expect)) {
      const got = name in result ? result[name] : wanted;
      const told = (value) => JSON.stringify(name === "missing" ? [...value].sort() : value);
      if (told(got) !== told(wanted)) return `${name} is ${told(got)}, expected ${told(wanted)}`;
    }
    return null;
  }
}

/**
 * Every golden case that does not hold.
 * @returns {Array<{rule: string, query: object, problem: string}>}
 */
export function failingCases(book, cases) {
  const bench = new Bench(book);
  return cases
    .map((golden) => ({ rule: golden.rule, query: golden.query, problem: bench.problem(golden) }))
    .filter(({ problem }) => problem !== null);
}
