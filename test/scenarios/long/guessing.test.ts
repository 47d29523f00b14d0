import { setTimeout } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { ComplaintSecrets, complaintId, phoneIdOf } from "#shared/identifier.ts";
import { idPrefixes } from "#shared/province/slices.static.ts";
import { comparableAnswer } from "../../support/alike.ts";
import type { Receipt } from "../../support/api-caller.ts";
import { metricFilters, writtenLines } from "../../support/metric-filters.ts";
import { templateOf } from "../../support/synthesized.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";
import { sizeOf } from "../../support/trial-size.ts";

const cloud = withLocalCloud();
const guesses = sizeOf("guesses");
/** How many guesses are under way at once. */
const atOnce = 16;
const say = (line: string) => process.stdout.write(`guessing: ${line}\n`);

/** As filed, with a first secret that is dead; and as an inspector renewed the secret since. */
let renewed: Receipt[];
let owned: Receipt[];
beforeAll(async () => {
  const citizen = { name: "زهرا محمدی", nationalId: "0499370899" };
  renewed = await Promise.all(Array.from({ length: 8 }, () => cloud.file({ citizen })));
  owned = [];
  for (const receipt of renewed) {
    const path = `/v1/inspector/complaints/${receipt.id}/secret`;
    const body = { nationalId: citizen.nationalId };
    const answered = await cloud.call({ as: "inspector-1", method: "POST", path, body });
    owned.push({ ...receipt, ...ComplaintSecrets.parse(answered.body) });
  }
});

/** The routes that a guess may read. Each has its own limit at the gateway, and an attacker uses all. */
const reads = ["", "/deadlines", "/export", "/attachments/00000000000000000000000000000000"];
const digitsAtRandom = (length: number) => Array.from({ length }, () => Math.floor(Math.random() * 10)).join("");
const symbolsAtRandom = () =>
  Array.from({ length: 8 }, () => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[Math.floor(Math.random() * 32)]).join("");
const unknownId = (n: number) =>
  complaintId({ pepper: "of nobody", prefix: idPrefixes.idPrefix, clientId: "nobody", key: `guess ${n}`, attempt: 0 });

/** Guess number `n`: half of them name a complaint, half are typed on a keypad. */
function guess(n: number) {
  const isKnown = n % 2 === 0;
  const onKeypad = n % 4 < 2;
  const id = isKnown ? (renewed[n % renewed.length]?.id ?? "") : unknownId(n);
  // A secret of another length is tried too: it is no special case.
  const length = n % 10 === 0 ? 11 : 12;
  const wrong = onKeypad ? digitsAtRandom(length) : symbolsAtRandom();
  // One in five guesses at a complaint is its first secret, which an inspector has renewed since.
  const isDead = isKnown && Math.floor(n / 4) % 5 === 0;
  const { secret: first = "", phoneSecret = "" } = renewed[n % renewed.length] ?? {};
  const secret = isDead ? (onKeypad ? phoneSecret : first) : wrong;
  const path = `/v1/complaints/${onKeypad ? phoneIdOf(id, idPrefixes) : id}${reads[Math.floor(n / 4) % reads.length]}`;
  return {
    kind: `${isKnown ? "known" : "unknown"} id, ${isDead ? "dead" : "wrong"} secret, ${onKeypad ? "digits" : "symbols"}`,
    path,
    secret,
  };
}

/** Sends until the gateway lets it through, as an attacker does and the owner too. */
async function persist({ path, secret }: { path: string; secret: string }) {
  for (;;) {
    const startedAt = performance.now();
    const answered = await cloud.call({ path, secret });
    if (answered.status !== 429) return { ...answered, ms: performance.now() - startedAt };
    await setTimeout(1_000);
  }
}

/** What the metric of the alarm has counted, as CloudWatch would count the written lines. */
function counted(): number {
  const lines = writtenLines(cloud.state);
  return metricFilters("Api")
    .filter(({ metric }) => metric === "wrong secret")
    .flatMap(({ service, measured }) => lines.filter((line) => line.service === service).map((line) => measured(line)))
    .reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

test(`${guesses} guesses give the same bytes, raise the alarm within 1,000, and lock nobody out`, {
  timeout: 60_000 + guesses * 20,
}, async () => {
  const alarms = Object.values(templateOf("qazvin", "Operations").findResources("AWS::CloudWatch::Alarm"));
  const alarm = alarms.find(({ Properties }) => Properties.MetricName === "wrong secret")?.Properties;
  expect(alarm).toMatchObject({ Statistic: "Sum", Period: 3_600, ComparisonOperator: "GreaterThanOrEqualToThreshold" });
  const answers = new Map<string, number>();
  const times = new Map<string, number[]>();
  const ownersReads: number[] = [];
  let sent = 0;
  async function attack(until: number): Promise<void> {
    while (sent < until) {
      const { kind, ...request } = guess(sent++);
      const answered = await persist(request);
      const answer = comparableAnswer(answered);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      times.set(kind, times.get(kind) ?? []);
      times.get(kind)?.push(answered.ms);
    }
  }
  /** The owner comes back in both forms, as often as there are complaints. */
  async function comeBack(): Promise<void> {
    for (const { id, phoneId, secret, phoneSecret } of owned)
      for (const [path, proof] of [
        [id, phoneSecret],
        [phoneId, secret],
      ] as const) {
        const { status } = await persist({ path: `/v1/complaints/${path}`, secret: proof });
        ownersReads.push(status);
      }
  }
  const attackers = (until: number) => Array.from({ length: atOnce }, () => attack(until));
  await Promise.all([...attackers(1_000), comeBack()]);
  const countedFirst = counted();
  expect(countedFirst).toBe(1_000);
  expect(countedFirst).toBeGreaterThanOrEqual(alarm?.Threshold);
  await Promise.all([...attackers(guesses), comeBack()]);
  await comeBack();

  expect(ownersReads).toHaveLength(6 * owned.length);
  expect(new Set(ownersReads)).toEqual(new Set([200]));
  expect([...answers.values()]).toEqual([guesses]);
  expect([...answers.keys()][0]).toContain("not-found");
  for (const [kind, ms] of [...times].toSorted())
    say(`${kind}: median ${quantile(ms, 0.5)} ms, 95 % within ${quantile(ms, 0.95)} ms, of ${ms.length}`);
});

const quantile = (ms: number[], share: number) =>
  (ms.toSorted((a, b) => a - b)[Math.floor(ms.length * share)] ?? Number.NaN).toFixed(2);
