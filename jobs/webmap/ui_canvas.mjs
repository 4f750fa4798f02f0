/**
 * How areas and enterprises are drawn on canvas: hatches and marks, so that nothing is told by
 * colour alone, and thousands of points as stamps of one picture each.
 */

const SHARP = 2; // pixels of a tile for one of the screen
const HATCH_PX = 8;
const MARK_PX = 30;
const STAMP_PX = 14;
const NEAR_PX = 9; // of a click

/** Lines of a hatch within a tile of HATCH_PX, by the palette's names. */
const HATCH_LINES = {
  diagonal: "M0 8L8 0M-1 1L1 -1M7 9L9 7",
  diagonal_back: "M0 0L8 8M-1 7L1 9M7 -1L9 1",
  cross: "M0 8L8 0M-1 1L1 -1M7 9L9 7M0 0L8 8M-1 7L1 9M7 -1L9 1",
  horizontal: "M0 4h8",
  vertical: "M4 0v8",
  dots: "M2 2h.01M6 6h.01",
};

/** A hatch as the data of a path and the width of its line; null for `none`. */
export function hatchLines(hatch) {
  const lines = entry(HATCH_LINES, hatch);
  return lines ? { lines, width: hatch === "dots" ? 1.8 : 0.9 } : null;
}

function drawnTile(size, draw, sharp = SHARP) {
  const tile = document.createElement("canvas");
  tile.width = size * sharp;
  tile.height = size * sharp;
  const ctx = tile.getContext("2d");
  ctx.scale(sharp, sharp);
  draw(ctx);
  return tile;
}

function hatchTile(hatch, color) {
  const { lines, width } = hatchLines(hatch);
  return drawnTile(HATCH_PX, (ctx) => {
    Object.assign(ctx, { strokeStyle: color, lineWidth: width, lineCap: "round" });
    ctx.stroke(new Path2D(lines));
  });
}

function written(ctx, mark, x, y, px) {
  Object.assign(ctx, { textAlign: "center", textBaseline: "middle" });
  ctx.font = `bold ${px}px sans-serif`;
  ctx.fillText(mark, x, y);
}

function markTile(mark, color) {
  return drawnTile(MARK_PX, (ctx) => {
    ctx.fillStyle = color;
    written(ctx, mark, MARK_PX / 4, MARK_PX / 4, 10);
    written(ctx, mark, (3 * MARK_PX) / 4, (3 * MARK_PX) / 4, 10);
  });
}

const patterns = new Map(); // what it shows -> CanvasPattern

function patternOf(ctx, { hatch, mark, color }) {
  const key = `${hatch ?? ""} ${mark ?? ""} ${color}`;
  if (!patterns.has(key)) {
    const tile = mark ? markTile(mark, color) : hatchTile(hatch, color);
    const made = ctx.createPattern(tile, "repeat");
    made.setTransform(new DOMMatrix().scale(1 / SHARP));
    patterns.set(key, made);
  }
  return patterns.get(key);
}

/** Leaflet's canvas, which also fills with `options.pattern`: {hatch or mark, color, opacity}. */
export const AreaCanvas = L.Canvas.extend({
  _fillStroke(ctx, layer) {
    L.Canvas.prototype._fillStroke.call(this, ctx, layer);
    const { pattern } = layer.options;
    if (!pattern) return;
    ctx.globalAlpha = pattern.opacity;
    ctx.fillStyle = patternOf(ctx, pattern);
    ctx.fill("evenodd");
  },
});

/** The pixels of a stamp, `sharp` of them for one of the screen: {side, pixels}. */
function stampOf(mark, color, sharp) {
  const middle = STAMP_PX / 2;
  const draw = (ctx) => {
    ctx.arc(middle, middle, middle - 1, 0, 2 * Math.PI);
    Object.assign(ctx, { fillStyle: color, strokeStyle: "#ffffff", lineWidth: 1 });
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = "#ffffff";
    written(ctx, mark, middle, middle + 0.5, 8.5);
  };
  const tile = drawnTile(STAMP_PX, draw, sharp);
  const side = tile.width;
  const { data } = tile.getContext("2d").getImageData(0, 0, side, side);
  return { side, pixels: new Uint32Array(data.buffer) };
}

const ALPHA_BITS = 24; // below the alpha of a pixel, on any machine that runs browsers today

/** What presses a stamp on a picture `width` pixels wide, its upper left corner at an index. */
function presser({ side, pixels }, picture, width) {
  const offsets = [...pixels.keys()].map((at) => Math.floor(at / side) * width + (at % side));
  const chosen = (wanted) => Uint16Array.from([...pixels.keys()].filter(wanted));
  const solid = chosen((at) => pixels[at] >>> ALPHA_BITS > 127);
  const soft = chosen((at) => pixels[at] && pixels[at] >>> ALPHA_BITS <= 127);
  const [to, softTo] = [solid, soft].map((list) => Uint32Array.from(list, (at) => offsets[at]));
  return (corner) => {
    for (let i = 0; i < to.length; i += 1) picture[corner + to[i]] = pixels[solid[i]];
    for (let i = 0; i < softTo.length; i += 1) {
      const at = corner + softTo[i];
      if (picture[at] === 0) picture[at] = pixels[soft[i]]; // the rim over nothing else
    }
  };
}

/**
 * Points in groups, each group with one stamp: {mark, color, shown, points: [{lon, lat, …}]}. The
 * group that comes last is drawn on top. Pixel by pixel, as a canvas needs five times as long to
 * draw ten thousand pictures or circles.
 */
export const StampCanvas = L.Canvas.extend({
  setGroups(groups) {
    this.groups = groups.map((group) => ({
      ...group,
      stamps: new Map(), // by how sharp they are
      // of the whole world at zoom 0, so that a redraw only multiplies
      flat: group.points.map(({ lon, lat }) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0)),
    }));
    return this;
  },

  show(at, on) {
    this.groups[at].shown = on;
    if (this._map) this._redraw();
  },

  _updatePaths() {
    this._redraw();
  },

  _draw() {
    const { width, height } = this._container;
    const { min, max } = this._bounds;
    const sharp = width / (max.x - min.x);
    const image = this._ctx.createImageData(width, height);
    const picture = new Uint32Array(image.data.buffer);
    this.groups.forEach(({ shown, mark, color, stamps }, at) => {
      if (!shown) return;
      if (!stamps.has(sharp)) stamps.set(sharp, stampOf(mark, color, sharp));
      const stamp = stamps.get(sharp);
      const press = presser(stamp, picture, width);
      for (const [, x, y] of this.seen(at)) {
        const left = Math.round((x - min.x) * sharp - stamp.side / 2);
        const top = Math.round((y - min.y) * sharp - stamp.side / 2);
        // what would be cut lies beyond the screen
        const whole = left >= 0 && top >= 0 && left + stamp.side <= width;
        if (whole && top + stamp.side <= height) press(top * width + left);
      }
    });
    this._ctx.putImageData(image, 0, 0);
  },

  /** Points of a group on the canvas: [point, x, y] in the map's layer pixels. */
  *seen(at) {
    const { flat, points } = this.groups[at];
    const { min, max } = this._bounds;
    const scale = this._map.getZoomScale(this._map.getZoom(), 0);
    const origin = this._map.getPixelOrigin();
    for (let i = 0; i < flat.length; i += 1) {
      const x = flat[i].x * scale - origin.x;
      const y = flat[i].y * scale - origin.y;
      if (x >= min.x && x < max.x && y >= min.y && y < max.y) yield [points[i], x, y];
    }
  },

  /** The point at a place of the screen, the uppermost of the nearest; null for none. */
  pointAt(layerPoint) {
    let [found, least] = [null, NEAR_PX ** 2];
    this.groups.forEach(({ shown }, at) => {
      if (!shown) return;
      for (const [point, x, y] of this.seen(at)) {
        const off = (x - layerPoint.x) ** 2 + (y - layerPoint.y) ** 2;
        if (off <= least) [found, least] = [point, off];
      }
    });
    return found;
  },
});
