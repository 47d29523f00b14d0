import { filingNotes } from "#functions/api/wording/filing-notes.ts";
import { apiChanges } from "#functions/pipelines/api-changes.ts";
import { catalog } from "#shared/province/slices.static.ts";
import { cast } from "./cast.ts";
import type { RouteExample } from "./route-example.ts";
import { told } from "./words.ts";

const { province, counties, peerGroups, agencies, categories, causes } = catalog;

/** The real catalog of this province, cut short. */
const shortCatalog = {
  province,
  counties: counties.filter(({ id }) => id === cast.countyId),
  peerGroups: peerGroups.slice(0, 1),
  agencies: agencies
    .filter(({ id }) => id === cast.agencyId)
    .map(({ offices, ...agency }) => ({ ...agency, offices: offices.slice(0, 1) })),
  categories: categories.filter(({ id }) => id === cast.category),
  causes: causes.filter(({ id }) => id === cast.cause),
  attachments: { contentTypes: ["image/jpeg", "application/pdf"], mostBytes: 10_485_760, mostFiles: 20 },
  notes: filingNotes,
};

const page = {
  fa: '<!doctype html><html lang="fa" dir="rtl">…</html>',
  en: '<!doctype html><html lang="en" dir="ltr">…</html>',
};

export const publicExamples: Record<string, RouteExample> = {
  "GET /v1/catalog": { answer: told(() => shortCatalog) },
  "GET /v1/changes": { answer: told(() => ({ version: "1", changes: apiChanges })) },
  "GET /v1/openapi.json": { answer: told(() => ({ openapi: "3.1.0" })) },
  "GET /v1/asyncapi.json": { answer: told(() => ({ asyncapi: "3.1.0" })) },
  "GET /v1/docs": { answer: page },
  "GET /v1/mail/refusals": { answer: page },
  "POST /v1/mail/refusals": { body: told(() => ({ "List-Unsubscribe": "One-Click" })), answer: page },
};
