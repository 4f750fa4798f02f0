/** Kleene's three-valued logic, read from tables.json, which Python and JavaScript share. */

export const T = "T";
export const U = "U";
export const F = "F";

let shared = null;

/** Hand in the parsed tables.json; once, before anything is asked. */
export function useTables(data) {
  shared = data;
}

/** The shared tables: truth, outcome, strength, units and texts. */
export function tables() {
  return shared;
}

/** An own entry of a plain object, or undefined: what people type may be called `toString`. */
export function entry(table, name) {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * @typedef {object} Truth
 * @property {string} value T, U or F
 * @property {string[]} keys while it is U, the keys that could still decide it, in reading order
 */

export const TRUE = Object.freeze({ value: T, keys: Object.freeze([]) });
export const FALSE = Object.freeze({ value: F, keys: Object.freeze([]) });

/** An undecided truth that hangs on `keys`. */
export function unknown(...keys) {
  return { value: U, keys };
}

/** A decided truth. */
export function decided(value) {
  return value ? TRUE : FALSE;
}

function foldTruths(parts, start, table) {
  let value = start;
  const keys = new Set();
  for (const part of parts) {
    value = table[value][part.value];
    if (part.value === U) part.keys.forEach((key) => keys.add(key));
  }
  // A decided whole needs nothing more, however undecided its parts are.
  return value === U ? unknown(...keys) : decided(value === T);
}

/** Kleene conjunction; T for no parts. */
export function allOf(parts) {
  return foldTruths(parts, T, tables().and);
}

/** Kleene disjunction; F for no parts. */
export function anyOf(parts) {
  return foldTruths(parts, F, tables().or);
}

/** Kleene negation; what decides a thing decides its opposite. */
export function negate(part) {
  return { value: tables().not[part.value], keys: part.keys };
}

/** Whether two truths are the same, keys included. */
export function sameTruth(one, other) {
  return one.value === other.value && String(one.keys) === String(other.keys);
}
