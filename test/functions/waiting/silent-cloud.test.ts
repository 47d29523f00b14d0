import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { agencyPrincipal, aNewComplaint } from "../../support/a-complaint.ts";
import { aContext, anApiEvent } from "../../support/api-event.ts";
import { captureLog } from "../../support/written-log.ts";

/** What a function may take, and some time to say what went wrong. */
const patience = 9_500;
const id = "QZ-7K3M-9XPT-Q";
const sockets = new Set<Socket>();
let server: Server;
let log: ReturnType<typeof captureLog>;

/** A cloud that takes every connection and never says a word; the clients look for it as they are made. */
beforeAll(async () => {
  server = createServer((socket) => sockets.add(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const names = ["COMPLAINTS_TABLE", "IDENTITIES_TABLE", "PEPPER_SECRET", "AGENCY_QUEUE_PREFIX", "NOTIFICATION_QUEUE"];
  for (const name of names) vi.stubEnv(name, `${endpoint}/${name.toLowerCase()}`);
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "local");
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
  log = captureLog();
});
afterAll(() => {
  log.release();
  vi.unstubAllEnvs();
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** Waits by the clients' own timers, which this test moves: no time of the machine passes, and none decides. */
async function timed<T>(act: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  try {
    let isOver = false;
    const result = act().finally(() => {
      isOver = true;
    });
    for (let waited = 0; !isOver; waited += step) {
      expect(waited).toBeLessThan(patience);
      await immediates();
      await vi.advanceTimersByTimeAsync(step);
    }
    return await result;
  } finally {
    vi.useRealTimers();
  }
}
const step = 20;
/** Long enough for a connection on this machine. */
async function immediates(): Promise<void> {
  for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
}

const unavailable = { statusCode: 503, body: expect.stringContaining('"code":"unavailable"') };

test("a table that never answers is told as unavailable before the function's time is up", async () => {
  const { handler } = await import("#functions/callers/agency.function.ts");
  const event = anApiEvent({ routeKey: "GET /v1/agency/complaints/{id}", id, clientId: agencyPrincipal.clientId });
  expect(await timed(() => handler(event, aContext))).toMatchObject(unavailable);
});

test("a secret that never comes is told as unavailable before the function's time is up", async () => {
  const { handler } = await import("#functions/callers/citizen.function.ts");
  const headers = { "foad-secret": "0000-0000" };
  const event = anApiEvent({ routeKey: "GET /v1/complaints/{id}", id, headers });
  expect(await timed(() => handler(event, aContext))).toMatchObject(unavailable);
});

test("a queue that never answers leaves the event for another try before the function's time is up", async () => {
  const { handler } = await import("#functions/deliveries/dispatch-event.function.ts");
  const { event } = aNewComplaint({}, id);
  const item = { ...event, complaintId: id, pk: complaintKey(id), sk: eventKey(1) };
  const NewImage = marshall(item, { removeUndefinedValues: true }) as Record<string, never>;
  const Records = [{ eventName: "INSERT" as const, dynamodb: { NewImage, SequenceNumber: "7" } }];
  expect(await timed(() => handler({ Records }, aContext))).toEqual({ batchItemFailures: [{ itemIdentifier: "7" }] });
});
