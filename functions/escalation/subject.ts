import * as z from "zod";
import { Instant } from "#shared/time/calendar.ts";

/** The complaint or the issue that an execution escalates. */
export const Subject = z.object({ kind: z.enum(["complaint", "issue"]), id: z.string() });
export type Subject = z.infer<typeof Subject>;

/** The input of an execution. `dueAt`: when the next level is due. */
export const Escalation = z.object({ subject: Subject, dueAt: Instant });
export type Escalation = z.infer<typeof Escalation>;

/** The level of one complaint or issue that is due at `dueAt`. `execution`: the name of the execution that raises it. */
export type DueLevel = { id: string; dueAt: string; execution: string; now: string };

/** `level`: the level that was raised now, if one was. The other fields are those of the head as it is then. */
export type Raised = {
  level: number | undefined;
  nextLevelAt?: string | undefined;
  escalationExecution?: string | undefined;
};
