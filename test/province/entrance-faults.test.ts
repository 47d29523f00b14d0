import { describe, expect, test } from "vitest";
import { toDotPath } from "zod/v4/core";
import { fileFaults } from "#infra/provinces/province-files.ts";
import { type Edit, editProvince, written } from "../support/province-files.ts";

const certificate = (region: string, account = "012345678901") => `arn:aws:acm:${region}:${account}:certificate/1`;
/** Qazvin with all that an edge and a budget need. */
const whole = editProvince(written.qazvin, [
  ["account", "012345678901"],
  ["region", "me-central-1"],
  ["publicUrl", "https://foad.qazvin.example"],
  ["api", { domain: "gateway.qazvin.example", certificateArn: certificate("me-central-1") }],
  ["edge", { domain: "foad.qazvin.example", certificateArn: certificate("us-east-1") }],
  ["operations", { alarmEmails: ["operator@qazvin.example"], monthlyBudgetUsd: 50 }],
]);

function linesAbout(content: unknown): string[] {
  const faults = fileFaults({ id: "qazvin", content, calendar: written.calendar, others: [] });
  return faults.map(({ path, message }) => `${toDotPath(path) || "(top)"}: ${message}`);
}

describe("a province with an edge", () => {
  test.each<[what: string, edits: Edit[]]>([
    ["as it should be", []],
    ["whose edge is not required yet", [["edge.required", false]]],
    [
      "that gave its edge up, and goes on with a domain of the gateway's own",
      [
        ["edge", undefined],
        ["publicUrl", "https://gateway.qazvin.example"],
      ],
    ],
    ["without a budget", [["operations", undefined]]],
    ["that names no account", [["account", undefined]]],
  ])("%s is right", (_, edits) => {
    expect(linesAbout(editProvince(whole, edits))).toEqual([]);
  });

  test.each<[what: string, edit: Edit, line: string]>([
    [
      "no domain of the gateway's own",
      ["api", undefined],
      "api: is missing: the edge calls the gateway by a domain of its own",
    ],
    ["no region", ["region", undefined], "region: is missing: the edge's keys are copied from there to its own"],
    [
      "another public address",
      ["publicUrl", "https://elsewhere.qazvin.example"],
      "publicUrl: must be https://foad.qazvin.example, where the edge stands",
    ],
    [
      "an edge's address without the edge",
      ["edge", undefined],
      "publicUrl: must be https://gateway.qazvin.example, the gateway's only address",
    ],
    [
      "one name for both",
      ["api.domain", "foad.qazvin.example"],
      'api.domain: "foad.qazvin.example" is the edge\'s: give the gateway another',
    ],
    [
      "an edge's certificate of the province's region",
      ["edge.certificateArn", certificate("me-central-1")],
      "edge.certificateArn: is of me-central-1: it must be one of us-east-1",
    ],
    [
      "a gateway's certificate of the edge's region",
      ["api.certificateArn", certificate("us-east-1")],
      "api.certificateArn: is of us-east-1: it must be one of me-central-1",
    ],
    [
      "a gateway's certificate of another account",
      ["api.certificateArn", certificate("me-central-1", "999999999999")],
      "api.certificateArn: is of account 999999999999: it must be one of 012345678901, as the province",
    ],
    [
      "an edge's certificate of another account",
      ["edge.certificateArn", certificate("us-east-1", "999999999999")],
      "edge.certificateArn: is of account 999999999999: it must be one of 012345678901, as the province",
    ],
    [
      "an address for a domain",
      ["api.domain", "https://gateway.qazvin.example"],
      "api.domain: must be a host's name in lower case, like foad.example",
    ],
    ["a key that no edge has", ["edge.activeKey", 1], "edge.activeKey: must be one of a, b"],
    [
      "a budget that nobody is told of",
      ["operations.alarmEmails", undefined],
      "operations.alarmEmails: is missing: add a list in [ ]",
    ],
  ])("%s is the one fault of the file", (_, edit, line) => {
    expect(linesAbout(editProvince(whole, [edit]))).toEqual([line]);
  });
});
