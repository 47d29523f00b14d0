import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { chooseWho, picture, withDesks, words } from "../support/desk-browser.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const desks = withDesks(cloud);
const officer = "officer-social-security";
const description = "شرحی که رهگذر نباید بخواند.";
const text = "پاسخی که هنوز فرستاده نشده است.";
const here = (page: Page) => page.getByRole("button", { name: "هستم" });
const again = (page: Page) => page.getByRole("button", { name: "دوباره وارد شوید" });

/** A case with a typed answer, on a PC with the cloud's time. */
async function typedAnswer() {
  const filed = await cloud.file({ description });
  const { page } = await desks.signInNow(officer, { at: `/desk/agency/${filed.id}` });
  await page.getByText(description).waitFor();
  await page.getByLabel(words.fa.text).fill(text);
  return page;
}

async function signInAgainAs(page: Page, sub: string) {
  const [beside] = await Promise.all([page.waitForEvent("popup"), again(page).click()]);
  // The issuer is to ask for the password, though it knows this browser.
  await beside.waitForURL(/[?&]prompt=login/);
  await chooseWho(beside, sub);
}

test("after 25 idle minutes the desk asks, after 30 it hides, and opens with the typed text for the same person", async () => {
  const page = await typedAnswer();
  await page.clock.fastForward("24:50");
  await page.clock.runFor(6_000);
  expect(await here(page).count()).toBe(0);
  await page.clock.fastForward("00:10");
  await here(page).waitFor();
  await picture(page, "idle-question");
  await here(page).click();
  await here(page).waitFor({ state: "detached" });

  await page.clock.fastForward("24:50");
  await page.clock.runFor(6_000);
  expect(await here(page).count()).toBe(0);
  await page.clock.fastForward("05:10");
  await again(page).waitFor();
  await picture(page, "idle-hidden");
  expect(await page.content()).not.toMatch(/شرحی که|هنوز فرستاده/);
  expect(await page.evaluate("JSON.stringify(sessionStorage)")).not.toContain("access");
  await signInAgainAs(page, officer);
  await page.getByText(description).waitFor();
  expect(await page.getByLabel(words.fa.text).inputValue()).toBe(text);
});

test("a PC that slept for an hour hides before it heeds a key, and shows nothing to somebody else who signs in", async () => {
  const page = await typedAnswer();
  await page.clock.pauseAt(cloud.clock.now() + 60 * 60_000);
  await page.keyboard.press("Shift");
  await again(page).waitFor();
  await page.clock.resume();
  await signInAgainAs(page, "officer-gas");
  await page.getByRole("heading", { name: /گاز/ }).waitFor();
  expect(await page.content()).not.toMatch(/شرحی که|هنوز فرستاده/);
});

test("who signs out in one tab empties every tab of the desk, also one that slept meanwhile", async () => {
  const page = await typedAnswer();
  await page.evaluate("localStorage.setItem('foad-desk-signed-out', 'somebody signed out in another tab')");
  // A tab does not hear of what it stores itself, so it is told as a tab that wakes up.
  await page.evaluate("dispatchEvent(new Event('pageshow'))");
  await page.getByRole("button", { name: "ورود" }).waitFor();
  expect(await page.content()).not.toMatch(/شرحی که|هنوز فرستاده/);
  expect(await page.evaluate("sessionStorage.getItem('foad-desk-tokens')")).toBeNull();
});

test("people's tokens live five minutes and are renewed in their tab", async () => {
  const page = await typedAnswer();
  const tokens = () => page.evaluate<string>("sessionStorage.getItem('foad-desk-tokens')");
  const first = await tokens();
  await cloud.clock.advance(6 * 60_000);
  await page.reload();
  await page.getByText(description).waitFor();
  expect(await tokens()).not.toBe(first);
  expect(await page.evaluate("JSON.stringify(localStorage)")).not.toMatch(/eyJ/);
});
