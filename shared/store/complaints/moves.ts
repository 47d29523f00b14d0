import * as z from "zod";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { type Change, latest, type Mover, type Stage } from "#shared/domain/complaint/change.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { Fault } from "#shared/domain/fault.ts";
import { secondsOf } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/env.ts";
import { complaintKey, headKey, spentKey } from "#shared/runtime/keys.ts";
import { readTogether } from "../batch.ts";
import { backOff, type Writes, writeTogether } from "../transaction.ts";
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

type Moving<M extends Mover> = {
  id: string;
  by: M;
  now: string;
  once?: Once | undefined;
  /** The version that the caller saw; another one is `stale`. */
  ifMatch?: number | undefined;
  /** The move takes the complaint out of the mover's sight, so a repetition finds it as the move left it. */
  leaves?: boolean;
  /** What it makes of the complaint, at a time not before the last event, which may have come while the request waited. */
  decide: (complaint: Complaint, stage: Stage<M>) => Change;
};

/**
 * Makes one move: the new state and its event in one transaction, on the condition that nothing moved in between.
 * A lost race is decided again on what it left. A repetition of a request that was carried out changes nothing.
 * Throws `not-found`, `stale`, `idempotency-key-reused` (on another request), `unavailable` (three races lost), and what
 * `decide` does.
 */
export async function move<M extends Mover>(moving: Moving<M>): Promise<Complaint> {
  const { id, by, now, once, ifMatch, leaves, decide } = moving;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { complaint, spent } = await readWithKey({ id, once, now });
    if (!complaint) throw new Fault("not-found");
    // A key is its sender's own, so who has used it here knows the complaint.
    if (!(leaves && spent)) mustConcern(complaint, by);
    if (spent) {
      mustRepeat(spent, once);
      return { ...complaint, ...spent.left };
    }
    if (ifMatch !== undefined && ifMatch !== complaint.version) throw new Fault("stale");
    const change = decide(complaint, { by, now: latest(now, complaint) });
    const left = leaves ? Left.parse(change.complaint) : undefined;
    const key = once ? [putSpent({ id, once, now, left })] : [];
    if (!(await writeTogether([...writesOfChange(change), ...key]))) return change.complaint;
    await backOff(attempt);
  }
  throw new Fault("unavailable");
}

type Spending = Pick<Spent, "left" | "attachmentId"> & { id: string; once: Once; now: string };

/** Spends a key on a complaint, unless another request has. */
export function putSpent({ id, once: { keyMac, bodyMac }, now, ...answer }: Spending): Writes[number] {
  return {
    Put: {
      TableName: env("COMPLAINTS_TABLE"),
      Item: {
        ...{ pk: complaintKey(id), sk: spentKey(keyMac), bodyMac },
        ...{ ...answer, expiresAt: secondsOf(now) + keyLifetimeSeconds },
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
