import { expect, test } from "vitest";
import type { Call } from "../support/api-caller.ts";
import { changedToken } from "../support/changed-token.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const agency = "social-security";
const officer = `officer-${agency}`;
const name = expect.stringContaining("کارشناس");

async function done(call: Call) {
  const answer = await cloud.call({ ...call, headers: { "idempotency-key": crypto.randomUUID(), ...call.headers } });
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}
const act = (id: string, what: string, body: object = {}): Call => ({
  as: officer,
  method: "POST",
  path: `/v1/agency/complaints/${id}/${what}`,
  body,
});
const withoutClient = ({ as: _, ...call }: Call): Call => call;
const refusal = async (call: Call) => (await cloud.call(call)).body;
const answer = { finding: "founded", cause: "system-down", text: "سامانه راه افتاد." };

test("an officer who signed in names nobody: the citizen reads the name, inspectors and nobody else also the sub", async () => {
  const { id, secret } = await cloud.file();
  await done(act(id, "acknowledgement"));
  await done(act(id, "extension", { reason: "پرونده در بایگانی است." }));
  await done(act(id, "answer", answer));
  const told = await done({ secret, path: `/v1/complaints/${id}` });
  expect(told).toMatchObject({ history: expect.arrayContaining([expect.objectContaining({ officer: { name } })]) });
  const seen = await done({ as: "inspector-1", path: `/v1/inspector/complaints/${id}` });
  expect(seen).toMatchObject({
    people: { [officer]: name },
    history: expect.arrayContaining([expect.objectContaining({ type: "extended", person: officer })]),
  });
  const own = await done({ as: officer, path: `/v1/agency/complaints/${id}` });
  for (const view of [told, own]) expect(JSON.stringify(view)).not.toContain(officer);
  expect(told).toMatchObject({ allowedMoves: ["accept", "dispute", "withdraw"] });
  expect(await refusal(act(id, "extension", { reason: "دوباره" }))).toMatchObject({
    code: "wrong-state",
    allowedMoves: [],
  });
});

test("an officer who signed in may not name somebody else; a program must name somebody", async () => {
  const { id } = await cloud.file();
  const other = act(id, "acknowledgement", { officer: { name: "مریم رستمی" } });
  expect(await refusal(other)).toMatchObject({ errors: [{ path: "officer", code: "other-officer" }] });
  const program = { ...act(id, "acknowledgement"), as: `agency-${agency}` };
  expect(await refusal(program)).toMatchObject({ errors: [{ path: "officer", code: "officer-missing" }] });
});

test("the employee complained of neither acts nor sends the case on, known by the entry and not by the body", async () => {
  await done({
    as: "admin",
    method: "PUT",
    path: `/v1/admin/people/accused`,
    body: { name: "رضا کریمی", roles: [{ role: "officer", agencyId: agency, personnelId: "77" }] },
  });
  const { id } = await cloud.file({ employee: { personnelId: "77" } });
  const headers = await changedToken(cloud, { sub: "accused" }, officer);
  for (const call of [
    act(id, "acknowledgement"),
    act(id, "transfer", { toAgencyId: "gas", reason: "به آن دستگاه مربوط است." }),
    act(id, "answer", answer),
    act(id, "messages", { text: "سلام" }),
  ])
    expect(await refusal({ ...withoutClient(call), headers })).toMatchObject({ code: "conflict-of-interest" });
});

test("an admin registers, lists and removes people; the audit names who did it, and whom", async () => {
  const person = { name: "الهام نوری", roles: [{ role: "inspector" }] };
  const path = "/v1/admin/people/new-one";
  const headers = await changedToken(cloud, { sub: "new-one" }, officer);
  const queue: Call = { path: "/v1/inspector/complaints?queue=disputed", headers };
  expect(await refusal(queue)).toMatchObject({ status: 403, code: "not-registered", sub: "new-one" });
  expect(await done({ as: "admin", method: "PUT", path, body: person })).toEqual({ sub: "new-one", ...person });
  await done(queue);
  expect(await done({ as: "admin", path })).toEqual({ sub: "new-one", ...person });
  expect(await done({ as: "admin", path: "/v1/admin/people?limit=100" })).toMatchObject({
    items: expect.arrayContaining([{ sub: "new-one", ...person }]),
  });
  expect(await done({ as: "admin", method: "DELETE", path })).toEqual({ sub: "new-one", removed: true });
  expect(await done({ as: "admin", method: "DELETE", path })).toEqual({ sub: "new-one", removed: false });
  expect(await refusal({ as: "admin", path })).toMatchObject({ status: 404 });
  expect(await done({ as: "admin", path: "/v1/admin/audit?limit=2" })).toMatchObject({
    items: [
      { type: "person-removed", person: "admin", sub: "new-one" },
      { type: "person-registered", person: "admin", sub: "new-one", roles: person.roles },
    ],
    people: { admin: "سارا رستمی", "new-one": person.name },
  });
});

test("a role at a place that the province does not have is refused, and a role that stands twice", async () => {
  const put = (...roles: object[]): Call => ({
    as: "admin",
    method: "PUT",
    path: "/v1/admin/people/x",
    body: { name: "الهام نوری", roles },
  });
  expect(await refusal(put({ role: "officer", agencyId: "nowhere" }))).toMatchObject({ code: "unknown-agency" });
  expect(await refusal(put({ role: "overseer", level: 2, countyIds: ["nowhere"] }))).toMatchObject({
    code: "unknown-county",
  });
  expect(await refusal(put({ role: "overseer", level: 9 }))).toMatchObject({
    errors: [{ path: "roles[0].level", code: "unknown-level" }],
  });
  expect(await refusal(put({ role: "overseer", level: 2 }))).toMatchObject({
    errors: [{ path: "roles[0].countyIds", code: "counties-missing" }],
  });
  const self = { ...put({ role: "admin" }, { role: "inspector" }), path: "/v1/admin/people/admin" };
  expect(await refusal(self)).toMatchObject({ code: "not-allowed" });
  expect(await refusal(put({ role: "admin" }, { role: "admin" }))).toMatchObject({
    errors: [{ path: "roles", code: "listed-twice" }],
  });
  expect(await refusal(put({ role: "king" }))).toMatchObject({ code: "invalid" });
});
