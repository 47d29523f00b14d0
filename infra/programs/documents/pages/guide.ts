import type { Language } from "#shared/vocabulary.ts";
import type { Html } from "#shared/wording/html.ts";
import { exampleIds } from "../examples/example-values.ts";
import { codeBlock } from "./wording.ts";

export type Part = {
  id: string;
  title: Record<Language, string>;
  paragraphs: Record<Language, string[]>;
  sample?: Html;
};

/** What everybody needs to know before the first request. */
export const guide: Part[] = [
  {
    id: "about",
    title: { en: "What this is", fa: "این سامانه چیست" },
    paragraphs: {
      en: [
        "FOAD 128 takes complaints about how a government office treated a citizen. Any registered front end files them; the agency finds them in its own queue within seconds and must answer in 3 to 48 hours; a late complaint is escalated to higher authorities; the citizen accepts the answer or disputes it, and a dispute is decided by an inspector.",
        "Everything is JSON in UTF-8, names in `camelCase`. Instants are UTC with `Z`, calendar days are those of Asia/Tehran, durations are ISO 8601. Unknown fields are refused. In full: [openapi.json](/v1/openapi.json), [asyncapi.json](/v1/asyncapi.json).",
      ],
      fa: [
        "فواد ۱۲۸ شکایت از نحوهٔ رفتار اداره‌ها با شهروندان را می‌پذیرد. شکایت از راه هر درگاه ثبت‌شده‌ای می‌رسد؛ دستگاه اجرایی در چند ثانیه آن را در صف خود می‌یابد و باید در ۳ تا ۴۸ ساعت پاسخ دهد؛ آنچه دیر شود به مقام بالاتر می‌رسد؛ شهروند پاسخ را می‌پذیرد یا به آن اعتراض می‌کند و دربارهٔ اعتراض، بازرس رأی می‌دهد.",
        "همهٔ داده‌ها JSON با کدگذاری UTF-8 است. لحظه‌ها به وقت UTC و با `Z`، روزها به تقویم میلادی و وقت تهران، و مدت‌ها در قالب ISO 8601 است. فیلد ناشناخته پذیرفته نمی‌شود. سندهای کامل: [openapi.json](/v1/openapi.json) و [asyncapi.json](/v1/asyncapi.json).",
      ],
    },
  },
  {
    id: "first-hour",
    title: { en: "The first hour", fa: "ساعت نخست" },
    paragraphs: {
      en: [
        "Guides beside the source lead step by step to a first filed complaint and a page that follows it (`docs/front-end.md`), to a program that keeps an agency's complaints (`docs/agency.md`), and to a first event that arrives (`docs/webhooks.md`). Their programs run without changes.",
      ],
      fa: [
        "راهنماهای کنار کد منبع گام‌به‌گام به نخستین شکایت ثبت‌شده و صفحه‌ای که آن را پی می‌گیرد (`docs/fa/front-end.md`)، به برنامه‌ای که شکایت‌های دستگاه را نگه می‌دارد (`docs/fa/agency.md`) و به نخستین رویدادی که می‌رسد (`docs/fa/webhooks.md`) می‌رسانند. برنامه‌های آن‌ها همان‌گونه که هستند اجرا می‌شوند.",
      ],
    },
  },
  {
    id: "addresses",
    title: { en: "Where it is", fa: "نشانی سامانه" },
    paragraphs: {
      en: [
        "This page and [openapi.json](/v1/openapi.json) name, under `servers`, the address at which the API is called, and the issuer of its tokens. On one machine `npm start` prints both (`http://127.0.0.1:12800` unless `PORT` says otherwise); you get the address of a province with your registration; it is the `publicUrl` of the province file.",
      ],
      fa: [
        "همین صفحه و [openapi.json](/v1/openapi.json)، در بخش `servers`، نشانی فراخوانی سامانه و صادرکنندهٔ توکن آن را می‌گویند. روی یک رایانهٔ شخصی هر دو را `npm start` نشان می‌دهد (`http://127.0.0.1:12800`، مگر `PORT` چیز دیگری بگوید)؛ نشانی هر استان هنگام ثبت برنامه به شما داده می‌شود و همان `publicUrl` در فایل آن استان است.",
      ],
    },
  },
  {
    id: "terminal",
    title: { en: "Requests to paste", fa: "درخواست‌های آمادهٔ اجرا" },
    paragraphs: {
      en: [
        'Paste this once; then each request of these pages can be pasted as it stands, into a shell (bash or zsh), PowerShell 7 or `node`. On one machine do it in the folder of `npm start`, whose clients it finds by itself; elsewhere put `FOAD_CLIENT_CREDENTIALS=id:secret`, which you were given, into the environment before it and before each `as`. `as agency` (in Node `await as("agency")`) takes another caller\'s token: of a kind the first, or by its name as in `as inspector-2`; `as` alone lists who there are. The [filing](#postComplaints) keeps its id and secret for the requests after it; before it, `ID` and `SECRET` are only examples. Windows PowerShell 5.1 sends everything right, and shows Persian answers garbled.',
        "An action needs a complaint in the right [status](#life), else the answer is 409: file another complaint and bring it to that status; a `withdrawal` closes the complaint you have. What does not exist is 404: an attachment before its [file is sent](#files), a webhook that nobody has registered, a complaint that has not reached the level of any overseer, or about which nobody is to be called back. `ATTACHMENT`, `VISIT`, `NOTICE` and `ISSUE` are kept where they are made; set `CALL` to a `callId` of the list of calls, and `MAIL_TOKEN` to the `token` in a link of a mail to a citizen.",
      ],
      fa: [
        'این چند خط را یک بار اجرا کنید؛ از آن پس هر درخواست این صفحه‌ها را می‌توان همان‌گونه که هست در شل (bash یا zsh)، PowerShell 7 یا `node` گذاشت. روی رایانهٔ خود این کار را در پوشهٔ `npm start` انجام دهید تا برنامه‌های ثبت‌شده را خود بیابد؛ در جای دیگر پیش از آن و پیش از هر `as` متغیر محیطی `FOAD_CLIENT_CREDENTIALS=id:secret` را با آنچه گرفته‌اید بگذارید. با `as agency` (در Node با `await as("agency")`) توکن فراخوانندهٔ دیگری گرفته می‌شود: نخستین از آن گونه، یا با نامش مانند `as inspector-2`؛ `as` به‌تنهایی فهرست همه را می‌آورد. [ثبت شکایت](#postComplaints) کد و رمز خود را برای درخواست‌های بعدی نگه می‌دارد؛ پیش از آن `ID` و `SECRET` تنها نمونه‌اند. Windows PowerShell 5.1 همه چیز را درست می‌فرستد، ولی پاسخ فارسی را ناخوانا نشان می‌دهد.',
        "هر اقدام، شکایتی می‌خواهد که در [وضعیت](#life) آغاز آن باشد، وگرنه پاسخ ۴۰۹ است: شکایت دیگری ثبت کنید و آن را به آن وضعیت برسانید؛ `withdrawal` شکایت کنونی را می‌بندد. آنچه وجود ندارد ۴۰۴ است: پیوستی که [فایل آن](#files) هنوز فرستاده نشده، وب‌هوکی که ثبت نشده، و شکایتی که به سطح هیچ مقام ناظری نرسیده یا قرار نیست دربارهٔ آن با کسی تماس گرفته شود. `ATTACHMENT`، `VISIT`، `NOTICE` و `ISSUE` همان‌جا که ساخته می‌شوند نگه داشته می‌شوند؛ `CALL` را برابر `callId` یکی از تماس‌های فهرست بگذارید و `MAIL_TOKEN` را برابر `token` در پیوند یکی از رایانامه‌های شهروند بگذارید.",
      ],
    },
  },
  {
    id: "life",
    title: { en: "The life of a complaint", fa: "مراحل شکایت" },
    paragraphs: {
      en: [
        "A complaint is `filed`, then `acknowledged` by an officer of the agency, then `answered` with a finding, then `closed`. The citizen accepts the answer, or disputes it: then it is `disputed` until an inspector decides. An agency may send it on to the agency it concerns and may extend the time to answer once; it can never dismiss it. Where the citizen keeps silent, an answered complaint is closed as `expired`.",
        "Each deadline is explained to the minute under `…/deadlines`. A late complaint is escalated level by level, and everybody concerned is notified.",
        "The province names the authorities of the levels: first the head of the agency, then for example the county's governor, the inspection centre, the governor-general and the national organization. `level` is the level that a complaint has reached; 0 means that it was not escalated. The authority of a level reads the complaints that have reached it, and may change nothing. A complaint never goes back to a lower level.",
      ],
      fa: [
        "شکایت ثبت می‌شود (`filed`)، کارشناس دستگاه دریافت آن را اعلام می‌کند (`acknowledged`)، با نتیجهٔ رسیدگی پاسخ داده می‌شود (`answered`) و سپس بسته می‌شود (`closed`). شهروند پاسخ را می‌پذیرد یا به آن اعتراض می‌کند؛ در این صورت تا رأی بازرس، وضعیت آن `disputed` است. دستگاه می‌تواند شکایت را به دستگاه مربوط ارجاع دهد و یک بار مهلت پاسخ را تمدید کند، اما هرگز نمی‌تواند آن را مختومه اعلام کند. اگر شهروند سکوت کند، شکایت پاسخ‌داده‌شده با عنوان `expired` بسته می‌شود.",
        "نحوهٔ محاسبهٔ هر مهلت، تا دقیقه، در `…/deadlines` آمده است. شکایتی که مهلت آن بگذرد پله‌پله به مقام بالاتر می‌رسد و همهٔ دست‌اندرکاران آگاه می‌شوند.",
        "استان مقام هر سطح را تعیین کرده است: نخست رئیس دستگاه، سپس برای نمونه فرماندار، مرکز بازرسی، استاندار و سازمان اداری و استخدامی کشور. `level` سطحی است که شکایت به آن رسیده است و صفر یعنی به مقام بالاتر نرفته است. مقام هر سطح شکایت‌هایی را که به او رسیده‌اند می‌خواند و چیزی را تغییر نمی‌دهد. شکایت هرگز به سطح پایین‌تر بازنمی‌گردد.",
      ],
    },
  },
  {
    id: "token",
    title: { en: "How to get a token", fa: "دریافت توکن" },
    paragraphs: {
      en: [
        "The province's FOAD centre registers your application and gives you a client id and a secret. With them you ask the province's token issuer for a token by OAuth 2 client credentials; the issuer names its token endpoint under `/.well-known/openid-configuration`. Send the token with every request. A token with the right scope and an unregistered client is refused with [`not-registered`](#problem-not-registered); without a valid token, or without the scope, the gateway itself answers 401 or 403 with `{\"message\": …}`, and says why in `WWW-Authenticate`.",
      ],
      fa: [
        'مرکز فواد استان برنامهٔ شما را ثبت می‌کند و شناسه و رمز آن را می‌دهد. با این دو، به روش OAuth 2 client credentials از صادرکنندهٔ توکن استان توکن بگیرید؛ نشانی آن در `/.well-known/openid-configuration` صادرکننده آمده است. توکن را با هر درخواست بفرستید. توکنی که محدودهٔ درست دارد اما برنامهٔ آن ثبت نشده است با [`not-registered`](#problem-not-registered) رد می‌شود؛ بدون توکن معتبر یا بدون محدودهٔ لازم، خود دروازه ۴۰۱ یا ۴۰۳ با بدنهٔ `{"message": …}` پاسخ می‌دهد و علت را در `WWW-Authenticate` می‌گوید.',
      ],
    },
    sample: codeBlock(
      'curl -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials "$TOKEN_ENDPOINT"\n# {"access_token":"eyJhbGciOiJSUzI1NiIs…","token_type":"Bearer","expires_in":3600}',
    ),
  },
  {
    id: "secret",
    title: { en: "The citizen's secret", fa: "رمز شهروند" },
    paragraphs: {
      en: [
        "Citizens have no account. Filing gives a tracking code, which can be spoken aloud, and a secret. Code and secret together are all that is needed, even if the complaint is anonymous. Give both to the citizen at once and keep neither. Both also have a form in digits for a keypad, `phoneId` and `phoneSecret`, which is taken wherever the other is. An unknown complaint, the complaint of another citizen and a wrong secret have the same answer: 404.",
      ],
      fa: [
        "شهروند حساب کاربری ندارد. هنگام ثبت، یک کد پیگیری، که می‌توان آن را شفاهی گفت، و یک رمز داده می‌شود؛ کد و رمز با هم برای همه‌چیز کافی است، حتی اگر شکایت ناشناس باشد. هر دو را همان لحظه به شهروند بدهید و نزد خود نگه ندارید. هر دو صورتی رقمی هم برای صفحه‌کلید تلفن دارند، `phoneId` و `phoneSecret`، که هر جا آن یکی پذیرفته شود پذیرفته است. شکایتی که وجود ندارد، شکایتی که از آنِ دیگری است و رمز نادرست، همه یک پاسخ دارند: ۴۰۴.",
      ],
    },
    sample: codeBlock(`GET /v1/complaints/${exampleIds.id}\nFoad-Secret: ${exampleIds.secret}`),
  },
  {
    id: "idempotency",
    title: { en: "Sending twice without harm", fa: "تکرار بی‌خطر درخواست" },
    paragraphs: {
      en: [
        "Every POST takes `Idempotency-Key` (8 to 128 printable ASCII characters); filing requires it. Make one key for each action, and send the same key when you retry after a timeout or a 5xx: nothing is written twice, and filing answers the same receipt again, the secret included. The same key with another body is [`idempotency-key-reused`](#problem-idempotency-key-reused). A key is valid for 24 hours.",
      ],
      fa: [
        "هر درخواست POST سرآیند `Idempotency-Key` (۸ تا ۱۲۸ نویسهٔ چاپی لاتین) را می‌پذیرد؛ برای ثبت شکایت الزامی است. برای هر کار یک کلید بسازید و هنگام تکرار پس از قطع ارتباط یا خطای 5xx همان را بفرستید: چیزی دو بار ثبت نمی‌شود و ثبت شکایت همان رسید را، با رمز، دوباره می‌دهد. همان کلید با بدنهٔ دیگر خطای [`idempotency-key-reused`](#problem-idempotency-key-reused) است. اعتبار کلید ۲۴ ساعت است.",
      ],
    },
  },
  {
    id: "versions",
    title: { en: "Acting on what you saw", fa: "تصمیم بر پایهٔ آنچه دیده‌اید" },
    paragraphs: {
      en: [
        'A view carries `version`, the number of its last event, and the same in quotes as `ETag`. If you send it back as `If-Match: "3"`, the request is carried out only if there was no new event in the meantime; otherwise the answer is 412 [`version-outdated`](#problem-version-outdated). Without `If-Match` the current state of the complaint decides.',
      ],
      fa: [
        'هر نمای شکایت `version` دارد که شمارهٔ آخرین رویداد است و در `ETag` نیز، در گیومهٔ لاتین، می‌آید. اگر آن را به شکل `If-Match: "3"` بفرستید، کار تنها وقتی انجام می‌شود که در این میان رویداد تازه‌ای رخ نداده باشد؛ وگرنه پاسخ ۴۱۲ [`version-outdated`](#problem-version-outdated) است. بدون `If-Match` تصمیم بر پایهٔ وضعیت کنونی شکایت گرفته می‌شود.',
      ],
    },
  },
  {
    id: "lists",
    title: { en: "Reading long lists", fa: "خواندن فهرست‌های بلند" },
    paragraphs: {
      en: [
        "Lists answer `items` and, where there is more, `nextCursor`. Send it as `cursor` with the same query to read on, and stop where it is missing. A page may hold fewer than `limit`, even none, and still have a `nextCursor`. A cursor is opaque and belongs to its query: with another one it is [`cursor-invalid`](#problem-cursor-invalid). `limit` is 1 to 100; the default is 25.",
        "Feeds of events take `after` instead: the id of the last event you have. They answer all events in order, half a minute after each event. So you may come back at any time and miss nothing.",
      ],
      fa: [
        "پاسخ هر فهرست `items` دارد و اگر فهرست ادامه داشته باشد، `nextCursor` هم دارد. آن را در `cursor` و با همان پارامترها بفرستید و وقتی نبود، فهرست تمام شده است. گاهی یک صفحه کمتر از `limit` سطر دارد یا خالی است، ولی `nextCursor` دارد. نشانگر تنها برای همان پارامترها معتبر است؛ با پارامترهای دیگر خطای [`cursor-invalid`](#problem-cursor-invalid) است. مقدار `limit` از ۱ تا ۱۰۰ و پیش‌فرض آن ۲۵ است.",
        "فهرست رویدادها به جای آن `after` می‌گیرد: شناسهٔ آخرین رویدادی که دارید. رویدادها نیم دقیقه پس از وقوع، به ترتیب و کامل داده می‌شوند؛ هر زمان که بازگردید چیزی از دست نمی‌رود.",
      ],
    },
  },
  {
    id: "files",
    title: { en: "Sending a file", fa: "ارسال پیوست" },
    paragraphs: {
      en: [
        "Announce the file with [its name, type and size](#postComplaintAttachments); the answer holds an address and the fields of a form. Post the fields and then the file, as `file`, to that address as `multipart/form-data`: only a file of exactly that size and type is accepted ([how large and how many](#limits)). A clean copy is made, without position, device, author or time, and only this copy is delivered. An `attachment-added` event says that it was added to the complaint; `uploads` in the citizen's view has the state of each file. Everybody who may read the file gets an address for it, which is valid for a minute and needs none of our headers.",
      ],
      fa: [
        "نخست [نام، نوع و اندازهٔ فایل](#postComplaintAttachments) را اعلام کنید؛ پاسخ، یک نشانی و فیلدهای یک فرم است. فیلدها و سپس خود فایل را با نام `file` و در قالب `multipart/form-data` به همان نشانی بفرستید: تنها فایلی با همان اندازه و نوع پذیرفته می‌شود ([اندازه و تعداد](#limits)). از فایل نسخه‌ای پاک، بی مکان و دستگاه و نویسنده و زمان، ساخته می‌شود و تنها همان داده می‌شود. این نسخه با رویداد `attachment-added` به شکایت افزوده می‌شود و `uploads` در نمای شهروند می‌گوید کار هر فایل به کجا رسیده است. به هر کس که اجازهٔ دیدن آن را دارد نشانی‌ای داده می‌شود که یک دقیقه اعتبار دارد و هیچ‌یک از سرآیندهای ما را نمی‌خواهد.",
      ],
    },
  },
  {
    id: "refusals",
    title: { en: "When something is refused", fa: "وقتی درخواستی رد می‌شود" },
    paragraphs: {
      en: [
        "Every refusal of ours is `application/problem+json` with a `code` for programs and a `title` and `detail` for people, in Persian or English by `Accept-Language`. After 429 or 503 wait as long as `Retry-After` says. All codes: [problems](#problems).",
      ],
      fa: [
        "هر خطای سامانه `application/problem+json` است: `code` برای برنامه‌ها و `title` و `detail` برای مردم، به فارسی یا انگلیسی بر پایهٔ `Accept-Language`. پس از ۴۲۹ یا ۵۰۳ به اندازهٔ `Retry-After` صبر کنید. همهٔ کدها: [خطاها](#problems).",
      ],
    },
  },
];
