import { expect } from "vitest";
import { dayMs } from "#shared/time/duration.ts";
import type { Answered } from "./api-caller.ts";
import { noticesIn, theEmployee } from "./notice-story.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

type Filled = { filedAt: string; attachmentId: string; number: number };

const reasons = "گزارش بازدید و فیلم سالن آن را نشان می‌دهد.";

/** A body that each route of a notice takes, by the last word of its path; the decision of the reviewer has words of its own. */
const bodies: Record<string, (filled: Filled) => unknown> = {
  letter: () => ({}),
  leave: ({ filedAt }) => ({ onLeaveUntil: new Date(Date.parse(filedAt) + 10 * dayMs).toISOString() }),
  service: ({ attachmentId }) => ({
    way: "receipt",
    name: theEmployee.name,
    employment: { personnelId: "40218" },
    scan: attachmentId,
  }),
  confirmation: ({ number }) => ({ number }),
  "{number}": () => ({ text: "یکی از روزهای هفتهٔ گذشته، پیش از ظهر." }),
  answer: () => ({ text: "آن روز باجه شلوغ بود و کسی را نراندم." }),
  extension: () => ({}),
  questions: () => ({ text: "کدام روز بود؟" }),
  contest: () => ({ text: "فیلم صدا ندارد." }),
  decision: () => ({ outcome: "stands", reasons }),
};

/** Whether a route is of one notice, and does not begin at a complaint. */
export const isRouteOfNotice = (path: string) => path.includes("/notices/{noticeId}") && !path.includes("/complaints/");

export function bodyOfNoticeRoute(path: string, filled: Filled): unknown {
  if (path.includes("/reviewer/") && path.endsWith("/decision")) return { outcome: "upheld", reasons };
  return bodies[path.split("/").at(-1) ?? ""]?.(filled);
}

type Prepared = { noticeId: string; secret?: string; attachmentId?: string; number?: number };

/**
 * A fresh notice in a state in which the route has something to do, without letting time pass. Inspector 1 is to act; what
 * another must have done was done by another. `secret`: the employee's own, where the employee acts.
 */
export async function prepareNotice(cloud: TheLocalCloud, routeKey: string): Promise<Prepared> {
  const last = routeKey.split("/").at(-1) ?? "";
  const isOfInspector = isOf(routeKey, "inspector");
  if (isOfInspector && !["{number}", "answer", "decision"].includes(last)) return prepareService(cloud, last);
  const notices = noticesIn(cloud);
  const { id: noticeId, secret } = await notices.heard(undefined, { openedBy: 3 });
  const asEmployee = async (what: "questions" | "answer" | "contest") =>
    acted(await notices.asEmployee(noticeId, secret, `/${what}`, bodyOfNoticeRoute(what, empty) as object));
  if (last === "{number}") await asEmployee("questions");
  if (isOfInspector && last === "answer") return { noticeId, attachmentId: await notices.fileSent(noticeId) };
  if (isOfInspector && last === "decision") await asEmployee("answer");
  const isOfReviewer = isOf(routeKey, "reviewer");
  const file = isOfReviewer && last === "{attachmentId}" && { attachmentId: await notices.fileSent(noticeId) };
  if (isOfReviewer || last === "contest") {
    await asEmployee("answer");
    acted(await notices.inspect(1, `${noticeId}/decision`, bodies.decision?.(empty) as object));
  }
  if (isOfReviewer) await asEmployee("contest");
  return { noticeId, ...file, ...(isOf(routeKey, "notices") && { secret }) };
}

const isOf = (routeKey: string, caller: string) => routeKey.includes(` /v1/${caller}`);

/** A notice to which the citizen has agreed, as far as the service has come before the route's step. */
async function prepareService(cloud: TheLocalCloud, step: string): Promise<Prepared> {
  const notices = noticesIn(cloud);
  const noticeId = await notices.agreed(await notices.decided(), { openedBy: 3 });
  if (step === "{attachmentId}") return { noticeId, attachmentId: await notices.fileSent(noticeId) };
  if (step !== "service" && step !== "confirmation") return { noticeId };
  await notices.printed(noticeId, 2);
  const attachmentId = await notices.fileSent(noticeId);
  if (step === "service") return { noticeId, attachmentId };
  acted(await notices.inspect(2, `${noticeId}/service`, bodies.service?.({ ...empty, attachmentId }) as object));
  return { noticeId, number: await notices.lastNumber(noticeId) };
}

const empty: Filled = { filedAt: "", attachmentId: "", number: 0 };

function acted({ status, text }: Answered): void {
  expect(status, text).toBe(201);
}
