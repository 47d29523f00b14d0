import { Fault } from "#shared/fault.ts";
import { escalationLevels } from "#shared/province/slices.static.ts";
import { issueKey } from "#shared/runtime/keys.ts";
import {
  assertSameBody,
  assertVersion,
  attemptIdempotently,
  type IdempotencyKey,
  idempotencyRecordWrites,
  readHeadAndRecord,
} from "#shared/storage/commands.ts";
import { conflict, type Writes, writeTransaction } from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { Issue } from "./issue.ts";
import { passIssueTime } from "./issue-clock.ts";
import type { IssueChange } from "./issue-events.ts";
import { issueWrites } from "./issues.store.ts";

const attempts = 6;

/**
 * `agencyId`: only of an issue of this agency; the issue of another does not exist for it. `ifMatch`: the versions that the caller accepts. If the issue has another version now, the move is refused as
 * `version-outdated`.
 */
export type IssueRequest = {
  issueId: string;
  agencyId?: string;
  now: Instant;
  idempotencyKey?: IdempotencyKey | undefined;
  ifMatch?: string[] | undefined;
};

/** Decides the change, or throws a `Fault`; undefined if there is nothing to do. `now` is never before the last event. */
type Decide = (issue: Issue, now: Instant) => IssueChange | undefined;
type Options = {
  /** What else is written in the same transaction. */
  alsoWrites?: (change: IssueChange) => Writes;
};

/**
 * Makes one move of an issue: reads it, decides, and writes its new head with its events in one transaction. If somebody else
 * changed it in between, it reads and decides again. A repetition of a request changes nothing. Returns the issue after the move.
 * Throws `not-found`, `version-outdated`, `idempotency-key-reused`, `unavailable`, and the faults of `decide`.
 */
export function executeIssueCommand(
  request: IssueRequest,
  decide: Decide,
  { alsoWrites }: Options = {},
): Promise<Issue> {
  const { issueId, agencyId, now, idempotencyKey, ifMatch } = request;
  const target = issueFor(issueId);
  return attemptIdempotently({ attempts, target, request }, async ({ head: issue, idempotencyRecord }) => {
    if (!issue || (agencyId ?? issue.agencyId) !== issue.agencyId) throw new Fault("not-found");
    if (idempotencyRecord) {
      assertSameBody(idempotencyRecord, idempotencyKey);
      return issue;
    }
    assertVersion(passIssueTime(issue, now).issue, ifMatch);
    const decided = decide(issue, laterOf(now, issue.lastEventAt));
    if (!decided) return issue;
    const recordWrites = idempotencyRecordWrites({ pk: issueKey(issueId), idempotencyKey, now });
    const writes = [...issueWrites(decided, escalationLevels), ...recordWrites, ...(alsoWrites?.(decided) ?? [])];
    return (await writeTransaction(writes)) ? conflict : decided.issue;
  });
}

const laterOf = (one: Instant, other: Instant) => (one > other ? one : other);

function issueFor(issueId: string) {
  const pk = issueKey(issueId);
  return { schema: Issue, pk, recordPartitions: [pk] };
}

/**
 * Writes a new issue. A repeated request has the same id and finds the issue that it opened before. Throws `idempotency-key-reused`
 * for another request with the same key.
 */
export async function createIssue(change: IssueChange, { now, idempotencyKey }: Omit<IssueRequest, "issueId">) {
  const { id } = change.issue;
  const records = idempotencyRecordWrites({ pk: issueKey(id), idempotencyKey, now });
  if (!(await writeTransaction([...issueWrites(change, escalationLevels), ...records]))) return change.issue;
  const { head: issue, idempotencyRecord } = await readHeadAndRecord(issueFor(id), { now, idempotencyKey });
  // Without a key, the random id is taken: the caller sends the request again.
  if (!issue || !idempotencyRecord) throw new Fault("unavailable");
  assertSameBody(idempotencyRecord, idempotencyKey);
  return issue;
}
