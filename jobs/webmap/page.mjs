/**
 * What a page gets: `window.zonerules`, ready as soon as the script has run.
 *
 * Data come from <script type="application/json"> elements beside it, which script.py writes:
 * zonerules-tables, zonerules-words, zonerules-link-words and, if one is shown,
 * zonerules-catalogue.
 */

/** The parsed JSON of an element of the page; null when there is none. */
export function embedded(id) {
  const element = document.getElementById(id);
  return element && JSON.parse(element.textContent);
}

function start() {
  useTables(embedded("zonerules-tables"));
  useWords(embedded("zonerules-words"));
  useLinkWords(embedded("zonerules-link-words"));
  const data = embedded("zonerules-catalogue");
  const catalogue = data && new Catalogue(data);
  let grounds = null; // made for the first question about all zones, which takes a moment
  window.zonerules = {
    /** The catalogue embedded in this page. */
    catalogue,
    /** Another catalogue, to be asked with `.at(query)`. */
    open: (other) => new Catalogue(other),
    /** The JSON of `zonerules at`; throws BadInput, which has the line in `en` and `zh`. */
    answer: (query) => catalogue.at(query),
    /** An answer in words, as blocks of lines; see digest.mjs. */
    digest: (answer, lang, everything) => digest(answer, catalogue.book, lang, everything),
    /** The same with parts that can be followed; see linked.mjs. */
    linked: (answer, lang, kinds) => linked(answer, catalogue.book, lang, kinds),
    /** What effect each zone has on an activity; see banned.mjs. */
    banned: (query) => banned(catalogue, query, (grounds ??= new Grounds(data, catalogue.book))),
    /** Golden cases that do not hold here; see selftest.mjs. */
    selfTest: (cases) => failingCases(catalogue.book, cases),
    BadInput,
  };
}

start();
