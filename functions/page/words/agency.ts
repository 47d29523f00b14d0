import type { Flag } from "#shared/domain/statistics/flags.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import { addresses } from "../addresses.ts";
import type { AgencyRow, GroupView } from "../model/agencies.ts";
import type { AgencyView } from "../model/agency-view.ts";
import type { ProvinceView } from "../model/province-view.ts";
import { averageSays, flagTexts, heldBackOf, noDataOf, tooFewOf, uncompared } from "./comparing.ts";
import { dayLong } from "./dates.ts";
import { listed } from "./headline.ts";
import { begun, ofHundred } from "./numbers.ts";
import type { Answer } from "./trend.ts";

type Beside = { row: AgencyRow; group?: GroupView | undefined; comparison: ProvinceView["comparison"] };

const isFar: Text = { fa: "اتفاق به‌تنهایی چنین فاصله‌ای نمی‌سازد.", en: "Chance alone does not make such a distance." };
const byFunnel: Record<NonNullable<AgencyRow["byFunnel"]>, Text> = {
  "clearly-better": isFar,
  "as-expected": {
    fa: "چنین فاصله‌ای میان این همتایان پیش می‌آید، اتفاقی یا از تفاوت کارشان.",
    en: "Such a distance comes about among these peers, by chance or by what they do.",
  },
  watch: { fa: "اتفاق به‌تنهایی به‌ندرت چنین می‌کند.", en: "Chance alone seldom does so." },
  "clearly-worse": isFar,
};

/** Why it is not called what its distance says: what called citizens say goes before what was clicked. */
const notByFunnel: Partial<Record<NonNullable<AgencyRow["class"]>, Text>> = {
  watch: {
    fa: "اما کسانی که پذیرفته بودند، در تماس بیش از سه برابر استان گفتند مشکل حل نشد یا زیر فشار بودند.",
    en: "But citizens who had accepted said, when called, over three times as often as in the province that it was not solved or that they were pressed.",
  },
  "as-expected": {
    fa: "اما «آشکارا بهتر» گواهی ده شهروند می‌خواهد که پاسخ را پذیرفته بودند و با آنان تماس گرفتیم، و اینکه چیزی چشمگیر نباشد.",
    en: "But clearly better takes ten called citizens who had accepted, and nothing that is conspicuous.",
  },
};

/** How it stands beside its peers; where it does not stand anywhere, why. */
export function agencyAnswer({ row, group, comparison }: Beside, language: Language): Answer {
  if (!row.class) return unplaced({ row, group, comparison }, language);
  const average = group && averageSays(group, language);
  // By the strokes above it, so that one page does not say two numbers of one share.
  const low = row.glance.state === "told" ? row.glance.low : undefined;
  const own = low && ofHundred(low, language);
  const numbers = own && {
    fa: html`${own} از ۱۰۰ تأیید شد؛ ${average}.`,
    en: html`${own} of 100 were confirmed; ${average}.`,
  };
  const chance = row.byFunnel && byFunnel[row.byFunnel][language];
  const but = row.class !== row.byFunnel && notByFunnel[row.class]?.[language];
  return { heading: html``, says: html`${numbers?.[language]} ${chance}${but && html` ${but}`}` };
}

function unplaced({ row, group, comparison }: Beside, language: Language): Answer {
  // One of a province that is compared has peers of whom too little is told.
  const why = uncompared[comparison === "compared" ? "too-few" : comparison].says;
  const { state } = row.glance;
  const reasons = {
    few: noDataOf,
    unpublished: why,
    "held-back": heldBackOf,
    "too-few": tooFewOf,
    told: tooFewOf,
  };
  const isUncompared = state === "told" && !group?.expected;
  const heading = { fa: "داوری نمی‌شود.", en: "It is not judged." }[language];
  const reason = (isUncompared ? why : reasons[state])[language];
  return { heading: html`${heading}`, says: html`${begun(reason)}${reason.endsWith(".") ? "" : "."}` };
}

/** What stands out that an office may do to look better than it serves. */
export function flagsSay(flags: readonly Flag[], language: Language): Html | undefined {
  if (flags.length === 0) return undefined;
  const pieces = flags.map((flag) => html`${flagTexts[flag][language]}`);
  return { fa: html`چشمگیر: ${listed(pieces, "fa")}.`, en: html`Conspicuous: ${listed(pieces, "en")}.` }[language];
}

export function retiredSays({ from, successor }: NonNullable<AgencyView["retired"]>, language: Language): Html {
  const day = html`<time datetime="${from}">${dayLong(from, language)}</time>`;
  const next = successor && html`<a href="${addresses.agency(successor.id, language)}">${successor.name[language]}</a>`;
  return {
    fa: html`از ${day} شکایت تازه‌ای نمی‌گیرد.${next && html` جای آن را ${next} گرفته است.`}`,
    en: html`Takes no new complaints since ${day}.${next && html` In its place stands ${next}.`}`,
  }[language];
}

export function predecessorsSay(predecessors: AgencyView["predecessors"], language: Language): Html {
  const names = predecessors.map(
    ({ id, name }) => html`<a href="${addresses.agency(id, language)}">${name[language]}</a>`,
  );
  return {
    fa: html`شکایت‌های ${listed(names, "fa")} نیز از این پس این‌جا شمرده می‌شود.`,
    en: html`What was filed at ${listed(names, "en")} is counted here from now on, too.`,
  }[language];
}

export const quartersNote: Text = {
  fa: "ماهانه نشان نمی‌دهیم و روند هر دستگاه را هنوز نمی‌توان گفت: با شمار کم، هر درصدی گمراه می‌کند.",
  en: "Not by month, and no trend of one agency can be said yet: of a few complaints every per cent misleads.",
};
