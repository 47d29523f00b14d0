import * as z from "zod";
import type { LogWriter } from "#shared/complaints/change.ts";
import type { MoveRequest } from "#shared/complaints/commands.store.ts";
import { ComplaintId } from "#shared/identifier.ts";

/** The answer to a recorded call: on how many days calls failed, and whether to call again. */
export const CallProgress = z
  .object({ id: ComplaintId, daysTried: z.int(), callAgain: z.boolean() })
  .meta({ id: "CallProgress" });

/**
 * Returns the request without `If-Match`. The call centre never sees the version of a complaint. A refusal because of a
 * version would reveal that a complaint exists which the call centre may not see.
 */
export function withoutIfMatch<M extends LogWriter>(request: MoveRequest<M>): MoveRequest<M> {
  return { ...request, ifMatch: undefined };
}
