import type { RouteExample } from "./route-example.ts";
import { cursor, escalatedItem, overseerViewOf } from "./views.ts";
import { told } from "./words.ts";

export const overseerExamples: Record<string, RouteExample> = {
  "GET /v1/overseer/complaints": { answer: told(() => ({ items: [escalatedItem], nextCursor: cursor })) },
  "GET /v1/overseer/complaints/{id}": { answer: told(overseerViewOf) },
};
