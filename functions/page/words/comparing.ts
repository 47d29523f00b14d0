import type { Flag } from "#shared/domain/statistics/flags.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import { written } from "#shared/domain/telling/written-number.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import type { AgencyRow, GroupView, StandingWord } from "../model/agencies.ts";
import { listed } from "./headline.ts";
import { begun, counted, numeral, ofHundred } from "./numbers.ts";

type Counts = Record<StandingWord, number>;

/** How many agencies differ, in one sentence: none, one, many, of one kind or of several. */
export function differSentence(rows: readonly AgencyRow[], language: Language): string {
  const counts = countsOf(rows);
  const clear = (["clearly-worse", "clearly-better"] as const).filter((word) => counts[word] > 0);
  if (clear.length === 0) return counts.watch > 0 ? watched(counts.watch, language) : nobody[language];
  const pieces = clear.map((word, n) => piece(counts[word], { word, isFirst: n === 0, language }));
  return { fa: `${pieces.join("، ")}.`, en: `${begun(pieces.join(", "))}.` }[language];
}

function countsOf(rows: readonly AgencyRow[]): Counts {
  const of = (word: StandingWord) => rows.filter((row) => row.class === word).length;
  return {
    "clearly-better": of("clearly-better"),
    "clearly-worse": of("clearly-worse"),
    watch: of("watch"),
    "as-expected": of("as-expected"),
  };
}

type Piece = { word: "clearly-worse" | "clearly-better"; isFirst: boolean; language: Language };

function piece(count: number, { word, isFirst, language }: Piece): string {
  const number = counted(count, language);
  const adjective = { "clearly-worse": { fa: "بدتر", en: "worse" }, "clearly-better": { fa: "بهتر", en: "better" } }[
    word
  ];
  return {
    fa: isFirst ? `${number} دستگاه آشکارا ${adjective.fa}` : `${isOne(count) ? "یکی" : number} آشکارا ${adjective.fa}`,
    en: isFirst
      ? `${number} ${isOne(count) ? "agency is" : "agencies are"} clearly ${adjective.en}`
      : `${number} clearly ${adjective.en}`,
  }[language];
}

const isOne = (count: number) => count === 1;

const nobody: Text = {
  fa: "هیچ دستگاهی با همتایانش فرق آشکاری ندارد.",
  en: "No agency clearly differs from its peers.",
};

function watched(count: number, language: Language): string {
  const number = counted(count, language);
  return {
    fa: `هیچ دستگاهی فرق آشکاری ندارد؛ ${isOne(count) ? "یکی" : `${number} دستگاه`} درخور توجه است.`,
    en: `None differs clearly; ${isOne(count) ? "one is" : `${number} are`} to be watched.`,
  }[language];
}

/** Why nobody is compared, and what it takes. */
export const uncompared: Record<"too-early" | "too-few", { heading: Text; says: Text }> = {
  "too-early": {
    heading: { fa: "هنوز سنجیده نمی‌شود.", en: "Not compared yet." },
    says: {
      fa: "سنجش با همتایان پس از بسته‌شدن چهار فصل آغاز می‌شود.",
      en: "Agencies are held beside their peers once four quarters are closed.",
    },
  },
  "too-few": {
    heading: { fa: "برای سنجش کم است.", en: "Too few to compare." },
    says: {
      fa: "پنج دستگاه باید هر یک دست‌کم ۲۰ شکایت در چهار فصل داشته باشند.",
      en: "It takes five agencies with 20 complaints each in four quarters.",
    },
  },
};

/** Where all of them stand. */
export const allAgencies: Text = { fa: "همهٔ دستگاه‌ها", en: "All agencies" };

/** How many more differ than are named. */
export function andMore(rows: readonly AgencyRow[], language: Language): string {
  const number = counted(rows.length, language);
  const areWatched = rows.every((row) => row.class === "watch");
  const to = { fa: areWatched ? " درخور توجه" : "", en: areWatched ? " to watch" : "" }[language];
  return { fa: `و ${number} دستگاه دیگر${to}`, en: `And ${number} more${to}` }[language];
}

/** What a group is held to. */
export function averageSays({ expected }: GroupView, language: Language): Html | undefined {
  if (!expected) return undefined;
  const average = ofHundred(expected.average, language);
  const ofPeers = { fa: html`میانگین همتایان ${average} از ۱۰۰`, en: html`peers’ average ${average} of 100` };
  const ofProvince = {
    fa: html`در سنجش با همهٔ استان، میانگین ${average} از ۱۰۰`,
    en: html`against the whole province, average ${average} of 100`,
  };
  return (expected.comparedWith === "peer-group" ? ofPeers : ofProvince)[language];
}

/** The one line of a group in which nobody differs; `others`: those of which that cannot be said. */
export function allAsExpected({ count, others }: { count: number; others: number }, language: Language): string {
  const number = counted(count, language);
  if (others > 0) return { fa: `${number} دستگاهِ سنجیده، مطابق انتظار`, en: `${number} judged, as expected` }[language];
  return {
    fa: isOne(count) ? "یک دستگاه، مطابق انتظار" : `هر ${number} دستگاه مطابق انتظار`,
    en: isOne(count) ? "one agency, as expected" : `all ${number} as expected`,
  }[language];
}

/** A mark of the funnel, to who points at it. */
export function pointSays(row: AgencyRow, word: string, language: Language): Html {
  if (row.glance.state !== "known") return html`${row.name[language]}`;
  const [own, all] = [ofHundred(row.glance.low, language), numeral(row.glance.judged, language)];
  return {
    fa: html`${row.name.fa}: ${own} از ۱۰۰ تأیید شد، ${all} شکایت شمرده شد، ${word}`,
    en: html`${row.name.en}: ${own} of 100 confirmed, ${all} complaints judged, ${word}`,
  }[language];
}

/** On paper, where only those that differ are named: how many others there are. */
export function othersCounted(groups: readonly GroupView[], language: Language): Html {
  const sizes = [
    groups.flatMap(({ rows }) => rows.filter((row) => row.class === "as-expected")).length,
    groups.flatMap(({ tooFew }) => tooFew).length,
    groups.flatMap(({ noData }) => noData).length,
  ];
  const words = {
    fa: ["دستگاه دیگر مطابق انتظار", "برای داوری کم", "بی‌داده"],
    en: ["others as expected", "too few to say", "no data"],
  }[language];
  const pieces = sizes.flatMap((size, n) =>
    size === 0 ? [] : [html`<data class="agencies" value="${size}">${written(size, language)}</data> ${words[n]}`],
  );
  return html`${listed(pieces, language)}.`;
}

export const tooFewOf: Text = { fa: "برای داوری کم است", en: "too few to say" };
export const noDataOf: Text = {
  fa: "بی‌داده، یا کمتر از ۵ شکایت؛ نبودِ شکایت نشانهٔ خوبی نیست",
  en: "no data, or fewer than 5; no complaints is no praise",
};

export const flagTexts: Record<Flag, Text> = {
  withdrawn: { fa: "پس‌گرفتن شکایت‌ها بیش از سه برابر استان", en: "withdrawals over three times the province’s share" },
  extended: { fa: "تمدید مهلت بیش از سه برابر استان", en: "extensions over three times the province’s share" },
  "transferred-out": {
    fa: "ارجاع به دیگران بیش از سه برابر استان",
    en: "transfers to others over three times the province’s share",
  },
  pressed: { fa: "گزارش فشار بیش از سه برابر استان", en: "reports of pressure over three times the province’s share" },
  "quick-acceptance": {
    fa: "پذیرش در کمتر از یک ساعت و بی‌تلفن بیش از سه برابر استان",
    en: "acceptance within an hour without a phone over three times the province’s share",
  },
};
