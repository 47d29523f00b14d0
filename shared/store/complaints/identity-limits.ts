import * as z from "zod";
import { Fault } from "#shared/domain/fault.ts";
import type { Quota } from "#shared/domain/quota.ts";
import { daySeconds } from "#shared/domain/time/duration.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { localDate, secondsLeftOfDay } from "#shared/domain/time/local-time.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { putAudit } from "../events/audit.ts";
import { readItem, readPartition } from "../items.ts";
import { allReadable, readable } from "../readable.ts";
import { ifNew, overtaken, putIf, putting, unlessOvertaken, writeTogether } from "../transaction.ts";

/**
 * How many identities an inspector, or how many phones the front end that calls, has read on a day; `blockedAt`: when it was
 * too many, until an admin lifts it. `sub`: the person, or the front end's client id, which no person has.
 */
const Reads = z.object({
  sub: z.string(),
  day: z.string(),
  reads: z.int(),
  /** How often the item was written, so that two reads at once are counted as two. */
  turn: z.int(),
  blockedAt: Instant.optional(),
});
type Reads = z.infer<typeof Reads>;

/** Who reads no more identities or phones until an admin lifts it. */
export const IdentityLimit = Reads.pick({ sub: true, reads: true }).extend({ blockedAt: Instant });
export type IdentityLimit = z.infer<typeof IdentityLimit>;

const attempts = 5;
const keyOf = (sub: string) => ({ pk: partitions.identityReads, sk: sub });

type Reader = { sub: string; now: string };

type Counting = Reader & { name: "identities" | "phones"; most: number; wanted?: number };

const refusals = { identities: "identity-limit", phones: "phone-limit" } as const;

/**
 * Counts as many more reads as are `wanted`, or as are left of the day's `most`, and returns how many are granted and what is
 * left then; throws `too-many` where none is left, and from then on.
 */
export async function countReads(counting: Counting): Promise<{ granted: number; quota: Quota }> {
  const { sub, now, name, most, wanted = 1 } = counting;
  const { granted, reads } = await unlessOvertaken(attempts, async () => {
    const before = await readReads(sub);
    if (before?.blockedAt) return { granted: 0, reads: before.reads };
    const day = localDate(now);
    const readBefore = before?.day === day ? before.reads : 0;
    const granted = Math.max(0, Math.min(wanted, most - readBefore));
    const [reads, turn] = [readBefore + granted, (before?.turn ?? 0) + 1];
    const next = { sub, day, turn, reads, ...(granted === 0 && { blockedAt: now }) };
    return (await putIf(sinceRead(before), { ...next, ...keyOf(sub) })) ? { granted, reads } : overtaken;
  });
  const limit = { name, most, windowSeconds: daySeconds };
  if (granted > 0) return { granted, quota: { ...limit, left: most - reads, resetsIn: secondsLeftOfDay(now) } };
  log.warn(logEvents.identitiesReadTooMany, { sub, name });
  throw new Fault("too-many", { because: refusals[name], quota: { ...limit, left: 0 } });
}

function sinceRead(before: Reads | undefined) {
  return before ? { ConditionExpression: "turn = :turn", ExpressionAttributeValues: { ":turn": before.turn } } : ifNew;
}

async function readReads(sub: string): Promise<Reads | undefined> {
  const item = await readItem(keyOf(sub));
  return item && readable(Reads, item);
}

/** Those who read no more until an admin lifts it: a province has few inspectors, and one front end that calls. */
export async function listIdentityLimits(): Promise<IdentityLimit[]> {
  const items = await readPartition(partitions.identityReads);
  return allReadable(
    IdentityLimit,
    items.filter(({ blockedAt }) => blockedAt !== undefined),
  );
}

type Lifting = Reader & { by: { clientId: string; person: string } };

/** Lets one of them read on, and notes who did; false where there is nothing to lift. Nobody lifts their own. */
export function liftIdentityLimit({ sub, now, by }: Lifting): Promise<boolean> {
  if (by.person === sub) throw new Fault("not-allowed");
  return unlessOvertaken(attempts, async () => {
    const before = await readReads(sub);
    if (!before?.blockedAt) return false;
    const { blockedAt } = before;
    const lifted = { sub, day: before.day, reads: 0, turn: before.turn + 1 };
    const signed = { at: now, client: by.clientId, person: by.person };
    const refusal = await writeTogether([
      putting({ ...lifted, ...keyOf(sub) }, sinceRead(before)),
      putAudit({ type: "identity-limit-lifted", ...signed, sub, blockedAt }),
    ]);
    return refusal ? overtaken : true;
  });
}
