import { digest } from "../digest.ts";
import { comparableName } from "../text.ts";
import { bareDigits, type Identity, nationalIdOf, phoneOf } from "./citizen.ts";

/** What stands where a name or number was. */
export const blank = "█████";

/**
 * Patterns to split a text by. Each has one group, so the words, or the groups of digits, stand at the odd places of
 * the result and what is between them at the even ones.
 */
const words = /(\p{L}[\p{L}\p{M}\p{Cf}]*)/u;
/** A plus belongs to the digits after it, unless there are digits right before it: `1+2` is a sum. */
const groups = /((?:(?<!\p{Nd})\+\p{Cf}*)?\p{Nd}+)/u;
/** How many groups one number may be written in: an international one has at most fifteen digits. */
const mostGroups = 16;
/** A number that the citizen gave is recognized by its last digits, whichever prefix it is written with. */
const knownDigits = 8;
/** Matches only the characters that an e-mail address may have which the API accepts. */
const addresses = /(?<![\w.'+-])[\w.'+-]+@[a-z\d.-]*[a-z\d]/gi;

/**
 * What Persian writes onto a name, with a half-space or without: I am, is, are, of. An "ی" counts only after "ا" or
 * "و": after a consonant it makes another name.
 */
const endings = [/م$/, /ام$/, /ه$/, /ها$/, /ست$/, /است$/, /(?<=[او])یم?$/];
/** Everyday words that look like a name with such an ending, or like two names joined, and are not. */
const ordinary = comparables(
  "علیه علی‌رغم علی‌الحساب خانم خانه آقای نامه مردم کردم کرده دارم دادم داده خواهم دانم توانم بینم کارم",
);
/** Everyday words that also occur in names; they identify nobody, so texts are not searched for them. */
const nobody = comparables(
  "آقا آقای خانم از با بد بر به بی پا پر پس پی تا تو جا چه حق خط در دو را رو سر سه شب شد که کم کن کی ما من می نا نو نه هر هم یا یک",
);

/** Whether the citizen gave this token: a word in comparable form, the end of a number, or an e-mail address. */
export type IsGiven = (token: string) => boolean;

/** What texts are searched for: the name's words, also two joined, the ends of the numbers, and the e-mail address. */
export function givenTokens({ name = "", phone = "", nationalId = "", email }: Identity): string[] {
  const whole = wordsOf(name);
  const parts = whole.flatMap(partsOf);
  const pairs = parts.slice(1).map((part, n) => `${parts[n]}${part}`);
  const named = [...whole, ...parts, ...pairs]
    .map(comparableName)
    .filter((word) => word.length > 1 && !nobody.has(word));
  const numbered = [phone, nationalId].flatMap((number) => numberTokens([bareDigits(number).replace("+", "")]));
  return [...new Set([...named, ...numbered, ...(email ? [email.toLowerCase()] : [])])];
}

/** A keyed digest of such a token, for the complaint, which may not hold the token itself. */
export function identityMark(maskKey: string, token: string): string {
  return digest(maskKey, "given", token).slice(0, 16);
}

/**
 * The text with what the citizen gave blanked, and every valid national id or phone number, whoever's it is; undefined
 * where nothing had to be.
 */
export function maskText(text: string, isGiven: IsGiven): string | undefined {
  const masked = blankNames(blankNumbers(blankAddresses(text, isGiven), isGiven), isGiven);
  return masked === text ? undefined : masked;
}

function comparables(written: string): Set<string> {
  return new Set(written.split(" ").map(comparableName));
}

function wordsOf(text: string): string[] {
  return text.split(words).filter((_, n) => n % 2 === 1);
}

/** Splits at joiners, which hold a suffix to a word and the halves of a double name together. */
function partsOf(word: string): string[] {
  return word.split(/\p{Cf}+/u).filter((part) => part !== "");
}

/** The tokens that a word may stand for: as it is written, its parts, and each of these without an ending. */
function readings(word: string): string[] {
  const whole = comparableName(word);
  if (ordinary.has(whole)) return [whole];
  return [...new Set([whole, ...partsOf(word).map(comparableName)].flatMap(withoutEnding))];
}

function withoutEnding(word: string): string[] {
  if (ordinary.has(word)) return [word];
  const stems = endings.map((ending) => word.replace(ending, "")).filter((stem) => stem.length > 2);
  return [word, ...stems];
}

/** Each address is also tried without the marks it begins with: a quotation mark may or may not be part of it. */
function blankAddresses(text: string, isGiven: IsGiven): string {
  return text.replace(addresses, (written) => {
    const address = written.toLowerCase();
    return [address, address.replace(/^[^a-z\d]+/, "")].some(isGiven) ? blank : written;
  });
}

/** Each word is tried alone and joined to the next one, since a double name is often written with a space. */
function blankNames(text: string, isGiven: IsGiven): string {
  const parts = text.split(words);
  const forms = parts.map((part, n) => (n % 2 === 1 ? readings(part) : []));
  const isName = (tokens: string[] = []) => tokens.some((token) => token.length > 1 && isGiven(token));
  const named = forms.map(isName);
  const paired = forms.map(([whole], n) => whole !== undefined && isName(forms[n + 2]?.map((next) => whole + next)));
  return parts.map((part, n) => (named[n] || paired[n] || paired[n - 2] ? blank : part)).join("");
}

/** Two numbers side by side look like one, so every stretch of groups is tried. */
function blankNumbers(text: string, isGiven: IsGiven): string {
  const parts = text.split(groups);
  const near = parts.map(bareDigits);
  // Without any signs, and without "و" (and): what the citizen gave is recognized across them.
  const far = near.map((bare) => bare.replace(/[^\p{L}\p{N}]|و/gu, ""));
  let read = "";
  for (let from = 0; from < parts.length; ) {
    const end = from % 2 === 1 ? personalEnd({ near, far, from, isGiven }) : undefined;
    read += end ? blank : parts[from];
    from = end ?? from + 1;
  }
  return read;
}

type Search = { near: string[]; far: string[]; from: number; isGiven: IsGiven };

/**
 * Where a personal number ends that begins at this group; undefined where none does. A national id is tried first: the
 * longest phone number would run on into the next number.
 */
function personalEnd({ near, far, from, isGiven }: Search): number | undefined {
  const ends = Array.from({ length: mostGroups }, (_, n) => from + 1 + 2 * n).filter((end) => end < near.length);
  const stretch = (end: number) => near.slice(from, end).join("");
  const nationalId = ends.find((end) => nationalIdOf(stretch(end)) !== undefined);
  const phone = ends.findLast((end) => phoneOf(stretch(end)) !== undefined);
  return nationalId ?? phone ?? ends.find((end) => bothWays(far.slice(from, end)).flatMap(numberTokens).some(isGiven));
}

/** Also in reverse: in text from right to left, people type the groups of a number in either order. */
function bothWays(stretch: string[]): string[][] {
  return stretch.length > 1 ? [stretch, stretch.toReversed()] : [stretch];
}

/**
 * The last digits of a stretch, as a token; none where it holds letters, or where it has them without its first group.
 */
function numberTokens([first = "", ...rest]: string[]): string[] {
  const later = rest.join("");
  const isNumber = later.length < knownDigits && /^\d+$/.test(first + later);
  return isNumber && (first + later).length >= knownDigits ? [(first + later).slice(-knownDigits)] : [];
}
