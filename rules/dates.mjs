/**
 * When a rule is in force: printed and unprinted bounds, seasons, states, deadlines, alerts.
 * Days are ISO strings (YYYY-MM-DD), which compare as text.
 *
 * @typedef {object} Bound The truth of one time bound and the code and words that explain it.
 * @property {Truth} truth
 * @property {string} code
 * @property {Object<string, string>} args
 */

const DATE_BOUNDS = ["from", "until", "seasons"];
const LAST_DAY = "9999-12-31";

const boundOf = (truth, code, args) => ({ truth, code, args });

/** False for an exemption that is in force whenever the rule it lifts is. */
export function hasBounds(rule) {
  return DATE_BOUNDS.some((name) => name in rule.force);
}

/** Each time bound of `rule` on the asker's day; the rule is in force if all are T. */
export function dateBounds(rule, asker) {
  const bounds = [];
  const { force } = rule;
  if ("from" in force || "until" in force) {
    bounds.push(assertedPeriod(rule, asker) ?? periodOf(rule, asker.day));
  }
  if ("seasons" in force) bounds.push(seasonBound(force.seasons, asker));
  if ("state" in force) {
    const { value, from = "", until = LAST_DAY } = force.state;
    const stopped = value !== "in_force" && from <= asker.day && asker.day <= until;
    bounds.push(boundOf(decided(!stopped), "date.state", { state: value }));
  }
  return bounds;
}

/** Whether the rule is in force that day (alerts apart). */
export function dateTruth(rule, asker) {
  return allOf(dateBounds(rule, asker).map((bound) => bound.truth));
}

/** The period is undecided, and only because the day lies after its last certain day. */
export function ended(rule, asker) {
  return dateBounds(rule, asker).some((bound) => bound.code === "date.end_unknown");
}

function periodOf(rule, day) {
  const { from: start, until: end, from_printed = false, until_printed = false } = rule.force;
  // What is certain: the last possible start and, unless the text says it stays open, the first
  // possible end.
  const from = start ? start[1] : "…";
  const until = end && end[0] < "9999" ? end[0] : "…";
  if (start && day < start[0]) return boundOf(FALSE, "date.before", { from: start[0] });
  if (end && end[1] !== null && day > end[1]) {
    return boundOf(FALSE, "date.after", { until: end[1] });
  }
  if (start && day < start[1]) {
    const args = { earliest: start[0], latest: start[1] };
    return boundOf(unknown(forceKey(rule, from_printed)), "date.start_unknown", args);
  }
  if (end && day > end[0]) {
    return boundOf(unknown(forceKey(rule, until_printed)), "date.end_unknown", { until: end[0] });
  }
  if (until === "…") return boundOf(TRUE, "date.in_force_open", { from });
  return boundOf(TRUE, "date.in_force", { from, until });
}

/** A bound the rule prints vaguely is the rule's own; an unprinted one is its document's. */
function forceKey(rule, printed) {
  return `force.${printed ? rule.id : rule.document}`;
}

/** What the asker says of the rule or, where the bound is the document's, of the document. */
function assertedPeriod(rule, asker) {
  let said = asker.asserted.get(`force.${rule.id}`);
  if (said === undefined) {
    const [key] = periodOf(rule, asker.day).truth.keys;
    said = key === undefined ? undefined : asker.asserted.get(key);
  }
  if (said === undefined) return null;
  return said === "in"
    ? boundOf(TRUE, "date.asserted_in", {})
    : boundOf(FALSE, "date.asserted_out", {});
}

/** Whether `day` lies in a season whose ends are known only between bounds. */
export function seasonTruth(season, day) {
  const { start, end } = season;
  if (day < start.earliest || day > end.latest) return FALSE;
  if (start.latest <= day && day <= end.earliest) return TRUE;
  return unknown(`season.${season.id}`);
}

function seasonBound(seasons, asker) {
  const truths = seasons.map((name) => {
    const said = asker.asserted.get(`season.${name}`);
    if (said !== undefined) return decided(said === "inside");
    return seasonTruth(asker.book.seasons.get(name), asker.day);
  });
  const whole = anyOf(truths);
  const first =
    seasons[
      Math.max(
        0,
        truths.findIndex((truth) => sameTruth(truth, whole)),
      )
    ];
  const { start, end } = asker.book.seasons.get(first);
  const codes = { T: "date.in_force_season", F: "date.season_out", U: "date.season_unknown" };
  return boundOf(whole, codes[whole.value], {
    season: first,
    from: start.earliest,
    until: end.latest,
  });
}

/** Whether the day's alert is one the rule names; T for a rule that names none. */
export function alertTruth(rule, asker) {
  const { alerts } = rule.force;
  if (!alerts?.length) return TRUE;
  return asker.alert === "unknown" ? unknown("alert") : decided(alerts.includes(asker.alert));
}

/**
 * Refuse season.* and force.* assertions that contradict a certain date.
 * @throws {BadAssertion} naming the assertion and the dates
 */
export function checkAssertions(asserted, book, day) {
  for (const [key, value] of asserted) {
    const [prefix, name] = partition(key, ".");
    if (prefix === "season") checkSeason(key, value, book.seasons.get(name), day);
    if (prefix === "force") checkForce(key, value, name, book, day);
  }
}

function checkSeason(key, value, season, day) {
  const truth = seasonTruth(season, day);
  if (truth.value === U || (truth.value === T) === (value === "inside")) return;
  const dates = { since: season.start.latest, until: season.end.earliest };
  throw new BadAssertion(key, value, errorLine("season_dates", dates));
}

function checkForce(key, value, name, book, day) {
  const rule = book.byId.get(name);
  if (rule && !("from" in rule.force || "until" in rule.force)) {
    throw new BadAssertion(key, value, errorLine("no_dates", { rule: name }));
  }
  const found = rule ? periodOf(rule, day) : documentPeriod(book.documents.get(name), day);
  if (found.truth.value === U || (found.truth.value === T) === (value === "in")) return;
  const dates = Object.values(found.args).join("…");
  throw new BadAssertion(key, value, errorLine("printed_dates", { dates }));
}

function documentPeriod(document, day) {
  const { id, covers, start_latest } = document;
  const force = { from: [covers.from, start_latest], until: [covers.until, null] };
  return periodOf({ id, document: id, force }, day);
}

/** First days on which something about the time of a rule, or of what lifts it, may change. */
export function turningDays(rule, book) {
  const { force } = rule;
  const days = new Set(boundDays(force));
  if ("deadline" in force) days.add(nextDay(force.deadline));
  for (const name of force.seasons ?? []) {
    const { start, end } = book.seasons.get(name);
    Object.values(start).forEach((day) => days.add(day));
    Object.values(end).forEach((day) => days.add(nextDay(day)));
  }
  const { from, until } = force.state ?? {};
  if (from !== undefined) days.add(from);
  if (until !== undefined) days.add(nextDay(until));
  for (const name of rule.unless ?? []) {
    turningDays(book.byId.get(name), book).forEach((day) => days.add(day));
  }
  return days;
}

/** First days on which from and until pairs begin to hold and have ceased to. */
export function boundDays(bounds) {
  const ends = (bounds.until ?? []).filter((day) => day && day < "9999").map(nextDay);
  return [...(bounds.from ?? []).filter(Boolean), ...ends];
}

/** The text before the first mark and the text behind it. */
export function partition(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Whether a year, month and day stand in the calendar. */
export function isDay(year, month, day) {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= daysOfMonth(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`);
}

/** Days of a month written YYYY-MM. */
export function daysOfMonth(text) {
  const [year, month] = text.split("-").map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

/** The day so many days later, or earlier. */
export function shiftDay(day, days) {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

function nextDay(day) {
  return shiftDay(day, 1);
}
