import { written } from "#shared/domain/telling/written-number.ts";
import type { Funnel, FunnelPoint, Look } from "./drawn.ts";
import { funnelLimits } from "./funnel-limits.ts";
import { type Named, namesDrawing } from "./names.ts";
import { type Box, escaped, type Pen, type Place, penFor, widthOf } from "./pen.ts";
import { gridDrawing, plotIn, stepsTo, topOf, yOf } from "./scale.ts";

const edge = { start: 30, end: 16, top: 26, bottom: 44 };

/** Agencies of a kind by how many complaints and how many went well, within what chance alone makes of their average. */
export function funnelDrawing(funnel: Funnel, look: Look): string {
  const { points } = funnel;
  const height = look.width < 500 ? 240 : 290;
  const plot = plotIn({ width: look.width, height }, edge);
  const steps = stepsTo(Math.max(50, ...points.map(({ counted }) => counted)));
  const most = steps.at(-1) ?? 1;
  const top = topOf([funnel.theta, ...points.map(({ share }) => share)]);
  const pen = penFor(look);
  const xOf = (counted: number) => Math.round(plot.x + (counted / most) * plot.width);
  const places = points.map((point) => ({ point, x: xOf(point.counted), y: yOf(point.share, { plot, top }) }));
  // Those of whom something is said lie on the others.
  const inOrder = [...places].sort((a, b) => weightOf(a.point) - weightOf(b.point));
  return pen.framed(
    [
      gridDrawing({ pen, plot, top, language: look.language }),
      funnelLimits(funnel, { pen, plot, top, most }),
      axisWords(funnel, { pen, look, plot, steps }),
      ...inOrder.map((place) => markDrawing(place, pen)),
      namesDrawing(places.filter(({ point }) => point.isNamed).map(named), { marks: places, pen, plot }),
    ].join(""),
    height,
  );
}

function axisWords(
  { axis }: Funnel,
  { pen, look, plot, steps }: { pen: Pen; look: Look; plot: Box; steps: number[] },
): string {
  const bottom = plot.y + plot.height;
  const numbers = steps.map((step, n) => {
    const text = written(step, look.language);
    const x = Math.round(plot.x + (n / (steps.length - 1)) * plot.width);
    // The last one must not reach over the drawing's edge.
    const within = Math.min(x, Math.floor(look.width - widthOf(text, 14) / 2));
    return pen.write({ x: within, y: bottom + 18, text, anchor: "middle", classes: "muted" });
  });
  return [
    ...numbers,
    pen.write({ x: 0, y: 14, text: axis.y, classes: "muted" }),
    pen.write({ x: look.width, y: bottom + 38, text: axis.x, anchor: "end", classes: "muted" }),
  ].join("");
}

type Placed = Place & { point: FunnelPoint };

const weightOf = (point: FunnelPoint) => (point.class === "as-expected" ? 0 : 1) + (point.isNamed ? 2 : 0);

function named({ point, x, y }: Placed): Named {
  const preferred = {
    "clearly-better": "above",
    "clearly-worse": "below",
    watch: "after",
    "as-expected": "above",
  } as const;
  return { x, y, name: point.name, isBold: point.class !== "as-expected", preferred: preferred[point.class] };
}

/** Upwards is better; full is clear, empty is to be watched. */
function markDrawing({ point, x, y }: Placed, pen: Pen): string {
  const says = `<title>${escaped(point.says)}</title>`;
  if (point.class === "as-expected") {
    const mark = point.isNamed ? 'class="ink ground-line" r="5"' : 'class="grey ground-line" r="4"';
    return `<circle ${mark} cx="${pen.across(x)}" cy="${y}">${says}</circle>`;
  }
  const isUp = point.class === "clearly-better" || (point.class === "watch" && point.side === "better");
  const tip = isUp ? -6 : 6;
  const d = `${pen.line([
    { x: x - 6, y: y - tip },
    { x: x + 6, y: y - tip },
    { x, y: y + tip },
  ])}z`;
  const classes = {
    "clearly-better": "accent ground-line",
    "clearly-worse": "ink ground-line",
    watch: "ground ink-line",
  };
  return `<path class="${classes[point.class]}"${point.class === "watch" ? ' stroke-width="1.6"' : ""} d="${d}">${says}</path>`;
}
