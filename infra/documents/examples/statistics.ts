import { rowOf } from "#functions/api/any-caller/statistics-row.ts";
import { figuresOf } from "#shared/domain/statistics/figures.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import { definitions } from "../statistics/definitions.ts";
import { cast } from "./cast.ts";
import type { RouteExample } from "./route-example.ts";
import { told } from "./words.ts";

const { agencyId, otherAgencyId, category } = cast;

/** Made up, as all figures of the examples are. */
const large: PublishedCell = {
  cell: agencyId,
  count: 210,
  breakdowns: {
    outcome: { overturned: 10, unanswered: 5, late: 30, confirmed: 60, silent: 95, pending: 10, excluded: 5 },
    extended: { extended: 20, "not-extended": 190 },
  },
};
/** Fewer than 20 complaints: the count alone. */
const small: PublishedCell = { cell: otherAgencyId, count: 5 };
const quarter = { kind: "quarter", name: "1405-Q2" } as const;
const rows = [large, small].map((cell) =>
  rowOf({ cell, figures: figuresOf(cell, { province: large }) }, { period: quarter, table: "agency" }),
);

/** As it is sent: fields that have no value are not there. */
const plain = (answer: object): unknown => JSON.parse(JSON.stringify(answer));

const performance = {
  month: "1405-06",
  firstDay: "2026-08-23",
  lastDay: "2026-09-22",
  agencyId,
  all: {
    count: 71,
    breakdowns: {
      outcome: { overturned: 3, unanswered: 1, late: 9, confirmed: 20, silent: 32, pending: 4, excluded: 2 },
      "transferred-out": { "transferred-out": 2, kept: 69 },
    },
  },
  categories: [{ category, count: 27, breakdowns: { extended: { extended: 6, "not-extended": 21 } } }],
};
const counted = { date: "2026-11-22", countedAt: "2026-11-22T02:30:00.000Z" };

export const statisticsExamples: Record<string, RouteExample> = {
  "GET /v1/statistics": { answer: told(() => plain({ period: "quarter", table: "agency", items: rows })) },
  "GET /v1/statistics/definitions": {
    answer: told(() => ({ method: definitions.method, figures: definitions.figures.slice(0, 1) })),
  },
  "GET /v1/statistics/datapackage.json": { answer: told(() => ({ resources: [{ name: "quarter-agency" }] })) },
  "GET /v1/statistics/now": {
    answer: told(() => ({
      ...counted,
      items: [
        { late: 40, openInTime: 180 },
        { agencyId, late: "<20", openInTime: 20 },
      ],
    })),
  },
  "GET /v1/agency/performance": { answer: told(() => ({ items: [performance] })) },
  "GET /v1/admin/performance": { answer: told(() => ({ items: [performance] })) },
};
