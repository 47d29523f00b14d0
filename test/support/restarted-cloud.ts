import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import type { Province } from "#shared/province/schema.ts";
import { agencyInbox } from "./agency-inbox.ts";
import { apiCaller } from "./api-caller.ts";
import { writeProvince } from "./province-files.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Synthesizes a file that no folder of the project holds, by the very command that deploys. Without the CDK's own rules,
 * which take a third of the time and judge both provinces before any test.
 */
export async function synthesizeProvince(province: Province, folder: string) {
  const provinceFile = writeProvince(folder, province);
  const assembly = join(folder, "assembly");
  const chosen = { FOAD_PROVINCE_FOLDER: folder, FOAD_PROVINCE: province.id, CDK_OUTDIR: assembly };
  const env = { ...process.env, ...chosen, CDK_VALIDATION: "false" };
  await promisify(execFile)(process.execPath, ["infra/app.ts"], { cwd: root, env });
  return { provinceFile, assembly };
}

/** A local cloud over a state folder, which another one may have left. */
export async function cloudOver(state: string, made: Awaited<ReturnType<typeof synthesizeProvince>>) {
  const cloud = await startLocalCloud({ ...made, state, port: 0 });
  const inbox = agencyInbox(cloud.endpoints, made.provinceFile);
  const caller = await apiCaller(cloud);
  return {
    ...caller,
    ...inbox,
    advance: (milliseconds: number) => cloud.clock.advance(milliseconds),
    async stop() {
      inbox.close();
      await cloud.stop();
    },
  };
}
export type RunningCloud = Awaited<ReturnType<typeof cloudOver>>;
