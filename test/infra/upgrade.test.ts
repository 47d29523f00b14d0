import { describe, expect, test } from "vitest";
import { assemblyOf } from "../support/synthesized.ts";
import { type Release, type Resource, readRelease, type Template } from "../upgrade/templates/deployed.ts";
import { playUpgrade, type Step } from "../upgrade/templates/play.ts";

type Stacks = Record<"data" | "agencies" | "processing" | "api", Template>;

/** Qazvin's stacks, as a change of code or file would make them. */
function qazvin(edit: (stacks: Stacks) => void = () => {}): Release {
  const release = readRelease(assemblyOf("qazvin"));
  const named = (part: string) => release.get(`Foad-qazvin-${part}`) ?? expect.unreachable();
  edit({ data: named("Data"), agencies: named("Agencies-1"), processing: named("Processing"), api: named("Api") });
  return release;
}

/** The resource of a template whose logical id begins so. */
function found({ Resources }: Template, start: string): [id: string, resource: Resource] {
  return Object.entries(Resources).find(([id]) => id.startsWith(start)) ?? expect.unreachable();
}

function drop(template: Template, start: string): void {
  delete template.Resources[found(template, start)[0]];
}

function outputOf(template: Template, part: string): string {
  return Object.keys(template.Outputs).find((name) => name.includes(part)) ?? expect.unreachable();
}

/** Reads an export, as the API's stack would if references were not weak. */
const importing: Resource = { Type: "AWS::SSM::Parameter", Properties: { Value: { "Fn::ImportValue": "table" } } };
const exported = { Value: "the-table", Export: { Name: "table" } };

function exporting({ data, api }: Stacks): void {
  data.Outputs.Exported = structuredClone(exported);
  api.Resources.Importing = importing;
}

const refused = (steps: Step[]) => steps.flatMap(({ stack, refusals }) => refusals.map((why) => `${stack}: ${why}`));
const index = (IndexName: string) => ({ IndexName, KeySchema: [], Projection: { ProjectionType: "ALL" } });
const indexesOf = ({ data }: Stacks) =>
  found(data, "ComplaintsTable")[1].Properties.GlobalSecondaryIndexes as { IndexName: string; KeySchema: unknown[] }[];

test("stacks are deployed in one order: what consumes is there before what files", () => {
  const parts = ["Data", "Agencies-1", "Agencies-sandbox", "Processing", "Api", "Operations"];
  expect([...qazvin().keys()]).toEqual(parts.map((part) => `Foad-qazvin-${part}`));
});

test("a release over itself, and back, goes through", () => {
  const { there, back } = playUpgrade({ last: qazvin(), next: qazvin() });
  expect(there).toHaveLength(6);
  expect(refused([...there, ...back])).toEqual([]);
  expect([...there, ...back].flatMap(({ dangling }) => dangling)).toEqual([]);
});

test("one more index, and more memory for a function, goes through, and back", () => {
  const next = qazvin((stacks) => {
    indexesOf(stacks).push(index("period"));
    found(stacks.api, "citizenFunction")[1].Properties.MemorySize = 1_024;
  });
  const { there, back } = playUpgrade({ last: qazvin(), next });
  expect(refused([...there, ...back])).toEqual([]);
});

describe("an upgrade is refused if", () => {
  test.each<[deadlock: string, edits: { last?: (s: Stacks) => void; next?: (s: Stacks) => void }, why: RegExp]>([
    [
      "an export in use is dropped, though its user drops it too",
      { last: exporting },
      /^Foad-qazvin-Data: the export table is in use by Foad-qazvin-Api$/,
    ],
    [
      "an export in use gets another value",
      {
        last: exporting,
        next(stacks) {
          exporting(stacks);
          stacks.data.Outputs.Exported = { ...exported, Value: "another-table" };
        },
      },
      /^Foad-qazvin-Data: the export table is in use/,
    ],
    [
      "an export is imported that nobody has",
      { next: ({ api }) => Object.assign(api.Resources, { Importing: importing }) },
      /^Foad-qazvin-Api: reads table, which no stack puts out$/,
    ],
    [
      "an output is gone that a stack still reads",
      { next: ({ data }) => delete data.Outputs[outputOf(data, "ComplaintsTable")] },
      /^Foad-qazvin-(Api|Processing): reads Foad-qazvin-Data\.\w+, which no stack puts out$/,
    ],
    [
      "a stack reads what a later one will put out",
      {
        next({ processing }) {
          const Value = { "Fn::GetStackOutput": { StackName: "Foad-qazvin-Api", OutputName: "New" } };
          processing.Resources.Reading = { Type: "AWS::SSM::Parameter", Properties: { Value } };
        },
      },
      /^Foad-qazvin-Processing: reads Foad-qazvin-Api\.New/,
    ],
    [
      "two indexes are made at once",
      { next: (stacks) => indexesOf(stacks).push(index("period"), index("cause")) },
      /^Foad-qazvin-Data: .*indexes period, cause are made or dropped/,
    ],
    [
      "an index takes the place of another",
      {
        next(stacks) {
          for (const one of indexesOf(stacks)) if (one.IndexName === "workQueue") one.IndexName = "tables";
        },
      },
      /indexes tables, workQueue are made or dropped/,
    ],
    [
      "an index has another key",
      { next: (stacks) => Object.assign(indexesOf(stacks)[0] ?? {}, { KeySchema: [] }) },
      /the index inbox cannot be changed in its place/,
    ],
    [
      "an attribute of a key becomes a number",
      {
        next({ data }) {
          const [, { Properties }] = found(data, "ComplaintsTable");
          Properties.AttributeDefinitions = [{ AttributeName: "pk", AttributeType: "N" }];
        },
      },
      /the attribute pk becomes N/,
    ],
    [
      "a stream becomes one of another kind",
      {
        next({ data }) {
          const [, { Properties }] = found(data, "ComplaintsTable");
          Properties.StreamSpecification = { StreamViewType: "KEYS_ONLY" };
        },
      },
      /its stream becomes one of another kind/,
    ],
    [
      "a table has another key",
      { next: ({ data }) => Object.assign(found(data, "IdentitiesTable")[1].Properties, { KeySchema: [] }) },
      /^Foad-qazvin-Data: AWS::DynamoDB::Table IdentitiesTable\w+: another is put in its place, since KeySchema changes$/,
    ],
    [
      "a table leaves its stack",
      { next: ({ data }) => drop(data, "ComplaintsTable") },
      /AWS::DynamoDB::Table ComplaintsTable\w+: leaves the stack/,
    ],
    [
      "the pepper would be made anew",
      { next: ({ data }) => Object.assign(found(data, "Pepper")[1].Properties, { GenerateSecretString: {} }) },
      /another is put in its place, since GenerateSecretString changes/,
    ],
    [
      "a queue has another name",
      { next: ({ agencies }) => Object.assign(found(agencies, "gasQueue")[1].Properties, { QueueName: "other.fifo" }) },
      /^Foad-qazvin-Agencies-1: AWS::SQS::Queue gasQueue\w+: another is put in its place, since QueueName changes$/,
    ],
    [
      "a queue stands under another id, whose name the old one still has",
      {
        next({ agencies }) {
          const [id, queue] = found(agencies, "gasQueue");
          delete agencies.Resources[id];
          agencies.Resources.Renamed = queue;
        },
      },
      /Renamed: AWS::SQS::Queue foad-qazvin-agency-gas\.fifo is taken, by Foad-qazvin-Agencies-1$/,
    ],
    [
      "a resource becomes one of another type",
      { next: ({ api }) => Object.assign(found(api, "citizenLog")[1], { Type: "AWS::SQS::Queue" }) },
      /^Foad-qazvin-Api: AWS::Logs::LogGroup citizenLog\w+: becomes a AWS::SQS::Queue/,
    ],
  ])("%s", (_, { last, next }, why) => {
    const { there } = playUpgrade({ last: qazvin(last), next: qazvin(next) });
    expect(refused(there)).toContainEqual(expect.stringMatching(why));
  });
});

test("an agency that moves to another stack finds the name of its queue taken", () => {
  const next = qazvin(({ agencies }) => drop(agencies, "gasQueue"));
  const [id, queue] = found(qazvin().get("Foad-qazvin-Agencies-1") ?? expect.unreachable(), "gasQueue");
  next.set("Foad-qazvin-Agencies-2", { Resources: { [id]: queue }, Outputs: {} });
  expect(refused(playUpgrade({ last: qazvin(), next }).there)).toContainEqual(
    `Foad-qazvin-Agencies-2: ${id}: AWS::SQS::Queue foad-qazvin-agency-gas.fifo is taken, by what Foad-qazvin-Agencies-1 left behind`,
  );
});

test("going back to a release with an agency that left finds the name taken by the queue that was kept", () => {
  const next = qazvin(({ agencies }) => drop(agencies, "gasQueue"));
  expect(refused(playUpgrade({ last: qazvin(), next }).back)).toEqual([
    expect.stringMatching(/gas\.fifo is taken, by what Foad-qazvin-Agencies-1 left behind$/),
  ]);
});

test("an output that goes while a deployed stack reads it is told: nobody may touch that one until it is deployed too", () => {
  const name = "Unneeded";
  const reading: Resource = {
    Type: "AWS::SSM::Parameter",
    Properties: { Value: { "Fn::GetStackOutput": { StackName: "Foad-qazvin-Data", OutputName: name } } },
  };
  const last = qazvin(({ data, api }) => {
    data.Outputs[name] = { Value: "x" };
    api.Resources.Reading = reading;
  });
  const { there, back } = playUpgrade({ last, next: qazvin() });
  expect(there[0]).toEqual({ stack: "Foad-qazvin-Data", refusals: [], dangling: [`${name}, read by Foad-qazvin-Api`] });
  expect(refused([...there, ...back])).toEqual([]);
});
