/** Tools of the map: coordinates, scale, measuring, the self-test. */

const DATUM_NAMES = { wgs84: "WGS84", cgcs2000: "CGCS2000", gcj02: "GCJ-02", bd09: "BD-09" };

/** Zoom buttons, scale and coordinates, in the language of the page. */
export function mapControls(page) {
  const { map, words } = page;
  const zoom = L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out });
  const scale = L.control.scale({ imperial: false });
  const readout = L.control({ position: "bottomleft" });
  let at = map.getCenter();
  const text = el("span", {});
  const tell = (place) => {
    at = place.wrap();
    const [lon, lat] = fromWgs84(at.lng, at.lat, page.datum);
    text.textContent = `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
  };
  const names = Object.entries(DATUM_NAMES);
  const datum = choice(names, page.datum, (chosen) => {
    page.datum = chosen;
    tell(at);
  });
  datum.setAttribute("aria-label", words.datum);
  datum.title = words.datum;
  const box = el("div", { class: "readout" }, datum, text);
  L.DomEvent.disableClickPropagation(box);
  readout.onAdd = () => box;
  const heard = {
    mousemove: (event) => tell(event.latlng),
    moveend: () => tell(map.getCenter()),
  };
  map.on(heard);
  readout.onRemove = () => map.off(heard);
  tell(at);
  return [zoom.addTo(map), scale.addTo(map), readout.addTo(map)];
}

/** A length in metres as people read it. */
export function lengthText(length) {
  return length < 1000 ? `${Math.round(length)} m` : `${(length / 1000).toFixed(2)} km`;
}

function areaText(area) {
  return area < 1e6 ? `${(area / 1e4).toFixed(2)} ha` : `${(area / 1e6).toFixed(2)} km²`;
}

/** Metres along positions [lon, lat], and square metres of what they enclose. */
export function measured(positions) {
  let length = 0;
  for (let i = 1; i < positions.length; i += 1) {
    length += metres(...positions[i - 1], ...positions[i]);
  }
  const flat = positions.map((position) => plane(...positions[0], ...position));
  let twice = 0;
  flat.forEach(([x, y], i) => {
    const [nextX, nextY] = flat[(i + 1) % flat.length];
    twice += x * nextY - nextX * y;
  });
  return { length, area: Math.abs(twice) / 2 };
}

/** Measuring: on, it takes the clicks of the map. */
export class Ruler {
  constructor(page) {
    this.page = page;
    this.layer = L.layerGroup();
    this.positions = [];
    this.told = el("div", { class: "ruler", role: "status", hidden: true });
    this.button = button("", () => this.toggle(), { class: "tool", "aria-pressed": "false" });
    this.button.append(el("span", { text: "↔", "aria-hidden": "true" }));
    this.button.title = page.words.measure;
    this.button.setAttribute("aria-label", page.words.measure);
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const box = el("div", { class: "leaflet-bar tools" }, this.button, this.told);
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    this.control = control.addTo(page.map);
  }

  get on() {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  toggle() {
    const on = !this.on;
    this.button.setAttribute("aria-pressed", String(on));
    this.told.hidden = !on;
    this.told.textContent = this.page.words.measure_hint;
    this.positions = [];
    this.layer.clearLayers();
    if (on) this.layer.addTo(this.page.map);
    else this.layer.remove();
  }

  add({ lng, lat }) {
    this.positions.push([lng, lat]);
    this.layer.clearLayers();
    const line = this.positions.map(([lon, y]) => [y, lon]);
    const look = { color: "#d4380d", weight: 3, interactive: false };
    this.layer.addLayer(L.polyline(line, look));
    line.forEach((at) => this.layer.addLayer(L.circleMarker(at, { ...look, radius: 3 })));
    const { length, area } = measured(this.positions);
    const told = { length: lengthText(length), area: areaText(area) };
    this.told.textContent = fill(this.page.words.measure_told, told);
  }
}

// -- self-test ----------------------------------------------------------------------------------

/** The panel with the paper layout, the self-test and what this page is. */
export function morePanel(page) {
  const { words, catalogue, extra } = page;
  const { version, fingerprint } = catalogue.data;
  const short = String(fingerprint).slice(0, 19);
  const tiles = Object.keys(extra.bases).length ? words.about_tiles : "";
  return [
    el(
      "section",
      { class: "block" },
      button(words.print, () => page.paper.enter()),
    ),
    el(
      "section",
      { class: "block" },
      el("h3", { text: words.selftest }),
      ...selfTest(page, extra.golden),
    ),
    el(
      "section",
      { class: "block" },
      el("p", { text: fill(words.about, { version, fingerprint: short }) }),
      tiles ? el("p", { text: tiles }) : null,
      el("p", { text: words.disclaimer }),
    ),
  ];
}

function selfTest(page, golden) {
  const { words } = page;
  if (!golden.length) return [el("p", { text: words.selftest_none })];
  const n = String(golden.length);
  const told = el("div", { role: "status" });
  const run = () => {
    const bad = window.zonerules.selfTest(golden);
    const text = bad.length
      ? fill(words.selftest_bad, { n, bad: String(bad.length) })
      : fill(words.selftest_ok, { n });
    const rows = bad
      .slice(0, 20)
      .map(({ rule, query, problem }) => el("li", { text: `${rule} ${query.date}: ${problem}` }));
    refill(told, el("p", { class: bad.length ? "error" : "good", text }), el("ul", {}, rows));
  };
  return [
    el("p", { text: fill(words.selftest_text, { n }) }),
    button(words.selftest_run, run),
    told,
  ];
}
