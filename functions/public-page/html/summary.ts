import { toThreeDecimals } from "#functions/figures/share.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html, textOf } from "#shared/wording/html.ts";
import { bandDrawing } from "../drawings/small-charts.ts";
import { hasRoom, strokesDrawing } from "../drawings/strokes.ts";
import type { StrokeWords } from "../model/charts.ts";
import type { KnownSummary, OutcomeSummary, SummaryPart } from "../model/summary.ts";
import { headlineText, partName, partsOfNotGood, strokesOfNotGood } from "../words/headline.ts";
import { labels, unpublished } from "../words/labels.ts";
import { numeral, ofHundredText, rangeText } from "../words/numbers-and-dates.ts";
import { htmlTable, svgMarkup } from "./frame.ts";

/** Widths in pixels of one row of strokes, and of four rows for phones. The style sheet shows one of the two drawings. */
const widths = { wide: 1100, narrow: 350 };

/** A hundred strokes, and their kinds in words. */
export function summaryStrokes(
  summary: KnownSummary,
  { of, language }: { of: "province" | "agency"; language: Language },
): Html {
  const title = textOf(headlineText(summary, { of, language }));
  const words = strokeWords(summary, language);
  const wide = { language, width: widths.wide, title };
  const isBracketed = hasRoom(words, wide);
  const drawings = [
    ...(isBracketed ? [html`<div class="widest">${svgMarkup(strokesDrawing(summary.parts, wide, words))}</div>`] : []),
    html`<div class="wide">${svgMarkup(strokesDrawing(summary.parts, wide))}</div>`,
    html`<div class="narrow">${svgMarkup(strokesDrawing(summary.parts, { ...wide, width: widths.narrow }))}</div>`,
  ];
  return html`<div class="strokes${isBracketed && " bracketed"}">${drawings}</div>
<ul class="parts">${keysOf(summary, language).map((key) => keyOf(key, language))}</ul>`;
}

/** The words under the strokes: a number and words for each part, the outcomes that are not good together. */
export function strokeWords(summary: KnownSummary, language: Language): StrokeWords {
  const unanswered = summary.parts.find(({ kind }) => kind === "unanswered");
  return {
    parts: keysOf(summary, language).map(({ strokes, name, note }) => ({
      strokes,
      words: name,
      note: typeof note === "string" ? note : textOf(note),
    })),
    unanswered: unanswered && `${textOf(ofHundredText(unanswered, language))} ${partName(unanswered, language)}`,
  };
}

type Key = Pick<SummaryPart, "kind" | "share" | "strokes"> & {
  name: string;
  note: Html | string;
  /** Stands in the list instead of `note`. */
  listed?: Html;
};

function keysOf({ parts, judged, high }: KnownSummary, language: Language): Key[] {
  const isNotGood = ({ kind }: SummaryPart) => kind === "not-good" || kind === "unanswered";
  const notGood = parts.filter(isNotGood);
  const others = parts
    .filter((part) => !isNotGood(part))
    .map((part) => ({ ...part, name: partName(part, language), note: noteOf(part, { high, language }) }));
  if (notGood.length === 0) return others;
  const sum = (of: (part: SummaryPart) => number) => notGood.reduce((all, part) => all + of(part), 0);
  const whole = {
    kind: "not-good" as const,
    share: toThreeDecimals(sum(({ count }) => count) / judged),
    strokes: sum(({ strokes }) => strokes),
  };
  const [note, listed] = [partsOfNotGood(notGood, language), strokesOfNotGood(notGood, language)];
  return [...others, { ...whole, name: labels.notGood[language], note, listed }];
}

function keyOf({ name, note, listed = html`${note}`, ...part }: Key, language: Language): Html {
  return html`<li class="${part.kind}"><span class="number">${ofHundredText(part, language)}</span> <span class="name">${name}</span> <span class="note">${listed}</span></li>
`;
}

type NoteContext = { high: KnownSummary["high"]; language: Language };

function noteOf({ kind }: SummaryPart, { high, language }: NoteContext): Html | string {
  if (kind === "accepted") return labels.acceptedNote[language];
  const [note, number] = [labels.silentNote[language], ofHundredText(high, language)];
  return { fa: html`${note}؛ پس «تا ${number}»`, en: html`${note}: hence “to ${number}”` }[language];
}

/** The parts of the summary as a table, with the published counts. */
export function partsTable({ parts }: KnownSummary, language: Language): Html {
  return htmlTable({
    caption: labels.goodAll[language],
    columns: [labels.part, labels.count, labels.ofHundred].map((label) => label[language]),
    rows: parts.map((part) => [partName(part, language), numeral(part.count, language), ofHundredText(part, language)]),
  });
}

/** The range in words, as it stands in lists, or why there is none. */
export function rangeWords(summary: OutcomeSummary, language: Language): Html {
  if (summary.state === "known") return rangeText(summary.low, summary.high, language);
  if (summary.state === "unpublished") return html`${unpublished[language]}`;
  return html`${{ fa: "برای داوری کم است", en: "too few to say" }[language]}`;
}

type Look = { language: Language; width: number; peers?: number | undefined };

/** The range as a drawing. Screen readers skip it, since the range stands beside it in words. */
export function bandMarkup(summary: OutcomeSummary, { language, width, peers }: Look): Html | undefined {
  if (summary.state !== "known") return undefined;
  const band = { low: summary.low.share, high: summary.high.share, ...(peers !== undefined && { peers }) };
  const title = textOf(rangeWords(summary, language));
  return html`<span class="band" aria-hidden="true">${svgMarkup(bandDrawing(band, { language, width, title }))}</span>`;
}
