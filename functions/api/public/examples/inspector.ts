import { deadlinesExample } from "./deadlines.ts";
import type { RouteExample } from "./told.ts";

export const inspectorExamples: Record<string, RouteExample> = {
  "GET /v1/inspector/complaints/{id}/deadlines": { answer: deadlinesExample },
};
