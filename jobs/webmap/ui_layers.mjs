/** The panel of layers: what is drawn, by group, each with its sign; so it is the legend too. */

const MOST_LISTED = 200;

/** Fill the panel; `layers` is the MapLayers of the page. */
export function layerPanel(page, layers) {
  const { words, style, lang } = page;
  const told = (label) => inLanguage(label, lang);
  const zones = style.zone_order.filter((kind) => layers.zones.has(kind));
  return [
    group(words.group_base, [baseChoice(page), outlineSwitch(page, layers)]),
    group(words.group_zones, [
      el("p", { class: "hint", text: words.roles }),
      ...stateHints(page, layers),
      ...zones.map((kind) =>
        layerSwitch(
          page,
          areaSign(style.zones[kind]),
          told(style.zones[kind].label),
          layers.zones.get(kind),
        ),
      ),
    ]),
    group(words.group_lines, [
      ...[...layers.lines].map(([status, lines]) =>
        layerSwitch(page, lineSign(style.lines[status]), told(style.lines[status].label), lines),
      ),
      ...basisRows(page, layers),
    ]),
    group(
      words.group_sources,
      [...layers.sources.keys()].map((kind) => {
        const known = entry(style.sources, kind) ?? style.sources.other;
        const count = layers.sources.get(kind).length;
        const name = `${told(known.label)} (${count})`;
        return switchRow(picture(known.icon), name, true, (on) => layers.showSources(kind, on));
      }),
    ),
    group(words.group_enterprises, [
      layers.firms.length ? colourHint(page) : null,
      ...layers.firms.map(({ verdict, points, shown }, at) => {
        const name = `${page.verdictName(verdict)} (${points.length})`;
        const sign = stampSign(page.signOf(verdict));
        return switchRow(sign, name, shown, (on) => layers.showFirms(at, on));
      }),
    ]),
    unplacedList(page),
  ];
}

function group(title, rows) {
  const kept = rows.filter(Boolean);
  if (!kept.length) return null;
  return el("fieldset", { class: "layers" }, el("legend", { text: title }), kept);
}

/** The enterprises that cannot be drawn, each with the reason; the field finds them all. */
function unplacedList({ words, lang, extra: { unplaced } }) {
  if (!unplaced.length) return null;
  const rows = unplaced
    .slice(0, MOST_LISTED)
    .map(({ name, why }) => el("p", { text: `${name}${words.colon}${why[lang]}` }));
  const more = unplaced.length - rows.length;
  if (more) rows.push(el("p", { text: fill(words.unplaced_more, { n: String(more) }) }));
  const title = `${words.found_unplaced} (${unplaced.length})`;
  return el("details", { class: "unplaced" }, el("summary", { text: title }), rows);
}

function switchRow(sign, text, on, change) {
  const box = el("input", { type: "checkbox", checked: on });
  box.addEventListener("change", () => change(box.checked));
  return el("label", { class: "row" }, box, sign, el("span", { text }));
}

function layerSwitch(page, sign, text, layer) {
  const change = (on) => (on ? layer.addTo(page.map) : layer.remove());
  return switchRow(sign, text, page.map.hasLayer(layer), change);
}

function outlineSwitch(page, layers) {
  const sign = lineSign({ color: "#8a94a0", weight: 1 });
  return layerSwitch(page, sign, page.words.outline, layers.outline);
}

/** Which base map; tiles are made, and so asked for, only when one is chosen. */
function baseChoice(page) {
  const names = ["none", ...Object.keys(page.extra.bases)];
  if (names.length === 1) return null;
  const options = names.map((name) => [name, page.words[`base_${name}`]]);
  return field(
    page.words.group_base,
    choice(options, page.base, (name) => page.showBase(name)),
  );
}

const SVG = "http://www.w3.org/2000/svg";

function drawnSign(shape, attributes) {
  const sign = document.createElementNS(SVG, "svg");
  sign.setAttribute("viewBox", "0 0 26 16");
  sign.setAttribute("class", "sign");
  sign.setAttribute("aria-hidden", "true");
  for (const each of [].concat(attributes)) {
    const part = document.createElementNS(SVG, shape);
    Object.entries(each).forEach(([name, value]) => part.setAttribute(name, String(value)));
    sign.append(part);
  }
  return sign;
}

/** How the lines of the zones that are drawn are known, by their dashes. */
function basisRows(page, layers) {
  const drawn = new Set([...layers.drawn.values()].map(({ zone }) => zone.basis));
  const named = new Map(); // dashes -> labels
  for (const [basis, { label, dashArray }] of Object.entries(page.style.basis)) {
    if (!drawn.has(basis)) continue;
    named.set(dashArray, [...(named.get(dashArray) ?? []), inLanguage(label, page.lang)]);
  }
  return [...named].map(([dashArray, labels]) => {
    const sign = lineSign({ color: "#22292e", weight: 1.8, dashArray });
    const text = labels.join(page.words.comma);
    return el("p", { class: "row plain" }, sign, el("span", { text }));
  });
}

/** What the looks of zones mean that are not, or may not be, on the day shown. */
function stateHints(page, layers) {
  const count = (state) => [...layers.states.values()].filter((one) => one === state).length;
  return ["unknown", "absent"]
    .filter((state) => count(state))
    .map((state) => {
      const told = { n: String(count(state)), day: page.date };
      return el("p", { class: "hint", text: fill(page.words[`state_${state}`], told) });
    });
}

let hatched = 0;

/** Cover a sign's core with the hatch of its kind. */
function hatch(sign, look) {
  const known = hatchLines(look.hatch);
  if (!known) return sign;
  hatched += 1;
  const id = `hatch-${hatched}`;
  const make = (tag, attributes, ...children) => {
    const made = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, String(value)));
    made.append(...children);
    return made;
  };
  const stroke = { stroke: look.nominal.color, "stroke-width": known.width };
  const lines = make("path", { d: known.lines, "stroke-linecap": "round", ...stroke });
  const size = { width: 8, height: 8, patternUnits: "userSpaceOnUse" };
  const box = { x: 5, y: 4, width: 16, height: 8, fill: `url(#${id})` };
  sign.append(make("pattern", { id, ...size }, lines), make("rect", box));
  return sign;
}

function areaSign(look) {
  const { core, extent, nominal } = look;
  const box = (x, y, w, h, more) => ({ x, y, width: w, height: h, ...more });
  const sign = drawnSign("rect", [
    box(1, 1, 24, 14, {
      fill: extent.fillColor,
      "fill-opacity": extent.fillOpacity,
      stroke: extent.color,
      "stroke-width": extent.weight / 2,
      "stroke-dasharray": "2 2",
    }),
    box(5, 4, 16, 8, {
      fill: core.fillColor,
      "fill-opacity": core.fillOpacity,
      stroke: nominal.color,
      "stroke-width": 1.4,
    }),
  ]);
  return hatch(sign, look);
}

function lineSign({ color, weight, dashArray = null }) {
  const dash = dashArray ? { "stroke-dasharray": dashArray } : {};
  return drawnSign("path", { d: "M1 8h24", stroke: color, "stroke-width": weight, ...dash });
}

/** The sign of an effect or a verdict: its mark on its colour, as on the map. */
export function stampSign({ colour, mark }) {
  const sign = drawnSign("circle", { cx: 13, cy: 8, r: 7.5, fill: colour, stroke: "#fff" });
  const text = document.createElementNS(SVG, "text");
  const where = { x: 13, y: 11.5, "text-anchor": "middle", "font-size": 9.5, fill: "#fff" };
  Object.entries(where).forEach(([name, value]) => text.setAttribute(name, String(value)));
  text.textContent = mark;
  sign.append(text);
  return sign;
}
