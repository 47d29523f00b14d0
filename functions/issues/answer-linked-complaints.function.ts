import { executeMove } from "#shared/complaints/commands.store.ts";
import { maskTexts } from "#shared/complaints/event.ts";
import { answer } from "#shared/complaints/moves.ts";
import { fingerprint } from "#shared/digest.ts";
import { Fault } from "#shared/fault.ts";
import { refuseCause } from "#shared/province/directory.ts";
import { confirmation, directory } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { addMilliseconds, milliseconds } from "#shared/time/duration.ts";
import { processConcurrently, processPending, type Run, scheduled } from "../triggers/schedule.ts";
import { readLinkedComplaints } from "./issue-links.store.ts";
import {
  type AnswersOrder,
  finishAnswersOrder,
  listPendingAnswers,
  readAnswersOrder,
  readOrderedAnswer,
  saveAnswersOrder,
} from "./linked-answers.store.ts";

const pageSize = 25;
const retryDelayMs = 30_000;

/** Every minute: answers the complaints that are linked to issues, as their agencies ordered. */
export const handler = scheduled({ budgetMs: 6_000, run: answerLinkedComplaints });

export function answerLinkedComplaints(run: Run): Promise<string> {
  return processPending(run, {
    list: listPendingAnswers,
    message: logEvents.linkedNotAnswered,
    processOne: (name) => executeOrder(name, run),
  });
}

/**
 * Saves the position after each page. If a run dies, part of a page is processed twice. The key of the order makes sure that each
 * complaint gets one answer at most.
 */
async function executeOrder(name: Pick<AnswersOrder, "issueId" | "number">, { now, until }: Run): Promise<void> {
  let order = await readAnswersOrder(name);
  while (order?.dueAt && order.dueAt <= now) {
    const next = await answerNextPage(order, now);
    if (next === "finished") return;
    if (!(await saveAnswersOrder(next))) return;
    order = next;
    if (performance.now() > until) return;
  }
}

async function answerNextPage(order: AnswersOrder, now: string): Promise<AnswersOrder | "finished"> {
  const { issueId, progress } = order;
  const page = await readLinkedComplaints({ issueId, limit: pageSize, from: progress.from });
  const answerOne = await answererFor(order);
  let answered = 0;
  const failed = await processConcurrently(
    page.items.map(({ complaint: { id } }) => ({ id })),
    {
      message: logEvents.linkedNotAnswered,
      processOne: async ({ id }) => void ((await answerOne(id, now)) && answered++),
    },
  );
  const version = order.version + 1;
  // The whole page is tried again: complaints that have the answer already keep it.
  if (failed > 0) return { ...order, version, dueAt: addMilliseconds(now, retryDelayMs) };
  const counted = {
    answered: progress.answered + answered,
    skipped: progress.skipped + page.items.length - answered,
    from: page.next,
  };
  if (page.next) return { ...order, version, progress: counted };
  await finishAnswersOrder({ ...order, progress: counted }, now);
  log.info("linked complaints answered", { issueId, answered: counted.answered, skipped: counted.skipped });
  return "finished";
}

/** A function that gives one complaint the ordered answer. It returns false if the complaint takes none. */
async function answererFor(order: AnswersOrder): Promise<(id: string, now: string) => Promise<boolean>> {
  const { issueId, number, agencyId, clientId, person, personnelId } = order;
  const { officer, finding, cause, text, actions } = await readOrderedAnswer(order);
  const principal = { caller: "agency" as const, agencyId, clientId, person, personnelId };
  const maskedTexts = maskTexts({ text, actions }, () => false);
  const key = fingerprint("answers", issueId, String(number));
  const idempotencyKey = { keyMac: key, bodyMac: key };
  return async (id, now) => {
    try {
      await executeMove({ path: { id }, principal, now, idempotencyKey }, (complaint, context) => {
        if (complaint.issueId !== issueId) throw new Fault("not-found");
        const confirmBy = addMilliseconds(context.now, milliseconds(confirmation.duration));
        const causeFault = refuseCause(directory, { cause, now: context.now });
        return answer(complaint, {
          ...context,
          officer,
          finding,
          cause,
          text,
          actions,
          confirmBy,
          causeFault,
          maskedTexts,
        });
      });
      return true;
    } catch (error) {
      // Skipped: complaints that are answered or closed, held by another agency, or about this officer.
      if (error instanceof Fault && error.code !== "unavailable") return false;
      throw error;
    }
  };
}
