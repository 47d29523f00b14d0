import type { PrincipalOf } from "../people/principal.ts";
import type { Complaint, Visit } from "./complaint.ts";
import type { EntryPayload, NewEntry } from "./confidential-log.ts";
import { type ComplaintEvent, type MaskedTexts, type NewEvent, Snapshot } from "./event.ts";
import { evolve } from "./event-rules.ts";

/**
 * The result of a command: the new state of the complaint, its new events, and the visit that an inspector reported.
 * They are written in one transaction.
 */
export type Change = { complaint: Complaint; events: ComplaintEvent[]; visit?: Visit };

/** Callers whose requests can change a complaint. */
export type CommandSender = PrincipalOf<"citizen" | "agency" | "inspector" | "overseer">;
/** Callers whose requests can change a complaint or add to its confidential log. */
export type LogWriter = CommandSender | PrincipalOf<"front-end">;

/** Who acts, and when. */
export type CommandContext<P extends LogWriter = CommandSender> = { by: P; now: string };

/** The texts of a command with the citizen's identity masked, for readers who may not know it. Absent: nothing to mask. */
export type WithMaskedTexts = { maskedTexts?: MaskedTexts | undefined };

/** The actor, as an event records it: the kind of caller, the application, and the person where a person is known. */
export type Attribution = Pick<ComplaintEvent, "by" | "clientId" | "person">;

/** The fields of the snapshot that a command changes. */
export type SnapshotChanges = Partial<Omit<Snapshot, "retaliation">>;

type EventsToApply = WithMaskedTexts & {
  now: string;
  by: Attribution;
  changes?: SnapshotChanges;
  payloads: NewEvent[];
};

/** Gives the payloads the complaint's next event numbers and applies them. Checks nothing: the caller has checked. */
export function applyEvents(complaint: Complaint, { now, by, maskedTexts, changes, payloads }: EventsToApply): Change {
  const at = eventTime(now, complaint);
  const after = snapshotOf({ ...complaint, ...changes });
  const events = payloads.map(
    (payload, n): ComplaintEvent => ({ ...payload, ...by, version: complaint.version + 1 + n, at, after, maskedTexts }),
  );
  return { complaint: events.reduce(evolve, complaint), events };
}

/** A new entry for the confidential log, not earlier than the last event. Checks nothing: the caller has checked. */
export function createEntry(
  complaint: Complaint,
  { now, by, payload }: { now: string; by: Attribution; payload: EntryPayload },
): NewEntry {
  return { ...payload, ...by, at: eventTime(now, complaint), after: snapshotOf(complaint) };
}

function snapshotOf({ retaliationFor, confirmBy, reviewBy, ...complaint }: Complaint): Snapshot {
  return Snapshot.parse({
    ...complaint,
    confirmBy: complaint.status === "answered" ? confirmBy : undefined,
    reviewBy: complaint.status === "disputed" ? reviewBy : undefined,
    retaliation: retaliationFor && true,
  });
}

/** The time of the next event. It is never before the last event, because feeds are sorted by time. */
export function eventTime(now: string, { lastEventAt }: Pick<Complaint, "lastEventAt">): string {
  return now > lastEventAt ? now : lastEventAt;
}

/** The time of the next entry of the confidential log: neither before the last event nor before the last entry. */
export function entryTime(
  now: string,
  complaint: Pick<Complaint, "lastEventAt">,
  confidentialLog: readonly Pick<NewEntry, "at">[],
): string {
  const at = eventTime(now, complaint);
  const lastEntryAt = confidentialLog.at(-1)?.at ?? now;
  return lastEntryAt > at ? lastEntryAt : at;
}

export function attributionOf(by: LogWriter): Attribution {
  if (by.caller === "citizen") return { by: "citizen" };
  if (by.caller === "front-end") return { by: "front-end", clientId: by.clientId };
  return { by: by.caller, clientId: by.clientId, person: by.person };
}
