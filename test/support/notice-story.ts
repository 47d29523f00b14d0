import { expect } from "vitest";
import * as z from "zod";
import { dayMs } from "#shared/time/duration.ts";
import type { Call, Receipt } from "./api-caller.ts";
import { sendForm, someFiles } from "./sample-files.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";
import { Upload } from "./uploads.ts";

export const noticeAgency = "education";
export const theCitizen = { name: "زهرا محمدی", phone: "09121234567", email: "zahra-notices@reader.example" };
export const theEmployee = { agencyId: noticeAgency, name: "رضا کریمی" };
export const noticeTexts = {
  allegation: "هنگام مراجعه، کارمند با صدای بلند ارباب‌رجوع را از باجه راند.",
  grounds: "بند ۲ ماده ۸ قانون رسیدگی به تخلفات اداری",
};
const scanFile = new Uint8Array(someFiles["application/pdf"]);
/** The number of the inspector who opens the notice, prints its letter and records the service; another than inspector 2. */
type OpenedBy = { openedBy?: number };
const Opened = z.object({ id: z.string() });
const Printed = z.object({ id: z.string(), secret: z.string() });
const Seen = z.looseObject({ status: z.string(), secret: z.string().optional() });

/** Everything that people do with a notice, over HTTP. Inspector 1 opens, inspector 2 decided the complaint, inspector 3 decides the notice. */
export function noticesIn(cloud: TheLocalCloud) {
  async function done(call: Omit<Call, "method"> & { method?: Call["method"] }) {
    const answered = await cloud.call({ method: "POST", ...call });
    expect(answered.status, `${call.path}: ${answered.text}`).toBeLessThan(300);
    return answered.body;
  }
  const inspect = (n: number, path: string, body: object = {}, headers: Record<string, string> = {}) =>
    cloud.call({ as: `inspector-${n}`, method: "POST", path: `/v1/inspector/notices/${path}`, body, headers });
  const asEmployee = (id: string, secret: string, path = "", body?: object) =>
    cloud.call({ secret, path: `/v1/notices/${id}${path}`, ...(body && { method: "POST", body }) });

  /** A complaint that inspector 2 decided as founded, with conduct as its cause. */
  async function decided(citizen: object = theCitizen): Promise<Receipt> {
    const filed = await cloud.file({ agencyId: noticeAgency, ...(Object.keys(citizen).length > 0 && { citizen }) });
    const judged = { finding: "founded", cause: "conduct", text: "رفتار کارمند درست نبود." };
    const answer = `/v1/agency/complaints/${filed.id}/answer`;
    await done({ as: `agency-${noticeAgency}`, path: answer, body: { officer: { name: "الهام نوری" }, ...judged } });
    await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}/dispute`, body: { reason: "عذرخواهی نشد." } });
    const decision = { ...judged, actions: [], upholdsAnswer: true };
    await done({ as: "inspector-2", path: `/v1/inspector/complaints/${filed.id}/decision`, body: decision });
    return filed;
  }

  /** An open notice: the citizen agreed. */
  async function agreed(complaint: Receipt, { openedBy = 1 }: OpenedBy = {}): Promise<string> {
    const body = { employee: theEmployee, evidence: [4], ...noticeTexts };
    const path = `/v1/inspector/complaints/${complaint.id}/notices`;
    const { id } = Opened.parse(await done({ as: `inspector-${openedBy}`, path, body }));
    const consent = `/v1/complaints/${complaint.id}/notices/${id}/consent`;
    await done({ secret: complaint.secret, path: consent, body: { agrees: true } });
    return id;
  }

  async function printed(id: string, by = 1): Promise<string> {
    const answer = await inspect(by, `${id}/letter`);
    expect(answer.status, answer.text).toBe(201);
    return Printed.parse(answer.body).secret;
  }

  /** The first opening with the letter's secret. Returns the employee's own. */
  async function firstOpened(id: string, letterSecret: string): Promise<string> {
    const answer = await asEmployee(id, letterSecret);
    expect(answer.status, answer.text).toBe(200);
    return Seen.parse(answer.body).secret ?? "";
  }

  /** A scan that an inspector sent, or with a secret a file of the employee's, cleaned and kept. */
  async function fileSent(id: string, { secret }: { secret?: string } = {}): Promise<string> {
    const body = { fileName: "ابلاغ.pdf", contentType: "application/pdf", size: scanFile.length };
    const path = secret ? `/v1/notices/${id}/attachments` : `/v1/inspector/notices/${id}/attachments`;
    const form = Upload.parse(await done({ ...(secret ? { secret } : { as: "inspector-1" }), path, body }));
    expect(await sendForm(form, scanFile)).toMatchObject({ status: 204 });
    await cloud.quiet();
    return form.attachmentId;
  }

  async function served(
    id: string,
    { way = "receipt", openedBy = 1 }: OpenedBy & { way?: "receipt" | "declined" } = {},
  ): Promise<void> {
    const scan = await fileSent(id);
    const record = { way, name: theEmployee.name, employment: { personnelId: "40218" }, scan };
    const recorded = await inspect(openedBy, `${id}/service`, record);
    expect(recorded.status, recorded.text).toBe(201);
    const number = await lastNumber(id);
    const confirmed = await inspect(2, `${id}/service/confirmation`, { number });
    expect(confirmed.status, confirmed.text).toBe(201);
  }

  const view = (id: string, by = 3) => cloud.call({ as: `inspector-${by}`, path: `/v1/inspector/notices/${id}` });
  async function lastNumber(id: string): Promise<number> {
    const { body } = await view(id);
    return (
      z
        .object({ history: z.array(z.object({ number: z.int() })) })
        .parse(body)
        .history.at(-1)?.number ?? 0
    );
  }

  /** A notice that was served on an employee who opened it. */
  async function heard(citizen?: object, opened?: OpenedBy) {
    const complaint = await decided(citizen);
    const id = await agreed(complaint, opened);
    const secret = await firstOpened(id, await printed(id, opened?.openedBy));
    await served(id, opened);
    return { complaint, id, secret };
  }

  /** An employee who said nothing, and an inspector who decided that the allegation stands. */
  async function standsForInspector(citizen?: object) {
    const notice = await heard(citizen);
    await cloud.clock.advance(10 * dayMs + 60_000);
    const decision = { outcome: "stands", reasons: "گزارش بازدید و فیلم سالن آن را نشان می‌دهد." };
    const answer = await inspect(3, `${notice.id}/decision`, decision);
    expect(answer.status, answer.text).toBe(201);
    return notice;
  }

  const records = (query = "personnelId=40218", agency = noticeAgency) =>
    cloud.call({ as: `personnel-${agency}`, path: `/v1/agency/records?${query}` });
  const asCitizen = ({ id, secret }: Receipt) => cloud.call({ secret, path: `/v1/complaints/${id}` });
  return {
    done,
    inspect,
    asEmployee,
    decided,
    agreed,
    printed,
    firstOpened,
    fileSent,
    served,
    view,
    lastNumber,
    heard,
    standsForInspector,
    records,
    asCitizen,
  };
}
