import { mustConcern } from "#shared/domain/complaint/access.ts";
import { type Claim, Claimed, claimOf, standing } from "#shared/domain/complaint/claim.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { claimLastsHours } from "#shared/domain/policy-numbers.ts";
import { hourMs, later, secondsOf } from "#shared/domain/time/duration.ts";
import { claimKey, claimsDeskKey, placeIn, privateKey } from "#shared/runtime/keys.ts";
import { readAll, readItem, readTogether } from "../items.ts";
import { allReadable, readable } from "../readable.ts";
import { ifNew, overtaken, putting, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import { readHead } from "./complaints.ts";
import { attemptOnce, type MoveRequest, mustRepeat, putSpentIfKeyed } from "./moves.ts";

const attempts = 3;
const keyOf = (id: string) => ({ pk: privateKey(id), sk: claimKey });

/** Who works on a complaint now, and whom the request took it from. */
type Outcome = { id: string; claim: Claim | undefined; takenFrom?: Claim };

/**
 * The inspector works on the complaint from now on, for a day; again: for another. A colleague's claim gives way, and is
 * told. A repetition changes nothing. Throws `not-found`, `idempotency-key-reused`, `unavailable`.
 */
export function claimOnce(request: MoveRequest<PrincipalOf<"inspector">>): Promise<Outcome> {
  const { path, principal: by, now, once } = request;
  return attemptOnce({ attempts, id: path.id, once, now, by }, async ({ complaint, spent }) => {
    mustConcern(complaint, by);
    const { id } = complaint;
    const before = await readClaimed(id);
    const earlier = standing(before?.claim, now);
    if (spent) {
      mustRepeat(spent, once);
      return { id, claim: earlier };
    }
    const claim = claimOf(by, now);
    const key = putSpentIfKeyed({ pk: privateKey(id), once, now });
    if (await writeTogether([putClaimed({ id, claim, now, before }), ...key])) return overtaken;
    return { id, claim, ...(earlier && earlier.inspector !== by.person && { takenFrom: earlier }) };
  });
}

type Leaving = { path: { id: string }; principal: PrincipalOf<"inspector">; now: string };

/** The inspector works on it no more. A colleague's claim stays, and is told. */
export function leaveClaim({ path, principal: by, now }: Leaving): Promise<Outcome> {
  return unlessOvertaken(attempts, async () => {
    const [complaint, before] = await Promise.all([readHead(path.id), readClaimed(path.id)]);
    mustConcern(complaint, by);
    const claim = standing(before?.claim, now);
    if (claim?.inspector !== by.person) return { id: complaint.id, claim };
    const refusal = await writeTogether([putClaimed({ id: complaint.id, claim: undefined, now, before })]);
    return refusal ? overtaken : { id: complaint.id, claim: undefined };
  });
}

async function readClaimed(id: string): Promise<Claimed | undefined> {
  const item = await readItem(keyOf(id));
  return item && readable(Claimed, item);
}

type Putting = { id: string; claim: Claim | undefined; now: string; before: Claimed | undefined };

/** Nobody may delete it, so what is given back is emptied; the table deletes it once no claim can stand. */
function putClaimed({ id, claim, now, before }: Putting): Writes[number] {
  const desk = claim && { claim, desk: claimsDeskKey(claim.inspector), deskAt: claim.at };
  const expiresAt = secondsOf(later(now, claimLastsHours * hourMs));
  const Item = { id, turn: (before?.turn ?? 0) + 1, ...desk, ...keyOf(id), expiresAt };
  const sinceRead = before
    ? { ConditionExpression: "turn = :turn", ExpressionAttributeValues: { ":turn": before.turn } }
    : ifNew;
  return putting(Item, sinceRead);
}

/** The claims that stand, by the ids of their complaints. */
export async function readClaims(ids: string[], now: string): Promise<Map<string, Claim>> {
  const items = allReadable(Claimed, await readTogether([...new Set(ids)].map(keyOf)));
  return new Map(items.flatMap(({ id, claim }) => (claim && standing(claim, now) ? [[id, claim] as const] : [])));
}

/** What an inspector works on: an item for each, in the index `desk`, since `since`. */
export const claimsOf = (person: string, now: string) => ({
  partition: claimsDeskKey(person),
  since: later(now, -claimLastsHours * hourMs),
});

/** The complaints that an inspector works on. */
export async function listClaimedIds(person: string, now: string): Promise<string[]> {
  const { partition, since } = claimsOf(person, now);
  const items = await readAll({
    IndexName: "desk",
    ConsistentRead: false,
    KeyConditionExpression: "#desk = :desk AND #place > :since",
    ExpressionAttributeNames: { "#desk": "desk", "#place": placeIn("desk") },
    ExpressionAttributeValues: { ":desk": partition, ":since": since },
  });
  return items.map(({ id }) => String(id));
}
