/** The search field: zones, sources, enterprises by name or id, coordinates; by keyboard too. */

const MOST_FOUND = 12;
const COORDINATES = /^\s*(-?[0-9]+(?:\.[0-9]+)?)\s*[,，\s]\s*(-?[0-9]+(?:\.[0-9]+)?)\s*$/;
/** Degrees, minutes, seconds; axes that are named; metres of a grid: no spelling of this field. */
const OTHER_COORDINATES =
  /[0-9]\s*[°º度′'分]|[东西]经|[南北]纬|[0-9]\s*[NSEW]\b|[0-9]{5}.*[,，\s].*[0-9]{5}/i;

/** Everything that can be found: [{text, kind, id, go}], zones first. */
function findable(page) {
  const { catalogue, words, extra } = page;
  const spellings = (record, id) => fold([...Object.values(record.name), id].join(" "));
  const zones = [...catalogue.book.zones].map(([id, zone]) => ({
    text: inLanguage(zone.name, page.lang),
    fold: spellings(zone, id),
    kind: words.found_zone,
    go: () => page.showZone(id),
  }));
  const sources = catalogue.data.sources.map((source) => ({
    text: inLanguage(source.name, page.lang),
    fold: spellings(source, source.id),
    kind: words.found_source,
    go: () => page.showSource(source, true),
  }));
  const firms = extra.firms.map((firm) => ({
    text: firm.name,
    fold: fold(firm.name),
    kind: words.found_enterprise,
    go: () => page.showFirm(firm, true),
  }));
  const unplaced = extra.unplaced.map((firm) => ({
    text: firm.name,
    fold: fold(firm.name),
    kind: words.found_unplaced,
    go: () => page.showFirm(firm),
  }));
  return [...zones, ...sources, ...firms, ...unplaced];
}

function coordinatesIn(page, text) {
  const found = COORDINATES.exec(text);
  if (!found) return [];
  const { words } = page;
  const named = ([lon, lat], kind) => ({
    text: `${lon}, ${lat}`,
    kind: `${kind} ${DATUM_NAMES[page.datum]}`,
    go: () => page.askAt(...toWgs84(lon, lat, page.datum), true),
  });
  const pair = [Number(found[1]), Number(found[2])];
  if (onEarth(pair)) return [named(pair, words.found_place)];
  const turned = [pair[1], pair[0]]; // what `at` does with a latitude that stands first: say it
  return onEarth(turned) ? [named(turned, words.found_swapped)] : [];
}

function onEarth([lon, lat]) {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

/** Why nothing was found: coordinates in another spelling than the one that is read here. */
function noneFound({ words }, text) {
  const other = OTHER_COORDINATES.test(text) && (text.match(/[0-9]+/g) ?? []).length > 1;
  return fill(other ? words.search_coordinates : words.search_none, { text });
}

/** The field and its list, as the pattern of a combobox with a list box has it. */
export function searchField(page) {
  const { words } = page;
  const all = findable(page);
  const list = el("ul", { role: "listbox", id: "found", "aria-label": words.search, hidden: true });
  const input = el("input", {
    ...{ type: "search", role: "combobox", id: "search", autocomplete: "off" },
    placeholder: words.search,
    ...{ "aria-label": words.search, "aria-expanded": "false", "aria-controls": "found" },
    "aria-autocomplete": "list",
  });
  let found = [];
  let at = -1;
  let looked = ""; // what the list stands for; the typist may be ahead of it

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (item) => {
    close();
    input.value = item.text;
    item.go();
  };
  const point = (to) => {
    at = found.length ? (to + found.length) % found.length : -1;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `found-${at}`);
  };
  const look = () => {
    looked = input.value;
    const word = fold(looked);
    const hits = word ? all.filter((item) => item.fold.includes(word)) : [];
    hits.sort(
      (a, b) => a.fold.indexOf(word) - b.fold.indexOf(word) || a.text.length - b.text.length,
    );
    found = [...coordinatesIn(page, input.value), ...hits.slice(0, MOST_FOUND)];
    const rows = found.map((item, i) =>
      el(
        "li",
        {
          role: "option",
          id: `found-${i}`,
          "aria-selected": "false",
          on: {
            mousedown: (event) => {
              event.preventDefault();
              take(item);
            },
          },
        },
        el("span", { text: item.text }),
        el("small", { text: item.kind }),
      ),
    );
    const none = noneFound(page, input.value);
    refill(
      list,
      rows.length || !word
        ? rows
        : [
            el("li", {
              role: "option",
              "aria-disabled": "true",
              "aria-selected": "false",
              text: none,
            }),
          ],
    );
    list.hidden = !word;
    input.setAttribute("aria-expanded", String(Boolean(word)));
    point(0);
  };
  input.addEventListener("input", settled(look, 60));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (looked !== input.value && event.key !== "Escape") {
      if (event.key.length === 1) return;
      look();
    }
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && (list.hidden || at >= 0)) {
      if (list.hidden) look();
      if (found[at]) take(found[at]);
    } else return;
    event.preventDefault();
  });
  return el("div", { class: "search", role: "search" }, input, list);
}
