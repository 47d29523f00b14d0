import type { Page } from "playwright-core";
import { expect } from "vitest";
import * as z from "zod";
import type { Receipt } from "./api-caller.ts";
import { axeFaults, type OpenDesk, overflowOf, picture, unexpected, type withDesks } from "./desk-browser.ts";
import { someFiles } from "./sample-files.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

const agencyId = "education";
export const officer = { name: "الهام نوری" };
export const employee = { name: "رضا کریمی", personnelId: "40218" };
/** Each value is in no other text. */
const citizen = {
  name: "ترانه مهرآیین",
  phone: "09121110001",
  nationalId: "0499370899",
  email: "taraneh-canary@reader.example",
};
const citizenText = "پیرزنی که عصای آبی داشت پشت باجهٔ هفدهم گریه می‌کرد.";
const canaries = [
  ...citizen.name.split(" "),
  citizen.phone.slice(1),
  citizen.nationalId,
  "canary",
  "عصای آبی",
  "هفدهم",
];

/** Nothing of the citizen is on a page about a notice, nor on the letter. */
async function expectNoCitizen(shown: { innerHTML(): Promise<string> }): Promise<void> {
  const html = await shown.innerHTML();
  for (const canary of canaries) expect(html).not.toContain(canary);
}

export const scan = {
  name: "رسید.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.from(someFiles["image/jpeg"]),
};

const Listed = z.object({ notices: z.array(z.object({ id: z.string(), status: z.string() })) });

/** The steps of a notice that happen beside the browser: what citizens and agencies do through the API. */
export function besideTheBrowser(cloud: TheLocalCloud) {
  async function done(call: { as?: string; secret?: string; path: string; body: object }) {
    const answered = await cloud.call({ ...call, method: "POST" });
    expect(answered.status, answered.text).toBeLessThan(300);
  }
  return {
    /** A complaint that inspector 2 decided as founded, with conduct as its cause. */
    async decidedComplaint(): Promise<Receipt> {
      const filed = await cloud.file({ agencyId, officeId: undefined, description: citizenText, citizen });
      const judged = { finding: "founded", cause: "conduct", text: "رفتار کارمند درست نبود." };
      const path = `/v1/agency/complaints/${filed.id}/answer`;
      await done({ as: `agency-${agencyId}`, path, body: { officer, ...judged } });
      const dispute = { reason: "عذرخواهی نشد." };
      await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}/dispute`, body: dispute });
      const decision = { ...judged, actions: [], upholdsAnswer: true };
      await done({ as: "inspector-2", path: `/v1/inspector/complaints/${filed.id}/decision`, body: decision });
      return filed;
    },
    async noticeOf({ id, secret }: Receipt) {
      const { body } = await cloud.call({ secret, path: `/v1/complaints/${id}` });
      const [notice] = Listed.parse(body).notices;
      return notice;
    },
    agree: ({ id, secret }: Receipt, noticeId: string) =>
      done({ secret, path: `/v1/complaints/${id}/notices/${noticeId}/consent`, body: { agrees: true } }),
  };
}

type Desks = ReturnType<typeof withDesks>;
type Screen = "desktop" | "phone";

/** What officials and employees do in the browser with one notice. */
export function inTheBrowser(desks: Desks) {
  const finish = async ({ page, complaints, close }: OpenDesk, name: string) => {
    expect(await axeFaults(page), name).toEqual([]);
    expect(await overflowOf(page), name).toBe(0);
    // The inspector opens a notice on the complaint's own page.
    if (!name.startsWith("notice-opened-")) await expectNoCitizen(page.locator("html"));
    if (name.startsWith("employee-")) expect(await page.locator("body").textContent()).not.toContain("QZ-");
    await picture(page, name);
    expect(unexpected(complaints), name).toEqual([]);
    await close();
  };
  const openNotice = (sub: string, noticeId: string, screen: Screen = "desktop", section = "notices") =>
    desks.signIn(sub, { at: `/desk/${section}/${noticeId}`, screen });

  return {
    finish,
    openNotice,
    /** Opens the form of the notice on the complaint's page, is refused once at each field, and opens it. Returns its id. */
    async open(sub: string, complaintId: string, screen: Screen = "desktop"): Promise<string> {
      const desk = await desks.signIn(sub, { at: `/desk/inspector/${complaintId}`, screen });
      const { page } = desk;
      await page.getByText("تنظیم ابلاغیه برای کارمند").click();
      await page.getByRole("button", { name: "پرسیدن از شهروند" }).click();
      await page.getByText("نام و نام خانوادگی کارمند را بنویسید.").waitFor();
      expect(await page.locator(".act[open] .field-note strong").count()).toBe(4);
      await picture(page, `notice-refused-${screen}`);
      await page.getByLabel("نام و نام خانوادگی کارمند").fill(employee.name);
      await page.getByLabel(/بازرس رأی داد، /).check();
      await page.getByLabel("آنچه به کارمند گفته می‌شود").fill("کارمند با صدای بلند ارباب‌رجوع را از باجه راند.");
      await page.getByLabel("مبنای قانونی").fill("بند ۲ ماده ۸ قانون رسیدگی به تخلفات اداری");
      await page.getByRole("button", { name: "پرسیدن از شهروند" }).click();
      const link = page.getByRole("link", { name: "دیدن ابلاغیه" });
      await link.waitFor();
      const id = (await link.getAttribute("href"))?.split("/").at(-1) ?? "";
      expect(id).toMatch(/^N-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
      await finish(desk, `notice-opened-${screen}`);
      return id;
    },
    /** Prints the letter and closes it. Returns its secret, which is then nowhere. */
    async print(sub: string, noticeId: string, screen: Screen = "desktop"): Promise<string> {
      const desk = await openNotice(sub, noticeId, screen);
      const { page } = desk;
      await page.getByRole("button", { name: "نشان دادن نامه" }).click();
      await page.locator(".letter").waitFor();
      const secret = await page.locator(".letter-codes dd").last().textContent();
      await expectNoCitizen(page.locator("html"));
      expect(await page.locator(".letter").textContent()).not.toContain("QZ-");
      expect(await axeFaults(page)).toEqual([]);
      await picture(page, `letter-${screen}`);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("header").isVisible()).toBe(false);
      await picture(page, `letter-print-${screen}`);
      const sheets = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
      expect(sheets.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
      await page.emulateMedia({ media: "screen" });
      await page.getByRole("button", { name: "چاپ شد؛ بستن نامه" }).click();
      await page.getByText("ثبت ابلاغ").first().waitFor();
      const kept = "document.body.innerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)";
      expect(await page.evaluate<string>(kept)).not.toContain(String(secret));
      await finish(desk, `notice-printed-${screen}`);
      return String(secret);
    },
    /** Records the service with a scan. */
    async serve(sub: string, noticeId: string, way: "receipt" | "declined", screen: Screen = "desktop"): Promise<void> {
      const desk = await openNotice(sub, noticeId, screen);
      const { page } = desk;
      const ways = { receipt: "رسیدی که کارمند امضا کرده است", declined: "خودداری از امضا، با امضای دو مأمور" };
      const send = page.getByRole("button", { name: "ثبت ابلاغ" });
      await send.click();
      await page.getByText("تصویر امضاها را انتخاب کنید.").waitFor();
      await page.getByLabel(ways[way]).check();
      await page.getByLabel("شمارهٔ پرسنلی").fill(employee.personnelId);
      await page.locator("input[type=file]").first().setInputFiles(scan);
      await page.getByText("آماده است").first().waitFor();
      await send.click();
      await page.getByText("ابلاغ را بازرسی تأیید می‌کند که").waitFor();
      await finish(desk, `notice-served-${screen}`);
    },
    async confirm(sub: string, noticeId: string, screen: Screen = "desktop"): Promise<void> {
      const desk = await openNotice(sub, noticeId, screen);
      const { page } = desk;
      await page.getByRole("button", { name: "نمایش" }).click();
      await page.locator(".file img").waitFor();
      await page.getByRole("button", { name: "با تصویر سنجیدم؛ درست است" }).click();
      await page.getByText("ابلاغ تأیید شد. مهلت کارمند آغاز شد.").waitFor();
      await finish(desk, `notice-confirmed-${screen}`);
    },
    /** Fills one form of a notice and sends it: an outcome, where there is one, and a text. */
    async send(
      { page }: Pick<OpenDesk, "page">,
      {
        outcome,
        text,
        label,
        button,
        done,
      }: Record<"text" | "label" | "button" | "done", string> & { outcome?: string },
    ): Promise<void> {
      if (outcome) await page.getByLabel(outcome).check();
      await page.getByLabel(label, { exact: true }).fill(text);
      await page.getByRole("button", { name: button }).click();
      await page.getByText(done).waitFor();
    },
    /** Opens the page of employees. It is not signed in to. */
    employeePage: (screen: Screen = "desktop") => desks.open({ at: "/notice", screen }),
  };
}

/** Opens a notice on the page of employees. */
export async function openAsEmployee(page: Page, { id, secret }: { id: string; secret: string }): Promise<void> {
  await page.getByLabel("شناسهٔ ابلاغیه").fill(id);
  await page.getByLabel("رمز").fill(secret);
  await page.getByRole("button", { name: "خواندن ابلاغیه" }).click();
}
