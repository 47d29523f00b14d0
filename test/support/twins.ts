import * as fc from "fast-check";
import { expect } from "vitest";
import * as z from "zod";
import { comparableHeaders } from "./alike.ts";
import type { Receipt } from "./api-caller.ts";
import { callCentreOf, callDigits } from "./call-centre.ts";
import { createUniqueIdentity } from "./canaries.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

const fields = ["name", "phone", "nationalId", "email"] as const;
type Field = (typeof fields)[number];
/** What of themselves a citizen gives; nothing is anonymous. */
type Given = readonly Field[];

type Step =
  /** The agency writes, and guesses who complains: a field of the one or of the other. */
  | {
      by: "agency";
      what: "messages" | "statement" | "acknowledgement" | "extension" | "answer";
      of: number;
      guess: Field;
    }
  | { by: "citizen"; what: "messages" | "dispute" | "acceptance" | "opinion" }
  | { by: "inspector"; what: "messages" }
  /** What no agency may notice: done to the first alone. */
  | { by: "inspector"; confidential: Confidential };
type Confidential = "visits" | "identity" | "calls" | "secret" | "look" | "reading aloud";

/** What becomes of the messages to a citizen's phone, if one was given. */
const messageOutcomes = ["none", "delivered", "blocked-by-owner", "held"] as const;
type MessageOutcome = (typeof messageOutcomes)[number];

/** Two complaints that differ only in who complains and in what is done in private. */
export type TwinPlan = { given: [Given, Given]; messages: [MessageOutcome, MessageOutcome]; steps: Step[] };

const givenFields = fc.subarray([...fields]);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      by: fc.constant("agency" as const),
      what: fc.constantFrom("messages", "messages", "statement", "acknowledgement", "extension", "answer"),
      of: fc.nat({ max: 1 }),
      guess: fc.constantFrom(...fields),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      by: fc.constant("citizen" as const),
      what: fc.constantFrom("messages", "dispute", "acceptance", "opinion"),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ by: "inspector", what: "messages" } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      by: fc.constant("inspector" as const),
      confidential: fc.constantFrom("visits", "identity", "calls", "secret", "look", "reading aloud"),
    }),
  },
);
export const twinPlan: fc.Arbitrary<TwinPlan> = fc.record({
  given: fc.tuple(givenFields, givenFields),
  messages: fc.tuple(fc.constantFrom(...messageOutcomes), fc.constantFrom(...messageOutcomes)),
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
});

/** A pair that is closed in the end, which chance alone would leave out once in fifty runs. One message is delivered, the other not. */
export const closingPlan: TwinPlan = {
  given: [
    ["name", "phone"],
    ["phone", "email"],
  ],
  messages: ["delivered", "blocked-by-owner"],
  steps: [
    { by: "agency", what: "answer", of: 0, guess: "name" },
    { by: "inspector", confidential: "reading aloud" },
    { by: "inspector", confidential: "look" },
    { by: "citizen", what: "acceptance" },
    { by: "inspector", confidential: "calls" },
  ],
};

/** A pair of which the first gets a new secret again and again, which chance alone would leave out too. */
export const renewingPlan: TwinPlan = {
  given: [["name", "nationalId"], []],
  messages: ["none", "none"],
  steps: [
    { by: "inspector", confidential: "secret" },
    { by: "citizen", what: "messages" },
    { by: "agency", what: "acknowledgement", of: 0, guess: "name" },
    { by: "inspector", confidential: "secret" },
    { by: "agency", what: "answer", of: 1, guess: "nationalId" },
    { by: "citizen", what: "dispute" },
    { by: "inspector", confidential: "secret" },
  ],
};

const agencyId = "social-security";
const officer = { name: "مریم رستمی" };
const plain = "پاسخی نشنیدم و باجه خالی بود.";

/** The two as they were filed, and what was answered to the agency while it worked on each. */
export type Twins = [Twin, Twin];
type Twin = Receipt & { answers: string[]; messages: MessageOutcome; phone: string };

/** Files both and takes every step on both, in the same order. */
export async function runTwins(cloud: TheLocalCloud, { given, messages, steps }: TwinPlan): Promise<Twins> {
  const people = [createUniqueIdentity().citizen, createUniqueIdentity().citizen];
  const file = async (n: 0 | 1): Promise<Twin> => {
    const fields = Object.fromEntries(given[n].map((field) => [field, people[n]?.[field]]));
    const hasPhone = given[n].includes("phone");
    const outcome = hasPhone ? messages[n] : "none";
    const phone = String(people[n]?.phone).replace(/^0/, "+98");
    if (outcome === "blocked-by-owner" || outcome === "held")
      await orderFault(cloud, { fault: outcome, to: phone, count: 100 });
    // Only the first may agree to calls.
    const citizen = {
      ...fields,
      mayBeCalled: n === 0 && hasPhone,
      ...(n === 0 && hasPhone && { callDigits }),
      notifyBySms: outcome !== "none",
    };
    const receipt = await cloud.file({ agencyId, ...(given[n].length > 0 && { citizen }) });
    return { ...receipt, answers: [], messages: outcome, phone };
  };
  const twins: Twins = [await file(0), await file(1)];
  for (const one of steps) await runStep(cloud, { one, twins, people });
  return twins;
}

type StepRunners = { one: Step; twins: Twins; people: Record<Field, string>[] };

/** How the local provider fails from now on. */
async function orderFault(cloud: TheLocalCloud, fault: { fault: string; to: string; count: number }): Promise<void> {
  const address = cloud.endpoints.sms.replace("/messages", "/faults");
  const { status } = await fetch(address, { method: "POST", body: JSON.stringify(fault) });
  expect(status).toBe(200);
}

async function runStep(cloud: TheLocalCloud, { one, twins, people }: StepRunners): Promise<void> {
  if ("confidential" in one) return runConfidentialStep(cloud, one.confidential, { twin: twins[0], person: people[0] });
  const guess = one.by === "agency" ? `${plain} ${people[one.of]?.[one.guess]}` : plain;
  const answers = [];
  for (const twin of twins) {
    const under = { agency: "/agency", inspector: "/inspector", citizen: "" }[one.by];
    const caller = { agency: { as: `agency-${agencyId}` }, inspector: { as: "inspector-1" }, citizen: twin }[one.by];
    const { as, secret } = caller as { as?: string; secret?: string };
    const answer = await cloud.call({
      ...(as ? { as } : { secret: secret ?? "" }),
      method: "POST",
      path: `/v1${under}/complaints/${twin.id}/${one.what}`,
      body: bodyOf(one, guess),
    });
    if (one.by === "agency") twin.answers.push(comparableAnswerOf(answer, twin));
    answers.push(answer.status);
  }
  expect(answers[0], JSON.stringify(one)).toBe(answers[1]);
}

function bodyOf(one: Exclude<Step, { confidential: string }>, text: string): object {
  if (one.by === "agency") return agencyBodies[one.what](text);
  return {
    messages: { text },
    dispute: { reason: text },
    acceptance: {},
    opinion: { solved: "partly", handling: 3, comment: text },
  }[one.what];
}

const agencyBodies = {
  messages: (text: string) => ({ officer, text }),
  statement: (text: string) => ({ employee: { name: "رضا کریمی" }, text }),
  acknowledgement: () => ({ officer }),
  extension: (reason: string) => ({ reason }),
  answer: (text: string) => ({ officer, finding: "founded", cause: "none", text, actions: [{ text }] }),
};

async function runConfidentialStep(
  cloud: TheLocalCloud,
  what: Confidential,
  { twin, person }: { twin: Twin; person: Record<Field, string> | undefined },
): Promise<void> {
  const { id } = twin;
  if (what === "secret") return renewSecretOf(cloud, { twin, nationalId: person?.nationalId });
  if (what === "calls") return recordCallOf(cloud, id);
  if (what === "look" || what === "reading aloud") return readAnswerOf(cloud, twin, what);
  const plannedAt = new Date(cloud.clock.now() + 24 * 60 * 60_000).toISOString();
  const order = what === "visits" && { method: "POST" as const, body: { plannedAt } };
  await cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${id}/${what}`, ...order });
}

/** Where name and national id were given, the citizen goes on with another secret. */
async function renewSecretOf(
  cloud: TheLocalCloud,
  { twin, nationalId }: { twin: Twin; nationalId: string | undefined },
): Promise<void> {
  const path = `/v1/inspector/complaints/${twin.id}/secret`;
  const { status, body } = await cloud.call({ as: "inspector-1", method: "POST", path, body: { nationalId } });
  if (status === 200) Object.assign(twin, z.object({ secret: z.string(), phoneSecret: z.string() }).parse(body));
}

/** The citizen looks at the case, or the call centre reads it aloud: a notice of the answer that nobody else sees. */
async function readAnswerOf(cloud: TheLocalCloud, { id, secret }: Twin, what: "look" | "reading aloud"): Promise<void> {
  const isLook = what === "look";
  const path = `/v1${isLook ? "" : "/front-end"}/complaints/${id}`;
  const { status, text } = await cloud.call({ secret, path, ...(!isLook && { as: "call-centre-128" }) });
  expect(status, text).toBe(200);
}

/** Where somebody is to be called now, what they think of it is recorded. */
async function recordCallOf(cloud: TheLocalCloud, id: string): Promise<void> {
  await cloud.call({ as: "call-centre-128", path: "/v1/front-end/calls" });
  const body = { outcome: "answered", opinion: { solved: "no", handling: 1, pressured: true } };
  const { open, path } = callCentreOf(cloud);
  await open({ id });
  await cloud.call({ as: "call-centre-128", method: "POST", path: path(id), body });
}

/** All that a caller could tell two answers apart by: status, headers and bytes, but for the id and the instants. */
function comparableAnswerOf({ status, headers, text }: Awaited<ReturnType<TheLocalCloud["call"]>>, twin: Twin): string {
  const kept = comparableHeaders(headers);
  return withoutTwinMarks(JSON.stringify([status, kept, text]), twin);
}

/** The ids of two complaints and of their events, and the instants, differ, and nothing else may. */
export function withoutTwinMarks(text: string, { id }: Pick<Receipt, "id">): string {
  return text
    .replaceAll(id, "QZ-….")
    .replace(/(?<=QZ-…\.)\/[0-9A-Z]{8}(?=")/g, "/…")
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "…Z")
    .replace(/[^\n>]*به وقت تهران/g, "…");
}

/** What both agencies and overseers may read of it in the end, asked for one by one. */
export async function readTwin(cloud: TheLocalCloud, twin: Twin): Promise<string[]> {
  const paths = [`/v1/agency/complaints/${twin.id}`, `/v1/agency/complaints/${twin.id}/deadlines`];
  const answers = [...twin.answers];
  for (const path of paths)
    answers.push(comparableAnswerOf(await cloud.call({ as: `agency-${agencyId}`, path }), twin));
  return answers;
}

const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().optional() });

/** Every entry of a list or feed, as text. */
export async function everyEntry(cloud: TheLocalCloud, { as, path }: { as: string; path: string }): Promise<string[]> {
  const all: string[] = [];
  for (let next = ""; ; ) {
    const { items, nextCursor } = Page.parse((await cloud.call({ as, path: `${path}${next}` })).body);
    all.push(...items.map((item) => JSON.stringify(item)));
    if (!nextCursor) return all;
    next = `&${path.includes("events") ? "after" : "cursor"}=${encodeURIComponent(nextCursor)}`;
  }
}
