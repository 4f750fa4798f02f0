/**
 * Where one point lies in the drawn zones, and how far from their boundaries.
 *
 * Twin of point.py: the same order of tests on the same floats, the same two lines for distances.
 * All coordinates are WGS84 lon/lat in degrees, all lengths metres. Each zone has three shapes:
 * core (certainly in), nominal (drawn, measured to), extent (certainly out beyond it); core and
 * extent equal nominal where they are absent. A point is a disc of radius r:
 *
 * 1. in core (boundary included)?  inside if r = 0 or distance(core boundary) >= r,
 *    else near:position;
 * 2. in extent (boundary included)?  near:zone;
 * 3. outside if r = 0 or distance(extent boundary) > r, else near:position.
 */

/** WGS84: semi-major axis in metres and squared first eccentricity. */
const A = 6378137.0;
const E2 = 0.0066943799901413165;
const RAD = Math.PI / 180.0;

/** A lower bound of a distance may skip edges only if rounding cannot be the reason. */
const SHRINK = 1.0 - 1e-9;
const SLACK_M = 1e-6;

/**
 * Metres east and north from the first place to the second, by the radii of curvature at the
 * mean of both latitudes.
 * @returns {[number, number]}
 */
export function plane(lon, lat, toLon, toLat) {
  const phi = ((lat + toLat) / 2.0) * RAD;
  const s = Math.sin(phi);
  const w = 1.0 - E2 * s * s;
  const root = Math.sqrt(w);
  const x = (A / root) * Math.cos(phi) * ((toLon - lon) * RAD);
  const y = ((A * (1.0 - E2)) / (w * root)) * ((toLat - lat) * RAD);
  return [x, y];
}

/** Distance in metres between two WGS84 lon/lat places, by the metric of all distances here. */
export function metres(lon, lat, toLon, toLat) {
  const [x, y] = plane(lon, lat, toLon, toLat);
  return Math.sqrt(x * x + y * y);
}

/** One Polygon or MultiPolygon, ready for points: closed containment and distance. */
export class Shape {
  /** @param {{type: string, coordinates: Array}} geometry GeoJSON, WGS84 */
  constructor(geometry) {
    const kind = geometry.type;
    if (kind !== "Polygon" && kind !== "MultiPolygon") {
      throw new Error(`geometry type '${kind}': expected Polygon or MultiPolygon`);
    }
    const parts = kind === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
    this.parts = parts.map((part) => part.map(ringOf));
    this.boxes = this.parts.flat().flatMap((ring) => ring.runs.map((run) => [ring, run]));
    this.west = this.south = Infinity;
    this.east = this.north = -Infinity;
    for (const [, [, , west, south, east, north]] of this.boxes) {
      this.west = Math.min(this.west, west);
      this.south = Math.min(this.south, south);
      this.east = Math.max(this.east, east);
      this.north = Math.max(this.north, north);
    }
  }

  /** Whether the closed shape holds the point: edges, of holes too, count as in. */
  contains(lon, lat) {
    if (lon < this.west || lon > this.east || lat < this.south || lat > this.north) return false;
    for (const [outer, ...holes] of this.parts) {
      if (!outer) continue;
      const side = ringSide(outer, lon, lat);
      if (side === 0) return true;
      if (side > 0 && holes.every((hole) => ringSide(hole, lon, lat) <= 0)) return true;
    }
    return false;
  }

  /**
   * Metres to the nearest edge of any part or hole, never negative: exact if it is not greater
   * than limit, otherwise some number greater than limit. Infinite for an empty shape.
   */
  distance(lon, lat, limit = Infinity) {
    let bound = (limit + SLACK_M) * (limit + SLACK_M);
    // The parallel is shortest at the highest latitude of any mean of point and vertex, and a
    // meridian's degree at the equator: both make a box look nearer than it is.
    const highest = (Math.abs(lat) + Math.max(Math.abs(this.south), Math.abs(this.north))) / 2.0;
    const eastM = A * Math.max(0.0, Math.cos(Math.min(highest, 90.0) * RAD)) * RAD * SHRINK;
    const northM = A * (1.0 - E2) * RAD * SHRINK;
    const away = (west, south, east, north) =>
      gapSquare(west, east, lon, eastM) + gapSquare(south, north, lat, northM);
    if (away(this.west, this.south, this.east, this.north) > bound) return Infinity;
    const queue = [];
    this.boxes.forEach(([, [, , west, south, east, north]], k) => {
      const gap = away(west, south, east, north);
      if (gap <= bound) queue.push([gap, k]);
    });
    queue.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    let best = Infinity;
    for (const [gap, k] of queue) {
      if (gap > bound) break;
      const [ring, [first, last]] = this.boxes[k];
      const square = nearestSquare(ring, first, last, lon, lat);
      if (square < best) {
        best = square;
        const reach = Math.sqrt(best) + SLACK_M;
        bound = Math.min(bound, reach * reach);
      }
    }
    return Math.sqrt(best);
  }
}

/** Square of the metres by which value lies outside low .. high, at scale metres a degree. */
function gapSquare(low, high, value, scale) {
  const gap = value < low ? low - value : value > high ? value - high : 0.0;
  return gap * scale * (gap * scale);
}

/** Least squared metres from the point to the edges first .. last - 1 of the ring. */
function nearestSquare(ring, first, last, lon, lat) {
  const { lons, lats } = ring;
  let best = Infinity;
  let [x1, y1] = plane(lon, lat, lons[first], lats[first]);
  for (let i = first + 1; i <= last; i += 1) {
    const [x2, y2] = plane(lon, lat, lons[i], lats[i]);
    const dx = x2 - x1;
    const dy = y2 - y1;
    const length = dx * dx + dy * dy;
    // How far along the edge the foot of the perpendicular lies: 0 at its start, 1 at its end.
    const t = length > 0.0 ? -(x1 * dx + y1 * dy) / length : 0.0;
    const [x, y] = t <= 0.0 ? [x1, y1] : t >= 1.0 ? [x2, y2] : [x1 + t * dx, y1 + t * dy];
    best = Math.min(best, x * x + y * y);
    x1 = x2;
    y1 = y2;
  }
  return best;
}

/** The three shapes of a zone or unit, each parsed when first needed. */
class Drawn {
  constructor(shapes) {
    this.shapes = shapes;
    this.ready = new Map();
  }

  /** The shape of a role (core, nominal, extent); nominal where the role is absent. */
  shape(role) {
    const held = Object.hasOwn(this.shapes, role) ? role : "nominal";
    if (!this.ready.has(held)) this.ready.set(held, new Shape(this.shapes[held]));
    return this.ready.get(held);
  }

  /** The location of a disc of r metres, by the three steps at the head of this module. */
  where(lon, lat, r) {
    const extent = this.shape("extent");
    const core = this.shape("core");
    if (core.contains(lon, lat)) {
      return r === 0.0 || core.distance(lon, lat, r) >= r ? "inside" : "near:position";
    }
    if (extent !== core && extent.contains(lon, lat)) return "near:zone";
    return r === 0.0 || extent.distance(lon, lat, r) > r ? "outside" : "near:position";
  }

  /** Signed metres to the boundary of nominal, negative inside; null if it is empty. */
  distance(lon, lat) {
    const nominal = this.shape("nominal");
    const away = nominal.distance(lon, lat);
    if (away === Infinity) return null;
    return away > 0.0 && nominal.contains(lon, lat) ? -away : away;
  }
}

/**
 * @typedef {object} Location
 * @property {string} where inside, near:position, near:zone or outside
 * @property {?number} distance_m to the nearest boundary of nominal, negative inside, not rounded
 */

/** The drawn zones of a catalogue, ready to locate points. Made by prepare(). */
export class Zones {
  constructor(drawn) {
    this.drawn = drawn;
  }

  /**
   * The location of a WGS84 lon/lat in every drawn zone, in the catalogue's order.
   * @param {number} lon degrees
   * @param {number} lat degrees
   * @param {number} radiusM the point's accuracy in metres
   * @returns {Map<string, Location>} no distance for approximate zones and for zones outside
   */
  locate(lon, lat, radiusM = 0.0) {
    const known = new Map(); // zones that share a unit's shapes are worked out once
    const found = new Map();
    for (const [zone, [drawn, approximate]] of this.drawn) {
      if (!known.has(drawn)) {
        const where = drawn.where(lon, lat, radiusM);
        const distance = where === "outside" ? null : drawn.distance(lon, lat);
        known.set(drawn, { where, distance_m: distance });
      }
      const location = known.get(drawn);
      found.set(zone, approximate ? { where: location.where, distance_m: null } : location);
    }
    return found;
  }
}

/**
 * The drawn zones of a compiled catalogue: those with shapes of their own or of their unit.
 * Zones marked failed and zones without shapes are left out.
 * @returns {Zones}
 * @throws {Error} naming the zone, if there are shapes but no nominal one
 */
export function prepare(catalogue) {
  const known = new Map(); // zones that share a unit's shapes share the parsed ones
  const drawn = new Map();
  for (const [id, zone] of Object.entries(catalogue.zones)) {
    const shapes = shapesOf(zone, catalogue.units ?? {});
    if (zone.failed || !shapes) continue;
    if (!shapes.nominal) {
      throw new Error(`zone ${id}: no nominal shape; found ${Object.keys(shapes).join(", ")}`);
    }
    if (!known.has(shapes)) known.set(shapes, new Drawn(shapes));
    drawn.set(id, [known.get(shapes), zone.basis === "approximate"]);
  }
  return new Zones(drawn);
}

/** The shapes of a zone, its own or those of its unit; null for a zone without any. */
export function shapesOf(zone, units) {
  const own = [zone.shapes, units[zone.unit]?.shapes];
  return own.find((shapes) => shapes && Object.keys(shapes).length > 0) ?? null;
}

/**
 * The sources within radiusM metres (included) of a WGS84 lon/lat, as [source, metres].
 * Nearest first, equal distances by id. Sources without a location are left out.
 */
export function sourcesNear(catalogue, lon, lat, radiusM) {
  return (catalogue.sources ?? [])
    .filter((source) => source.location)
    .map((source) => [source, metres(lon, lat, source.location.lon, source.location.lat)])
    .filter(([, away]) => away <= radiusM)
    .sort((one, other) => one[1] - other[1] || byCodePoint(one[0].id, other[0].id));
}
