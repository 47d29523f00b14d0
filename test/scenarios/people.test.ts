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
  expect(await done({ as: "admin", method: "PUT", path, body: person })).toEqual({
    sub: "new-one",
    version: 1,
    ...person,
  });
  await done(queue);
  expect(await done({ as: "admin", path })).toEqual({ sub: "new-one", version: 1, ...person });
  expect(await done({ as: "admin", path: "/v1/admin/people?limit=100" })).toMatchObject({
    items: expect.arrayContaining([{ sub: "new-one", version: 1, ...person }]),
  });
  expect(await done({ as: "admin", method: "DELETE", path })).toEqual({ sub: "new-one", removed: true });
  expect(await done({ as: "admin", method: "DELETE", path })).toEqual({ sub: "new-one", removed: false });
  expect(await refusal({ as: "admin", path })).toMatchObject({ status: 404 });
  const names = { admin: "سارا رستمی", "new-one": person.name };
  expect(await done({ as: "admin", path: "/v1/admin/audit?limit=2" })).toMatchObject({
    items: [
      { type: "person-removed", person: "admin", sub: "new-one", rolesBefore: person.roles, names },
      { type: "person-registered", person: "admin", sub: "new-one", roles: person.roles, names },
    ],
  });
});

test("a registered account is not overwritten: a change needs the version that was seen, and the audit shows what changed", async () => {
  const path = "/v1/admin/people/kept";
  const put = (body: object, headers = {}): Call => ({ as: "admin", method: "PUT", path, body, headers });
  const inspector = { name: "الهام نوری", roles: [{ role: "inspector" }] };
  const officer = { name: "پویا کاظمی", roles: [{ role: "officer", agencyId: "gas" }] };
  await done(put(inspector));
  expect(await refusal(put(officer))).toMatchObject({
    status: 409,
    code: "person-exists",
    detail: expect.stringContaining("الهام نوری"),
  });
  // A repetition whose first answer was lost changes nothing.
  expect(await done(put(inspector))).toMatchObject({ version: 1 });
  expect(await refusal(put(officer, { "if-match": '"7"' }))).toMatchObject({ code: "version-outdated" });
  expect(await done(put(officer, { "if-match": '"1"' }))).toMatchObject({ version: 2, ...officer });
  expect(await done({ as: "admin", path: "/v1/admin/audit?limit=2" })).toMatchObject({
    items: [
      {
        type: "person-registered",
        roles: officer.roles,
        rolesBefore: inspector.roles,
        names: { kept: officer.name },
        nameBefore: inspector.name,
      },
      { type: "person-registered", roles: inspector.roles, names: { kept: inspector.name } },
    ],
  });
});

test("an inspector decides no complaint of an agency at which the inspector worked in the last two years, also after a transfer", async () => {
  const path = "/v1/admin/people/moved";
  const put = (role: object, version?: number): Call => ({
    as: "admin",
    method: "PUT",
    path,
    body: { name: "نیما صادقی", roles: [role] },
    headers: version ? { "if-match": `"${version}"` } : {},
  });
  await done(put({ role: "officer", agencyId: "gas" }));
  await done(put({ role: "personnel", agencyId: "post" }, 1));
  await done({ as: "admin", method: "DELETE", path });
  await done(put({ role: "inspector" }));
  const headers = await changedToken(cloud, { sub: "moved" }, "inspector-1");
  const judge = (id: string, what: "decision" | "rejection"): Call => ({
    method: "POST",
    path: `/v1/inspector/complaints/${id}/${what}`,
    body: what === "decision" ? answer : { reason: "not-a-complaint", text: "پرسش است." },
    headers,
  });
  const sentOn = await cloud.file({ agencyId: "post", officeId: undefined });
  const transfer = { toAgencyId: agency, reason: "به آن دستگاه مربوط است." };
  const sending = {
    as: "inspector-1",
    path: `/v1/inspector/complaints/${sentOn.id}/transfer`,
    body: transfer,
  } as const;
  await done({ ...sending, method: "POST" });
  const atGas = await cloud.file({ agencyId: "gas", officeId: undefined });
  for (const { id } of [sentOn, atGas])
    for (const what of ["decision", "rejection"] as const)
      expect(await refusal(judge(id, what))).toMatchObject({
        code: "conflict-of-interest",
        detail: expect.stringContaining("دو سال"),
      });
  await done(judge((await cloud.file({ agencyId: agency })).id, "decision"));
});

test("nobody changes or ends their own role, and an admin of the province file stays one", async () => {
  const inspector = { name: "سارا رستمی", roles: [{ role: "inspector" }] };
  const path = "/v1/admin/people/admin";
  const headers = { "if-match": '"1"' };
  expect(await refusal({ as: "admin", method: "PUT", path, body: inspector, headers })).toMatchObject({
    code: "not-allowed",
  });
  expect(await refusal({ as: "admin", method: "DELETE", path })).toMatchObject({ code: "not-allowed" });
});

test("of two administrators who remove each other at the same instant one stays, and the other changes nobody any more", async () => {
  const subs = ["first-admin", "second-admin"];
  const body = (role: string) => ({ name: "سارا رستمی", roles: [{ role }] });
  const path = (sub: string) => `/v1/admin/people/${sub}`;
  for (const sub of subs) await done({ as: "admin", method: "PUT", path: path(sub), body: body("admin") });
  const as = async (sub: string, call: Call) =>
    cloud.call({ ...call, headers: await changedToken(cloud, { sub }, officer) });
  // Both have just been seen, so that their roles are remembered.
  for (const sub of subs) expect((await as(sub, { path: "/v1/admin/people" })).status).toBe(200);
  const remove = (sub: string): Call => ({ method: "DELETE", path: path(sub) });
  const answers = await Promise.all([
    as("first-admin", remove("second-admin")),
    as("second-admin", remove("first-admin")),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  const removed = answers[0]?.status === 200 ? "second-admin" : "first-admin";
  const late = await as(removed, { method: "PUT", path: path("late"), body: body("inspector") });
  expect(late.body).toMatchObject({ status: 403, code: "not-registered", sub: removed });
  expect((await cloud.call({ as: "admin", path: path("late") })).status).toBe(404);
});

test("a role at a place that the province does not have is refused, and a second role", async () => {
  const put = (...roles: object[]): Call => ({
    as: "admin",
    method: "PUT",
    path: "/v1/admin/people/x",
    body: { name: "الهام نوری", roles },
  });
  expect(await refusal(put({ role: "officer", agencyId: "nowhere" }))).toMatchObject({ code: "unknown-agency" });
  expect(await refusal(put({ role: "overseer", authority: "county-governor", countyIds: ["nowhere"] }))).toMatchObject({
    code: "unknown-county",
  });
  expect(await refusal(put({ role: "personnel", agencyId: "nowhere" }))).toMatchObject({ code: "unknown-agency" });
  for (const authority of ["agency-head", "inspection-centre"])
    expect(await refusal(put({ role: "overseer", authority }))).toMatchObject({ code: "invalid" });
  expect(await refusal(put({ role: "overseer", authority: "county-governor" }))).toMatchObject({
    errors: [{ path: "roles[0].countyIds", code: "counties-missing" }],
  });
  expect(await refusal(put({ role: "overseer", authority: "governor-general", countyIds: ["qazvin"] }))).toMatchObject({
    errors: [{ path: "roles[0].countyIds", code: "counties-of-province" }],
  });
  expect(await refusal(put({ role: "admin" }, { role: "inspector" }))).toMatchObject({
    errors: [{ path: "roles", code: "one-role" }],
  });
  // Only officer and head of one agency go together.
  const [gas, post] = [{ agencyId: "gas" }, { agencyId: "post" }];
  for (const roles of [
    [
      { role: "officer", ...gas },
      { role: "head", ...post },
    ],
    [
      { role: "officer", ...gas },
      { role: "officer", ...gas },
    ],
    [
      { role: "head", ...gas },
      { role: "personnel", ...gas },
    ],
    [{ role: "head", ...gas }, { role: "inspector" }],
    [{ role: "operator" }, { role: "officer", ...gas }],
  ])
    expect(await refusal(put(...roles)), JSON.stringify(roles)).toMatchObject({
      errors: [{ path: "roles", code: "one-role" }],
    });
  expect(await refusal(put({ role: "king" }))).toMatchObject({ code: "invalid" });
});

test("the head of an agency reads what its officers read, and makes no move; an officer who is the head does both", async () => {
  const filed = await cloud.file({ agencyId: "gas" });
  const register = (sub: string, ...roles: object[]) =>
    done({ as: "admin", method: "PUT", path: `/v1/admin/people/${sub}`, body: { name: "نسرین کاظمی", roles } });
  const head = { role: "head", agencyId: "gas" };
  await register("head-gas", head);
  await register("officer-and-head-gas", { role: "officer", agencyId: "gas" }, head);
  await register("operator-one", { role: "operator" });
  const as = async (sub: string, call: Call) =>
    cloud.call({ ...call, headers: { ...(await changedToken(cloud, { sub }, "officer-gas")), ...call.headers } });
  const path = `/v1/agency/complaints/${filed.id}`;
  expect((await as("head-gas", { path: "/v1/me" })).body).toMatchObject({ roles: [head] });
  for (const read of [path, `${path}/deadlines`, "/v1/agency/complaints", "/v1/agency/summary", "/v1/agency/issues"])
    expect((await as("head-gas", { path: read })).status, read).toBe(200);
  expect((await as("head-gas", { path })).body).toMatchObject({ id: filed.id, allowedMoves: [], blockedMoves: [] });
  const others = `/v1/agency/complaints/${(await cloud.file({ agencyId: "post" })).id}`;
  expect((await as("head-gas", { path: others })).status).toBe(404);
  const move = { method: "POST", path: `${path}/acknowledgement`, body: {} } as const;
  expect((await as("head-gas", move)).body).toMatchObject({ status: 403, code: "not-registered" });
  expect((await as("head-gas", { path: "/v1/agency/records?personnelId=1" })).status).toBe(403);
  expect((await as("head-gas", { path: "/v1/overseer/complaints" })).status).toBe(403);
  expect((await as("operator-one", { path })).status).toBe(403);
  expect((await as("officer-and-head-gas", { path })).body).toMatchObject({
    allowedMoves: expect.arrayContaining(["acknowledge"]),
  });
  expect((await as("officer-and-head-gas", move)).status).toBe(200);
});
