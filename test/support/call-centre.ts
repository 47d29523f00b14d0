import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { callIdWith } from "#functions/calls/call-id.api.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

const Secrets = z.record(z.string(), z.object({ value: z.string() }));

/** The digits of citizens who may be called. */
export const callDigits = "4031";

/** The call id of a complaint, as only a test may work it out. */
export function callIdIn({ state }: { state: string }, id: string): string {
  const secrets = Secrets.parse(JSON.parse(readFileSync(join(state, "secrets.json"), "utf8")));
  const maskKey = Object.entries(secrets).find(([name]) => name.includes("MaskKey"))?.[1].value;
  if (!maskKey) throw new Error("secrets.json has no mask key");
  return callIdWith(maskKey, id);
}

/** What the call centre does in a call about a complaint. */
export function callCentreOf(cloud: TheLocalCloud) {
  const path = (id: string, what = "") => `/v1/front-end/calls/${callIdIn(cloud, id)}${what}`;
  const post = (id: string, what: string, body: object) =>
    cloud.call({ as: "call-centre-128", method: "POST", path: path(id, what), body });
  return {
    callIdOf: ({ id }: { id: string }) => callIdIn(cloud, id),
    path,
    /** The citizen says the digits, or somebody else does. */
    open: ({ id }: { id: string }, digits = callDigits) => post(id, "/opening", { digits }),
  };
}
