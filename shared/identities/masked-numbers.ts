import { isShebaValid, verifyCardNumber } from "@persian-tools/persian-tools";
import { comparableName, latinDigits, withoutSeparators } from "../text.ts";
import type { TextSpan } from "./decoded-text.ts";
import { type IsIdentityToken, nationalIdOf, phoneOf } from "./identity.ts";
import { spokenNumbers } from "./number-words.ts";

/** The citizen's numbers are recognized by their last digits, since people write the beginning in several ways. */
const comparedDigits = 8;

/** Returns the tokens that identify a number of the citizen. A number with fewer than eight digits has none. */
export function numberTokens(digits: string): string[] {
  return digits.length < comparedDigits ? [] : [digits.slice(-comparedDigits)];
}

/**
 * Finds the numbers of persons in a text: every valid national id, phone number, bank card and Sheba (Iranian bank
 * account number), and every number that the citizen gave. `isGiven`: whether a token belongs to the citizen. The spans
 * may overlap.
 */
export function personalNumbers(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const typedGroups = [...text.matchAll(typedDigits())].map(({ 0: written, index: from }) => {
    return { from, to: from + written.length, digits: digitsOf(written), isSpoken: false };
  });
  return spokenNumbers(text).flatMap((spoken) => {
    const spokenGroups = spoken.map(({ from, to, digits }) => ({ from, to, digits, isSpoken: true }));
    return numbersAmong(digitGroups(text, [...typedGroups, ...spokenGroups]), { text, isGiven });
  });
}

/**
 * Digits, together with the letters o, O, I and l between them, which look like digits. A plus belongs to the digits
 * after it, except where digits stand right before it: `1+2` is a sum. A function, because Node takes long to compile
 * an expression with classes of letters, and most runs mask no text.
 */
const typedDigits = () =>
  /(?:(?<!\p{Nd})\+\p{Cf}*)?(?:(?<!\p{L})[oOIl]{1,3}(?=\p{Nd}))?\p{Nd}+(?:[oOIl]+(?!\p{L})\p{Nd}*)*/gu;

function digitsOf(written: string): string {
  return withoutSeparators(written).replace(/o/gi, "0").replace(/[Il]/g, "1");
}

/** First finds the citizen's own numbers. Then the searches find other numbers, each among the groups that are left. */
function numbersAmong(groups: DigitGroup[], { text, isGiven }: { text: string; isGiven: IsIdentityToken }): TextSpan[] {
  const isOfCitizen = (candidate: NumberCandidate) => candidateTokens(candidate).some(isGiven);
  const given = searchGroups({ text, groups }, (candidates) => candidates.find(isOfCitizen)).found;
  const endsInGiven = ({ to }: NumberCandidate) => given.some((span) => span.from < to && to < span.to);
  const found = [...given];
  let rest = groups;
  for (const choose of searches) {
    // A candidate that ends inside a number of the citizen is made of parts of two numbers.
    const result = searchGroups({ text, groups: rest }, (candidates) =>
      choose(candidates.filter((candidate) => !endsInGiven(candidate))),
    );
    found.push(...result.found);
    rest = result.rest;
  }
  return found;
}

/**
 * Digits that stand together, or a number in words. `closeness` says how the group follows the group before it. It is
 * undefined if a new number begins.
 */
type DigitGroup = TextSpan & { digits: string; isSpoken: boolean; closeness?: Closeness | undefined };

/**
 * How a group follows the group before it:
 * - `close`: between them are only signs that stand inside numbers, such as spaces and hyphens.
 * - `near`: between them are signs of a list, words that say that the number goes on, or «و» (and) beside number words.
 * - `far`: between them are other signs, «و» between typed digits, or up to three other words.
 */
type Closeness = "close" | "near" | "far";

/** Signs that stand between the digits of a number: spaces, punctuation, kashidas, bullets. */
const signsInNumbers = /[\s\p{P}\p{Cf}\p{M}\u0640\u2212\u25a0-\u25ff]/gu;
/**
 * Between groups, these signs more often separate two numbers of a list than parts of one number. A mobile number is still
 * found across them (`chooseMobile`).
 */
const listSigns = /[\n،,؛;:()/]/;
/** People who read out a number say words between its groups, but not more than this. */
const mostWordsBetween = 3;
const mostCharactersBetween = 30;
/** Words that say that the number goes on, such as "then", "at the end", "the rest". */
const continuationWord = /^و?(?:(?:بعد|[آا]خر|وسط|ادامه?|بقیه?|دنباله?|ته)(?:ا?شم?|م)?|سپس)$/;

/** Sorts the groups by their place in the text, and decides how each follows the one before. */
function digitGroups(text: string, groups: DigitGroup[]): DigitGroup[] {
  const sorted = [...groups].sort((a, b) => a.from - b.from);
  return sorted.map((group, n) => ({ ...group, closeness: closenessOf(group, sorted[n - 1], text) }));
}

/** Undefined if more stands between two groups than inside one number: the group then begins a number of its own. */
function closenessOf(group: DigitGroup, before: DigitGroup | undefined, text: string): Closeness | undefined {
  if (!before) return undefined;
  const between = text.slice(before.to, group.from);
  // «شماره» (number) after an area code announces the rest of the phone number.
  const isAreaCode = /^0[1-8]\d$/.test(before.digits);
  const words = wordsBetween(between).filter((word) => !(isAreaCode && word.startsWith("شمار")));
  const wordsWithoutAnd = words.filter((word) => word !== "و");
  const isTooFar = wordsWithoutAnd.length > 0 && between.length > mostCharactersBetween;
  if (wordsWithoutAnd.length > mostWordsBetween || isTooFar) return undefined;
  const hasOtherSigns = /[^\p{L}]/u.test(between.replace(signsInNumbers, ""));
  const hasOtherWords = !wordsWithoutAnd.every((word) => continuationWord.test(word));
  if (hasOtherSigns || hasOtherWords) return "far";
  if (words.length === 0) return listSigns.test(between) ? "near" : "close";
  const isOnlyAnd = wordsWithoutAnd.length === 0;
  return isOnlyAnd && !before.isSpoken && !group.isSpoken ? "far" : "near";
}

/** Returns the words without joiners, vowel signs and kashidas. */
function wordsBetween(text: string): string[] {
  return text.replace(/[\p{Cf}\p{M}\u0640]/gu, "").match(/\p{L}+/gu) ?? [];
}

/**
 * Groups next to each other that may be one number. `digits`: the groups in their order in the text. `reversed`: the
 * groups in the opposite order, because in Persian text people type the groups of a number in either order. `isClose`:
 * every group follows `close`. `isNear`: no group follows `far`. `isSpoken`: every group is in words.
 */
type NumberCandidate = TextSpan & {
  text: string;
  firstGroup: string;
  lastGroup: string;
  groupCount: number;
  digits: string;
  reversed: string;
  isClose: boolean;
  isNear: boolean;
  isSpoken: boolean;
};

/**
 * Chooses one of the candidates that begin with the same group, the shortest first; undefined if none is a number.
 */
type ChooseCandidate = (candidates: NumberCandidate[]) => NumberCandidate | undefined;

/**
 * Goes through the groups from left to right, and lets `choose` take one of the candidates that begin there. After a
 * taken candidate another number begins. `found`: the taken candidates. `rest`: the groups in none of them.
 */
function searchGroups(
  { text, groups: all }: { text: string; groups: DigitGroup[] },
  choose: ChooseCandidate,
): { found: TextSpan[]; rest: DigitGroup[] } {
  const groups = [...all];
  const found: TextSpan[] = [];
  const rest: DigitGroup[] = [];
  for (let n = 0; n < groups.length; ) {
    const chosen = choose(candidatesFrom(groups, { at: n, text }));
    if (chosen) found.push(withShebaPrefix(chosen));
    else rest.push(...groups.slice(n, n + 1));
    n += chosen?.groupCount ?? 1;
    const next = chosen && groups[n];
    if (next) groups[n] = { ...next, closeness: undefined };
  }
  return { found, rest };
}

/** The longest personal number is a Sheba with 24 digits. Each of its digits may be a group. */
const mostDigits = 24;

/** Returns the candidates that begin with a group, the shortest first. */
function candidatesFrom(groups: DigitGroup[], { at, text }: { at: number; text: string }): NumberCandidate[] {
  const candidates: NumberCandidate[] = [];
  for (const group of groups.slice(at, at + mostDigits)) {
    const shorter = candidates.at(-1);
    if (shorter && (!group.closeness || shorter.digits.length >= mostDigits)) break;
    candidates.push(shorter ? extendCandidate(shorter, group) : candidateOfOneGroup(text, group));
  }
  return candidates;
}

function candidateOfOneGroup(text: string, { from, to, digits, isSpoken }: DigitGroup): NumberCandidate {
  return {
    text,
    from,
    to,
    firstGroup: digits,
    lastGroup: digits,
    groupCount: 1,
    digits,
    reversed: digits,
    isClose: true,
    isNear: true,
    isSpoken,
  };
}

function extendCandidate(shorter: NumberCandidate, group: DigitGroup): NumberCandidate {
  return {
    ...shorter,
    to: group.to,
    lastGroup: group.digits,
    groupCount: shorter.groupCount + 1,
    digits: shorter.digits + group.digits,
    reversed: group.digits + shorter.reversed,
    isClose: shorter.isClose && group.closeness === "close",
    isNear: shorter.isNear && group.closeness !== "far",
    isSpoken: shorter.isSpoken && group.isSpoken,
  };
}

/** The letters before the digits of a Sheba. */
const shebaPrefix = /(?:ir|آی[\s\p{Cf}]*آر)[\s\p{P}\p{Cf}]*$/iu;

function withShebaPrefix({ text, from, to, digits }: NumberCandidate): TextSpan {
  const prefix = digits.length === 24 ? shebaPrefix.exec(text.slice(Math.max(0, from - 12), from)) : null;
  return { from: from - (prefix?.[0].length ?? 0), to };
}

/** Returns the tokens of a candidate, for both orders of its groups. */
function candidateTokens({ groupCount, firstGroup, lastGroup, digits, reversed }: NumberCandidate): string[] {
  const tokens = tokensInOrder(digits, firstGroup);
  return groupCount === 1 ? tokens : [...tokens, ...tokensInOrder(reversed, lastGroup)];
}

/**
 * The compared digits must reach into the leading group. Otherwise a candidate without that group has the same token.
 */
function tokensInOrder(digits: string, leadingGroup: string): string[] {
  const bare = digits.replaceAll("+", "");
  return bare.length - leadingGroup.replace("+", "").length < comparedDigits ? numberTokens(bare) : [];
}

const mobile = /^(?:\+?98|00?98|0)9\d{9}$/;

/**
 * The surest search is first, because one in ten numbers happens to be a valid national id or landline. `chooseCertain`
 * looks for mobile numbers in the written order, before `chooseMobile` looks in the reversed order too. In "937089-9,
 * 0912-200-2580" the reversed order of the first three groups would also be a mobile number.
 */
const searches: ChooseCandidate[] = [chooseCertain, chooseMobile, chooseLikely];

function chooseCertain(candidates: NumberCandidate[]): NumberCandidate | undefined {
  const long = candidates.filter((candidate) => candidate.digits.length > 10 && isNearOrSpoken(candidate));
  return (
    long.find(isSheba) ?? long.find(isCard) ?? long.findLast(({ digits, isClose }) => isClose && mobile.test(digits))
  );
}

function chooseMobile(candidates: NumberCandidate[]): NumberCandidate | undefined {
  return candidates.filter(isNearOrSpoken).findLast(isMobile);
}

/**
 * Phones abroad come after Iranian numbers, because they have no fixed length and could take digits of the next number.
 */
function chooseLikely(candidates: NumberCandidate[]): NumberCandidate | undefined {
  const near = candidates.filter(({ isNear, digits }) => isNear && digits.length >= comparedDigits);
  const likely =
    near.find((candidate) => nationalIdOf(candidate.digits) !== undefined && !hasDate(candidate)) ??
    near.find(isIranianPhone) ??
    near.find((candidate) => isLocalLandline(candidate) && !hasDate(candidate) && isNearPhoneWord(candidate)) ??
    near.findLast(({ digits }) => phoneOf(digits) !== undefined) ??
    near.findLast(isDictated);
  return likely && isAmount(likely) ? undefined : likely;
}

/** Words between typed groups mean that another number begins. Between numbers in words they mean nothing. */
function isNearOrSpoken({ isNear, isSpoken }: NumberCandidate): boolean {
  return isNear || isSpoken;
}

function isSheba({ digits }: NumberCandidate): boolean {
  return digits.length === 24 && isShebaValid(`IR${digits}`);
}

/** No bank's cards begin with 0, 1 or 9, but numbers of court files do. */
function isCard({ digits }: NumberCandidate): boolean {
  return /^[2-8]\d{15}$/.test(digits) && verifyCardNumber(Number(digits)) === true;
}

/** Reads the groups in reversed order where the last group is the beginning of a mobile number, such as `0912`. */
function isMobile({ digits, lastGroup, reversed }: NumberCandidate): boolean {
  return mobile.test(/^09\d\d$/.test(lastGroup) ? reversed : digits);
}

/** Reads two groups in reversed order where the last one is an area code. */
function isIranianPhone({ digits, groupCount, lastGroup, reversed }: NumberCandidate): boolean {
  const phone = phoneOf(groupCount === 2 && /^0[1-8]\d$/.test(lastGroup) ? reversed : digits);
  return phone !== undefined && /^\+98\d{10}$/.test(phone);
}

/** A landline number without its area code, or without the zero of the area code. */
function isLocalLandline({ digits }: NumberCandidate): boolean {
  return /^(?:[1-8]\d)?[2-8]\d{7}$/.test(digits);
}

/**
 * Eight digits or more in at least four groups of words are taken for a phone number. They cannot be checked, since
 * "thirty and one" may be 31 or 30 and 1. "Twenty, thirty, forty, fifty" is no phone number: it only counts up.
 */
function isDictated({ digits, groupCount, isSpoken }: NumberCandidate): boolean {
  return isSpoken && groupCount > 3 && !/^(?:[1-9]0)*$/.test(digits);
}

type SpanInText = TextSpan & { text: string };

const currency = /^[\s\p{Cf}]*(?:هزار|میلیون|ملیون|میلیارد|ریال|توم[اه]?ن|rial|toman)/iu;
const inThousands = /^[1-9]\d{0,2}(?:[,،٬.']\d{3})+$/;

/** Returns whether a number is a sum of money, which belongs to no person. */
function isAmount({ text, from, to }: SpanInText): boolean {
  return currency.test(text.slice(to, to + 20)) || inThousands.test(latinDigits(text.slice(from, to)));
}

const date = /(?<!\d)(?:1[34]\d\d([/.-])\d{1,2}\1\d{1,2}|\d{1,2}([/.-])\d{1,2}\2(?:1[34]|20)\d\d)(?!\d)/;

/** Returns whether a part of a number is a date. A date and a time side by side, for example, look like one number. */
function hasDate({ text, from, to }: SpanInText): boolean {
  return date.test(latinDigits(text.slice(from, to)));
}

/** Words that say that a number is a phone number. */
const phoneWord =
  /^(?:تلفن|تلفون|تماس|زنگ|فکس|فاکس|نمابر|دورنگار|موبایل|اشغال|شماره?(?:ها)?[متش](?:[وا]ن)?$|tel|phone|fax|call|zang|tamas)/;
/** Words for other numbers, such as those of files, bills and receipts. */
const otherNumberWord =
  /^(?:پرونده|پیگیری|رهگیری|قب[وض]|شناسه|اشتراک|پلاک|تقاضا|سریال|داخلی|فیش|ابلاغ|ردیف|بخشنامه|مبلغ|پستی|کنتور|پروانه|ثبتی|دادنامه|قرارداد|ارجاع|پیوست|تاریخ|شبا|گواهی|مجوز|دفترچه|پیامک|تراکنش|(?:نامه|کد|سند|رسید|حساب|کارت|شکایت|درخواست|نوبت|ملی)(?:[میش]|ها)?$|code|file|case|parvande|peygiri|rahgiri)/;
/**
 * Places with a phone, such as home and shop. These words say less, because the place may also have a meter with a
 * number.
 */
const placeWord = /^(?:منزل|خونه?|خانه|مغازه|ثابت|همراه|گوشی|manzel|kh[ou]+ne)/;
const sentenceEnd = /[!?؟؛\n]|\.\s/;

/**
 * Returns whether the words around a number say that it is a phone number. The words before it in its sentence decide,
 * or else the words after it.
 */
function isNearPhoneWord({ text, from, to }: SpanInText): boolean {
  const [before = ""] = text
    .slice(Math.max(0, from - 80), from)
    .split(sentenceEnd)
    .slice(-1);
  const [after = ""] = text.slice(to, to + 60).split(sentenceEnd);
  const nearestBefore = wordsIn(before).toReversed().slice(0, 6);
  const nearestAfter = wordsIn(after).slice(0, 5);
  return isPhoneByWords(nearestBefore) ?? isPhoneByWords(nearestAfter) ?? false;
}

/** `words`: the nearest first. Returns undefined if no word decides. */
function isPhoneByWords(words: string[]): boolean | undefined {
  const decidingWord = words.find((word) => phoneWord.test(word) || otherNumberWord.test(word));
  if (decidingWord !== undefined) return phoneWord.test(decidingWord);
  return words.some((word) => placeWord.test(word)) || undefined;
}

function wordsIn(sentence: string): string[] {
  return (sentence.match(/\p{L}[\p{L}\p{M}\p{Cf}]*/gu) ?? []).map(comparableName);
}
