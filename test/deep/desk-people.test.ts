import { expect, test } from "vitest";
import { axeFaults, chooseWho, withDesks } from "../support/desk-browser.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const desks = withDesks(cloud);

test("an officer without an agency is refused at the agency, and works at it once it is chosen", async () => {
  const { page } = await desks.signIn("admin", { at: "/desk/people" });
  await page.getByText("ثبت کاربر").click();
  await page.getByRole("button", { name: "فرستادن", exact: true }).click();
  await page.getByText("شناسه (sub) را بنویسید.").waitFor();
  await page.getByLabel("شناسه (sub)").fill("new-officer");
  await page.getByLabel("نام", { exact: true }).fill("الهام نوری");
  await page.getByLabel("کارشناس", { exact: true }).check();
  const agency = page.getByLabel("دستگاه (کارشناس، رئیس دستگاه، کارگزینی)");
  const fieldOfAgency = page.locator("form .field", { has: agency });
  const rule = "هر کارشناس، رئیس و کارگزینی باید دستگاه داشته باشد.";
  expect(await fieldOfAgency.textContent()).not.toContain("اختیاری");
  expect(await agency.locator("option").first().textContent()).toBe("انتخاب کنید");
  await page.getByRole("button", { name: "فرستادن", exact: true }).click();
  const note = page.locator("form .field-note strong");
  await note.waitFor();
  expect(await note.allTextContents()).toEqual(["یکی را انتخاب کنید."]);
  expect(await fieldOfAgency.locator(".field-note").textContent()).toBe(`${rule}یکی را انتخاب کنید.`);
  expect(await axeFaults(page)).toEqual([]);
  await agency.selectOption("post");
  await expect.poll(() => note.count()).toBe(0);
  await page.getByRole("button", { name: "فرستادن", exact: true }).click();
  await page.locator(".person", { hasText: "new-officer" }).waitFor();

  const { id } = await cloud.file({ agencyId: "post", officeId: undefined });
  const officer = await desks.signIn("new-officer");
  await officer.page.locator(`.cases a[href$="${id}"]`).waitFor();
});

test("an overseer without an authority, or a governor without counties, is refused at that field", async () => {
  const { page } = await desks.signIn("admin", { at: "/desk/people" });
  await page.getByText("ثبت کاربر").click();
  await page.getByLabel("شناسه (sub)").fill("new-governor");
  await page.getByLabel("نام", { exact: true }).fill("نیما صادقی");
  await page.getByLabel("مقام ناظر", { exact: true }).check();
  const send = page.getByRole("button", { name: "فرستادن", exact: true });
  const marked = page.locator("form .field", { has: page.locator(".field-note strong") });
  const authority = page.getByLabel("مقام (مقام ناظر)");
  await send.click();
  await expect.poll(() => marked.count()).toBe(1);
  expect(await marked.textContent()).toContain("مقام (مقام ناظر)");
  await authority.selectOption("county-governor");
  await send.click();
  await expect.poll(() => marked.allTextContents()).toEqual([expect.stringContaining("شهرستان‌ها (مقام ناظر)")]);
  await marked.getByRole("checkbox").first().check();
  await send.click();
  await page.locator(".person", { hasText: "new-governor" }).waitFor();
});

test("on this machine a newcomer sees the sub, hands it on, and works after the registration", async () => {
  const { page } = await desks.open();
  await page.locator("main button").first().click();
  await chooseWho(page, "newcomer");
  await page
    .locator("bdi, code", { hasText: /^newcomer$/ })
    .first()
    .waitFor();
  const body = { name: "پویا کاظمی", roles: [{ role: "inspector" }] };
  const registered = await cloud.call({ as: "admin", method: "PUT", path: "/v1/admin/people/newcomer", body });
  expect(registered.status).toBe(200);
  const later = await desks.open();
  await later.page.locator("main button").first().click();
  await later.page.waitForURL(/\/authorize/);
  const link = later.page.locator('a[href*="sub=newcomer"]');
  expect(await link.textContent()).toBe("پویا کاظمی بازرس");
});
