/**
 * The one validator of facts, as in facts.py: a fact that is absent, empty or said to be unknown
 * stays unknown; one that cannot be read is an error naming key and value, never a guess.
 *
 * Values are texts, booleans, numbers, lists of texts (complete) and Open (there may be others).
 */

export const NEVER = "never";

/** Some members of a multi fact; there may be others. */
export class Open {
  constructor(members) {
    this.members = members;
  }
}

// At most 30 digits and a small exponent; a comma parts thousands or nothing.
const NUMBER = new RegExp(
  "^([+-]?(?:\\p{Nd}{1,3}(?:,\\p{Nd}{3})+|\\p{Nd}{1,30})(?:\\.\\p{Nd}{0,30})?" +
    "(?:e[+-]?\\p{Nd}{1,2})?|[+-]?\\.\\p{Nd}{1,30})(?![\\p{Nd}.,])" +
    `${SPACE}*([^\\n]*)$`,
  "u",
);
const DATE = /^(\p{Nd}{4})(?:[-/.年](\p{Nd}{1,2})(?:[-/.月](\p{Nd}{1,2})日?|月)?|年)?$/u;
const STAGE =
  /^(?:(?:国家?|china|stage|tier|euro)[\s_-]*)?(?:第)?([a-zⅰ-ⅵ\p{Nd}零〇一二三四五六]+)(?:阶段|类|级)?$/u;

/** A fact, zone or other key that cannot be read; `line` says it in both languages. */
export class FactError extends Error {
  constructor(key, value, problem) {
    const line = errorLine("said", { key: shown(key), value: shown(value), problem });
    super(line.en);
    this.line = line;
  }
}

/** `value` as an error quotes it: one printable line of at most 80 characters. */
export function shown(value) {
  const printable = plainText(value).replace(/\p{C}|(?! )\p{Z}/gu, "\ufffd");
  const letters = Array.from(printable);
  return letters.length <= 80 ? printable : `${letters.slice(0, 79).join("")}…`;
}

/** `; did you mean …?` for a word that is not known, or nothing when none is near. */
export function nearest(word, known) {
  const found = closestMatch(word, known);
  return found === null ? "" : errorLine("nearest", { word: found });
}

/** Full-width forms, case and outer spaces do not matter in an answer people type. */
export function fold(text) {
  return stripped(text.normalize("NFKC")).toLowerCase();
}

/** True for an empty cell, NaN and the words that say that nobody knows. */
export function isUnknown(raw) {
  if (raw === null || raw === undefined || Number.isNaN(raw)) return true;
  return typeof raw === "string" && tables().words.unknown.includes(fold(raw));
}

/**
 * The typed value of fact `key`, or null when it is unknown.
 * @param {Map} facts the vocabulary's fact table
 * @throws {FactError} for an unknown key and a value that does not fit type, unit or range
 */
export function parse(key, raw, facts) {
  const spec = facts.get(key);
  if (spec === undefined) {
    throw new FactError(key, raw, errorLine("no_such_fact", { hint: nearest(key, facts.keys()) }));
  }
  if (isUnknown(raw)) return null;
  if (spec.multi) return parseMembers(key, raw, spec);
  if (spec.type === "boolean") return parseBoolean(key, raw);
  if (spec.type === "date") return parseDate(key, raw, spec);
  if (spec.type === "integer") return parseInteger(key, raw, spec);
  return spec.type === "number" ? parseNumber(key, raw, spec) : parseWord(key, raw, spec);
}

function parseBoolean(key, raw) {
  const { words } = tables();
  const text = fold(plainText(raw));
  if (words.true.includes(text)) return true;
  if (words.false.includes(text)) return false;
  throw new FactError(key, raw, errorLine("boolean"));
}

function parseDate(key, raw, spec) {
  const text = fold(plainText(raw));
  if (spec[NEVER] && tables().words[NEVER].includes(text)) return NEVER;
  const found = DATE.exec(text);
  if (!found) throw new FactError(key, raw, errorLine("date"));
  const [year, month, day] = found
    .slice(1)
    .map((part) => (part === undefined ? null : Number(asciiDigits(part))));
  if (!isDay(year, month ?? 1, day ?? 1)) throw new FactError(key, raw, errorLine("no_such_day"));
  if (year < 1900 || year > 2199) throw new FactError(key, raw, errorLine("year"));
  const rest = [month, day].filter(Boolean).map((part) => String(part).padStart(2, "0"));
  return [String(year), ...rest].join("-");
}

function parseInteger(key, raw, spec) {
  const typed = typeof raw === "boolean" || typeof raw === "number";
  let number = spec.values && !typed ? stageOf(key, plainText(raw)) : null;
  number ??= parseNumber(key, raw, spec);
  if (!Number.isInteger(number)) throw new FactError(key, raw, errorLine("whole_number"));
  if (spec.values && !spec.values.includes(number)) {
    throw new FactError(
      key,
      raw,
      errorLine("one_of", { allowed: spec.values.join(", "), hint: "" }),
    );
  }
  checkRange(key, raw, number, spec);
  return number;
}

/** 国三, 国Ⅲ, III, China III, Ⅲ类 … as a number; null when it is none of these. */
function stageOf(key, text) {
  const { words, numerals } = tables();
  const plain = stripped(text.normalize("NFC")).toLowerCase();
  if (words[key.endsWith(".stage") ? "stage_zero" : "class_zero"].includes(plain)) return 0;
  const found = STAGE.exec(plain) ?? STAGE.exec(fold(text));
  if (!found) return null;
  if (/^\p{Nd}+$/u.test(found[1])) {
    return Array.from(found[1]).length < 10 ? Number(asciiDigits(found[1])) : null;
  }
  return entry(numerals, found[1]) ?? null;
}

function parseNumber(key, raw, spec) {
  if (typeof raw === "boolean") {
    throw new FactError(key, raw, errorLine("number", { unit: "" }));
  }
  const found = NUMBER.exec(fold(plainText(raw)));
  if (!found) throw new FactError(key, raw, errorLine("number", { unit: unitHint(spec) }));
  let figure = fractionOf(found[1].replaceAll(",", ""));
  const unit = stripped(found[2]);
  if (unit) {
    const units = entry(tables().units, spec.unit ?? "") ?? {};
    const factor = entry(units, unit) ?? entry(units, unit.replaceAll(" ", ""));
    if (factor === undefined) {
      throw new FactError(
        key,
        raw,
        errorLine("unit", { given: shown(unit), unit: unitHint(spec) }),
      );
    }
    figure = timesFactor(figure, factor);
  }
  // Nine digits: enough for any unit here, and 7 MW is 10 t/h, not 10.000000000000002.
  const value = Number(fixed(nearestDouble(figure), 9));
  checkRange(key, raw, value, spec);
  return value;
}

function unitHint(spec) {
  return spec.unit ? errorLine("unit_known", { unit: spec.unit }) : "";
}

/** The lowest and highest figure that fact `key` can have, in its own unit. */
export function rangeOf(key, spec) {
  const { ranges } = tables();
  return entry(ranges, key) ?? entry(ranges, spec.unit) ?? ranges.default;
}

function checkRange(key, raw, value, spec) {
  const [low, high] = rangeOf(key, spec);
  if (value >= low && value <= high) return;
  const args = { low: plainText(low), high: plainText(high), unit: unitHint(spec) };
  throw new FactError(key, raw, errorLine("range", args));
}

function parseWord(key, raw, spec) {
  const text = stripped(plainText(raw));
  if (!spec.values?.length) return text.normalize("NFC");
  const names = valueNames(spec);
  const found = names.get(fold(text)) ?? names.get(fold(text).replace(/[ -]/g, "_"));
  if (found === undefined) {
    const hint = nearest(text, names.keys());
    throw new FactError(key, raw, errorLine("one_of", { allowed: allowedOf(spec), hint }));
  }
  return found;
}

/** The first values of a list, as an error tells them: in Chinese 煤（coal）、…. */
function allowedOf({ values, zh_values: labels = values }) {
  const more = values.length > 8 ? " …" : "";
  const named = values.map((value, i) => {
    const title = labels[i].split(/[（(]/)[0];
    return title === value ? value : `${title}（${value}）`;
  });
  return {
    zh: named.slice(0, 8).join("、") + more,
    en: values.slice(0, 8).join(", ") + more,
  };
}

/**
 * Every spelling of each value: its id, its Chinese label, whole or without the bracket, and the
 * words of every day that the vocabulary lists beside.
 */
function valueNames(spec) {
  const names = new Map();
  const titles = spec.zh_values ?? spec.values;
  spec.values.slice(0, titles.length).forEach((value, i) => {
    for (const name of [titles[i], titles[i].split(/[（(]/)[0]]) {
      if (!names.has(fold(name))) names.set(fold(name), value);
    }
  });
  for (const [name, value] of Object.entries(spec.also ?? {})) {
    if (!names.has(fold(name))) names.set(fold(name), value);
  }
  for (const value of spec.values) names.set(value.toLowerCase(), value);
  return names;
}

function parseMembers(key, raw, spec) {
  const names = valueNames(spec);
  let parts;
  if (Array.isArray(raw)) {
    parts = raw.map(plainText);
  } else {
    const text = plainText(raw);
    // A label may itself hold 、 so the whole is tried first and 、 splits last.
    parts = names.has(fold(text))
      ? [text]
      : text
          .split(/[,，;；]/)
          .filter((part) => stripped(part))
          .flatMap((part) => (names.has(fold(part)) ? [part] : part.split("、")));
  }
  // a list that is not complete cannot say what is not in it
  if (parts.length === 0 || parts.some(isUnknown)) return null;
  return sortedSet(parts.map((part) => parseWord(key, part, spec)));
}

/**
 * `given` with what the activity implies: added to a multi fact, filled in where absent.
 * @param {Map} given typed facts
 * @param {object} implies fact -> value
 * @param {Map} facts the vocabulary's fact table
 * @param {boolean} strict the activity was asked for, so a different value given is an error
 * @returns {Map}
 * @throws {FactError}
 */
export function implied(given, implies, facts, strict) {
  const result = new Map(given);
  for (const [key, value] of Object.entries(implies)) {
    const told = result.get(key);
    if (facts.get(key).multi) {
      const members = told instanceof Open ? told.members : (told ?? []);
      const all = sortedSet([...members, value]);
      result.set(key, Array.isArray(told) ? all : new Open(all));
    } else if (told === undefined) {
      result.set(key, value);
    } else if (strict && told !== value) {
      throw new FactError(key, told, errorLine("implied", { key, value: plainText(value) }));
    }
  }
  return result;
}
