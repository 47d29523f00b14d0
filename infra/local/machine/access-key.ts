import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { StateFolder } from "./state-folder.ts";

const file = "access-key.json";
const AccessKey = z.object({ secretAccessKey: z.string().min(1) });

/**
 * The secret of the only access key, which is for whoever may read the state folder.
 * Kept there, so that what was signed before a restart is served after it.
 */
export function secretAccessKeyIn(state: StateFolder): string {
  const kept = state.read(file, AccessKey);
  if (kept) return kept.secretAccessKey;
  const secretAccessKey = randomBytes(30).toString("base64url");
  state.write(file, { secretAccessKey });
  return secretAccessKey;
}
