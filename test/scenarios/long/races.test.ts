import { ListExecutionsCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { beforeAll, expect, test } from "vitest";
import { EscalatedComplaint, escalationsIn } from "../../support/escalation-by-the-rules.ts";
import { processingFunction } from "../../support/planted-assembly.ts";
import { templateOf } from "../../support/synthesized.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const minute = 60_000;
let sfn: SFNClient;
let stateMachineArn: string;
let processDue: string;

beforeAll(() => {
  const processing = templateOf("qazvin", "Processing");
  const named = (type: string, start: string) =>
    `Foad-qazvin-Processing-${Object.keys(processing.findResources(type)).find((id) => id.startsWith(start))}`;
  processDue = processingFunction("Escalationprocessduecomplaints");
  stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:${named("AWS::StepFunctions::StateMachine", "Escalation")}`;
  sfn = new SFNClient({
    endpoint: cloud.environment.AWS_ENDPOINT_URL_SFN ?? "",
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  return () => sfn.destroy();
});

type Filed = Awaited<ReturnType<typeof cloud.file>>;

/**
 * Files in a category whose both deadlines count office hours, so that they are two instants on every day of the week. Where
 * one counts office hours and the other all hours, both are one instant before a weekend.
 */
const fileWithTwoDeadlines = () => cloud.file({ category: "disrespect" });

const climbOf = async ({ id, secret }: Filed) =>
  EscalatedComplaint.parse((await cloud.call({ path: `/v1/complaints/${id}`, secret })).body);
const advanceTo = (instant: string, more = 0) =>
  cloud.clock.advance(Math.max(Date.parse(instant) - cloud.clock.now() + more, 1));
const sweep = () => cloud.invoke(processDue, {});
const running = async () => {
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING" }));
  return executions;
};

test("three executions of one complaint raise each level once, and none before its time", async () => {
  const filed = await fileWithTwoDeadlines();
  const input = JSON.stringify({ subject: { kind: "complaint", id: filed.id }, dueAt: filed.acknowledgeBy });
  for (const name of ["one", "two", "three"])
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${filed.id}-${name}`, input }));
  await advanceTo(filed.acknowledgeBy, -minute);
  expect(escalationsIn(await climbOf(filed))).toEqual([]);
  await advanceTo(filed.acknowledgeBy, minute);
  expect(escalationsIn(await climbOf(filed))).toEqual([{ level: 1, dueAt: filed.acknowledgeBy }]);
});

test("sweeps at the same instant, and during a running execution, start no second climb", async () => {
  const filed = await fileWithTwoDeadlines();
  const advanced = advanceTo(filed.acknowledgeBy, minute);
  await Promise.all([advanced, ...Array.from({ length: 6 }, sweep)]);
  await Promise.all(Array.from({ length: 6 }, sweep));
  await cloud.quiet();
  expect(escalationsIn(await climbOf(filed))).toEqual([{ level: 1, dueAt: filed.acknowledgeBy }]);
  expect((await running()).filter(({ name }) => name?.startsWith(filed.id))).toHaveLength(1);
});

test("an execution stopped by hand is replaced, and the level is raised once, minutes late", async () => {
  const filed = await fileWithTwoDeadlines();
  await advanceTo(filed.acknowledgeBy, minute);
  const mine = (await running()).filter(({ name }) => name?.startsWith(filed.id));
  for (const { executionArn } of mine) await sfn.send(new StopExecutionCommand({ executionArn }));
  // The fourth level takes more days if offices are closed in between.
  while ((await climbOf(filed)).level < 4) await cloud.clock.advance(24 * 60 * minute);
  const climb = await climbOf(filed);
  expect(escalationsIn(climb).map(({ level }) => level)).toEqual([1, 2, 3, 4]);
  const second = climb.history.find(({ level }) => level === 2);
  const lateness = Date.parse(second?.at ?? "") - Date.parse(second?.dueAt ?? "");
  expect(lateness).toBeGreaterThanOrEqual(0);
  expect(lateness).toBeLessThanOrEqual(7 * minute);
});

test("an agency that acknowledges at the very last moment is not late, one at the deadline is", async () => {
  const officer = { name: "مریم کریمی" };
  const acknowledge = ({ id }: Filed) =>
    cloud.call({
      as: "agency-social-security",
      method: "POST",
      path: `/v1/agency/complaints/${id}/acknowledgement`,
      body: { officer },
    });
  const [early, late] = [await fileWithTwoDeadlines(), await fileWithTwoDeadlines()];
  await advanceTo(early.acknowledgeBy, -minute);
  expect((await acknowledge(early)).status).toBe(200);
  await advanceTo(late.acknowledgeBy, minute);
  expect((await acknowledge(late)).status).toBe(200);
  expect([escalationsIn(await climbOf(early)), escalationsIn(await climbOf(late))]).toEqual([
    [],
    [{ level: 1, dueAt: late.acknowledgeBy }],
  ]);
});

test("a transfer two minutes before the deadline gives the other agency its own hour and the answer none", async () => {
  const filed = await fileWithTwoDeadlines();
  await advanceTo(filed.acknowledgeBy, -2 * minute);
  const body = { toAgencyId: "gas", reason: "در صلاحیت ما نیست" };
  const path = `/v1/agency/complaints/${filed.id}/transfer`;
  const headers = { "idempotency-key": crypto.randomUUID() };
  const sent = await cloud.call({ as: "agency-social-security", method: "POST", path, body, headers });
  expect(sent.body).toEqual({ id: filed.id, agencyId: "gas", status: "filed", version: 2 });
  expect((await cloud.call({ as: "agency-social-security", method: "POST", path, body, headers })).text).toBe(
    sent.text,
  );
  const after = await climbOf(filed);
  expect(after.answerBy).toBe(filed.answerBy);
  expect(after.acknowledgeBy > filed.acknowledgeBy && after.acknowledgeBy <= filed.answerBy).toBe(true);
  expect((await cloud.call({ as: "agency-social-security", path: `/v1/agency/complaints/${filed.id}` })).status).toBe(
    404,
  );
});

test("an agency that acknowledges again and again, and extends, restarts nothing", async () => {
  const filed = await cloud.file();
  const post = (verb: string, body: unknown) =>
    cloud.call({
      as: "agency-social-security",
      method: "POST",
      path: `/v1/agency/complaints/${filed.id}/${verb}`,
      body,
    });
  const officer = { name: "مریم کریمی" };
  const statuses: number[] = [];
  for (let n = 0; n < 4; n++) statuses.push((await post("acknowledgement", { officer })).status);
  expect(statuses).toEqual([200, 409, 409, 409]);
  expect((await climbOf(filed)).answerBy).toBe(filed.answerBy);
  const extended = await post("extension", { reason: "پرونده در بایگانی است" });
  expect(extended.body).toMatchObject({
    answerBy: new Date(Date.parse(filed.answerBy) + 24 * 60 * minute).toISOString(),
  });
  expect((await post("extension", { reason: "باز هم" })).body).toMatchObject({ code: "already-extended" });
});

test("an answer nobody spoke to is closed as expired, once, when the window has passed", async () => {
  const filed = await cloud.file();
  const body = { officer: { name: "مریم کریمی" }, finding: "founded", cause: "none", text: "درست شد" };
  await cloud.call({
    as: "agency-social-security",
    method: "POST",
    path: `/v1/agency/complaints/${filed.id}/answer`,
    body,
  });
  const read = async () => (await cloud.call({ path: `/v1/complaints/${filed.id}`, secret: filed.secret })).body;
  await cloud.clock.advance((10 * 24 * 60 - 2) * minute);
  expect(await read()).toMatchObject({ status: "answered" });
  await cloud.clock.advance(4 * minute);
  const silent = await read();
  expect(silent).toMatchObject({ status: "closed", closure: "expired", version: 3, allowedMoves: ["dispute"] });
  await cloud.clock.advance(24 * 60 * minute);
  const path = `/v1/complaints/${filed.id}/dispute`;
  const dispute = () =>
    cloud.call({ method: "POST", path, secret: filed.secret, body: { reason: "پاسخ را تازه شنیدم" } });
  const disputed = await dispute();
  expect(disputed).toMatchObject({ status: 200, body: { status: "disputed", version: 4 } });
  expect(disputed.body).not.toHaveProperty("closure");
  const open = { body: { items: [{ id: filed.id, status: "disputed" }] } };
  const atAgency = "/v1/agency/complaints?status=disputed";
  expect(await cloud.call({ as: "agency-social-security", path: atAgency })).toMatchObject(open);
  const queue = await cloud.call({ as: "inspector-1", path: "/v1/inspector/complaints?queue=disputed" });
  expect(JSON.stringify(queue.body)).toContain(filed.id);
  expect(await dispute()).toMatchObject({ status: 409, body: { code: "wrong-state" } });
});

test("citizen, agency and inspector are told the same of every deadline, and nobody of what is not there", async () => {
  const filed = await cloud.file();
  const path = (caller: string, id = filed.id) => `/v1${caller}/complaints/${id}/deadlines`;
  const told = [
    await cloud.call({ path: path(""), secret: filed.secret }),
    await cloud.call({ as: "agency-social-security", path: path("/agency") }),
    await cloud.call({ as: "inspector-1", path: path("/inspector") }),
  ];
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(told.map(({ text }) => text)).size).toBe(1);
  expect(told[0]?.body).toMatchObject({
    clocks: [{ step: "acknowledge", dueAt: filed.acknowledgeBy, breached: false }, { step: "answer" }],
  });
  expect((await cloud.call({ as: "inspector-1", path: path("/inspector", "QZ-0000-0000-0") })).status).toBe(404);
  expect((await cloud.call({ as: "agency-gas", path: path("/agency") })).status).toBe(404);
  expect((await cloud.call({ as: "agency-gas", path: path("/inspector") })).status).toBe(403);
});
