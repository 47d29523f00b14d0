import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { savePerson } from "#functions/people/people.store.ts";
import { type ApiFunction, routes } from "#infra/constructs/routes.ts";
import type { Change } from "#shared/complaints/change.ts";
import { type Complaint, currentDeadline, isAnsweredByAgency } from "#shared/complaints/complaint.ts";
import { changeWrites, readComplaintRecord, readHead } from "#shared/complaints/complaints.store.ts";
import { file } from "#shared/complaints/filing.ts";
import { acknowledge, answer, dispute } from "#shared/complaints/moves.ts";
import { complaintId, complaintSecrets } from "#shared/identifier.ts";
import type { Province } from "#shared/province/schema.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { aComplaint, aFiling, citizenPrincipal, filingBody } from "../support/a-complaint.ts";
import { acceptableRequest } from "../support/acceptable-requests.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";
import { writeProvince } from "../support/province-files.ts";
import { anEdit, editHistory, youngProvince } from "../support/province-history.ts";
import { withRealTables } from "../support/real-tables.ts";
import { aMessage, writeComplaint } from "../support/stored-complaints.ts";
import { sizeOf } from "../support/trial-size.ts";
import { captureLog } from "../support/written-log.ts";

withRealTables();
const log = captureLog();
const folder = mkdtempSync(join(tmpdir(), "foad-histories-"));
const pepper = "a key for tests";
mockClient(SecretsManagerClient).on(GetSecretValueCommand).resolves({ SecretString: pepper });
mockClient(SESClient).on(SendRawEmailCommand).resolves({ MessageId: "sent" });
mockClient(SFNClient).resolves({});
const sqs = mockClient(SQSClient).resolves({});
/** Takes what is kept beside the table: orders of holds and erasures. */
const files = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
afterAll(() => files.close());
const filesUrl = await once(files, "listening").then(() => `http://127.0.0.1:${(files.address() as AddressInfo).port}`);
const here = "https://cloud.example/";
Object.assign(process.env, {
  PEPPER_SECRET: "pepper",
  MASK_KEY_SECRET: "mask",
  ADDRESS_KEY_SECRET: "address",
  ESCALATION_MACHINE: "machine",
  AGENCY_QUEUE_PREFIX: `${here}agency-`,
  NOTIFICATION_QUEUE: `${here}notifications`,
  PUBLIC_URL: here,
  TOKEN_ISSUER: here,
  ATTACHMENTS_BUCKET: "files",
  ATTACHMENTS_URL: filesUrl,
  MAIL_SENDER: "foad@example.org",
  MAIL_CONFIGURATION_SET: "set",
});
const person = "inspector-1";
beforeAll(async () => {
  // The API refuses a person with two roles. This test stores one, because it calls the functions of both roles.
  const roles = (["inspector", "admin"] as const).map((role) => ({ role }));
  const by = { clientId: "desk", person: "admin" };
  await savePerson({ sub: person, person: { name: "مریم احمدی", roles }, by, now: new Date().toISOString() });
});
afterAll(() => {
  log.release();
  rmSync(folder, { recursive: true, force: true });
});

const aCase = fc.record({
  agency: fc.nat(2),
  county: fc.nat(1),
  category: fc.nat(1),
  frontEnd: fc.nat(1),
  stage: fc.constantFrom("filed", "filed", "acknowledged", "answered", "disputed", "retaliation"),
  hoursAgo: fc.constantFrom(0, 30, 100),
});
type Case = typeof aCase extends fc.Arbitrary<infer T> ? T : never;
const all = Object.keys(routes).filter((key) => !/unsubscribe|docs|definitions|\.json/.test(key));
/** What is about one complaint, to file the same once more included. */
const ofOne = all.filter((key) => key.includes("/complaints/{id}") || key === "POST /v1/complaints");
const ends = ofOne.filter((key) => /acceptance|withdrawal|rejection|decision/.test(key));
const moves = ofOne.filter((key) => !key.startsWith("GET ") && !ends.includes(key));
const reads = ofOne.filter((key) => key.startsWith("GET "));
const ofAll = all.filter((key) => !ofOne.includes(key) && !key.startsWith("DELETE "));
const aHistory = fc.record({
  // Whatever was filed under a file as it was at first, in between, and at last.
  steps: fc.array(fc.oneof({ arbitrary: anEdit, weight: 3 }, { arbitrary: aCase, weight: 1 }), {
    minLength: 6,
    maxLength: 12,
  }),
  order: fc.shuffledSubarray(moves, { minLength: moves.length }),
  end: fc.constantFrom(...ends),
});

test("whatever became of the file since: all that was filed is read, moved, told and ended, and nothing answers 500", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(aHistory, aCase, async ({ steps, order, end }, first) => {
      let province = youngProvince();
      const filed = [await filedUnder(province, first)];
      for (const step of steps) {
        if ("what" in step) province = editHistory(province, step);
        else filed.push(await filedUnder(province, step));
      }
      const last = await deployed(province, runs++);
      for (const key of ofAll) expect(await called(last, key, filed[0] ?? ""), key).toBeLessThan(500);
      await followed(last);
      for (const id of filed) {
        await climbed(last, id);
        for (const key of [...reads, ...order, end, ...reads])
          expect(await called(last, key, id), key).toBeLessThan(500);
        await toldAgain(last, id);
        expect([200, 409]).toContain(await called(last, "POST /v1/inspector/complaints/{id}/decision", id));
        expect(await readHead(id)).toMatchObject({ status: "closed" });
      }
    }),
    { numRuns: sizeOf("histories") },
  );
}, 900_000);

let count = 0;

/** A complaint in the state in which the case has it, of what the province had at the time. Returns its id. */
async function filedUnder(province: Province, { hoursAgo, stage, ...named }: Case): Promise<string> {
  const pick = <T>(items: T[], n: number): T => items[n % items.length] as T;
  const agency = pick(province.agencies, named.agency);
  const front = pick(province.frontEnds, named.frontEnd);
  const countyId = pick(agency.countyIds, named.county);
  const now = addMilliseconds(new Date().toISOString(), -hoursAgo * 3_600_000);
  const filing = aFiling({
    agencyId: agency.id,
    countyId,
    officeId: agency.offices.find((office) => office.countyId === countyId)?.id,
    category: pick(province.categories, named.category).id,
    citizen: { name: "زهرا محمدی", email: "zahra@example.org", shareWithAgency: hoursAgo > 0 },
  });
  const id = complaintId({ pepper, prefix: "QZ", clientId: "c", key: `history-${count++}`, attempt: 0 });
  const by = { caller: "front-end" as const, ...front };
  const deadlines = { acknowledgeBy: addMilliseconds(now, 3_600_000), answerBy: addMilliseconds(now, 48 * 3_600_000) };
  const retaliation = stage === "retaliation" ? { retaliationFor: id, reviewBy: deadlines.answerBy } : undefined;
  const fresh = file(filing, {
    id,
    by,
    now,
    deadlines,
    retaliation,
    identityDigest: String,
    digitsMac: String,
    mayMail: true,
  });
  await writeComplaint(fresh);
  await broughtTo(stage, fresh.complaint, now);
  return id;
}

async function broughtTo(stage: Case["stage"], complaint: Complaint, now: string): Promise<void> {
  const by = { caller: "agency" as const, clientId: `agency-${complaint.agencyId}`, agencyId: complaint.agencyId };
  const given = {
    officer: { name: "مریم رستمی" },
    finding: "founded" as const,
    cause: "none",
    text: "رسیدگی شد.",
    actions: [],
  };
  const kept = async ({ complaint, ...change }: Change) => {
    await writeTransaction(changeWrites({ complaint, ...change }));
    return complaint;
  };
  if (stage === "filed" || stage === "retaliation") return;
  const known = await kept(acknowledge(complaint, { by, now, officer: given.officer }));
  if (stage === "acknowledged") return;
  const answered = await kept(answer(known, { by, now, ...given, confirmBy: addMilliseconds(now, 240 * 3_600_000) }));
  if (stage === "answered") return;
  const reviewBy = addMilliseconds(now, 48 * 3_600_000);
  await kept(
    dispute(answered, { by: { ...citizenPrincipal, complaintId: complaint.id }, now, reason: "انجام نشد", reviewBy }),
  );
}

/** Every function, as it would be deployed with this file. */
async function deployed(province: Province, run: number) {
  process.env.FOAD_PROVINCE_FILE = writeProvince(join(folder, String(run)), province);
  vi.resetModules();
  const { deliverEvent } = await import("#functions/deliveries/deliver-event.job.ts");
  const { handler: notify } = await import("#functions/messages/send-notification.function.ts");
  const { handler: raise } = await import("#functions/escalation/escalate-complaint.function.ts");
  const { handler: sweep } = await import("#functions/escalation/process-due-complaints.function.ts");
  const { processHoursChanges } = await import("#functions/hours/pending-hours.job.ts");
  const { processRedriveOrders } = await import("#functions/deliveries/redrive-events.function.ts");
  return {
    province,
    tell: deliverEvent,
    notify,
    raise,
    sweep,
    followHours: processHoursChanges,
    redrive: processRedriveOrders,
    api: await apiOf(),
  };
}
type Deployed = Awaited<ReturnType<typeof deployed>>;

async function apiOf(): Promise<Partial<Record<ApiFunction, (event: never, context: never) => Promise<unknown>>>> {
  return {
    public: (await import("#functions/documents/public.function.ts")).handler,
    "read-statistics": (await import("#functions/figures/read-statistics.function.ts")).handler,
    "read-performance": (await import("#functions/figures/read-performance.function.ts")).handler,
    "file-complaint": (await import("#functions/complaints/file-complaint.function.ts")).handler,
    "front-end": (await import("#functions/deliveries/front-end.function.ts")).handler,
    calls: (await import("#functions/calls/calls.function.ts")).handler,
    "read-case": (await import("#functions/complaints/read-case.function.ts")).handler,
    citizen: (await import("#functions/callers/citizen.function.ts")).handler,
    "export-complaint": (await import("#functions/complaints/export-complaint.function.ts")).handler,
    consent: (await import("#functions/complaints/consent.function.ts")).handler,
    agency: (await import("#functions/callers/agency.function.ts")).handler,
    inspector: (await import("#functions/callers/inspector.function.ts")).handler,
    "read-identity": (await import("#functions/complaints/read-identity.function.ts")).handler,
    "renew-secret": (await import("#functions/complaints/renew-secret.function.ts")).handler,
    notices: (await import("#functions/notices/notices.function.ts")).handler,
    employee: (await import("#functions/notices/employee.function.ts")).handler,
    reviewer: (await import("#functions/notices/reviewer.function.ts")).handler,
    "read-records": (await import("#functions/notices/read-records.function.ts")).handler,
    issues: (await import("#functions/issues/issues.function.ts")).handler,
    "agency-issues": (await import("#functions/issues/agency-issues.function.ts")).handler,
    "read-issues": (await import("#functions/documents/read-issues.function.ts")).handler,
    overseer: (await import("#functions/callers/overseer.function.ts")).handler,
    "hold-complaint": (await import("#functions/retention/hold-complaint.function.ts")).handler,
    "read-person": (await import("#functions/people/read-person.function.ts")).handler,
    admin: (await import("#functions/callers/admin.function.ts")).handler,
  };
}

/** Answers the status of such a request by whoever it is for, as far as the file still has them. */
async function called({ api, province }: Deployed, routeKey: string, id: string): Promise<number> {
  const complaint = await readHead(id);
  const other = province.agencies.find((agency) => agency.id !== complaint?.agencyId)?.id;
  const [people] = province.tokens.peopleClients;
  const clients: Partial<Record<ApiFunction, string | undefined>> = {
    agency: `agency-${complaint?.agencyId}`,
    "read-performance": `agency-${complaint?.agencyId}`,
    "front-end": complaint?.filedBy,
    calls: "call-centre-128",
    "read-case": "call-centre-128",
    "file-complaint": complaint?.filedBy,
    overseer: "governor-general",
    inspector: people,
    "read-identity": people,
    "renew-secret": people,
    notices: people,
    reviewer: people,
    "read-records": people,
    issues: people,
    "agency-issues": `agency-${complaint?.agencyId}`,
    admin: people,
    "hold-complaint": people,
    "read-person": people,
  };
  const name = routes[routeKey] ?? "public";
  const { body } = acceptableRequest(routeKey, { id });
  const event = anApiEvent({
    routeKey,
    id,
    body: bodies[routeKey.split("/").at(-1) ?? ""]?.({ other, complaint }) ?? body,
    clientId: clients[name] ?? "",
    sub: person,
    path: { date: tomorrow, attachmentId: "none", visitId: "none", noticeId: "none", issueId: "none" },
    query: routeKey === "GET /v1/inspector/complaints" ? { queue: "disputed" } : {},
    headers: { "foad-secret": complaintSecrets(pepper, id).secret, "idempotency-key": crypto.randomUUID() },
  });
  const answered = await api[name]?.(event as never, aContext as never);
  return z.object({ statusCode: z.number() }).parse(answered).statusCode;
}

/** Where what any request would take does not ask enough. */
const bodies: Record<string, (given: { other?: string | undefined; complaint: Complaint | undefined }) => unknown> = {
  complaints: ({ complaint: { agencyId, countyId, category, officeId } = aComplaint() }) =>
    filingBody({ agencyId, countyId, category, officeId }),
  transfer: ({ other = "gas" }) => ({ toAgencyId: other, reason: "به این اداره مربوط نیست." }),
  decision: ({ complaint }) => ({
    finding: "founded",
    cause: "capacity",
    text: "رسیدگی شد.",
    ...(complaint && isAnsweredByAgency(complaint) && { upholdsAnswer: false }),
  }),
  redrive: () => ({ since: addMilliseconds(new Date().toISOString(), -3_600_000) }),
};
const tomorrow = addMilliseconds(new Date().toISOString(), 24 * 3_600_000).slice(0, 10);

/** All that happened is told to queues by name, and to whoever is mailed. */
async function toldAgain({ tell, notify }: Deployed, id: string): Promise<void> {
  sqs.resetHistory();
  const { events } = await readComplaintRecord(id);
  for (const event of events) await tell({ ...event, complaintId: id });
  const mails = sqs.commandCalls(SendMessageBatchCommand).flatMap(({ args: [{ input }] }) => input.Entries ?? []);
  const Records = mails.map(({ MessageBody = "" }) => aMessage(MessageBody));
  expect(await notify({ Records }, aContext)).toEqual({ batchItemFailures: [] });
}

/** Raised if it is late; a step that has nothing to escalate says so and nothing else. */
async function climbed({ raise }: Deployed, id: string): Promise<void> {
  const complaint = await readHead(id);
  const due = complaint && (complaint.nextLevelAt ?? currentDeadline(complaint));
  await raise({ subject: { kind: "complaint", id }, dueAt: due, execution: "one" }, aContext).catch((error: Error) =>
    expect(error.name).toBe("NoLongerLate"),
  );
}

/** Hours change, deadlines follow, everything due is swept and a day is sent again: nobody is in anybody's way. */
async function followed(last: Deployed): Promise<void> {
  const { sweep, followHours, redrive } = last;
  const now = new Date().toISOString();
  const until = Number.POSITIVE_INFINITY;
  const before = log.text().length;
  await followHours({ now: addMilliseconds(now, 60_000), until });
  await redrive({ now: addMilliseconds(now, 60_000), until });
  await sweep({}, aContext);
  expect(log.text().slice(before)).not.toMatch(/"level":"ERROR"/);
}
