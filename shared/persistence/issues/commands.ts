import { Fault } from "#shared/domain/fault.ts";
import { Issue } from "#shared/domain/issues/issue.ts";
import type { IssueChange } from "#shared/domain/issues/issue-events.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { secondsOf } from "#shared/domain/time/duration.ts";
import { escalationLevels } from "#shared/province/slices.static.ts";
import { headKey, idempotencyRecordKey, issueKey } from "#shared/runtime/keys.ts";
import {
  assertSameBody,
  type IdempotencyKey,
  IdempotencyRecord,
  idempotencyRecordWrites,
} from "../complaints/moves.ts";
import { parseItem } from "../readable.ts";
import { readItems } from "../table.ts";
import { conflict, retryOnConflict, type Writes, writeTransaction } from "../transaction.ts";
import { issueWrites } from "./issues.ts";

const attempts = 6;

export type IssueRequest = { issueId: string; now: Instant; idempotencyKey?: IdempotencyKey | undefined };

/** Decides the change, or throws a `Fault`; undefined if there is nothing to do. `now` is never before the last event. */
type Decide = (issue: Issue, now: Instant) => IssueChange | undefined;
type Options = {
  /** What else is written in the same transaction. */
  alsoWrites?: (change: IssueChange) => Writes;
};

/**
 * Makes one move of an issue: reads it, decides, and writes its new head with its events in one transaction. If somebody else
 * changed it in between, it reads and decides again. A repetition of a request changes nothing. Returns the issue after the move.
 * Throws `not-found`, `idempotency-key-reused`, `unavailable`, and the faults of `decide`.
 */
export function executeIssueCommand(
  request: IssueRequest,
  decide: Decide,
  { alsoWrites }: Options = {},
): Promise<Issue> {
  const { issueId, now, idempotencyKey } = request;
  return retryOnConflict(attempts, async () => {
    const { issue, idempotencyRecord } = await readHeadAndRecord(request);
    if (!issue) throw new Fault("not-found");
    if (idempotencyRecord) {
      assertSameBody(idempotencyRecord, idempotencyKey);
      return issue;
    }
    const decided = await decideOrRepeat(request, () => decide(issue, laterOf(now, issue.lastEventAt)));
    if (decided === conflict) return conflict;
    if (!decided) return issue;
    const recordWrites = idempotencyRecordWrites({ pk: issueKey(issueId), idempotencyKey, now });
    const writes = [...issueWrites(decided, escalationLevels), ...recordWrites, ...(alsoWrites?.(decided) ?? [])];
    return (await writeTransaction(writes)) ? conflict : decided.issue;
  });
}

const laterOf = (one: Instant, other: Instant) => (one > other ? one : other);

/** Of the same request twice at once, one may find the issue changed by the other: it is a repetition and tries again. */
async function decideOrRepeat<T>(request: IssueRequest, decide: () => T): Promise<T | typeof conflict> {
  try {
    return decide();
  } catch (refusal) {
    const isRepetition = request.idempotencyKey && (await readHeadAndRecord(request)).idempotencyRecord;
    if (isRepetition) return conflict;
    throw refusal;
  }
}

async function readHeadAndRecord({ issueId, now, idempotencyKey }: IssueRequest) {
  const pk = issueKey(issueId);
  const recordKeys = idempotencyKey ? [{ pk, sk: idempotencyRecordKey(idempotencyKey.keyMac) }] : [];
  const items = await readItems([{ pk, sk: headKey }, ...recordKeys]);
  const head = items.find(({ sk }) => sk === headKey);
  const records = items.filter(({ sk }) => sk !== headKey).map((item) => parseItem(IdempotencyRecord, item));
  return {
    issue: head && parseItem(Issue, head),
    idempotencyRecord: records.find(({ expiresAt }) => expiresAt > secondsOf(now)),
  };
}

/**
 * Writes a new issue. A repeated request has the same id and finds the issue that it opened before. Throws `idempotency-key-reused`
 * for another request with the same key.
 */
export async function createIssue(change: IssueChange, { now, idempotencyKey }: Omit<IssueRequest, "issueId">) {
  const { id } = change.issue;
  const records = idempotencyRecordWrites({ pk: issueKey(id), idempotencyKey, now });
  if (!(await writeTransaction([...issueWrites(change, escalationLevels), ...records]))) return change.issue;
  const { issue, idempotencyRecord } = await readHeadAndRecord({ issueId: id, now, idempotencyKey });
  // Without a key, the random id is taken: the caller sends the request again.
  if (!issue || !idempotencyRecord) throw new Fault("unavailable");
  assertSameBody(idempotencyRecord, idempotencyKey);
  return issue;
}
