import type { TrendSignal } from "#functions/figures/trend.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import type { TrendVerdict } from "../model/verdict.ts";
import {
  capitalized,
  countInWords,
  fromToText,
  monthLong,
  monthName,
  ofHundredText,
  shareText,
} from "./numbers-and-dates.ts";

export type HeadedText = { heading: Html; text: Html };
type Changed = Extract<TrendVerdict, { state: "changed" }>;

/** Whether the confirmed share is getting better, month by month. */
export function trendAnswer(verdict: TrendVerdict, language: Language): HeadedText {
  if (verdict.state === "cannot-be-said") return tooShortText(verdict.values, language);
  if (verdict.state === "too-few-complaints") return tooFew[language];
  if (verdict.state === "usual") return usualText(verdict, language);
  const headings = {
    up: { fa: html`بله، و این تغییر واقعی است.`, en: html`Yes, and the change is real.` },
    down: { fa: html`نه، بدتر شده و این تغییر واقعی است.`, en: html`No, it got worse, and the change is real.` },
  };
  return { heading: headings[verdict.side][language], text: ruleSentence(verdict, language) };
}

const tooFew: Record<Language, HeadedText> = {
  fa: { heading: html`این ماه نمی‌توان گفت.`, text: html`شکایت‌های این ماه برای داوری کم است.` },
  en: { heading: html`It cannot be said this month.`, text: html`This month has too few complaints.` },
};

function tooShortText(months: number, language: Language): HeadedText {
  const number = countInWords(months, language);
  const known = {
    fa: months === 0 ? "هیچ ماهی هنوز شکایتِ کافی نداشته است" : `از ${number} ماه عدد داریم`,
    en:
      months === 0
        ? "No month has had enough complaints yet"
        : `${capitalized(number)} ${months === 1 ? "month has" : "months have"} figures`,
  };
  return {
    fa: { heading: html`هنوز نمی‌توان گفت.`, text: html`${known.fa}؛ از دوازدهمین ماه داوری می‌کنیم.` },
    en: { heading: html`It cannot be said yet.`, text: html`${known.en}; we judge from the twelfth on.` },
  }[language];
}

function usualText({ limits }: Extract<TrendVerdict, { state: "usual" }>, language: Language): HeadedText {
  const strip = fromToText(
    shareText(Math.max(0, limits.lower), language),
    shareText(Math.min(1, limits.upper), language),
    language,
  );
  return {
    fa: {
      heading: html`تغییر واقعی ندارد.`,
      text: html`سهم تأییدشده در محدودهٔ معمول است: ${strip} از ۱۰۰.`,
    },
    en: {
      heading: html`There is no real change.`,
      text: html`The confirmed share is within the usual: ${strip} of 100.`,
    },
  }[language];
}

/** The signal in words, with the earlier number and the number now. */
function ruleSentence(verdict: Changed, language: Language): Html {
  const text = capitalized(ruleOf(verdict, language));
  const to = valueAt(verdict.now, language);
  // Seven steps in one direction are compared with the value they start from, every other signal with the mean.
  const from =
    verdict.signal === "seven-rising-or-falling"
      ? verdict.before && valueAt(verdict.before, language)
      : meanText(verdict.limits.mean, language);
  const subject = { fa: "سهم تأییدشده: ", en: "The confirmed share: " }[language];
  const numbers = from ? { fa: html`${from}، ${to}`, en: html`${from}, ${to}` }[language] : to;
  return html`${subject}${language === "en" ? text.charAt(0).toLowerCase() + text.slice(1) : text} (${numbers}).`;
}

function meanText(mean: number, language: Language): Html {
  const number = shareText(mean, language);
  return { fa: html`میانگین ${number}`, en: html`mean ${number}` }[language];
}

/** A value with its month, as the table of months shows it. */
function valueAt({ at, value, share: own }: Changed["now"], language: Language): Html {
  const [name, number] = [monthName(at, language), own ? ofHundredText(own, language) : shareText(value, language)];
  return { fa: html`${number} در ${name}`, en: html`${number} in ${name}` }[language];
}

/** The signal that the last value completes, in words; it stands over the months of the signal. */
export function ruleOf({ signal, side, run, spans }: Changed, language: Language): string {
  // Months with too few complaints may lie between the months of the signal.
  const names = spans > run ? { fa: "ماهِ دارای عددِ", en: "months with figures" } : { fa: "ماه", en: "months" };
  const months = `${countInWords(run, language)} ${names[language]}`;
  return rules[signal][language]({ months, isUp: side === "up" });
}
const rules: Record<TrendSignal, Record<Language, (context: { months: string; isUp: boolean }) => string>> = {
  "outside-limits": {
    fa: ({ isUp }) => `${isUp ? "بالاتر" : "پایین‌تر"} از محدودهٔ معمول`,
    en: ({ isUp }) => `${isUp ? "above" : "below"} the usual`,
  },
  "seven-on-one-side-of-mean": {
    fa: ({ months, isUp }) => `${months} پیاپی ${isUp ? "بالاتر" : "پایین‌تر"} از میانگین`,
    en: ({ months, isUp }) => `${months} in a row ${isUp ? "above" : "below"} the mean`,
  },
  "seven-rising-or-falling": {
    fa: ({ months, isUp }) => `${months} پیاپی رو به ${isUp ? "بالا" : "پایین"}`,
    en: ({ months, isUp }) => `${months} in a row ${isUp ? "rising" : "falling"}`,
  },
  "two-of-three-near-limit": {
    fa: ({ isUp }) => `دو ماه از سه ماه بسیار ${isUp ? "بالاتر" : "پایین‌تر"} از میانگین`,
    en: ({ isUp }) => `two of three months far ${isUp ? "above" : "below"} the mean`,
  },
};

type VerdictContext = {
  language: Language;
  /** The direction that is good, if there is one. */
  better?: "up" | "down" | undefined;
};

/** The verdict on one of the other figures in few words, with the signal if there is one. */
export function shortVerdictText(verdict: TrendVerdict, context: VerdictContext): Html {
  const brief = shortestVerdictText(verdict, context);
  return verdict.state === "changed" ? html`${brief}: ${ruleOf(verdict, context.language)}` : brief;
}

function shortestVerdictText(verdict: TrendVerdict, { better, language }: VerdictContext): Html {
  const plain: Record<Exclude<TrendVerdict["state"], "changed">, Record<Language, string>> = {
    "cannot-be-said": { fa: "هنوز نمی‌توان گفت", en: "cannot be said yet" },
    "too-few-complaints": { fa: "این بار برای داوری کم است", en: "too few to say this time" },
    usual: { fa: "در محدودهٔ معمول", en: "within the usual" },
  };
  if (verdict.state !== "changed") return html`${plain[verdict.state][language]}`;
  const isUp = verdict.side === "up";
  const ways = {
    fa: better ? (verdict.side === better ? "رو به بهتر" : "رو به بدتر") : isUp ? "بیشتر" : "کمتر",
    en: better ? (verdict.side === better ? "for the better" : "for the worse") : isUp ? "more" : "fewer",
  };
  return {
    fa: html`<strong>تغییر واقعی</strong>، ${ways.fa}`,
    en: html`<strong>a real change</strong>, ${ways.en}`,
  }[language];
}

type FigureAndVerdict = { name: Html; verdict: TrendVerdict; better?: "up" | "down"; more?: Html };

/** One sentence that compares several figures, each with its own past; undefined if no figure can be judged. */
export function comparedWithPastText(all: readonly FigureAndVerdict[], language: Language): Html | undefined {
  const judged = all.filter(({ verdict }) => verdict.state === "usual" || verdict.state === "changed");
  const [first] = judged;
  if (!first) return undefined;
  const names = { html: judged.map(({ name }) => name.html).join({ fa: " و ", en: " and " }[language]) };
  if (judged.every(({ verdict }) => verdict.state === "usual"))
    return html`${names}: ${shortestVerdictText(first.verdict, { language })}.`;
  const pieces = judged.map(
    ({ name, verdict, better, more }) =>
      html`${name}: ${shortestVerdictText(verdict, { better, language })}${more && html` (${more})`}`.html,
  );
  return { html: `${pieces.join({ fa: "؛ ", en: "; " }[language])}.` };
}

/** The tooltip of a month's column. */
export function monthText(month: string, range: Html | undefined, language: Language): Html {
  const name = monthLong(month, language);
  if (!range) return { fa: html`${name}: برای داوری کم است`, en: html`${name}: too few to say` }[language];
  return { fa: html`${name}: ${range} از ۱۰۰`, en: html`${name}: ${range} of 100` }[language];
}
