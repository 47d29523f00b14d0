import { scheduled } from "../triggers/schedule.ts";
import { processHoursChanges } from "./pending-hours.job.ts";

/** Every minute: moves the deadlines of open complaints where an admin changed the hours of a day. */
export const handler = scheduled({ budgetMs: 7_000, run: processHoursChanges });
