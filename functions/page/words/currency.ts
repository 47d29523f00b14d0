import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { Glance } from "../model/glance.ts";
import type { Currency, Next } from "../model/province-view.ts";
import { clock, dayGregorian, dayLong, dayShort, monthLong, periodNamed } from "./dates.ts";
import { complaints } from "./numbers.ts";

/** The period of the headline, and its number of complaints. */
export function scope(period: Currency["month"], glance: Glance, language: Language): Html | undefined {
  if (!period) return undefined;
  const name = periodNamed(period, language);
  const count = glance.state !== "unpublished" && html` · ${complaints(glance.filed, language)}`;
  const day = dayOf({ on: period.publishedOn }, language);
  return html`${name}${count} · ${{ fa: html`انتشار ${day}`, en: html`published ${day}` }[language]}`;
}

/** That a month's figures ought to be here, and are not. */
export function lateSays({ late }: Currency, language: Language): Html | undefined {
  if (!late) return undefined;
  const [month, day] = [monthLong(late.month, language), dayOf(late, language)];
  return {
    fa: html`آمار ${month} هنوز منتشر نشده است؛ موعد آن ${day} بود.`,
    en: html`The figures of ${month} are not published yet; they were due on ${day}.`,
  }[language];
}

const dayOf = ({ on }: Pick<Next, "on">, language: Language): Html =>
  html`<time datetime="${on}">${dayShort(on, language)}</time>`;

export function nextSays({ next }: Currency, language: Language): Html {
  if (!next) return firstFigures[language];
  const [month, day] = [monthLong(next.month, language), dayOf(next, language)];
  return {
    fa: html`آمار ${month}، ${day} منتشر می‌شود.`,
    en: html`The figures of ${month} are published on ${day}.`,
  }[language];
}

const firstFigures: Record<Language, Html> = {
  fa: html`نخستین آمار، آمار ماهِ ثبت نخستین شکایت است و روز ۱۵ ماه بعد منتشر می‌شود.`,
  en: html`The first figures are those of the month of the first complaint, published on the 15th of the next month.`,
};

/** The headline of a province without any published figures. */
export function nothingYet(currency: Currency, language: Language): { heading: Html; says: Html } {
  const heading = { fa: html`هنوز آماری منتشر نشده است.`, en: html`No figures are published yet.` }[language];
  return { heading, says: nextSays(currency, language) };
}

export const roundedNote: Record<Language, string> = {
  fa: "هر شمار، به تصادف، به مضربی از پنج گرد شده است، دست‌بالا با چهار واحد تفاوت، تا کسی از روی آمار شناخته نشود؛ سهم‌ها از همین شمارها حساب شده‌اند.",
  en: "Every count is rounded at random to a multiple of five, by at most four, so that figures identify nobody; shares are made of these counts.",
};

/** When the page was made; Persian by the Iranian calendar, English by both. */
export function madeAt(now: Instant, language: Language): Html {
  const date = localDate(now);
  const [day, time] = [dayLong(date, language), clock(now, language)];
  return {
    fa: html`<time datetime="${now}">${day}، ساعت ${time}</time> به وقت تهران`,
    en: html`<time datetime="${now}">${day} (${dayGregorian(date)}), ${time}</time> Tehran time`,
  }[language];
}
