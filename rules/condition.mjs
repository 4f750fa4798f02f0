/** Conditions on facts: `when` (who is bound) and `keep` (whether the standard is met). */

const OPERATORS = ["eq", "ne", "lt", "le", "gt", "ge", "in", "between"];

const COMPARE = {
  lt: (given, value) => given < value,
  le: (given, value) => given <= value,
  gt: (given, value) => given > value,
  ge: (given, value) => given >= value,
  eq: (given, value) => given === value,
  between: (given, value) => value[0] <= given && given <= value[1],
  in: (given, value) => value.includes(given),
};

/** The truth of `condition` for what the asker told; T for no condition at all. */
export function conditionTruth(condition, asker) {
  if (condition === undefined) return TRUE;
  if ("all" in condition) return allOf(condition.all.map((part) => conditionTruth(part, asker)));
  if ("any" in condition) return anyOf(condition.any.map((part) => conditionTruth(part, asker)));
  if ("not" in condition) return negate(conditionTruth(condition.not, asker));
  return leafTruth(condition, asker);
}

/** The truth of one comparison or of a `rule.<id>` leaf. */
export function leafTruth(leaf, asker) {
  if ("rule" in leaf) {
    const key = `rule.${leaf.rule}`;
    const said = asker.asserted.get(key);
    return said === undefined ? unknown(key) : decided(said === "met");
  }
  const key = leaf.fact;
  const given = asker.facts.get(key);
  if (given === undefined) return unknown(key);
  const [operator, value] = operation(leaf);
  return compare(given, operator, value, asker.book.facts.get(key).type === "date", key);
}

/** The operator of a comparison and the value it compares with. */
export function operation(leaf) {
  const name = OPERATORS.find((operator) => operator in leaf);
  return [name, leaf[name]];
}

/**
 * Compare a known fact with a rule's value.
 *
 * `never` makes every comparison false; a multi fact compares by any member (and by members not
 * yet told, if it is Open); a date known only to the month or year decides only where all its
 * days agree.
 */
export function compare(given, operator, value, isDate, key) {
  if (given === NEVER && isDate) return FALSE;
  if (operator === "ne") return negate(compare(given, "eq", value, isDate, key));
  const members = given instanceof Open ? given.members : given;
  if (Array.isArray(members)) {
    if (members.some((member) => COMPARE[operator](member, value))) return TRUE;
    return given instanceof Open ? unknown(key) : FALSE;
  }
  if (isDate && given.length < 10) return compareSpan(given, operator, value, key);
  return decided(COMPARE[operator](given, value));
}

/** A month or a year: T if every day agrees, F if none does. */
function compareSpan(given, operator, value, key) {
  const wholeYear = given.length === 4;
  const first = wholeYear ? `${given}-01-01` : `${given}-01`;
  const last = wholeYear ? `${given}-12-31` : `${given}-${daysOfMonth(given)}`;
  if (operator === "eq" || operator === "in") {
    const named = operator === "eq" ? [value] : value;
    return named.some((day) => first <= day && day <= last) ? unknown(key) : FALSE;
  }
  if (operator === "between") {
    return allOf([
      compareSpan(given, "ge", value[0], key),
      compareSpan(given, "le", value[1], key),
    ]);
  }
  const ends = [COMPARE[operator](first, value), COMPARE[operator](last, value)];
  return ends[0] === ends[1] ? decided(ends[0]) : unknown(key);
}

/** The leaves that would each alone make a condition true whose `unknownKeys` keep it open. */
export function sufficient(condition, unknownKeys) {
  if (condition === undefined) return [];
  if ("any" in condition) return condition.any.flatMap((part) => sufficient(part, unknownKeys));
  if ("all" in condition) {
    const waiting = condition.all.filter((part) =>
      leaves(part).some((leaf) => unknownKeys.has(leaf.fact || `rule.${leaf.rule}`)),
    );
    return waiting.length === 1 ? sufficient(waiting[0], unknownKeys) : [];
  }
  return "not" in condition ? [] : [condition];
}

/** Every comparison and leaf of a condition, in reading order. */
export function leaves(condition) {
  if (condition === undefined) return [];
  const parts = condition.all ?? condition.any;
  if (parts !== undefined) return parts.flatMap(leaves);
  return "not" in condition ? leaves(condition.not) : [condition];
}
