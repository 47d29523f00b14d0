import { startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";

/** The local cloud in a process of its own, so that a test can kill it: assembly, province file, state folder, port. */
const [assembly = "", provinceFile = "", state = "", port = "0"] = process.argv.slice(2);
const cloud = await startLocalCloud({ assembly, provinceFile, state, port: Number(port) });
process.on("SIGTERM", () => void cloud.stop().then(() => process.exit(0)));
process.send?.(cloud.endpoints);
