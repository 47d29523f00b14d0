import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { answersOrderKey, eventKey, issueKey, pendingAnswersKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { listPending } from "#shared/storage/due.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readItem } from "#shared/storage/table.ts";
import {
  type Condition,
  ifNew,
  putWrite,
  unchangedSince,
  type Writes,
  writeTransaction,
} from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { IssueEvent } from "./issue.ts";
import { executeIssueCommand } from "./issue-commands.store.ts";
import { finishAnswers } from "./issue-moves.ts";

/**
 * An agency's order to answer all complaints that are linked to an issue, and how far it was executed. `number`: the event of the issue
 * that has the text. Without `dueAt` it has been executed.
 */
export const AnswersOrder = z.object({
  issueId: z.string(),
  number: z.int(),
  agencyId: z.string(),
  clientId: z.string(),
  person: z.string().optional(),
  personnelId: z.string().optional(),
  version: z.int(),
  progress: z.object({
    answered: z.int(),
    skipped: z.int(),
    /** Where the next page of links starts. */
    from: z.record(z.string(), z.unknown()).optional(),
  }),
  dueAt: Instant.optional(),
});
export type AnswersOrder = z.infer<typeof AnswersOrder>;

type OrderName = Pick<AnswersOrder, "issueId" | "number">;
const keyOf = ({ issueId, number }: OrderName) => ({ pk: issueKey(issueId), sk: answersOrderKey(number) });

function orderWrite(order: AnswersOrder, condition: Condition): Writes[number] {
  return putWrite({ ...order, ...keyOf(order), ...(order.dueAt && { due: pendingAnswersKey }) }, condition);
}

/** Writes a new order. It belongs into the transaction that writes the event of its number. */
export const newOrderWrite = (order: AnswersOrder): Writes[number] => orderWrite(order, ifNew);

const DueOrder = AnswersOrder.pick({ issueId: true, number: true }).extend({ dueAt: Instant });

/** The orders that are not executed yet, the earliest due first. */
export function listPendingAnswers() {
  return listPending({ dueKey: pendingAnswersKey, schema: DueOrder, failure: logEvents.linkedNotAnswered });
}

export async function readAnswersOrder(name: OrderName): Promise<AnswersOrder | undefined> {
  const item = await readItem(keyOf(name));
  return item && parseItem(AnswersOrder, item);
}

/** The answer that an order gives. Throws `unavailable` if its event cannot be read. */
export async function readOrderedAnswer({ issueId, number }: OrderName) {
  const event = parseItem(IssueEvent, await readItem({ pk: issueKey(issueId), sk: eventKey(number) }));
  if (event.type !== "answers-ordered") throw new Fault("unavailable");
  return event;
}

/** Saves an order's progress. False if another run has saved it since it was read. */
export async function saveAnswersOrder(next: AnswersOrder): Promise<boolean> {
  return !(await writeTransaction([orderWrite(next, unchangedSince(next.version - 1))]));
}

/** Ends an order and records in the issue how many complaints it answered. Done again, it changes nothing. */
export async function finishAnswersOrder(order: AnswersOrder, now: Instant): Promise<void> {
  const { issueId, number, progress } = order;
  const { answered, skipped } = progress;
  const ended: AnswersOrder = { ...order, version: order.version + 1, dueAt: undefined };
  await executeIssueCommand(
    { issueId, now },
    (issue, at) => finishAnswers(issue, { now: at, number, answered, skipped }),
    { alsoWrites: () => [orderWrite(ended, unchangedSince(order.version))] },
  );
}
