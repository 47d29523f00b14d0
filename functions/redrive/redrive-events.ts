import { scheduled } from "#functions/pipelines/scheduled.ts";
import { redrive } from "./redrive.ts";

/** Every minute: what an admin ordered to be sent again is sent. */
export const handler = scheduled({ budgetMs: 5_000, run: redrive });
