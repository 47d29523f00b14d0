import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentLimit, documentRoutes, figuresLimit } from "#infra/constructs/routes.ts";
import { withEdge } from "../support/edged.ts";
import { synthesizeEdited } from "../support/synthesized-with.ts";
import { countDesk, deskFacts, deskMonth } from "./cost-of-desk.ts";
import { countExceptions, type Exception } from "./counted-exceptions.ts";
import { countIdleRun, counting, countLives, countPublicRead } from "./counted-lives.ts";
import { countMessages } from "./counted-messages.ts";
import { allResources } from "./deployed-functions.ts";
import { agenciesPolling, idleMonth, type Line, type Resource } from "./idle-month.ts";
import { dollarsPerMillionReads, linesOfALife, malwareScan, measuredApart } from "./lines-of-a-life.ts";
import { billOf, type Counted, dollars, list, listedOn } from "./prices.ts";

/**
 * `npm run cost`: what a complaint and a month cost. It fails where a budget is missed, and where docs/costs.md says anything
 * else.
 */
const budgets = { idleMonth: 9, lifeWithFigures: 80, messages: 3 };
const everyMinute = [
  "process-due-complaints",
  "change-deadlines",
  "redrive-events",
  "deliver-webhooks",
  "answer-linked-complaints",
];
const scheduled = [
  ...everyMinute,
  "send-sms",
  "close-periods",
  "count-agency-figures",
  "propose-issues",
  "ask-about-issues",
  "apply-retention",
  "monitor-queues",
  "advance-notices",
];

const { resources, idleRuns, lives, desk, publicRead, messages, exceptions } = await counting(async (counter) => {
  const idleRuns: Record<string, Counted> = {};
  for (const name of scheduled) {
    // The first of a month or day has something to do.
    await countIdleRun(name, counter);
    idleRuns[name] = await countIdleRun(name, counter);
  }
  // Its three small reads are like those of close-periods; that of its bucket is a third of a cent a month.
  if (idleRuns["close-periods"]) idleRuns["render-page"] = idleRuns["close-periods"];
  const publicRead = await countPublicRead(counter);
  const lives = await countLives(counter);
  const desk = await countDesk(counter);
  const messages = await countMessages(counter);
  return {
    resources: counter.resources,
    idleRuns,
    publicRead,
    lives,
    desk,
    messages,
    exceptions: await countExceptions(counter),
  };
});
const life = lives.find(({ name }) => name.endsWith("an opinion"));
if (!life) throw new Error("no life has an opinion");
const agencies = resources.filter(({ properties }) =>
  /-agency-(?!sandbox-).*-dlq\.fifo$/.test(String(properties.QueueName)),
).length;
const perMillion = await linesOfALife(life, publicRead);
const idle = idleMonth(resources, idleRuns);
const edgeMonth = idleMonth(await resourcesWithEdge(), idleRuns);
const together = (lines: Line[]): Line => ({ what: "together", how: "", dollars: total(lines) });
const ofComplaints = Object.values(perMillion);

console.log(`List prices of us-east-1, written down on ${listedOn}; free tiers and taxes aside.`);
table("A million complaints", [...ofComplaints, together(ofComplaints)]);
table("A month in which nothing happens", [...idle, together(idle)]);
table("The same with an edge and a budget", [...edgeMonth, together(edgeMonth)]);
const operations = ({ writes, reads }: Counted) => `${writes.toFixed(1)} writes and ${reads.toFixed(1)} reads each`;
const consentToMessages: Line = {
  what: "consent to messages (SMS) in a million filings",
  how: operations(messages.consent),
  dollars: dollars(billOf(messages.consent)),
};
const threeMessages: Line = {
  what: "three messages (SMS) in each of a million lives",
  how: `without the provider's price; ${operations(messages.messages)}`,
  dollars: dollars(billOf(messages.messages)),
};
const exception = (what: string, how: string, { counted, orders }: Exception): Line => ({
  what,
  how: `${how}; ${operations(counted)}, ${orders} objects for a restore`,
  dollars: dollars(billOf(counted)) + orders * (list.perMillion.filePuts + list.perMillion.fileCopies),
});
const beside: Line[] = [
  consentToMessages,
  threeMessages,
  exception("a million renewed secrets", "without the mail", exceptions.renewal),
  exception("a million citizens called by 128", "consent, digits, list, opening and opinion", exceptions.call),
  exception("a million notices to employees", "nine calls; without mails and the scan", exceptions.notice),
  {
    what: "what arithmetic proposes, of a million complaints",
    how: "half a read of each head and a key's share of another, on each of eight mornings",
    dollars: 8 * 0.6 * list.perMillion.tableReads,
  },
  malwareScan(),
  { what: "a month without complaints, with an edge", how: "the table above", dollars: total(edgeMonth) },
  {
    what: "a million requests through an edge",
    how: `${list.perMillion.edgeRequests.toFixed(2)} of CloudFront and ${list.perMillion.webRequests.toFixed(2)} of its firewall`,
    dollars: list.perMillion.edgeRequests + list.perMillion.webRequests,
  },
  { what: "a month of the key, after two rotations", how: "a year each", dollars: 2 * list.perMonth.turnedKey },
  {
    what: "a month of a fourth dashboard in one account",
    how: "one a province",
    dollars: list.perMonth.dashboard,
  },
  agenciesPolling(agencies),
  {
    what: "a month of 200 officers with an open desk",
    how: "`docs/desk.md` says how long; table, gateway, functions and logs",
    dollars: deskMonth(desk.list),
  },
  {
    what: "a month of a canary",
    how: "a secret, an alarm on two metrics, and 730 lives with as long a run of its own",
    dollars: list.perMonth.secret + 2 * list.perMonth.alarm + (730 * 2 * perMillion.calls.dollars) / 1e6,
  },
  attack("the public page", { routes: 1, rate: 200, kilobytes: 100 }),
  attack("the documents", { routes: documentRoutes.length, ...documentLimit, kilobytes: 350 }),
  attack("the figures", { routes: 1, ...figuresLimit, kilobytes: 800 }),
];
table("What may come beside it", beside);
const factsOfDesk = await deskFacts(desk);
console.log("\nThe desk");
for (const [what, fact] of Object.entries(factsOfDesk)) console.log(`  ${what}: ${fact}`);
compareDesk(factsOfDesk);
table("A month of complaints, with all the years that they are kept", volumes());
judge("a life with an opinion and its share of the figures", {
  dollars: perMillion.calls.dollars + measuredApart.figuresPerMillion,
  most: budgets.lifeWithFigures,
});
judge("three messages in a life", { dollars: threeMessages.dollars, most: budgets.messages });
judge("an idle month", { dollars: total(idle), most: budgets.idleMonth });
comparePage([...ofComplaints, together(ofComplaints), ...idle, together(idle), ...beside]);

/** Every resource of the province's stacks as they would be with an edge. */
async function resourcesWithEdge(): Promise<Resource[]> {
  const folder = mkdtempSync(join(tmpdir(), "foad-edge-"));
  const resources = allResources(await synthesizeEdited({ folder, edit: withEdge }));
  rmSync(folder, { recursive: true });
  return resources;
}

type Attacked = { routes: number; rate: number; kilobytes: number };

/** What the gateway lets through of some routes in an hour; `rate`: requests a second of each. */
function attack(what: string, { routes, rate, kilobytes }: Attacked): Line {
  return {
    what: `an hour of attack on ${what}, without an edge`,
    how: `${routes * rate} a second of ${kilobytes} KB; what is throttled is free`,
    dollars: (routes * rate * 3_600 * dollarsPerMillionReads(kilobytes, publicRead)) / 1e6,
  };
}

function volumes(): Line[] {
  const each = total(ofComplaints) / 1e6;
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

function table(title: string, lines: Line[]): void {
  console.log(`\n${title}, $`);
  for (const { what, how, dollars } of lines)
    console.log(`${dollars.toFixed(2).padStart(11)}  ${how ? `${what}: ${how}` : what}`);
}

function total(lines: Line[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

function judge(what: string, { dollars, most }: { dollars: number; most: number }): void {
  if (dollars > most) fail(`MISSED ${what}: $${dollars.toFixed(2)}; the budget is $${most}`);
}

/** Holds each line to the page's row of the same name; lengths of random ids move some of them by a few cents. */
function comparePage(lines: Line[]): void {
  const page = readFileSync(join(import.meta.dirname, "../../docs/costs.md"), "utf8");
  const rows = [...page.matchAll(/^\| (.+?) \|.* ([\d,.]+) \|$/gm)];
  const unread = rows.map(([, what = "", amount = ""]) => ({ what, dollars: Number(amount.replaceAll(",", "")) }));
  for (const { what, dollars } of lines) {
    const n = unread.findIndex((row) => row.what === what);
    const [row] = n < 0 ? [] : unread.splice(n, 1);
    if (!row || Math.abs(row.dollars - dollars) > 0.01 + 0.01 * dollars)
      fail(`docs/costs.md says $${row?.dollars} for "${what}" and not $${dollars.toFixed(2)}`);
  }
  for (const { what } of unread) fail(`docs/costs.md has "${what}", which nobody counts`);
}

/** Holds the table of docs/desk.md to what was counted. */
function compareDesk(facts: Record<string, string>): void {
  const page = readFileSync(join(import.meta.dirname, "../../docs/desk.md"), "utf8");
  for (const [what, fact] of Object.entries(facts))
    if (!page.includes(`| ${what} | ${fact}`)) fail(`docs/desk.md does not say "${what}": ${fact}`);
}

function fail(text: string): void {
  console.error(text);
  process.exitCode = 1;
}
