import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { partitions, sharedIdentityPrefix, undeliveredDeskKey } from "#shared/runtime/keys.ts";
import { templateOf } from "../support/synthesized.ts";

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Statement = z.object({
  Action: oneOrMore,
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
const Policy = z.object({ Properties: z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) }) });

/** What each function's role may do, by the function's name. */
function permissionsIn(template: Template): Record<string, z.infer<typeof Statement>[]> {
  const policies = Object.entries(template.findResources("AWS::IAM::Policy"));
  return Object.fromEntries(
    policies.map(([id, policy]) => [
      id.replace(/RoleDefaultPolicy.*/, ""),
      Policy.parse(policy).Properties.PolicyDocument.Statement,
    ]),
  );
}

const api = permissionsIn(templateOf("qazvin", "Api"));
const processing = permissionsIn(templateOf("qazvin", "Processing"));
const all = { ...api, ...processing };
const actions = (fn: string) =>
  all[fn]?.flatMap(({ Action }) => Action).filter((action) => !action.startsWith("logs:"));
const on = (fn: string, resource: string) =>
  all[fn]?.filter(({ Resource }) => JSON.stringify(Resource).includes(resource)).flatMap(({ Action }) => Action);

const reading = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];

describe("who may do what", () => {
  test("the public function may do nothing but log", () => {
    expect(actions("public")).toEqual([]);
  });

  test.each([
    ["citizen", [...reading, "dynamodb:PutItem"]],
    ["agency", [...reading, "dynamodb:PutItem", "dynamodb:Query"]],
    ["inspector", [...reading, "dynamodb:PutItem", "dynamodb:Query"]],
    ["readidentity", [...reading, "dynamodb:PutItem"]],
    ["Attachmentsconfirmattachment", [...reading, "dynamodb:PutItem"]],
    ["Escalationraisecomplaint", [...reading, "dynamodb:PutItem", "dynamodb:Query"]],
    ["Escalationsweepdue", [...reading, "dynamodb:PutItem", "dynamodb:Query"]],
    ["Hoursmovedeadlines", [...reading, "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Query"]],
  ])("%s reads and writes complaints, and never deletes, scans or updates in place", (fn, allowed) => {
    expect(on(fn, "ComplaintsTable")).toEqual(allowed);
  });

  const heldTo = (...partitions: string[]) => ({
    "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": partitions },
  });
  const onComplaints = (fn: string) =>
    all[fn]?.filter(({ Resource }) => JSON.stringify(Resource).includes("ComplaintsTable"));

  test("the filing updates nothing in place but its front end's count", () => {
    expect(onComplaints("filecomplaint")).toMatchObject([
      { Action: [...reading, "dynamodb:PutItem"] },
      {
        Action: ["dynamodb:UpdateItem"],
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${partitions.filingCount}*`] } },
      },
    ]);
  });

  test("an admin reads and writes office hours, lists what is undelivered and orders that it is sent again, and sees no complaint", () => {
    expect(onComplaints("admin")).toMatchObject([
      { Action: ["dynamodb:Query", "dynamodb:PutItem"], Condition: heldTo(partitions.hours) },
      { Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Condition: heldTo(partitions.redrive) },
      { Action: ["dynamodb:Query"], Condition: heldTo(undeliveredDeskKey) },
    ]);
  });

  test("whoever sends events again reads them, and writes only what is undelivered and how far an order has come", () => {
    expect(onComplaints("Redriverredriveevents")).toMatchObject([
      { Action: ["dynamodb:GetItem", "dynamodb:BatchGetItem"] },
      { Action: ["dynamodb:PutItem"], Condition: heldTo(partitions.undelivered, partitions.redrive) },
      { Action: ["dynamodb:Query"] },
      { Action: ["dynamodb:Query"] },
      { Action: ["dynamodb:Query"] },
    ]);
  });

  test("whoever notes what is undelivered sees no complaint", () => {
    expect(onComplaints("Redrivernoteundelivered")).toMatchObject([
      { Action: ["dynamodb:PutItem"], Condition: heldTo(partitions.undelivered) },
    ]);
  });

  test.each(["overseer", "frontend"])("%s reads complaints and writes nothing", (fn) => {
    expect(actions(fn)).toEqual([...reading, "dynamodb:Query"]);
  });

  test("only the function whose every read the citizen sees reads identities that are not shared", () => {
    const readers = Object.keys(all).filter((fn) =>
      all[fn]?.some(
        ({ Action, Resource, Condition }) =>
          JSON.stringify(Resource).includes("IdentitiesTable") && Action.includes("dynamodb:GetItem") && !Condition,
      ),
    );
    expect(readers).toEqual(["readidentity"]);
    expect(on("inspector", "IdentitiesTable")).toEqual([]);
  });

  test("only the filing writes identities, and it reads none", () => {
    expect(on("filecomplaint", "IdentitiesTable")).toEqual(["dynamodb:PutItem"]);
    expect(on("citizen", "IdentitiesTable")).toEqual([]);
  });

  test("an agency reads an identity only under the keys of those that are shared", () => {
    const statement = all.agency?.find(({ Resource }) => JSON.stringify(Resource).includes("IdentitiesTable"));
    expect(statement).toMatchObject({
      Action: ["dynamodb:GetItem"],
      Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${sharedIdentityPrefix}*`] } },
    });
  });

  test("only the filing and the citizen read the pepper", () => {
    const readersOf = (secret: string) => Object.keys(all).filter((fn) => on(fn, secret)?.length);
    expect(readersOf("PepperSecret").sort()).toEqual(["citizen", "filecomplaint"]);
    expect(readersOf("MaskKeySecret").sort()).toEqual(["agency", "citizen", "filecomplaint", "inspector"]);
    expect(readersOf("AddressKeySecret")).toEqual(["Notifiersendnotification"]);
  });

  test("only those who tell events send to agencies; the dispatcher reads no table", () => {
    const senders = Object.keys(all).filter((fn) => actions(fn)?.includes("sqs:SendMessage"));
    expect(senders).toEqual(["Dispatcherdispatchevent", "Redriverredriveevents"]);
    expect(actions("Dispatcherdispatchevent")?.filter((action) => reading.includes(action))).toEqual([]);
  });

  test("nobody may delete, but what was taken from a queue and worked off", () => {
    const deleting = (fn: string) => actions(fn)?.filter((action) => /delete|\*/i.test(action));
    expect(Object.keys(all).flatMap((fn) => deleting(fn)?.map((action) => `${fn} ${action}`))).toEqual([
      "Redrivernoteundelivered sqs:DeleteMessage",
      "Notifiersendnotification sqs:DeleteMessage",
      "Notifiernotebounce sqs:DeleteMessage",
      "Attachmentsconfirmattachment sqs:DeleteMessage",
    ]);
  });
});
