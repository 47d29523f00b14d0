import type { Flag } from "#functions/figures/comparison.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import type { AgencyRow, ComparisonWord, GroupView } from "../model/agencies.ts";
import { formatNumber } from "../model/charts.ts";
import { addresses } from "../model/material.ts";
import type { AgencyView, ProvinceView } from "../model/page-views.ts";
import { joinedList } from "./headline.ts";
import { capitalized, countInWords, dayLong, numeral, ofHundredText } from "./numbers-and-dates.ts";
import type { HeadedText } from "./trend.ts";

/** One sentence on how many agencies are clearly worse and clearly better; if none are, on how many are to be watched. */
export function differingAgenciesText(rows: readonly AgencyRow[], language: Language): string {
  const counts = countsOf(rows);
  const clear = (["clearly-worse", "clearly-better"] as const).filter((word) => counts[word] > 0);
  if (clear.length === 0)
    return counts["possibly-different"] > 0
      ? watchText(counts["possibly-different"], language)
      : noDifferenceText[language];
  const pieces = clear.map((word, n) => clearlyDifferentText(counts[word], { word, isFirst: n === 0, language }));
  return { fa: `${pieces.join("، ")}.`, en: `${capitalized(pieces.join(", "))}.` }[language];
}

function countsOf(rows: readonly AgencyRow[]): Record<ComparisonWord, number> {
  const of = (word: ComparisonWord) => rows.filter((row) => row.class === word).length;
  return {
    "clearly-better": of("clearly-better"),
    "clearly-worse": of("clearly-worse"),
    "possibly-different": of("possibly-different"),
    "as-expected": of("as-expected"),
  };
}

type Piece = { word: "clearly-worse" | "clearly-better"; isFirst: boolean; language: Language };

function clearlyDifferentText(count: number, { word, isFirst, language }: Piece): string {
  const number = countInWords(count, language);
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

const noDifferenceText: LocalizedText = {
  fa: "هیچ دستگاهی با همتایانش فرق آشکاری ندارد.",
  en: "No agency clearly differs from its peers.",
};

function watchText(count: number, language: Language): string {
  const number = countInWords(count, language);
  return {
    fa: `هیچ دستگاهی فرق آشکاری ندارد؛ ${isOne(count) ? "یکی" : `${number} دستگاه`} درخور توجه است.`,
    en: `None differs clearly; ${isOne(count) ? "one is" : `${number} are`} to be watched.`,
  }[language];
}

/** The reason why no agency is compared, with the condition for a comparison. */
export const uncomparedTexts: Record<
  "too-early" | "too-few-complaints",
  { heading: LocalizedText; text: LocalizedText }
> = {
  "too-early": {
    heading: { fa: "هنوز سنجیده نمی‌شود.", en: "Not compared yet." },
    text: {
      fa: "سنجش با همتایان پس از بسته‌شدن چهار فصل آغاز می‌شود.",
      en: "Agencies are held beside their peers once four quarters are closed.",
    },
  },
  "too-few-complaints": {
    heading: { fa: "برای سنجش کم است.", en: "Too few to compare." },
    text: {
      fa: "پنج دستگاه باید هر یک دست‌کم ۲۰ شکایت در چهار فصل داشته باشند.",
      en: "It takes five agencies with 20 complaints each in four quarters.",
    },
  },
};

/** The link to the list of all agencies. */
export const allAgencies: LocalizedText = { fa: "همهٔ دستگاه‌ها", en: "All agencies" };

/** How many agencies differ beside those that are named. */
export function moreAgenciesText(rows: readonly AgencyRow[], language: Language): string {
  const number = countInWords(rows.length, language);
  const areWatched = rows.every((row) => row.class === "possibly-different");
  const to = { fa: areWatched ? " درخور توجه" : "", en: areWatched ? " to watch" : "" }[language];
  return { fa: `و ${number} دستگاه دیگر${to}`, en: `And ${number} more${to}` }[language];
}

/** The average that the agencies of a group are compared with; undefined if they are not compared. */
export function averageText({ expected }: GroupView, language: Language): Html | undefined {
  if (!expected) return undefined;
  const average = ofHundredText(expected.average, language);
  const ofPeers = { fa: html`میانگین همتایان ${average} از ۱۰۰`, en: html`peers’ average ${average} of 100` };
  const ofProvince = {
    fa: html`در سنجش با همهٔ استان، میانگین ${average} از ۱۰۰`,
    en: html`against the whole province, average ${average} of 100`,
  };
  return (expected.comparedWith === "peer-group" ? ofPeers : ofProvince)[language];
}

/** The line of a group in which no agency differs. `others`: how many of its agencies are not compared. */
export function allAsExpectedText({ count, others }: { count: number; others: number }, language: Language): string {
  const number = countInWords(count, language);
  if (others > 0) return { fa: `${number} دستگاهِ سنجیده، مطابق انتظار`, en: `${number} judged, as expected` }[language];
  return {
    fa: isOne(count) ? "یک دستگاه، مطابق انتظار" : `هر ${number} دستگاه مطابق انتظار`,
    en: isOne(count) ? "one agency, as expected" : `all ${number} as expected`,
  }[language];
}

/** The tooltip of a mark in the funnel. */
export function pointText(row: AgencyRow, word: string, language: Language): Html {
  if (row.summary.state !== "known") return html`${row.name[language]}`;
  const [own, all] = [ofHundredText(row.summary.low, language), numeral(row.summary.judged, language)];
  return {
    fa: html`${row.name.fa}: ${own} از ۱۰۰ تأیید شد، ${all} شکایت شمرده شد، ${word}`,
    en: html`${row.name.en}: ${own} of 100 confirmed, ${all} complaints judged, ${word}`,
  }[language];
}

/** For print, where only agencies that differ are named: how many others there are. */
export function otherAgenciesText(groups: readonly GroupView[], language: Language): Html {
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
    size === 0 ? [] : [html`<data class="agencies" value="${size}">${formatNumber(size, language)}</data> ${words[n]}`],
  );
  return html`${joinedList(pieces, language)}.`;
}

export const tooFewText: LocalizedText = { fa: "برای داوری کم است", en: "too few to say" };
export const noDataText: LocalizedText = {
  fa: "بی‌داده، یا کمتر از ۵ شکایت؛ نبودِ شکایت نشانهٔ خوبی نیست",
  en: "no data, or fewer than 5; no complaints is no praise",
};

const flagTexts: Record<Flag, LocalizedText> = {
  withdrawn: { fa: "پس‌گرفتن شکایت‌ها بیش از سه برابر استان", en: "withdrawals over three times the province’s share" },
  extended: { fa: "تمدید مهلت بیش از سه برابر استان", en: "extensions over three times the province’s share" },
  "transferred-out": {
    fa: "ارجاع به دیگران بیش از سه برابر استان",
    en: "transfers to others over three times the province’s share",
  },
  pressured: {
    fa: "گزارش فشار بیش از سه برابر استان",
    en: "reports of pressure over three times the province’s share",
  },
  "quick-acceptance": {
    fa: "پذیرش در کمتر از یک ساعت و بی‌تلفن بیش از سه برابر استان",
    en: "acceptance within an hour without a phone over three times the province’s share",
  },
};

type AgencyComparison = { row: AgencyRow; group?: GroupView | undefined; comparison: ProvinceView["comparison"] };

const beyondChanceText: LocalizedText = {
  fa: "اتفاق به‌تنهایی چنین فاصله‌ای نمی‌سازد.",
  en: "Chance alone does not make such a distance.",
};
const distanceTexts: Record<ComparisonWord, LocalizedText> = {
  "clearly-better": beyondChanceText,
  "as-expected": {
    fa: "چنین فاصله‌ای میان این همتایان پیش می‌آید، اتفاقی یا از تفاوت کارشان.",
    en: "Such a distance comes about among these peers, by chance or by their work.",
  },
  "possibly-different": { fa: "اتفاق به‌تنهایی به‌ندرت چنین می‌کند.", en: "Chance alone seldom does so." },
  "clearly-worse": beyondChanceText,
};

/** Why an agency is not called clearly better, although its distance alone would make it so. */
const refusedText: LocalizedText = {
  fa: "اما «آشکارا بهتر» دست‌کم ۲۰ پاسخ تلفنی شهروندان می‌خواهد، و اینکه چیزی چشمگیر نباشد.",
  en: "But clearly better takes 20 answers of called citizens, and nothing conspicuous.",
};

/** How the agency compares with its peers, or why it is not compared. */
export function agencyAnswer({ row, group, comparison }: AgencyComparison, language: Language): HeadedText {
  if (!row.class) return uncomparedAnswer({ row, group, comparison }, language);
  const average = group && averageText(group, language);
  const own = row.summary.state === "known" ? ofHundredText(row.summary.low, language) : undefined;
  const numbers = own && {
    fa: html`${own} از ۱۰۰ تأیید شد؛ ${average}.`,
    en: html`${own} of 100 were confirmed; ${average}.`,
  };
  const distance = row.isClearlyBetterRefused
    ? html`${beyondChanceText[language]} ${refusedText[language]}`
    : html`${distanceTexts[row.class][language]}`;
  return { heading: html``, text: html`${numbers?.[language]} ${distance}` };
}

function uncomparedAnswer({ row, group, comparison }: AgencyComparison, language: Language): HeadedText {
  const why = uncomparedTexts[comparison === "compared" ? "too-few-complaints" : comparison].text;
  const { summary } = row;
  const hasPeers = summary.state === "known" && group?.expected;
  const isFew = summary.state === "too-few-complaints";
  const reason = (hasPeers || (isFew && summary.filed > 0) ? tooFewText : isFew ? noDataText : why)[language];
  const heading = { fa: "سنجیده نمی‌شود.", en: "It is not compared." }[language];
  return { heading: html`${heading}`, text: html`${capitalized(reason)}${reason.endsWith(".") ? "" : "."}` };
}

/** The flags of an agency in one sentence. Each flag is a practice that can make figures better than the service is. */
export function flagsText(flags: readonly Flag[], language: Language): Html | undefined {
  if (flags.length === 0) return undefined;
  const pieces = flags.map((flag) => html`${flagTexts[flag][language]}`);
  return { fa: html`چشمگیر: ${joinedList(pieces, "fa")}.`, en: html`Conspicuous: ${joinedList(pieces, "en")}.` }[
    language
  ];
}

export function retiredText({ from, successor }: NonNullable<AgencyView["retired"]>, language: Language): Html {
  const day = html`<time datetime="${from}">${dayLong(from, language)}</time>`;
  const next = successor && html`<a href="${addresses.agency(successor.id, language)}">${successor.name[language]}</a>`;
  return {
    fa: html`از ${day} شکایت تازه‌ای نمی‌گیرد.${next && html` جای آن را ${next} گرفته است.`}`,
    en: html`Takes no new complaints since ${day}.${next && html` In its place stands ${next}.`}`,
  }[language];
}

export function predecessorsText(predecessors: AgencyView["predecessors"], language: Language): Html {
  const names = predecessors.map(
    ({ id, name }) => html`<a href="${addresses.agency(id, language)}">${name[language]}</a>`,
  );
  return {
    fa: html`شکایت‌های ${joinedList(names, "fa")} نیز از این پس این‌جا شمرده می‌شود.`,
    en: html`Complaints about ${joinedList(names, "en")} are counted here from now on, too.`,
  }[language];
}

export const quartersNote: LocalizedText = {
  fa: "ماهانه نشان نمی‌دهیم و روند هر دستگاه را هنوز نمی‌توان گفت: با شمار کم، هر درصدی گمراه می‌کند.",
  en: "Not by month, and no trend of one agency can be said yet: of a few complaints every per cent misleads.",
};
