/** The panel of layers: what is drawn, by group, each with its sign; so it is the legend too. */

/** Fill the panel; `layers` is the MapLayers of the page. */
export function layerPanel(page, layers) {
  const { words, style, lang } = page;
  const told = (label) => inLanguage(label, lang);
  const zones = style.zone_order.filter((kind) => layers.zones.has(kind));
  return [
    group(words.group_base, [baseChoice(page), outlineSwitch(page, layers)]),
    group(words.group_zones, [
      el("p", { class: "hint", text: words.roles }),
      ...zones.map((kind) =>
        layerSwitch(
          page,
          areaSign(style.zones[kind]),
          told(style.zones[kind].label),
          layers.zones.get(kind),
        ),
      ),
    ]),
    group(
      words.group_lines,
      [...layers.lines].map(([status, lines]) =>
        layerSwitch(page, lineSign(style.lines[status]), told(style.lines[status].label), lines),
      ),
    ),
    group(
      words.group_sources,
      [...layers.sources.keys()].map((kind) => {
        const known = entry(style.sources, kind) ?? style.sources.other;
        const count = layers.sources.get(kind).length;
        const name = `${told(known.label)} (${count})`;
        return switchRow(picture(known.icon), name, true, (on) => layers.showSources(kind, on));
      }),
    ),
    group(
      words.group_enterprises,
      [...layers.firms].map(([verdict, firms]) => {
        const name = `${page.verdictName(verdict)} (${firms.getLayers().length})`;
        return layerSwitch(page, dotSign(page.colourOf(verdict)), name, firms);
      }),
    ),
  ];
}

function group(title, rows) {
  const kept = rows.filter(Boolean);
  if (!kept.length) return null;
  return el("fieldset", { class: "layers" }, el("legend", { text: title }), kept);
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

function areaSign({ core, extent, nominal }) {
  const box = (x, y, w, h, more) => ({ x, y, width: w, height: h, ...more });
  return drawnSign("rect", [
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
}

function lineSign({ color, weight, dashArray = null }) {
  const dash = dashArray ? { "stroke-dasharray": dashArray } : {};
  return drawnSign("path", { d: "M1 8h24", stroke: color, "stroke-width": weight, ...dash });
}

export function dotSign(colour) {
  return drawnSign("circle", { cx: 13, cy: 8, r: 6, fill: colour, stroke: "#fff" });
}
