import { once } from "node:events";
import { createServer } from "node:http";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { chromiumPath } from "../support/chromium-path.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const page = createServer((_, response) => response.end("<!doctype html><title>a hostile page</title>"));
let browser: Browser;
let origin = "";
beforeAll(async () => {
  page.listen(0, "127.0.0.1");
  await once(page, "listening");
  const { port } = z.object({ port: z.number() }).parse(page.address());
  origin = `http://evil.example:${port}`;
  // The page's own name leads to this machine, as a name server that rebinds would have it.
  const args = ["--host-resolver-rules=MAP evil.example 127.0.0.1", "--no-sandbox"];
  browser = await chromium.launch({ executablePath: await chromiumPath(), args });
}, 60_000);
afterAll(async () => {
  await browser.close();
  page.close();
});

type Sent = { method?: string; mode?: "no-cors"; headers?: Record<string, string>; body?: string };

/** What a script of the hostile page gets, by whatever means a page has: read, or sent without being read. */
async function reached(address: string, init: Sent): Promise<string> {
  const tab = await browser.newPage();
  await tab.goto(origin);
  const got = await tab.evaluate(
    ({ url, request }) =>
      fetch(url, request)
        .then(async (answer) => `${answer.status} ${await answer.text()}`)
        .catch(() => "nothing"),
    { url: address, request: init },
  );
  await tab.close();
  return got;
}

test("a page of another origin reads no mail, no time, no queue and no secret", async () => {
  await cloud.file({ citizen: { name: "زهرا محمدی", email: "zahra@mail.example" } });
  await cloud.quiet();
  const { mail, clock, sqs, tokenEndpoint } = cloud.endpoints;
  for (const address of [mail, clock, sqs, tokenEndpoint, cloud.environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? ""])
    expect(await reached(address, {}), address).toBe("nothing");
});

test("nor does it move the time by a form's kind of request, which no browser asks permission for", async () => {
  const before = cloud.clock.now();
  const body = JSON.stringify({ advance: "P30D" });
  await reached(cloud.endpoints.clock, { method: "POST", mode: "no-cors", body });
  await reached(cloud.endpoints.clock, { method: "POST", headers: { "content-type": "application/json" }, body });
  expect(cloud.clock.now() - before).toBeLessThan(60_000);
});

test("a name of its own that leads to this machine opens nothing", async () => {
  for (const address of [cloud.endpoints.mail, cloud.endpoints.clock, cloud.endpoints.api]) {
    const { port, pathname } = new URL(address);
    const tab = await browser.newPage();
    const answer = await tab.goto(`http://evil.example:${port}${pathname}`);
    expect(answer?.status(), address).toBe(403);
    await tab.close();
  }
});
