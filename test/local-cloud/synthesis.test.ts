import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { synthesize } from "#infra/programs/local-cloud/synthesis.ts";

/** A project whose synthesis notes that it ran. */
const program = `
  import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
  mkdirSync(process.env.CDK_OUTDIR, { recursive: true });
  writeFileSync(process.env.CDK_OUTDIR + "/manifest.json", "{}");
  appendFileSync(process.env.CDK_OUTDIR + "/ran", process.env.FOAD_PROVINCE + "\\n");
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foad-synthesis-"));
  for (const part of ["project/infra", "project/functions", "provinces/calendar"])
    mkdirSync(join(folder, part), { recursive: true });
  write("project/infra/app.ts", program);
  write("project/functions/answer.ts", "one");
  write("project/package-lock.json", "{}");
  write("provinces/qazvin.json", "{}");
  write("provinces/calendar/national.json", "{}");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const ran = () => readFileSync(join(folder, "out/ran"), "utf8").trim().split("\n");

function synthesized(province = "qazvin") {
  const places = {
    project: join(folder, "project"),
    provinces: join(folder, "provinces"),
    outdir: join(folder, "out"),
  };
  return synthesize({ ...places, province, signal: AbortSignal.timeout(20_000) });
}

test("from the same sources it is made once", async () => {
  await synthesized();
  await synthesized();
  expect(ran()).toEqual(["qazvin"]);
});

test.each([
  ["a function", "project/functions/answer.ts"],
  ["a new file", "project/functions/another.ts"],
  ["the packages", "project/package-lock.json"],
  ["the province's file", "provinces/qazvin.json"],
  ["a neighbour's file", "provinces/alborz.json"],
  ["what was released", "provinces/qazvin.released.json"],
  ["the calendar", "provinces/calendar/national.json"],
])("it is made anew after a change of %s", async (_, file) => {
  await synthesized();
  write(file, '"changed"');
  await synthesized();
  expect(ran()).toHaveLength(2);
});

test("it is made anew where somebody else wrote into the folder since, or emptied it", async () => {
  await synthesized();
  utimesSync(join(folder, "out/manifest.json"), 1, 1);
  await synthesized();
  rmSync(join(folder, "out/manifest.json"));
  await synthesized();
  expect(ran()).toHaveLength(3);
});

test("it is made anew for another province in the same folder", async () => {
  await synthesized();
  await synthesized("alborz");
  expect(ran()).toEqual(["qazvin", "alborz"]);
});

test("what was broken off is made anew, though the sources are again those of before", async () => {
  await synthesized();
  write("project/infra/app.ts", `${program}process.exit(1);`);
  await expect(synthesized()).rejects.toThrow("could not be synthesized");
  write("project/infra/app.ts", program);
  await synthesized();
  expect(ran()).toHaveLength(3);
});
