import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { createCallDraw } from "#functions/calls/call-list.store.ts";
import { sandboxAgency } from "#shared/province/directory.ts";
import { table } from "#shared/storage/table.ts";
import { closedQuarter } from "../support/closed-quarter.ts";

const tables = mockClient(table);
const secrets = mockClient(SecretsManagerClient);
afterAll(() => {
  tables.restore();
  secrets.restore();
  vi.unstubAllEnvs();
});

/** Azar, in the third quarter; the quarter before last is 1405-Q1. */
const filedAt = "2026-11-24T06:10:00.000Z";
const ids = Array.from({ length: 4_000 }, (_, n) => `QZ-${String(n).padStart(4, "0")}-0000-0`);

beforeEach(() => {
  vi.stubEnv("COMPLAINTS_TABLE", "Complaints");
  vi.stubEnv("PEPPER_SECRET", "pepper");
  secrets.on(GetSecretValueCommand).resolves({ SecretString: "a pepper for tests" });
  const items = closedQuarter("1405-Q1", { gas: 360, post: 85 });
  tables.on(GetCommand).callsFake(({ Key }) => ({ Item: items.find(({ pk, sk }) => pk === Key.pk && sk === Key.sk) }));
});

async function drawn(agencyId: string, at = filedAt) {
  const draw = await createCallDraw({ agencyId, filedAt: at });
  const probabilities = ids.flatMap((id) => draw(id) ?? []);
  return { share: probabilities.length / ids.length, probabilities: [...new Set(probabilities)] };
}

test("one in four is drawn of an agency whose published count of the quarter before last is 360", async () => {
  const { share, probabilities } = await drawn("gas");
  expect(probabilities).toEqual([0.25]);
  // Of 4,000 the standard error is 0.007.
  expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
});

test.each([
  ["a small agency", "post", filedAt],
  ["an agency of which nothing is counted", "water", filedAt],
  ["an agency where the quarter before last is not closed", "gas", "2027-01-24T06:10:00.000Z"],
])("everybody is drawn of %s", async (_, agencyId, at) => {
  expect(await drawn(agencyId, at)).toEqual({ share: 1, probabilities: [1] });
});

test("nobody is drawn of the sandbox", async () => {
  expect(await drawn(sandboxAgency)).toEqual({ share: 0, probabilities: [] });
});
