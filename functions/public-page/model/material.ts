import type { DerivedCell } from "#shared/domain/statistics/comparison/table-figures.ts";
import type { Table } from "#shared/domain/statistics/counting/tables.ts";
import type { IranianMonth, Period } from "#shared/domain/statistics/period.ts";
import type { WaitingStatistics } from "#shared/domain/statistics/publication/waiting.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import type { CatalogEntry } from "#shared/domain/time/retirement.ts";
import type { Language, LocalizedText } from "#shared/domain/vocabulary.ts";

const roots: Record<Language, string> = { fa: "", en: "/en" };

/** The addresses of the site, each from its root. */
export const addresses = {
  province: (language: Language) => roots[language] || "/",
  agency: (id: string, language: Language) => `${roots[language]}/agencies/${id}`,
  definitions: (language: Language) => `${roots[language]}/definitions`,
  /** `id`: what a definition is of, such as `goodLow`. */
  definition: (id: string, language: Language) => `${roots[language]}/definitions#${id}`,
  feed: (language: Language) => `${roots[language]}/feed.atom`,
  /** A drawing of the province's page on its own: `glance`, `months`, `funnel-` and a peer group (`others` for agencies of none). */
  embed: (name: string, language: Language) => `/embed/${language}/${name}.svg`,
  /** The picture of the province that a messenger shows. */
  share: (language: Language) => `/share/${language}/province.png`,
  now: "/v1/statistics/now?format=csv",
  datapackage: "/v1/statistics/datapackage.json",
};

/** A table as CSV, of one period, or from one to another. */
export function csvAddress(table: Table, { kind, name }: Period, from = name): string {
  return `/v1/statistics?period=${kind}&table=${table}&from=${from}&to=${name}&format=csv`;
}

type Named = CatalogEntry & { name: LocalizedText };

export type Tile = { column: number; row: number };

/** What the pages say of the province; a slice of its file. */
export type PageProvince = {
  id: string;
  name: LocalizedText;
  /** Where anybody calls the API, and opens the page. */
  publicUrl: string;
  /** `tile`: where it lies on the map of tiles, column 1 in the west and row 1 in the north. */
  counties: (Named & { tile?: Tile | undefined })[];
  peerGroups: { id: string; name: LocalizedText }[];
  agencies: (Named & { peerGroup?: string | undefined; countyIds: string[] })[];
  categories: Named[];
  causes: Named[];
  /** Front ends that no agency runs, and where a citizen finds each, where the file says so. */
  frontEnds: {
    name: LocalizedText;
    channels: string[];
    address?: string | undefined;
    phone?: string | undefined;
    retiredFrom?: string | undefined;
  }[];
};

/** One table of one closed period, as GET /v1/statistics answers it. */
export type DerivedTable = { period: Period; table: Table; cells: readonly DerivedCell[] };

/** A county's office hours of one day. */
export type CountyHours = {
  countyId: string;
  /** In the time of Tehran, such as `07:00`; none where offices are closed all day. */
  open: { from: string; to: string }[];
  /** Why it is not as usual; undefined where it is. Holidays have English names, what an office writes has none. */
  reason?: { fa: string; en?: string | undefined } | undefined;
};

/** What waited in the whole province, as it was published on an earlier day (Tehran). */
type PastCount = { date: string; province: WaitingStatistics["province"] };

/** All that the site is made of, read before anything is drawn. */
export type PageData = {
  province: PageProvince;
  /** When it is made. */
  now: Instant;
  /** The first month that anything was filed in; undefined where nothing is known of one. */
  since?: IranianMonth | undefined;
  /** Every closed period, the earliest first, with the day (Tehran) that it was published on, which may be late. */
  closed: readonly (Period & { publishedOn: string })[];
  /** The last month that is closed, though nothing may have been filed in it. */
  closedUntil?: IranianMonth | undefined;
  /** The tables of closed periods that `tablesOfPages` asks for. */
  tables: readonly DerivedTable[];
  /** What waits for an answer, as counted on the first day of a month (Tehran); undefined where none was yet. */
  waiting?: { date: string; countedAt: Instant; count: WaitingStatistics; past: readonly PastCount[] } | undefined;
  /** The day (Tehran) and its office hours, county by county. */
  hours: { date: string; counties: CountyHours[] };
};

export type FileBody = string | Uint8Array;

/** One file of the site. */
export type SiteFile = {
  /** Its address, such as `/`, `/en/agencies/tax`, `/embed/fa/months.svg`. */
  path: string;
  type: string;
  /** As a function where it takes long to draw. */
  body: FileBody | (() => FileBody | Promise<FileBody>);
  /**
   * All that the body follows from, beside the code: while a file of the same address and `madeOf` stands, the body is not
   * made again.
   */
  sourceText?: string | undefined;
};
