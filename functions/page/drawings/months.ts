import type { Look, Months } from "./drawn.ts";
import { axisWords, lastNumbers, type MonthsSetting, monthNames, ruleBracket } from "./month-words.ts";
import { escaped, type Pen, penFor } from "./pen.ts";
import { gridDrawing, plotIn, topOf, yOf } from "./scale.ts";

/** How high it is, and what is left for words at the edges of its plot. */
const sizes = {
  wide: { height: 290, start: 30, top: 36, bottom: 48, end: 112 },
  narrow: { height: 280, start: 30, top: 56, bottom: 48, end: 36 },
};

/** A column a month: solid to the surely good, hatched to the possibly good, over what is usual for the surely good. */
export function monthsDrawing(given: Months, look: Look): string {
  const { height, ...edges } = look.width < 500 ? sizes.narrow : sizes.wide;
  const { months, limits } = given;
  const plot = plotIn({ width: look.width, height }, edges);
  const pitch = plot.width / Math.max(months.length, 12);
  const shares = months.map(({ band }) => band?.high.share ?? 0);
  const pen = penFor(look);
  const firstChanged = Math.max(0, months.length - (given.changed?.months ?? 0));
  const middle = (n: number) => Math.round(plot.x + (n + 0.5) * pitch);
  const setting = {
    pen,
    look,
    plot,
    top: topOf(limits ? [...shares, limits.upper] : shares),
    middle,
    pitch,
    firstChanged,
  };
  return pen.framed(
    [
      gridDrawing({ pen, plot, top: setting.top, language: look.language }),
      usualStrip(given, setting),
      ...months.map((_, n) => columnDrawing(given, { n, setting })),
      usualMean(given, setting),
      ruleBracket(given, setting),
      monthNames(given, setting),
      lastNumbers(given, setting),
      axisWords(given, setting),
    ].join(""),
    height,
  );
}

function usualStrip({ limits }: Months, { pen, plot, top }: MonthsSetting): string {
  if (!limits) return "";
  const y = yOf(Math.min(limits.upper, 1), { plot, top });
  const height = yOf(Math.max(limits.lower, 0), { plot, top }) - y;
  return pen.path("strip", pen.box({ ...plot, y, height }));
}

function usualMean({ limits }: Months, { pen, plot, top }: MonthsSetting): string {
  if (!limits) return "";
  const y = yOf(limits.mean, { plot, top }) + 0.5;
  const d = pen.line([plot.x, plot.x + plot.width].map((x) => ({ x, y })));
  // In two, so that it is seen on the columns as well as beside them.
  return (
    pen.path("ground-line", d, 'stroke-width="1.5"') +
    pen.path("ink-line", d, 'stroke-width="1.5" stroke-dasharray="1.5 3"')
  );
}

/** A dash where nothing can be said of a month. */
function columnDrawing({ months }: Months, { n, setting }: { n: number; setting: MonthsSetting }): string {
  const { pen, plot, top, middle, pitch, firstChanged } = setting;
  const { band, says = "" } = months[n] ?? {};
  const width = Math.max(1, 2 * Math.round(pitch * (pitch < 24 ? 0.26 : 0.14)));
  const x = middle(n) - Math.floor(width / 2);
  const bottom = plot.y + plot.height;
  const solid = band ? yOf(band.low.share, { plot, top }) : bottom;
  const role = n >= firstChanged ? "accent" : "grey";
  return `<g><title>${escaped(says)}</title>${[
    band
      ? silentDrawing(pen, { x, width, role, from: solid, to: yOf(band.high.share, { plot, top }) })
      : pen.write({ x: middle(n), y: solid - 6, text: "–", anchor: "middle", classes: "muted" }),
    solid < bottom ? pen.path(role, pen.box({ x, y: solid, width, height: bottom - solid })) : "",
  ].join("")}</g>`;
}

type Silent = { x: number; width: number; role: "accent" | "grey"; from: number; to: number };

function silentDrawing(pen: Pen, { x, width, role, from, to }: Silent): string {
  if (to >= from) return "";
  // Hatches need room: in a thin column the outline alone is left.
  const fill = width < 4 ? "" : ` fill="url(#hatch-${role})"`;
  const inset = Math.min(0.7, (from - to) / 2, width / 4);
  const box = pen.box({ x: x + inset, y: to + inset, width: width - 2 * inset, height: from - to - inset });
  return pen.path("ground", box) + pen.path(`${role}-line`, box, `stroke-width="${2 * inset}"${fill}`);
}
