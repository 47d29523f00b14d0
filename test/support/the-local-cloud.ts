import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { agencyInbox } from "./agency-inbox.ts";
import { apiCaller } from "./api-caller.ts";
import { localTables } from "./local-tables.ts";
import { assemblyOf } from "./synthesized.ts";
import { sharedTableEngine } from "./table-engine.ts";
import { isDeep } from "./trial-size.ts";

/** The whole local cloud of one test file, and all that a test does with it. */
export type TheLocalCloud = LocalCloud &
  Awaited<ReturnType<typeof apiCaller>> &
  ReturnType<typeof agencyInbox> & {
    tables: ReturnType<typeof localTables>;
    /** The folder that holds its state. */
    state: string;
    /** Resolves once all that was written has reached whoever is told of it. */
    quiet(): Promise<unknown>;
  };

/** Clients that the token issuer knows and the deployed province does not, with a scope each. */
export const unregisteredClients = { "front-end": "stranger-app", agency: "stranger-agency" };

/** The beginning of this hour, for stories in which no hour may begin but by an advance. */
export const startOfHour = () => Math.floor(Date.now() / 3_600_000) * 3_600_000;

/**
 * One local cloud for the tests of a file; it is there as soon as the first test runs. It starts now, unless told when. In
 * `npm test` its clock stands still but for advances: no answer depends on the speed of the machine. In `npm run test:deep` and
 * in trials it runs, so that nothing hides behind a clock that stands.
 */
export function withLocalCloud(province = "qazvin", startsAt?: number): TheLocalCloud {
  const held = {} as TheLocalCloud;
  let stop = async () => {};
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "foad-scenario-"));
    const state = join(folder, "state");
    const provinceFile = provinceWithStrangers(folder, province);
    const cloud = await startLocalCloud({
      assembly: assemblyOf(province),
      provinceFile,
      state,
      port: 0,
      engine: sharedTableEngine(),
      isStill: !isDeep,
      ...(startsAt !== undefined && { startsAt }),
    });
    const inbox = agencyInbox(cloud.endpoints);
    const tables = localTables(cloud.environment);
    stop = async () => {
      inbox.close();
      tables.close();
      await cloud.stop();
      rmSync(folder, { recursive: true, force: true });
      expect(cloud.access.refused, "what the deployed policies do not allow").toEqual([]);
    };
    Object.assign(held, cloud, inbox, { tables, state, quiet: () => cloud.clock.advance(1) });
    Object.assign(held, await apiCaller(cloud));
  });
  afterAll(() => stop());
  return held;
}

function provinceWithStrangers(folder: string, name: string): string {
  const real = new URL(`../../infra/provinces/${name}.json`, import.meta.url);
  const province = JSON.parse(readFileSync(real, "utf8"));
  province.frontEnds.push({ clientId: unregisteredClients["front-end"], channels: ["phone"] });
  province.agencies[0].clientIds.push(unregisteredClients.agency);
  const file = join(folder, "province.json");
  writeFileSync(file, JSON.stringify(province));
  return file;
}
