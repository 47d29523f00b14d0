import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SmsProviderSettings } from "#functions/messages/providers/provider.ts";
import { readSmsBatches, saveSmsCursor } from "#functions/messages/sms.store.ts";
import { startSmsServer } from "#infra/programs/local-cloud/sms-provider.ts";
import { withRealTables } from "../support/real-tables.ts";
import { afterEvent, aStoredComplaint } from "../support/stored-complaints.ts";
import { clockStartingAt } from "../support/test-clock.ts";
import { isDeep, sizeOf } from "../support/trial-size.ts";

withRealTables();
const root = join(import.meta.dirname, "../..");
const keys = { kavenegar: "kavenegar-key-0001", "sms-ir": "sms-ir-key-0002", webhook: "d2ViaG9vayBrZXkgb2YgdGVzdHM=" };
const providers: Record<string, SmsProviderSettings[]> = {
  kavenegar: [{ kind: "kavenegar", line: "10008663" }],
  "sms-ir": [{ kind: "sms-ir", line: "30007732" }],
  webhook: [{ kind: "webhook", url: "https://sms.office.example/send" }],
  "kavenegar, then sms-ir": [
    { kind: "kavenegar", line: "10008663" },
    { kind: "sms-ir", line: "30007732" },
  ],
};
const kills = 10;
const cases = sizeOf("sms");
const hour = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), "foad-sms-"));
let secrets: Server;
beforeAll(async () => {
  cpSync(join(root, "infra/provinces/calendar"), join(folder, "calendar"), { recursive: true });
  secrets = createServer((_, response) => {
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ SecretString: JSON.stringify(keys) }));
  }).listen(0, "127.0.0.1");
  await once(secrets, "listening");
});
afterAll(() => {
  secrets.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Qazvin with other providers, as the sender is bundled with it. */
function provinceWith(own: SmsProviderSettings[]): string {
  const province = JSON.parse(readFileSync(join(root, "infra/provinces/qazvin.json"), "utf8"));
  const file = join(folder, `qazvin.json`);
  writeFileSync(file, JSON.stringify({ ...province, sms: { ...province.sms, providers: own } }));
  return file;
}

type Runner = { provinceFile: string; provider: string; logged: string[] };

/** The sender in a process of its own, at this instant. */
function startSender(now: number, { provinceFile, provider, logged }: Runner): ChildProcess {
  const child = spawn(process.execPath, ["test/support/run-sms-sender.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      FOAD_PROVINCE_FILE: provinceFile,
      ...clockStartingAt(new Date(now).toISOString()),
      LOCAL_SMS: provider,
      SMS_SECRET: "sms",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`,
    },
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => logged.push(String(chunk)));
  return child;
}

const answered = {
  type: "answered" as const,
  officer: { name: "مریم رستمی" },
  finding: "founded" as const,
  cause: "none",
  text: "انجام شد.",
  actions: [],
};
const faults = [
  "html",
  "html-after",
  "cut-after",
  "server-error",
  "server-error-after",
  "no-credit",
  "blocked-by-owner",
];
const slowFaults = ["silent", "silent-after", "slow-drip-after"];

/** Every fourth message meets a fault, and a few meet one that takes ten seconds. */
function faultOf(n: number): string | undefined {
  if (n % 4 === 1) return faults[Math.floor(n / 4) % faults.length];
  return n % 20 === 2 ? slowFaults[Math.floor(n / 20) % slowFaults.length] : undefined;
}

let numbers = 9_130_000_000;

/** Complaints that were answered in the morning, each with a phone of its own, by id. */
async function answeredCases(order: (fault: { fault: never; to: string }) => void): Promise<Map<string, string>> {
  const phones = new Map<string, string>();
  for (let n = 0; n < cases; n++) {
    const phone = `+98${++numbers}`;
    const complaint = await aStoredComplaint({ citizen: { phone: phone.replace("+98", "0"), notifyBySms: true } });
    await afterEvent(complaint, answered);
    phones.set(complaint.id, phone);
    const fault = faultOf(n);
    if (fault) order({ fault: fault as never, to: phone });
  }
  return phones;
}

const eveningBefore = "2026-11-23T15:00:00.000Z";

/** The hours of ten days, from 14 o'clock in Tehran on the day of the answers. */
function* hoursOfDays() {
  const start = Date.parse("2026-11-24T10:30:10.000Z");
  for (let now = start; now < start + 240 * hour; now += hour) yield now;
}

/** Hours that follow the last kill: days enough for a message that fails once more, is asked about, and is sent again. */
const hoursAfterKills = 40;

/** Runs the sender hour by hour; kills it ten times, about half of them when so many messages were sent, the others at any time. */
async function runAndKill(runner: Runner, reached: () => number): Promise<number> {
  let [killed, quiet] = [0, 0];
  for (const now of hoursOfDays()) {
    const child = startSender(now, runner);
    const over = once(child, "exit");
    if (killed < kills) {
      const target = reached() + Math.ceil(cases / (2 * kills));
      const anyTime = sleep(100 + Math.random() * 900);
      const until = Math.random() < 0.5 ? untilReached(() => reached() >= target) : anyTime;
      const isOver = await Promise.race([over.then(() => true), until.then(() => false)]);
      if (!isOver && child.kill("SIGKILL")) killed += 1;
    } else quiet += 1;
    const [status] = await over;
    if (status !== 0 && status !== null) throw new Error(`the sender failed: ${runner.logged.slice(-3).join("")}`);
    if (quiet > hoursAfterKills) return killed;
  }
  return killed;
}

async function untilReached(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 2_000 && !condition(); waited += 2) await sleep(2);
}

/** What became of each complaint's messages, in their order. */
async function statesOf(phones: Map<string, string>): Promise<Map<string, string[]>> {
  const days = Array.from({ length: 11 }, (_, n) => new Date(Date.UTC(2026, 10, 24 + n)).toISOString().slice(0, 10));
  const messages = (await Promise.all(days.map(readSmsBatches))).flat().flatMap((batch) => batch.messages);
  const own = messages.filter(({ id }) => phones.has(id));
  return new Map([...Map.groupBy(own, ({ id }) => id)].map(([id, all]) => [id, all.map(({ state }) => state)]));
}

describe.each(Object.entries(providers))("by %s", (_, own) => {
  const title = `each of ${cases} notices is sent at most once, and none is lost without an entry, though the sender is killed ${kills} times`;
  const patience = isDeep ? 1_800_000 : 300_000;
  test(title, { timeout: patience }, async () => {
    const server = await startSmsServer({ port: 0, now: () => Date.now(), keys: () => keys, delayMs: 40 });
    const runner: Runner = { provinceFile: provinceWith(own), provider: server.url, logged: [] };
    // Each provider's run begins on the same morning, after one that ended: where no run ever ended, the first that is not killed at its
    // start looks back a day only.
    await saveSmsCursor({ isFinished: true, finishedTo: eveningBefore, use: { month: "1405-09", byFrontEnd: {} } });
    const phones = await answeredCases(server.order);
    const reached = () => new Set(server.messages().map(({ to }) => to)).size;
    expect(await runAndKill(runner, reached)).toBe(kills);
    const states = await statesOf(phones);
    const sent = Map.groupBy(server.messages(), ({ to }) => to);
    // Where providers take references, nothing stays open: each citizen was reached, or the number is blocked.
    const isOpen = own.some(({ kind }) => kind === "sms-ir") ? ["unknown"] : [];
    for (const [id, phone] of phones) {
      const last = states.get(id)?.at(-1);
      expect(sent.get(phone)?.length ?? 0, `messages to ${phone}`).toBeLessThanOrEqual(1);
      expect(["delivered", "undelivered", ...isOpen], `${id} is ${states.get(id)}`).toContain(last);
      expect(last === "delivered" ? (sent.get(phone)?.length ?? 0) : 1).toBe(1);
    }
    const log = runner.logged.join("");
    const secret = [...Object.values(keys), ...[...phones.values()].map((phone) => phone.slice(-10))];
    expect(secret.filter((one) => log.includes(one))).toEqual([]);
    await server.stop();
  });
});
