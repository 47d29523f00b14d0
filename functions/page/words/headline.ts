import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { Glance, GlancePart } from "../model/glance.ts";
import { labels, outcomes, untold } from "./labels.ts";
import { between, complaints, ofHundred, told } from "./numbers.ts";

type Say = Record<Language, (range: Html) => Html>;
type Kind = "both" | "low" | "high";

const province: Record<Kind, Say> = {
  both: {
    fa: (range) => html`از هر ۱۰۰ شکایت، <em>${range}</em> مورد پاسخ خوب گرفت.`,
    en: (range) => html`Of every 100 complaints, <em>${range}</em> were answered well.`,
  },
  low: {
    fa: (low) => html`از هر ۱۰۰ شکایت، دست‌کم <em>${low}</em> مورد پاسخ خوب گرفت.`,
    en: (low) => html`Of every 100 complaints, at least <em>${low}</em> were answered well.`,
  },
  high: {
    fa: (high) => html`از هر ۱۰۰ شکایت، دست‌بالا <em>${high}</em> مورد پاسخ خوب گرفت.`,
    en: (high) => html`Of every 100 complaints, at most <em>${high}</em> were answered well.`,
  },
};

const agency: Record<Kind, Say> = {
  both: {
    fa: (range) => html`از هر ۱۰۰ شکایت، <em>${range}</em> مورد را خوب پاسخ داد.`,
    en: (range) => html`It answered <em>${range}</em> of every 100 complaints well.`,
  },
  low: {
    fa: (low) => html`از هر ۱۰۰ شکایت، دست‌کم <em>${low}</em> مورد را خوب پاسخ داد.`,
    en: (low) => html`It answered at least <em>${low}</em> of every 100 complaints well.`,
  },
  high: {
    fa: (high) => html`از هر ۱۰۰ شکایت، دست‌بالا <em>${high}</em> مورد را خوب پاسخ داد.`,
    en: (high) => html`It answered at most <em>${high}</em> of every 100 complaints well.`,
  },
};

const unclear: Record<Language, Html> = {
  fa: html`هنوز نمی‌توان گفت چند شکایت پاسخ خوب گرفت.`,
  en: html`It cannot be said yet how many complaints were answered well.`,
};

const heldBack: Record<Language, Html> = {
  fa: html`گفته نمی‌شود، تا کسی با تفریق دو عدد شناخته نشود.`,
  en: html`Not told, so that nobody is known by subtracting two numbers.`,
};

/** The sentence above the strokes; `unpublished` is the caller's to say, who knows what comes when. */
export function headline(glance: Glance, { of, language }: { of: "province" | "agency"; language: Language }): Html {
  if (glance.state === "few" || glance.state === "unpublished") return sentence(untold[glance.state][language]);
  if (glance.state === "held-back") return heldBack[language];
  if (glance.state === "too-few") return tooFew(glance.filed, language);
  const say = { province, agency }[of];
  const { low, high } = glance;
  if (low && high) return say.both[language](between(low, high, language));
  if (low) return say.low[language](ofHundred(low, language));
  return high ? say.high[language](ofHundred(high, language)) : unclear[language];
}

const sentence = (text: string): Html => html`${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function tooFew(filed: number, language: Language): Html {
  const count = complaints(told(filed, language), filed === 1)[language];
  return { fa: html`هنوز برای داوری کم است: ${count}.`, en: html`Too few to say yet: ${count}.` }[language];
}

/** What a part of the strokes is: one class, or all that are told as one. */
export function partName({ kind, classes }: GlancePart, language: Language): string {
  if (kind === "accepted" || kind === "silent") return labels[kind][language];
  const or = { fa: " یا ", en: " or " }[language];
  return classes.flatMap((name) => outcomes[name]?.[language] ?? []).join(or);
}

/** Of what was not answered well, how much of it is what: `6 overturned, 16 late, 14 unanswered`. */
export function partsOfNotGood(parts: readonly GlancePart[], language: Language): Html {
  const pieces = parts.map((part) => html`${ofHundred(part, language)} ${partName(part, language)}`);
  return listed(pieces, language);
}

/** The same in a list, which stands away from the strokes: which of these are whose. */
export function strokesOfNotGood(parts: readonly GlancePart[], language: Language): Html {
  const looks = {
    "not-good": { fa: "خالی", en: "empty" },
    unanswered: { fa: "کوتاه", en: "short" },
  };
  const pieces = Object.entries(looks).flatMap(([kind, look]) => {
    const own = parts.filter((part) => part.kind === kind);
    return own.length > 0 ? [html`${look[language]}: ${partsOfNotGood(own, language)}`] : [];
  });
  return { html: pieces.map((piece) => piece.html).join({ fa: "؛ ", en: "; " }[language]) };
}

/** Things one after the other; Persian and English differ in the comma alone. */
export function listed(pieces: readonly Html[], language: Language): Html {
  const comma = { fa: "، ", en: ", " }[language];
  return { html: pieces.map((piece) => piece.html).join(comma) };
}
