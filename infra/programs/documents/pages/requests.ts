import { issuer, publicUrl } from "#shared/province/slices.static.ts";
import type { Language } from "#shared/vocabulary.ts";
import { exampleIds, personSub } from "../examples/example-values.ts";
import type { Operation, Route } from "./parsed-documents.ts";

const bare = (address: string) => address.replace(/\/$/, "");

/** The addresses that every request begins with. */
export const addresses = { api: bare(publicUrl), issuer: bare(issuer) };

/** The message for a reader without a local cloud in this folder, or without a client. */
export const noEndpoints =
  "No .local/endpoints.json here: run npm start and paste this again in its folder, or set FOAD_CLIENT_CREDENTIALS=id:secret before as.";
export const asWhom = "as whom? One of: front-end agency inspector overseer admin, or ";

/**
 * One request of the page, before it is written for a shell, PowerShell or Node. A place such as `{{ID}}` stands for a variable.
 * `{{INSTANT}}` is the present instant, `{{MIDNIGHT}}` the beginning of this day.
 */
export type PastedRequest = {
  method: string;
  address: string;
  proofs: readonly Proof[];
  /** The request takes an idempotency key. */
  hasKey: boolean;
  /** The body of a form, or a body in JSON. */
  form?: string;
  json?: string;
  /** Variables that later requests use, each with the field of the answer that sets it. */
  sets: [variable: string, field: string][];
};
export type Proof = "token" | "secret";

/** Values of path parameters: variables that earlier requests set, or values of the examples. */
const pathValues: Record<string, string> = {
  id: "{{ID}}",
  attachmentId: "{{ATTACHMENT}}",
  visitId: "{{VISIT}}",
  noticeId: "{{NOTICE}}",
  issueId: "{{ISSUE}}",
  callId: "{{CALL}}",
  n: "1",
  number: "1",
  date: "{{DAY}}",
  sub: "inspector-1",
  subscriber: `agency:${exampleIds.agencyId}`,
};

/** Query strings of routes that require parameters. */
const queries: Record<string, string> = {
  "/v1/statistics": "?period=quarter&table=agency",
  "/v1/inspector/complaints": "?queue=disputed",
  "/v1/admin/performance": "?groupBy=agency",
  "/v1/agency/records": "?personnelId=40218",
  "/v1/mail/unsubscribe": "?token={{MAIL_TOKEN}}",
};

const answerVariables: Record<string, Record<string, string>> = {
  "POST /v1/complaints": { ID: "id", SECRET: "secret" },
  "POST /v1/complaints/{id}/attachments": { ATTACHMENT: "attachmentId" },
  "POST /v1/inspector/complaints/{id}/visits": { VISIT: "visitId" },
  "POST /v1/inspector/complaints/{id}/notices": { NOTICE: "id" },
  "POST /v1/inspector/notices/{noticeId}/attachments": { ATTACHMENT: "attachmentId" },
  "POST /v1/notices/{noticeId}/attachments": { ATTACHMENT: "attachmentId" },
  "POST /v1/inspector/issues": { ISSUE: "id" },
};

/** The example request of a route, with the texts of the language. */
export function pastedRequest({ method, path, operation }: Route, language: Language): PastedRequest {
  const proofs = operation.security.flatMap(Object.keys) as Proof[];
  const values: Record<string, string> = path.startsWith("/v1/admin/people") ? { sub: personSub } : pathValues;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  return {
    method,
    address: `${filled}${queries[path] ?? ""}`,
    proofs,
    hasKey: method === "POST" && proofs.length > 0,
    ...bodyOf(operation, language),
    sets: Object.entries(answerVariables[`${method} ${path}`] ?? {}),
  };
}

function bodyOf({ requestBody }: Operation, language: Language): Pick<PastedRequest, "form" | "json"> {
  const [contentType = "", content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const value = content?.examples?.[language]?.value;
  // Tests ask for an example of each body.
  if (!content || value === undefined) return {};
  if (!contentType.includes("json")) return { form: String(new URLSearchParams(Object(value))) };
  const json = JSON.stringify(value, null, 2)
    .replaceAll(exampleIds.attachmentId, "{{ATTACHMENT}}")
    .replaceAll(exampleIds.id, "{{ID}}");
  return { json: withPresentDates(json) };
}

/** Replaces dates of the example, which the API would refuse: a plan is for tomorrow, an arrival is now, a period is today. */
function withPresentDates(body: string): string {
  return body
    .replace(/("(?:plannedAt|dueOn|onLeaveUntil|by)": ")\d{4}-\d{2}-\d{2}/g, "$1{{DAY}}")
    .replace(/("(?:arrivedAt|until)": ")[^"]*/g, "$1{{INSTANT}}")
    .replace(/("since": ")[^"]*/g, "$1{{MIDNIGHT}}");
}

/** Fills each place of a text with what the language of the request writes for it. */
export function fillPlaces(text: string, write: (name: string) => string): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => write(name));
}
