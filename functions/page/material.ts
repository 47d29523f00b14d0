import type { IranianMonth } from "#shared/domain/statistics/iranian-month.ts";
import type { Period } from "#shared/domain/statistics/period.ts";
import type { Table } from "#shared/domain/statistics/table.ts";
import type { DerivedCell } from "#shared/domain/statistics/table-figures.ts";
import type { Waiting } from "#shared/domain/statistics/waiting.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import type { Offered } from "#shared/domain/time/retirement.ts";
import type { Text } from "#shared/domain/vocabulary.ts";

type Named = Offered & { name: Text };

export type Tile = { column: number; row: number };

/** What the pages say of the province; a slice of its file. */
export type PageProvince = {
  id: string;
  name: Text;
  /** Where anybody calls the API, and opens the page. */
  publicUrl: string;
  /** `tile`: where it lies on the map of tiles, column 1 in the west and row 1 in the north. */
  counties: (Named & { tile?: Tile | undefined })[];
  peerGroups: { id: string; name: Text }[];
  agencies: (Named & { peerGroup?: string | undefined; countyIds: string[] })[];
  categories: Named[];
  causes: Named[];
  /** Front ends that no agency runs, and where a citizen finds each, where the file says so. */
  frontEnds: {
    name: Text;
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
type PastCount = { date: string; province: Waiting["province"] };

/** All that the site is made of, read before anything is drawn. */
export type Material = {
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
  waiting?: { date: string; countedAt: Instant; count: Waiting; past: readonly PastCount[] } | undefined;
  /** The day (Tehran) and its office hours, county by county. */
  hours: { date: string; counties: CountyHours[] };
};

export type Body = string | Uint8Array;

/** One file of the site. */
export type SiteFile = {
  /** Its address, such as `/`, `/en/agencies/tax`, `/embed/fa/months.svg`. */
  path: string;
  type: string;
  /** As a function where it takes long to draw. */
  body: Body | (() => Body | Promise<Body>);
  /**
   * All that the body follows from, beside the code: while a file of the same address and `madeOf` stands, the body is not
   * made again.
   */
  madeOf?: string | undefined;
};
