import { adminExamples } from "./admin.ts";
import { agencyExamples } from "./agency.ts";
import { citizenExamples } from "./citizen.ts";
import { frontEndExamples } from "./front-end.ts";
import { inspectorExamples } from "./inspector.ts";
import { overseerExamples } from "./overseer.ts";
import { publicExamples } from "./public.ts";
import type { RouteExample } from "./route-example.ts";
import { statisticsExamples } from "./statistics.ts";

/** An example of each route, by its key; none may be missing (test/documents/examples.test.ts). */
export const examples: Record<string, RouteExample> = {
  ...publicExamples,
  ...statisticsExamples,
  ...frontEndExamples,
  ...citizenExamples,
  ...agencyExamples,
  ...inspectorExamples,
  ...overseerExamples,
  ...adminExamples,
};
