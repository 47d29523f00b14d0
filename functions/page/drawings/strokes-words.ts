import { sum } from "#shared/domain/statistics/sum.ts";
import { written } from "#shared/domain/telling/written-number.ts";
import type { Look, Strokes, StrokeWords } from "./drawn.ts";
import { type Pen, type Place, widthOf } from "./pen.ts";
import { kindAt, type Rows, strokeSwatch } from "./stroke-shapes.ts";

/** What the words are written with: the strokes they are about, and where these end. */
type Wording = { pen: Pen; look: Look; rows: Rows; strokes: Strokes; words: StrokeWords; bottom: number };

/** Under each part from its start on: its bracket, its number, its words and its note. */
export function bracketedWords({ pen, look, rows, words, bottom }: Wording): string {
  return words.parts
    .map(({ strokes, words: text, note }, n) => {
      if (strokes === 0) return "";
      const x = sum(words.parts.slice(0, n).map((part) => part.strokes)) * rows.pitch;
      const end = x + (strokes - 1) * rows.pitch + rows.wide;
      const [high, low] = [bottom + 7, bottom + 13.5];
      const corners = [
        { x: x + 0.5, y: high },
        { x: x + 0.5, y: low },
        { x: end - 0.5, y: low },
        { x: end - 0.5, y: high },
      ];
      return [
        pen.path("muted-line", pen.line(corners)),
        pen.write({ x, y: bottom + 46, text: written(strokes, look.language), size: 28, isBold: true }),
        pen.write({ x, y: bottom + 73, text, size: 17 }),
        note ? pen.write({ x, y: bottom + 97, text: note, classes: "muted" }) : "",
      ].join("");
    })
    .join("");
}

/** Above the stubs, where there are enough of them. */
export function stubWords({ pen, rows, strokes, words: { unanswered } }: Wording): string {
  const before = strokes.findIndex(({ kind }) => kind === "unanswered");
  const stubs = strokes[before]?.strokes ?? 0;
  if (!unanswered || stubs * rows.pitch < widthOf(unanswered, 14)) return "";
  const x = (sum(strokes.slice(0, before).map((one) => one.strokes)) + stubs / 2) * rows.pitch;
  return pen.write({ x, y: rows.high - rows.stub - 10, text: unanswered, anchor: "middle", classes: "muted" });
}

type Key = Pick<Wording, "pen" | "look" | "strokes" | "words"> & {
  /** Where it begins, and how large its words are set. */
  at: Place;
  size: number;
};

/** What each look of a stroke says, in as few lines as the width allows; an entry that is wider stands in one of its own. */
export function strokesKey({ pen, look, strokes, words, at, size }: Key) {
  const line = Math.round(size * 1.9);
  const place = { ...at };
  let widest = 0;
  const drawn = words.parts.flatMap(({ strokes: count, words: text }, n) => {
    const kind = kindAt(strokes, sum(words.parts.slice(0, n).map((part) => part.strokes)));
    if (count === 0 || !kind) return [];
    const number = written(count, look.language);
    const width = size * 1.1 + widthOf(`${number} `, size * 1.4) + widthOf(text, size);
    if (place.x > at.x && place.x + width > look.width - at.x) Object.assign(place, { x: at.x, y: place.y + line });
    const [{ x, y }, high] = [{ ...place }, Math.round(size * 1.3)];
    place.x += Math.round(width + size * 1.5);
    widest = Math.max(widest, width);
    const runs = [{ text: number, size: Math.round(size * 1.4), isBold: true }, { text }];
    return [
      strokeSwatch(kind, { pen, box: { x, y: y + 3 - high, width: Math.round(size * 0.6), height: high } }),
      pen.write({ x: x + Math.round(size), y, text: runs, size }),
    ];
  });
  return { drawn: drawn.join(""), height: place.y - at.y + line, width: widest };
}
