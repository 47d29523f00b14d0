import { varianceAt } from "#functions/figures/comparison.ts";
import { comparisonLimits, fewestCompared as fewest } from "#shared/policy-numbers.ts";
import { type DrawingOptions, type Funnel, type FunnelPoint, formatNumber } from "../model/charts.ts";
import { type NamedMark, namesDrawing } from "./names.ts";
import {
  axisSteps,
  axisTop,
  type Box,
  createPen,
  type Drawing,
  escapeXml,
  gridDrawing,
  type Pen,
  type Place,
  plotBox,
  widthOf,
  yOfShare,
} from "./pen.ts";

type Axes = {
  pen: Pen;
  plot: Box;
  /** The upper end of the vertical axis, in hundredths. */
  top: number;
  /** The right end of the horizontal axis, in complaints. */
  most: number;
};

/**
 * The limits behind the points: the area within 95 % with its dashed edges, the 99.8 % limits, and the average. A limit lies at
 * θ ± z · √(V(θ, n) + τ²), as in Spiegelhalter's funnel (`comparison.ts`).
 */
function funnelLimits({ theta, tauSquared }: Pick<Funnel, "theta" | "tauSquared">, axes: Axes): string {
  const { pen, plot, top, most } = axes;
  const counts = Array.from({ length: 49 }, (_, n) => fewest + ((most - fewest) * n) / 48);
  const limit = (z: number): Place[] =>
    counts.map((counted) => {
      const limit = theta + z * Math.sqrt(varianceAt(theta, counted) + tauSquared);
      const share = Math.min(Math.max(limit, 0), 1);
      return { x: plot.x + (counted / most) * plot.width, y: plot.y + plot.height * (1 - (share * 100) / top) };
    });
  const isInside = ({ y }: Place) => y >= plot.y;
  const [upper, lower] = [limit(comparisonLimits.possible), limit(-comparisonLimits.possible)];
  const area = [...upper, ...lower.toReversed()].map(({ x, y }) => ({ x, y: Math.max(y, plot.y) }));
  const edges = (z: number) => [limit(z), limit(-z)].map((places) => pen.line(places.filter(isInside))).join("");
  const y = yOfShare(theta, { plot, top }) + 0.5;
  return [
    pen.path("strip", `${pen.line(area)}z`),
    pen.path("muted-line", edges(comparisonLimits.possible), 'stroke-dasharray="4 3"'),
    pen.path("muted-line", edges(comparisonLimits.clear)),
    pen.path(
      "ink-line",
      pen.line([plot.x, plot.x + plot.width].map((x) => ({ x, y }))),
      'stroke-dasharray="1.5 3" stroke-width="1.5"',
    ),
  ].join("");
}

const edge = { start: 30, end: 16, top: 26, bottom: 44 };

/** Draws the agencies of a peer group over the limits of chance: judged complaints to the right, confirmed share upwards. */
export function funnelDrawing(funnel: Funnel, look: DrawingOptions): Drawing {
  const { points } = funnel;
  const height = look.width < 500 ? 240 : 290;
  const plot = plotBox({ width: look.width, height }, edge);
  const steps = axisSteps(Math.max(50, ...points.map(({ counted }) => counted)));
  const most = steps.at(-1) ?? 1;
  const top = axisTop([funnel.theta, ...points.map(({ share }) => share)]);
  const pen = createPen(look);
  const xOf = (counted: number) => Math.round(plot.x + (counted / most) * plot.width);
  const places = points.map((point) => ({ point, x: xOf(point.counted), y: yOfShare(point.share, { plot, top }) }));
  // Agencies that differ or are named are drawn last, so that no other point covers them.
  const inOrder = [...places].sort((a, b) => drawingOrder(a.point) - drawingOrder(b.point));
  return pen.drawing(
    [
      gridDrawing({ pen, plot, top, language: look.language }),
      funnelLimits(funnel, { pen, plot, top, most }),
      axisWords(funnel, { pen, look, plot, steps }),
      ...inOrder.map((place) => markDrawing(place, pen)),
      namesDrawing(places.filter(({ point }) => point.isNamed).map(nameMark), { marks: places, pen, plot }),
    ].join(""),
    height,
  );
}

function axisWords(
  { axis }: Funnel,
  { pen, look, plot, steps }: { pen: Pen; look: DrawingOptions; plot: Box; steps: number[] },
): string {
  const bottom = plot.y + plot.height;
  const numbers = steps.map((step, n) => {
    const text = formatNumber(step, look.language);
    const x = Math.round(plot.x + (n / (steps.length - 1)) * plot.width);
    // The last number must stay inside the drawing.
    const within = Math.min(x, Math.floor(look.width - widthOf(text, 14) / 2));
    return pen.write({ x: within, y: bottom + 18, text, anchor: "middle", classes: "muted" });
  });
  return [
    ...numbers,
    pen.write({ x: 0, y: 14, text: axis.y, classes: "muted" }),
    pen.write({ x: look.width, y: bottom + 38, text: axis.x, anchor: "end", classes: "muted" }),
  ].join("");
}

type PlacedPoint = Place & { point: FunnelPoint };

const drawingOrder = (point: FunnelPoint) => (point.class === "as-expected" ? 0 : 1) + (point.isNamed ? 2 : 0);

function nameMark({ point, x, y }: PlacedPoint): NamedMark {
  const preferred = {
    "clearly-better": "above",
    "clearly-worse": "below",
    "possibly-different": "after",
    "as-expected": "above",
  } as const;
  return { x, y, name: point.name, isBold: point.class !== "as-expected", preferred: preferred[point.class] };
}

/** A triangle points up for better and down for worse. It is filled where the class is clear, and empty for `watch`. */
function markDrawing({ point, x, y }: PlacedPoint, pen: Pen): string {
  const text = `<title>${escapeXml(point.tooltip)}</title>`;
  if (point.class === "as-expected") {
    const mark = point.isNamed ? 'class="ink ground-line" r="5"' : 'class="grey ground-line" r="4"';
    return `<circle ${mark} cx="${pen.across(x)}" cy="${y}">${text}</circle>`;
  }
  const isUp = point.class === "clearly-better" || (point.class === "possibly-different" && point.side === "better");
  const tip = isUp ? -6 : 6;
  const d = `${pen.line([
    { x: x - 6, y: y - tip },
    { x: x + 6, y: y - tip },
    { x, y: y + tip },
  ])}z`;
  const classes = {
    "clearly-better": "accent ground-line",
    "clearly-worse": "ink ground-line",
    "possibly-different": "ground ink-line",
  };
  return `<path class="${classes[point.class]}"${point.class === "possibly-different" ? ' stroke-width="1.6"' : ""} d="${d}">${text}</path>`;
}
