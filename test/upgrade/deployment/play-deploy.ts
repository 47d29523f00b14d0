import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProvinceFile } from "#shared/province/schema.ts";
import { checkOut, nameOf } from "../release.ts";
import { cdk, type Deployed, deploy, destroy, stackOf, withoutProtection } from "./cdk.ts";
import { type Holdings, holdings, putSomething } from "./holdings.ts";
import { aNeighbour, aYearLater, fileIn, readProvince, writeProvince } from "./next-year.ts";

/**
 * `npm run trial -- deploy <commit of the last release>`: the life of four provinces in one account, by the CDK's own command
 * line, in whatever answers at AWS_ENDPOINT_URL: first deployment, a year's changes, back to the last release, the end.
 * Whoever lives in the account does not outlive the play, so it starts without an endpoint only if `--in-aws` is said.
 */
const [ref = "", ...words] = process.argv.slice(2);
if (!ref || !(process.env.AWS_ENDPOINT_URL || words.includes("--in-aws"))) {
  process.stdout.write("npm run trial -- deploy <commit>, with AWS_ENDPOINT_URL, AWS_REGION and credentials set.\n");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "foad-deploy-"));
const began = performance.now();
const print = (line: string) => process.stdout.write(`${line}\n`);

const province = "qazvin";
const release: Deployed = { code: checkOut(ref, join(folder, "release")), province };
const today: Deployed = { code: checkOut("HEAD", join(folder, "today")), province };

try {
  await play();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function play(): Promise<void> {
  await step("cdk bootstrap", () => cdk(release, "bootstrap"));
  await step(`first deployment: ${nameOf(ref)}`, () => deploy(release));
  const [first] = readProvince(today.code, province).agencies;
  await putSomething(province, first?.id ?? "");
  const before = await holdings(province);
  const original = readProvince(today.code, province);
  writeProvince(today.code, aYearLater(original));
  await step("an update with a year's changes", () => deploy(today));
  tellKept(before, await holdings(province));
  await goBack(aYearLater(original));
  tellKept(before, await holdings(province));
  await neighbours(original);
  await end(release);
}

/** The code goes back and the file stays: with the older file, what was founded meanwhile would leave its stack. */
async function goBack(file: ProvinceFile): Promise<void> {
  // As it is written: it may be of an older form.
  const own = readFileSync(fileIn(release.code, province));
  writeProvince(release.code, file);
  await step("back to the last release, with today's file", () => deploy(release)).catch(async (error: unknown) => {
    print(`  its code is too old for the file, and goes back with its own: ${String(error).split("\n").at(-1)}`);
    writeFileSync(fileIn(release.code, province), own);
    await step("back to the last release, its file included", () => deploy(release));
  });
}

/** Three more provinces in the same account and region. */
async function neighbours(original: ProvinceFile): Promise<void> {
  const small = readProvince(today.code, "alborz");
  for (const [id, idPrefix, phonePrefix] of [
    ["alborz", small.idPrefix, small.phonePrefix],
    ["zanjan", "ZN", "24"],
    ["markazi", "MK", "86"],
  ] as const) {
    writeProvince(today.code, id === "alborz" ? small : aNeighbour(small, { id, idPrefix, phonePrefix }));
    await step(`beside it: ${id}`, () => deploy({ ...today, province: id }));
  }
  print(`  ${original.id} holds ${Object.keys(await holdings(original.id)).length}, untouched by its neighbours`);
}

/** What is kept for citizens cannot be deleted by mistake, and is there after the stacks are gone. */
async function end(deployed: Deployed): Promise<void> {
  const kept = ["Agencies-1", "Data"];
  await step("destroy", () => destroy(deployed, "Operations", "Api", "Processing"));
  for (const part of kept)
    await step(`destroy ${part}, which must be refused`, () => refused(() => destroy(deployed, part)));
  for (const part of kept) await withoutProtection(stackOf(deployed, part));
  await step("destroy what was protected", () => destroy(deployed, ...kept));
  const left = Object.entries(await holdings(deployed.province));
  print(`${left.length} are left, these with so much in them:`);
  for (const [name, count] of left) if (count > 0) print(`  ${count} ${name}`);
}

async function refused(attempt: () => Promise<void>): Promise<void> {
  const failure = await attempt().then(
    () => undefined,
    (error: unknown) => String(error),
  );
  if (!failure?.includes("TerminationProtection")) throw new Error(`not refused for its protection: ${failure}`);
}

async function step(title: string, take: () => Promise<void>): Promise<void> {
  await take();
  print(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${title}`);
}

/** Throws if something is gone, or less is in it. */
function tellKept(before: Holdings, after: Holdings): void {
  const lost = Object.entries(before).filter(([name, count]) => (after[name] ?? -1) < count);
  if (lost.length > 0) throw new Error(`lost: ${lost.map(([name]) => name).join(", ")}`);
  const added = Object.keys(after).filter((name) => !(name in before));
  print(`  all ${Object.keys(before).length} are kept with what is in them; new: ${added.join(", ") || "none"}`);
}
