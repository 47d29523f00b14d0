import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Assembly,
  deploy,
  readAssembly,
  references,
  resolve,
  type Scope,
} from "#infra/programs/local-cloud/cloudformation/deployment.ts";
import type { DeclaredResource } from "#infra/programs/local-cloud/cloudformation/resources.ts";
import { synthesizeFixture } from "./fixture-app.ts";

let folder: string;
let assembly: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-assembly-"));
  assembly = synthesizeFixture(folder).assembly;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const scope: Scope = {
  stack: "Tiny",
  ref: (logicalId) => `ref-of-${logicalId}`,
  attribute: (logicalId, name) => `${name}-of-${logicalId}`,
  exported: (name) => `exported-${name}`,
  output: (stack, name) => `${stack}-puts-out-${name}`,
  secret: (name) => JSON.stringify({ a: `the key of ${name}` }),
};

test.each([
  ["a reference", { Ref: "Table" }, "ref-of-Table"],
  ["an attribute", { "Fn::GetAtt": ["Table", "Arn"] }, "Arn-of-Table"],
  ["an attribute in the short form", { "Fn::GetAtt": "Table.Arn" }, "Arn-of-Table"],
  [
    "an output of another stack",
    { "Fn::GetStackOutput": { StackName: "Data", Region: { Ref: "AWS::Region" }, OutputName: "Table" } },
    "Data-puts-out-Table",
  ],
  ["an import", { "Fn::ImportValue": "Data:Table" }, "exported-Data:Table"],
  ["the account", { Ref: "AWS::AccountId" }, "000000000000"],
  [
    "a join of functions",
    { "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ":", { Ref: "Table" }]] },
    "arn:aws:ref-of-Table",
  ],
  [
    "a substitution",
    { "Fn::Sub": `\${AWS::StackName}/\${Table}/\${Table.Arn}/\${!kept}` },
    `Tiny/ref-of-Table/Arn-of-Table/\${kept}`,
  ],
  ["a substitution by variables", { "Fn::Sub": [`\${a}-\${Table}`, { a: { Ref: "Key" } }] }, "ref-of-Key-ref-of-Table"],
  ["a choice of a split", { "Fn::Select": [1, { "Fn::Split": ["-", { Ref: "Table" }] }] }, "of"],
  ["a field of a secret", "{{resolve:secretsmanager:foad:SecretString:a::}}", "the key of foad"],
  ["what is absent, in an object", { kept: 1, gone: { Ref: "AWS::NoValue" } }, { kept: 1 }],
  ["what is absent, in a list", ["kept", { Ref: "AWS::NoValue" }], ["kept"]],
  ["anything else", [{ a: [1, true, null] }], [{ a: [1, true, null] }]],
])("%s is resolved", (_, value, resolved) => {
  expect(resolve(value, scope)).toEqual(resolved);
});

test("a function that the local cloud does not know is named, with where it stands", () => {
  expect(() => resolve({ a: { "Fn::Cidr": ["10.0.0.0/8", 1, 8] } }, scope)).toThrow(/Fn::Cidr, used in Tiny/);
});

test("a field that a secret does not have stops the deployment, as CloudFormation would", () => {
  expect(() => resolve("{{resolve:secretsmanager:foad:SecretString:b::}}", scope)).toThrow(
    "Could not find a value associated with JSONKey b in foad.",
  );
});

test("references are found wherever they hide", () => {
  const value = {
    a: [{ Ref: "One" }, { "Fn::Join": ["", [{ "Fn::GetAtt": ["Two", "Arn"] }]] }],
    b: { "Fn::Sub": `x\${Three.Arn}\${!No}` },
  };
  expect(references(value).sort()).toEqual(["One", "Three", "Two"]);
});

describe("an assembly", () => {
  test("has its stacks after those they import from, and its assets where they lie", () => {
    const { stacks, assets } = readAssembly(assembly);
    const names = stacks.map(({ name }) => name);
    expect(names.toSorted()).toEqual(["Tiny-Api", "Tiny-Data", "Tiny-Processing"]);
    expect(names[0]).toBe("Tiny-Data");
    expect([...assets.values()].filter((path) => path.startsWith(assembly)).length).toBeGreaterThanOrEqual(3);
  });

  test("that was never synthesized says what to run", () => {
    expect(() => readAssembly(join(folder, "nowhere"))).toThrow(/run "npm run synth"/);
  });

  test("is made resource by resource, each with what it refers to resolved, across stacks too", async () => {
    const made = await recordDeployment(readAssembly(assembly));
    const greet = made.find(({ logicalId, type }) => type === "AWS::Lambda::Function" && logicalId.startsWith("greet"));
    const secret = made.find(({ type }) => type === "AWS::SecretsManager::Secret");
    expect(greet?.properties).toMatchObject({ Environment: { Variables: { SECRET: `ref:${secret?.logicalId}` } } });
    const mapping = made.find(
      ({ type, properties }) => type === "AWS::Lambda::EventSourceMapping" && "StartingPosition" in Object(properties),
    );
    expect(mapping?.properties).toMatchObject({
      EventSourceArn: expect.stringMatching(/^StreamArn:Table/),
      FunctionName: expect.stringMatching(/^ref:stream/),
    });
  });

  test("with a type that no service makes is refused whole, naming each", async () => {
    const { stacks, assets } = readAssembly(assembly);
    const odd = { Resources: { Net: { Type: "AWS::EC2::VPC", DependsOn: [] } }, Outputs: {} };
    const makers = Object.fromEntries(typesOf(stacks).map((type) => [type, () => ({ ref: "" })]));
    const deployment = deploy({ assembly: { stacks: [...stacks, { name: "Odd", template: odd }], assets }, makers });
    await expect(deployment).rejects.toThrow(/AWS::EC2::VPC \(Net of Odd\)/);
  });

  test("whose manifest was cut short says so in one line", async () => {
    await writeFile(join(folder, "manifest.json"), '{"artifacts": {');
    expect(() => readAssembly(folder)).toThrow(/manifest\.json is not what the synthesis should have written/);
  });
});

function typesOf(stacks: Assembly["stacks"]): string[] {
  return stacks.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type));
}

async function recordDeployment(read: Assembly): Promise<DeclaredResource[]> {
  const made: DeclaredResource[] = [];
  const names = ["Arn", "StreamArn", "QueueName", "ApiEndpoint"];
  const make = (declared: DeclaredResource) => {
    made.push(declared);
    const attributes = Object.fromEntries(names.map((name) => [name, `${name}:${declared.logicalId}`]));
    return { ref: `ref:${declared.logicalId}`, attributes };
  };
  await deploy({ assembly: read, makers: Object.fromEntries(typesOf(read.stacks).map((type) => [type, make])) });
  return made;
}
