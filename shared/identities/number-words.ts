import type { TextSpan } from "./decoded-text.ts";

/**
 * The words for 0 to 19, then for the tens, then for the hundreds and 1000. Each number has its written and its spoken
 * Persian words, these words in Latin letters, and its English word.
 */
const wordsByNumber =
  "صفر,sefr,zero,oh یک,یه,yek,one دو,do,two سه,se,three چهار,چار,chahar,char,four پنج,panj,five شش,شیش,shesh,shish,six " +
  "هفت,haft,seven هشت,hasht,eight نه,noh,nine ده,dah,ten یازده,yazdah,eleven دوازده,davazdah,twelve " +
  "سیزده,sizdah,thirteen چهارده,چارده,chahardah,fourteen پانزده,پونزده,punzdah,fifteen شانزده,شونزده,shunzdah,sixteen " +
  "هفده,هیفده,hefdah,seventeen هجده,هیجده,hejdah,eighteen نوزده,nuzdah,nineteen " +
  "بیست,بیس,bist,twenty سی,si,thirty چهل,چل,chehel,forty,fourty پنجاه,پنجا,panjah,fifty شصت,شست,shast,sixty " +
  "هفتاد,haftad,seventy هشتاد,hashtad,eighty نود,navad,ninety " +
  "صد,یکصد,sad,hundred دویست,divist سیصد,sisad چهارصد,چارصد,charsad پانصد,پونصد,punsad ششصد,شیشصد,sheshsad " +
  "هفتصد,هفصد,haftsad هشتصد,هشصد,hashtsad نهصد,نوصد,nohsad هزار,thousand";
const values = new Map(
  wordsByNumber
    .split(" ")
    .flatMap((words, n) => words.split(",").map((word): [string, number] => [word, numberAtPosition(n)])),
);

const letters = /\p{L}[\p{L}\p{M}\p{Cf}]*/gu;
/** Every character but vowel signs, joiners and kashidas. */
const letter = /[^\p{M}\p{Cf}\u0640]/gu;
/** The longest words come first. Otherwise «سیصد» (300) would be read as «سی» (30) and «صد» (100). */
const longestFirst = [...values.keys()].toSorted((a, b) => b.length - a.length).join("|");
/** People also type several number words as one word: «سی‌ودو», «نهصدو», «دوتا». */
const number = new RegExp(longestFirst, "g");
const numberOrJoiner = new RegExp(`${longestFirst}|تا|بار|و`, "g");
/** A pattern for one number word. */
export const numberWord = `(?:${longestFirst})`;
/** "Is" and "am", attached to the last number word. */
const ending = /^(?:[ئعی]?ه|ا?ست?|ا?م)?$/;
/** "Double five" means 55. */
const repeating = /(?<!\p{L})(double|triple|treble)[\s\p{Cf}-]{1,3}$/iu;

type SpokenNumber = TextSpan & { value: number; digits: string };

/**
 * How two number words make one number: only by «و» (and), or also by a space or hyphen. «شصت سه» may be 63, or 60 and
 * 3.
 */
type Joining = "by-and" | "by-space";

/**
 * Finds the numbers in words, in each of the two readings (`Joining`). Without number words it returns one empty
 * reading. Only numbers below ten thousand are recognized, because people read digits out in small groups.
 */
export function spokenNumbers(text: string): SpokenNumber[][] {
  const words = numberWords(text);
  return words.length > 0
    ? [joinedNumbers(text, { words, joining: "by-and" }), joinedNumbers(text, { words, joining: "by-space" })]
    : [[]];
}

function joinedNumbers(text: string, { words, joining }: { words: SpokenNumber[]; joining: Joining }): SpokenNumber[] {
  const joined: SpokenNumber[] = [];
  for (const next of words) {
    const last = joined.at(-1);
    const both = last && joinNumbers(last, { next, joining, between: text.slice(last.to, next.from) });
    if (both) joined.pop();
    joined.push(both ?? next);
  }
  return joined;
}

/** `n`: the position in `wordsByNumber`. */
function numberAtPosition(n: number): number {
  if (n < 20) return n;
  return n < 28 ? 10 * (n - 18) : 100 * (n - 27);
}

function numberWords(text: string): SpokenNumber[] {
  return [...text.matchAll(letters)].flatMap(({ 0: word, index }) => {
    const places = [...word.matchAll(letter)];
    const bare = places.join("").toLowerCase().replace(/[يى]/g, "ی").replace(/ك/g, "ک");
    const rest = bare.replace(numberOrJoiner, "");
    if (!ending.test(rest) || !bare.endsWith(rest)) return [];
    return [...bare.matchAll(number)].map((found) => {
      const value = values.get(found[0]) ?? 0;
      const end = found.index + found[0].length;
      const isLast = end + rest.length === bare.length;
      const to = index + (isLast ? word.length : (places[end]?.index ?? 0));
      return withRepetition(text, { from: index + (places[found.index]?.index ?? 0), to, value, digits: `${value}` });
    });
  });
}

function withRepetition(text: string, word: SpokenNumber): SpokenNumber {
  const [repetition, times] = repeating.exec(text.slice(Math.max(0, word.from - 10), word.from)) ?? [];
  if (!repetition || word.value > 9) return word;
  const digits = word.digits.repeat(times?.toLowerCase() === "double" ? 2 : 3);
  return { from: word.from - repetition.length, to: word.to, value: Number(digits), digits };
}

type JoinInput = { next: SpokenNumber; between: string; joining: Joining };

/** Returns the number that two number words make together; undefined if they are two numbers. */
function joinNumbers(last: SpokenNumber, { next, between, joining }: JoinInput): SpokenNumber | undefined {
  const separator = between.replace(/[\s\p{Cf}]/gu, "").toLowerCase();
  const both = { from: last.from, to: next.to };
  // «سه تا پنج» (three times five) means the digits 555.
  if (/^(?:تا|بار)$/.test(separator) && last.value > 1 && last.value < 7 && next.value < 100)
    // The value 0 keeps the digits from joining another number: «سه تا صفر هزار» is 000 and 1000.
    return { ...both, value: 0, digits: next.digits.repeat(last.value) };
  const isJoined = /^(?:و|o|va|and)$/.test(separator) || (joining === "by-space" && /^-?$/.test(separator));
  const value = (separator === "" && product(last, { next, joining })) || (isJoined && sum(last, next));
  return value ? { ...both, value, digits: `${value}` } : undefined;
}

/** «نه صد» (nine hundred) is 900 and «دو هزار» (two thousand) is 2000. «سی صد» is 300, although «سی» alone is 30. */
function product({ value: last }: SpokenNumber, { next, joining }: Omit<JoinInput, "between">): number | undefined {
  if (next.value === 1000 && last < 1000) return last * 1000;
  if (next.value !== 100 || joining === "by-space") return undefined;
  if (last === 30) return 300;
  return last > 1 && last < 10 ? last * 100 : undefined;
}

/** 10 and 3 make no number, because the numbers 11 to 19 have words of their own. */
function sum({ value: last }: SpokenNumber, { value: next }: SpokenNumber): number | undefined {
  const place = last % 100 === 10 ? 0 : ([1000, 100, 10].find((size) => last >= size && last % size === 0) ?? 0);
  return next > 0 && next < place ? last + next : undefined;
}
