import { toThreeDecimals } from "#shared/domain/statistics/share.ts";
import { type Html, html, textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { StrokeWords } from "../drawings/drawn.ts";
import { hasRoom, strokesDrawing } from "../drawings/strokes.ts";
import type { Glance, GlancePart, Known } from "../model/glance.ts";
import { headline, partName, partsOfNotGood, strokesOfNotGood } from "../words/headline.ts";
import { labels, unpublished } from "../words/labels.ts";
import { between, numeral, ofHundred } from "../words/numbers.ts";
import { tableOf } from "./figure.ts";
import { drawn } from "./setting.ts";

/** Widths of the one row, and of the four rows of a phone; the style shows one of them. */
const widths = { wide: 1100, narrow: 350 };

/** A hundred strokes, and their kinds in words. */
export function strokesOf(glance: Known, { of, language }: { of: "province" | "agency"; language: Language }): Html {
  const title = textOf(headline(glance, { of, language }));
  const words = strokeWords(glance, language);
  const wide = { language, width: widths.wide, title };
  const isBracketed = hasRoom(words, wide);
  const drawings = [
    ...(isBracketed ? [html`<div class="widest">${drawn(strokesDrawing(glance.parts, wide, words))}</div>`] : []),
    html`<div class="wide">${drawn(strokesDrawing(glance.parts, wide))}</div>`,
    html`<div class="narrow">${drawn(strokesDrawing(glance.parts, { ...wide, width: widths.narrow }))}</div>`,
  ];
  return html`<div class="strokes${isBracketed && " bracketed"}">${drawings}</div>
<ul class="parts">${keysOf(glance, language).map((key) => keyOf(key, language))}</ul>`;
}

/** The words under the strokes: a number and words for each part, the outcomes that are not good together. */
export function strokeWords(glance: Known, language: Language): StrokeWords {
  const unanswered = glance.parts.find(({ kind }) => kind === "unanswered");
  return {
    parts: keysOf(glance, language).map(({ strokes, name, note }) => ({
      strokes,
      words: name,
      note: typeof note === "string" ? note : textOf(note),
    })),
    unanswered: unanswered && `${textOf(ofHundred(unanswered, language))} ${partName(unanswered, language)}`,
  };
}

type Key = Pick<GlancePart, "kind" | "share" | "strokes"> & {
  name: string;
  note: Html | string;
  /** The note of the list instead. */
  listed?: Html;
};

function keysOf({ parts, judged, high }: Known, language: Language): Key[] {
  const isNotGood = ({ kind }: GlancePart) => kind === "not-good" || kind === "unanswered";
  const notGood = parts.filter(isNotGood);
  const others = parts
    .filter((part) => !isNotGood(part))
    .map((part) => ({ ...part, name: partName(part, language), note: noteOf(part, { high, language }) }));
  if (notGood.length === 0) return others;
  const sum = (of: (part: GlancePart) => number) => notGood.reduce((all, part) => all + of(part), 0);
  const whole = {
    kind: "not-good" as const,
    share: toThreeDecimals(sum(({ count }) => count) / judged),
    strokes: sum(({ strokes }) => strokes),
  };
  const [note, listed] = [partsOfNotGood(notGood, language), strokesOfNotGood(notGood, language)];
  return [...others, { ...whole, name: labels.notGood[language], note, listed }];
}

function keyOf({ name, note, listed = html`${note}`, ...part }: Key, language: Language): Html {
  return html`<li class="${part.kind}"><span class="number">${ofHundred(part, language)}</span> <span class="name">${name}</span> <span class="note">${listed}</span></li>
`;
}

type Noting = { high: Known["high"]; language: Language };

function noteOf({ kind }: GlancePart, { high, language }: Noting): Html | string {
  if (kind === "accepted") return labels.acceptedNote[language];
  const [note, number] = [labels.silentNote[language], ofHundred(high, language)];
  return { fa: html`${note}؛ پس «تا ${number}»`, en: html`${note}: hence “to ${number}”` }[language];
}

/** The same as a table, with the counts. */
export function partsTable({ parts }: Known, language: Language): Html {
  return tableOf({
    caption: labels.goodAll[language],
    columns: [labels.part, labels.count, labels.ofHundred].map((label) => label[language]),
    rows: parts.map((part) => [partName(part, language), numeral(part.count, language), ofHundred(part, language)]),
  });
}

/** The range in words, as it stands in lists, or why there is none. */
export function rangeWords(glance: Glance, language: Language): Html {
  if (glance.state === "known") return between(glance.low, glance.high, language);
  if (glance.state === "unpublished") return html`${unpublished[language]}`;
  return html`${{ fa: "برای داوری کم است", en: "too few to say" }[language]}`;
}
