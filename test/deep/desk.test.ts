import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  axeFaults,
  chooseWho,
  countsOf,
  focused,
  overflowOf,
  picture,
  pressTwice,
  reading,
  tabTo,
  unexpected,
  withDesks,
  words,
} from "../support/desk-browser.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const desks = withDesks(cloud);
const hour = 60 * 60_000;
const notUpheld = { fa: "پاسخ دستگاه تأیید نمی‌شود", en: "The agency’s answer is not upheld" };
const officer = "officer-social-security";
const languages = ["fa", "en"] as const;
const sizes = ["desktop", "phone"] as const;
const shapes = languages.flatMap((language) => sizes.map((screen) => [language, screen] as const));

const { eventsOf, firstCause } = reading(cloud);

/** A complaint that is late and has reached the governor of its county. */
async function filedAndClimbed() {
  const filed = await cloud.file({ category: "disrespect" });
  for (let level = 0; level < 2; ) {
    await cloud.clock.advance(4 * hour);
    const { body } = await cloud.call({ secret: filed.secret, path: `/v1/complaints/${filed.id}` });
    level = z.looseObject({ level: z.int() }).parse(body).level;
  }
  return filed;
}

describe.each(shapes)("in %s on a %s", (language, screen) => {
  test("an officer finds a case, acknowledges and answers it, and signs out", async () => {
    const filed = await cloud.file();
    const { page, complaints } = await desks.signIn(officer, { language, screen });
    const said = words[language];
    await page.locator(`.cases a[href$="${filed.id}"]`).click();
    await page.getByRole("button", { name: said.acknowledge }).click();
    await page.getByRole("button", { name: said.acknowledge }).waitFor({ state: "detached" });
    await page.locator(".sentences li", { hasText: language === "fa" ? /^اعلام دریافت:/ : /^acknowledge:/ }).waitFor();
    await page.getByRole("button", { name: said.answer }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.locator(".field-note strong").count()).toBe(3);
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `officer-refused-${language}-${screen}`);
    await page.getByLabel(said.founded, { exact: true }).check();
    await page.getByLabel(said.cause).selectOption({ index: 1 });
    await page.getByLabel(said.text).fill("همکار ما عذرخواهی کرد و جانشین معرفی شد.");
    await page.getByRole("button", { name: said.answer }).dblclick();
    await page.getByText(language === "fa" ? "نوبت شهروند است" : "citizen’s turn").waitFor();
    expect(await eventsOf(filed)).toEqual(["filed", "acknowledged", "answered"]);
    expect(await axeFaults(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await picture(page, `officer-answered-${language}-${screen}`);
    await page.getByRole("button", { name: said.out }).click();
    await page.waitForURL(/signed-out/);
    await page.locator("main button").waitFor();
    expect(await page.evaluate("JSON.stringify(sessionStorage)")).toBe("{}");
    expect(unexpected(complaints)).toEqual([]);
  });

  test("a governor sees what is late, opens a case and gives a directive", async () => {
    const filed = await filedAndClimbed();
    const { page, complaints } = await desks.signIn("overseer-governor-qazvin", { language, screen });
    await page.locator(`.cases a[href$="${filed.id}"]`).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await picture(page, `governor-${language}-${screen}`);
    await page.locator(`.cases a[href$="${filed.id}"]`).click();
    await page.locator("textarea").fill("امروز پاسخ بدهید و نتیجه را بنویسید.");
    await page.getByRole("button", { name: words[language].send }).click();
    await expect.poll(() => eventsOf(filed)).toContain("directive-given");
    expect(await axeFaults(page)).toEqual([]);
    expect(unexpected(complaints)).toEqual([]);
  });

  test("an inspector works on a dispute: claims it, orders a visit, sees who complains, and decides", async () => {
    const filed = await cloud.file({ citizen: { name: "زهرا محمدی", phone: "09122002580" } });
    const officerBody = { officer: { name: "مریم کریمی" } };
    const path = `/v1/agency/complaints/${filed.id}`;
    const answer = { ...officerBody, finding: "unfounded", cause: await firstCause(), text: "درست نیست." };
    await cloud.call({
      as: "agency-social-security",
      method: "POST",
      path: `${path}/answer`,
      body: answer,
    });
    const body = { reason: "پاسخ ندادند." };
    await cloud.call({ secret: filed.secret, method: "POST", path: `/v1/complaints/${filed.id}/dispute`, body });
    const { page, complaints } = await desks.signIn("inspector-1", { language, screen });
    await page.locator(`.cases a[href$="${filed.id}"]`).click();
    const fa = language === "fa";
    await page.getByRole("button", { name: fa ? "برداشتن پرونده" : "Claim" }).click();
    await page.getByRole("button", { name: fa ? "پس دادن پرونده" : "Release" }).waitFor();
    await page.getByRole("button", { name: fa ? "دیدن مشخصات شهروند" : "See who the citizen is" }).click();
    await page.getByRole("button", { name: fa ? "بله" : "Yes" }).click();
    await page.getByText(fa ? "۰۹۱۲۲۰۰۲۵۸۰" : "+989122002580").waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `inspector-${language}-${screen}`);
    await page.getByLabel(fa ? "وارد است" : "founded", { exact: true }).check();
    await page.getByLabel(fa ? "علت" : "Cause").selectOption({ index: 1 });
    await page.locator("details[open] textarea").first().fill("بازرس به محل رفت و شکایت را درست یافت.");
    await page.getByLabel(notUpheld[language]).check();
    const summary = await pressTwice(page, fa ? "ثبت رأی" : "Record the decision");
    expect(summary).toContain(`: ${words[language].founded}. `);
    expect(summary).toContain(notUpheld[language]);
    await expect.poll(() => eventsOf(filed)).toContain("decided");
    await page.locator(".timeline li").getByText(notUpheld[language]).waitFor();
    expect(await overflowOf(page)).toBe(0);
    expect(unexpected(complaints)).toEqual([]);
  });

  test("an administrator registers a person, looks at each section, and holds a case", async () => {
    const filed = await cloud.file();
    const { page, complaints } = await desks.signIn("admin", { language, screen });
    const fa = language === "fa";
    await page.getByText(fa ? "ثبت کاربر" : "Register a person").click();
    const sub = `new-${language}-${screen}`;
    await page.getByLabel(fa ? "شناسه (sub)" : "Id (sub)").fill(sub);
    await page.getByLabel(fa ? "نام" : "Name", { exact: true }).fill("الهام نوری");
    await page.getByLabel(fa ? "بازرس" : "inspector", { exact: true }).check();
    await page.getByRole("button", { name: words[language].send }).click();
    await page.locator(".person", { hasText: sub }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `people-${language}-${screen}`);
    for (const section of ["hours", "deliveries", "audit"]) {
      await page.locator(`header a[href="/desk/${section}"]`).click();
      await page.locator("h1").waitFor();
      await page.waitForLoadState("networkidle");
      expect(await axeFaults(page), section).toEqual([]);
      expect(await overflowOf(page), section).toBe(0);
      await picture(page, `${section}-${language}-${screen}`);
    }
    await page.locator('header a[href="/desk/holds"]').click();
    await page.getByLabel(fa ? "کد پیگیری" : "Case id").fill(filed.id);
    await page.getByRole("button", { name: fa ? "یافتن پرونده" : "Find the case" }).click();
    await page.locator("textarea").fill("دادگاه پرونده را خواسته است.");
    await page.getByRole("button", { name: fa ? "دستور نگهداری" : "Set a hold" }).click();
    await page.getByRole("button", { name: fa ? "لغو نگهداری" : "Lift the hold" }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(unexpected(complaints)).toEqual([]);
  });
});

test("an officer does all of it with the keyboard alone", async () => {
  const filed = await cloud.file();
  const { page } = await desks.signIn(officer);
  await page.locator(`.cases a[href$="${filed.id}"]`).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: words.fa.acknowledge }).waitFor();
  await tabTo(page, words.fa.acknowledge);
  await page.keyboard.press("Enter");
  // The button has another name while the request is under way. After the answer the desk names the act and focuses this note.
  await page.locator(".done b").waitFor();
  await page.locator("h1").focus();
  await tabTo(page, words.fa.founded);
  await page.keyboard.press("Space");
  await tabTo(page, words.fa.cause);
  await page.keyboard.press("ArrowDown");
  await tabTo(page, words.fa.text);
  await page.keyboard.type("عذرخواهی شد و همکاری به‌جای او معرفی شد.");
  await tabTo(page, words.fa.answer);
  await page.keyboard.press("Enter");
  await expect.poll(() => eventsOf(filed)).toEqual(["filed", "acknowledged", "answered"]);
});

test("a governor gives a directive with the keyboard alone", async () => {
  const filed = await filedAndClimbed();
  const { page } = await desks.signIn("overseer-governor-qazvin", { screen: "phone" });
  await page.locator(`.cases a[href$="${filed.id}"]`).focus();
  await page.keyboard.press("Enter");
  await page.locator("textarea").waitFor();
  await tabTo(page, "متن");
  await page.keyboard.type("امروز پاسخ بدهید.");
  await tabTo(page, words.fa.send);
  await page.keyboard.press("Enter");
  await expect.poll(() => eventsOf(filed)).toContain("directive-given");
});

test("an inspector claims and looks at the identity with the keyboard alone, and a held Enter does not look", async () => {
  const filed = await cloud.file({ citizen: { name: "زهرا محمدی", phone: "09122002580" } });
  const { page } = await desks.signIn("inspector-1", { at: `/desk/inspector/${filed.id}` });
  await page.getByRole("button", { name: "برداشتن پرونده" }).waitFor();
  await tabTo(page, "برداشتن پرونده");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "پس دادن پرونده" }).waitFor();
  await tabTo(page, "دیدن مشخصات شهروند");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "بله" }).waitFor();
  await expect.poll(() => focused(page)).toBe("بستن");
  await page.keyboard.press("Enter");
  expect(await page.getByText("زهرا محمدی").count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("دیدن مشخصات شهروند");
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("بستن");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByText("زهرا محمدی").waitFor();
});

const renewing = "دادن رمز تازه به شهروند";

test("an inspector gives a citizen a new secret with the keyboard alone, and it is shown once", async () => {
  const filed = await cloud.file({ citizen: { name: "زهرا محمدی", nationalId: "0499370899" } });
  const { page } = await desks.signIn("inspector-1", { at: `/desk/inspector/${filed.id}` });
  await page.getByText(renewing).first().waitFor();
  await tabTo(page, renewing);
  await page.keyboard.press("Enter");
  await tabTo(page, "کد ملی");
  await page.keyboard.type("۰۴۹۹۳۷۰۸۹۹");
  await tabTo(page, renewing);
  await page.keyboard.press("Enter");
  const shown = page.locator("bdi", { hasText: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/ });
  await shown.waitFor();
  const path = `/v1/complaints/${filed.id}`;
  expect((await cloud.call({ secret: (await shown.textContent()) ?? "", path })).status).toBe(200);
  expect((await cloud.call({ secret: filed.secret, path })).status).toBe(404);
  await page.reload();
  await page.getByText(renewing).first().waitFor();
  expect(await shown.count()).toBe(0);
});

test("an administrator registers a person with the keyboard alone", async () => {
  const { page } = await desks.signIn("admin");
  await tabTo(page, "ثبت کاربر");
  await page.keyboard.press("Enter");
  await tabTo(page, "شناسه (sub)");
  await page.keyboard.type("by-keyboard");
  await tabTo(page, "نام");
  await page.keyboard.type("پویا کاظمی");
  // One role is chosen: with the arrow keys, as in every group of radio buttons.
  await tabTo(page, "کارشناس");
  const admin = page.getByLabel("مدیر سامانه", { exact: true });
  for (let n = 0; n < 8 && !(await admin.isChecked()); n++) await page.keyboard.press("ArrowDown");
  await tabTo(page, words.fa.send);
  await page.keyboard.press("Enter");
  await page.locator(".person", { hasText: "by-keyboard" }).waitFor();
});

test("numbers that were counted before those on the screen are not shown", async () => {
  const { page } = await desks.signIn("inspector-1");
  const counts = await countsOf(page);
  const Counted = z.looseObject({ countedAt: z.string() });
  let older = 0;
  await page.route("**/v1/inspector/summary", async (route) => {
    const numbers = Counted.parse(await (await route.fetch()).json());
    const countedAt = new Date(Date.parse(numbers.countedAt) - hour).toISOString();
    await route.fulfill({ json: { ...numbers, countedAt, open: 9_999 } });
    older++;
  });
  await page.getByRole("link", { name: "بازدیدها" }).click();
  await page.getByRole("heading", { name: "بازدیدها" }).waitFor();
  await page.locator("header .home").click();
  await expect.poll(() => older).toBeGreaterThan(0);
  await page.waitForTimeout(1_000);
  expect(await countsOf(page)).toBe(counts);
});

test("on this machine, the page to sign in names each office once, with Persian digits", async () => {
  const { page } = await desks.open();
  await page.locator("main button").first().click();
  await page.waitForURL(/\/authorize/);
  const said = await page.locator("main > p").allTextContents();
  expect(said[0]).toBe("این صفحهٔ آزمایشی این رایانه است و گذرواژه ندارد.");
  expect(said[1]).toMatch(/^This is the test page/);
  expect(await page.locator("summary").textContent()).toMatch(/\([۰-۹]+\)/);
  await page.locator("summary").click();
  const people = await page.locator("a").allTextContents();
  const officers = people.filter((person) => person.startsWith("کارشناس"));
  expect(officers.length).toBeGreaterThan(2);
  for (const person of officers) {
    const office = person.replace("کارشناس ", "").slice(0, 20);
    expect(person.split(office).length, person).toBe(2);
  }
});

test("the clock of the PC may be wrong by a day", async () => {
  const filed = await cloud.file();
  const dueOn = (page: Page) => page.locator(`.cases a[href$="${filed.id}"] .row-due`).textContent();
  const { page: right } = await desks.signIn(officer);
  const { page: wrong } = await desks.open();
  await wrong.clock.install({ time: cloud.clock.now() - 26 * hour });
  await wrong.locator("main button").first().click();
  await chooseWho(wrong, officer);
  // The time that is left is shown, so both pages are read until no minute ends in between.
  await expect.poll(async () => (await dueOn(wrong)) === (await dueOn(right))).toBe(true);
  expect(await dueOn(wrong)).not.toMatch(/▲/);
});

/** Texts of citizens that could break a page. */
const hostileTexts = {
  "4,000 characters without a space": "ب".repeat(4_000),
  markup: "<script>document.title='x'</script><img src=x onerror=alert(1)> <b>درشت</b> {{7*7}}",
  "bidi controls": "\u202eوارونه \u2067تو در تو \u2066بی‌پایان abc 123",
};

describe.each(sizes)("on a %s", (screen) => {
  test.each(Object.entries(hostileTexts))("%s breaks no screen, and nothing in it runs", async (_, description) => {
    const filed = await cloud.file({ description });
    const { page, complaints } = await desks.signIn(officer, { screen });
    expect(await overflowOf(page)).toBe(0);
    await page.locator(`.cases a[href$="${filed.id}"]`).click();
    await page.locator(".typed").first().waitFor();
    // The API takes bidi controls out of what is filed.
    const kept = description.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
    expect(await page.locator(".typed").first().textContent()).toBe(kept);
    expect(await overflowOf(page)).toBe(0);
    expect(unexpected(complaints)).toEqual([]);
  });
});

test("5,000 open cases and 400 messages are a long page, and no broken one", async () => {
  const filed = await cloud.file();
  const { page } = await desks.open();
  const Listed = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });
  // The browser is given what the API answers, many times over.
  await page.route("**/v1/agency/complaints?*", async (route) => {
    const { items, nextCursor: _, ...rest } = Listed.parse(await (await route.fetch()).json());
    const [first] = items.filter(({ id }) => id === filed.id);
    const many = Array.from({ length: 4_999 }, (_, n) => ({ ...first, id: `QZ-${n}` }));
    await route.fulfill({ json: { ...rest, items: [first, ...many] } });
  });
  await page.route(`**/v1/agency/complaints/${filed.id}`, async (route) => {
    const view = z.looseObject({ history: z.array(z.unknown()) }).parse(await (await route.fetch()).json());
    const message = {
      type: "message-posted",
      at: new Date().toISOString(),
      by: "citizen",
      text: "باز هم پرسیدم. ".repeat(20),
    };
    const messages = Array.from({ length: 400 }, (_, n) => ({ ...message, version: n + 2 }));
    await route.fulfill({ json: { ...view, history: [...view.history, ...messages] } });
  });
  await page.locator("main button").first().click();
  await chooseWho(page, officer);
  await expect.poll(() => page.locator(".cases > li").count()).toBe(5_000);
  expect(await overflowOf(page)).toBe(0);
  await page.locator(".cases > li").last().scrollIntoViewIfNeeded();
  await page.locator(`.cases a[href$="${filed.id}"]`).click();
  await expect.poll(() => page.locator(".timeline > ol > li").count()).toBe(401);
  expect(await overflowOf(page)).toBe(0);
  expect(await page.getByRole("button", { name: words.fa.answer }).isEnabled()).toBe(true);
});

test("nothing of a citizen stays behind", async () => {
  const canary = { name: "کاناری‌پور", phone: "09351112233" };
  const description = "متن کاناری شهروند، که هیچ جا نمی‌ماند.";
  const filed = await cloud.file({ description, citizen: { ...canary, shareWithAgency: true } });
  const { page } = await desks.signIn(officer);
  await page.locator(`.cases a[href$="${filed.id}"]`).click();
  await page.getByText(canary.name).waitFor();
  await page.getByText("۰۹۳۵۱۱۱۲۲۳۳").waitFor();
  const traces = /کاناری|9351112233|۹۳۵۱۱۱۲۲۳۳/;
  const kept = () =>
    page.evaluate<string>("JSON.stringify([sessionStorage, localStorage, document.title, location.href])");
  expect(await kept()).not.toMatch(traces);
  // Printed, the page does not say who complains.
  await page.emulateMedia({ media: "print" });
  expect(await page.getByText(canary.name).isVisible()).toBe(false);
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: words.fa.out }).click();
  await page.waitForURL(/signed-out/);
  await page.locator("main button").waitFor();
  expect(await kept()).not.toMatch(traces);
  expect(await page.content()).not.toMatch(traces);
  expect(await page.evaluate("caches.keys().then((names) => names.length)")).toBe(0);
  await page.goBack();
  expect(await page.content()).not.toMatch(traces);
});

/** How many bytes a file of the desk has on the wire, and its text. */
async function fetched(path: string): Promise<{ size: number; text: string }> {
  const answer = await fetch(`${cloud.endpoints.api}${path}`, { headers: { "accept-encoding": "br" } });
  expect(answer.status, path).toBe(200);
  return { size: Number(answer.headers.get("content-length")), text: await answer.text() };
}

test("the first load is light", async () => {
  const page = await fetched("/desk");
  const named = (text: string) => [...text.matchAll(/\/desk\/assets\/[\w.-]+/g)].map(([path]) => path);
  const files = new Map([["/desk", page]]);
  for (const path of named(page.text)) files.set(path, await fetched(path));
  for (const { text } of [...files.values()])
    for (const path of named(text)) files.set(path, files.get(path) ?? (await fetched(path)));
  const bytes = [...files.values()].reduce((sum, { size }) => sum + size, 0);
  process.stdout.write(`first load: ${bytes} bytes in ${files.size} files\n`);
  expect(bytes).toBeLessThan(150_000);
  expect(files.size).toBe(6);
});

test("an open list asks little", async () => {
  const { page } = await desks.signIn(officer);
  await page.locator(".announce").waitFor();
  // First come the events of the tests before, and the list that they have read anew.
  await page.waitForTimeout(25_000);
  const asked: string[] = [];
  page.on("request", (request) => /\/v1\//.test(request.url()) && asked.push(request.url()));
  await page.waitForTimeout(40_000);
  const listening = asked.filter((url) => url.includes("/events")).length;
  process.stdout.write(`an open list asks ${asked.length} times in 40 seconds, ${listening} times for events\n`);
  expect(listening).toBeLessThanOrEqual(2);
  // Events of the tests before may still come: each answer with some has numbers and list read anew.
  expect(asked.length - listening).toBeLessThanOrEqual(2 * listening);
});

test("who is not registered is told the id to hand on", async () => {
  const sub = "officer-post";
  const path = `/v1/admin/people/${sub}`;
  expect((await cloud.call({ as: "admin", method: "DELETE", path })).status).toBe(200);
  const { page } = await desks.open({ screen: "phone" });
  await page.locator("main button").first().click();
  await chooseWho(page, sub);
  await page.getByText(sub).waitFor();
  expect(await axeFaults(page)).toEqual([]);
});
