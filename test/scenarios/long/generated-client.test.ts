import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generatedTypes } from "#infra/programs/client/openapi-declarations.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

/** The stories as they are called here; what they are compiled against is made only when this runs. */
type Play = (played: {
  baseUrl: string;
  tokenOf: (name: string) => Promise<string>;
  advance: (days: number) => Promise<unknown>;
  fetch?: (request: Request) => Promise<Response>;
}) => Promise<unknown>;

const cloud = withLocalCloud();
const root = join(import.meta.dirname, "../../..");
let folder = "";
let play: Play;

beforeAll(async () => {
  mkdirSync(join(root, ".local"), { recursive: true });
  folder = mkdtempSync(join(root, ".local", "client-"));
  const document = await (await fetch(`${cloud.endpoints.api}/v1/openapi.json`)).text();
  writeFileSync(join(folder, "paths.d.ts"), await generatedTypes(document));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", include: ["*.ts"], exclude: [] }),
  );
  copyFileSync(join(root, "test/client/stories.ts"), join(folder, "stories.ts"));
  const stories = join(folder, "stories.ts");
  play = ((await import(stories)) as { playStories: Play }).playStories;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("compiles against the types that are generated from the document", () => {
  expect(() => execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" })).not.toThrow();
});

const played = (fetched?: (request: Request) => Promise<Response>) =>
  play({
    baseUrl: cloud.endpoints.api,
    tokenOf: cloud.token,
    advance: (days) => cloud.clock.advance(days * 86_400_000),
    ...(fetched && { fetch: fetched }),
  });

const stories = {
  accepted: ["closed", "filed", "acknowledged", "answered: founded", "accepted"],
  disputed: ["closed", "filed", "answered: unfounded", "disputed", "decided: founded"],
  late: ["filed", "filed", "escalated: 1"],
  refused: "wrong-state",
};

test("plays the four stories", async () => {
  expect(await played()).toMatchObject({ ...stories, liked: ["answered", "filed", "answered: founded"], events: 4 });
});

test("plays them as well where each answer of tomorrow has a field and each list an entry that it does not know", async () => {
  const told = await played(async (request) => {
    const response = await fetch(request);
    const { status, headers } = response;
    return new Response(JSON.stringify(tomorrows(await response.json())), { status, headers });
  });
  expect(told).toMatchObject({ ...stories, events: 8 });
});

function tomorrows(value: unknown): unknown {
  if (Array.isArray(value)) {
    const entries = value.map(tomorrows);
    const isTyped = entries.some((one) => typeof one === "object" && one !== null && "type" in one);
    return isTyped ? [...entries, { type: "praised", at: new Date().toISOString() }] : entries;
  }
  if (typeof value !== "object" || value === null) return value;
  return { ...Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tomorrows(one)])), mood: "good" };
}
