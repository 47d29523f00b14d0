import { expect } from "vitest";
import type { Answered } from "./api-caller.ts";
import { noticesIn, theEmployee } from "./notice-story.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

type Filled = { filedAt: string; attachmentId: string; number: number };

const dayMs = 24 * 60 * 60_000;
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
  const notices = noticesIn(cloud);
  const last = routeKey.split("/").at(-1) ?? "";
  const isOf = (caller: string) => routeKey.includes(` /v1/${caller}`);
  if (isOf("inspector") && !["{number}", "answer", "decision"].includes(last)) {
    const noticeId = await notices.agreed(await notices.decided());
    if (last === "{attachmentId}") return { noticeId, attachmentId: await notices.fileSent(noticeId) };
    if (last !== "service" && last !== "confirmation") return { noticeId };
    await notices.printed(noticeId);
    const attachmentId = await notices.fileSent(noticeId);
    if (last === "service") return { noticeId, attachmentId };
    const service = { filedAt: "", attachmentId, number: 0 };
    acted(await notices.inspect(2, `${noticeId}/service`, bodies.service?.(service) as object));
    return { noticeId, number: await notices.lastNumber(noticeId) };
  }
  const { id: noticeId, secret } = await notices.heard(undefined, { openedBy: 3 });
  const asEmployee = async (what: "questions" | "answer" | "contest") =>
    acted(await notices.asEmployee(noticeId, secret, `/${what}`, bodyOfNoticeRoute(what, empty) as object));
  if (last === "{number}") await asEmployee("questions");
  const isOfReviewer = isOf("reviewer");
  const file = isOfReviewer && last === "{attachmentId}" && { attachmentId: await notices.fileSent(noticeId) };
  if (isOfReviewer || last === "contest" || (isOf("inspector") && last === "decision")) await asEmployee("answer");
  if (isOfReviewer || last === "contest")
    acted(await notices.inspect(1, `${noticeId}/decision`, bodies.decision?.(empty) as object));
  if (isOfReviewer) await asEmployee("contest");
  return { noticeId, ...file, ...(isOf("notices") && { secret }) };
}

const empty: Filled = { filedAt: "", attachmentId: "", number: 0 };

function acted({ status, text }: Answered): void {
  expect(status, text).toBe(201);
}
