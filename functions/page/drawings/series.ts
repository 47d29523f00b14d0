import type { Look, Series } from "./drawn.ts";
import { type Place, penFor } from "./pen.ts";
import { signalled } from "./signalled.ts";

const height = 32;
const margin = 5;

/** One small line over its usual strip; dots only on what belongs to a signal, and on the last. */
export function seriesDrawing({ values, limits, signals }: Series, look: Look): string {
  const pen = penFor(look);
  const known = values.filter((one) => one !== undefined);
  const ends = [...known, ...(limits ? [limits.lower, limits.upper] : [])];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const y = (value: number) =>
    Math.round(most === least ? height / 2 : margin + ((most - value) / (most - least)) * (height - 2 * margin));
  const step = values.length > 1 ? (look.width - 2 * margin) / (values.length - 1) : 0;
  const places = values.map((value, n) => (value === undefined ? undefined : { x: margin + n * step, y: y(value) }));
  const marked = signalled(signals, values);
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
    height,
  );
}

/** Places without a gap between them. */
function runs(places: readonly (Place | undefined)[]): Place[][] {
  const gaps = places.flatMap((place, n) => (place ? [] : [n]));
  return [-1, ...gaps].map((gap, n) => places.slice(gap + 1, gaps[n]).flatMap((place) => place ?? []));
}
