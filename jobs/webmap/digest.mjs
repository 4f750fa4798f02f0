/**
 * What an answer says to a person, in the order people need it: blocks of lines in one language.
 *
 * Twin of jobs/digest.py: what is sure comes first, then at most five questions, then what depends
 * on them; duties of government are folded last.
 */

const QUESTIONS = 5;
const SURE_LINES = 8;
const DEPENDS_LINES = 7;
const TONES = ["prohibited", "restricted", "required", "exempt"];

/**
 * The blocks of `answer`: [{kind, title, lines: [{text, cite, tone, detail}]}].
 *
 * `tone` is a verdict for colour and icon, or null; `detail` are further lines that a folded view
 * leaves out. With `everything` long lists are read out too.
 * @param {string} lang zh or en
 * @returns {Block[]}
 */
export function digest(answer, book, lang = "zh", everything = false) {
  const writer = new Writer(answer, book, lang, everything);
  const told = answer.query.activity
    ? [writer.verdict(), writer.rules(), writer.questions()]
    : [writer.sure(), writer.questions(), writer.depends(), writer.namedFirms()];
  const blocks = [
    ...[writer.notices(), writer.head(), writer.place()],
    ...told,
    ...[writer.folded(), writer.sources(), writer.foot()],
  ];
  return blocks.filter((block) => block.lines.length);
}

/** The blocks of one answer. */
export class Writer extends Phrasing {
  constructor(answer, book, lang, everything) {
    super(book, lang);
    this.answer = answer;
    this.everything = everything;
  }

  // -- what comes first ---------------------------------------------------------------------

  /** Failed layers and ended plans: what a reader must know before anything else. */
  notices() {
    const { coverage } = this.answer;
    const failed = coverage.failed.map(({ layer, error }) =>
      textLine(this.say("failed", { layer, error }), { tone: "cannot_determine" }),
    );
    const silent = coverage.documents.length ? [] : this.nobodySpeaks(coverage);
    const reaching = coverage.reaching.map((name) =>
      textLine(this.say("reaching", { document: this.document(name) })),
    );
    return this.block("notice", [...failed, ...silent, ...reaching]);
  }

  /** Why no document speaks today, the latest plan first, and how to ask for its time. */
  nobodySpeaks({ expired, upcoming, unsure, failed, reaching }) {
    const covers = (name) => this.book.documents.get(name).covers;
    const gone = expired
      .filter((name) => !reaching.includes(name))
      .sort((one, other) => byCodePoint(covers(other).until, covers(one).until));
    const lines = [];
    const say = (name, args, tone) => lines.push(textLine(this.say(name, args), { tone }));
    const dated = [...expired, ...upcoming];
    if (!unsure.every((name) => dated.includes(name))) {
      say(failed.length ? "unsure_failed" : "unsure", {}, "no_data");
    }
    for (const name of gone.slice(0, 1)) {
      say("ended", { document: this.document(name), until: covers(name).until }, "no_data");
    }
    for (const name of lines.length || reaching.length ? [] : upcoming) {
      say("not_begun", { document: this.document(name), since: covers(name).from }, "no_data");
    }
    for (const name of gone.slice(0, 3)) {
      say("ask_last", { document: this.document(name), id: name, until: covers(name).until });
    }
    if (!lines.length && !reaching.length) say("nobody", {}, "no_data");
    return lines;
  }

  head() {
    const { query } = this.answer;
    const accuracy = general(query.radius_m);
    const known = query.datum !== "unknown";
    const datum = known ? query.datum.toUpperCase() : this.words.datum_unknown;
    const parts = [
      `${fixed(query.lon, 6)}, ${fixed(query.lat, 6)}`,
      this.say("datum", { datum, accuracy }),
      query.date,
      this.say("alert", { alert: this.label("alert", query.alert) }),
      ...(query.activity ? [this.activity(query.activity)] : []),
      ...Object.entries(query.facts).map(
        ([key, value]) => `${this.key(key)}=${this.value(key, value)}`,
      ),
    ];
    return this.block("head", [textLine(parts.join(" · "))]);
  }

  /** Where the point is: certain zones with distances, then near and undrawn ones. */
  place() {
    const groups = { inside: [], near: [], unmapped: [], object: [] };
    const telling = ["documented_boundary", "approximate", "administrative", "circle"];
    const rank = ({ basis }) => (telling.includes(basis) ? telling.indexOf(basis) : telling.length);
    for (const zone of [...this.answer.zones].sort((one, other) => rank(one) - rank(other))) {
      const object = zone.location === "inside" && zone.basis === "object";
      const away = "distance_m" in zone ? distanceText(Math.abs(zone.distance_m)) : null;
      groups[object ? "object" : zone.location].push(
        this.text(zone.name) +
          (away === null ? "" : this.say("distance", { metres: away })) +
          (zone.asserted ? this.words.asserted : ""),
      );
    }
    const lines = ["inside", "near"]
      .filter((group) => groups[group].length)
      .map((group) => {
        const names = groups[group];
        return textLine(this.say(`place_${group}`, { zones: this.join(names), n: names.length }));
      });
    const undrawn = groups.unmapped;
    if (undrawn.length) {
      const zones = this.join(undrawn.slice(0, 3));
      const detail = this.everything ? [this.join(undrawn)] : [];
      lines.push(textLine(this.say("place_unmapped", { n: undrawn.length, zones }), { detail }));
    }
    return this.block("place", lines);
  }

  // -- one activity -------------------------------------------------------------------------

  verdict() {
    return this.block(
      "verdict",
      this.answer.verdicts.map((row) => this.verdictLine(row)),
    );
  }

  verdictLine(row) {
    const verdict = this.label("verdict", row.verdict);
    let text = `${this.activity(row.activity)}${this.words.colon}${verdict}`;
    if (row.reason) {
      text += this.words.dash + this.label("reason", row.reason);
    } else if (row.verdict === "cannot_determine" || row.verdict === "conflict") {
      const least = this.label("verdict", row.at_least);
      text += this.say("between", { least, most: this.label("verdict", row.at_most) });
    }
    if (row.missing.length) {
      const keys = this.join(row.missing.slice(0, 4).map((key) => this.key(key)));
      const more = row.missing.length > 4 ? this.words.and_more : "";
      text += this.say("depends_on", { keys: keys + more });
    }
    return textLine(text, { tone: row.verdict });
  }

  /** Every rule of the activity asked, the determined ones first, each with its reasons. */
  rules() {
    const rows = this.answer.rules
      .filter((row) => row.audience === "operator")
      .sort((one, other) => this.gravity(one) - this.gravity(other))
      .filter((row) => row.kind !== "target" && row.kind !== "finding");
    return this.block(
      "rules",
      rows.map((row) => this.ruleLine(row)),
    );
  }

  /** What is sure comes first, the gravest of it before the rest. */
  gravity(row) {
    const order = [...TONES, null, "applies", "cannot_determine", "not_concerned"];
    return order.indexOf(this.tone(row));
  }

  ruleLine(row) {
    const mark = this.label("outcome", row.outcome) + (row.overdue ? this.words.overdue : "");
    const text = this.say("rule", { id: row.id, mark, summary: this.text(row.summary) });
    const cite = this.cite(row.cite);
    const tone = this.tone(row);
    const undecided = row.outcome === "cannot_determine" || row.outcome === "not_concerned";
    const steps = row.because
      .filter((step) => this.everything || !undecided || leavesOpen(step.code))
      .map((step) => this.text(step));
    if (undecided) {
      return textLine(text, {
        cite,
        tone,
        detail: steps.length ? [steps.join(this.words.semicolon)] : [],
      });
    }
    const told = { consequence: row.consequence, ...chosen(row, ["reading", "open"]) };
    const more = Object.entries(told)
      .filter(([, texts]) => texts)
      .map(([name, texts]) => this.say(name, { text: this.text(texts) }));
    return textLine(text, { cite, tone, detail: [...steps, ...more, ...this.offices(row)] });
  }

  /** The authorities of a rule, in lines of detail. */
  offices(row) {
    const offices = Object.values(row.authorities ?? {}).flat();
    const names = this.join([...new Set(offices.map((office) => this.text(office)))]);
    return names ? [this.say("offices", { names })] : [];
  }

  tone(row) {
    if (row.outcome !== "applies" && row.outcome !== "due") return row.outcome;
    const effect = effectOf(this.book.byId.get(row.id));
    return effect && row.outcome === "due" ? "required" : effect;
  }

  // -- every activity -----------------------------------------------------------------------

  /** Rules that bind or exempt for sure, the gravest first; named firms apart. */
  sureRows() {
    return this.answer.rules
      .filter(({ outcome }) => ["applies", "due", "exempt"].includes(outcome))
      .filter((row) => !this.namesFirm(row) && TONES.includes(this.tone(row)))
      .sort((one, other) => TONES.indexOf(this.tone(one)) - TONES.indexOf(this.tone(other)));
  }

  /** What is prohibited, restricted, required for sure, the gravest first. */
  sure() {
    const sure = this.sureRows();
    const lines = sure.slice(0, SURE_LINES).map((row) => {
      const tone = this.tone(row);
      const mark = this.label("verdict", tone);
      const text = this.say("sure_line", { mark, summary: this.text(row.summary) });
      return textLine(text, { cite: this.cite(row.cite), tone, detail: [row.id] });
    });
    const rest = sure.slice(SURE_LINES);
    if (rest.length) {
      const ids = this.join(rest.map((row) => row.id));
      lines.push(textLine(this.say("sure_more", { n: rest.length, ids })));
    }
    return this.block("sure", lines);
  }

  /** At most five questions; the activity itself is the first when none was named. */
  questions() {
    const { query, verdicts, ask } = this.answer;
    const first = !query.activity && verdicts.length ? [textLine(this.words.which_activity)] : [];
    const lines = ask.slice(0, QUESTIONS - first.length).map(({ key, values, settles }) => {
      let text = this.say("question", { key, label: this.key(key) });
      if (values?.length) {
        const names = values.map((value) => this.value(key, value));
        const listed = this.join(names.slice(0, 6)) + (names.length > 6 ? this.words.and_more : "");
        text += this.say("choices", { values: listed });
      }
      return textLine(text, { detail: settles ? [this.say("settles", { n: settles })] : [] });
    });
    return this.block("ask", [...first, ...lines]);
  }

  /** The open activities, folded by the key that settles most; breaches in one line. */
  depends() {
    const groups = new Map();
    for (const { activity, verdict, missing } of this.answer.verdicts) {
      const [key] = missing;
      const conduct = key === undefined || this.book.facts.get(key)?.conduct;
      if (verdict !== "cannot_determine" || conduct) continue;
      groups.set(key, [...(groups.get(key) ?? []), this.activity(activity)]);
    }
    const ranked = [...groups].sort(([, one], [, other]) => other.length - one.length);
    const tone = "cannot_determine";
    const lines = ranked.slice(0, DEPENDS_LINES).map(([key, names]) => {
      const args = { key: this.key(key), activities: this.join(names) };
      return textLine(this.say("depends_line", args), { tone });
    });
    const counted = (name, names, more = {}) => {
      if (!names.length) return;
      const args = { n: names.length, activities: this.join(names) };
      lines.push(textLine(this.say(name, args), more));
    };
    counted(
      "depends_more",
      ranked.slice(DEPENDS_LINES).flatMap(([, names]) => names),
    );
    const breaches = this.breaches();
    if (breaches.length) {
      const text = this.say("breach", { facts: this.join(breaches) });
      lines.push(textLine(text, { tone: "prohibited" }));
    }
    const nothing = this.answer.verdicts.filter(({ verdict }) => verdict === "no_data");
    counted(
      "no_data_for",
      nothing.map((row) => this.activity(row.activity)),
      { tone: "no_data" },
    );
    return this.block("depends", lines);
  }

  /** What would be a breach here: facts on conduct that some open prohibition hangs on. */
  breaches() {
    const open = this.answer.rules.filter(
      (row) => row.kind === "prohibition" && row.outcome === "cannot_determine",
    );
    const found = open.flatMap((row) => {
      const missing = new Set(row.missing);
      return sufficient(this.book.byId.get(row.id).when, missing)
        .filter(({ fact }) => missing.has(fact) && this.book.facts.get(fact)?.conduct)
        .map((leaf) => `${this.key(leaf.fact)}=${this.value(leaf.fact, operation(leaf)[1])}`);
    });
    return [...new Set(found)];
  }

  namedFirms() {
    const ids = this.answer.rules.filter((row) => this.namesFirm(row)).map((row) => row.id);
    const args = { n: ids.length, ids: this.join(ids) };
    return this.block("firms", ids.length ? [textLine(this.say("firms_line", args))] : []);
  }

  namesFirm(row) {
    return leaves(this.book.byId.get(row.id).when).some((leaf) => leaf.fact === "source.id");
  }

  // -- what comes last ----------------------------------------------------------------------

  /** Duties of government, targets and encouragements: counted, not read out. */
  folded() {
    const authority = this.answer.rules.filter((row) => row.audience === "authority");
    const counts = {
      duties: authority.filter((row) => row.kind !== "target"),
      targets: authority.filter((row) => row.kind === "target"),
      others: this.answer.rules.filter(
        (row) =>
          row.audience === "operator" &&
          ["target", "encouragement", "finding", "definition"].includes(row.kind),
      ),
    };
    const held = Object.entries(counts).filter(([, rows]) => rows.length);
    if (!held.length) return this.block("folded", []);
    const parts = held.map(([name, rows]) => this.say(`count_${name}`, { n: rows.length }));
    const rows = this.everything ? held.flatMap(([, some]) => some) : [];
    const detail = rows.map((row) => `${row.id} ${this.text(row.summary)} ${this.cite(row.cite)}`);
    return this.block("folded", [textLine(this.join(parts), { detail })]);
  }

  sources() {
    const names = this.answer.sources.map(
      (source) =>
        this.text(source.name) + this.say("away", { metres: distanceText(source.distance_m) }),
    );
    if (!names.length) return this.block("sources", []);
    const listed = this.join(names.slice(0, 4)) + (names.length > 4 ? this.words.and_more : "");
    const text = this.say("sources_line", { n: names.length, names: listed });
    return this.block("sources", [textLine(text, { detail: this.everything ? names : [] })]);
  }

  foot() {
    const { coverage, next_change: day, query } = this.answer;
    const documents = [...coverage.documents, ...coverage.reaching].map((name) => {
      const { covers } = this.book.documents.get(name);
      return this.say("covers", { document: this.document(name), ...covers });
    });
    const assumed = query.assumed.map((name) => this.words[`assumed_${name}`]);
    const lines = [
      ...(day ? [this.say("next_change", { day })] : []),
      ...(documents.length ? [this.join(documents)] : []),
      ...(assumed.length ? [this.say("assumed", { names: this.join(assumed) })] : []),
    ];
    return this.block(
      "foot",
      lines.map((text) => textLine(text)),
    );
  }
}

/** Whether a step of `because` names what is missing rather than what is settled. */
function leavesOpen(code) {
  return /(unknown|missing|undecided|near|unmapped|\.failed)$/.test(code);
}
