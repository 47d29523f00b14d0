import { rowOf } from "#functions/api/any-caller/statistics-row.ts";
import { figuresOf } from "#shared/domain/statistics/figures-of.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import { definitions } from "../statistics/definitions.ts";
import { cast } from "./cast.ts";
import type { RouteExample } from "./route-example.ts";
import { told } from "./words.ts";

const { agencyId, otherAgencyId, category } = cast;
const part = (classes: string[], shown: number) => ({ classes, shown });

/** Made up, as all figures of the examples are. */
const cell: PublishedCell = {
  cell: agencyId,
  all: 212,
  parts: {
    outcome: [
      part(["D"], 9),
      part(["N", "L"], 31),
      part(["pending"], 12),
      part(["apart"], 7),
      part(["U"], 96),
      part(["G"], 58),
    ],
    extended: [part(["extended"], 21), part(["not-extended"], 190)],
  },
};
const hidden: PublishedCell = { cell: otherAgencyId, all: "<5", parts: undefined };
const quarter = { kind: "quarter", name: "1405-Q2" } as const;
const rows = [cell, hidden].map((one) =>
  rowOf({ cell: one, figures: figuresOf(one, { province: cell }) }, { period: quarter, table: "agency" }),
);

/** As it is sent: fields that have no value are not there. */
const plain = (answer: object): unknown => JSON.parse(JSON.stringify(answer));

const performance = {
  quarter: quarter.name,
  firstDay: "2026-06-22",
  lastDay: "2026-09-22",
  agencyId,
  all: { count: 213, exactly: { outcome: { D: 9, N: 4, L: 28, pending: 11, apart: 8, U: 95, G: 58 } } },
  categories: [{ category, count: 80, exactly: { extended: { extended: 20, "not-extended": 60 } } }],
};
const counted = { date: "2026-11-22", countedAt: "2026-11-22T02:30:00.000Z" };

export const statisticsExamples: Record<string, RouteExample> = {
  "GET /v1/statistics": { answer: told(() => plain({ period: "quarter", table: "agency", items: rows })) },
  "GET /v1/statistics/definitions": { answer: told(() => ({ figures: definitions.figures.slice(0, 1) })) },
  "GET /v1/statistics/datapackage.json": { answer: told(() => ({ resources: [{ name: "quarter-agency" }] })) },
  "GET /v1/statistics/now": {
    answer: told(() => ({
      ...counted,
      items: [
        { overdue: 40, notOverdue: 180 },
        { agencyId, overdue: "<10", notOverdue: 20 },
      ],
    })),
  },
  "GET /v1/agency/performance": { answer: told(() => ({ items: [performance] })) },
  "GET /v1/admin/performance": { answer: told(() => ({ items: [performance] })) },
};
