import type { Call, Receipt } from "../api-caller.ts";
import { impostor, type ModelRequest, type RequestKind } from "./acts.ts";

export const employee = { name: "ناصر بهرامی", personnelId: "48213" };
const officer = { name: "مریم کریمی" };

type Target = { receipt: Pick<Receipt, "id" | "secret">; visitIds: string[]; now: number };

const paths: Record<RequestKind, string> = {
  read: "",
  acknowledge: "/acknowledgement",
  transfer: "/transfer",
  extend: "/extension",
  answer: "/answer",
  accept: "/acceptance",
  dispute: "/dispute",
  withdraw: "/withdrawal",
  opinion: "/opinion",
  decide: "/decision",
  reject: "/rejection",
  visit: "/visits",
  report: "/visits",
  message: "/messages",
  statement: "/statement",
  identity: "/identity",
  consent: "/consent",
  "take-back": "/consent",
  erase: "/identity",
};

const bodies: Record<RequestKind, (act: ModelRequest, target: Target) => object | undefined> = {
  read: () => undefined,
  identity: () => undefined,
  erase: () => undefined,
  consent: () => ({ shareWithAgency: true }),
  "take-back": () => ({ shareWithAgency: false }),
  acknowledge: (act) => ({ officer: { ...officerOf(act), name: `${officerOf(act).name}${act.wording}` } }),
  transfer: ({ toAgencyId, wording }) => ({ toAgencyId, reason: `در صلاحیت ما نیست${wording}` }),
  extend: ({ wording }) => ({ reason: `پرونده در بایگانی است${wording}` }),
  answer: (act) => ({ officer: officerOf(act), finding: "founded", cause: "conduct", text: `درست شد${act.wording}` }),
  accept: () => ({}),
  opinion: ({ wording }) => ({ solved: "partly", handling: 4, comment: `سپاسگزارم${wording}` }),
  dispute: ({ wording }) => ({ reason: `چیزی درست نشد${wording}` }),
  withdraw: ({ wording }) => ({ reason: `منصرف شدم${wording}` }),
  // An answer is upheld by a decision with its own finding.
  decide: ({ wording, upholds }) => ({
    ...(upholds ? { finding: "founded", cause: "conduct" } : { finding: "unfounded", cause: "none" }),
    text: `بررسی شد${wording}`,
    ...(upholds !== undefined && { upholdsAnswer: upholds }),
  }),
  reject: ({ wording }) => ({ reason: "not-a-complaint", text: `شکایت اداری نیست${wording}` }),
  // So far ahead that the time planned has not passed where it is repeated.
  visit: ({ wording }, { now }) => ({ plannedAt: nextHour(now, wording.length + 24 * 365) }),
  report: ({ wording }, { now }) => ({
    arrivedAt: new Date(now - 60_000).toISOString().replace(/:\d\d\.\d{3}/, ":00.000"),
    visitResult: "confirmed",
    text: `کسی پشت باجه نبود${wording}`,
  }),
  message: (act) =>
    act.role === "agency"
      ? { officer: officerOf(act), text: `مدارک را بفرستید${act.wording}` }
      : { text: `خبری نشد${act.wording}` },
  statement: ({ wording }) => ({ employee, text: `من آن روز مرخصی بودم${wording}` }),
};

const officerOf = ({ accusedOfficer }: ModelRequest) => (accusedOfficer ? employee : officer);
const nextHour = (now: number, hours: number) =>
  new Date((Math.floor(now / 3_600_000) + hours) * 3_600_000).toISOString();

const notFound = "00000000-0000-4000-8000-000000000000";

/** The act as a request to the API, about one complaint. */
export function requestFor(request: ModelRequest, target: Target): Call {
  const { kind, role, by, key, ifMatch } = request;
  const { id, secret } = target.receipt;
  const body = bodies[kind](request, target);
  const under = role === "citizen" ? "" : `/${role}`;
  const visit = kind === "report" ? `/${target.visitIds[request.visit] ?? notFound}/report` : "";
  return {
    path: `/v1${under}/complaints/${id}${paths[kind]}${visit}`,
    ...(role === "citizen" ? { secret: by === impostor ? otherThan(secret) : secret } : { as: by }),
    ...(body && { method: "POST", body }),
    ...(kind === "erase" && { method: "DELETE" }),
    headers: {
      ...(body && key !== undefined && { "idempotency-key": key }),
      ...(ifMatch !== undefined && { "if-match": `"${ifMatch}"` }),
    },
  };
}

const otherThan = (secret: string) => (secret.startsWith("0") ? `1${secret.slice(1)}` : `0${secret.slice(1)}`);
