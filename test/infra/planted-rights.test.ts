import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { forbiddenRequests } from "../support/forbidden-rights.ts";
import { fetchToken } from "../support/load/load.ts";
import { assemblyWithFaults, type Fault, type Statement } from "../support/planted-assembly.ts";
import { sharedTableEngine } from "../support/table-engine.ts";

const provinceFile = new URL("../../infra/provinces/qazvin.json", import.meta.url).pathname;

/** A cloud in whose templates these faults were planted. */
async function cloudWith(...faults: Fault[]): Promise<LocalCloud> {
  const folder = mkdtempSync(join(tmpdir(), "foad-planted-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const assembly = assemblyWithFaults(folder, faults);
  const cloud = await startLocalCloud({
    assembly,
    provinceFile,
    state: join(folder, "state"),
    port: 0,
    engine: sharedTableEngine(),
  });
  onTestFinished(cloud.stop);
  return cloud;
}

const allowed = ({ access }: LocalCloud) =>
  forbiddenRequests()
    .filter(({ by, ask }) => access.refusal(by, ask) === undefined)
    .map(({ who }) => who);

const anAction =
  (action: string) =>
  ({ Action }: Statement) =>
    Action.includes(action);
const without = (fits: (statement: Statement) => boolean) => (all: Statement[]) => all.filter((one) => !fits(one));
const changed = (fits: (statement: Statement) => boolean, by: Partial<Statement>) => (all: Statement[]) =>
  all.map((one) => (fits(one) ? { ...one, ...by } : one));
const keysLike = (...keys: string[]) => ({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys } });
const guard = { Null: { "dynamodb:LeadingKeys": "false" } };

test("nobody may do what nobody may", async () => {
  expect(allowed(await cloudWith())).toEqual([]);
});

test.each<[string, Fault, RegExp]>([
  [
    "a source that Lambda may not delete from",
    {
      stack: "Processing",
      of: "NotifiersendnotificationRole",
      change: (all) =>
        all.map((one) => ({ ...one, Action: one.Action.filter((action) => action !== "sqs:DeleteMessage") })),
    },
    /event source .* could not be made.*sqs:DeleteMessage/,
  ],
  [
    "an operator that IAM does not know",
    {
      stack: "Api",
      of: "agencyRole",
      change: changed(anAction("dynamodb:PutItem"), {
        Condition: { "ForAllValues:StringAlike": { "dynamodb:LeadingKeys": ["COMPLAINT#*"] } },
      }),
    },
    /the condition operator ForAllValues:StringAlike/,
  ],
  [
    "a key of a condition that nothing fills in",
    {
      stack: "Api",
      of: "agencyRole",
      change: changed(anAction("dynamodb:PutItem"), {
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKey": ["COMPLAINT#*"] } },
      }),
    },
    /the condition key dynamodb:LeadingKey/,
  ],
])("%s stops the start", async (_, fault, said) => {
  await expect(cloudWith(fault)).rejects.toThrow(said);
});

test("a right that is too wide answers yes to what nobody may do", async () => {
  const cloud = await cloudWith(
    // Too wide a pattern.
    {
      stack: "Api",
      of: "overseerRole",
      change: changed(({ Condition }) => JSON.stringify(Condition ?? "").includes("open#*"), {
        Condition: { ...keysLike("*"), ...guard },
      }),
    },
    // A guard that is missing.
    {
      stack: "Api",
      of: "agencyRole",
      change: changed(
        ({ Action, Condition }) =>
          anAction("dynamodb:Query")({ Action }) && JSON.stringify(Condition).includes("COMPLAINT#*"),
        { Condition: keysLike("COMPLAINT#*", "HOURS") },
      ),
    },
    // A deny that is missing.
    { stack: "Processing", of: "DispatcherdispatcheventRole", change: without(({ Effect }) => Effect === "Deny") },
    // Conditions that are missing: of a queue, of an object.
    {
      stack: "Agencies-1",
      of: "educationQueuePolicy",
      change: changed(anAction("sqs:ReceiveMessage"), { Condition: {} }),
    },
    { stack: "Processing", of: "CleanercleanfileRole", change: changed(anAction("s3:PutObject"), { Condition: {} }) },
    // Any attribute instead of two.
    {
      stack: "Processing",
      of: "NotifiersendnotificationRole",
      change: changed(({ Condition }) => JSON.stringify(Condition ?? "").includes("Attributes"), { Condition: {} }),
    },
    // Any gateway instead of this one.
    { stack: "Api", of: "ApiGETv1agencycomplaintsApiPermission", lacks: "SourceArn" },
  );
  expect(allowed(cloud)).toEqual([
    "an agency reads and names no key",
    "an overseer lists a front end's feed",
    "the mailer reads a name",
    "the dispatcher fills a queue of dead letters",
    "another role of a consumer's account takes",
    "the cleaner writes over a clean copy",
    "a stranger's gateway calls a function",
  ]);
});

test("a right that is missing is refused as in AWS, and says which", async () => {
  const cloud = await cloudWith(
    // An action.
    {
      stack: "Api",
      of: "overseerRole",
      change: without(({ Condition }) => JSON.stringify(Condition ?? "").includes("open#*")),
    },
    // A key.
    {
      stack: "Api",
      of: "frontendRole",
      change: changed(({ Condition }) => JSON.stringify(Condition ?? "").includes("FRONT-END#*"), {
        Condition: { ...keysLike("G#*"), ...guard },
      }),
    },
    // An operator that compares letter by letter.
    {
      stack: "Api",
      of: "inspectorRole",
      change: changed(({ Condition }) => JSON.stringify(Condition ?? "").includes("open#*"), {
        Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["open#*", "disputed#*"] } },
      }),
    },
    // The gateway's.
    { stack: "Api", of: "ApiGETv1agencycomplaintsApiPermission" },
    // The schedule's.
    { stack: "Processing", of: "EscalationEveryMinuteCaller", change: () => [] },
  );
  const statusOf = async (path: string, name: string) => {
    const authorization = `Bearer ${await fetchToken(cloud.endpoints, name)}`;
    return (await fetch(`${cloud.endpoints.api}${path}`, { headers: { authorization } })).status;
  };
  const named = (scope: string) =>
    Object.entries(cloud.endpoints.clients).find(([, client]) => client.scope.endsWith(scope))?.[0] ?? "";
  expect(await statusOf("/v1/overseer/complaints", named("overseer"))).toBe(500);
  expect(await statusOf("/v1/front-end/events", named("front-end"))).toBe(500);
  expect(await statusOf("/v1/inspector/complaints?queue=escalated", named("inspector"))).toBe(500);
  expect(await statusOf("/v1/agency/complaints", named("agency"))).toBe(500);
  await cloud.clock.advance(60_000);
  const said = [
    /overseerRole.*dynamodb:Query on resource: .*\/index\/workQueue/,
    /frontendRole.*dynamodb:Query on resource: .*\/index\/workQueue/,
    /inspectorRole.*dynamodb:Query on resource: .*\/index\/workQueue/,
    /apigateway\.amazonaws\.com.*lambda:InvokeFunction on resource: .*agency/,
    /EveryMinuteCaller.*lambda:InvokeFunction on resource: .*processduecomplaints/,
  ];
  for (const words of said) expect(cloud.access.refused.some((refusal) => words.test(refusal))).toBe(true);
  expect(cloud.access.refused.every((refusal) => said.some((words) => words.test(refusal)))).toBe(true);
});
