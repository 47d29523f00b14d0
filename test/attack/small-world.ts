import { expect } from "vitest";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { bayesian } from "./bayesian.ts";
import { cellsOf, hiddenOf } from "./tables.ts";
import { type Shape, shapes, type World } from "./world.ts";

/** A quarter of few agencies, of whose complaints all is known at once: so much the better for an attacker. */
export const small = (shape: Shape): Shape => ({
  ...shape,
  agencies: 5,
  months: 3,
  perMonth: shape.perMonth / 8,
  settled: true,
});

export const spread = shapes[0] ?? never();
export const ofOneCounty = shapes.find(({ countiesEach }) => countiesEach === 1) ?? never();

/** Of how many hidden cells with somebody in them an attacker is sure, and right. */
export function weighed(world: World, published: readonly PublishedPeriod[]): { hidden: number; named: number } {
  const named = bayesian(world, published, { rounds: 2, ending: 4 });
  const sum = (name: "hidden" | "named") => named.reduce((total, one) => total + one[name], 0);
  const hidden = sum("hidden");
  expect(hidden).toBe(hiddenOf(cellsOf(world, published)).length);
  expect(hidden).toBeGreaterThan(0);
  return { hidden, named: sum("named") };
}

function never(): never {
  throw new Error("no world has a shape");
}
