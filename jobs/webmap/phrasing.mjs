/**
 * How a digest puts things: labels, lists, citations and lines in one language.
 * Twin of jobs/phrasing.py.
 *
 * @typedef {{text: string, cite: string, tone: ?string, detail: string[]}} TextLine
 * @typedef {{kind: string, title: string, lines: TextLine[]}} Block
 */

let sharedWords = null;

/** Hand in the parsed jobs/words.json: {zh: {name: template}, en: …}. */
export function useWords(data) {
  sharedWords = data;
}

/**
 * One line of a block.
 * @returns {TextLine}
 */
export function textLine(text, { cite = "", tone = null, detail = [] } = {}) {
  return { text, cite, tone, detail };
}

/** A label without its explanatory bracket or clause: `排放阶段：国Ⅰ=1 …` is `排放阶段`. */
export function shortLabel(name) {
  return stripped(name.split(/[（(;；:：]/)[0]) || name;
}

/** A distance for people, in whole metres or tenths of a kilometre. */
export function distanceText(distance) {
  return distance >= 1000 ? `${fixed(distance / 1000, 1)} km` : `${fixed(distance, 0)} m`;
}

/** The words of one language for one catalogue. */
export class Phrasing {
  /** @param {string} lang zh or en */
  constructor(book, lang) {
    this.book = book;
    this.lang = lang;
    this.words = sharedWords[lang];
    this.labels = tables().labels;
  }

  say(name, args) {
    return fill(this.words[name], mapped(args, String));
  }

  join(parts) {
    return parts.join(this.words.comma);
  }

  text(texts) {
    return texts[this.lang] || texts.zh;
  }

  label(group, name) {
    return this.labels[group][name][this.lang];
  }

  key(name) {
    const text = keyName(this.book, name)[this.lang];
    return this.book.facts.has(name) ? shortLabel(text) : text;
  }

  activity(name) {
    return shortLabel(this.book.activities.get(name)[this.lang]);
  }

  /** The document as a citation names it: its number, else its short name. */
  document(name) {
    const record = this.book.documents.get(name);
    return record.number || this.text(record.short ?? record.title);
  }

  cite(cite) {
    return this.say("cite", { number: this.document(cite.document), clause: cite.clause });
  }

  /** @returns {Block} */
  block(kind, lines) {
    return { kind, title: this.words[kind] ?? "", lines };
  }

  value(key, value) {
    if (this.book.facts.has(key)) return valueName(this.book, key, value)[this.lang];
    return this.label(key === "alert" ? "alert" : "value", value);
  }
}
