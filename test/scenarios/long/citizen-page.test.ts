import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { generatedTypes } from "#infra/programs/client/openapi-declarations.ts";
import { dayMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import { probes } from "../../public-page/site-probes.ts";
import { filingBody } from "../../support/a-complaint.ts";
import { startBrowser } from "../../support/browser.ts";
import { aFreePort } from "../../support/guides.ts";
import { someFiles } from "../../support/sample-files.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const root = join(import.meta.dirname, "../../..");
const phone = { width: 390, height: 844 };

let serving: ChildProcess;
let address: string;
let browser: Browser;
beforeAll(async () => {
  const port = await aFreePort();
  const env = { ...process.env, FOAD_STATE_FOLDER: cloud.state };
  const args = ["infra/programs/demo/demo.ts", "--web", "--port", `${port}`];
  serving = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  const [said] = await once(serving.stdout ?? serving, "data");
  address = /http:\S+/.exec(String(said))?.[0] ?? "";
  expect(address).toBe(`http://127.0.0.1:${port}`);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  serving?.kill();
  if (serving && serving.exitCode === null) await once(serving, "exit");
});

test("the demo serves the page at PAGE_PORT, as the guides say", async () => {
  const port = await aFreePort();
  const env = { ...process.env, FOAD_STATE_FOLDER: cloud.state, PAGE_PORT: `${port}` };
  const own = spawn(process.execPath, ["infra/programs/demo/demo.ts", "--web"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void own.kill());
  const [said] = await once(own.stdout, "data");
  expect(String(said)).toContain(`http://127.0.0.1:${port}`);
});

/** What a browser got and what it complained of, from the first byte on. */
type Seen = { page: Page; context: BrowserContext; complaints: string[]; got: Promise<string>[]; sentTokens: string[] };

async function visit(): Promise<Seen> {
  const context = await browser.newContext({ viewport: phone, locale: "fa-IR" });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const seen: Seen = { page, context, complaints: [], got: [], sentTokens: [] };
  page.on("console", (message) => seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("request", (request) => {
    const { authorization } = request.headers();
    if (authorization) seen.sentTokens.push(authorization);
  });
  page.on("response", (response) => {
    const body = response.body().catch(() => Buffer.alloc(0));
    seen.got.push(body.then((bytes) => JSON.stringify(response.headers()) + bytes.toString()));
  });
  await page.goto(address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return seen;
}

async function write(page: Page, description: string): Promise<void> {
  await page.getByRole("combobox", { name: "شهرستان" }).selectOption("qazvin");
  await page.getByRole("combobox", { name: "دستگاه" }).selectOption("social-security");
  await page.getByRole("combobox", { name: "موضوع" }).selectOption("nobody-at-the-desk");
  await page.getByLabel("چه شد؟").fill(description);
}

const focused = (page: Page) => page.evaluate("document.activeElement.name || document.activeElement.id");
const said = (page: Page) => page.locator("#wait").textContent();

const press = (page: Page, name: string) => page.getByRole("button", { name }).click();
const headed = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const shownReceipt = async (page: Page) => ({
  id: (await page.locator("[data-view=filed] [data-is=id]").textContent()) ?? "",
  secret: (await page.locator("[data-view=filed] [data-is=secret]").textContent()) ?? "",
});

async function filed(page: Page, description = "سه بار آمدم و هر بار گفتند کارشناس نیست.") {
  await write(page, description);
  await press(page, "ثبت شکایت");
  await headed(page, "شکایت شما ثبت شد");
  const receipt = await shownReceipt(page);
  await press(page, "یادداشت کردم");
  await headed(page, "در انتظار دستگاه");
  return receipt;
}

const officer = { name: "زهرا محمدی" };
const promisedOn = localDate(new Date(Date.now() + 60 * dayMs).toISOString());
/** As the page writes it: Saturday 10 Bahman. */
const promisedInWords = new Intl.DateTimeFormat("fa-IR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
}).format(new Date(promisedOn));
const refusal = {
  officer,
  finding: "unfounded",
  cause: "none",
  text: "باجه‌ها باز بوده‌اند.",
  actions: [{ text: "آموزش سه همکار", dueOn: promisedOn }],
};

async function acts(role: "agency" | "inspector", id: string, move: string, body: object): Promise<void> {
  const as = role === "agency" ? "agency-social-security" : "inspector-1";
  const { status, text } = await cloud.call({ as, method: "POST", path: `/v1/${role}/complaints/${id}/${move}`, body });
  expect(status, text).toBeLessThan(300);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const Violations = z.array(z.string());

/** What keeps anybody from reading it: on a phone and wide, light and dark, and whether it must be scrolled sideways. */
async function barriers(page: Page): Promise<Record<string, unknown>> {
  await page.evaluate(axeSource);
  await page.evaluate(probes.unfold);
  const found: Record<string, unknown> = {};
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: phone.height });
    found[`wide at ${width}`] = await page.evaluate(probes.wide);
  }
  for (const width of [390, 1280])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: phone.height });
      await page.emulateMedia({ colorScheme });
      const told = `.then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.html.slice(0, 120) + " " + node.failureSummary)))`;
      const run = `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] })${told}`;
      found[`${colorScheme} at ${width}`] = Violations.parse(await page.evaluate(run));
    }
  await page.setViewportSize(phone);
  return found;
}
const nowhere = { page: 0, over: [], full: [] };
const none = {
  "wide at 320": nowhere,
  "wide at 390": nowhere,
  "wide at 1280": nowhere,
  "light at 390": [],
  "dark at 390": [],
  "light at 1280": [],
  "dark at 1280": [],
};

const aToken = /eyJ[\w-]{10,}\.eyJ/;

describe("a citizen on a phone", () => {
  test("files, writes, adds a photo, disputes the answer, reads the decision and says what they think", async () => {
    const { page, complaints, got, sentTokens } = await visit();
    expect(await barriers(page)).toEqual(none);
    const { id } = await filed(page);
    await page.getByLabel("پیام شما").fill("<img src=x> نوبت من ۴۵ بود.");
    await press(page, "فرستادن پیام");
    await page.locator("#messages li", { hasText: "<img src=x> نوبت من ۴۵ بود." }).waitFor();
    const photo = { name: "باجه.png", mimeType: "image/png", buffer: Buffer.from(someFiles["image/png"]) };
    await page.getByLabel("افزودن عکس").setInputFiles(photo);
    await page.getByRole("img", { name: "عکس شما" }).waitFor();
    await expect.poll(() => page.evaluate(`document.querySelector("#pictures img").naturalWidth`)).toBeGreaterThan(0);

    await acts("agency", id, "messages", { officer, text: "ساعت مراجعه را بنویسید." });
    await acts("agency", id, "answer", refusal);
    await press(page, "تازه کردن");
    await headed(page, "دستگاه پاسخ داد");
    for (const said of ["شکایت وارد نیست", "باجه‌ها باز بوده‌اند.", `آموزش سه همکار (تا ${promisedInWords})`])
      expect(await page.locator("#answers").textContent()).toContain(said);
    expect(await page.locator("#messages").textContent()).toContain("ساعت مراجعه را بنویسید.");
    expect(await page.locator("#next").textContent()).toMatch(
      /شما پاسخ را بپذیرید یا اعتراض کنید تا [^\d]*[۰-۹]+ \S+ ساعت [۰-۹]+:[۰-۹]+/,
    );
    expect(await barriers(page)).toEqual(none);

    await page.getByLabel("چرا نمی‌پذیرید؟").fill("باجه بسته بود.");
    await press(page, "ثبت اعتراض");
    await headed(page, "بازرس در حال بازبینی است");
    const decision = {
      finding: "founded",
      cause: "staff-absent",
      text: "باجه بسته بود.",
      actions: [],
      upholdsAnswer: false,
    };
    await acts("inspector", id, "decision", decision);
    await page.reload();
    await headed(page, "بازرس رأی داد");
    await page.getByText("رسیدگی چگونه بود؟ بگویید").click();
    await press(page, "فرستادن نظر");
    await page.getByText("یکی را برگزینید").nth(1).waitFor();
    expect(await barriers(page)).toEqual(none);
    await page.getByRole("radio", { name: "تا اندازه‌ای" }).check();
    await page.getByRole("radio", { name: "۴" }).check();
    await press(page, "فرستادن نظر");
    await page.getByText("نظر شما ثبت شده است: رسیدگی ۴ از ۵").waitFor();
    expect(await page.locator("#history li").allInnerTexts()).toHaveLength(8);
    expect(await page.getByLabel("پیام شما").isVisible()).toBe(false);
    expect(await barriers(page)).toEqual(none);

    expect(complaints).toEqual([]);
    expect(sentTokens).toEqual([]);
    const all = (await Promise.all(got)).join("\n");
    expect(all).toContain("باجه.png");
    expect(await cloud.token("web-portal")).toMatch(aToken);
    expect(all).not.toMatch(aToken);
    expect(all).not.toContain(cloud.endpoints.clients["web-portal"]?.clientSecret);
  });

  test("accepts an answer; withdraws another case; finds the first again by id and secret, and leaves it", async () => {
    const first = await visit();
    const receipt = await filed(first.page);
    await acts("agency", receipt.id, "answer", { ...refusal, finding: "founded" });
    await press(first.page, "تازه کردن");
    await press(first.page, "می‌پذیرم");
    await headed(first.page, "پاسخ را پذیرفتید");

    const { page, complaints } = await visit();
    await filed(page);
    await page.getByText("شکایت را پس می‌گیرم").click();
    await press(page, "پس گرفتن شکایت");
    await headed(page, "شکایت را پس گرفتید");
    await page.getByText("بستن پرونده در این مرورگر").click();
    await press(page, "بستن و پاک کردن");
    await headed(page, "اداره‌ای با شما درست رفتار نکرد؟");
    await page.getByLabel("کد پیگیری").fill(receipt.id.toLowerCase());
    await page.getByLabel("رمز", { exact: true }).fill(receipt.secret);
    await press(page, "دیدن پرونده");
    await headed(page, "پاسخ را پذیرفتید");
    expect([...first.complaints, ...complaints]).toEqual([]);
  });
});

describe("a complaint with its office, day and photos", () => {
  test("is filed with all of them; a photo of more than 10 MB is made smaller in the browser", async () => {
    const { page, complaints } = await visit();
    // Browsers read a picture to its end, whatever stands behind it.
    const photo = Buffer.concat([Buffer.from(someFiles["image/png"]), Buffer.alloc(11 * 1_048_576)]);
    await write(page, "سه بار آمدم و هر بار گفتند کارشناس نیست.");
    await page.getByRole("combobox", { name: "دستگاه" }).selectOption("education");
    await page.getByRole("combobox", { name: "اداره یا شعبه" }).selectOption("education-qazvin-1");
    await page.getByRole("combobox", { name: "کی رخ داد؟" }).selectOption({ index: 2 });
    const small = { name: "در.png", mimeType: "image/png", buffer: Buffer.from(someFiles["image/png"]) };
    await page
      .getByLabel("پیوست عکس (دلخواه)")
      .setInputFiles([{ name: "باجه.png", mimeType: "image/png", buffer: photo }, small]);
    await page.getByText("باجه.png").waitFor();
    const announced: unknown[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/attachments")) announced.push(request.postDataJSON());
    });
    await press(page, "ثبت شکایت");
    await headed(page, "شکایت شما ثبت شد");
    const { id } = await shownReceipt(page);
    const [large, tiny] = z.array(z.object({ contentType: z.string(), size: z.number() })).parse(announced);
    expect(large?.contentType).toBe("image/jpeg");
    expect(large?.size).toBeLessThan(10 * 1_048_576);
    expect(tiny).toMatchObject({ contentType: "image/png", size: small.buffer.length });
    await press(page, "یادداشت کردم");
    await expect.poll(() => page.getByRole("img", { name: "عکس شما" }).count()).toBe(2);
    const path = `/v1/inspector/complaints/${id}`;
    const { text } = await cloud.call({ as: "inspector-1", method: "GET", path });
    const { officeId, occurredAt } = z.object({ officeId: z.string(), occurredAt: z.string() }).parse(JSON.parse(text));
    expect(officeId).toBe("education-qazvin-1");
    // Noon in Tehran.
    expect(occurredAt).toMatch(/T08:30:00/);
    const days = (Date.now() - Date.parse(occurredAt)) / 86_400_000;
    expect(days).toBeGreaterThan(0.5);
    expect(days).toBeLessThan(2);
    expect(complaints).toEqual([]);
  });

  test("is not filed with a photo that is too large and cannot be made smaller: its size is told in megabytes", async () => {
    const { page } = await visit();
    await write(page, "سه بار آمدم و هر بار گفتند کارشناس نیست.");
    const buffer = Buffer.alloc(11 * 1_048_576, "x");
    await page.getByLabel("پیوست عکس (دلخواه)").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
    await press(page, "ثبت شکایت");
    await page.getByText("۱۱ مگابایت است؛ هر عکس باید حداکثر ۱۰ مگابایت باشد").waitFor();
    expect(await focused(page)).toBe("photos");
    expect(await barriers(page)).toEqual(none);
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
  });

  test("is filed all the same where a photo is lost on its way, and the photo is named", async () => {
    const { page } = await visit();
    await write(page, "سه بار آمدم و هر بار گفتند کارشناس نیست.");
    await page.route("**/attachments", (route) => route.abort());
    const photo = { name: "باجه.png", mimeType: "image/png", buffer: Buffer.from(someFiles["image/png"]) };
    await page.getByLabel("پیوست عکس (دلخواه)").setInputFiles(photo);
    await press(page, "ثبت شکایت");
    await headed(page, "شکایت شما ثبت شد");
    await page.getByRole("alert").getByText("باجه.png").waitFor();
  });
});

describe("on the way through the page", () => {
  test("Back and Forward go from view to view, and a reload stays where it is", async () => {
    const { page } = await visit();
    await filed(page);
    await page.goBack();
    await headed(page, "شکایت شما ثبت شد");
    await page.reload();
    await headed(page, "شکایت شما ثبت شد");
    await page.goBack();
    await headed(page, "اداره‌ای با شما درست رفتار نکرد؟");
    await press(page, "بازگشت به پروندهٔ");
    await headed(page, "در انتظار دستگاه");
    await page.getByText("بستن پرونده در این مرورگر").click();
    await press(page, "بستن و پاک کردن");
    await headed(page, "اداره‌ای با شما درست رفتار نکرد؟");
    await page.goBack();
    await headed(page, "اداره‌ای با شما درست رفتار نکرد؟");
    expect(await page.getByText("بازگشت به پروندهٔ").isVisible()).toBe(false);
  });

  test("what is done is said for a moment, and the focus stays where it can be used", async () => {
    const { page } = await visit();
    await filed(page);
    await page.getByLabel("پیام شما").fill("آمدم.");
    await press(page, "فرستادن پیام");
    await expect.poll(() => said(page)).toBe("انجام شد.");
    await expect.poll(() => said(page)).toBe("");
    await page.getByText("شکایت را پس می‌گیرم").click();
    await press(page, "پس گرفتن شکایت");
    await headed(page, "شکایت را پس گرفتید");
    expect(await focused(page)).toBe("status");
  });

  test("what was wrong is said no longer once it is changed; what is empty is told without asking the API", async () => {
    const { page, complaints } = await visit();
    await press(page, "دیدن پرونده");
    await page.getByText("این را پر کنید").nth(1).waitFor();
    expect(await focused(page)).toBe("id");
    await page.getByLabel("کد پیگیری").fill("QZ-7K3M-9XPT-Q");
    await page.getByLabel("رمز", { exact: true }).fill("4T7N-QW2D");
    expect(await page.getByText("این را پر کنید").count()).toBe(0);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("the browser asks before it leaves a text that was not sent", async () => {
    const { page } = await visit();
    await page.getByLabel("چه شد؟").pressSequentially("سه بار آمدم");
    const asked: string[] = [];
    page.on("dialog", async (dialog) => {
      asked.push(dialog.type());
      await dialog.accept();
    });
    await page.reload();
    await headed(page, "اداره‌ای با شما درست رفتار نکرد؟");
    expect(asked).toEqual(["beforeunload"]);
  });
});

describe("what goes wrong", () => {
  test("is told at its field, or in the API's own words; the browser says which request was refused and nothing else", async () => {
    const { page, complaints } = await visit();
    await page.getByLabel("چه شد؟").fill("کوتاه");
    await page.getByText("نام و شمارهٔ شما").click();
    await page.getByLabel("شمارهٔ تلفن").fill("۱۲");
    await press(page, "ثبت شکایت");
    await page
      .getByRole("alert")
      .getByText("دستگاه اجرایی نباید خالی باشد. شهرستان نباید خالی باشد. موضوع شکایت نباید خالی باشد. و ۲ مورد دیگر.")
      .waitFor();
    const told = await page.evaluate(`[...document.querySelectorAll("[data-move=file] [aria-invalid]")].map(
      (field) => [field.name, document.getElementById(field.getAttribute("aria-describedby")).textContent])`);
    expect(told).toEqual([
      ["countyId", "این را پر کنید"],
      ["agencyId", "این را پر کنید"],
      ["category", "این را پر کنید"],
      ["description", "باید دست‌کم ۱۰ نویسه داشته باشد"],
      ["citizen.phone", "درست نیست؛ مانند 09121234567 بنویسید"],
    ]);
    expect(await page.evaluate("document.activeElement.name")).toBe("countyId");
    expect(await barriers(page)).toEqual(none);

    await page.getByLabel("کد پیگیری").fill("QZ-7K3M-9XPT-R");
    await page.getByLabel("رمز", { exact: true }).fill("4T7N-QW2D");
    await press(page, "دیدن پرونده");
    await page.getByRole("alert").getByText("کد پیگیری شکایت درست نیست؛").waitFor();
    expect(await focused(page)).toBe("id");
    await page.getByLabel("کد پیگیری").fill("QZ-7K3M-9XPT-Q");
    await press(page, "دیدن پرونده");
    await page.getByText("با این کد پیگیری و این رمز پرونده‌ای نیست").waitFor();
    expect(await focused(page)).toBe("secret");
    expect(complaints.map((text) => /status of (\d+)/.exec(text)?.[1])).toEqual(["400", "400", "404"]);
  });

  test("an answer that is lost on its way files no second complaint", async () => {
    const { page } = await visit();
    let lost = "";
    await page.route(
      "**/v1/complaints",
      async (route) => {
        const answer = await route.fetch();
        lost = z.object({ id: z.string() }).parse(await answer.json()).id;
        await route.abort();
      },
      { times: 1 },
    );
    await write(page, "سه بار آمدم و هر بار گفتند کارشناس نیست.");
    await press(page, "ثبت شکایت");
    await page.getByRole("alert").getByText("پاسخی نرسید").waitFor();
    await press(page, "ثبت شکایت");
    await headed(page, "شکایت شما ثبت شد");
    expect((await shownReceipt(page)).id).toBe(lost);
  });

  test("the page says that the API cannot be reached, and goes on once it can", async () => {
    const { page } = await visit();
    await page.route("**/v1/catalog", (route) => route.abort());
    await page.reload();
    await page.getByRole("alert").getByText("پاسخی نرسید").waitFor();
    await page.unroute("**/v1/catalog");
    await press(page, "دوباره");
    await headed(page, "اداره‌ای با شما درست رفتار نکرد؟");
  });

  test("a case that is not there any more leads back to the beginning", async () => {
    const { page } = await visit();
    await page.evaluate(`sessionStorage.setItem("case", '{"id":"QZ-7K3M-9XPT-Q","secret":"4T7N-QW2D"}');
      history.replaceState({ view: "case" }, "")`);
    await page.reload();
    await page.getByRole("alert").getByText("چنین شکایتی نیست").waitFor();
    await headed(page, "اداره‌ای با شما درست رفتار نکرد؟");
  });

  test("a file that is no photo is refused before it is sent", async () => {
    const { page, complaints } = await visit();
    await filed(page);
    const text = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("hello") };
    await page.getByLabel("افزودن عکس").setInputFiles(text);
    await page.getByText("یک عکس JPEG، PNG، WebP یا HEIC برگزینید").waitFor();
    expect(complaints).toEqual([]);
  });

  test.each(["undefined", "the key of my page", "7".repeat(36), "0a962739-cc46-4150-a58d-61160eda77ee0"])(
    "nobody files with the key %s, which another visitor may have",
    async (key) => {
      const headers = { "content-type": "application/json", "idempotency-key": key };
      const sent = { method: "POST", headers, body: JSON.stringify(filingBody()) };
      const answer = await fetch(`${address}/v1/complaints`, sent);
      expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 400, text: "" });
    },
  );

  test("nobody files here but the page, and nothing but a complaint is sent on", async () => {
    const post = (path: string, headers: Record<string, string>, body = "{}") =>
      fetch(`${address}${path}`, { method: "POST", headers, body }).then(({ status }) => status);
    const key = { "idempotency-key": crypto.randomUUID() };
    expect(await post("/v1/complaints", { ...key, "content-type": "text/plain" })).toBe(400);
    expect(await post("/v1/complaints", { "content-type": "application/json" })).toBe(400);
    expect(await post("/v1/complaints", { ...key, "content-type": "application/json" }, "x".repeat(100_000))).toBe(400);
    expect(await post("/v1/front-end/events", { ...key, "content-type": "application/json" })).toBe(404);
    expect((await fetch(`${address}/server.ts`)).status).toBe(404);
  });
});

test("compiles against the types that are generated from the document", async () => {
  mkdirSync(join(root, ".local"), { recursive: true });
  const folder = mkdtempSync(join(root, ".local", "citizen-page-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, "docs/examples/citizen-page"), folder, { recursive: true });
  const document = await (await fetch(`${cloud.endpoints.api}/v1/openapi.json`)).text();
  writeFileSync(join(folder, "paths.d.ts"), await generatedTypes(document));
  expect(() => execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" })).not.toThrow();
});
