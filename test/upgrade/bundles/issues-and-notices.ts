import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Call } from "../../support/api-caller.ts";
import { sendForm, someFiles } from "../../support/sample-files.ts";
import type { World } from "./steps.ts";
import { letPass, timeIn } from "./visitor.ts";

/** An issue or a notice to an employee of one life, as those who act on it know it. `id`: empty before it is opened. */
export type Pursued = { life: string; id: string; complaint: Receipt; secret: string; scan: string };

type Receipt = { id: string; secret: string };
type Act = (world: World, pursued: Pursued) => Promise<void>;
/** `first` is done by the code that begins it, `next` by the code that finds it. */
type Life = { first: (keyof typeof acts)[]; next: (keyof typeof acts)[] };

const agencyId = "education";
const agency = `agency-${agencyId}`;
const officer = { name: "الهام نوری" };
const judgement = { finding: "founded", cause: "conduct", text: "رفتار کارمند درست نبود." };
const employee = { agencyId, name: "رضا کریمی" };
const dayMs = 24 * 60 * 60_000;

const Made = z.object({ id: z.string() });
const Secret = z.object({ secret: z.string() });
const Upload = z.object({ attachmentId: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) });
const View = z.object({ status: z.string(), history: z.array(z.object({ number: z.int(), type: z.string() })) });

/** Sends what must succeed; returns the body of the answer. */
async function done({ ask }: World, call: Call): Promise<unknown> {
  const { status, text, body } = await ask({ method: "POST", ...call });
  if (status >= 300) throw new Error(`${call.path}: ${status} ${text}`);
  return body;
}

const inspector = (number: number, path: string, body: object = {}): Call => ({
  as: `inspector-${number}`,
  path: `/v1/inspector/${path}`,
  body,
});
const inDays = async ({ endpoints }: World, days: number) =>
  new Date((await timeIn(endpoints)) + days * dayMs).toISOString();

/** What people do with an issue or a notice. Of a notice, inspector 1 opens, 2 decided the complaint and confirms the service, 3 decides. */
const acts = {
  async complain(world, pursued) {
    const citizen = { name: "زهرا محمدی", phone: "09121234567", email: "reader@mail.example" };
    const matter = { agencyId, countyId: "qazvin", category: "postponed-without-reason", channel: "phone" };
    const body = { ...matter, description: `شکایت: ${pursued.life}`, citizen };
    const headers = { "idempotency-key": `upgrade-${crypto.randomUUID()}` };
    const filed = await done(world, { as: "call-centre-128", path: "/v1/complaints", body, headers });
    pursued.complaint = Made.extend(Secret.shape).parse(filed);
  },
  async openIssue(world, pursued) {
    const matter = { agencyId, category: "postponed-without-reason", countyIds: ["qazvin"], outage: false };
    const texts = { title: "کارها به فردا می‌افتد", summary: "پرونده‌ها بی دلیل قانونی به روزهای بعد می‌افتد." };
    pursued.id = Made.parse(await done(world, inspector(1, "issues", { ...matter, ...texts }))).id;
  },
  async link(world, { id, complaint }) {
    await done(world, inspector(1, `issues/${id}/links`, { complaintIds: [complaint.id] }));
  },
  async plan(world, { id }) {
    const said = { what: "برای هر روز کارشناس جانشین تعیین می‌شود.", responsible: "ادارهٔ امور اداری" };
    const body = { ...said, by: await inDays(world, 30) };
    await done(world, { as: agency, path: `/v1/agency/issues/${id}/plan`, body });
  },
  async read(world, pursued) {
    await done(world, inspector(1, `issues/${pursued.id}/reading`, { number: await lastNumber(world, pursued) }));
  },
  async answerLinked(world, { id }) {
    const body = { officer, finding: "founded", cause: "none", text: "از این پس برای هر روز جانشین داریم." };
    await done(world, { as: agency, path: `/v1/agency/issues/${id}/answer`, body });
  },
  async sayMended(world, { id }) {
    const body = { text: "از آغاز ماه کار هیچ پرونده‌ای به روز بعد نیفتاده است." };
    await done(world, { as: agency, path: `/v1/agency/issues/${id}/done`, body });
  },
  async verify(world, { id }) {
    const body = { arrivedAt: await inDays(world, 0), text: "در بازدید، کارها همان روز انجام می‌شد." };
    await done(world, inspector(2, `issues/${id}/verification`, body));
  },
  async decideComplaint(world, { complaint: { id, secret } }) {
    await done(world, { as: agency, path: `/v1/agency/complaints/${id}/answer`, body: { officer, ...judgement } });
    await done(world, { secret, path: `/v1/complaints/${id}/dispute`, body: { reason: "عذرخواهی نشد." } });
    const decision = { ...judgement, actions: [], upholdsAnswer: true };
    await done(world, inspector(2, `complaints/${id}/decision`, decision));
  },
  async openNotice(world, pursued) {
    const texts = { allegation: "کارمند با صدای بلند ارباب‌رجوع را راند.", grounds: "بند ۲ ماده ۸ قانون" };
    const opened = inspector(1, `complaints/${pursued.complaint.id}/notices`, { employee, evidence: [4], ...texts });
    pursued.id = Made.parse(await done(world, opened)).id;
  },
  async agree(world, { id, complaint }) {
    const path = `/v1/complaints/${complaint.id}/notices/${id}/consent`;
    await done(world, { secret: complaint.secret, path, body: { agrees: true } });
  },
  async print(world, pursued) {
    pursued.secret = Secret.parse(await done(world, inspector(1, `notices/${pursued.id}/letter`))).secret;
  },
  async firstOpen(world, pursued) {
    const opened = await done(world, { secret: pursued.secret, method: "GET", path: `/v1/notices/${pursued.id}` });
    pursued.secret = Secret.parse(opened).secret;
  },
  async scan(world, pursued) {
    const scan = new Uint8Array(someFiles["application/pdf"]);
    const announced = { fileName: "ابلاغ.pdf", contentType: "application/pdf", size: scan.length };
    const upload = Upload.parse(await done(world, inspector(1, `notices/${pursued.id}/attachments`, announced)));
    await sendForm(upload, scan);
    pursued.scan = upload.attachmentId;
  },
  async serve(world, { id, scan }) {
    const body = { way: "receipt", name: employee.name, employment: { personnelId: "40218" }, scan };
    await whenSettled(world, inspector(1, `notices/${id}/service`, body));
  },
  async confirm(world, pursued) {
    const number = await lastNumber(world, pursued);
    await done(world, inspector(2, `notices/${pursued.id}/service/confirmation`, { number }));
  },
  async ask(world, { id, secret }) {
    await done(world, { secret, path: `/v1/notices/${id}/questions`, body: { text: "کدام روز بود؟" } });
  },
  async answer(world, { id, secret }) {
    const body = { text: "آن روز باجه شلوغ بود و کسی را نراندم." };
    await done(world, { secret, path: `/v1/notices/${id}/answer`, body });
  },
  async decide(world, { id }) {
    const body = { outcome: "stands", reasons: "گزارش بازدید و فیلم سالن آن را نشان می‌دهد." };
    await done(world, inspector(3, `notices/${id}/decision`, body));
  },
  async contest(world, { id, secret }) {
    await done(world, { secret, path: `/v1/notices/${id}/contest`, body: { text: "فیلم صدا ندارد." } });
  },
  async judge(world, { id }) {
    const body = { outcome: "upheld", reasons: "گزارش بازدید روشن است." };
    await done(world, { as: "reviewer", path: `/v1/reviewer/notices/${id}/decision`, body });
  },
} satisfies Record<string, Act>;

const untilAgreed = ["complain", "decideComplaint", "openNotice", "agree"] as const;
const untilServed = [...untilAgreed, "print", "firstOpen", "scan", "serve", "confirm"] as const;

/** An issue and a notice for each way to stand while the code is exchanged. */
const lives: Record<string, Life> = {
  "an issue, opened": { first: ["complain", "openIssue"], next: ["link", "plan", "read", "sayMended", "verify"] },
  "an issue, planned": {
    first: ["complain", "openIssue", "link", "plan"],
    next: ["read", "answerLinked", "sayMended"],
  },
  "an issue, mended": { first: ["openIssue", "plan", "sayMended"], next: ["read", "verify"] },
  "an issue, left alone": { first: ["openIssue"], next: [] },
  "a notice, opened": { first: ["complain", "decideComplaint", "openNotice"], next: ["agree", "print", "firstOpen"] },
  "a notice, its letter printed": {
    first: [...untilAgreed, "print"],
    next: ["firstOpen", "scan", "serve", "confirm", "ask", "answer", "decide"],
  },
  "a notice, its service recorded": {
    first: [...untilAgreed, "print", "firstOpen", "scan", "serve"],
    next: ["confirm", "answer", "decide", "contest", "judge"],
  },
  "a notice, answered": { first: [...untilServed, "ask", "answer"], next: ["decide", "contest"] },
  "a notice, decided": { first: [...untilServed, "answer", "decide"], next: ["contest", "judge"] },
  "a notice, served and left alone": { first: [...untilServed], next: [] },
};

/** Begins each life; one that this code is too old for is told and left out. */
export async function beginIssuesAndNotices(world: World): Promise<Pursued[]> {
  const begun: Pursued[] = [];
  for (const [life, { first }] of Object.entries(lives)) {
    const pursued = { life, id: "", complaint: { id: "", secret: "" }, secret: "", scan: "" };
    const fault = await take(world, pursued, first);
    if (fault) world.say(`left out: ${fault}`);
    else begun.push(pursued);
  }
  return begun;
}

/**
 * Continues the issues and notices that the other release's code began. Returns the number of events that this code wrote. Adds a fault for
 * each step that fails and each event that is missing.
 */
export async function pursue(world: World, begun: readonly Pursued[]): Promise<number> {
  let written = 0;
  for (const pursued of begun) {
    const before = await numbersOf(world, pursued);
    const fault = await take(world, pursued, lives[pursued.life]?.next ?? []);
    if (fault) world.faults.push(fault);
    const after = await numbersOf(world, pursued);
    if (before.some((number, n) => after[n] !== number)) world.faults.push(`"${pursued.life}" lost an event`);
    written += after.length - before.length;
  }
  return written;
}

/** Reads each as inspectors do, after time has passed. */
export async function readIssuesAndNotices(world: World, begun: readonly Pursued[]): Promise<void> {
  for (const pursued of begun) await numbersOf(world, pursued);
}

async function take(world: World, pursued: Pursued, steps: Life["first"]): Promise<string | undefined> {
  for (const step of steps)
    try {
      await (acts[step] as Act)(world, pursued);
    } catch (error) {
      return `"${pursued.life}", ${step}: ${error instanceof Error ? error.message : error}`;
    }
  return undefined;
}

const kindOf = ({ life }: Pursued) => (life.startsWith("an issue") ? "issues" : "notices");

/** The numbers and types of its events, as an inspector reads them who has no part in it. */
async function numbersOf(world: World, pursued: Pursued): Promise<string[]> {
  const path = `/v1/inspector/${kindOf(pursued)}/${pursued.id}`;
  const { status, text, body } = await world.ask({ as: "inspector-4", path });
  const view = View.safeParse(body);
  if (!view.success) world.faults.push(`"${pursued.life}" is not read: ${status} ${text}`);
  return view.data?.history.map(({ number, type }) => `${number} ${type}`) ?? [];
}

async function lastNumber(world: World, pursued: Pursued): Promise<number> {
  return Number.parseInt((await numbersOf(world, pursued)).at(-1) ?? "", 10);
}

/** Sends a request again until the file that it names was cleaned. */
async function whenSettled(world: World, call: Call): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    const { status } = await world.ask({ method: "POST", ...call });
    if (status < 300) return;
    await sleep(250);
    await letPass(world.endpoints, "PT1S");
  }
  await done(world, call);
}
