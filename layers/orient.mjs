/**
 * On which side of an edge a point lies, and whether a ring holds it: exact, in plain lon/lat.
 * Twin of orient.py, where the reasons stand.
 */

/** Shewchuk's bound for the rounding of the determinant; below FLOOR it says nothing. */
const FILTER = 3.3306690738754716e-16;
const FLOOR = 1e-280;

/** Edges are tested in runs of this many: one box test then skips a whole run. */
const RUN = 16;

/**
 * @typedef {object} Ring A closed ring. Edge i goes from vertex i to vertex i + 1.
 * @property {number[]} lons degrees
 * @property {number[]} lats degrees
 * @property {number[][]} runs [first, last, west, south, east, north] of edges first .. last - 1
 */

/**
 * Where p lies as seen along the line from a to b.
 * @returns {number} 1 left, -1 right, 0 exactly on it
 */
export function orientation(ax, ay, bx, by, px, py) {
  const left = (ax - px) * (by - py);
  const right = (ay - py) * (bx - px);
  const value = left - right;
  const size = Math.abs(left) + Math.abs(right);
  if (Math.abs(value) > FILTER * size && size > FLOOR) return value > 0 ? 1 : -1;
  const [iax, iay, ibx, iby, ipx, ipy] = integersOf([ax, ay, bx, by, px, py]);
  const exact = (iax - ipx) * (iby - ipy) - (iay - ipy) * (ibx - ipx);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** Doubles as whole numbers of one and the same power of two, so that nothing is rounded. */
function integersOf(values) {
  const parts = values.map(binaryOf);
  const lowest = Math.min(...parts.map(([, exponent]) => exponent));
  return parts.map(([whole, exponent]) => whole << BigInt(exponent - lowest));
}

/**
 * A double taken apart.
 * @param {number} value finite
 * @returns {[bigint, number]} whole and exponent: the value is exactly whole · 2 ** exponent
 */
export function binaryOf(value) {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  let whole = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  if (exponent > 0) whole |= 1n << 52n;
  return [value < 0 ? -whole : whole, (exponent || 1) - 1075];
}

/**
 * A Ring from GeoJSON positions [lon, lat, …]; closes it if the last is not the first.
 * @returns {Ring}
 */
export function ringOf(positions) {
  const lons = positions.map((position) => position[0]);
  const lats = positions.map((position) => position[1]);
  const end = lons.length - 1;
  if (end >= 0 && (lons[0] !== lons[end] || lats[0] !== lats[end])) {
    lons.push(lons[0]);
    lats.push(lats[0]);
  }
  const runs = [];
  for (let first = 0; first < lons.length - 1; first += RUN) {
    const last = Math.min(first + RUN, lons.length - 1);
    const x = lons.slice(first, last + 1);
    const y = lats.slice(first, last + 1);
    runs.push([first, last, Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)]);
  }
  return { lons, lats, runs };
}

/**
 * Whether a ring holds a point, by counting the edges that cross the ray to the east.
 * @returns {number} 1 if the point is strictly inside the ring, 0 if on it, -1 if outside
 */
export function ringSide(ring, lon, lat) {
  let inside = false;
  const { lons, lats, runs } = ring;
  for (const [first, last, , south, east, north] of runs) {
    if (lat < south || lat > north || lon > east) continue;
    for (let i = first; i < last; i += 1) {
      const y1 = lats[i];
      const y2 = lats[i + 1];
      if (y1 > lat === y2 > lat) {
        // No crossing, but the point may be this edge's end or on a level edge.
        if (y1 === lat && onLevel(lons[i], lons[i + 1], y2 === lat, lon)) return 0;
        continue;
      }
      const x1 = lons[i];
      const x2 = lons[i + 1];
      if (lon > x1 && lon > x2) continue;
      if (lon < x1 && lon < x2) {
        inside = !inside;
        continue;
      }
      const side = orientation(x1, y1, x2, y2, lon, lat);
      if (side === 0) return 0;
      // Left of an edge that goes up, or right of one that goes down: the edge is east.
      if (side > 0 === y2 > y1) inside = !inside;
    }
  }
  return inside ? 1 : -1;
}

/** Whether lon is the edge's first end, or between its ends when the edge is level with it. */
function onLevel(x1, x2, level, lon) {
  return lon === x1 || (level && ((x1 < lon && lon < x2) || (x2 < lon && lon < x1)));
}
