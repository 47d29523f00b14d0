import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { plainFailure } from "../local/machine/plain-failure.ts";

const Client = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  scope: z.string(),
  sub: z.string().optional(),
  agencyId: z.string().optional(),
  countyIds: z.array(z.string()).optional(),
  channels: z.array(z.string()).optional(),
  operatedBy: z.string().optional(),
});
export type Client = z.infer<typeof Client>;

const Endpoints = z.object({
  api: z.string(),
  tokenEndpoint: z.string(),
  sqs: z.string(),
  clock: z.string(),
  queues: z.record(z.string(), z.string()),
  webhooks: z.record(z.string(), z.string()).default({}),
  clients: z.record(z.string(), Client),
});
export type Endpoints = z.infer<typeof Endpoints>;

/** Where the running local cloud says everything is. */
export function readEndpoints(state: string): Endpoints {
  const file = join(state, "endpoints.json");
  try {
    return Endpoints.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw plainFailure(
      `No province is running (${file} is not there): run "npm start" in another terminal first.`,
      cause,
    );
  }
}
