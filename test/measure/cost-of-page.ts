import { readFileSync } from "node:fs";
import { pagePrices, prices } from "./prices.ts";

/**
 * `npm run trial -- page`: what the first page weighs over the wire, and what 200 requests a second for a whole day cost, with
 * and without an edge. Asks the local cloud that runs (`npm start`), or the one at FOAD_API.
 */
const { api } = process.env.FOAD_API
  ? { api: process.env.FOAD_API }
  : JSON.parse(readFileSync(".local/endpoints.json", "utf8"));
const requestsADay = 200 * 24 * 60 * 60;
const budgetBytes = 100_000;

/** What cannot be counted here; each is an upper one. */
const assumed = {
  /** Bytes that the function and the gateway log of a request. */
  logged: 600,
  /** Containers of the function, each of which asks four times a minute which site stands. */
  containers: 20,
  /** Places of the edge that ask for an address each minute, and addresses that are asked for at all. */
  places: 13,
  addresses: 100,
  rendersADay: 6,
  secondsOfARender: 60,
  filesOfARender: 1_000,
};

type Fetched = { bytes: number; ms: number; text: string };

/** Headers count as well; a browser's connection and its own headers do not. */
async function fetched(path: string): Promise<Fetched> {
  const startedAt = performance.now();
  const answer = await fetch(`${api}${path}`, { headers: { "accept-encoding": "br" } });
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  const body = await answer.arrayBuffer();
  const ms = performance.now() - startedAt;
  const head = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  const length = Number(answer.headers.get("content-length"));
  return { bytes: length + head, ms, text: Buffer.from(body).toString("utf8") };
}

async function firstVisit(path: string): Promise<[string, number][]> {
  const page = await fetched(path);
  const styles = [...page.text.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(([, style = ""]) => style);
  const sizes: [string, number][] = [[path, page.bytes]];
  for (const style of styles) {
    const css = await fetched(style);
    sizes.push([style, css.bytes]);
    for (const font of new Set(css.text.match(/\/assets\/[\w.-]+\.woff2/g)))
      sizes.push([font, (await fetched(font)).bytes]);
  }
  return sizes;
}

const sizes = await firstVisit("/");
const weight = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
for (const [path, bytes] of sizes) console.log(`${String(bytes).padStart(8)} bytes  ${path}`);
console.log(`${String(weight).padStart(8)} bytes  the whole first visit, of ${budgetBytes}\n`);

const times: number[] = [];
for (let n = 0; n < 100; n++) times.push((await fetched("/")).ms);
const seconds = (times.toSorted((a, b) => a - b)[50] ?? 0) / 1_000;
console.log(`${(1_000 * seconds).toFixed(1)} ms  the median of 100 requests here, taken for what is billed of one\n`);

const gb = 0.5;
const toGb = (bytes: number) => bytes / 1e9;

/** Dollars a day for so many requests that reach the gateway. */
function atGateway(requests: number): Record<string, number> {
  const reads = assumed.containers * 4 * 24 * 60 + assumed.addresses * assumed.containers;
  return {
    gateway: requests * prices.requests.dollars,
    invocations: requests * prices.invocations.dollars,
    "GB-seconds": requests * seconds * gb * prices.gbSeconds.dollars,
    logs: toGb(requests * assumed.logged) * prices.loggedGb.dollars,
    "reads of objects": reads * pagePrices.objectReads,
  };
}

const { rendersADay, secondsOfARender, filesOfARender, places, addresses } = assumed;
const rendering = {
  rendering:
    rendersADay * (secondsOfARender * 1.769 * prices.gbSeconds.dollars + filesOfARender * pagePrices.objectWrites),
};
const sent = toGb(requestsADay * (weight / sizes.length));
const bills: Record<string, Record<string, number>> = {
  "without an edge": { ...atGateway(requestsADay), transfer: sent * prices.sentGb.dollars, ...rendering },
  "with an edge": {
    "edge, requests": requestsADay * pagePrices.edgeRequests,
    "edge, transfer": sent * pagePrices.edgeGb,
    ...atGateway(places * addresses * 24 * 60),
    ...rendering,
  },
};
for (const [name, bill] of Object.entries(bills)) {
  console.log(`${name}: 200 requests a second for a day, ${sent.toFixed(0)} GB`);
  for (const [item, millionths] of Object.entries(bill))
    console.log(`${(millionths / 1e6).toFixed(2).padStart(10)} $  ${item}`);
  const total = Object.values(bill).reduce((sum, millionths) => sum + millionths, 0) / 1e6;
  console.log(`${total.toFixed(2).padStart(10)} $  together\n`);
}
if (weight > budgetBytes) process.exitCode = 1;
