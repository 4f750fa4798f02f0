/**
 * What is certain of a place of which only one thing is known: that it lies in a given zone.
 *
 * Twin of jobs/banned/ground.py.
 */

/** The hypothetical places of one catalogue; build once, ask often. */
export class Grounds {
  constructor(catalogue, book) {
    this.book = book;
    this.shapes = new Map();
    for (const [name, zone] of book.zones) {
      const found = zone.failed ? null : shapesOf(zone, catalogue.units);
      if (found?.nominal) this.shapes.set(name, found);
    }
    this.ready = new Map(); // geometry -> Shape
    this.apart = new Map(); // Shape -> Shape -> whether they have nothing in common
    this.insides = new Map();
    this.first = new Map();
    this.day = "";
    this.standings = new Map();
    this.twins = twinsOf(book, this.shapes.keys());
  }

  /** The zones whose shapes together draw `zone`: itself, or the members of a union; or []. */
  drawn(zone) {
    if (this.shapes.has(zone)) return [zone];
    const record = this.book.zones.get(zone);
    if (record.basis !== "derived") return [];
    const [operator, members] = operatorOf(record);
    const parts = members.map((member) => this.drawn(member));
    if (operator !== "union" || !parts.every((part) => part.length)) return [];
    return [...new Set(parts.flat())];
  }

  /** Every zone that a place in `zone` certainly lies in, `zone` included. */
  around(zone) {
    if (!this.insides.has(zone)) {
      this.insides.set(zone, new Set([zone])); // ends a circle of `within`, which lint forbids
      this.insides.set(zone, new Set([zone, ...this.forced(zone).flatMap((one) => [...one])]));
    }
    return this.insides.get(zone);
  }

  /** Who asks from an unknown spot in `zone` on a day, and what covers: [Asker, Coverage]. */
  standing(zone, day) {
    if (day !== this.day) {
      this.day = day;
      this.standings = new Map();
    }
    if (!this.standings.has(zone)) {
      if (!this.first.has(zone)) this.first.set(zone, this.ask(zone, day));
      const first = this.first.get(zone);
      let asker = first.day === day ? first : onDay(first, day, first.asserted);
      if (this.basis(zone) === "derived") asker = this.undeclared(asker, zone);
      this.standings.set(zone, [asker, coverageOf(asker)]);
    }
    return this.standings.get(zone);
  }

  ask(zone, day) {
    const certain = [...this.around(zone)].filter((name) => this.basis(name) !== "derived");
    const located = certain.map((name) => [name, "inside"]);
    const outside = this.outside(zone).map((name) => [name, "outside"]);
    const derived = this.basis(zone) === "derived";
    const asserted = new Map(derived ? [[`zone.${zone}`, "inside"]] : []);
    try {
      return askerOf(this.book, new Map([...outside, ...located]), day, { asserted });
    } catch (error) {
      if (!(error instanceof BadAssertion)) throw error;
      // a map of the user's own contradicts the records: believe the records
      return askerOf(this.book, new Map(located), day, { asserted });
    }
  }

  /** The drawn zones that a place in `zone` certainly does not lie in. */
  outside(zone) {
    const around = this.around(zone);
    const others = [...this.shapes.keys()].filter((name) => !around.has(name));
    const pieces = this.drawn(zone).map((name) => this.shape(name, "core"));
    const apart = (piece, name) => this.disjoint(piece, this.shape(name, "extent"));
    if (pieces.length) return others.filter((name) => pieces.every((piece) => apart(piece, name)));
    const drawn = [...around].filter((name) => this.shapes.has(name));
    const hulls = drawn.map((name) => this.shape(name, "extent"));
    return others.filter((name) => hulls.some((hull) => apart(hull, name)));
  }

  /** Undo what an assertion says beyond the location: that the zone existed that day. */
  undeclared(asker, zone) {
    const { book, day } = asker;
    const plain = groundOf(book.zones, new Map(), new Map(), book.kin).place(zone, day);
    const place = { ...asker.places.get(zone), asserted: false, validity: plain.validity };
    return { ...asker, places: new Map(asker.places).set(zone, place) };
  }

  basis(zone) {
    return this.book.zones.get(zone).basis;
  }

  forced(zone) {
    const record = this.book.zones.get(zone);
    const wider = [...(this.twins.get(zone) ?? []), ...("within" in record ? [record.within] : [])];
    const found = wider.map((name) => this.around(name));
    if (record.basis !== "derived") return found;
    const [operator, members] = operatorOf(record);
    if (operator === "union") {
      const [first, ...others] = members.map((member) => this.around(member));
      const common = [...first].filter((name) => others.every((other) => other.has(name)));
      return [...found, new Set(common)]; // in one of them, nobody knows which
    }
    const sure = { intersection: members, difference: members.slice(0, 1) }[operator] ?? [];
    return [...found, ...sure.map((member) => this.around(member))];
  }

  shape(zone, role) {
    const shapes = this.shapes.get(zone);
    const geometry = shapes[role] ?? shapes.nominal;
    if (!this.ready.has(geometry)) this.ready.set(geometry, new Shape(geometry));
    return this.ready.get(geometry);
  }

  disjoint(one, other) {
    if (!this.apart.has(one)) this.apart.set(one, new Map());
    const known = this.apart.get(one);
    if (!known.has(other)) known.set(other, shapesApart(one, other));
    return known.get(other);
  }
}

/** zone -> the other zones that take the shape of the same administrative unit. */
function twinsOf(book, drawn) {
  const units = new Map();
  for (const name of drawn) {
    const { unit, shapes } = book.zones.get(name);
    if (unit === undefined || Object.keys(shapes ?? {}).length) continue;
    units.set(unit, [...(units.get(unit) ?? []), name]);
  }
  const groups = [...units.values()];
  const others = (group, name) => group.filter((other) => other !== name);
  return new Map(groups.flatMap((group) => group.map((name) => [name, others(group, name)])));
}

/** Whether two areas have no point in common, not even of their boundaries. */
export function shapesApart(one, other) {
  const box = ({ west, south, east, north }) => [west, south, east, north];
  if (!boxesMeet(box(one), box(other))) return true;
  const [mine, theirs] = [one.parts.flat(), other.parts.flat()];
  if (mine.some((ring) => theirs.some((against) => ringsMeet(ring, against)))) return false;
  return !(holdsAPart(one, other) || holdsAPart(other, one));
}

/** Whether a part of `other`, no edge of which meets `one`, lies in it. */
function holdsAPart(one, other) {
  const parts = other.parts.filter((part) => part.length);
  return parts.some(([outer]) => one.contains(outer.lons[0], outer.lats[0]));
}

function boxesMeet(one, other) {
  return (
    one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
  );
}

/** Whether an edge of one ring crosses or touches an edge of the other. */
function ringsMeet(one, other) {
  for (const [first, last, ...box] of one.runs) {
    for (const [start, end, ...against] of other.runs) {
      if (!boxesMeet(box, against)) continue;
      for (let i = first; i < last; i += 1) {
        for (let k = start; k < end; k += 1) if (edgesMeet(one, i, other, k)) return true;
      }
    }
  }
  return false;
}

function edgesMeet(one, i, other, k) {
  const [ax, ay, bx, by] = [one.lons[i], one.lats[i], one.lons[i + 1], one.lats[i + 1]];
  const [cx, cy, dx, dy] = [other.lons[k], other.lats[k], other.lons[k + 1], other.lats[k + 1]];
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  // boxes that meet: the edges do unless one lies wholly on one side of the other's line
  const across = orientation(ax, ay, bx, by, cx, cy) * orientation(ax, ay, bx, by, dx, dy);
  const along = orientation(cx, cy, dx, dy, ax, ay) * orientation(cx, cy, dx, dy, bx, by);
  return across <= 0 && along <= 0;
}
