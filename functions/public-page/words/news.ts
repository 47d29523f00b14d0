import type { Instant } from "#shared/time/calendar.ts";
import { localDate } from "#shared/time/local-time.ts";
import type { Period } from "#shared/time/period.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type ComparisonWord, publishedClass } from "../model/agencies.ts";
import { brokenPromises } from "../model/issues.ts";
import { addresses, type DerivedTable, type PageData } from "../model/material.ts";
import { roundedNote } from "./headline.ts";
import { brokenPromiseNewsText, issueNewsText } from "./issues.ts";
import { comparisonLabels, labels } from "./labels.ts";
import { periodLong } from "./numbers-and-dates.ts";

type FeedText = { title: string; summary: string };
type Change = { name: string; from: ComparisonWord; to: ComparisonWord; period: Period };

export const feedTitle = (province: string, language: Language) =>
  `${labels.service[language]} ${province}: ${{ fa: "چه تغییر کرد", en: "what changed" }[language]}`;

function publishedText(period: Period, language: Language): FeedText {
  const name = periodLong(period, language);
  const title = { fa: `آمار ${name} منتشر شد.`, en: `The figures of ${name} are published.` }[language];
  return { title, summary: roundedNote[language] };
}

function changedText({ name, from, to, period }: Change, language: Language): FeedText {
  const [was, is, when] = [
    comparisonLabels[from][language],
    comparisonLabels[to][language],
    periodLong(period, language),
  ];
  const summary = {
    fa: `در ${when}، در سنجش با همتایان: ${is}. پیش از آن: ${was}.`,
    en: `In ${when}, compared with its peers: ${is}. Before: ${was}.`,
  };
  return { title: `${name}: ${is}`, summary: summary[language] };
}

export type News = {
  /** A lasting id, unique in the province. */
  id: string;
  /** The day of publication (Tehran). */
  date: string;
  /** When it happened, where that is known: news of one day stand in this order. */
  at?: Instant;
  title: string;
  /** The title of the issue that the news is about, as somebody wrote it. */
  subject?: string;
  summary: string;
  /** The address of the page with the details. */
  page: string;
};

/** All news, latest first: published periods, steps of issues, and agencies whose class changed from one period of four quarters to the next. */
export function newsItems(material: PageData, language: Language): News[] {
  const all = [
    ...publicationNews(material, language),
    ...classChangeNews(material, language),
    ...issueNews(material, language),
  ];
  return all.sort((a, b) => b.date.localeCompare(a.date) || (b.at ?? "").localeCompare(a.at ?? ""));
}

function publicationNews({ closed }: PageData, language: Language): News[] {
  return closed.map((period) => ({
    id: `${period.kind}/${period.name}`,
    date: period.publishedOn,
    ...publishedText(period, language),
    page: addresses.province(language),
  }));
}

/** Every step of every issue, and every promise that was not kept. The number of a step never changes, so a feed reader shows each once. */
function issueNews({ province, issues, now }: PageData, language: Language): News[] {
  return issues.flatMap((issue) => {
    const agency = province.agencies.find(({ id }) => id === issue.agencyId)?.name[language] ?? issue.agencyId;
    const page = addresses.issue(issue, language);
    const steps = issue.history.map((step, n) => ({
      id: `issue/${issue.id}/${n + 1}`,
      at: step.at,
      ...issueNewsText(issue, { step, agency, language }),
    }));
    const broken = brokenPromises(issue, now).map((step) => ({
      id: `issue/${issue.id}/promise/${step.promisedBy}`,
      at: step.promisedBy,
      ...brokenPromiseNewsText(issue, { step, agency, language }),
    }));
    return [...steps, ...broken].map((news) => ({ ...news, date: localDate(news.at), page }));
  });
}

/** Compares each period of four quarters with the period before it. */
function classChangeNews({ province, tables, closed }: PageData, language: Language): News[] {
  const windows = tables
    .filter(({ period, table }) => period.kind === "four-quarters" && table === "agency")
    .sort((a, b) => a.period.name.localeCompare(b.period.name));
  return windows.slice(1).flatMap(({ period, cells }, n) => {
    const date = closed.find(({ kind, name }) => kind === period.kind && name === period.name)?.publishedOn;
    const before = classesIn(windows[n]?.cells ?? []);
    return [...classesIn(cells)].flatMap(([id, to]) => {
      const [from, agency] = [before.get(id), province.agencies.find((one) => one.id === id)];
      if (!date || !agency || !from || from === to) return [];
      const words = changedText({ name: agency.name[language], from, to, period }, language);
      const page = addresses.agency(id, language);
      return [{ id: `class/${period.name}/${id}`, date, ...words, page }];
    });
  });
}

/** The classes that pages show, by the agency's id. */
function classesIn(cells: DerivedTable["cells"]): Map<string, ComparisonWord> {
  const classes = cells.map((derived) => [derived.cell.cell, publishedClass(derived)] as const);
  return new Map(classes.flatMap(([id, one]) => (one === undefined ? [] : [[id, one] as const])));
}
