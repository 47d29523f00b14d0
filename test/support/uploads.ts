import { expect } from "vitest";
import * as z from "zod";
import type { Receipt } from "./api-caller.ts";
import { sendForm, someFiles } from "./sample-files.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

export const Upload = z.object({
  attachmentId: z.string(),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  expiresAt: z.string(),
});
export type Upload = z.infer<typeof Upload>;
export const Download = z.object({
  url: z.string(),
  expiresAt: z.string(),
  fileName: z.string().optional(),
  contentType: z.string(),
  size: z.number(),
});
const Entry = z.looseObject({ type: z.string() });
const View = z.object({ history: z.array(Entry), uploads: z.array(z.unknown()) });

export type File = Uint8Array<ArrayBuffer>;
export const pdf: File = new Uint8Array(someFiles["application/pdf"]);
const announcement = { fileName: "نوبت.pdf", contentType: "application/pdf", size: pdf.length };

/** Everything that people do with attachments, through the API and the forms and links it gives. */
export function attachmentsIn(cloud: TheLocalCloud) {
  function announce({ id, secret }: Receipt, fields: Record<string, unknown> = {}, key?: string) {
    const headers: Record<string, string> = key ? { "idempotency-key": key } : {};
    const body = { ...announcement, ...fields };
    return cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/attachments`, body, headers });
  }

  async function announced(receipt: Receipt, fields: Record<string, unknown> = {}): Promise<Upload> {
    const answer = await announce(receipt, fields);
    expect(answer.status, answer.text).toBe(201);
    return Upload.parse(answer.body);
  }

  /** Announces and sends a file, and waits until it has been looked at. */
  async function sent(receipt: Receipt, file: File, fields: Record<string, unknown> = {}): Promise<Upload> {
    const upload = await announced(receipt, { size: file.length, ...fields });
    expect(await sendForm(upload, file)).toMatchObject({ status: 204 });
    await cloud.quiet();
    return upload;
  }

  async function viewOf({ id, secret }: Receipt) {
    return View.parse((await cloud.call({ secret, path: `/v1/complaints/${id}` })).body);
  }

  const uploadsOf = async (receipt: Receipt) => (await viewOf(receipt)).uploads;

  async function addedTo(receipt: Receipt) {
    return (await viewOf(receipt)).history.filter(({ type }) => type === "attachment-added");
  }

  const fetchAs = {
    citizen: ({ id, secret }: Receipt, attachmentId: string) =>
      cloud.call({ secret, path: `/v1/complaints/${id}/attachments/${attachmentId}` }),
    agency: ({ id }: Receipt, attachmentId: string) =>
      cloud.call({ as: "agency-social-security", path: `/v1/agency/complaints/${id}/attachments/${attachmentId}` }),
    inspector: ({ id }: Receipt, attachmentId: string) =>
      cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${id}/attachments/${attachmentId}` }),
  };
  type Reader = keyof typeof fetchAs;
  async function download(reader: Reader, receipt: Receipt, attachmentId: string) {
    const answer = await fetchAs[reader](receipt, attachmentId);
    expect(answer.status, answer.text).toBe(200);
    return fetch(Download.parse(answer.body).url);
  }
  return { announce, announced, sent, uploadsOf, addedTo, fetchAs, download };
}

export const readers = ["citizen", "agency", "inspector"] as const;
