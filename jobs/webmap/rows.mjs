/** The rows of an answer: zones, rules, verdicts, sources as plain JSON values. Twin of rows.py. */

const TRUTH_WORDS = { T: "true", U: "unknown", F: "false" };
const LOCATION_ORDER = ["inside", "near", "unmapped", "outside"];

/** A distance in metres as printed: floor(x·10 + 0.5) / 10. */
export function tenth(distance) {
  return Math.floor(distance * 10 + 0.5) / 10;
}

/** Those of `names` that `record` has, with their values. */
export function chosen(record, names) {
  const held = names.filter((name) => name in record);
  return Object.fromEntries(held.map((name) => [name, record[name]]));
}

/** Which catalogue answered, with the overlay when there is one. */
export function catalogueRow(catalogue) {
  return chosen(catalogue, ["version", "fingerprint", "overlay"]);
}

/** Every zone the point is inside, near or possibly in; certain ones first. */
export function zoneRows(book, places, located) {
  const rank = (row) => LOCATION_ORDER.indexOf(row.location);
  return [...places]
    .filter(([, place]) => place.location !== "outside")
    .map(([zone, place]) => zoneRow(zone, book.zones.get(zone), place, located.get(zone)))
    .sort((one, other) => rank(one) - rank(other));
}

function zoneRow(zone, record, place, found) {
  const distance = found?.distance_m ?? null;
  return {
    id: zone,
    name: record.name,
    kind: record.kind,
    location: place.location,
    asserted: place.asserted,
    basis: record.basis,
    in_force: TRUTH_WORDS[place.validity.value],
    cite: record.cite,
    ...(distance === null ? {} : { distance_m: tenth(distance) }),
    ...(record.failed ? { failed: true } : {}),
  };
}

/** One rule with its outcome, reasons, missing keys, exemptions and article. */
export function ruleRow(result, asker, survey) {
  const { rule } = result;
  const { book } = asker;
  const zones = [...new Set(zonesOf(rule.where ?? []))];
  const lifts = (book.liftedBy.get(rule.id) ?? []).map((target) => target.id);
  const offices = authoritiesOf(rule, book);
  return {
    id: rule.id,
    kind: rule.kind,
    strength: rule.strength ?? "binding",
    audience: rule.audience ?? "operator",
    activities: [...rule.activities],
    outcome: result.outcome,
    overdue: result.overdue,
    failed: result.outcome === "not_concerned" ? result.failed : null,
    zones: zones.map((zone) => ({ id: zone, location: asker.places.get(zone).location })),
    because: because(result, asker),
    missing: survey.sort(result.missing),
    unless: result.exemptions.map(([name, truth]) => ({
      id: name,
      effective: TRUTH_WORDS[truth.value],
      cite: book.byId.get(name).cite,
    })),
    consequence: consequenceOf(rule),
    summary: rule.summary,
    cite: rule.cite,
    ...(rule.kind === "exemption" ? { lifts } : {}),
    ...(result.kept ? { kept: result.kept } : {}),
    ...chosen(rule.force, ["deadline", "alerts", "seasons"]),
    ...chosen(rule, ["emphasis", "open", "reading"]),
    ...(Object.keys(offices).length ? { authorities: offices } : {}),
  };
}

/** What follows a breach, in one line; null when the document prints none. */
export function consequenceOf(rule) {
  const items = rule.consequence ?? [];
  if (!items.length) return null;
  return {
    zh: items.map((item) => item.what.zh).join("；"),
    en: items.map((item) => item.what.en).join("; "),
  };
}

function authoritiesOf(rule, book) {
  const names = book.documents.get(rule.document).offices ?? {};
  return mapped(rule.authorities ?? {}, (codes) =>
    codes.map((code) => entry(names, code) ?? both(code)),
  );
}

/** One activity's verdict with its lower and upper bound. */
export function verdictRow(verdict, survey) {
  return { ...verdict, missing: survey.sort(verdict.missing) };
}

/** A source near the point. */
export function sourceRow(source, distance) {
  return { ...chosen(source, ["id", "name", "kind"]), distance_m: tenth(distance) };
}
