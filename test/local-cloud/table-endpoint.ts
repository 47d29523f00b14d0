import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where this state folder's tables are served: only functions are told, so a test reads it from the engine's own log. */
export function tableEndpoint(state: string): string {
  const ports = [...readFileSync(join(state, "logs", "dynamodb.log"), "utf8").matchAll(/^Port:\s+(\d+)$/gm)];
  return `http://127.0.0.1:${ports.at(-1)?.[1]}`;
}
