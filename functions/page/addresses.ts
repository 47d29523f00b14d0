import type { Period } from "#shared/domain/statistics/period.ts";
import type { Table } from "#shared/domain/statistics/table.ts";
import type { Language } from "#shared/domain/vocabulary.ts";

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
