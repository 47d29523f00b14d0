import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { Province } from "#shared/province/schema.ts";
import { changedResources } from "../support/changed-resources.ts";
import { assemblyOf } from "../support/synthesized.ts";
import { type Edit, synthesizeEdited } from "../support/synthesized-with.ts";

const gas = ({ agencies }: Province) => agencies.find(({ id }) => id === "gas") ?? expect.unreachable();

const found: Edit = (province) =>
  province.agencies.push({ ...structuredClone(gas(province)), id: "newly-founded", offices: [], clientIds: ["new-1"] });

/** Those that know agencies, or who may call in whose name. */
const knowAgencies = [
  "admin",
  "agency",
  "agency-issues",
  "answer-linked-complaints",
  "close-periods",
  "count-agency-figures",
  "propose-issues",
  "export-complaint",
  "file-complaint",
  "front-end",
  "hold-complaint",
  "inspector",
  "issues",
  "notices",
  "change-deadlines",
  "overseer",
  "public",
  "calls",
  "read-case",
  "read-identity",
  "read-issues",
  "read-performance",
  "read-person",
  "read-records",
  "renew-secret",
  "reviewer",
  "read-statistics",
  "redrive-events",
  "render-page",
  "send-notification",
  "monitor-queues",
];
const ownQueues = [
  "Agencies-1: new AWS::SQS::Queue newlyfoundedDeadLettersE17A9511",
  "Agencies-1: new AWS::SQS::QueuePolicy newlyfoundedDeadLettersPolicyB0E1EC4E",
  "Agencies-1: new AWS::SQS::Queue newlyfoundedQueue7285CDE6",
  "Agencies-1: new AWS::SQS::QueuePolicy newlyfoundedQueuePolicy563587D2",
];

/** What becomes of the deployed stacks. Nothing that is not named here is touched: no queue of others, no table, no role. */
const kinds: [change: string, edit: Edit, functions: string[], others: string[]][] = [
  ["an agency is founded", found, knowAgencies, ownQueues],
  [
    "an agency is renamed",
    (province) => {
      gas(province).name.fa += " نو";
    },
    [
      "agency",
      "export-complaint",
      "inspector",
      "notices",
      "overseer",
      "public",
      "read-issues",
      "render-page",
      "reviewer",
      "send-notification",
    ],
    [],
  ],
  [
    "a category is added",
    ({ categories }) => {
      const [first = expect.unreachable()] = categories;
      categories.push({ ...first, id: "another" });
    },
    [
      "admin",
      "agency",
      "agency-issues",
      "answer-linked-complaints",
      "citizen",
      "close-periods",
      "export-complaint",
      "file-complaint",
      "inspector",
      "issues",
      "notices",
      "overseer",
      "send-notification",
      "change-deadlines",
      "public",
      "escalate-complaint",
      "read-issues",
      "read-statistics",
      "redrive-events",
      "render-page",
    ],
    [],
  ],
  [
    "a day is declared a holiday",
    ({ officeHours }) => {
      const [first = expect.unreachable()] = officeHours.holidays;
      officeHours.holidays.push({ ...first, date: "2027-02-02" });
    },
    [
      "admin",
      "agency",
      "agency-issues",
      "citizen",
      "close-periods",
      "count-agency-figures",
      "export-complaint",
      "file-complaint",
      "inspector",
      "issues",
      "overseer",
      "change-deadlines",
      "escalate-complaint",
      "render-page",
    ],
    [],
  ],
];

describe("what becomes of the stacks when", () => {
  // The CDK's own rules, a third of each synthesis, change nothing of what is written.
  vi.stubEnv("CDK_VALIDATION", "false");
  const folder = mkdtempSync(join(tmpdir(), "foad-kinds-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const touchedBy = async (edit: Edit) => {
    const changed = await synthesizeEdited({ folder: mkdtempSync(join(folder, "kind-")), edit });
    return changedResources(assemblyOf("qazvin"), changed);
  };

  test.each(kinds)("%s", async (_, edit, functions, others) => {
    expect(await touchedBy(edit)).toEqual({ functions: functions.toSorted(), others });
  });

  test("an agency retires: it keeps its queues, and nothing that does not know agencies", async () => {
    const { functions, others } = await touchedBy((province) => {
      gas(province).retiredFrom = "2027-01-01";
    });
    expect(others).toEqual([]);
    expect(knowAgencies).toEqual(expect.arrayContaining(functions));
  });
});
