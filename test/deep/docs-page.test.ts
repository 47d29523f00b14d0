import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { docsPages } from "#functions/documents/documents.api.ts";
import { routes } from "#infra/constructs/routes.ts";
import { openapi } from "#infra/programs/documents/openapi/openapi.ts";
import { OpenapiDocument } from "#infra/programs/documents/pages/parsed-documents.ts";
import { numberIn } from "#infra/programs/documents/pages/wording.ts";
import { aGateway } from "../support/a-gateway.ts";
import { aContext } from "../support/api-event.ts";
import { startBrowser } from "../support/browser.ts";
import { type Docs, markOneTextPerStyle, probes, publicFunction, serveDocs } from "../support/documentation-page.ts";
import { templateOf } from "../support/synthesized.ts";
import { isDeep, isFull } from "../support/trial-size.ts";

const handler = publicFunction();
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const Isolated = z.array(z.object({ isolation: z.string(), isPersian: z.boolean() }));
const guides = join(import.meta.dirname, "../../docs");
const languages = ["fa", "en"] as const;
const phone = { width: 360, height: 740 };

/** The places that guides send their readers to, each with its page. */
function placesNamedInGuides(): string[] {
  const files = [guides, join(guides, "fa")].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".md"))
      .map((file) => readFileSync(join(folder, file), "utf8")),
  );
  return files.flatMap((text) =>
    [...text.matchAll(/\/v1\/docs\?page=([\w-]+)&language=\w+#([\w-]+)/g)].map(([, page, place]) => `${page}#${place}`),
  );
}

const Places = z.object({ ids: z.array(z.string()), links: z.array(z.string()), addresses: z.array(z.string()) });

/** What a reader types to find an operation. Each must be the first that is found. */
const wanted = [
  ["پاسخ دستگاه", "agency answer", "postAgencyComplaintAnswer"],
  ["ثبت شکایت", "file a complaint", "postComplaints"],
  ["آپلود عکس", "upload photo", "postComplaintAttachments"],
  ["اعتراض به پاسخ", "dispute", "postComplaintDispute"],
  ["تمدید مهلت پاسخ", "agency extension", "postAgencyComplaintExtension"],
  ["ساعت کاری تعیین", "set office hours", "putAdminOfficeHours"],
  ["گزارش بازدید", "report visit", "postInspectorComplaintVisitReport"],
  ["رویدادهای دستگاه", "agency events", "getAgencyEvents"],
  ["دستور به دستگاه", "directive", "postOverseerComplaintDirectives"],
  ["کلید امضا", "webhook secret replace", "putAdminWebhookSecret"],
] as const;

const latinDigits = (text: string | null) =>
  (text ?? "").replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));

let browser: Browser;
let docs: Docs;
beforeAll(async () => {
  docs = await serveDocs();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await docs?.close();
});

type Opened = { page: Page; requested: string[]; complaints: string[] };

/** A page in a browser, with all it asked for and complained of. */
async function open(path: string, { locale = "fa-IR", viewport = { width: 1280, height: 900 } } = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport, locale });
  const opened: Opened = { page, requested: [], complaints: [] };
  page.on("request", (request) => opened.requested.push(request.url()));
  page.on("console", (message) => opened.complaints.push(message.text()));
  page.on("pageerror", (error) => opened.complaints.push(String(error)));
  await page.goto(`${docs.origin}${path}`, { waitUntil: "networkidle" });
  return opened;
}

describe.each(languages)("the pages in %s", (language) => {
  const isPersian = language === "fa";
  const addressOf = (page: string, place = "") => `/v1/docs?page=${page}&language=${language}${place && `#${place}`}`;

  test.each(docsPages)(
    "%s asks for nothing but itself and the desk's fonts, and complains of nothing",
    async (name) => {
      const { page, requested, complaints } = await open(addressOf(name));
      const display = await page.evaluate(probes.header);
      await page.close();
      const others = requested.filter((url) => !url.startsWith("data:") && url !== docs.origin + addressOf(name));
      expect(others.every((url) => /\/desk\/assets\/\w+-vazirmatn-[47]00\.woff2$/.test(url))).toBe(true);
      expect([others.length <= 2, complaints, display]).toEqual([true, [], "flex"]);
    },
  );

  test("the reference tells in one table what the deployed gateway lets through, and the rest that a client may run into", async () => {
    const { page } = await open(addressOf("reference"));
    const told = await page.locator("#limits tbody td:first-of-type").allTextContents();
    await page.close();
    const [stage] = Object.values(templateOf("qazvin", "Api").findResources("AWS::ApiGatewayV2::Stage"));
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = stage?.Properties.DefaultRouteSettings ?? {};
    const numbers = [rate, burst, 20, 50, 4_000].map((most) => numberIn(language, most));
    expect(told).toEqual(expect.arrayContaining(numbers));
    expect(told.filter((most) => !/\p{Nd}/u.test(most)).length).toBe(1);
  });

  test("run as the language is read, and code from left to right", async () => {
    const { page } = await open(addressOf("agency"));
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

  test.each(docsPages)("%s fits a phone with every example unfolded, in each tool", async (name) => {
    const { page } = await open(addressOf(name), { viewport: phone });
    const width = await page.evaluate(probes.widthUnfolded);
    await page.close();
    expect(width).toEqual({ page: phone.width, wide: [] });
  });

  test("tell of every route once, and each link leads to a place", async () => {
    const places = new Map<string, z.infer<typeof Places>>();
    for (const name of docsPages) {
      const { page } = await open(addressOf(name));
      places.set(name, Places.parse(await page.evaluate(probes.places)));
      await page.close();
    }
    const all = [...places].flatMap(([name, { ids }]) => ids.map((id) => `${name}#${id}`));
    const links = [...places].flatMap(([name, { links }]) =>
      links.map((link) => link.replace(/^#/, `?page=${name}&language=${language}#`)),
    );
    const named = links.flatMap((link) => {
      const [, page, place] = /^\?page=([\w-]+)&language=\w+(?:#(.+))?$/.exec(link) ?? [];
      return page && place ? [`${page}#${place}`] : [];
    });
    const addresses = [...places.values()].flatMap(({ addresses }) => addresses);
    expect(addresses.map((address) => address.replace(/\s+/g, " ")).sort()).toEqual(Object.keys(routes).sort());
    expect(named.length).toBeGreaterThan(1_000);
    expect([...new Set([...named, ...placesNamedInGuides()])].filter((place) => !all.includes(place))).toEqual([]);
    expect(placesNamedInGuides().length).toBeGreaterThan(1);
  });

  const ways = [
    ["light", 1280],
    ["light", 390],
    ["dark", 1280],
    ["dark", 390],
  ] as const;
  const looks = docsPages.flatMap((name) => ways.map(([scheme, width]) => [name, scheme, width] as const));
  /** One way of each page, in turn, and each way of one page. */
  const isOneOfAll = ([name, scheme, width]: (typeof looks)[number]) => {
    const [ownScheme, ownWidth] = ways[docsPages.indexOf(name) % ways.length] ?? ways[0];
    return name === "agency" || (scheme === ownScheme && width === ownWidth);
  };
  /** The short form looks at these alone. The deep form looks at all, and at every text of these; the full form at every text of all. */
  const looked = isDeep ? looks : looks.filter(isOneOfAll);

  test.each(looked)(
    "%s can be read by everybody, %s and %i wide, with every example unfolded",
    async (...look) => {
      const [name, colorScheme, width] = look;
      const { page } = await open(addressOf(name), { viewport: { width, height: 900 } });
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axeSource);
      await page.evaluate(probes.unfolded);
      const isWhole = isFull || (isDeep && isOneOfAll(look));
      if (!isWhole) expect(await page.evaluate(markOneTextPerStyle)).toBeGreaterThan(10);
      const violations = await page.evaluate(probes.violations);
      await page.close();
      expect(violations).toEqual([]);
    },
    240_000,
  );

  test("are entered past the navigation by their first link", async () => {
    const { page } = await open(addressOf("agency"));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const focused = await page.evaluate(probes.focused);
    await page.close();
    expect(focused).toBe("main");
  });

  test.each(wanted)("%s, or %s, finds %s, by the keyboard alone and on a phone", async (persian, english, id) => {
    const { page, complaints } = await open(addressOf("start"), { viewport: phone });
    await page.keyboard.press("/");
    await page.keyboard.type(isPersian ? persian : english);
    expect(z.array(z.string()).parse(await page.evaluate(probes.results))[0]).toBe(id);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**#${id}`);
    await expect.poll(() => page.evaluate(probes.shown)).toBe(id);
    await page.close();
    expect(complaints).toEqual([]);
  });

  test("find what stands on the same page, and the keyboard goes on from there", async () => {
    const { page } = await open(addressOf("agency"), { viewport: phone });
    await page.keyboard.press("/");
    await page.keyboard.type(isPersian ? "تمدید مهلت" : "extend the time");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(probes.shown)).toBe("postAgencyComplaintExtension");
    expect(await page.evaluate(probes.focused)).toBe("postAgencyComplaintExtension");
    expect(await page.evaluate(probes.results)).toEqual([]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("/");
    expect(await page.evaluate(probes.focused)).toBe("query");
    await page.close();
  });

  test("find an error by the sentence that the caller sees", async () => {
    const { page } = await open(addressOf("start"));
    await page.fill("#query", isPersian ? "در این وضعیت این کار شدنی نیست" : "this is not possible then");
    expect(z.array(z.string()).parse(await page.evaluate(probes.results))[0]).toBe("error-wrong-state");
    await page.close();
  });

  test("say in plain sight that nothing is found, and lead to all operations", async () => {
    const { page } = await open(addressOf("start"), { viewport: phone });
    await page.fill("#query", "qqqq");
    const told = page.locator("#search output b");
    expect(await told.textContent()).toBe(isPersian ? "برای «qqqq» چیزی پیدا نشد." : "Nothing found for “qqqq”.");
    expect(await page.evaluate(probes.mutedSentence)).toBe(false);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL("**page=reference**#operations");
    await page.close();
  });

  test("say which word nothing has, and find by the others", async () => {
    const { page } = await open(addressOf("start"));
    await page.fill("#query", isPersian ? "تمدید مهلت qqqq" : "extend qqqq time");
    expect(z.array(z.string()).parse(await page.evaluate(probes.results))[0]).toBe("postAgencyComplaintExtension");
    expect(await page.locator("#search output b").textContent()).toContain(isPersian ? "«qqqq»" : "“qqqq”");
    await page.close();
  });

  test("show twelve results, and all of them to whom asks, by the keyboard", async () => {
    const { page } = await open(addressOf("start"));
    await page.fill("#query", isPersian ? "پاسخ" : "answer");
    const results = page.locator("#search .results a");
    const count = Number(/^\d+/.exec(latinDigits(await page.locator("#search output").textContent()))?.[0]);
    expect([await results.count(), count > 12]).toEqual([12, true]);
    for (let n = 0; n < 13; n += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await results.count()).toBe(count);
    expect(await page.evaluate(probes.focusedResult)).toBe(12);
    expect(await page.locator("#search.open .found button").isVisible()).toBe(false);
    await page.close();
  });

  test.each([
    ["start", "another page"],
    ["agency", "the same page"],
  ])("have the query and the list again after Back from %s to %s", async (from) => {
    const { page, complaints } = await open(addressOf(from), { viewport: phone });
    const query = isPersian ? "تمدید مهلت" : "extend the time";
    await page.keyboard.press("/");
    await page.keyboard.type(query);
    const before = await page.evaluate(probes.results);
    await page.keyboard.press("Enter");
    await page.waitForURL("**#postAgencyComplaintExtension");
    await expect.poll(() => page.evaluate(probes.shown)).toBe("postAgencyComplaintExtension");
    await page.goBack();
    await expect.poll(() => page.evaluate(probes.results)).toEqual(before);
    expect([await page.inputValue("#query"), await page.evaluate(probes.focusedResult)]).toEqual([query, 0]);
    await page.goForward();
    await expect.poll(() => page.evaluate(probes.results)).toEqual([]);
    await page.close();
    expect(complaints).toEqual([]);
  });

  test("tell of the key that leads to the search", async () => {
    const { page } = await open(addressOf("start"));
    expect(await page.locator("#search kbd").isVisible()).toBe(true);
    await page.close();
  });

  test.each(docsPages)(
    "%s breaks no path within a word on a phone, and no code at its hyphen where it fits a line",
    async (name) => {
      const { page } = await open(addressOf(name), { viewport: phone });
      expect(await page.evaluate(probes.broken)).toEqual([]);
      await page.close();
    },
  );

  test.each([
    ["problem-wrong-state", "errors"],
    ["postAgencyComplaintAnswer", "agency"],
    ["caller-agency", "agency"],
    ["limits", "reference"],
    ["queue", "webhooks"],
    ["token", "reference"],
    ["CitizenView", "shapes"],
    ["terminal", "start"],
  ])("an address of the time of one page, #%s, leads to the page %s", async (place, name) => {
    const { page } = await open(`/v1/docs?language=${language}#${place}`);
    if (name !== "start") await page.waitForURL(`**?page=${name}&language=${language}#${place}`);
    await expect.poll(() => page.evaluate(probes.shown)).toBe(place);
    await page.close();
  });

  test("show the requests for the tool that was chosen, on the next page too", async () => {
    const { page } = await open(addressOf("agency"));
    expect(await page.evaluate(probes.tools)).toEqual(["shell"]);
    await page.locator("#postAgencyComplaintAnswer-shell").focus();
    await page.keyboard.press(isPersian ? "ArrowLeft" : "ArrowRight");
    expect(await page.evaluate(probes.tools)).toEqual(["powershell"]);
    await page.goto(docs.origin + addressOf("citizen"));
    expect(await page.evaluate(probes.tools)).toEqual(["powershell"]);
    await page.close();
  });

  test("can be read and their requests chosen without the script", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: phone });
    const page = await context.newPage();
    await page.goto(docs.origin + addressOf("agency"));
    expect(await page.locator("#search").isVisible()).toBe(false);
    await page.locator('label[for="getAgencySummary-node"]').click();
    const shown = ["shell", "node"].map((tool) => page.locator(`#getAgencySummary pre.${tool}`).isVisible());
    expect(await Promise.all(shown)).toEqual([false, true]);
    await context.close();
  });

  test("switch to the other language on the same page", async () => {
    const { page } = await open(addressOf("inspector"));
    await page.locator("a.switch").click();
    const lang = await page.locator("html").getAttribute("lang");
    const current = await page.locator(".pages [aria-current]").getAttribute("href");
    await page.close();
    expect([lang, current]).toEqual(
      isPersian ? ["en", "?page=inspector&language=en"] : ["fa", "?page=inspector&language=fa"],
    );
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
  const paths = ["/v1/docs", "/v1/openapi.json", "/v1/asyncapi.json"];
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

/** Bytes. A reader with a slow phone waits for a page no longer than for the public page. */
const mostBytes = 60 * 1024;

test.each(["br", "gzip"])("each page as it is sent by %s has at most 60 KB", async (takes) => {
  const open = { functionArn: "public", scopes: [], authorizer: "NONE" as const };
  const gateway = await aGateway({
    routes: [{ routeKey: "GET /v1/docs", ...open }],
    invoke: async (_, event) => handler(event as APIGatewayProxyEventV2, aContext),
  });
  for (const language of languages)
    for (const page of docsPages) {
      const url = `${gateway.url}/v1/docs?page=${page}&language=${language}`;
      const { status, headers } = await fetch(url, { headers: { "accept-encoding": takes } });
      expect([status, headers.get("content-encoding")]).toEqual([200, takes]);
      expect(Number(headers.get("content-length")), `${page} in ${language}`).toBeLessThan(mostBytes);
    }
});

test("a page may run its own script, show its own style and request fonts, and nothing else", async () => {
  const answer = await fetch(`${docs.origin}/v1/docs?page=agency`);
  const digest = "'sha256-[A-Za-z0-9+/]{43}='";
  expect(answer.headers.get("content-security-policy")).toMatch(
    new RegExp(
      `^default-src 'none'; style-src ${digest}; script-src ${digest}; font-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$`,
    ),
  );
  expect((await fetch(`${docs.origin}/v1/docs?page=nothing`)).status).toBe(400);
});

test("no page is made of a route whose caller nobody knows", () => {
  const text = JSON.stringify(openapi);
  expect(OpenapiDocument.safeParse(JSON.parse(text)).success).toBe(true);
  const strange = JSON.parse(text.replaceAll('"tags":["overseer"]', '"tags":["stranger"]'));
  expect(OpenapiDocument.safeParse(strange).success).toBe(false);
});

test("a sentence from right to left keeps its order inside of code", async () => {
  const { page } = await open("/v1/docs?page=agency&language=fa");
  const isolated = Isolated.parse(await page.evaluate(probes.isolated));
  await page.close();
  expect(isolated.length).toBeGreaterThan(20);
  expect(isolated.filter(({ isolation, isPersian }) => isolation !== "isolate" || !isPersian)).toEqual([]);
});

test("codes among Persian words keep their order", async () => {
  for (const [name, id] of [
    ["reference", "getStatistics"],
    ["agency", "getAgencyPerformance"],
    ["admin", "getAdminPerformance"],
  ]) {
    const { page } = await open(`/v1/docs?page=${name}&language=fa`);
    const codes = page.locator(`#${id} bdi`, { hasText: /^1405-/ });
    expect(await codes.count(), id).toBeGreaterThan(0);
    expect(await page.evaluate(probes.turned)).toEqual([]);
    await page.close();
  }
});

test("the page is dark where its reader likes it dark", async () => {
  const page = await browser.newPage({ colorScheme: "dark" });
  await page.goto(`${docs.origin}/v1/docs`);
  const background = await page.evaluate(probes.background);
  await page.close();
  expect(background).toBe("rgb(16, 20, 21)");
});
