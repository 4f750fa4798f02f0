/**
 * The answer for one point: locate, evaluate, assemble the JSON of schema zonerules/answer/1.
 *
 * Twin of jobs/answer.py. A question is {lon, lat, datum, accuracy_m, date, alert, activity, facts,
 * radius_km, all_rules}; what is null or left out is assumed and listed in `query.assumed`.
 * Options are called in errors as on the command line, so that one line fits both.
 */

const SCHEMA = "zonerules/answer/1";
const QUERY_DEFAULTS = { datum: "wgs84", accuracy_m: 10, alert: "unknown", radius_km: 5 };
const ASSUMED_ORDER = ["datum", "accuracy_m", "date", "alert", "radius_km"];

/** A loaded catalogue; build once, ask often. */
export class Catalogue {
  /** @param {object} data a compiled catalogue, as in catalogue.json */
  constructor(data) {
    this.data = data;
    this.located = prepare(data);
    this.book = new Book(data);
  }

  /**
   * Which rules bind at a point: the JSON of `zonerules at`.
   * @throws {BadInput} for anything that cannot be read or that contradicts what is certain
   */
  at(query) {
    const { data, book } = this;
    const [settled, assumed] = withDefaults(query);
    const asked = { ...query, activity: activityId(query.activity ?? null, book) };
    const [lon, lat] = wgs84Point(query.lon ?? null, query.lat ?? null, settled.datum);
    const located = this.located.locate(lon, lat, settled.radius_m);
    const wheres = new Map([...located].map(([zone, found]) => [zone, found.where]));
    const [typed, asserted] = readFacts(query.facts, book);
    const day = dayOf(query.date ?? null, book, wheres, asserted);
    const told = { alert: settled.alert, facts: typed, asserted };
    const [judge, covered] = asBadInput(() => {
      const asker = askerOf(book, wheres, day, told);
      const around = coverageOf(asker);
      return [new Judge(asker, around, asked.activity), around];
    });
    const results = judge.results();
    const survey = new Survey(judge.asker, results);
    const shownResults = resultsToShow(results, judge, covered, asked.all_rules);
    const radius = settled.radius_km * 1000;
    return {
      schema: SCHEMA,
      catalogue: catalogueRow(data),
      query: echoOf(asked, settled, day, typed, asserted, assumed),
      coverage: coverageRow(covered, data),
      zones: zoneRows(book, judge.asker.places, located),
      rules: shownResults.map((result) => ruleRow(result, judge.asker, survey)),
      verdicts: judge.activities().map((name) => verdictRow(judge.verdict(name), survey)),
      ask: survey.ask(),
      next_change: nextChange(results, judge.asker),
      sources: sourcesNear(data, lon, lat, radius).map(([source, away]) => sourceRow(source, away)),
    };
  }
}

/** The query's own values or the defaults, checked, and the names of those assumed. */
function withDefaults(query) {
  const settled = {};
  const assumed = query.date ? [] : ["date"];
  for (const [name, usual] of Object.entries(QUERY_DEFAULTS)) {
    settled[name] = query[name] ?? usual;
    if ((query[name] ?? null) === null) assumed.push(name);
  }
  settled.accuracy_m = nonNegative("--accuracy", settled.accuracy_m);
  settled.radius_km = nonNegative("--radius", settled.radius_km);
  checkChoice("--datum", settled.datum, DATUMS);
  checkChoice("--alert", settled.alert, [...tables().alerts, "unknown"]);
  settled.radius_m = settled.accuracy_m + (entry(EXTRA_ACCURACY_M, settled.datum) ?? 0);
  const rank = (name) => ASSUMED_ORDER.indexOf(name);
  return [settled, assumed.sort((one, other) => rank(one) - rank(other))];
}

function nonNegative(option, value) {
  const number = floatOf(value);
  if (number >= 0 && number <= 1e6) return number;
  const decimal = typeof value === "number" && !Number.isInteger(value);
  const wrong = `${option} ${decimal ? general(value) : shown(value)}`;
  throw new BadInput({
    en: `${wrong}: expected a number between 0 and 1000000`,
    zh: `${wrong}：应为 0 至 1000000 之间的数字`,
  });
}

function checkChoice(option, value, known) {
  if (known.includes(value)) return;
  const near = nearest(plainText(value), known);
  const wrong = `${option} ${shown(value)}`;
  const allowed = known.join(", ");
  throw new BadInput({
    en: `${wrong}: expected one of ${allowed}${inLanguage(near, "en")}`,
    zh: `${wrong}：应为下列之一：${allowed}${inLanguage(near, "zh")}`,
  });
}

/**
 * The id of an activity given by its id or by its label in either language.
 * @throws {BadInput} for one the vocabulary does not know
 */
export function activityId(given, book) {
  if (given === null || book.activities.has(given)) return given;
  const labels = new Map();
  for (const [name, texts] of book.activities) {
    for (const label of [texts.zh, texts.en, name]) labels.set(fold(label), name);
  }
  const word = fold(given);
  if (labels.has(word)) return labels.get(word);
  const near = nearest(word, [...book.activities.keys(), ...labels.keys()]);
  const wrong = `--activity ${shown(given)}`;
  throw new BadInput({
    en: `${wrong}: no such activity${inLanguage(near, "en")}`,
    zh: `${wrong}：没有这种活动${inLanguage(near, "zh")}`,
  });
}

/**
 * The point in WGS84 degrees.
 * @returns {[number, number]}
 * @throws {BadInput} for what is no place on earth
 */
export function wgs84Point(lon, lat, datum) {
  for (const [name, value, limit] of [
    ["LON", lon, 180],
    ["LAT", lat, 90],
  ]) {
    const number = floatOf(value);
    const wrong = `${name} ${plainText(value)}`;
    if (Number.isNaN(number) && !isNanWord(value)) {
      throw new BadInput({
        en: `${wrong}: expected decimal degrees`,
        zh: `${wrong}：应为十进制度数`,
      });
    }
    if (number >= -limit && number <= limit) continue;
    const swapped = name === "LAT" && Math.abs(number) <= 180 && Math.abs(floatOf(lon)) <= 90;
    const hint = swapped
      ? { en: "; are longitude and latitude swapped?", zh: "；经度和纬度是不是写反了？" }
      : { en: "", zh: "" };
    throw new BadInput({
      en: `${wrong}: must lie between -${limit} and ${limit} degrees${hint.en}`,
      zh: `${wrong}：应在 -${limit} 至 ${limit} 度之间${hint.zh}`,
    });
  }
  return toWgs84(floatOf(lon), floatOf(lat), datum);
}

/** Not-a-number given as such lies outside every range; other words are no number at all. */
function isNanWord(value) {
  return typeof value === "number" || /^\s*[+-]?nan\s*$/i.test(String(value));
}

/** The day asked, YYYY-MM-DD; `wheres`: the location of each drawn zone. */
function dayOf(given, book, wheres, asserted) {
  const text = given === null ? "today" : stripped(plainText(given));
  if (text === "today") return today();
  if (text === "last" || text.startsWith("last:")) return lastDay(text, book, wheres, asserted);
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && isDay(...text.split("-").map(Number))) {
    return text;
  }
  const wrong = `--date ${shown(given)}`;
  const forms = "YYYY-MM-DD, today, last";
  throw new BadInput({
    en: `${wrong}: expected ${forms} or last:<document>`,
    zh: `${wrong}：应为 ${forms} 或 last:<文件>`,
  });
}

/** This day where the asker is, YYYY-MM-DD. */
export function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part, i) => String(part).padStart(i ? 2 : 4, "0")).join("-");
}

/** The last day covered here, by any document or by the one named. */
function lastDay(text, book, wheres, asserted) {
  const until = (name) => book.documents.get(name).covers.until;
  const [, name] = partition(text, ":");
  if (name) {
    if (book.documents.has(name)) return until(name);
    const near = nearest(name, book.documents.keys());
    const wrong = `--date ${shown(text)}`;
    throw new BadInput({
      en: `${wrong}: no such document${inLanguage(near, "en")}`,
      zh: `${wrong}：没有这份文件${inLanguage(near, "zh")}`,
    });
  }
  const zones = new Map([...asserted].filter(([key]) => key.startsWith("zone.")));
  const around = asBadInput(() =>
    nearDocuments(coverageOf(askerOf(book, wheres, today(), { asserted: zones }))),
  );
  if (!around.length) {
    throw new BadInput({
      en: "--date last: no document in the catalogue has to do with this place",
      zh: "--date last：资料中没有与此地有关的文件",
    });
  }
  return around.map(until).sort().at(-1);
}

function resultsToShow(results, judge, covered, everything) {
  if (!everything) return results.filter((result) => result.outcome !== "not_concerned");
  const near = nearDocuments(covered);
  const rules = judge.asker.book.rules.filter((rule) => near.includes(rule.document));
  return rules.map((rule) => judge.result(rule));
}

function echoOf(query, settled, day, typed, asserted, assumed) {
  return {
    lon: floatOf(query.lon),
    lat: floatOf(query.lat),
    datum: settled.datum,
    accuracy_m: settled.accuracy_m,
    radius_m: settled.radius_m,
    date: day,
    alert: settled.alert,
    activity: query.activity,
    facts: Object.fromEntries([...typed, ...asserted]),
    radius_km: settled.radius_km,
    assumed,
  };
}

function coverageRow(covered, catalogue) {
  return {
    documents: covered.speaking,
    reaching: covered.reaching,
    unsure: covered.unsure,
    failed: catalogue.failed ?? [],
    expired: covered.expired,
    upcoming: covered.upcoming,
  };
}
