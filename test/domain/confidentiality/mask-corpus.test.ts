import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { IsIdentityToken } from "#shared/identities/identity.ts";
import { identityTokens, maskCharacters, maskText } from "#shared/identities/mask.ts";
import held from "./corpora/held.json" with { type: "json" };
import tuning from "./corpora/tuning.json" with { type: "json" };

/** Texts as people write them, where ⟦piece|kind⟧ has to be blanked and the rest to stay. */
type Entry = { citizen: Parameters<typeof identityTokens>[0]; text: string };
type Piece = { from: number; to: number; kind: string };

/** What is looked for by its form alone, whoever's it is. */
const byForm = ["card", "email", "email-spelled", "national-id", "national-id-words", "phone", "phone-words", "sheba"];

const readable = /[\p{L}\p{N}]/u;
const isGivenBy = (citizen: Entry["citizen"]): IsIdentityToken => {
  const tokens = new Set(identityTokens(citizen));
  return (token) => tokens.has(token);
};

function read({ text }: Entry): { written: string; pieces: Piece[] } {
  const pieces: Piece[] = [];
  let written = "";
  for (const [n, part] of text.split(/[⟦⟧]/).entries()) {
    const [shown = "", kind = ""] = n % 2 === 1 ? part.split("|") : [part];
    if (n % 2 === 1) pieces.push({ from: written.length, to: written.length + shown.length, kind });
    written += shown;
  }
  return { written, pieces };
}

/** How many letters and digits up to each place are on the wrong side: personal and shown, or else and blanked. */
function countedUpTo(written: string, isWrong: (at: number) => boolean): number[] {
  const upTo = [0];
  for (let n = 0; n < written.length; n++)
    upTo.push((upTo[n] ?? 0) + (readable.test(written[n] ?? "") && isWrong(n) ? 1 : 0));
  return upTo;
}

/** A way to read a masked text: where each of its parts begins in the text, and what that counts wrong. */
type Way = { wrong: number; starts: number[] };
type Wrong = { shown: number[]; blanked: number[] };

/** Goes on from where earlier parts ended; of the ways that end at the same place, the best is kept. */
function prolonged(ways: Map<number, Way>, part: string, { written, wrong }: { written: string; wrong: Wrong }) {
  const next = new Map<number, Way>();
  const between = (counts: number[], from: number, to: number) => (counts[to] ?? 0) - (counts[from] ?? 0);
  for (const [end, way] of ways)
    for (let start = end + 1; start + part.length <= written.length; start++) {
      if (!written.startsWith(part, start)) continue;
      const to = start + part.length;
      const counted = way.wrong + between(wrong.blanked, end, start) + between(wrong.shown, start, to);
      if (counted < (next.get(to)?.wrong ?? counted + 1))
        next.set(to, { wrong: counted, starts: [...way.starts, start] });
    }
  return next;
}

/**
 * Which characters of a text its masked form still shows. Where that can be read in several ways, as after two names side
 * by side, it is the way that fits best what had to be blanked.
 */
function shownOf(written: string, masked: string, isPersonal: boolean[]): boolean[] {
  const parts = masked.split(maskCharacters);
  const [first = "", ...later] = parts;
  const wrong = {
    shown: countedUpTo(written, (at) => isPersonal[at] === true),
    blanked: countedUpTo(written, (at) => isPersonal[at] === false),
  };
  const begun = new Map([[first.length, { wrong: wrong.shown[first.length] ?? 0, starts: [0] }]]);
  const ways = later.reduce((before: Map<number, Way>, part) => prolonged(before, part, { written, wrong }), begun);
  const starts = ways.get(written.length)?.starts;
  if (!starts || !written.startsWith(first)) throw new Error(`"${masked}" is no masked form of its text`);
  const shown = isPersonal.map(() => false);
  for (const [n, start] of starts.entries()) shown.fill(true, start, start + (parts[n]?.length ?? 0));
  return shown;
}

type Read = { written: string; pieces: Piece[]; isPersonal: boolean[]; shown: boolean[] };

function readMasked(entry: Entry, isGiven: IsIdentityToken): Read {
  const { written, pieces } = read(entry);
  const isPersonal = Array.from({ length: written.length }, () => false);
  for (const { from, to } of pieces) isPersonal.fill(true, from, to);
  return { written, pieces, isPersonal, shown: shownOf(written, maskText(written, isGiven) ?? written, isPersonal) };
}

/** Whether a letter or digit from here to there is like that. */
function some(written: string, { from, to }: { from: number; to: number }, isSo: (at: number) => boolean): boolean {
  return countedUpTo(written.slice(from, to), (n) => isSo(from + n)).at(-1) !== 0;
}

type Figures = { found: Map<string, [number, number]>; misses: string[]; vain: string[]; words: number; wrong: number };

/** How many pieces of each kind show no letter and no digit any more, and how many words lost some that had to stay. */
function measure(entries: Entry[], isGiven: (citizen: Entry["citizen"]) => IsIdentityToken): Figures {
  const figures: Figures = { found: new Map(), misses: [], vain: [], words: 0, wrong: 0 };
  for (const [n, entry] of entries.entries()) {
    const { written, pieces, isPersonal, shown } = readMasked(entry, isGiven(entry.citizen));
    for (const piece of pieces) {
      const [found, all] = figures.found.get(piece.kind) ?? [0, 0];
      const isMissed = some(written, piece, (at) => shown[at] === true);
      figures.found.set(piece.kind, [found + (isMissed ? 0 : 1), all + 1]);
      if (isMissed) figures.misses.push(`#${n} ${piece.kind}`);
    }
    const others = [...written.matchAll(/\S+/g)].map(({ 0: word, index: from }) => ({
      from,
      to: from + word.length,
      word,
    }));
    const lost = others.filter((place) => some(written, place, (at) => !isPersonal[at] && !shown[at]));
    figures.words += others.filter((place) => some(written, place, (at) => !isPersonal[at])).length;
    figures.wrong += lost.length;
    figures.vain.push(...lost.map(({ word }) => `#${n} ${word}`));
  }
  return figures;
}

const share = (part: number, all: number) => `${part}/${all} (${((100 * part) / all).toFixed(1)} %)`;
const sum = (figures: Figures, at: 0 | 1) =>
  [...figures.found.values()].reduce((total, counts) => total + counts[at], 0);

function print(title: string, figures: Figures): void {
  const kinds = [...figures.found].sort().map(([kind, [found, all]]) => `  ${kind.padEnd(18)} ${share(found, all)}`);
  const [found, wrong] = [share(sum(figures, 0), sum(figures, 1)), share(figures.wrong, figures.words)];
  const lines = [`${title}: ${found} of what is personal, ${wrong} of the other words`, ...kinds];
  process.stdout.write(`${lines.join("\n")}\n  missed: ${figures.misses.join(", ") || "none"}\n`);
}

describe.each([
  ["held", held as Entry[]],
  ["tuning", tuning as Entry[]],
])("of the texts of the %s corpus", (name, entries) => {
  test("95 in a hundred names, numbers and addresses are blanked, and one in a hundred other words at the most", () => {
    const figures = measure(entries, isGivenBy);
    print(name, figures);
    expect(sum(figures, 0) / sum(figures, 1)).toBeGreaterThanOrEqual(0.95);
    expect(figures.wrong / figures.words).toBeLessThanOrEqual(0.01);
  });

  test("the same holds for what has a form of its own where nobody knows what the citizen gave", () => {
    const figures = measure(entries, () => () => false);
    const found = new Map([...figures.found].filter(([kind]) => byForm.includes(kind)));
    const formal = {
      ...figures,
      found,
      misses: figures.misses.filter((miss) => byForm.includes(miss.split(" ")[1] ?? "")),
    };
    print(`${name} by form`, formal);
    expect(sum(formal, 0) / sum(formal, 1)).toBeGreaterThanOrEqual(0.95);
    expect(figures.wrong / figures.words).toBeLessThanOrEqual(0.01);
  });
});

/** Sentences whose personal parts are listed beside them, and perhaps those words of theirs that have to stay. */
type Listed = { citizen: Entry["citizen"]; sentence: string; parts: (string | Part)[]; innocent?: string[] };
type Part = { text: string; kind?: string };

/** Marks each part where it stands after the part before it, or where it stands at all. */
function marked({ citizen, sentence, parts }: Listed): Entry {
  let text = sentence;
  let from = 0;
  for (const part of parts) {
    const { text: piece, kind = "part" } = typeof part === "string" ? { text: part } : part;
    const at = text.includes(piece, from) ? text.indexOf(piece, from) : text.indexOf(piece);
    if (at < 0) throw new Error(`"${piece}" does not stand in "${sentence}"`);
    text = `${text.slice(0, at)}⟦${piece}|${kind}⟧${text.slice(at + piece.length)}`;
    from = at + piece.length + kind.length + 3;
  }
  return { citizen, text };
}

/** Listed words that no longer stand in the masked sentence as often as in the sentence. */
function lostWords(listed: Entry | Listed, masked: string): string[] {
  const often = (text: string, word: string) => text.split(word).length;
  if (!("innocent" in listed)) return [];
  return (listed.innocent ?? []).filter((word) => often(masked, word) < often(listed.sentence, word));
}

/**
 * Measures other sentences, which are no part of the repository, and prints what was found and what was blanked in vain:
 *
 *     MASK_SENTENCES=new.json npx vitest run --project unit test/domain/confidentiality/mask-corpus -t "other sentences"
 *
 * The file is a list in the form of `corpora/held.json` (`citizen` and `text` with ⟦piece|kind⟧), or of `citizen`,
 * `sentence`, `parts` (each a string, or `text` and `kind`) and `innocent` (words that have to stay, optional).
 */
describe.runIf(process.env.MASK_SENTENCES)("of other sentences", () => {
  test("what is found is printed", () => {
    const listed: (Entry | Listed)[] = JSON.parse(readFileSync(process.env.MASK_SENTENCES ?? "", "utf8"));
    const entries = listed.map((entry) => ("text" in entry ? entry : marked(entry)));
    const figures = measure(entries, isGivenBy);
    print("other sentences", figures);
    const masked = entries.map(
      (entry) => maskText(read(entry).written, isGivenBy(entry.citizen)) ?? read(entry).written,
    );
    const words = listed.flatMap((entry, n) => lostWords(entry, masked[n] ?? "").map((word) => `#${n} ${word}`));
    const innocent = listed.reduce((sum, entry) => sum + ("innocent" in entry ? (entry.innocent?.length ?? 0) : 0), 0);
    const at = [...new Set([...figures.misses, ...figures.vain].map((miss) => Number.parseInt(miss.slice(1), 10)))];
    process.stdout.write(
      [
        `  other words blanked: ${figures.vain.join(", ") || "none"}`,
        `  listed innocent words blanked: ${words.length} of ${innocent} ${words.join(", ")}`,
        ...at.map((n) => `  #${n} ${entries[n]?.text}\n     -> ${masked[n]}`),
        "",
      ].join("\n"),
    );
    expect(sum(figures, 0) / sum(figures, 1)).toBeGreaterThanOrEqual(0.95);
    expect(words).toEqual([]);
  });
});
