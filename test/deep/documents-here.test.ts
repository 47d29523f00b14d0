import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { docsPages } from "#functions/documents/documents.api.ts";
import { routes } from "#infra/constructs/routes.ts";
import { acceptableRequest, prepareComplaint } from "../support/acceptable-requests.ts";
import { startBrowser } from "../support/browser.ts";
import { callCentreOf } from "../support/call-centre.ts";
import { unsubscribeTokenOf } from "../support/mailbox.ts";
import { isRouteOfNotice } from "../support/notice-requests.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { isDeep } from "../support/trial-size.ts";

const cloud = withLocalCloud();
let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await startBrowser();
  // As the folder of `npm start` is.
  folder = mkdtempSync(join(tmpdir(), "foad-terminal-"));
  symlinkSync(cloud.state, join(folder, ".local"));
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const Document = z.looseObject({
  servers: z.tuple([z.object({ url: z.string() })]),
  externalDocs: z.object({ url: z.string() }),
  components: z.looseObject({ securitySchemes: z.looseObject({ token: z.object({ openIdConnectUrl: z.string() }) }) }),
});

test("the served document names the API and the issuer of this machine, whatever name it is called by", async () => {
  const { api, tokenEndpoint } = cloud.endpoints;
  const own = await (await fetch(`${api}/v1/openapi.json`)).text();
  const asked = await fetch(`${api.replace("127.0.0.1", "localhost")}/v1/openapi.json`);
  expect(await asked.text()).toBe(own);
  const { servers, externalDocs, components } = Document.parse(JSON.parse(own));
  expect(servers[0].url).toBe(api);
  expect((await fetch(externalDocs.url)).status).toBe(200);
  const discovered = await (await fetch(components.securitySchemes.token.openIdConnectUrl)).json();
  expect(discovered).toMatchObject({ token_endpoint: tokenEndpoint });
});

test.each(["br", "gzip", "identity"])("the tag of the document as it is sent by %s is answered 304", async (coding) => {
  const path = `${cloud.endpoints.api}/v1/openapi.json`;
  const first = await fetch(path, { headers: { "accept-encoding": coding } });
  const again = { "accept-encoding": coding, "if-none-match": first.headers.get("etag") ?? "" };
  expect((await fetch(path, { headers: again })).status).toBe(304);
});

type Pasted = { id: string; as: string; address: string; code: string };
const Page = z.object({
  beginning: z.string(),
  requests: z.array(z.object({ id: z.string(), as: z.string(), address: z.string(), code: z.string() })),
});
type Tool = "shell" | "node";

/** What stands on one page to be pasted: the first block, and each request with the line that takes its caller's token. */
async function pageOf(name: string, { language, tool }: { language: string; tool: Tool }) {
  const page = await browser.newPage();
  await page.goto(`${cloud.endpoints.api}/v1/docs?page=${name}&language=${language}`);
  const read = `(() => {
    const textOf = (selector, from = document) => from.querySelector(selector + " pre.${tool}")?.textContent ?? "";
    const [beginning = "", as = ""] = [...document.querySelectorAll("#once .try, #first-request .try")].map((one) => one.querySelector("pre.${tool}").textContent);
    return { beginning, requests: [...document.querySelectorAll(".operation")].map((one) => ({
      id: one.id,
      as,
      address: one.querySelector(".address").textContent.trim().replace(/\\s+/g, " "),
      code: textOf(".try", one),
    })) };
  })()`;
  const found = Page.parse(await page.evaluate(read));
  await page.close();
  return found;
}

/** The first block, and the requests of all pages. */
async function allPages(how: { language: string; tool: Tool }) {
  const pages = [];
  for (const name of docsPages) pages.push(await pageOf(name, how));
  const [beginning = "", ...others] = new Set(pages.flatMap(({ beginning }) => beginning || []));
  // Each page begins with the same block.
  expect(others).toEqual([]);
  return { beginning, requests: pages.flatMap(({ requests }) => requests) };
}

const environment = () => ({ PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: folder });

type Paste = { name: string; lines: string[] };

/** Each tool runs all pastes in one session, and tells the status of each answer: the last of a paste is its request's. */
const sessions: Record<Tool, (pastes: Paste[], beginning: string) => [program: string, args: string[]]> = {
  shell(pastes, beginning) {
    const tells = `curl() { command curl -w '%{stderr}answered %{http_code}\\n' "$@"; }`;
    const script = pastes.flatMap(({ name, lines }) => [`echo 'paste ${name}' >&2`, ...lines]);
    return ["bash", ["-c", [tells, beginning, ...script].join("\n")]];
  },
  node(pastes, beginning) {
    const tells = `var real = fetch; globalThis.fetch = async (...asked) => { const answer = await real(...asked); console.error("answered " + answer.status); return answer; };`;
    const script = pastes.flatMap(({ name, lines }) => [
      `console.error(${JSON.stringify(`paste ${name}`)});`,
      ...lines,
    ]);
    const file = join(folder, "pasted.mjs");
    writeFileSync(file, [tells, beginning, ...script].join("\n"));
    return [process.execPath, [file]];
  },
};

/** The name of each paste with the status of its answer. */
async function pasted(pastes: Paste[], { tool, beginning }: { tool: Tool; beginning: string }) {
  const [program, args] = sessions[tool](pastes, beginning);
  const options = { cwd: folder, env: environment(), maxBuffer: 64 * 1024 * 1024 };
  const { stderr } = await promisify(execFile)(program, args, options);
  const told = stderr.split(/^paste /m).slice(1);
  return told.map((text): [string, number] => {
    const [name = ""] = text.split("\n");
    return [name, Number([...text.matchAll(/^answered (\d+)$/gm)].at(-1)?.[1])];
  });
}

test("who pastes it is told as whom they ask, who there are, and what to do where no cloud is", async () => {
  const { beginning } = await pageOf("start", { language: "en", tool: "shell" });
  const paste = async (cwd: string, more: string) => {
    const options = { cwd, env: environment() };
    const { stderr } = await promisify(execFile)("bash", ["-c", `${beginning}\n${more}`], options);
    return stderr.trim().split("\n");
  };
  expect(await paste(folder, "as inspector-2; as agency")).toEqual([
    "as call-centre-128 (foad/front-end)",
    "as inspector-2 (foad/inspector)",
    "as agency-social-security (foad/agency)",
  ]);
  const [, listed] = await paste(folder, "as; true");
  for (const name of ["front-end", ...Object.keys(cloud.endpoints.clients)]) expect(listed).toContain(` ${name}`);
  expect((await paste(folder, "FOAD_CLIENT_CREDENTIALS=web-portal:wrong as front-end")).at(-1)).toMatch(
    /^No token for web-portal/,
  );
  const nowhere = mkdtempSync(join(folder, "nowhere-"));
  expect(await paste(nowhere, "")).toEqual([expect.stringMatching(/^No \.local\/endpoints\.json here: run npm start/)]);
});

/** What the example's world does not have: a complaint that has climbed, and webhooks of those two. */
const missing = {
  "GET /v1/overseer/complaints/{id}": 404,
  "POST /v1/overseer/complaints/{id}/directives": 404,
  "GET /v1/overseer/issues/{issueId}": 404,
  "GET /v1/agency/webhook": 404,
  "GET /v1/front-end/webhook": 404,
  "POST /v1/agency/webhook/resume": 404,
  "POST /v1/front-end/webhook/resume": 404,
  "GET /v1/admin/webhooks/{subscriber}": 404,
  "POST /v1/admin/webhooks/{subscriber}/resume": 404,
  "PUT /v1/admin/webhooks/{subscriber}/secret": 404,
};

/** To get a case ready to be called back takes days or weeks, in which the others' would run out. */
const daysFirst = (a: Pasted, b: Pasted) => daysOf(b) - daysOf(a);
const daysOf = ({ address }: Pasted) =>
  ["{callId}", "opening", "dispute", "issue-answer"].indexOf(/calls\/(?:.*\/)?(.+)$/.exec(address)?.[1] ?? "");

/** The example's decision says of an answer whether it is upheld. */
async function dispute({ id, secret }: { id: string; secret: string }) {
  const agency = { as: "agency-social-security" };
  await cloud.call({ ...acceptableRequest("POST /v1/agency/complaints/{id}/answer", { id }), ...agency });
  await cloud.call({ ...acceptableRequest("POST /v1/complaints/{id}/dispute", { id }), secret });
}

test("the lines for Node can be pasted into its prompt, one after the other and again", async () => {
  const { beginning, requests } = await pageOf("front-end", { language: "en", tool: "node" });
  const filing = requests.find(({ id }) => id === "postComplaints")?.code ?? "";
  const asPortal = 'await as("web-portal");';
  const again = filing.replace('"channel": "phone"', '"channel": "web"');
  const prompt = spawn(process.execPath, ["-i"], { cwd: folder, env: environment() });
  const closed = once(prompt, "close");
  const said: string[] = [];
  for (const stream of [prompt.stdout, prompt.stderr]) stream.on("data", (text) => said.push(String(text)));
  const paste = async (text: string, seen: RegExp) => {
    prompt.stdin.write(`${text}\n`);
    await expect.poll(() => said.join("")).toMatch(seen);
    // As a reader does, it waits until the prompt is there again.
    await expect.poll(() => said.join("")).toMatch(/> $/);
  };
  await paste(beginning, /as call-centre-128 \(foad\/front-end\)/);
  await paste(filing, /\b201 \{/);
  await paste(asPortal, /as web-portal/);
  await paste(again, /\b201 \{[\s\S]+\b201 \{/);
  await paste('console.log("the last id is " + ID)', /the last id is QZ-/);
  prompt.stdin.end();
  await closed;
  const all = said.join("");
  expect(again).not.toBe(filing);
  expect(all).not.toMatch(/Error/);
});

test("who pastes it into Node is told as whom they may ask", async () => {
  const { beginning } = await pageOf("start", { language: "en", tool: "node" });
  const file = join(folder, "unknown.mjs");
  writeFileSync(file, `${beginning}\nawait as("nobody");`);
  const failed = promisify(execFile)(process.execPath, [file], { cwd: folder, env: environment() });
  await expect(failed).rejects.toThrow(/as whom\? One of: front-end agency .*web-portal/);
  const nowhere = mkdtempSync(join(folder, "nowhere-"));
  await expect(promisify(execFile)(process.execPath, [file], { cwd: nowhere, env: environment() })).rejects.toThrow(
    /No \.local\/endpoints\.json here: run npm start/,
  );
});

/** The English pages have the same requests with other texts, so each tool and each language is tried once. */
const ways = [
  ["shell", "fa"],
  ["node", isDeep ? "en" : "fa"],
] as const;

/** Whose token a request of the page of notices takes, which has several callers. */
function asOfNotices(address: string, tool: Tool): string | undefined {
  const client = address.includes("/reviewer/") ? "reviewer" : address.endsWith("/records") && "personnel-education";
  return client ? { shell: `as ${client}`, node: `await as("${client}");` }[tool] : undefined;
}

/** A variable as the tool sets it. */
const setting = (tool: Tool, name: string, value: string) =>
  tool === "node" ? `${name} = ${JSON.stringify(value)};` : `${name}='${value}'`;

test.each(ways)(
  "each request of the pages is answered as documented when it is pasted into a %s, in %s",
  { timeout: 1_800_000 },
  async (tool, language) => {
    const { beginning, requests } = await allPages({ language, tool });
    expect(requests.map(({ address }) => address).sort()).toEqual(Object.keys(routes).sort());
    const pastes = [];
    /** Calls that are opened last: an opened call closes after three hours, and the preparation of the other requests takes days. */
    const opened = [];
    for (const { address, as, code } of requests.sort(daysFirst)) {
      const own = /\/\{(id|noticeId|issueId|callId)\}/.test(address)
        ? await prepareComplaint(cloud, address, { isAskedAboutIssue: true })
        : undefined;
      if (own && address.endsWith("/decision") && !isRouteOfNotice(address)) await dispute(own);
      if (own && /calls\/.*\/(dispute|issue-answer)$/.test(address)) opened.push(own);
      const set = {
        ID: own?.id,
        SECRET: own?.secret,
        ATTACHMENT: own?.attachmentId,
        VISIT: own?.visitId,
        NOTICE: own?.noticeId,
        ISSUE: own?.issueId,
        CALL: own?.callId,
      };
      const mine = Object.entries(set).flatMap(([name, value]) => (value ? [setting(tool, name, value)] : []));
      pastes.push({ name: address, lines: [asOfNotices(address, tool) ?? as, ...mine, code] });
    }
    for (const called of opened) expect((await callCentreOf(cloud).open(called)).status).toBe(200);
    // The clock stands still, and pages know the present only to the second: it would lie before what was prepared in this second.
    await cloud.clock.advance(1_000);
    const token = unsubscribeTokenOf(cloud, "reader@mail.example");
    const first = [beginning, setting(tool, "MAIL_TOKEN", token)].join("\n");
    const answered = await pasted(pastes, { tool, beginning: first });
    expect(answered.length).toBe(requests.length);
    expect(Object.fromEntries(answered.filter(([, status]) => status >= 300))).toEqual(missing);
  },
);
