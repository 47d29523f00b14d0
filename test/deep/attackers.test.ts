import { expect, test } from "vitest";
import { mulberry32 } from "../../infra/demo/year/chance.ts";
import { corrections } from "../attack/correcting.ts";
import { joinsOf, withJoins } from "../attack/joining.ts";
import { watched } from "../attack/live.ts";
import { parted } from "../attack/parted.ts";
import { publishedOf } from "../attack/publishing.ts";
import { ofOneCounty, small, spread, weighed } from "../attack/small-world.ts";
import { aWorld } from "../attack/world.ts";

test("who adds agencies that joined to what was told of each of them is sure of no more than one in a hundred", () => {
  const shape = { ...small(spread), agencies: 6, months: 6, perMonth: 20 };
  const apart = aWorld(shape, 7);
  const world = withJoins(apart, joinsOf(apart));
  expect(world.joins.length).toBeGreaterThan(2);
  const { hidden, named } = weighed(world, publishedOf(world));
  expect(named).toBeLessThanOrEqual(hidden / 100);
});

test("who compares a quarter's causes with its months' is sure of one in a hundred corrections at the most", () => {
  const shape = { ...small(spread), agencies: 8, months: 12, perMonth: 300, corrected: 0.1 };
  const corrected = aWorld(shape, 7);
  const { hidden, named } = corrections(corrected, publishedOf(corrected));
  expect(hidden).toBeGreaterThan(5);
  expect(named).toBe(0);
});

test("who adds up the classes of agencies and months to a county's and a quarter's is sure of one in a hundred at the most", () => {
  const ofFew = aWorld({ ...small(ofOneCounty), agencies: 12, perMonth: 60 }, 7);
  const found = parted(ofFew, publishedOf(ofFew), { partition: "outcome", most: 24, every: 6 });
  const sum = (name: "hidden" | "named") => found.reduce((total, one) => total + one[name], 0);
  expect(found.map(({ whole }) => whole).join()).toContain("county by agency");
  expect(sum("hidden")).toBeGreaterThan(20);
  expect(sum("named")).toBeLessThanOrEqual(sum("hidden") / 100);
});

test("who lets some of his own wait, so that a count is at the edge of a step whenever the known one may come, is sure of none", () => {
  const filing = watched({ late: 0.8, more: 0.5, closed: 1 / 40, every: 30, complaints: 12, own: 12 }, mulberry32(5));
  expect(filing.named).toBe(0);
});
