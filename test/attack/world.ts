import type { Serving } from "#shared/domain/statistics/county-of-few.ts";
import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import type { OnlyCounties } from "#shared/domain/statistics/only-county.ts";
import type { Measure } from "#shared/domain/statistics/partition.ts";
import type { Dimension } from "#shared/domain/statistics/table.ts";
import type { Counted } from "#shared/domain/statistics/tallies.ts";
import { mulberry32, weighted } from "../../infra/demo/year/chance.ts";
import { type Chance, poisson } from "../support/chance.ts";
import { aCourse, causes, countedAs, notYet } from "./courses.ts";

/** A complaint as it counts when its month is published, and when a longer period is that closes later. */
export type Filed = { early: Counted; late: Counted; isOwn?: true };

/** Whether the attacker filed it. */
export const isOwn = (one: Filed) => one.isOwn === true;

/** From the run that closes this month on what was filed at an agency stands with another one, whose place it took. */
export type Join = { agency: string; into: string; since: IranianMonth };

export type World = {
  name: string;
  values: Record<Dimension, readonly string[]>;
  months: string[];
  filed: Map<string, Filed[]>;
  settled: boolean;
  onlyCounties: OnlyCounties;
  agencies: readonly Serving[];
  joins: readonly Join[];
  /** How many complaints are expected in a month, of agency, category and county: an attacker who knows even that. */
  expected: Map<string, number>;
};

export type Shape = {
  name: string;
  agencies: number;
  /** In how many counties each agency is. */
  countiesEach: number;
  perMonth: number;
  months: number;
  /** Whether what is known of a complaint when its month is published is all that will ever be, but for a corrected cause. */
  settled?: boolean;
  /** Of the founded so many have their cause corrected after their month is published. */
  corrected?: number;
  /** How many give an opinion, of all; three in ten where nothing is said. */
  opinions?: number | undefined;
  /** How many of the closed are called; none where nothing is said. */
  agreeing?: number | undefined;
};

const counties = ["county-1", "county-2", "county-3", "county-4", "county-5", "county-6"];
const categories = Array.from({ length: 7 }, (_, n) => `category-${n + 1}`);

/** Qazvin's shape: forty agencies, six counties, seven categories, 160 complaints a month, two years. */
const qazvin = { agencies: 40, countiesEach: 6, perMonth: 160, months: 24 };
export const shapes: Shape[] = [
  { ...qazvin, name: "spread over counties" },
  { ...qazvin, name: "one county each", countiesEach: 1 },
  { ...qazvin, name: "ten times the volume", perMonth: 1_600 },
];

const first = "1404-01";
const zipf = (size: number) => Array.from({ length: size }, (_, n) => 1 / (n + 1));

/** The complaints of so many months, by Zipf over agencies, counties and categories, the same for the same seed. */
export function aWorld(shape: Shape, seed: number): World {
  const chance = mulberry32(seed);
  const months = Array.from({ length: shape.months }, (_, n) => monthsLater(first, n));
  const expected = expectedOf(shape);
  const filed = new Map(
    months.map((month) => [
      month,
      [...expected].flatMap(([place, mean]) =>
        Array.from({ length: poisson(chance, mean) }, () => aFiled(place, chance, shape)),
      ),
    ]),
  );
  const settled = shape.settled ?? false;
  const onlyCounties = onlyCountiesOf(shape);
  const values = valuesOf(shape);
  const agencies = values.agency.map((id, n) => ({ id, countyIds: countiesOf(n, shape) }));
  return { name: shape.name, values, months, filed, settled, onlyCounties, agencies, joins: [], expected };
}

function valuesOf({ agencies }: Shape): World["values"] {
  const names = Array.from({ length: agencies }, (_, n) => `agency-${n + 1}`);
  return { agency: names, category: categories, county: counties, cause: causes };
}

/** An agency of one county is in another one than its neighbour. */
const countyOf = (agency: number) => counties[agency % counties.length] ?? "";

const countiesOf = (agency: number, { countiesEach }: Shape) =>
  countiesEach === 1 ? [countyOf(agency)] : counties.slice(0, countiesEach);

function onlyCountiesOf({ agencies, countiesEach }: Shape): OnlyCounties {
  if (countiesEach > 1) return {};
  return Object.fromEntries(Array.from({ length: agencies }, (_, n) => [`agency-${n + 1}`, countyOf(n)]));
}

function expectedOf(shape: Shape): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [a, ofAgency] of zipf(shape.agencies).entries())
    for (let step = 0; step < shape.countiesEach; step++)
      for (const [c, ofCategory] of zipf(categories.length).entries()) {
        // A category is frequent at one agency and rare at another.
        const county = shape.countiesEach === 1 ? countyOf(a) : counties[step];
        const category = (c + a) % categories.length;
        weights.set(`agency-${a + 1}/${categories[category]}/${county}`, ofAgency * ofCategory * (zipf(6)[step] ?? 0));
      }
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return new Map([...weights].map(([place, weight]) => [place, (weight / all) * shape.perMonth]));
}

function aFiled(at: string, chance: Chance, shape: Shape): Filed {
  const [agency = "", category = "", county = ""] = at.split("/");
  const recordKey = Math.floor(chance() * 256);
  const course = aCourse(chance);
  const fixed: Measure[] = [
    `extended:${weighted(chance, { extended: 1, "not-extended": 14 })}`,
    `passed-on:${weighted(chance, { "passed-on": 1, kept: 14 })}`,
  ];
  const given = {
    recordKey,
    place: { agency, category, county },
    fixed,
    opinions: shape.opinions,
    agreeing: shape.agreeing,
  };
  const late = countedAs({ ...given, course, chance });
  if (shape.settled) return { early: late, late: corrected(late, chance, shape) };
  // What is known two weeks after the month is not yet what is known after the quarter: some are pending, some silent.
  if (chance() < 0.75) return { early: late, late: corrected(movedOn(late, chance, shape), chance, shape) };
  const early = countedAs({ ...given, course: { ...course, ...notYet(course) }, chance: mulberry32(recordKey) });
  // What an answer says of the cause stands until it is corrected.
  const cause = early.place.cause && late.place.cause;
  return { early: { ...early, place: { ...early.place, cause } }, late: corrected(late, chance, shape) };
}

/** Of a few the answer came from another agency after all. */
function movedOn(one: Counted, chance: Chance, { agencies, countiesEach }: Shape): Counted {
  if (countiesEach === 1 || chance() > 0.02) return one;
  return { ...one, place: { ...one.place, agency: `agency-${1 + Math.floor(chance() * agencies)}` } };
}

/** Of some of the founded an inspector names another cause. */
function corrected(one: Counted, chance: Chance, { corrected: share = 0 }: Shape): Counted {
  if (share === 0 || !one.measures.includes("finding:founded") || chance() > share) return one;
  const others = causes.filter((cause) => cause !== one.place.cause);
  return { ...one, place: { ...one.place, cause: others[Math.floor(chance() * others.length)] } };
}
