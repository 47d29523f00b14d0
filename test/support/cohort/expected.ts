import { createHmac } from "node:crypto";
import { openHours } from "#shared/domain/time/open-hours.ts";
import { aCalendar } from "../a-calendar.ts";
import { answeredInMs, extendedByMs, type Life, pepper, rivalsFrontEnd, type Step } from "./lives.ts";

/** Pairs (n, k) by table, cell and measure, counted from what was planned and not from what was stored. */
export type Pairs = Record<string, Record<string, Record<string, [number, number]>>>;
type Expected = { tables: Pairs; retaliations: [number, number] };

const ms = Date.parse;
const hour = 60 * 60_000;

/** What the figures must be of complaints, by what had happened to them before an instant. */
export function expectedOf(lives: readonly Life[], asOf: string): Expected {
  const expected: Expected = { tables: {}, retaliations: [0, 0] };
  for (const life of lives) {
    const r =
      createHmac("sha256", pepper)
        .update(JSON.stringify(["statistics", life.id]))
        .digest()[0] ?? 0;
    if (life.isRetaliation) expected.retaliations = plus(expected.retaliations, r);
    else countLife(expected.tables, { life, r, asOf });
  }
  return expected;
}

const plus = ([n, k]: [number, number], r: number): [number, number] => [n + 1, (k + r) % 256];

function countLife(tables: Pairs, { life, r, asOf }: { life: Life; r: number; asOf: string }): void {
  const known = life.steps.filter(({ at }) => at < asOf);
  const { agency, cause, measures, gave, had } = judged(life, known, asOf);
  const { category, countyId: county } = life;
  const one = (table: string, cell: string, measure: string) => {
    tables[table] ??= {};
    const cells = tables[table];
    cells[cell] ??= {};
    const pairs = cells[cell];
    pairs[measure] = plus(pairs[measure] ?? [0, 0], r);
  };
  const cells = {
    total: "all",
    agency,
    category,
    county,
    "agency-category": `${agency}/${category}`,
    "agency-county": `${agency}/${county}`,
    "category-county": `${category}/${county}`,
    ...(cause && { cause, "agency-cause": `${agency}/${cause}` }),
  };
  for (const [table, cell] of Object.entries(cells))
    for (const measure of ["all", ...measures])
      if (!/^agency(-category)?$/.test(table) || !/^passed-on/.test(measure)) one(table, cell, measure);
  // Of what another had last an agency is not to know exactly how that one ended it.
  const hidden =
    agency === had.at(-1) ? [] : measures.filter((one) => /^(finding|closure|level|time|extended)/.test(one));
  for (const measure of hidden) {
    one("agency", agency, `unseen:${measure}`);
    one("agency-category", `${agency}/${category}`, `unseen:${measure}`);
  }
  for (const id of had) {
    const passedOn = `passed-on:${id === gave ? "passed-on" : "kept"}`;
    one("agency", id, passedOn);
    one("agency-category", `${id}/${category}`, passedOn);
  }
}

const of = <W extends Step["what"]>(known: Step[], what: W) =>
  known.find((step): step is Extract<Step, { what: W }> => step.what === what);

function judged(life: Life, known: Step[], asOf: string) {
  const [answered, decided] = [of(known, "answered"), of(known, "decided")];
  const transferred = of(known, "transferred");
  const closing = known.find(({ what }) => /accepted|expired|withdrawn|rejected|decided/.test(what));
  const due = ms(life.filedAt) + answeredInMs + (of(known, "extended") ? extendedByMs : 0);
  const end = ms(closing?.at ?? asOf);
  const judged = { known, due, end, isOpen: !closing };
  const apartOr = outcomeOf({ ...judged, isRivals: false });
  const { clientId, group } = rivalsFrontEnd;
  const isRivals = life.clientId === clientId && group.includes(agencyOf({ life, transferred, outcome: apartOr, due }));
  const outcome = outcomeOf({ ...judged, isRivals });
  const finding = decided?.finding ?? answered?.finding;
  const isTimed = outcome !== "pending" && outcome !== "apart";
  const gave = transferred?.by === "agency" ? life.agencyId : undefined;
  return {
    agency: agencyOf({ life, transferred, outcome, due }),
    cause: decided?.cause ?? answered?.cause,
    gave,
    had: [life.agencyId, ...(transferred ? [transferred.to] : [])],
    measures: [
      `outcome:${outcome}`,
      `level:${of(known, "escalated")?.level ?? 0}`,
      `extended:${of(known, "extended") ? "extended" : "not-extended"}`,
      `passed-on:${gave ? "passed-on" : "kept"}`,
      ...(finding ? [`finding:${finding}`] : []),
      // A rival's front end could close about its peers what it filed.
      ...(closing && !isRivals ? [`closure:${closures[closing.what]}`] : []),
      ...(isTimed
        ? [`time-office:${officeBin(life, answered?.at)}`, `time-elapsed:${elapsedBin(life, answered?.at)}`]
        : []),
      ...citizensMeasures({ life, known, isRivals }),
    ],
  };
}

type Spoken = { life: Life; known: Step[]; isRivals: boolean };

function citizensMeasures({ life: { hasPhone }, known, isRivals }: Spoken): string[] {
  const [answered, accepted] = [of(known, "answered"), of(known, "accepted")];
  const opinion = isRivals ? undefined : of(known, "opinion");
  const isQuick = answered && accepted && ms(accepted.at) - ms(answered.at) < hour && !hasPhone;
  return [
    ...(answered && accepted && !isRivals ? [`acceptance:${isQuick ? "quick-without-phone" : "other"}`] : []),
    ...(opinion ? [`solved:${opinion.solved}`, `handling:${opinion.handling}`] : []),
    ...(opinion ? [`pressed:${opinion.pressed ? "pressed" : "not-pressed"}`] : []),
  ];
}

const closures: Partial<Record<Step["what"], string>> = {
  accepted: "confirmed",
  expired: "unconfirmed",
  decided: "decided",
  withdrawn: "withdrawn",
  rejected: "out-of-scope",
};

type Case = { known: Step[]; due: number; end: number; isOpen: boolean; isRivals: boolean };

function outcomeOf({ known, due, end, isOpen, isRivals }: Case): string {
  const answered = of(known, "answered");
  if (isOpen && answered && of(known, "disputed")) return "pending";
  if (isOpen && !answered && due > end) return "pending";
  if (of(known, "rejected") || isRivals) return "apart";
  if (!answered) return due > end ? "apart" : "N";
  const upholds = of(known, "decided")?.upholdsAnswer;
  if (upholds === false) return "D";
  if (ms(answered.at) >= due) return "L";
  return upholds || of(known, "accepted") ? "G" : "U";
}

type Whose = {
  life: Life;
  transferred: Extract<Step, { what: "transferred" }> | undefined;
  outcome: string;
  due: number;
};

/** Only what is to be answered on the elapsed clock is passed on here. */
function agencyOf({ life, transferred, outcome, due }: Whose): string {
  if (!transferred) return life.agencyId;
  if (outcome !== "N" && outcome !== "L") return transferred.to;
  const first = Math.min(ms(transferred.at), due) - ms(life.filedAt);
  return due - ms(life.filedAt) - first > first ? transferred.to : life.agencyId;
}

const hours = {
  PT15M: 0.25,
  PT30M: 0.5,
  PT1H: 1,
  PT2H: 2,
  PT3H: 3,
  PT6H: 6,
  PT12H: 12,
  PT24H: 24,
  PT48H: 48,
  PT72H: 72,
};
const edges = Object.entries({ ...hours, P5D: 120, P10D: 240, P20D: 480 });
const binOf = (passed: number) => edges.find(([, edge]) => passed <= edge * hour)?.[0] ?? "longer";

function elapsedBin({ filedAt }: Life, answeredAt: string | undefined): string {
  return answeredAt === undefined ? "unanswered" : binOf(ms(answeredAt) - ms(filedAt));
}

function officeBin({ filedAt, countyId }: Life, answeredAt: string | undefined): string {
  if (answeredAt === undefined) return "unanswered";
  const calendar = aCalendar({ countyId });
  let passed = 0;
  for (let day = ms(filedAt.slice(0, 10)) - 24 * hour; day <= ms(answeredAt); day += 24 * hour) {
    const date = new Date(day).toISOString().slice(0, 10);
    for (const { from, to } of openHours(calendar, date).intervals) {
      // Iran's clocks have not changed since 2022.
      const [opens, closes] = [from, to].map((time) => ms(`${date}T${time === "24:00" ? "23:59" : time}:00+03:30`));
      passed += Math.max(0, Math.min(closes ?? 0, ms(answeredAt)) - Math.max(opens ?? 0, ms(filedAt)));
    }
  }
  return binOf(passed);
}
