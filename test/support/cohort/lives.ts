import { happen } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { Spoken } from "#shared/domain/complaint/event.ts";
import { file } from "#shared/domain/complaint/filing.ts";
import { later } from "#shared/domain/time/duration.ts";
import { moveByClock } from "#shared/store/complaints/clock-moves.ts";
import { fileOnce } from "#shared/store/complaints/filings.ts";
import { noteOnce } from "#shared/store/complaints/private-acts.ts";
import { mulberry32 } from "../../../infra/demo/year/chance.ts";
import { aFiling, theCallCentre } from "../a-complaint.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const answeredInMs = 48 * hourMs;
export const extendedByMs = 24 * hourMs;
export const pepper = "a pepper for cohorts";

export const agencies = ["social-security", "bank-melli", "bank-mellat", "gas"];
export const categories = ["postponed-without-reason", "disrespect"];
export const counties = ["qazvin", "takestan"];
const causes = ["system-down", "conduct"];
const findings = ["founded", "unfounded", "undetermined"] as const;
/** The front end that an agency runs, and those of its peer group are its rivals. */
export const rivalsFrontEnd = {
  clientId: "bank-melli-app",
  operator: "bank-melli",
  group: ["bank-melli", "bank-mellat"],
};

export type Finding = (typeof findings)[number];
type Said = { solved: "yes" | "partly" | "no"; handling: number; pressed: boolean };

/** What happens to a complaint, and when; each `at` is an instant. */
export type Step = { at: string } & (
  | { what: "transferred"; to: string; by: "agency" | "inspector" }
  | { what: "extended" }
  | { what: "escalated"; level: number }
  | { what: "answered"; finding: Finding; cause: string }
  | { what: "accepted" }
  | { what: "expired" }
  | { what: "withdrawn" }
  | { what: "rejected"; reason: "out-of-scope" | "not-a-complaint" }
  | { what: "disputed" }
  | { what: "decided"; finding: Finding; cause: string; upholdsAnswer?: boolean }
  | ({ what: "opinion" } & Said)
);

export type Life = {
  id: string;
  key: string;
  filedAt: string;
  agencyId: string;
  category: string;
  countyId: string;
  clientId: string;
  hasPhone: boolean;
  isRetaliation: boolean;
  steps: Step[];
};

/** The same for the same seed, so that a failure can be played again. */
export function chance(seed: number) {
  const next = mulberry32(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    of: <T>(some: readonly T[]): T => some[below(some.length)] as T,
    is: (share: number) => next() < share,
    /** Whole minutes, often few and sometimes very many. */
    ms: (most: number) => Math.max(1, Math.floor((most / minuteMs) ** next())) * minuteMs,
  };
}
type Chance = ReturnType<typeof chance>;

/** Complaints filed over so many days, as lives go: most are answered, some late, some never. */
export function lives(count: number, { from, days, seed }: { from: string; days: number; seed: number }): Life[] {
  const draw = chance(seed);
  return Array.from({ length: count }, (_, n) => {
    const filedAt = later(from, draw.below(days * 24 * 60) * minuteMs);
    const isRetaliation = draw.is(0.05);
    const life = {
      id: "",
      key: `life-number-${seed}-${n}`,
      filedAt,
      agencyId: draw.of(agencies),
      category: draw.of(categories),
      countyId: draw.of(counties),
      clientId: draw.is(0.1) ? rivalsFrontEnd.clientId : theCallCentre.clientId,
      hasPhone: draw.is(0.5),
      isRetaliation,
    };
    return { ...life, steps: isRetaliation ? [] : stepsOf(life, draw) };
  });
}

function stepsOf(
  { filedAt, agencyId, category }: Pick<Life, "filedAt" | "agencyId" | "category">,
  draw: Chance,
): Step[] {
  const steps: Step[] = [];
  let at = filedAt;
  const after = (most: number) => {
    at = later(at, draw.ms(most));
    return at;
  };
  if (category === "postponed-without-reason" && draw.is(0.2))
    steps.push({
      what: "transferred",
      at: after(3 * dayMs),
      to: draw.of(agencies.filter((id) => id !== agencyId)),
      by: draw.of(["agency", "agency", "inspector"]),
    });
  if (draw.is(0.2)) steps.push({ what: "extended", at: after(hourMs) });
  if (draw.is(0.3)) steps.push({ what: "escalated", at: after(5 * dayMs), level: 1 + draw.below(5) });
  const judged = () => ({ finding: draw.of(findings), cause: draw.of(causes) });
  const isAnswered = draw.is(0.7);
  if (isAnswered) {
    steps.push({ what: "answered", at: after(30 * dayMs), ...judged() });
    if (draw.is(0.3)) steps.push({ what: "disputed", at: after(5 * dayMs) });
  }
  if (draw.is(0.8))
    steps.push(ending(steps, { at: after(isAnswered ? 10 * dayMs : 60 * dayMs), draw, judged: judged() }));
  if (isAnswered && draw.is(0.4)) {
    const said = {
      solved: draw.of(["yes", "partly", "no"] as const),
      handling: 1 + draw.below(5),
      pressed: draw.is(0.3),
    };
    steps.push({ what: "opinion", at: after(20 * dayMs), ...said });
  }
  return steps;
}

type Ending = { at: string; draw: Chance; judged: { finding: Finding; cause: string } };

function ending(steps: Step[], { at, draw, judged }: Ending): Step {
  const last = steps.at(-1)?.what;
  if (last === "disputed") return { what: "decided", at, ...judged, upholdsAnswer: draw.is(0.5) };
  if (last === "answered" && draw.is(0.9)) return { what: draw.of(["accepted", "accepted", "expired"] as const), at };
  if (draw.is(0.2)) return { what: "decided", at, ...judged };
  if (draw.is(0.5)) return { what: "withdrawn", at };
  return { what: "rejected", at, reason: draw.of(["out-of-scope", "not-a-complaint"] as const) };
}

/** Lets it happen, through the store as the functions would; returns the life with its complaint's id. */
export async function lived(life: Life): Promise<Life> {
  const { filedAt: now, clientId, key } = life;
  const filing = aFiling({
    agencyId: life.agencyId,
    countyId: life.countyId,
    category: life.category,
    ...(life.hasPhone && { citizen: { phone: "09121234567" } }),
  });
  const deadlines = { acknowledgeBy: later(now, hourMs), answerBy: later(now, answeredInMs) };
  const retaliation = life.isRetaliation
    ? { retaliationFor: "QZ-0000-0000-0", reviewBy: later(now, answeredInMs) }
    : undefined;
  const by = { ...theCallCentre, clientId };
  const { id } = await fileOnce({
    pepper,
    idPrefix: "QZ",
    clientId,
    key,
    now,
    body: "{}",
    email: undefined,
    compose: (given) => file(filing, { ...given, by, now, deadlines, retaliation, mark: String }),
  });
  for (const step of life.steps) await taken(id, step);
  return { ...life, id };
}

async function taken(id: string, step: Step): Promise<void> {
  if (step.what === "opinion") return opined(id, step);
  const decide = (complaint: Complaint) =>
    happen(complaint, { now: step.at, by: { by: actor(step) }, ...told(step, complaint) });
  await moveByClock({ id, now: step.at, decide });
}

async function opined(id: string, { at, what: _, ...said }: Step & { what: "opinion" }): Promise<void> {
  const by = { caller: "citizen", complaintId: id } as const;
  await noteOnce({ path: { id }, principal: by, now: at }, ({ status, agencyId, category, countyId, ...complaint }) => {
    const { acknowledgeBy, answerBy, level } = complaint;
    const after = { status, agencyId, category, countyId, acknowledgeBy, answerBy, level };
    return { note: { type: "opinion-given", at, by: "citizen", after, ...said } };
  });
}

function actor(step: Step): "citizen" | "agency" | "inspector" | "clock" {
  if (step.what === "transferred") return step.by;
  if (step.what === "answered" || step.what === "extended") return "agency";
  if (step.what === "decided" || step.what === "rejected") return "inspector";
  return step.what === "expired" || step.what === "escalated" ? "clock" : "citizen";
}

type Told = { says: Spoken[]; becomes: Parameters<typeof happen>[1]["becomes"] };

function told(step: Exclude<Step, { what: "opinion" }>, { agencyId, answerBy }: Complaint): Told {
  const [text, officer, reason] = ["پاسخ", { name: "مریم رستمی" }, "دلیل"];
  const closed = { status: "closed" } as const;
  switch (step.what) {
    case "transferred":
      return {
        says: [{ type: "transferred", fromAgencyId: agencyId, toAgencyId: step.to, reason }],
        becomes: { agencyId: step.to },
      };
    case "extended":
      return {
        says: [{ type: "extended", reason, was: answerBy }],
        becomes: { answerBy: later(answerBy, extendedByMs) },
      };
    case "escalated": {
      const { level } = step;
      return {
        says: [{ type: "escalated", level, holder: "agency-head", owed: "answer", dueAt: answerBy }],
        becomes: { level },
      };
    }
    case "answered": {
      const { finding, cause } = step;
      const confirmBy = later(step.at, 10 * dayMs);
      return {
        says: [{ type: "answered", officer, finding, cause, text, actions: [] }],
        becomes: { status: "answered", confirmBy },
      };
    }
    case "disputed":
      return {
        says: [{ type: "disputed", reason }],
        becomes: { status: "disputed", reviewBy: later(step.at, 2 * dayMs) },
      };
    case "decided": {
      const { finding, cause, upholdsAnswer } = step;
      return { says: [{ type: "decided", finding, cause, upholdsAnswer, text, actions: [] }], becomes: closed };
    }
    case "rejected":
      return { says: [{ type: "rejected", reason: step.reason, text }], becomes: closed };
    default:
      return { says: [{ type: step.what }], becomes: closed };
  }
}
