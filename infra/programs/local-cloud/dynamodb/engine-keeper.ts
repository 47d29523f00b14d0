import { spawn } from "node:child_process";

/**
 * Runs an engine as a child process, and ends it when the local cloud ends. The channel to the parent closes even if the
 * parent is killed with SIGKILL; the engine alone would continue.
 */
const [command = "", ...args] = process.argv.slice(2);
const engine = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });

/**
 * In ms. DynamoDB Local acknowledges a write about 10 ms before it is on the disk. After the parent's end no more writes
 * come, so after this delay every acknowledged write is on the disk.
 */
const killDelay = 300;
const end = () => setTimeout(() => engine.kill("SIGKILL"), killDelay);
process.on("disconnect", end);
process.on("SIGTERM", end);
engine.on("spawn", () => process.send?.({ pid: engine.pid }));
engine.on("error", () => process.exit(1));
engine.on("exit", (code) => process.exit(code ?? 0));
