import { noteWithoutTexts } from "#shared/domain/complaint/blanked.ts";
import { noteTime } from "#shared/domain/complaint/change.ts";
import { isForgotten } from "#shared/domain/complaint/forgetting.ts";
import { type Hold, holdOf, liftHold, setHold } from "#shared/domain/complaint/hold.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { isSandbox } from "#shared/domain/complaint/sandbox.ts";
import { Fault } from "#shared/domain/fault.ts";
import { privateEventKey, privateKey } from "#shared/runtime/keys.ts";
import { putAudit } from "../events/audit.ts";
import { readItem } from "../items.ts";
import { keepOrder } from "../retention/keep-order.ts";
import { overtaken, putting, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import { readHead } from "./complaints.ts";
import { readConfidence, writesOfNotes } from "./private-series.ts";

const attempts = 6;

const decisions = { "hold-set": setHold, "hold-lifted": liftHold };

type Order = { act: keyof typeof decisions; id: string; by: PrincipalOf<"admin">; now: string; reason: string };

/** Notes an order in the private series and among what admins did; throws `not-found` where there is no such complaint. */
export function orderHold({ act, id, by, now, reason }: Order): Promise<Hold> {
  return unlessOvertaken(attempts, async () => {
    const { complaint, series, noted } = await readHeld(id);
    const at = noteTime(now, complaint, series);
    const note = decisions[act](complaint, { by, now: at, series, reason });
    if (!note) return holdOf(series);
    const event = { ...note, private: noted + 1 };
    const notes = isForgotten(complaint, { kind: "texts", series })
      ? await writesAfterForgetting({ id, event, series })
      : writesOfNotes({ id, notes: [event], after: noted });
    const audit = putAudit({ type: act, at, client: by.clientId, person: by.person, complaintId: id, reason });
    // Outside the table a hold is kept before it is set, and its end once it is: a crash in between holds too much.
    if (act === "hold-set") await keepOrder({ id, at, act });
    // An erasure that is decided meanwhile adds to the series too, so one of the two is decided again.
    if (await writeTogether([...notes, audit])) return overtaken;
    if (act === "hold-lifted") await keepOrder({ id, at, act });
    return holdOf([...series, event]);
  });
}

type Ordered = { id: string; event: PrivateEvent; series: readonly PrivateEvent[] };

/**
 * Writes an order of a case whose texts are forgotten, of which nothing blanks a reason later. The reason of a hold is blanked
 * with the next order, that of its end at once. In the audit both stay.
 */
async function writesAfterForgetting({ id, event, series }: Ordered): Promise<Writes> {
  const left = event.type === "hold-lifted" ? noteWithoutTexts(event) : event;
  const before = series.findLast(({ type }) => type === "hold-set");
  const item = before && (await readItem({ pk: privateKey(id), sk: privateEventKey(before.private) }));
  return [
    ...writesOfNotes({ id, notes: [left], after: event.private - 1 }),
    ...(item ? [putting({ ...item, ...noteWithoutTexts(before) })] : []),
  ];
}

/** Whether a complaint is held; throws `not-found` where there is no such one. */
export async function readHold(id: string): Promise<Hold> {
  return holdOf((await readHeld(id)).series);
}

async function readHeld(id: string) {
  const [complaint, confidence] = await Promise.all([readHead(id), readConfidence(id)]);
  if (!complaint || isSandbox(complaint)) throw new Fault("not-found");
  return { complaint, ...confidence };
}
