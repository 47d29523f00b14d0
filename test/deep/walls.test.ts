import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolve, type Scope } from "#infra/programs/local-cloud/cloudformation/deployment.ts";
import { assemblyOf } from "../support/synthesized.ts";
import { synthesizeEdited, withAgencies } from "../support/synthesized-with.ts";

type Properties = Record<string, unknown>;
type Template = {
  Resources: Record<string, { Type: string; Properties: Properties }>;
  Outputs?: object;
  Parameters?: object;
};

const KB = 1_024;
const MB = KB * KB;
const folder = mkdtempSync(join(tmpdir(), "foad-walls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let crowded = "";
let texts: string[] = [];
let templates: Template[] = [];
beforeAll(async () => {
  crowded = await synthesizeEdited({ folder, edit: withAgencies(500) });
  texts = globSync("*.template.json", { cwd: crowded }).map((name) => readFileSync(join(crowded, name), "utf8"));
  templates = texts.map((text) => JSON.parse(text));
});

/** The properties of every resource of a type; that there are none would make its wall one that cannot be hit. */
function ofType(type: string): Properties[] {
  const all = templates.flatMap(({ Resources }) => Object.values(Resources).filter(({ Type }) => Type === type));
  expect(all).not.toHaveLength(0);
  return all.map(({ Properties }) => Properties);
}

/** As long as any name or ARN that the cloud puts in the place of a reference. */
const aName = () => "x".repeat(128);
const long: Scope = { stack: "any", ref: aName, attribute: aName, exported: aName, output: aName, secret: aName };
const lengthOf = (document: unknown) => JSON.stringify(resolve(document, long)).length;

/** The most that comes together in one, where `by` says which one. */
function most(all: Properties[], { by, weighs }: { by: string; weighs: (properties: Properties) => number }): number {
  const groups = Map.groupBy(all, (properties) => JSON.stringify(properties[by]));
  return Math.max(...[...groups.values()].map((group) => group.reduce((sum, one) => sum + weighs(one), 0)));
}
const one = () => 1;

describe("a province of five hundred agencies", () => {
  test("has the queues of all of them, and of the sandbox", () => {
    const names = ofType("AWS::SQS::Queue").flatMap(({ QueueName }) => (QueueName ? [String(QueueName)] : []));
    expect(new Set(names).size).toBe(1_002);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(80);
  });

  test("keeps every stack within what CloudFormation takes", () => {
    for (const { Resources, Outputs = {}, Parameters = {} } of templates) {
      expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
      for (const named of [Outputs, Parameters]) expect(Object.keys(named).length).toBeLessThanOrEqual(200);
    }
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThan(MB);
  });

  test.each([
    ["AWS::SQS::QueuePolicy", "PolicyDocument", 8 * KB],
    ["AWS::KMS::Key", "KeyPolicy", 32 * KB],
    ["AWS::S3::BucketPolicy", "PolicyDocument", 20 * KB],
    ["AWS::Lambda::Function", "Environment", 4 * KB],
  ])("keeps every %s within its limit (%s)", (type, property, limit) => {
    const lengths = ofType(type).map((properties) => lengthOf(properties[property]));
    expect(Math.max(...lengths)).toBeLessThan(limit);
  });

  test("keeps what stands in one role, one function's policy, one API and one log within their limits", () => {
    const inline = { by: "Roles", weighs: ({ PolicyDocument }: Properties) => lengthOf(PolicyDocument) };
    expect(most(ofType("AWS::IAM::Policy"), inline)).toBeLessThan(10_240);
    const callers = { by: "FunctionName", weighs: (permission: Properties) => lengthOf(permission) };
    expect(most(ofType("AWS::Lambda::Permission"), callers)).toBeLessThan(20 * KB);
    expect(most(ofType("AWS::ApiGatewayV2::Route"), { by: "ApiId", weighs: one })).toBeLessThanOrEqual(300);
    expect(most(ofType("AWS::ApiGatewayV2::Integration"), { by: "ApiId", weighs: one })).toBeLessThanOrEqual(300);
    expect(most(ofType("AWS::Logs::MetricFilter"), { by: "LogGroupName", weighs: one })).toBeLessThanOrEqual(100);
  });

  test("has no managed policy: a role takes ten, and a grant for each queue would spill over into more", () => {
    expect(texts.join("")).not.toMatch(/AWS::IAM::ManagedPolicy|ManagedPolicyArns/);
  });

  test("names no function: names are made by CloudFormation, which keeps to their length", () => {
    expect(ofType("AWS::Lambda::Function").filter(({ FunctionName }) => FunctionName)).toEqual([]);
  });
});

describe("the code of five hundred agencies", () => {
  const bundles = () => globSync("bundles/*/", { cwd: crowded });
  const codeOf = (assembly: string, bundle: string) => statSync(join(assembly, bundle, "index.js")).size;

  test("is far from what Lambda takes, not even packed", () => {
    expect(bundles().length).toBeGreaterThan(20);
    for (const bundle of bundles()) {
      const files = globSync(`${bundle}/**/*`, { cwd: crowded }).map((file) => statSync(join(crowded, file)).size);
      expect(files.reduce((sum, size) => sum + size, 0)).toBeLessThan(50 * MB);
    }
  });

  test("grows by less than 1.5 KB for each: all of it is read at every start", () => {
    for (const bundle of bundles())
      expect(codeOf(crowded, bundle) - codeOf(assemblyOf("qazvin"), bundle)).toBeLessThan(460 * 1.5 * KB);
  });
});
