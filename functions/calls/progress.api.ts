import * as z from "zod";
import type { LogWriter } from "#shared/complaints/change.ts";
import type { MoveRequest } from "#shared/complaints/commands.store.ts";
import { withKeyedBody } from "#shared/storage/commands.ts";
import { readMaskKey } from "#shared/storage/secrets.ts";
import { CallId, complaintOfCall } from "./call-id.api.ts";

/** The answer to a recorded call: on how many days calls failed, and whether to call again. */
export const CallProgress = z
  .object({ callId: CallId, daysTried: z.int(), callAgain: z.boolean() })
  .meta({ id: "CallProgress" });

/**
 * A request about a call as a command on its complaint, without `If-Match`: the call centre never sees the version of a complaint, and
 * `version-outdated` would reveal that the complaint exists.
 */
export async function complaintCommand<M extends LogWriter>({
  path: { callId },
  ...request
}: Omit<MoveRequest<M>, "path"> & { path: { callId: string } }): Promise<MoveRequest<M>> {
  const id = await complaintOfCall(callId);
  const idempotencyKey = withKeyedBody(request.idempotencyKey, await readMaskKey(), "call", id);
  return { ...request, path: { id }, idempotencyKey, ifMatch: undefined };
}
