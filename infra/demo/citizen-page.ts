import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { plainFailure } from "../local/machine/plain-failure.ts";
import type { Endpoints } from "./endpoints.ts";

const server = join(import.meta.dirname, "../..", "docs/examples/citizen-page/server.ts");

/**
 * Serves the example of a citizen's page until it is stopped. It runs as whoever copies it would run it, knowing addresses
 * and a client that may file on the web and nothing else of ours.
 */
export async function serveCitizenPage({ api, tokenEndpoint, clients }: Endpoints, port: number): Promise<void> {
  const client = Object.values(clients).find(({ channels, operatedBy }) => !operatedBy && channels?.includes("web"));
  if (!client) throw plainFailure("The province that is running has no front end of the centre that files on the web.");
  const told = { API: api, TOKEN_ENDPOINT: tokenEndpoint, PORT: String(port) };
  const { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET } = client;
  const env = { ...process.env, ...told, CLIENT_ID, CLIENT_SECRET };
  const serving = spawn(process.execPath, [server], { env, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => serving.kill());
  const [status] = await once(serving, "exit");
  process.exitCode = status ?? 0;
}
