import { agencies, counties, type Invented, type Named, peerGroups } from "./names.ts";
import type { Span } from "./span.ts";

export const provinceId = "nowruzan";
const domain = `${provinceId}.example`;
const countyIds = Object.keys(counties);

/** The bank that is joined to another in the middle of the year. */
export const joined = { id: "bank-nilufar", successorId: "bank-kahkeshan" };

const bilingual = ([fa, en]: Named) => ({ fa, en });
const named = (of: Record<string, Named>) => Object.entries(of).map(([id, name]) => ({ id, name: bilingual(name) }));

/**
 * The file of a province that is nowhere: what officials have laid down (categories, ladder, deadlines) as in the pilot's
 * file, and every name invented, since invented figures may not stand beside real names.
 */
export function inventedProvince(pilot: Record<string, unknown>, { joinedOn }: Pick<Span, "joinedOn">) {
  return {
    ...pilot,
    id: provinceId,
    name: { fa: "نوروزان", en: "Nowruzan" },
    idPrefix: "NW",
    sources: ["Made up: every name, address and figure of this province. It is for looking at alone."],
    counties: named(counties).map((county) => ({ ...county, governor: governorOf(county) })),
    peerGroups: named(peerGroups),
    agencies: agencies.map((agency) => ({
      ...agencyOf(agency),
      ...(agency.id === joined.id && { retiredFrom: joinedOn, successorId: joined.successorId }),
    })),
    frontEnds,
    overseers,
    inspectionCentre: contact(["مرکز بازرسی نوروزان", "Inspection Centre of Nowruzan"], "inspection-centre"),
    governorGeneral: contact(["استانداری نوروزان", "Governor-General’s Office of Nowruzan"], "governor-general"),
    nationalOrganization: contact(["سازمان سراسری خدمت", "Nationwide Organization of Service"], "nationwide"),
    officeHours: { provincial: [], holidays: [], removedHolidays: [], overrides: [] },
    tokens: { issuer: `https://login.${domain}/`, audience: `foad-${provinceId}` },
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
    offices: named(counties)
      .filter((county) => served.includes(county.id))
      .map(({ id: place, name }) => ({
        id: `${id}-${place}-1`,
        name: { fa: `${fa}، شعبه ${name.fa}`, en: `${en}, ${name.en} Office` },
        countyId: place,
      })),
    inspectionUnit: mailbox("inspection"),
    head: mailbox("head"),
    stack: 1,
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
  ...named(counties).map(({ id, name }) => ({
    clientId: `governor-${id}`,
    name: { fa: `فرماندار ${name.fa}`, en: `Governor of ${name.en}` },
    holder: "county-governor",
    countyIds: [id],
  })),
  { clientId: "governor-general", name: { fa: "استاندار", en: "Governor-General" }, holder: "governor-general" },
  { clientId: "nationwide", name: { fa: "سازمان سراسری", en: "Nationwide" }, holder: "national-organization" },
];
