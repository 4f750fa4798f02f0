/** The A4 sheet: on the screen with its button, and for whatever asks the browser to print. */

/** The head of the paper: what was printed, when, from which catalogue. */
export function paperHead(page) {
  const { words, catalogue } = page;
  const { version, fingerprint } = catalogue.data;
  const told = { day: today(), version, fingerprint: String(fingerprint).slice(0, 19) };
  return el(
    "header",
    { class: "paper-head" },
    el("h1", { text: page.extra.title[page.lang] }),
    el("p", { text: `${fill(words.printed, told)} · ${words.disclaimer}` }),
    el(
      "p",
      { class: "screen-only" },
      button(words.print_now, () => window.print()),
      button(words.print_back, () => page.paper.leave()),
    ),
  );
}

/** Whether the page is a sheet, and how it was before. */
export class Paper {
  constructor(page) {
    this.page = page;
    this.before = null; // what is shown again when the sheet is left
    this.forPrinter = false;
    window.addEventListener("beforeprint", () => this.printing(true));
    window.addEventListener("afterprint", () => this.printing(false));
    // browsers that tell of printing by their style sheets only
    const sheets = window.matchMedia("print");
    sheets.addEventListener("change", ({ matches }) => this.printing(matches));
  }

  get on() {
    return this.before !== null;
  }

  /** Ctrl-P prints the sheet, too, and the screen is as it was afterwards. */
  printing(on) {
    if (on && !this.on) {
      this.forPrinter = true;
      this.enter();
    } else if (!on && this.forPrinter) this.leave();
  }

  enter() {
    const { page } = this;
    const { map } = page;
    this.before = { tab: page.tab, centre: map.getCenter(), zoom: map.getZoom() };
    const seen = map.getBounds();
    page.player.stop();
    page.tab = "answer";
    document.body.classList.add("paper");
    page.render();
    page.body.prepend(el("div", { class: "legend" }, layerPanel(page, page.layers)));
    page.body.querySelectorAll("details").forEach((one) => {
      one.open = true;
    });
    L.Browser.retina = true; // canvases twice as fine, for the printer
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(seen, { animate: false, maxZoom: this.before.zoom });
  }

  leave() {
    const { page, before } = this;
    Object.assign(this, { before: null, forPrinter: false });
    L.Browser.retina = RETINA;
    document.body.classList.remove("paper");
    page.tab = before.tab;
    page.render();
    page.map.invalidateSize({ animate: false, pan: false });
    page.map.setView(before.centre, before.zoom, { animate: false });
  }
}

const RETINA = L.Browser.retina;
