import { calendarKnownUntil } from "../hours/office-hours.ts";
import { comparableAddress } from "../identities/address-mark.ts";
import { defaultSmsPerMonth, phonesPerAgencyAndDay } from "../policy-numbers.ts";
import { timetableOf } from "../time/calendar.ts";
import type { LocalizedText, Name } from "../vocabulary.ts";
import { clientsOf, contactsOf, officialAddressesOf, officialPhonesOf, webhooksOf } from "./clients.ts";
import type { CountedProvince, ServingAgency } from "./counted-province.ts";
import type { Directory } from "./directory.ts";
import { loadProvince } from "./province-file.ts";
import type { CatalogEntry } from "./retirement.ts";

/**
 * The deployed province, in slices. infra/bundles/bundle.ts runs this module when it makes the bundles, and puts its exports there as
 * constants. So a function contains only the slices that it imports, and reads no file. Where it is not bundled, as in
 * tests, the module reads the file on import.
 */
const { FOAD_PROVINCE_FILE: file } = process.env;
if (!file) throw new Error("FOAD_PROVINCE_FILE must name the province's file");
const province = loadProvince(file);

export const provinceId = province.id;
/** The source of the province's events (`sourceOf`). */
export const eventOrigin = { provinceId, restores: province.restorePoints };
/** The issuer whose tokens the gateway accepts. */
export const issuer = province.tokens.issuer;
export const idPrefix = province.idPrefix;
/** How the province's ids begin, on paper and on a keypad. */
export const idPrefixes = { idPrefix: province.idPrefix, phonePrefix: province.phonePrefix };
/** The address of the API. */
export const publicUrl = province.publicUrl;
/** The programs that call the API, by client id. */
export const clients = clientsOf(province);
/** The client ids of programs that are tried in the sandbox. */
export const sandboxClients = (province.sandbox?.clients ?? []).map(({ clientId }) => clientId);
/** The clients through which people sign in. */
export const { peopleClients } = province.tokens;
/** The client id of the desk, the first of those clients. */
export const deskClient = province.tokens.peopleClients[0] ?? "";
/** The people who are admins without being registered: they register the others. */
export const { admins } = province;
export const officeHours = timetableOf(province.officeHours);
/** The last day for which hours and holidays are known. */
export const calendarUntil = calendarKnownUntil(province.officeHours);
export const categories = province.categories;
export const confirmation = province.confirmation;
export const review = province.review;
/** How long after its order a visit must be reported. */
export const visitPolicy = province.visits;
export const escalationLevels = province.escalationLevels;
/** How long the data of closed complaints is kept, by kind. */
export const retention = province.retention;
/** How the clean copies of pictures are encoded. */
export const pictures = province.attachments.pictures;
/** How many phones the call centre may list in a day. */
export const phoneReadsPerDay = phonesPerAgencyAndDay * province.agencies.length;
/** Whether inspectors may open notices to employees. */
export const records = province.records ?? null;

/** The causes that are the conduct of a person. */
export const personalCauses = province.causes.flatMap(({ id, personal }) => (personal ? [id] : []));

/** The client id of the call centre; null if there is none. */
export const callCentre = province.callCentre?.clientId ?? null;
/** The client id of the canary, which takes a test complaint through all steps every hour; null if there is none. */
export const canary = province.sandbox?.canary ?? null;
export const identityReadsPerDay = province.identityReadsPerDay;
/** The mail addresses of the province's officials. */
export const contacts = contactsOf(province);
/** The mobile numbers of the officials who get messages (SMS). */
export const officialPhones = officialPhonesOf(province);
/** The same addresses, normalized for comparison: mail to officials cannot be unsubscribed. */
export const officialAddresses = officialAddressesOf(contacts).map(comparableAddress);

/** Where citizens follow a complaint, by the client id of the front end that filed it. */
export const followAddresses: Record<string, string> = Object.fromEntries(
  province.frontEnds.flatMap(({ clientId, address }) => (address ? [[clientId, address]] : [])),
);

/** The ids that a filing, a transfer, an answer or a decision may name, without names. */
export const directory: Directory = {
  counties: province.counties.map(catalogEntryOf),
  agencies: province.agencies.map(({ countyIds, offices, ...agency }) => ({
    ...catalogEntryOf(agency),
    countyIds,
    offices: offices.map(({ countyId, ...office }) => ({ ...catalogEntryOf(office), countyId })),
  })),
  categories: categories.map(catalogEntryOf),
  causes: province.causes.map(catalogEntryOf),
};

/** The facts of the province that the counting of complaints depends on. */
export const countedProvince: CountedProvince = {
  agencies: province.agencies.map((agency) => ({ ...catalogEntryOf(agency), peerGroup: agency.peerGroup })),
  answerClocks: Object.fromEntries(categories.map(({ id, answer }) => [id, answer.clock])),
  operators: Object.fromEntries(
    province.frontEnds.flatMap(({ clientId, operatedBy }) => (operatedBy ? [[clientId, operatedBy]] : [])),
  ),
};

/** The ids of all agencies, retired ones included. */
export const agencyIds = province.agencies.map(({ id }) => id);

/** The agencies that consume their queues. The others read their feed, or have a webhook. */
export const queueConsumers = province.agencies.flatMap(({ id, consumer }) => (consumer ? [id] : []));

/** All webhooks, with the feed that each one receives. */
export const webhooks = webhooksOf(province);

/** The ids of each dimension that figures are counted by. */
export const figureIds: Record<"agency" | "category" | "county" | "cause", string[]> = {
  agency: agencyIds,
  category: categories.map(({ id }) => id),
  county: province.counties.map(({ id }) => id),
  cause: province.causes.map(({ id }) => id),
};

/** All agencies, retired ones included, with their counties, retirement and successor. */
export const servingAgencies: ServingAgency[] = province.agencies.map(({ countyIds, ...agency }) => ({
  ...catalogEntryOf(agency),
  countyIds,
}));

/** The public description of the province: the answer of GET /v1/catalog. */
export const catalog = {
  province: { id: province.id, name: province.name },
  counties: province.counties.map(({ name, ...county }) => ({ ...catalogEntryOf(county), name })),
  peerGroups: province.peerGroups,
  agencies: province.agencies.map(({ name, countyIds, offices, peerGroup, ...agency }) => ({
    ...catalogEntryOf(agency),
    name,
    countyIds,
    offices,
    peerGroup,
  })),
  categories,
  causes: province.causes,
};

/**
 * What the sender of messages needs: the providers in their order, the address in the text, the front ends with their
 * messages of a month, and the agencies that carry messages themselves. Null where the province sends none.
 */
export const sms = province.sms
  ? {
      ...province.sms,
      frontEnds: province.frontEnds.map(({ clientId, smsPerMonth = defaultSmsPerMonth }) => ({
        clientId,
        smsPerMonth,
      })),
      carriers: province.agencies.flatMap(({ id, carriesSms }) => (carriesSms ? [id] : [])),
    }
  : null;

/** The Persian names of agencies, for a letter. `names` has all names in both languages. */
export const persianAgencyNames: Record<string, string> = Object.fromEntries(
  province.agencies.map(({ id, name }) => [id, name.fa]),
);

/** The names of everything that complaints refer to by id, retired entries included. */
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

/** Only the id, retirement and successor of an entry. */
function catalogEntryOf({ id, retiredFrom, successorId }: CatalogEntry): CatalogEntry {
  return { id, retiredFrom, successorId };
}

/** The parts of the province that the public page shows. */
export const pageProvince = {
  id: province.id,
  name: province.name,
  publicUrl: province.publicUrl,
  counties: province.counties.map(({ tile, ...county }) => ({ ...entryWithName(county), tile })),
  peerGroups: province.peerGroups,
  agencies: province.agencies.map(({ countyIds, peerGroup, ...agency }) => ({
    ...entryWithName(agency),
    peerGroup,
    countyIds,
  })),
  categories: province.categories.map(entryWithName),
  causes: province.causes.map(entryWithName),
  frontEnds: province.frontEnds
    .filter(({ operatedBy }) => !operatedBy)
    .map(({ name, channels, address, phone, retiredFrom }) => ({ name, channels, address, phone, retiredFrom })),
};

function entryWithName({ name, ...one }: CatalogEntry & { name: Name }) {
  return { ...catalogEntryOf(one), name };
}
