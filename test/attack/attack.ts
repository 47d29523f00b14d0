import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { mulberry32 } from "../../infra/demo/year/chance.ts";
import { answering } from "./answering.ts";
import { bayesian, type Named } from "./bayesian.ts";
import { joined } from "./classes.ts";
import { corrections } from "./correcting.ts";
import { crossed, crossings } from "./crossing.ts";
import { withFiler } from "./filing.ts";
import { addedUp } from "./found.ts";
import { joinsOf, withJoins } from "./joining.ts";
import { leftOut } from "./leaving-out.ts";
import { linear } from "./linear.ts";
import { watched } from "./live.ts";
import { overlapped } from "./overlapping.ts";
import { parted } from "./parted.ts";
import { publishedOf } from "./publishing.ts";
import { cellsOf, hiddenOf } from "./tables.ts";
import { aWorld, type Shape, shapes, type World } from "./world.ts";

/**
 * Attacks published figures: of few agencies of one county each, then two years in the shape of Qazvin, in three worlds, and
 * in the first once more where agencies join, and as it is: there what is known of a complaint changes after its month is
 * published. Takes hours. `worlds=1,5` plays these of the eight alone, `agencies=12 months=12 perMonth=60` makes them smaller,
 * `seeds=3` plays each as often, figures of all seeds are added up; `every=20` crosses partitions of each twentieth cell alone.
 */
const given = Object.fromEntries(process.argv.slice(2).map((one) => one.split("=")));
const smaller = (shape: Shape, name: "agencies" | "months" | "perMonth") =>
  name in given ? { [name]: Number(given[name]) * (name === "perMonth" ? shape.perMonth / 160 : 1) } : {};
const rounds = 4;
const endings = [4, 2] as const;

type Played = Shape & {
  /** In one world of few agencies a table has so few hidden cells that one of them is more than one in a hundred. */
  seeds: number;
  joins?: boolean;
};

const ofFew = shapes
  .filter(({ countiesEach }) => countiesEach === 1)
  .map((shape) => ({ ...shape, name: "two or three to a county", agencies: 14, months: 18, seeds: 6 }));
const ofMany = shapes.map((shape) => ({ ...shape, seeds: 1 }));
const [first] = ofMany;
const settled: Played[] = [...ofFew, ...ofMany].map((shape) => ({ ...shape, settled: true }));
const worlds: Played[] = [
  ...settled,
  ...settled.filter(({ perMonth }) => perMonth === first?.perMonth).map((shape) => ({ ...shape, joins: true })),
  ...(first ? [{ ...first, corrected: 0.1 }] : []),
];
/** Agencies' overdue complaints: how many are late, how many more there are a day, and how many days they stay. */
const backlogs = [
  [0.2, 0.5, 40],
  [0.5, 0.5, 40],
  [0.8, 0.2, 80],
  [0.8, 0.5, 40],
  [0.8, 1, 20],
  [0.8, 0.05, 300],
] as const;
/** A month, as the counts are made, and a day, as they were. */
const betweens = [30, 1] as const;
/** Complaints that a filer of his own lets wait, of which he chooses how many stand in each count. */
const ownWaiting = [0, 12] as const;

const chosen = given.worlds?.split(",").map(Number);
if (!chosen) watch();
for (const [n, one] of worlds.entries()) {
  if (chosen && !chosen.includes(n + 1)) continue;
  const shape = { ...one, ...smaller(one, "agencies"), ...smaller(one, "months"), ...smaller(one, "perMonth") };
  await attack(shape);
}

async function attack(shape: Played): Promise<void> {
  const seeds = Array.from({ length: Number(given.seeds ?? shape.seeds) }, (_, n) => n + 1);
  const changes = `${shape.settled ? "" : ", what is known changes"}${shape.joins ? ", some join others" : ""}`;
  console.log(`\nagencies: ${shape.name}${changes}, ${seeds.length} seeds`);
  for (const ending of endings) print(seeds.flatMap((seed) => weighed(worldOf(shape, seed), ending)));
  const world = worldOf(shape, 1);
  if (!shape.settled) console.log("corrected causes:", corrections(world, publishedOf(world)));
  else if (!shape.joins) await attackParts(world, shape);
}

function worldOf(shape: Played, seed: number): World {
  const world = aWorld(shape, seed);
  return shape.joins ? withJoins(world, joinsOf(world)) : world;
}

function weighed(world: World, ending: (typeof endings)[number]): Named[] {
  const onRound = (round: number) => process.stderr.write(`\rround ${round} of ${rounds} `);
  return bayesian(world, publishedOf(world), { rounds, ending, onRound });
}

async function attackParts(world: World, shape: Shape): Promise<void> {
  const published = publishedOf(world);
  await program(world, published);
  console.log("left out by a partition:");
  print(leftOut(world, published));
  const called = aWorld({ ...shape, agreeing: 0.6 }, 1);
  console.log("groups of those who answered when they were called:");
  print(answering(called, publishedOf(called)));
  console.log("four quarters against the next four:", overlapped(world, published));
  for (const pair of crossings)
    console.log(`${pair.join(" against ")}:`, crossed(world, published, { pair, every: Number(given.every ?? 1) }));
  for (const partition of ["outcome", "closure", "level", "extended", "finding"] as const) {
    console.log(`told as one, ${partition}:`, joined(world, published, partition));
    console.log(`added up, ${partition}:`);
    console.table(parted(world, published, { partition, every: 10, most: 60 }));
  }
  const filing = withFiler(world, { each: 6, seed: 3 });
  console.log("who files six about each agency in every quarter");
  print(weighed(filing, 4));
}

async function program(world: World, published: readonly PublishedPeriod[]): Promise<void> {
  const cells = cellsOf(world, published);
  const onLeft = (left: number) => process.stderr.write(`\rlinear programming, ${left} cells left `);
  const found = await linear(world, cells, onLeft);
  console.log(`\rlinear programming: ${hiddenOf(cells).length} hidden cells, ${found.length} of one number or two`);
}

function watch(): void {
  const chance = mulberry32(5);
  for (const own of ownWaiting)
    for (const every of own === 0 ? betweens : betweens.slice(0, 1))
      for (const [late, more, days] of backlogs) {
        const found = watched({ late, more, closed: 1 / days, every, complaints: 400, own }, chance);
        const filing = own === 0 ? "" : `, who files ${own}`;
        console.log(
          `every ${every} days, ${late * 100} % late, ${more} more a day, each for ${days} days${filing}:`,
          found,
        );
      }
}

/** By table, over all seeds. */
function print(all: readonly Named[]): void {
  process.stderr.write("\r");
  const tables = [...Map.groupBy(all, ({ table }) => table)].map(([table, some]) => [table, addedUp(some)] as const);
  console.table(Object.fromEntries([...tables, ["all", addedUp(all)]]));
}
