import * as z from "zod";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { secretGenerationOf, type TypedSecret } from "#shared/domain/complaint/identifier.ts";
import { complaintKey, headKey } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { parseItem } from "../readable.ts";
import { readItem } from "../table.ts";

/** A sort key under which no item stands. */
const nothing = "NOTHING";

const LivingSecret = z.object({ secretGeneration: Complaint.shape.secretGeneration });

/**
 * Whether a typed secret opens the complaint now. Every generation is compared before anything is read. Then one small item
 * is read, whatever was typed: the head, which says whether the secret was renewed since; or, for a secret that is none of
 * this complaint, an item that does not exist. So the time does not tell a secret that is dead from one that never was, nor
 * an id that exists from one that does not.
 */
export async function isLivingSecret(typedSecret: TypedSecret): Promise<boolean> {
  const generation = secretGenerationOf(typedSecret);
  const key = { pk: complaintKey(typedSecret.id), sk: generation === undefined ? nothing : headKey };
  const item = await readItem(key, { ProjectionExpression: "secretGeneration" });
  const { secretGeneration = 0 } = item ? parseItem(LivingSecret, item) : {};
  if (item && generation === secretGeneration) return true;
  log.info(logEvents.wrongSecret);
  return false;
}
