import { createHmac } from "node:crypto";
import { breakdowns } from "#functions/figures/tables.ts";
import { openHours } from "#shared/hours/office-hours.ts";
import { figureIds } from "#shared/province/slices.static.ts";
import { aCalendar } from "../a-calendar.ts";
import { answeredInMs, type ComplaintLife, extendedByMs, rivalsFrontEnd, type Step } from "./lives.ts";

/** True counts by table, cell and measure, counted from what was planned and not from what was stored. */
type Tables = Record<string, Record<string, Record<string, number>>>;
export type ExpectedCounts = { tables: Tables; retaliationReports: number };

const ms = Date.parse;
const hour = 60 * 60_000;

/** What complaints must count as, by what had happened to them before an instant. */
export function expectedOf(lives: readonly ComplaintLife[], asOf: string): ExpectedCounts {
  const expected: ExpectedCounts = { tables: {}, retaliationReports: 0 };
  for (const life of lives) {
    if (life.isRetaliation) expected.retaliationReports++;
    else countLife(expected.tables, { life, asOf });
  }
  return expected;
}

type Cell = {
  cell: string;
  count: number;
  breakdowns?: Record<string, Record<string, number>>;
  peerGroup?: string | null;
  retaliationReports?: number;
};
type Publishing = { kind: string; name: string; key: string; groupOf: (agencyId: string) => string | undefined };

const dimensions: Record<string, (keyof typeof figureIds)[]> = {
  total: [],
  agency: ["agency"],
  category: ["category"],
  county: ["county"],
  cause: ["cause"],
  "agency-category": ["agency", "category"],
  "agency-county": ["agency", "county"],
  "category-county": ["category", "county"],
  "agency-cause": ["agency", "cause"],
};

/** What must be published of them, to the bit. No two cells that hold a complaint are equal in this province. */
export function expectedTables(counts: ExpectedCounts, publishing: Publishing): Record<string, Cell[]> {
  const most = { month: 0, quarter: 1, "four-quarters": 2 }[publishing.kind] ?? 0;
  const published = Object.entries(dimensions).filter(([, { length }]) => length <= most);
  return Object.fromEntries(
    published.map(([table, of]) => [table, idsOf(of).map((cell) => cellOf(counts, { table, cell }, publishing))]),
  );
}

function idsOf(of: (keyof typeof figureIds)[]): string[] {
  const begun: string[][] = [[]];
  const all = of.reduce((some, one) => some.flatMap((ids) => figureIds[one].map((id) => [...ids, id])), begun);
  return all.map((ids) => ids.join("+"));
}

function cellOf(
  { tables, retaliationReports }: ExpectedCounts,
  { table, cell }: { table: string; cell: string },
  publishing: Publishing,
): Cell {
  const { kind, name, groupOf } = publishing;
  const counts = tables[table]?.[cell] ?? {};
  const round = (n: number, what: string) => rounded(n, `${table}|${cell}|${what}`, publishing);
  const parts = Object.entries(breakdowns).flatMap(([breakdown, classes]) => {
    const exact = classes.map((one) => [one, counts[`${breakdown}:${one}`] ?? 0] as const);
    const isEnough = exact.reduce((sum, [, n]) => sum + n, 0) >= 20;
    if (!isEnough || !isBrokenDown({ table, kind, breakdown })) return [];
    return [[breakdown, Object.fromEntries(exact.map(([one, n]) => [one, round(n, `${breakdown}|${one}`)]))]];
  });
  const isYear = kind === "four-quarters" && name.endsWith("Q4");
  return {
    cell,
    count: round(counts.all ?? 0, "|"),
    ...(parts.length > 0 && { breakdowns: Object.fromEntries(parts) }),
    ...(table === "agency" && kind === "four-quarters" && { peerGroup: groupOf(cell) ?? null }),
    ...(table === "total" && isYear && { retaliationReports: round(retaliationReports, "retaliationReports|") }),
  };
}

function rounded(n: number, place: string, { kind, name, key }: Publishing): number {
  const address = `${kind === "four-quarters" ? `${kind}:` : ""}${name}|${place}`;
  const digest = createHmac("sha256", key).update(`round|${address}`).digest("hex");
  const u = Number.parseInt(digest.slice(0, 8), 16) / 2 ** 32;
  return n % 5 === 0 ? n : Math.floor(n / 5) * 5 + (u < (n % 5) / 5 ? 5 : 0);
}

type Broken = { table: string; kind: string; breakdown: string };

function isBrokenDown({ table, kind, breakdown }: Broken): boolean {
  if (table.includes("-")) return false;
  if (kind === "month") return breakdown === "outcome";
  return ["total", "agency"].includes(table) || !/^called-|^transferred-out$/.test(breakdown);
}

function countLife(tables: Tables, { life, asOf }: { life: ComplaintLife; asOf: string }): void {
  const known = life.steps.filter(({ at }) => at < asOf);
  const { agency, cause, measures, gave, holders } = judged(life, known, asOf);
  const { category, countyId: county } = life;
  const one = (table: string, cell: string, measure: string) => {
    tables[table] ??= {};
    const cells = tables[table];
    cells[cell] ??= {};
    const counts = cells[cell];
    counts[measure] = (counts[measure] ?? 0) + 1;
  };
  const cells = {
    total: "",
    agency,
    category,
    county,
    "agency-category": `${agency}+${category}`,
    "agency-county": `${agency}+${county}`,
    "category-county": `${category}+${county}`,
    ...(cause && { cause, "agency-cause": `${agency}+${cause}` }),
  };
  for (const [table, cell] of Object.entries(cells))
    for (const measure of ["all", ...measures]) if (isCountedIn(table, measure)) one(table, cell, measure);
  for (const id of holders)
    one("agency", id, `transferred-out:${id === gave ? "transferred-out" : "not-transferred-out"}`);
}

const isCountedIn = (table: string, measure: string) =>
  measure.startsWith("notice:") ? table === "total" : table !== "agency" || !/^transferred-out/.test(measure);

const of = <W extends Step["what"]>(known: Step[], what: W) =>
  known.find((step): step is Extract<Step, { what: W }> => step.what === what);

function judged(life: ComplaintLife, known: Step[], asOf: string) {
  const [answered, decided] = [of(known, "answered"), of(known, "decided")];
  const transferred = of(known, "transferred");
  const sinceDispute = known.slice(known.findLastIndex(({ what }) => what === "disputed") + 1);
  const closing = sinceDispute.find(({ what }) => /accepted|expired|withdrawn|rejected|decided/.test(what));
  const due = ms(life.filedAt) + answeredInMs + (of(known, "extended") ? extendedByMs : 0);
  const end = ms(closing?.at ?? asOf);
  const judged = { known, due, end, isOpen: !closing };
  const unlessRivals = outcomeOf({ ...judged, isRivals: false });
  const { clientId, group } = rivalsFrontEnd;
  const isRivals =
    life.clientId === clientId && group.includes(agencyOf({ life, transferred, outcome: unlessRivals, due }));
  const outcome = outcomeOf({ ...judged, isRivals });
  const finding = decided?.finding ?? answered?.finding;
  const isTimed = outcome !== "pending" && outcome !== "excluded";
  const gave = transferred?.by === "agency" ? life.agencyId : undefined;
  return {
    agency: agencyOf({ life, transferred, outcome, due }),
    cause: decided?.cause ?? answered?.cause,
    gave,
    holders: [life.agencyId, ...(transferred ? [transferred.to] : [])],
    measures: [
      `outcome:${outcome}`,
      `level:${of(known, "escalated")?.level ?? 0}`,
      `extended:${of(known, "extended") ? "extended" : "not-extended"}`,
      `transferred-out:${gave ? "transferred-out" : "not-transferred-out"}`,
      ...(finding ? [`finding:${finding}`] : []),
      // A rival's front end could close about its peers what it filed.
      ...(closing && !isRivals
        ? [`closure:${closing.what === "rejected" ? closing.reason : closures[closing.what]}`]
        : []),
      ...(isTimed
        ? [`time-office-hours:${officeBin(life, answered?.at)}`, `time-elapsed:${elapsedBin(life, answered?.at)}`]
        : []),
      ...citizensMeasures({ life, known, isRivals }),
      ...(answered ? [`notice:${isNotified(known, answered.at) ? "notified" : "not-notified"}`] : []),
    ],
  };
}

type OpinionCounts = { life: ComplaintLife; known: Step[]; isRivals: boolean };

function citizensMeasures({ life: { hasPhone }, known, isRivals }: OpinionCounts): string[] {
  const [answered, accepted] = [of(known, "answered"), of(known, "accepted")];
  const opinion = isRivals ? undefined : of(known, "opinion");
  const isQuick = answered && accepted && ms(accepted.at) - ms(answered.at) < hour && !hasPhone;
  return [
    ...(answered && accepted && !isRivals ? [`quick-acceptance:${isQuick ? "quick" : "not-quick"}`] : []),
    ...(opinion ? [`solved:${opinion.solved}`, `handling:${opinion.handling}`] : []),
    ...(opinion ? [`pressured:${opinion.pressured ? "pressured" : "not-pressured"}`] : []),
  ];
}

/** By the first of each way after the answer, unless that mail came back. */
function isNotified(known: Step[], answeredAt: string): boolean {
  const since = known.filter(({ at }) => at >= answeredAt);
  return since.some((step) =>
    step.what === "mail" ? !step.bounces : ["sms", "view", "call", "read aloud"].includes(step.what),
  );
}

const closures: Partial<Record<Step["what"], string>> = {
  accepted: "accepted",
  expired: "expired",
  decided: "decided",
  withdrawn: "withdrawn",
};

type Case = { known: Step[]; due: number; end: number; isOpen: boolean; isRivals: boolean };

function outcomeOf({ known, due, end, isOpen, isRivals }: Case): string {
  const answered = of(known, "answered");
  if (isOpen && answered && of(known, "disputed")) return "pending";
  if (isOpen && !answered && due > end) return "pending";
  if (of(known, "rejected") || isRivals) return "excluded";
  if (!answered) return due > end ? "excluded" : "unanswered";
  const upholds = of(known, "decided")?.upholdsAnswer;
  if (upholds === false) return "overturned";
  if (ms(answered.at) >= due) return "late";
  return upholds || of(known, "accepted") ? "confirmed" : "silent";
}

type Whose = {
  life: ComplaintLife;
  transferred: Extract<Step, { what: "transferred" }> | undefined;
  outcome: string;
  due: number;
};

/** Only complaints that are to be answered on the elapsed clock are transferred here. */
function agencyOf({ life, transferred, outcome, due }: Whose): string {
  if (!transferred) return life.agencyId;
  if (outcome !== "unanswered" && outcome !== "late") return transferred.to;
  const first = Math.min(ms(transferred.at), due) - ms(life.filedAt);
  return due - ms(life.filedAt) - first > first ? transferred.to : life.agencyId;
}

const edges = Object.entries({ PT1H: 1, PT3H: 3, PT24H: 24, PT48H: 48 });
const binOf = (passed: number) => edges.find(([, edge]) => passed <= edge * hour)?.[0] ?? "longer";

function elapsedBin({ filedAt }: ComplaintLife, answeredAt: string | undefined): string {
  return answeredAt === undefined ? "unanswered" : binOf(ms(answeredAt) - ms(filedAt));
}

function officeBin({ filedAt, countyId }: ComplaintLife, answeredAt: string | undefined): string {
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
