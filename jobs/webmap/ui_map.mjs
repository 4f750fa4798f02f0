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
      if (name !== "firms") pane.style.pointerEvents = "none";
      this.canvases[name] = L.canvas({ pane: name, padding: 0.4, tolerance: 4 });
    }
    this.zones = new Map(); // kind -> group
    this.bounds = new Map(); // zone -> bounds
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
    const groups = [...this.zones.values(), ...this.lines.values(), ...this.firms.values()];
    const single = [this.effects, this.mark, this.outline, this.clusters];
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
    const seen = new Set();
    const rows = [...catalogue.book.zones].filter(([, zone]) => !zone.failed);
    rows.sort(([, one], [, other]) => order.indexOf(one.kind) - order.indexOf(other.kind));
    for (const [id, zone] of rows) {
      const shapes = shapesOf(zone, catalogue.data.units ?? {});
      if (!shapes?.nominal) continue;
      const drawn = this.areas(shapes, zone, "zones");
      this.bounds.set(id, drawn[0].getBounds());
      const key = zone.unit && shapes !== zone.shapes ? `${zone.kind} ${zone.unit}` : id;
      if (seen.has(key)) continue; // another zone has the same shape and the same look
      seen.add(key);
      if (!this.zones.has(zone.kind)) this.zones.set(zone.kind, L.layerGroup());
      drawn.forEach((layer) => this.zones.get(zone.kind).addLayer(layer));
    }
    this.zones.forEach((group) => group.addTo(this.map));
  }

  /** Extent, core and line of a zone, in its kind's look or in one colour. */
  areas(shapes, zone, pane, colour = null) {
    const kind = entry(this.page.style.zones, zone.kind) ?? this.page.style.zones.region;
    const dash = entry(this.page.style.basis, zone.basis)?.dashArray ?? null;
    const own = colour ? { color: colour, fillColor: colour } : {};
    const looks = {
      nominal: { ...kind.nominal, ...own, dashArray: dash, fill: false },
      extent: { ...kind.extent, ...own, ...(colour ? { fillOpacity: 0.18, weight: 0.8 } : {}) },
      core: { ...kind.core, ...own, ...(colour ? { fillOpacity: 0.4 } : {}) },
    };
    const line = L.polygon(turned(shapes.nominal.coordinates), this.look(pane, looks.nominal));
    const filled = ["extent", "core"].map((role) => {
      const { coordinates } = shapes[role] ?? shapes.nominal;
      return L.polygon(turned(coordinates), this.look(pane, looks[role]));
    });
    return [line, ...filled];
  }

  /** Colour zones by effect: [[zone, colour]], the gravest last; null to end it. */
  showEffects(rows) {
    this.effects.clearLayers();
    const shown = rows === null;
    this.zones.forEach((group) => (shown ? group.addTo(this.map) : group.remove()));
    if (shown) return;
    const { catalogue } = this.page;
    for (const [id, colour] of rows) {
      const zone = catalogue.book.zones.get(id);
      const shapes = shapesOf(zone, catalogue.data.units ?? {});
      if (!shapes?.nominal) continue;
      this.areas(shapes, zone, "banned", colour).forEach((layer) => this.effects.addLayer(layer));
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
      maxClusterRadius: 44,
      iconCreateFunction: (cluster) => this.clusterIcon(cluster.getChildCount()),
    });
    this.sources = new Map(); // kind -> markers
    this.markers = new Map(); // id -> marker
    for (const source of this.page.catalogue.data.sources) {
      if (!source.location) continue;
      const { lon, lat } = source.location;
      const known = entry(this.page.style.sources, source.kind) ?? this.page.style.sources.other;
      const name = inLanguage(source.name, this.page.lang);
      const icon = L.icon({ iconUrl: known.icon, iconSize: [22, 22] });
      const marker = L.marker([lat, lon], { icon, title: name, alt: name });
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

  drawFirms() {
    this.firms = new Map(); // verdict -> group
    const renderer = this.canvases.firms;
    this.page.extra.firms.forEach((firm) => {
      const colour = this.page.colourOf(firm.verdict);
      const circle = L.circleMarker([firm.lat, firm.lon], {
        ...{ renderer, pane: "firms", radius: 5, weight: 1, color: "#ffffff" },
        ...{ fillColor: colour, fillOpacity: 0.9, bubblingMouseEvents: false },
      });
      circle.on("click", () => this.page.showFirm(firm));
      if (!this.firms.has(firm.verdict)) this.firms.set(firm.verdict, L.layerGroup());
      this.firms.get(firm.verdict).addLayer(circle);
    });
    this.firms.forEach((group) => group.addTo(this.map));
    if (!this.firms.size) this.map.getPane("firms").style.pointerEvents = "none";
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
