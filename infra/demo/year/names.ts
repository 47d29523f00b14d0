/** Both languages of a name: Persian, English. */
export type Named = [fa: string, en: string];

/** Counties that are on no map. */
export const counties: Record<string, Named> = {
  sepidrokh: ["سپیدرخ", "Sepidrokh"],
  mahtaban: ["مهتابان", "Mahtaban"],
  golandish: ["گل‌اندیش", "Golandish"],
  setarehdasht: ["ستاره‌دشت", "Setarehdasht"],
  nilgunrud: ["نیلگون‌رود", "Nilgunrud"],
  baranestan: ["بارانستان", "Baranestan"],
};

export const peerGroups: Record<string, Named> = {
  banks: ["بانک‌ها", "Banks"],
  municipalities: ["شهرداری‌ها", "Municipalities"],
  hospitals: ["بیمارستان‌ها", "Hospitals"],
  utilities: ["آب، برق، گرما و ارتباطات", "Utilities and Communications"],
  "provincial-offices": ["دفترهای استانی", "Provincial Offices"],
};

export type Kind = keyof typeof peerGroups;
export type Invented = { id: string; name: Named; group: Kind; countyId?: string };

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
/** Each in a county of its own. */
const hospitals = everywhere("hospitals", hospitalNames).map((hospital, n) => ({
  ...hospital,
  countyId: Object.keys(counties)[n] ?? "sepidrokh",
}));

/** Agencies that nobody has ever gone to. */
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
