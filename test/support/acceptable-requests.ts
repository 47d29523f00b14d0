import { expect } from "vitest";
import * as z from "zod";
import { fewestAskedAboutIssue } from "#shared/policy-numbers.ts";
import { filingBody } from "./a-complaint.ts";
import type { Answered, Call, Receipt } from "./api-caller.ts";
import { callCentreOf, callDigits, callIdIn } from "./call-centre.ts";
import { bodyOfIssueRoute, isRouteOfIssues, mendLinkedIssue, prepareIssue } from "./issue-requests.ts";
import { bodyOfNoticeRoute, isRouteOfNotice, prepareNotice } from "./notice-requests.ts";
import { sendForm, someFiles } from "./sample-files.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

const officer = { name: "مریم رستمی" };
const decision = { finding: "founded", cause: "capacity", text: "رسیدگی شد." };
const pdf = new Uint8Array(someFiles["application/pdf"]);
/** Further ahead than any test goes, whenever it runs: what has passed can be neither planned nor set. */
const farFuture = new Date(Date.now() + 300 * 24 * 60 * 60_000).toISOString();

/** A body that each route takes, by the last word of its path, so that nothing but the caller can be what is refused. */
const bodies: Record<string, unknown> = {
  complaints: filingBody(),
  acknowledgement: { officer },
  answer: { officer, ...decision },
  transfer: { toAgencyId: "post", reason: "به این اداره مربوط نیست." },
  extension: { reason: "پرونده در بایگانی است." },
  statement: { employee: { name: "رضا کریمی" }, text: "در مأموریت بودم." },
  acceptance: {},
  opinion: { solved: "partly", handling: 3 },
  "issue-answer": { answer: "yes" },
  dispute: { reason: "کار انجام نشده است." },
  withdrawal: {},
  claim: {},
  directives: { text: "تا فردا پاسخ دهید." },
  consent: { shareWithAgency: true },
  attachments: { fileName: "نوبت.pdf", contentType: "application/pdf", size: pdf.length },
  decision,
  rejection: { reason: "out-of-scope", text: "به مرجع قضایی مربوط است." },
  visits: { plannedAt: farFuture },
  plan: { plannedAt: farFuture },
  objection: { text: "انجام نشده است." },
  judgement: { kept: false, text: "در بازدید دیده نشد." },
  cancellation: { reason: "دیروز دیده شد." },
  redrive: {},
  resume: {},
  secret: { secretVersion: 1 },
  "{callId}": { outcome: "no-contact" },
  notices: {
    employee: { agencyId: "social-security", name: "رضا کریمی" },
    evidence: [4],
    allegation: "کارمند ارباب‌رجوع را با صدای بلند از باجه راند.",
    grounds: "بند ۲ ماده ۸ قانون رسیدگی به تخلفات اداری",
  },
  "{date}": { closed: true, reason: "برف" },
};
/** Messages differ by who writes: only an officer is named. */
const messages = { agency: { officer, text: "پیگیری می‌شود." }, others: { text: "ممنون" } };

/** Whose complaint may have its secret renewed. */
const renewable = { name: "زهرا محمدی", nationalId: "0499370899" };

type FilledBody = { id: string; filedAt: string; attachmentId: string; number: number };

function acceptableBody(path: string, { id, filedAt, ...ofNotice }: FilledBody): unknown {
  if (isRouteOfNotice(path) && !path.endsWith("/attachments")) return bodyOfNoticeRoute(path, { filedAt, ...ofNotice });
  if (isRouteOfIssues(path)) return bodyOfIssueRoute(path, { id, filedAt });
  const last = path.split("/").at(-1) ?? "";
  if (last === "opening") return { digits: callDigits };
  if (path.startsWith("/v1/admin/holds")) return { reason: "دادگاه پرونده را خواسته است." };
  if (path.startsWith("/v1/admin/people")) return { name: "الهام نوری", roles: [{ role: "inspector" }] };
  if (path.endsWith("/notices/{noticeId}/consent")) return { agrees: true };
  if (path === "/v1/inspector/complaints/{id}/secret") return { nationalId: renewable.nationalId };
  if (path.endsWith("/actions/{n}/report")) return { officer, text: "انجام شد." };
  if (last === "report") return { arrivedAt: filedAt, visitResult: "confirmed", text: "کسی نبود." };
  if (last !== "messages") return bodies[last];
  return path.includes("/agency/") ? messages.agency : messages.others;
}

const refusals = "/v1/mail/unsubscribe";
/** As a mail program sends it. */
const form = {
  raw: "List-Unsubscribe=One-Click",
  headers: { "content-type": "application/x-www-form-urlencoded" },
};
const queries: Record<string, (token: string) => string> = {
  "/v1/statistics": () => "?period=quarter&table=agency",
  "/v1/admin/performance": () => "?groupBy=agency",
  "/v1/agency/records": () => "?personnelId=40218",
  [refusals]: (token) => `?token=${token}`,
};

/** What a route's path is filled with, and the token that it asks for. */
export type Filled = {
  id: string;
  filedAt?: string;
  attachmentId?: string;
  visitId?: string;
  noticeId?: string;
  /** Of the event of a notice that the request is about. */
  number?: number;
  issueId?: string;
  callId?: string;
  token?: string;
};

/** A request that a route takes from whoever may: no more than the complaint has to be filled in. */
export function acceptableRequest(
  routeKey: string,
  {
    id,
    filedAt = "2026-11-24T06:00:00Z",
    attachmentId = "0".repeat(32),
    visitId = "00000000-0000-4000-8000-000000000000",
    noticeId = "N-7K3M-9XPT-Q",
    number = 4,
    issueId = "IS-7K3M-9XPT-Q",
    callId = "A".repeat(22),
    token = "none",
  }: Filled,
): Call {
  const [method, path = ""] = routeKey.split(" ");
  const filled: Record<string, string> = {
    id,
    attachmentId,
    visitId,
    noticeId,
    n: "1",
    number: "1",
    issueId,
    callId,
    date: farFuture.slice(0, 10),
    sub: "inspector-9",
    subscriber: "agency:post",
  };
  const query = queries[path]?.(token) ?? "";
  return {
    method: z.enum(["GET", "POST", "PUT", "DELETE"]).parse(method),
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? "") + query,
    ...(path === refusals ? form : { body: acceptableBody(path, { id, filedAt, attachmentId, number }) }),
  };
}

const Upload = z.object({ attachmentId: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) });

/**
 * A fresh complaint of social security's, in a state in which the route has something to do. `isAskedAboutIssue`: so many other citizens
 * may be called about its issue that they are asked.
 */
export async function prepareComplaint(
  cloud: TheLocalCloud,
  routeKey: string,
  { isAskedAboutIssue = false } = {},
): Promise<Receipt & Omit<Filled, "id">> {
  const isCalled = routeKey.includes("/calls/");
  // Only of somebody there is something to consent to, and only somebody can be called.
  const citizen = { name: "زهرا محمدی", phone: "09122002580", mayBeCalled: isCalled, ...(isCalled && { callDigits }) };
  const isRenewed = routeKey === "POST /v1/inspector/complaints/{id}/secret";
  const own = await cloud.file(
    isRenewed ? { citizen: renewable } : isCalled || routeKey.endsWith("/consent") ? { citizen } : {},
  );
  const agency = (what: string) => `POST /v1/agency/complaints/{id}/${what}`;
  const act = (key: string, who: Pick<Call, "as" | "secret">) => cloud.call({ ...acceptableRequest(key, own), ...who });
  const byAgency = async (what: string) => acted(await act(agency(what), { as: "agency-social-security" }));
  const withVisit = async () => {
    const { body } = await act("POST /v1/inspector/complaints/{id}/visits", { as: "inspector-1" });
    return z.object({ visitId: z.string() }).parse(body);
  };
  /** An inspector has decided that somebody's conduct was the cause; unless the route does so itself, another opens a notice. */
  const withNotice = async () => {
    const judged = { ...decision, cause: "conduct" };
    const post = async (path: string, who: Pick<Call, "as" | "secret">, body: unknown) =>
      acted(await cloud.call({ ...who, method: "POST", path: path.replace("{id}", own.id), body }));
    await post("/v1/agency/complaints/{id}/answer", { as: "agency-social-security" }, { officer, ...judged });
    await post("/v1/complaints/{id}/dispute", { secret: own.secret }, bodies.dispute);
    const decided = { ...judged, upholdsAnswer: true };
    await post("/v1/inspector/complaints/{id}/decision", { as: "inspector-2" }, decided);
    const opening = "POST /v1/inspector/complaints/{id}/notices";
    if (routeKey === opening) return {};
    const { body } = await act(opening, { as: "inspector-1" });
    return { noticeId: z.object({ id: z.string() }).parse(body).id };
  };
  /** The agency has promised an action; for an objection it has reported it, and for a judgement the citizen has objected. */
  const withPromise = async () => {
    const step = async (what: string, who: Pick<Call, "as" | "secret">) => {
      const { status, text } = await act(what, who);
      expect(status, text).toBe(201);
    };
    const body = { officer, ...decision, actions: [{ text: "آموزش کارکنان" }] };
    const path = `/v1/agency/complaints/${own.id}/answer`;
    acted(await cloud.call({ as: "agency-social-security", method: "POST", path, body }));
    if (routeKey.endsWith("/report")) return {};
    await step(agency("actions/{n}/report"), { as: "agency-social-security" });
    if (routeKey.endsWith("/objection")) return {};
    await step("POST /v1/complaints/{id}/actions/{n}/objection", { secret: own.secret });
    return {};
  };
  const withdrawn = async () => acted(await act("POST /v1/complaints/{id}/withdrawal", { secret: own.secret }));
  const before: Record<string, () => Promise<Omit<Filled, "id">>> = {
    extension: () => byAgency("acknowledgement"),
    acceptance: () => byAgency("answer"),
    dispute: () => byAgency("answer"),
    opinion: () => byAgency("answer"),
    "{callId}": () => withdrawn(),
    opening: () => withdrawn(),
    async "issue-answer"() {
      const others: string[] = [];
      while (isAskedAboutIssue && others.length < fewestAskedAboutIssue - 1)
        others.push((await cloud.file({ citizen })).id);
      await mendLinkedIssue(cloud, [own.id, ...others]);
      return {};
    },
    report: () => withVisit(),
    plan: () => withVisit(),
    cancellation: () => withVisit(),
    async "{attachmentId}"() {
      const { body } = await act("POST /v1/complaints/{id}/attachments", { secret: own.secret });
      const { attachmentId, ...form } = Upload.parse(body);
      await sendForm(form, pdf);
      await cloud.quiet();
      return { attachmentId };
    },
  };
  if (isRouteOfIssues(routeKey)) {
    const issue = await prepareIssue(cloud, { routeKey, id: own.id });
    return { ...own, ...issue, filedAt: new Date(cloud.clock.now()).toISOString() };
  }
  if (isRouteOfNotice(routeKey)) {
    const notice = await prepareNotice(cloud, routeKey);
    return { ...own, ...notice, filedAt: new Date(cloud.clock.now()).toISOString() };
  }
  const isOfNotice = routeKey.includes("/notices");
  const prepare = routeKey.includes("/actions/") ? withPromise : before[routeKey.split("/").at(-1) ?? ""];
  const filled = await (isOfNotice ? withNotice() : prepare?.());
  if (isCalled) await listCallbacks(cloud, !routeKey.endsWith("/dispute"));
  // What somebody says whose digits nobody asked for is taken of an opened call alone.
  if (isCalled && !routeKey.endsWith("/opening")) expect((await callCentreOf(cloud).open(own)).status).toBe(200);
  return { ...own, callId: callIdIn(cloud, own.id), filedAt: new Date(cloud.clock.now()).toISOString(), ...filled };
}

/** Lists whom to call: who has withdrawn, or who is silent three days before the time is over. */
async function listCallbacks(cloud: TheLocalCloud, isOver: boolean): Promise<void> {
  const threeDaysBeforeTheEnd = 7 * 24 * 60 * 60_000 + 60_000;
  await cloud.clock.advance(isOver ? 60_000 : threeDaysBeforeTheEnd);
  acted(await cloud.call({ as: "call-centre-128", path: "/v1/front-end/calls?limit=100" }));
}

function acted({ status, text }: Answered): Omit<Filled, "id"> {
  expect(status, text).toBe(200);
  return {};
}
