/** The day with its slider and its player, and the alert. */

const ALERT_CHOICES = ["unknown", "none", "blue", "yellow", "orange", "red"];
const DAY_MS = 86400000;
const PLAY_MS = 700; // between two months

function numberOf(day) {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

function dayNumbered(number) {
  return new Date(Number(number) * DAY_MS).toISOString().slice(0, 10);
}

/** The first and the last day of all plans and today: [day, day]. */
function spanOf(page) {
  const covers = [...page.catalogue.book.documents.values()].map((document) => document.covers);
  const days = [...covers.flatMap(({ from, until }) => [from, until]), today()].sort();
  return [days[0], days.at(-1)];
}

/** The form; `page.change` asks again with what was chosen. */
export function whenForm(page) {
  const { words } = page;
  const [first, last] = spanOf(page);
  const date = el("input", { type: "date", name: "date", value: page.date });
  date.addEventListener("change", () => page.change({ date: date.value || today() }));
  const slider = el("input", {
    ...{ type: "range", name: "slider", min: numberOf(first), max: numberOf(last) },
    ...{ value: numberOf(page.date), "aria-label": words.date_slider, title: words.date_slider },
    "aria-valuetext": page.date,
  });
  slider.addEventListener("input", () => {
    date.value = dayNumbered(slider.value);
    slider.setAttribute("aria-valuetext", date.value);
    page.layers.onDay(date.value); // the map follows the hand, the answer when it lets go
  });
  slider.addEventListener("change", () => page.change({ date: dayNumbered(slider.value) }));
  const alerts = ALERT_CHOICES.map((name) => [
    name,
    inLanguage(labelOf("alert", name), page.lang),
  ]);
  const playing = page.player.on;
  return el(
    "section",
    { class: "block form when" },
    field(words.date, date),
    slider,
    el(
      "div",
      { class: "pair" },
      button(words.today, () => page.change({ date: today() }), { class: "small", name: "today" }),
      button(playing ? words.stop : words.play, () => page.player.toggle(), {
        ...{ class: "small", name: "play", title: words.play_title },
      }),
    ),
    field(
      words.alert,
      choice(alerts, page.alert, (alert) => page.change({ alert }), { name: "alert" }),
    ),
  );
}

/** Plays the days from the one shown to the last, a month at a time. */
export class Player {
  constructor(page) {
    this.page = page;
    this.timer = null;
  }

  get on() {
    return this.timer !== null;
  }

  toggle() {
    if (this.on) this.stop();
    else {
      const [first, last] = spanOf(this.page);
      if (this.page.date >= last) this.page.change({ date: first });
      this.timer = setInterval(() => this.step(last), PLAY_MS);
    }
    this.page.render();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
  }

  step(last) {
    const [year, month] = this.page.date.split("-").map(Number);
    const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
    if (next >= last) this.stop();
    this.page.change({ date: next < last ? next : last });
  }
}
