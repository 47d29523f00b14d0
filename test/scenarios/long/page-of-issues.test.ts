import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { issueRequest } from "../../support/an-issue.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const minute = 60_000;
const agency = `agency-${issueRequest.agencyId}`;
const what = "سرور نوبت‌دهی عوض می‌شود و تا آن روز نوبت کاغذی می‌دهیم.";
const hostile = `<img src=x onerror="alert(1)"> قطعی سامانه </li></ul>`;
const page = async (path: string) => (await fetch(`${cloud.endpoints.api}${path}`)).text();
const pageOfAgency = `/agencies/${issueRequest.agencyId}`;

async function post(as: string, path: string, body: object): Promise<unknown> {
  const answered = await cloud.call({ as, method: "POST", path, body });
  expect(answered.status, answered.text).toBeLessThan(300);
  return answered.body;
}

/** The next run of the page, and the time for which the earlier site is kept in memory. */
const aRunLater = () => cloud.clock.advance(6 * minute);

let issueId: string;
beforeAll(async () => {
  await aRunLater();
  expect(await page("/")).not.toContain('id="issues"');
  const opened = await post("inspector-1", "/v1/inspector/issues", { ...issueRequest, title: hostile });
  issueId = z.object({ id: z.string() }).parse(opened).id;
  await aRunLater();
});

test("an issue stands on the page minutes after its opening, on that of its agency and in the feed, and its title runs nothing", async () => {
  for (const path of ["/", "/en", pageOfAgency, `/en${pageOfAgency}`, "/feed.atom", "/en/feed.atom"]) {
    const text = await page(path);
    expect(text, path).toContain("قطعی سامانه");
    expect(text, path).not.toContain("<img");
  }
  expect(await page("/en")).toContain(`href="/en${pageOfAgency}#${issueId}"`);
  expect(await page("/en")).toContain("The agency must plan by");
});

test("a plan is there at once by its day, and with its text once an inspector has read it", async () => {
  const by = new Date(cloud.clock.now() + 30 * 24 * 60 * minute).toISOString();
  const responsible = "ادارهٔ فناوری اطلاعات";
  await post(agency, `/v1/agency/issues/${issueId}/plan`, { what, responsible, by });
  await aRunLater();
  expect(await page("/en")).toContain("The agency promises to mend it by");
  expect(await page(pageOfAgency)).not.toContain(what);

  await post("inspector-1", `/v1/inspector/issues/${issueId}/reading`, { number: 2 });
  await aRunLater();
  for (const path of [pageOfAgency, `/en${pageOfAgency}`, "/feed.atom"]) {
    const text = await page(path);
    expect(text, path).toContain(what);
    expect(text, path).not.toContain(responsible);
    expect(text, path).not.toContain("inspector-1");
  }
});

test("a promise whose day has passed is called late", async () => {
  await cloud.clock.advance(31 * 24 * 60 * minute);
  expect(await page("/en")).toContain("The agency is late: it promised to mend it by");
});
