/** Texts of an answer in Chinese and English, filled from tables.json. */

/**
 * @typedef {{en: string, zh: string}} Line One line in both languages.
 */

/** Replace each {name} of `template`, once: what stands in a value is never read as a gap. */
export function fill(template, args) {
  return template.replace(/\{(\w+)\}/g, (gap, name) => entry(args, name) ?? gap);
}

/** A Line in `lang`; plain words as they are. */
export function inLanguage(text, lang) {
  return typeof text === "string" ? text : text[lang];
}

/**
 * What is wrong with an input, from tables.json; `args` may be Lines.
 * @returns {Line}
 */
export function errorLine(code, args = {}) {
  const template = tables().errors[code];
  return bilingual((lang) =>
    fill(
      template[lang],
      mapped(args, (arg) => inLanguage(arg, lang)),
    ),
  );
}

/** {en, zh} from what `make` says in each language. */
export function bilingual(make) {
  return { en: make("en"), zh: make("zh") };
}

/** The same keys with other values. */
export function mapped(table, change) {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value)]));
}

/** The same words in both languages, for dates, figures and ids. */
export function both(value) {
  const text = plainText(value);
  return { zh: text, en: text };
}

/** The shared label of a fixed word (an outcome, a location, a value …). */
export function labelOf(group, name) {
  return entry(tables().labels[group], name) ?? both(name);
}

/** One step of `because`: {code, args, zh, en}; `args` are bilingual texts or plain words. */
export function reason(code, args = {}) {
  const template = tables().messages[code];
  const texts = mapped(args, (arg) => (typeof arg === "string" ? both(arg) : arg));
  const told = bilingual((lang) =>
    fill(
      template[lang],
      mapped(texts, (text) => text[lang]),
    ),
  );
  return { code, args: texts, ...told };
}

/** Order of two texts by code point, as Python sorts them. */
export function byCodePoint(one, other) {
  const a = Array.from(one);
  const b = Array.from(other);
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  }
  return a.length - b.length;
}

/** Different values in order: figures by size, texts by code point. */
export function sortedSet(values) {
  const figures = (one, other) => one - other;
  return [...new Set(values)].sort((one, other) =>
    (typeof one === "string" ? byCodePoint : figures)(one, other),
  );
}
