import { bodyLimit } from "#functions/http/request.ts";
import { documentLimit, figuresLimit, gatewayLimit } from "#infra/constructs/routes.ts";
import {
  longestHoursReason,
  longestReason,
  longestText,
  mostAnnouncements,
  mostConsents,
  mostIntervalsPerDay,
  mostMessagesPerSide,
  mostNoticeFiles,
  mostOpinions,
  mostPageSize,
  mostPromisedActions,
  mostTransfersByAgencies,
  mostVisits,
  uploadLimits,
} from "#shared/policy-numbers.ts";
import { identityReadsPerDay, phoneReadsPerDay } from "#shared/province/slices.static.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { numberIn, prose, wordsIn } from "./wording.ts";

/** `most`: the number that the code enforces, or a text where each caller has its own limit. */
type Limit = { of: LocalizedText; most: number | LocalizedText; above: LocalizedText };

const byGateway: LocalizedText = {
  en: "429 by the gateway itself, without `Retry-After`: wait a second, then twice as long each time",
  fa: "پاسخ ۴۲۹ از خود دروازه، بدون `Retry-After`: یک ثانیه صبر کنید و هر بار دو برابر",
};
const invalid: LocalizedText = { en: "[`invalid`](#problem-invalid)", fa: "[`invalid`](#problem-invalid)" };
const full: LocalizedText = {
  en: "[`wrong-state`](#problem-wrong-state)",
  fa: "[`wrong-state`](#problem-wrong-state)",
};

const counted: LocalizedText = {
  en: "Characters are counted as a text is kept: letters and digits in one form, without space around it and without what nobody sees, such as marks of direction. Joiners inside words are kept, but a text of them alone is too short.",
  fa: "نویسه‌ها همان‌گونه شمرده می‌شوند که متن نگه‌داری می‌شود: حروف و ارقام یکدست، بدون فاصلهٔ دو سر متن و بدون نشانه‌های نادیدنی، مانند نشانهٔ جهت. نیم‌فاصلهٔ درون واژه‌ها می‌ماند، اما متنی که تنها از آن باشد کوتاه شمرده می‌شود.",
};

/** All limits that a client may reach. The numbers come from the code that enforces them. */
const limits: Limit[] = [
  {
    of: {
      en: "Requests of all callers together to one route, a second",
      fa: "درخواست‌های همهٔ برنامه‌ها با هم به یک مسیر، در ثانیه",
    },
    most: gatewayLimit.rate,
    above: byGateway,
  },
  {
    of: { en: "The same, at once", fa: "همان، به یک‌باره" },
    most: gatewayLimit.burst,
    above: byGateway,
  },
  {
    of: {
      en: "Requests of all callers together to one document of the API (`/v1/docs`, `/v1/openapi.json`) or of the public figures (their definitions, their data package), a second",
      fa: "درخواست‌های همهٔ برنامه‌ها با هم به هر یک از سندهای رابط (`/v1/docs`، `/v1/openapi.json`) یا سندهای آمار همگانی (تعریف‌ها و بستهٔ داده)، در ثانیه",
    },
    most: documentLimit.rate,
    above: byGateway,
  },
  {
    of: {
      en: "Requests of all callers together to `/v1/statistics`, a second",
      fa: "درخواست‌های همهٔ برنامه‌ها با هم به `/v1/statistics`، در ثانیه",
    },
    most: figuresLimit.rate,
    above: byGateway,
  },
  {
    of: { en: "Complaints that a front end files, a minute", fa: "شکایت‌هایی که یک درگاه در دقیقه ثبت می‌کند" },
    most: {
      en: "as it is registered; each filing gives it in `RateLimit-Policy`",
      fa: "مطابق ثبت آن؛ در `RateLimit-Policy` هر ثبت",
    },
    above: {
      en: "429 [`too-many-requests`](#problem-too-many-requests) until the minute is over (`Retry-After`); `RateLimit` gives what is left",
      fa: "۴۲۹ [`too-many-requests`](#problem-too-many-requests) تا پایان همان دقیقه (`Retry-After`)؛ باقی‌مانده در `RateLimit` است",
    },
  },
  {
    of: { en: "Identities that an inspector reads, a day", fa: "مشخصاتی که یک بازرس در روز می‌بیند" },
    most: identityReadsPerDay,
    above: {
      en: "429 [`too-many-requests`](#problem-too-many-requests) until an administrator lifts it; `RateLimit` gives what is left",
      fa: "۴۲۹ [`too-many-requests`](#problem-too-many-requests) تا مدیر سامانه آن را بردارد؛ باقی‌مانده در `RateLimit` است",
    },
  },
  {
    of: {
      en: "Phones that the front end which calls citizens back lists, a day; each citizen once",
      fa: "شماره تلفن‌هایی که درگاه تماس با شهروندان در روز می‌بیند؛ هر شهروند یک بار",
    },
    most: phoneReadsPerDay,
    above: {
      en: "a shorter page; then 429 [`too-many-requests`](#problem-too-many-requests) until an administrator lifts it; `RateLimit` gives what is left",
      fa: "صفحه کوتاه‌تر می‌شود؛ سپس ۴۲۹ [`too-many-requests`](#problem-too-many-requests) تا مدیر سامانه آن را بردارد؛ باقی‌مانده در `RateLimit` است",
    },
  },
  {
    of: { en: "Bytes of a request's body", fa: "بایت‌های بدنهٔ درخواست" },
    most: bodyLimit,
    above: { en: "[`too-large`](#problem-too-large)", fa: "[`too-large`](#problem-too-large)" },
  },
  {
    of: {
      en: "Characters of a description, a message, an answer, a dispute",
      fa: "نویسه‌های شرح، پیام، پاسخ و اعتراض",
    },
    most: longestText,
    above: invalid,
  },
  {
    of: {
      en: "Characters of a reason to withdraw, transfer, extend or hold, of a promised action, of an opinion's comment",
      fa: "نویسه‌های دلیل انصراف، ارجاع، تمدید یا نگهداری، هر اقدام وعده‌داده‌شده و توضیح نظر",
    },
    most: longestReason,
    above: invalid,
  },
  {
    of: {
      en: "Characters of an administrator's reason for other hours",
      fa: "نویسه‌های دلیل مدیر برای تغییر ساعت کاری",
    },
    most: longestHoursReason,
    above: invalid,
  },
  {
    of: { en: "Intervals of one day's other hours", fa: "بازه‌های ساعت کاری یک روز که مدیر تغییر می‌دهد" },
    most: mostIntervalsPerDay,
    above: invalid,
  },
  {
    of: { en: "Promised actions of one answer or decision", fa: "اقدام‌های وعده‌داده‌شده در یک پاسخ یا رأی" },
    most: mostPromisedActions,
    above: invalid,
  },
  {
    of: { en: "Messages of each side in one complaint", fa: "پیام‌های هر طرف در یک شکایت" },
    most: mostMessagesPerSide,
    above: full,
  },
  {
    of: { en: "Opinions of the citizen on one complaint", fa: "نظرهای شهروند دربارهٔ یک شکایت" },
    most: mostOpinions,
    above: full,
  },
  {
    of: {
      en: "Consents after filing in one complaint: so many to the agency, and as many to being called",
      fa: "اجازه‌های پس از ثبت در یک شکایت: این شمار برای دستگاه و همین شمار برای تماس",
    },
    most: mostConsents,
    above: { en: "[`consent-limit`](#problem-consent-limit)", fa: "[`consent-limit`](#problem-consent-limit)" },
  },
  {
    of: {
      en: "Transfers of one complaint, after which an agency may make none",
      fa: "ارجاع‌های یک شکایت، که پس از آن دستگاه دیگر ارجاع نمی‌دهد",
    },
    most: mostTransfersByAgencies,
    above: { en: "[`transfer-limit`](#problem-transfer-limit)", fa: "[`transfer-limit`](#problem-transfer-limit)" },
  },
  {
    of: { en: "Visits that are ordered in one complaint", fa: "بازدیدهایی که برای یک شکایت دستور داده می‌شود" },
    most: mostVisits,
    above: full,
  },
  {
    of: { en: "Files of one complaint", fa: "پیوست‌های یک شکایت" },
    most: uploadLimits.files,
    above: {
      en: "[`wrong-state`](#problem-wrong-state); 429 [`too-many-requests`](#problem-too-many-requests) with `Retry-After` while announced ones are awaited",
      fa: "[`wrong-state`](#problem-wrong-state)؛ تا وقتی پیوست‌های اعلام‌شده نرسیده‌اند ۴۲۹ [`too-many-requests`](#problem-too-many-requests) با `Retry-After`",
    },
  },
  {
    of: {
      en: "Announced files of one complaint, accepted or not",
      fa: "پیوست‌هایی که برای یک شکایت اعلام می‌شود، هر سرانجامی که داشته باشد",
    },
    most: mostAnnouncements,
    above: full,
  },
  {
    of: {
      en: "Announced files of a notice, by the employee and by the inspectors each",
      fa: "پیوست‌هایی که برای یک ابلاغیه اعلام می‌شود، از کارمند و از بازرسان هر کدام",
    },
    most: mostNoticeFiles,
    above: {
      en: "429 [`too-many-requests`](#problem-too-many-requests)",
      fa: "۴۲۹ [`too-many-requests`](#problem-too-many-requests)",
    },
  },
  { of: { en: "Bytes of a file", fa: "بایت‌های یک پیوست" }, most: uploadLimits.size, above: invalid },
  { of: { en: "Entries of one page of a list", fa: "سطرهای یک صفحهٔ فهرست" }, most: mostPageSize, above: invalid },
];

/** All limits in one table. */
export function limitsSection(language: Language): Html {
  const say = wordsIn(language);
  const head = (["limitOf", "limitMost", "limitAbove"] as const).map((word) => html`<th scope="col">${say(word)}</th>`);
  const mostText = (most: Limit["most"]) =>
    typeof most === "number" ? numberIn(language, most) : prose(most[language]);
  const rows = limits.map(
    ({ of, most, above }) =>
      html`<tr><th scope="row">${of[language]}</th><td data-label="${say("limitMost")}">${mostText(most)}</td><td data-label="${say("limitAbove")}">${prose(above[language])}</td></tr>`,
  );
  return html`<p class="prose">${prose(counted[language])}</p><table class="limits"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}
