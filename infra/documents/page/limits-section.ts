import { mostOnPage } from "#functions/api/any-caller/lists.ts";
import { bodyLimit } from "#functions/pipelines/request.ts";
import { gatewayLimit } from "#infra/routes.ts";
import { uploadLimits } from "#shared/domain/attachments/attachment-format.ts";
import { mostWords } from "#shared/domain/complaint/guards.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import { longestText } from "#shared/domain/text.ts";
import type { Language, Text } from "#shared/domain/vocabulary.ts";
import { identityReadsPerDay } from "#shared/province/slices.static.ts";
import { prose } from "./prose.ts";
import { numberIn, wordsIn } from "./wording.ts";

/** `most`: as the code has it; a text where each caller has its own. */
type Limit = { of: Text; most: number | Text; above: Text };

const byGateway: Text = {
  en: "429 by the gateway itself, without `Retry-After`: wait a second, then twice as long each time",
  fa: "پاسخ ۴۲۹ از خود دروازه، بدون `Retry-After`: یک ثانیه صبر کنید و هر بار دو برابر",
};
const invalid: Text = { en: "[`invalid`](#problem-invalid)", fa: "[`invalid`](#problem-invalid)" };
const full: Text = { en: "[`wrong-state`](#problem-wrong-state)", fa: "[`wrong-state`](#problem-wrong-state)" };

/** Every number that a client may run into, from where the code holds to it. */
const limits: Limit[] = [
  {
    of: { en: "Requests of all callers together, a second", fa: "درخواست‌های همهٔ برنامه‌ها با هم، در ثانیه" },
    most: gatewayLimit.rate,
    above: byGateway,
  },
  {
    of: { en: "The same, at once", fa: "همان، به یک‌باره" },
    most: gatewayLimit.burst,
    above: byGateway,
  },
  {
    of: { en: "Complaints that a front end files, a minute", fa: "شکایت‌هایی که یک درگاه در دقیقه ثبت می‌کند" },
    most: {
      en: "as it is registered; each filing tells it in `RateLimit-Policy`",
      fa: "مطابق ثبت آن؛ در `RateLimit-Policy` هر ثبت",
    },
    above: {
      en: "429 [`too-many`](#problem-too-many) until the minute is over (`Retry-After`); `RateLimit` tells what is left",
      fa: "۴۲۹ [`too-many`](#problem-too-many) تا پایان همان دقیقه (`Retry-After`)؛ باقی‌مانده در `RateLimit` است",
    },
  },
  {
    of: { en: "Identities that an inspector reads, a day", fa: "مشخصاتی که یک بازرس در روز می‌بیند" },
    most: identityReadsPerDay,
    above: {
      en: "429 [`too-many`](#problem-too-many) until an administrator lifts it; `RateLimit` tells what is left",
      fa: "۴۲۹ [`too-many`](#problem-too-many) تا مدیر سامانه آن را بردارد؛ باقی‌مانده در `RateLimit` است",
    },
  },
  {
    of: { en: "Bytes of a request's body", fa: "بایت‌های بدنهٔ درخواست" },
    most: bodyLimit,
    above: { en: "[`too-large`](#problem-too-large)", fa: "[`too-large`](#problem-too-large)" },
  },
  {
    of: { en: "Characters of a description, a message, an answer", fa: "نویسه‌های شرح، پیام و پاسخ" },
    most: longestText,
    above: invalid,
  },
  {
    of: { en: "Messages of each side in one complaint", fa: "پیام‌های هر طرف در یک شکایت" },
    most: mostWords,
    above: full,
  },
  {
    of: { en: "Files of one complaint", fa: "پیوست‌های یک شکایت" },
    most: uploadLimits.files,
    above: {
      en: "[`wrong-state`](#problem-wrong-state); 429 [`too-many`](#problem-too-many) with `Retry-After` while announced ones are awaited",
      fa: "[`wrong-state`](#problem-wrong-state)؛ تا وقتی پیوست‌های اعلام‌شده نرسیده‌اند ۴۲۹ [`too-many`](#problem-too-many) با `Retry-After`",
    },
  },
  { of: { en: "Bytes of a file", fa: "بایت‌های یک پیوست" }, most: uploadLimits.size, above: invalid },
  { of: { en: "Entries of one page of a list", fa: "سطرهای یک صفحهٔ فهرست" }, most: mostOnPage, above: invalid },
];

/** All limits in one table. */
export function limitsSection(language: Language): Html {
  const say = wordsIn(language);
  const head = (["limitOf", "limitMost", "limitAbove"] as const).map((word) => html`<th scope="col">${say(word)}</th>`);
  const most = (told: Limit["most"]) => (typeof told === "number" ? numberIn(language, told) : prose(told[language]));
  const rows = limits.map(
    ({ of, most: told, above }) =>
      html`<tr><th scope="row">${of[language]}</th><td>${most(told)}</td><td>${prose(above[language])}</td></tr>`,
  );
  return html`<section id="limits"><h2>${say("limits")}</h2><table class="limits"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></section>`;
}
