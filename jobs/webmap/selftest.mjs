/**
 * The golden cases, run where the page is open. Twin of Bench in jobs/lint/bench.py.
 *
 * @typedef {object} GoldenCase
 * @property {string} rule
 * @property {{zones?: object, date: string, alert?: string, facts?: object}} query
 * @property {object} expect any of outcome, overdue, failed, missing, kept
 */

/** What the rule of a golden case comes to. */
export function caseResult(book, { rule, query }) {
  const [facts, asserted] = readFacts(query.facts, book);
  const told = { alert: query.alert ?? "unknown", facts, asserted };
  const asker = askerOf(book, caseLocated(book, query), query.date, told);
  return evaluate(book.byId.get(rule), asker);
}

/** What is wrong with a case, null when the rule comes to what the case expects. */
export function caseProblem(book, golden) {
  let result;
  try {
    result = caseResult(book, golden);
  } catch (error) {
    if (error instanceof BadInput || error instanceof BadAssertion) return error.message;
    throw error;
  }
  for (const [name, wanted] of Object.entries(golden.expect)) {
    const got = name in result ? result[name] : wanted;
    const unordered = (value) => JSON.stringify(name === "missing" ? [...value].sort() : value);
    if (unordered(got) !== unordered(wanted)) {
      return `${name} is ${unordered(got)}, expected ${unordered(wanted)}`;
    }
  }
  return null;
}

/**
 * Every golden case that does not hold.
 * @returns {Array<{rule: string, query: object, problem: string}>}
 */
export function failingCases(book, cases) {
  return cases
    .map((golden) => ({ rule: golden.rule, query: golden.query, problem: caseProblem(book, golden) }))
    .filter(({ problem }) => problem !== null);
}
