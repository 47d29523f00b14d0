import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { writeDesk } from "#infra/bundles/desk-assets.ts";
import { deskFiles } from "#shared/runtime/bundled-files.ts";
import { answerTo, type Call, type Counter, complaint, invocationOf } from "./counted-lives.ts";
import { requestsInFiveMinutes } from "./desk-requests.ts";
import { billOf, type Counted, dollars, sum } from "./prices.ts";

const workplace = { officers: 200, hoursADay: 8, daysAMonth: 22 };

const agency = "agency-social-security";
const queries: Record<string, Record<string, string>> = {
  "GET /v1/agency/events": { since: "" },
  "GET /v1/agency/complaints": { details: "true", limit: "50" },
};

/** What five minutes of each open page use. The agency's list has the complaints that are there. */
export async function countDesk(counter: Counter): Promise<Record<"list" | "case", Counted>> {
  const filed = await answerTo(complaint);
  const receipt = JSON.parse(filed.answer.body) as { id: string; secret: string };
  queries["GET /v1/agency/events"] = { since: new Date(Date.now() - 1_000).toISOString() };
  const used = async (requests: Record<string, number>) => {
    const all: Counted[] = [];
    for (const [route, times] of Object.entries(requests)) {
      const one = await requestOf({ route, as: agency, query: queries[route] }, { counter, receipt });
      for (let n = 0; n < times; n++) all.push(one);
    }
    return sum(all);
  };
  return { list: await used(requestsInFiveMinutes.list), case: await used(requestsInFiveMinutes.case) };
}

type Sender = { counter: Counter; receipt: { id: string; secret: string } };

async function requestOf(call: Call, { counter, receipt }: Sender): Promise<Counted> {
  counter.capacity.take();
  const { answer, logged } = await answerTo(call, receipt);
  return sum([{ ...counter.capacity.take().used, requests: 1 }, invocationOf(call, { answer, logged, counter })]);
}

/** The facts of the table in docs/desk.md, by its rows. */
export async function deskFacts(used: Record<"list" | "case", Counted>): Promise<Record<string, string>> {
  const [desk, ofEmployee] = await firstLoads();
  const perMinute = (page: "list" | "case") =>
    (Object.values(requestsInFiveMinutes[page]).reduce((all, one) => all + one, 0) / 5).toFixed(1);
  const { officers, hoursADay, daysAMonth } = workplace;
  const stretches = officers * hoursADay * daysAMonth * 12;
  const requests = (stretches * used.list.requests) / 1e6;
  const monthly = deskMonth(used.list);
  return {
    "first load": loadFact(desk),
    "first load of an employee's page": loadFact(ofEmployee),
    "an open list": `${perMinute("list")} requests a minute`,
    "an open case": `${perMinute("case")} requests a minute`,
    [`${officers} officers with an open list, ${hoursADay} hours on ${daysAMonth} days`]: `${requests.toFixed(1)} million requests, about $${Math.round(monthly)} a month at list prices`,
  };
}

/** Dollars a month for officers who have the list open all day. */
export function deskMonth(fiveMinutesOfList: Counted): number {
  const { officers, hoursADay, daysAMonth } = workplace;
  return (dollars(billOf(fiveMinutesOfList)) / 1e6) * officers * hoursADay * daysAMonth * 12;
}

type Load = { bytes: number; files: number };

const loadFact = ({ bytes, files }: Load) => `${Math.round(bytes / 1_000)} KB in ${files} files, fonts included`;

/** What a browser without a cache fetches to show the desk and the page of employees, compressed as it is served. */
async function firstLoads(): Promise<[desk: Load, ofEmployee: Load]> {
  const folder = mkdtempSync(join(tmpdir(), "foad-desk-"));
  await writeDesk(folder);
  const names = readdirSync(folder).filter((name) => name !== deskFiles.list);
  const sizes = names.map((name) => {
    const isPage = name === deskFiles.page || name === deskFiles.employeePage;
    const file = join(folder, name);
    return [name, isPage ? brotliCompressSync(readFileSync(file)).length : statSync(file).size] as const;
  });
  rmSync(folder, { recursive: true });
  const without = (...others: string[]): Load => {
    const loaded = sizes.filter(([name]) => !others.includes(name));
    return { bytes: loaded.reduce((all, [, size]) => all + size, 0), files: loaded.length };
  };
  return [without(deskFiles.employeePage, "employee-page.js"), without(deskFiles.page, "desk.js")];
}
