import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { figureMeanings } from "../statistics/figure-texts.ts";
import { answerMeanings, webhookMeanings } from "./answer-meanings.ts";
import { issueMeanings } from "./issue-meanings.ts";
import { noticeMeanings } from "./notice-meanings.ts";
import { peopleMeanings } from "./people-meanings.ts";
import { promiseMeanings } from "./promise-meanings.ts";
import { proposalMeanings } from "./proposal-meanings.ts";

/** The officer in the body of a request: `does` is what the officer does. */
const sentOfficer = (does: Record<Language, string>): Record<Language, string> => ({
  en: `The officer who ${does.en}. A program must name the officer; an officer who signed in need not`,
  fa: `کارشناسی که ${does.fa}. برنامه باید او را نام ببرد؛ برای کارشناسی که خود وارد شده است لازم نیست`,
});

/** The meanings of fields about calling citizens back. */
const callMeanings: Record<string, Record<Language, string>> = {
  mayBeCalled: {
    en: "Whether 128 may call the citizen: to ask for an opinion, where the citizen was drawn at random; to tell of the answer, where no notice of it arrived; to ask whether an issue is mended, where the complaint is linked to one. No agency learns who agreed",
    fa: "آیا مرکز ۱۲۸ می‌تواند با شهروند تماس بگیرد: برای پرسیدن نظر او، اگر به قید قرعه انتخاب شده باشد؛ برای خبر دادن از پاسخ، اگر خبر آن به او نرسیده باشد؛ یا برای پرسیدن اینکه آیا مشکلی رفع شده است، اگر شکایت به آن مشکل پیوند خورده باشد. هیچ دستگاهی نمی‌داند چه کسانی موافقت کرده‌اند",
  },
  callDigits: {
    en: "Four digits that the citizen chooses and says when 128 calls: without them a call says only that there is news at 128, since somebody else may pick up the phone. Three wrong tries end the calls; new digits begin anew",
    fa: "کد چهاررقمی به انتخاب شهروند، که هنگام تماس ۱۲۸ می‌گوید: بدون آن در تماس فقط گفته می‌شود که در ۱۲۸ خبری هست، چون شاید کس دیگری گوشی را بردارد. سه تلاش نادرست تماس‌ها را پایان می‌دهد؛ با انتخاب کد تازه، شمارش از نو آغاز می‌شود",
  },
  hasCallDigits: {
    en: "Whether digits for calls are chosen; nobody can read which",
    fa: "آیا کد تماس انتخاب شده است؛ هیچ‌کس نمی‌تواند آن را بخواند",
  },
  hasDigits: {
    en: "Whether the citizen has chosen four digits: ask for them before you say what the call is about",
    fa: "آیا شهروند کد چهاررقمی انتخاب کرده است: پیش از گفتن موضوع، آن را بپرسید",
  },
  digits: {
    en: "The four digits that the person on the phone says",
    fa: "کد چهاررقمی که شخص پشت تلفن می‌گوید",
  },
  callId: {
    en: "Names the call; it says nothing of the complaint",
    fa: "شناسهٔ تماس؛ دربارهٔ شکایت چیزی نمی‌گوید",
  },
  "OpenedCall.answer": {
    en: "The answer, to say on the phone: its finding, what is promised by when, and until when the citizen may dispute it",
    fa: "پاسخ، برای گفتن در تماس: نتیجه، آنچه وعده داده شده است و تا کی، و مهلت اعتراض",
  },
  purpose: {
    en: "Why to call: to ask for an opinion, only to say that there is an answer (`notice`), or to ask whether an issue is mended (`issue`)",
    fa: "هدف تماس: پرسیدن نظر (opinion)، فقط خبر دادن از پاسخ (notice)، یا پرسیدن اینکه آیا مشکلی رفع شده است (issue)",
  },
  notifyBySms: {
    en: "Whether the citizen gets a message by SMS when there is news. It says only that there is news on a matter at 128, at 10, 14 or 18 o'clock; so a person who reads the phone can learn that its owner has a matter at 128, and nothing else",
    fa: "آیا با هر خبر تازه پیامکی برای شهروند فرستاده شود. پیامک ساعت ۱۰، ۱۴ یا ۱۸ می‌رسد و تنها می‌گوید در سامانهٔ ۱۲۸ خبری هست؛ پس هر کس گوشی را ببیند می‌فهمد که صاحب آن کاری نزد ۱۲۸ دارد و نه چیز دیگری",
  },
  outcome: {
    en: "The citizen gave an opinion (`answered`, in an opened call), heard the answer, or that there is news at 128 (`informed`, in an opened call where the citizen has digits), wants no more calls (`declined`), is to be called later, also where somebody else picked up (`later`, counts as not reached), could not be reached (`no-contact`), or has another number (`wrong-person`: nobody calls again)",
    fa: "نتیجهٔ تماس: شهروند نظر داد (answered، پس از گفتن کد)، پاسخ را شنید یا شنید که در ۱۲۸ خبری هست (informed؛ اگر کد تماس دارد، پس از گفتن آن)، دیگر تماس نمی‌خواهد (declined)، باید بعد تماس گرفت، مثلاً کس دیگری گوشی را برداشت (later، مانند در دسترس نبودن شمرده می‌شود)، در دسترس نبود (no-contact)، یا شماره از آنِ شهروند نیست (wrong-person: دیگر تماسی گرفته نمی‌شود)",
  },
  "calls.opinion": { en: "What the citizen said on the phone", fa: "آنچه شهروند در تماس گفت" },
  daysTried: {
    en: "On how many days calls were not answered; after three days the citizen is not called again",
    fa: "شمار روزهایی که تماس بی‌پاسخ ماند؛ پس از سه روز دیگر تماس گرفته نمی‌شود",
  },
  issueTitle: {
    en: "With the purpose `issue`: the title of the issue, to say to the citizen",
    fa: "در تماس با هدف issue: عنوان مشکل، تا به شهروند گفته شود",
  },
  "issue-answer.answer": {
    en: "Whether the citizen says that the issue is mended. It is only counted; nobody reads who said what",
    fa: "آیا شهروند می‌گوید مشکل رفع شده است. پاسخ فقط شمرده می‌شود و هیچ‌کس نمی‌خواند چه کسی چه گفته است",
  },
  callAgain: {
    en: "Whether the citizen may be called once more later, such as for an opinion; whom to ring today is on the list",
    fa: "آیا شاید بعدها باز هم با شهروند تماس گرفته شود، مثلاً برای نظرخواهی؛ تماس‌های امروز در فهرست است",
  },
  group: {
    en: "No reaction so far (silent), the answer accepted (accepted), or closed in another way (other)",
    fa: "هنوز واکنشی نشان نداده (silent)، پاسخ را پذیرفته (accepted)، یا پرونده به گونه‌ای دیگر بسته شده است (other)",
  },
};

/** The meanings of fields about how this API changes. */
const changeMeanings: Record<string, LocalizedText> = {
  "Changes.version": { en: "The version in the path", fa: "نسخه‌ای که در نشانی آمده است" },
  changes: { en: "What has changed, the newest first", fa: "تغییرها، تازه‌ترین نخست" },
  "changes.date": { en: "Since which day", fa: "از چه روزی" },
  "changes.kind": {
    en: "`added`, or `deprecated`: it still works, but should no longer be used",
    fa: "افزوده (added) یا منسوخ (deprecated): هنوز کار می‌کند، اما دیگر نباید به کار رود",
  },
  "changes.description": { en: "What it is about", fa: "شرح تغییر" },
  "changes.routes": { en: "The routes it is about", fa: "مسیرهای مربوط" },
  "changes.sunsetOn": {
    en: "The day from which the deprecated part is no longer available",
    fa: "از چه روزی آنچه منسوخ شده دیگر در دسترس نیست",
  },
};

/** The meanings of fields that explain deadlines. */
const clockMeanings: Record<string, Record<Language, string>> = {
  clocks: { en: "Each clock of the complaint", fa: "هر یک از مهلت‌های شکایت" },
  step: { en: "What has to be done before the clock runs out", fa: "مهلت چه کاری است" },
  clock: {
    en: "Counts office hours only, or all time that elapses",
    fa: "شمارش تنها در ساعت کاری (office-hours) یا پیوسته (elapsed)",
  },
  duration: { en: "How long, ISO 8601", fa: "مدت، در قالب ISO 8601" },
  startedAt: { en: "When it started", fa: "زمان آغاز" },
  dueAt: { en: "When it runs out", fa: "زمان پایان مهلت" },
  metAt: { en: "When it was done", fa: "زمان انجام کار" },
  cappedBy: {
    en: "This clock ends early, at the deadline to answer",
    fa: "این مهلت پیش از پایان مدت خود، با مهلت پاسخ تمام می‌شود",
  },
  breached: { en: "Whether the deadline was missed", fa: "آیا مهلت گذشته است" },
  counted: { en: "The periods that were counted", fa: "بازه‌هایی که شمرده شده‌اند" },
  assumedFrom: {
    en: "From this day on the clock uses the last known weekly hours, because hours or holidays are not announced yet; after the announcement the explanation may change",
    fa: "از این روز به بعد، چون ساعت کاری یا تعطیلات هنوز اعلام نشده است، آخرین ساعت کاری هفتگی معلوم ملاک شمارش است؛ پس از اعلام، توضیح مهلت ممکن است تغییر کند",
  },
  skipped: { en: "Days that were not counted, and why", fa: "روزهایی که شمرده نشده‌اند، و علت آن" },
};

/** The meanings of fields of the inspectors' work queue and of the administrators' audit. */
const workQueueMeanings: Record<string, Record<Language, string>> = {
  queue: {
    en: "Only the complaints of this work queue; default: all complaints of the province, or with `mine` all that the inspector works on",
    fa: "تنها شکایت‌های این فهرست کارتابل؛ پیش‌فرض: همهٔ شکایت‌های استان، یا همراه `mine` هر چه بازرس روی آن کار می‌کند",
  },
  mine: { en: "Only what the inspector works on", fa: "تنها آنچه خود بازرس روی آن کار می‌کند" },
  claim: {
    en: "The inspector who has announced to work on it; it binds nobody, ends after a day and is no event; missing if there is none",
    fa: "بازرسی که اعلام کرده روی آن کار می‌کند؛ کسی را مقید نمی‌کند، پس از یک شبانه‌روز پایان می‌یابد و رویداد نیست؛ اگر کسی نباشد نمی‌آید",
  },
  takenFrom: {
    en: "The claim of a colleague that was replaced; missing if there was none",
    fa: "اعلام کار همکاری که جای خود را داد؛ اگر کسی نبوده باشد نمی‌آید",
  },
  "claim.until": { en: "When it ends, unless it is claimed again", fa: "زمان پایان، مگر آنکه دوباره اعلام شود" },
  "takenFrom.until": { en: "When it would have ended", fa: "زمانی که خودبه‌خود پایان می‌یافت" },
  clientId: {
    en: "The application that asked, by the token's `client_id`",
    fa: "برنامهٔ درخواست‌کننده، همان `client_id` توکن",
  },
  person: { en: "Who did it, by the token's `sub`", fa: "چه کسی آن را انجام داد، همان `sub` توکن" },
  order: { en: "What was ordered to be sent again", fa: "آنچه دستور ارسال دوبارهٔ آن داده شد" },
};

/** The meanings of fields that stand in entries of histories only. */
const historyMeanings: Record<string, LocalizedText> = {
  "history.person": { en: "The person who acted; only inspectors see it", fa: "شخصی که اقدام کرد (تنها برای بازرسان)" },
  "history.text": { en: "What was written", fa: "متنی که نوشته شد" },
  "history.fileName": { en: "The name under which the file is downloaded", fa: "نامی که فایل با آن داده می‌شود" },
  previousAnswerBy: { en: "The deadline for the answer before the extension", fa: "مهلت پاسخ پیش از تمدید" },
  reverted: {
    en: "Present if the changed office hours were removed again",
    fa: "اگر تغییر ساعت کاری پس گرفته شده باشد",
  },
  previousDeadlines: { en: "The deadlines before the change", fa: "مهلت‌ها پیش از تغییر" },
  "history.authority": {
    en: "The authority to which the complaint was escalated",
    fa: "مقامی که شکایت به سطح او رسید",
  },
};

/** The meanings of all fields, by name, or by `parent.name` where a name has several meanings. */
export const meanings: Record<string, Record<Language, string>> = {
  ...answerMeanings,
  ...noticeMeanings,
  ...peopleMeanings,
  ...issueMeanings,
  ...callMeanings,
  ...changeMeanings,
  ...clockMeanings,
  ...workQueueMeanings,
  ...figureMeanings,
  ...webhookMeanings,
  ...historyMeanings,
  id: { en: "Identifier", fa: "شناسه" },
  "path.id": {
    en: "The complaint's id, such as QZ-7K3M-9XPT-Q, or its phone id; case, hyphens, O for 0 and I or L for 1 do not matter",
    fa: "کد پیگیری شکایت، مانند QZ-7K3M-9XPT-Q، یا کد تلفنی آن؛ بزرگی و کوچکی حروف، خط تیره و نوشتن O به جای 0 و I یا L به جای 1 فرقی نمی‌کند",
  },
  "path.date": { en: "A calendar day of Asia/Tehran, Gregorian", fa: "روز به وقت تهران، به تاریخ میلادی" },
  "path.visitId": { en: "The visit, as it was ordered", fa: "شناسهٔ بازدید، همان‌گونه که هنگام دستور بازدید داده شد" },
  "path.attachmentId": {
    en: "The attachment, as `attachments` of the complaint lists it",
    fa: "شناسهٔ پیوست، همان‌گونه که در `attachments` شکایت آمده است",
  },
  "retaliationFor.id": { en: "The earlier complaint", fa: "کد پیگیری شکایت پیشین" },
  "retaliationFor.secret": { en: "The earlier complaint's secret", fa: "رمز شکایت پیشین" },
  secret: { en: "The complaint's secret; shown once", fa: "رمز شکایت؛ تنها یک بار نشان داده می‌شود" },
  phoneId: {
    en: "The complaint's id in 16 digits, for a keypad; it leads to the same complaint wherever an id is taken",
    fa: "کد پیگیری شکایت با ۱۶ رقم، برای صفحه‌کلید تلفن؛ هر جا کد پیگیری پذیرفته شود به همان شکایت می‌رسد",
  },
  phoneSecret: {
    en: "The complaint's secret in 12 digits, for a keypad; shown once, and taken wherever the secret is",
    fa: "رمز شکایت با ۱۲ رقم، برای صفحه‌کلید تلفن؛ تنها یک بار نشان داده می‌شود و هر جا رمز پذیرفته شود پذیرفته است",
  },
  retaliationFor: {
    en: "The earlier complaint that caused retaliation against the citizen",
    fa: "شکایت پیشینی که شهروند به سبب آن آزار دیده است",
  },
  "complaints.retaliationFor": {
    en: "The earlier complaint that caused retaliation against the citizen, proved by its id and secret",
    fa: "شکایت پیشینی که شهروند به سبب آن آزار دیده است، با کد پیگیری و رمز آن",
  },
  agencyId: {
    en: "The agency that the complaint is about, from the catalog",
    fa: "شناسهٔ دستگاه اجرایی، از فهرست استان",
  },
  countyId: { en: "The county, from the catalog", fa: "شناسهٔ شهرستان، از فهرست استان" },
  "office-hours.countyId": {
    en: "One county; default: the whole province",
    fa: "یک شهرستان؛ پیش‌فرض: همهٔ استان",
  },
  "query.token": {
    en: "The token in the link of the mail; it stands for the mailbox, not for a complaint",
    fa: "از نشانی‌ای که در رایانامه آمده است؛ نشان صندوق پستی است و نه هیچ شکایتی",
  },
  "List-Unsubscribe": {
    en: "`One-Click` refuses further mail (RFC 8058); `Undo` reverses that",
    fa: "`One-Click` پیام‌های بعدی را نمی‌خواهد (RFC 8058)؛ `Undo` آن را برمی‌گرداند",
  },
  "query.countyId": {
    en: "Only this county; default: the whole province",
    fa: "تنها این شهرستان؛ پیش‌فرض: همهٔ استان",
  },
  "complaints.query.agencyId": { en: "Only complaints about this agency", fa: "تنها شکایت‌های این دستگاه اجرایی" },
  "complaints.query.category": { en: "Only complaints of this category", fa: "تنها شکایت‌های این موضوع" },
  "complaints.query.cause": {
    en: "Only complaints whose last answer or decision names this cause",
    fa: "تنها شکایت‌هایی که آخرین پاسخ یا رأی آن‌ها این علت را دارد",
  },
  "complaints.query.closure": {
    en: "Only complaints that were closed in this way",
    fa: "تنها شکایت‌هایی که این‌گونه بسته شده‌اند",
  },
  "complaints.query.officer": {
    en: "Only complaints of this officer: the name, or the personnel number",
    fa: "تنها شکایت‌های این کارشناس: نام یا شمارهٔ پرسنلی",
  },
  "complaints.query.from": {
    en: "Only complaints that were filed on this day (Tehran) or later",
    fa: "تنها شکایت‌هایی که در این روز (به وقت تهران) یا پس از آن ثبت شده‌اند",
  },
  "complaints.query.to": {
    en: "Only complaints that were filed on this day (Tehran) or earlier",
    fa: "تنها شکایت‌هایی که در این روز (به وقت تهران) یا پیش از آن ثبت شده‌اند",
  },
  "complaints.query.id": {
    en: "Only complaints whose id begins with these symbols, four or more; the province's letters may be left out",
    fa: "تنها شکایت‌هایی که کد پیگیری‌شان با این نویسه‌ها آغاز می‌شود؛ دست‌کم چهار نویسه، بی‌نیاز از حروف استان",
  },
  "query.officeId": { en: "Only complaints about this office", fa: "تنها شکایت‌های این اداره" },
  officeId: { en: "The office, from the catalog", fa: "شناسهٔ اداره، از فهرست استان" },
  category: { en: "What the complaint is about, from the catalog", fa: "موضوع شکایت، از فهرست استان" },
  description: { en: "What happened, in the citizen's words", fa: "شرح ماجرا به زبان شهروند" },
  occurredAt: { en: "When it happened", fa: "زمان وقوع ماجرا" },
  employee: {
    en: "The employee that the complaint is about, as far as known",
    fa: "کارمند مورد شکایت، تا آنجا که شناخته شده است",
  },
  "employee.name": { en: "Full name", fa: "نام و نام خانوادگی کارمند" },
  counter: { en: "Number or name of the counter", fa: "شماره یا نام باجه" },
  personnelId: { en: "Personnel number", fa: "شمارهٔ پرسنلی" },
  officer: { en: "The officer who handles the complaint", fa: "کارشناسی که به شکایت رسیدگی می‌کند" },
  "acknowledgement.officer": sentOfficer({ en: "handles the complaint", fa: "به شکایت رسیدگی می‌کند" }),
  "answer.officer": sentOfficer({ en: "answers", fa: "پاسخ می‌دهد" }),
  "messages.officer": {
    en: "The officer who writes the message; a program that sends it must name the officer",
    fa: "کارشناسی که پیام را می‌نویسد؛ برنامه‌ای که پیام را می‌فرستد باید او را نام ببرد",
  },
  "officer.name": { en: "Full name of the officer", fa: "نام و نام خانوادگی کارشناس" },
  channel: { en: "How the citizen reached the front end", fa: "راهی که شهروند شکایت را از آن ثبت کرده است" },
  language: { en: "The citizen's language", fa: "زبان شهروند" },
  citizen: {
    en: "The complainant; without it the complaint is anonymous",
    fa: "مشخصات شاکی؛ بدون آن، شکایت ناشناس است",
  },
  "AgencyView.citizen": {
    en: "The complainant, as declared at filing and never verified; only while the citizen's consent to this agency is valid",
    fa: "مشخصات شاکی، به اظهار خود او و بدون راستی‌آزمایی؛ تنها تا زمانی که اجازهٔ شهروند به همین دستگاه برقرار است",
  },
  "citizen.name": { en: "Full name of the citizen", fa: "نام و نام خانوادگی شهروند" },
  nationalId: { en: "Iranian national id of ten digits", fa: "کد ملی ده‌رقمی" },
  phone: { en: "Phone number; kept as E.164", fa: "شمارهٔ تلفن؛ با پیش‌شمارهٔ کشور نگه‌داری می‌شود" },
  email: { en: "E-mail address", fa: "نشانی رایانامه" },
  shareWithAgency: {
    en: "Whether the agency that holds the complaint may know the complainant; a transfer ends it",
    fa: "آیا دستگاهی که شکایت نزد آن است می‌تواند بداند چه کسی شکایت کرده است؛ با ارجاع پایان می‌یابد",
  },
  status: { en: "The state of the complaint", fa: "وضعیت شکایت" },
  "Problem.status": { en: "The HTTP status", fa: "کد وضعیت HTTP" },
  "query.page": {
    en: "The page: where to begin, one of a caller, or one of a subject",
    fa: "صفحه: آغاز، صفحهٔ یک فراخواننده، یا صفحهٔ یک موضوع",
  },
  "query.language": { en: "The page's language; default: as the browser asks", fa: "زبان صفحه؛ پیش‌فرض: زبان مرورگر" },
  "query.status": {
    en: "Only what is in this state; default: all that is open",
    fa: "تنها آنچه در این وضعیت است؛ پیش‌فرض: همهٔ موارد باز",
  },
  version: { en: "Number of the last event", fa: "شمارهٔ آخرین رویداد" },
  "history.version": { en: "Number of the event", fa: "شمارهٔ رویداد" },
  level: {
    en: "The level to which it was escalated; 0: not escalated",
    fa: "سطح ارجاع به مقام بالاتر؛ صفر یعنی ارجاع‌نشده",
  },
  filedAt: { en: "When it was filed", fa: "زمان ثبت" },
  acknowledgeBy: { en: "Until when the agency must acknowledge it", fa: "مهلت اعلام دریافت" },
  answerBy: { en: "Until when the agency must answer", fa: "مهلت پاسخ" },
  reviewBy: { en: "Until when the inspector must decide", fa: "مهلت صدور رأی بازرس" },
  disputeBy: {
    en: "Until when the citizen may still dispute the answer, after the case closed in silence",
    fa: "مهلت شهروند برای اعتراض به پاسخ، پس از آن که پرونده بی اظهارنظر او بسته شد",
  },
  confirmBy: { en: "Until when the citizen may accept or dispute", fa: "مهلت شهروند برای پذیرش پاسخ یا اعتراض به آن" },
  closure: { en: "How it ended", fa: "چگونگی پایان شکایت" },
  answer: { en: "The agency's answer", fa: "پاسخ دستگاه اجرایی" },
  decision: { en: "The inspector's decision", fa: "رأی بازرس" },
  finding: {
    en: "Whether the complaint is founded, unfounded or undetermined",
    fa: "نتیجهٔ رسیدگی: وارد (founded)، غیروارد (unfounded) یا نامعلوم (undetermined)",
  },
  cause: {
    en: "The cause, one of `causes` in the catalog; answers and decisions from before there were causes have none",
    fa: "علت، یکی از `causes` در فهرست استان؛ در پاسخ‌ها و رأی‌های پیش از تعریف علت‌ها نیامده است",
  },
  upholdsAnswer: {
    en: "Whether the agency's answer is upheld; required if the agency has answered, and allowed only then. To uphold it, the decision has the answer's finding",
    fa: "آیا پاسخ دستگاه تأیید می‌شود؛ تنها هنگامی که دستگاه پاسخ داده است، و در آن صورت لازم است. تأیید تنها با همان یافتهٔ پاسخ شدنی است",
  },
  "answer.text": { en: "The answer, as the citizen reads it", fa: "متن پاسخ، همان‌گونه که شهروند می‌خواند" },
  "decision.text": { en: "The reasons of the decision", fa: "متن رأی و دلایل آن" },
  "rejection.text": { en: "Why, as the citizen reads it", fa: "توضیح برای شهروند" },
  "messages.text": { en: "The message", fa: "متن پیام" },
  "statement.text": { en: "What the employee has to say", fa: "دفاعیهٔ کارمند" },
  "report.text": {
    en: "What was seen at the visit, or what was done of the promised action",
    fa: "آنچه در بازدید دیده شد، یا آنچه از اقدام وعده‌داده‌شده انجام شد",
  },
  "actions.text": { en: "What will be done", fa: "اقدامی که انجام خواهد شد" },
  actions: { en: "The promised actions", fa: "اقدام‌هایی که وعده داده شده است" },
  "actions.dueOn": { en: "Until which day", fa: "تا چه روزی" },
  n: {
    en: "The number of the promised action: all actions of the complaint are counted from 1, those of the answer first, then those of the decision. It is `number` in `promises`",
    fa: "شمارهٔ اقدام: همهٔ اقدام‌های وعده‌داده‌شدهٔ شکایت از ۱ شمرده می‌شود، نخست اقدام‌های پاسخ و سپس اقدام‌های رأی. همان `number` در `promises` است",
  },
  ...promiseMeanings,
  ...proposalMeanings,
  by: { en: "Who did it", fa: "چه کسی آن را انجام داده است" },
  at: { en: "When", fa: "زمان" },
  reason: { en: "Why", fa: "دلیل" },
  "transfer.reason": {
    en: "Why it belongs there; both agencies and the citizen read it",
    fa: "دلیل ارجاع؛ هر دو دستگاه و شهروند آن را می‌خوانند",
  },
  "extension.reason": {
    en: "Why more time is needed; the citizen reads it",
    fa: "دلیل تمدید مهلت؛ شهروند آن را می‌خواند",
  },
  "dispute.reason": { en: "Why the answer does not satisfy", fa: "دلیل اعتراض به پاسخ" },
  "withdrawal.reason": { en: "Why the complaint is withdrawn", fa: "دلیل انصراف" },
  "rejection.reason": {
    en: "Outside what FOAD judges, or no complaint at all",
    fa: "خارج بودن از صلاحیت سامانه (out-of-scope) یا شکایت نبودن (not-a-complaint)",
  },
  "office-hours.reason": {
    en: "Why the hours change; everybody reads it",
    fa: "دلیل تغییر ساعت کاری؛ همه آن را می‌خوانند",
  },
  toAgencyId: { en: "The agency it is sent to", fa: "دستگاه اجرایی مقصد" },
  solved: {
    en: "Whether the citizen's problem is solved",
    fa: "آیا مشکل شهروند حل شد: بله (yes)، تا حدی (partly)، خیر (no)",
  },
  handling: {
    en: "How the citizen was handled, 1 (bad) to 5 (good)",
    fa: "امتیاز رفتار و رسیدگی، از ۱ (بد) تا ۵ (خوب)",
  },
  pressured: {
    en: "Whether somebody pressured the citizen to accept or to withdraw; an inspector looks into it",
    fa: "آیا کسی شهروند را برای پذیرش پاسخ یا انصراف زیر فشار گذاشته است؛ بازرس پیگیری می‌کند",
  },
  comment: { en: "What the citizen adds; only inspectors read it", fa: "توضیح شهروند؛ فقط بازرسان آن را می‌خوانند" },
};
