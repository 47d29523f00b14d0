// All that the page asks for, by the client that is generated from the API's document.
import createClient from "openapi-fetch";
import type { components, paths } from "./paths.d.ts";

/** Where the API is; the server writes it in. */
declare const API: string;

type Schemas = components["schemas"];
export type Catalog = Schemas["Catalog"];
export type View = Schemas["CitizenView"];
export type Entry = Schemas["HistoryEntry"];
export type Clock = Schemas["ExplainedClock"];
export type Complaint = Schemas["PostComplaintsRequest"];
export type Opinion = Schemas["PostComplaintOpinionRequest"];
/** Id and secret: everybody who has both can read the case and act in it. */
export type Receipt = { id: string; secret: string };

const headers = { "accept-language": "fa" };
/** Filing alone goes through our own server, which adds its token; all else goes to the API itself. */
const desk = createClient<paths>({ baseUrl: location.origin, headers });
const api = createClient<paths>({ baseUrl: API, headers });

/** What a refusal says in sentences, and of each field; with neither, no answer came. */
export type Refusal = Error & { status: number | undefined; fields: { path: string; message: string }[] };

export function refusal({ detail, errors = [], status }: Partial<Schemas["Problem"]>): Refusal {
  // `detail` is written for people; what the page itself finds wrong has none.
  const own = errors.length > 0 ? "در فرم چیزی درست نیست؛ زیر همان مورد نوشته شده است." : noAnswer;
  const whole = status === 404 ? "چنین شکایتی نیست، یا رمز آن درست نیست." : (detail ?? own);
  return Object.assign(new Error(whole), { status, fields: errors });
}

/** Whether there is no such case, or its secret is another. */
export const isUnknown = (error: unknown): error is Refusal =>
  error instanceof Error && "status" in error && error.status === 404;

const noAnswer = "پاسخی نرسید. اتصال خود را ببینید و دوباره بزنید؛ چیزی دو بار ثبت نمی‌شود.";

async function told<D>(
  asked: Promise<{ data?: D; error?: Partial<Schemas["Problem"]> | Schemas["GatewayError"] | undefined }>,
): Promise<D> {
  const { data, error } = await asked.catch(() => ({ data: undefined, error: undefined }));
  if (data !== undefined) return data;
  throw refusal(typeof error === "object" && "detail" in error ? error : {});
}

export const catalog = () => told(api.GET("/v1/catalog"));

export function file(body: Complaint, key: string) {
  return told(desk.POST("/v1/complaints", { params: { header: { "Idempotency-Key": key } }, body }));
}

export type Case = ReturnType<typeof caseOf>;

/** A header takes ASCII alone: people type Persian digits, and paste marks that nobody sees. */
const inAscii = (text: string) =>
  text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) % 16)).replace(/[^ -~]/g, "");

/** What the citizen of this case may do. With the key, what is sent twice happens once. */
export function caseOf({ id, secret }: Receipt) {
  const proof = { params: { path: { id } }, headers: { "foad-secret": inAscii(secret) } };
  const once = (key: string) => ({ ...proof, params: { path: { id }, header: { "Idempotency-Key": key } } });
  return {
    read: () => told(api.GET("/v1/complaints/{id}", proof)),
    deadlines: () => told(api.GET("/v1/complaints/{id}/deadlines", proof)),
    write: (text: string, key: string) =>
      told(api.POST("/v1/complaints/{id}/messages", { ...once(key), body: { text } })),
    accept: (key: string) => told(api.POST("/v1/complaints/{id}/acceptance", { ...once(key), body: {} })),
    dispute: (reason: string, key: string) =>
      told(api.POST("/v1/complaints/{id}/dispute", { ...once(key), body: { reason } })),
    withdraw: (reason: string, key: string) =>
      told(api.POST("/v1/complaints/{id}/withdrawal", { ...once(key), body: reason ? { reason } : {} })),
    answerNotice: (noticeId: string, agrees: boolean, key: string) =>
      told(
        api.POST("/v1/complaints/{id}/notices/{noticeId}/consent", {
          ...proof,
          params: { path: { id, noticeId }, header: { "Idempotency-Key": key } },
          body: { agrees },
        }),
      ),
    judge: (body: Opinion, key: string) => told(api.POST("/v1/complaints/{id}/opinion", { ...once(key), body })),
    picture: (attachmentId: string) =>
      told(
        api.GET("/v1/complaints/{id}/attachments/{attachmentId}", { ...proof, params: { path: { id, attachmentId } } }),
      ),
    announce: (body: Schemas["PostComplaintAttachmentsRequest"], key: string) =>
      told(api.POST("/v1/complaints/{id}/attachments", { ...once(key), body })),
  };
}
