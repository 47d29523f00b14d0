import { isForgotten, isToBeForgotten, type Kind } from "#shared/domain/complaint/forgetting.ts";
import { holdOf } from "#shared/domain/complaint/hold.ts";
import { Fault } from "#shared/domain/fault.ts";
import { retention } from "#shared/province/slices.static.ts";
import { forgetOnce, type Standing } from "#shared/store/retention/forget-once.ts";
import { deleteIdentity, writesOfIdentity } from "#shared/store/retention/identity.ts";
import { deleteRemains, writesOfEnd } from "#shared/store/retention/remains.ts";
import { blankTexts, writesOfTexts } from "#shared/store/retention/texts.ts";
import type { Writes } from "#shared/store/transaction.ts";

/** `isRepeated`: what is noted as forgotten is deleted once more. */
type Forgetting = { id: string; kind: Kind; now: string; isRepeated?: boolean | undefined };

const writesOf: Record<Kind, (standing: Standing, now: string) => Writes> = {
  identity: writesOfIdentity,
  texts: writesOfTexts,
  events: writesOfEnd,
};

/** Forgets a kind of a complaint, where that is due; true where it is to be forgotten later. */
export async function forget({ id, kind, now, isRepeated }: Forgetting): Promise<boolean> {
  const outcome = await decided({ id, kind, now });
  // Of a complaint without a head the rest is deleted, if it was begun.
  if (!outcome) return onlyAtTheEnd(id, kind);
  const { complaint, series, hasForgotten } = outcome;
  const isGone = hasForgotten || isForgotten(complaint, { kind, series });
  if (kind === "identity" && isRepeated && isGone) await deleteIdentity(id, series);
  // Again with every walk: one that was killed has noted it and not done it all. What is left is kept by a hold set since.
  if (kind === "texts" && isGone) {
    if (holdOf(series).held) return true;
    await blankTexts(id);
  }
  if (kind === "events" && hasForgotten) await deleteRemains(id);
  return !isGone;
}

async function decided({ id, kind, now }: Forgetting) {
  try {
    return await forgetOnce({
      id,
      kind,
      now,
      decide: (standing) =>
        isToBeForgotten(standing.complaint, { ...standing, kind, now, retention })
          ? writesOf[kind](standing, now)
          : undefined,
    });
  } catch (error) {
    if (error instanceof Fault && error.code === "not-found") return undefined;
    throw error;
  }
}

async function onlyAtTheEnd(id: string, kind: Kind): Promise<boolean> {
  if (kind !== "events") throw new Fault("not-found");
  await deleteRemains(id);
  return false;
}
