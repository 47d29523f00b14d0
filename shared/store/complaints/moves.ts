import * as z from "zod";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { type Change, latest, type Mover, type Stage } from "#shared/domain/complaint/change.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { Fault } from "#shared/domain/fault.ts";
import { secondsOf } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/env.ts";
import { complaintKey, headKey, spentKey } from "#shared/runtime/keys.ts";
import { readTogether } from "../batch.ts";
import { overtaken, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import { writesOfChange } from "./complaints.ts";
import { keyLifetimeSeconds, unlessLive } from "./expiry.ts";

/** The request that asked for a move, where it was sent with a key: digests by which a repetition is known. */
export type Once = { keyMac: string; bodyMac: string };

/** How a move ended that took the complaint out of its mover's sight. */
const Left = Complaint.pick({ agencyId: true, status: true, version: true });

/** A request that was carried out. */
const Spent = z.object({
  bodyMac: z.string(),
  expiresAt: z.number(),
  left: Left.optional(),
  /** The attachment that was announced. */
  attachmentId: z.string().optional(),
});
type Spent = z.infer<typeof Spent>;

const attempts = 3;

/** What of a request makes it a move: whose complaint it names, who asks, when, and how a repetition is known. */
export type MoveRequest<M extends Mover> = {
  path: { id: string };
  principal: M;
  now: string;
  once?: Once | undefined;
  /** The version that the caller saw; another one is `stale`. */
  ifMatch?: number | undefined;
};

/** What a move makes of a complaint, at a time not before the last event, which may have come while the request waited. */
type Decide<M extends Mover> = (complaint: Complaint, stage: Stage<M>) => Change;

/** `leaves`: it takes the complaint out of the mover's sight, so a repetition finds it as the move left it. */
type Manner = { leaves?: true };

/**
 * Makes one move: the new state and its event in one transaction, on the condition that nothing moved in between.
 * A lost race is decided again on what it left. A repetition of a request that was carried out changes nothing.
 * Throws `not-found`, `stale`, `idempotency-key-reused` (on another request), `unavailable` (three races lost), and what
 * `decide` does.
 */
export function move<M extends Mover>(
  request: MoveRequest<M>,
  decide: Decide<M>,
  { leaves }: Manner = {},
): Promise<Complaint> {
  const { path, principal: by, now, once, ifMatch } = request;
  const { id } = path;
  return unlessOvertaken(attempts, async () => {
    const { complaint, spent } = await readWithKey({ id, once, now });
    // A key is its sender's own, so who has used it here knows the complaint.
    if (!complaint || !(leaves && spent)) mustConcern(complaint, by);
    if (spent) return asItWasLeft(complaint, { spent, once });
    if (complaint.version !== (ifMatch ?? complaint.version)) throw new Fault("stale");
    const change = decide(complaint, { by, now: latest(now, complaint) });
    const left = leaves && Left.parse(change.complaint);
    const key = putSpentIfKeyed({ id, once, now, left });
    const refusal = await writeTogether([...writesOfChange(change), ...key]);
    return refusal ? overtaken : change.complaint;
  });
}

function asItWasLeft(complaint: Complaint, { spent, once }: { spent: Spent; once: Once | undefined }): Complaint {
  mustRepeat(spent, once);
  return { ...complaint, ...spent.left };
}

type Spending = Pick<Spent, "left" | "attachmentId"> & { id: string; once: Once; now: string };

export function putSpentIfKeyed({ once, ...spending }: Omit<Spending, "once"> & { once: Once | undefined }): Writes {
  return once ? [putSpent({ once, ...spending })] : [];
}

/** Spends a key on a complaint, unless another request has. */
function putSpent({ id, once: { keyMac, bodyMac }, now, ...answer }: Spending): Writes[number] {
  return {
    Put: {
      TableName: env("COMPLAINTS_TABLE"),
      Item: {
        ...answer,
        pk: complaintKey(id),
        sk: spentKey(keyMac),
        bodyMac,
        expiresAt: secondsOf(now) + keyLifetimeSeconds,
      },
      ...unlessLive(now),
    },
  };
}

/** Throws `idempotency-key-reused` where the key was spent on another request. */
export function mustRepeat({ bodyMac }: Spent, once: Once | undefined): void {
  if (bodyMac !== once?.bodyMac) throw new Fault("idempotency-key-reused");
}

type Keyed = { id: string; once: Once | undefined; now: string };

/** A complaint, and the request that the key was spent on there; each undefined where there is none. */
export async function readWithKey({ id, once, now }: Keyed) {
  const pk = complaintKey(id);
  const items = await readTogether([{ pk, sk: headKey }, ...(once ? [{ pk, sk: spentKey(once.keyMac) }] : [])]);
  const spent = Spent.optional().parse(items.find(({ sk }) => sk !== headKey));
  return {
    complaint: Complaint.optional().parse(items.find(({ sk }) => sk === headKey)),
    spent: spent && spent.expiresAt > secondsOf(now) ? spent : undefined,
  };
}
