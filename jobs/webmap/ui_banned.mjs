/** Where is it banned: zones coloured by effect for one activity, and the list of them. */

const CITES_SHOWN = 3;
const KEYS_SHOWN = 4;
const QUIET_EFFECTS = ["not_concerned", "no_data", "unnamed"];

/** Ask where the page's activity is banned, and colour the map by it: {result} or {error}. */
export function colourByEffect(page) {
  const { date, alert, facts } = page;
  let result;
  try {
    const told = { activity: page.bannedFor, date, alert, facts: tellable(facts) };
    result = window.zonerules.banned(told);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    page.layers.showEffects(null);
    return { error };
  }
  const rank = (row) => EFFECTS.indexOf(row.effect);
  const drawn = result.zones.filter((row) => row.drawn && row.effect !== "unnamed");
  drawn.sort((one, other) => rank(other) - rank(one));
  page.layers.showEffects(
    drawn.flatMap((row) => row.shapes.map((zone) => [zone, page.signOf(row.effect)])),
  );
  return { result };
}

/** The panel for the question as it stands. */
export function bannedPanel(page, activities) {
  const { words } = page;
  const pick = choice(
    ["", ...activities].map((one) => [one, one ? page.activityName(one) : "—"]),
    page.bannedFor ?? "",
    (name) => page.showBanned(name || null),
    { name: "banned" },
  );
  const parts = [el("p", { class: "hint", text: words.banned_pick }), field(words.activity, pick)];
  if (!page.bannedFor) return parts;
  const { result, error } = page.coloured;
  if (error) return [...parts, el("p", { class: "error", role: "alert", text: error[page.lang] })];
  return [
    ...parts,
    button(words.banned_off, () => page.showBanned(null), { class: "small" }),
    ...noticeOf(page, result),
    ...EFFECTS.map((effect) => effectGroup(page, result, effect)),
  ];
}

/** Facts about all places at once: where a place lies cannot be among them. */
function tellable(facts) {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !key.startsWith("zone.")));
}

/** Plans that have ended are said first, each with its last day to ask for. */
function noticeOf(page, { covering, ended, upcoming }) {
  const say = (name, args) => fill(page.words[name], mapped(args, String));
  const name = (row) => inLanguage(row.name, page.lang);
  const days = ended
    .slice(0, 3)
    .map((row) =>
      button(`${name(row)} ${row.until}`, () => page.change({ date: row.until }), {
        class: "link",
      }),
    );
  let text = "";
  if (!covering.length && ended.length) {
    text = say("all_ended", { document: name(ended[0]), until: ended[0].until });
  } else if (ended.length) text = say("some_ended", { n: ended.length });
  else if (!covering.length && upcoming.length) {
    const [first] = [...upcoming].sort((one, other) => byCodePoint(one.from, other.from));
    text = say("none_yet", { document: name(first), since: first.from });
  } else if (!covering.length) text = page.words.nothing;
  return text ? [el("div", { class: "notice" }, el("p", { text }), days)] : [];
}

function effectGroup(page, result, effect) {
  const rows = result.zones.filter((row) => row.effect === effect);
  if (!rows.length) return null;
  rows.sort((one, other) => other.drawn - one.drawn);
  const name = effect === "unnamed" ? page.words.unnamed : page.verdictName(effect);
  const title = el(
    "summary",
    {},
    stampSign(page.signOf(effect)),
    el("span", { text: `${name} (${rows.length})` }),
  );
  const items = rows.map((row) => zoneItem(page, row));
  const note = page.words[`note_${effect}`];
  return el(
    "details",
    { class: "effect", open: !QUIET_EFFECTS.includes(effect) },
    title,
    note ? el("p", { class: "hint", text: note }) : null,
    el("ul", {}, items),
  );
}

function zoneItem(page, row) {
  const writer = new Phrasing(page.catalogue.book, page.lang);
  const text = inLanguage(row.name, page.lang);
  const cites = articlesOf(row)
    .slice(0, CITES_SHOWN)
    .map((cite) => writer.cite(cite));
  const keys = row.missing.slice(0, KEYS_SHOWN).map((key) => writer.key(key));
  const named = row.drawn
    ? button(text, () => page.showZone(row.shapes[0]), { class: "link" })
    : el("span", { text: text + page.words.banned_undrawn });
  const hangs = fill(page.words.hangs_on, { keys: keys.join(page.words.comma) });
  return el(
    "li",
    {},
    named,
    cites.length && row.effect !== "unnamed"
      ? el("span", { class: "cite", text: cites.join(page.words.comma) })
      : null,
    keys.length ? el("p", { class: "hint", text: hangs }) : null,
  );
}
