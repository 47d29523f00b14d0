import { saveFiling } from "#functions/complaints/filings.store.ts";
import { recordAnswerNotice } from "#functions/messages/answer-notices.store.ts";
import { recordBounce } from "#functions/messages/mailed-addresses.store.ts";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { applyEvents, createEntry } from "#shared/complaints/change.ts";
import { executeClockMove } from "#shared/complaints/clock-moves.store.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import type { EntryPayload } from "#shared/complaints/confidential-log.ts";
import type { NewEvent } from "#shared/complaints/event.ts";
import { file } from "#shared/complaints/filing.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { aFiling, callCentrePrincipal } from "../a-complaint.ts";

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
type LifeOpinion = { solved: "yes" | "partly" | "no"; handling: number; pressured: boolean };

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
  | ({ what: "opinion" } & LifeOpinion)
  | { what: "mail"; bounces: boolean }
  | { what: "sms" | "view" | "call" | "read aloud" }
);

const notices = ["mail", "sms", "view", "call", "read aloud"] as const;
type Notice = Extract<Step, { what: (typeof notices)[number] }>;
const isNotice = (step: Step): step is Notice => notices.some((what) => what === step.what);

export type ComplaintLife = {
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
export function createLives(
  count: number,
  { from, days, seed }: { from: string; days: number; seed: number },
): ComplaintLife[] {
  const draw = chance(seed);
  return Array.from({ length: count }, (_, n) => {
    const filedAt = addMilliseconds(from, draw.below(days * 24 * 60) * minuteMs);
    const isRetaliation = draw.is(0.05);
    const life = {
      id: "",
      key: `life-number-${seed}-${n}`,
      filedAt,
      agencyId: draw.of(agencies),
      category: draw.of(categories),
      countyId: draw.of(counties),
      clientId: draw.is(0.1) ? rivalsFrontEnd.clientId : callCentrePrincipal.clientId,
      hasPhone: draw.is(0.5),
      isRetaliation,
    };
    return { ...life, steps: isRetaliation ? [] : stepsOf(life, draw) };
  });
}

function stepsOf(
  { filedAt, agencyId, category }: Pick<ComplaintLife, "filedAt" | "agencyId" | "category">,
  draw: Chance,
): Step[] {
  const steps: Step[] = [];
  let at = filedAt;
  const after = (most: number) => {
    at = addMilliseconds(at, draw.ms(most));
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
  if (steps.at(-1)?.what === "expired" && draw.is(0.4)) {
    steps.push({ what: "disputed", at: after(30 * dayMs) });
    if (draw.is(0.6)) steps.push(ending(steps, { at: after(5 * dayMs), draw, judged: judged() }));
  }
  // Some notices come before an answer is there, and are none of it.
  for (const what of notices)
    if (draw.is(0.15)) steps.push({ at: after(6 * dayMs), what, bounces: draw.is(0.5) } as Notice);
  if (isAnswered && draw.is(0.4)) {
    const said = {
      solved: draw.of(["yes", "partly", "no"] as const),
      handling: 1 + draw.below(5),
      pressured: draw.is(0.3),
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
export async function runLife(life: ComplaintLife): Promise<ComplaintLife> {
  const { filedAt: now, clientId, key } = life;
  const filing = aFiling({
    agencyId: life.agencyId,
    countyId: life.countyId,
    category: life.category,
    ...(life.hasPhone && { citizen: { phone: "09121234567" } }),
  });
  const deadlines = { acknowledgeBy: addMilliseconds(now, hourMs), answerBy: addMilliseconds(now, answeredInMs) };
  const retaliation = life.isRetaliation
    ? { retaliationFor: "QZ-0000-0000-0", reviewBy: addMilliseconds(now, answeredInMs) }
    : undefined;
  const by = { ...callCentrePrincipal, clientId };
  const { id } = await saveFiling({
    pepper,
    idPrefixes: { idPrefix: "QZ", phonePrefix: "28" },
    clientId,
    key,
    now,
    body: "{}",
    email: undefined,
    composeComplaint: (given) =>
      file(filing, { ...given, by, now, deadlines, retaliation, identityDigest: String, digitsMac: String }),
  });
  for (const step of life.steps) await storeStep(id, step);
  return { ...life, id };
}

async function storeStep(id: string, step: Step): Promise<void> {
  if (step.what === "opinion") return storeOpinion(id, step);
  if (isNotice(step)) return storeNotice(id, step);
  const decide = (complaint: Complaint) =>
    applyEvents(complaint, { now: step.at, by: { by: actor(step) }, ...storedComplaint(step, complaint) });
  await executeClockMove({ id, now: step.at, decide });
}

const storeOpinion = (id: string, { at, what: _, ...said }: Step & { what: "opinion" }) =>
  storeEntry(id, at, { type: "opinion-given", ...said });

async function storeEntry(id: string, at: string, payload: EntryPayload): Promise<void> {
  const by = { caller: "citizen", complaintId: id } as const;
  await executeConfidentialCommand({ path: { id }, principal: by, now: at }, (complaint) => ({
    entries: createEntry(complaint, { now: at, by: { by: "citizen" }, payload }),
  }));
}

/** Stores a notice as the sender, the citizen's look or the call centre would; each is written only once there is an answer. */
async function storeNotice(id: string, { at, ...notice }: Notice): Promise<void> {
  if (notice.what === "call" || notice.what === "read aloud") {
    const type = notice.what === "call" ? "notice-call-recorded" : "read-to-citizen";
    return storeEntry(id, at, { type, ...(notice.what === "call" && { outcome: "informed" }) } as EntryPayload);
  }
  const complaint = await readHead(id);
  if (!complaint?.answeredAt) return;
  const addressDigest = notice.what === "mail" ? `${id} ${at}` : undefined;
  await recordAnswerNotice(id, { way: notice.what, at, addressDigest });
  if (notice.what === "mail" && notice.bounces && addressDigest) await recordBounce(addressDigest, at);
}

function actor(step: Exclude<Step, Notice>): "citizen" | "agency" | "inspector" | "system" {
  if (step.what === "transferred") return step.by;
  if (step.what === "answered" || step.what === "extended") return "agency";
  if (step.what === "decided" || step.what === "rejected") return "inspector";
  return step.what === "expired" || step.what === "escalated" ? "system" : "citizen";
}

type StoredComplaint = { payloads: NewEvent[]; changes: Parameters<typeof applyEvents>[1]["changes"] };

function storedComplaint(
  step: Exclude<Step, { what: "opinion" } | Notice>,
  { agencyId, answerBy }: Complaint,
): StoredComplaint {
  const [text, officer, reason] = ["پاسخ", { name: "مریم رستمی" }, "دلیل"];
  const closed = { status: "closed" } as const;
  switch (step.what) {
    case "transferred":
      return {
        payloads: [{ type: "transferred", fromAgencyId: agencyId, toAgencyId: step.to, reason }],
        changes: { agencyId: step.to },
      };
    case "extended":
      return {
        payloads: [{ type: "extended", reason, previousAnswerBy: answerBy }],
        changes: { answerBy: addMilliseconds(answerBy, extendedByMs) },
      };
    case "escalated": {
      const { level } = step;
      return {
        payloads: [{ type: "escalated", level, authority: "agency-head", step: "answer", dueAt: answerBy }],
        changes: { level },
      };
    }
    case "answered": {
      const { finding, cause } = step;
      const confirmBy = addMilliseconds(step.at, 10 * dayMs);
      return {
        payloads: [{ type: "answered", officer, finding, cause, text, actions: [] }],
        changes: { status: "answered", confirmBy },
      };
    }
    case "disputed":
      return {
        payloads: [{ type: "disputed", reason }],
        changes: { status: "disputed", reviewBy: addMilliseconds(step.at, 2 * dayMs) },
      };
    case "decided": {
      const { finding, cause, upholdsAnswer } = step;
      return { payloads: [{ type: "decided", finding, cause, upholdsAnswer, text, actions: [] }], changes: closed };
    }
    case "rejected":
      return { payloads: [{ type: "rejected", reason: step.reason, text }], changes: closed };
    default:
      return { payloads: [{ type: step.what }], changes: closed };
  }
}
