import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { closedCounter } from "#infra/programs/demo/acts/photo.ts";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";
import type { Call } from "../../support/api-caller.ts";
import { clientOf, type RequestKind, type Role } from "../../support/model/acts.ts";
import { requestFor } from "../../support/model/requests.ts";
import { sendForm } from "../../support/sample-files.ts";
import { type Ask, letPass, timeIn } from "./visitor.ts";

/** What one caller does to a complaint; `photo`: the citizen sends one, and waits until the agency can fetch it. */
export type Step = `${Role} ${RequestKind}` | "photo";

export type Life = {
  /** What is done by the code that files it. */
  first: Step[];
  /** What is done by the code that finds it; one that nobody touches climbs, or expires. */
  next: Step[];
  /** Whether it is filed ten days before the others, and so is late when they are filed. */
  late?: true;
  /** Filed as a report of retaliation for the complaint of this life. */
  retaliationFor?: string;
};

/** A complaint for each way to stand while the code is exchanged. */
export const lives: Record<string, Life> = {
  "filed, left alone": { first: [], next: [] },
  "filed, then answered": {
    first: [],
    next: ["agency acknowledge", "agency extend", "agency answer", "citizen accept"],
  },
  "filed, then withdrawn": { first: [], next: ["citizen withdraw"] },
  acknowledged: { first: ["agency acknowledge"], next: ["agency message", "agency answer", "citizen dispute"] },
  "extended, with messages": {
    first: ["agency acknowledge", "agency extend", "agency message", "citizen message"],
    next: ["inspector message", "agency answer", "citizen accept"],
  },
  "answered, left alone": { first: ["agency answer"], next: [] },
  answered: { first: ["agency acknowledge", "agency answer"], next: ["citizen dispute", "inspector decide"] },
  disputed: {
    first: ["agency answer", "citizen dispute"],
    next: ["inspector visit", "inspector report", "inspector decide"],
  },
  "a visit ordered": {
    first: ["agency answer", "citizen dispute", "inspector visit"],
    next: ["inspector report", "inspector reject"],
  },
  transferred: { first: ["agency transfer"], next: ["agency acknowledge", "inspector transfer", "agency answer"] },
  "with a photo": { first: ["photo"], next: ["photo", "agency answer", "citizen accept"] },
  "identity shared": { first: ["citizen consent"], next: ["inspector identity", "citizen take-back", "agency answer"] },
  "identity read": { first: ["inspector identity"], next: ["citizen consent", "citizen erase", "citizen withdraw"] },
  accepted: { first: ["agency answer", "citizen accept"], next: ["agency statement"] },
  withdrawn: { first: ["citizen withdraw"], next: ["agency statement"] },
  rejected: { first: ["agency answer", "citizen dispute", "inspector reject"], next: [] },
  retaliation: { first: [], next: ["inspector visit", "inspector decide"], retaliationFor: "accepted" },
  "late, left alone": { first: [], next: [], late: true },
  "late, then answered": { first: ["agency acknowledge"], next: ["agency answer", "citizen dispute"], late: true },
  "late in review": { first: ["agency answer", "citizen dispute"], next: ["inspector decide"], late: true },
};

const home = "social-security";
const away = "education";

/** A complaint of one life, as those who follow it know it. */
export type Followed = {
  life: string;
  receipt: { id: string; secret: string };
  agencyId: string;
  visitIds: string[];
  retaliation: boolean;
};

export type World = { endpoints: Endpoints; ask: Ask; faults: string[]; say: (line: string) => void };

const Receipt = z.object({ id: z.string(), secret: z.string() });
const Ordered = z.object({ visitId: z.string() });
const Upload = z.object({ attachmentId: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) });

/** `about`: the complaint for which somebody was made to pay. */
type Filing = { life: string; about: Followed | undefined };

export async function fileOne({ ask }: World, { life, about }: Filing): Promise<Followed> {
  const said = { description: `شکایت: ${life}`, citizen: { name: "زهرا کریمی", email: "reader@mail.example" } };
  const where = { agencyId: home, countyId: "qazvin", category: "postponed-without-reason", channel: "phone" };
  const body = { ...said, ...where, ...(about && { retaliationFor: about.receipt }) };
  const headers = { "idempotency-key": `upgrade-${crypto.randomUUID()}` };
  const filed = await ask({ as: "call-centre-128", method: "POST", path: "/v1/complaints", body, headers });
  if (filed.status !== 201) throw new Error(`"${life}" was not filed: ${filed.status} ${filed.text}`);
  const receipt = Receipt.parse(filed.body);
  return { life, receipt, agencyId: home, visitIds: [], retaliation: about !== undefined };
}

/** Takes one step; what is not taken as it should be is noted as a fault. */
export async function take(world: World, followed: Followed, step: Step): Promise<void> {
  if (step === "photo") return addPhoto(world, followed);
  const [role, kind] = step.split(" ") as [Role, RequestKind];
  // A visit can be reported only once its time has come.
  if (kind === "report") await letPass(world.endpoints, "PT2H");
  const toAgencyId = followed.agencyId === home ? away : home;
  const by = { citizen: "citizen", agency: clientOf(followed.agencyId), inspector: "inspector-1" }[role];
  const act = { kind, role, by, toAgencyId, accusedOfficer: false, visit: followed.visitIds.length - 1, wording: "" };
  const now = await timeIn(world.endpoints);
  const request = await asTaken(
    world,
    requestFor({ ...act, upholds: await upholdsAt(world, followed, kind) }, { ...followed, now }),
  );
  const { status, text, body } = await world.ask(request);
  if (status >= 300) world.faults.push(`"${followed.life}", ${step}: ${status} ${text}`);
  else if (kind === "transfer") followed.agencyId = toAgencyId;
  else if (kind === "visit") followed.visitIds.push(Ordered.parse(body).visitId);
}

/** What an inspector says of the agency's answer, where there is one to decide on. */
async function upholdsAt(
  { ask }: World,
  { receipt, retaliation }: Followed,
  kind: RequestKind,
): Promise<boolean | undefined> {
  if (kind !== "decide" || retaliation) return undefined;
  const { body } = await ask({ as: "inspector-1", path: `/v1/inspector/complaints/${receipt.id}` });
  return "answer" in Object(body) ? false : undefined;
}

/** The request as this code takes it: of before there were causes, it refuses what it does not know. */
async function asTaken({ ask }: World, request: Call): Promise<Call> {
  const { body: catalog } = await ask({ path: "/v1/catalog" });
  if ("causes" in Object(catalog)) return request;
  const { cause: _, upholdsAnswer: __, ...body } = Object(request.body);
  return request.body ? { ...request, body } : request;
}

async function addPhoto({ ask, faults }: World, { life, receipt: { id, secret }, agencyId }: Followed): Promise<void> {
  const [photo, path] = [closedCounter(), `/v1/complaints/${id}`];
  const announced = { fileName: "باجه.png", contentType: "image/png", size: photo.length };
  const { body } = await ask({ secret, method: "POST", path: `${path}/attachments`, body: announced });
  const upload = Upload.parse(body);
  await sendForm(upload, photo);
  for (let tries = 0; tries < 120; tries++) {
    const link = await ask({
      as: clientOf(agencyId),
      path: `/v1/agency/complaints/${id}/attachments/${upload.attachmentId}`,
    });
    if (link.status === 200 && (await fetch(String(Object(link.body).url))).ok) return;
    await sleep(250);
  }
  faults.push(`"${life}": a photo that was sent cannot be fetched`);
}
