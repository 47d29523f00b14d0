import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SiteFile } from "#functions/public-page/model/material.ts";
import { localDate } from "#shared/time/local-time.ts";
import { logicalIdIn, processingFunction } from "../support/planted-assembly.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const minute = 60_000;
const isoNow = () => new Date(cloud.clock.now()).toISOString();

/** Half past eleven in Tehran, so that no day ends while the tests run. */
async function toTheMorning(): Promise<void> {
  const now = cloud.clock.now();
  const day = 24 * 60 * minute;
  await cloud.clock.advance(day - (now % day) + 8 * 60 * minute);
}

/** The store of the site as the functions use it, over the engine of this cloud. */
async function theStore() {
  Object.assign(process.env, cloud.environment, await cloud.tables.environment());
  const id = logicalIdIn("Data", { of: "Site", type: "Bucket" });
  process.env.SITE_BUCKET = `foad-qazvin-data-${id}`.toLowerCase();
  const [store, publishing] = [
    await import("#functions/figures/page-editions.store.ts"),
    await import("#functions/public-page/render-page.function.ts"),
  ];
  return { ...store, ...publishing };
}
const render = () => cloud.invoke(processingFunction("Pagerenderpage"), {});
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${cloud.endpoints.api}${path}`, { method, headers: { "accept-encoding": "identity", ...headers } });

afterAll(async () => (await import("#shared/storage/objects.ts")).s3.destroy());
beforeAll(async () => {
  await toTheMorning();
  await render();
});

test("the page is sent compressed, once to whoever has it, and lets nothing run or be fetched from elsewhere", async () => {
  const page = await get("/", { "accept-encoding": "gzip, br" });
  expect([page.status, page.headers.get("content-encoding")]).toEqual([200, "br"]);
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'self'; font-src 'self'/);
  expect(page.headers.get("content-security-policy")).not.toMatch(/unsafe|script-src/);
  expect(page.headers.get("set-cookie")).toBeNull();
  expect(await page.text()).toContain('<html lang="fa" dir="rtl">');

  const etag = page.headers.get("etag") ?? "";
  const again = await get("/", { "accept-encoding": "br", "if-none-match": etag });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  // Another form of it is another answer.
  expect((await get("/", { "if-none-match": etag })).status).toBe(200);
});

test.each([
  "/",
  "/en/definitions",
  "/feed.atom",
  "/share/fa/nothing.png",
  "/v1/docs",
  "/v1/statistics/definitions",
  "/v1/statistics",
])("HEAD of %s, as link checkers ask, has the status and headers of GET", async (path) => {
  const [got, head] = await Promise.all([get(path), get(path, {}, "HEAD")]);
  const told = ({ status, headers }: Response) => [
    status,
    ...["content-type", "etag", "cache-control"].map((name) => headers.get(name)),
  ];
  expect(told(head)).toEqual(told(got));
  expect([await head.text(), head.headers.get("content-length")]).toEqual(["", null]);
});

test("what it is dressed in comes from here, under an address that never means other bytes", async () => {
  const english = await (await get("/en")).text();
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(english)?.[1] ?? "";
  const css = await get(style);
  expect(css.headers.get("cache-control")).toContain("immutable");
  const fonts = (await css.text()).match(/\/assets\/[\w.-]+\.woff2/g) ?? [];
  expect(fonts).toHaveLength(2);
  for (const font of fonts) {
    const bytes = Buffer.from(await (await get(font)).arrayBuffer());
    expect(bytes.subarray(0, 4).toString("latin1")).toBe("wOF2");
    expect(bytes.length).toBeLessThan(20_000);
  }
});

test("what a link was shared with changes nothing", async () => {
  for (const path of ["/", "/en/definitions", "/en/feed.atom"]) {
    const shared = await get(`${path}?utm_source=eitaa&utm_source=soroush&fbclid=1`);
    expect(shared.status).toBe(200);
    expect(await shared.bytes()).toEqual(await (await get(path)).bytes());
  }
});

test("an address that the site does not have leads to a page for people", async () => {
  const nowhere = await get("/agencies/__proto__");
  expect([nowhere.status, nowhere.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  expect(await nowhere.text()).toMatch(/پیدا نشد[\s\S]*There is no such page/);
});

test("what an admin sets for today is on the page minutes later", async () => {
  const before = await get("/");
  const date = localDate(isoNow());
  const body = { closed: true, reason: "بارش برف سنگین" };
  const set = await cloud.call({ as: "admin", method: "PUT", path: `/v1/admin/office-hours/${date}`, body });
  expect(set.status).toBe(200);
  await cloud.clock.advance(6 * minute);
  const after = await get("/");
  expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
  expect(await after.text()).toContain("بارش برف سنگین");
});

test("a run that ends between two files has changed nothing that anybody sees, and the next one mends it", async () => {
  const { publishSite, readSite } = await theStore();
  const standing = await readSite();
  const type = "text/html; charset=utf-8";
  const killed: SiteFile[] = [
    { path: "/", type, body: "half a site" },
    { path: "/en", type, body: () => Promise.reject(new Error("killed")) },
  ];
  const making = { fingerprint: "another", assetDigest: "other code", now: isoNow(), currentSite: standing?.site };
  await expect(publishSite({ files: killed, ...making })).rejects.toThrow("killed");
  expect(await readSite()).toEqual(standing);
  await cloud.clock.advance(minute);
  expect(await (await get("/")).text()).not.toContain("half a site");

  const whole: SiteFile[] = killed.map(({ path }) => ({ path, type, body: `whole ${path}` }));
  await publishSite({ files: whole, ...making });
  expect(Object.keys((await readSite())?.site.files ?? {})).toEqual(expect.arrayContaining(["/", "/en"]));
  // It is not made of what there is: the next run of the function puts the real one in its place.
  await render();
  await cloud.clock.advance(minute);
  expect(await (await get("/")).text()).toContain("بارش برف سنگین");
});

test("a file that follows from the same is not drawn again, and one with the same bytes is not added again", async () => {
  const { publishSite, readSite, readSiteFile } = await theStore();
  const making = { assetDigest: "code", now: isoNow(), currentSite: undefined };
  const page = (body: string): SiteFile => ({ path: "/", type: "text/html", body });
  let drawn = 0;
  const picture: SiteFile = {
    path: "/share/fa/province.png",
    type: "image/png",
    sourceText: "37 of 100",
    body: () => {
      drawn++;
      return new Uint8Array([drawn]);
    },
  };
  await publishSite({ ...making, files: [page("one"), picture], fingerprint: "1" });
  const first = await readSite();
  const later = { ...making, now: new Date(cloud.clock.now() + 1).toISOString(), currentSite: first?.site };
  expect(await publishSite({ ...later, files: [page("one"), picture], fingerprint: "2" })).toEqual({ added: 0 });
  expect(await publishSite({ ...later, files: [page("two"), picture], fingerprint: "3" })).toEqual({ added: 1 });
  expect(drawn).toBe(1);
  const { files } = (await readSite())?.site ?? expect.unreachable();
  const kept = await readSiteFile(files["/"] ?? expect.unreachable());
  expect(brotliDecompressSync(kept).toString("utf8")).toBe("two");
  // Code that draws otherwise draws again.
  await publishSite({ ...later, assetDigest: "other code", files: [picture], fingerprint: "4" });
  expect(drawn).toBe(2);
});
