import type { Class } from "#shared/domain/statistics/comparison.ts";
import type { Period } from "#shared/domain/statistics/period.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { roundedNote } from "./words/currency.ts";
import { periodLong } from "./words/dates.ts";
import { labels, standings } from "./words/labels.ts";

type Said = { title: string; summary: string };
type StandingWord = Exclude<Class, "too-few">;
type Change = { name: string; from: StandingWord; to: StandingWord; period: Period };

export const feedTitle = (province: string, language: Language) =>
  `${labels.service[language]} ${province}: ${{ fa: "چه تغییر کرد", en: "what changed" }[language]}`;

export function publishedSays(period: Period, language: Language): Said {
  const name = periodLong(period, language);
  const title = { fa: `آمار ${name} منتشر شد.`, en: `The figures of ${name} are published.` }[language];
  return { title, summary: roundedNote[language] };
}

export function changedSays({ name, from, to, period }: Change, language: Language): Said {
  const [was, is, when] = [standings[from][language], standings[to][language], periodLong(period, language)];
  const summary = {
    fa: `در ${when}، در سنجش با همتایان: ${is}. پیش از آن: ${was}.`,
    en: `In ${when}, compared with its peers: ${is}. Before: ${was}.`,
  };
  return { title: `${name}: ${is}`, summary: summary[language] };
}
