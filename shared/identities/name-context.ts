import { comparableName } from "../text.ts";
import type { TextSpan } from "./decoded-text.ts";

/** Everyday words that look like a name with an ending or a beginning, or like two joined names, but are no names. */
export const ordinaryWords = comparableWords(
  "علیه علی‌رغم علی‌الحساب خانم خانه آقای نامه مردم کردم کرده دارم داره دادم داده خواهم خواهیم دانم توانم بینم " +
    "کارم کاره کارها میرم میره نظرم روزه روزها دارو بانو نیکو واحد وزین وداد ورود واقعا بعلاوه ازدواج باران بارش " +
    "بازار باهنر بنام بکار بنظر بنظرم بیاری بیار بیارم بیاره بخیر بروز " +
    "مهریه نظریه محمدیه سلطانیه حسینیه مهدیه فاطمیه زینبیه بوئین‌زهرا",
);

/** Everyday words that are also names. They count as names only where people write names (`isUsedAsName`). */
export const everydayWords = comparableWords(
  // hopes, feelings, good things
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
    // properties
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

/** Everyday words that are also parts of names. They identify nobody, so texts are not searched for them. */
export const wordsThatNameNobody = comparableWords(
  "آقا آقای خانم از با بد بر به بی پا پر پس پی تا تو جا چه حق خط در دو را رو سر سه شب شد که کم کن کی ما من می نا نو " +
    "نه هر هم یا یک خدا الله اله الدین",
);

/** The usual halves of joined given names, such as «علیرضا» or «نازنین‌زهرا». */
export const givenNameHalves = comparableWords(
  "محمد احمد محمود علی رضا حسین حسن مهدی امیر عباس اکبر اصغر کاظم جواد صادق باقر تقی نقی هادی حمید سعید غلام " +
    "ابوالفضل فاطمه زهرا زینب مریم نازنین سادات",
);

/** Returns the words in comparable form. The set is made at the first call, because most runs mask no text. */
function comparableWords(written: string): () => ReadonlySet<string> {
  let words: ReadonlySet<string> | undefined;
  return () => {
    words ??= new Set(written.split(" ").map(comparableName));
    return words;
  };
}

/**
 * Words before the name of a place or an organization, such as "street". Such a name says nothing about the citizen.
 */
const places =
  /^(?:خیاب[او]ن|بلوار|مید[او]ن|کوچه|کوی|بزرگراه|جاده|چهارراه|پل|فلکه|روستا|شهرک?|محله|امامزاده|مسجد|بیمارستان|دانشگاه|مدرسه|دبستان|دبیرستان|پارک|فصل|ماه|بهشت|بندر|استان|بانک|وزارت|هتل|هواپیمایی|فرودگاه|ورزشگاه|دیوان)ی?$/;
/** Names of saints that people invoke with «یا». The same word also means "or". */
const invokedNames = comparableWords("ابوالفضل علی حسین حسن زهرا فاطمه مهدی رضا زینب محمد صاحب‌الزمان");
const honorifics = /^(?:شهید|شهدای?|امام|ایتالله)$/;
const saints = /^(?:امام|حضرت)$/;
const idioms = /^(?:امیدخدا|یاریخدا|دمسحر|اللهاکبر|خدای?(?:کریم|رحیم|رحمان))$/;

/** Titles and words after which a name comes, such as "my name". */
const wordsBeforeName = comparableWords(
  "آقا آقای خانم خانوم جناب سرکار دکتر مهندس حاج حاجی سید سیده اینجانب جانب اسم اسمم اسمش نام نامم نامش فامیل فامیلم " +
    "فامیلی خانوادگی کوچیکم کوچکم امضا متقاضی شاکی نویسنده فرستنده تشکر سپاس احترام ارادتمند agha aghaye khanom khanoom " +
    "esm esmam name named",
);
/** Words for oneself. A name may come next, but as often another word does. */
const selfWords = comparableWords("من بنده خودم منم ما man i am im");
const wordsAfterSelf = comparableWords("از ساکن فرزند متولد کد");
/** Words after the name of a person, such as "I am" and titles. */
const wordsAfterName = comparableWords(
  "هستم هستیم ام میباشم بودم صحبت صدا خانم خانوم آقا خان جان جون hastam hastim am",
);
/** Verbs such as "said", after which quoted speech begins. */
const sayingVerbs = /^(?:گفت|گفته|گفتن|گفتند|میگه|میگن|میگوید|میگویند|goft|goftan)$/;
/** Endings of names when people introduce themselves: "I am", "we are", titles. */
const introducingSuffixes = /^(?:ام|ایم|هستم|خانم|خانوم|اقا|خان|جان|جون)$/;
/** Endings that names and other words have equally often: "my", "is", "the". */
const commonSuffixes = /^(?:م|ه|و|رو|ست|است|ا)$/;

/**
 * A word of a text. `whole`, `tokens` and `cut`: its readings (`masked-names.ts`). `names`: the tokens that are in the
 * citizen's name. `isNamed`: whether there are any.
 */
type Written = TextSpan & { whole: string; tokens: string[]; cut: string[]; names: string[]; isNamed: boolean };

/**
 * Returns whether a word that is also the citizen's name is in a place where people write names. These places are:
 * beside another word of the name; after an initial, a title or "my name is"; before or with "I am"; alone between two
 * signs, as in a signature.
 */
export function isUsedAsName(text: string, written: Written[], n: number): boolean {
  const [before, word, after] = [written[n - 1], written[n], written[n + 1]];
  if (!word) return false;
  const gapBefore = before ? text.slice(before.to, word.from) : `\n${text.slice(0, word.from)}`;
  const gapAfter = after ? text.slice(word.to, after.from) : `${text.slice(word.to)}\n`;
  const [nearBefore, nearAfter] = [wordIfNear(before, gapBefore), wordIfNear(after, gapAfter)];
  const suffixes = word.names.map((name) => (word.whole.startsWith(name) ? word.whole.slice(name.length) : ""));
  const beginsPart = endOfPart().test(gapBefore) || nearBefore.tokens.some((token) => sayingVerbs.test(token));
  const isAfterSelfWord = nearBefore.tokens.some((token) => selfWords().has(token));
  const endsNamingPart = startOfPart().test(gapAfter) || suffixes.some((suffix) => commonSuffixes.test(suffix));

  const isBesideName = nearBefore.isNamed || nearAfter.isNamed;
  const hasOnlyCutNames = word.names.every((name) => word.cut.includes(name));
  const isAfterTitle = nearBefore.tokens.some((token) => wordsBeforeName().has(token));
  const isBeforeNameWord = nearAfter.tokens.some((token) => wordsAfterName().has(token));
  const saysIAm = suffixes.some(
    (suffix, at) => introducingSuffixes.test(suffix) || (suffix === "م" && word.names[at]?.endsWith("ی")),
  );
  const standsAlone = beginsPart && endsNamingPart;
  const followsSelfWord =
    isAfterSelfWord && (endsNamingPart || nearAfter.tokens.some((token) => wordsAfterSelf().has(token)));
  const isAfterInitial = /(?<![\p{L}\p{M}])\p{L}\. ?$/u.test(gapBefore);
  return (
    isBesideName ||
    hasOnlyCutNames ||
    isAfterTitle ||
    isBeforeNameWord ||
    saysIAm ||
    standsAlone ||
    followsSelfWord ||
    isAfterInitial
  );
}

/** Returns the neighbouring word; a word without tokens where it is too far away to belong to the name. */
function wordIfNear(word: Written | undefined, gap: string): Pick<Written, "tokens" | "isNamed"> {
  return word && nearGap.test(gap) ? word : { tokens: [], isNamed: false };
}

/** The signs between a name and the words that belong to it. */
const nearGap = /^[\s\p{Cf}_:،,./-]{0,3}$/u;
/**
 * A sign, but no digit, separates two sentences or two items of a list. Functions, so that runs without texts compile
 * nothing.
 */
const endOfPart = () => /[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0_][ \u00a0]*$/u;
const startOfPart = () => /^[ \u00a0]*[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0_]/u;

/** Returns whether a name belongs to a place, such as a street, or to a saint, or to an idiom. */
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

/** Words beyond a line end, a comma or the end of a sentence do not belong to a name. */
const sentenceBreak = () => /[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0]/u;

/** Returns the words of a text in comparable form. */
function wordsOf(text = ""): string[] {
  const words = text.trim().split(/[ \u00a0]+/);
  return words.map(comparableName);
}
