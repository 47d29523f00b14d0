import * as z from "zod";
import { mustConcern } from "../domain/access.ts";
import { type Change, latest, type Mover, type Stage } from "../domain/change.ts";
import { Complaint } from "../domain/complaint.ts";
import { Fault } from "../domain/fault.ts";
import { env } from "../runtime/env.ts";
import { readTogether } from "./batch.ts";
import { writesOfChange } from "./complaints.ts";
import { complaintKey, headKey, moveKey } from "./table.ts";
import { backOff, type Writes, writeTogether } from "./transaction.ts";

/** The request that asked for a move, where it was sent with a key: digests by which a repetition is known. */
export type Once = { keyMac: string; bodyMac: string };
const SpentKey = z.object({ bodyMac: z.string(), expiresAt: z.number() });

const keyLifetimeSeconds = 24 * 60 * 60;
const attempts = 3;

type Moving<M extends Mover> = {
  id: string;
  by: M;
  now: string;
  once?: Once | undefined;
  /** The version that the caller saw; another one is `stale`. */
  ifMatch?: number | undefined;
  /** The move takes the complaint out of the mover's sight, so a repetition of it is answered without. */
  leaves?: boolean;
  /** What it makes of the complaint, at a time not before the last event, which may have come while the request waited. */
  decide: (complaint: Complaint, stage: Stage<M>) => Change;
};

/**
 * Makes one move: the new state and its event in one transaction, on the condition that nothing moved in between.
 * A lost race is decided again on what it left. A repetition of a request that was carried out changes nothing.
 */
export async function move<M extends Mover>(moving: Moving<M>): Promise<Complaint> {
  const { id, by, now, once, ifMatch, leaves, decide } = moving;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { complaint, spent } = await readForMove(id, once);
    if (!complaint) throw new Fault("not-found");
    const earlier = spent && spent.expiresAt > Date.parse(now) / 1000 ? spent : undefined;
    // A key is its sender's own, so who has used it here knows the complaint.
    if (!(leaves && earlier)) mustConcern(complaint, by);
    if (earlier) return repeated(complaint, { spent: earlier, once });
    if (ifMatch !== undefined && ifMatch !== complaint.version) throw new Fault("stale");
    const change = decide(complaint, { by, now: latest(now, complaint) });
    if (!(await writeTogether(writesOf(change, { once, now })))) return change.complaint;
    await backOff(attempt);
  }
  throw new Fault("unavailable");
}

function writesOf(change: Change, { once, now }: { once: Once | undefined; now: string }): Writes {
  const { id } = change.complaint;
  return once ? [...writesOfChange(change), putKey({ id, once, now })] : writesOfChange(change);
}

function putKey({ id, once, now }: { id: string; once: Once; now: string }): Writes[number] {
  const seconds = Math.floor(Date.parse(now) / 1000);
  return {
    Put: {
      TableName: env("COMPLAINTS_TABLE"),
      Item: {
        pk: complaintKey(id),
        sk: moveKey(once.keyMac),
        bodyMac: once.bodyMac,
        expiresAt: seconds + keyLifetimeSeconds,
      },
      // The table forgets a key some time after it expired; until then an expired one may be replaced.
      ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
      ExpressionAttributeValues: { ":now": seconds },
    },
  };
}

function repeated(
  complaint: Complaint,
  { spent, once }: { spent: z.infer<typeof SpentKey>; once: Once | undefined },
): Complaint {
  if (spent.bodyMac !== once?.bodyMac) throw new Fault("idempotency-key-reused");
  return complaint;
}

async function readForMove(id: string, once: Once | undefined) {
  const pk = complaintKey(id);
  const items = await readTogether([{ pk, sk: headKey }, ...(once ? [{ pk, sk: moveKey(once.keyMac) }] : [])]);
  return {
    complaint: Complaint.optional().parse(items.find(({ sk }) => sk === headKey)),
    spent: SpentKey.optional().parse(items.find(({ sk }) => sk !== headKey)),
  };
}
