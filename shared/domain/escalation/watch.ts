import type { Complaint } from "../complaint/complaint.ts";
import { minuteMs } from "../time/duration.ts";
import type { Instant } from "../time/instant.ts";

/** How late the execution in charge may be before another one takes its place. */
export const overdueAfterMs = 5 * minuteMs;

type Watched = Pick<Complaint, "id" | "level" | "inCharge"> & { dueAt: Instant };

/**
 * The name of the execution to start for a due complaint; undefined while the one in charge is not overdue itself. A
 * name holds for five minutes and can start only one execution, so of several sweeps only the first starts one.
 */
export function executionFor({ id, level, inCharge, dueAt }: Watched, now: Instant): string | undefined {
  const overdue = Date.parse(now) - Date.parse(dueAt);
  if (inCharge && overdue < overdueAfterMs) return undefined;
  const attempt = Math.floor(overdue / overdueAfterMs);
  return `${id}-${level}-${dueAt.replace(/\D/g, "")}-${attempt}`;
}
