import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { allRoutes } from "#infra/programs/documents/openapi/openapi.ts";
import type { Caller } from "#shared/people/principal.ts";
import { acceptableRequest, type Filled, prepareComplaint } from "../../support/acceptable-requests.ts";
import { comparableAnswer } from "../../support/alike.ts";
import type { Answered, Receipt } from "../../support/api-caller.ts";
import { callIdIn } from "../../support/call-centre.ts";
import { prepareIssue } from "../../support/issue-requests.ts";
import { unsubscribeTokenOf } from "../../support/mailbox.ts";
import { unregisteredClients, withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const unknown = "QZ-7K3M-9XPT-Q";
const hour = 60 * 60_000;

/** Who asks; a citizen with the secret of the complaint that is asked for, where there is one. */
const callers: Record<string, { caller: Caller; as?: string }> = {
  nobody: { caller: "public" },
  "a citizen": { caller: "citizen" },
  "a front end": { caller: "front-end", as: "call-centre-128" },
  "an agency": { caller: "agency", as: "agency-social-security" },
  "an inspector": { caller: "inspector", as: "inspector-1" },
  "an officer": { caller: "agency", as: "officer-social-security" },
  "an overseer": { caller: "overseer", as: "governor-qazvin" },
  "an overseer who signed in": { caller: "overseer", as: "overseer-governor-qazvin" },
  "an admin": { caller: "admin", as: "admin" },
  "the reviewer": { caller: "reviewer", as: "reviewer" },
  "a personnel office": { caller: "personnel", as: "personnel-education" },
  "an employee": { caller: "employee" },
  "an agency nobody registered": { caller: "agency", as: unregisteredClients.agency },
  "a front end nobody registered": { caller: "front-end", as: unregisteredClients["front-end"] },
};

const people = [
  "an inspector",
  "an officer",
  "an overseer who signed in",
  "an admin",
  "the reviewer",
  "a personnel office",
];

const cells = Object.entries(allRoutes).flatMap(([routeKey, { contract }]) =>
  Object.entries(callers).map(([name, who]) => ({ routeKey, contract, name, ...who })),
);
type Cell = (typeof cells)[number];

let climbed: Receipt & { issueId: string };
/** Complaints that exist and are not theirs, by who looks. */
const foreign: Partial<Record<Caller, Pick<Receipt, "id">[]>> = {};

beforeAll(async () => {
  const late = await cloud.file({ category: "disrespect" });
  climbed = { ...late, ...(await prepareIssue(cloud, { id: late.id, outage: true })) };
  const elsewhere = await cloud.file({ category: "disrespect", countyId: "takestan" });
  for (let level = 0; level < 2; ) {
    await cloud.clock.advance(4 * hour);
    const { body } = await cloud.call({ secret: climbed.secret, path: `/v1/complaints/${climbed.id}` });
    level = z.object({ level: z.int() }).parse(body).level;
  }
  const [fresh, gas] = [await cloud.file(), await cloud.file({ agencyId: "gas" })];
  const retaliation = await cloud.reportRetaliation(fresh);
  // Whatever time passes, it climbs no further.
  const { id, secret } = fresh;
  await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/withdrawal` });
  Object.assign(foreign, {
    citizen: [gas],
    "front-end": [gas, retaliation],
    agency: [gas, retaliation],
    overseer: [elsewhere, fresh],
    inspector: [],
  });
});

type Asked = Partial<Filled> & { secret?: string | undefined };

function ask({ routeKey, as, name }: Cell, { id = unknown, secret, ...filled }: Asked = {}): Promise<Answered> {
  const call = acceptableRequest(routeKey, { id, ...filled });
  // An officer who signed in names no officer.
  if (name === "an officer" && z.looseObject({ officer: z.unknown() }).safeParse(call.body).success)
    call.body = { ...(call.body as object), officer: undefined };
  const headers: Record<string, string> = call.method === "POST" ? { "idempotency-key": crypto.randomUUID() } : {};
  return cloud.call({
    ...call,
    ...(as && { as }),
    ...(secret && { secret }),
    headers: { ...headers, ...call.headers },
  });
}

/** What the gateway or the function says to who has no business there at all; undefined if they have. */
function refusalOf({ contract, caller, as, name }: Cell): number | undefined {
  const { caller: served } = contract;
  if (served === "public") return undefined;
  if (served === "citizen") return caller === "citizen" ? undefined : 400;
  // The secret of a complaint opens no notice.
  if (served === "employee") return caller === "employee" ? undefined : caller === "citizen" ? 404 : 400;
  if (!as) return 401;
  // Programs are no people.
  if (served === "person") return people.includes(name) ? undefined : 403;
  return served !== caller || name.endsWith("nobody registered") ? 403 : undefined;
}

const takesSecret = ({ contract: { caller, secret } }: Cell) =>
  caller === "citizen" || caller === "employee" || secret !== undefined;
const hasComplaint = ({ routeKey }: Cell) => /\{(id|noticeId|issueId|callId)\}/.test(routeKey);
const titled = (some: Cell[]) => some.map((cell) => [cell.name, cell.routeKey, cell] as const);
const welcome = cells.filter((cell) => refusalOf(cell) === undefined);

describe("who has no business with a route is told so before anything is looked for", () => {
  test.each(titled(cells.filter((cell) => refusalOf(cell) !== undefined)))("%s, %s", async (_, __, cell) => {
    const own = cell.caller === "citizen" ? climbed.secret : undefined;
    const existing = await ask(cell, { id: climbed.id, secret: own });
    expect(existing.status).toBe(refusalOf(cell));
    expect(comparableAnswer(await ask(cell, { secret: own }))).toBe(comparableAnswer(existing));
  });
});

describe("what is theirs is answered as the documents say", () => {
  test.each(titled(welcome))("%s, %s", async (_, __, cell) => {
    // Nobody is called about an issue within three months; what is answered then stands in issue-calls.test.ts.
    const isCalledMuchLater = cell.routeKey.endsWith("/issue-answer");
    const isOfClimbed = !hasComplaint(cell) || cell.caller === "overseer" || isCalledMuchLater;
    const own = isOfClimbed ? climbed : await prepareComplaint(cloud, cell.routeKey);
    const { secret, ...filled } = own;
    const token = unsubscribeTokenOf(cloud, "reader@mail.example");
    const answer = await ask(cell, {
      ...filled,
      token,
      secret: takesSecret(cell) ? secret : undefined,
    });
    // Nobody in Qazvin has a webhook; what is answered where somebody has one stands in webhooks.test.ts.
    const isOfWebhook = /\{subscriber\}|(agency|front-end)\/webhook/.test(cell.routeKey);
    const isOfProgram = cell.name === "an officer" && cell.routeKey.endsWith("/webhook/resume");
    const expected = isOfProgram ? 403 : isOfWebhook || isCalledMuchLater ? 404 : cell.contract.answer.status;
    expect(answer.status, answer.text).toBe(expected);
  });
});

describe("what is not theirs looks as if it did not exist", () => {
  test.each(titled(welcome.filter(hasComplaint)))("%s, %s", async (_, __, cell) => {
    const { secret } = climbed;
    const expected = await ask(cell, { secret });
    // A hold is read as it is of most complaints that exist.
    const isHold = cell.routeKey === "GET /v1/admin/holds/{id}";
    const answer = isHold ? { status: 200, body: { held: false } } : { status: 404, body: { code: "not-found" } };
    expect(expected).toMatchObject(answer);
    for (const { id } of foreign[cell.caller] ?? [])
      expect(comparableAnswer(await ask(cell, { id, callId: callIdIn(cloud, id), secret }))).toBe(
        comparableAnswer(expected),
      );
  });
});

test("no cell of the matrix was left out", () => {
  for (const { contract } of cells) expect(welcome.some((cell) => cell.contract === contract)).toBe(true);
});
