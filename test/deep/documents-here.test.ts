import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { routes } from "#infra/routes.ts";
import { acceptableRequest, prepareComplaint } from "../support/acceptable-requests.ts";
import { chromiumPath } from "../support/chromium-path.ts";
import { refusalTokenOf } from "../support/mailbox.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { isDeep } from "../support/trial-size.ts";

const cloud = withLocalCloud();
let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] });
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
  terminal: z.string(),
  requests: z.array(z.object({ id: z.string(), as: z.string(), address: z.string(), code: z.string() })),
});

/** What stands on the page to be pasted, with the case that is spoken of and the caller whose section it stands in. */
async function pageOf(language: string) {
  const page = await browser.newPage();
  await page.goto(`${cloud.endpoints.api}/v1/docs?language=${language}`);
  const read = `({
    terminal: document.querySelector("#terminal pre").textContent,
    requests: [...document.querySelectorAll(".route")].map((one) => ({
      id: one.id,
      as: one.parentElement.querySelector(":scope > pre")?.textContent ?? "",
      address: one.querySelector(".address").textContent.trim().replace(/\\s+/g, " "),
      code: one.querySelector(".try pre").textContent,
    })),
  })`;
  const found = Page.parse(await page.evaluate(read));
  await page.close();
  return found;
}

/** Pastes all of it into one shell that tells the status of each answer: the last of a paste is its request's. */
async function pasted(pastes: { name: string; lines: string[] }[], terminal: string) {
  const tells = `curl() { command curl -w '%{stderr}answered %{http_code}\\n' "$@"; }`;
  const script = pastes.flatMap(({ name, lines }) => [`echo 'paste ${name}' >&2`, ...lines]);
  const env = { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: folder };
  const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 };
  const { stderr } = await promisify(execFile)("bash", ["-c", [tells, terminal, ...script].join("\n")], options);
  const told = stderr.split(/^paste /m).slice(1);
  return told.map((text): [string, number] => {
    const [name = ""] = text.split("\n");
    return [name, Number([...text.matchAll(/^answered (\d+)$/gm)].at(-1)?.[1])];
  });
}

test("who pastes it is told as whom they ask, who there are, and what to do where no cloud is", async () => {
  const { terminal } = await pageOf("en");
  const paste = async (cwd: string, more: string) => {
    const env = { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: folder };
    const { stderr } = await promisify(execFile)("bash", ["-c", `${terminal}\n${more}`], { cwd, env });
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
  "GET /v1/agency/webhook": 404,
  "GET /v1/front-end/webhook": 404,
  "POST /v1/agency/webhook/resume": 404,
  "POST /v1/front-end/webhook/resume": 404,
  "GET /v1/admin/webhooks/{subscriber}": 404,
  "POST /v1/admin/webhooks/{subscriber}/resume": 404,
  "PUT /v1/admin/webhooks/{subscriber}/secret": 404,
};

/** To get a case ready to be called back takes days, in which the others' would run out. */
const daysFirst = (a: Pasted, b: Pasted) => daysOf(b) - daysOf(a);
const daysOf = ({ address }: Pasted) => ["{id}", "dispute"].indexOf(/calls\/(?:.*\/)?(.+)$/.exec(address)?.[1] ?? "");

/** The example's decision says of an answer whether it is upheld. */
async function dispute({ id, secret }: { id: string; secret: string }) {
  const agency = { as: "agency-social-security" };
  await cloud.call({ ...acceptableRequest("POST /v1/agency/complaints/{id}/answer", { id }), ...agency });
  await cloud.call({ ...acceptableRequest("POST /v1/complaints/{id}/dispute", { id }), secret });
}

/** The English page has the same requests with other texts. */
const languages = isDeep ? ["fa", "en"] : ["fa"];

test.each(languages)(
  "each request of the page in %s is answered as documented when it is pasted",
  {
    timeout: 300_000,
  },
  async (language) => {
    const { terminal, requests } = await pageOf(language);
    expect(requests.map(({ address }) => address).sort()).toEqual(Object.keys(routes).sort());
    const pastes = [];
    for (const { address, as, code } of requests.sort(daysFirst)) {
      const own = address.includes("/{id}") ? await prepareComplaint(cloud, address) : undefined;
      if (own && address.endsWith("/decision")) await dispute(own);
      const set = {
        ID: own?.id,
        SECRET: own?.secret,
        ATTACHMENT: own?.attachmentId,
        VISIT: own?.visitId,
        NOTICE: own?.noticeId,
      };
      const mine = Object.entries(set).flatMap(([name, value]) => (value ? [`${name}='${value}'`] : []));
      pastes.push({ name: address, lines: [as, ...mine, code] });
    }
    const token = refusalTokenOf(cloud, "reader@mail.example");
    const answered = await pasted(pastes, [terminal, `MAIL_TOKEN='${token}'`].join("\n"));
    expect(answered.length).toBe(requests.length);
    expect(Object.fromEntries(answered.filter(([, status]) => status >= 300))).toEqual(missing);
  },
);
