import { isShebaValid, verifyCardNumber } from "@persian-tools/persian-tools";
import { bareSymbols } from "../text.ts";
import { nationalIdOf, phoneOf } from "./citizen.ts";
import { isAmount, isDated, isDialled } from "./number-context.ts";
import { type Group, groupsOf, type Stretch, stretchesFrom } from "./number-stretches.ts";
import { spokenNumbers } from "./number-words.ts";
import type { Span } from "./span.ts";

/** A plus belongs to the digits after it, unless there are digits right before it: `1+2` is a sum. */
const typed = /(?:(?<!\p{Nd})\+\p{Cf}*)?\p{Nd}+/gu;
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
export function personalNumbers(text: string, isGiven: (token: string) => boolean): Span[] {
  const inDigits = [...text.matchAll(typed)].map(({ 0: written, index: from }) => {
    return { from, to: from + written.length, digits: bareSymbols(written), isSpoken: false };
  });
  const isOurs = (stretch: Stretch) => givenTokens(stretch).some(isGiven);
  return spokenNumbers(text).flatMap((inWords) => {
    const groups = groupsOf(text, { inDigits, inWords });
    // Whatever its digits say, no number ends in the midst of one that was given.
    const given = chosen({ text, groups: [...groups] }, (all) => all.find(isOurs)).found;
    const whole = (all: Stretch[]) => all.filter(({ to }) => !given.some((one) => one.from < to && to < one.to));
    // One in ten numbers passes for a national id or a landline, so what is certain is taken out first.
    const certain = chosen({ text, groups }, (all) => certainOf(whole(all)));
    const likely = chosen({ text, groups: certain.rest }, (all) => likelyOf(whole(all)) ?? all.find(isOurs));
    return [...certain.found, ...likely.found];
  });
}

/** How a number is recognized that was given; a shorter one is not. */
export function numberTokens(digits: string): string[] {
  return digits.length < knownDigits ? [] : [digits.slice(-knownDigits)];
}

/** Two numbers side by side look like one, so every stretch of groups is tried; the rest is what is in none. */
function chosen({ text, groups }: { text: string; groups: Group[] }, choice: Choice): { found: Span[]; rest: Group[] } {
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

function certainOf(stretches: Stretch[]): Stretch | undefined {
  const near = stretches.filter(({ isNear, isSpoken, digits }) => digits.length > 10 && (isNear || isSpoken));
  return near.find(isSheba) ?? near.find(isCard) ?? near.findLast((one) => isMobile(one) && !beginsAnother(one, near));
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
  return /^(?:\+?98|00?98|0)9\d{9}$/.test(/^09\d\d$/.test(last) ? reversed : digits);
}

/** What ends a number in a list more than it parts one. */
const parting = /[\n،,؛;:()/]/;

/** Whether what reads as a mobile from its last group back is another number and the beginning of one: `937089-9, 0912-…`. */
function beginsAnother({ text, from, to, digits, last, lastFrom }: Stretch, near: Stretch[]): boolean {
  const ahead = near.find((one) => one.to > to && /^09\d{9}$/.test(one.digits.slice(digits.length - last.length)));
  if (!/^09\d\d$/.test(last) || !ahead) return false;
  return parting.test(text.slice(from, to)) && !parting.test(text.slice(lastFrom, ahead.to));
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

/** The end of a number has to begin in its first group, whichever end that is. */
function givenTokens({ first, last, digits, reversed }: Stretch): string[] {
  if (digits.length < knownDigits) return [];
  const readings =
    first === digits
      ? [[first, digits]]
      : [
          [first, digits],
          [last, reversed],
        ];
  return readings.flatMap(([start = "", all = ""]) => {
    const bare = all.replaceAll("+", "");
    return bare.length - start.replace("+", "").length < knownDigits ? numberTokens(bare) : [];
  });
}

function withCountry({ text, from, to, digits }: Stretch): Span {
  const before = digits.length === 24 ? country.exec(text.slice(Math.max(0, from - 12), from)) : null;
  return { from: from - (before?.[0].length ?? 0), to };
}
