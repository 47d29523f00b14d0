import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { requestsInFiveMinutes } from "../measure/desk-requests.ts";
import { withDesks } from "../support/desk-browser.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const desks = withDesks(cloud);
const minute = 60_000;

/** The requests of ten minutes in which nothing happens, for five of them, by route. The page's clock is put forward. */
async function requestsOf(page: Page): Promise<Record<string, number>> {
  await page.clock.install();
  await page.reload();
  await page.waitForLoadState("networkidle");
  const counted: Record<string, number> = {};
  let waiting = 0;
  page.on("requestfinished", () => waiting--);
  page.on("requestfailed", () => waiting--);
  page.on("request", (request) => {
    waiting++;
    const path = new URL(request.url()).pathname.replace(/QZ-[^/]+/, "{id}");
    const route = `${request.method()} ${path}`;
    counted[route] = (counted[route] ?? 0) + 1;
  });
  await page.clock.pauseAt((await page.evaluate<number>("Date.now()")) + 5_000);
  for (let passed = 0; passed < 10 * minute; passed += 10_000) {
    await page.clock.runFor(10_000);
    await expect.poll(() => waiting).toBe(0);
    // The next timer starts once the page has read the answer.
    await page.waitForTimeout(200);
  }
  return Object.fromEntries(Object.entries(counted).map(([route, times]) => [route, Math.round(times / 2)]));
}

test.each(["list", "case"] as const)(
  "an open %s sends the requests that its cost is computed from",
  {
    timeout: 180_000,
  },
  async (shown) => {
    const { id } = await cloud.file({ agencyId: "post", officeId: undefined });
    const { page } = await desks.signIn("officer-post");
    const row = page.locator(`.cases a[href$="${id}"]`);
    await row.waitFor();
    if (shown === "case") await row.click();
    await page.locator(shown === "case" ? ".case" : ".counts").waitFor();
    // The complaint's own event is heard, and its quiet begins.
    await cloud.clock.advance(2 * minute);
    await page.waitForTimeout(25_000);
    expect(await requestsOf(page)).toEqual(requestsInFiveMinutes[shown]);
  },
);
