import { isShebaValid, verifyCardNumber } from "@persian-tools/persian-tools";
import { bareSymbols } from "../text.ts";
import { type IsGiven, nationalIdOf, phoneOf } from "./citizen.ts";
import { isAmount, isDated, isDialled } from "./number-context.ts";
import { type Group, groupsOf, type Stretch, stretchesFrom } from "./number-stretches.ts";
import { spokenNumbers } from "./number-words.ts";
import type { Span } from "./span.ts";

/**
 * Digits, and the letters among them that look like some. A plus belongs to the digits after it, unless there are digits
 * right before it: `1+2` is a sum. Read at the first text, as `spelled` of the addresses is.
 */
const typed = () =>
  /(?:(?<!\p{Nd})\+\p{Cf}*)?(?:(?<!\p{L})[oOIl]{1,3}(?=\p{Nd}))?\p{Nd}+(?:[oOIl]+(?!\p{L})\p{Nd}*)*/gu;
const mobile = /^(?:\+?98|00?98|0)9\d{9}$/;
/** A number that the citizen gave is recognized by its last digits, whichever prefix it is written with. */
const knownDigits = 8;
/** What a Sheba begins with. */
const country = /(?:ir|آی[\s\p{Cf}]*آر)[\s\p{P}\p{Cf}]*$/iu;

/** Which of the stretches that begin at one place belongs to a person; the shortest comes first. */
type Choice = (stretches: Stretch[]) => Stretch | undefined;

/**
 * Where the numbers stand that belong to a person: valid national ids, phones, cards and Shebas, whoever's they are, and
 * what the citizen gave, which is recognized across signs, too.
 */
export function personalNumbers(text: string, isGiven: IsGiven): Span[] {
  const inDigits = [...text.matchAll(typed())].map(({ 0: written, index: from }) => {
    return { from, to: from + written.length, digits: digitsOf(written), isSpoken: false };
  });
  const isOurs = (stretch: Stretch) => givenTokens(stretch).some(isGiven);
  return spokenNumbers(text).flatMap((inWords) => {
    const groups = groupsOf(text, { inDigits, inWords });
    // Whatever its digits say, no number ends in the midst of one that was given.
    const given = chosen({ text, groups }, (all) => all.find(isOurs)).found;
    const whole = (all: Stretch[]) => all.filter(({ to }) => !given.some((one) => one.from < to && to < one.to));
    let rest = groups;
    const found = choices.flatMap((choice) => {
      const next = chosen({ text, groups: rest }, (all) => choice(whole(all)));
      rest = next.rest;
      return next.found;
    });
    return [...given, ...found];
  });
}

function digitsOf(written: string): string {
  return bareSymbols(written).replace(/o/gi, "0").replace(/[Il]/g, "1");
}

/** How a number is recognized that was given; a shorter one is not. */
export function numberTokens(digits: string): string[] {
  return digits.length < knownDigits ? [] : [digits.slice(-knownDigits)];
}

/** Two numbers side by side look like one, so every stretch of groups is tried; the rest is what is in none. */
function chosen(
  { text, groups: all }: { text: string; groups: Group[] },
  choice: Choice,
): { found: Span[]; rest: Group[] } {
  const groups = [...all];
  const found: Span[] = [];
  const rest: Group[] = [];
  for (let n = 0; n < groups.length; ) {
    const personal = choice(stretchesFrom(groups, { at: n, text }));
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
const choices: Choice[] = [certainOf, mobileOf, likelyOf];

function certainOf(stretches: Stretch[]): Stretch | undefined {
  const near = stretches.filter((stretch) => stretch.digits.length > 10 && isNearOrSpoken(stretch));
  return (
    near.find(isSheba) ?? near.find(isCard) ?? near.findLast(({ digits, isClose }) => isClose && mobile.test(digits))
  );
}

function mobileOf(stretches: Stretch[]): Stretch | undefined {
  return stretches.filter(isNearOrSpoken).findLast(isMobile);
}

/** Who reads digits out says other words between them; written ones belong to another number then. */
function isNearOrSpoken({ isNear, isSpoken }: Stretch): boolean {
  return isNear || isSpoken;
}

/** A phone abroad has no certain length and would run on into the next number, so it comes after those at home. */
function likelyOf(stretches: Stretch[]): Stretch | undefined {
  const near = stretches.filter(({ isNear, digits }) => isNear && digits.length >= knownDigits);
  const likely =
    near.find((stretch) => nationalIdOf(stretch.digits) !== undefined && !isDated(stretch)) ??
    near.find(isIranianPhone) ??
    near.find((stretch) => isLandline(stretch) && !isDated(stretch) && isDialled(stretch)) ??
    near.findLast(({ digits }) => phoneOf(digits) !== undefined) ??
    near.findLast(isDictated);
  return likely && isAmount(likely) ? undefined : likely;
}

function isSheba({ digits }: Stretch): boolean {
  return digits.length === 24 && isShebaValid(`IR${digits}`);
}

/** No bank's cards begin with 0, 1 or 9, and numbers of court files do. */
function isCard({ digits }: Stretch): boolean {
  return /^[2-8]\d{15}$/.test(digits) && verifyCardNumber(Number(digits)) === true;
}

function isMobile({ digits, last, reversed }: Stretch): boolean {
  return mobile.test(/^09\d\d$/.test(last) ? reversed : digits);
}

function isIranianPhone({ digits, count, last, reversed }: Stretch): boolean {
  const phone = phoneOf(count === 2 && /^0[1-8]\d$/.test(last) ? reversed : digits);
  return phone !== undefined && /^\+98\d{10}$/.test(phone);
}

/** Without its area code, or without the zero before it. */
function isLandline({ digits }: Stretch): boolean {
  return /^(?:[1-8]\d)?[2-8]\d{7}$/.test(digits);
}

/**
 * Nobody reads another number out in so many parts, and its digits are not certain: "thirty and one" may be 31.
 * "Twenty, thirty, forty, fifty" only counts up.
 */
function isDictated({ digits, count, isSpoken }: Stretch): boolean {
  return isSpoken && count > 3 && !/^(?:[1-9]0)*$/.test(digits);
}

function givenTokens({ count, first, last, digits, reversed }: Stretch): string[] {
  const forward = endOf(digits, first);
  return count === 1 ? forward : [...forward, ...endOf(reversed, last)];
}

/** The end of a number has to begin in its first group, whichever end that is. */
function endOf(digits: string, first: string): string[] {
  const bare = digits.replaceAll("+", "");
  return bare.length - first.replace("+", "").length < knownDigits ? numberTokens(bare) : [];
}

function withCountry({ text, from, to, digits }: Stretch): Span {
  const before = digits.length === 24 ? country.exec(text.slice(Math.max(0, from - 12), from)) : null;
  return { from: from - (before?.[0].length ?? 0), to };
}
