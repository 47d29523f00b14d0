import { comparableName } from "../text.ts";
import { comparables } from "./name-lists.ts";
import type { Span } from "./span.ts";

/** Before a name these make it a place's or an organization's, which everybody writes. */
const places =
  /^(?:خیاب[او]ن|بلوار|مید[او]ن|کوچه|کوی|بزرگراه|جاده|چهارراه|پل|فلکه|روستا|شهرک?|محله|امامزاده|مسجد|بیمارستان|دانشگاه|مدرسه|دبستان|دبیرستان|پارک|فصل|ماه|بهشت|بندر|استان|بانک|وزارت|هتل|هواپیمایی|فرودگاه|ورزشگاه|دیوان)ی?$/;
/** People call on these with "یا", which is also "or". */
const calledUpon = comparables("ابوالفضل علی حسین حسن زهرا فاطمه مهدی رضا زینب محمد صاحب‌الزمان");
const honours = /^(?:شهید|شهدای?|امام|ایتالله)$/;
const saints = /^(?:امام|حضرت)$/;
const idioms = /^(?:امیدخدا|یاریخدا|دمسحر|اللهاکبر|خدای?(?:کریم|رحیم|رحمان))$/;

/** Titles, and words that say whose name comes next, in comparable form. */
const leading = comparables(
  "آقا آقای خانم خانوم جناب سرکار دکتر مهندس حاج حاجی سید سیده اینجانب جانب اسم اسمم اسمش نام نامم نامش فامیل فامیلم " +
    "فامیلی خانوادگی کوچیکم کوچکم امضا متقاضی شاکی نویسنده فرستنده تشکر سپاس احترام ارادتمند agha aghaye khanom khanoom " +
    "esm esmam name named",
);
/** Whoever says one of these goes on with a name, but as often with something else. */
const self = comparables("من بنده خودم منم ما man i am im");
const afterSelf = comparables("از ساکن فرزند متولد کد");
/** What follows a name with which people introduce themselves or are called. */
const following = comparables("هستم هستیم ام میباشم بودم صحبت صدا خانم خانوم آقا خان جان جون hastam hastim am");
/** What is said begins after these. */
const saying = /^(?:گفت|گفته|گفتن|گفتند|میگه|میگن|میگوید|میگویند|goft|goftan)$/;
/** Written onto a name: "I am", "we are" and titles; and what is as often written onto other words: "my", "is", "the". */
const introducing = /^(?:ام|ایم|هستم|خانم|خانوم|اقا|خان|جان|جون)$/;
const endings = /^(?:م|ه|و|رو|ست|است|ا)$/;

type Written = Span & { whole: string; tokens: string[]; cut: string[]; names: string[]; isNamed: boolean };

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
    near.test(gap) && other?.tokens.some(isSo) === true;
  const isLed = (isSo: (token: string) => boolean) => isNextTo(gapBefore, before, isSo);
  const isFollowed = (among: () => ReadonlySet<string>) => isNextTo(gapAfter, after, (token) => among().has(token));
  const onto = word.names.map((name) => (word.whole.startsWith(name) ? word.whole.slice(name.length) : ""));
  const isSaid = endsPart().test(gapBefore) || isLed((token) => saying.test(token));
  const isSelf = isLed((token) => self().has(token));
  const isEnded = beginsPart().test(gapAfter);
  return (
    (before?.isNamed && near.test(gapBefore)) ||
    (after?.isNamed && near.test(gapAfter)) ||
    word.names.every((name) => word.cut.includes(name)) ||
    isLed((token) => leading().has(token)) ||
    isFollowed(following) ||
    onto.some((end, at) => introducing.test(end) || (end === "م" && word.names[at]?.endsWith("ی"))) ||
    (isSaid && (isEnded || onto.some((end) => endings.test(end)))) ||
    (isSelf && (isEnded || isFollowed(afterSelf) || onto.some((end) => endings.test(end)))) ||
    /(?<![\p{L}\p{M}])\p{L}\. ?$/u.test(gapBefore)
  );
}

/** What stands between a name and the words that belong to it. */
const near = /^[\s\p{Cf}_:،,./-]{0,3}$/u;
/** Signs, not digits, part a sentence from the next or one item of a list from another. Read at the first text. */
const endsPart = () => /[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0_][ \u00a0]*$/u;
const beginsPart = () => /^[ \u00a0]*[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0_]/u;

/** Whether the name that stands here is a street's, a village's or a saint's, or a part of an idiom. */
export function isNameOfPlace(text: string, { from, to }: Span): boolean {
  const [word = "", next = ""] = wordsOf(text.slice(from, to + 30).split(apart())[0]);
  const [before = "", further = ""] = wordsOf(
    text
      .slice(Math.max(0, from - 40), from)
      .split(apart())
      .at(-1),
  ).toReversed();
  const place = honours.test(before) ? further : before;
  return (
    places.test(place) ||
    saints.test(before) ||
    (before === "یا" && calledUpon().has(word)) ||
    /^اباد(?!\p{L})/u.test(next) ||
    [before + word, word + next].some((both) => idioms.test(both))
  );
}

/** Beyond a line, a comma or the end of a sentence a word says nothing of the name. */
const apart = () => /[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0]/u;

/** In comparable form. */
function wordsOf(text = ""): string[] {
  const words = text.trim().split(/[ \u00a0]+/);
  return words.map(comparableName);
}
