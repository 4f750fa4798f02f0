/**
 * The page: state, panel, and what a click does.
 *
 * Extra data in <script type="application/json"> elements, written by page.py:
 * zonerules-map-words, zonerules-style and zonerules-map, an object with lang, title, lines,
 * outline, firms, unplaced, coloured, golden, bases, base, date, activity, alert.
 */

const TABS = ["answer", "banned", "layers", "more"];

class MapPage {
  constructor(map) {
    this.map = map;
    this.catalogue = window.zonerules.catalogue;
    this.style = embedded("zonerules-style");
    this.allWords = embedded("zonerules-map-words");
    this.extra = embedded("zonerules-map");
    const { lang, base } = this.extra;
    const date = this.extra.date ?? today();
    const alert = this.extra.alert ?? "unknown";
    const activity = this.extra.activity ?? "";
    Object.assign(this, { lang, base: "none", date, alert, facts: {}, asked: [] });
    Object.assign(this, { place: null, activity, accuracy: 10, tab: "answer", card: null });
    Object.assign(this, { usual: 10, pixel: 0, firm: null }); // the form's; of a click; asked again
    Object.assign(this, { answer: null, error: null, bannedFor: null, tiles: null, parts: [] });
    Object.assign(this, { coloured: null, failed: 0 });
    this.datum = "wgs84";
    this.panel = document.getElementById("panel");
    this.player = new Player(this);
    this.paper = new Paper(this);
    this.build();
    this.showBase(base);
    map.on("click", ({ latlng, layerPoint }) => {
      const firm = this.layers.firmAt(layerPoint);
      if (this.ruler.on) this.ruler.add(latlng);
      else if (firm) this.showFirm(firm);
      else this.askOnMap(latlng.wrap());
    });
    document.addEventListener("keydown", (event) => this.escape(event));
  }

  /** Escape ends what was begun last: a sheet, playing, measuring, a card. */
  escape({ key, defaultPrevented }) {
    if (key !== "Escape" || defaultPrevented) return;
    if (this.paper.on) this.paper.leave();
    else if (this.player.on) this.player.toggle();
    else if (this.ruler.on) this.ruler.toggle();
    else if (this.card) {
      this.card = null;
      this.render();
    }
  }

  get words() {
    return this.allWords[this.lang];
  }

  /** How an effect or a verdict is shown: {colour, mark}. */
  signOf(effect) {
    return entry(this.style.outcome, effect) ?? { colour: "#5b6770", mark: "" };
  }

  verdictName(verdict) {
    const { verdict: names } = tables().labels;
    return inLanguage(entry(names, verdict) ?? both(this.words.no_verdict), this.lang);
  }

  activityName(id) {
    return inLanguage(this.catalogue.book.activities.get(id), this.lang);
  }

  // -- the frame, once for each language ------------------------------------------------------

  build() {
    const { words } = this;
    document.documentElement.lang = this.lang === "zh" ? "zh-CN" : "en";
    document.title = readable(this.extra.title[this.lang]);
    this.parts.forEach((part) => part.remove());
    this.layers?.forget();
    this.ruler?.layer.remove();
    this.layers = new MapLayers(this.map, this);
    this.coloured = null;
    this.layers.onDay(this.date);
    this.ruler = new Ruler(this);
    this.parts = [...mapControls(this), this.ruler.control];
    this.map.getContainer().setAttribute("aria-label", words.map_label);
    document.getElementById("skip").textContent = words.skip;
    this.panel.setAttribute("aria-label", words.panel_label);
    const head = el(
      "header",
      { class: "head" },
      el("h1", { text: this.extra.title[this.lang] }),
      button(words.other_lang, () => this.turn(), { class: "small" }),
      searchField(this),
      this.tabs(),
    );
    this.body = el("div", { class: "body", id: "body", role: "tabpanel", tabindex: "0" });
    this.status = el("p", { class: "unseen", role: "status" });
    this.tileNote = el("p", { class: "error tiles-failed", role: "status", hidden: true });
    refill(this.panel, head, this.tileNote, this.status, this.body);
    document.querySelector(".paper-head")?.remove();
    document.body.prepend(paperHead(this));
    this.render();
  }

  turn() {
    this.lang = this.lang === "zh" ? "en" : "zh";
    this.build();
    if (this.place) this.layers.markPlace(...this.place, this.answer?.query.radius_m ?? 0);
    this.tellTiles();
  }

  tabs() {
    const made = TABS.map((name) =>
      button(this.words[`tab_${name}`], () => this.show(name), { role: "tab", id: `tab-${name}` }),
    );
    const list = el("div", { class: "tabs", role: "tablist" }, made);
    list.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const next = TABS[(TABS.indexOf(this.tab) + step + TABS.length) % TABS.length];
      this.show(next);
      document.getElementById(`tab-${next}`).focus();
    });
    return list;
  }

  show(tab) {
    this.tab = tab;
    this.render();
  }

  render() {
    for (const name of TABS) {
      const made = document.getElementById(`tab-${name}`);
      made.setAttribute("aria-selected", String(name === this.tab));
      made.tabIndex = name === this.tab ? 0 : -1;
    }
    this.body.setAttribute("aria-labelledby", `tab-${this.tab}`);
    if (this.bannedFor) this.coloured ??= colourByEffect(this); // whatever tab is open
    const makers = {
      answer: () => this.answerPanel(),
      banned: () => [whenForm(this), bannedPanel(this, this.activities())],
      layers: () => layerPanel(this, this.layers),
      more: () => morePanel(this),
    };
    const { scrollTop } = this.body;
    const held = document.activeElement?.name;
    refill(this.body, makers[this.tab]().flat(9));
    this.body.scrollTop = scrollTop;
    // who changes a field by keyboard goes on from it, though it was made anew
    if (held) this.body.querySelector(`[name="${CSS.escape(held)}"]`)?.focus();
  }

  /** Activities that some binding rule names, in the vocabulary's order. */
  activities() {
    const { book } = this.catalogue;
    const named = new Set(book.binding.flatMap((rule) => rule.activities));
    return [...book.activities.keys()].filter((activity) => named.has(activity));
  }

  // -- the question ---------------------------------------------------------------------------

  placeForm() {
    const { words } = this;
    const activities = [
      ["", words.any_activity],
      ...this.activities().map((id) => [id, this.activityName(id)]),
    ];
    const picked = choice(activities, this.activity, (activity) => this.change({ activity }), {
      name: "activity",
    });
    const accuracy = el("input", {
      type: "number",
      name: "accuracy",
      min: 0,
      max: 100000,
      value: this.accuracy,
    });
    accuracy.addEventListener("change", () => {
      const metres = accuracy.value === "" ? 10 : accuracy.value;
      this.change({ accuracy: metres, usual: metres });
    });
    const centre = button(words.ask_centre, () => this.askOnMap(this.map.getCenter().wrap()));
    return el(
      "section",
      { class: "block form" },
      field(words.activity, picked),
      field(words.accuracy, accuracy),
      centre,
    );
  }

  /** Another day, alert, activity, accuracy or other facts: everything shown is asked again. */
  change(told) {
    Object.assign(this, told);
    this.layers.onDay(this.date);
    this.coloured = null;
    if (this.place) this.ask();
    this.render();
  }

  /** A place that was pointed at: it is known no better than a pixel of the map. */
  askOnMap(latlng) {
    const pixel = pixelMetres(this.map, latlng);
    this.askAt(latlng.lng, latlng.lat, false, pixel, { pixel });
  }

  /**
   * `radius`: of a place that is known no better; the next one has the accuracy of the form again.
   * `from`: {pixel} of a click in metres, or {firm}, the enterprise that is asked again.
   */
  askAt(lon, lat, go = false, radius = 0, from = {}) {
    const { pixel = 0, firm = null } = from;
    Object.assign(this, { pixel, firm });
    this.accuracy = radius > Number(this.usual) ? radius : this.usual;
    this.place = [Number(lon.toFixed(7)), Number(lat.toFixed(7))];
    this.tab = "answer";
    this.card = null;
    if (go) this.layers.goTo(lon, lat);
    this.ask();
    this.render();
    this.body.scrollTop = 0;
  }

  ask() {
    const [lon, lat] = this.place;
    const { date, alert, facts, accuracy } = this;
    const activity = this.activity || null;
    this.error = null;
    try {
      const query = { lon, lat, date, alert, activity, facts, accuracy_m: Number(accuracy) };
      this.answer = window.zonerules.answer(query);
      this.asked = [...this.answer.ask, ...this.asked.filter(({ key }) => entry(facts, key))];
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      this.answer = null;
      this.error = error;
    }
    this.layers.markPlace(lon, lat, this.answer?.query.radius_m ?? 0);
    const rows = (this.answer?.verdicts ?? []).filter((row) => row.activity === activity);
    const told = rows.map((row) => this.verdictName(row.verdict)).join("");
    this.status.textContent = `${this.words.tab_answer}${this.words.colon}${lon}, ${lat} ${told}`;
  }

  answerPanel() {
    const { words, answer, error } = this;
    const clear = button(words.clear, () => this.change({ facts: {} }), { class: "small" });
    const wrong = error
      ? [
          el("p", { class: "error", role: "alert", text: namedError(this, error[this.lang]) }),
          clear,
        ]
      : [];
    const told = answer ? answerBlocks(this, answer) : [];
    const copy = button(words.json, () => this.copy(copy), { class: "small" });
    const intro = answer || error ? null : el("p", { class: "intro", text: words.intro });
    const said = el("div", { class: "answer" }, told);
    const foot = answer ? copy : null;
    return [
      intro,
      this.card,
      ...(answer ? askedNotes(this) : []),
      answer ? said : null,
      ...(answer ? [] : wrong),
      foot,
      whenForm(this),
      this.placeForm(),
    ];
  }

  async copy(pressed) {
    const text = JSON.stringify(this.answer, null, 1);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const box = el("textarea", { "aria-label": this.words.json });
      box.value = text;
      pressed.after(box);
      box.select();
      return;
    }
    pressed.textContent = this.words.copied;
  }

  // -- what can be followed -------------------------------------------------------------------

  follow(ref) {
    const [kind, name] = partition(ref, ":");
    if (kind === "date") this.change({ date: name });
    if (kind === "activity") this.change({ activity: name });
    if (kind === "zone") this.layers.showZone(name);
    if (kind === "source") {
      this.showSource(
        this.catalogue.data.sources.find((source) => source.id === name),
        true,
      );
    }
  }

  showZone(id) {
    const { book } = this.catalogue;
    const drawn = this.layers.bounds.has(id) ? id : book.zones.get(id).within;
    if (drawn) this.layers.showZone(drawn);
    const zone = book.zones.get(id);
    const writer = new Phrasing(book, this.lang);
    const lines = [inLanguage(zone.delimited ?? zone.name, this.lang), writer.cite(zone.cite)];
    this.showCard(inLanguage(zone.name, this.lang), lines, null);
  }

  showSource(source, go = false) {
    const { words, style } = this;
    const known = entry(style.sources, source.kind) ?? style.sources.other;
    const status = (source.status ?? []).map(({ what }) => inLanguage(what, this.lang));
    const near = source.location?.accuracy_m;
    const place = near ? [fill(words.source_accuracy, { metres: String(near) })] : [];
    const lines = [inLanguage(known.label, this.lang), ...status, ...place];
    const at = source.location ?? null;
    this.showCard(inLanguage(source.name, this.lang), lines, at, go, { metres: near });
  }

  showFirm(firm, go = false) {
    this.showCard(firm.name, firmLines(this, firm), firm.why ? null : firm, go, { firm });
  }

  /** What was picked on the map or found, with the way to ask there. */
  showCard(title, lines, at, go = false, { firm = null, metres = 0 } = {}) {
    if (at && go) this.layers.goTo(at.lon, at.lat);
    const radius = firm ? doubtOf(this, firm) : (metres ?? 0);
    const ask = () => this.askAt(at.lon, at.lat, false, radius, { firm });
    const here = at ? button(this.words.ask_here, ask) : null;
    this.card = el(
      "section",
      { class: "block card" },
      el("h2", { text: title }),
      lines.filter(Boolean).map((text) => el("p", { text })),
      here,
    );
    this.show("answer");
    this.body.scrollTop = 0;
  }

  showBanned(activity) {
    this.bannedFor = activity;
    this.coloured = null;
    if (!activity) this.layers.showEffects(null);
    this.render();
  }

  // -- base map -------------------------------------------------------------------------------

  /** Tiles of a base map; `none` asks for nothing. That tiles fail is said, not hidden. */
  showBase(name) {
    this.base = name;
    this.failed = 0;
    this.tellTiles();
    (this.tiles ?? []).forEach((layer) => layer.remove());
    const found = entry(this.extra.bases, name) ?? [];
    this.tiles = found.map(({ address, subdomains, attribution, most }) =>
      L.tileLayer(address, { subdomains, attribution, maxNativeZoom: most, maxZoom: 19 })
        .on("tileerror", () => {
          this.failed += 1;
          this.tellTiles();
        })
        .addTo(this.map),
    );
  }

  tellTiles() {
    this.tileNote.hidden = !this.failed;
    this.tileNote.textContent = fill(this.words.tiles_failed, { n: String(this.failed) });
  }
}

window.zonerulesPage = new MapPage(window.zonerulesMap);
