import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { expire } from "../../shared/domain/lifecycle.ts";
import { executionFor } from "../../shared/domain/watch.ts";
import { startEscalation } from "../../shared/messaging/escalations.ts";
import { log } from "../../shared/runtime/log.ts";
import { moveByClock } from "../../shared/store/clock-moves.ts";
import { type DueComplaint, listDue, nextDueAt } from "../../shared/store/due.ts";
import { inTurns } from "./in-turns.ts";

/** A function has ten seconds; what a sweep does not reach is still due for the next one. */
const budgetMs = 7_000;

/**
 * Every minute: what is late gets an execution, an answer nobody spoke to is closed. Finds by the index alone, so an
 * outage heals itself. Tells when the next complaint is due, in case nobody needs to look before.
 */
export const handler = middy(async () => {
  const now = new Date().toISOString();
  const until = performance.now() + budgetMs;
  for await (const due of listDue(now)) {
    const failed = await inTurns(due, {
      message: "due complaint not attended",
      attendTo: (complaint) => attend(complaint, now),
    });
    if (due.length > 0) log.info("due complaints attended", { found: due.length, failed });
    if (performance.now() > until) break;
  }
  return { nextDueAt: (await nextDueAt(now)) ?? dayAfter(now) };
}).use(injectLambdaContext(log));

function dayAfter(now: string): string {
  return new Date(Date.parse(now) + 24 * 60 * 60_000).toISOString();
}

async function attend({ dueAt, ...complaint }: DueComplaint, now: string): Promise<void> {
  const { id, status } = complaint;
  if (status === "answered") {
    await moveByClock({ id, decide: (current) => expire(current, { now }) });
    return;
  }
  const name = executionFor({ ...complaint, dueAt }, now);
  if (name) await startEscalation({ name, escalation: { id, due: dueAt } });
}
