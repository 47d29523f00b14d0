import { written } from "#shared/domain/telling/written-number.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { Box, Pen } from "./pen.ts";

/** Shares of 0 to 1 are drawn up to this, in hundredths: up to 80, unless one of them is higher. */
export function topOf(shares: readonly number[]): 80 | 100 {
  return shares.some((one) => one > 0.78) ? 100 : 80;
}

/** Steps of 1, 2 or 5 times a power of ten, from 0 on until `most` is within: four to six of them. */
export function stepsTo(most: number): number[] {
  const rough = Math.max(most, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step);
}

type Edges = { start: number; end: number; top: number; bottom: number };

/** What is left within the edges of a drawing. */
export function plotIn({ width, height }: { width: number; height: number }, edge: Edges): Box {
  return { x: edge.start, y: edge.top, width: width - edge.start - edge.end, height: height - edge.top - edge.bottom };
}

type Grid = { pen: Pen; plot: Box; top: number; language: Language };

export function yOf(share: number, { plot, top }: Pick<Grid, "plot" | "top">): number {
  return Math.round(plot.y + plot.height * (1 - (share * 100) / top));
}

/** Hairs at every 20 of a hundred, a line at none, and their numbers where reading begins. */
export function gridDrawing({ pen, plot, top, language }: Grid): string {
  const levels = Array.from({ length: top / 20 + 1 }, (_, n) => n * 20);
  return levels
    .map((level) => {
      const y = yOf(level / 100, { plot, top }) + 0.5;
      const ends = [plot.x, plot.x + plot.width].map((x) => ({ x, y }));
      const number = pen.write({ x: 0, y: y + 4.5, text: written(level, language), classes: "muted" });
      return pen.path(level === 0 ? "muted-line" : "hair-line", pen.line(ends)) + number;
    })
    .join("");
}
