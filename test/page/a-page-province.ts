import type { PageProvince } from "#functions/page/material.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

const groups: Record<string, Text> = {
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
  "staff-absent": ["حاضر نبودن متصدی", "Staff absent"],
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
