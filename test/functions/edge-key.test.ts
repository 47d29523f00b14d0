import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { anApiEvent } from "../support/api-event.ts";
import { captureLog } from "../support/written-log.ts";

const secrets = mockClient(SecretsManagerClient);
const minute = 60_000;
const [one, other] = ["1".repeat(64), "2".repeat(64)];
let log: ReturnType<typeof captureLog>;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.stubEnv("EDGE_SECRET", "the edge's");
  vi.stubEnv("AWS_REGION", "us-east-1");
  log = captureLog();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  secrets.reset();
  log.release();
});

const holding = (keys: Record<string, string>) =>
  secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify(keys) });
const failing = () => secrets.on(GetSecretValueCommand).rejects(new Error("gone"));
const asked = () => secrets.commandCalls(GetSecretValueCommand).length;

/** A function that starts now: what it answers to a request with this key, undefined if it goes on. */
async function started() {
  const { refuseAroundEdge } = await import("#functions/http/edge-key.ts");
  return async (key?: string) => {
    const headers: Record<string, string> = key === undefined ? {} : { "foad-edge-key": key };
    const refusal = await refuseAroundEdge(anApiEvent({ routeKey: "GET /v1/catalog", headers }));
    return refusal && JSON.parse(refusal.body ?? "").code;
  };
}

test("each key of the secret opens, and nothing else", async () => {
  holding({ a: one, b: other });
  const ask = await started();
  expect(await ask(one)).toBeUndefined();
  expect(await ask(other)).toBeUndefined();
  for (const wrong of [undefined, "", one.slice(1), `${one}1`, `${one},${other}`])
    expect(await ask(wrong)).toBe("direct-access-not-allowed");
});

test("a key that is blank or short opens nothing: somebody edited the secret by hand", async () => {
  holding({ a: one, b: "", c: "short" });
  const ask = await started();
  for (const wrong of [undefined, "", "short"]) expect(await ask(wrong)).toBe("direct-access-not-allowed");
});

test("the secret is read once in five minutes, and an exchanged key is known by then", async () => {
  holding({ a: one });
  const ask = await started();
  for (let n = 0; n < 5; n++) await ask(one);
  expect(asked()).toBe(1);
  holding({ a: other });
  vi.setSystemTime(Date.now() + 5 * minute - 1);
  expect(await ask(one)).toBeUndefined();
  vi.setSystemTime(Date.now() + 1);
  expect(await ask(one)).toBe("direct-access-not-allowed");
  expect(await ask(other)).toBeUndefined();
  expect(asked()).toBe(2);
});

test("where the secret cannot be read at the start, nobody is let in, and the next request tries again", async () => {
  failing();
  const ask = await started();
  expect(await ask(one)).toBe("internal-error");
  holding({ a: one });
  expect(await ask(one)).toBeUndefined();
});

test("where it cannot be read again, the known keys hold on, and it is tried twice a minute", async () => {
  holding({ a: one });
  const ask = await started();
  await ask(one);
  failing();
  vi.setSystemTime(Date.now() + 5 * minute);
  for (let n = 0; n < 3; n++) expect(await ask(one)).toBeUndefined();
  expect(asked()).toBe(2);
  expect(await ask("made up")).toBe("direct-access-not-allowed");
  holding({ a: other });
  vi.setSystemTime(Date.now() + minute / 2);
  expect(await ask(one)).toBe("direct-access-not-allowed");
});
