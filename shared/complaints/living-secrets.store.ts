import * as z from "zod";
import { secretGenerationOf, type TypedSecret } from "../identifier.ts";
import { complaintKey, headKey, noticeKey } from "../runtime/keys.ts";
import { log } from "../runtime/log.ts";
import { logEvents } from "../runtime/log-events.ts";
import { parseItem } from "../storage/readable.ts";
import { readItem } from "../storage/table.ts";

/** A sort key under which no item stands. */
const nothing = "NOTHING";

const LivingSecret = z.object({ secretGeneration: z.int().min(0).optional() });

/**
 * Whether a typed secret opens the complaint now. Every generation is compared before anything is read. Then one small item
 * is read, whatever was typed: the head, which says whether the secret was renewed since; or, for a secret that is none of
 * this complaint, an item that does not exist. So the time does not tell a secret that is dead from one that never was, nor
 * an id that exists from one that does not.
 */
export const isLivingSecret = (typedSecret: TypedSecret): Promise<boolean> =>
  isLiving({ ...typedSecret, pk: complaintKey(typedSecret.id), first: 0 });

/** The same for a notice to an employee. It has no secret before its letter was printed. */
export const isLivingNoticeSecret = (typedSecret: TypedSecret): Promise<boolean> =>
  isLiving({ ...typedSecret, pk: noticeKey(typedSecret.id), first: undefined });

/** `first`: the generation that lives where the head names none. */
async function isLiving({ pk, first, ...typedSecret }: TypedSecret & { pk: string; first: number | undefined }) {
  const generation = secretGenerationOf(typedSecret);
  const key = { pk, sk: generation === undefined ? nothing : headKey };
  const item = await readItem(key, { ProjectionExpression: "secretGeneration" });
  const { secretGeneration = first } = item ? parseItem(LivingSecret, item) : {};
  if (item && generation !== undefined && generation === secretGeneration) return true;
  log.info(logEvents.wrongSecret);
  return false;
}
