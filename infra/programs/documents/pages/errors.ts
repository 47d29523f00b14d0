import { Problem, problemReply } from "#functions/http/problem.ts";
import { Fault, invalidFault } from "#shared/fault.ts";
import type { Language } from "#shared/vocabulary.ts";
import { gatewayRefusals } from "../openapi/problems.ts";
import type { ReaderError } from "./entries.ts";
import { moreReaderErrors } from "./more-errors.ts";

/** The errors in the order in which a new reader meets them. */
export const readerErrors: ReaderError[] = [
  {
    id: "no-token",
    when: { en: "A request without a token, or with an old one", fa: "درخواست بی‌توکن، یا با توکن منقضی" },
    refusal: 401,
    cause: {
      en: "`Authorization: Bearer …` is missing, or the token is older than an hour. The gateway answers by itself, in English.",
      fa: "سرآیند `Authorization: Bearer …` فرستاده نشده، یا توکن منقضی شده است (هر توکن یک ساعت اعتبار دارد). این پاسخ از خود دروازه (gateway) است و همیشه انگلیسی است.",
    },
    todo: {
      en: "Get a new token and send the request again, once. `WWW-Authenticate` says what was wrong. If the token endpoint answers 401 too, the client's id or secret is wrong.",
      fa: "یک بار توکن تازه بگیرید و درخواست را دوباره بفرستید. `WWW-Authenticate` می‌گوید چه نادرست بود. اگر نشانی توکن هم 401 داد، شناسه یا رمز برنامه نادرست است.",
    },
  },
  {
    id: "no-scope",
    when: { en: "A token without any scope of ours", fa: "توکنی که هیچ‌یک از محدوده‌های (scope) فواد را ندارد" },
    refusal: 403,
    cause: {
      en: "The issuer gave the token no `foad/…` scope. In Keycloak the scope is perhaps Optional instead of Default.",
      fa: "صادرکننده محدودهٔ `foad/…` را در توکن نگذاشته است. شاید در Keycloak این محدوده به جای Default، Optional است.",
    },
    todo: {
      en: "Ask the province's IT to give the client its scope, then get a new token.",
      fa: "از واحد فناوری استان بخواهید محدودهٔ برنامه را بگذارد، سپس توکن تازه بگیرید.",
    },
  },
  {
    id: "wrong-scope",
    when: { en: "The token of another kind of caller", fa: "توکنی که برای نقش دیگری صادر شده است" },
    refusal: new Fault("not-registered"),
    cause: {
      en: "The token is genuine, but its client is not registered for this path: for example an agency's token at a path of front ends, or a client that the province file does not name.",
      fa: "توکن درست است، ولی برنامهٔ آن برای این مسیر ثبت نشده است: برای نمونه توکن دستگاه در مسیر درگاه‌ها، یا برنامه‌ای که در فایل استان نیست.",
    },
    todo: {
      en: "Take the token of the right client (in the [requests to paste](#terminal) of `/v1/docs`: `as agency` or `as front-end`). Otherwise ask the province's centre whether your client id stands in its file.",
      fa: "توکن برنامهٔ درست را بگیرید (در [درخواست‌های آماده](#terminal) در `/v1/docs`: `as agency` یا `as front-end`). وگرنه از مرکز استان بپرسید که آیا شناسهٔ شما در فایل استان هست.",
    },
  },
  {
    id: "unknown-id",
    when: { en: "An unknown id, or a wrong secret", fa: "کد ناشناخته، یا رمز نادرست" },
    refusal: new Fault("not-found"),
    cause: {
      en: "No such complaint, a secret that does not belong to it, or the complaint of somebody else. The answer is the same on purpose, so that nobody can guess.",
      fa: "چنین شکایتی نیست، یا رمز آن این نیست، یا شکایت کس دیگری است. پاسخ به عمد یکی است تا کسی نتواند حدس بزند.",
    },
    todo: {
      en: "Ask for id and secret again, as on the receipt. An inspector may have renewed the secret since. An agency gets 404 also after it has sent the complaint on.",
      fa: "کد و رمز را چنان‌که در رسید است دوباره بپرسید. شاید بازرس رمز را نو کرده باشد. دستگاه پس از ارجاع شکایت هم 404 می‌گیرد.",
    },
  },
  {
    id: "no-secret",
    when: { en: "A citizen's request without the secret", fa: "درخواست شهروند بی رمز" },
    refusal: invalidFault("Foad-Secret", "missing"),
    cause: {
      en: "The header `Foad-Secret` is missing. A proxy or the browser's CORS rules may have removed it.",
      fa: "سرآیند `Foad-Secret` نیامده است. شاید پراکسی یا قاعده‌های CORS مرورگر آن را برداشته باشد.",
    },
    todo: {
      en: "Send the secret in the header `Foad-Secret`, never in the address.",
      fa: "رمز را در سرآیند `Foad-Secret` بفرستید، نه در نشانی.",
    },
  },
  {
    id: "invalid-json",
    when: { en: "A body that is not JSON", fa: "بدنه‌ای که JSON نیست" },
    refusal: invalidFault("", "not-json", { values: { line: 1, column: 34, offset: 33 } }),
    cause: {
      en: "Often a comma too many, an unescaped quote, or a shell that removed the quotes.",
      fa: "بیشتر وقت‌ها یک ویرگول اضافه، یک گیومهٔ لاتین که پیش از آن \\ نیامده است، یا شلی که گیومه‌های لاتین را حذف کرده است.",
    },
    todo: {
      en: 'Look at the line and the column. In a shell send the body by `-d @- <<JSON`, in PowerShell by a here-string `@"`, as the requests of these pages do.',
      fa: 'همان سطر و ستون را ببینید. در شل بدنه را با `-d @- <<JSON` و در PowerShell با `@"` بفرستید، مانند درخواست‌های این صفحه‌ها.',
    },
  },
  {
    id: "unknown-field",
    when: { en: "A field that the operation does not know", fa: "فیلدی که این درخواست نمی‌شناسد" },
    refusal: invalidFault("mobile", "unknown-field"),
    cause: {
      en: "A misspelt field, or one in the wrong place: the phone belongs into `citizen`. Unknown fields are refused, so that no text is lost in silence.",
      fa: "نام فیلد نادرست است یا جای آن: شمارهٔ تلفن در `citizen` می‌آید. فیلد ناشناخته رد می‌شود تا متنی بی‌صدا گم نشود.",
    },
    todo: {
      en: "`errors` has the `path` of each such field. Compare it with the body of the operation on these pages.",
      fa: "`path` هر فیلد در `errors` آمده است. آن را با بدنهٔ درخواست در این صفحه‌ها بسنجید.",
    },
  },
  ...moreReaderErrors,
];

/** An error as its caller sees it: the status, and the very sentence of the API or the gateway. */
export function seenBy({ refusal }: ReaderError, language: Language): { status: number; sentence: string } {
  if (typeof refusal === "number")
    return { status: refusal, sentence: JSON.stringify({ message: gatewayRefusals[refusal]?.message }) };
  if ("seen" in refusal) return { status: 200, sentence: refusal.seen };
  const { status, detail } = Problem.parse(problemReply(refusal, { language, docs: "/v1/docs" }).body);
  return { status, sentence: detail };
}

/** The code of a problem of ours; undefined for what the gateway or a webhook says. */
export const codeOf = ({ refusal }: ReaderError) => (refusal instanceof Fault ? refusal.code : undefined);

/** The place of what is seen, in a successful answer; undefined for a refusal. */
export const placeOf = ({ refusal }: ReaderError) =>
  typeof refusal === "object" && "where" in refusal ? refusal.where : undefined;
