import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { Glance, GlancePart } from "../model/glance.ts";
import { labels, outcomes, unpublished } from "./labels.ts";
import { begun, between, complaints, ofHundred } from "./numbers.ts";

type Say = Record<Language, (range: Html) => Html>;

const province: Say = {
  fa: (range) => html`از هر ۱۰۰ شکایت، <em>${range}</em> مورد پاسخ خوب گرفت.`,
  en: (range) => html`Of every 100 complaints, <em>${range}</em> were answered well.`,
};

const agency: Say = {
  fa: (range) => html`از هر ۱۰۰ شکایت، <em>${range}</em> مورد را خوب پاسخ داد.`,
  en: (range) => html`It answered <em>${range}</em> of every 100 complaints well.`,
};

/** The sentence above the strokes. The page says more where nothing is published. */
export function headline(glance: Glance, { of, language }: { of: "province" | "agency"; language: Language }): Html {
  if (glance.state === "unpublished") return html`${begun(unpublished[language])}.`;
  if (glance.state === "too-few") return tooFew(glance.filed, language);
  return { province, agency }[of][language](between(glance.low, glance.high, language));
}

function tooFew(filed: number, language: Language): Html {
  const count = complaints(filed, language);
  return { fa: html`هنوز برای داوری کم است: ${count}.`, en: html`Too few to say yet: ${count}.` }[language];
}

/** The words of an outcome under the strokes. */
export function partName({ kind, outcome }: GlancePart, language: Language): string {
  return kind === "accepted" || kind === "silent" ? labels[kind][language] : outcomes[outcome][language];
}

/** The outcomes that are not good, each with its share: `6 overturned, 16 late, 14 unanswered`. */
export function partsOfNotGood(parts: readonly GlancePart[], language: Language): Html {
  const pieces = parts.map((part) => html`${ofHundred(part, language)} ${partName(part, language)}`);
  return listed(pieces, language);
}

/** The same in a list, which stands away from the strokes: each outcome with the look of its strokes. */
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
