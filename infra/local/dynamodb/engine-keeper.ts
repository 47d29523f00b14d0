import { spawn } from "node:child_process";

/**
 * Runs an engine that cannot notice its parent's death, and ends it with the parent: the channel to the parent closes
 * however the parent dies, by SIGKILL too.
 */
const [command = "", ...args] = process.argv.slice(2);
const engine = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });

/**
 * DynamoDB Local answers a write about 10 ms before it has committed it: killed in between, it loses what was
 * acknowledged last. Nobody asks it anything more, so all that it answered is on the disk after this long.
 */
const commits = 300;
const end = () => setTimeout(() => engine.kill("SIGKILL"), commits);
process.on("disconnect", end);
process.on("SIGTERM", end);
engine.on("spawn", () => process.send?.({ pid: engine.pid }));
engine.on("error", () => process.exit(1));
engine.on("exit", (code) => process.exit(code ?? 0));
