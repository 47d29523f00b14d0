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
 * Replacements that turn every spelling of a name into one, so that names can be compared. The result need not be a
 * real spelling: «روح‌الله» and «روح اله» both become «روحله». The names are in comparable form (`comparableName`).
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
  // رحمن, اسحق, ابرهیم, هرون, جبرئیل: old spellings omit an alef, which is added here
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

/** Returns the compared spelling of a name in comparable form. */
function canonicalSpelling(name: string): string {
  return spellings.reduce((spelled, [from, to]) => spelled.replace(from, to), name);
}

/** The Latin letter for each Persian consonant. Consonants with the same sound have the same Latin letter. */
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

const isLatin = (word: string) => /^\p{Script=Latin}/u.test(word);

/**
 * Returns the consonants and the long i of a word, in Latin letters. They are the same for «مریم» and "Maryam". Other
 * vowels, doubled letters, an i at the beginning and an h at the end are dropped, since people write them in many ways.
 */
function consonantsOf(word: string): string {
  const latin = isLatin(word)
    ? latinSounds.reduce(
        (spelled, [from, to]) => spelled.replace(from, to),
        word.normalize("NFD").replace(/\p{M}/gu, ""),
      )
    : [...word].map((letter) => consonants[letter] ?? "").join("");
  return latin.replace(/(.)\1+/g, "$1").replace(/^i|h$/g, "");
}

/**
 * A word, or single letters with spaces, dots or hyphens between them («ر ض ا»). A function, because Node takes long to
 * compile an expression with classes of letters, and most runs mask no text.
 */
const wordPattern = () =>
  /(?<![\p{L}\p{M}])\p{L}(?:[ .-]{1,2}\p{L}(?![\p{L}\p{M}\p{Cf}])){2,}|\p{L}[\p{L}\p{M}\p{Cf}]*/gu;
/** Initials directly before a name. */
const initials = /(?<![\p{L}\p{M}])(?:\p{L}\. ?){1,3}$/u;
/** Another word seldom has the same four consonants as a name in the other alphabet. */
const sufficientConsonants = 4;

/** Words that Persian attaches to a name, with or without a half-space: I am, is, are, and, also, which, titles. */
const endings =
  "م ام ه ها های هایی ست است و رو را هم که هست هستم ایم اینا مون تون شون جان جون خان خانم خانوم اقا".split(" ");
/** Endings that are cut only after certain letters. After a consonant, for example, «ی» makes another name. */
const boundEndings = [
  /(?<=[او])ی{0,2}م$/,
  /(?<=[او])ی$/,
  /(?<=[اویه])س$/,
  /(?<=[او])[یع]ه$/,
  /(?<=.{4})یم$/,
  /(?<=.{3}ی)ا$/,
];
const latinEndings = "m am e ye o ro s i ra hastam jan joon khan".split(" ");
/** Words that people type together with the name after them: and, to, from, with, titles. */
const beginnings = "و ب از با اقا اقای خانم سید حاج حاجی دکتر مهندس".split(" ");
/** The same, but more ordinary words begin with these. So they are cut only from longer words. */
const longBeginnings = "به که در تا برا برای".split(" ");
/**
 * Half of a joined name counts if the other half («علی آقا رضا») or the whole name is at most so many words away.
 */
const reachInWords = { otherHalf: 2, wholeName: 4 };

/** Returns the tokens of a name: of its words, of the parts of double names, and of two neighbouring parts joined. */
export function nameTokens(name: string): string[] {
  const whole = name.match(wordPattern()) ?? [];
  const parts = whole.flatMap(partsOf);
  const joinedParts = parts.slice(1).map((part, n) => `${parts[n]}${part}`);
  const forms = [...whole, ...parts, ...joinedParts].flatMap(comparableForms);
  return forms.filter((form) => form.length > 1 && !wordsThatNameNobody().has(form)).flatMap(tokensOf);
}

/**
 * Returns the tokens of a word: its compared spelling, and its consonants. The token `a~…` is compared with words in
 * Latin letters, `ا~…` with words in Persian letters. Two spellings in Persian letters are compared without consonants.
 */
function tokensOf(word: string): string[] {
  const consonants = consonantsOf(word);
  const isShort = consonants.length < 2;
  return [
    canonicalSpelling(word),
    ...(isShort ? [] : [`a~${consonants}`, ...(isLatin(word) ? [`ا~${consonants}`] : [])]),
  ];
}

/**
 * Finds the words of the citizen's name in a text, alone or as halves of a joined name. Words that everybody uses count
 * only where people write names. The names of places never count.
 */
export function namesOfCitizen(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const { isSpelled, isSounded, isName } = nameTestsFor(isGiven);
  const read = memoized(readingsOf);
  const words = [...text.matchAll(wordPattern())].map(({ 0: word, index: from }) => {
    return { from, to: from + word.length, ...read(word) };
  });
  const isCertain = words.map((_, n) => isCertainlyName(n, { words, isName }));
  const candidates = words.map((word, n) => {
    const names = word.tokens.filter((token) => isSpelled(token) || isSounded(token));
    return { ...word, names, isNamed: isCertain[n] === true || names.length > 0 };
  });
  return candidates
    .filter(
      (word, n) => word.isNamed && (isCertain[n] || isUsedAsName(text, candidates, n)) && !isNameOfPlace(text, word),
    )
    .map((word) => withInitials(text, word));
}

/** Each test takes a token of the text in comparable form. */
type NameTests = {
  /** The token is spelled like a word of the name. */
  isSpelled: IsIdentityToken;
  /** The token has the consonants of a word of the name in the other alphabet. */
  isSounded: IsIdentityToken;
  /** The token is a word of the name: it is spelled so, or it has enough of the consonants. */
  isName: IsIdentityToken;
};

function nameTestsFor(isGiven: IsIdentityToken): NameTests {
  const isKnown = memoized(isGiven);
  // Complaints from before spellings were compared have tokens of the name as the citizen wrote it.
  const isSpelled = memoized((token) => token.length > 1 && (isKnown(canonicalSpelling(token)) || isKnown(token)));
  const consonantsOfToken = memoized(consonantsOf);
  const hasConsonants = (token: string, least: number) => {
    const consonants = consonantsOfToken(token);
    return consonants.length >= least && isKnown(`${isLatin(token) ? "a" : "ا"}~${consonants}`);
  };
  return {
    isSpelled,
    isSounded: (token) => hasConsonants(token, 2),
    isName: memoized((token) => isSpelled(token) || hasConsonants(token, sufficientConsonants)),
  };
}

type NameSearch = { words: WordReadings[]; isName: IsIdentityToken };

/** Returns whether the word `n` is a word of the name wherever it is in the text. */
function isCertainlyName(n: number, { words, isName }: NameSearch): boolean {
  const [before, word, after] = [words[n - 1], words[n], words[n + 1]];
  return (
    word?.tokens.some((token) => isName(token) && !everydayWords().has(token)) === true ||
    areJoinedName(word, after, isName) ||
    areJoinedName(before, word, isName) ||
    isHalfOfName(n, { words, isName })
  );
}

/** Adds the initials directly before a name to its span. */
function withInitials(text: string, { from, to }: TextSpan): TextSpan {
  const [before = ""] = initials.exec(text.slice(Math.max(0, from - 12), from)) ?? [];
  return { from: from - before.length, to };
}

/** Returns whether two words together are a name that the citizen wrote as one word. */
function areJoinedName(
  first: WordReadings | undefined,
  second: WordReadings | undefined,
  isName: IsIdentityToken,
): boolean {
  const ends = second?.tokens ?? [];
  // "am" has only one consonant, so it would be taken for a part of many names.
  const isPart = (word: string) => !isLatin(word) || consonantsOf(word).length > 1;
  const starts = first?.firsts ?? [];
  return starts.some((start) => isPart(start) && ends.some((end) => isPart(end) && isName(start + end)));
}

/**
 * Returns whether a word is half of the citizen's joined given name, such as «رضا» of «علیرضا». It is where the other
 * half or the whole name is near, or where another word of the citizen's name is next to it.
 */
function isHalfOfName(n: number, { words, isName }: NameSearch): boolean {
  const halves = words[n]?.tokens.filter((token) => givenNameHalves().has(token)) ?? [];
  if (halves.length === 0) return false;
  const tokensNear = (reach: number) =>
    words.slice(Math.max(0, n - reach), n + reach + 1).flatMap(({ tokens }) => tokens);
  const joinedWith = (others: Iterable<string>) =>
    [...others].flatMap((other) => halves.flatMap((half) => [half + other, other + half]));
  const wholeNames = tokensNear(reachInWords.wholeName).filter((whole) =>
    halves.some((half) => whole.length > half.length + 1 && (whole.startsWith(half) || whole.endsWith(half))),
  );
  if ([...joinedWith(tokensNear(reachInWords.otherHalf)), ...wholeNames].some(isName)) return true;
  const isBesideName = [words[n - 1], words[n + 1]].some((beside) => beside?.tokens.some(isName));
  return isBesideName && joinedWith(givenNameHalves()).some(isName);
}

/** Returns the function with a cache, because texts repeat their words and each token costs a digest. */
function memoized<Result>(compute: (word: string) => Result): (word: string) => Result {
  const results = new Map<string, Result>();
  return (word) => {
    const result = results.get(word) ?? compute(word);
    results.set(word, result);
    return result;
  };
}

/** Splits a word at joiners. They stand before suffixes, and between the halves of a double name. */
function partsOf(word: string): string[] {
  return word.split(/\p{Cf}+/u).filter((part) => part !== "");
}

/**
 * The ways to read a written word, all in comparable form. `whole`: the whole word. `tokens`: the names that it may be.
 * `cut`: those of them that are left when a word typed together before the name is cut off. `firsts`: the names that it
 * may be as the first half of a joined name.
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

/**
 * Returns a word in comparable form. For the Arabic letter «ة» Persian writes «ه» or «ت», so there may be two forms.
 */
function comparableForms(word: string): string[] {
  return [...new Set([word, word.replaceAll("ة", "ت")].map(comparableName))];
}

function withoutBeginning(word: string): string[] {
  if (ordinaryWords().has(word)) return [word];
  const cut = (beginning: string) => (word.startsWith(beginning) ? word.slice(beginning.length) : "");
  const stems = beginnings.map(cut).filter((stem) => stem.length > 2);
  return [word, ...stems, ...longBeginnings.map(cut).filter((stem) => stem.length > 3)];
}

/**
 * A short name in Latin letters with an ending may be an English word: "Sam" is in "same". So its ending is not cut.
 */
function withoutEnding(word: string): string[] {
  if (ordinaryWords().has(word)) return [word];
  const latin = isLatin(word);
  const cut = (latin ? latinEndings : endings).map((ending) =>
    word.endsWith(ending) ? word.slice(0, -ending.length) : "",
  );
  const stems = latin ? cut : [...cut, ...boundEndings.map((ending) => word.replace(ending, ""))];
  return [word, ...stems.filter((stem) => stem.length > (latin ? 3 : 2))];
}
