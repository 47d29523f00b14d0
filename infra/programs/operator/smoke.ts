import * as z from "zod";
import { sandboxAgency } from "#shared/province/directory.ts";
import { isRetired } from "#shared/province/retirement.ts";
import { commandLine, printAndReturn } from "./program.ts";

const program = {
  usage:
    "npm run smoke -- https://api.foad.example [--sandbox [--channel phone]], with FOAD_TOKEN where a front end's token is to be tried",
  undone: "Nothing was tried",
};
const Listed = z.array(z.object({ id: z.string(), retiredFrom: z.string().optional() })).min(1);
const Catalog = z.object({ categories: Listed, counties: Listed, agencies: Listed });
type Step = { title: string; run: () => Promise<string> };

/**
 * `npm run smoke -- URL`: tests from outside whether a deployed province answers, the most visible parts first. It writes
 * nothing; only with `--sandbox` it files one complaint to the sandbox agency. Exit code 1 if a step fails.
 */
const options = { sandbox: { type: "boolean" }, channel: { type: "string", default: "web" } } as const;
const { values, positionals } = commandLine(program, options);
const base = positionals[0]?.replace(/\/$/, "");
const token = process.env.FOAD_TOKEN;
if (!base || !URL.canParse(base) || (values.sandbox && !token)) process.exit(printAndReturn(program.usage, 2));

const publicSteps: Step[] = [
  { title: "the public page", run: () => isServed("/", "text/html") },
  { title: "the catalog", run: describeCatalog },
  { title: "the documents", run: () => isServed("/v1/openapi.json", "application/json") },
  { title: "what figures mean", run: () => isServed("/v1/statistics/definitions", "application/json") },
  { title: "nobody files without a token", run: () => isRefused("POST", "/v1/complaints", 401) },
  { title: "a stranger's secret opens nothing", run: () => isRefused("GET", "/v1/complaints/QZ-7K3M-9XPT-Q", 404) },
];
const tokenSteps: Step[] = [
  { title: "the front end is registered", run: () => isServed("/v1/front-end/events", "json") },
];
const sandboxSteps: Step[] = [{ title: "a complaint to the sandbox", run: fileToSandbox }];

const steps = [...publicSteps, ...(token ? tokenSteps : []), ...(values.sandbox ? sandboxSteps : [])];
const failed = [];
for (const { title, run } of steps) {
  const [mark, result] = await run().then(
    (text) => ["ok    ", text],
    (error: unknown) => ["FAILED", String(error instanceof Error ? (error.cause ?? error.message) : error)],
  );
  if (mark === "FAILED") failed.push(title);
  process.stdout.write(`${mark}  ${title}: ${result}\n`);
}
if (!token) process.stdout.write("not tried: a front end's token (FOAD_TOKEN)\n");
process.exitCode = failed.length > 0 ? 1 : 0;

/** Sends a request as the front end, if FOAD_TOKEN is set. For a citizen or a stranger pass an empty `bearer`. */
async function request(path: string, init: RequestInit = {}, bearer = token) {
  const headers = { ...(bearer && { Authorization: `Bearer ${bearer}` }), ...init.headers };
  return fetch(`${base}${path}`, { ...init, headers, redirect: "manual", signal: AbortSignal.timeout(15_000) });
}

async function isServed(path: string, type: string): Promise<string> {
  const answer = await request(path);
  const bytes = (await answer.arrayBuffer()).byteLength;
  const answered = `${answer.status} ${answer.headers.get("content-type")}, ${bytes} bytes`;
  if (answer.status !== 200 || !answer.headers.get("content-type")?.includes(type))
    throw new Error(`${path} is ${answered}`);
  return answered;
}

async function isRefused(method: string, path: string, status: number): Promise<string> {
  const answer = await request(path, { method, headers: { "Foad-Secret": "XXXX-XXXX" } }, "");
  if (answer.status !== status) throw new Error(`${method} ${path} is ${answer.status}, not ${status}`);
  return String(status);
}

async function describeCatalog(): Promise<string> {
  const { agencies, counties, categories } = await readCatalog();
  return `${agencies.length} agencies, ${counties.length} counties, ${categories.length} categories`;
}

async function readCatalog() {
  const answer = await request("/v1/catalog");
  const catalogText = `/v1/catalog is ${answer.status} ${answer.headers.get("content-type")}`;
  if (answer.status !== 200) throw new Error(catalogText);
  const { data: catalog } = Catalog.safeParse(await answer.json().catch(() => undefined));
  if (!catalog) throw new Error(`${catalogText}, but no catalog with agencies, counties and categories`);
  return catalog;
}

function firstNotRetired(listed: z.infer<typeof Listed>) {
  const now = new Date().toISOString();
  return listed.find((one) => !isRetired(one, now))?.id;
}

async function fileToSandbox(): Promise<string> {
  const { counties, categories } = await readCatalog();
  const filed = await request("/v1/complaints", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": `smoke-${crypto.randomUUID()}` },
    body: JSON.stringify({
      agencyId: sandboxAgency,
      countyId: firstNotRetired(counties),
      category: firstNotRetired(categories),
      channel: values.channel,
      description: "Smoke test",
    }),
  });
  const answer = await filed.text();
  if (filed.status !== 201) throw new Error(`${filed.status} ${answer}; is this client marked for the sandbox?`);
  const { id, secret } = z.object({ id: z.string(), secret: z.string() }).parse(JSON.parse(answer));
  const read = await request(`/v1/complaints/${id}`, { headers: { "Foad-Secret": secret } }, "");
  if (read.status !== 200) throw new Error(`${id} was filed and is ${read.status} to its citizen`);
  return `${id} was filed and read`;
}
