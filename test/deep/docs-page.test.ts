import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { OpenapiDocument } from "#infra/api-documents/documentation-page/parsed-documents.ts";
import { numberIn } from "#infra/api-documents/documentation-page/wording.ts";
import { openapi } from "#infra/api-documents/openapi/openapi.ts";
import { routes } from "#infra/routes.ts";
import { aGateway } from "../support/a-gateway.ts";
import { aContext } from "../support/api-event.ts";
import { chromiumPath } from "../support/chromium-path.ts";
import { type Docs, markOneTextPerStyle, probes, publicFunction, serveDocs } from "../support/documentation-page.ts";
import { templateOf } from "../support/synthesized.ts";
import { isDeep } from "../support/trial-size.ts";

const handler = publicFunction();
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const Isolated = z.array(z.object({ isolation: z.string(), isPersian: z.boolean() }));
const guides = join(import.meta.dirname, "../../docs");
const languages = ["fa", "en"] as const;
const phone = { width: 360, height: 740 };
const quietly = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The places of this page that guides send their readers to. */
function placesNamedInGuides(): string[] {
  const files = readdirSync(guides).filter((file) => file.endsWith(".md"));
  const texts = files.map((file) => readFileSync(join(guides, file), "utf8"));
  return texts.flatMap((text) =>
    [...text.matchAll(/\/v1\/docs\?language=\w+#([\w-]+)/g)].map(([, place = ""]) => place),
  );
}

let browser: Browser;
let docs: Docs;
beforeAll(async () => {
  docs = await serveDocs();
  browser = await chromium.launch({ executablePath: await chromiumPath(), args: quietly });
});
afterAll(async () => {
  await browser?.close();
  await docs?.close();
});

type Opened = { page: Page; requested: string[]; complaints: string[] };

/** The page in a browser, with all it asked for and complained of. */
async function open(path: string, { locale = "fa-IR", viewport = { width: 1280, height: 900 } } = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport, locale });
  const opened: Opened = { page, requested: [], complaints: [] };
  page.on("request", (request) => opened.requested.push(request.url()));
  page.on("console", (message) => opened.complaints.push(message.text()));
  page.on("pageerror", (error) => opened.complaints.push(String(error)));
  await page.goto(`${docs.origin}${path}`, { waitUntil: "networkidle" });
  return opened;
}

describe.each(languages)("the page in %s", (language) => {
  const isPersian = language === "fa";

  test("asks for nothing but itself and complains of nothing", async () => {
    const { page, requested, complaints } = await open(`/v1/docs?language=${language}`);
    await page.close();
    expect(requested.filter((url) => !url.startsWith("data:"))).toEqual([
      `${docs.origin}/v1/docs?language=${language}`,
    ]);
    expect(complaints).toEqual([]);
  });

  test("tells in one table what the deployed gateway lets through, and the rest that a client may run into", async () => {
    const { page } = await open(`/v1/docs?language=${language}`);
    const told = await page.locator("#limits tbody td:first-of-type").allTextContents();
    await page.close();
    const [stage] = Object.values(templateOf("qazvin", "Api").findResources("AWS::ApiGatewayV2::Stage"));
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = stage?.Properties.DefaultRouteSettings ?? {};
    const numbers = [rate, burst, 20, 50, 4_000].map((most) => numberIn(language, most));
    expect(told).toEqual(expect.arrayContaining(numbers));
    expect(told.filter((most) => !/\p{Nd}/u.test(most)).length).toBe(1);
  });

  test("is styled, although its policy lets no other style in", async () => {
    const { page } = await open(`/v1/docs?language=${language}`);
    const display = await page.evaluate(probes.header);
    await page.close();
    expect(display).toBe("flex");
  });

  test("runs as the language is read, and code from left to right", async () => {
    const { page } = await open(`/v1/docs?language=${language}`);
    const directions = await page.evaluate(probes.directions);
    const side = await page.evaluate(probes.side);
    await page.close();
    expect(directions).toEqual({
      lang: language,
      direction: isPersian ? "rtl" : "ltr",
      align: "start",
      code: ["ltr"],
    });
    expect(side).toBe(isPersian ? "right" : "left");
  });

  test("fits a phone with every example unfolded", async () => {
    const { page } = await open(`/v1/docs?language=${language}`, { viewport: phone });
    const width = await page.evaluate(probes.widthUnfolded);
    await page.close();
    expect(width).toEqual({ page: phone.width, wide: [] });
  });

  test("tells of every route, each with an address of its own that the contents lead to", async () => {
    const { page } = await open(`/v1/docs?language=${language}`);
    const told = await page.locator(".route .address").allInnerTexts();
    const dead = await page.evaluate(probes.deadLinks);
    const reached = await page.locator("nav a").count();
    const named = await Promise.all(placesNamedInGuides().map((place) => page.locator(`[id="${place}"]`).count()));
    await page.close();
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((count) => count !== 1)).toEqual([]);
    expect(told.map((address) => address.replace(/\s+/g, " ")).sort()).toEqual(Object.keys(routes).sort());
    expect(dead).toEqual([]);
    expect(reached).toBeGreaterThan(told.length);
  });

  test.each([
    ["light", 1280],
    ["light", 390],
    ["dark", 1280],
    ["dark", 390],
  ] as const)(
    "can be read by everybody, %s and %i wide, with every example unfolded",
    async (colorScheme, width) => {
      const { page } = await open(`/v1/docs?language=${language}`, { viewport: { width, height: 900 } });
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axeSource);
      await page.evaluate(probes.unfolded);
      if (!isDeep) expect(await page.evaluate(markOneTextPerStyle)).toBeGreaterThan(20);
      const violations = await page.evaluate(probes.violations);
      await page.close();
      expect(violations).toEqual([]);
    },
    240_000,
  );

  test("is entered past the contents by its first link", async () => {
    const { page } = await open(`/v1/docs?language=${language}`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const focused = await page.evaluate(probes.focused);
    await page.close();
    expect(focused).toBe("main");
  });

  // The browser of npm draws in one process and sometimes stops drawing a page: then the next one is asked.
  test("says in its contents where one is", { retry: 2 }, async () => {
    const { page } = await open(`/v1/docs?language=${language}#postAgencyComplaintAnswer`);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await expect.poll(() => page.evaluate(probes.here)).toEqual(["#postAgencyComplaintAnswer"]);
    // Again and again: the page may still be on its way to where it was opened.
    const there = () => page.evaluate(probes.scrolledToProblems).then(() => page.evaluate(probes.here));
    await expect.poll(there).toEqual(["#problems"]);
    await page.close();
  });

  test("switches to the other language", async () => {
    const { page } = await open(`/v1/docs?language=${language}`);
    await page.locator("a.switch").click();
    const lang = await page.locator("html").getAttribute("lang");
    await page.close();
    expect(lang).toBe(isPersian ? "en" : "fa");
  });
});

test.each([
  ["fa-IR", "fa"],
  ["en-GB", "en"],
])("a browser that asks for %s is shown %s", async (locale, shown) => {
  const { page } = await open("/v1/docs", { locale });
  const lang = await page.locator("html").getAttribute("lang");
  await page.close();
  expect(lang).toBe(shown);
});

test("whoever asks for no language reads Persian", async () => {
  const answer = await fetch(`${docs.origin}/v1/docs`);
  expect(answer.headers.get("content-language")).toBe("fa");
  expect(await answer.text()).toContain('<html lang="fa" dir="rtl">');
});

test.each([
  ["br", "br"],
  ["gzip, deflate, br;q=0.5", "br"],
  ["gzip, deflate", "gzip"],
  ["gzip;q=0, deflate", null],
  ["br;q=0", null],
])("whoever takes %s is sent the documents packed by %s", async (takes, coding) => {
  const paths = ["/v1/docs", "/v1/openapi.json", "/v1/asyncapi.json", "/v1/catalog"];
  const open = { functionArn: "public", scopes: [], authorizer: "NONE" as const };
  const gateway = await aGateway({
    routes: paths.map((path) => ({ routeKey: `GET ${path}`, ...open })),
    invoke: async (_, event) => handler(event as APIGatewayProxyEventV2, aContext),
  });
  for (const path of paths) {
    const answer = await fetch(`${gateway.url}${path}`, { headers: { "accept-encoding": takes } });
    expect(answer.headers.get("content-encoding")).toBe(coding);
    expect(answer.headers.get("vary")).toContain("accept-encoding");
    const length = Number(answer.headers.get("content-length"));
    const text = await answer.text();
    expect(text).toMatch(/^(<!doctype html>|\{)/);
    expect(length < Buffer.byteLength(text) / 3).toBe(coding !== null);
  }
});

test("no page is made of a route whose caller nobody knows", () => {
  const text = JSON.stringify(openapi);
  expect(OpenapiDocument.safeParse(JSON.parse(text)).success).toBe(true);
  const strange = JSON.parse(text.replaceAll('"tags":["overseer"]', '"tags":["stranger"]'));
  expect(OpenapiDocument.safeParse(strange).success).toBe(false);
});

test("a sentence from right to left keeps its order inside of code", async () => {
  const { page } = await open("/v1/docs?language=fa");
  const isolated = Isolated.parse(await page.evaluate(probes.isolated));
  await page.close();
  expect(isolated.length).toBeGreaterThan(20);
  expect(isolated.filter(({ isolation, isPersian }) => isolation !== "isolate" || !isPersian)).toEqual([]);
});

test("the page is dark where its reader likes it dark", async () => {
  const page = await browser.newPage({ colorScheme: "dark" });
  await page.goto(`${docs.origin}/v1/docs`);
  const background = await page.evaluate(probes.background);
  await page.close();
  expect(background).toBe("rgb(18, 23, 29)");
});
