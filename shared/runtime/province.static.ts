import { readFileSync } from "node:fs";
import { timetableOf } from "../domain/calendar.ts";
import type { Directory } from "../domain/filing.ts";
import { contactsOf } from "../domain/notification.ts";
import { clientsOf } from "../domain/principal.ts";
import { parseProvince } from "../domain/province.ts";

/**
 * The deployed province in slices. Evaluated when the bundles are made, so that a function carries only the slices
 * it imports and reads no file; see infra/bundle.ts.
 */
const id = process.env.FOAD_PROVINCE ?? "qazvin";
const file = new URL(`../../infra/provinces/${id}.json`, import.meta.url);
const province = parseProvince(JSON.parse(readFileSync(file, "utf8")), `${id}.json`);

export const provinceId = province.id;
/** Whose tokens the gateway takes. */
export const issuer = province.tokens.issuer;
export const idPrefix = province.idPrefix;
export const clients = clientsOf(province);
export const officeHours = timetableOf(province.officeHours);
export const categories = province.categories;
export const confirmation = province.confirmation;
export const review = province.review;
export const ladder = province.ladder;
/** Where the province's officials are mailed. */
export const contacts = contactsOf(province);

/** What a filing may name, without how it is called. */
export const directory: Directory = {
  counties: province.counties.map(({ id }) => ({ id })),
  agencies: province.agencies.map(({ id, countyIds, offices }) => ({
    id,
    countyIds,
    offices: offices.map(({ id, countyId }) => ({ id, countyId })),
  })),
  categories: categories.map(({ id }) => ({ id })),
};

/** What the public may know of the province; the shape of GET /v1/catalog. */
export const catalog = {
  province: { id: province.id, name: province.name },
  counties: province.counties.map(({ id, name }) => ({ id, name })),
  agencies: province.agencies.map(({ id, name, countyIds, offices }) => ({ id, name, countyIds, offices })),
  categories,
};
