import { expect, test } from "vitest";
import * as z from "zod";
import type { Receipt } from "../support/api-caller.ts";
import { type OpenDesk, type Opening, picture, pressTwice, tabTo, withDesks } from "../support/desk-browser.ts";
import { chooseDay, finish } from "../support/issue-in-browser.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const desks = withDesks(cloud);
const dayMs = 86_400_000;
const agencyId = "social-security";
const officer = `officer-${agencyId}`;
const title = "قطعی سامانهٔ نوبت‌دهی";
const category = "systems-not-ready";
const inDays = (days: number) => cloud.clock.now() + days * dayMs;

type Filling = { act?: string; texts?: Record<string, string>; button: string; done: string };

/** Opens a form of the page where it is closed, fills its texts and sends it. */
async function send({ page }: OpenDesk, { act, texts = {}, button, done }: Filling): Promise<void> {
  if (act) await open({ page }, act);
  const form = page.locator("form", { has: page.getByRole("button", { name: button, exact: true }) });
  for (const [label, text] of Object.entries(texts)) await form.getByLabel(label, { exact: true }).fill(text);
  await form.getByRole("button", { name: button, exact: true }).click();
  await page.getByText(done, { exact: true }).waitFor();
}

async function open({ page }: Pick<OpenDesk, "page">, act: string): Promise<void> {
  const section = page.locator("details.act", { has: page.locator("summary", { hasText: act }) });
  await section.waitFor();
  if ((await section.getAttribute("open")) === null) await section.locator("summary").click();
}

const at = (path: string, more: Opening = {}): Opening => ({ at: path, ...more });
const issueOf = (id: string) => `/desk/issues/${id}`;
const statusOf = async ({ id, secret }: Receipt) =>
  z.looseObject({ status: z.string() }).parse((await cloud.call({ secret, path: `/v1/complaints/${id}` })).body).status;

/** Opens an issue at the desk, after a refusal at its fields. Returns its id. */
async function openIssue(screen: "desktop" | "phone" = "desktop"): Promise<string> {
  const desk = await desks.signInNow("inspector-1", at("/desk/issues", { screen }));
  const { page } = desk;
  await page.getByRole("link", { name: "گشودن مشکل تازه" }).click();
  await page.getByLabel("دستگاهی که باید آن را برطرف کند").selectOption(agencyId);
  await page.getByRole("button", { name: "ادامه" }).click();
  await page.getByRole("button", { name: "گشودن مشکل" }).click();
  await page.getByText("عنوان را بنویسید.").waitFor();
  expect(await page.locator(".field-note strong").count()).toBe(4);
  await picture(page, `issue-refused-${screen}`);
  await page.getByLabel("عنوان").fill(title);
  await page.getByLabel("شرح").fill("سامانهٔ نوبت‌دهی هر روز چند ساعت از کار می‌افتد.");
  await page.getByLabel("موضوع").selectOption(category);
  await page.getByLabel("علت").selectOption("system-down");
  await page.getByLabel("قزوین", { exact: true }).check();
  expect(await pressTwice(page, "گشودن مشکل")).toContain(title);
  await page.waitForURL(/\/desk\/issues\/IS-/);
  await page.getByText("منتظر برنامهٔ دستگاه").waitFor();
  await finish(desk, `issue-opened-${screen}`);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

const plan = "سرور نوبت‌دهی عوض می‌شود و تا آن روز نوبت کاغذی می‌دهیم.";
const proof = "سرور تازه یک هفته است که بی‌وقفه کار می‌کند.";

async function planIt(id: string, screen: "desktop" | "phone" = "desktop"): Promise<void> {
  const desk = await desks.signInNow(officer, at("/desk/agency-issues", { screen }));
  const { page } = desk;
  await page.locator(`.cases a[href$="${id}"]`).click();
  await page.getByLabel("چه می‌کنید").fill(plan);
  await page.getByLabel("واحد یا مسئول").fill("ادارهٔ فناوری اطلاعات");
  await chooseDay(page.locator("form .field.instant"), inDays(30), "10:00");
  await page.getByRole("button", { name: "فرستادن برنامه" }).click();
  await page.getByText("برنامهٔ شما فرستاده شد.").waitFor();
  await page.getByText("برنامه دارد").waitFor();
  await finish(desk, `issue-planned-${screen}`);
}

async function sayDone(id: string): Promise<void> {
  const desk = await desks.signInNow(officer, at(`/desk/agency-issues/${id}`));
  await send(desk, { texts: { "گزارش رفع": proof }, button: "فرستادن گزارش رفع", done: "گزارش رفع فرستاده شد." });
  await desk.close();
}

test("an issue is opened, linked, planned, answered, mended, verified and comes back", async () => {
  const complaints = [await cloud.file({ category }), await cloud.file({ category }), await cloud.file({ category })];
  const id = await openIssue();

  const linking = await desks.signInNow("inspector-1", at(issueOf(id)));
  await open(linking, "پیوند دادن شکایت‌ها");
  await linking.page.getByRole("button", { name: "یافتن شکایت‌ها" }).click();
  await linking.page.getByRole("button", { name: "انتخاب همه" }).click();
  await picture(linking.page, "issue-linking-desktop");
  await linking.page.getByRole("button", { name: "پیوند دادن" }).click();
  await linking.page.getByText("پیوند داده شد.", { exact: true }).waitFor();
  expect(await linking.page.locator(".linked > li").count()).toBe(3);
  await linking.page.locator(".linked > li").last().getByRole("button", { name: "پایان پیوند" }).click();
  await linking.page.getByRole("button", { name: "بله" }).click();
  await expect.poll(() => linking.page.locator(".linked > li").count()).toBe(2);
  const linkedIds = await linking.page.locator(".linked .id").allTextContents();
  await finish(linking, "issue-linked-desktop");

  await planIt(id);
  const reading = await desks.signInNow("inspector-2", at("/desk/issues?show=unread"));
  await reading.page.locator(`.cases a[href$="${id}"]`).click();
  await reading.page.getByText(plan).waitFor();
  await send(reading, { button: "خواندم؛ منتشر شود", done: "متن دستگاه منتشر شد." });
  await open(reading, "جابه‌جایی زمان وعده");
  const moving = reading.page.locator("form", { has: reading.page.getByLabel("زمان تازهٔ رفع") });
  await chooseDay(moving.locator(".field.instant"), inDays(40), "10:00");
  await moving.getByLabel("دلیل").fill("قطعه در گمرک مانده است.");
  await moving.getByRole("button", { name: "جابه‌جایی" }).click();
  await reading.page.getByText("زمان وعده جابه‌جا شد.", { exact: true }).waitFor();
  expect(await reading.page.getByText("جابه‌جایی زمان وعده (یک بار)").count()).toBe(0);
  await finish(reading, "issue-moved-desktop");
  expect((await cloud.call({ path: `/v1/issues/${id}` })).text).toContain(plan);

  const answering = await desks.signInNow(officer, at(`/desk/agency-issues/${id}`));
  await open(answering, "پاسخ به همهٔ شکایت‌های پیوندخورده");
  await answering.page.getByLabel("وارد است").check();
  expect(await answering.page.getByLabel("علت").inputValue()).toBe("system-down");
  await answering.page.getByLabel("متن پاسخ").fill("سامانه تا پایان آذر درست می‌شود.");
  await answering.page.getByRole("button", { name: "پاسخ به همه" }).click();
  await answering.page.getByText("برای فرستادن یک بار دیگر بزنید").waitFor();
  await answering.page.clock.runFor(1_000);
  await answering.page.getByRole("button", { name: "پاسخ به همه" }).click();
  await answering.page.getByText("پاسخ‌ها تا چند دقیقهٔ دیگر داده می‌شود.").waitFor();
  await finish(answering, "issue-answered-desktop");
  await cloud.clock.advance(120_000);
  for (const complaint of complaints)
    expect(await statusOf(complaint)).toBe(linkedIds.includes(complaint.id) ? "answered" : "filed");

  await sayDone(id);
  const returning = await desks.signInNow("inspector-2", at(issueOf(id)));
  await send(returning, {
    act: "برگرداندن گزارش رفع",
    texts: { دلیل: "عکس سرور تازه نیست." },
    button: "برگرداندن",
    done: "به دستگاه برگردانده شد.",
  });
  await finish(returning, "issue-returned-desktop");
  await sayDone(id);

  await cloud.clock.advance(2 * dayMs);
  const verifying = await desks.signInNow("inspector-1", at(issueOf(id), { screen: "phone" }));
  expect(await verifying.page.getByText("برگرداندن گزارش رفع").count()).toBe(0);
  await open(verifying, "تأیید رفع با بازدید");
  await chooseDay(verifying.page.locator(".act[open] .field.instant"), inDays(-1), "10:00");
  await send(verifying, {
    texts: { "آنچه دیدید": "در بازدید، سامانه کار می‌کرد." },
    button: "ثبت تأیید",
    done: "بازدید ثبت شد.",
  });
  await verifying.page.getByText("بازدید: برطرف شده بود (تنها بازرسان می‌خوانند)").waitFor();
  await verifying.page.getByText("در بازدید، سامانه کار می‌کرد.").waitFor();
  await finish(verifying, "issue-visited-phone");
  await cloud.clock.advance(7 * dayMs + 3_600_000);
  const verified = await desks.signInNow(officer, at(`/desk/agency-issues/${id}`));
  await verified.page.getByText("رفع مشکل تأیید شد").waitFor();
  expect(await verified.page.content()).not.toContain("سامانه کار می‌کرد");
  await finish(verified, "issue-verified-desktop");

  const recurring = await desks.signInNow("inspector-3", at(issueOf(id), { screen: "phone" }));
  await send(recurring, {
    act: "مشکل بازگشته است",
    texts: { دلیل: "سامانه از دیروز دوباره قطع است." },
    button: "ثبت بازگشت",
    done: "بازگشت مشکل ثبت شد.",
  });
  await finish(recurring, "issue-recurred-phone");

  // The agency has five office days for a new plan. No holidays stretch them beyond three weeks.
  await cloud.clock.advance(21 * dayMs);
  const overseeing = await desks.signInNow(
    "overseer-governor-qazvin",
    at("/desk/overseer-issues", { screen: "phone" }),
  );
  await overseeing.page.locator(`.cases a[href$="${id}"] .late`).waitFor();
  await picture(overseeing.page, "issues-overseer-phone");
  await overseeing.page.locator(`.cases a[href$="${id}"]`).click();
  await overseeing.page.getByText("سامانه از دیروز دوباره قطع است.").waitFor();
  await finish(overseeing, "issue-overseer-phone");
  const listing = await desks.signInNow("inspector-1", at("/desk/issues", { language: "en" }));
  await listing.page.locator(".cases > li").first().locator(".late").waitFor();
  await finish(listing, "issues-english-desktop");
});

test("on a phone with the keyboard alone, an officer plans an issue and an inspector withdraws it", async () => {
  const id = await openIssue("phone");
  const planning = await desks.signInNow(officer, at(`/desk/agency-issues/${id}`, { screen: "phone" }));
  await planning.page.getByLabel("چه می‌کنید").waitFor();
  await tabTo(planning.page, "چه می‌کنید");
  await planning.page.keyboard.type(plan);
  await tabTo(planning.page, "واحد یا مسئول");
  await planning.page.keyboard.type("فناوری");
  await tabTo(planning.page, "فرستادن برنامه");
  await planning.page.keyboard.press("Enter");
  await planning.page.getByText("زمان رفع را کامل انتخاب کنید.").waitFor();
  await finish(planning, "issue-plan-refused-phone");
  await planIt(id, "phone");
  const withdrawing = await desks.signInNow("inspector-1", at(issueOf(id), { screen: "phone" }));
  await withdrawing.page.getByText("پس گرفتن مشکل").waitFor();
  await tabTo(withdrawing.page, "پس گرفتن مشکل");
  await withdrawing.page.keyboard.press("Enter");
  await tabTo(withdrawing.page, "دلیل");
  await withdrawing.page.keyboard.type("دو بار گشوده شده است.");
  await tabTo(withdrawing.page, "پس گرفتن");
  await withdrawing.page.keyboard.press("Enter");
  await withdrawing.page.getByText("مشکل پس گرفته شد.", { exact: true }).waitFor();
  await withdrawing.page.getByText("اکنون کاری برای شما نیست.").waitFor();
  await finish(withdrawing, "issue-withdrawn-phone");
});

test("a promise is reported by the agency, objected to, and judged by an inspector from the list of promises", async () => {
  const own = await cloud.file();
  const done = async (call: Parameters<typeof cloud.call>[0]) =>
    expect((await cloud.call({ method: "POST", ...call })).status).toBeLessThan(300);
  const actions = [{ text: "تابلوی راهنما نصب می‌شود" }];
  const answered = {
    officer: { name: "مریم رستمی" },
    finding: "founded",
    cause: "none",
    text: "حق با شماست.",
    actions,
  };
  await done({ as: `agency-${agencyId}`, path: `/v1/agency/complaints/${own.id}/answer`, body: answered });
  await done({ secret: own.secret, path: `/v1/complaints/${own.id}/acceptance`, body: {} });

  const reporting = await desks.signInNow(officer, at(`/desk/agency/${own.id}`));
  await reporting.page.getByText("هنوز گزارشی نیست").waitFor();
  await send(reporting, {
    act: "گزارش انجام",
    texts: { "چه انجام شد": "تابلو نصب شد." },
    button: "فرستادن گزارش",
    done: "گزارش شما ثبت شد.",
  });
  await reporting.page.getByText("دستگاه می‌گوید انجام شد", { exact: true }).waitFor();
  await finish(reporting, "promise-reported-desktop");
  const objection = { text: "چنین تابلویی نیست." };
  await done({ secret: own.secret, path: `/v1/complaints/${own.id}/actions/1/objection`, body: objection });

  const judging = await desks.signInNow("inspector-1", at("/desk/inspector?queue=promises", { screen: "phone" }));
  await judging.page.locator(`.cases a[href$="${own.id}"]`).click();
  await judging.page.getByText("چنین تابلویی نیست.").first().waitFor();
  await judging.page.getByRole("button", { name: "ثبت نظر" }).click();
  await judging.page.getByText("یکی را انتخاب کنید.").waitFor();
  await judging.page.getByLabel("انجام نشد", { exact: true }).check();
  await send(judging, { texts: { "آنچه یافتید": "تابلو نبود." }, button: "ثبت نظر", done: "نظر شما ثبت شد." });
  await judging.page.getByText("انجام نشد، به گفتهٔ بازرس").waitFor();
  await finish(judging, "promise-judged-phone");
});

test("what arithmetic found becomes an issue in two clicks", async () => {
  await cloud.file({ agencyId: "gas" });
  await cloud.clock.advance(71 * dayMs);
  for (let n = 0; n < 7; n++) await cloud.file({ category: "systems-not-ready" });
  // The morning after may be hours away, whatever the time of day at which this runs.
  await cloud.clock.advance(2 * dayMs);
  const desk = await desks.signInNow("inspector-1", at("/desk/issues?show=found"));
  await desk.page.locator(".proposals > li").first().waitFor();
  await picture(desk.page, "issues-found-desktop");
  await desk.page.getByRole("link", { name: "گشودن مشکل", exact: true }).first().click();
  expect(await desk.page.getByLabel("موضوع").inputValue()).toBe("systems-not-ready");
  expect(await desk.page.getByLabel("قزوین", { exact: true }).isChecked()).toBe(true);
  await finish(desk, "issue-from-proposal-desktop");
});
