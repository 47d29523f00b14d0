import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  paginateListExecutions,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { Call } from "../support/api-caller.ts";
import { type Complainant, createComplainant, needlesLeaked } from "../support/canaries.ts";
import { bodyOfIssueRoute, issueBody } from "../support/issue-requests.ts";
import { noticeAgency, noticesIn, noticeTexts } from "../support/notice-story.ts";
import { templateOf } from "../support/synthesized.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";

const cloud = withLocalCloud();
const complaints = sizeOf("canaries");
const atOnce = 8;
const notices = 2;
const agencies = ["social-security", "gas", "post", "tax-affairs"];
const officer = { name: "مریم رستمی" };

const needles = new Set<string>();
let planted = 0;
const told = { agency: "", overseer: "", frontEnd: "", inspector: "", queue: "", hearing: "", public: "" };

beforeAll(async () => {
  const waiting = Array.from({ length: complaints }, (_, n) => n).values();
  const serve = async () => {
    for (const n of waiting) {
      await live(n);
      if (n % 100 !== 99) continue;
      process.stdout.write(`${n + 1} of ${complaints} complaints, ${planted} canaries\n`);
      await readQueues();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, serve));
  await liveWithIssue();
  for (let n = 0; n < notices; n++) await liveWithNotice();
  // What is left open is late by then, and climbs.
  await cloud.clock.advance(5 * 24 * 60 * 60_000);
  await readLists();
  await readQueues();
}, 3_600_000);

/** Now and then, since a queue of tens of thousands is slow. */
async function readQueues(): Promise<void> {
  const messages = JSON.stringify(await cloud.receiveEverywhere());
  told.queue += messages;
}

type Story = { id: string; secret: string; agencyId: string; who: Complainant };

async function live(n: number): Promise<void> {
  const who = createComplainant();
  for (const needle of who.needles) needles.add(needle);
  const agencyId = agencies[n % agencies.length] ?? "";
  const employee = { name: "کارمند باجه", counter: who.text(2) };
  const { id, secret } = await cloud.file({ agencyId, citizen: who.citizen, description: who.text(15), employee });
  const story = { id, secret, agencyId, who };
  await own(story, "messages", { text: who.text(10) }, 201);
  await asInspector(story, "messages", { text: who.text(3) }, 201);
  await asAgency(story, "messages", { officer, text: who.textOfAgency(3) }, 201);
  await endings[Math.floor(n / agencies.length) % endings.length]?.(story);
  planted += who.count();
  await reads("agency", { as: `agency-${agencyId}`, path: `/v1/agency/complaints/${id}` });
  await reads("inspector", { as: "inspector-1", path: `/v1/inspector/complaints/${id}` });
}

const endings: ((story: Story) => Promise<void>)[] = [
  async (story) => {
    const { who } = story;
    await asAgency(story, "acknowledgement", { officer });
    await asAgency(story, "extension", { reason: who.textOfAgency(3) });
    await asAgency(story, "answer", {
      officer,
      finding: "founded",
      cause: "none",
      text: who.textOfAgency(4),
      actions: [{ text: who.textOfAgency(3) }],
    });
    await own(story, "opinion", { solved: "partly", handling: 4, pressured: true, comment: who.text(7) });
    await own(story, "acceptance", {});
  },
  async (story) => {
    const { who } = story;
    await asAgency(story, "answer", { officer, finding: "unfounded", cause: "none", text: who.textOfAgency(3) });
    await own(story, "dispute", { reason: who.text(6) });
    await asAgency(story, "statement", { employee: { name: "کارمند" }, text: who.textOfAgency(2) });
    await cloud.call({ as: "inspector-2", path: `/v1/inspector/complaints/${story.id}/identity` });
    await asInspector(story, "decision", {
      finding: "founded",
      cause: "conduct",
      upholdsAnswer: false,
      text: who.text(4),
      actions: [{ text: who.text(2) }],
    });
  },
  async (story) => {
    const toAgencyId = story.agencyId === "gas" ? "post" : "gas";
    await asAgency(story, "transfer", { toAgencyId, reason: story.who.textOfAgency(7) });
    story.agencyId = toAgencyId;
    await own(story, "withdrawal", { reason: story.who.text(10) });
    await reads("agency", { as: `agency-${toAgencyId}`, path: `/v1/agency/complaints/${story.id}` });
  },
  // Nobody answers: it climbs.
  async (story) => void (await own(story, "messages", { text: story.who.text(17) }, 201)),
];

/** The open complaints of one agency share their cause; it answers all of them with one text. */
async function liveWithIssue(): Promise<void> {
  const as = `agency-${issueBody.agencyId}`;
  const open = Page.parse((await cloud.call({ as, path: "/v1/agency/complaints?limit=100" })).body).items;
  // Somebody of whom nothing may be written into what is public or goes to many.
  const who = createComplainant();
  const opening = { as: "inspector-1", path: "/v1/inspector/issues", method: "POST" } as const;
  const refused = await cloud.call({ ...opening, body: { ...issueBody, title: `قطعی سامانه ${who.citizen.phone}` } });
  expect(refused.status, refused.text).toBe(400);
  const opened = await cloud.call({ ...opening, body: issueBody });
  expect(opened.status, opened.text).toBe(201);
  const { id } = z.looseObject({ id: z.string() }).parse(opened.body);
  const complaintIds = open.map((one) => one.id);
  const linked = await cloud.call({ ...opening, path: `${opening.path}/${id}/links`, body: { complaintIds } });
  expect(linked.body).toMatchObject({ complaintIds, refused: [] });
  const path = `/v1/agency/issues/${id}`;
  const filled = { id, filedAt: new Date(cloud.clock.now()).toISOString() };
  await done({ as, path: `${path}/plan`, body: bodyOfIssueRoute("plan", filled) }, 200);
  const answer = { officer, finding: "founded", cause: "none", text: who.textOfAgency(7) };
  await done({ as, path: `${path}/answer`, body: answer }, 400);
  await done({ as, path: `${path}/answer`, body: { ...answer, text: "از این پس جانشین داریم." } }, 200);
  await cloud.clock.advance(3 * 60_000);
  const [first] = complaintIds;
  await reads("agency", { as, path: `/v1/agency/complaints/${first}` });
  await reads("agency", { as, path });
  await reads("overseer", { as: "governor-qazvin", path: `/v1/overseer/issues/${id}` });
  await reads("public", { path: "/v1/issues" });
  await reads("public", { path: `/v1/issues/${id}` });
}

/** A citizen about whose case an employee is heard, who writes what the agency may know of the citizen. */
async function liveWithNotice(): Promise<void> {
  const who = createComplainant();
  for (const needle of who.needles) needles.add(needle);
  const { complaint, id, secret } = await noticesIn(cloud).heard(who.citizen);
  // Not the inspector who has read all identities that a day allows.
  await reads("inspector", { as: "inspector-1", path: `/v1/inspector/complaints/${complaint.id}/identity` });
  const employee = (path = "") => ({ secret, path: `/v1/notices/${id}${path}` });
  await done({ ...employee("/answer"), body: { text: who.textOfAgency(7) } }, 201);
  const inspector = { as: "inspector-3", path: `/v1/inspector/notices/${id}/decision` };
  const reasons = "گزارش بازدید و فیلم سالن آن را نشان می‌دهد.";
  const named = await cloud.call({ ...inspector, method: "POST", body: { outcome: "stands", reasons: who.text(1) } });
  expect(named.status, named.text).toBeGreaterThanOrEqual(400);
  await done({ ...inspector, body: { outcome: "stands", reasons } }, 201);
  await done({ ...employee("/contest"), body: { text: who.textOfAgency(7) } }, 201);
  await reads("hearing", { as: "reviewer", path: `/v1/reviewer/notices/${id}` });
  await done(
    { as: "reviewer", path: `/v1/reviewer/notices/${id}/decision`, body: { outcome: "upheld", reasons } },
    201,
  );
  planted += who.count();
  await reads("hearing", employee());
  await reads("hearing", { as: `personnel-${noticeAgency}`, path: "/v1/agency/records?personnelId=40218" });
  await reads("agency", { as: `agency-${noticeAgency}`, path: `/v1/agency/complaints/${complaint.id}` });
  told.agency += await readAll(`agency-${noticeAgency}`, "/v1/agency/events?limit=100");
}

/** Keeps what a reader is told; not by `+= await`, which forgets what came meanwhile. */
async function reads(reader: keyof typeof told, call: Call): Promise<void> {
  const { text } = await cloud.call(call);
  told[reader] += text;
}

async function done(call: Call, status: number): Promise<void> {
  const answered = await cloud.call({ method: "POST", ...call });
  expect(answered.status, answered.text).toBe(status);
  if (call.as?.startsWith("agency")) told.agency += answered.text;
}
const own = ({ id, secret }: Story, what: string, body: unknown, status = 200) =>
  done({ secret, path: `/v1/complaints/${id}/${what}`, body }, status);
const asAgency = ({ id, agencyId }: Story, what: string, body: unknown, status = 200) =>
  done({ as: `agency-${agencyId}`, path: `/v1/agency/complaints/${id}/${what}`, body }, status);
const asInspector = ({ id }: Story, what: string, body: unknown, status = 200) =>
  done({ as: "inspector-1", path: `/v1/inspector/complaints/${id}/${what}`, body }, status);

const Page = z.object({ items: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().optional() });

async function readAll(as: string, path: string): Promise<string> {
  let all = "";
  for (let next = ""; ; ) {
    const { text, body } = await cloud.call({ as, path: `${path}${next}` });
    all += text;
    const { nextCursor } = Page.parse(body);
    if (!nextCursor) return all;
    next = `&${path.includes("events") ? "after" : "cursor"}=${nextCursor}`;
  }
}

async function readLists(): Promise<void> {
  for (const agencyId of agencies) {
    told.agency += await readAll(`agency-${agencyId}`, "/v1/agency/complaints?details=true&limit=100");
    told.agency += await readAll(`agency-${agencyId}`, "/v1/agency/complaints?status=closed&details=true&limit=100");
    told.agency += (await cloud.call({ as: `agency-${agencyId}`, path: "/v1/agency/summary" })).text;
    told.agency += await readAll(`agency-${agencyId}`, "/v1/agency/events?limit=100");
  }
  told.frontEnd = await readAll("call-centre-128", "/v1/front-end/events?limit=100");
  const overseen = await readAll("governor-qazvin", "/v1/overseer/complaints?details=true&limit=100");
  const ids = [...new Set([...overseen.matchAll(/QZ-\w{4}-\w{4}-\w/g)].map(([id]) => id))];
  told.overseer += overseen + (await cloud.call({ as: "governor-qazvin", path: "/v1/overseer/summary" })).text;
  for (const id of ids) await reads("overseer", { as: "governor-qazvin", path: `/v1/overseer/complaints/${id}` });
  expect(ids.length).toBeGreaterThan(complaints / 10);
}

async function executionInputs(): Promise<string> {
  const [id] = Object.keys(templateOf("qazvin", "Processing").findResources("AWS::StepFunctions::StateMachine"));
  const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:Foad-qazvin-Processing-${id}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sfn = new SFNClient({
    endpoint: cloud.environment.AWS_ENDPOINT_URL_SFN ?? "",
    region: "us-east-1",
    credentials,
  });
  const executions: ExecutionListItem[] = [];
  for await (const page of paginateListExecutions({ client: sfn }, { stateMachineArn }))
    executions.push(...(page.executions ?? []));
  // One at least of each that climbed, or some were not looked at.
  expect(executions.length).toBeGreaterThan(complaints / 10);
  const described = executions.map(({ executionArn }) => sfn.send(new DescribeExecutionCommand({ executionArn })));
  const inputs = (await Promise.all(described)).map(({ input, output, name }) => `${name} ${input} ${output}`);
  sfn.destroy();
  return inputs.join("\n");
}

const Mails = z.array(z.object({ subject: z.string(), text: z.string(), html: z.string() }));

const places: Record<string, { read: () => Promise<string> | string; holds: string }> = {
  "what an agency is told": { read: () => told.agency, holds: "█████" },
  "what an overseer is told": { read: () => told.overseer, holds: "█████" },
  "what a front end is told": { read: () => told.frontEnd, holds: '"type":"message-posted"' },
  "what an employee, the reviewer and the personnel office are told": {
    read: () => told.hearing,
    holds: noticeTexts.allegation,
  },
  "what everybody reads of issues": { read: () => told.public, holds: issueBody.title },
  "a queue message": { read: () => told.queue, holds: "message-posted.v1" },
  "a log": {
    read: () =>
      globSync("*", { cwd: join(cloud.state, "logs") })
        .map((file) => readFileSync(join(cloud.state, "logs", file), "utf8"))
        .join("\n"),
    holds: "request answered",
  },
  "a mail": {
    read: async () => JSON.stringify(Mails.parse(await (await fetch(cloud.endpoints.mail)).json())),
    holds: "QZ-",
  },
  "an execution": { read: executionInputs, holds: '"dueAt"' },
};

describe("of who complains", () => {
  // The logs of two thousand complaints take a while.
  test.each(Object.entries(places))("nothing is in %s", async (_, { read, holds }) => {
    const text = await read();
    expect(text).toContain(holds);
    expect(needlesLeaked(needles, text)).toEqual([]);
  });

  test("everything is known again if it may be read", () => {
    expect(needlesLeaked(needles, told.inspector).length).toBe(needles.size);
    expect(planted).toBeGreaterThanOrEqual(complaints * 50);
  });
});
