import { expect, test } from "vitest";
import type { Grant, Use } from "../infra/local/iam/grants-used.ts";
import { findingsIn } from "./support/idle-grants.ts";

const grant: Grant = { id: "Api/agencyRole/2", actions: ["dynamodb:GetItem"], under: ["table", "C#*"] };
const use = (text: string, more: Partial<Use> = {}): Use[] =>
  grant.under.map((under) => ({ id: grant.id, action: "dynamodb:GetItem", under, text, alone: true, ...more }));
const clean = { idle: [], idlePatterns: [], wide: [], spare: [] };

test.each<[string, Grant, Use[], object]>([
  ["all is used", grant, use("C#"), {}],
  [
    "an action is never asked for",
    { ...grant, actions: ["dynamodb:GetItem", "dynamodb:Query"] },
    use("C#"),
    { idle: ["Api/agencyRole/2 dynamodb:Query"] },
  ],
  ["a pattern of actions", { ...grant, actions: ["dynamodb:*"] }, use("C#"), { idle: ["Api/agencyRole/2 dynamodb:*"] }],
  [
    "a key is never asked for",
    { ...grant, under: ["table", "C#*", "H"] },
    use("C#"),
    { idlePatterns: ["Api/agencyRole/2 H"] },
  ],
  [
    "one part of what a pattern lets in",
    { ...grant, under: ["table", "*"] },
    use("C#", { under: "*" }).concat(use("C#")),
    { wide: ["Api/agencyRole/2 *"] },
  ],
  [
    "names that begin alike are no part",
    { ...grant, under: ["table", "up/*"] },
    [use("up/QZ-1/"), use("up/QZ-2/")].flat().flatMap((one) => [one, { ...one, under: "up/*" }]),
    {},
  ],
  ["another statement allows it too", grant, use("C#", { alone: false }), { spare: ["Api/agencyRole/2"] }],
  ["what is not seen here", { ...grant, actions: ["logs:PutLogEvents"], under: ["*"] }, [], {}],
])("a grant of which %s", (_, given, uses, found) => {
  expect(findingsIn({ grants: [given], uses })).toEqual({ ...clean, ...found });
});
