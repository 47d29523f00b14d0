import type { Figures } from "#shared/domain/statistics/figures.ts";
import type { Period } from "#shared/domain/statistics/period.ts";
import { cellKey } from "#shared/domain/statistics/table.ts";
import { isRetired, successorOf } from "#shared/domain/time/retirement.ts";
import type { Text } from "#shared/domain/vocabulary.ts";
import type { Material, PageProvince } from "../material.ts";
import { type AgencyRow, agencyRow, type GroupView, peerGroupOf } from "./agencies.ts";
import { type Glance, glanceOf } from "./glance.ts";
import { type ListRow, listOf } from "./lists.ts";
import { type OpinionsView, opinionsOf } from "./opinions.ts";
import type { Currency, ProvinceView } from "./province-view.ts";
import { cellIn, quartersOf, readingOf, wholeOf } from "./reading.ts";

export type AgencyView = {
  id: string;
  name: Text;
  currency: Currency;
  row: AgencyRow;
  /** Its kind, itself in it. */
  group?: GroupView | undefined;
  quarters: { period: Period; glance: Glance }[];
  categories: ListRow[];
  /** Its times to answer, and the province's. */
  times: { own: Figures; province: Figures };
  opinions: OpinionsView;
  /** From which day on nothing is filed at it, and what is in its place. */
  retired?: { from: string; successor?: { id: string; name: Text } | undefined } | undefined;
  /** Whose complaints it takes over. */
  predecessors: { id: string; name: Text }[];
};

type Of = { material: Material; province: Pick<ProvinceView, "groups" | "currency"> };

export function agencyView(id: string, { material, province: { groups, currency } }: Of): AgencyView | undefined {
  const { province, closed, tables, now } = material;
  const agency = province.agencies.find((one) => one.id === id);
  if (!agency) return undefined;
  const [reading, whole] = [readingOf(tables), wholeOf(closed)];
  const cells = reading(whole, "agency");
  const derived = cellIn(cells, id);
  const peers = peerGroupOf(agency, cells);
  const group = groups.find(({ id }) => id === peers);
  const keyOf = (category: string) => cellKey("agency-category", { agency: id, category }) ?? "";
  return {
    id,
    name: agency.name,
    currency,
    row: agencyRow(agency, cells),
    group,
    quarters: quartersOf(closed).map((period) => ({ period, glance: glanceOf(cellIn(reading(period, "agency"), id)) })),
    // By category four quarters alone are published.
    categories:
      whole?.kind === "four-quarters"
        ? listOf(province.categories, { cells: reading(whole, "agency-category"), now, keyOf })
        : [],
    times: { own: derived?.figures ?? {}, province: reading(whole, "total")[0]?.figures ?? {} },
    opinions: opinionsOf(derived),
    retired: retirementOf(agency, material),
    predecessors: province.agencies.filter((one) => isRetired(one, now) && one.successorId === id),
  };
}

function retirementOf(agency: PageProvince["agencies"][number], { province, now }: Material): AgencyView["retired"] {
  if (agency.retiredFrom === undefined || !isRetired(agency, now)) return undefined;
  const successor = successorOf(province.agencies, { id: agency.id, now });
  return { from: agency.retiredFrom, successor: province.agencies.find(({ id }) => id === successor) };
}
