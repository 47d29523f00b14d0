import type { TrendSignal } from "#functions/figures/trend.ts";
import type { Band, Bar, DrawingOptions, Series } from "../model/charts.ts";
import { createPen, type Drawing, type Pen, type Place } from "./pen.ts";

const bandHeight = 16;
const middle = bandHeight / 2;

/** Draws a line from 0 to 100: solid up to `low`, hatched from there to `high`, with a tick at the peers' average. */
export function bandDrawing({ low, high, peers }: Band, look: DrawingOptions): Drawing {
  const pen = createPen(look);
  const at = (share: number) => Math.round(share * look.width);
  const ends = [0, look.width].map((x) => ({ x, y: middle + 0.5 }));
  return pen.drawing(
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
  // The colour of the ground hides the line under the hatch.
  return pen.path("ground", box) + pen.path("accent-line", box, 'fill="url(#hatch-accent)" stroke-width="1.4"');
}

function tickDrawing(pen: Pen, x: number): string {
  const halo = pen.path("ground", pen.box({ x: x - 3, y: 0, width: 6, height: bandHeight }));
  return halo + pen.path("ink", pen.box({ x: x - 1, y: 0, width: 2, height: bandHeight }));
}

/** Draws a bar from the side where reading begins. A share above 0 is at least one pixel wide, so that it is visible. */
export function barDrawing({ share }: Bar, look: DrawingOptions): Drawing {
  const pen = createPen(look);
  const width = share > 0 ? Math.max(1, Math.round(share * look.width)) : 0;
  return pen.drawing(width > 0 ? pen.path("grey", pen.box({ x: 0, y: 0, width, height: 8 })) : "", 8);
}

/** How many known values belong to a signal, with the value that completes it. */
const signalLengths: Record<TrendSignal, number> = {
  "outside-limits": 1,
  "seven-on-one-side-of-mean": 7,
  "seven-rising-or-falling": 7,
  "two-of-three-near-limit": 3,
};

/** Which values belong to a signal. `signals`: for each value, the signals that it completes. */
function valuesOfSignals(
  signals: readonly (readonly TrendSignal[])[],
  values: readonly (number | undefined)[],
): boolean[] {
  const known = values.flatMap((value, n) => (value === undefined ? [] : [n]));
  const starts = signals.map((completed, end) => {
    if (completed.length === 0) return Infinity;
    const knownUntilEnd = known.filter((n) => n <= end);
    return knownUntilEnd.at(-Math.max(...completed.map((signal) => signalLengths[signal]))) ?? 0;
  });
  return signals.map((_, n) => starts.some((start, end) => start <= n && n <= end));
}

const seriesHeight = 32;
const margin = 5;

/** Draws a small line over the strip of usual values. Dots mark the values of a signal, and the last value. */
export function seriesDrawing({ values, limits, signals }: Series, look: DrawingOptions): Drawing {
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
  // A value alone between two gaps is a line without length: its round ends make it a dot.
  const line = runs(places)
    .map((run) => pen.line(run.length === 1 ? [...run, ...run] : run))
    .join("");
  return pen.drawing(
    pen.path("strip", strip ?? "") +
      pen.path("muted-line", line, 'stroke-width="1.5" stroke-linecap="round"') +
      dots.join(""),
    seriesHeight,
  );
}

/** The places in groups, divided where a value is missing. */
function runs(places: readonly (Place | undefined)[]): Place[][] {
  const gaps = places.flatMap((place, n) => (place ? [] : [n]));
  return [-1, ...gaps].map((gap, n) => places.slice(gap + 1, gaps[n]).flatMap((place) => place ?? []));
}
