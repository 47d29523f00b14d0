import { figuresOf } from "#functions/figures/figures.ts";
import type { PublishedCell } from "#functions/figures/publication.ts";
import { statisticsRow } from "#functions/figures/statistics-rows.api.ts";
import { apiChanges } from "#functions/http/api-changes.ts";
import { filingNotes } from "#shared/complaints/text-masker.store.ts";
import { catalog } from "#shared/province/slices.static.ts";
import { definitions } from "../statistics/definitions.ts";
import { exampleIds, inBothLanguages, type RouteExample } from "./example-values.ts";

const { province, counties, peerGroups, agencies, categories, causes } = catalog;

/** The catalog of this province with one entry of each kind. */
const shortCatalog = {
  province,
  counties: counties.filter(({ id }) => id === exampleIds.countyId),
  peerGroups: peerGroups.slice(0, 1),
  agencies: agencies
    .filter(({ id }) => id === exampleIds.agencyId)
    .map(({ offices, ...agency }) => ({ ...agency, offices: offices.slice(0, 1) })),
  categories: categories.filter(({ id }) => id === exampleIds.category),
  causes: causes.filter(({ id }) => id === exampleIds.cause),
  attachments: { contentTypes: ["image/jpeg", "application/pdf"], maxBytes: 10_485_760, maxFiles: 20 },
  notes: filingNotes,
  outages: [],
};

const page = {
  fa: '<!doctype html><html lang="fa" dir="rtl">…</html>',
  en: '<!doctype html><html lang="en" dir="ltr">…</html>',
};

export const publicExamples: Record<string, RouteExample> = {
  "GET /v1/catalog": { answer: inBothLanguages(() => shortCatalog) },
  "GET /v1/changes": { answer: inBothLanguages(() => ({ version: "1", changes: apiChanges })) },
  "GET /v1/openapi.json": { answer: inBothLanguages(() => ({ openapi: "3.1.0" })) },
  "GET /v1/asyncapi.json": { answer: inBothLanguages(() => ({ asyncapi: "3.1.0" })) },
  "GET /v1/docs": { answer: page },
  "GET /v1/mail/unsubscribe": { answer: page },
  "POST /v1/mail/unsubscribe": { body: inBothLanguages(() => ({ "List-Unsubscribe": "One-Click" })), answer: page },
};

const { agencyId, otherAgencyId, category } = exampleIds;

/** Invented, like all figures of the examples. */
const large: PublishedCell = {
  cell: agencyId,
  count: 210,
  breakdowns: {
    outcome: { overturned: 10, unanswered: 5, late: 30, confirmed: 60, silent: 95, pending: 10, excluded: 5 },
    extended: { extended: 20, "not-extended": 190 },
  },
};
/** An agency with fewer than 20 complaints has only a count. */
const small: PublishedCell = { cell: otherAgencyId, count: 5 };
const quarter = { kind: "quarter", name: "1405-Q2" } as const;
const rows = [large, small].map((cell) =>
  statisticsRow({ cell, figures: figuresOf(cell, { province: large }) }, { period: quarter, table: "agency" }),
);

/** The answer as JSON: fields without a value are missing. */
const plain = (answer: object): unknown => JSON.parse(JSON.stringify(answer));

const performance = {
  month: "1405-06",
  firstDay: "2026-08-23",
  lastDay: "2026-09-22",
  agencyId,
  total: {
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
  "GET /v1/statistics": { answer: inBothLanguages(() => plain({ period: "quarter", table: "agency", items: rows })) },
  "GET /v1/statistics/definitions": {
    answer: inBothLanguages(() => ({ method: definitions.method, figures: definitions.figures.slice(0, 1) })),
  },
  "GET /v1/statistics/datapackage.json": {
    answer: inBothLanguages(() => ({ resources: [{ name: "quarter-agency" }] })),
  },
  "GET /v1/statistics/records": {
    answer: inBothLanguages(() => ({ items: [{ year: 1405, entries: 15 }] })),
  },
  "GET /v1/statistics/waiting": {
    answer: inBothLanguages(() => ({
      ...counted,
      items: [
        { overdue: 40, notYetDue: 180 },
        { agencyId, overdue: "<20", notYetDue: 20 },
      ],
    })),
  },
  "GET /v1/agency/performance": { answer: inBothLanguages(() => ({ items: [performance] })) },
  "GET /v1/admin/performance": { answer: inBothLanguages(() => ({ items: [performance] })) },
};
