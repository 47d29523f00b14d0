import { comparableName } from "../text.ts";
import type { IsGiven } from "./citizen.ts";
import { isNameOfPlace } from "./name-context.ts";
import { givenNameHalves, nobody, ordinary } from "./name-lists.ts";
import { oneSpelling } from "./name-spellings.ts";
import type { Span } from "./span.ts";

const words = /\p{L}[\p{L}\p{M}\p{Cf}]*/gu;

/** What Persian writes onto a name, with a half-space or without: I am, is, are, and, also, which, titles. */
const endings =
  "م ام ه ها های هایی ست است و رو را هم که هست هستم ایم اینا مون تون شون جان جون خان خانم خانوم اقا".split(" ");
/** An "ی" only after a vowel, since after a consonant it makes another name; the last one after a long name. */
const boundEndings = [/(?<=[او])ی{0,2}م$/, /(?<=[او])ی$/, /(?<=[اویه])س$/, /(?<=[او])[یع]ه$/, /(?<=.{4})یم$/];
const latinEndings = "m am e ye o ro s i ra hastam jan joon khan".split(" ");
/** What is typed together with the name after it: and, to, from, with; that, in, for, titles. */
const beginnings = "و ب از با اقا اقای خانم سید حاج حاجی دکتر مهندس".split(" ");
const longBeginnings = "به که در تا برا برای".split(" ");
/** How many words away from the half of a joined name the other half may stand («علی آقا رضا»), or the whole name. */
const reach = { half: 2, whole: 4 };

/** The words of a name, the parts of double ones, and neighbours joined, in comparable form. */
export function nameTokens(name: string): string[] {
  const whole = name.match(words) ?? [];
  const parts = whole.flatMap(partsOf);
  const pairs = parts.slice(1).map((part, n) => `${parts[n]}${part}`);
  const tokens = [...whole, ...parts, ...pairs].map(comparableName);
  return tokens.filter((token) => token.length > 1 && !nobody.has(token)).map(oneSpelling);
}

/** Where words of the name stand that the citizen gave, alone or as the halves of a joined one. */
export function givenNames(text: string, isGiven: IsGiven): Span[] {
  const known = remembered(isGiven);
  const read = remembered(readings);
  // Marks of complaints that were filed before spellings were compared are of the name as it was given.
  const isName = remembered((token) => token.length > 1 && (known(oneSpelling(token)) || known(token)));
  const written = [...text.matchAll(words)].map(({ 0: word, index: from }) => {
    return { from, to: from + word.length, ...read(word) };
  });
  const isNamed = written.map(
    (word, n) =>
      word.tokens.some(isName) ||
      makeName(word, written[n + 1], isName) ||
      makeName(written[n - 1], word, isName) ||
      isHalf(n, { written, isName }),
  );
  return written.filter((word, n) => isNamed[n] && !isNameOfPlace(text, word));
}

/** Whether two words are a name that the citizen wrote as one. */
function makeName(first: Reading | undefined, second: Reading | undefined, isName: IsGiven): boolean {
  const ends = second?.tokens ?? [];
  return first?.firsts.some((start) => ends.some((end) => isName(start + end))) ?? false;
}

/** Whether a word is half of a joined given name that stands near it, or whose other half does. */
function isHalf(n: number, { written, isName }: { written: Reading[]; isName: IsGiven }): boolean {
  const halves = written[n]?.tokens.filter((token) => givenNameHalves.has(token)) ?? [];
  if (halves.length === 0) return false;
  const near = (words: number) => written.slice(Math.max(0, n - words), n + words + 1).flatMap(({ tokens }) => tokens);
  const parts = near(reach.half).flatMap((other) => halves.flatMap((half) => [half + other, other + half]));
  const wholes = near(reach.whole).filter((whole) =>
    halves.some((half) => whole.length > half.length + 1 && (whole.startsWith(half) || whole.endsWith(half))),
  );
  return [...parts, ...wholes].some(isName);
}

/** Texts repeat their words, and each token costs a digest. */
function remembered<Answer>(ask: (word: string) => Answer): (word: string) => Answer {
  const answers = new Map<string, Answer>();
  return (word) => {
    const answer = answers.get(word) ?? ask(word);
    answers.set(word, answer);
    return answer;
  };
}

/** Splits at joiners, which hold a suffix to a word and the halves of a double name together. */
function partsOf(word: string): string[] {
  return word.split(/\p{Cf}+/u).filter((part) => part !== "");
}

/** The tokens that a word may stand for, and those of them that may begin a double name. */
type Reading = { tokens: string[]; firsts: string[] };

function readings(word: string): Reading {
  const whole = comparableName(word);
  if (ordinary.has(whole)) return { tokens: [whole], firsts: [whole] };
  const parts = partsOf(word);
  const bases = parts.length > 1 ? [whole, ...parts.map(comparableName)] : [whole];
  const tokens = bases.flatMap(withoutBeginning).flatMap(withoutEnding);
  return { tokens: [...new Set(tokens)], firsts: withoutBeginning(whole) };
}

function withoutBeginning(word: string): string[] {
  if (ordinary.has(word)) return [word];
  const cut = (beginning: string) => (word.startsWith(beginning) ? word.slice(beginning.length) : "");
  const stems = beginnings.map(cut).filter((stem) => stem.length > 2);
  return [word, ...stems, ...longBeginnings.map(cut).filter((stem) => stem.length > 3)];
}

/** A short name in Latin letters with an ending may be a word of English, as "Sam" in "same". */
function withoutEnding(word: string): string[] {
  if (ordinary.has(word)) return [word];
  const isLatin = /^[a-z]/.test(word);
  const cut = (isLatin ? latinEndings : endings).map((ending) =>
    word.endsWith(ending) ? word.slice(0, -ending.length) : "",
  );
  const stems = isLatin ? cut : [...cut, ...boundEndings.map((ending) => word.replace(ending, ""))];
  return [word, ...stems.filter((stem) => stem.length > (isLatin ? 3 : 2))];
}
