/**
 * Where is it banned? One activity, one day: what effect each zone has, drawn on a map or not.
 *
 * Twin of jobs/banned/ask.py and rows.py, which say how an effect is found.
 */

const BANNED_SCHEMA = "zonerules/banned/1";

/** Every effect, in the order of a list: `unnamed` means that no rule of the activity names it. */
export const EFFECTS = [
  ...["prohibited", "restricted", "required", "conflict", "cannot_determine"],
  ...["exempt", "not_concerned", "no_data", "unnamed"],
];
const GRADED = ["required", "restricted", "prohibited"];
const ORDER_OF_KEYS = ["alert", "season", "force", "rule", "zone", "position"];

/**
 * The effect of every zone on an activity: JSON of schema zonerules/banned/1.
 * @param {Catalogue} catalogue
 * @param {{activity: string, date: ?string, alert: ?string, facts: ?object}} query
 * @param {Grounds} grounds kept from an earlier question to the same catalogue
 * @throws {BadInput}
 */
export function banned({ data, book }, query, grounds = new Grounds(data, book)) {
  const activity = activityId(query.activity, book);
  const alert = query.alert ?? null;
  if (alert !== null) checkChoice("--alert", alert, [...tables().alerts, "unknown"]);
  const [facts, asserted] = readFacts(query.facts, book);
  refuseZones(asserted);
  const rules = rulesOfActivity(book, activity);
  const documents = [...book.documents.keys()];
  const telling = documents.filter((name) => rules.some((rule) => rule.document === name));
  const day = bannedDay(query.date ?? null, book, telling);
  asBadInput(() => {
    checkAssertions(asserted, book, day);
    implied(facts, book.activities.get(activity).implies ?? {}, book.facts, true);
  });
  const named = namedBy(book, rules);
  const told = { alert: alert ?? "unknown", facts, asserted };
  const zones = [...book.zones.keys()].map((zone) => {
    const row = plainRow(book, zone, grounds);
    if (!named.has(zone)) return row;
    const [asker, covered] = grounds.standing(zone, day);
    const judge = new Judge({ ...asker, ...told }, covered, activity);
    return { ...row, ...weighed(zone, judge, named.get(zone)) };
  });
  const off = zones.filter((row) => !row.drawn && row.effect !== "unnamed");
  const counts = EFFECTS.map((name) => [name, zones.filter((z) => z.effect === name).length]);
  return {
    schema: BANNED_SCHEMA,
    catalogue: catalogueRow(data),
    query: {
      activity,
      date: day,
      alert: told.alert,
      facts: Object.fromEntries([...facts, ...asserted]),
      assumed: ["date", "alert"].filter((name) => (query[name] ?? null) === null),
    },
    ...planPeriods(book, telling, day),
    failed: [...(data.failed ?? [])],
    counts: Object.fromEntries(counts),
    zones,
    undrawn: off.map((row) => ({
      ...chosen(row, ["id", "effect", "within"]),
      articles: articlesOf(row),
    })),
    ask: bannedQuestions(book, zones),
  };
}

// -- what is asked ------------------------------------------------------------------------------

function refuseZones(asserted) {
  for (const [key, value] of asserted) {
    if (!key.startsWith("zone.")) continue;
    throw new BadInput({
      en:
        `--fact ${key}=${value}: this is asked about all places at once; ` +
        "ask at a point to say which zone it lies in",
      zh: `--fact ${key}=${value}：这里问的是所有地点；要说明在哪个区内，请在地点上查询`,
    });
  }
}

function bannedDay(given, book, telling) {
  const text = given === null ? "today" : stripped(plainText(given));
  const [word, name] = partition(text, ":");
  if (word !== "last") return dayOf(text, book, new Map(), new Map());
  if (name) return lastDay(text, book, new Map(), new Map());
  if (telling.length) {
    return telling
      .map((one) => book.documents.get(one).covers.until)
      .sort()
      .at(-1);
  }
  throw new BadInput({
    en: "--date last: no document in the catalogue tells of this activity",
    zh: "--date last：资料中没有管这项活动的文件",
  });
}

// -- which rules name which zones ---------------------------------------------------------------

/** The binding rules of the activity and of everything broader. */
function rulesOfActivity(book, activity) {
  const chain = book.broader(activity);
  return book.binding.filter((rule) => rule.activities.some((name) => chain.includes(name)));
}

/** zone -> ids of the rules that name it: themselves, in an exemption, by what it is part of. */
function namedBy(book, rules) {
  const found = new Map();
  const add = (zone, id) => found.set(zone, (found.get(zone) ?? new Set()).add(id));
  for (const rule of rules) {
    for (const words of withExemptions(book, rule)) {
      for (const zone of [...zonesOf(words.where ?? []), ...(words.emphasis ?? [])]) {
        for (const part of partsOf(book, zone)) {
          add(part, rule.id);
          if (words !== rule) add(part, words.id);
        }
      }
    }
  }
  const byUnit = new Map();
  for (const [zone, ids] of found) {
    const { unit } = book.zones.get(zone);
    if (unit !== undefined) byUnit.set(unit, new Set([...(byUnit.get(unit) ?? []), ...ids]));
  }
  for (const [zone, { unit }] of book.zones) {
    if (byUnit.has(unit)) found.set(zone, byUnit.get(unit));
  }
  return found;
}

/** The rule and what lifts it, and what lifts that. */
function withExemptions(book, rule) {
  const found = [rule];
  for (const words of found) {
    const names = (words.unless ?? []).filter((name) => name !== rule.id);
    found.push(...names.map((name) => book.byId.get(name)));
  }
  return found;
}

/** The zone and what it is made of, save what is cut out of it. */
function partsOf(book, zone) {
  const found = [zone];
  for (const name of found) {
    const record = book.zones.get(name);
    if (record.basis !== "derived") continue;
    const [operator, members] = operatorOf(record);
    const kept = { difference: members.slice(0, 1), complement: [] }[operator] ?? members;
    found.push(...kept.filter((member) => !found.includes(member)));
  }
  return found;
}

// -- what they come to --------------------------------------------------------------------------

function plainRow(book, zone, grounds) {
  const record = book.zones.get(zone);
  const shapes = grounds.drawn(zone);
  return {
    id: zone,
    ...chosen(record, ["name", "kind", "basis"]),
    within: record.within ?? null,
    drawn: shapes.length > 0,
    shapes,
    failed: Boolean(record.failed),
    effect: "unnamed",
    ...{ reason: null, at_least: null, at_most: null, in_force: null, rules: [], missing: [] },
    cite: record.cite,
  };
}

/** The changing part of a zone's row. */
function weighed(zone, judge, named) {
  const { asker, asked } = judge;
  const { book } = asker;
  const verdict = judge.verdict(asked);
  const results = rulesOfActivity(book, asked).map((rule) => judge.result(rule));
  const own = results.filter((result) => named.has(result.rule.id) || throughoutZone(result));
  const found = zoneEffect(verdict, own, asker.day);
  const exemptions = [...named].filter((name) => book.byId.get(name).kind === "exemption");
  const lifting = exemptions.map((name) => judge.result(book.byId.get(name)));
  const shownHere = [...own, ...lifting].filter(
    (result) => named.has(result.rule.id) || result.outcome !== "not_concerned",
  );
  return {
    effect: found.effect,
    reason: found.reason,
    at_least: verdict.at_least,
    at_most: verdict.at_most,
    in_force: TRUTH_WORDS[asker.places.get(zone).validity.value],
    rules: shownHere.map((result) => bannedRuleRow(result, asker, named)),
    missing: keysInOrder(book, found.missing),
  };
}

/** From the verdict at the place and the rules that name the zone or hold throughout it. */
function zoneEffect(verdict, own, day) {
  const as = (effect, reason = null, missing = []) => ({ effect, reason, missing });
  if (verdict.verdict === "no_data" || verdict.at_least === null) {
    return as(verdict.verdict, verdict.reason, verdict.missing);
  }
  const least = strongest(own.map(effectOfResult));
  const deciding = own.filter(
    (result) =>
      result.outcome === "cannot_determine" &&
      strengthOf(possibleEffect(result, day)) > strengthOf(least),
  );
  const throughout = deciding.filter(throughoutZone);
  if (verdict.verdict === "conflict") return as("conflict", null, keysOf(throughout));
  if (throughout.length) {
    const over = throughout.every((result) => result.ended);
    return as("cannot_determine", over ? "ended" : "facts", keysOf(throughout));
  }
  if (GRADED.includes(least)) return as(least);
  if (strengthOf(verdict.at_most) > strengthOf("exempt")) {
    // another zone that may lie here decides: this one must not look free
    const keys = keysOf(deciding);
    return as("cannot_determine", "zones", keys.length ? keys : verdict.missing);
  }
  return as(own.some((result) => result.outcome === "exempt") ? "exempt" : "not_concerned");
}

/** The rule's place is all of the zone, not a part that lies elsewhere for all one knows. */
function throughoutZone(result) {
  return result.parts.place.value === T;
}

function keysOf(results) {
  return [...new Set(results.flatMap((result) => result.missing))];
}

function bannedRuleRow(result, asker, named) {
  const { rule, outcome } = result;
  const open = outcome === "cannot_determine";
  return {
    id: rule.id,
    kind: rule.kind,
    outcome,
    effect: open ? possibleEffect(result, asker.day) : effectOfResult(result),
    failed: outcome === "not_concerned" ? result.failed : null,
    ended: result.ended,
    names: named.has(rule.id),
    throughout: throughoutZone(result),
    missing: keysInOrder(asker.book, result.missing),
    cite: rule.cite,
  };
}

// -- what goes with them: twin of jobs/banned/rows.py -------------------------------------------

/** Facts in the vocabulary's order, breaches after them, then alert, dates, rules and zones. */
function keysInOrder(book, keys) {
  const rank = (key) =>
    book.order.has(key)
      ? [book.facts.get(key).conduct ? 1 : 0, book.order.get(key)]
      : [2, ORDER_OF_KEYS.indexOf(partition(key, ".")[0])];
  const ranked = [...new Set(keys)].map((key) => [...rank(key), key]);
  ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1] || byCodePoint(a[2], b[2]));
  return ranked.map(([, , key]) => key);
}

/** What to ask next: each key that can be told of all places, with the zones waiting for it. */
function bannedQuestions(book, zones) {
  const waiting = new Map();
  for (const key of zones.flatMap((row) => row.missing)) {
    if (!/^(zone\.|position)/.test(key)) waiting.set(key, (waiting.get(key) ?? 0) + 1);
  }
  const conduct = (key) => (book.facts.get(key)?.conduct ? 1 : 0);
  const keys = keysInOrder(book, waiting.keys());
  keys.sort((a, b) => conduct(a) - conduct(b) || waiting.get(b) - waiting.get(a));
  return keys.map((key) => ({
    key,
    values: permittedValues(key, book),
    zones: waiting.get(key),
    ...chosen(book.facts.get(key) ?? {}, ["type", "unit", "multi", "conduct"]),
  }));
}

/** Which documents on this activity cover the day, have ended, or are still to come. */
function planPeriods(book, telling, day) {
  const rows = telling.map((name) => {
    const { short, title, number, covers } = book.documents.get(name);
    const { from, until } = covers;
    return { document: name, name: short ?? title, number: number ?? null, from, until };
  });
  const latest = [...rows].sort((one, other) => byCodePoint(other.until, one.until));
  return {
    covering: rows.filter((row) => row.from <= day && day <= row.until),
    ended: latest.filter((row) => row.until < day),
    upcoming: rows.filter((row) => day < row.from),
  };
}

/** The articles of the rules that name the zone, each once, those that bind first. */
export function articlesOf(row) {
  const none = (rule) => (rule.outcome === "not_concerned" ? 1 : 0);
  const live = [...row.rules].sort((one, other) => none(one) - none(other));
  const naming = live.filter((rule) => rule.names).map((rule) => rule.cite);
  return [...new Map(naming.map((cite) => [`${cite.document} ${cite.clause}`, cite])).values()];
}
