import type { Complaint } from "./complaint.ts";
import { type ComplaintEvent, Snapshot, type Spoken } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { MaskedTexts } from "./masked-texts.ts";
import type { PrincipalOf } from "./principal.ts";

/** What happened to a complaint: its new state and the events that tell of it, to be written together. */
export type Change = { complaint: Complaint; events: ComplaintEvent[] };

/** Whoever may make something happen to a complaint by a request. */
export type Mover = PrincipalOf<"citizen" | "agency" | "inspector">;

/** Who acts, and when. */
export type Stage<M extends Mover = Mover> = { by: M; now: string };

/** The texts as whoever may not know the citizen reads them, where they named them. */
export type Masked = { masked?: MaskedTexts | undefined };

/** Who signs for an act: the application, and where it is known the person. */
export type Signature = Pick<ComplaintEvent, "by" | "client" | "person">;

/** Where the complaint stands afterwards, as far as that changes. */
export type Becomes = Partial<Omit<Snapshot, "retaliation">>;

type Happening = Masked & { now: string; by: Signature; becomes?: Becomes; says: Spoken[] };

/** The events with the next numbers, and the complaint as they leave it. */
export function happen(complaint: Complaint, { now, by, masked, becomes, says }: Happening): Change {
  const at = latest(now, complaint);
  const after = snapshotOf({ ...complaint, ...becomes });
  const events = says.map(
    (said, n): ComplaintEvent => ({ ...said, ...by, version: complaint.version + 1 + n, at, after, masked }),
  );
  return { complaint: events.reduce(evolve, complaint), events };
}

function snapshotOf({ retaliationFor, confirmBy, reviewBy, ...complaint }: Complaint): Snapshot {
  return Snapshot.parse({
    ...complaint,
    confirmBy: complaint.status === "answered" ? confirmBy : undefined,
    reviewBy: complaint.status === "disputed" ? reviewBy : undefined,
    retaliation: retaliationFor && true,
  });
}

/** What waited for its turn tells no earlier time than what came before it: feeds go by time. */
export function latest(now: string, { movedAt }: Pick<Complaint, "movedAt">): string {
  return now > movedAt ? now : movedAt;
}

export function signature(by: Mover): Signature {
  if (by.caller === "citizen") return { by: "citizen" };
  if (by.caller === "agency") return { by: "agency", client: by.clientId };
  return { by: "inspector", client: by.clientId, person: by.person };
}
