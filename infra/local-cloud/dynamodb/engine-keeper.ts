import { spawn } from "node:child_process";

/**
 * Runs an engine that would outlive the local cloud, and ends it when the local cloud ends.
 * The channel to the parent closes however the parent dies, by SIGKILL too.
 */
const [command = "", ...args] = process.argv.slice(2);
const engine = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });

/**
 * DynamoDB Local acknowledges a write about 10 ms before it is on the disk, and would lose it if killed in between.
 * Once the parent is gone no more writes come, so after this long everything acknowledged is on the disk.
 */
const commits = 300;
const end = () => setTimeout(() => engine.kill("SIGKILL"), commits);
process.on("disconnect", end);
process.on("SIGTERM", end);
engine.on("spawn", () => process.send?.({ pid: engine.pid }));
engine.on("error", () => process.exit(1));
engine.on("exit", (code) => process.exit(code ?? 0));
