import { spawn } from "node:child_process";
import { once } from "node:events";
import { plainFailure } from "./machine/plain-failure.ts";

type Synthesis = {
  project: string;
  province: string;
  /** The folder that holds the province's file; without it, as the environment says. */
  provinces?: string;
  outdir: string;
  signal: AbortSignal;
};

/** Runs the project's own synthesis as `npm run synth` does; what it says is shown only if it fails. */
export async function synthesize({ project, province, provinces, outdir, signal }: Synthesis): Promise<void> {
  const child = spawn(process.execPath, ["infra/app.ts"], {
    cwd: project,
    env: {
      ...process.env,
      ...(provinces && { FOAD_PROVINCES: provinces }),
      FOAD_PROVINCE: province,
      CDK_OUTDIR: outdir,
    },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
  const [status] = await once(child, "close");
  if (status === 0) return;
  throw plainFailure(`The stacks could not be synthesized:\n${Buffer.concat(said).toString().trim()}`);
}
