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

window.probe = {
  use: (data) => {
    asked = data ? new Catalogue(data) : window.zonerules.catalogue;
  },
  answers: (queries) => queries.map((query) => tryOut(() => asked.at(query))),
  digests: (rows) =>
    rows.map(([answer, lang, everything]) => digest(answer, asked.book, lang, everything)),
  linked: (rows) => rows.map(([answer, lang, kinds]) => linked(answer, asked.book, lang, kinds)),
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
  sides: (ring, points) => points.map(([lon, lat]) => ringSide(ringOf(ring), lon, lat)),
};
