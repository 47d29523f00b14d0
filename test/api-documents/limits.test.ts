import { expect, test } from "vitest";
import * as z from "zod";
import { allRoutes } from "#infra/programs/documents/openapi/openapi.ts";
import { limitsSection } from "#infra/programs/documents/pages/limits.ts";
import { numberIn } from "#infra/programs/documents/pages/wording.ts";
import {
  mostConsents,
  mostMessagesPerSide,
  mostOpinions,
  mostPromisedActions,
  mostTransfersByAgencies,
  mostVisits,
} from "#shared/policy-numbers.ts";
import { textOf } from "#shared/wording/html.ts";

const rowsIn = (language: "fa" | "en") =>
  [...limitsSection(language).html.matchAll(/<tr><th scope="row">(.*?)<\/th><td[^>]*>(.*?)<\/td>/g)].map(
    ([, of = "", most = ""]) => ({
      of: textOf({ html: of }),
      most: textOf({ html: most }),
    }),
  );

test.each([
  ["Opinions", "نظرهای شهروند", mostOpinions],
  ["Consents", "اجازه‌های پس از ثبت", mostConsents],
  ["Transfers", "ارجاع‌های یک شکایت", mostTransfersByAgencies],
  ["Visits", "بازدیدهایی", mostVisits],
  ["Messages", "پیام‌های هر طرف", mostMessagesPerSide],
  ["Promised actions", "اقدام‌های", mostPromisedActions],
])("the table of limits tells how many there may be: %s", (en, fa, most) => {
  expect(rowsIn("en").find(({ of }) => of.startsWith(en))?.most).toBe(numberIn("en", most));
  expect(rowsIn("fa").find(({ of }) => of.startsWith(fa))?.most).toBe(numberIn("fa", most));
});

/** Every number that a schema is held to under one of these names. */
function numbersIn(schema: unknown, names: readonly string[]): number[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    names.includes(name) && typeof value === "number" ? [value] : numbersIn(value, names),
  );
}

/** Names, addresses and ids are shorter than what anybody writes of a case. */
const longestId = 300;

test("the table of limits tells how long each text and list of a body may be", () => {
  const bodies = Object.values(allRoutes).flatMap(({ contract: { body } }) =>
    body instanceof z.ZodType ? [z.toJSONSchema(body, { io: "input", unrepresentable: "any" })] : [],
  );
  const texts = numbersIn(bodies, ["maxLength"]).filter((most) => most > longestId);
  const wanted = new Set([...texts, ...numbersIn(bodies, ["maxItems"])]);
  const told = rowsIn("en").map(({ most }) => most);
  expect([...wanted].map((most) => numberIn("en", most)).filter((most) => !told.includes(most))).toEqual([]);
  expect(wanted.size).toBeGreaterThan(2);
});
