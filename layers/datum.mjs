/**
 * Chinese map datums to WGS84: GCJ-02 (Amap, Tencent), BD-09 (Baidu), CGCS2000.
 * Twin of datum.py, where the source of the formulas and their limits are told. Degrees.
 */

export const DATUMS = ["wgs84", "cgcs2000", "gcj02", "bd09", "unknown"];

/** Metres to add to a point's accuracy: an undeclared datum may be GCJ-02, taken as it stands. */
export const EXTRA_ACCURACY_M = { unknown: 700.0 };

/** The formula's own ellipsoid (Krassowsky 1940), and its box: west, south, east, north. */
const GCJ_A = 6378245.0;
const GCJ_E2 = 0.00669342162296594323;
const BOX = [72.004, 0.8293, 137.8347, 55.8271];

const BD_TURN = (Math.PI * 3000.0) / 180.0;
const BD_EAST = 0.0065;
const BD_NORTH = 0.006;

/** Rounds of the fixed-point inverse; each shrinks the error to 2 % or less. */
const ROUNDS = 10;

/**
 * WGS84 lon/lat from lon/lat in one of DATUMS; cgcs2000 and unknown pass through.
 * @returns {[number, number]}
 */
export function toWgs84(lon, lat, datum) {
  if (datum === "bd09") return gcj02ToWgs84(...bd09ToGcj02(lon, lat));
  return datum === "gcj02" ? gcj02ToWgs84(lon, lat) : [lon, lat];
}

/** WGS84 lon/lat from GCJ-02 lon/lat: the inverse, to rounding. */
export function gcj02ToWgs84(lon, lat) {
  let [x, y] = [lon, lat];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [east, north] = gcjOffset(x, y);
    [x, y] = [lon - east, lat - north];
  }
  return inBox(x, y) ? [x, y] : [lon, lat];
}

/** GCJ-02 lon/lat from BD-09 lon/lat: the inverse, to rounding. */
export function bd09ToGcj02(lon, lat) {
  let [x, y] = [lon - BD_EAST, lat - BD_NORTH];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [east, north] = bdOffset(x, y);
    [x, y] = [lon - east, lat - north];
  }
  return [x, y];
}

/** Lon/lat in one of DATUMS from WGS84 lon/lat; cgcs2000 and unknown pass through. */
export function fromWgs84(lon, lat, datum) {
  if (!["gcj02", "bd09"].includes(datum)) return [lon, lat];
  const [toEast, toNorth] = inBox(lon, lat) ? gcjOffset(lon, lat) : [0, 0];
  const [x, y] = [lon + toEast, lat + toNorth];
  if (datum === "gcj02") return [x, y];
  const [east, north] = bdOffset(x, y);
  return [x + east, y + north];
}

function inBox(lon, lat) {
  const [west, south, east, north] = BOX;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** Degrees by which GCJ-02 lies east and north of a WGS84 place, wherever it is. */
function gcjOffset(lon, lat) {
  const { PI, sin, sqrt } = Math;
  const x = lon - 105.0;
  const y = lat - 35.0;
  const root = sqrt(Math.abs(x));
  const waves = 20.0 * sin(6.0 * PI * x) + 20.0 * sin(2.0 * PI * x);
  let north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
  north +=
    (waves +
      20.0 * sin(PI * y) +
      40.0 * sin((PI / 3.0) * y) +
      160.0 * sin((PI / 12.0) * y) +
      320.0 * sin((PI / 30.0) * y)) *
    (2.0 / 3.0);
  let east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
  east +=
    (waves +
      20.0 * sin(PI * x) +
      40.0 * sin((PI / 3.0) * x) +
      150.0 * sin((PI / 12.0) * x) +
      300.0 * sin((PI / 30.0) * x)) *
    (2.0 / 3.0);
  const phi = lat * (PI / 180.0);
  const s = sin(phi);
  const w = 1.0 - GCJ_E2 * s * s;
  const toEast = (GCJ_A / sqrt(w)) * Math.cos(phi) * (PI / 180.0);
  const toNorth = ((GCJ_A * (1.0 - GCJ_E2)) / (w * sqrt(w))) * (PI / 180.0);
  return [east / toEast, north / toNorth];
}

/** Degrees by which BD-09 lies east and north of a GCJ-02 place. */
function bdOffset(lon, lat) {
  const longer = 0.00002 * Math.sin(lat * BD_TURN);
  const turn = 0.000003 * Math.cos(lon * BD_TURN);
  const stretched = Math.sqrt(lon * lon + lat * lat) + longer;
  const angle = Math.atan2(lat, lon) + turn;
  return [
    stretched * Math.cos(angle) - lon + BD_EAST,
    stretched * Math.sin(angle) - lat + BD_NORTH,
  ];
}
