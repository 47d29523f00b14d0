import { expect, test } from "vitest";
import type { Grant, GrantUse } from "#infra/programs/local-cloud/iam/gate.ts";
import { findingsIn } from "./support/unused-rights.ts";

const grant: Grant = { id: "Api/agencyRole/2", actions: ["dynamodb:GetItem"], patterns: ["table", "COMPLAINT#*"] };
const use = (text: string, more: Partial<GrantUse> = {}): GrantUse[] =>
  grant.patterns.map((under) => ({
    id: grant.id,
    action: "dynamodb:GetItem",
    pattern: under,
    text,
    isOnlyGrant: true,
    ...more,
  }));
const clean = { idle: [], idlePatterns: [], wide: [], spare: [] };

test.each<[string, Grant, GrantUse[], object]>([
  ["all is used", grant, use("COMPLAINT#"), {}],
  [
    "an action is never asked for",
    { ...grant, actions: ["dynamodb:GetItem", "dynamodb:Query"] },
    use("COMPLAINT#"),
    { idle: ["Api/agencyRole/2 dynamodb:Query"] },
  ],
  [
    "a pattern of actions",
    { ...grant, actions: ["dynamodb:*"] },
    use("COMPLAINT#"),
    { idle: ["Api/agencyRole/2 dynamodb:*"] },
  ],
  [
    "a key is never asked for",
    { ...grant, patterns: ["table", "COMPLAINT#*", "HOURS"] },
    use("COMPLAINT#"),
    { idlePatterns: ["Api/agencyRole/2 HOURS"] },
  ],
  [
    "one part of what a pattern lets in",
    { ...grant, patterns: ["table", "*"] },
    use("COMPLAINT#", { pattern: "*" }).concat(use("COMPLAINT#")),
    { wide: ["Api/agencyRole/2 *"] },
  ],
  [
    "names that begin alike are no part",
    { ...grant, patterns: ["table", "up/*"] },
    [use("up/QZ-1/"), use("up/QZ-2/")].flat().flatMap((one) => [one, { ...one, pattern: "up/*" }]),
    {},
  ],
  [
    "another statement allows it too",
    grant,
    use("COMPLAINT#", { isOnlyGrant: false }),
    { spare: ["Api/agencyRole/2"] },
  ],
  ["what is not seen here", { ...grant, actions: ["logs:PutLogEvents"], patterns: ["*"] }, [], {}],
])("a grant of which %s", (_, given, uses, found) => {
  expect(findingsIn({ grants: [given], uses })).toEqual({ ...clean, ...found });
});
