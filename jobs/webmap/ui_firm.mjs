/** The card of an enterprise, and what is said where the page asks it again. */

const ID_COLUMNS = ["zr_inside", "zr_near", "zr_unmapped"];
const USUAL_M = 10; // of a row that says nothing else
const MORE_M = [20, 50, 100, 200, 500, 710, 1000, 2000, 5000, 10000, 20000];

/** The activity that colours the enterprises: {column, name}, name null where nobody said it. */
function colouredBy(page) {
  const { coloured } = page.extra;
  if (!coloured) return null;
  const { activities } = page.catalogue.book;
  const column = (id) => `zr_verdict_${id.replaceAll("-", "_")}`;
  const found = [...activities.keys()].find((id) => column(id) === coloured.column);
  const id = found ?? (activities.has(coloured.activity) ? coloured.activity : null);
  return { ...coloured, id, name: id && page.activityName(id) };
}

/** What the colours tell, and that they do not follow the day; for the legend and the paper. */
export function colourHint(page) {
  const by = colouredBy(page);
  if (!by) return null;
  const { words } = page;
  const told = { column: by.column, activity: by.name ?? words.activity_untold };
  const others = by.others.length
    ? fill(words.colours_others, { columns: by.others.join(words.comma) })
    : "";
  return el("p", { class: "hint", text: fill(words.colours, told) + others });
}

/**
 * How far off an enterprise may be, in metres: what its row says; or more where the check must have
 * been told more, as it could not tell on which side of a boundary the row is and this page could.
 */
export function doubtOf({ catalogue }, { lon, lat, told, radius_m: disc, doubt_m: doubt }) {
  if (disc) return disc;
  const stated = doubt ?? USUAL_M;
  const near = told.find(([column]) => column === "zr_near")?.[1].split(";") ?? [];
  const open = (metres) => {
    const located = catalogue.located.locate(lon, lat, metres);
    return near.every((id) => (located.get(id)?.where ?? "near").startsWith("near"));
  };
  return [stated, ...MORE_M.filter((metres) => metres > stated)].find(open) ?? stated;
}

/** The lines of an enterprise's card. */
export function firmLines(page, firm) {
  const { words } = page;
  const { why, radius_m: metres } = firm;
  const by = colouredBy(page);
  const verdict = page.verdictName(firm.verdict);
  const what = by && (by.name ?? entry(words.columns, by.column) ?? by.column);
  const place = why
    ? `${words.unplaced}${words.colon}${why[page.lang]}`
    : metres && fill(words.by_address, { metres: String(metres) });
  const doubt = why ? 0 : doubtOf(page, firm);
  const again = why ? "" : fill(words.firm_again, { metres: String(doubt) });
  const more = !why && !metres && doubt > (firm.doubt_m ?? USUAL_M) ? words.firm_more : "";
  return [
    by ? `${what}${words.colon}${verdict}` : verdict,
    place,
    ...firm.told.map(([column, text]) => toldLine(page, column, text)),
    again,
    more,
    metres && words.firm_county,
  ];
}

/** A cell with the names that people know: of zones, verdicts, activities, columns. */
function toldLine(page, column, text) {
  const { words, catalogue } = page;
  const { zones, activities } = catalogue.book;
  let label = entry(words.columns, column) ?? column;
  let said = text;
  if (ID_COLUMNS.includes(column)) {
    const name = (id) => (zones.has(id) ? inLanguage(zones.get(id).name, page.lang) : id);
    said = [...new Set(text.split(";").map(name))].join(words.comma);
  } else if (column === "zr_missing") {
    said = [...new Set(text.split(";").map((key) => keyOf(page, key)))].join(words.comma);
  } else if (column.startsWith("zr_verdict_")) {
    const asked = (id) => `zr_verdict_${id.replaceAll("-", "_")}` === column;
    const id = [...activities.keys()].find(asked);
    if (id) label = page.activityName(id);
    if (entry(tables().labels.verdict, text)) said = page.verdictName(text);
  }
  return `${label}${words.colon}${said}`;
}

/** What a row lacks, as it is called in the page's language; a table may name what nobody knows. */
function keyOf(page, key) {
  const { book } = page.catalogue;
  const [kind, id] = partition(key, ".");
  const single = ["position", "alert"].includes(key);
  const named = { zone: book.zones, rule: book.byId }[kind]?.has(id) || book.facts.has(key);
  return single || named ? new Phrasing(book, page.lang).key(key) : key;
}

/** What is said above an answer: how coarse the click was, and that a row was asked anew. */
export function askedNotes(page) {
  const { words, pixel, firm } = page;
  const accuracy = Number(page.accuracy);
  const note = (text, props = { class: "hint" }) => el("p", { ...props, text });
  const said = [];
  const told = { pixel: String(pixel), accuracy: String(accuracy) };
  if (pixel > accuracy) said.push(note(fill(words.coarse, told), { class: "error" }));
  else if (pixel && pixel > Number(page.usual)) said.push(note(fill(words.coarse_taken, told)));
  if (!firm) return said;
  const by = colouredBy(page);
  const table = page.verdictName(firm.verdict);
  const of = by?.name ?? words.activity_untold;
  const lines = { name: firm.name, activity: of, table, metres: String(accuracy) };
  said.push(note(fill(words.firm_asked, { ...lines, day: page.date })));
  if (firm.radius_m) said.push(note(words.firm_county));
  const rows = page.answer?.verdicts ?? [];
  const here = by?.id && rows.find(({ activity }) => activity === by.id)?.verdict;
  if (here && firm.verdict && here !== firm.verdict) {
    const differs = { table, here: page.verdictName(here) };
    said.push(note(fill(words.firm_differs, differs), { class: "error" }));
  }
  return said;
}

/** Metres of ground that a pixel of the map covers at a place, rounded up. */
export function pixelMetres(map, latlng) {
  const at = map.latLngToContainerPoint(latlng);
  return Math.ceil(map.distance(latlng, map.containerPointToLatLng(at.add([1, 0]))));
}

/** An error with the names of the form's fields for the options of the command line. */
export function namedError(page, text) {
  const { words } = page;
  const names = {
    "--accuracy": words.accuracy,
    "--date": words.date,
    "--alert": words.alert,
    "--activity": words.activity,
    "--fact": words.told,
  };
  return text.replace(/--[a-z]+/g, (option) => entry(names, option) ?? option);
}
