import { expect, test } from "vitest";
import * as z from "zod";
import { complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { filingBody } from "../support/a-complaint.ts";
import { readParkedBatches } from "../support/lost-messages.ts";
import { startOfHour, withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud("qazvin", startOfHour());

const officer = { name: "مریم رستمی" };

function filed({ key, fields = {}, as = "call-centre-128" }: { key?: string; fields?: object; as?: string }) {
  const headers: Record<string, string> = key === undefined ? {} : { "idempotency-key": key };
  return cloud.call({ as, method: "POST", path: "/v1/complaints", body: filingBody({ ...fields }), headers });
}

function acknowledged(
  id: string,
  { headers = {}, name = officer.name }: { headers?: Record<string, string>; name?: string } = {},
) {
  const path = `/v1/agency/complaints/${id}/acknowledgement`;
  return cloud.call({ as: "agency-social-security", method: "POST", path, body: { officer: { name } }, headers });
}

async function unchanged<T>(act: () => Promise<T>): Promise<T> {
  // What went before is still being told, and each mail is noted.
  await cloud.quiet();
  const before = await cloud.tables.everything();
  const result = await act();
  expect(await cloud.tables.everything()).toBe(before);
  return result;
}

const Page = z.object({ items: z.array(z.object({ id: z.string() })) });
async function listed(as: string) {
  return Page.parse((await cloud.call({ as, path: "/v1/agency/complaints?limit=100" })).body).items;
}

test.each([2, 8])(
  "the same filing sent %i times at the same instant gives one complaint and identical answers",
  async (times) => {
    const before = await listed("agency-social-security");
    const answers = await Promise.all(
      Array.from({ length: times }, () => filed({ key: `at the same instant ${times}`.replaceAll(" ", "-") })),
    );
    expect(
      new Set(
        answers.map(({ status, text, headers }) =>
          [status, headers.get("location"), headers.get("etag"), text].join(" "),
        ),
      ).size,
    ).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await listed("agency-social-security")).toHaveLength(before.length + 1);
    await cloud.quiet();
    const told = await cloud.receiveAll("social-security");
    expect(told.map(({ event }) => event.id)).toEqual([expect.stringMatching(/\/1$/)]);
  },
);

test("a filing repeated later gives the same receipt, the secret included, and writes nothing", async () => {
  const first = await filed({ key: "repeated-later" });
  const again = await unchanged(() => filed({ key: "repeated-later" }));
  expect([again.status, again.text]).toEqual([201, first.text]);
});

test("the same key with another body is refused, and nothing is written", async () => {
  await filed({ key: "another-body" });
  const refused = await unchanged(() => filed({ key: "another-body", fields: { category: "disrespect" } }));
  expect([refused.status, refused.body]).toMatchObject([422, { code: "idempotency-key-reused" }]);
});

test("the same key of another front end is another complaint", async () => {
  const [mine, theirs] = await Promise.all([
    filed({ key: "whose-key-is-it" }),
    filed({ key: "whose-key-is-it", as: "web-portal", fields: { channel: "web" } }),
  ]);
  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect(mine.text).not.toBe(theirs.text);
});

test("a filing without a key is refused, and nothing is written", async () => {
  const refused = await unchanged(() => filed({}));
  expect([refused.status, refused.body]).toMatchObject([400, { code: "idempotency-key-missing" }]);
});

test("a move repeated with its key answers the view as it is now, and writes nothing", async () => {
  const { id } = await cloud.file();
  const headers = { "idempotency-key": "acknowledged-once" };
  const first = await acknowledged(id, { headers });
  const again = await unchanged(() => acknowledged(id, { headers }));
  expect([again.status, again.text]).toEqual([200, first.text]);
  const other = await unchanged(() => acknowledged(id, { headers, name: "دیگری" }));
  expect([other.status, other.body]).toMatchObject([422, { code: "idempotency-key-reused" }]);
  expect((await acknowledged(id)).body).toMatchObject({ code: "wrong-state" });
});

test("a transfer repeated with its key is answered as it was, whatever happened since where the complaint went", async () => {
  const { id } = await cloud.file();
  const path = `/v1/agency/complaints/${id}/transfer`;
  const body = { toAgencyId: "gas", reason: "مربوط به شرکت گاز است" };
  const headers = { "idempotency-key": "transferred-once" };
  const transferred = () => cloud.call({ as: "agency-social-security", method: "POST", path, body, headers });
  const first = await transferred();
  expect(first).toMatchObject({ status: 200, body: { id, agencyId: "gas", status: "filed", version: 2 } });
  const taken = `/v1/agency/complaints/${id}/acknowledgement`;
  expect(await cloud.call({ as: "agency-gas", method: "POST", path: taken, body: { officer } })).toMatchObject({
    status: 200,
  });
  const again = await unchanged(transferred);
  expect([again.status, again.text, again.headers.get("etag")]).toEqual([200, first.text, first.headers.get("etag")]);
});

test.each([
  ["a message", "a file", ["messages", "attachments"]],
  ["a file", "a message", ["attachments", "messages"]],
])("a key that was spent on %s is not good for %s, and nothing is written", async (_, __, [first, other]) => {
  const { id, secret } = await cloud.file();
  const bodies: Record<string, object> = {
    messages: { text: "هنوز کسی پشت باجه نیست." },
    attachments: { fileName: "نوبت.pdf", contentType: "application/pdf", size: 9 },
  };
  const sent = (to = "") => {
    const [path, headers] = [`/v1/complaints/${id}/${to}`, { "idempotency-key": "one-key-two-requests" }];
    return cloud.call({ secret, method: "POST", path, body: bodies[to], headers });
  };
  expect(await sent(first)).toMatchObject({ status: 201 });
  const refused = await unchanged(() => sent(other));
  expect([refused.status, refused.body]).toMatchObject([422, { code: "idempotency-key-reused" }]);
});

test("a move sent eight times at the same instant with one key happens once, and every answer is the same", async () => {
  const { id } = await cloud.file();
  const headers = { "idempotency-key": "acknowledged-at-once" };
  const answers = await Promise.all(Array.from({ length: 8 }, () => acknowledged(id, { headers })));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 200, body: { version: 2 } });
});

test("of two different moves at the same instant one is decided on what the other left", async () => {
  const { id, secret } = await cloud.file();
  const path = `/v1/complaints/${id}/withdrawal`;
  const [theirs, mine] = await Promise.all([acknowledged(id), cloud.call({ secret, method: "POST", path })]);
  expect([mine.status, mine.body]).toMatchObject([200, { status: "closed" }]);
  expect([200, 409]).toContain(theirs.status);
  const { body } = await cloud.call({ secret, path: `/v1/complaints/${id}` });
  const { history } = z.object({ history: z.array(z.object({ version: z.number() })) }).parse(body);
  expect(history.map(({ version }) => version)).toEqual(theirs.status === 200 ? [1, 2, 3] : [1, 2]);
});

test("a poison record is parked alone, and every event around it is delivered in order", async () => {
  await cloud.quiet();
  await cloud.receiveAll("social-security");
  const before = [await cloud.file(), await cloud.file()];
  const poison = {
    pk: complaintKey("QZ-0000-0000-0"),
    sk: eventKey(1),
    complaintId: "QZ-0000-0000-0",
    type: "of-another-age",
  };
  await cloud.tables.putComplaintItem(poison);
  const after = [await cloud.file(), await cloud.file()];
  await acknowledged(before[0]?.id ?? "");
  await cloud.quiet();
  const delivered = (await cloud.receiveAll("social-security")).map(({ event }) => event.id);
  const expected = [...before, ...after].map(({ id }) => `${id}/1`);
  expect(delivered.toSorted()).toEqual([...expected, `${before[0]?.id}/2`].toSorted());
  expect(await readParkedBatches(cloud.endpoints)).toEqual([[poison]]);
});

test("a repetition may order, space and escape its JSON in another way, and is another request with another word", async () => {
  const key = "another-encoder-1";
  const citizen = { name: "مریم رستمی", phone: "+989121234567" };
  const filing = filingBody({ citizen });
  const { status, text } = await filed({ key, fields: { citizen } });
  const sentAs = (raw: string) =>
    cloud.call({
      as: "call-centre-128",
      method: "POST",
      path: "/v1/complaints",
      raw,
      headers: { "idempotency-key": key, "content-type": "application/json" },
    });
  const reversed = (value: object) => Object.fromEntries(Object.entries(value).toReversed());
  const encodings = [
    JSON.stringify(filing, null, 2),
    JSON.stringify(reversed({ ...filing, citizen: reversed(citizen) })),
    JSON.stringify(filing).replace(
      /[^\0-\x7f]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  ];
  for (const raw of encodings) {
    const again = await sentAs(raw);
    expect([again.status, again.text]).toEqual([status, text]);
  }
  const other = await sentAs(JSON.stringify({ ...filing, description: `${filing.description}.` }));
  expect([other.status, Object(other.body).code]).toEqual([422, "idempotency-key-reused"]);
});
