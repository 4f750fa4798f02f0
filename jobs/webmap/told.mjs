/**
 * What the asker tells beside place and day: facts and assertions, read or refused in one line.
 * Twin of jobs/told.py.
 */

/** Input that cannot be answered: one line {en, zh} naming the option and the value. */
export class BadInput extends Error {
  /** @param {Line} line */
  constructor({ en, zh }) {
    super(en);
    this.en = en;
    this.zh = zh;
  }
}

/** Errors of facts and assertions as BadInput that names the option. */
export function asBadInput(work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FactError || error instanceof BadAssertion)) throw error;
    throw new BadInput(bilingual((lang) => `--fact ${error.line[lang]}`));
  }
}

/**
 * Split what the asker told into typed facts and asserted keys (zone, season, force, rule).
 * @param {object|string[]|null} given a table of facts, or KEY=VALUE texts
 * @returns {[Map, Map<string, string>]}
 * @throws {BadInput} naming the key and value that cannot be read, with the nearest known key
 */
export function readFacts(given, book) {
  const typed = new Map();
  const asserted = new Map();
  const seen = new Map();
  for (const [key, raw] of pairsOf(given)) {
    if (seen.has(key) && plainText(seen.get(key)) !== plainText(raw)) {
      const before = shown(seen.get(key));
      const twice = `--fact ${shown(`${key}=${plainText(raw)}`)}`;
      throw new BadInput({
        en: `${twice}: already given as ${before}`,
        zh: `${twice}：前面已给出 ${before}`,
      });
    }
    seen.set(key, raw);
    asBadInput(() => readFact(key, raw, book, typed, asserted));
  }
  return [typed, asserted];
}

function readFact(key, raw, book, typed, asserted) {
  if (!book.facts.has(key)) {
    readAssertion(key, raw, book, asserted);
    return;
  }
  const value = parse(key, raw, book.facts);
  if (value !== null) typed.set(key, key === "source.id" ? sourceId(value, book) : value);
}

/** The id of a named source, given by id or name. */
function sourceId(text, book) {
  const found = book.sources.get(fold(text));
  if (found !== undefined) return found;
  const near = nearest(fold(text), book.sources.keys());
  throw new FactError("source.id", text, {
    en: `no such source (\`other\` for none of the named)${inLanguage(near, "en")}`,
    zh: `没有这个源（都不是时写 other）${inLanguage(near, "zh")}`,
  });
}

function pairsOf(given) {
  if (given === null || given === undefined) return [];
  if (!Array.isArray(given)) {
    return Object.entries(given).map(([key, value]) => [stripped(key), value]);
  }
  return given.map((text) => {
    const [key, value] = partition(plainText(text), "=");
    if (!plainText(text).includes("=") || !stripped(key)) {
      const wrong = `--fact ${shown(text)}`;
      throw new BadInput({ en: `${wrong}: expected KEY=VALUE`, zh: `${wrong}：应写成 键=值` });
    }
    return [stripped(key), stripped(value)];
  });
}

const KEY_WORDS = {
  zone: { en: "zone", zh: "区域" },
  season: { en: "season", zh: "季节" },
  force: { en: "document or rule", zh: "文件或规则" },
  rule: { en: "rule", zh: "规则" },
};
const GIVEN_ELSEWHERE = { alert: "--alert", date: "--date", position: "LON LAT and --accuracy" };

/** Read a zone.*, season.*, force.* or rule.* assertion into `asserted`. */
function readAssertion(key, raw, book, asserted) {
  const [prefix, name] = partition(key, ".");
  const known = entry(
    {
      zone: [...book.zones.keys()],
      season: [...book.seasons.keys()],
      force: [...book.documents.keys(), ...book.byId.keys()],
      rule: [...book.byId.keys()],
    },
    prefix,
  );
  if (known === undefined || !name) {
    throw new FactError(key, raw, errorLine("no_such_fact", { hint: factHint(key, book) }));
  }
  if (!known.includes(name)) {
    const near = nearest(name, known);
    const kind = KEY_WORDS[prefix];
    throw new FactError(key, raw, {
      en: `no such ${kind.en}${inLanguage(near, "en")}`,
      zh: `没有这个${kind.zh}${inLanguage(near, "zh")}`,
    });
  }
  if (isUnknown(raw)) return;
  const values = ASSERTABLE[prefix];
  const given = fold(plainText(raw));
  const word = values.find((value) => tables().labels.value[value].zh === given) ?? given;
  if (!values.includes(word)) {
    throw new FactError(key, raw, {
      en: `expected ${values[0]} or ${values[1]}`,
      zh: `应为 ${values[0]} 或 ${values[1]}`,
    });
  }
  asserted.set(key, word);
}

/** What somebody may have meant by a key that is no fact. */
function factHint(key, book) {
  const option = entry(GIVEN_ELSEWHERE, key);
  if (option) return { en: `; give it with ${option}`, zh: `；请用 ${option} 给出` };
  return nearest(key, [
    ...book.facts.keys(),
    ...[...book.zones.keys()].map((zone) => `zone.${zone}`),
  ]);
}
