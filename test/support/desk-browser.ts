import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll } from "vitest";
import * as z from "zod";
import { startBrowser } from "./browser.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const screens = { desktop: { width: 1_280, height: 900 }, phone: { width: 390, height: 844 } };

export type Opening = { language?: "fa" | "en"; screen?: keyof typeof screens; at?: string };

/** An open desk, with everything that the browser complained of. */
export type OpenDesk = { page: Page; complaints: string[]; close: () => Promise<void> };

/** Opens desks in browsers, each in a Chromium of its own: the Chromium of npm has one process. */
export function withDesks(cloud: TheLocalCloud) {
  const browsers: Browser[] = [];
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
  });
  return {
    async open({ language = "fa", screen = "desktop", at = "/desk" }: Opening = {}): Promise<OpenDesk> {
      const browser = await startBrowser();
      browsers.push(browser);
      const page = await browser.newPage({ viewport: screens[screen] });
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => complaints.push(message.text()));
      await page.addInitScript((chosen) => localStorage.setItem("foad-desk-language", chosen), language);
      await page.goto(`${cloud.endpoints.api}${at}`);
      return { page, complaints, close: () => browser.close() };
    },
    /** Opens the desk and signs in as a person. */
    async signIn(sub: string, opening: Opening = {}): Promise<OpenDesk> {
      const desk = await this.open(opening);
      await desk.page.locator("main button").first().click();
      await chooseWho(desk.page, sub);
      await desk.page.locator("header .session").waitFor();
      return desk;
    },
    /** Signs in with the cloud's time on the PC's clock: the desk takes an id token of the last 30 days alone. */
    async signInNow(sub: string, opening: Opening = {}): Promise<OpenDesk> {
      const desk = await this.open(opening);
      await desk.page.clock.install({ time: cloud.clock.now() });
      await desk.page.locator("main button").first().click();
      await chooseWho(desk.page, sub);
      await desk.page.locator("header .session").waitFor();
      return desk;
    },
  };
}

/** Chooses on the issuer's page who to be. */
export async function chooseWho(page: Page, sub: string): Promise<void> {
  await page.waitForURL(/\/authorize/);
  const others = page.locator("details:not([open]) summary");
  if ((await others.count()) > 0) await others.click();
  await page.locator(`a[href*="sub=${sub}"]`).first().click();
}

/** What axe finds wrong with the page: each rule with the places. The page's own policy lets no script in, so the browser runs it. */
export async function axeFaults(page: Page): Promise<unknown> {
  const session = await page.context().newCDPSession(page);
  const expression = `${axe};axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(" "))])))`;
  const { result } = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  return JSON.parse(String(result.value));
}

/** How far the page is wider than the screen, in CSS pixels. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** Stores a picture of the page where `FOAD_PICTURES` names a folder: for people who look at them, and for the documents. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FOAD_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Presses Tab until the focus is on an element whose text or label begins so. Throws after 80 steps. */
export async function tabTo(page: Page, label: string): Promise<void> {
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate<string>(
      "const e = document.activeElement; ((e.labels && e.labels[0]) || e).textContent.trim()",
    );
    if (here.startsWith(label)) return;
  }
  throw new Error(`the keyboard does not reach "${label}"`);
}

/** The text of what has the focus. */
export const focused = (page: Page) => page.evaluate<string>("document.activeElement.textContent.trim()");

/** The numbers of today, as they stand on the screen. */
export const countsOf = async (page: Page) => {
  await page.locator(".counts").waitFor();
  return (await page.locator(".counts li").allTextContents()).join(" ");
};

/** What the browser may complain of: that a server refused what was typed. */
export const unexpected = (complaints: string[]) => complaints.filter((one) => !/status of 4\d\d/.test(one));

/** Presses a button, waits for the summary of the form, and presses the button again after a second: the desk ignores a double click. Returns the summary. */
export async function pressTwice(page: Page, name: string): Promise<string> {
  const button = page.getByRole("button", { name });
  await button.click();
  const summary = await page.getByText(/یک بار دیگر همین دکمه|press the button once more/).textContent();
  await page.waitForTimeout(1_000);
  await button.click();
  return summary ?? "";
}

/** Words of the desk. */
export const words = {
  fa: {
    acknowledge: "اعلام دریافت",
    answer: "فرستادن پاسخ",
    founded: "وارد است",
    cause: "علت",
    text: "متن پاسخ",
    out: "خروج",
    send: "فرستادن",
  },
  en: {
    acknowledge: "Acknowledge",
    answer: "Send the answer",
    founded: "founded",
    cause: "Cause",
    text: "The answer",
    out: "Sign out",
    send: "Send",
  },
};

const History = z.looseObject({ history: z.array(z.looseObject({ type: z.string() })) });
const Catalog = z.looseObject({ causes: z.array(z.looseObject({ id: z.string() })).min(1) });

/** What the API says beside the desk: the events of a complaint as its citizen sees them, and a cause of the catalog. */
export function reading(cloud: TheLocalCloud) {
  return {
    async eventsOf({ id, secret }: { id: string; secret: string }): Promise<string[]> {
      const { body } = await cloud.call({ path: `/v1/complaints/${id}`, secret });
      return History.parse(body).history.map(({ type }) => type);
    },
    firstCause: async () => Catalog.parse((await cloud.call({ path: "/v1/catalog" })).body).causes[0]?.id,
  };
}
