import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "./addresses.ts";
import { changedSays, publishedSays } from "./feed-words.ts";
import type { DerivedTable, Material } from "./material.ts";
import { classShown, type StandingWord } from "./model/agencies.ts";

export type News = {
  /** Names it for good, within the province. */
  id: string;
  /** The day that it was published on. */
  date: string;
  title: string;
  summary: string;
  /** The page that says more. */
  page: string;
};

/** What changed, the latest first: a period published, an agency's class other than in the four quarters before. */
export function newsOf(material: Material, language: Language): News[] {
  const all = [...published(material, language), ...changed(material, language)];
  return all.sort((a, b) => b.date.localeCompare(a.date));
}

function published({ closed }: Material, language: Language): News[] {
  return closed.map((period) => ({
    id: `${period.kind}/${period.name}`,
    date: period.publishedOn,
    ...publishedSays(period, language),
    page: addresses.province(language),
  }));
}

/** From each table of four quarters to the next. */
function changed({ province, tables, closed }: Material, language: Language): News[] {
  const windows = tables
    .filter(({ period, table }) => period.kind === "four-quarters" && table === "agency")
    .sort((a, b) => a.period.name.localeCompare(b.period.name));
  return windows.slice(1).flatMap(({ period, cells }, n) => {
    const date = closed.find(({ kind, name }) => kind === period.kind && name === period.name)?.publishedOn;
    const before = classesIn(windows[n]?.cells ?? []);
    return [...classesIn(cells)].flatMap(([id, to]) => {
      const [from, agency] = [before.get(id), province.agencies.find((one) => one.id === id)];
      if (!date || !agency || !from || from === to) return [];
      const words = changedSays({ name: agency.name[language], from, to, period }, language);
      const page = addresses.agency(id, language);
      return [{ id: `class/${period.name}/${id}`, date, ...words, page }];
    });
  });
}

/** The class of every agency that has one on its page. */
function classesIn(cells: DerivedTable["cells"]): Map<string, StandingWord> {
  const classes = cells.map((derived) => [derived.cell.cell, classShown(derived)] as const);
  return new Map(classes.flatMap(([id, one]) => (one === undefined ? [] : [[id, one] as const])));
}
