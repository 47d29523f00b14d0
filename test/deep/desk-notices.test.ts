import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { dayMs, hourMs } from "#shared/time/duration.ts";
import { axeFaults, overflowOf, picture, tabTo, unexpected, withDesks } from "../support/desk-browser.ts";
import { besideTheBrowser, employee, inTheBrowser, openAsEmployee, scan } from "../support/notice-in-browser.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const desks = withDesks(cloud);
const { decidedComplaint, noticeOf, agree } = besideTheBrowser(cloud);
const { open, print, serve, confirm, send, finish, openNotice, employeePage } = inTheBrowser(desks);

const persian = (latin: string) => latin.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit);
const decision = {
  label: "دلیل",
  text: "گزارش بازرس و رأی شکایت آن را نشان می‌دهد.",
  button: "ثبت تصمیم",
  done: "تصمیم شما ثبت شد.",
};

/** Whose turn it is: after the one answer it is the inspector's. */
const turnOf = async (id: string) => {
  const { body } = await cloud.call({ as: "inspector-1", path: `/v1/inspector/notices/${id}` });
  return (body as { waitsFor?: string }).waitsFor;
};

/** Holds back what the page sends to the bucket until it is let through. */
async function slowLine(page: Page) {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(
    ({ pathname }) => !pathname.startsWith("/v1/"),
    async (route) => {
      if (route.request().method() === "POST") await promise;
      await route.continue();
    },
  );
  return { letThrough: () => resolve() };
}

/** Opens the page of employees with the printed secret, and writes down the new one. */
async function openFirst(id: string, printed: string, screen: "desktop" | "phone") {
  const desk = await employeePage(screen);
  const { page } = desk;
  await openAsEmployee(page, { id: id.toLowerCase(), secret: persian(printed) });
  const shown = page.locator(".new-secret .large");
  await shown.waitFor();
  const secret = String(await shown.textContent());
  expect(secret).not.toBe(printed);
  expect(await axeFaults(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  await picture(page, `employee-secret-${screen}`);
  await page.getByRole("button", { name: "یادداشت کردم" }).click();
  await page.getByRole("heading", { name: `ابلاغیه به ${employee.name}` }).waitFor();
  return { ...desk, secret };
}

async function servedNotice(screen: "desktop" | "phone") {
  const complaint = await decidedComplaint();
  const id = await open("inspector-1", complaint.id, screen);
  await agree(complaint, id);
  const printed = await print("inspector-1", id, screen);
  return { complaint, id, printed };
}

test("a notice is opened, served, answered and decided; the employee contests, and the reviewer overturns it", async () => {
  const { complaint, id, printed } = await servedNotice("desktop");
  const first = await openFirst(id, printed, "desktop");
  await first.page.getByText("هنوز رسماً ابلاغ نشده است").waitFor();
  await finish(first, "employee-open-desktop");
  const { secret } = first;

  await serve("inspector-1", id, "receipt");
  await confirm("inspector-2", id);
  // The citizen reads it at the next full hour, when the clock announces it.
  await cloud.clock.advance(hourMs);
  expect(await noticeOf(complaint)).toMatchObject({ status: "served" });

  const asking = await employeePage();
  await openAsEmployee(asking.page, { id, secret: printed });
  await asking.page.getByText("با این شناسه و رمز ابلاغیه‌ای باز نشد.").waitFor();
  await picture(asking.page, "employee-refused-desktop");
  await openAsEmployee(asking.page, { id, secret });
  await asking.page.getByText("می‌توانید پاسخ دهید: تا").waitFor();
  await asking.page.getByText("پنج روز دیگر گرفتن").click();
  await asking.page.getByRole("button", { name: "پنج روز دیگر می‌خواهم" }).click();
  await asking.page.getByText("مهلت شما پنج روز بیشتر شد.").waitFor();
  await asking.page.getByText("پرسیدن از بازرس (۳ پرسش دیگر)").click();
  await send(asking, {
    label: "پرسش",
    text: "در کدام ساعت روز چنین شده است؟",
    button: "فرستادن پرسش",
    done: "پرسش شما فرستاده شد.",
  });
  await asking.page.getByText("مهلت شما ایستاده است").waitFor();
  expect(await asking.page.getByText("پنج روز دیگر گرفتن").count()).toBe(0);
  await finish(asking, "employee-asked-desktop");

  const list = await desks.signIn("inspector-2", { at: "/desk/notices" });
  await list.page.locator(`.cases a[href$="${id}"] .mark`, { hasText: "نوبت بازرس" }).waitFor();
  await finish(list, "notices-desktop");
  const replying = await openNotice("inspector-2", id);
  await replying.page.getByText("مهلت پاسخ ایستاده است").waitFor();
  const reply = {
    label: "متن",
    text: "میان ساعت ۹ تا ۱۱ صبح.",
    button: "فرستادن پاسخ پرسش",
    done: "به پرسش پاسخ دادید.",
  };
  await send(replying, reply);
  await finish(replying, "notice-question-desktop");

  const answering = await employeePage();
  await openAsEmployee(answering.page, { id, secret });
  await answering.page.getByText("میان ساعت ۹ تا ۱۱ صبح.").waitFor();
  // The employee has one final answer: it does not go out before its file is there, however slow the line is.
  const line = await slowLine(answering.page);
  await answering.page.locator("input[type=file]").setInputFiles({ ...scan, name: "نوبت.jpg" });
  await answering.page.getByLabel("متن پاسخ").fill("هنوز بدون فایل.");
  // The button says that it is disabled; a person presses it all the same.
  await answering.page.getByRole("button", { name: "فرستادن پاسخ", exact: true }).click({ force: true });
  await answering.page.getByText("فایل در حال فرستادن و بررسی است").waitFor();
  expect(await turnOf(id)).toBe("employee");
  line.letThrough();
  await answering.page.getByText("آماده است").waitFor();
  expect(await turnOf(id)).toBe("employee");
  await send(answering, {
    label: "متن پاسخ",
    text: "باجه شلوغ بود و صدایم را بلند کردم تا شنیده شوم.",
    button: "فرستادن پاسخ",
    done: "پاسخ شما فرستاده شد.",
  });
  await finish(answering, "employee-answered-desktop");

  // The first opened the notice, the second decided the complaint: the page says so before they write anything.
  for (const involved of ["inspector-1", "inspector-2"]) {
    const seen = await openNotice(involved, id);
    await seen.page.getByText("بازرسی تصمیم می‌گیرد که در این ابلاغیه و شکایت آن دستی نداشته است.").waitFor();
    expect(await seen.page.getByRole("button", { name: decision.button }).count()).toBe(0);
    await finish(seen, `notice-${involved}-desktop`);
  }
  const deciding = await openNotice("inspector-3", id);
  await send(deciding, { ...decision, outcome: "موضوع ابلاغیه پابرجاست" });
  await finish(deciding, "notice-decided-desktop");

  const contesting = await employeePage();
  await openAsEmployee(contesting.page, { id, secret });
  await send(contesting, {
    label: "متن اعتراض",
    text: "فیلم صدا ندارد و آنچه گفته‌ام در آن نیست.",
    button: "فرستادن اعتراض",
    done: "اعتراض شما فرستاده شد.",
  });
  await finish(contesting, "employee-contested-desktop");

  const judging = await desks.signIn("reviewer");
  await judging.page.locator(`.cases a[href$="${id}"]`).click();
  await judging.page.getByText("فیلم صدا ندارد").waitFor();
  expect(await judging.page.locator("main").textContent()).not.toContain(complaint.id);
  await send(judging, {
    outcome: "تصمیم لغو می‌شود",
    label: "دلیل",
    text: "گزارش آنچه را گفته شده است در بر ندارد.",
    button: "ثبت رأی",
    done: "رأی شما ثبت شد.",
  });
  await finish(judging, "contest-desktop");
  const last = await employeePage();
  await openAsEmployee(last.page, { id, secret });
  await last.page.getByText("بازبین تصمیم را لغو کرد.").waitFor();
  await finish(last, "employee-overturned-desktop");
  await cloud.clock.advance(hourMs);
  expect(await noticeOf(complaint)).toMatchObject({ status: "dismissed" });
  const english = await desks.signIn("inspector-1", { at: `/desk/notices/${id}`, language: "en" });
  await english.page.getByText("overturned by the reviewer").first().waitFor();
  await finish(english, "notice-english-desktop");
});

test("an employee opens, asks and answers with the keyboard alone, and nothing of the secret is left behind", async () => {
  const { id, printed } = await servedNotice("desktop");
  await serve("inspector-1", id, "receipt");
  await confirm("inspector-2", id);
  const { page, complaints } = await employeePage("phone");
  await tabTo(page, "شناسهٔ ابلاغیه");
  await page.keyboard.type(id);
  await tabTo(page, "رمز");
  await page.keyboard.type(persian(printed));
  await page.keyboard.press("Enter");
  await page.locator(".new-secret .large").waitFor();
  const secret = String(await page.locator(".new-secret .large").textContent());
  await tabTo(page, "یادداشت کردم");
  await page.keyboard.press("Enter");
  await page.getByText("می‌توانید پاسخ دهید: تا").waitFor();
  expect(await page.locator("body").textContent()).not.toContain(secret);
  await tabTo(page, "پرسیدن از بازرس");
  await page.keyboard.press("Enter");
  await tabTo(page, "پرسش");
  await page.keyboard.type("چه کسی این را دیده است؟");
  await tabTo(page, "فرستادن پرسش");
  await page.keyboard.press("Enter");
  await page.getByText("پرسش شما فرستاده شد.").waitFor();
  await page.locator("h1").focus();
  await tabTo(page, "متن پاسخ");
  await page.keyboard.type("پاسخ من این است که چنین نبود.");
  await tabTo(page, "فرستادن پاسخ");
  await page.keyboard.press("Enter");
  await page.getByText("پاسخ شما فرستاده شد.").waitFor();
  const kept = "JSON.stringify([localStorage, sessionStorage, location.href, document.cookie])";
  expect(await page.evaluate<string>(kept)).not.toContain(secret.slice(0, 4));
  await page.reload();
  await page.getByLabel("رمز").waitFor();
  expect(await page.getByLabel("رمز").inputValue()).toBe("");
  expect(unexpected(complaints)).toEqual([]);
});

test("on a phone, a notice stands after an answer on paper, and the personnel office reads it", async () => {
  const { id, printed } = await servedNotice("phone");
  await serve("inspector-2", id, "declined", "phone");
  await confirm("inspector-4", id, "phone");
  const late = await openFirst(id, printed, "phone");
  await late.page.getByText("می‌توانید پاسخ دهید: تا").waitFor();
  await finish(late, "employee-served-phone");

  const typing = await openNotice("inspector-2", id, "phone");
  await typing.page.getByText("وارد کردن پاسخ کاغذی کارمند").click();
  await typing.page.locator("details[open] input[type=file]").last().setInputFiles(scan);
  await typing.page.getByText("آماده است").waitFor();
  await send(typing, {
    label: "متن پاسخ کارمند",
    text: "آن روز بیمار بودم و پوزش می‌خواهم.",
    button: "ثبت پاسخ کاغذی",
    done: "پاسخ کاغذی ثبت شد.",
  });
  await finish(typing, "notice-paper-phone");

  await cloud.clock.advance(11 * dayMs);
  const deciding = await openNotice("inspector-3", id, "phone");
  await send(deciding, { ...decision, outcome: "موضوع ابلاغیه پابرجاست" });
  await finish(deciding, "notice-decided-phone");
  const reading = await employeePage("phone");
  await openAsEmployee(reading.page, { id, secret: late.secret });
  await reading.page.getByText("می‌توانید اعتراض کنید: تا").waitFor();
  await finish(reading, "employee-decided-phone");

  const search = async (name: string) => {
    const desk = await desks.signInNow("personnel-education", { screen: "phone" });
    await desk.page.getByLabel("شمارهٔ پرسنلی").fill(persian(employee.personnelId));
    await desk.page.getByRole("button", { name: "یافتن سوابق" }).click();
    await desk.page.getByText("نه امتیاز است، نه رتبه").waitFor();
    const found = await desk.page.locator(".record").allTextContents();
    expect(desk.page.url()).not.toContain(employee.personnelId);
    await finish(desk, name);
    return found;
  };
  expect(await search("records-none-phone")).toEqual([]);
  await cloud.clock.advance(31 * dayMs);
  const [entry, ...others] = await search("records-phone");
  expect(others).toEqual([]);
  expect(entry).toContain("کارمند با صدای بلند ارباب‌رجوع را از باجه راند.");
  expect(entry).toContain("آن روز بیمار بودم و پوزش می‌خواهم.");
  expect(entry).toContain(decision.text);

  const auditing = await desks.signInNow("admin");
  await auditing.page.locator('header a[href="/desk/audit"]').click();
  await auditing.page.getByText("دیدن سوابق یک کارمند").first().waitFor();
  await auditing.close();
});
