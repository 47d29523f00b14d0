import { type DrawingOptions, formatNumber, type Months, type Share, shareInStrokes } from "../model/charts.ts";
import {
  axisTop,
  type Box,
  createPen,
  type Drawing,
  escapeXml,
  gridDrawing,
  type Pen,
  plotBox,
  widthOf,
  yOfShare,
} from "./pen.ts";

type MonthsSetting = {
  pen: Pen;
  look: DrawingOptions;
  plot: Box;
  top: number;
  /** The middle of a month's column. */
  middle: (n: number) => number;
  pitch: number;
  /** Index of the first month of the real change; the number of months if there is no change. */
  firstChanged: number;
};

/** A bracket over the months of the real change, with the rule that found the change. */
function ruleBracket({ changed, months }: Months, { pen, plot, middle, pitch, firstChanged }: MonthsSetting): string {
  if (!changed) return "";
  const [first, last, { rule }] = [firstChanged, months.length - 1, changed];
  const [from, to] = [middle(first) - Math.min(pitch / 4, 8), middle(last) + Math.min(pitch / 4, 8)].map(
    (x) => Math.round(x) + 0.5,
  ) as [number, number];
  const y = plot.y - 7.5;
  const bracket = pen.line([
    { x: from, y: y + 7 },
    { x: from, y },
    { x: to, y },
    { x: to, y: y + 7 },
  ]);
  // `widthOf` measures regular letters; bold letters are a little wider.
  const half = (widthOf(rule, 14) * 1.08) / 2;
  const x = Math.max(half, Math.min((from + to) / 2, plot.x + plot.width - half));
  return (
    pen.path("ink-line", bracket) +
    pen.write({ x: Math.round(x), y: y - 8, text: rule, anchor: "middle", isBold: true })
  );
}

/** The names of the months, as many as fit, always with the last one. Each year stands under its first month. */
function monthNames({ months }: Months, { pen, plot, middle, pitch }: MonthsSetting): string {
  const bottom = plot.y + plot.height;
  const widest = Math.max(0, ...months.map(({ label }) => widthOf(label, 14)));
  const every = Math.max(1, Math.ceil((widest + 4) / pitch));
  const names = months.map(({ label }, n) => {
    if ((months.length - 1 - n) % every !== 0) return "";
    const isLast = n === months.length - 1;
    const name = { x: middle(n), y: bottom + 19, text: label, anchor: "middle" as const };
    return pen.write({ ...name, isBold: isLast, classes: isLast ? "ink" : "muted" });
  });
  const firsts = months.flatMap(({ year }, n) => (year === months[n - 1]?.year ? [] : [{ year, n }]));
  // A first year with only one month has no room before the next year.
  const shown = firsts.filter(({ n }, at) => ((firsts[at + 1]?.n ?? Infinity) - n) * pitch > 40);
  const years = shown.map(({ year, n }) => {
    const x = Math.round(middle(n) - pitch / 2) + 0.5;
    // The line has a gap where a month's name may stand.
    const tick = [
      pen.line([
        { x, y: bottom },
        { x, y: bottom + 5 },
      ]),
      pen.line([
        { x, y: bottom + 26 },
        { x, y: bottom + 42 },
      ]),
    ].join("");
    return pen.path("hair-line", tick) + pen.write({ x: x + 5, y: bottom + 40, text: year, classes: "muted" });
  });
  return names.join("") + years.join("");
}

const meanWord = { fa: "میانگین", en: "mean" };
const stripWord = { fa: "محدودهٔ معمول", en: "usual range" };
const unitWord = { fa: "از ۱۰۰", en: "of 100" };

/** The unit, above the axis. A narrow drawing names the strip here too: beside the strip there is no room. */
function axisWords({ limits }: Months, { pen, look }: MonthsSetting): string {
  const { language } = look;
  const strip = { fa: "نوار", en: "strip" }[language];
  const isNarrow = look.width < 500;
  const more = limits && isNarrow ? ` · ${strip}: ${stripWord[language]}` : "";
  return pen.write({ x: 0, y: 14, text: `${unitWord[language]}${more}`, classes: "muted" });
}

/** The numbers of the last month and of the mean, beside the last column. Each stands at least one line below the next. */
function lastNumbers({ months, limits }: Months, { pen, look, plot, top, middle, pitch }: MonthsSetting): string {
  const { low, high } = months.at(-1)?.band ?? {};
  const x = middle(months.length - 1) + Math.round(pitch / 2) + 6;
  const isNarrow = look.width < 500;
  const numberOf = ({ strokes }: Share) => formatNumber(strokes, look.language);
  const mean =
    limits && !isNarrow
      ? [
          {
            share: limits.mean,
            text: `${meanWord[look.language]} ${numberOf(shareInStrokes(limits.mean))}`,
            isBold: false,
          },
          { share: Math.max(limits.lower, 0), text: stripWord[look.language], isBold: false },
        ]
      : [];
  const numbers = [high?.strokes === low?.strokes ? undefined : high, low].flatMap((one) =>
    one === undefined ? [] : [{ share: one.share, text: numberOf(one), isBold: true }],
  );
  const placed = [...numbers, ...mean]
    .map((one) => ({ ...one, y: yOfShare(one.share, { plot, top }) + 5 }))
    .sort((a, b) => a.y - b.y);
  placed.forEach((one, n) => {
    one.y = Math.max(one.y, (placed[n - 1]?.y ?? -Infinity) + 18);
  });
  return placed
    .map(({ y, text, isBold }) => pen.write({ x, y, text, isBold, classes: isBold ? "ink" : "muted" }))
    .join("");
}

/** The height of the drawing, and the room for words at the four edges of the plot, in pixels. */
const sizes = {
  wide: { height: 290, start: 30, top: 36, bottom: 48, end: 112 },
  narrow: { height: 280, start: 30, top: 56, bottom: 48, end: 36 },
};

/**
 * Draws one column for each month: solid up to the confirmed share, hatched up to the share with silent citizens. Behind the
 * columns lies the usual range of the confirmed share.
 */
export function monthsDrawing(given: Months, look: DrawingOptions): Drawing {
  const { height, ...edges } = look.width < 500 ? sizes.narrow : sizes.wide;
  const { months, limits } = given;
  const plot = plotBox({ width: look.width, height }, edges);
  const pitch = plot.width / Math.max(months.length, 12);
  const shares = months.map(({ band }) => band?.high.share ?? 0);
  const pen = createPen(look);
  const firstChanged = Math.max(0, months.length - (given.changed?.months ?? 0));
  const middle = (n: number) => Math.round(plot.x + (n + 0.5) * pitch);
  const setting = {
    pen,
    look,
    plot,
    top: axisTop(limits ? [...shares, limits.upper] : shares),
    middle,
    pitch,
    firstChanged,
  };
  return pen.drawing(
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
  const y = yOfShare(Math.min(limits.upper, 1), { plot, top });
  const height = yOfShare(Math.max(limits.lower, 0), { plot, top }) - y;
  return pen.path("strip", pen.box({ ...plot, y, height }));
}

function usualMean({ limits }: Months, { pen, plot, top }: MonthsSetting): string {
  if (!limits) return "";
  const y = yOfShare(limits.mean, { plot, top }) + 0.5;
  const d = pen.line([plot.x, plot.x + plot.width].map((x) => ({ x, y })));
  // A light line under the dashed line keeps the mean visible on the columns.
  return (
    pen.path("ground-line", d, 'stroke-width="1.5"') +
    pen.path("ink-line", d, 'stroke-width="1.5" stroke-dasharray="1.5 3"')
  );
}

/** The column of one month; a dash where too few complaints are published. */
function columnDrawing({ months }: Months, { n, setting }: { n: number; setting: MonthsSetting }): string {
  const { pen, plot, top, middle, pitch, firstChanged } = setting;
  const { band, tooltip = "" } = months[n] ?? {};
  const width = Math.max(1, 2 * Math.round(pitch * (pitch < 24 ? 0.26 : 0.14)));
  const x = middle(n) - Math.floor(width / 2);
  const bottom = plot.y + plot.height;
  const solid = band ? yOfShare(band.low.share, { plot, top }) : bottom;
  const role = n >= firstChanged ? "accent" : "grey";
  return `<g><title>${escapeXml(tooltip)}</title>${[
    band
      ? silentDrawing(pen, { x, width, role, from: solid, to: yOfShare(band.high.share, { plot, top }) })
      : pen.write({ x: middle(n), y: solid - 6, text: "–", anchor: "middle", classes: "muted" }),
    solid < bottom ? pen.path(role, pen.box({ x, y: solid, width, height: bottom - solid })) : "",
  ].join("")}</g>`;
}

type SilentPart = { x: number; width: number; role: "accent" | "grey"; from: number; to: number };

function silentDrawing(pen: Pen, { x, width, role, from, to }: SilentPart): string {
  if (to >= from) return "";
  // A column under 4 pixels has no room for a hatch: only its outline is drawn.
  const fill = width < 4 ? "" : ` fill="url(#hatch-${role})"`;
  const inset = Math.min(0.7, (from - to) / 2, width / 4);
  const box = pen.box({ x: x + inset, y: to + inset, width: width - 2 * inset, height: from - to - inset });
  return pen.path("ground", box) + pen.path(`${role}-line`, box, `stroke-width="${2 * inset}"${fill}`);
}
