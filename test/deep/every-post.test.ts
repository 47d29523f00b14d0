import { describe, expect, test } from "vitest";
import * as z from "zod";
import { allRoutes } from "#infra/programs/documents/openapi/openapi.ts";
import type { Caller } from "#shared/people/principal.ts";
import { acceptableRequest, prepareComplaint } from "../support/acceptable-requests.ts";
import { changedItems } from "../support/changed-items.ts";
import { startOfHour, withLocalCloud } from "../support/the-local-cloud.ts";

const inThreeYears = new Date(Date.now() + 1_100 * 86_400_000).toISOString();
const cloud = withLocalCloud("qazvin", startOfHour());

const hour = 60 * 60_000;

/** Lets each function run that runs every minute. A run between two readings of the tables would look like a write of the request. */
const everyMinuteDone = () => cloud.clock.advance(60_000);

const clients: Partial<Record<Caller, string>> = {
  "front-end": "call-centre-128",
  agency: "agency-social-security",
  inspector: "inspector-1",
  overseer: "governor-qazvin",
  reviewer: "reviewer",
  admin: "admin",
};
// A link is linked once without a key: the same complaint is linked already.
const posts = Object.entries(allRoutes).filter(
  ([key, { contract }]) =>
    /^POST .*\{(id|noticeId|issueId|callId)\}/.test(key) && contract.body && !key.endsWith("/links"),
);
const titled = posts.map(([routeKey, { contract }]) => [routeKey, contract] as const);
/** Only says that something may be sent: each form is signed anew. */
const announces = (routeKey: string) => routeKey.endsWith("/attachments");

/** The view a minute later. The answer of an issue is given to its complaints in that minute, which is an event of the issue. */
function presentView(routeKey: string, body: unknown): unknown {
  if (routeKey !== "POST /v1/agency/issues/{issueId}/answer") return body;
  const view = z.looseObject({ version: z.int() }).parse(body);
  return { ...view, version: view.version + 1 };
}

const reasons = "گزارش بازرس حاضر در سالن آن را در بر دارد.";

/** What else may be sent where no words are; where there is one body alone, to another route. */
const otherwise: Record<string, { move?: string; body: object }> = {
  "POST /v1/front-end/calls/{callId}": { body: { outcome: "declined" } },
  "POST /v1/front-end/calls/{callId}/opening": { body: { digits: "1234" } },
  "POST /v1/front-end/calls/{callId}/issue-answer": { body: { answer: "no" } },
  "POST /v1/complaints/{id}/acceptance": { move: "withdrawal", body: {} },
  "POST /v1/complaints/{id}/opinion": { body: { solved: "no", handling: 3 } },
  "POST /v1/complaints/{id}/withdrawal": { body: { reason: "پشیمان شدم." } },
  "POST /v1/complaints/{id}/consent": { body: { shareWithAgency: true, mayBeCalled: true } },
  "POST /v1/complaints/{id}/notices/{noticeId}/consent": { body: { agrees: false } },
  "POST /v1/inspector/notices/{noticeId}/letter": { move: "leave", body: { onLeaveUntil: inThreeYears } },
  "POST /v1/reviewer/notices/{noticeId}/letter": { move: "decision", body: { outcome: "upheld", reasons } },
  "POST /v1/inspector/notices/{noticeId}/leave": { body: { onLeaveUntil: inThreeYears } },
  "POST /v1/inspector/notices/{noticeId}/service/confirmation": { body: { number: 1 } },
  "POST /v1/notices/{noticeId}/extension": { move: "questions", body: { text: "کدام روز بود؟" } },
  "POST /v1/inspector/issues/{issueId}/reading": { body: { number: 1 } },
  "POST /v1/inspector/complaints/{id}/secret": { body: { nationalId: "0012340006" } },
  "POST /v1/inspector/complaints/{id}/claim": { move: "messages", body: { text: "ممنون" } },
  "POST /v1/inspector/complaints/{id}/visits": { body: { plannedAt: inThreeYears } },
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/plan": { body: { plannedAt: inThreeYears } },
};

/** The same with another word in the first text that somebody wrote. */
function withAnotherWord(body: unknown): object {
  const isWritten = (value: unknown): value is string => typeof value === "string" && /\p{Script=Arabic}/u.test(value);
  let changed = false;
  return JSON.parse(JSON.stringify(body ?? {}), (_, value: unknown) => {
    if (changed || !isWritten(value)) return value;
    changed = true;
    return `${value} دیگر`;
  });
}

/** A citizen is called about an issue weeks after it was mended. */
const callsAfterWeeks = 300_000;

describe.each(titled)("%s", (routeKey, { caller, answer, problems }) => {
  const prepared = async () => {
    const own = await prepareComplaint(cloud, routeKey, { isAskedAboutIssue: true });
    // Until it has reached the governor's level.
    const ofGovernor = { as: "governor-qazvin", path: `/v1/overseer/complaints/${own.id}` };
    while (caller === "overseer" && (await cloud.call(ofGovernor)).status === 404) await cloud.clock.advance(4 * hour);
    const client = clients[caller];
    const who = client ? { as: client } : { secret: own.secret };
    await everyMinuteDone();
    return { ...acceptableRequest(routeKey, own), ...who };
  };
  const keyed = () => ({ "idempotency-key": crypto.randomUUID() });

  test(
    "sent again with the same key changes nothing and answers the same; another body is refused",
    async () => {
      const call = { ...(await prepared()), headers: keyed() };
      const first = await cloud.call(call);
      expect(first.status, first.text).toBe(answer.status);
      await everyMinuteDone();
      const before = await cloud.tables.everything();
      const again = await cloud.call(call);
      expect(again.status, again.text).toBe(answer.status);
      if (!announces(routeKey)) expect(again.body).toEqual(presentView(routeKey, first.body));
      const { move, body } = otherwise[routeKey] ?? { body: withAnotherWord(call.body) };
      const path = move ? call.path.replace(/[^/]+$/, move) : call.path;
      expect([path, body]).not.toEqual([call.path, call.body]);
      const other = await cloud.call({ ...call, path, body });
      expect(other).toMatchObject({ status: 422, body: { code: "idempotency-key-reused" } });
      expect(changedItems(before, await cloud.tables.everything())).toEqual([]);
    },
    callsAfterWeeks,
  );

  if (!problems?.includes("version-outdated")) return;
  test("on a view that is no more is refused and writes nothing", async () => {
    const call = await prepared();
    const before = await cloud.tables.everything();
    const stale = await cloud.call({ ...call, headers: { "if-match": '"77"' } });
    expect(stale).toMatchObject({ status: 412, body: { code: "version-outdated" } });
    expect(changedItems(before, await cloud.tables.everything())).toEqual([]);
  });
});
