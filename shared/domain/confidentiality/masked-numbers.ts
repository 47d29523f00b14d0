import { isShebaValid, verifyCardNumber } from "@persian-tools/persian-tools";
import { comparableName, latinDigits, withoutSeparators } from "../text.ts";
import type { TextSpan } from "./decoded-text.ts";
import { type IsIdentityToken, nationalIdOf, phoneOf } from "./identity.ts";
import { type SpokenNumber, spokenNumbers } from "./number-words.ts";

type Written = TextSpan & { text: string };

const currency = /^[\s\p{Cf}]*(?:هزار|میلیون|ملیون|میلیارد|ریال|توم[اه]?ن|rial|toman)/iu;
const inThousands = /^[1-9]\d{0,2}(?:[,،٬.']\d{3})+$/;
const date = /(?<!\d)(?:1[34]\d\d([/.-])\d{1,2}\1\d{1,2}|\d{1,2}([/.-])\d{1,2}\2(?:1[34]|20)\d\d)(?!\d)/;

/** Sums of money are no numbers of a person, whatever their digits say. */
export function isAmount({ text, from, to }: Written): boolean {
  return currency.test(text.slice(to, to + 20)) || inThousands.test(latinDigits(text.slice(from, to)));
}

/** Whether a date is a part of it, as where a day and an hour stand side by side. */
export function looksLikeDate({ text, from, to }: Written): boolean {
  return date.test(latinDigits(text.slice(from, to)));
}

const phone =
  /^(?:تلفن|تلفون|تماس|زنگ|فکس|فاکس|نمابر|دورنگار|موبایل|اشغال|شماره?(?:ها)?[متش](?:[وا]ن)?$|tel|phone|fax|call|zang|tamas)/;
/** Where people are reached, but also where meters are and bills come. */
const place = /^(?:منزل|خونه?|خانه|مغازه|ثابت|همراه|گوشی|manzel|kh[ou]+ne)/;
const otherwise =
  /^(?:پرونده|پیگیری|رهگیری|قب[وض]|شناسه|اشتراک|پلاک|تقاضا|سریال|داخلی|فیش|ابلاغ|ردیف|بخشنامه|مبلغ|پستی|کنتور|پروانه|ثبتی|دادنامه|قرارداد|ارجاع|پیوست|تاریخ|شبا|گواهی|مجوز|دفترچه|پیامک|تراکنش|(?:نامه|کد|سند|رسید|حساب|کارت|شکایت|درخواست|نوبت|ملی)(?:[میش]|ها)?$|code|file|case|parvande|peygiri|rahgiri)/;
const sentence = /[!?؟؛\n]|\.\s/;

/** Whether the words around a number say that it is one to call: the nearest that says anything decides. */
export function isNearPhoneWord({ text, from, to }: Written): boolean {
  const before = text
    .slice(Math.max(0, from - 80), from)
    .split(sentence)
    .toReversed();
  const after = text.slice(to, to + 60).split(sentence);
  return (
    phoneWordDecides(wordsOf(before).toReversed().slice(0, 6)) ?? phoneWordDecides(wordsOf(after).slice(0, 5)) ?? false
  );
}

function wordsOf([nearest = ""]: string[]): string[] {
  return (nearest.match(/\p{L}[\p{L}\p{M}\p{Cf}]*/gu) ?? []).map(comparableName);
}

function phoneWordDecides(words: string[]): boolean | undefined {
  const deciding = words.find((word) => phone.test(word) || otherwise.test(word));
  if (deciding !== undefined) return phone.test(deciding);
  return words.some((word) => place.test(word)) || undefined;
}

/** What a number is written with, whoever's it is: spaces, punctuation, kashidas, bullets. */
const signs = /[\s\p{P}\p{Cf}\p{M}\u0640\u2212\u25a0-\u25ff]/gu;
/** What ends a number in a list more often than it parts the groups of one. */
const listSigns = /[\n،,؛;:()/]/;
/** Who reads a number out also says something between its groups: so many words and characters. */
const mostContinuationWords = 3;
const mostCharactersBetween = 30;
/** Then, after it, at its end, the rest of it: words that say that the number goes on. */
const continuationWord = /^و?(?:(?:بعد|[آا]خر|وسط|ادامه?|بقیه?|دنباله?|ته)(?:ا?شم?|م)?|سپس)$/;
/** The longest personal number is a Sheba's; each of its digits may stand alone. */
const mostDigits = 24;

/**
 * How a group follows the one before it: "close" with signs of one number between them, "near" with signs of a list or a
 * word that the number goes on, "far" with any signs, "و" (and) or a remark.
 */
type Closeness = "close" | "near" | "far";
/** Digits that stand together, or a number in words; what does not follow the group before it begins a number of its own. */
export type DigitGroup = TextSpan & { digits: string; isSpoken: boolean; follows?: Closeness | undefined };
/** Groups that may be one number, with their digits in either order: from right to left, people type them in both. */
export type NumberCandidate = TextSpan & {
  text: string;
  first: string;
  last: string;
  count: number;
  digits: string;
  reversed: string;
  isClose: boolean;
  isNear: boolean;
  isSpoken: boolean;
};

type NumbersRead = { inDigits: DigitGroup[]; inWords: SpokenNumber[] };

/** The groups of a text in their order. */
export function digitGroups(text: string, { inDigits, inWords }: NumbersRead): DigitGroup[] {
  const spoken = inWords.map(({ from, to, digits }) => ({ from, to, digits, isSpoken: true }));
  const groups = [...inDigits, ...spoken].sort((a, b) => a.from - b.from);
  return groups.map((group, n) => ({ ...group, follows: distanceTo(text, group, groups[n - 1]) }));
}

function distanceTo(text: string, group: DigitGroup, before: DigitGroup | undefined): Closeness | undefined {
  if (!before) return undefined;
  const between = text.slice(before.to, group.from);
  const words = wordsBetween(between);
  const isArea = /^0[1-8]\d$/.test(before.digits);
  const remarks = words.filter((word) => word !== "و" && !(isArea && word.startsWith("شمار")));
  if (remarks.length > mostContinuationWords || (remarks.length > 0 && between.length > mostCharactersBetween))
    return undefined;
  if (/[^\p{L}]/u.test(between.replace(signs, "")) || !remarks.every((word) => continuationWord.test(word)))
    return "far";
  if (remarks.length === 0 && !words.includes("و")) return listSigns.test(between) ? "near" : "close";
  return remarks.length > 0 || before.isSpoken || group.isSpoken ? "near" : "far";
}

/** Its words without joiners, vowel signs and kashidas. */
function wordsBetween(text: string): string[] {
  return text.replace(/[\p{Cf}\p{M}\u0640]/gu, "").match(/\p{L}+/gu) ?? [];
}

/** All that begin with this group, the shortest first. */
export function numberCandidatesFrom(
  groups: DigitGroup[],
  { at, text }: { at: number; text: string },
): NumberCandidate[] {
  const stretches: NumberCandidate[] = [];
  for (let n = at; n < groups.length; n++) {
    const [group, before] = [groups[n], stretches.at(-1)];
    if (!group || (before && (!group.follows || before.digits.length >= mostDigits))) break;
    stretches.push(before ? extendedCandidate(before, group) : candidateOfOneGroup(text, group));
  }
  return stretches;
}

function candidateOfOneGroup(text: string, { from, to, digits, isSpoken }: DigitGroup): NumberCandidate {
  return {
    text,
    from,
    to,
    first: digits,
    last: digits,
    count: 1,
    digits,
    reversed: digits,
    isClose: true,
    isNear: true,
    isSpoken,
  };
}

function extendedCandidate(before: NumberCandidate, group: DigitGroup): NumberCandidate {
  return {
    ...before,
    to: group.to,
    last: group.digits,
    count: before.count + 1,
    digits: before.digits + group.digits,
    reversed: group.digits + before.reversed,
    isClose: before.isClose && group.follows === "close",
    isNear: before.isNear && group.follows !== "far",
    isSpoken: before.isSpoken && group.isSpoken,
  };
}

/**
 * Digits, and the letters among them that look like some. A plus belongs to the digits after it, unless there are digits
 * right before it: `1+2` is a sum. Read at the first text, as `spelled` of the addresses is.
 */
const typed = () =>
  /(?:(?<!\p{Nd})\+\p{Cf}*)?(?:(?<!\p{L})[oOIl]{1,3}(?=\p{Nd}))?\p{Nd}+(?:[oOIl]+(?!\p{L})\p{Nd}*)*/gu;
const mobile = /^(?:\+?98|00?98|0)9\d{9}$/;
/** A number that the citizen gave is recognized by its last digits, whichever prefix it is written with. */
const comparedDigits = 8;
/** What a Sheba begins with. */
const country = /(?:ir|آی[\s\p{Cf}]*آر)[\s\p{P}\p{Cf}]*$/iu;

/** Which of the stretches that begin at one place belongs to a person; the shortest comes first. */
type CandidateChoice = (stretches: NumberCandidate[]) => NumberCandidate | undefined;

/**
 * Where the numbers stand that belong to a person: valid national ids, phones, cards and Shebas, whoever's they are, and
 * what the citizen gave, which is recognized across signs, too.
 */
export function personalNumbers(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const inDigits = [...text.matchAll(typed())].map(({ 0: written, index: from }) => {
    return { from, to: from + written.length, digits: digitsOf(written), isSpoken: false };
  });
  const isOurs = (stretch: NumberCandidate) => candidateTokens(stretch).some(isGiven);
  return spokenNumbers(text).flatMap((inWords) => {
    const groups = digitGroups(text, { inDigits, inWords });
    // Whatever its digits say, no number ends in the midst of one that was given.
    const given = chooseCandidates({ text, groups }, (all) => all.find(isOurs)).found;
    const whole = (all: NumberCandidate[]) =>
      all.filter(({ to }) => !given.some((one) => one.from < to && to < one.to));
    let rest = groups;
    const found = choices.flatMap((choice) => {
      const next = chooseCandidates({ text, groups: rest }, (all) => choice(whole(all)));
      rest = next.rest;
      return next.found;
    });
    return [...given, ...found];
  });
}

function digitsOf(written: string): string {
  return withoutSeparators(written).replace(/o/gi, "0").replace(/[Il]/g, "1");
}

/** How a number is recognized that was given; a shorter one is not. */
export function numberTokens(digits: string): string[] {
  return digits.length < comparedDigits ? [] : [digits.slice(-comparedDigits)];
}

/** Two numbers side by side look like one, so every stretch of groups is tried; the rest is what is in none. */
function chooseCandidates(
  { text, groups: all }: { text: string; groups: DigitGroup[] },
  choice: CandidateChoice,
): { found: TextSpan[]; rest: DigitGroup[] } {
  const groups = [...all];
  const found: TextSpan[] = [];
  const rest: DigitGroup[] = [];
  for (let n = 0; n < groups.length; ) {
    const personal = choice(numberCandidatesFrom(groups, { at: n, text }));
    if (personal) found.push(withCountry(personal));
    else rest.push(...groups.slice(n, n + 1));
    n += personal?.count ?? 1;
    const next = personal && groups[n];
    if (next) groups[n] = { ...next, follows: undefined };
  }
  return { found, rest };
}

/**
 * The surest first, since one in ten numbers passes for a national id or a landline. A mobile is looked for as most people
 * write it before it is looked for from its last group, where the next number may begin: "937089-9, 0912-200-2580".
 */
const choices: CandidateChoice[] = [certainCandidate, mobileCandidate, likelyCandidate];

function certainCandidate(stretches: NumberCandidate[]): NumberCandidate | undefined {
  const near = stretches.filter((stretch) => stretch.digits.length > 10 && isCloseOrSpoken(stretch));
  return (
    near.find(isSheba) ?? near.find(isCard) ?? near.findLast(({ digits, isClose }) => isClose && mobile.test(digits))
  );
}

function mobileCandidate(stretches: NumberCandidate[]): NumberCandidate | undefined {
  return stretches.filter(isCloseOrSpoken).findLast(isMobile);
}

/** Who reads digits out says other words between them; written ones belong to another number then. */
function isCloseOrSpoken({ isNear, isSpoken }: NumberCandidate): boolean {
  return isNear || isSpoken;
}

/** A phone abroad has no certain length and would run on into the next number, so it comes after those at home. */
function likelyCandidate(stretches: NumberCandidate[]): NumberCandidate | undefined {
  const near = stretches.filter(({ isNear, digits }) => isNear && digits.length >= comparedDigits);
  const likely =
    near.find((stretch) => nationalIdOf(stretch.digits) !== undefined && !looksLikeDate(stretch)) ??
    near.find(isIranianPhone) ??
    near.find((stretch) => isLandline(stretch) && !looksLikeDate(stretch) && isNearPhoneWord(stretch)) ??
    near.findLast(({ digits }) => phoneOf(digits) !== undefined) ??
    near.findLast(isDictated);
  return likely && isAmount(likely) ? undefined : likely;
}

function isSheba({ digits }: NumberCandidate): boolean {
  return digits.length === 24 && isShebaValid(`IR${digits}`);
}

/** No bank's cards begin with 0, 1 or 9, and numbers of court files do. */
function isCard({ digits }: NumberCandidate): boolean {
  return /^[2-8]\d{15}$/.test(digits) && verifyCardNumber(Number(digits)) === true;
}

function isMobile({ digits, last, reversed }: NumberCandidate): boolean {
  return mobile.test(/^09\d\d$/.test(last) ? reversed : digits);
}

function isIranianPhone({ digits, count, last, reversed }: NumberCandidate): boolean {
  const phone = phoneOf(count === 2 && /^0[1-8]\d$/.test(last) ? reversed : digits);
  return phone !== undefined && /^\+98\d{10}$/.test(phone);
}

/** Without its area code, or without the zero before it. */
function isLandline({ digits }: NumberCandidate): boolean {
  return /^(?:[1-8]\d)?[2-8]\d{7}$/.test(digits);
}

/**
 * Nobody reads another number out in so many parts, and its digits are not certain: "thirty and one" may be 31.
 * "Twenty, thirty, forty, fifty" only counts up.
 */
function isDictated({ digits, count, isSpoken }: NumberCandidate): boolean {
  return isSpoken && count > 3 && !/^(?:[1-9]0)*$/.test(digits);
}

function candidateTokens({ count, first, last, digits, reversed }: NumberCandidate): string[] {
  const forward = endOf(digits, first);
  return count === 1 ? forward : [...forward, ...endOf(reversed, last)];
}

/** The end of a number has to begin in its first group, whichever end that is. */
function endOf(digits: string, first: string): string[] {
  const bare = digits.replaceAll("+", "");
  return bare.length - first.replace("+", "").length < comparedDigits ? numberTokens(bare) : [];
}

function withCountry({ text, from, to, digits }: NumberCandidate): TextSpan {
  const before = digits.length === 24 ? country.exec(text.slice(Math.max(0, from - 12), from)) : null;
  return { from: from - (before?.[0].length ?? 0), to };
}
