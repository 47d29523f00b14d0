import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { openWebhookClient } from "#functions/deliveries/webhook-post.job.ts";

const sent = { headers: { "webhook-id": "QZ-7K3M-9XPT-Q/1" }, body: '{"متن": 1}' };

describe("a receiver", () => {
  let stop = () => {};
  afterEach(() => stop());

  /** What a line makes of a receiver that answers so, and the paths that it was asked for. */
  async function outcomeOf(answer: RequestListener, patienceMs?: number) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      answer(request, response);
    }).listen(0, "127.0.0.1");
    stop = () => {
      server.close();
      server.closeAllConnections();
    };
    await once(server, "listening");
    const receiver = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const line = openWebhookClient("https://office.example/events", {
      receiver,
      ...(patienceMs && { timeoutMs: patienceMs }),
    });
    const outcome = await line.post(sent);
    line.close();
    return { outcome, asked };
  }
  const path = "POST /office.example/events";

  test.each<[string, RequestListener, object]>([
    ["takes it", (_, response) => response.writeHead(204).end(), { status: 204 }],
    ["fails", (_, response) => response.writeHead(500).end("x".repeat(100_000)), { status: 500 }],
    ["is gone", (_, response) => response.writeHead(410).end(), { status: 410 }],
    ["leads elsewhere", (_, response) => response.writeHead(302, { location: "/secret" }).end(), { status: 302 }],
    [
      "speaks another protocol",
      ({ socket }) =>
        void socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: tcp\r\nConnection: Upgrade\r\n\r\n"),
      { failure: "connection-failed" },
    ],
    ["breaks off", (request) => request.socket.destroy(), { failure: "connection-failed" }],
    ["answers without end", (_, response) => void response.writeHead(200).write("x".repeat(1e6)), { status: 200 }],
  ])("that %s", async (_, answer, outcome) => {
    expect(await outcomeOf(answer)).toEqual({ outcome, asked: [path] });
  });

  test("that is silent", async () => {
    expect(await outcomeOf(() => {}, 500)).toEqual({ outcome: { failure: "timeout" }, asked: [path] });
  });

  test("that does not listen", async () => {
    const line = openWebhookClient("https://office.example/events", { receiver: "http://127.0.0.1:9" });
    expect(await line.post(sent)).toEqual({ failure: "connection-failed" });
  });

  test("stands in for a webhook on this machine alone", () => {
    for (const receiver of ["http://10.0.0.1:80", "https://127.0.0.1:1", "http://127.0.0.1.example:1"])
      expect(() => openWebhookClient("https://office.example/events", { receiver })).toThrow("127.0.0.1");
  });
});
