import type { Directory } from "../domain/complaint/directory.ts";
import { comparableAddress } from "../domain/notifications/address-mark.ts";
import { phonesPerAgencyAndDay } from "../domain/policy-numbers.ts";
import type { CountedProvince } from "../domain/statistics/counting/counted-complaint.ts";
import type { Dimension } from "../domain/statistics/counting/tables.ts";
import type { ServingAgency } from "../domain/statistics/publication/rounding.ts";
import { timetableOf } from "../domain/time/calendar.ts";
import { calendarKnownUntil } from "../domain/time/office-hours.ts";
import type { CatalogEntry } from "../domain/time/retirement.ts";
import type { LocalizedText, Name } from "../domain/vocabulary.ts";
import { clientsOf, contactsOf, officialAddressesOf, webhooksOf } from "./clients.ts";
import { loadProvince } from "./province-file.ts";

/**
 * The deployed province in slices. Run when the bundles are made (infra/bundle.ts), which keep its exports as
 * constants: a function carries only the slices it imports and reads no file. Unbundled, the module reads the file on
 * import.
 */
const { FOAD_PROVINCE_FILE: file } = process.env;
if (!file) throw new Error("FOAD_PROVINCE_FILE must name the province's file");
const province = loadProvince(file);

export const provinceId = province.id;
/** Whose events are told, and which numbers a restore gave again. */
export const eventOrigin = { provinceId, restores: province.restores };
/** The issuer whose tokens the gateway accepts. */
export const issuer = province.tokens.issuer;
export const idPrefix = province.idPrefix;
/** Where anybody calls the API. */
export const publicUrl = province.publicUrl;
export const clients = clientsOf(province);
export const officeHours = timetableOf(province.officeHours);
/** The last day for which hours and holidays are known. */
export const calendarUntil = calendarKnownUntil(province.officeHours);
export const categories = province.categories;
export const confirmation = province.confirmation;
export const review = province.review;
export const ladder = province.ladder;
/** How long what is kept of closed complaints is kept. */
export const retention = province.retention;
/** How pictures are made anew. */
export const pictures = province.attachments.pictures;
/** How many phones the call centre may list in a day. */
export const phoneReadsPerDay = phonesPerAgencyAndDay * province.agencies.length;
/** The front end that calls citizens back; null where nobody does. */
export const callCentre = province.callbacks?.clientId ?? null;
/** The client that tries the whole way every hour; null where none does. */
export const canary = province.sandbox?.canary ?? null;
export const identityReadsPerDay = province.identityReadsPerDay;
/** Where the province's officials are mailed. */
export const contacts = contactsOf(province);
/** The same addresses as they are compared: nobody may refuse an official's mail. */
export const officialAddresses = officialAddressesOf(contacts).map(comparableAddress);

/** What a filing, a transfer, an answer and a decision may name: ids only, no names. */
export const directory: Directory = {
  counties: province.counties.map(offered),
  agencies: province.agencies.map(({ countyIds, offices, ...agency }) => ({
    ...offered(agency),
    countyIds,
    offices: offices.map(({ countyId, ...office }) => ({ ...offered(office), countyId })),
  })),
  categories: categories.map(offered),
  causes: province.causes.map(offered),
};

/** What counting complaints rests on. */
export const countedProvince: CountedProvince = {
  agencies: province.agencies.map((agency) => ({ ...offered(agency), peerGroup: agency.peerGroup })),
  answerClocks: Object.fromEntries(categories.map(({ id, answer }) => [id, answer.clock])),
  operators: Object.fromEntries(
    province.frontEnds.flatMap(({ clientId, operatedBy }) => (operatedBy ? [[clientId, operatedBy]] : [])),
  ),
};

/** Every agency that ever was, the retired ones too. */
export const agencyIds = province.agencies.map(({ id }) => id);

/** The agencies that take their events out of their queues; every other one reads its feed, or is sent it. */
export const queueConsumers = province.agencies.flatMap(({ id, consumer }) => (consumer ? [id] : []));

/** Who is sent the events of a feed. */
export const webhooks = webhooksOf(province);

/** Every id that figures are counted by. */
export const figureIds: Record<Dimension, string[]> = {
  agency: agencyIds,
  category: categories.map(({ id }) => id),
  county: province.counties.map(({ id }) => id),
  cause: province.causes.map(({ id }) => id),
};

/** Which counties every agency serves, the retired ones too, until when, and who took their place. */
export const servingAgencies: ServingAgency[] = province.agencies.map(({ countyIds, ...agency }) => ({
  ...offered(agency),
  countyIds,
}));

/** What the public may know of the province; the shape of GET /v1/catalog. */
export const catalog = {
  province: { id: province.id, name: province.name },
  counties: province.counties.map(({ name, ...county }) => ({ ...offered(county), name })),
  peerGroups: province.peerGroups,
  agencies: province.agencies.map(({ name, countyIds, offices, peerGroup, ...agency }) => ({
    ...offered(agency),
    name,
    countyIds,
    offices,
    peerGroup,
  })),
  categories,
  causes: province.causes,
};

/** What people call that which complaints name by ids, whoever has retired meanwhile. */
export const names = {
  agency: namesOf(province.agencies),
  office: namesOf(province.agencies.flatMap(({ offices }) => offices)),
  county: namesOf(province.counties),
  category: namesOf(categories),
  cause: namesOf(province.causes),
};

function namesOf(named: { id: string; name: LocalizedText }[]): Record<string, LocalizedText> {
  return Object.fromEntries(named.map(({ id, name }) => [id, name]));
}

function offered({ id, retiredFrom, successorId }: CatalogEntry): CatalogEntry {
  return { id, retiredFrom, successorId };
}

/** What the public page says of the province. */
export const pageProvince = {
  id: province.id,
  name: province.name,
  publicUrl: province.publicUrl,
  counties: province.counties.map(({ tile, ...county }) => ({ ...named(county), tile })),
  peerGroups: province.peerGroups,
  agencies: province.agencies.map(({ countyIds, peerGroup, ...agency }) => ({
    ...named(agency),
    peerGroup,
    countyIds,
  })),
  categories: province.categories.map(named),
  causes: province.causes.map(named),
  frontEnds: province.frontEnds
    .filter(({ operatedBy }) => !operatedBy)
    .map(({ name, channels, address, phone, retiredFrom }) => ({ name, channels, address, phone, retiredFrom })),
};

function named({ name, ...one }: CatalogEntry & { name: Name }) {
  return { ...offered(one), name };
}
