import { isPlural, stemsOf, wordsOfQuery } from "./word-stems.ts";

/**
 * One result of the search: its kind, the id of its place, the page's number, title and address; then the names of its caller and
 * further words for it, as stems; then the names of its fields, and the number of the text about it, -1 for none.
 */
export type SearchEntry = [
  kind: Kind,
  id: string,
  page: number,
  title: string,
  address: string,
  caller: string,
  words: string,
  fields: string,
  text: number,
];
export type Kind = "operation" | "error" | "problem" | "guide" | "shape";

/** The index. `texts`: the stems of the texts about each task. `synonyms`: groups of words of one meaning, as stems. */
export type SearchIndex = {
  entries: readonly SearchEntry[];
  texts: readonly string[];
  synonyms: readonly string[];
};

/** The results of a query, the best first, and the typed words that no entry has. */
export type Found = { entries: SearchEntry[]; unknown: string[] };

/** How much a word counts by the place in which an entry has it. */
const weights = { caller: 12, title: 10, words: 9, address: 9, fields: 2 };
/** The addition for a word that the address has too: it names the subject of the operation. */
const addressBonus = 3;
/** How much it counts as another word: one of the same meaning, a longer one, one with a letter mistyped. */
const closeness = { same: 1, synonym: 0.6, longer: 0.6, mistyped: 0.5 };
/** A plural names things: "list of agencies" asks for a list of them, and less for what an agency calls. */
const callerInPlural = 0.5;
/** The addition where the query has all words of a title. */
const wholeTitleBonus = 20;
const kindOrder: Record<Kind, number> = { operation: 0, error: 1, guide: 1, problem: 1, shape: 1 };

type Known = { entry: SearchEntry; places: Map<string, number>; caller: ReadonlySet<string>; title: readonly string[] };

/** Returns the search over an index. `page` is the number of the page on which the reader is. */
export function searchIn({ entries, texts, synonyms }: SearchIndex, page: number): (query: string) => Found {
  const known = entries.map(
    (entry): Known => ({
      entry,
      places: placesOf(entry, texts),
      caller: new Set(entry[5].split(" ")),
      title: wordsOfQuery(entry[3]).flatMap((word) => stemsOf(word).slice(0, 1)),
    }),
  );
  const vocabulary = new Set(known.flatMap(({ places }) => [...places.keys()]));
  const groups = synonyms.map((group) => group.split(" "));
  const groupsOf = Map.groupBy(
    groups.flatMap((group) => group.map((stem) => ({ stem, group }))),
    ({ stem }) => stem,
  );
  const matesOf = (stem: string) => (groupsOf.get(stem) ?? []).flatMap(({ group }) => group);
  return (query) => {
    const words = wordsOfQuery(query).map((word) => ({ word, alike: alikeWords(word, { vocabulary, matesOf }) }));
    const asked = words.filter(({ alike }) => alike.size > 0).map((asked) => withRarity(asked, known));
    return {
      entries: ranked(known, { asked, page }),
      unknown: words.filter(({ alike }) => alike.size === 0).map(({ word }) => word),
    };
  };
}

function placesOf(entry: SearchEntry, texts: readonly string[]): Map<string, number> {
  const [, , , title, address, caller, words, fields, text] = entry;
  const places = new Map<string, number>();
  const add = (stems: readonly string[], weight: number) => {
    for (const stem of stems) places.set(stem, Math.max(weight, places.get(stem) ?? 0));
  };
  add(stemsOf(title), weights.title);
  add(words.split(" "), weights.words);
  add(caller.split(" "), weights.caller);
  add([...stemsOf(fields), ...(texts[text] ?? "").split(" ")], weights.fields);
  for (const stem of stemsOf(address))
    places.set(stem, Math.max(weights.address, places.get(stem) ?? 0) + addressBonus);
  places.delete("");
  return places;
}

type Language = { vocabulary: ReadonlySet<string>; matesOf: (stem: string) => readonly string[] };

/** Words of the index that a typed word may mean, each with its closeness. None: nobody has the word. */
function alikeWords(word: string, language: Language): Map<string, number> {
  for (const stem of stemsOf(word)) {
    const direct = directlyAlike(stem, language);
    if (direct.size > 0) return direct;
  }
  const [stem = ""] = stemsOf(word);
  const mistyped = [...language.vocabulary].filter((one) => stem.length > 4 && isOneSlipAway(stem, one));
  if (mistyped.length > 0) return new Map(mistyped.map((one) => [one, closeness.mistyped]));
  // An ending that no rule knows: the word is tried without its last letters.
  for (let length = stem.length - 1; length >= Math.max(stem.length - 3, 4); length -= 1) {
    const shorter = directlyAlike(stem.slice(0, length), language);
    if (shorter.size > 0) return shorter;
  }
  return new Map();
}

function directlyAlike(stem: string, { vocabulary, matesOf }: Language): Map<string, number> {
  const longer = [...vocabulary].filter((one) => stem.length > 1 && one.startsWith(stem));
  const mates = matesOf(stem).filter((one) => vocabulary.has(one));
  const alike = new Map(longer.map((one) => [one, closeness.longer]));
  for (const mate of mates) alike.set(mate, closeness.synonym);
  if (vocabulary.has(stem)) alike.set(stem, closeness.same);
  return alike;
}

/** Whether two words differ by one letter that is missing, added, wrong, or exchanged with its neighbour. */
function isOneSlipAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [rest, otherRest] = [one.slice(start), other.slice(start)];
  const isExchanged = rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2);
  return (
    rest.slice(1) === otherRest.slice(1) || rest.slice(1) === otherRest || rest === otherRest.slice(1) || isExchanged
  );
}

type Asked = { alike: Map<string, number>; isPlural: boolean; rarity: number };

/** A word that few entries have says more. */
function withRarity({ word, alike }: { word: string; alike: Map<string, number> }, known: readonly Known[]): Asked {
  const asked = { alike, isPlural: isPlural(word) };
  const having = known.filter((one) => fitOf(asked, one) > weights.fields).length;
  return { ...asked, rarity: Math.log2(2 + known.length / (1 + having)) };
}

function fitOf({ alike, isPlural }: Pick<Asked, "alike" | "isPlural">, { places, caller }: Known): number {
  let best = 0;
  for (const [stem, close] of alike) {
    const part = isPlural && caller.has(stem) ? callerInPlural : 1;
    best = Math.max(best, close * part * (places.get(stem) ?? 0));
  }
  return best;
}

const saysTitle = (asked: readonly Asked[], { title }: Known) =>
  title.length > 0 && title.every((stem) => asked.some(({ alike }) => alike.has(stem)));

/**
 * The entries that have at least half as many of the words as the best one. Those with most words come first; a word in a field
 * counts half. Among equals operations come before texts, then come those whose title or rare words fit, then those with the plainer address. Shapes
 * of answers come last.
 */
function ranked(known: readonly Known[], { asked, page }: { asked: readonly Asked[]; page: number }): SearchEntry[] {
  const weighed = known.map((one) => {
    const { entry } = one;
    const fits = asked.map((word) => ({ fit: fitOf(word, one), rarity: word.rarity }));
    const count = fits.reduce((sum, { fit }) => sum + (fit > weights.fields ? 1 : fit > 0 ? 0.5 : 0), 0);
    const bonus = (entry[2] === page ? 1 : 0) + (saysTitle(asked, one) ? wholeTitleBonus : 0);
    const weight = fits.reduce((sum, { fit, rarity }) => sum + fit * rarity, bonus);
    return { entry, count, weight };
  });
  const most = Math.max(...weighed.map(({ count }) => count));
  return weighed
    .filter(({ count }) => count > 0 && count * 2 >= most)
    .sort(
      (one, other) =>
        Number(one.entry[0] === "shape") - Number(other.entry[0] === "shape") ||
        other.count - one.count ||
        kindOrder[one.entry[0]] - kindOrder[other.entry[0]] ||
        other.weight - one.weight ||
        one.entry[4].length - other.entry[4].length,
    )
    .map(({ entry }) => entry);
}
