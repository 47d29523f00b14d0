import type { PublishedPeriod } from "#functions/figures/publication.ts";
import { deriveTable } from "#functions/figures/table-figures.ts";
import type { PageData, PageProvince } from "#functions/public-page/model/material.ts";
import { tablesOfPages } from "#functions/public-page/model/reading.ts";
import { addDays, closesOn, type Period } from "#shared/time/period.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

const groups: Record<string, LocalizedText> = {
  banks: { fa: "بانک‌ها", en: "Banks" },
  municipalities: { fa: "شهرداری‌ها", en: "Municipalities" },
  utilities: { fa: "آب، برق، گاز و ارتباطات", en: "Utilities" },
};
/** Invented all of them: no figure of these pages may be taken for that of an office that exists. */
const names: Record<string, [string, string, string?]> = {
  "agency-1": ["ادارهٔ کل آب‌نما", "Fountains Department"],
  "agency-2": ["بانک سپیدار", "Sepidar Bank", "banks"],
  "agency-3": ["شهرداری مهرآباد نو", "New Mehrabad Municipality", "municipalities"],
  "agency-4": ["شرکت گاز دشت بلند", "Highplain Gas", "utilities"],
  "agency-5": ["سازمان راه و پل", "Roads and Bridges Organization"],
  "agency-6": ["بانک کاج", "Kaj Bank", "banks"],
  "agency-7": ["شهرداری سروستان کهن", "Old Sarvestan Municipality", "municipalities"],
  "agency-8": ["شرکت برق ستاره", "Star Electricity", "utilities"],
  "agency-9": ["ادارهٔ کل شناسنامه", "Certificates Department"],
  "agency-10": ["بانک افرا", "Afra Bank", "banks"],
  "agency-11": ["شهرداری چشمه‌سار", "Cheshmehsar Municipality", "municipalities"],
  "agency-12": ["شرکت آب زلال", "Clearwater Company", "utilities"],
  "agency-13": ["ادارهٔ کل مزارع", "Farms Department"],
  "agency-14": ["بانک نارون", "Narvan Bank", "banks"],
  "agency-15": ["شهرداری کوه‌پایه", "Foothill Municipality", "municipalities"],
  "agency-16": ["مخابرات پژواک", "Echo Telecom", "utilities"],
  "agency-17": ["ادارهٔ کل کارگاه‌ها", "Workshops Department"],
  "agency-18": ["بانک بید", "Willow Bank", "banks"],
  "agency-19": ["شهرداری باران", "Baran Municipality", "municipalities"],
  "agency-20": ["پست پرستو", "Swallow Post", "utilities"],
  "agency-21": ["ادارهٔ کل نقشه‌ها", "Maps Department"],
  "agency-22": ["ادارهٔ کل موزه‌های کوچک", "Small Museums Department"],
  "agency-23": ["سازمان بازارچه‌ها", "Small Markets Organization"],
  "agency-24": ["ادارهٔ کل باغ‌ها", "Gardens Department"],
};
const named = (entries: Record<string, [string, string]>) =>
  Object.entries(entries).map(([id, [fa, en]]) => ({ id, name: { fa, en } }));

const tiles = [
  { column: 2, row: 1 },
  { column: 1, row: 2 },
  { column: 2, row: 2 },
  { column: 3, row: 2 },
  { column: 1, row: 3 },
  { column: 2, row: 3 },
];

export const counties = named({
  "county-1": ["رودبالا", "Rudbala"],
  "county-2": ["تپه‌سبز", "Tappehsabz"],
  "county-3": ["نی‌زار", "Neyzar"],
  "county-4": ["سنگ‌چین", "Sangchin"],
  "county-5": ["گل‌دره", "Goldarreh"],
  "county-6": ["برف‌آباد", "Barfabad"],
}).map((county, n) => ({ ...county, tile: tiles[n] }));

const categories = named({
  "category-1": ["خرابی یا آماده نبودن تجهیزات و سامانه‌ها", "Equipment and systems that fail"],
  "category-2": ["موکول کردن کار به روزهای بعد بدون دلیل قانونی", "Work put off to later days without legal reason"],
  "category-3": ["شفاف نبودن تصمیم‌ها", "Unclear decisions"],
  "category-4": ["شفاف نبودن قوانین و مراحل انجام کار", "Unclear laws and steps"],
  "category-5": ["بی‌احترامی یا تبعیض", "Disrespect or discrimination"],
  "category-6": ["آغاز دیرهنگام یا پایان زودهنگام خدمت", "Late start or early end of service"],
  "category-7": ["نبودن کارمند پشت میز و معرفی نشدن جانشین", "Nobody at the desk and no substitute named"],
});

const causes = named({
  "system-down": ["از کار افتادن سامانه، تجهیزات یا تلفن", "System, equipment or phone down"],
  "staff-absent": ["غیبت متصدی بدون مرخصی", "Staff absent without leave"],
  "rule-unclear": ["روشن نبودن قانون یا دستورالعمل", "Unclear rule or instruction"],
  "information-missing": ["نرسیدن اطلاعات لازم به مراجعه‌کننده", "Citizen not told what was needed"],
  capacity: ["کمبود نیرو یا ظرفیت", "Too few people or too little room"],
  conduct: ["رفتار کارکنان", "Conduct of staff"],
  none: ["علتی یافت نشد", "No cause found"],
});

/** A province that does not exist, in which one agency is retired and another takes over. */
export function aPageProvince(overrides: Partial<PageProvince> = {}): PageProvince {
  const agencies = Object.entries(names).map(([id, [fa, en, peerGroup]]) => ({
    id,
    name: { fa, en },
    peerGroup,
    countyIds: counties.map((county) => county.id),
    ...(id === "agency-24" && { retiredFrom: "2026-06-01", successorId: "agency-13" }),
  }));
  return {
    id: "nowhere",
    name: { fa: "ناکجا", en: "Nowhere" },
    publicUrl: "https://foad.nowhere.example",
    counties,
    peerGroups: Object.entries(groups).map(([id, name]) => ({ id, name })),
    agencies,
    categories,
    causes,
    frontEnds: [
      { name: { fa: "مرکز تماس ۱۲۸", en: "Call Centre 128" }, channels: ["phone"], phone: "128" },
      {
        name: { fa: "درگاه اینترنتی", en: "Web Portal" },
        channels: ["web"],
        address: "https://portal.nowhere.example/",
      },
      { name: { fa: "کیوسک خدمات", en: "Service Kiosk" }, channels: ["kiosk"] },
    ],
    ...overrides,
  };
}

const hours = {
  date: "2026-11-26",
  counties: counties.map(({ id }, n) => ({
    countyId: id,
    open: n === 5 ? [] : [{ from: n === 3 ? "10:00" : "07:30", to: "13:00" }],
    ...(n === 5 && { reason: { fa: "قطع برق", en: "Power cut" } }),
    ...(n === 3 && { reason: { fa: "یخبندان" } }),
  })),
};

type Overrides = Partial<Omit<PageData, "closed">> & { closed?: readonly Period[] };

/** The material of the pages of a published world, as it is read on 5 Azar 1405. */
export function aMaterial(published: readonly PublishedPeriod[], overrides: Overrides = {}): PageData {
  const province = overrides.province ?? aPageProvince();
  const closed: Period[] = overrides.closed ? [...overrides.closed] : published.map(({ period }) => period);
  const cellsOf = ({ period, table }: { period: Period; table: keyof PublishedPeriod["tables"] }) =>
    published.find((one) => one.period.kind === period.kind && one.period.name === period.name)?.tables[table];
  const tables = tablesOfPages(closed).map(({ period, table }) => ({
    period,
    table,
    cells: deriveTable({ period, table, published: cellsOf, closed }),
  }));
  return {
    province,
    now: "2026-11-26T08:30:00.000Z",
    since: "1404-01",
    tables,
    waiting: {
      date: "2026-11-22",
      countedAt: "2026-11-22T02:30:00.000Z",
      past: Array.from({ length: 24 }, (_, n) => ({
        date: addDays("2026-11-22", -30 * (24 - n)),
        province: { overdue: 50 + 10 * ((n * 7) % 2), notYetDue: 110 + 10 * ((n * 5) % 3) },
      })),
      count: {
        province: { overdue: 40, notYetDue: 110 },
        agencies: { "agency-2": { overdue: 30, notYetDue: 20 }, "agency-9": { overdue: "<20", notYetDue: "<20" } },
      },
    },
    hours,
    issues: [],
    ...overrides,
    closed: closed.map((period) => ({ ...period, publishedOn: closesOn(period) })),
  };
}
