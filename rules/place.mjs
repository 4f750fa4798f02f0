/**
 * Where a rule holds: locations, assertions, `within`, derived zones and the validity of zones.
 * Takes the location of each drawn zone and works out every other; never sees a coordinate.
 *
 * What is known: Map zone -> [inside?, what says so], the latter the key of an assertion or the
 * zone's own map.
 */

const BY_MAP = "map "; // before the zone and its location there
const BY_GUESS = "guess ";

/** What is known of every zone, from maps and assertions, whatever the day. */
export class Ground {
  constructor(zones, located, asserted, kin, known, unaided) {
    Object.assign(this, { zones, located, asserted, kin, known, unaided });
    this.truths = new Map();
    this.still = null; // places of some day, right for all but `dated`
    this.dated = []; // zones whose place depends on the day
  }

  /** The place of every zone on `day`. */
  places(day) {
    if (!this.still) {
      const zones = [...this.zones.keys()];
      this.still = new Map(zones.map((zone) => [zone, this.place(zone, day)]));
      this.dated = zones.filter((zone) => this.zones.get(zone).validity);
    }
    const places = new Map(this.still);
    this.dated.forEach((zone) => places.set(zone, this.place(zone, day)));
    return places;
  }

  /** @returns {Place} */
  place(zone, day) {
    const truth = this.truth(zone);
    const open = () => (this.near(zone) ? "near" : "unmapped");
    const location = truth.value === U ? open() : truth.value === T ? "inside" : "outside";
    const known = this.known.get(zone);
    // What is known only because somebody said so, whichever way it was reached.
    const said = this.asserted.has(zone);
    const asserted = said || (known !== undefined && this.unaided.get(zone)?.[0] !== known[0]);
    const validity = said ? TRUE : validityOf(zone, this.zones.get(zone), day);
    return { location, truth, asserted, validity };
  }

  /**
   * The places if `zone` were asserted too; `before`: the places of this ground on `day`.
   * @throws {BadAssertion}
   */
  told(zone, side, before, day) {
    const asserted = new Map(this.asserted).set(zone, side);
    const known = new Map(this.known);
    const inside = side === "inside";
    const yields = (known.get(zone)?.[0] ?? inside) !== inside;
    known.set(zone, [inside, `zone.${zone}=${side}`]);
    if (yields || spread(this.zones, known, this.kin, [zone])) {
      // a certain map or a guess stands against it: weigh everything again
      return groundOf(this.zones, this.located, asserted, this.kin).places(day);
    }
    const fresh = new Ground(this.zones, this.located, asserted, this.kin, known, this.unaided);
    const changed = [...known.keys()].filter((name) => !this.known.has(name) || name === zone);
    const reached = new Set();
    while (changed.length) {
      const name = changed.pop();
      if (reached.has(name)) continue;
      reached.add(name);
      changed.push(...this.kin.get(name));
    }
    const places = new Map(before);
    reached.forEach((name) => places.set(name, fresh.place(name, day)));
    return places;
  }

  /** The truth of being in `zone`, with the keys that could still decide it. */
  truth(zone) {
    if (!this.truths.has(zone)) this.truths.set(zone, this.workedOut(zone));
    return this.truths.get(zone);
  }

  workedOut(zone) {
    const record = this.zones.get(zone);
    if (this.known.has(zone)) return knownTruth(zone, this.known);
    if (record.basis === "derived") return derivedTruth(record, (name) => this.truth(name));
    if (record.basis === "object") return this.truth(record.within);
    const near = this.located.get(zone) === "near:position";
    const own = near ? "position" : `zone.${zone}`;
    if (record.within && record.basis === "unmapped") {
      return unknown(own, ...this.truth(record.within).keys);
    }
    return unknown(own);
  }

  /** An undecided zone is near if its own map, or that of what it is made of, is too close. */
  near(zone) {
    const record = this.zones.get(zone);
    if (this.known.has(zone)) return false;
    if (record.basis === "object") return this.near(record.within);
    if (record.basis === "derived") {
      const outer = "within" in record ? [record.within] : [];
      return [...operatorOf(record)[1], ...outer].some((name) => this.near(name));
    }
    return (this.located.get(zone) ?? "").startsWith("near");
  }
}

/**
 * What locations and assertions make known.
 * @param {Map<string, object>} zones
 * @param {Map<string, string>} located inside | near | near:position | near:zone | outside of
 *   drawn zones; a drawn zone that is not there is unknown, as are unmapped ones
 * @param {Map<string, string>} asserted zone id -> inside | outside
 * @throws {BadAssertion} for an assertion that contradicts certain geometry or another assertion
 */
export function groundOf(zones, located, asserted, kin) {
  const known = settle(zones, located, asserted, kin);
  const unaided = asserted.size ? settle(zones, located, new Map(), kin) : known;
  return new Ground(zones, located, asserted, kin, known, unaided);
}

/**
 * What is certain: assertions and what follows; then certain maps; then approximate ones.
 * An approximate shape yields to whatever else is known; a certain one does not.
 */
function settle(zones, located, asserted, kin) {
  const known = new Map(
    [...asserted].map(([zone, side]) => [zone, [side === "inside", `zone.${zone}=${side}`]]),
  );
  spread(zones, known, kin, [...known.keys()]);
  for (const approximate of [false, true]) {
    const added = [];
    for (const [zone, where] of located) {
      const { basis } = zones.get(zone);
      if (basis === "derived" || (where !== "inside" && where !== "outside")) continue;
      if ((basis === "approximate") !== approximate) continue;
      const inside = where === "inside";
      if (!known.has(zone)) {
        known.set(zone, [inside, `${approximate ? BY_GUESS : BY_MAP}${zone} ${where}`]);
        added.push(zone);
      } else if (!approximate && known.get(zone)[0] !== inside) {
        clash(known.get(zone)[1], errorLine("certain_map", { zone, where }));
      }
    }
    spread(zones, known, kin, added);
  }
  return known;
}

/**
 * Draw what follows from what is known of `start` until nothing changes.
 * @returns {boolean} true if something that followed met an approximate map that says otherwise
 */
function spread(zones, known, kin, start) {
  let yields = false;
  const waiting = new Set(start.flatMap((name) => kin.get(name)));
  // a set gives what is added while it is walked, and what was taken out and added again
  for (const zone of waiting) {
    waiting.delete(zone);
    const record = zones.get(zone);
    if (tellsNothing(record, known.get(zone), known.get(record.within))) continue;
    for (const [target, inside, because] of consequences(zone, record, known)) {
      if (!known.has(target)) {
        known.set(target, [inside, because]);
        kin.get(target).forEach((name) => waiting.add(name));
      } else if (known.get(target)[0] !== inside) {
        clash(known.get(target)[1], because);
        yields = true;
      }
    }
  }
  return yields;
}

/**
 * Two certainties that disagree: an assertion is at fault if there is one among them. A guess
 * simply yields, and two maps that disagree each keep their word (lint reports the data).
 */
function clash(one, other) {
  const begins = (text, mark) => typeof text === "string" && text.startsWith(mark);
  const said = [one, other].find((text) => begins(text, "zone."));
  if (said === undefined || [one, other].some((text) => begins(text, BY_GUESS))) return;
  const [key, value] = partition(said, "=");
  let against = said === one ? other : one;
  if (begins(against, BY_MAP)) {
    const [zone, where] = against.slice(BY_MAP.length).split(" ");
    against = errorLine("by_map", { zone, where });
  }
  throw new BadAssertion(key, value, against);
}

/**
 * Whether nothing follows from what is known of a zone and of the one it lies in: so it is with
 * most, which are known to be elsewhere.
 */
function tellsNothing(record, own, outer) {
  if (record.basis === "derived" || own?.[0]) return false;
  if (own === undefined && outer && !outer[0]) return false;
  return record.basis !== "object" || !outer?.[0];
}

/** What follows from a zone's record, one at a time, so that each sees what the last made known. */
function* consequences(zone, record, known) {
  const { within } = record;
  const own = known.get(zone);
  if (within) {
    const outer = known.get(within);
    if (own?.[0]) yield [within, true, own[1]];
    if (outer && !outer[0]) yield [zone, false, outer[1]];
    if (outer?.[0] && record.basis === "object") yield [zone, true, outer[1]];
  }
  if (record.basis === "derived") yield* derivedConsequences(zone, record, known);
}

function* derivedConsequences(zone, record, known) {
  const [operator, members] = operatorOf(record);
  const truth = derivedTruth(record, (member) => knownTruth(member, known));
  if (truth.value !== U) {
    const named = [...members, record.within].filter((name) => known.has(name));
    const reasons = named.map((name) => known.get(name)[1]);
    // A conclusion is as weak as its weakest ground, and an assertion is the first to be named.
    const because = [BY_GUESS, "zone."].flatMap((kind) =>
      reasons.filter((text) => text.startsWith(kind)),
    );
    yield [zone, truth.value === T, (because.length ? because : reasons)[0]];
  }
  if (!known.has(zone)) return;
  const [inside, because] = known.get(zone);
  const each = (names, side) => names.map((name) => [name, side, because]);
  if (operator === "union" && !inside) yield* each(members, false);
  else if (operator === "intersection" && inside) yield* each(members, true);
  else if (operator === "complement" && inside) yield* each(members.slice(0, 1), false);
  else if (operator === "complement" && known.get(record.within)?.[0]) {
    yield* each(members.slice(0, 1), true);
  } else if (operator === "difference" && inside) {
    yield* each(members.slice(0, 1), true);
    yield* each(members.slice(1), false);
  }
}

function knownTruth(zone, known) {
  return known.has(zone) ? decided(known.get(zone)[0]) : unknown();
}

function derivedTruth(record, truthOf) {
  const [operator, members] = operatorOf(record);
  const [first, ...others] = members.map(truthOf);
  if (operator === "union") return anyOf([first, ...others]);
  if (operator === "intersection") return allOf([first, ...others]);
  if (operator === "difference") return allOf([first, ...others.map(negate)]);
  return allOf([truthOf(record.within), negate(first)]);
}

/** Whether the zone existed that day; T unless an instrument created, changes or ends it. */
export function validityOf(zone, record, day) {
  const { validity } = record;
  if (!validity || !Object.keys(validity).length) return TRUE;
  const { from: start, until: end, instrument = "evidenced" } = validity;
  if (start && day < start[0]) return FALSE;
  if (end && end[1] !== null && day > end[1]) return FALSE;
  const vague = (start && day < start[1]) || (end && day > end[0]);
  return vague || instrument !== "evidenced" ? unknown(`zone.${zone}`) : TRUE;
}

/** Place = location ∧ validity that day; outside stays F whatever the validity. */
export function zoneTruth(place) {
  return allOf([place.truth, place.validity]);
}

/** The truth of a rule's `where`: a zone id, or {any|all: […]} or {not: …}, nestable. */
export function whereTruth(where, places) {
  if (typeof where === "string") return zoneTruth(places.get(where));
  if (Array.isArray(where)) return anyOf(where.map((part) => whereTruth(part, places)));
  if ("any" in where) return anyOf(where.any.map((part) => whereTruth(part, places)));
  if ("all" in where) return allOf(where.all.map((part) => whereTruth(part, places)));
  return negate(whereTruth(where.not, places));
}

/** The zones a `where` names, in reading order. */
export function zonesOf(where) {
  if (typeof where === "string") return [where];
  const parts = Array.isArray(where) ? where : Object.values(where);
  return parts.flatMap(zonesOf);
}
