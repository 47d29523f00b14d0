import { cast } from "./cast.ts";
import type { RouteExample } from "./told.ts";
import { told } from "./words.ts";

const { countyId } = cast;
const open = { intervals: [{ from: "08:00", to: "13:00" }], why: "open" };

/** A day on which one county is closed and the rest of the province works. */
const closedInOneCounty = told(({ hours }) => ({
  date: "2026-11-25",
  province: open,
  counties: [{ countyId, intervals: [], why: "closed", reason: hours }],
  moving: true,
}));

export const adminExamples: Record<string, RouteExample> = {
  "GET /v1/admin/office-hours/{date}": { answer: closedInOneCounty },
  "PUT /v1/admin/office-hours/{date}": {
    body: told(({ hours }) => ({ countyId, closed: true, reason: hours })),
    answer: closedInOneCounty,
  },
  "DELETE /v1/admin/office-hours/{date}": {
    answer: told(() => ({ date: "2026-11-25", province: open, counties: [], moving: true })),
  },
};
