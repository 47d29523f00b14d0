import { scheduled } from "#functions/pipelines/scheduled.ts";
import { followHours } from "./follow-hours.ts";

/** Every minute: where an admin changed the hours of a day, the open complaints' deadlines follow. */
export const handler = scheduled({ budgetMs: 7_000, run: followHours });
