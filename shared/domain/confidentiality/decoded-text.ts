/** A stretch of a text: from its first character to the one behind its last. */
export type TextSpan = { from: number; to: number };

/** What lies between them, however they overlap, from left to right. */
export function mergeSpans(spans: TextSpan[]): TextSpan[] {
  const merged: TextSpan[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** Characters as links and web pages carry them: bytes of UTF-8 after percent signs, entities, escapes of scripts. */
const bytes =
  "%[0-7][\\da-f]|%[cd][\\da-f]%[89ab][\\da-f]|%e[\\da-f](?:%[89ab][\\da-f]){2}|%f[0-7](?:%[89ab][\\da-f]){3}";
const numbered = String.raw`&#(\d{1,7});?|&#x([\da-f]{1,6});?|[\\%]u([\da-f]{4})`;
const named: Record<string, string> = {
  "&amp;": "&",
  "&commat;": "@",
  "&hyphen;": "-",
  "&lowbar;": "_",
  "&nbsp;": " ",
  "&period;": ".",
  "&plus;": "+",
  "&zwnj;": "\u200c",
};
/** Digits in circles, which unlike other signs have no plain form in Unicode. */
const circled = ["⓪⓵⓶⓷⓸⓹⓺⓻⓼⓽", "⓿❶❷❸❹❺❻❼❽❾", "🄋➀➁➂➃➄➅➆➇➈", "🄌➊➋➌➍➎➏➐➑➒"].flatMap((signs) =>
  [...signs].entries().toArray(),
);
const digitOf = new Map(circled.map(([digit, sign]) => [sign, `${digit}`]));
const piece = new RegExp(`${bytes}|${numbered}|${Object.keys(named).join("|")}|.`, "gisu");
/** A link within a link is encoded once more. */
const mostRounds = 3;

/** A text as it is shown once it is opened, and where each of its characters stands in the written one. */
type Decoded = { text: string; spans: TextSpan[] };

/**
 * The text as a reader sees what is encoded in it, in plain letters and digits, with the way back to what was written;
 * undefined where nothing is.
 */
export function decodeEscapes(written: string): { text: string; placeOf: (span: TextSpan) => TextSpan } | undefined {
  let before = "";
  let read: Decoded = {
    text: written,
    spans: Array.from({ length: written.length }, (_, n) => ({ from: n, to: n + 1 })),
  };
  for (let round = 0; round < mostRounds && read.text !== before; round++) {
    before = read.text;
    read = decodeOnce(read);
  }
  const { text, spans } = read;
  return text === written ? undefined : { text, placeOf: (span) => placeIn(spans, span) };
}

function decodeOnce({ text, spans }: Decoded): Decoded {
  const pieces = [...text.matchAll(piece)].map((match) => {
    const place = placeIn(spans, { from: match.index, to: match.index + match[0].length });
    return { shown: decodePiece(match), place };
  });
  return {
    text: pieces.map(({ shown }) => shown).join(""),
    spans: pieces.flatMap(({ shown, place }) => Array.from({ length: shown.length }, () => place)),
  };
}

function placeIn(places: TextSpan[], { from, to }: TextSpan): TextSpan {
  return { from: places[from]?.from ?? 0, to: places[to - 1]?.to ?? 0 };
}

function decodePiece([written, decimal, ofPage, ofScript]: RegExpExecArray): string {
  const hex = ofPage ?? ofScript;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  if (/^%./.test(written)) return Buffer.from(written.replaceAll("%", ""), "hex").toString();
  return named[written.toLowerCase()] ?? digitOf.get(written) ?? plainCharacter(written);
}

/** Wide, raised, bold or circled ones as they are typed else, and what browsers take for the dot of a domain. */
function plainCharacter(character: string): string {
  return character.normalize("NFKC").replace("。", ".");
}
