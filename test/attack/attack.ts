import { mulberry32 } from "../../infra/demo/year/chance.ts";
import { bayesian, type Named } from "./bayesian.ts";
import { joined } from "./classes.ts";
import { crossed, crossings } from "./crossing.ts";
import { linear } from "./linear.ts";
import { watched } from "./live.ts";
import { overlapped } from "./overlapping.ts";
import { publishedOf } from "./publishing.ts";
import { aWorld, type Shape, shapes, withFiler } from "./world.ts";

/**
 * Attacks published figures: of few agencies of one county each, then two years in the shape of Qazvin, in three worlds, and
 * in the first once more as it is: there what is known of a complaint changes after its month is published. Takes an hour or
 * so. `agencies=12 months=12 perMonth=60` makes it smaller.
 */
const given = Object.fromEntries(process.argv.slice(2).map((one) => one.split("=")));
const smaller = (shape: Shape, name: "agencies" | "months" | "perMonth") =>
  name in given ? { [name]: Number(given[name]) * (name === "perMonth" ? shape.perMonth / 160 : 1) } : {};
const rounds = 4;
const endings = [4, 2] as const;

const [first] = shapes;
const ofFew = shapes
  .filter(({ countiesEach }) => countiesEach === 1)
  .map((shape) => ({ ...shape, name: "two or three to a county", agencies: 14, months: 18 }));
const worlds = [
  ...[...ofFew, ...shapes].map((shape) => ({ ...shape, settled: true })),
  ...(first ? [{ ...first, settled: false }] : []),
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

watch();
for (const shape of worlds) await attack(shape);

async function attack(one: Shape): Promise<void> {
  const shape = { ...one, ...smaller(one, "agencies"), ...smaller(one, "months"), ...smaller(one, "perMonth") };
  const world = aWorld(shape, 1);
  const published = publishedOf(world);
  console.log(`\nagencies: ${shape.name}${shape.settled ? "" : ", what is known changes"}`);
  if (shape.settled) {
    const bounds = await linear(world, published, { every: 50 });
    const tight = bounds.filter(({ least, most }) => most - least <= 1);
    console.log(`linear programming: ${bounds.length} hidden cells tried, ${tight.length} found`);
  }
  for (const ending of endings) {
    const onRound = (round: number) => process.stderr.write(`\rround ${round} of ${rounds} `);
    print(bayesian(world, published, { rounds, ending, onRound }));
  }
  if (!shape.settled) return;
  console.log("four quarters against the next four:", overlapped(world, published));
  for (const pair of crossings) console.log(`${pair.join(" against ")}:`, crossed(world, published, { pair }));
  for (const partition of ["outcome", "closure", "level", "extended", "finding"] as const)
    console.log(`told as one, ${partition}:`, joined(world, published, partition));
  const filing = withFiler(world, { each: 6, seed: 3 });
  console.log("who files six about each agency in every quarter");
  print(bayesian(filing, publishedOf(filing), { rounds, ending: 4 }));
}

function watch(): void {
  const chance = mulberry32(5);
  for (const every of betweens)
    for (const [late, more, days] of backlogs) {
      const found = watched({ late, more, closed: 1 / days, every, complaints: 400 }, chance);
      console.log(`every ${every} days, ${late * 100} % late, ${more} more a day, each for ${days} days:`, found);
    }
}

function print(all: readonly Named[]): void {
  const sum = (name: "hidden" | "named" | "wrong") => all.reduce((total, one) => total + one[name], 0);
  const total = { hidden: sum("hidden"), named: sum("named"), wrong: sum("wrong") };
  process.stderr.write("\r");
  console.table(Object.fromEntries([...all.map(({ table, ...counts }) => [table, counts]), ["all", total]]));
}
