import type { Flag } from "#shared/domain/statistics/flags.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import { addresses } from "../addresses.ts";
import type { AgencyRow, GroupView, StandingWord } from "../model/agencies.ts";
import type { AgencyView } from "../model/agency-view.ts";
import type { ProvinceView } from "../model/province-view.ts";
import { averageSays, flagTexts, noDataOf, tooFewOf, uncompared } from "./comparing.ts";
import { dayLong } from "./dates.ts";
import { listed } from "./headline.ts";
import { begun, ofHundred } from "./numbers.ts";
import type { Answer } from "./trend.ts";

type Beside = { row: AgencyRow; group?: GroupView | undefined; comparison: ProvinceView["comparison"] };

const isFar: Text = { fa: "اتفاق به‌تنهایی چنین فاصله‌ای نمی‌سازد.", en: "Chance alone does not make such a distance." };
const distances: Record<StandingWord, Text> = {
  "clearly-better": isFar,
  "as-expected": {
    fa: "چنین فاصله‌ای میان این همتایان پیش می‌آید، اتفاقی یا از تفاوت کارشان.",
    en: "Such a distance comes about among these peers, by chance or by their work.",
  },
  watch: { fa: "اتفاق به‌تنهایی به‌ندرت چنین می‌کند.", en: "Chance alone seldom does so." },
  "clearly-worse": isFar,
};

/** Why an agency is not called clearly better, though its distance says so. */
const doubted: Text = {
  fa: "اما «آشکارا بهتر» دست‌کم ۲۰ پاسخ تلفنی شهروندان می‌خواهد، و اینکه چیزی چشمگیر نباشد.",
  en: "But clearly better takes 20 answers of called citizens, and nothing conspicuous.",
};

/** How the agency is beside its peers, or why it is not compared. */
export function agencyAnswer({ row, group, comparison }: Beside, language: Language): Answer {
  if (!row.class) return uncomparedAnswer({ row, group, comparison }, language);
  const average = group && averageSays(group, language);
  const own = row.glance.state === "known" ? ofHundred(row.glance.low, language) : undefined;
  const numbers = own && {
    fa: html`${own} از ۱۰۰ تأیید شد؛ ${average}.`,
    en: html`${own} of 100 were confirmed; ${average}.`,
  };
  const distance = row.isDoubted
    ? html`${isFar[language]} ${doubted[language]}`
    : html`${distances[row.class][language]}`;
  return { heading: html``, says: html`${numbers?.[language]} ${distance}` };
}

function uncomparedAnswer({ row, group, comparison }: Beside, language: Language): Answer {
  const why = uncompared[comparison === "compared" ? "too-few" : comparison].says;
  const { glance } = row;
  const hasPeers = glance.state === "known" && group?.expected;
  const isFew = glance.state === "too-few";
  const reason = (hasPeers || (isFew && glance.filed > 0) ? tooFewOf : isFew ? noDataOf : why)[language];
  const heading = { fa: "سنجیده نمی‌شود.", en: "It is not compared." }[language];
  return { heading: html`${heading}`, says: html`${begun(reason)}${reason.endsWith(".") ? "" : "."}` };
}

/** The flags: what an office may do to look better than its service is. */
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
    en: html`Complaints about ${listed(names, "en")} are counted here from now on, too.`,
  }[language];
}

export const quartersNote: Text = {
  fa: "ماهانه نشان نمی‌دهیم و روند هر دستگاه را هنوز نمی‌توان گفت: با شمار کم، هر درصدی گمراه می‌کند.",
  en: "Not by month, and no trend of one agency can be said yet: of a few complaints every per cent misleads.",
};
