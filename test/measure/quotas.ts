import { counting, countLives } from "./counted-lives.ts";
import { countOf, type Resource } from "./idle-month.ts";
import { assumed, sum } from "./prices.ts";

/**
 * `npm run trial -- quotas`: the complaints a month that meet each quota of a province's own account, and the provinces that
 * fit into one account.
 */

/** What a complaint's whole life asks for, counted. */
type Demand = {
  requests: number;
  invocations: number;
  writes: number;
  events: number;
  mails: number;
  /** How long an invocation takes. */
  seconds: number;
};

/** Offices' hours of a month, and how much more the busiest second brings than the mean one. */
const busy = { days: 22, hours: 8, peak: 5 };
/** Events of a record told one after another, by each of the stream's shards that a new table begins with. */
const telling = { seconds: 0.05, shards: 4 };
const mailing = { seconds: 0.3, atOnce: 4 };
/** Entries of the index that its four partitions share, at the most, and what a partition takes in a second. */
const dueIndex = { writes: 12, shards: 4, perPartition: 1_000 };

type Quota = { name: string; of: (life: Demand) => number; most: number; per: "second" | "day"; remedy: string };

/** Quotas of AWS are its defaults, to be looked up again; all but a partition's and the stage's can be raised on request. */
const quotas: Quota[] = [
  {
    name: "SES, mails a second",
    of: ({ mails }) => mails,
    most: 14,
    per: "second",
    remedy: "the queue waits and nothing is lost; ask AWS for more",
  },
  {
    name: "SES, mails a day",
    of: ({ mails }) => mails,
    most: 50_000,
    per: "day",
    remedy: "ask AWS for more, early: it is raised by reputation",
  },
  {
    name: "four senders of mails at once",
    of: ({ mails }) => mails,
    most: mailing.atOnce / mailing.seconds,
    per: "second",
    remedy: "`maxConcurrency` of the notifier, together with SES's rate",
  },
  {
    name: "the gateway's stage, 200 a second and route",
    of: () => 1,
    most: 200,
    per: "second",
    remedy: "`throttle` of the stage; the busiest route is called once in a life",
  },
  {
    name: "HTTP API, 10,000 requests a second",
    of: ({ requests }) => requests,
    most: 10_000,
    per: "second",
    remedy: "ask AWS for more",
  },
  {
    name: "Lambda, 1,000 at once",
    of: ({ invocations, seconds }) => invocations * seconds,
    most: 1_000,
    per: "second",
    remedy: "ask AWS for more; new accounts begin far lower, at 10",
  },
  {
    name: "table on demand, 4,000 writes a second at first",
    of: ({ writes }) => writes,
    most: 4_000,
    per: "second",
    remedy: "warm throughput; it doubles by itself within half an hour",
  },
  {
    name: "table on demand, 40,000 writes a second",
    of: ({ writes }) => writes,
    most: 40_000,
    per: "second",
    remedy: "ask AWS for more",
  },
  {
    name: "index `due`, 1,000 writes a second and partition",
    of: () => dueIndex.writes,
    most: dueIndex.shards * dueIndex.perPartition,
    per: "second",
    remedy: "`dueShards`, with the sweep reading old and new ones for a while",
  },
  {
    name: "telling in order, 4 shards of a stream",
    of: ({ events }) => events,
    most: telling.shards / telling.seconds,
    per: "second",
    remedy:
      "agencies hear later, alarm EventDeliveryDelayed; `parallelizationFactor`, up to 10, keeps a complaint's order",
  },
];

type Wall = { name: string; complaintsAMonth: number; remedy: string };

/** How many complaints a month meet each quota in the busiest second or day, the first one first. */
function walls(life: Demand): Wall[] {
  return quotas
    .map(({ name, of, most, per, remedy }) => ({ name, remedy, complaintsAMonth: (most / of(life)) * monthlyOf[per] }))
    .toSorted((one, other) => one.complaintsAMonth - other.complaintsAMonth);
}

const monthlyOf = { second: (busy.days * busy.hours * 3_600) / busy.peak, day: busy.days };

/** What an account has of each in a region by default. */
const perAccount: Record<string, number> = {
  "AWS::EC2::VPC": 5,
  "AWS::IAM::Role": 1_000,
  "AWS::CloudWatch::Alarm": 5_000,
  "AWS::Events::Rule": 300,
  "AWS::ApiGatewayV2::Api": 600,
  "AWS::DynamoDB::Table": 2_500,
  "AWS::S3::Bucket": 10_000,
};

/** How many provinces like this one fit into an account as AWS gives it, what overflows first first. */
function provincesThatFit(resources: Resource[]): { type: string; provinces: number }[] {
  return Object.entries(perAccount)
    .map(([type, most]) => ({ type, provinces: Math.floor(most / countOf(resources, type)) }))
    .toSorted((one, other) => one.provinces - other.provinces);
}

const { resources, lives } = await counting(async (counter) => ({
  resources: counter.resources,
  lives: await countLives(counter),
}));
const life = lives.find(({ name }) => name.endsWith("an opinion"));
const { requests, invocations, writes } = sum(life?.rows.map(({ counted }) => counted) ?? []);
const met = walls({
  requests,
  invocations,
  writes,
  events: life?.rows.filter(({ what }) => what.startsWith("  told")).length ?? 0,
  mails: life?.mails.length ?? 0,
  seconds: assumed.seconds,
});
console.log("Quotas of a province's own account, by the complaints a month that meet them in their busiest second");
for (const { name, complaintsAMonth, remedy } of met)
  console.log(`${complaintsAMonth.toFixed(0).padStart(11)}  ${name}: ${remedy}`);
console.log("\nProvinces that fit into one account as AWS gives it");
for (const { type, provinces } of provincesThatFit(resources))
  console.log(`${String(provinces).padStart(11)}  ${type}`);
