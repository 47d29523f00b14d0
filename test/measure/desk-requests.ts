/**
 * Requests of an officer's open page in five minutes in which nothing happens. `test/deep/desk-requests.test.ts` counts them in a
 * browser.
 */
export const requestsInFiveMinutes: Record<"list" | "case", Record<string, number>> = {
  list: { "GET /v1/agency/events": 15, "GET /v1/agency/complaints": 1, "GET /v1/agency/summary": 1 },
  case: { "GET /v1/agency/events": 15, "GET /v1/agency/complaints/{id}": 15 },
};
