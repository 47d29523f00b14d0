import { mustConcern } from "#shared/domain/complaint/access.ts";
import { type Change, noteTime, type Party, type Stage } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { Note, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { mustBeShown } from "#shared/domain/telling/untold-hold.ts";
import { retention } from "#shared/province/slices.static.ts";
import { privateKey } from "#shared/runtime/keys.ts";
import { overtaken, type Writes, writeTogether } from "../transaction.ts";
import { writesOfChange } from "./complaints.ts";
import { lapsing } from "./expiry.ts";
import { attemptOnce, type MoveRequest, mustBeSeen, mustRepeat, putSpentIfKeyed, tellWritten } from "./moves.ts";
import { readConfidence, writesOfNotes } from "./private-series.ts";

/** More than of a move: what must never be refused may meet others that add to the series. */
const attempts = 6;

/** `visitId`: the visit that was ordered, by this request or by the one that it repeats. */
type Noted = { complaint: Complaint; visitId: string | undefined };

/** `note`: one, some, or none; `change`: what happens to the complaint itself along with it. */
type Decided = { note: Note | Note[] | undefined; change?: Change; along?: Writes };

/** Decides what is to be noted, after what has been noted before, and what is written along with it. */
type Decide<M extends Party> = (
  complaint: Complaint,
  stage: Stage<M> & { series: readonly PrivateEvent[] },
) => Decided | Promise<Decided>;

/**
 * Notes one act in a complaint's private series, together with what it writes elsewhere. The complaint itself and its
 * version stay as they are. Two acts at once are decided one after the other: the second finds the first in the series.
 * A repetition changes nothing. Throws what `move` throws.
 */
export function noteOnce<M extends Party>(request: MoveRequest<M>, decide: Decide<M>): Promise<Noted> {
  const { path, principal: by, now, once, ifMatch } = request;
  const { id } = path;
  return attemptOnce({ attempts, id, once, now, by }, async ({ complaint, spent }) => {
    // Read of a complaint that is not there too, or it would be refused sooner than one that is not theirs.
    const { series, noted } = await readConfidence(id);
    mustConcern(complaint, by);
    mustBeShown(complaint, { to: by.caller, now, retention });
    if (spent) {
      mustRepeat(spent, once);
      return { complaint, visitId: spent.visitId };
    }
    mustBeSeen(complaint, ifMatch);
    // Two that came at once are noted one after the other, so the second is not noted for an earlier time.
    const at = noteTime(now, complaint, series);
    const { note, change, along = [] } = await decide(complaint, { by, now: at, series });
    const notes = [note ?? []].flat();
    const visitId = notes.find((one) => one.type === "visit-ordered")?.visitId;
    // The key is spent where nothing is noted too: its repetition, much later, must not be decided anew.
    const key = putSpentIfKeyed({ pk: privateKey(id), once, now, visitId });
    const beside = [...(change ? writesOfChange(change) : []), ...along];
    const writes = [...writesOfNotes({ id, notes, after: noted }), ...(notes.length > 0 ? beside : []), ...key];
    if (writes.length > 0 && (await writeTogether(lapsing(complaint, writes)))) return overtaken;
    if (change) tellWritten(id, change.events);
    return { complaint, visitId };
  });
}
