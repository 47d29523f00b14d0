import type { Span } from "./span.ts";

/** Up to nineteen by one, then by ten, then by a hundred; each as it is written and spoken, and in Latin letters. */
const numbers =
  "صفر,sefr یک,یه,yek دو,do سه,se چهار,چار,chahar,char پنج,panj شش,شیش,shesh,shish هفت,haft هشت,hasht نه,noh ده,dah " +
  "یازده,yazdah دوازده,davazdah سیزده,sizdah چهارده,چارده,chahardah پانزده,پونزده,punzdah شانزده,شونزده,shunzdah " +
  "هفده,هیفده,hefdah هجده,هیجده,hejdah نوزده,nuzdah " +
  "بیست,بیس,bist سی,si چهل,چل,chehel پنجاه,پنجا,panjah شصت,شست,shast هفتاد,haftad هشتاد,hashtad نود,navad " +
  "صد,یکصد,sad دویست,divist سیصد,sisad چهارصد,چارصد,charsad پانصد,پونصد,punsad ششصد,شیشصد,sheshsad هفتصد,haftsad " +
  "هشتصد,hashtsad نهصد,nohsad هزار";
const values = new Map(
  numbers.split(" ").flatMap((words, n) => words.split(",").map((word): [string, number] => [word, nth(n)])),
);

const letters = /\p{L}[\p{L}\p{M}\p{Cf}]*/gu;
/** All but vowel signs, joiners and kashidas. */
const letter = /[^\p{M}\p{Cf}\u0640]/gu;
/** The longest come first, or "سیصد" would be read as "سی" and "صد". */
const longestFirst = [...values.keys()].toSorted((a, b) => b.length - a.length).join("|");
/** Number words are also typed as one: "سی‌ودو", "نهصدو", "دوتا". */
const number = new RegExp(longestFirst, "g");
const within = new RegExp(`${longestFirst}|تا|بار|و`, "g");
/** "Is", written onto the last one. */
const ending = /^(?:[ئعی]?ه|ا?ست?|ا?م)?$/;

export type SpokenNumber = Span & { value: number; digits: string };

/** What makes one number of "شصت سه", which may be 63, or 60 and 3: only "و" (and), or a space, too. */
type Joining = "by-and" | "by-space";

/**
 * Where numbers stand in words, in either reading; only below ten thousand, since people read digits out in small groups.
 */
export function spokenNumbers(text: string): SpokenNumber[][] {
  const words = numberWords(text);
  return words.length > 0
    ? [joined(text, { words, joining: "by-and" }), joined(text, { words, joining: "by-space" })]
    : [[]];
}

function joined(text: string, { words, joining }: { words: SpokenNumber[]; joining: Joining }): SpokenNumber[] {
  const read: SpokenNumber[] = [];
  for (const next of words) {
    const last = read.at(-1);
    const both = last && together(last, { next, joining, between: text.slice(last.to, next.from) });
    if (both) read.pop();
    read.push(both ?? next);
  }
  return read;
}

function nth(n: number): number {
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
      return { from: index + (places[found.index]?.index ?? 0), to, value, digits: `${value}` };
    });
  });
}

type Following = { next: SpokenNumber; between: string; joining: Joining };

/** The number that both make, if they make one. */
function together(last: SpokenNumber, { next, between, joining }: Following): SpokenNumber | undefined {
  const said = between.replace(/[\s\p{Cf}]/gu, "").toLowerCase();
  const both = { from: last.from, to: next.to };
  // "سه تا پنج" is 555.
  if (/^(?:تا|بار)$/.test(said) && last.value > 1 && last.value < 7 && next.value < 100)
    return { ...both, value: 1, digits: next.digits.repeat(last.value) };
  const isJoined = /^(?:و|o|va)$/.test(said) || (joining === "by-space" && said === "");
  const value = (said === "" && product(last, { next, joining })) || (isJoined && sum(last, next));
  return value ? { ...both, value, digits: `${value}` } : undefined;
}

/** "نه صد" is 900, and "سی صد" 300, not thirty hundreds; "دو هزار" is 2000. */
function product({ value: last }: SpokenNumber, { next, joining }: Omit<Following, "between">): number | undefined {
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
