import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";

/** The texts that only the page has; all others come from the documents. */
const wording = {
  title: { en: "Build with FOAD 128", fa: "راهنمای اتصال به فواد ۱۲۸" },
  home: { en: "FOAD 128 · documents", fa: "فواد ۱۲۸ · مستندات" },
  pages: { en: "Pages", fa: "صفحه‌ها" },
  start: { en: "Start", fa: "آغاز" },
  notices: { en: "Notices to employees", fa: "ابلاغیه به کارمند" },
  webhooks: { en: "Webhooks and queues", fa: "وب‌هوک و صف" },
  reference: { en: "Reference", fa: "مرجع" },
  errors: { en: "It does not work", fa: "کار نمی‌کند" },
  search: { en: "Find an operation", fa: "یافتن درخواست" },
  searchHint: { en: "answer, upload, deadline …", fa: "پاسخ، پیوست، مهلت …" },
  searchKey: { en: "key {key}", fa: "کلید {key}" },
  searchCount: { en: "{count} found", fa: "{count} مورد پیدا شد" },
  searchShown: { en: "{count} found, {shown} shown", fa: "{count} مورد پیدا شد، {shown} مورد را می‌بینید" },
  searchRest: { en: "Show the other {count}", fa: "نمایش {count} مورد دیگر" },
  searchNone: { en: "Nothing found for {query}.", fa: "برای {query} چیزی پیدا نشد." },
  searchOtherwise: {
    en: "Type one word for what you want to do, such as answer, file, visit or user. Or look through the list:",
    fa: "یک واژه برای کار خود بنویسید، مانند پاسخ، پیوست، بازدید یا کاربر. یا فهرست را ببینید:",
  },
  searchMissing: {
    en: "Not found: {words}. These have the other words:",
    fa: "پیدا نشد: {words}. این‌ها واژه‌های دیگر را دارند:",
  },
  searchMissingOne: { en: "Not found: {words}. These have the rest:", fa: "پیدا نشد: {words}. این‌ها بقیه را دارند:" },
  quoted: { en: "“{word}”", fa: "«{word}»" },
  results: { en: "Results", fa: "نتیجه‌ها" },
  copy: { en: "Copy", fa: "رونوشت" },
  copied: { en: "Copied", fa: "رونوشت شد" },
  inOrder: { en: "What you do, in this order", fa: "کارهای شما، به ترتیب" },
  once: { en: "Before the first request, once", fa: "پیش از نخستین درخواست، یک بار" },
  operations: { en: "All operations", fa: "همهٔ درخواست‌ها" },
  operation: { en: "Operation", fa: "درخواست" },
  open: { en: "Open to everybody", fa: "باز برای همه" },
  whenItHappens: { en: "You see", fa: "می‌بینید" },
  cause: { en: "Cause", fa: "سبب" },
  todo: { en: "What to do", fa: "چه کنید" },
  otherLanguage: { en: "فارسی", fa: "English" },
  shapes: { en: "Shapes of answers", fa: "ساختار پاسخ‌ها" },
  histories: { en: "Entries of histories", fa: "سطرهای تاریخچه" },
  problems: { en: "All codes", fa: "همهٔ کدها" },
  limits: { en: "Limits", fa: "سقف‌ها" },
  limitOf: { en: "Of what", fa: "از چه" },
  limitMost: { en: "At most", fa: "حداکثر" },
  limitAbove: { en: "Above that", fa: "بیش از آن" },
  queue: { en: "Queue messages", fa: "پیام‌های صف" },
  whoMay: { en: "Who may call", fa: "دسترسی" },
  byPerson: { en: "with the token of a person who signed in", fa: "با توکن شخصی که خود وارد شده است" },
  byToken: { en: "with a token of the scope `{scope}`", fa: "با توکنی که محدودهٔ (scope) `{scope}` دارد" },
  bySecret: { en: "with the header `Foad-Secret`", fa: "با سرآیند `Foad-Secret`" },
  byNothing: { en: "without proof", fa: "بدون نیاز به احراز هویت" },
  parameters: { en: "Parameters", fa: "پارامترها" },
  body: { en: "Body", fa: "بدنهٔ درخواست" },
  answer: { en: "Answer", fa: "پاسخ" },
  answerHeaders: { en: "· headers:", fa: "· سرآیندها:" },
  answerFields: { en: "Fields of the answer", fa: "فیلدهای پاسخ" },
  tryIt: { en: "A request to paste", fa: "درخواست آمادهٔ اجرا" },
  skip: { en: "To the content", fa: "رفتن به متن" },
  answerExample: { en: "An example answer", fa: "نمونهٔ پاسخ" },
  messageExample: { en: "An example message", fa: "نمونهٔ پیام" },
  mayFail: { en: "May be refused with", fa: "ممکن است رد شود با" },
  gatewayToo: { en: "and by the gateway itself with", fa: "و از سوی خود دروازه با" },
  required: { en: "required", fa: "الزامی" },
  inPath: { en: "path", fa: "مسیر" },
  inQuery: { en: "query", fa: "پرس‌وجو" },
  headers: { en: "Headers", fa: "سرآیندها" },
  envelope: { en: "The envelope", fa: "قالب پیام" },
  types: { en: "Types of events", fa: "نوع رویدادها" },
  address: { en: "The queue's name", fa: "نام صف" },
  text: { en: "text", fa: "متن" },
  integer: { en: "whole number", fa: "عدد صحیح" },
  number: { en: "number", fa: "عدد" },
  boolean: { en: "true or false", fa: "درست یا نادرست" },
  object: { en: "object", fa: "شیء" },
  array: { en: "list of {of}", fa: "فهرستی از {of}" },
  anything: { en: "any value", fa: "هر مقدار" },
  comma: { en: ", ", fa: "، " },
  null: { en: "nothing", fa: "تهی" },
  characters: { en: "{range} characters", fa: "{range} نویسه" },
  entries: { en: "{range} entries", fa: "{range} مورد" },
  between: { en: "{from} to {to}", fa: "{from} تا {to}" },
  atLeast: { en: "at least {from}", fa: "دست‌کم {from}" },
  atMost: { en: "at most {to}", fa: "حداکثر {to}" },
  oneOf: { en: "one of", fa: "یکی از" },
  instant: { en: "instant (UTC, `Z`)", fa: "زمان (میلادی، UTC با `Z`)" },
  day: { en: "day (`YYYY-MM-DD`)", fa: "روز (`YYYY-MM-DD`)" },
  email: { en: "e-mail address", fa: "نشانی رایانامه" },
  uri: { en: "address", fa: "نشانی اینترنتی" },
  left: { en: "default:", fa: "پیش‌فرض" },
} satisfies Record<string, Record<Language, string>>;

export type Word = keyof typeof wording;

/** The page's words in one language, with their `{places}` filled. */
export function wordsIn(language: Language) {
  return (word: Word, values: Record<string, string> = {}) =>
    wording[word][language].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}
export type PageWords = ReturnType<typeof wordsIn>;

/** A number as it is written in the language. */
export function numberIn(language: Language, value: number): string {
  return new Intl.NumberFormat(language === "fa" ? "fa-IR" : "en").format(value);
}

/** Plain text to markup: `backticks` make code, and [words](#place) a link. */
export function prose(text: string): Html {
  const pieces = text.split(/(`[^`]+`|\[[^\]]+\]\([^)]+\))/);
  return html`${pieces.map(piece)}`;
}

function piece(text: string): Html {
  const [, words, place] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(text) ?? [];
  if (words && place) return html`<a href="${place}">${prose(words)}</a>`;
  return /^`.+`$/.test(text) ? code(text.slice(1, -1)) : withCodes(text);
}

/** A code within a text. A long path breaks behind its slashes, and nowhere else. */
export function code(text: string): Html {
  const parts = text.split(/(?<=\/)(?!$)/);
  if (parts.length === 1) return html`<code>${text}</code>`;
  return html`<code>${parts.map((part, n) => html`${n > 0 && html`<wbr>`}<span class="whole">${part}</span>`)}</code>`;
}

const rightToLeft = /[\u0590-\u08ff]/;

/** Text with codes that nothing marks, such as 1405-09. Among Persian words their parts would change places. */
function withCodes(text: string): Html {
  if (!rightToLeft.test(text)) return html`${text}`;
  const pieces = text.split(/([A-Za-z0-9]+(?:[-./:_][A-Za-z0-9]+)+)/);
  return html`${pieces.map((one, n) => (n % 2 === 1 ? html`<bdi dir="ltr">${one}</bdi>` : html`${one}`))}`;
}

/**
 * A block of code, left to right in every language; Persian texts in it keep their own direction. A string ends in its line:
 * the mark of a here-string of PowerShell begins none.
 */
export function codeBlock(text: string, name = ""): Html {
  const pieces = text.split(/("(?:[^"\\\n]|\\.)*")/);
  return html`<pre dir="ltr" tabindex="0"${name !== "" && html` class="${name}"`}><code>${pieces.map(isolated)}</code></pre>`;
}

function isolated(piece: string): Html {
  if (!rightToLeft.test(piece) || !piece.startsWith('"')) return html`${piece}`;
  return html`"<bdi>${piece.slice(1, -1)}</bdi>"`;
}

export function jsonBlock(value: unknown): Html {
  return codeBlock(JSON.stringify(value, null, 2));
}
