import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { Answered, Receipt } from "../support/api-caller.ts";
import { startBrowser } from "../support/browser.ts";
import { type Mail, mailsAbout } from "../support/mailbox.ts";
import { startOfHour, withLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";

const cloud = withLocalCloud("qazvin", startOfHour());
const flood = sizeOf("flood");
const atOnce = 8;

const agency = "agency-social-security";
const officer = { name: "مریم رستمی" };
const day = 24 * 60 * 60_000;

// The first page and figures are made within the first hour, which takes as long as a scenario.
beforeAll(() => cloud.clock.advance(60 * 60_000));

const filedFor = (email: string) => cloud.file({ citizen: { email } });
const form = { "content-type": "application/x-www-form-urlencoded" };

async function mailsTo(email: string, { id }: Pick<Receipt, "id">): Promise<Mail[]> {
  await cloud.quiet();
  return (await mailsAbout(cloud.endpoints, id)).filter(({ to }) => to.includes(email));
}

/** How the agency goes on, of which the citizen is to hear. */
async function acknowledged({ id }: Receipt): Promise<void> {
  const path = `/v1/agency/complaints/${id}/acknowledgement`;
  const { status, text } = await cloud.call({ as: agency, method: "POST", path, body: { officer } });
  expect(status, text).toBe(200);
}

/** Where the mail's one click leads, past the name of the deployed address. */
function refusalIn(mail: Mail | undefined): string {
  const [, address = ""] = /^<(.+)>$/.exec(mail?.headers["list-unsubscribe"] ?? "") ?? [];
  expect(mail?.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
  expect(address.startsWith(cloud.endpoints.api)).toBe(true);
  return address.slice(cloud.endpoints.api.length);
}

const click = (path: string, raw = "List-Unsubscribe=One-Click", headers: Record<string, string> = form) =>
  cloud.call({ method: "POST", path, raw, headers });

test("of a flood that names one stranger's address five begin to mail it; who was mailed before goes on being told", {
  timeout: 3_600_000,
}, async () => {
  const email = "stranger@mail.example";
  const genuine = await filedFor(email);
  const receipts: Receipt[] = [];
  for (let n = 0; n < flood; n += atOnce)
    receipts.push(...(await Promise.all(Array.from({ length: Math.min(atOnce, flood - n) }, () => filedFor(email)))));
  await cloud.quiet();
  const mails = (await mailsAbout(cloud.endpoints, "")).filter(({ to }) => to.includes(email));
  const begun = new Set(mails.map(({ subject }) => subject));
  expect(mails).toHaveLength(5);
  expect(begun.size).toBe(5);
  expect([...begun].filter((subject) => receipts.some(({ id }) => subject.includes(id)))).toHaveLength(4);
  expect(new Set(receipts.map((receipt) => Object.keys(receipt).join())).size).toBe(1);
  await acknowledged(genuine);
  expect(await mailsTo(email, genuine)).toHaveLength(2);
  await click(refusalIn(mails[0]));
  const later = receipts.find(({ id }) => [...begun].some((subject) => subject.includes(id)));
  if (!later) throw new Error("none of the flood was told of");
  await acknowledged(later);
  expect(await mailsTo(email, later)).toHaveLength(1);
});

test("the next day others may begin; an address counts as the same in capitals and with a + behind its name", async () => {
  const spellings = ["crowd@mail.example", "Crowd@mail.example", "crowd+work@mail.example"];
  const spelt = (n: number) => spellings[n % spellings.length] ?? "";
  const told = [];
  for (let n = 0; n < 7; n++) told.push((await mailsTo(spelt(n), await filedFor(spelt(n)))).length);
  expect(told).toEqual([1, 1, 1, 1, 1, 0, 0]);
  await cloud.clock.advance(day);
  expect(await mailsTo(spelt(0), await filedFor(spelt(0)))).toHaveLength(1);
});

test("a filing is answered the same whether it mails or not, and repeated it is the same one", async () => {
  const email = "replay@mail.example";
  for (let n = 0; n < 5; n++) await filedFor(email);
  const key = crypto.randomUUID();
  const first = await cloud.file({ citizen: { email } }, key);
  expect(await cloud.file({ citizen: { email } }, key)).toEqual(first);
  expect(await mailsTo(email, first)).toEqual([]);
  const { body } = await cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${first.id}/identity` });
  expect(body).toMatchObject({ email });
});

test("one click of a mail program ends all mail to the address, about every complaint; undone, it goes on", async () => {
  const email = "reader@mail.example";
  const [first, second] = [await filedFor(email), await filedFor(email)];
  const path = refusalIn((await mailsTo(email, first))[0]);
  const refused = await click(path);
  expect(refused).toMatchObject({ status: 200 });
  expect(refused.text).toContain('<html lang="fa" dir="rtl">');
  for (const one of [first, second]) await acknowledged(one);
  expect(await mailsTo(email, first)).toHaveLength(1);
  expect(await mailsTo(email, second)).toHaveLength(1);
  expect(await mailsTo(email, await filedFor(email))).toEqual([]);
  // Others are told as before.
  const other = await filedFor("other.reader@mail.example");
  expect(await mailsTo("other.reader@mail.example", other)).toHaveLength(1);
  await click(path, "List-Unsubscribe=Undo");
  expect(await mailsTo(email, await filedFor(email))).toHaveLength(1);
});

test("whoever only opens the address refuses nothing, as scanners of mails do", async () => {
  const email = "scanned@mail.example";
  const path = refusalIn((await mailsTo(email, await filedFor(email)))[0]);
  const page = await cloud.call({ path, headers: { "accept-language": "en" } });
  expect(page.status).toBe(200);
  expect(page.text).toContain('<form method="post">');
  expect(page.text).toContain('<html lang="en" dir="ltr">');
  expect(page.headers.get("content-security-policy")).toContain("form-action 'self'");
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(await mailsTo(email, await filedFor(email))).toHaveLength(1);
});

test("the page's button refuses, and the one after it undoes that, in a browser without scripts", async () => {
  const email = "browser@mail.example";
  const path = refusalIn((await mailsTo(email, await filedFor(email)))[0]);
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ javaScriptEnabled: false, locale: "fa-IR" });
  const violations: string[] = [];
  page.on("console", (message) => violations.push(message.text()));
  await page.goto(cloud.endpoints.api + path);
  await page.getByRole("button", { name: "دیگر پیام نفرستید" }).click();
  await page.getByRole("heading", { name: "دیگر پیامی فرستاده نمی‌شود" }).waitFor();
  expect(await mailsTo(email, await filedFor(email))).toEqual([]);
  await page.getByRole("button", { name: "برگرداندن: پیام‌ها را بفرستید" }).click();
  await page.getByRole("heading", { name: "پیام‌ها دوباره فرستاده می‌شود" }).waitFor();
  expect(await mailsTo(email, await filedFor(email))).toHaveLength(1);
  expect(violations).toEqual([]);
});

test("the form may come in parts, as RFC 8058 allows", async () => {
  const email = "parts@mail.example";
  const path = refusalIn((await mailsTo(email, await filedFor(email)))[0]);
  const parts = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  expect(await click(path, parts, { "content-type": "multipart/form-data; boundary=x" })).toMatchObject({
    status: 200,
  });
  expect(await mailsTo(email, await filedFor(email))).toEqual([]);
});

test("a governor's address cannot be refused, though a citizen left it", async () => {
  const governor = "governor.abyek@qazvin.example";
  const [mail] = await mailsTo(governor, await filedFor(governor));
  expect(mail?.headers["list-unsubscribe"]).toBeUndefined();
  expect(mail?.text).not.toContain("/v1/mail/unsubscribe");
});

const nobodys = "0".repeat(64);
const to = (token: string) => `/v1/mail/unsubscribe?token=${token}`;
const refusedClicks: [string, () => Promise<Answered>, number, string][] = [
  ["a token of nobody's", () => click(to(nobodys)), 400, "token"],
  ["a token cut short", () => click(to("0f")), 400, "token"],
  ["a page for a token of nobody's", () => cloud.call({ path: to(nobodys) }), 400, "token"],
  ["no token", () => click("/v1/mail/unsubscribe"), 400, "token"],
  ["an empty form", () => click(to(nobodys), ""), 400, '["List-Unsubscribe"]'],
  ["another value", () => click(to(nobodys), "List-Unsubscribe=Maybe"), 400, '["List-Unsubscribe"]'],
  ["parts without a boundary", () => click(to(nobodys), "x", { "content-type": "multipart/form-data" }), 400, ""],
];

test.each(refusedClicks)("%s is refused in words, and writes nothing", async (_, clicked, status, path) => {
  await cloud.quiet();
  const before = await cloud.tables.everything();
  expect(await clicked()).toMatchObject({ status, body: { code: "invalid", errors: [{ path }] } });
  expect(await cloud.tables.everything()).toBe(before);
});

test("JSON is not what a mail program sends", async () => {
  const sent = click(to(nobodys), "{}", { "content-type": "application/json" });
  const detail = expect.stringContaining("application/x-www-form-urlencoded, multipart/form-data");
  expect(await sent).toMatchObject({ status: 415, body: { code: "unsupported-media-type", detail } });
});
