import type { Complaint, Visit } from "./complaint.ts";
import { type ComplaintEvent, Snapshot, type Spoken } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { MaskedTexts } from "./masked-texts.ts";
import type { PrincipalOf } from "./principal.ts";
import type { Note, Noted } from "./private-series.ts";

/**
 * What happened to a complaint: its new state, the events that tell of it, and a visit that is over, to be written
 * together.
 */
export type Change = { complaint: Complaint; events: ComplaintEvent[]; visit?: Visit };

/** Callers whose requests can change a complaint. */
export type Mover = PrincipalOf<"citizen" | "agency" | "inspector">;
/** Callers whose requests can change a complaint, or add to its private series. */
export type Party = Mover | PrincipalOf<"front-end">;

/** Who acts, and when. */
export type Stage<P extends Party = Mover> = { by: P; now: string };

/** The texts with the citizen blanked, for readers who may not know who complains; absent where nothing was blanked. */
export type Masked = { masked?: MaskedTexts | undefined };

/** Who acted, as the event records it: the kind of caller, the application, and the person where one is known. */
export type Signature = Pick<ComplaintEvent, "by" | "client" | "person">;

/** The fields of the snapshot that an act changes. */
export type Becomes = Partial<Omit<Snapshot, "retaliation">>;

type Happening = Masked & { now: string; by: Signature; becomes?: Becomes; says: Spoken[] };

/** Numbers what is said as the complaint's next events, and applies them. Checks nothing: callers have done so. */
export function happen(complaint: Complaint, { now, by, masked, becomes, says }: Happening): Change {
  const at = latest(now, complaint);
  const after = snapshotOf({ ...complaint, ...becomes });
  const events = says.map(
    (said, n): ComplaintEvent => ({ ...said, ...by, version: complaint.version + 1 + n, at, after, masked }),
  );
  return { complaint: events.reduce(evolve, complaint), events };
}

/** Notes what is said in the private series, at a time not before the last event. Checks nothing either. */
export function note(complaint: Complaint, { now, by, says }: { now: string; by: Signature; says: Noted }): Note {
  return { ...says, ...by, at: latest(now, complaint), after: snapshotOf(complaint) };
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
export function latest(now: string, { movedAt }: Pick<Complaint, "movedAt">): string {
  return now > movedAt ? now : movedAt;
}

/** The time of the next note in the private series: not before the last one either. */
export function noteTime(
  now: string,
  complaint: Pick<Complaint, "movedAt">,
  series: readonly Pick<Note, "at">[],
): string {
  const [at, last] = [latest(now, complaint), series.at(-1)?.at ?? now];
  return last > at ? last : at;
}

export function signature(by: Party): Signature {
  if (by.caller === "citizen") return { by: "citizen" };
  if (by.caller === "agency") return { by: "agency", client: by.clientId };
  if (by.caller === "front-end") return { by: "front-end", client: by.clientId };
  return { by: "inspector", client: by.clientId, person: by.person };
}
