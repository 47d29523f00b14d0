import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { logEvents } from "#shared/runtime/log-events.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";
import {
  closingPlan,
  everyEntry,
  readTwin,
  renewingPlan,
  runTwins,
  type Twins,
  twinPlan,
  withoutTwinMarks,
} from "../support/twins.ts";

const cloud = withLocalCloud();
const pairs = sizeOf("twins");
const seed = Number(process.env.FOAD_TEST_SEED ?? Date.now() % 2 ** 31);
const atOnce = 8;
const comesAgainMs = 20_000;

const lived: Twins[] = [];
const agency = "agency-social-security";

beforeAll(
  async () => {
    process.stdout.write(`twins: seed ${seed}, ${pairs} pairs; FOAD_TEST_SEED=${seed} runs the same\n`);
    const waiting = [closingPlan, renewingPlan, ...fc.sample(twinPlan, { numRuns: pairs, seed })].values();
    const serve = async () => {
      for (const one of waiting) lived.push(await runTwins(cloud, one));
    };
    await Promise.all(Array.from({ length: atOnce }, serve));
  },
  120_000 + pairs * 1_000,
);

const toldOf = (entries: string[], { id }: { id: string }) =>
  entries.filter((text) => text.includes(id)).map((text) => withoutTwinMarks(text, { id }));

/** Holds what is told of each complaint of a pair against what is told of the other. */
function expectAlike(entries: string[], least: number): void {
  let told = 0;
  for (const [one, other] of lived) {
    expect(toldOf(entries, one)).toEqual(toldOf(entries, other));
    told += toldOf(entries, one).length;
  }
  expect(told).toBeGreaterThan(least);
}

/**
 * Two of a pair are filed some milliseconds apart: a level may be due, or the feed's half minute over, for the first of
 * them alone. A minute later both are told.
 */
async function expectToldAlike(read: () => Promise<string[]>, least: number): Promise<void> {
  let entries = await read();
  const differ = ([one, other]: Twins) => !isDeepStrictEqual(toldOf(entries, one), toldOf(entries, other));
  for (let minutes = 0; minutes < 3 && lived.some(differ); minutes++) {
    await cloud.clock.advance(60_000);
    // What failed on a busy machine comes again by real time.
    await sleep(comesAgainMs);
    entries = await read();
  }
  expectAlike(entries, least);
}

/** How many mails may be there twice: where a try failed, it may have been sent all the same. */
function triesFailed(): number {
  const logs = globSync("logs/*Notifier*.log", { cwd: cloud.state });
  const lines = logs.flatMap((log) => readFileSync(join(cloud.state, log), "utf8").split("\n"));
  return lines.filter((line) => line.includes(logEvents.messageNotConsumed)).length;
}

/** Of what reads alike about one complaint, one. */
function eachOnce(mails: string[]): string[] {
  const kindOf = (text: string) => {
    const [id = ""] = /QZ-[\w-]+/.exec(text) ?? [];
    return `${id} ${withoutTwinMarks(text, { id })}`;
  };
  return [...new Map(mails.map((text) => [kindOf(text), text])).values()];
}

const expectListedAlike = (list: { as: string; path: string }, least: number) =>
  expectToldAlike(() => everyEntry(cloud, list), least);

describe("of two complaints that differ only in who complains and what is done in private, the same bytes are told", () => {
  const expectViewsAlike = async () => {
    // The clock runs, and a deadline may pass: both twins have escalated before they are read.
    await cloud.quiet();
    const waiting = lived.values();
    const serve = async () => {
      for (const [one, other] of waiting) expect(await readTwin(cloud, one)).toEqual(await readTwin(cloud, other));
    };
    await Promise.all(Array.from({ length: atOnce }, serve));
  };

  test("by every answer to the agency, and in its views", expectViewsAlike, 600_000);

  test("in the agency's queue", async () => {
    await cloud.quiet();
    expectAlike(
      (await cloud.receiveAll("social-security")).map(({ text }) => text),
      pairs,
    );
  }, 600_000);

  test("in the agency's lists and feed, and in the overseer's", async () => {
    await cloud.clock.advance(3 * 24 * 60 * 60_000);
    for (const path of ["?limit=100", "?status=closed&limit=100"])
      await expectListedAlike({ as: agency, path: `/v1/agency/complaints${path}` }, 0);
    await expectListedAlike({ as: agency, path: "/v1/agency/events?limit=100" }, pairs);
    await expectListedAlike({ as: "call-centre-128", path: "/v1/front-end/events?limit=100" }, pairs);
    const above = { as: "governor-qazvin", path: "/v1/overseer/complaints?limit=100" };
    await expectListedAlike(above, 0);
    for (const [one, other] of lived.slice(0, 50)) {
      const views = await Promise.all(
        [one, other].map(async ({ id }) => {
          const { status, text } = await cloud.call({ as: above.as, path: `/v1/overseer/complaints/${id}` });
          return withoutTwinMarks(`${status} ${text}`, { id });
        }),
      );
      expect(views[0]).toBe(views[1]);
    }
  }, 600_000);

  test("in the agency's views, after messages were delivered to some and not to others", async () => {
    const Sms = z.object({ to: z.string(), state: z.string() });
    const sent = z.array(Sms).parse(await (await fetch(cloud.endpoints.sms)).json());
    const states = { delivered: "delivered", "blocked-by-owner": "undelivered", held: "accepted", none: "" };
    const messagesTo = (phone: string) => sent.filter(({ to }) => to === phone).map(({ state }) => state);
    for (const { phone, messages } of lived.flat())
      expect(new Set(["", ...messagesTo(phone)])).toEqual(
        new Set(["", ...messagesTo(phone).map(() => states[messages])]),
      );
    const seen = new Set(lived.flat().flatMap(({ phone }) => messagesTo(phone)));
    expect(seen).toEqual(new Set([...seen, "delivered", "undelivered"]));
    await expectViewsAlike();
  }, 600_000);

  test("in the mails to the agency and its head", async () => {
    const Mail = z.object({ to: z.array(z.string()), subject: z.string(), text: z.string(), html: z.string() });
    const sent = async () => {
      const all = z.array(Mail).parse(await (await fetch(cloud.endpoints.mail)).json());
      // An official is mailed of the first late case at once and of others within the hour, whichever of a pair is first.
      const isAboutDelay = ({ text }: z.infer<typeof Mail>) => text.includes("دیرکرد: ");
      // The centre is mailed of a visit, which no agency notices.
      const isOfOthers = ({ to }: z.infer<typeof Mail>) =>
        to.some((address) => /^(canary|inspection-centre@)/.test(address));
      const told = all.filter((mail) => !isAboutDelay(mail) && !isOfOthers(mail));
      return told.map((mail) => JSON.stringify(mail));
    };
    await expectToldAlike(async () => (triesFailed() > 0 ? eachOnce(await sent()) : sent()), pairs);
    const mails = await sent();
    const more = lived.map(([one, other]) => Math.abs(toldOf(mails, one).length - toldOf(mails, other).length));
    expect(more.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(triesFailed());
  }, 600_000);
});
