import { fixedHolidays } from "#shared/province/checks/hours.ts";
import type { Agency, Province } from "#shared/province/schema.ts";

type County = Province["counties"][number];
const name = (en: string) => ({ fa: "نام", en });
const everyDay = [{ from: "08:00", to: "13:00" }];

/** A valid county of its own id. */
export function aCounty(overrides: Partial<County> = {}): County {
  const { id = "semnan" } = overrides;
  return {
    id,
    name: name(id),
    governor: { name: name(`Governorate of ${id}`), email: `governor.${id}@semnan.example` },
    ...overrides,
  };
}

/** A valid agency with one office in each of its counties and one client, `agency-<id>`. */
export function anAgency(overrides: Partial<Agency> = {}): Agency {
  const { id = "social-security", countyIds = ["semnan"] } = overrides;
  return {
    id,
    name: name(id),
    countyIds,
    offices: countyIds.map((countyId) => ({ id: `${id}-${countyId}-1`, name: name(`${id} in ${countyId}`), countyId })),
    inspectionUnit: { email: `inspection@${id}.semnan.example` },
    head: { email: `head@${id}.semnan.example` },
    queueStack: 1,
    clientIds: [`agency-${id}`],
    ...overrides,
  };
}

/** Hours of Saturday to Wednesday, 08:00 to 13:00, with no holiday and no override. */
export function someOfficeHours(overrides: Partial<Province["officeHours"]> = {}): Province["officeHours"] {
  const weekly = { saturday: everyDay, sunday: everyDay, monday: everyDay, tuesday: everyDay, wednesday: everyDay };
  const all = { from: "2026-01-01", to: "2026-12-31", weekly: { ...weekly, thursday: [], friday: [] } };
  return {
    timeZone: "Asia/Tehran",
    national: [{ id: "2026", ...all, source: ["made up"], certain: true }],
    provincial: [],
    holidays: [],
    holidaysUntil: "2026-12-31",
    overrides: [],
    ...overrides,
  };
}

/** The smallest valid content of a province file: one county, agency, front end and category, two escalation levels. */
export function aProvince(overrides: Partial<Province> = {}): Province {
  const elapsed = { clock: "elapsed" as const, duration: "PT48H" };
  const office = { clock: "office-hours" as const, duration: "PT3H" };
  return {
    id: "semnan",
    name: name("Semnan"),
    idPrefix: "SM",
    phonePrefix: "23",
    sources: ["made up"],
    peerGroups: [],
    visits: { clock: "office-hours", duration: "PT8H" },
    counties: [aCounty()],
    agencies: [anAgency()],
    categories: [
      { id: "postponed-without-reason", name: name("Delay"), acknowledge: office, answer: elapsed, extension: elapsed },
    ],
    causes: [{ id: "none", name: name("No cause found") }],
    frontEnds: [
      { clientId: "call-centre-128", name: name("Call Centre 128"), channels: ["phone"], filingsPerMinute: 600 },
    ],
    overseers: [],
    identityReadsPerDay: 100,
    tables: {},
    restorePoints: [],
    retention: { identity: "P730D", texts: "P1825D", events: "P3650D" },
    admins: ["admin"],
    escalationLevels: [{ authority: "agency-head" }, { authority: "county-governor", after: office }],
    review: elapsed,
    confirmation: { clock: "elapsed", duration: "P10D" },
    inspectionCentre: { name: name("Inspection Centre"), email: "inspection-centre@semnan.example" },
    governorGeneral: { name: name("Governor-General"), email: "governor-general@semnan.example" },
    nationalOrganization: { name: name("National Organization"), email: "foad@national-organization.example" },
    officeHours: someOfficeHours(),
    tokens: { issuer: "https://login.semnan.example/", audience: "foad-semnan", peopleClients: ["desk"] },
    mail: { sender: "foad@semnan.example" },
    attachments: { malwareScan: false, pictures: { quality: 85, largestSide: 3_000 }, bucketNumber: 1 },
    operations: { alarmEmails: ["operations@semnan.example"] },
    publicUrl: "https://api.foad.semnan.example",
    corsOrigins: ["https://foad.semnan.example"],
    ...overrides,
  };
}

/** The holidays that every year has, from one day to another, as a calendar lists them: for one that does not end while a test lives. */
export function yearlyHolidays(from: string, to: string): Province["officeHours"]["holidays"] {
  return fixedHolidays({ from, to }).map(({ date, iranian }) => ({
    date,
    name: { fa: "تعطیل رسمی", en: iranian },
    source: ["made up"],
    certain: true,
  }));
}
