/**
 * The digest for a page of links: verdicts first, then zones, rules, sources. Twin of linked.py.
 *
 * The same blocks as in digest.mjs, in which a line may also have `parts`, [{text, ref}] that
 * together are its text, and `article`, {document, clause} of its `cite`. A `ref` is empty or says
 * what the part can be followed to: `zone:<id>`, `source:<id>`, `activity:<id>`, `date:<day>`.
 * Questions are left out: whoever shows links asks them with a form.
 */

const SOURCES_SHOWN = 8;
const VERDICT_ORDER = [...TONES, "conflict", "cannot_determine", "not_concerned", "no_data"];
const TELLING = ["documented_boundary", "approximate", "circle"];
const AROUND = ["administrative", "derived"];
const ROLES = ["lead", "responsible", "cooperating"];

let linkWords = null;

/** Hand in the parsed jobs/words_linked.json: {zh: {name: template}, en: …}. */
export function useLinkWords(data) {
  linkWords = data;
}

/**
 * The blocks of `answer` in `lang` (zh or en); `kinds` are the names of kinds of source.
 * @returns {Block[]}
 */
export function linked(answer, book, lang = "zh", kinds = {}) {
  const writer = new LinkWriter(answer, book, lang, kinds);
  const one = Boolean(answer.query.activity);
  const blocks = [
    ...[writer.notices(), writer.head(), one ? writer.verdict() : writer.overview()],
    writer.place(),
    ...(one ? [writer.rules()] : [writer.sure(), writer.depends(), writer.namedFirms()]),
    ...[writer.folded(), writer.sources(), writer.foot()],
  ];
  return blocks.filter((block) => block.lines.length);
}

const partOf = (text, ref = "") => ({ text, ref });

function lineOfParts(parts, more = {}) {
  const kept = parts.filter((part) => part.text);
  return { ...textLine(kept.map((part) => part.text).join(""), more), parts: kept };
}

const articleOf = ({ document, clause }) => ({ document, clause: plainText(clause) });

const rankOf = (names, name) => (names.includes(name) ? names.indexOf(name) : names.length);

class LinkWriter extends Writer {
  constructor(answer, book, lang, kinds) {
    super(answer, book, lang, true);
    this.kinds = kinds;
    this.links = linkWords[lang];
  }

  put(name, args) {
    return fill(this.links[name], mapped(args, String));
  }

  /** [text, ref] pairs as parts of one list. */
  listed(found) {
    return found.flatMap(([text, ref], i) => [
      ...(i ? [partOf(this.words.comma)] : []),
      partOf(text, ref),
    ]);
  }

  // -- what comes first ---------------------------------------------------------------------

  /** As in the digest, with each offer of a last covered day as a link to that day. */
  notices() {
    const block = super.notices();
    const told = new Map();
    for (const name of this.answer.coverage.expired) {
      const { until } = this.book.documents.get(name).covers;
      const offer = { document: this.document(name), id: name, until };
      told.set(this.say("ask_last", offer), offer);
    }
    const lines = block.lines.map((item) => {
      const offer = told.get(item.text);
      if (!offer) return item;
      const part = partOf(this.put("ask_last", offer), `date:${offer.until}`);
      return lineOfParts([part], { tone: "no_data" });
    });
    return { ...block, lines };
  }

  /** Each verdict with the activities that have it, the gravest first. */
  overview() {
    const groups = new Map();
    for (const { activity, verdict, at_least: least, at_most: most } of this.answer.verdicts) {
      const open = verdict === "cannot_determine";
      const bounds = open ? [least ?? "", most ?? ""] : ["", ""];
      const key = JSON.stringify([verdict, ...bounds]);
      if (!groups.has(key)) groups.set(key, { bounds: [verdict, ...bounds], names: [] });
      groups.get(key).names.push([this.activity(activity), `activity:${activity}`]);
    }
    const strength = ["", ...tables().strength];
    const rank = ({ bounds: [verdict, least, most] }) => [
      VERDICT_ORDER.indexOf(verdict),
      -strength.indexOf(least),
      -strength.indexOf(most),
    ];
    const ranked = [...groups.values()].sort((one, other) => {
      const [a, b] = [rank(one), rank(other)];
      return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
    });
    const lines = ranked.map(({ bounds, names }) => {
      const head = partOf(this.put("verdict_line", { verdict: this.verdictName(...bounds) }));
      return lineOfParts([head, ...this.listed(names)], { tone: bounds[0] });
    });
    return { kind: "overview", title: this.links.overview, lines };
  }

  verdictName(verdict, least, most) {
    if (!least || !most) return this.label("verdict", verdict);
    const [low, high] = [this.label("verdict", least), this.label("verdict", most)];
    return this.put(least === "not_concerned" ? "at_most" : "between", { least: low, most: high });
  }

  // -- where it is --------------------------------------------------------------------------

  /** The telling zones on a line each, units around them on one; undrawn ones folded. */
  place() {
    const zones = this.answer.zones.filter(({ location }) => ["inside", "near"].includes(location));
    const near = ({ location }) => location === "near";
    const rows = zones
      .filter((row) => TELLING.includes(row.basis) || near(row))
      .sort(
        (one, other) =>
          near(other) - near(one) || rankOf(TELLING, one.basis) - rankOf(TELLING, other.basis),
      );
    const lines = rows.filter((row) => row.basis !== "object").map((row) => this.zoneLine(row));
    const around = zones.filter((row) => !rows.includes(row) && AROUND.includes(row.basis));
    if (around.length) lines.push(this.unitsLine(around));
    const undrawn = this.answer.zones.filter(({ location }) => location === "unmapped");
    if (undrawn.length) {
      const names = this.join(undrawn.map((row) => this.text(row.name)));
      lines.push(textLine(this.put("undrawn", { n: undrawn.length }), { detail: [names] }));
    }
    return this.block("place", lines);
  }

  zoneLine(row) {
    const parts = [
      partOf(this.links[`zone_${row.location}`]),
      partOf(this.text(row.name), `zone:${row.id}`),
      partOf(this.zoneMore(row)),
    ];
    return { ...lineOfParts(parts, { cite: this.cite(row.cite) }), article: articleOf(row.cite) };
  }

  unitsLine(rows) {
    const parts = [partOf(this.links.zone_inside)];
    for (const row of new Map(rows.map((one) => [this.text(one.name), one])).values()) {
      if (parts.length > 1) parts.push(partOf(this.words.comma));
      parts.push(partOf(this.text(row.name), `zone:${row.id}`), partOf(this.zoneMore(row)));
    }
    return lineOfParts(parts);
  }

  zoneMore(row) {
    let more = row.asserted ? this.links.zone_asserted : "";
    if ("distance_m" in row) {
      more += this.put("zone_distance", { metres: distanceText(Math.abs(row.distance_m)) });
    }
    more += this.accuracy(this.book.zones.get(row.id));
    const doubt = { unknown: "zone_unsure", false: "zone_not_yet" }[row.in_force];
    return more + (doubt ? this.links[doubt] : "");
  }

  /** How well the boundary is known, from its best edge to its worst; nothing if untold. */
  accuracy(zone) {
    const figures = [...(zone.edges ?? []), zone]
      .filter((record) => "accuracy_m" in record)
      .map((record) => record.accuracy_m);
    if (!figures.length) return "";
    const [low, high] = [Math.min(...figures), Math.max(...figures)];
    const name = low === high ? "metres" : "metres_range";
    const metresText = this.put(name, { low: general(low), high: general(high) });
    return this.put("zone_accuracy", { metres: metresText });
  }

  // -- rules --------------------------------------------------------------------------------

  ruleLine(row) {
    return { ...super.ruleLine(row), article: articleOf(row.cite) };
  }

  /** The authorities, role by role. */
  offices(row) {
    const roles = row.authorities ?? {};
    const ranked = Object.keys(roles).sort((a, b) => rankOf(ROLES, a) - rankOf(ROLES, b));
    return ranked.map((role) => {
      const names = this.join(roles[role].map((office) => this.text(office)));
      return this.put(ROLES.includes(role) ? `role_${role}` : "role_other", { names });
    });
  }

  /** Every rule that is sure, the gravest first, each with its reasons folded behind it. */
  sure() {
    const lines = this.sureRows().map((row) => {
      const full = this.ruleLine(row);
      const tone = this.tone(row);
      const mark = this.label("verdict", tone);
      const text = this.say("sure_line", { mark, summary: this.text(row.summary) });
      return { ...full, text, tone, detail: [...full.detail, this.put("rule_id", { id: row.id })] };
    });
    return this.block("sure", lines);
  }

  // -- what comes last ----------------------------------------------------------------------

  /** The nearest sources, each to be shown on the map; the others folded. */
  sources() {
    const told = this.answer.sources.map((row) => [this.sourceText(row), `source:${row.id}`]);
    const lines = told
      .slice(0, SOURCES_SHOWN)
      .map(([text, ref]) => lineOfParts([partOf(text, ref)]));
    const rest = told.slice(SOURCES_SHOWN).map(([text]) => text);
    if (rest.length) {
      lines.push(textLine(this.put("source_count", { n: told.length }), { detail: rest }));
    }
    return this.block("sources", lines);
  }

  sourceText(row) {
    const kind = entry(this.kinds, row.kind) ?? "";
    const known = { name: this.text(row.name), metres: distanceText(row.distance_m), kind };
    return this.put(kind ? "source" : "source_plain", known);
  }

  /** As in the digest, with the next change as a link to that day. */
  foot() {
    const block = super.foot();
    const day = this.answer.next_change;
    if (!day) return block;
    const first = lineOfParts([partOf(this.put("next_change", { day }), `date:${day}`)]);
    return { ...block, lines: [first, ...block.lines.slice(1)] };
  }
}
