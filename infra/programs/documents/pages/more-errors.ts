import { Fault, invalidFault } from "#shared/fault.ts";
import type { ReaderError } from "./entries.ts";

/** The errors that a reader meets after the first accepted request. */
export const moreReaderErrors: ReaderError[] = [
  {
    id: "wrong-content-type",
    when: { en: "A body without its content type", fa: "بدنه‌ای که نوع آن گفته نشده است" },
    refusal: new Fault("unsupported-media-type", { values: { types: "application/json" } }),
    cause: {
      en: "`curl -d` alone says that the body is a form.",
      fa: "`curl -d` به‌تنهایی می‌گوید که بدنه فرم است.",
    },
    todo: {
      en: "Send `Content-Type: application/json` and the body in UTF-8.",
      fa: "`Content-Type: application/json` بفرستید و بدنه را با UTF-8.",
    },
  },
  {
    id: "key-missing",
    when: { en: "A complaint is filed without a key", fa: "ثبت شکایت بی کلید تکرار" },
    refusal: new Fault("idempotency-key-missing"),
    cause: {
      en: "Filing requires `Idempotency-Key`, so that a repeated request files no second complaint.",
      fa: "ثبت شکایت `Idempotency-Key` می‌خواهد تا تکرار درخواست، شکایت دومی نسازد.",
    },
    todo: {
      en: "Make a new key for each complaint, such as a UUID, before the first attempt. Keep it for the attempts after that.",
      fa: "برای هر شکایت پیش از نخستین تلاش یک کلید تازه بسازید، مانند UUID، و در تلاش‌های بعدی همان را بفرستید.",
    },
  },
  {
    id: "key-reused",
    when: { en: "The same key with another body", fa: "همان کلید با بدنه‌ای دیگر" },
    refusal: new Fault("idempotency-key-reused"),
    cause: {
      en: "Within 24 hours the key was used for another request: a fixed key in a script, or a form that was changed after the first attempt.",
      fa: "در ۲۴ ساعت گذشته این کلید برای درخواست دیگری به کار رفته است: کلید ثابت در برنامه، یا فرمی که پس از تلاش نخست تغییر کرده است.",
    },
    todo: {
      en: "Repeat the earlier request without a change, or send this one with a new key.",
      fa: "درخواست پیشین را بی‌تغییر تکرار کنید، یا این یکی را با کلید تازه بفرستید.",
    },
  },
  {
    id: "retired-id",
    when: {
      en: "An agency, county, subject or cause that is out of use",
      fa: "دستگاه، شهرستان، موضوع یا علتی که دیگر به کار نمی‌رود",
    },
    refusal: new Fault("retired", { reason: "category-retired", values: { id: "systems-not-ready" } }),
    cause: {
      en: "Your program keeps an old copy of the catalog.",
      fa: "برنامهٔ شما نسخهٔ کهنه‌ای از فهرست استان دارد.",
    },
    todo: {
      en: "Offer `successorId`, where it is given. Use a copy of `GET /v1/catalog` for five minutes at most, and leave out what has `retiredFrom`.",
      fa: "اگر `successorId` آمده است همان را پیشنهاد کنید. نسخهٔ `GET /v1/catalog` را حداکثر پنج دقیقه به کار ببرید و آنچه را `retiredFrom` دارد نشان ندهید.",
    },
  },
  {
    id: "no-officer",
    when: { en: "A program acts for an agency and names no officer", fa: "برنامهٔ دستگاه، بی نام کارشناس" },
    refusal: invalidFault("officer", "officer-missing"),
    cause: {
      en: "A person who signed in is known; a program acts for an officer, whom it must name.",
      fa: "کسی که خود وارد شده شناخته است؛ برنامه به جای کارشناسی کار می‌کند و باید او را نام ببرد.",
    },
    todo: {
      en: 'Send `"officer": {"name": "…"}` with an acknowledgement, an answer and a message.',
      fa: 'با اعلام دریافت، پاسخ و پیام `"officer": {"name": "…"}` را بفرستید.',
    },
  },
  {
    id: "wrong-state",
    when: { en: "A step that the status forbids", fa: "کاری که وضعیت شکایت اجازه نمی‌دهد" },
    refusal: new Fault("wrong-state", { values: { status: "filed" } }),
    cause: {
      en: "Here a citizen accepts before there is an answer. Or somebody else acted in the meantime.",
      fa: "در این نمونه، شهروند پیش از آن‌که پاسخی رسیده باشد آن را پذیرفته است. گاهی هم در این فاصله کس دیگری وضعیت را تغییر داده است.",
    },
    todo: {
      en: "Read the complaint again. `allowedMoves` of the answer has what is possible now: show no other buttons.",
      fa: "شکایت را دوباره بخوانید. `allowedMoves` در همین پاسخ می‌گوید اکنون چه شدنی است: دکمهٔ دیگری نشان ندهید.",
    },
  },
  {
    id: "outdated",
    when: { en: "`If-Match` with an earlier version", fa: "`If-Match` با نسخه‌ای پیشین" },
    refusal: new Fault("version-outdated"),
    cause: {
      en: "There was a new event since you read the complaint. Nothing was done.",
      fa: "پس از آن که شکایت را خواندید رویداد تازه‌ای رخ داده است. کاری انجام نشد.",
    },
    todo: {
      en: "Read it again, show what is new to the person, and let the person decide.",
      fa: "دوباره بخوانید، آنچه را تازه است به شخص نشان دهید و بگذارید خود او تصمیم بگیرد.",
    },
  },
  {
    id: "no-such-path",
    when: { en: "A path or method that there is not", fa: "مسیر یا متدی که نیست" },
    refusal: new Fault("unknown-route"),
    cause: {
      en: "A slash at the end, a capital letter, or GET instead of POST.",
      fa: "یک اسلش (/) در پایان مسیر، یک حرف بزرگ، یا GET به جای POST.",
    },
    todo: {
      en: "Compare method and path with [the list of operations](#operations). No path ends in `/`.",
      fa: "متد و مسیر را با [فهرست درخواست‌ها](#operations) بسنجید. هیچ مسیری به `/` پایان نمی‌یابد.",
    },
  },
  {
    id: "too-many",
    when: { en: "More complaints in a minute than your registration allows", fa: "ثبت شکایت بیش از سقف دقیقه‌ای شما" },
    refusal: new Fault("too-many-requests"),
    cause: {
      en: "A front end may file so many complaints a minute. `RateLimit` of each filing says how many are left. A 429 without `Retry-After` is the gateway's own: too many requests of all callers together.",
      fa: "هر درگاه در هر دقیقه تعداد محدودی شکایت می‌تواند ثبت کند. سرآیند `RateLimit` در پاسخ هر ثبت می‌گوید چند تا مانده است. اگر 429 بدون `Retry-After` آمد، از خود دروازه (gateway) است: مجموع درخواست‌های همهٔ برنامه‌ها زیاد شده است.",
    },
    todo: {
      en: "Wait as many seconds as `Retry-After` says; without it one second, then twice as long each time. Send the same with the same key.",
      fa: "به اندازهٔ ثانیه‌های `Retry-After` صبر کنید؛ اگر نبود یک ثانیه و هر بار دو برابر. همان را با همان کلید بفرستید.",
    },
  },
  {
    id: "webhook-signature",
    when: { en: "A webhook whose signature does not match", fa: "وب‌هوکی که امضای آن جور نیست" },
    refusal: {
      seen: '"status":401',
      where: { en: "In `attempts` of `GET /v1/agency/webhook`:", fa: "در `attempts` پاسخ `GET /v1/agency/webhook`:" },
    },
    cause: {
      en: "Your receiver answered 401 to an event. It knows an old secret, signs the parsed body instead of the bytes as they came, or its clock is wrong by five minutes.",
      fa: "گیرندهٔ شما به رویدادی 401 پاسخ داده است. گیرنده کلید امضای قدیمی دارد، یا امضا را به جای بایت‌های دریافتی از روی بدنهٔ تجزیه‌شده (parsed) حساب می‌کند، یا ساعتش پنج دقیقه اختلاف دارد.",
    },
    todo: {
      en: "Verify the bytes before you parse them. Ask the province's IT for the present secret. Nothing is lost: the event comes again, and after a stop you [resume](#webhook-stopped).",
      fa: "امضا را با همان بایت‌های دریافتی و پیش از تجزیه بسنجید. کلید امضای کنونی را از واحد فناوری استان بخواهید. چیزی گم نمی‌شود: رویداد دوباره می‌آید و اگر ارسال ایستاد [از سر بگیرید](#webhook-stopped).",
    },
  },
];
