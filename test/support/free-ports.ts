import { randomInt } from "node:crypto";
import { choosePorts, refuseTakenPorts } from "#infra/programs/local-cloud/machine/ports.ts";

/**
 * A port for a cloud that starts on it more than once: it and the others of the cloud are free now. It lies below the ports that systems
 * hand out by themselves and above those of `freePort`, so that nobody takes it while the cloud is down.
 */
export async function aPortForCloud(): Promise<number> {
  for (let left = 20; left > 0; left--) {
    const port = randomInt(20_000, 32_000);
    const isFree = await refuseTakenPorts(await choosePorts(port)).then(
      () => true,
      () => false,
    );
    if (isFree) return port;
  }
  throw new Error("No port is free between 20000 and 32000.");
}
