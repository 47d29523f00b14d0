import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { prepareComplaint } from "../support/acceptable-requests.ts";
import type { Answered, Call } from "../support/api-caller.ts";
import { changedItems } from "../support/changed-items.ts";
import { headers, malformedBody, malformedText, segment } from "../support/fuzz/malformed.ts";
import { clientOf, type Documented, operationsOf } from "../support/fuzz/operations.ts";
import { unsubscribeTokenOf } from "../support/mailbox.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";

const cloud = withLocalCloud();
const requests = sizeOf("fuzz");
const seed = Number(process.env.FOAD_TEST_SEED ?? Date.now() % 1_000_000);
/** Reading every table after each request would take longer than all the requests. */
const comparedEvery = 20;

/** A request of a documented route, as it should be or as somebody gets it wrong. */
function requestOf(
  { method, path, caller, takesSecret, query, contentType, bodies }: Documented,
  own: Record<string, string>,
): fc.Arbitrary<Call> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const filled = names.map((name) => fc.oneof({ weight: 3, arbitrary: fc.constant(own[name] ?? "none") }, segment));
  const asked = query.map((name) =>
    fc.option(fc.tuple(fc.constantFrom(name, name, `${name}s`), own[name] ? fc.constant(own[name]) : segment), {
      nil: undefined,
    }),
  );
  const body = fc.constantFrom(...(bodies.length > 0 ? bodies : [{}])).chain(malformedBody);
  return fc
    .record({
      filled: fc.tuple(...filled),
      asked: fc.tuple(...asked),
      raw: body.chain((one) => malformedText(one, contentType)),
      headers,
    })
    .map((made) => ({
      method: method as NonNullable<Call["method"]>,
      path: `${path.replace(/\{(\w+)\}/g, (_, name: string) => made.filled[names.indexOf(name)] ?? "")}${queryOf(made.asked)}`,
      ...(clientOf[caller] && { as: clientOf[caller] }),
      ...(takesSecret && own.secret && { secret: own.secret }),
      raw: made.raw,
      // Filing asks for a key.
      headers: {
        "content-type": contentType,
        ...(path === "/v1/complaints" && { "idempotency-key": crypto.randomUUID() }),
        ...made.headers,
      },
    }));
}

function queryOf(asked: ([string, string] | undefined)[]): string {
  const some = asked.filter((pair) => pair !== undefined).map(([name, value]) => `${name}=${value}`);
  return some.length > 0 ? `?${some.join("&")}` : "";
}

const isRefusal = ({ status }: Answered) => status >= 400;

test("whatever is sent, no request fails inside, every refusal is a valid problem, and a refused one writes nothing", {
  timeout: 3_600_000,
}, async () => {
  const served = await (await fetch(`${cloud.endpoints.api}/v1/openapi.json`)).json();
  const operations = operationsOf(served);
  const tally: Record<string, number> = {};
  let own: Record<string, string> = {};
  let before = "";
  let refused: Call[] = [];
  const calls = fc.sample(fc.tuple(fc.constantFrom(...operations), fc.infiniteStream(fc.nat())), {
    numRuns: requests,
    seed,
  });
  process.stdout.write(`${requests} requests over ${operations.length} routes, FOAD_TEST_SEED=${seed}\n`);
  for (const [n, [operation, numbers]] of calls.entries()) {
    if (n % 100 === 0) {
      own = await freshComplaint();
      before = "";
    }
    const [call] = fc.sample(requestOf(operation, own), { numRuns: 1, seed: numbers.next().value ?? n });
    if (!call) continue;
    if (!before) before = await settled();
    const answered = await cloud.call(call);
    const what = `FOAD_TEST_SEED=${seed}, request ${n}: ${JSON.stringify(call).slice(0, 2_000)}\n${answered.text}`;
    expect(answered.status, what).toBeLessThan(500);
    tally[answered.status] = (tally[answered.status] ?? 0) + 1;
    if (!isRefusal(answered)) before = "";
    else if (n % comparedEvery === 0) expect(changedItems(before, await settled()), what).toEqual([]);
    if (isRefusal(answered)) refused.push(call);
    if (refused.length < comparedEvery && n < calls.length - 1) continue;
    await expectNothingWritten(refused);
    [before, refused] = ["", []];
  }
  process.stdout.write(`answers by status: ${JSON.stringify(tally)}\n`);
  expect(Object.keys(tally).length).toBeGreaterThan(5);
});

/** Between two that are compared most are followed by one that is accepted. What was refused is refused again; what no longer is, since something else happened meanwhile, is left out. */
async function expectNothingWritten(refused: Call[]): Promise<void> {
  let before = await settled();
  let since: Call[] = [];
  for (const call of refused) {
    since.push(call);
    if (isRefusal(await cloud.call(call))) continue;
    before = await settled();
    since = [];
  }
  const what = `FOAD_TEST_SEED=${seed}, one of ${JSON.stringify(since).slice(0, 4_000)}`;
  expect(changedItems(before, await settled()), what).toEqual([]);
}

async function freshComplaint(): Promise<Record<string, string>> {
  const made = {
    ...(await prepareComplaint(cloud, "report")),
    token: unsubscribeTokenOf(cloud, "reader@mail.example"),
  };
  return Object.fromEntries(Object.entries(made).map(([name, value]) => [name, String(value)]));
}

/** Reads every table once nothing is under way any more. Leaves out the audit entries of refused holds: to write those is right. */
async function settled(): Promise<string> {
  await cloud.quiet();
  const items = z.array(z.string()).parse(JSON.parse(await cloud.tables.everything()));
  return JSON.stringify(items.filter((item) => !isRefusedHold(item)).map(withoutTheMinutes));
}

const Item = z.looseObject({ pk: z.string(), sk: z.string().optional(), type: z.string().optional() });

const isRefusedHold = (item: string): boolean => Item.parse(JSON.parse(item)).type === "hold-refused";

/** Of an accepted order of a redrive only that it is there: a minute's run carries it out at any time. */
function withoutTheMinutes(item: string): string {
  const { pk, sk } = Item.parse(JSON.parse(item));
  return pk === "REDRIVE" ? `an order, ${sk}` : item;
}
