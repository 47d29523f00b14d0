import { comparisonLimits, fewestCompared as fewest } from "#shared/domain/policy-numbers.ts";
import { varianceAt } from "#shared/domain/statistics/comparison.ts";
import type { Funnel } from "./drawn.ts";
import type { Box, Pen, Place } from "./pen.ts";
import { yOf } from "./scale.ts";

type Setting = { pen: Pen; plot: Box; top: number; most: number };

/** The area, its edges, the outer limits and the average. */
export function funnelLimits({ theta, tauSquared }: Pick<Funnel, "theta" | "tauSquared">, setting: Setting): string {
  const { pen, plot, top, most } = setting;
  const counts = Array.from({ length: 49 }, (_, n) => fewest + ((most - fewest) * n) / 48);
  const limit = (z: number): Place[] =>
    counts.map((counted) => {
      const limit = theta + z * Math.sqrt(varianceAt(theta, counted) + tauSquared);
      const share = Math.min(Math.max(limit, 0), 1);
      return { x: plot.x + (counted / most) * plot.width, y: plot.y + plot.height * (1 - (share * 100) / top) };
    });
  const isInside = ({ y }: Place) => y >= plot.y;
  const [upper, lower] = [limit(comparisonLimits.watch), limit(-comparisonLimits.watch)];
  const area = [...upper, ...lower.toReversed()].map(({ x, y }) => ({ x, y: Math.max(y, plot.y) }));
  const edges = (z: number) => [limit(z), limit(-z)].map((places) => pen.line(places.filter(isInside))).join("");
  const y = yOf(theta, { plot, top }) + 0.5;
  return [
    pen.path("strip", `${pen.line(area)}z`),
    pen.path("muted-line", edges(comparisonLimits.watch), 'stroke-dasharray="4 3"'),
    pen.path("muted-line", edges(comparisonLimits.clear)),
    pen.path(
      "ink-line",
      pen.line([plot.x, plot.x + plot.width].map((x) => ({ x, y }))),
      'stroke-dasharray="1.5 3" stroke-width="1.5"',
    ),
  ].join("");
}
