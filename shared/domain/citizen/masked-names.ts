import { comparableName } from "../text.ts";
import { isNameOfPlace } from "./name-context.ts";
import { nobody, ordinary } from "./name-lists.ts";
import type { Span } from "./span.ts";

const words = /\p{L}[\p{L}\p{M}\p{Cf}]*/gu;

/** What Persian writes onto a name, with a half-space or without: I am, is, are, and, also, which, titles. */
const endings =
  "م ام ه ها های هایی ست است و رو را هم که هست هستم ایم اینا مون تون شون جان جون خان خانم خانوم اقا".split(" ");
/** An "ی" only after a vowel, since after a consonant it makes another name; the last one after a long name. */
const boundEndings = [/(?<=[او])ی{0,2}م$/, /(?<=[او])ی$/, /(?<=[اویه])س$/, /(?<=.{4})یم$/];
const latinEndings = "m am e ye o ro s i ra hastam jan joon khan".split(" ");
/** What is typed together with the name after it: and, to, from, with; that, in, for, titles. */
const beginnings = "و ب از با اقا اقای خانم سید حاج حاجی دکتر مهندس".split(" ");
const longBeginnings = "به که در تا برا برای".split(" ");
const endsInAlef = /^(کبر|صغر|مصطف|یحی|مرتض|مجتب|موس|عیس|لیل|هد|سلم|طوب|بشر)[ای]$/;
/** Spellings of the same name, and what is tried in their place. */
const spellings: [RegExp, string][] = [
  [/اله(?=ی?$)/, "الله"],
  [/الله(?=ی?$)/, "اله"],
  [endsInAlef, "$1ی"],
  [endsInAlef, "$1ا"],
  [/وو/, "و"],
  [/^(دا|طا)(?=و[دس]$)/, "$1و"],
  [/اسمعیل/, "اسماعیل"],
  [/^ابول/, "ابوال"],
];

/** The words of a name, the parts of double ones, and neighbours joined, in comparable form. */
export function nameTokens(name: string): string[] {
  const whole = name.match(words) ?? [];
  const parts = whole.flatMap(partsOf);
  const pairs = parts.slice(1).map((part, n) => `${parts[n]}${part}`);
  return [...whole, ...parts, ...pairs].map(comparableName).filter((word) => word.length > 1 && !nobody.has(word));
}

/**
 * Where words of the name stand that the citizen gave. Each is tried alone and joined to the next one, since a double
 * name is often written with a space.
 */
export function givenNames(text: string, isGiven: (token: string) => boolean): Span[] {
  const known = remembered(isGiven);
  const read = remembered(readings);
  const isName = (token: string) => token.length > 1 && known(token);
  const written = [...text.matchAll(words)].map(({ 0: word, index: from }) => {
    return { from, to: from + word.length, ...read(word) };
  });
  const named = written.map(({ tokens }) => tokens.some(isName));
  const paired = written.map(({ firsts }, n) => {
    const next = written[n + 1]?.tokens ?? [];
    return firsts.some((first) => next.some((token) => isName(first + token)));
  });
  return written.filter((word, n) => (named[n] || paired[n] || paired[n - 1]) && !isNameOfPlace(text, word));
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
function readings(word: string): { tokens: string[]; firsts: string[] } {
  const whole = comparableName(word);
  if (ordinary.has(whole)) return { tokens: [whole], firsts: [whole] };
  const parts = partsOf(word);
  const bases = parts.length > 1 ? [whole, ...parts.map(comparableName)] : [whole];
  const tokens = bases.flatMap(withoutBeginning).flatMap(withoutEnding).flatMap(respelled);
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

function respelled(word: string): string[] {
  return [word, ...spellings.map(([from, to]) => word.replace(from, to)).filter((other) => other !== word)];
}
