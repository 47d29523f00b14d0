import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { handler as agency } from "#functions/callers/agency.function.ts";
import { handler as giveConsent } from "#functions/complaints/consent.function.ts";
import { handler as fileComplaint } from "#functions/complaints/file-complaint.function.ts";
import { table } from "#shared/storage/table.ts";
import { filingBody } from "../../support/a-complaint.ts";
import { aContext, anApiEvent } from "../../support/api-event.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();
mockClient(SecretsManagerClient).on(GetSecretValueCommand).resolves({ SecretString: "a key for tests" });
const log = captureLog();
beforeAll(() => {
  // Takes what is kept beside the table: that consent was taken back.
  vi.stubGlobal("fetch", async () => new Response());
  process.env.ATTACHMENTS_URL = "https://files.example";
  for (const name of ["PEPPER", "MASK_KEY", "ADDRESS_KEY"]) process.env[`${name}_SECRET`] = name;
});
afterAll(log.release);

type Handler = (event: ReturnType<typeof anApiEvent>, context: typeof aContext) => Promise<unknown>;
type Answer = { statusCode: number; body: string };
const [first, second] = ["social-security", "gas"];
const citizen = { name: "زهرا محمدی", email: "zahra@mail.example", shareWithAgency: true };

/** Writes of the function that is under way; the one with this number ends it, before it is made or right after. */
let writes = 0;
let fatal: { at: number; when: "before" | "after" } | undefined;
const isWrite = (command: string) => /^(TransactWrite|Put|Update)/.test(command);
table.middlewareStack.add(
  (next, { commandName = "" }) =>
    async (args) => {
      const dies = isWrite(commandName) && ++writes === fatal?.at;
      if (dies && fatal?.when === "before") throw new Error("killed");
      const result = await next(args);
      if (dies) throw new Error("killed");
      return result;
    },
  { step: "initialize", name: "killed", override: true },
);

type Sent = Parameters<typeof anApiEvent>[0];

/** Runs a function whole, or until it is killed at one of its writes; returns how many writes there were. */
async function run(handler: unknown, sent: Sent, death?: typeof fatal): Promise<Answer & { writes: number }> {
  [writes, fatal] = [0, death];
  const answer = (await (handler as Handler)(anApiEvent(sent), aContext)) as Answer;
  fatal = undefined;
  return { ...answer, writes };
}

/** What an agency reads of who complains; undefined if nothing, or where the complaint is not there or not its own. */
async function nameReadBy(agencyId: string, id: string): Promise<unknown> {
  const read = await run(agency, { routeKey: "GET /v1/agency/complaints/{id}", id, clientId: `agency-${agencyId}` });
  return read.statusCode === 200 ? JSON.parse(read.body).citizen?.name : undefined;
}

let keys = 0;
const filing = (): Sent => ({
  routeKey: "POST /v1/complaints",
  clientId: "call-centre-128",
  body: filingBody({ citizen }),
  headers: { "idempotency-key": `killed-filing-${keys++}` },
});
const transfer = (id: string): Sent => ({
  routeKey: "POST /v1/agency/complaints/{id}/transfer",
  id,
  clientId: `agency-${first}`,
  body: { toAgencyId: second, reason: "به آنجا مربوط است." },
});
const consent = ({ id, secret }: { id: string; secret: string }, shareWithAgency: boolean): Sent => ({
  routeKey: "POST /v1/complaints/{id}/consent",
  id,
  body: { shareWithAgency },
  headers: { "foad-secret": secret },
});

async function filed() {
  const { body } = await run(fileComplaint, filing());
  return JSON.parse(body) as { id: string; secret: string };
}

/** What each of both agencies may read before the act and after it; between, they read the one or the other. */
type Act = {
  name: string;
  ready: () => Promise<{ id: string; secret: string }>;
  act: (own: { id: string; secret: string }) => { handler: unknown; sent: Sent };
  before: (string | undefined)[];
  after: (string | undefined)[];
};
const shared = citizen.name;
const acts: Act[] = [
  {
    name: "a transfer",
    ready: filed,
    act: ({ id }) => ({ handler: agency, sent: transfer(id) }),
    before: [shared, undefined],
    after: [undefined, undefined],
  },
  {
    name: "taking consent back",
    ready: filed,
    act: (own) => ({ handler: giveConsent, sent: consent(own, false) }),
    before: [shared, undefined],
    after: [undefined, undefined],
  },
  {
    name: "giving it to the next agency",
    async ready() {
      const own = await filed();
      await run(agency, transfer(own.id));
      return own;
    },
    act: (own) => ({ handler: giveConsent, sent: consent(own, true) }),
    before: [undefined, undefined],
    after: [undefined, shared],
  },
];

const readBoth = async (id: string) => [await nameReadBy(first, id), await nameReadBy(second, id)];

describe.each(acts)("$name", ({ ready, act, before, after }) => {
  test("killed at every write leaves nobody reading who may not", async () => {
    const whole = await ready();
    const { handler, sent } = act(whole);
    const { statusCode, writes: count } = await run(handler, sent);
    expect([statusCode, await readBoth(whole.id)]).toEqual([200, after]);
    expect(count).toBeGreaterThan(0);
    for (let at = 1; at <= count; at++) {
      for (const when of ["before", "after"] as const) {
        const own = await ready();
        const killed = act(own);
        expect((await run(killed.handler, killed.sent, { at, when })).statusCode).toBe(500);
        expect([before, after]).toContainEqual(await readBoth(own.id));
        expect((await run(killed.handler, killed.sent)).statusCode).toBeLessThan(500);
        expect(await readBoth(own.id)).toEqual(after);
      }
    }
  });
});

test("a filing killed at every write leaves nothing or all of it, and is the same one when it is sent again", async () => {
  const { writes: count } = await run(fileComplaint, filing());
  expect(count).toBeGreaterThan(0);
  for (let at = 1; at <= count; at++) {
    for (const when of ["before", "after"] as const) {
      const sent = filing();
      await run(fileComplaint, sent, { at, when });
      const again = await run(fileComplaint, sent);
      expect(again.statusCode, again.body).toBe(201);
      expect(await readBoth(JSON.parse(again.body).id)).toEqual([shared, undefined]);
    }
  }
});
