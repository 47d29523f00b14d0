import { scheduled } from "#functions/pipelines/scheduled.ts";
import { redrive } from "./redrive.ts";

/** Every minute: sends again what admins ordered. */
export const handler = scheduled({ budgetMs: 5_000, run: redrive });
