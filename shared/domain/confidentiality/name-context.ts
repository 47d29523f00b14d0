import { comparableName } from "../text.ts";
import type { TextSpan } from "./decoded-text.ts";

/** Everyday words that look like a name with something written onto it, or like two names joined, and are not. */
export const ordinaryWords = comparableWords(
  "علیه علی‌رغم علی‌الحساب خانم خانه آقای نامه مردم کردم کرده دارم داره دادم داده خواهم خواهیم دانم توانم بینم " +
    "کارم کاره کارها میرم میره نظرم روزه روزها دارو بانو نیکو واحد وزین وداد ورود واقعا بعلاوه ازدواج باران بارش " +
    "بازار باهنر بنام بکار بنظر بنظرم بیاری بیار بیارم بیاره بخیر بروز " +
    "مهریه نظریه محمدیه سلطانیه حسینیه مهدیه فاطمیه زینبیه بوئین‌زهرا",
);

/** Everyday words that are also somebody's name: they are taken for it only where people write names (`isUsedAsName`). */
export const everydayWords = comparableWords(
  // hopes, feelings, what is good
  "ولی نادر زرگر کامیاب مراد روح لطف امر فضل فیض عطا نیک حشمت امید آرزو آرمان ایمان احسان الهام شادی شادمان شادمانی پیروز پیروزی عزیز عزیزی رحمت نعمت قدرت عزت دولت " +
    "دولتی صفا محبت مهربان مهر ناز نازنین دلیر شجاع شجاعی شجاعت شهامت صداقت حکمت " +
    "طاعت عبادت شوکت منزلت کمال شکوه فتح نجات زندگی هستی بقا صلح صبر صبور صبوری شاکر صابر شکر " +
    "توکل تقوا رضوان رستگار رستگاری آرام آرامش آزاد آزادی آزاده عدل عادل عدالت انصاف منصف فرهنگ فرهنگی ادب هنر هنری " +
    "دانش بینش خرد هوش دانا توانا ماهر کامل عاقل قابل موفق محکم متین یقین عشق عاشق عشقی دل دلدار جان یار یاری همراه " +
    "همراهی همدم رفیق دوست مشتاق پیمان عهد وعده نوید مژده بشارت پیام ندا صدا آوا نوا ترانه افسانه غزل حسن احسن " +
    // sky, seasons, months, feasts
    "بهار بهاری پاییز ستاره سحر سپیده سحری صبا نسیم طوفان باران آسمان آسمانی خورشید آفتاب مهتاب ماه هلال فلک کیهان " +
    "جهان جهانی نور نوری روشن روشنک تابان درخشان فروردین اردیبهشت خرداد تیر " +
    "مرداد شهریور آبان آذر آذری دی بهمن اسفند یلدا نوروز نوروزی رمضان محرم صفر صفری ربیع عید جمعه زمان زمانی " +
    "صبح صبحی روزی امروزی " +
    // plants, animals, stones, places
    "نرگس سوسن لاله یاس شقایق نیلوفر بنفشه گل گندم سرو پروانه فرشته باز طاووس آهو " +
    "گوهر مروارید طلا طلایی الماس نگین بلور آینه آیینه سایه دریا دریایی ساحل ساحلی کوثر زمزم چشمه رود باغ " +
    "باغی گلشن گلستان گلستانی بوستان بوستانی صحرا صحرایی جنگلی کوهی بیابانی خاکی آبی سنگی شهر شهری روستایی میهن وطن ایران " +
    "ایرانی تهرانی بهشت بهشتی سراب مرز مرزی " +
    // rank, work, family
    "شهریار سردار امیر سلطان سلطانی ملک ملکی شاه شاهی خان میرزا وزیر وزیری مدیر مدیری رئیس رئیسی حاکم قاضی وکیل " +
    "دبیر معلم استاد منشی کاتب تاجر بازرگان بازرگانی صراف معمار معماری نجار خیاط عطار عطاری قصاب نانوا " +
    "چوپان دهقان کشاورز کشاورزی باغبان صیاد شکارچی سرباز سربازی سرهنگ کارگر کاری کارمند پهلوان پزشک حکیم " +
    "طبیب فلاح زارع رهبر رهبری راهنما پیشوا پیرو نایب ناظم حافظ نظام نظامی پلیس آقایی بابایی " +
    "عمویی دایی جوان جوانی پیر پیری پسر پدر دختر برادر برادری خواهر میزبان مهمان مسافر مشتری درویش فقیر غریب غنی " +
    // faith
    "اسلام اسلامی الهی خدایی خدا روحانی دینی نماز دعا شفا شفایی شفاعت زیارت حاجی سید " +
    "شیخ امام شهید جانباز ایثار مولا معصوم مقدس مبارک حلال پاک پاکی اخلاق اخلاقی وجدانی انسانی " +
    "مقدم حاجت نذری خیر خیری نیکو " +
    // what a thing is like
    "شیرین شیرینی شریف نجیب لطیف ظریف زیبا زیبایی قشنگ رنگین خوش بزرگ بزرگی کوچک کوچکی قدیم قدیمی جدید جدیدی صالح " +
    "خالص سالم سلامت سلامتی خجسته فرخنده بهروز اعظم اول ثانی آخر راستی درستی " +
    "حقیقی حقوقی قانونی رسمی علمی عملی فنی ادبی سنتی صنعتی اصلی محلی ملی مرکزی عمومی خصوصی مردمی محبوب محترم " +
    "مظلوم منظم منور غالب طالب قائم دائم راضی نیاز نیازی بی‌نیاز حاضر حاضری ناظر ناظری " +
    "شاهد شاهدی کفیل ضامن ضامنی حساب حسابی کتابی زبانی خوبی سخی کبیر صغیر نظر نظری فکری شکری ذکری یادگار یادگاری " +
    "نگار نگاه نقش سامان تدبیر تدبیری مالی مایه سرمایه گنج گنجی نقدی وقفی قرار قراری سفر سفری راهی پولادی " +
    "گویا پویا کوشا جویا بینا دارا آگاه بیدار هوشیار استوار پایدار نیرومند برومند سربلند سرافراز نیکوکار خیرخواه مهیا " +
    "رها یگانه شایسته آراسته ارجمند گرامی خندان شاد معتمد مومن صمیمی سازگار راستگو درستکار خوشبخت خوشحال کافی باقی ثابت " +
    "جاری گواه کرامت شرافت سعادت هدایت عنایت حمایت کفایت ولایت درایت کرم بهبود بهبودی پرورش اندیشه کوشش نیایش ستایش " +
    "آهنگ نغمه سرود سرور خاطره فرمان گشایش ثبات ثمر ثمره ثنا سهام شکوفه شکوفا غنچه سبزه چمن پرستو کبوتر صدف یاقوت " +
    "عسل نبات برف دشت دشتی کوهستانی ارباب کلانتر کلانتری دادرس دادستان دادخواه حامی رهنما مشهدی کربلایی عرب عربی " +
    "ترک ترکی کرد کردی فارسی یزدان سبحان رزمنده",
);

/** Everyday words that also occur in names; they identify nobody, so texts are not searched for them. */
export const wordsThatNameNobody = comparableWords(
  "آقا آقای خانم از با بد بر به بی پا پر پس پی تا تو جا چه حق خط در دو را رو سر سه شب شد که کم کن کی ما من می نا نو " +
    "نه هر هم یا یک خدا الله اله الدین",
);

/** Of what most joined given names are made, as «علیرضا» or «نازنین‌زهرا». */
export const givenNameHalves = comparableWords(
  "محمد احمد محمود علی رضا حسین حسن مهدی امیر عباس اکبر اصغر کاظم جواد صادق باقر تقی نقی هادی حمید سعید غلام " +
    "ابوالفضل فاطمه زهرا زینب مریم نازنین سادات",
);

/** The words as names are compared, made at the first call: most runs of a function compare no name. */
export function comparableWords(written: string): () => ReadonlySet<string> {
  let words: ReadonlySet<string> | undefined;
  return () => {
    words ??= new Set(written.split(" ").map(comparableName));
    return words;
  };
}

/** Before a name these make it a place's or an organization's, which everybody writes. */
const places =
  /^(?:خیاب[او]ن|بلوار|مید[او]ن|کوچه|کوی|بزرگراه|جاده|چهارراه|پل|فلکه|روستا|شهرک?|محله|امامزاده|مسجد|بیمارستان|دانشگاه|مدرسه|دبستان|دبیرستان|پارک|فصل|ماه|بهشت|بندر|استان|بانک|وزارت|هتل|هواپیمایی|فرودگاه|ورزشگاه|دیوان)ی?$/;
/** People call on these with "یا", which is also "or". */
const invokedNames = comparableWords("ابوالفضل علی حسین حسن زهرا فاطمه مهدی رضا زینب محمد صاحب‌الزمان");
const honorifics = /^(?:شهید|شهدای?|امام|ایتالله)$/;
const saints = /^(?:امام|حضرت)$/;
const idioms = /^(?:امیدخدا|یاریخدا|دمسحر|اللهاکبر|خدای?(?:کریم|رحیم|رحمان))$/;

/** Titles, and words that say whose name comes next, in comparable form. */
const wordsBeforeName = comparableWords(
  "آقا آقای خانم خانوم جناب سرکار دکتر مهندس حاج حاجی سید سیده اینجانب جانب اسم اسمم اسمش نام نامم نامش فامیل فامیلم " +
    "فامیلی خانوادگی کوچیکم کوچکم امضا متقاضی شاکی نویسنده فرستنده تشکر سپاس احترام ارادتمند agha aghaye khanom khanoom " +
    "esm esmam name named",
);
/** Whoever says one of these goes on with a name, but as often with something else. */
const selfWords = comparableWords("من بنده خودم منم ما man i am im");
const wordsAfterSelf = comparableWords("از ساکن فرزند متولد کد");
/** What follows a name with which people introduce themselves or are called. */
const wordsAfterName = comparableWords(
  "هستم هستیم ام میباشم بودم صحبت صدا خانم خانوم آقا خان جان جون hastam hastim am",
);
/** What is said begins after these. */
const sayingVerbs = /^(?:گفت|گفته|گفتن|گفتند|میگه|میگن|میگوید|میگویند|goft|goftan)$/;
/** Written onto a name: "I am", "we are" and titles; and what is as often written onto other words: "my", "is", "the". */
const introducingSuffixes = /^(?:ام|ایم|هستم|خانم|خانوم|اقا|خان|جان|جون)$/;
const endings = /^(?:م|ه|و|رو|ست|است|ا)$/;

type Written = TextSpan & { whole: string; tokens: string[]; cut: string[]; names: string[]; isNamed: boolean };

/**
 * Whether a word that is also the citizen's name stands where people write names: beside another word of the name, after
 * an initial, a title or "my name is", before or with "I am", or alone between two signs, as a signature does.
 */
export function isUsedAsName(text: string, written: Written[], n: number): boolean {
  const [before, word, after] = [written[n - 1], written[n], written[n + 1]];
  if (!word) return false;
  const gapBefore = before ? text.slice(before.to, word.from) : `\n${text.slice(0, word.from)}`;
  const gapAfter = after ? text.slice(word.to, after.from) : `${text.slice(word.to)}\n`;
  const isNextTo = (gap: string, other: Written | undefined, isSo: (token: string) => boolean) =>
    nearGap.test(gap) && other?.tokens.some(isSo) === true;
  const isLed = (isSo: (token: string) => boolean) => isNextTo(gapBefore, before, isSo);
  const isFollowed = (among: () => ReadonlySet<string>) => isNextTo(gapAfter, after, (token) => among().has(token));
  const onto = word.names.map((name) => (word.whole.startsWith(name) ? word.whole.slice(name.length) : ""));
  const isSaid = partEnd().test(gapBefore) || isLed((token) => sayingVerbs.test(token));
  const isSelf = isLed((token) => selfWords().has(token));
  const isEnded = partStart().test(gapAfter);
  return (
    (before?.isNamed && nearGap.test(gapBefore)) ||
    (after?.isNamed && nearGap.test(gapAfter)) ||
    word.names.every((name) => word.cut.includes(name)) ||
    isLed((token) => wordsBeforeName().has(token)) ||
    isFollowed(wordsAfterName) ||
    onto.some((end, at) => introducingSuffixes.test(end) || (end === "م" && word.names[at]?.endsWith("ی"))) ||
    (isSaid && (isEnded || onto.some((end) => endings.test(end)))) ||
    (isSelf && (isEnded || isFollowed(wordsAfterSelf) || onto.some((end) => endings.test(end)))) ||
    /(?<![\p{L}\p{M}])\p{L}\. ?$/u.test(gapBefore)
  );
}

/** What stands between a name and the words that belong to it. */
const nearGap = /^[\s\p{Cf}_:،,./-]{0,3}$/u;
/** Signs, not digits, part a sentence from the next or one item of a list from another. Read at the first text. */
const partEnd = () => /[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0_][ \u00a0]*$/u;
const partStart = () => /^[ \u00a0]*[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0_]/u;

/** Whether the name that stands here is a street's, a village's or a saint's, or a part of an idiom. */
export function isNameOfPlace(text: string, { from, to }: TextSpan): boolean {
  const [word = "", next = ""] = wordsOf(text.slice(from, to + 30).split(sentenceBreak())[0]);
  const [before = "", further = ""] = wordsOf(
    text
      .slice(Math.max(0, from - 40), from)
      .split(sentenceBreak())
      .at(-1),
  ).toReversed();
  const place = honorifics.test(before) ? further : before;
  return (
    places.test(place) ||
    saints.test(before) ||
    (before === "یا" && invokedNames().has(word)) ||
    /^اباد(?!\p{L})/u.test(next) ||
    [before + word, word + next].some((both) => idioms.test(both))
  );
}

/** Beyond a line, a comma or the end of a sentence a word says nothing of the name. */
const sentenceBreak = () => /[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0]/u;

/** In comparable form. */
function wordsOf(text = ""): string[] {
  const words = text.trim().split(/[ \u00a0]+/);
  return words.map(comparableName);
}
