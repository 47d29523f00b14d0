import type { Complaint, Visit } from "./complaint.ts";
import type { EntryPayload, NewEntry } from "./confidential-log.ts";
import { type ComplaintEvent, type MaskedTexts, type NewEvent, Snapshot } from "./event.ts";
import { evolve } from "./event-rules.ts";
import type { PrincipalOf } from "./principal.ts";

/**
 * What happened to a complaint: its new state, the events that tell of it, and a visit that is over, to be written
 * together.
 */
export type Change = { complaint: Complaint; events: ComplaintEvent[]; visit?: Visit };

/** Callers whose requests can change a complaint. */
export type CommandSender = PrincipalOf<"citizen" | "agency" | "inspector">;
/** Callers whose requests can change a complaint, or add to its private series. */
export type LogWriter = CommandSender | PrincipalOf<"front-end">;

/** Who acts, and when. */
export type CommandContext<P extends LogWriter = CommandSender> = { by: P; now: string };

/** The texts with the citizen blanked, for readers who may not know who complains; absent where nothing was blanked. */
export type WithMaskedTexts = { masked?: MaskedTexts | undefined };

/** Who acted, as the event records it: the kind of caller, the application, and the person where one is known. */
export type Attribution = Pick<ComplaintEvent, "by" | "client" | "person">;

/** The fields of the snapshot that an act changes. */
export type SnapshotChanges = Partial<Omit<Snapshot, "retaliation">>;

type EventsToApply = WithMaskedTexts & {
  now: string;
  by: Attribution;
  changes?: SnapshotChanges;
  payloads: NewEvent[];
};

/** Numbers what is said as the complaint's next events, and applies them. Checks nothing: callers have done so. */
export function applyEvents(complaint: Complaint, { now, by, masked, changes, payloads }: EventsToApply): Change {
  const at = eventTime(now, complaint);
  const after = snapshotOf({ ...complaint, ...changes });
  const events = payloads.map(
    (said, n): ComplaintEvent => ({ ...said, ...by, version: complaint.version + 1 + n, at, after, masked }),
  );
  return { complaint: events.reduce(evolve, complaint), events };
}

/** Notes what is said in the private series, at a time not before the last event. Checks nothing either. */
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

/** The time of the next event: never before the last one, even if the request came earlier. Feeds are sorted by it. */
export function eventTime(now: string, { movedAt }: Pick<Complaint, "movedAt">): string {
  return now > movedAt ? now : movedAt;
}

/** The time of the next note in the private series: not before the last one either. */
export function entryTime(
  now: string,
  complaint: Pick<Complaint, "movedAt">,
  confidentialLog: readonly Pick<NewEntry, "at">[],
): string {
  const [at, last] = [eventTime(now, complaint), confidentialLog.at(-1)?.at ?? now];
  return last > at ? last : at;
}

export function attributionOf(by: LogWriter): Attribution {
  if (by.caller === "citizen") return { by: "citizen" };
  if (by.caller === "agency") return { by: "agency", client: by.clientId };
  if (by.caller === "front-end") return { by: "front-end", client: by.clientId };
  return { by: "inspector", client: by.clientId, person: by.person };
}
