/** What each rule comes to for one asker: applies, due, exempt, not_concerned, cannot_determine. */

/**
 * Prepare a question.
 * @param {Book} book
 * @param {Map<string, string>} located location of each drawn zone
 * @param {string} day YYYY-MM-DD
 * @param {{alert?: string, facts?: Map, asserted?: Map<string, string>}} told
 * @returns {Asker}
 * @throws {BadAssertion} for an assertion that contradicts certainty
 */
export function askerOf(book, located, day, { alert = "unknown", facts, asserted } = {}) {
  const said = asserted ?? new Map();
  checkAssertions(said, book, day);
  const ground = groundOf(book.zones, located, zonesAsserted(said), book.kin);
  const places = ground.places(day);
  return { book, day, places, alert, facts: facts ?? new Map(), asserted: said, ground };
}

/** Of what was asserted, the zones: id -> inside | outside. */
export function zonesAsserted(asserted) {
  const zones = [...asserted].filter(([key]) => key.startsWith("zone."));
  return new Map(zones.map(([key, side]) => [key.slice("zone.".length), side]));
}

/** The same question with other facts. */
export function withFacts(asker, facts) {
  return { ...asker, facts };
}

/** The same question on another day, with what still holds of the assertions. */
export function onDay(asker, day, asserted) {
  return { ...asker, day, asserted, places: asker.ground.places(day) };
}

/**
 * What `rule` comes to. Facts its activities imply are taken as given.
 * @returns {Result}
 */
export function evaluate(rule, given) {
  const asker = withImplied(rule, given);
  if (rule.kind === "exemption") return exemptionRow(rule, asker);
  const place = placeTruth(rule, asker);
  if (place.value === F) {
    // Most rules of a catalogue lie elsewhere; nothing else about them matters then.
    return resultOf({ rule, outcome: "not_concerned", parts: { place }, failed: "place" });
  }
  const parts = conditions(rule, asker);
  const whole = allOf(Object.values(parts));
  const exemptions = exemptionTruths(rule, asker);
  const lifted = anyOf(exemptions.map(([, truth]) => truth));
  let outcome = tables().outcome[whole.value][lifted.value];
  const { deadline } = rule.force;
  const late = deadline !== undefined && asker.day > deadline;
  if (outcome === "applies" && deadline !== undefined && !late) outcome = "due";
  const missing = outcome === "cannot_determine" ? [...whole.keys, ...lifted.keys] : [];
  return resultOf({
    rule,
    outcome,
    parts,
    missing: [...new Set(missing)],
    failed: firstFailed(parts),
    overdue: outcome === "applies" && late && rule.kind === "obligation",
    ended: parts.date.value === U && ended(rule, asker),
    exemptions,
    kept: keptOf(rule, asker, outcome),
  });
}

/** A Result; field by field, because a click makes tens of thousands of them. */
function resultOf(told) {
  return {
    rule: told.rule,
    outcome: told.outcome,
    parts: told.parts,
    missing: told.missing ?? [],
    failed: told.failed ?? null,
    overdue: told.overdue ?? false,
    ended: told.ended ?? false,
    exemptions: told.exemptions ?? [],
    kept: told.kept ?? null,
  };
}

/** The asker with what the rule's activities imply. */
export function withImplied(rule, asker) {
  const implies = asker.book.implies(rule);
  if (implies === null) return asker;
  return withFacts(asker, implied(asker.facts, implies, asker.book.facts, false));
}

/** The rule's own conditions, in the order in which a failure is named. */
export function conditions(rule, asker) {
  return {
    place: placeTruth(rule, asker),
    date: dateTruth(rule, asker),
    alert: alertTruth(rule, asker),
    fact: conditionTruth(rule.when, asker),
  };
}

function placeTruth(rule, asker) {
  return "where" in rule ? whereTruth(rule.where, asker.places) : TRUE;
}

/**
 * Effective(E) = E ∧ ¬(any effective exemption to E).
 *
 * Without printed dates, alerts or place of its own an exemption holds whenever and wherever the
 * rule it lifts does, so those parts are T here.
 */
export function effective(exemption, asker) {
  const own = allOf(Object.values(conditions(exemption, asker)));
  const against = exemptionTruths(exemption, asker).map(([, truth]) => truth);
  return allOf([own, negate(anyOf(against))]);
}

/** Each exemption to a rule with whether it is effective. */
function exemptionTruths(rule, asker) {
  return (rule.unless ?? []).map((name) => [name, effective(asker.book.byId.get(name), asker)]);
}

/** An exemption's own row: its conditions, and where it has none those of what it lifts. */
function exemptionRow(rule, asker) {
  const parts = heldConditions(rule, asker);
  const lifted = asker.book.liftedBy.get(rule.id) ?? [];
  const exemptions = exemptionTruths(rule, asker);
  const countered = anyOf(exemptions.map(([, truth]) => truth));
  const whole = allOf([...Object.values(parts), negate(countered)]);
  const outcomes = { T: "applies", F: "not_concerned", U: "cannot_determine" };
  const dated = lifted.length ? lifted : [rule];
  return resultOf({
    rule,
    outcome: outcomes[whole.value],
    parts,
    missing: whole.keys,
    failed: firstFailed(parts) ?? (countered.value === T ? "fact" : null),
    ended: parts.date.value === U && dated.some((target) => ended(target, asker)),
    exemptions,
  });
}

/** A rule's conditions, an exemption's with what it inherits along the chain it lifts. */
function heldConditions(rule, asker) {
  const parts = conditions(rule, asker);
  const lifted = asker.book.liftedBy.get(rule.id) ?? [];
  if (rule.kind !== "exemption" || !lifted.length) return parts;
  const inherited = lifted.map((target) => heldConditions(target, asker));
  const any = (name) => anyOf(inherited.map((part) => part[name]));
  if (!("where" in rule)) parts.place = any("place");
  // What is suspended or annulled of its own stays so on the days it inherits.
  if (!hasBounds(rule)) parts.date = allOf([parts.date, any("date")]);
  if (!rule.force.alerts?.length) parts.alert = any("alert");
  return parts;
}

function firstFailed(parts) {
  return tables().failed_order.find((name) => parts[name].value === F) ?? null;
}

/** Whether the standard is met, for a rule that binds or may bind; never changes the outcome. */
function keptOf(rule, asker, outcome) {
  if (!("keep" in rule) || !["applies", "due", "cannot_determine"].includes(outcome)) return null;
  return { T: "yes", F: "no", U: "unknown" }[conditionTruth(rule.keep, asker).value];
}

/**
 * The location of each drawn zone in a golden case's query: {zones, date, …}. A case names the
 * locations it is about: what they lie within is then inside too, and every other drawn zone
 * outside.
 * @returns {Map<string, string>}
 */
export function caseLocated(book, query) {
  const undrawn = ["unmapped", "object", "derived"];
  const located = new Map();
  for (const [zone, record] of book.zones) {
    if (!undrawn.includes(record.basis)) located.set(zone, "outside");
  }
  const named = Object.entries(query.zones ?? {});
  for (const [zone, where] of named) {
    let outer = book.zones.get(zone).within;
    while (outer && where !== "outside") {
      located.set(outer, "inside");
      outer = book.zones.get(outer).within;
    }
  }
  named.forEach(([zone, where]) => located.set(zone, where));
  return new Map([...located].filter(([, where]) => where !== "unmapped"));
}
