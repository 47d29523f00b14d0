import { expect, test } from "vitest";
import * as z from "zod";
import { type ApiChange, apiChanges } from "#functions/http/api-changes.ts";
import { route } from "#functions/http/route.ts";
import { serve } from "#functions/http/serve.ts";
import { routes } from "#infra/constructs/routes.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";

const operation = (run: () => Promise<{ status: number; body: unknown }>) =>
  route({ caller: "public", summary: { en: "", fa: "" }, answer: { status: 200, schema: z.unknown() }, run });
const old = operation(async () => ({ status: 200, body: {} }));
const broken = operation(() => Promise.reject(new Error("down")));
const ending: ApiChange = {
  date: "2027-01-01",
  kind: "deprecated",
  description: { en: "Ask the other one", fa: "مسیر دیگر" },
  routes: ["GET /v1/old", "GET /v1/broken"],
  sunsetOn: "2028-01-01",
};

const answer = (routeKey: string, changes: ApiChange[]) =>
  serve({ routes: { [routeKey]: routeKey.endsWith("broken") ? broken : old }, authenticate: () => undefined, changes })(
    anApiEvent({ routeKey }),
    aContext,
  );

test.each(["GET /v1/old", "GET /v1/broken"])(
  "%s says in every answer that it is deprecated, and until when",
  async (routeKey) => {
    const { headers } = await answer(routeKey, [ending]);
    expect(headers).toMatchObject({
      deprecation: "@1798761600",
      sunset: "Sat, 01 Jan 2028 00:00:00 GMT",
      link: expect.stringMatching(/^<https:\/\/[^>]+\/v1\/changes>; rel="deprecation"/),
    });
  },
);

test("what is not deprecated, or was only added, says nothing", async () => {
  const added: ApiChange = {
    date: "2027-01-01",
    kind: "added",
    description: ending.description,
    routes: ["GET /v1/other"],
  };
  const { headers } = await answer("GET /v1/other", [ending, added]);
  expect(Object.keys(headers ?? {})).not.toEqual(expect.arrayContaining(["deprecation"]));
  expect(headers).not.toHaveProperty("sunset");
});

test("the table names routes that are there, the newest first, and gives what ends six months at least", () => {
  expect(apiChanges.flatMap(({ routes: named = [] }) => named).filter((routeKey) => !(routeKey in routes))).toEqual([]);
  expect(apiChanges.map(({ date }) => date)).toEqual(
    apiChanges
      .map(({ date }) => date)
      .sort()
      .reverse(),
  );
  const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const short = apiChanges.filter(
    (one) => one.kind === "deprecated" && one.sunsetOn && days(one.date, one.sunsetOn) < 182,
  );
  expect(short).toEqual([]);
});
