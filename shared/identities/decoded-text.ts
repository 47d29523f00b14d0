/** A part `[from, to)` of a text. */
export type TextSpan = { from: number; to: number };

/** Returns the spans from left to right, with overlapping spans merged into one. */
export function mergeSpans(spans: TextSpan[]): TextSpan[] {
  const merged: TextSpan[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/**
 * Encoded characters: UTF-8 bytes with percent signs (links), entities (HTML), and escapes such as `\u0031` (scripts).
 */
const percentBytes =
  "%[0-7][\\da-f]|%[cd][\\da-f]%[89ab][\\da-f]|%e[\\da-f](?:%[89ab][\\da-f]){2}|%f[0-7](?:%[89ab][\\da-f]){3}";
const characterCode = String.raw`&#(\d{1,7});?|&#x([\da-f]{1,6});?|[\\%]u([\da-f]{4})`;
const namedEntities: Record<string, string> = {
  "&amp;": "&",
  "&commat;": "@",
  "&hyphen;": "-",
  "&lowbar;": "_",
  "&nbsp;": " ",
  "&period;": ".",
  "&plus;": "+",
  "&zwnj;": "\u200c",
};
/** Digits in circles. Unicode normalization leaves most of them as they are. */
const circled = ["⓪⓵⓶⓷⓸⓹⓺⓻⓼⓽", "⓿❶❷❸❹❺❻❼❽❾", "🄋➀➁➂➃➄➅➆➇➈", "🄌➊➋➌➍➎➏➐➑➒"].flatMap((signs) =>
  [...signs].entries().toArray(),
);
const digitOfCircled = new Map(circled.map(([digit, sign]) => [sign, `${digit}`]));
const encodedOrPlain = new RegExp(`${percentBytes}|${characterCode}|${Object.keys(namedEntities).join("|")}|.`, "gisu");
/** A link inside a link is encoded twice. */
const mostRounds = 3;

/** A decoded text. `spans`: for each of its characters, the span in the written text that it comes from. */
type Decoded = { text: string; spans: TextSpan[] };

/**
 * Returns the text with its encoded characters as plain letters and digits, as a reader sees them after opening it.
 * Returns undefined if nothing is encoded. `placeOf`: turns a span of the returned text into the span of the written
 * text.
 */
export function decodeEscapes(written: string): { text: string; placeOf: (span: TextSpan) => TextSpan } | undefined {
  let before = "";
  let decoded: Decoded = {
    text: written,
    spans: Array.from({ length: written.length }, (_, n) => ({ from: n, to: n + 1 })),
  };
  for (let round = 0; round < mostRounds && decoded.text !== before; round++) {
    before = decoded.text;
    decoded = decodeOnce(decoded);
  }
  const { text, spans } = decoded;
  return text === written ? undefined : { text, placeOf: (span) => placeIn(spans, span) };
}

function decodeOnce({ text, spans }: Decoded): Decoded {
  const pieces = [...text.matchAll(encodedOrPlain)].map((match) => {
    const span = placeIn(spans, { from: match.index, to: match.index + match[0].length });
    return { plain: decodePiece(match), span };
  });
  return {
    text: pieces.map(({ plain }) => plain).join(""),
    spans: pieces.flatMap(({ plain, span }) => Array.from({ length: plain.length }, () => span)),
  };
}

/** Returns the span of the written text that a span of the decoded text comes from. */
function placeIn(spans: TextSpan[], { from, to }: TextSpan): TextSpan {
  return { from: spans[from]?.from ?? 0, to: spans[to - 1]?.to ?? 0 };
}

function decodePiece([written, decimal, entityHex, scriptHex]: RegExpExecArray): string {
  const hex = entityHex ?? scriptHex;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  if (/^%./.test(written)) return Buffer.from(written.replaceAll("%", ""), "hex").toString();
  return namedEntities[written.toLowerCase()] ?? digitOfCircled.get(written) ?? plainCharacter(written);
}

/** Returns the plain form of a wide, raised, bold or circled character. «。» counts as a dot, as in browsers. */
function plainCharacter(character: string): string {
  return character.normalize("NFKC").replace("。", ".");
}
