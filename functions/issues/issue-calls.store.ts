import * as z from "zod";
import { callListPlace } from "#shared/complaints/call-list-place.ts";
import type { IssueAnswer, IssueCall } from "#shared/complaints/issue-calls.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  callRoundKey,
  confidentialLogKey,
  issueAnswersKey,
  issueCallKey,
  issueCallsKey,
  openIssuesKey,
} from "#shared/runtime/keys.ts";
import { parseItem, parseReadableItems } from "#shared/storage/readable.ts";
import { itemsInOrder, readItem } from "#shared/storage/table.ts";
import {
  type Condition,
  ifNew,
  putIfConditionHolds,
  putOnce,
  unchangedSince,
  type Writes,
} from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";
import { Issue } from "./issue.ts";
import { callRound, type IssueAnswers, issueCallOf } from "./issue-call-round.ts";
import { passIssueTime } from "./issue-clock.ts";
import { readIssue } from "./issues.store.ts";

/** A round of calls about an issue, by when the agency said that the issue is mended. */
export type RoundName = { issueId: string; doneAt: Instant };

/** Days after its result for which the items of a round stay: a result that comes late still finds its counts. */
const keptDaysAfterResult = 7;
const expiryOf = (doneAt: Instant) => secondsOf(callRound(doneAt).resultAt) + keptDaysAfterResult * daySeconds;

/** A mended issue that nobody has verified yet. */
export type IssueToAskAbout = Issue & { doneAt: Instant };

/** The issues that their agencies say are mended and that nobody has verified yet, as they are now. */
export async function readIssuesToAskAbout(now: Instant): Promise<IssueToAskAbout[]> {
  const awaiting: IssueToAskAbout[] = [];
  const openIssues = { index: "workQueue", partitions: [openIssuesKey], from: undefined } as const;
  for await (const item of itemsInOrder(openIssues))
    for (const stored of parseReadableItems(Issue, [item])) {
      const { issue } = passIssueTime(stored, now);
      if (issue.doneAt && issue.status === "done") awaiting.push({ ...issue, doneAt: issue.doneAt });
    }
  return awaiting;
}

/**
 * How far the list of a round was made: those who may be called are counted first, and listed where they are enough. `from`: where the
 * next page of links starts.
 */
const ListProgress = z.object({
  version: z.int(),
  step: z.enum(["count", "list", "complete"]),
  mayBeCalled: z.int(),
  from: z.record(z.string(), z.unknown()).optional(),
});
export type ListProgress = z.infer<typeof ListProgress>;

const roundKeys = ({ issueId, doneAt }: RoundName) => ({ pk: issueCallsKey(issueId), sk: callRoundKey(doneAt) });

/** How far the list of a round was made; version 0 where nobody has begun it. */
export async function readListProgress(round: RoundName): Promise<ListProgress> {
  const item = await readItem(roundKeys(round));
  return item ? parseItem(ListProgress, item) : { version: 0, step: "count", mayBeCalled: 0 };
}

/** Saves how far the list was made. False if another run has saved it since it was read. */
export function saveListProgress(round: RoundName, next: ListProgress): Promise<boolean> {
  const condition: Condition = next.version === 1 ? ifNew : unchangedSince(next.version - 1);
  return putOnce(condition, { ...next, ...roundKeys(round), expiresAt: expiryOf(round.doneAt) });
}

/** A complaint on the list of calls about an issue. */
const Entry = z.object({ id: z.string(), issueId: z.string(), doneAt: Instant });

/** Puts a complaint on the list of calls for a round. May be repeated. */
export async function putOnCallList(round: RoundName, id: string): Promise<void> {
  // An entry of an earlier round is replaced, one of a later round is not.
  await putIfConditionHolds(notNewerThan(round), {
    ...entryItem(round, id),
    ...callListPlace(callRound(round.doneAt)),
  });
}

/** Takes a complaint off the list of calls about an issue. */
export async function takeOffCallList({ issueId, doneAt }: RoundName, id: string): Promise<void> {
  await putIfConditionHolds(notNewerThan({ doneAt }), entryItem({ issueId, doneAt }, id));
}

function entryItem(round: RoundName, id: string) {
  return { ...round, id, pk: confidentialLogKey(id), sk: issueCallKey, expiresAt: expiryOf(round.doneAt) };
}

const notNewerThan = ({ doneAt }: Pick<RoundName, "doneAt">): Condition => ({
  ConditionExpression: "attribute_not_exists(pk) OR doneAt <= :doneAt",
  ExpressionAttributeValues: { ":doneAt": doneAt },
});

/** The entry of a complaint in the list of calls about an issue, if it has one, and the round if it is still under way. */
export async function readIssueCall(
  id: string,
  now: Instant,
): Promise<{ entry: RoundName | undefined; issueCall: IssueCall | undefined }> {
  const item = await readItem({ pk: confidentialLogKey(id), sk: issueCallKey });
  const entry = item && parseItem(Entry, item);
  const issue = entry && (await readIssue(entry.issueId));
  return { entry, issueCall: issue && issueCallOf(issue, { doneAt: entry.doneAt, now }) };
}

/** Counts one answer of a round. It belongs into the transaction that records that the citizen answered. */
export function countAnswerWrite({ issueId, doneAt }: RoundName, answer: IssueAnswer): Writes[number] {
  return {
    Update: {
      TableName: env("COMPLAINTS_TABLE"),
      Key: { pk: issueCallsKey(issueId), sk: issueAnswersKey(doneAt) },
      UpdateExpression: "ADD #answer :one SET expiresAt = :expiresAt",
      ExpressionAttributeNames: { "#answer": answer },
      ExpressionAttributeValues: { ":one": 1, ":expiresAt": expiryOf(doneAt) },
    },
  };
}

const Counts = z.object({ yes: z.int().default(0), no: z.int().default(0) });

/** How many citizens answered yes and no in a round. */
export async function readAnswerCounts({ issueId, doneAt }: RoundName): Promise<IssueAnswers> {
  const item = await readItem({ pk: issueCallsKey(issueId), sk: issueAnswersKey(doneAt) });
  return parseItem(Counts, item ?? {});
}
