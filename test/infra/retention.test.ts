import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { defaultRetention } from "#shared/policy-numbers.ts";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { templateOf } from "../support/synthesized.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/retention.md"), "utf8");
const parts = ["Data", "Agencies-1", "Api", "Processing"] as const;
const resources = (type: string) =>
  parts.flatMap((part) =>
    Object.values(templateOf("qazvin", part).findResources(type)).map(({ Properties }) => Properties),
  );

/** The line of the table "what forgets when" that begins so. */
function line(begins: string): string {
  return page.split("\n").find((one) => one.startsWith(`| ${begins}`)) ?? expect.unreachable(`no line "${begins}"`);
}

const Rule = z.looseObject({
  Prefix: z.string().optional(),
  ExpirationInDays: z.int().optional(),
  NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.int() }).optional(),
});
const Ruled = z.object({ LifecycleConfiguration: z.object({ Rules: z.array(Rule) }) });
const rules = resources("AWS::S3::Bucket").flatMap(
  (bucket) => Ruled.safeParse(bucket).data?.LifecycleConfiguration.Rules ?? [],
);
const ruleOf = (prefix: string) => rules.find(({ Prefix }) => Prefix === prefix);

test.each([
  ["who complained", defaultRetention.identity],
  ["texts", defaultRetention.texts],
  ["the case", defaultRetention.events],
])("what the page says of %s is what a province has that says nothing", (begins, kept) => {
  expect(line(begins)).toContain(`${/\d+/.exec(kept)?.[0]} days`);
});

test("what the page says of files is what their bucket does", () => {
  expect(line("clean copies")).toContain(
    `${ruleOf(bucketFolders.clean)?.NoncurrentVersionExpiration?.NoncurrentDays} days`,
  );
  expect(line("uploads")).toMatch(/a day, and a day/);
  for (const prefix of [bucketFolders.uploads, bucketFolders.attempts])
    expect(ruleOf(prefix)).toMatchObject({ ExpirationInDays: 1, NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
  expect(line("orders")).toContain(`${ruleOf(bucketFolders.orders)?.ExpirationInDays} days`);
});

test("what the page says of parked records is what their buckets do, and it is less than texts may be kept", () => {
  const parked = rules.filter(({ Prefix, ExpirationInDays }) => Prefix === undefined && ExpirationInDays !== undefined);
  const days = Math.max(...parked.map(({ ExpirationInDays = 0 }) => ExpirationInDays));
  expect(line("records that could not be consumed")).toContain(`${days} days`);
  // Lambda gives a record up within a day, and S3 deletes at the end of one.
  expect(days + 2).toBeLessThan(120);
});

test("what the page says of queues is what every queue does", () => {
  const kept = resources("AWS::SQS::Queue").map(
    ({ MessageRetentionPeriod = 345_600 }) => MessageRetentionPeriod / 86_400,
  );
  expect(kept.length).toBeGreaterThan(10);
  expect(line("messages in an agency's queue")).toContain(`${Math.max(...kept)} days`);
});

test("what the page says of logs is what every log does", () => {
  const kept = resources("AWS::Logs::LogGroup").map(({ RetentionInDays }) => RetentionInDays);
  expect(kept.length).toBeGreaterThan(10);
  expect(line("logs")).toContain("three months");
  expect(new Set(kept)).toEqual(new Set([90]));
});

test("what the page says of backups: both tables can be restored for 35 days, which is as long as AWS keeps", () => {
  const tables = resources("AWS::DynamoDB::Table");
  expect(tables.length).toBe(2);
  for (const table of tables)
    expect(table.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  expect(line("backups")).toContain("35 days");
});
