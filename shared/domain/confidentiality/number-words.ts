import type { TextSpan } from "./decoded-text.ts";

/**
 * Up to nineteen by one, then by ten, then by a hundred; each as it is written and spoken, in Latin letters, and in
 * English.
 */
const numbers =
  "صفر,sefr,zero,oh یک,یه,yek,one دو,do,two سه,se,three چهار,چار,chahar,char,four پنج,panj,five شش,شیش,shesh,shish,six " +
  "هفت,haft,seven هشت,hasht,eight نه,noh,nine ده,dah,ten یازده,yazdah,eleven دوازده,davazdah,twelve " +
  "سیزده,sizdah,thirteen چهارده,چارده,chahardah,fourteen پانزده,پونزده,punzdah,fifteen شانزده,شونزده,shunzdah,sixteen " +
  "هفده,هیفده,hefdah,seventeen هجده,هیجده,hejdah,eighteen نوزده,nuzdah,nineteen " +
  "بیست,بیس,bist,twenty سی,si,thirty چهل,چل,chehel,forty,fourty پنجاه,پنجا,panjah,fifty شصت,شست,shast,sixty " +
  "هفتاد,haftad,seventy هشتاد,hashtad,eighty نود,navad,ninety " +
  "صد,یکصد,sad,hundred دویست,divist سیصد,sisad چهارصد,چارصد,charsad پانصد,پونصد,punsad ششصد,شیشصد,sheshsad " +
  "هفتصد,هفصد,haftsad هشتصد,هشصد,hashtsad نهصد,نوصد,nohsad هزار,thousand";
const values = new Map(
  numbers
    .split(" ")
    .flatMap((words, n) => words.split(",").map((word): [string, number] => [word, numberAtPosition(n)])),
);

const letters = /\p{L}[\p{L}\p{M}\p{Cf}]*/gu;
/** All but vowel signs, joiners and kashidas. */
const letter = /[^\p{M}\p{Cf}\u0640]/gu;
/** The longest come first, or "سیصد" would be read as "سی" and "صد". */
const longestFirst = [...values.keys()].toSorted((a, b) => b.length - a.length).join("|");
/** Number words are also typed as one: "سی‌ودو", "نهصدو", "دوتا". */
const number = new RegExp(longestFirst, "g");
const within = new RegExp(`${longestFirst}|تا|بار|و`, "g");
/** What a word begins with that is a number. */
export const numberWord = `(?:${longestFirst})`;
/** "Is", written onto the last one. */
const ending = /^(?:[ئعی]?ه|ا?ست?|ا?م)?$/;
/** "Double five" is 55. */
const repeating = /(?<!\p{L})(double|triple|treble)[\s\p{Cf}-]{1,3}$/iu;

export type SpokenNumber = TextSpan & { value: number; digits: string };

/** What makes one number of "شصت سه", which may be 63, or 60 and 3: only "و" (and), or a space or hyphen, too. */
type Joining = "by-and" | "by-space";

/**
 * Where numbers stand in words, in either reading; only below ten thousand, since people read digits out in small
 * groups.
 */
export function spokenNumbers(text: string): SpokenNumber[][] {
  const words = numberWords(text);
  return words.length > 0
    ? [joinedNumbers(text, { words, joining: "by-and" }), joinedNumbers(text, { words, joining: "by-space" })]
    : [[]];
}

function joinedNumbers(text: string, { words, joining }: { words: SpokenNumber[]; joining: Joining }): SpokenNumber[] {
  const read: SpokenNumber[] = [];
  for (const next of words) {
    const last = read.at(-1);
    const both = last && joinNumbers(last, { next, joining, between: text.slice(last.to, next.from) });
    if (both) read.pop();
    read.push(both ?? next);
  }
  return read;
}

function numberAtPosition(n: number): number {
  if (n < 20) return n;
  return n < 28 ? 10 * (n - 18) : 100 * (n - 27);
}

function numberWords(text: string): SpokenNumber[] {
  return [...text.matchAll(letters)].flatMap(({ 0: word, index }) => {
    const places = [...word.matchAll(letter)];
    const bare = places.join("").toLowerCase().replace(/[يى]/g, "ی").replace(/ك/g, "ک");
    const rest = bare.replace(within, "");
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

/** The number that both make, if they make one. */
function joinNumbers(last: SpokenNumber, { next, between, joining }: JoinInput): SpokenNumber | undefined {
  const separator = between.replace(/[\s\p{Cf}]/gu, "").toLowerCase();
  const both = { from: last.from, to: next.to };
  // "سه تا پنج" is 555.
  if (/^(?:تا|بار)$/.test(separator) && last.value > 1 && last.value < 7 && next.value < 100)
    // They join no other number: «سه تا صفر هزار» is 000 and 1000.
    return { ...both, value: 0, digits: next.digits.repeat(last.value) };
  const isJoined = /^(?:و|o|va|and)$/.test(separator) || (joining === "by-space" && /^-?$/.test(separator));
  const value = (separator === "" && product(last, { next, joining })) || (isJoined && sum(last, next));
  return value ? { ...both, value, digits: `${value}` } : undefined;
}

/** "نه صد" is 900, and "سی صد" 300, not thirty hundreds; "دو هزار" is 2000. */
function product({ value: last }: SpokenNumber, { next, joining }: Omit<JoinInput, "between">): number | undefined {
  if (next.value === 1000 && last < 1000) return last * 1000;
  if (next.value !== 100 || joining === "by-space") return undefined;
  if (last === 30) return 300;
  return last > 1 && last < 10 ? last * 100 : undefined;
}

/** Ten takes no ones: they are eleven to nineteen, which have words of their own. */
function sum({ value: last }: SpokenNumber, { value: next }: SpokenNumber): number | undefined {
  const place = last % 100 === 10 ? 0 : ([1000, 100, 10].find((size) => last >= size && last % size === 0) ?? 0);
  return next > 0 && next < place ? last + next : undefined;
}
