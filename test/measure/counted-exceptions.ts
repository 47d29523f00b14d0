import { once } from "node:events";
import { createServer } from "node:http";
import * as z from "zod";
import { announceNoticeFile, settleNoticeFile } from "#functions/notices/notice-files.store.ts";
import { savePerson } from "#functions/people/people.store.ts";
import { dayMs } from "#shared/time/duration.ts";
import { answer, type Call, type Counter, complaint, Receipt, withItsEvents } from "./counted-lives.ts";
import { type Counted, sum } from "./prices.ts";
import { type Shift, shiftTime } from "./shifted-time.ts";

const CallList = z.object({ items: z.array(z.object({ callId: z.string() })) });
const WithId = z.object({ id: z.string() });
const WithSecret = z.object({ secret: z.string() });
const WithHistory = z.object({ history: z.array(z.object({ number: z.int() })) });

/** `orders`: the objects that a restored table would follow, each with a copy. */
export type Exception = { counted: Counted; orders: number };

/** What only some complaints do: their secret is renewed, 128 calls the citizen, an employee gets a notice. */
export async function countExceptions(counter: Counter): Promise<Record<"renewal" | "call" | "notice", Exception>> {
  await registerPeople();
  const bucket = await startBucket();
  const shift = shiftTime();
  const withOrders = async (work: (counter: Counter, shift: Shift) => Promise<Counted>): Promise<Exception> => {
    const before = bucket.orders();
    return { counted: await work(counter, shift), orders: bucket.orders() - before };
  };
  try {
    return {
      renewal: await withOrders(renewal),
      call: await withOrders(callOfCitizen),
      notice: await withOrders(notice),
    };
  } finally {
    shift.end();
    bucket.stop();
  }
}

/** A bucket that takes every order. */
async function startBucket() {
  let orders = 0;
  const server = createServer((request, response) => {
    orders++;
    request.resume();
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  process.env.ATTACHMENTS_URL = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return { orders: () => orders, stop: () => server.close() };
}

const inspectors = ["inspector-1", "inspector-2", "inspector-3", "inspector-4"];

async function registerPeople(): Promise<void> {
  const by = { clientId: "admins-application", person: "admin" };
  const now = new Date().toISOString();
  const register = (role: "inspector" | "reviewer") => (sub: string) =>
    savePerson({ sub, person: { name: "مریم احمدی", roles: [{ role }] }, by, now });
  await Promise.all([
    ...inspectors.map(register("inspector")),
    ...["reviewer-1", "reviewer-2"].map(register("reviewer")),
  ]);
}

const inspector = (n: number, route: string, more: Partial<Call> = {}): Call => ({
  route,
  as: "desk",
  sub: `inspector-${n}`,
  ...more,
});

/** Sends calls about one complaint, and sums what the calls and their events use, without mails. */
function counted(counter: Counter, filed: Receipt) {
  const all: Counted[] = [];
  return {
    async send(call: Call): Promise<unknown> {
      const { body, rows } = await withItsEvents(call, filed, counter);
      all.push(...rows.map((row) => row.counted));
      return body;
    },
    together: () => sum(all),
  };
}

async function filedWith(counter: Counter, citizen: object): Promise<{ filed: Receipt; cost: Counted }> {
  const body = { ...complaint.body, citizen: { ...(complaint.body?.citizen as object), ...citizen } };
  const { body: receipt, rows } = await withItsEvents({ ...complaint, body }, undefined, counter);
  return { filed: Receipt.parse(receipt), cost: sum(rows.map((row) => row.counted)) };
}

async function renewal(counter: Counter): Promise<Counted> {
  const nationalId = "0499370899";
  const { filed } = await filedWith(counter, { nationalId });
  const { send, together } = counted(counter, filed);
  await send(inspector(1, "POST /v1/inspector/complaints/{id}/secret", { body: { nationalId } }));
  return together();
}

/** The consent with digits, the place on the list, and one call in which the citizen says the digits and an opinion. */
async function callOfCitizen(counter: Counter, shift: Shift): Promise<Counted> {
  const without = await filedWith(counter, {});
  const { filed, cost } = await filedWith(counter, { mayBeCalled: true, callDigits: "4031" });
  const { send, together } = counted(counter, filed);
  const usual = counted(counter, without.filed);
  await usual.send(answer);
  await send(answer);
  shift.by(8 * dayMs);
  const as = "call-centre-128";
  const { items } = CallList.parse(await send({ route: "GET /v1/front-end/calls", as, query: { limit: "1" } }));
  const path = { callId: items[0]?.callId ?? "" };
  await send({ route: "POST /v1/front-end/calls/{callId}/opening", as, path, body: { digits: "4031" } });
  const opinion = { solved: "yes", handling: 4 };
  await send({ route: "POST /v1/front-end/calls/{callId}", as, path, body: { outcome: "answered", opinion } });
  return difference(sum([cost, together()]), sum([without.cost, usual.together()]));
}

const difference = (whole: Counted, part: Counted): Counted =>
  sum([Object.fromEntries(Object.entries(whole).map(([unit, n]) => [unit, n - part[unit as keyof Counted]]))]);

/** From the opening to the decision: the citizen agrees, the letter is served, the employee reads and answers. */
async function notice(counter: Counter, shift: Shift): Promise<Counted> {
  const { filed } = await filedWith(counter, {});
  const usual = counted(counter, filed);
  const judged = { finding: "founded", cause: "conduct", text: "رفتار کارمند درست نبود." };
  await usual.send({ ...answer, body: { ...answer.body, ...judged } });
  await usual.send({ route: "POST /v1/complaints/{id}/dispute", body: { reason: "عذرخواهی نشد." } });
  const decision = { ...judged, actions: [], upholdsAnswer: true };
  await usual.send(inspector(2, "POST /v1/inspector/complaints/{id}/decision", { body: decision }));

  const { send, together } = counted(counter, filed);
  const employee = { agencyId: "social-security", name: "رضا کریمی" };
  const allegation = "هنگام مراجعه، کارمند با صدای بلند ارباب‌رجوع را از باجه راند.";
  const grounds = "بند ۲ ماده ۸ قانون رسیدگی به تخلفات اداری";
  const opening = { employee, evidence: [4], allegation, grounds };
  const opened = await send(inspector(1, "POST /v1/inspector/complaints/{id}/notices", { body: opening }));
  const path = { id: filed.id, noticeId: WithId.parse(opened).id };
  const consent = "POST /v1/complaints/{id}/notices/{noticeId}/consent";
  await send({ route: consent, path, body: { agrees: true } });
  const act = (n: number, what: string, body: Record<string, unknown> = {}) =>
    send(inspector(n, `POST /v1/inspector/notices/{noticeId}/${what}`, { path, body }));
  const { secret: printed } = WithSecret.parse(await act(1, "letter"));
  const read = { route: "GET /v1/notices/{noticeId}", path };
  const { secret } = WithSecret.parse(await send({ ...read, secret: printed }));
  const scan = await keptFile(path.noticeId);
  await act(1, "service", { way: "receipt", name: employee.name, employment: { personnelId: "40218" }, scan });
  const view = inspector(2, "GET /v1/inspector/notices/{noticeId}", { path });
  const { number } = WithHistory.parse(await send(view)).history.at(-1) ?? { number: 0 };
  await act(2, "service/confirmation", { number });
  const text = "آن روز باجه شلوغ بود و کسی را نراندم.";
  await send({ route: "POST /v1/notices/{noticeId}/answer", path, secret, body: { text } });
  shift.by(11 * dayMs);
  await act(3, "decision", { outcome: "stands", reasons: "گزارش بازدید و فیلم سالن آن را نشان می‌دهد." });
  return together();
}

/** A scan as the cleaner keeps it. Its own cost is that of other files. */
async function keptFile(noticeId: string): Promise<string> {
  const attachmentId = "a".repeat(32);
  const announcement = { fileName: "ابلاغ.pdf", contentType: "application/pdf", size: 40_000 } as const;
  const awaited = { noticeId, by: "inspector", attachmentId, announcement, idempotencyKey: undefined } as const;
  const file = await announceNoticeFile({ ...awaited, now: new Date().toISOString() });
  await settleNoticeFile(noticeId, { ...file, state: "ready" });
  return attachmentId;
}
