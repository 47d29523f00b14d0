import type { Page, Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { axeFaults, picture, reading, unexpected, withDesks, words } from "../support/desk-browser.ts";
import { issueBody } from "../support/issue-requests.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

/** A desk that was opened before a release, and a server that is newer. */
const cloud = withLocalCloud();
const desks = withDesks(cloud);
const officer = "officer-social-security";
const typed = "پاسخی که هنوز فرستاده نشده است.";

/** Fields whose values are words of a list, which a release may make longer. */
const enumerated = ["status", "closure", "type", "by", "next", "step", "level", "authority", "queue", "end", "way"];

/** The answer of a newer release: each word of a list is one that nobody knew, and there are more fields, events and moves. */
function newer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(newer);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, one]) => {
    if (typeof one === "string" && enumerated.includes(name)) return [name, `newer-${one}`];
    if (name === "allowedMoves") return [name, [...one, "newer-move"]];
    if (name === "blockedMoves") return [name, [...one, { move: "newer-move", reason: "newer-reason" }]];
    if (name === "history") return [name, [...one.map(newer), { ...one.at(-1), type: "newer", number: 99 }]];
    return [name, newer(one)];
  });
  return Object.fromEntries([...fields, ["newerField", "newer-value"]]);
}

async function answerAnew(route: Route): Promise<void> {
  const response = await route.fetch();
  if (!response.ok()) return route.fulfill({ response });
  return route.fulfill({ response, json: newer(await response.json()) });
}

/** From now on the server answers like a newer release. What says who signed in and names the province stays. */
const newerRoutes = /\/v1\/(agency|inspector|overseer)\//;
const release = (page: Page) => page.route(newerRoutes, answerAnew);
const failed = (page: Page) => page.getByText("این بخش از کار افتاد");

describe("a desk that was opened before a release", () => {
  test("goes on with values that it does not know, and sends what was typed", async () => {
    const filed = await cloud.file({ description: "باجه بسته بود." });
    const { page, complaints } = await desks.signInNow(officer, { at: `/desk/agency/${filed.id}` });
    await page.getByLabel(words.fa.founded, { exact: true }).check();
    await page.getByLabel(words.fa.cause).selectOption({ index: 1 });
    await page.getByLabel(words.fa.text).fill(typed);
    await release(page);
    // The desk has looked for changes once more.
    await page.clock.runFor(25_000);
    await page.getByText("رویداد دیگر").first().waitFor();
    await page.getByText("باجه بسته بود.").waitFor();
    await picture(page, "newer-values");
    await page.getByRole("button", { name: words.fa.answer }).click();
    await expect.poll(() => reading(cloud).eventsOf(filed)).toContain("answered");
    expect(await failed(page).count()).toBe(0);
    expect(unexpected(complaints)).toEqual([]);
  });

  test.each([
    [
      "inspector-1",
      (id: string) => ["/desk/inspector", `/desk/inspector/${id}`, "/desk/inspector/visits", "/desk/issues"],
    ],
    ["overseer-governor-qazvin", () => ["/desk/overseer", "/desk/overseer-issues"]],
  ] as const)("shows its pages to %s", async (sub, pages) => {
    const filed = await cloud.file();
    await cloud.call({ as: "inspector-1", method: "POST", path: "/v1/inspector/issues", body: issueBody });
    for (const at of pages(filed.id)) {
      const { page, complaints, close } = await desks.signIn(sub);
      await release(page);
      await page.evaluate(`history.pushState(null, "", "${at}"); dispatchEvent(new PopStateEvent("popstate"))`);
      await page.waitForResponse(newerRoutes);
      await page.locator("h1").waitFor();
      await page.waitForTimeout(1_000);
      expect(await failed(page).count(), at).toBe(0);
      expect(unexpected(complaints), at).toEqual([]);
      await close();
    }
  });

  test("says within a quarter of an hour that a newer one is served, and asks before it loses a text", async () => {
    const filed = await cloud.file();
    const { page } = await desks.signInNow(officer, { at: `/desk/agency/${filed.id}` });
    await page.getByLabel(words.fa.text).fill(typed);
    const anew = page.getByRole("button", { name: "تازه کردن صفحه" });
    await page.clock.runFor("14:00");
    expect(await anew.count()).toBe(0);
    await page.route(/\/desk$/, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/src="[^"]*-desk\.js"/, 'src="/desk/assets/newer-desk.js"');
      return route.fulfill({ response, body });
    });
    await page.clock.runFor("02:00");
    await anew.waitFor();
    expect(await page.getByLabel(words.fa.text).inputValue()).toBe(typed);
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, "newer-desk");
    const asked = page.waitForEvent("dialog");
    void anew.click();
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    expect(await page.getByLabel(words.fa.text).inputValue()).toBe(typed);
  });
});
