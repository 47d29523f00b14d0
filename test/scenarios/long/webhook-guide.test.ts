import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { signedHeaders, webhookSecret } from "#functions/deliveries/webhook.ts";
import { withBuiltClient } from "../../support/built-client.ts";
import { aFreePort, guideFollower } from "../../support/guides.ts";
import { patience } from "../../support/patience.ts";
import { realInstant } from "../../support/test-clock.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud("alborz");
const client = withBuiltClient();
const { follow, settle } = guideFollower(cloud, client);
const frontEnd = guideFollower(cloud, client, { SUBSCRIBER: "front-end:web-portal" });
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe.each([
  ["typescript", true],
  ["python", hasPython],
] as const)("who follows the guide of webhooks in %s", (way, isHere) => {
  test.skipIf(!isHere)(
    "receives what was filed, after a validation where it is the first, and keeps what it has told",
    async () => {
      // It may have been told before: each way has a folder, and so a receiver, of its own.
      const resume = { as: "agency-tax-affairs", method: "POST", path: "/v1/agency/webhook/resume" } as const;
      await cloud.clock.advance(60_000);
      expect((await cloud.call({ ...resume, body: {} })).status).toBe(200);
      // Somebody has begun another secret: the guide asks for the present one, whichever that is.
      const path = "/v1/admin/webhooks/agency:tax-affairs/secret";
      const begun = await cloud.call({ as: "admin", method: "PUT", path, body: { secretVersion: 2 } });
      expect(begun.status).toBe(200);
      const { out, home } = await follow("webhooks.md", "here", way);
      const told = [...out.matchAll(/^ir\.foad\.(\S+) (\S+)$/gm)].map(([, type = "", id = ""]) => ({ type, id }));
      expect(told.map(({ type }) => type)).toEqual(["webhook.validation.v1", "complaint.filed.v1"]);
      const kept = readFileSync(join(home, "events.jsonl"), "utf8").trim().split("\n");
      expect(kept.map((line) => JSON.parse(line).id)).toEqual(told.map(({ id }) => id));
      expect(out).toContain(`"id":"${told[1]?.id.split("/")[0]}"`);
    },
    120_000,
  );
});

test("a front end that follows the guide receives what it filed, without texts", async () => {
  // Its deliveries failed while the agency's receiver ran, and wait for longer each time: it resumes, as the guide says.
  await cloud.clock.advance(60_000);
  const resume = { as: "web-portal", method: "POST", path: "/v1/front-end/webhook/resume", body: {} } as const;
  expect((await cloud.call(resume)).status).toBe(200);
  const { out, home } = await frontEnd.follow("webhooks.md", "here", "typescript");
  const [, filed = ""] = /"id":"([^"]+)"/.exec(out) ?? [];
  const [, eventId] = new RegExp(`ir\\.foad\\.complaint\\.filed\\.v1 (${filed}/[0-9A-Z]{8})\n`).exec(out) ?? [];
  expect(eventId, out).toBeDefined();
  const kept = readFileSync(join(home, "events.jsonl"), "utf8").trim().split("\n");
  const { data } = kept.map((line) => JSON.parse(line)).find(({ id }) => id === eventId);
  expect(data).toEqual({ complaintId: filed, status: "filed" });
});

const key = "a key for tests";
const authority = { subscriber: "agency:post", secretVersion: 1 };
const programs = { typescript: [process.execPath, "receiver.mts"], python: ["python3", "receiver.py"] } as const;

/** The guide's receiver, which posts of ours reach. */
async function aReceiver(way: keyof typeof programs, home = settle("webhooks.md").home) {
  const port = await aFreePort();
  const url = `http://127.0.0.1:${port}/events`;
  const env = { PATH: process.env.PATH, WEBHOOK_URL: url, WEBHOOK_SECRETS: webhookSecret(key, authority) };
  const [program, file] = programs[way];
  const receiving = spawn(program, [file], { cwd: home, env, stdio: "ignore" });
  onTestFinished(() => void receiving.kill());
  await vi.waitFor(() => fetch(url), { timeout: patience, interval: 100 });

  async function post(id: string, source = "foad/qazvin"): Promise<number> {
    const body = JSON.stringify({ id, source, type: "ir.foad.complaint.filed.v1" });
    const headers = signedHeaders(key, authority, { id, at: realInstant(), body });
    const sent = { method: "POST", headers, body, signal: AbortSignal.timeout(5_000) };
    return (await fetch(url, sent)).status;
  }
  const socket = async () => {
    const opened = connect(port, "127.0.0.1");
    onTestFinished(() => void opened.destroy());
    await once(opened, "connect");
    return opened;
  };
  const kept = () => readFileSync(join(home, "events.jsonl"), "utf8").trim().split("\n").length;
  return { home, post, socket, kept, stop: () => receiving.kill() };
}

describe.each([
  ["typescript", true],
  ["python", hasPython],
] as const)("the guide's receiver in %s", (way, isHere) => {
  test.skipIf(!isHere)("goes on after a request that breaks off", async () => {
    const { post, socket } = await aReceiver(way);
    const half = await socket();
    half.end("POST /events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nabc");
    half.resume();
    await once(half, "close");
    expect(await post("QZ-7K3M-9XPT-Q/1")).toBe(204);
  });

  test.skipIf(!isHere)("keeps an event once, however often it comes, also after a restart", async () => {
    const first = await aReceiver(way);
    const id = "QZ-7K3M-9XPT-Q/1";
    expect(await Promise.all([first.post(id), first.post(id), first.post(id)])).toEqual([204, 204, 204]);
    expect(first.kept()).toBe(1);
    first.stop();
    const second = await aReceiver(way, first.home);
    expect(await second.post(id)).toBe(204);
    expect(second.kept()).toBe(1);
    expect(await second.post(id, "foad/qazvin/restored-1")).toBe(204);
    expect(second.kept()).toBe(2);
  });

  test.skipIf(!isHere)("takes what comes while another connection says nothing", async () => {
    const { post, socket } = await aReceiver(way);
    await socket();
    expect(await post("QZ-7K3M-9XPT-Q/1")).toBe(204);
  });
});

test.skipIf(!hasPython)("the guide's receiver in python closes a connection that says nothing", async () => {
  const { socket } = await aReceiver("python");
  const silent = await socket();
  silent.resume();
  await once(silent, "close", { signal: AbortSignal.timeout(20_000) });
});
