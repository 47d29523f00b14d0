import { beforeAll, describe, expect, test } from "vitest";
import type { Call, Receipt } from "../support/api-caller.ts";
import { mailsAbout } from "../support/mailbox.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const hour = 60 * 60_000;
const agency = "social-security";
const governor = "overseer-governor-qazvin";
const text = "تا فردا ساعت ده به این شهروند پاسخ دهید.";
const email = "citizen@mail.example";

let late: Receipt;
const directive = (as: string, body: object = { text }): Call => ({
  as,
  method: "POST",
  path: `/v1/overseer/complaints/${late.id}/directives`,
  body,
  headers: { "idempotency-key": crypto.randomUUID() },
});
const bodyOf = async (call: Call) => (await cloud.call(call)).body;
const shown = { type: "directive-given", by: "overseer", authority: "county-governor", text, name: "فرماندار" };
const readers = (): Call[] => [
  { secret: late.secret, path: `/v1/complaints/${late.id}` },
  { as: `agency-${agency}`, path: `/v1/agency/complaints/${late.id}` },
  { as: "inspector-1", path: `/v1/inspector/complaints/${late.id}` },
  { as: "governor-qazvin", path: `/v1/overseer/complaints/${late.id}` },
];

beforeAll(async () => {
  late = await cloud.file({ citizen: { email } });
  const ofGovernor = { as: governor, path: `/v1/overseer/complaints/${late.id}` };
  // Over Nowruz it is late after more than a week.
  while ((await cloud.call(ofGovernor)).status === 404) await cloud.clock.advance(4 * hour);
});

describe("a directive of the governor who signed in", () => {
  let before: unknown;
  let earlierMails: number;
  const mailsOfCase = () => mailsAbout(cloud.endpoints, late.id);
  beforeAll(async () => {
    earlierMails = (await mailsOfCase()).length;
    before = await bodyOf({ as: governor, path: `/v1/overseer/complaints/${late.id}` });
    expect(await cloud.call(directive(governor))).toMatchObject({ status: 201 });
    await cloud.quiet();
  });

  test("is read by citizen, agency, inspectors and the overseer, and moves no deadline", async () => {
    for (const reader of readers())
      expect(await bodyOf(reader)).toMatchObject({ history: expect.arrayContaining([expect.objectContaining(shown)]) });
    const { version, ...state } = before as { version: number } & Record<string, unknown>;
    const { history: _, ...unchanged } = state;
    expect(await bodyOf({ as: governor, path: `/v1/overseer/complaints/${late.id}` })).toMatchObject({
      ...unchanged,
      version: version + 1,
    });
  });

  test("reaches the agency by its queue and by mail, the citizen by mail, and no front end", async () => {
    const types = (await cloud.receiveAll(agency)).map(({ event: { subject, type } }) => `${subject} ${type}`);
    expect(types).toContain(`${late.id} ir.foad.complaint.directive-given.v1`);
    const about = (await mailsOfCase()).slice(earlierMails);
    expect(about.flatMap(({ to }) => to).sort()).toEqual([email, `inspection@${agency}.qazvin.example`].sort());
    for (const mail of about) {
      expect(mail.text).toContain("فرماندار شهرستان");
      expect(mail.text).toContain("دستور");
      expect(mail.text + mail.html).not.toContain(text);
    }
    const feed = await bodyOf({ as: "call-centre-128", path: "/v1/front-end/events?limit=100" });
    expect(JSON.stringify(feed)).not.toContain("directive-given");
  });
});

test("a program says who writes; a person is who signed in, and names nobody else", async () => {
  const byProgram = await bodyOf(directive("governor-qazvin", { text, by: "کاوه صدری" }));
  expect(byProgram).toMatchObject({
    history: expect.arrayContaining([expect.objectContaining({ ...shown, name: "کاوه صدری" })]),
  });
  expect(await bodyOf(directive(governor, { text, by: "کاوه صدری" }))).toMatchObject({
    errors: [{ path: "by", code: "other-person" }],
  });
});

test("nobody else gives one: an agency, an inspector, a governor of another county, one above whose level it is", async () => {
  for (const as of [`agency-${agency}`, "inspector-1", "call-centre-128"])
    expect(await bodyOf(directive(as))).toMatchObject({ status: 403 });
  expect(await bodyOf(directive("governor-takestan"))).toMatchObject({ status: 404 });
  const fresh = await cloud.file();
  const early = { ...directive(governor), path: `/v1/overseer/complaints/${fresh.id}/directives` };
  expect(await bodyOf(early)).toMatchObject({ status: 404 });
});
