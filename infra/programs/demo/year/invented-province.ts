import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { calendarPathOf, loadProvince, readFile } from "#shared/province/province-file.ts";
import type { Province } from "#shared/province/schema.ts";
import type { Span } from "./calendar.ts";

/** A name in Persian and in English. */
type Named = [fa: string, en: string];

/** Invented counties. */
export const counties: Record<string, Named> = {
  sepidrokh: ["سپیدرخ", "Sepidrokh"],
  mahtaban: ["مهتابان", "Mahtaban"],
  golandish: ["گل‌اندیش", "Golandish"],
  setarehdasht: ["ستاره‌دشت", "Setarehdasht"],
  nilgunrud: ["نیلگون‌رود", "Nilgunrud"],
  baranestan: ["بارانستان", "Baranestan"],
};

const peerGroups: Record<string, Named> = {
  banks: ["بانک‌ها", "Banks"],
  municipalities: ["شهرداری‌ها", "Municipalities"],
  hospitals: ["بیمارستان‌ها", "Hospitals"],
  utilities: ["آب، برق، گرما و ارتباطات", "Utilities and Communications"],
  "provincial-offices": ["دفترهای استانی", "Provincial Offices"],
};

type Kind = keyof typeof peerGroups;
type Invented = { id: string; name: Named; group: Kind; countyId?: string };

const everywhere = (group: Kind, named: Record<string, Named>): Invented[] =>
  Object.entries(named).map(([id, name]) => ({ id, name, group }));

const municipalities = Object.entries(counties).map(
  ([countyId, [fa, en]]): Invented => ({
    id: `${countyId}-municipality`,
    name: [`شهرداری ${fa}`, `Municipality of ${en}`],
    group: "municipalities",
    countyId,
  }),
);

const hospitalNames: Record<string, Named> = {
  "aftabgardan-hospital": ["بیمارستان آفتابگردان", "Aftabgardan Hospital"],
  "chashmeh-hospital": ["بیمارستان چشمه‌ساران", "Cheshmehsaran Hospital"],
  "narenj-hospital": ["بیمارستان باغ نارنج", "Bagh-e Narenj Hospital"],
  "shabnam-hospital": ["بیمارستان شبنم", "Shabnam Hospital"],
  "yas-hospital": ["بیمارستان یاس سپید", "Yas-e Sepid Hospital"],
};
/** Each hospital is in another county. */
const hospitals = everywhere("hospitals", hospitalNames).map((hospital, n) => ({
  ...hospital,
  countyId: Object.keys(counties)[n] ?? "sepidrokh",
}));

/** Invented agencies. */
export const agencies: Invented[] = [
  ...everywhere("banks", {
    "bank-sepidar": ["بانک سپیدار", "Sepidar Bank"],
    "bank-mahtab": ["بانک مهتاب", "Mahtab Bank"],
    "bank-abrisham": ["بانک ابریشم", "Abrisham Bank"],
    "bank-kahkeshan": ["بانک کهکشان", "Kahkeshan Bank"],
    "bank-firuzeh": ["بانک فیروزه", "Firuzeh Bank"],
    "bank-nilufar": ["بانک نیلوفر", "Nilufar Bank"],
  }),
  ...municipalities,
  ...hospitals,
  ...everywhere("utilities", {
    "zolal-water": ["آب‌رسانی زلال", "Zolal Water Supply"],
    "taban-power": ["روشنایی تابان", "Taban Power"],
    "garmabakhsh-heat": ["گرمابخش نوروزان", "Garmabakhsh Heating"],
    "duravar-telephone": ["تلفن دورآوا", "Duravar Telephone"],
    "tizpa-parcels": ["چاپار تیزپا", "Tizpa Parcels"],
  }),
  ...everywhere("provincial-offices", {
    "name-registry": ["دفتر نام‌نگاری نوروزان", "Name Registry of Nowruzan"],
    "land-registry": ["دفتر زمین‌نگاری نوروزان", "Land Registry of Nowruzan"],
    "revenue-house": ["خانه خراج نوروزان", "Revenue House of Nowruzan"],
    "schools-house": ["خانه دبستان‌های نوروزان", "House of Schools of Nowruzan"],
    "workers-fund": ["صندوق کارگران نوروزان", "Workers’ Fund of Nowruzan"],
    "fields-house": ["خانه کشتزارهای نوروزان", "House of Fields of Nowruzan"],
    "roads-house": ["خانه راه‌های نوروزان", "House of Roads of Nowruzan"],
    "trades-house": ["خانه پیشه‌وران نوروزان", "House of Trades of Nowruzan"],
  }),
];

export const provinceId = "nowruzan";
const domain = `${provinceId}.example`;
const countyIds = Object.keys(counties);

/** The bank that is merged into another bank in the middle of the year. */
export const mergedAgency = { id: "bank-nilufar", successorId: "bank-kahkeshan" };

const bilingual = ([fa, en]: Named) => ({ fa, en });
const withBilingualNames = (names: Record<string, Named>) =>
  Object.entries(names).map(([id, name]) => ({ id, name: bilingual(name) }));

/**
 * The file of a province that is nowhere: what officials have laid down (categories, escalation levels, deadlines) as in the pilot's
 * file, and every name invented, since invented figures may not stand beside real names.
 */
export function inventedProvince(pilot: Record<string, unknown>, { joinedOn }: Pick<Span, "joinedOn">) {
  return {
    ...pilot,
    id: provinceId,
    name: { fa: "نوروزان", en: "Nowruzan" },
    idPrefix: "NW",
    phonePrefix: "99",
    sources: ["Made up: every name, address and figure of this province. It is for looking at alone."],
    counties: withBilingualNames(counties).map((county) => ({ ...county, governor: governorOf(county) })),
    peerGroups: withBilingualNames(peerGroups),
    agencies: agencies.map((agency) => ({
      ...agencyOf(agency),
      ...(agency.id === mergedAgency.id && { retiredFrom: joinedOn, successorId: mergedAgency.successorId }),
    })),
    frontEnds,
    overseers,
    inspectionCentre: contact(["مرکز بازرسی نوروزان", "Inspection Centre of Nowruzan"], "inspection-centre"),
    governorGeneral: contact(["استانداری نوروزان", "Governor-General’s Office of Nowruzan"], "governor-general"),
    nationalOrganization: contact(["سازمان سراسری خدمت", "Nationwide Organization of Service"], "nationwide"),
    officeHours: { provincial: [], holidays: [], removedHolidays: [], overrides: [] },
    tokens: { issuer: `https://login.${domain}/`, audience: `foad-${provinceId}`, peopleClients: ["desk"] },
    mail: { sender: `foad@${domain}` },
    publicUrl: `https://api.foad.${domain}`,
    // Two months instead of two years, so that the year shows it.
    retention: { identity: "P60D" },
    corsOrigins: [`https://foad.${domain}`],
  };
}

function contact(name: Named, mailbox: string) {
  return { name: bilingual(name), email: `${mailbox}@${domain}` };
}

function governorOf({ id, name }: { id: string; name: { fa: string; en: string } }) {
  return contact([`فرمانداری شهرستان ${name.fa}`, `Governorate of ${name.en} County`], `governor.${id}`);
}

function agencyOf({ id, name: [fa, en], group, countyId }: Invented) {
  const served = countyId === undefined ? countyIds : [countyId];
  const mailbox = (who: string) => ({ email: `${who}@${id}.${domain}` });
  return {
    id,
    name: { fa, en },
    countyIds: served,
    offices: withBilingualNames(counties)
      .filter((county) => served.includes(county.id))
      .map(({ id: place, name }) => ({
        id: `${id}-${place}-1`,
        name: { fa: `${fa}، شعبه ${name.fa}`, en: `${en}, ${name.en} Office` },
        countyId: place,
      })),
    inspectionUnit: mailbox("inspection"),
    head: mailbox("head"),
    queueStack: 1,
    clientIds: [`agency-${id}`],
    peerGroup: group,
  };
}

const frontEnd = (clientId: string, name: Named, channel: string) => ({
  clientId,
  name: bilingual(name),
  channels: [channel],
  filingsPerMinute: 6_000,
});

const frontEnds = [
  frontEnd("call-centre-128", ["مرکز تماس ۱۲۸", "Call Centre 128"], "phone"),
  frontEnd("web-portal", ["درگاه اینترنتی", "Web Portal"], "web"),
  frontEnd("mobile-app", ["برنامه تلفن همراه", "Mobile App"], "mobile"),
  { ...frontEnd("sepidar-app", ["همراه‌بانک سپیدار", "Sepidar Mobile"], "mobile"), operatedBy: "bank-sepidar" },
];

const overseers = [
  ...withBilingualNames(counties).map(({ id, name }) => ({
    clientId: `governor-${id}`,
    name: { fa: `فرماندار ${name.fa}`, en: `Governor of ${name.en}` },
    authority: "county-governor",
    countyIds: [id],
  })),
  { clientId: "governor-general", name: { fa: "استاندار", en: "Governor-General" }, authority: "governor-general" },
  { clientId: "nationwide", name: { fa: "سازمان سراسری", en: "Nationwide" }, authority: "national-organization" },
];

const pilotFile = join(import.meta.dirname, "../../..", "provinces", "qazvin.json");

/**
 * The provinces folder inside a year's state. The invented province exists only there, so nobody can deploy it by mistake.
 */
export const provincesIn = (state: string) => join(state, "provinces");
export const provinceFileIn = (state: string) => join(provincesIn(state), `${provinceId}.json`);

/**
 * Writes the invented province and a copy of the national calendar, and returns the province as a deployment would load it.
 */
export function writeInventedProvince(state: string, span: Span): Province {
  const file = provinceFileIn(state);
  const { content } = readFile(pilotFile);
  mkdirSync(dirname(calendarPathOf(file)), { recursive: true });
  cpSync(calendarPathOf(pilotFile), calendarPathOf(file));
  writeFileSync(file, `${JSON.stringify(inventedProvince(content as Record<string, unknown>, span), null, 2)}\n`);
  return loadProvince(file);
}
