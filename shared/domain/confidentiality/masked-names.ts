import { comparableName } from "../text.ts";
import type { TextSpan } from "./decoded-text.ts";
import type { IsIdentityToken } from "./identity.ts";
import {
  everydayWords,
  givenNameHalves,
  isNameOfPlace,
  isUsedAsName,
  ordinaryWords,
  wordsThatNameNobody,
} from "./name-context.ts";

/**
 * Names that people spell in several ways, in comparable letters, and the one spelling under which they are compared. The
 * spelling need not exist: «روح‌الله» and «روح اله» are both compared as «روحله».
 */
const spellings: [RegExp, string][] = [
  // ضیاءی, ضیایی; زینت‌السادات, زینت سادات; نورالدین, نورادین; عطاءالله, عطاالله
  [/ء(?=ی)/g, "ی"],
  [/ء/g, ""],
  [/ا{1,2}ل?(?=سادات|ملوک|نسا|زمان|دین)/g, ""],
  [/اا+/g, "ا"],
  // رئوف, رؤوف, رووف; داوود, داود
  [/[یو](?=و)/g, ""],
  // هیأت, هیئت
  [/(?<=هی)ی(?=ت)/g, "ا"],
  // رحمن, اسحق, ابرهیم, هرون, جبرئیل: with the alef that old spellings leave out
  [/(?<=رحم)(?=ن)|(?<=اسح)(?=ق)|(?<=ابر)(?=هیم)|(?<=^ه)(?=رون)|(?<=جبر)(?=ییل)/g, "ا"],
  [/اسما?[عی]یل/g, "اسماعیل"],
  [/^طه|طه$/g, "طاها"],
  [/^یس$/, "یاسین"],
  // محمدرضا, ممدرضا
  [/ممد/g, "محمد"],
  // مرتضی, مرتضا
  [/(?<=کبر|صغر|مصطف|یحی|مرتض|مجتب|موس|عیس|لیل|هد|سلم|طوب|بشر|ضح|نجو)ی/g, "ا"],
  // ابوالفضل, ابولفضل, ابالفضل
  [/^اب(?:وا?|ا)ل(?=..)/, "ابل"],
  // رحمة‌الله, رحمت‌الله
  [/ه(?=ا?لله)/g, "ت"],
  // روح‌الله, روح‌اله; عبدالرضا, عبدلرضا
  [/لله/g, "له"],
  [/(?<=..)ال(?=ه|..)/g, "ل"],
  // حسینی, حسیینی; the last two letters of «رضایی» and «رضای» make two words.
  [/(\p{L})\1+(?=.)/gu, "$1"],
];

/** The one spelling of a name that stands for all of them. */
export function canonicalSpelling(name: string): string {
  return spellings.reduce((spelled, [from, to]) => spelled.replace(from, to), name);
}

/** Persian consonants, and the Latin letters that people write for them; letters of the same sound have one. */
const consonants: Record<string, string> = Object.fromEntries(
  "بb پp تطt ثسصs جژj چc حهh خx دd ذزضظz رr ش$ غقq فf کk گg لl مm نn یi"
    .split(" ")
    .flatMap((row) => [...row.slice(0, -1)].map((letter) => [letter, row.slice(-1)])),
);
const latinSounds: [RegExp, string][] = [
  [/kh/g, "x"],
  [/gh/g, "q"],
  [/sh/g, "$$"],
  [/c(?!h)/g, "k"],
  [/ch/g, "c"],
  [/zh/g, "j"],
  [/ph/g, "f"],
  [/ee|y/g, "i"],
  [/[aeouvw'`]/g, ""],
];

export const isLatin = (word: string) => /^\p{Script=Latin}/u.test(word);

/**
 * What «مریم» and "Maryam" have in common: the consonants and the long i, in Latin letters. The other vowels, doubled
 * letters, the i at the beginning and the h at the end are left out, since people write them in many ways or not at all.
 */
export function consonantsOf(word: string): string {
  const latin = isLatin(word)
    ? latinSounds.reduce(
        (spelled, [from, to]) => spelled.replace(from, to),
        word.normalize("NFD").replace(/\p{M}/gu, ""),
      )
    : [...word].map((letter) => consonants[letter] ?? "").join("");
  return latin.replace(/(.)\1+/g, "$1").replace(/^i|h$/g, "");
}

/** Letters that are written with spaces, dots or hyphens between them («ر ض ا»), or a word. Read at the first text, as `spelled` is. */
const words = () => /(?<![\p{L}\p{M}])\p{L}(?:[ .-]{1,2}\p{L}(?![\p{L}\p{M}\p{Cf}])){2,}|\p{L}[\p{L}\p{M}\p{Cf}]*/gu;
/** Initials right before a name. */
const initials = /(?<![\p{L}\p{M}])(?:\p{L}\. ?){1,3}$/u;
/** So many consonants of a name in the other alphabet are seldom another word's. */
const sufficientConsonants = 4;

/** What Persian writes onto a name, with a half-space or without: I am, is, are, and, also, which, titles. */
const endings =
  "م ام ه ها های هایی ست است و رو را هم که هست هستم ایم اینا مون تون شون جان جون خان خانم خانوم اقا".split(" ");
/** An "ی" only after a vowel, since after a consonant it makes another name; the last one after a long name. */
const boundEndings = [
  /(?<=[او])ی{0,2}م$/,
  /(?<=[او])ی$/,
  /(?<=[اویه])س$/,
  /(?<=[او])[یع]ه$/,
  /(?<=.{4})یم$/,
  /(?<=.{3}ی)ا$/,
];
const latinEndings = "m am e ye o ro s i ra hastam jan joon khan".split(" ");
/** What is typed together with the name after it: and, to, from, with; that, in, for, titles. */
const beginnings = "و ب از با اقا اقای خانم سید حاج حاجی دکتر مهندس".split(" ");
const longBeginnings = "به که در تا برا برای".split(" ");
/** How many words away from the half of a joined name the other half may stand («علی آقا رضا»), or the whole name. */
const reach = { half: 2, whole: 4 };

/** The words of a name, the parts of double ones, and neighbours joined, in comparable form. */
export function nameTokens(name: string): string[] {
  const whole = name.match(words()) ?? [];
  const parts = whole.flatMap(partsOf);
  const pairs = parts.slice(1).map((part, n) => `${parts[n]}${part}`);
  const tokens = [...whole, ...parts, ...pairs].flatMap(comparableForms);
  return tokens.filter((token) => token.length > 1 && !wordsThatNameNobody().has(token)).flatMap(tokensOf);
}

/**
 * A word of the name as it is looked for: in its one spelling, by its consonants among words in Latin letters, and a name
 * in Latin letters also by its consonants among Persian words.
 */
function tokensOf(word: string): string[] {
  const consonants = consonantsOf(word);
  const isShort = consonants.length < 2;
  return [
    canonicalSpelling(word),
    ...(isShort ? [] : [`a~${consonants}`, ...(isLatin(word) ? [`ا~${consonants}`] : [])]),
  ];
}

/** Where words of the name stand that the citizen gave, alone or as the halves of a joined one. */
export function namesOfCitizen(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const known = memoized(isGiven);
  const read = memoized(readingsOf);
  // Marks of complaints that were filed before spellings were compared are of the name as it was given.
  const isSpelled = memoized((token) => token.length > 1 && (known(canonicalSpelling(token)) || known(token)));
  const sound = memoized(consonantsOf);
  const isSounded = (token: string, least = 2) => {
    const consonants = sound(token);
    return consonants.length >= least && known(`${isLatin(token) ? "a" : "ا"}~${consonants}`);
  };
  const isName = memoized((token) => isSpelled(token) || isSounded(token, sufficientConsonants));
  const written = [...text.matchAll(words())].map(({ 0: word, index: from }) => {
    return { from, to: from + word.length, ...read(word) };
  });
  const isSure = written.map(
    (word, n) =>
      word.tokens.some((token) => isName(token) && !everydayWords().has(token)) ||
      areJoinedName(word, written[n + 1], isName) ||
      areJoinedName(written[n - 1], word, isName) ||
      isHalfOfName(n, { written, isName }),
  );
  const found = written.map((word, n) => {
    const names = word.tokens.filter((token) => isSpelled(token) || isSounded(token));
    return { ...word, names, isNamed: isSure[n] === true || names.length > 0 };
  });
  const named = found.filter(
    (word, n) => word.isNamed && (isSure[n] || isUsedAsName(text, found, n)) && !isNameOfPlace(text, word),
  );
  return named.map(({ from, to }) => {
    const [before = ""] = initials.exec(text.slice(Math.max(0, from - 12), from)) ?? [];
    return { from: from - before.length, to };
  });
}

/** Whether two words are a name that the citizen wrote as one. */
function areJoinedName(
  first: WordReadings | undefined,
  second: WordReadings | undefined,
  isName: IsIdentityToken,
): boolean {
  const ends = second?.tokens ?? [];
  // In consonants alone, "am" is no part of a name.
  const isPart = (word: string) => !isLatin(word) || consonantsOf(word).length > 1;
  const starts = first?.firsts ?? [];
  return starts.some((start) => isPart(start) && ends.some((end) => isPart(end) && isName(start + end)));
}

/** Whether a word is half of a joined given name that stands near it, or whose other half or family name does. */
function isHalfOfName(n: number, { written, isName }: { written: WordReadings[]; isName: IsIdentityToken }): boolean {
  const halves = written[n]?.tokens.filter((token) => givenNameHalves().has(token)) ?? [];
  if (halves.length === 0) return false;
  const near = (words: number) => written.slice(Math.max(0, n - words), n + words + 1).flatMap(({ tokens }) => tokens);
  const parts = near(reach.half).flatMap((other) => halves.flatMap((half) => [half + other, other + half]));
  const wholes = near(reach.whole).filter((whole) =>
    halves.some((half) => whole.length > half.length + 1 && (whole.startsWith(half) || whole.endsWith(half))),
  );
  if ([...parts, ...wholes].some(isName)) return true;
  const isNamed = [written[n - 1], written[n + 1]].some((beside) => beside?.tokens.some(isName));
  const joined = () =>
    halves.flatMap((half) => [...givenNameHalves()].flatMap((other) => [half + other, other + half]));
  return isNamed && joined().some(isName);
}

/** Texts repeat their words, and each token costs a digest. */
function memoized<Answer>(ask: (word: string) => Answer): (word: string) => Answer {
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

/**
 * The word in comparable form, the tokens that it may stand for, those of them that are left without a word typed
 * together before them, and those that may begin a double name.
 */
type WordReadings = { whole: string; tokens: string[]; cut: string[]; firsts: string[] };

function readingsOf(word: string): WordReadings {
  const whole = comparableName(word);
  if (ordinaryWords().has(whole) || /^علی(?:ال|ای$|هذا)/.test(whole))
    return { whole, tokens: [whole], cut: [], firsts: [whole] };
  const parts = partsOf(word);
  const bases = (parts.length > 1 ? [word, ...parts] : [word]).flatMap(comparableForms);
  const tokens = bases.flatMap(withoutEnding);
  const cut = bases.flatMap((base) => withoutBeginning(base).slice(1)).flatMap(withoutEnding);
  return { whole, tokens: [...new Set([...tokens, ...cut])], cut, firsts: withoutBeginning(whole) };
}

/** In comparable form; the round t of Arabic («رحمة») is read as both letters that Persian writes for it. */
function comparableForms(word: string): string[] {
  return [...new Set([word, word.replaceAll("ة", "ت")].map(comparableName))];
}

function withoutBeginning(word: string): string[] {
  if (ordinaryWords().has(word)) return [word];
  const cut = (beginning: string) => (word.startsWith(beginning) ? word.slice(beginning.length) : "");
  const stems = beginnings.map(cut).filter((stem) => stem.length > 2);
  return [word, ...stems, ...longBeginnings.map(cut).filter((stem) => stem.length > 3)];
}

/** A short name in Latin letters with an ending may be a word of English, as "Sam" in "same". */
function withoutEnding(word: string): string[] {
  if (ordinaryWords().has(word)) return [word];
  const latin = isLatin(word);
  const cut = (latin ? latinEndings : endings).map((ending) =>
    word.endsWith(ending) ? word.slice(0, -ending.length) : "",
  );
  const stems = latin ? cut : [...cut, ...boundEndings.map((ending) => word.replace(ending, ""))];
  return [word, ...stems.filter((stem) => stem.length > (latin ? 3 : 2))];
}
