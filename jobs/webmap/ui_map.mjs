/**
 * What is drawn: outlines of counties, zones with core and extent, boundary lines, sources,
 * enterprises, the place asked. Areas and enterprises on canvas, so that thousands move smoothly.
 */

const PANES = {
  outline: 310,
  zones: 320,
  banned: 330,
  lines: 340,
  firms: 450,
  names: 460,
  mark: 640,
};
const MARK_OPACITY = 0.55;

/**
 * How a zone stands on a day: `valid`; `unknown` if nobody can tell, as after the end of the plan
 * that names it; `absent` before its beginning or after its end.
 */
export function zoneState(book, id, day) {
  const zone = book.zones.get(id);
  const validity = validityOf(id, zone, day);
  if (validity.value === F) return "absent";
  if (validity.value !== T) return "unknown";
  if (zone.basis === "administrative" || zone.unit || zone.validity) return "valid";
  const covers = book.documents.get(zone.document)?.covers;
  return !covers || (covers.from <= day && day <= covers.until) ? "valid" : "unknown";
}

/** Positions of GeoJSON as Leaflet has them, whatever the depth. */
function turned(coordinates) {
  if (typeof coordinates[0] === "number") return [coordinates[1], coordinates[0]];
  return coordinates.map(turned);
}

/** The layers of the map; `page` has the data, the style and the language. */
export class MapLayers {
  constructor(map, page) {
    Object.assign(this, { map, page });
    this.canvases = {};
    for (const [name, order] of Object.entries(PANES)) {
      const pane = map.getPane(name) ?? map.createPane(name);
      pane.style.zIndex = String(order);
      pane.style.pointerEvents = "none";
      const options = { pane: name };
      this.canvases[name] = name === "firms" ? new StampCanvas(options) : new AreaCanvas(options);
    }
    this.zones = new Map(); // kind -> group
    this.bounds = new Map(); // zone -> bounds
    this.drawn = new Map(); // zone -> {zone, shapes, polygons by role}
    this.states = new Map(); // zone -> how it stands on the day shown
    this.effects = L.layerGroup().addTo(map);
    this.mark = L.layerGroup().addTo(map);
    this.outline = this.drawOutline().addTo(map);
    this.drawZones();
    this.lines = this.drawLines();
    this.drawSources();
    this.drawFirms();
  }

  /** Take everything off the map, before it is drawn in the other language. */
  forget() {
    const groups = [...this.zones.values(), ...this.lines.values()];
    const single = [this.effects, this.mark, this.outline, this.clusters, ...this.discs];
    [...groups, ...single, ...Object.values(this.canvases)].forEach((layer) => layer.remove());
    this.map.off("zoomend", this.sized);
  }

  look(pane, style) {
    return { ...style, pane, renderer: this.canvases[pane], interactive: false };
  }

  // -- areas ----------------------------------------------------------------------------------

  drawOutline() {
    const style = { color: "#8a94a0", weight: 1, fill: false };
    const shapes = this.page.extra.outline.map(({ coordinates }) =>
      L.polyline(turned(coordinates), this.look("outline", style)),
    );
    this.names = L.layerGroup(this.page.extra.outline.map((unit) => this.unitName(unit)));
    this.sized = () => this.map.getContainer().classList.toggle("far", this.map.getZoom() < 9);
    this.map.on("zoomend", this.sized);
    this.sized();
    return L.layerGroup([...shapes, this.names]);
  }

  unitName({ name, at }) {
    const text = el("span", { text: inLanguage(name, this.page.lang) });
    const icon = L.divIcon({ className: "unit-name", html: text, iconSize: [0, 0] });
    return L.marker([at[1], at[0]], { icon, pane: "names", interactive: false, keyboard: false });
  }

  drawZones() {
    const { catalogue, style } = this.page;
    const order = [...style.zone_order].reverse();
    const seen = new Map(); // look and shape -> the zone that is drawn
    const rows = [...catalogue.book.zones].filter(([, zone]) => !zone.failed);
    rows.sort(([, one], [, other]) => order.indexOf(one.kind) - order.indexOf(other.kind));
    for (const [id, zone] of rows) {
      const shapes = shapesOf(zone, catalogue.data.units ?? {});
      if (!shapes?.nominal) continue;
      const own = !zone.unit || shapes === zone.shapes || zone.validity;
      const key = own ? id : `${zone.kind} ${zone.unit}`;
      const same = seen.get(key);
      if (same) this.bounds.set(id, this.bounds.get(same)); // the same shape, the same look
      if (same) continue;
      seen.set(key, id);
      const looks = this.looks(zone, shapes);
      const polygons = this.polygons(shapes, looks, "zones");
      this.bounds.set(id, polygons.nominal.getBounds());
      this.drawn.set(id, { zone, shapes, polygons });
      this.states.set(id, "valid");
      if (!this.zones.has(zone.kind)) this.zones.set(zone.kind, L.layerGroup());
      Object.values(polygons).forEach((layer) => this.zones.get(zone.kind).addLayer(layer));
    }
    this.zones.forEach((group) => group.addTo(this.map));
  }

  /** Draw each zone as it stands on a day. */
  onDay(day) {
    const { book } = this.page.catalogue;
    for (const [id, { zone, shapes, polygons }] of this.drawn) {
      const state = zoneState(book, id, day);
      if (state === this.states.get(id)) continue;
      this.states.set(id, state);
      const looks = this.looks(zone, shapes, null, state);
      Object.entries(polygons).forEach(([role, layer]) => layer.setStyle(looks[role]));
    }
  }

  /**
   * The styles of a zone by role: in its kind's look, or in that of an effect {colour, mark}.
   * A zone without core and extent has one area, as dark as the two together.
   */
  looks(zone, shapes, effect = null, state = "valid") {
    const kind = entry(this.page.style.zones, zone.kind) ?? this.page.style.zones.region;
    const dash = entry(this.page.style.basis, zone.basis)?.dashArray ?? null;
    const { colour } = effect ?? {};
    const own = colour ? { color: colour, fillColor: colour } : {};
    const fuzzy = Boolean(shapes.core || shapes.extent);
    const extent = { ...kind.extent, ...own };
    const core = { ...kind.core, ...own, pattern: null };
    if (effect) {
      Object.assign(extent, { fillOpacity: 0.18, weight: 0.8 });
      core.fillOpacity = 0.3;
    }
    if (!fuzzy) core.fillOpacity = 1 - (1 - core.fillOpacity) * (1 - extent.fillOpacity);
    if (effect) core.pattern = { mark: effect.mark, color: colour, opacity: MARK_OPACITY };
    else if (hatchLines(kind.hatch)) {
      const { hatchOpacity: opacity } = kind.core;
      core.pattern = { hatch: kind.hatch, color: kind.nominal.color, opacity };
    }
    const nominal = { ...kind.nominal, ...own, dashArray: dash, fill: false, opacity: 1 };
    const looks = fuzzy ? { nominal, extent, core } : { nominal, core };
    if (state === "valid") return looks;
    const open = looks.extent ? "extent" : "core"; // the larger of its areas
    const changed = (role) => [role, inState(looks[role], role, state, open)];
    return Object.fromEntries(Object.keys(looks).map(changed));
  }

  /** The polygons of a zone by role; none of what could never be seen. */
  polygons(shapes, looks, pane) {
    const made = {};
    for (const [role, look] of Object.entries(looks)) {
      if (role !== "nominal" && !look.fillOpacity) continue;
      const { coordinates } = shapes[role] ?? shapes.nominal;
      made[role] = L.polygon(turned(coordinates), this.look(pane, look));
    }
    return made;
  }

  /** Colour zones by effect: [[zone, {colour, mark}]], the gravest last; null to end it. */
  showEffects(rows) {
    this.effects.clearLayers();
    const shown = rows === null;
    this.zones.forEach((group) => (shown ? group.addTo(this.map) : group.remove()));
    if (shown) return;
    const { catalogue } = this.page;
    for (const [id, effect] of rows) {
      const zone = catalogue.book.zones.get(id);
      const shapes = shapesOf(zone, catalogue.data.units ?? {});
      if (!shapes?.nominal) continue;
      const made = this.polygons(shapes, this.looks(zone, shapes, effect), "banned");
      Object.values(made).forEach((layer) => this.effects.addLayer(layer));
    }
  }

  drawLines() {
    const found = new Map();
    for (const { status, geometry } of this.page.extra.lines) {
      const look = entry(this.page.style.lines, status);
      if (!look) continue;
      if (!found.has(status)) found.set(status, L.layerGroup());
      const { color, weight, dashArray } = look;
      const style = this.look("lines", { color, weight, dashArray });
      found.get(status).addLayer(L.polyline(turned(geometry.coordinates), style));
    }
    found.forEach((group) => group.addTo(this.map));
    return found;
  }

  // -- points ---------------------------------------------------------------------------------

  drawSources() {
    this.clusters = L.markerClusterGroup({
      showCoverageOnHover: false,
      chunkedLoading: true,
      maxClusterRadius: (zoom) => (zoom < 13 ? 72 : 44), // fewer to move where many are seen
      animate: false,
      iconCreateFunction: (cluster) => this.clusterIcon(cluster.getChildCount()),
    });
    // the library keeps nine screens of icons, of which one is seen
    const seen = () => this.clusters._checkBoundsMaxLat(this.map.getBounds().pad(0.2));
    this.clusters._getExpandedVisibleBounds = seen;
    this.sources = new Map(); // kind -> markers
    this.markers = new Map(); // id -> marker
    for (const source of this.page.catalogue.data.sources) {
      if (!source.location) continue;
      const { lon, lat } = source.location;
      const known = entry(this.page.style.sources, source.kind) ?? this.page.style.sources.other;
      const name = inLanguage(source.name, this.page.lang);
      const icon = L.icon({ iconUrl: known.icon, iconSize: [22, 22] });
      const told = readable(name);
      const marker = L.marker([lat, lon], { icon, title: told, alt: told });
      marker.on("click", () => this.page.showSource(source));
      this.markers.set(source.id, marker);
      if (!this.sources.has(source.kind)) this.sources.set(source.kind, []);
      this.sources.get(source.kind).push(marker);
    }
    this.clusters.addLayers([...this.markers.values()]);
    this.clusters.addTo(this.map);
  }

  clusterIcon(count) {
    const title = fill(this.page.words.cluster, { n: String(count) });
    const html = el("span", { text: String(count), title });
    return L.divIcon({ html, className: "cluster", iconSize: [32, 32] });
  }

  showSources(kind, on) {
    const markers = this.sources.get(kind);
    if (on) this.clusters.addLayers(markers);
    else this.clusters.removeLayers(markers);
  }

  /** Enterprises by verdict, the gravest on top. */
  drawFirms() {
    const byVerdict = new Map();
    for (const firm of this.page.extra.firms) {
      if (!byVerdict.has(firm.verdict)) byVerdict.set(firm.verdict, []);
      byVerdict.get(firm.verdict).push(firm);
    }
    const rank = (verdict) => EFFECTS.indexOf(verdict);
    const verdicts = [...byVerdict.keys()].sort((one, other) => rank(other) - rank(one));
    this.firms = verdicts.map((verdict) => {
      const { colour: color, mark } = this.page.signOf(verdict);
      return { verdict, color, mark, shown: true, points: byVerdict.get(verdict) };
    });
    if (this.firms.length) this.canvases.firms.setGroups(this.firms).addTo(this.map);
    this.discs = this.firms.map(({ points, color }) => this.drawDiscs(points, color));
  }

  /** Where the firms may be that only an address places. */
  drawDiscs(points, color) {
    const style = this.look("lines", { color, weight: 1.5, dashArray: "2 5", fill: false });
    const discs = points
      .filter(({ radius_m: radius }) => radius)
      .map(({ lon, lat, radius_m: radius }) => L.circle([lat, lon], { radius, ...style }));
    return L.layerGroup(discs).addTo(this.map);
  }

  showFirms(at, on) {
    this.firms[at].shown = on;
    this.canvases.firms.show(at, on);
    if (on) this.discs[at].addTo(this.map);
    else this.discs[at].remove();
  }

  /** The enterprise at a click, or null. */
  firmAt(layerPoint) {
    return this.firms.length ? this.canvases.firms.pointAt(layerPoint) : null;
  }

  // -- attention ------------------------------------------------------------------------------

  /** Mark the place asked, with its accuracy. */
  markPlace(lon, lat, radius) {
    this.mark.clearLayers();
    const { colour, halo } = this.page.style.marker;
    const style = { color: colour, weight: 2, fillColor: colour, fillOpacity: 0.12 };
    L.circle([lat, lon], { radius, ...this.look("mark", style) }).addTo(this.mark);
    for (const [size, color, weight] of [
      [8, halo, 6],
      [8, colour, 3],
    ]) {
      const ring = this.look("mark", { color, weight, fill: false, radius: size });
      L.circleMarker([lat, lon], ring).addTo(this.mark);
    }
  }

  /** Go to a zone and let its line flash. */
  showZone(id) {
    const bounds = this.bounds.get(id);
    if (!bounds) return;
    this.map.fitBounds(bounds, { maxZoom: 14 });
    const zone = this.page.catalogue.book.zones.get(id);
    const shapes = shapesOf(zone, this.page.catalogue.data.units ?? {});
    const style = this.look("mark", { color: "#d4380d", weight: 5, fill: false });
    const line = L.polygon(turned(shapes.nominal.coordinates), style).addTo(this.map);
    setTimeout(() => line.remove(), 1600);
  }

  goTo(lon, lat) {
    this.map.setView([lat, lon], Math.max(this.map.getZoom(), 13));
  }
}

/** A look as it is on a day on which the zone is not, or may not be: pale, never gone. */
function inState(look, role, state, open) {
  if (state === "absent") {
    const gone = { fillOpacity: 0, weight: 0, pattern: null };
    return role === "nominal" ? { ...look, color: "#8a94a0", weight: 1, dashArray: "1 5" } : gone;
  }
  const pale = { ...look, fillOpacity: (look.fillOpacity ?? 0) * 0.35, pattern: null };
  if (role === open) {
    pale.pattern = { mark: "?", color: look.pattern?.color ?? look.color, opacity: MARK_OPACITY };
  }
  return role === "nominal" ? { ...pale, opacity: 0.7, dashArray: "9 3 1 3" } : pale;
}
