import type { DerivedCell } from "#functions/figures/table-figures.ts";
import type { Table } from "#functions/figures/tables.ts";
import type { WaitingStatistics } from "#functions/figures/waiting.ts";
import type { CatalogEntry } from "#shared/province/retirement.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { IranianMonth, Period } from "#shared/time/period.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import type { PageIssue } from "./issues.ts";

const roots: Record<Language, string> = { fa: "", en: "/en" };

/** The addresses of the site, each from its root. */
export const addresses = {
  province: (language: Language) => roots[language] || "/",
  agency: (id: string, language: Language) => `${roots[language]}/agencies/${id}`,
  /** An issue, on the page of its agency. */
  issue: ({ id, agencyId }: { id: string; agencyId: string }, language: Language) =>
    `${roots[language]}/agencies/${agencyId}#${id}`,
  definitions: (language: Language) => `${roots[language]}/definitions`,
  /** `id`: the name of a figure, such as `confirmedShare`. */
  definition: (id: string, language: Language) => `${roots[language]}/definitions#${id}`,
  feed: (language: Language) => `${roots[language]}/feed.atom`,
  /** A drawing as a file. `name`: `glance`, `months`, or `funnel-` and a peer group (`others`: agencies without a group). */
  embed: (name: string, language: Language) => `/embed/${language}/${name}.svg`,
  /** The picture of the province that a messenger shows. */
  share: (language: Language) => `/share/${language}/province.png`,
  /** An issue as the API answers it. */
  issueData: (id: string) => `/v1/issues/${id}`,
  waiting: "/v1/statistics/waiting?format=csv",
  datapackage: "/v1/statistics/datapackage.json",
};

/** The address of a table as CSV, for one period, or for all from the period `from` on. */
export function csvAddress(table: Table, { kind, name }: Period, from = name): string {
  return `/v1/statistics?period=${kind}&table=${table}&from=${from}&to=${name}&format=csv`;
}

type Named = CatalogEntry & { name: LocalizedText };

export type Tile = { column: number; row: number };

/** The part of the province file that the pages show. */
export type PageProvince = {
  id: string;
  name: LocalizedText;
  /** The address of the API and of the public page. */
  publicUrl: string;
  /** `tile`: the county's place on the map of tiles. Column 1 is in the west, row 1 in the north. */
  counties: (Named & { tile?: Tile | undefined })[];
  peerGroups: { id: string; name: LocalizedText }[];
  agencies: (Named & { peerGroup?: string | undefined; countyIds: string[] })[];
  categories: Named[];
  causes: Named[];
  /** Front ends that no agency runs, with the address and the phone that the province file gives. */
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
  /** In the time of Tehran, such as `07:00`; none if offices are closed all day. */
  open: { from: string; to: string }[];
  /** Why the hours are not the usual ones; undefined if they are. A holiday has an English name; a written reason has none. */
  reason?: { fa: string; en?: string | undefined } | undefined;
};

/** The waiting complaints of the whole province, as published on an earlier day (Tehran). */
type PastCount = { date: string; province: WaitingStatistics["province"] };

/** All inputs of the site. They are read before the first page is made. */
export type PageData = {
  province: PageProvince;
  /** When the site is made. */
  now: Instant;
  /** The first month with a complaint; undefined before the first complaint is counted. */
  since?: IranianMonth | undefined;
  /** All closed periods, earliest first. `publishedOn`: the actual day of publication (Tehran), which may be late. */
  closed: readonly (Period & { publishedOn: string })[];
  /** The last closed month, even if it has no complaints. */
  closedUntil?: IranianMonth | undefined;
  /** The tables of closed periods that `tablesOfPages` asks for. */
  tables: readonly DerivedTable[];
  /** Complaints that wait for an answer, counted on the first day of a month (Tehran); undefined before the first count. */
  waiting?: { date: string; countedAt: Instant; count: WaitingStatistics; past: readonly PastCount[] } | undefined;
  /** The day (Tehran) and its office hours, county by county. */
  hours: { date: string; counties: CountyHours[] };
  /** The issues of all agencies, as everybody may read them. */
  issues: readonly PageIssue[];
};

type FileBody = string | Uint8Array;

/** One file of the site. */
export type SiteFile = {
  /** Its address, such as `/`, `/en/agencies/tax`, `/embed/fa/months.svg`. */
  path: string;
  type: string;
  /** A function where drawing takes long. It is called only if the stored file cannot be kept. */
  body: FileBody | (() => FileBody | Promise<FileBody>);
  /** All inputs of the body except the code. While they stay the same, the stored file is kept and the body is not made again. */
  sourceText?: string | undefined;
};
