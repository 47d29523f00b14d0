import { once } from "node:events";
import { createServer } from "node:http";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { startBrowser } from "../support/browser.ts";
import { someFiles } from "../support/sample-files.ts";
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
  const rebinding = "--host-resolver-rules=MAP evil.example 127.0.0.1";
  // Else no page from elsewhere reaches this machine, whatever its servers answer: it is they who are asked here.
  const reaching = "--disable-features=LocalNetworkAccessChecks";
  browser = await startBrowser(rebinding, reaching);
});
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

/** What a citizen's page does with a photo: announces it, posts it to the bucket, waits, and shows the clean copy. */
const sendAndShow = ({ api, id, secret, photo }: Record<string, string>) => `(async () => {
  const headers = { "foad-secret": "${secret}", "content-type": "application/json" };
  const place = "${api}/v1/complaints/${id}/attachments";
  const file = await (await fetch("data:image/jpeg;base64,${photo}")).blob();
  const announced = JSON.stringify({ fileName: "photo.jpg", contentType: file.type, size: file.size });
  const { attachmentId, url, fields } = await (await fetch(place, { method: "POST", headers, body: announced })).json();
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  const { ok } = await fetch(url, { method: "POST", body: form });
  let download;
  do {
    await new Promise((resolve) => setTimeout(resolve, 100));
    download = await fetch(place + "/" + attachmentId, { headers });
  } while (download.status === 404);
  const { url: address } = await download.json();
  const read = await (await fetch(address)).blob();
  const shown = document.body.appendChild(new Image());
  shown.src = address;
  await shown.decode();
  return { ok, address, read: read.type, width: shown.naturalWidth };
})()`;

test("a page of one of the province's own origins sends a photo, reads and shows it; another reads nothing of it", async () => {
  const { id, secret } = await cloud.file();
  const photo = Buffer.from(someFiles["image/jpeg"]).toString("base64");
  const from = async (home: string, script: string): Promise<unknown> => {
    const tab = await browser.newPage();
    const body = "<!doctype html><body></body>";
    await tab.route(`${home}/`, (asked) => asked.fulfill({ contentType: "text/html", body }));
    await tab.goto(`${home}/`);
    const got = await tab.evaluate(script);
    await tab.close();
    return got;
  };
  const sent = { id, secret, api: cloud.endpoints.api, photo };
  const shown = await from("https://foad.qazvin.example", sendAndShow(sent));
  expect(shown).toMatchObject({ ok: true, read: "image/jpeg", width: expect.any(Number) });
  const { address } = z.object({ address: z.url() }).parse(shown);
  const readIt = `fetch("${address}").then(({ status }) => status, () => "nothing")`;
  expect(await from("https://foad.qazvin.example", readIt)).toBe(200);
  expect(await from("https://foad.other.example", readIt)).toBe("nothing");
});
