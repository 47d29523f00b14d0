import { digest } from "../digest.ts";
import { comparableName } from "../text.ts";
import { bareDigits, type Identity, nationalIdOf, phoneOf } from "./citizen.ts";

/** What stands where a name or number was. */
const blank = "█████";

/** What a text is split by, so that words or groups of digits stand at odd places and what is between them at even ones. */
const words = /(\p{L}[\p{L}\p{M}\p{Cf}]*)/u;
/** A plus begins a number, except between two, where it adds them. */
const groups = /((?:(?<!\p{Nd})\+\p{Cf}*)?\p{Nd}+)/u;
/** An international number has at most fifteen digits, whatever gaps are between them. */
const mostGroups = 16;
/** A number is known by so many of its last digits, however it is begun. */
const knownDigits = 8;
/** No more than what an address that is accepted may have. */
const addresses = /(?<![\w.'+-])[\w.'+-]+@[a-z\d.-]*[a-z\d]/gi;

/** What Persian writes onto a name, with a half-space or none: I am, is, are, of. An "ی" after a consonant makes another name. */
const endings = [/م$/, /ام$/, /ه$/, /ها$/, /ست$/, /است$/, /(?<=[او])یم?$/];
/** Words that look like a name with such an ending, or joined to another word, and are none. */
const ordinary = comparables(
  "علیه علی‌رغم علی‌الحساب خانم خانه آقای نامه مردم کردم کرده دارم دادم داده خواهم دانم توانم بینم کارم",
);
/** Words that stand in names and name nobody. */
const nobody = comparables(
  "آقا آقای خانم از با بد بر به بی پا پر پس پی تا تو جا چه حق خط در دو را رو سر سه شب شد که کم کن کی ما من می نا نو نه هر هم یا یک",
);

/** Whether a word in comparable form, or the end of a number, is of what the citizen gave. */
export type IsGiven = (token: string) => boolean;

/** What a text is searched for: the words of the name, also two of them joined, and the ends of the numbers. */
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

/** The digest by which what was given is known again where it may not be itself. */
export function identityMark(maskKey: string, token: string): string {
  return digest(maskKey, "given", token).slice(0, 16);
}

/** The text with the citizen's name and whatever is a valid national id or phone number blanked; undefined if nothing was. */
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

/** A joiner holds a suffix to a word, and the halves of a double name together. */
function partsOf(word: string): string[] {
  return word.split(/\p{Cf}+/u).filter((part) => part !== "");
}

/** The forms in which a word may be a given one: as it stands, in its parts, and each without an ending. */
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

/** A quotation mark or the like may stand at the beginning of an address, and be part of it. */
function blankAddresses(text: string, isGiven: IsGiven): string {
  return text.replace(addresses, (written) => {
    const address = written.toLowerCase();
    return [address, address.replace(/^[^a-z\d]+/, "")].some(isGiven) ? blank : written;
  });
}

/** A word is judged alone, and joined to the next one: a double name is often spaced. */
function blankNames(text: string, isGiven: IsGiven): string {
  const parts = text.split(words);
  const forms = parts.map((part, n) => (n % 2 === 1 ? readings(part) : []));
  const isName = (tokens: string[] = []) => tokens.some((token) => token.length > 1 && isGiven(token));
  const named = forms.map(isName);
  const paired = forms.map(([whole], n) => whole !== undefined && isName(forms[n + 2]?.map((next) => whole + next)));
  return parts.map((part, n) => (named[n] || paired[n] || paired[n - 2] ? blank : part)).join("");
}

/** Two numbers written side by side are one run, so each stretch of groups is judged. */
function blankNumbers(text: string, isGiven: IsGiven): string {
  const parts = text.split(groups);
  const near = parts.map(bareDigits);
  // Whatever signs are between its groups, what was given is known again; so it is across "and".
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

/** Where a personal number ends that begins at this group; a national id before a phone that would run into the next number. */
function personalEnd({ near, far, from, isGiven }: Search): number | undefined {
  const ends = Array.from({ length: mostGroups }, (_, n) => from + 1 + 2 * n).filter((end) => end < near.length);
  const stretch = (end: number) => near.slice(from, end).join("");
  const nationalId = ends.find((end) => nationalIdOf(stretch(end)) !== undefined);
  const phone = ends.findLast((end) => phoneOf(stretch(end)) !== undefined);
  return nationalId ?? phone ?? ends.find((end) => bothWays(far.slice(from, end)).flatMap(numberTokens).some(isGiven));
}

/** In text that runs from right to left, groups may have been typed in reverse order. */
function bothWays(stretch: string[]): string[][] {
  return stretch.length > 1 ? [stretch, stretch.toReversed()] : [stretch];
}

/** The end of a number in groups, unless a shorter stretch has it too; none where letters are between them. */
function numberTokens([first = "", ...rest]: string[]): string[] {
  const later = rest.join("");
  const isNumber = later.length < knownDigits && /^\d+$/.test(first + later);
  return isNumber && (first + later).length >= knownDigits ? [(first + later).slice(-knownDigits)] : [];
}
