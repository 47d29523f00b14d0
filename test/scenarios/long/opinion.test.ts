import { beforeAll, describe, expect, test } from "vitest";
import type { Receipt } from "../../support/api-caller.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const agencyId = "social-security";
const officer = { name: "مریم رستمی" };
const comment = "کارمند گفت اگر نپذیرم پرونده‌ام را پس می‌دهد.";
let filed: Receipt;
beforeAll(async () => {
  filed = await cloud.file({ agencyId });
});

const say = (body: object, { id, secret }: Receipt = filed) =>
  cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/opinion`, body });
const answer = ({ id }: Receipt = filed) =>
  cloud.call({
    as: `agency-${agencyId}`,
    method: "POST",
    path: `/v1/agency/complaints/${id}/answer`,
    body: { officer, finding: "founded", cause: "none", text: "رسیدگی شد." },
  });
const onDesk = async () => {
  const { body } = await cloud.call({ as: "inspector-1", path: "/v1/inspector/complaints?queue=pressured" });
  return (body as { items: { id: string }[] }).items.map(({ id }) => id);
};
/** All that the agency can fetch of the complaint, byte for byte. */
const seenByTheAgency = async () => {
  const paths = [`/v1/agency/complaints/${filed.id}`, "/v1/agency/complaints?status=answered", "/v1/agency/events"];
  const answers = await Promise.all(paths.map((path) => cloud.call({ as: `agency-${agencyId}`, path })));
  return answers.map(({ text, headers }) => [text, headers.get("etag")]);
};

describe("an opinion", () => {
  test("is not asked before the answer", async () => {
    expect(await say({ solved: "yes", handling: 5 })).toMatchObject({ status: 409, body: { code: "wrong-state" } });
  });

  test("puts who was pressured on the inspectors' desk, and the agency reads the same bytes as before", async () => {
    await answer();
    await cloud.clock.advance(60_000);
    const before = await seenByTheAgency();
    const said = { solved: "no", handling: 1, pressured: true, comment };
    expect(await say(said)).toMatchObject({ status: 200, body: { status: "answered", version: 2, opinion: said } });
    await cloud.clock.advance(60_000);
    expect(await seenByTheAgency()).toEqual(before);
    expect(await onDesk()).toEqual([filed.id]);
    const { text } = await cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${filed.id}` });
    expect(text).toContain(comment);
    expect(text).not.toContain('"handling"');
  });

  test("that is given anew is the one that counts", async () => {
    expect(await say({ solved: "partly", handling: 3 })).toMatchObject({ body: { opinion: { solved: "partly" } } });
    expect(await onDesk()).toEqual([]);
  });

  test("stands on the desk before those who said earlier that they were pressured", async () => {
    const pressured = [];
    for (const n of [1, 2]) {
      const { id, secret } = await cloud.file();
      await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/withdrawal` });
      await cloud.clock.advance(n * 60_000);
      const body = { solved: "no", handling: 1, pressured: true };
      await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/opinion`, body });
      pressured.unshift(id);
    }
    await cloud.quiet();
    expect(await onDesk()).toEqual(pressured);
  });

  test("is taken after closing, and 30 days later no more", async () => {
    const { id, secret } = filed;
    await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/acceptance`, body: {} });
    expect(await say({ solved: "yes", handling: 4 })).toMatchObject({ status: 200, body: { closure: "accepted" } });
    await cloud.clock.advance(30 * 24 * 60 * 60_000);
    expect(await say({ solved: "yes", handling: 5 })).toMatchObject({ status: 409 });
  });
});
