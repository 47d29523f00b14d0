import type { PrincipalOf } from "../people/principal.ts";
import { claimHours } from "../policy-numbers.ts";
import { claimKey, claimsWorkQueueKey, confidentialLogKey, sortAttributeOf } from "../runtime/keys.ts";
import { assertSameBody, attemptIdempotently, idempotencyRecordWrites } from "../storage/commands.ts";
import { parseItem, parseReadableItems } from "../storage/readable.ts";
import { readAll, readItem, readItems } from "../storage/table.ts";
import {
  conflict,
  ifNew,
  putWrite,
  retryOnConflict,
  unchangedSince,
  type Writes,
  writeTransaction,
} from "../storage/transaction.ts";
import { addMilliseconds, hourMs, secondsOf } from "../time/duration.ts";
import { assertAccess } from "./access.ts";
import { complaintFor, type MoveRequest } from "./commands.store.ts";
import { readHead } from "./complaints.store.ts";
import { type Claim, currentClaim, newClaim, StoredClaim } from "./confidential-log.ts";

const attempts = 3;
const keyOf = (id: string) => ({ pk: confidentialLogKey(id), sk: claimKey });

/** The claim that holds now, and a colleague's claim that the request replaced. */
type ClaimOutcome = { id: string; claim: Claim | undefined; takenFrom?: Claim };

/**
 * Records that the inspector works on the complaint, for `claimHours` from now on. It replaces a colleague's claim, and
 * returns that claim as `takenFrom`. A repetition changes nothing. Throws `not-found`, `idempotency-key-reused`,
 * `unavailable`.
 */
export function takeClaim(request: MoveRequest<PrincipalOf<"inspector">>): Promise<ClaimOutcome> {
  const { path, principal: by, now, idempotencyKey } = request;
  return attemptIdempotently(
    { attempts, target: complaintFor(by, path.id), request },
    async ({ head: complaint, idempotencyRecord }) => {
      assertAccess(complaint, by);
      const { id } = complaint;
      const before = await readStoredClaim(id);
      const earlier = currentClaim(before?.claim, now);
      if (idempotencyRecord) {
        assertSameBody(idempotencyRecord, idempotencyKey);
        return { id, claim: earlier };
      }
      const claim = newClaim(by, now);
      const recordWrites = idempotencyRecordWrites({ pk: confidentialLogKey(id), idempotencyKey, now });
      if (await writeTransaction([claimWrite({ id, claim, now, before }), ...recordWrites])) return conflict;
      return { id, claim, ...(earlier && earlier.inspector !== by.person && { takenFrom: earlier }) };
    },
  );
}

type ReleaseRequest = { path: { id: string }; principal: PrincipalOf<"inspector">; now: string };

/** Ends the inspector's own claim. A colleague's claim stays, and is returned. */
export function releaseClaim({ path, principal: by, now }: ReleaseRequest): Promise<ClaimOutcome> {
  return retryOnConflict(attempts, async () => {
    const [complaint, before] = await Promise.all([readHead(path.id), readStoredClaim(path.id)]);
    assertAccess(complaint, by);
    const claim = currentClaim(before?.claim, now);
    if (claim?.inspector !== by.person) return { id: complaint.id, claim };
    const refusal = await writeTransaction([claimWrite({ id: complaint.id, claim: undefined, now, before })]);
    return refusal ? conflict : { id: complaint.id, claim: undefined };
  });
}

async function readStoredClaim(id: string): Promise<StoredClaim | undefined> {
  const item = await readItem(keyOf(id));
  return item && parseItem(StoredClaim, item);
}

type ClaimWriteInput = { id: string; claim: Claim | undefined; now: string; before: StoredClaim | undefined };

/**
 * Writes a claim, or an empty item where a claim ended: no function has the right to delete it. The item expires when its
 * claim would have ended.
 */
function claimWrite({ id, claim, now, before }: ClaimWriteInput): Writes[number] {
  const workQueue = claim && { claim, workQueue: claimsWorkQueueKey(claim.inspector), workQueueAt: claim.at };
  const expiresAt = secondsOf(addMilliseconds(now, claimHours * hourMs));
  const Item = { id, version: (before?.version ?? 0) + 1, ...workQueue, ...keyOf(id), expiresAt };
  return putWrite(Item, before ? unchangedSince(before.version) : ifNew);
}

/** The claims that hold now, by complaint id. */
export async function readClaims(ids: string[], now: string): Promise<Map<string, Claim>> {
  const items = parseReadableItems(StoredClaim, await readItems([...new Set(ids)].map(keyOf)));
  return new Map(items.flatMap(({ id, claim }) => (claim && currentClaim(claim, now) ? [[id, claim] as const] : [])));
}

/** Where an inspector's claims stand in the index `workQueue`; claims from before `since` have ended. */
export const claimsQuery = (person: string, now: string) => ({
  partition: claimsWorkQueueKey(person),
  since: addMilliseconds(now, -claimHours * hourMs),
});

/** The ids of the complaints that an inspector works on. */
export async function listClaimedIds(person: string, now: string): Promise<string[]> {
  const { partition, since } = claimsQuery(person, now);
  const items = await readAll({
    IndexName: "workQueue",
    ConsistentRead: false,
    KeyConditionExpression: "#workQueue = :workQueue AND #place > :since",
    ExpressionAttributeNames: { "#workQueue": "workQueue", "#place": sortAttributeOf("workQueue") },
    ExpressionAttributeValues: { ":workQueue": partition, ":since": since },
  });
  return items.map(({ id }) => String(id));
}
