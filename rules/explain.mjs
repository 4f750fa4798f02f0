/** Why a rule came to its outcome: one reason for each step, in Chinese and English. */

/**
 * The steps that decided, or left open, one rule: place, date, alert, facts, exemptions. A rule
 * that is not concerned is explained by what failed; any other by every step.
 * @returns {Array<{code: string, args: object, zh: string, en: string}>}
 */
export function because(result, given) {
  const { rule } = result;
  const asker = withImplied(rule, given);
  const steps = {
    place: () => placeSteps(rule, result, asker),
    date: () => dateSteps(rule, result, asker),
    alert: () => alertSteps(rule, asker),
    fact: () => factSteps(rule, result, asker),
  };
  if (result.outcome === "not_concerned" && result.failed in steps) return steps[result.failed]();
  return [
    ...Object.values(steps).flatMap((make) => make()),
    ...exemptionSteps(result, asker),
    ...liftSteps(rule, asker),
    ...(result.kept ? [reason(`keep.${result.kept}`)] : []),
  ];
}

/** The zone's name in both languages. */
export function zoneName(book, zone) {
  return book.zones.get(zone).name;
}

function placeSteps(rule, result, asker) {
  const steps = [];
  const whole = result.parts.place.value;
  const denies = deniesPlace(rule.where);
  for (const zone of new Set(zonesOf(rule.where ?? []))) {
    const place = asker.places.get(zone);
    // one of several places is enough; those that do not hold explain nothing
    if (whole === T && place.truth.value !== T && !denies) continue;
    if (whole === U && place.truth.value === F && !denies) continue;
    const args = { zone: zoneName(asker.book, zone) };
    steps.push(reason(placeCode(place, asker.book.zones.get(zone)), args));
    if (place.truth.value !== F && place.validity.value !== T) {
      const gone = place.validity.value === F;
      steps.push(reason(gone ? "place.not_yet" : "place.validity_unknown", args));
    }
  }
  return steps;
}

/** Whether a `where` says somewhere that a place must not be in a zone. */
function deniesPlace(where) {
  if (Array.isArray(where)) return where.some(deniesPlace);
  if (typeof where === "string" || where === undefined) return false;
  return "not" in where || Object.values(where).some(deniesPlace);
}

function placeCode(place, zone) {
  if (place.location === "inside" || place.location === "outside") {
    return `place.${place.asserted ? "asserted_" : ""}${place.location}`;
  }
  return zone.failed ? "place.failed" : `place.${place.location}`;
}

function dateSteps(rule, result, asker) {
  const steps = [];
  for (const { truth, code, args } of dateBounds(rule, asker)) {
    if (code === "date.state" && truth.value === T) continue;
    const season = "season" in args ? { season: asker.book.seasons.get(args.season).name } : {};
    steps.push(reason(code, { ...args, ...season }));
  }
  const { deadline } = rule.force;
  if (deadline && result.parts.date.value !== F) {
    const code = asker.day > deadline ? "date.deadline_passed" : "date.due";
    steps.push(reason(code, { deadline }));
  }
  return steps;
}

function alertSteps(rule, asker) {
  const { alerts } = rule.force;
  if (!alerts?.length) return [];
  if (asker.alert === "unknown") return [reason("alert.unknown")];
  const code = alerts.includes(asker.alert) ? "alert.in" : "alert.out";
  return [reason(code, { alert: labelOf("alert", asker.alert) })];
}

function factSteps(rule, result, asker) {
  if (!("when" in rule)) return rule.kind === "exemption" ? [] : [reason("everybody")];
  const whole = result.parts.fact.value;
  const steps = [];
  const asked = new Set();
  for (const leaf of leaves(rule.when)) {
    const { value } = leafTruth(leaf, asker);
    // one missing fact is missed once, however often the rule tests it
    if (value === U && asked.has(leaf.fact)) continue;
    asked.add(leaf.fact ?? "");
    // A decided whole is explained by the parts that agree with it.
    if ((whole === T && value !== T) || (whole === F && value === U)) continue;
    steps.push(leafStep(leaf, value, asker));
  }
  return steps;
}

function leafStep(leaf, value, asker) {
  if ("rule" in leaf) {
    const code = { T: "leaf.met", F: "leaf.unmet", U: "leaf.missing" }[value];
    return reason(code, { rule: leaf.rule });
  }
  const { book, facts } = asker;
  const [operator, compared] = operation(leaf);
  const args = {
    fact: factName(book, leaf.fact),
    op: labelOf("op", operator),
    value: valueName(book, leaf.fact, compared),
  };
  const given = facts.get(leaf.fact);
  if (given === undefined) return reason("fact.missing", args);
  const undecided = given instanceof Open ? "fact.open" : "fact.undecided";
  const code = { T: "fact.met", F: "fact.failed", U: undecided }[value];
  return reason(code, { ...args, given: valueName(book, leaf.fact, given) });
}

function exemptionSteps(result, asker) {
  const codes = { T: "exemption.granted", F: "exemption.refused", U: "exemption.unknown" };
  return result.exemptions.map(([name, truth]) => {
    const { clause } = asker.book.byId.get(name).cite;
    return reason(codes[truth.value], { rule: name, ...(truth.value === T ? { clause } : {}) });
  });
}

function liftSteps(rule, asker) {
  const lifted = asker.book.liftedBy.get(rule.id) ?? [];
  if (!lifted.length) return [];
  return [reason("lifts", { rules: lifted.map((target) => target.id).join(", ") })];
}

/** The label of a fact with its unit. */
export function factName(book, key) {
  const spec = book.facts.get(key);
  const unit = spec.unit && spec.unit !== "1" ? ` (${spec.unit})` : "";
  return bilingual((lang) => spec[lang] + unit);
}

/** A value of a fact, or a list of them, as people read it. */
export function valueName(book, key, value) {
  const members = value instanceof Open ? value.members : value;
  if (Array.isArray(members)) {
    const names = members.map((member) => valueName(book, key, member));
    const listed = (lang, comma) => names.map((name) => name[lang]).join(comma);
    return { zh: listed("zh", "、"), en: listed("en", ", ") };
  }
  if (typeof value === "boolean") return labelOf("value", String(value));
  const spec = book.facts.get(key) ?? {};
  const place = typeof value === "string" ? (spec.values ?? []).indexOf(value) : -1;
  if (place < 0) return both(value);
  return { zh: (spec.zh_values ?? spec.values)[place], en: value.replaceAll("_", " ") };
}

/** What a missing key asks for, as people read it. */
export function keyName(book, key) {
  if (book.facts.has(key)) return factName(book, key);
  const labels = tables().labels.key;
  const [prefix, name] = partition(key, ".");
  if (prefix === "position" || prefix === "alert") return labels[prefix];
  const [title, called] = titleOfKey(book, prefix, name);
  return bilingual((lang) => fill(labels[title][lang], { name: called[lang] }));
}

function titleOfKey(book, prefix, name) {
  if (prefix === "zone") return ["zone", zoneName(book, name)];
  if (prefix === "season") return ["season", book.seasons.get(name).name];
  if (prefix !== "force") return ["rule", both(name)];
  const document = book.documents.get(name);
  if (!document) return ["force_rule", both(name)];
  return ["force_document", "number" in document ? both(document.number) : document.title];
}
