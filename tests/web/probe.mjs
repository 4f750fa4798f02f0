/** What the parity tests ask of the twin besides `window.zonerules`; joined behind page.mjs. */

let asked = null; // the catalogue that the questions are about

/** The answer, or the line of an error; anything else that goes wrong is told as a crash. */
function tryOut(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadInput) return { error: { en: error.en, zh: error.zh } };
    if (error instanceof FactError) return { error: error.line };
    return { crash: String(error.stack) };
  }
}

/** A value's JSON with sorted keys, as Python's `sort_keys` has it. */
function sortedText(value) {
  const plain = (one) => one && typeof one === "object" && !Array.isArray(one);
  const sorted = (one) =>
    Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(value, (_, one) => (plain(one) ? sorted(one) : one));
}

/** The SHA-256 of a value's JSON without its distances, and these: twin of parity.print_of. */
async function printOf(value) {
  const distances = [];
  const text = sortedText(value).replace(/"distance_m":(-?[0-9][0-9.e-]*)/g, (_, number) => {
    distances.push(Number(number));
    return '"distance_m":_';
  });
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0"));
  return [hex.join(""), distances];
}

window.probe = {
  use: (data) => {
    asked = data ? new Catalogue(data) : window.zonerules.catalogue;
  },
  answers: (queries) => queries.map((query) => tryOut(() => asked.at(query))),
  prints: (queries) =>
    Promise.all(queries.map((query) => printOf(tryOut(() => asked.at(query))))),
  words: (rows, kinds) =>
    rows.map(([answer, lang, everything]) => [
      digest(answer, asked.book, lang, everything),
      linked(answer, asked.book, lang, kinds),
    ]),
  banned: (queries) => {
    const grounds = new Grounds(asked.data, asked.book);
    const told = (query) => tryOut(() => banned(asked, query, grounds));
    return Promise.all(queries.map((query) => printOf(told(query))));
  },
  bannedWhole: (query) =>
    tryOut(() => banned(asked, query, new Grounds(asked.data, asked.book))),
  cases: (cases) => {
    const bench = new Bench(asked.book);
    return cases.map((golden) => {
      const result = bench.result(golden);
      const { outcome, overdue, failed, missing, kept, ended: over } = result;
      const exemptions = result.exemptions.map(([name, truth]) => [name, truth.value]);
      return [outcome, overdue, failed, missing, kept, over, exemptions];
    });
  },
  facts: (pairs) => pairs.map(([key, raw]) => tryOut(() => parse(key, raw, asked.book.facts))),
  nearest: (pairs) => pairs.map(([word, known]) => closestMatch(word, known)),
  figures: (values) =>
    values.map((value) => [fixed(value, 6), fixed(value, 1), general(value), plainText(value)]),
  datums: (rows) => rows.map(([lon, lat, datum]) => toWgs84(lon, lat, datum)),
  into_datums: (rows) => rows.map(([lon, lat, datum]) => fromWgs84(lon, lat, datum)),
  sides: (ring, points) => points.map(([lon, lat]) => ringSide(ringOf(ring), lon, lat)),
};
