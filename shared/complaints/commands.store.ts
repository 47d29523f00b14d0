import * as z from "zod";
import { Fault } from "../fault.ts";
import { type Mover, tellingMoves } from "../moves.ts";
import { retention } from "../province/slices.static.ts";
import { complaintKey, confidentialLogKey } from "../runtime/keys.ts";
import { log } from "../runtime/log.ts";
import {
  assertSameBody,
  assertVersion,
  attemptIdempotently,
  type IdempotencyKey,
  type IdempotencyRecord,
  idempotencyRecordWrites,
  outcomeOf,
} from "../storage/commands.ts";
import { conflict, type Writes, writeTransaction } from "../storage/transaction.ts";
import { assertAccess } from "./access.ts";
import type { AnswerNotice } from "./answer-notices.ts";
import {
  type Change,
  type CommandContext,
  type CommandSender,
  entryTime,
  eventTime,
  type LogWriter,
} from "./change.ts";
import { Complaint } from "./complaint.ts";
import { changeWrites } from "./complaints.store.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "./confidential-log.store.ts";
import type { ConfidentialEntry, NewEntry } from "./confidential-log.ts";
import { type ComplaintEvent, eventId } from "./event.ts";
import { assertNotErasedFor } from "./forgetting.ts";
import { complaintMoves } from "./lifecycle.ts";
import { withSandboxExpiry } from "./sandbox-expiry.store.ts";

/**
 * A complaint as what a command acts on. Agencies and overseers write no confidential entries, and IAM lets their functions read no
 * confidential log.
 */
export function complaintFor({ caller }: Pick<LogWriter, "caller">, id: string) {
  const writesEntries = caller !== "agency" && caller !== "overseer";
  const recordPartitions = [complaintKey(id), ...(writesEntries ? [confidentialLogKey(id)] : [])];
  return { schema: Complaint, pk: complaintKey(id), recordPartitions };
}

/**
 * The complaint as it stood right after a transfer. The agency that transferred it can no longer read it, so the answer to
 * a repetition of the transfer is made from these fields.
 */
const StateAfterTransfer = Complaint.pick({ agencyId: true, status: true, version: true });

/** How often a move is tried in all, if others change the complaint at the same time. */
const moveAttempts = 3;

/** The part of a request that a move needs: the complaint, the caller, the time, and how to recognize a repetition. */
export type MoveRequest<M extends LogWriter> = {
  path: { id: string };
  principal: M;
  now: string;
  idempotencyKey?: IdempotencyKey | undefined;
  /** The versions that the caller accepts. If the complaint has another version, the move is refused as `version-outdated`. */
  ifMatch?: string[] | undefined;
};

/**
 * Decides the change, or throws a `Fault`. `context.now` is never before the complaint's last event, even if the request
 * arrived before that event.
 */
type MoveDecision<M extends CommandSender> = (
  complaint: Complaint,
  context: CommandContext<M>,
) => Change | Promise<Change>;

/**
 * `losesAccess`: after the move the caller may not read the complaint. The answer to a repetition then comes from the
 * idempotency record. `alsoWrites`: what else is written in the same transaction.
 */
type MoveOptions = { losesAccess?: true; alsoWrites?: ((change: Change) => Promise<Writes>) | undefined };

/**
 * Makes one move: reads the complaint, decides, and writes the new head with its events in one transaction. If somebody
 * else changed the complaint in between, it reads and decides again. A repetition of a request changes nothing.
 *
 * Returns the complaint after the move. Throws `not-found`, `version-outdated`, `idempotency-key-reused` (the key was used for
 * another request), `unavailable` (three conflicts), and the faults of `decide`.
 */
export function executeMove<M extends CommandSender>(
  request: MoveRequest<M>,
  decide: MoveDecision<M>,
  { losesAccess, alsoWrites }: MoveOptions = {},
): Promise<Complaint> {
  const { path, principal: by, now, idempotencyKey, ifMatch } = request;
  const { id } = path;
  return attemptIdempotently(
    { attempts: moveAttempts, target: complaintFor(by, id), request },
    async ({ head: complaint, idempotencyRecord }) => {
      // The digest of an idempotency key includes the caller. A record proves that this caller once had access.
      const mayReplayWithoutAccess = complaint && losesAccess && idempotencyRecord;
      if (!mayReplayWithoutAccess) assertAccess(complaint, by);
      assertNotErasedFor(complaint, { viewer: by.caller, now, retention });
      if (idempotencyRecord) return replayMove(complaint, { idempotencyRecord, idempotencyKey });
      assertVersion(complaint, ifMatch);
      const context = { by, now: eventTime(now, complaint) };
      const change = await tellingComplaintMoves(complaint, context, () => decide(complaint, context));
      const outcome = losesAccess && StateAfterTransfer.parse(change.complaint);
      const recordWrites = idempotencyRecordWrites({ pk: complaintKey(id), idempotencyKey, now, outcome });
      const otherWrites = (await alsoWrites?.(change)) ?? [];
      const writes = withSandboxExpiry(complaint, [...changeWrites(change), ...recordWrites, ...otherWrites]);
      if (await writeTransaction(writes)) return conflict;
      logEventIds(id, change.events);
      return change.complaint;
    },
  );
}

/** Runs a decision. If the complaint's state refuses it, the fault tells which moves the state allows. */
async function tellingComplaintMoves<T>(complaint: Complaint, mover: Mover, decide: () => T | Promise<T>): Promise<T> {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof Fault && error.code === "wrong-state")) throw error;
    throw tellingMoves(error, complaintMoves(complaint, mover));
  }
}

/** Adds the ids of the events that a request wrote to all its later log lines. */
export function logEventIds(id: string, events: Pick<ComplaintEvent, "version">[]): void {
  log.appendKeys({ eventIds: events.map(({ version }) => eventId(id, version)) });
}

type Replay = { idempotencyRecord: IdempotencyRecord; idempotencyKey: IdempotencyKey | undefined };

/** The answer to a repetition: the complaint as it stands, or as it stood right after the caller lost access. */
function replayMove(complaint: Complaint, { idempotencyRecord, idempotencyKey }: Replay): Complaint {
  assertSameBody(idempotencyRecord, idempotencyKey);
  return { ...complaint, ...outcomeOf(idempotencyRecord, StateAfterTransfer.partial()) };
}

/** More than for a move: taking back consent must not fail because others add confidential entries at the same time. */
const confidentialAttempts = 6;

/** What this request, or the earlier request that it repeats, made: a visit, a renewed secret or a request for one, a notice. */
const Made = z.object({
  visitId: z.string().optional(),
  secretGeneration: z.int().optional(),
  renewalRequestedAt: z.string().optional(),
  noticeId: z.string().optional(),
  areDigitsWrong: z.boolean().optional(),
});
type ConfidentialOutcome = { complaint: Complaint } & z.infer<typeof Made>;

/** What these entries made, for the answer and for the answer to a repetition. */
function madeBy(entries: readonly NewEntry[]): z.infer<typeof Made> {
  return {
    visitId: entries.find((entry) => entry.type === "visit-ordered")?.visitId,
    secretGeneration: entries.find((entry) => entry.type === "secret-renewed")?.generation,
    renewalRequestedAt: entries.find((entry) => entry.type === "renewal-requested")?.at,
    noticeId: entries.find((entry) => entry.type === "notice-opened")?.noticeId,
    areDigitsWrong: entries.some(({ type }) => type === "call-digits-wrong") || undefined,
  };
}

/** `entries`: the entries to add, if any. `change` and `additionalWrites` are written only together with an entry. */
type ConfidentialDecision = { entries: NewEntry | NewEntry[] | undefined; change?: Change; additionalWrites?: Writes };

/** Decides which entries to add, given the entries that the log has, and what to write with them. */
type ConfidentialDecide<M extends LogWriter> = (
  complaint: Complaint,
  context: CommandContext<M> & { confidentialLog: readonly ConfidentialEntry[]; notices: readonly AnswerNotice[] },
) => ConfidentialDecision | Promise<ConfidentialDecision>;

/**
 * Adds entries to a complaint's confidential log, together with the other writes of the decision. Without a `change`, the
 * complaint and its version stay as they are. Of two commands at once, the second is decided after it reads the entries
 * of the first. A repetition changes nothing. Throws the same faults as `executeMove`.
 */
export function executeConfidentialCommand<M extends LogWriter>(
  request: MoveRequest<M>,
  decide: ConfidentialDecide<M>,
): Promise<ConfidentialOutcome> {
  const { path, principal: by, now, idempotencyKey, ifMatch } = request;
  const { id } = path;
  return attemptIdempotently(
    { attempts: confidentialAttempts, target: complaintFor(by, id), request },
    async ({ head: complaint, idempotencyRecord }) => {
      // Read even if there is no complaint: a missing complaint and somebody else's must take the same time to refuse.
      const { confidentialLog, entryCount, notices } = await readConfidentialRecord(id);
      assertAccess(complaint, by);
      assertNotErasedFor(complaint, { viewer: by.caller, now, retention });
      if (idempotencyRecord) {
        assertSameBody(idempotencyRecord, idempotencyKey);
        return { complaint, ...outcomeOf(idempotencyRecord, Made) };
      }
      assertVersion(complaint, ifMatch);
      // Of two commands at once, the second entry is never timed before the first.
      const at = entryTime(now, complaint, confidentialLog);
      const context = { by, now: at, confidentialLog, notices };
      const decided = await tellingComplaintMoves(complaint, context, () => decide(complaint, context));
      const { entries, change, additionalWrites = [] } = decided;
      const newEntries = [entries ?? []].flat();
      const made = madeBy(newEntries);
      const otherWrites = [...(change ? changeWrites(change) : []), ...additionalWrites];
      const writes = [
        ...confidentialEntryWrites({ id, entries: newEntries, after: entryCount }),
        ...(newEntries.length > 0 ? otherWrites : []),
        // Written without a new entry too: a repetition that comes much later must not be decided anew.
        ...idempotencyRecordWrites({ pk: confidentialLogKey(id), idempotencyKey, now, outcome: made }),
      ];
      if (writes.length > 0 && (await writeTransaction(withSandboxExpiry(complaint, writes)))) return conflict;
      if (change) logEventIds(id, change.events);
      return { complaint, ...made };
    },
  );
}
