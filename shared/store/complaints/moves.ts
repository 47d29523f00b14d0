import * as z from "zod";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { type Change, latest, type Mover, type Party, type Stage } from "#shared/domain/complaint/change.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type ComplaintEvent, eventId } from "#shared/domain/complaint/event.ts";
import { Fault } from "#shared/domain/fault.ts";
import { idempotencyKeyDays } from "#shared/domain/policy-numbers.ts";
import { mustBeShown } from "#shared/domain/telling/untold-hold.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import { retention } from "#shared/province/slices.static.ts";
import { complaintKey, headKey, privateKey, spentKey } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { readTogether } from "../items.ts";
import { readable, readableWhole } from "../readable.ts";
import { overtaken, putting, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import { writesOfChange } from "./complaints.ts";
import { lapsing, unlessLive } from "./expiry.ts";

/** Digests of a request's idempotency key and body, by which a repetition of it is recognized. */
export type Once = { keyMac: string; bodyMac: string };

/** What a repetition is answered after a move that took the complaint out of its mover's sight. */
const Left = Complaint.pick({ agencyId: true, status: true, version: true });

/** An idempotency key that was spent on a request, and what a repetition needs for its answer. */
const Spent = z.object({
  bodyMac: z.string(),
  expiresAt: z.number(),
  left: Left.optional(),
  /** The attachment that the request announced. */
  attachmentId: z.string().optional(),
  /** The visit that the request ordered. */
  visitId: z.string().optional(),
});
type Spent = z.infer<typeof Spent>;

const attempts = 3;

/** The part of a request that a move needs: which complaint, who asks, when, and how a repetition is recognized. */
export type MoveRequest<M extends Party> = {
  path: { id: string };
  principal: M;
  now: string;
  once?: Once | undefined;
  /** The versions that the caller takes; the move is refused as `stale` where the complaint has another. */
  ifMatch?: string[] | undefined;
};

/** Makes the change. `stage.now` is not before the last event, which may have come while the request waited. */
type Decide<M extends Mover> = (complaint: Complaint, stage: Stage<M>) => Change | Promise<Change>;

/** `leaves`: the move takes the complaint out of the mover's sight, so a repetition is answered from the spent key. */
type MoveOptions = { leaves?: true };

/**
 * Makes one move: writes the new head and its event in one transaction, on the condition that nothing changed in
 * between. Where something did, it decides again on the complaint as it then is. A repetition of a request changes
 * nothing. Throws `not-found`, `stale`, `idempotency-key-reused` (on another request), `unavailable` (overtaken three
 * times), and what `decide` throws.
 */
export function move<M extends Mover>(
  request: MoveRequest<M>,
  decide: Decide<M>,
  { leaves }: MoveOptions = {},
): Promise<Complaint> {
  const { path, principal: by, now, once, ifMatch } = request;
  const { id } = path;
  return attemptOnce({ attempts, id, once, now, by }, async ({ complaint, spent }) => {
    // Whoever spent this key here has seen the complaint: keys are kept by sender. So a repetition may pass.
    if (!complaint || !(leaves && spent)) mustConcern(complaint, by);
    mustBeShown(complaint, { to: by.caller, now, retention });
    if (spent) return asItWasLeft(complaint, { spent, once });
    mustBeSeen(complaint, ifMatch);
    const change = await decide(complaint, { by, now: latest(now, complaint) });
    const left = leaves && Left.parse(change.complaint);
    const key = putSpentIfKeyed({ pk: complaintKey(id), once, now, left });
    const refusal = await writeTogether(lapsing(complaint, [...writesOfChange(change), ...key]));
    if (refusal) return overtaken;
    tellWritten(id, change.events);
    return change.complaint;
  });
}

/** Which events a request wrote, in every line that is logged of it from then on. */
export function tellWritten(id: string, events: Pick<ComplaintEvent, "version">[]): void {
  log.appendKeys({ eventIds: events.map(({ version }) => eventId(id, version)) });
}

/** Throws `stale` where the complaint's version is none of those that the caller takes. */
export function mustBeSeen({ version }: Complaint, ifMatch: string[] | undefined): void {
  if (ifMatch && !ifMatch.includes(String(version))) throw new Fault("stale");
}

function asItWasLeft(complaint: Complaint, { spent, once }: { spent: Spent; once: Once | undefined }): Complaint {
  mustRepeat(spent, once);
  return { ...complaint, ...spent.left };
}

/** `pk`: where the key is kept, the complaint's own partition or that of its private series. */
type Spending = Pick<Spent, "left" | "attachmentId" | "visitId"> & { pk: string; once: Once; now: string };

export function putSpentIfKeyed({ once, ...spending }: Omit<Spending, "once"> & { once: Once | undefined }): Writes {
  return once ? [putSpent({ once, ...spending })] : [];
}

/** On the condition that the key has not been spent on this complaint, or so long ago that it has expired. */
function putSpent({ pk, once: { keyMac, bodyMac }, now, ...answer }: Spending): Writes[number] {
  const expiresAt = secondsOf(now) + idempotencyKeyDays * daySeconds;
  return putting({ ...answer, pk, sk: spentKey(keyMac), bodyMac, expiresAt }, unlessLive(now));
}

/** Throws `idempotency-key-reused` where the key was spent on another request. */
export function mustRepeat({ bodyMac }: Spent, once: Once | undefined): void {
  if (bodyMac !== once?.bodyMac) throw new Fault("idempotency-key-reused");
}

type Keyed = { id: string; once: Once | undefined; now: string; by: Party };
/** A complaint, and the key's earlier use on it; each undefined where there is none. */
type KeyedRead = { complaint: Complaint | undefined; spent: Spent | undefined };

/**
 * Attempts like `unlessOvertaken`, with the complaint and the key's earlier use. The two are read at once, but not as of
 * one instant: where the same request is under way twice, the complaint may be as the other left it and the key not. So
 * nothing is refused before the key was asked for once more.
 */
export function attemptOnce<T>(
  { attempts, ...keyed }: Keyed & { attempts: number },
  attempt: (read: KeyedRead) => Promise<T | typeof overtaken>,
): Promise<T> {
  return unlessOvertaken(attempts, async () => {
    const read = await readWithKey(keyed);
    try {
      return await attempt(read);
    } catch (refusal) {
      if (!(refusal instanceof Fault) || !keyed.once || read.spent) throw refusal;
      const again = await readWithKey(keyed);
      if (!again.spent) throw refusal;
      return attempt(again);
    }
  });
}

async function readWithKey({ id, once, now, by }: Keyed): Promise<KeyedRead> {
  // An agency notes nothing in private, and its function may not look there.
  const partitions = [complaintKey(id), ...(by.caller === "agency" ? [] : [privateKey(id)])];
  const keys = once ? partitions.map((pk) => ({ pk, sk: spentKey(once.keyMac) })) : [];
  const place = { pk: complaintKey(id), sk: headKey };
  const items = await readTogether([place, ...keys]);
  const keyUses = items.filter(({ sk }) => sk !== headKey).map((item) => readable(Spent, item));
  const spent = keyUses.find(({ expiresAt }) => expiresAt > secondsOf(now));
  // What was read beside the key may be from before the key was spent.
  const heads = spent ? await readTogether([place]) : items.filter(({ sk }) => sk === headKey);
  return { complaint: readableWhole(Complaint, heads[0]), spent };
}
