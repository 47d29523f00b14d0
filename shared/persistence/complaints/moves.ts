import * as z from "zod";
import { assertAccess } from "#shared/domain/complaint/access.ts";
import {
  type Change,
  type CommandContext,
  type CommandSender,
  entryTime,
  eventTime,
  type LogWriter,
} from "#shared/domain/complaint/change.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { ConfidentialEntry, NewEntry } from "#shared/domain/complaint/confidential-log.ts";
import { type ComplaintEvent, eventId } from "#shared/domain/complaint/event.ts";
import { Fault } from "#shared/domain/fault.ts";
import { idempotencyKeyDays } from "#shared/domain/policy-numbers.ts";
import { assertNotErasedFor } from "#shared/domain/retention/forgetting.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import { retention } from "#shared/province/slices.static.ts";
import { complaintKey, confidentialLogKey, headKey, idempotencyRecordKey } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { parseItem, parseWholeItem } from "../readable.ts";
import { readItems } from "../table.ts";
import {
  conflict,
  hasLapsed,
  ifAbsentOrExpired,
  putWrite,
  retryOnConflict,
  type Writes,
  withSandboxExpiry,
  writeTransaction,
} from "../transaction.ts";
import { changeWrites } from "./complaints.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "./confidential-log.ts";

/** Digests of a request's idempotency key and body, by which a repetition of it is recognized. */
export type IdempotencyKey = { keyMac: string; bodyMac: string };

/** What a repetition is answered after a move that took the complaint out of its mover's sight. */
const StateAfterTransfer = Complaint.pick({ agencyId: true, status: true, version: true });

/** An idempotency key that was spent on a request, and what a repetition needs for its answer. */
const IdempotencyRecord = z.object({
  bodyMac: z.string(),
  expiresAt: z.number(),
  left: StateAfterTransfer.optional(),
  /** The attachment that the request announced. */
  attachmentId: z.string().optional(),
  /** The visit that the request ordered. */
  visitId: z.string().optional(),
});
type IdempotencyRecord = z.infer<typeof IdempotencyRecord>;

const moveAttempts = 3;

/** The part of a request that a move needs: which complaint, who asks, when, and how a repetition is recognized. */
export type MoveRequest<M extends LogWriter> = {
  path: { id: string };
  principal: M;
  now: string;
  idempotencyKey?: IdempotencyKey | undefined;
  /** The versions that the caller takes; the move is refused as `stale` where the complaint has another. */
  ifMatch?: string[] | undefined;
};

/** Makes the change. `stage.now` is not before the last event, which may have come while the request waited. */
type MoveDecision<M extends CommandSender> = (
  complaint: Complaint,
  context: CommandContext<M>,
) => Change | Promise<Change>;

/** `losesAccess`: the move takes the complaint out of the mover's sight, so a repetition is answered from the spent key. */
type MoveOptions = { losesAccess?: true };

/**
 * Makes one move: writes the new head and its event in one transaction, on the condition that nothing changed in
 * between. Where something did, it decides again on the complaint as it then is. A repetition of a request changes
 * nothing. Throws `not-found`, `stale`, `idempotency-key-reused` (on another request), `unavailable` (overtaken three
 * times), and what `decide` throws.
 */
export function executeMove<M extends CommandSender>(
  request: MoveRequest<M>,
  decide: MoveDecision<M>,
  { losesAccess }: MoveOptions = {},
): Promise<Complaint> {
  const { path, principal: by, now, idempotencyKey, ifMatch } = request;
  const { id } = path;
  return attemptIdempotently(
    { attempts: moveAttempts, id, idempotencyKey, now, by },
    async ({ complaint, idempotencyRecord }) => {
      // Whoever spent this key here has seen the complaint: keys are kept by sender. So a repetition may pass.
      if (!complaint || !(losesAccess && idempotencyRecord)) assertAccess(complaint, by);
      assertNotErasedFor(complaint, { viewer: by.caller, now, retention });
      if (idempotencyRecord) return complaintAfterTransfer(complaint, { idempotencyRecord, idempotencyKey });
      assertVersion(complaint, ifMatch);
      const change = await decide(complaint, { by, now: eventTime(now, complaint) });
      const left = losesAccess && StateAfterTransfer.parse(change.complaint);
      const key = idempotencyRecordWrites({ pk: complaintKey(id), idempotencyKey, now, left });
      const refusal = await writeTransaction(withSandboxExpiry(complaint, [...changeWrites(change), ...key]));
      if (refusal) return conflict;
      logEventIds(id, change.events);
      return change.complaint;
    },
  );
}

/** Which events a request wrote, in every line that is logged of it from then on. */
export function logEventIds(id: string, events: Pick<ComplaintEvent, "version">[]): void {
  log.appendKeys({ eventIds: events.map(({ version }) => eventId(id, version)) });
}

/** Throws `stale` where the complaint's version is none of those that the caller takes. */
export function assertVersion({ version }: Complaint, ifMatch: string[] | undefined): void {
  if (ifMatch && !ifMatch.includes(String(version))) throw new Fault("stale");
}

function complaintAfterTransfer(
  complaint: Complaint,
  {
    idempotencyRecord,
    idempotencyKey,
  }: { idempotencyRecord: IdempotencyRecord; idempotencyKey: IdempotencyKey | undefined },
): Complaint {
  assertSameBody(idempotencyRecord, idempotencyKey);
  return { ...complaint, ...idempotencyRecord.left };
}

/** `pk`: where the key is kept, the complaint's own partition or that of its private series. */
type NewIdempotencyRecord = Pick<IdempotencyRecord, "left" | "attachmentId" | "visitId"> & {
  pk: string;
  idempotencyKey: IdempotencyKey;
  now: string;
};

export function idempotencyRecordWrites({
  idempotencyKey,
  ...spending
}: Omit<NewIdempotencyRecord, "idempotencyKey"> & { idempotencyKey: IdempotencyKey | undefined }): Writes {
  return idempotencyKey ? [idempotencyRecordWrite({ idempotencyKey, ...spending })] : [];
}

/** On the condition that the key has not been spent on this complaint, or so long ago that it has expired. */
function idempotencyRecordWrite({
  pk,
  idempotencyKey: { keyMac, bodyMac },
  now,
  ...answer
}: NewIdempotencyRecord): Writes[number] {
  const expiresAt = secondsOf(now) + idempotencyKeyDays * daySeconds;
  return putWrite({ ...answer, pk, sk: idempotencyRecordKey(keyMac), bodyMac, expiresAt }, ifAbsentOrExpired(now));
}

/** Throws `idempotency-key-reused` where the key was spent on another request. */
export function assertSameBody({ bodyMac }: IdempotencyRecord, idempotencyKey: IdempotencyKey | undefined): void {
  if (bodyMac !== idempotencyKey?.bodyMac) throw new Fault("idempotency-key-reused");
}

type IdempotentRequest = { id: string; idempotencyKey: IdempotencyKey | undefined; now: string; by: LogWriter };
/** A complaint, and the key's earlier use on it; each undefined where there is none. */
type HeadAndIdempotencyRecord = { complaint: Complaint | undefined; idempotencyRecord: IdempotencyRecord | undefined };

/**
 * Attempts like `retryOnConflict`, with the complaint and the key's earlier use. The two are read at once, but not as of
 * one instant: where the same request is under way twice, the complaint may be as the other left it and the key not. So
 * nothing is refused before the key was asked for once more.
 */
export function attemptIdempotently<T>(
  { attempts, ...keyed }: IdempotentRequest & { attempts: number },
  attempt: (read: HeadAndIdempotencyRecord) => Promise<T | typeof conflict>,
): Promise<T> {
  return retryOnConflict(attempts, async () => {
    const read = await readHeadAndIdempotencyRecord(keyed);
    try {
      return await attempt(read);
    } catch (refusal) {
      if (!(refusal instanceof Fault) || !keyed.idempotencyKey || read.idempotencyRecord) throw refusal;
      const again = await readHeadAndIdempotencyRecord(keyed);
      if (!again.idempotencyRecord) throw refusal;
      return attempt(again);
    }
  });
}

async function readHeadAndIdempotencyRecord({
  id,
  idempotencyKey,
  now,
  by,
}: IdempotentRequest): Promise<HeadAndIdempotencyRecord> {
  // An agency notes nothing in private, and its function may not look there.
  const partitions = [complaintKey(id), ...(by.caller === "agency" ? [] : [confidentialLogKey(id)])];
  const keys = idempotencyKey ? partitions.map((pk) => ({ pk, sk: idempotencyRecordKey(idempotencyKey.keyMac) })) : [];
  const place = { pk: complaintKey(id), sk: headKey };
  const items = await readItems([place, ...keys]);
  const keyUses = items.filter(({ sk }) => sk !== headKey).map((item) => parseItem(IdempotencyRecord, item));
  const spent = keyUses.find(({ expiresAt }) => expiresAt > secondsOf(now));
  // What was read beside the key may be from before the key was spent.
  const heads = spent ? await readItems([place]) : items.filter(({ sk }) => sk === headKey);
  const head = hasLapsed(heads[0], now) ? undefined : heads[0];
  return { complaint: parseWholeItem(Complaint, head), idempotencyRecord: spent };
}

/** More than of a move: what must never be refused may meet others that add to the series. */
const confidentialAttempts = 6;

/** `visitId`: the visit that was ordered, by this request or by the one that it repeats. */
type ConfidentialOutcome = { complaint: Complaint; visitId: string | undefined };

/** `note`: one, some, or none; `change`: what happens to the complaint itself along with it. */
type ConfidentialDecision = { entries: NewEntry | NewEntry[] | undefined; change?: Change; additionalWrites?: Writes };

/** Decides what is to be noted, after what has been noted before, and what is written along with it. */
type ConfidentialDecide<M extends LogWriter> = (
  complaint: Complaint,
  context: CommandContext<M> & { confidentialLog: readonly ConfidentialEntry[] },
) => ConfidentialDecision | Promise<ConfidentialDecision>;

/**
 * Notes one act in a complaint's private series, together with what it writes elsewhere. The complaint itself and its
 * version stay as they are. Two acts at once are decided one after the other: the second finds the first in the series.
 * A repetition changes nothing. Throws what `move` throws.
 */
export function executeConfidentialCommand<M extends LogWriter>(
  request: MoveRequest<M>,
  decide: ConfidentialDecide<M>,
): Promise<ConfidentialOutcome> {
  const { path, principal: by, now, idempotencyKey, ifMatch } = request;
  const { id } = path;
  return attemptIdempotently(
    { attempts: confidentialAttempts, id, idempotencyKey, now, by },
    async ({ complaint, idempotencyRecord }) => {
      // Read of a complaint that is not there too, or it would be refused sooner than one that is not theirs.
      const { confidentialLog, entryCount } = await readConfidentialRecord(id);
      assertAccess(complaint, by);
      assertNotErasedFor(complaint, { viewer: by.caller, now, retention });
      if (idempotencyRecord) {
        assertSameBody(idempotencyRecord, idempotencyKey);
        return { complaint, visitId: idempotencyRecord.visitId };
      }
      assertVersion(complaint, ifMatch);
      // Two that came at once are noted one after the other, so the second is not noted for an earlier time.
      const at = entryTime(now, complaint, confidentialLog);
      const { entries, change, additionalWrites = [] } = await decide(complaint, { by, now: at, confidentialLog });
      const notes = [entries ?? []].flat();
      const visitId = notes.find((one) => one.type === "visit-ordered")?.visitId;
      // The key is spent where nothing is noted too: its repetition, much later, must not be decided anew.
      const key = idempotencyRecordWrites({ pk: confidentialLogKey(id), idempotencyKey, now, visitId });
      const beside = [...(change ? changeWrites(change) : []), ...additionalWrites];
      const writes = [
        ...confidentialEntryWrites({ id, entries: notes, after: entryCount }),
        ...(notes.length > 0 ? beside : []),
        ...key,
      ];
      if (writes.length > 0 && (await writeTransaction(withSandboxExpiry(complaint, writes)))) return conflict;
      if (change) logEventIds(id, change.events);
      return { complaint, visitId };
    },
  );
}
