import { globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { apiFunctions } from "../../infra/routes.ts";
import { crowdedWith } from "../support/crowded.ts";
import { edged } from "../support/edged.ts";
import { synthesizedWith } from "../support/synthesized-with.ts";
import { budgetOf, remedies } from "./bundle-budgets.ts";
import { allResources } from "./cost-of-a-life-deployed.ts";
import { countIdleRun, counting, countLives } from "./counted-lives.ts";
import { agenciesPolling, idleMonth, type Line, type Resource } from "./idle-month.ts";
import { dollarsPerMillionReads, linesOfALife, measuredApart, savingsOfALife } from "./lines-of-a-life.ts";
import { list, listedOn } from "./list-prices.ts";
import { assumed, type Counted, sum } from "./prices.ts";
import { provincesThatFit, walls } from "./quotas.ts";

/** `npm run cost`: what a complaint, a month and a country cost, the first quota each meets, and the sizes of bundles. */
const budgets = { idleMonth: 10.1, lifeWithFigures: 79 };
const everyMinute = ["sweep-due", "move-deadlines", "redrive-events", "push-events"];
const scheduled = [...everyMinute, "close-periods", "count-own-figures", "forget-complaints", "watch-queues"];
const crowd = 500;

const { resources, idleRuns, lives, bytes } = await counting(async (counter) => {
  const idleRuns: Record<string, Counted> = {};
  for (const name of scheduled) {
    // The first of a month or day has something to do.
    await countIdleRun(name, counter);
    idleRuns[name] = await countIdleRun(name, counter);
  }
  // Its three small reads are like those of close-periods; that of its bucket is a third of a cent a month.
  if (idleRuns["close-periods"]) idleRuns["render-page"] = idleRuns["close-periods"];
  const bytes = sizesIn(counter.folder);
  return { resources: counter.resources, idleRuns, bytes, lives: await countLives(counter) };
});
const life = lives.find(({ name }) => name.endsWith("an opinion"));
if (!life) throw new Error("no life has an opinion");
const agencies = resources.filter(({ properties }) =>
  /-agency-(?!sandbox-).*-dlq\.fifo$/.test(String(properties.QueueName)),
).length;
const perMillion = await linesOfALife(life);
const idle = idleMonth(resources, idleRuns);
const perYearLater = {
  what: "the key, once it was turned twice",
  how: "a year each",
  dollars: 2 * list.perMonth.turnedKey,
};
const fourthDashboard = {
  what: "a dashboard, where the account has three already",
  how: "one a province",
  dollars: list.perMonth.dashboard,
};

console.log(`List prices of us-east-1, written down on ${listedOn}; free tiers and taxes aside.`);
table("A million complaints", Object.values(perMillion));
judge("a life with an opinion and its share of the figures", {
  dollars: perMillion.calls.dollars + measuredApart.figuresPerMillion,
  most: budgets.lifeWithFigures,
});
console.log("What would bring it towards $70");
for (const saving of savingsOfALife) console.log(`  ${saving}`);
table("A month in which nothing happens", idle);
judge("an idle month", { dollars: total(idle), most: budgets.idleMonth });
const canary = {
  what: "a canary",
  how: "a secret, an alarm on two metrics, and 730 lives with as long a run of its own",
  dollars: list.perMonth.secret + 2 * list.perMonth.alarm + (730 * 2 * perMillion.calls.dollars) / 1e6,
};
const edgeMonth = idleMonth(await resourcesWithEdge(), idleRuns);
table("The same with an edge and a budget", edgeMonth);
table("What an edge adds beside it", [
  { what: "each month", how: "whatever is asked", dollars: total(edgeMonth) - total(idle) },
  {
    what: "a million requests",
    how: `${list.perMillion.edgeRequests.toFixed(2)} of CloudFront and ${list.perMillion.webRequests.toFixed(2)} of its firewall`,
    dollars: list.perMillion.edgeRequests + list.perMillion.webRequests,
  },
]);
table("What may come beside it, a month", [perYearLater, fourthDashboard, agenciesPolling(agencies), canary]);
table("An hour of attack on the public page, without an edge", [attack()]);
table("A month of complaints, three years on", volumes());
quotasMet();
await judgeSizes();

/** Every resource of the province's stacks as they would be with an edge. */
async function resourcesWithEdge(): Promise<Resource[]> {
  const folder = mkdtempSync(join(tmpdir(), "foad-edge-"));
  const resources = allResources(await synthesizedWith({ folder, edit: edged }));
  rmSync(folder, { recursive: true });
  return resources;
}

/** What the gateway's stage lets through of one route, page by page. */
function attack(): Line {
  const [rate, kilobytes] = [200, 100];
  return {
    what: `${rate} a second of ${kilobytes} KB`,
    how: "what is throttled is free",
    dollars: (rate * 3_600 * dollarsPerMillionReads(kilobytes)) / 1e6,
  };
}

function volumes(): Line[] {
  const each = total(Object.values(perMillion)) / 1e6;
  return [
    [1, 1_000],
    [1, 10_000],
    [1, 100_000],
    [31, 10_000],
    [31, 100_000],
  ].map(([provinces = 1, complaints = 0]) => ({
    what: `${provinces} × ${complaints.toLocaleString("en")} complaints`,
    how: `$${(provinces * total(idle)).toFixed(2)} idle, and the rest by complaints`,
    dollars: provinces * (total(idle) + complaints * each),
  }));
}

function quotasMet(): void {
  const counted = sum(life?.rows.map(({ counted }) => counted) ?? []);
  const met = walls({
    requests: counted.requests,
    invocations: counted.invocations,
    writes: counted.writes,
    events: life?.rows.filter(({ what }) => what.startsWith("  told")).length ?? 0,
    mails: life?.mails.length ?? 0,
    seconds: assumed.seconds,
  });
  console.log("\nQuotas of a province's own account, by the complaints a month that meet them in their busiest second");
  for (const { name, complaintsAMonth, remedy } of met)
    console.log(`${complaintsAMonth.toFixed(0).padStart(11)}  ${name}: ${remedy}`);
  console.log("\nProvinces that fit into one account as AWS gives it");
  for (const { type, provinces } of provincesThatFit(resources))
    console.log(`${String(provinces).padStart(11)}  ${type}`);
}

async function judgeSizes(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "foad-crowded-"));
  const crowded = sizesIn(await synthesizedWith({ folder, edit: crowdedWith(crowd) }));
  rmSync(folder, { recursive: true });
  console.log(`\nBundles of the API in KB, of this province and of one with ${crowd} agencies`);
  for (const name of apiFunctions) {
    const [own = 0, large = 0] = [bytes[name], crowded[name]].map((size = 0) => size / 1_024);
    const most = budgetOf(name).bytes / 1_024;
    const kept = own <= most && large <= most;
    console.log(`${kept ? "kept  " : "MISSED"} ${name.padEnd(18)} ${own.toFixed(0)} of ${most}; ${large.toFixed(0)}`);
    if (!kept) process.exitCode = 1;
  }
  console.log("What it would take for those that are missed, by the KB that it would save");
  for (const remedy of remedies) console.log(`  ${remedy}`);
}

/** Bytes of each function's code, by its name. */
function sizesIn(assembly: string): Record<string, number> {
  const files = globSync("bundles/*/index.js", { cwd: assembly });
  return Object.fromEntries(files.map((file) => [basename(dirname(file)), statSync(join(assembly, file)).size]));
}

function table(title: string, lines: Line[]): void {
  console.log(`\n${title}, $`);
  for (const { what, how, dollars } of lines) console.log(`${dollars.toFixed(2).padStart(11)}  ${what}: ${how}`);
  if (lines.length > 1 && !/beside|complaints,/.test(title))
    console.log(`${total(lines).toFixed(2).padStart(11)}  together`);
}

function total(lines: Line[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

function judge(what: string, { dollars, most }: { dollars: number; most: number }): void {
  const kept = dollars <= most;
  console.log(`${kept ? "kept  " : "MISSED"} ${what}: $${dollars.toFixed(2)}; the budget is $${most}`);
  if (!kept) process.exitCode = 1;
}
