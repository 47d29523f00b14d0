/** How the search compares words: the synthesis makes the index with these functions, and the browser asks with the same. */

const letters: [RegExp, string][] = [
  [/[۰-۹]/g, "digit-fa"],
  [/[٠-٩]/g, "digit-ar"],
  [/[يئى]/g, "ی"],
  [/ك/g, "ک"],
  [/ؤ/g, "و"],
  [/[أإآ]/g, "ا"],
  [/[ةۀ]/g, "ه"],
  // Vowel signs, the hamza of the ezafe, and the line that stretches a word.
  [/[\u0621\u0640\u064b-\u0655\u0670\u200d]/g, ""],
];
const firstDigits: Record<string, number> = { "digit-fa": 0x6f0, "digit-ar": 0x660 };

/** A text in one form of each letter and digit, in small letters. Half-spaces stay. */
function folded(text: string): string {
  return letters.reduce(
    (done, [pattern, to]) =>
      done.replace(pattern, (letter) => {
        const zero = firstDigits[to];
        return zero === undefined ? to : String(letter.charCodeAt(0) - zero);
      }),
    text.toLowerCase(),
  );
}

/** Endings of English words, the longest first, each with what stands in its place. The rest has three letters at least. */
const englishEndings: [RegExp, string][] = [
  [/^(.{2,})ies$/, "y"],
  [/^(.{3,}(?:s|x|z|ch|sh))es$/, ""],
  [/^(.{2,}[^siu])s$/, ""],
  [/^(.{3,})ing$/, ""],
  [/^(.{3,})ed$/, ""],
  [/^(.{4,})ly$/, ""],
];

function englishStem(word: string): string {
  let stem = word.replace(/'s?$/, "");
  for (const [ending, instead] of englishEndings) {
    if (ending.test(stem)) stem = stem.replace(ending, `$1${instead}`);
  }
  // "stopping" and "stop", "file" and "filing", "reply" and "replied" become one.
  return stem
    .replace(/([bdgmnprt])\1$/, "$1")
    .replace(/^(.{2,})e$/, "$1")
    .replace(/^(.{2,})y$/, "$1i");
}

/** Endings of Persian words: plurals, possessives and the «ی» of adjectives. The number is how many letters must remain. */
const persianEndings: [string, number][] = [
  ["هایشان", 2],
  ["هایی", 2],
  ["های", 2],
  ["ها", 2],
  ["شان", 4],
  ["یم", 5],
  ["م", 5],
  ["ان", 4],
  ["ات", 4],
  ["ی", 3],
];

function persianStem(word: string): string {
  let stem = word;
  for (const [ending, least] of persianEndings)
    if (stem.endsWith(ending) && stem.length - ending.length >= least) stem = stem.slice(0, -ending.length);
  return stem;
}

const stemOf = (word: string) => (/[a-z]/.test(word) ? englishStem(word) : persianStem(word));

/** Whether a word names several things: «دستگاه‌ها», "agencies". */
export function isPlural(word: string): boolean {
  return /(?:[^su]s|ها|های)$/.test(folded(word));
}

/** Endings that stand behind a half-space and are no words of their own. */
const behindHalfSpace = new Set("ها های هایی هایشان ی ای ام ات اش اند شان تر ترین".split(" "));

/**
 * The stems of the words of a text, each once. A word with half-spaces, hyphens or inner capitals is found as a whole and by its
 * parts: «وب‌هوک» by «وبهوک» too, `agency-category` by "category".
 */
export function stemsOf(text: string): string[] {
  const words = text.replace(/([a-z])([A-Z])/g, "$1-$2").split(/[^\p{L}\p{M}\p{N}\u200c'_-]+/u);
  return [...new Set(words.flatMap(stemsOfWord))];
}

function stemsOfWord(written: string): string[] {
  const word = folded(written).replace(/[’]/g, "'");
  const parts = word.split(/[\u200c_-]+/).filter((part, n) => part && (n === 0 || !behindHalfSpace.has(part)));
  const whole = parts.join("");
  const stems = (parts.length > 1 ? [whole, ...parts] : parts).map(stemOf);
  return stems.filter(Boolean);
}

/** Words that say nothing about what is looked for. */
const idle = new Set(
  "a an the of to for in on at by with is are be do does i you we it my your our me how can want need please when become was were has have been that this which there one what about از به در را و با تا بر برای یک که این آن چه چی چطور چگونه چجوری کن کنم کنیم کند کردن شد شده شدن شود است هست می ما یا هر باید میخواهم می‌خواهم میخوام چیزی دفعه بدهم دادن درباره".split(
    " ",
  ),
);

/** The words of a query that say something, as they were typed. A query of idle words alone is taken whole. */
export function wordsOfQuery(query: string): string[] {
  const typed = query.split(/[\s،؛,;:.!?؟«»"()/{}]+/).filter(Boolean);
  const telling = typed.filter((word) => !idle.has(folded(word)));
  return telling.length > 0 ? telling : typed;
}
