import type { Complaint } from "../complaint/complaint.ts";
import type { Instant } from "../time/instant.ts";

/** How long an execution may be late itself before another one takes its place. */
const patience = 5 * 60_000;

type Watched = Pick<Complaint, "id" | "level" | "inCharge"> & { dueAt: Instant };

/**
 * The name of the execution that a due complaint needs now; undefined while one is in charge and not yet overdue. The
 * same name for five minutes, so that sweeps that follow each other start one, and another one after that.
 */
export function executionFor({ id, level, inCharge, dueAt }: Watched, now: Instant): string | undefined {
  const overdue = Date.parse(now) - Date.parse(dueAt);
  if (inCharge && overdue < patience) return undefined;
  const attempt = Math.floor(overdue / patience);
  return `${id}-${level}-${dueAt.replace(/\D/g, "")}-${attempt}`;
}
