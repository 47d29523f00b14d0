import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  axeFaults,
  chooseWho,
  focused,
  type Opening,
  overflowOf,
  picture,
  pressTwice,
  reading,
  withDesks,
  words,
} from "../support/desk-browser.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const desks = withDesks(cloud);
const { eventsOf, firstCause } = reading(cloud);
const hour = 60 * 60_000;
const officer = "officer-social-security";
const sizes = ["desktop", "phone"] as const;

const answerText = "پاسخی که نباید گم شود، چون شهروند منتظر آن است.";

const openAnswer = async (filed: { id: string }) => {
  const desk = await desks.signIn(officer);
  await desk.page.locator(`.cases a[href$="${filed.id}"]`).click();
  await desk.page.getByLabel(words.fa.founded, { exact: true }).check();
  await desk.page.getByLabel(words.fa.cause).selectOption({ index: 1 });
  await desk.page.getByLabel(words.fa.text).fill(answerText);
  const answer = () => desk.page.getByRole("button", { name: words.fa.answer }).click();
  const typed = () => desk.page.getByLabel(words.fa.text).inputValue();
  return { ...desk, answer, typed };
};

describe("nothing typed is lost, and nothing is sent twice", () => {
  test("while the server is not there", async () => {
    const filed = await cloud.file();
    const { page, answer, typed } = await openAnswer(filed);
    await page.route("**/v1/**", (route) => route.abort());
    await answer();
    await page.getByRole("alert").first().waitFor();
    expect(await typed()).toBe(answerText);
    await page.unroute("**/v1/**");
    await answer();
    await expect.poll(() => eventsOf(filed)).toEqual(["filed", "answered"]);
  });

  test("where the answer to what was sent is lost", async () => {
    const filed = await cloud.file();
    const { page, answer } = await openAnswer(filed);
    let lost = 0;
    await page.route("**/answer", async (route) => {
      await route.fetch();
      lost++;
      await route.abort();
    });
    await answer();
    await page.getByRole("alert").first().waitFor();
    await page.unroute("**/answer");
    await answer();
    await page.getByRole("button", { name: words.fa.answer }).waitFor({ state: "detached" });
    expect(lost).toBeGreaterThan(0);
    expect(await eventsOf(filed)).toEqual(["filed", "answered"]);
  });

  test("where a colleague was faster: it is shown what changed", async () => {
    const filed = await cloud.file();
    const { page, answer, typed } = await openAnswer(filed);
    const body = { officer: { name: "مریم کریمی" } };
    const path = `/v1/agency/complaints/${filed.id}/acknowledgement`;
    await cloud.call({ as: "agency-social-security", method: "POST", path, body });
    await answer();
    await page.getByRole("alert").first().waitFor();
    expect(await typed()).toBe(answerText);
    await page.locator(".changed").getByText("مریم کریمی").waitFor();
    await page.locator(".sentences li", { hasText: /^اعلام دریافت:.*انجام شد/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, "conflict");
    await answer();
    await expect.poll(() => eventsOf(filed)).toEqual(["filed", "acknowledged", "answered"]);
  });

  test("where a colleague has answered already: the text is there to copy", async () => {
    const filed = await cloud.file();
    const { page, answer } = await openAnswer(filed);
    const body = {
      officer: { name: "مریم کریمی" },
      finding: "unfounded",
      cause: await firstCause(),
      text: "پاسخ همکار.",
    };
    const path = `/v1/agency/complaints/${filed.id}/answer`;
    await cloud.call({ as: "agency-social-security", method: "POST", path, body });
    await answer();
    await page.locator("#acts").getByText(answerText).waitFor();
    expect(await eventsOf(filed)).toEqual(["filed", "answered"]);
    await page.getByRole("button", { name: "دور ریختن" }).click();
    await page.locator("#acts").getByText(answerText).waitFor({ state: "detached" });
  });

  test("while it is sent slowly, and the officer looks elsewhere meanwhile", async () => {
    const filed = await cloud.file();
    const { page } = await desks.signIn(officer);
    await page.locator(`.cases a[href$="${filed.id}"]`).click();
    await page.getByText("پرسش یا پیام به شهروند").click();
    await page.locator("details[open] textarea").last().fill("کدام روز آمدید؟");
    await page.route("**/messages", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      await route.continue();
    });
    await page.getByRole("button", { name: "فرستادن پیام" }).click();
    await page.goBack();
    await page.goForward();
    await page.getByText("پرسش یا پیام به شهروند").click();
    await page.getByRole("button", { name: "در حال فرستادن…" }).click();
    await expect.poll(() => eventsOf(filed)).toEqual(["filed", "message-posted"]);
    await page.waitForTimeout(5_000);
    expect(await eventsOf(filed)).toEqual(["filed", "message-posted"]);
  });

  test("after going back and returning", async () => {
    const filed = await cloud.file();
    const { page, typed } = await openAnswer(filed);
    await page.goBack();
    await page.locator(".cases").waitFor();
    await page.goForward();
    await page.getByLabel(words.fa.text).waitFor();
    expect(await typed()).toBe(answerText);
  });

  test("after the sign-in has ended, by signing in again beside it", async () => {
    const filed = await cloud.file();
    const { page, answer, typed } = await openAnswer(filed);
    await cloud.clock.advance(9 * hour);
    await answer();
    const again = page.getByRole("button", { name: "دوباره وارد شوید" });
    await again.waitFor();
    expect(await typed()).toBe(answerText);
    await picture(page, "session-ended");
    const [beside] = await Promise.all([page.waitForEvent("popup"), again.click()]);
    await chooseWho(beside, officer);
    await again.waitFor({ state: "detached" });
    await answer();
    await expect.poll(() => eventsOf(filed)).toContain("answered");
  });
});

test("the desk says why a form is missing that the officer looks for", async () => {
  const filed = await cloud.file();
  const act = async (agency: string, move: string, body: object) => {
    const path = `/v1/agency/complaints/${filed.id}/${move}`;
    const { status, text } = await cloud.call({ as: `agency-${agency}`, method: "POST", path, body });
    expect(status, text).toBe(200);
  };
  const reason = "به آن دستگاه مربوط است.";
  await act("social-security", "transfer", { toAgencyId: "gas", reason });
  await act("gas", "transfer", { toAgencyId: "social-security", reason });
  await act("social-security", "acknowledgement", { officer: { name: "مریم کریمی" } });
  await act("social-security", "extension", { reason: "پرونده در بایگانی شهر دیگری است." });
  const { page } = await desks.signIn(officer, { at: `/desk/agency/${filed.id}` });
  await page.getByText("تنها بازرس ارجاع می‌دهد").waitFor();
  await page.getByText("یک بار تمدید شده است").waitFor();
  expect(await page.getByText("ارجاع به دستگاه دیگر", { exact: true }).count()).toBe(0);
  await picture(page, "why-not");
});

test("where somebody else signs in at the end of a session, nothing of the person before is left", async () => {
  const filed = await cloud.file({ description: "شرحی که دیگری نباید ببیند." });
  const { page, answer } = await openAnswer(filed);
  await cloud.clock.advance(9 * hour);
  await answer();
  const again = page.getByRole("button", { name: "دوباره وارد شوید" });
  const [beside] = await Promise.all([page.waitForEvent("popup"), again.click()]);
  await chooseWho(beside, "officer-gas");
  await page.getByRole("heading", { name: /گاز/ }).waitFor();
  expect(await page.content()).not.toMatch(/شرحی که|نباید گم شود/);
  // The nine hours may pass a deadline.
  expect((await eventsOf(filed)).filter((type) => type !== "escalated")).toEqual(["filed"]);
});

test("a new complaint is announced within a minute, without a word of it, and none that the first list shows", async () => {
  const before = await cloud.file();
  const { page } = await desks.signIn(officer);
  await page.locator(`.cases a[href$="${before.id}"]`).waitFor();
  await cloud.file({ description: "متنی که در اعلان نیست" });
  // Feeds have what is older than half a minute.
  await cloud.clock.advance(60_000);
  await page.locator(".announce b").waitFor();
  expect(await page.title()).toMatch(/^\(۱\)/);
  expect(await page.title()).not.toContain("متنی");
  await page.getByRole("button", { name: "English" }).click();
  await page.locator(".announce b", { hasText: "1 new complaint" }).waitFor();
  await page.waitForTimeout(25_000);
  expect(await page.title()).toMatch(/^\(1\)/);
});

test("a note at a field is in words of the desk, and goes away when the field is changed", async () => {
  const filed = await cloud.file();
  const { page } = await desks.signIn(officer, { at: `/desk/agency/${filed.id}` });
  const send = page.getByRole("button", { name: words.fa.answer });
  await send.click();
  const notes = () => page.locator(".field-note strong").allTextContents();
  await expect.poll(notes).toEqual(["یکی را انتخاب کنید.", "یکی را انتخاب کنید.", "پاسخ را بنویسید."]);
  await page.getByLabel(words.fa.founded, { exact: true }).check();
  await expect.poll(notes).toEqual(["یکی را انتخاب کنید.", "پاسخ را بنویسید."]);
  await page.getByLabel(words.fa.text).fill("ا");
  await expect.poll(notes).toEqual(["یکی را انتخاب کنید."]);
  await send.click();
  await expect.poll(notes).toEqual(["یکی را انتخاب کنید.", "پاسخ باید دست‌کم ۲ نویسه داشته باشد."]);
  await page.getByLabel(words.fa.cause).selectOption({ index: 1 });
  await page.getByLabel(words.fa.text).fill("عذرخواهی شد و همکاری به‌جای او معرفی شد.");
  await expect.poll(notes).toEqual([]);
  expect(await page.getByRole("alert").count()).toBe(0);
  await page.getByRole("button", { name: "افزودن اقدام" }).click();
  await page.getByLabel("روز", { exact: true }).selectOption("11");
  await send.click();
  await expect.poll(notes).toEqual(["هر سطر را کامل بنویسید، یا حذف کنید."]);
  await page.getByLabel("روز", { exact: true }).selectOption("");
  await expect.poll(notes).toEqual([]);
  // The added action is blank now: it is left out of the answer.
  await send.click();
  await expect.poll(() => eventsOf(filed)).toContain("answered");
});

test.each(sizes)(
  "on a %s, after an answer the desk says so in sight, leads on, and shows the case as the citizen's turn",
  async (screen) => {
    const filed = [];
    for (let n = 0; n < 2; n++) filed.push(await cloud.file({ agencyId: "gas", officeId: undefined }));
    const { page } = await desks.signIn("officer-gas", { screen });
    await page.locator(".cases > li").nth(1).waitFor();
    const before = await countOf(page, "منتظر شما");
    expect(before).toBe(await page.locator(".cases > li").count());
    const [first, second] = filed.map(({ id }) => id);
    await page.locator(`.cases a[href$="${first}"]`).click();
    await page.getByLabel(words.fa.founded, { exact: true }).check();
    await page.getByLabel(words.fa.cause).selectOption({ index: 1 });
    await page.getByLabel(words.fa.text).fill("عذرخواهی شد و همکاری به‌جای او معرفی شد.");
    await page.getByRole("button", { name: words.fa.answer }).click();
    await page.getByText("پاسخ شما فرستاده شد.").waitFor();
    expect(await focused(page)).toBe("پاسخ شما فرستاده شد.");
    const place = await page.locator(".done").boundingBox();
    expect(place && place.y > 0 && place.y + place.height < (page.viewportSize()?.height ?? 0)).toBe(true);
    await picture(page, `officer-next-${screen}`);
    const next = page.locator("#acts a", { hasText: /QZ-/ });
    expect(await next.getAttribute("href")).not.toContain(first);
    await page.getByText("پرسش یا پیام به شهروند").click();
    await page.locator("#acts details[open] textarea").fill("اگر پرسشی دارید بنویسید.");
    await page.getByRole("button", { name: "فرستادن پیام" }).click();
    await page.getByText("پیام شما برای شهروند فرستاده شد.").waitFor();
    expect(await page.getByText("پاسخ شما فرستاده شد.").count()).toBe(0);
    await next.click();
    await page.getByRole("button", { name: words.fa.acknowledge }).waitFor();
    await page.locator("header .home").click();
    await expect.poll(() => countOf(page, "منتظر شما")).toBe(before - 1);
    await expect.poll(() => page.locator(".cases > li").count()).toBe(before - 1);
    expect(await chosen(page)).toMatch(/منتظر شما/);
    const rowOf = (id = "") => page.locator(`.cases a[href$="${id}"] .row-due`);
    expect(await rowOf(second).textContent()).toContain("مانده");
    await page.locator(".counts a", { hasText: "نوبت شهروند" }).click();
    await expect.poll(() => rowOf(first).textContent()).toMatch(/^نوبت شهروند/);
    expect(await rowOf(first).textContent()).not.toContain("مانده");
    expect(await page.locator(".cases > li").count()).toBe(await countOf(page, "نوبت شهروند"));
    expect(await chosen(page)).toMatch(/نوبت شهروند/);
    expect(await page.locator(".filters").getAttribute("open")).toBeNull();
    expect(await axeFaults(page)).toEqual([]);
    await page.locator(".counts a", { hasText: "همهٔ باز" }).click();
    await rowOf(second).waitFor();
    await expect.poll(() => page.locator(".cases > li").count()).toBe(await countOf(page, "همهٔ باز"));
    await rowOf(first).waitFor();
    await picture(page, `officer-list-${screen}`);
  },
);

test("a row says that the citizen has not replied to a message, until the citizen writes", async () => {
  const filed = await cloud.file({ agencyId: "post", officeId: undefined });
  const { page } = await desks.signIn("officer-post", { at: `/desk/agency/${filed.id}` });
  await page.getByText(messageWords.fa.open).click();
  await page.locator("#acts details[open] textarea").last().fill("کدام روز آمدید؟");
  await page.getByRole("button", { name: messageWords.fa.send }).click();
  await page.getByText(messageWords.fa.done).waitFor();
  const row = page.locator(`.cases a[href$="${filed.id}"]`);
  await page.locator("header .home").click();
  await row.getByText("پیام دستگاه بی‌پاسخ است").waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "officer-waits");
  const { secret } = filed;
  const body = { text: "شنبه آمدم." };
  await cloud.call({ secret, method: "POST", path: `/v1/complaints/${filed.id}/messages`, body });
  await page.reload();
  await row.getByText("۱ پیام تازه").waitFor();
  expect(await row.getByText("پیام دستگاه بی‌پاسخ است").count()).toBe(0);
});

test("the number of what is due soon leads to exactly these, for officer and inspector", async () => {
  const [deskOf, open] = ["officer-bank-melli", { agencyId: "bank-melli", officeId: undefined }] as const;
  // Of this category, an acknowledgement is due in one office hour, and an answer in three: always soon, and never.
  const category = "disrespect";
  const soon = await cloud.file({ ...open, category });
  const acknowledged = await cloud.file({ ...open, category });
  const path = `/v1/agency/complaints/${acknowledged.id}/acknowledgement`;
  await cloud.call({ as: "agency-bank-melli", method: "POST", path, body: { officer: { name: "مریم رستمی" } } });
  for (const [sub, address] of [
    [deskOf, "/desk/agency?dueSoon=true"],
    ["inspector-1", "/desk/inspector?queue=all&dueSoon=true"],
  ] as const) {
    const { page } = await desks.signIn(sub);
    await page.locator(".counts a", { hasText: "کمتر از ۲ ساعت کاری" }).click();
    await page.locator(`.cases a[href$="${soon.id}"]`).waitFor();
    expect(page.url()).toContain(address);
    expect(await chosen(page)).toMatch(/کمتر از ۲ ساعت کاری/);
    expect(await page.locator(".cases > li").count()).toBe(await countOf(page, "کمتر از ۲ ساعت کاری"));
    expect(await page.locator(".filters").getAttribute("open")).toBeNull();
    if (sub === deskOf) expect(await page.locator(".cases > li").count()).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `due-soon-${sub}`);
  }
});

test("after a transfer the list says that it was done", async () => {
  const filed = await cloud.file({ agencyId: "gas", officeId: undefined });
  const { page } = await desks.signIn("officer-gas", { at: `/desk/agency/${filed.id}` });
  await page.locator("#acts summary", { hasText: "ارجاع به دستگاه دیگر" }).click();
  await page.getByLabel("به دستگاه").selectOption({ index: 1 });
  await page.getByLabel("دلیل").last().fill("در حوزهٔ کار ما نیست.");
  expect(await pressTwice(page, "ارجاع به دستگاه دیگر")).toContain("شکایت به «");
  await page.getByText(`پروندهٔ ${filed.id} به دستگاه دیگر ارجاع شد.`).waitFor();
  expect(await eventsOf(filed)).toEqual(["filed", "transferred"]);
});

const chosen = (page: Page) => page.locator(".counts [aria-current]").textContent();

/** One of the numbers of today. */
async function countOf(page: Page, name: string): Promise<number> {
  await page.locator(".counts").waitFor();
  const shown = await page.locator(".counts li", { hasText: name }).locator("b").textContent();
  return Number((shown ?? "").replace(/[۰-۹]/g, (digit) => String("۰۱۲۳۴۵۶۷۸۹".indexOf(digit))));
}

const colleague = { officer: { name: "مریم کریمی" } };
/** A colleague answers or acknowledges the case elsewhere. */
async function colleagueDoes(move: "answer" | "acknowledgement", { id }: { id: string }) {
  const answer = { finding: "unfounded", cause: await firstCause(), text: "پاسخ همکار." };
  const body = { ...colleague, ...(move === "answer" && answer) };
  const path = `/v1/agency/complaints/${id}/${move}`;
  const { status } = await cloud.call({ as: "agency-social-security", method: "POST", path, body });
  expect(status).toBe(200);
}

const messageWords = {
  fa: {
    open: "پرسش یا پیام به شهروند",
    hint: /پیام هیچ مهلتی را متوقف نمی‌کند و اعلام دریافت نیست/,
    send: "فرستادن پیام",
    changed: "دستگاه پاسخ داد",
    done: "پیام شما برای شهروند فرستاده شد.",
  },
  en: {
    open: "Ask or write to the citizen",
    hint: /A message stops no deadline and acknowledges nothing/,
    send: "Send the message",
    changed: "Answered",
    done: "Your message is sent to the citizen.",
  },
};

async function openMessage(filed: { id: string }, opening: Opening = {}) {
  const said = messageWords[opening.language ?? "fa"];
  const { page } = await desks.signIn(officer, { ...opening, at: `/desk/agency/${filed.id}` });
  await page.getByText(said.open).click();
  const field = page.locator("#acts details[open]", { hasText: said.open }).locator("textarea");
  await field.fill("کدام روز آمدید؟");
  return { page, said, field, send: () => page.getByRole("button", { name: said.send }).click() };
}

test.each([
  ["fa", "desktop"],
  ["en", "phone"],
] as const)(
  "in %s on a %s, a message is sent only after a look at what a colleague did meanwhile",
  async (language, screen) => {
    const filed = await cloud.file();
    const { page, said, field, send } = await openMessage(filed, { language, screen });
    await page.getByText(said.hint).waitFor();
    await colleagueDoes("answer", filed);
    await send();
    await page.getByRole("alert").first().waitFor();
    await page.locator(".changed summary", { hasText: said.changed }).waitFor();
    await page.locator(".changed").getByText("پاسخ همکار.").waitFor();
    expect(await field.inputValue()).toBe("کدام روز آمدید؟");
    expect(await eventsOf(filed)).toEqual(["filed", "answered"]);
    expect(await axeFaults(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await picture(page, `message-${language}-${screen}`);
    await send();
    await page.getByText(said.done).waitFor();
    expect(await eventsOf(filed)).toEqual(["filed", "answered", "message-posted"]);
  },
);

test("what a colleague does while one types moves nothing, and is looked at before a message is sent", async () => {
  const filed = await cloud.file();
  const { page, field, send } = await openMessage(filed);
  const place = async () => (await field.boundingBox())?.y ?? 0;
  const before = await place();
  await colleagueDoes("acknowledgement", filed);
  await page.locator(".changed").waitFor();
  await page.getByRole("button", { name: words.fa.acknowledge }).waitFor({ state: "detached" });
  expect(Math.abs((await place()) - before)).toBeLessThan(2);
  await send();
  await page.getByRole("alert").first().waitFor();
  expect(await eventsOf(filed)).toEqual(["filed", "acknowledged"]);
  await page.getByRole("button", { name: "دیدم" }).click();
  await page.locator(".changed").waitFor({ state: "detached" });
  await send();
  await expect.poll(() => eventsOf(filed)).toEqual(["filed", "acknowledged", "message-posted"]);
});

test("who has seen the changes is not asked again", async () => {
  const filed = await cloud.file();
  const { page, send } = await openMessage(filed);
  await colleagueDoes("acknowledgement", filed);
  await page.getByRole("button", { name: "دیدم" }).click();
  await send();
  await page.getByText("پیام شما برای شهروند فرستاده شد.").waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});

test("a mended note leaves its place empty until the form is sent again", async () => {
  const filed = await cloud.file();
  const { page } = await desks.signIn(officer, { at: `/desk/agency/${filed.id}` });
  await page.getByRole("button", { name: words.fa.answer }).click();
  await expect.poll(() => page.locator(".field-note strong").count()).toBe(3);
  const field = page.getByLabel(words.fa.text);
  const place = async () => (await field.boundingBox())?.y;
  const before = await place();
  await page.getByLabel(words.fa.founded, { exact: true }).check();
  await page.getByLabel(words.fa.cause).selectOption({ index: 1 });
  expect(await place()).toBe(before);
  await field.pressSequentially("عذرخواهی شد.");
  await page.getByRole("alert").waitFor({ state: "detached" });
  expect(await place()).toBe(before);
  expect(await axeFaults(page)).toEqual([]);
});

test.each([
  ["fa", "این پاسخ کوتاه است", /پاسخ کوتاه است؛ شهروند همین را می‌خواند/],
  ["en", "A short answer", /The answer is short/],
] as const)(
  "in %s, a short answer is looked at once more, and a double click is no look",
  async (language, typed, asked) => {
    const filed = await cloud.file();
    const { page } = await desks.signIn(officer, { language, at: `/desk/agency/${filed.id}` });
    const said = words[language];
    await page.getByLabel(said.founded, { exact: true }).check();
    await page.getByLabel(said.cause).selectOption({ index: 1 });
    await page.getByLabel(said.text).fill(typed);
    const send = page.getByRole("button", { name: said.answer });
    await send.dblclick();
    await page.getByText(asked).waitFor();
    await page.waitForTimeout(1_000);
    expect(await eventsOf(filed)).toEqual(["filed"]);
    await page.getByLabel(said.text).fill(`${typed}.`);
    await page.getByText(asked).waitFor({ state: "detached" });
    await send.click();
    await page.getByText(asked).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.waitForTimeout(1_000);
    await send.click();
    await expect.poll(() => eventsOf(filed)).toEqual(["filed", "answered"]);
  },
);

test("a day that is not chosen to the end is asked for, and not lost", async () => {
  const filed = await cloud.file();
  const { page } = await desks.signIn(officer, { at: `/desk/agency/${filed.id}` });
  const form = page.locator("form", { has: page.getByRole("button", { name: "فرستادن پاسخ" }) });
  await form.getByLabel("وارد است", { exact: true }).check();
  await form.getByLabel("علت").selectOption({ index: 1 });
  await form.getByLabel("متن پاسخ").fill("به شکایت شما رسیدگی شد و کارشناس باجه تعیین شد.");
  await form.getByRole("button", { name: "افزودن اقدام" }).click();
  await form.getByLabel("اقدام", { exact: true }).fill("تعیین جانشین");
  await form.getByLabel("روز", { exact: true }).selectOption("11");
  await form.getByRole("button", { name: "فرستادن پاسخ" }).click();
  await form.getByText("هر سطر را کامل بنویسید").waitFor();
  expect(await eventsOf(filed)).toEqual(["filed"]);
  expect(await form.getByLabel("روز", { exact: true }).inputValue()).toBe("11");
  await form.getByLabel("ماه", { exact: true }).selectOption("12");
  await form.getByRole("button", { name: "فرستادن پاسخ" }).click();
  await expect.poll(() => eventsOf(filed)).toEqual(["filed", "answered"]);
});

test("the forms and switches say what they mean", async () => {
  const filed = await cloud.file();
  const { page } = await desks.signIn(officer, { at: `/desk/agency/${filed.id}` });
  await page.getByText("اگر شکایت وارد نیست: «علتی یافت نشد».").waitFor();
  await page.getByRole("button", { name: "افزودن اقدام" }).click();
  await page.getByText("تا روز (اختیاری)").waitFor();
  await page.getByRole("button", { name: "اقدام دیگر" }).waitFor();
  expect(await page.getByRole("button", { name: "افزودن اقدام" }).count()).toBe(0);
  const deadline = page.locator(".sentences li", { hasText: /^پاسخ تا (امروز |فردا )?\S+ [۰-۹]+ .*، ساعت [۰-۹:]+\./ });
  expect(await deadline.locator("small").textContent()).toMatch(/ از .+[۰-۹]{4}/);
  const notify = page.locator(".announce label", { hasText: "اعلان مرورگر" });
  expect(await notify.getAttribute("title")).toMatch(/^وقتی شکایت تازه‌ای می‌رسد، مرورگر/);
});

test("who is anonymous and who does not consent look the same", async () => {
  const sentence = "مشخصات شهروند در اختیار دستگاه نیست.";
  const identity = { name: "زهرا محمدی", phone: "09122002580" };
  const anonymous = await cloud.file();
  const silent = await cloud.file({ citizen: identity });
  const known = await cloud.file({ citizen: { ...identity, shareWithAgency: true } });
  const { page } = await desks.signIn(officer, { at: `/desk/agency/${anonymous.id}` });
  await page.getByText(sentence).waitFor();
  await page.goto(`${cloud.endpoints.api}/desk/agency/${silent.id}`);
  await page.getByText(sentence).waitFor();
  await page.goto(`${cloud.endpoints.api}/desk/agency/${known.id}`);
  await page.getByText("زهرا محمدی").waitFor();
  expect(await page.getByText(sentence).count()).toBe(0);
});
