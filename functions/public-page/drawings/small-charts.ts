import type { TrendSignal } from "#shared/domain/statistics/comparison/trend.ts";
import type { Band, Bar, DrawingOptions, Series } from "../model/charts.ts";
import { createPen, type Pen, type Place } from "./pen.ts";

const bandHeight = 16;
const middle = bandHeight / 2;

/** A thin line of 0 to 100, solid to the low, hatched on to the high, and a tick where the peers' average lies. */
export function bandDrawing({ low, high, peers }: Band, look: DrawingOptions): string {
  const pen = createPen(look);
  const at = (share: number) => Math.round(share * look.width);
  const ends = [0, look.width].map((x) => ({ x, y: middle + 0.5 }));
  return pen.framed(
    [
      pen.path("grey-line", pen.line(ends)),
      at(low) > 0 ? pen.path("accent", pen.box({ x: 0, y: middle - 4, width: at(low), height: 8 })) : "",
      silentDrawing(pen, { from: at(low), to: at(high) }),
      peers === undefined ? "" : tickDrawing(pen, Math.min(Math.max(at(peers), 2), look.width - 2)),
    ].join(""),
    bandHeight,
  );
}

function silentDrawing(pen: Pen, { from, to }: { from: number; to: number }): string {
  if (to <= from) return "";
  const inset = Math.min(0.7, (to - from) / 2);
  const box = pen.box({ x: from + inset, y: middle - 3.3, width: to - from - 2 * inset, height: 6.6 });
  // On the ground's colour, or the line would show through.
  return pen.path("ground", box) + pen.path("accent-line", box, 'fill="url(#hatch-accent)" stroke-width="1.4"');
}

function tickDrawing(pen: Pen, x: number): string {
  const halo = pen.path("ground", pen.box({ x: x - 3, y: 0, width: 6, height: bandHeight }));
  return halo + pen.path("ink", pen.box({ x: x - 1, y: 0, width: 2, height: bandHeight }));
}

/** From the side where reading begins, to the longest's length; what is not nothing is seen. */
export function barDrawing({ share }: Bar, look: DrawingOptions): string {
  const pen = createPen(look);
  const width = share > 0 ? Math.max(1, Math.round(share * look.width)) : 0;
  return pen.framed(width > 0 ? pen.path("grey", pen.box({ x: 0, y: 0, width, height: 8 })) : "", 8);
}

/** How many values that are known, the last included, make a signal. */
const lengths: Record<TrendSignal, number> = {
  outside: 1,
  "seven-on-one-side": 7,
  "seven-in-a-row": 7,
  "two-of-three-far-out": 3,
};

/** Which values belong to a signal, by what each completes. */
export function valuesOfSignals(
  signals: readonly (readonly TrendSignal[])[],
  values: readonly (number | undefined)[],
): boolean[] {
  const known = values.flatMap((value, n) => (value === undefined ? [] : [n]));
  const starts = signals.map((found, end) => {
    if (found.length === 0) return Infinity;
    const upTo = known.filter((n) => n <= end);
    return upTo.at(-Math.max(...found.map((one) => lengths[one]))) ?? 0;
  });
  return signals.map((_, n) => starts.some((start, end) => start <= n && n <= end));
}

const seriesHeight = 32;
const margin = 5;

/** One small line over its usual strip; dots only on what belongs to a signal, and on the last. */
export function seriesDrawing({ values, limits, signals }: Series, look: DrawingOptions): string {
  const pen = createPen(look);
  const known = values.filter((one) => one !== undefined);
  const ends = [...known, ...(limits ? [limits.lower, limits.upper] : [])];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const y = (value: number) =>
    Math.round(
      most === least ? seriesHeight / 2 : margin + ((most - value) / (most - least)) * (seriesHeight - 2 * margin),
    );
  const step = values.length > 1 ? (look.width - 2 * margin) / (values.length - 1) : 0;
  const places = values.map((value, n) => (value === undefined ? undefined : { x: margin + n * step, y: y(value) }));
  const marked = valuesOfSignals(signals, values);
  const strip =
    limits && pen.box({ x: 0, y: y(limits.upper), width: look.width, height: y(limits.lower) - y(limits.upper) });
  const dots = places.map((place, n) => {
    const isLast = n === places.length - 1;
    if (!place || !(marked[n] || isLast)) return "";
    return `<circle class="${marked[n] ? "accent" : "ink"}" cx="${pen.across(place.x)}" cy="${place.y}" r="${isLast ? 3.5 : 2.5}"/>`;
  });
  // One alone between two gaps is a dot by its round ends.
  const line = runs(places)
    .map((run) => pen.line(run.length === 1 ? [...run, ...run] : run))
    .join("");
  return pen.framed(
    pen.path("strip", strip ?? "") +
      pen.path("muted-line", line, 'stroke-width="1.5" stroke-linecap="round"') +
      dots.join(""),
    seriesHeight,
  );
}

/** Places without a gap between them. */
function runs(places: readonly (Place | undefined)[]): Place[][] {
  const gaps = places.flatMap((place, n) => (place ? [] : [n]));
  return [-1, ...gaps].map((gap, n) => places.slice(gap + 1, gaps[n]).flatMap((place) => place ?? []));
}
