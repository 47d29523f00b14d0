import { expect } from "vitest";
import * as z from "zod";
import { issueCallWeeks } from "#shared/policy-numbers.ts";
import type { Answered, Call } from "./api-caller.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

const reason = "قطعهٔ سفارش‌داده‌شده در گمرک مانده است.";
const dayMs = 24 * 60 * 60_000;

/** An issue that the complaints of `filingBody` can be linked to. */
export const issueBody = {
  agencyId: "social-security",
  category: "postponed-without-reason",
  countyIds: ["qazvin"],
  title: "کارها به فردا می‌افتد",
  summary: "پرونده‌ها بی دلیل قانونی به روزهای بعد می‌افتد و نوبت تازه‌ای داده نمی‌شود.",
  outage: false,
};

type Filled = { id: string; filedAt: string };

/** A body that each route of issues takes, by the last word of its path. */
const bodies: Record<string, (filled: Filled) => unknown> = {
  issues: () => issueBody,
  links: ({ id }) => ({ complaintIds: [id] }),
  verification: ({ filedAt }) => ({ arrivedAt: filedAt, text: "در بازدید، کارها همان روز انجام می‌شد." }),
  withdrawal: () => ({ reason }),
  return: () => ({ reason }),
  recurrence: () => ({ reason }),
  promise: ({ filedAt }) => ({ reason, by: new Date(Date.parse(filedAt) + 60 * dayMs).toISOString() }),
  reading: () => ({ number: 2 }),
  plan: ({ filedAt }) => ({
    what: "برای هر روز کارشناس جانشین تعیین می‌شود و فهرست آن در تابلو است.",
    responsible: "ادارهٔ امور اداری",
    by: new Date(Date.parse(filedAt) + 30 * dayMs).toISOString(),
  }),
  done: () => ({ text: "از آغاز ماه کار هیچ پرونده‌ای به روز بعد نیفتاده است." }),
  answer: () => ({
    officer: { name: "مریم رستمی" },
    finding: "founded",
    cause: "none",
    text: "از این پس برای هر روز جانشین داریم.",
  }),
};

export const isRouteOfIssues = (path: string) => path.includes("/issues");
export const bodyOfIssueRoute = (path: string, filled: Filled) => bodies[path.split("/").at(-1) ?? ""]?.(filled);

/** What must have happened to an issue before a route has something to do. */
const before: Record<string, readonly ("plan" | "done")[]> = {
  promise: ["plan"],
  return: ["plan"],
  reading: ["plan"],
  done: ["plan"],
  answer: ["plan"],
  verification: ["plan", "done"],
  recurrence: ["plan", "done"],
};

/** A fresh issue of social security's, in a state in which the route has something to do. */
export async function prepareIssue(
  cloud: TheLocalCloud,
  { routeKey = "", id, ...changes }: { routeKey?: string; id: string; outage?: boolean },
): Promise<{ issueId: string }> {
  const filled = { id, filedAt: new Date(cloud.clock.now()).toISOString() };
  const post = async (call: Pick<Call, "as" | "path">, body: unknown) =>
    made(await cloud.call({ ...call, method: "POST", body }));
  const { body } = await post({ as: "inspector-1", path: "/v1/inspector/issues" }, { ...issueBody, ...changes });
  const { id: issueId } = z.object({ id: z.string() }).parse(body);
  const last = routeKey.split("/").at(-1) ?? "";
  for (const step of before[last] ?? []) {
    // Promised so soon that every later day is later.
    const soon = { by: new Date(cloud.clock.now() + 60 * 60_000).toISOString() };
    const said = { ...(bodies[step]?.(filled) as object), ...(step === "plan" && last === "promise" && soon) };
    await post({ as: "agency-social-security", path: `/v1/agency/issues/${issueId}/${step}` }, said);
  }
  if (last === "links" && !routeKey.startsWith("POST"))
    await post({ as: "inspector-1", path: `/v1/inspector/issues/${issueId}/links` }, { complaintIds: [id] });
  return { issueId };
}

/** The first hour in which linked citizens are called about an issue that is mended now. */
const callsBeginAfter = (issueCallWeeks.from * 7 * 24 + 2) * 60 * 60_000;

/** An issue that answers the complaints linked to it, and that is mended so long ago that enough citizens would be asked about it. */
export async function mendLinkedIssue(cloud: TheLocalCloud, [id, ...others]: [string, ...string[]]): Promise<void> {
  const { issueId } = await prepareIssue(cloud, { routeKey: "/links", id });
  if (others.length > 0) {
    const path = `/v1/inspector/issues/${issueId}/links`;
    made(await cloud.call({ as: "inspector-1", method: "POST", path, body: { complaintIds: others } }));
  }
  for (const step of ["plan", "answer", "done"]) {
    const body = bodies[step]?.({ id, filedAt: new Date(cloud.clock.now()).toISOString() });
    const path = `/v1/agency/issues/${issueId}/${step}`;
    made(await cloud.call({ as: "agency-social-security", method: "POST", path, body }));
  }
  await cloud.clock.advance(callsBeginAfter);
}

function made(answered: Answered): Answered {
  expect(answered.status, answered.text).toBeLessThan(300);
  return answered;
}
