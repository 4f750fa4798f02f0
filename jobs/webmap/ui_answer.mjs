/** The answer in the panel: verdict first, grounds folded behind it, questions as a form. */

const QUESTIONS_SHOWN = 5;

/** The blocks of an answer as elements; `follow(ref)` is called for parts that can be followed. */
export function answerBlocks(page, answer) {
  const kinds = mapped(page.style.sources, (style) => style.label);
  const names = mapped(kinds, (label) => inLanguage(label, page.lang));
  const blocks = linked(answer, page.catalogue.book, page.lang, names);
  const made = blocks.map((block) => blockElement(page, block));
  const at = blocks.findIndex(({ kind }) => ["overview", "verdict"].includes(kind));
  made.splice(at < 0 ? made.length : at + 1, 0, questionForm(page, answer));
  return made;
}

function blockElement(page, { kind, title, lines }) {
  const heading = title && kind !== "head" ? el("h3", { text: title }) : null;
  const rows = lines.map((line) => lineElement(page, line));
  return el("section", { class: `block block-${kind}` }, heading, el("ul", {}, rows));
}

function lineElement(page, { text, parts, tone, cite, detail }) {
  const known = tone ? entry(page.style.outcome, tone) : null;
  const mark = known
    ? el("span", {
        class: "tone",
        text: known.mark,
        style: { color: known.colour },
        "aria-hidden": "true",
      })
    : null;
  const body = (parts ?? [{ text, ref: "" }]).map((part) =>
    part.ref
      ? button(part.text, () => page.follow(part.ref), { class: "link" })
      : el("span", { text: part.text }),
  );
  const more = (detail ?? []).filter(Boolean);
  const folded = more.length
    ? el(
        "details",
        {},
        el("summary", { text: page.words.details }),
        more.map((item) => el("p", { text: item })),
      )
    : null;
  const tint = known ? { "border-left-color": known.colour, background: known.tint } : {};
  return el(
    "li",
    { class: known ? "toned" : "", style: tint },
    mark,
    el("span", { class: "said" }, body),
    cite ? el("span", { class: "cite", text: cite }) : null,
    folded,
  );
}

// -- questions ----------------------------------------------------------------------------------

/** What was told, and what could be told, each with an input of its type. */
function questionForm(page, answer) {
  const { words, facts } = page;
  const told = Object.keys(facts);
  const open = answer.ask.filter(({ key }) => !told.includes(key) && key !== "alert");
  const questions = open.slice(0, QUESTIONS_SHOWN);
  if (!told.length && !questions.length) return el("div", {});
  const of = (key, values = null, settles = 0) => questionField(page, { key, values, settles });
  const asked = new Map(page.asked.map((row) => [row.key, row]));
  const mine = told.map((key) => of(key, asked.get(key)?.values ?? null));
  const clear = button(words.clear, () => page.change({ facts: {} }), { class: "small" });
  return el(
    "section",
    { class: "block form" },
    mine.length ? el("fieldset", {}, el("legend", { text: words.told }), mine, clear) : null,
    questions.length
      ? el(
          "fieldset",
          {},
          el("legend", { text: words.questions }),
          questions.map(({ key, values, settles }) => of(key, values, settles)),
        )
      : null,
  );
}

function questionField(page, { key, values, settles }) {
  const writer = new Phrasing(page.catalogue.book, page.lang);
  const hint = settles ? ` · ${fill(page.words.settles, { n: String(settles) })}` : "";
  const tell = (value) => {
    const facts = { ...page.facts };
    if (value === "" || (Array.isArray(value) && !value.length)) delete facts[key];
    else facts[key] = value;
    page.change({ facts });
  };
  return field(writer.key(key) + hint, named(key, inputFor(page, writer, key, values, tell)));
}

/** A control that is found again when the form is made anew. */
function named(key, control) {
  control.name = `fact ${key}`;
  return control;
}

function inputFor(page, writer, key, values, tell) {
  const spec = page.catalogue.book.facts.get(key);
  const given = page.facts[key];
  const permitted = values ?? permittedValues(key, page.catalogue.book);
  if (spec?.multi && permitted) return severalOf(page, writer, key, permitted, given, tell);
  if (permitted?.length) {
    const options = permitted.map((value) => [String(value), writer.value(key, value)]);
    const now = given === undefined ? "" : String(given);
    return choice([["", page.words.unknown], ...options], now, tell);
  }
  const type = { date: "date", number: "number", integer: "number" }[spec?.type] ?? "text";
  const input = el("input", {
    type,
    value: given ?? "",
    step: spec?.type === "number" ? "any" : null,
    placeholder: spec?.unit ?? null,
    on: { change: () => tell(input.value) },
  });
  return input;
}

/** A box to tick for each value, as several may hold together. */
function severalOf(page, writer, key, permitted, given, tell) {
  const now = new Set([given ?? []].flat().map(String));
  const boxes = permitted.map((value) =>
    el("input", {
      ...{ type: "checkbox", value, name: `fact ${key} ${value}`, checked: now.has(String(value)) },
      on: { change: () => tell(picked()) },
    }),
  );
  const picked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const rows = boxes.map((box, i) =>
    el("label", { class: "row" }, box, el("span", { text: writer.value(key, permitted[i]) })),
  );
  return el("div", { class: "several", role: "group", "aria-label": writer.key(key) }, rows);
}
