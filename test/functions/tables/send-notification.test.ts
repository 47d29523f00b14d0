import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESClient, SESServiceException, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { recordUnsubscribe } from "#functions/messages/mailed-addresses.store.ts";
import { handler as noteBounce } from "#functions/messages/record-bounce.function.ts";
import { handler as sendNotification } from "#functions/messages/send-notification.function.ts";
import { addressDigest, spellingDigest, unsubscribeToken } from "#shared/identities/address-mark.ts";
import { answerNoticeKey, confidentialLogKey, eventKey, partitions, sentMailKey } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { aContext, afterEvent, aMessage, aStoredComplaint } from "../../support/stored-complaints.ts";

withRealTables();
const ses = mockClient(SESClient);
const sqs = mockClient(SQSClient);
const addressKey = "a key for tests";
mockClient(SecretsManagerClient).on(GetSecretValueCommand).resolves({ SecretString: addressKey });
const written: string[] = [];

beforeEach(() => {
  ses.reset();
  sqs.reset();
  ses.on(SendRawEmailCommand).resolves({ MessageId: "sent" });
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
  Object.assign(process.env, {
    NOTIFICATION_QUEUE: "https://sqs.example/notifications",
    BOUNCE_QUEUE: "https://sqs.example/bounces",
    ADDRESS_KEY_SECRET: "address-key",
    PUBLIC_URL: "https://api.foad.qazvin.example",
    MAIL_SENDER: "foad@qazvin.example",
    MAIL_CONFIGURATION_SET: "the-set",
  });
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  written.length = 0;
});

type Named = { complaintId: string; version?: number; role: string };
const told = (role: string, { id }: { id: string }, version = 1): Named => ({ complaintId: id, version, role });
const send = (...records: ReturnType<typeof aMessage>[]) => sendNotification({ Records: records }, aContext);
const allConsumed = { batchItemFailures: [] };
const failed = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });
const mails = () => ses.commandCalls(SendRawEmailCommand).map(({ args: [{ input }] }) => input);
const mailedTo = () => mails().flatMap(({ Destinations = [] }) => Destinations);
const messages = () => Promise.all(mails().map(({ RawMessage }) => PostalMime.parse(RawMessage?.Data ?? "")));
const rests = () => sqs.commandCalls(ChangeMessageVisibilityCommand).map(({ args: [{ input }] }) => input);

async function noted({ id }: { id: string }, role: string) {
  const Key = { pk: confidentialLogKey(id), sk: sentMailKey({ event: eventKey(1), role }) };
  return (await table.send(new GetCommand({ TableName: process.env.COMPLAINTS_TABLE, Key }))).Item;
}

function sesFails(name: string, message: string) {
  const error = new SESServiceException({ name, message, $fault: "client", $metadata: {} });
  return ses.on(SendRawEmailCommand).rejectsOnce(error);
}

const governor = "governor.abyek@qazvin.example";
const unit = "inspection@social-security.qazvin.example";
let addresses = 0;
const anAddress = () => `citizen.${++addresses}@mail.example`;

describe("a mail", () => {
  test("goes from the province's address through its configuration set, tagged with the mark of the address as it is written", async () => {
    const complaint = await aStoredComplaint();
    expect(await send(aMessage(told("inspection-unit", complaint)))).toEqual(allConsumed);
    expect(mails()).toEqual([
      {
        Source: "foad@qazvin.example",
        Destinations: [unit],
        RawMessage: { Data: expect.any(Buffer) },
        ConfigurationSetName: "the-set",
        Tags: [{ Name: "addressDigest", Value: spellingDigest(addressKey, unit) }],
      },
    ]);
    expect(await messages()).toEqual([
      expect.objectContaining({
        from: { address: "foad@qazvin.example", name: "" },
        to: [{ address: unit, name: "" }],
        subject: `سامانهٔ ۱۲۸: پروندهٔ تازه، ${complaint.id}`,
        text: expect.stringContaining("با سلام"),
        html: expect.stringContaining('dir="rtl"'),
      }),
    ]);
  });

  test.each([true, false])(
    "goes to the citizen who left an address, shared with the agency or not (%s)",
    async (shareWithAgency) => {
      const email = anAddress();
      const complaint = await aStoredComplaint({
        citizen: { name: "زهرا کریمی", email, shareWithAgency },
        language: "en",
      });
      expect(await send(aMessage(told("citizen", complaint)))).toEqual(allConsumed);
      expect(mailedTo()).toEqual([email]);
      expect((await messages())[0]?.subject).toBe(`FOAD 128: notice about case ${complaint.id}`);
    },
  );

  test.each([
    ["an anonymous citizen", {}],
    ["a citizen without an address", { citizen: { phone: "09121234567" } }],
  ])("goes nowhere for %s, and the message is done with", async (_, fields) => {
    expect(await send(aMessage(told("citizen", await aStoredComplaint(fields))))).toEqual(allConsumed);
    expect(mails()).toEqual([]);
  });

  test("goes nowhere where the identity has been erased meanwhile", async () => {
    const complaint = await aStoredComplaint({ citizen: { email: anAddress() } });
    const Key = { pk: complaint.id };
    await table.send(new DeleteCommand({ TableName: process.env.IDENTITIES_TABLE, Key }));
    expect(await send(aMessage(told("citizen", complaint)))).toEqual(allConsumed);
    expect(mails()).toEqual([]);
  });

  test("about a late complaint goes to the governor of its own county", async () => {
    const filed = await aStoredComplaint({ countyId: "abyek" });
    const late = await afterEvent(filed, {
      type: "escalated",
      level: 2,
      authority: "county-governor",
      step: "acknowledge",
      dueAt: filed.acknowledgeBy,
    });
    await send(aMessage(told("county-governor", late, 2)));
    expect(mailedTo()).toEqual([governor]);
  });

  test("goes to nobody whom the event is not told to, whatever the message says", async () => {
    const complaint = await aStoredComplaint();
    expect(await send(aMessage(told("county-governor", complaint)))).toEqual(allConsumed);
    expect(mails()).toEqual([]);
  });
});

describe("a reader who wants no more mail", () => {
  const email = "reader.who.refuses@mail.example";
  const refuse = (mark: string, isUnsubscribed = true) =>
    recordUnsubscribe({ mark, isUnsubscribed, at: "2026-11-24T06:10:00.000Z" });
  const headerOf = async (name: string) =>
    (await messages()).map(({ headers }) => headers.find(({ key }) => key === name)?.value);

  test("finds in every mail the one click of RFC 8058, and the same address in the words below", async () => {
    await send(aMessage(told("citizen", await aStoredComplaint({ citizen: { email } }))));
    const token = unsubscribeToken(addressKey, addressDigest(addressKey, email));
    const address = `https://api.foad.qazvin.example/v1/mail/unsubscribe?token=${token}`;
    expect(await headerOf("list-unsubscribe")).toEqual([`<${address}>`]);
    expect(await headerOf("list-unsubscribe-post")).toEqual(["List-Unsubscribe=One-Click"]);
    const [message] = await messages();
    expect(message?.text).toContain(address);
    expect(message?.html).toContain(`href="${address}"`);
  });

  test("is mailed about nothing until it is undone", async () => {
    const mark = addressDigest(addressKey, email);
    await refuse(mark);
    const complaint = await aStoredComplaint({ citizen: { email: email.toUpperCase() } });
    expect(await send(aMessage(told("citizen", complaint)))).toEqual(allConsumed);
    expect(mails()).toEqual([]);
    expect(written.join("")).toContain("unsubscribed");
    await refuse(mark, false);
    await send(aMessage(told("citizen", complaint)));
    expect(mailedTo()).toEqual([email.toUpperCase()]);
  });

  test.each([
    ["an agency's inspection unit", unit, "inspection-unit", {}],
    ["a governor whose address somebody left as a citizen's", governor, "citizen", { citizen: { email: governor } }],
  ])("is never %s: there is nothing to click, and a refusal counts for nothing", async (_, address, role, fields) => {
    await refuse(addressDigest(addressKey, address));
    await send(aMessage(told(role, await aStoredComplaint(fields))));
    expect(mailedTo()).toEqual([address]);
    expect(await headerOf("list-unsubscribe")).toEqual([undefined]);
    expect((await messages())[0]?.text).not.toContain("refusals");
  });
});

describe("a message that comes again", () => {
  test("sends no second mail", async () => {
    const complaint = await aStoredComplaint();
    const message = aMessage(told("inspection-unit", complaint));
    await send(message);
    expect(await send(message)).toEqual(allConsumed);
    expect(mailedTo()).toEqual([unit]);
    const { sentAt, expiresAt } = (await noted(complaint, "inspection-unit")) ?? {};
    expect(expiresAt - Math.floor(Date.parse(sentAt) / 1000)).toBe(31 * 24 * 60 * 60);
  });

  test("brings back the notice of the answer, if its run was killed before it could write it", async () => {
    const filed = await aStoredComplaint({ citizen: { email: "zahra@mail.example" } });
    const complaint = await afterEvent(filed, {
      type: "answered",
      officer: { name: "مریم رستمی" },
      finding: "founded",
      text: "باجه از فردا باز است.",
      actions: [],
    });
    const message = aMessage(told("citizen", complaint, complaint.version));
    await send(message);
    const Key = { pk: confidentialLogKey(complaint.id), sk: answerNoticeKey("mail") };
    const place = { TableName: process.env.COMPLAINTS_TABLE, Key };
    const notice = async () => (await table.send(new GetCommand(place))).Item;
    expect(await notice()).toBeDefined();
    await table.send(new DeleteCommand(place));
    expect(await send(message)).toEqual(allConsumed);
    expect(await notice()).toBeDefined();
    expect(mails()).toHaveLength(1);
  });

  test("is not asked for only because the note of its mail could not be written", async () => {
    const complaint = await aStoredComplaint();
    const name = "no room for a note";
    const full = { step: "initialize", name } as const;
    table.middlewareStack.add(
      (next) => (args) => {
        if ("sk" in Object(Object(args.input).Item)) throw new Error(name);
        return next(args);
      },
      full,
    );
    expect(await send(aMessage(told("inspection-unit", complaint)))).toEqual(allConsumed);
    table.middlewareStack.remove(name);
    expect(mailedTo()).toEqual([unit]);
    expect(written.join("")).toContain("mail record failed");
  });
});

describe("a failure of SES", () => {
  test.each([
    ["it throttles", "Throttling", "Maximum sending rate exceeded."],
    ["the day's quota is spent", "Throttling", "Daily message quota exceeded."],
    [
      "our own identity is not verified",
      "MessageRejected",
      "Email address is not verified. The following identities failed",
    ],
    ["our account is paused", "AccountSendingPausedException", "Email sending is disabled."],
    ["our configuration set is gone", "ConfigurationSetDoesNotExist", "Configuration set does not exist."],
    ["it does not answer", "TimeoutError", "no answer"],
  ])(
    "leaves the message in the queue and the address alone if %s; the next one has its turn",
    async (_, name, text) => {
      sesFails(name, text);
      const [first, second] = [await aStoredComplaint(), await aStoredComplaint({ agencyId: "gas" })];
      const records = [first, second].map((one, n) => aMessage(told("inspection-unit", one), { id: `message-${n}` }));
      expect(await send(...records)).toEqual(failed("message-0"));
      expect(mailedTo()).toEqual([unit, "inspection@gas.qazvin.example"]);
      expect(await noted(first, "inspection-unit")).toBeUndefined();
      expect(await send(aMessage(told("inspection-unit", first)))).toEqual(allConsumed);
      expect(mailedTo()).toHaveLength(3);
    },
  );

  test.each([
    [1, 60],
    [2, 120],
    [6, 1_920],
    [7, 3_600],
    [11, 3_600],
  ])("after %i receives lets the message rest for %i seconds", async (receives, seconds) => {
    sesFails("Throttling", "Maximum sending rate exceeded.");
    await send(aMessage(told("inspection-unit", await aStoredComplaint()), { receives }));
    expect(rests()).toEqual([
      {
        QueueUrl: "https://sqs.example/notifications",
        ReceiptHandle: "receipt of message-1",
        VisibilityTimeout: seconds,
      },
    ]);
  });

  test("is reported also if the message cannot be made to rest", async () => {
    sesFails("Throttling", "Maximum sending rate exceeded.");
    sqs.on(ChangeMessageVisibilityCommand).rejects(new Error("no queue"));
    expect(await send(aMessage(told("inspection-unit", await aStoredComplaint())))).toEqual(failed("message-1"));
  });
});

describe("an address that no mail reaches", () => {
  test.each([
    ["MessageRejected", "Address blacklisted."],
    ["InvalidParameterValue", "Domain contains illegal character"],
    ["InvalidParameterValue", "Local address contains control or whitespace"],
  ])("is mailed no more where SES refuses it (%s: %s)", async (name, text) => {
    const email = anAddress();
    sesFails(name, text);
    const [first, second] = [
      await aStoredComplaint({ citizen: { email } }),
      await aStoredComplaint({ citizen: { email } }),
    ];
    expect(await send(aMessage(told("citizen", first)), aMessage(told("citizen", second)))).toEqual(allConsumed);
    expect(mailedTo()).toEqual([email]);
  });

  test("is mailed no more once it bounced, in capital letters or not", async () => {
    const email = anAddress();
    const Records = [aMessage({ addressDigest: spellingDigest(addressKey, email) })];
    expect(await noteBounce({ Records }, aContext)).toEqual(allConsumed);
    const complaint = await aStoredComplaint({ citizen: { email: email.replace("citizen", "Citizen") } });
    expect(await send(aMessage(told("citizen", complaint)))).toEqual(allConsumed);
    expect(mails()).toEqual([]);
  });

  test.each([
    ["a citizen's mailbox", "victim+x@mail.example", "victim@mail.example", "citizen"],
    ["a citizen's mailbox at Gmail", "vic.tim+x@gmail.com", "victim@gmail.com", "citizen"],
    ["an official's mailbox", unit.replace("@", "+x@"), unit, "inspection-unit"],
  ])("does not silence %s, which has another spelling", async (_, bounced, email, role) => {
    sesFails("MessageRejected", "Address blacklisted.");
    await send(aMessage(told("citizen", await aStoredComplaint({ citizen: { email: bounced } }))));
    const Records = mails().flatMap(({ Tags = [] }) => Tags.map(({ Value }) => aMessage({ addressDigest: Value })));
    expect(await noteBounce({ Records }, aContext)).toEqual(allConsumed);
    const complaint = await aStoredComplaint({ citizen: { email } });
    expect(await send(aMessage(told(role, complaint)))).toEqual(allConsumed);
    expect(mailedTo()).toEqual([bounced, email]);
  });

  test("is tried once more when a year has passed", async () => {
    const email = anAddress();
    const sk = spellingDigest(addressKey, email);
    const Item = { pk: "B", sk, failedAt: "2025-01-01T00:00:00.000Z", expiresAt: 1_767_225_600 };
    await table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-24T06:10:00Z") });
    await send(aMessage(told("citizen", await aStoredComplaint({ citizen: { email } }))));
    vi.useRealTimers();
    expect(mailedTo()).toEqual([email]);
  });

  test("stands nowhere but in the identity", async () => {
    const email = anAddress();
    sesFails("MessageRejected", `Address blacklisted: ${email}`);
    await send(aMessage(told("citizen", await aStoredComplaint({ citizen: { email } }))));
    const Key = { pk: partitions.bounced, sk: spellingDigest(addressKey, email) };
    const { Item } = await table.send(new GetCommand({ TableName: process.env.COMPLAINTS_TABLE, Key }));
    expect(Item).toEqual({ ...Key, bouncedAt: expect.stringMatching(/Z$/), expiresAt: expect.any(Number) });
  });
});

test.each([
  ["no JSON", "{"],
  ["an unknown role", told("mayor", { id: "QZ-7K3M-9XPT-Q" })],
  ["a complaint that is not there", told("inspection-unit", { id: "QZ-7K3M-9XPT-Q" })],
  ["an address on board", { ...told("citizen", { id: "QZ-7K3M-9XPT-Q" }), email: "a@b.example" }],
])("a message with %s fails alone", async (_, body) => {
  const sound = aMessage(told("inspection-unit", await aStoredComplaint()), { id: "sound" });
  expect(await send(aMessage(body, { id: "broken" }), sound)).toEqual(failed("broken"));
  expect(mailedTo()).toEqual([unit]);
});

test("neither the log nor the mail says who complains or of what", async () => {
  const citizen = { name: "زهرا کریمی", nationalId: "0499370899", phone: "09121234567", email: anAddress() };
  const description = "قناری در این متن آواز می‌خواند و کسی نباید بشنود.";
  const complaint = await aStoredComplaint({ citizen, description, employee: { name: "بهرام صدری" } });
  sesFails("Throttling", `Maximum sending rate exceeded for ${citizen.email}`);
  for (const role of ["citizen", "inspection-unit", "citizen", "citizen"]) await send(aMessage(told(role, complaint)));
  const [log, sent] = [written.join(""), JSON.stringify(await messages())];
  expect(log).toContain('"outcome":"sent before"');
  expect(log).not.toContain(citizen.email);
  for (const secret of ["زهرا", "کریمی", "0499370899", "9121234567", "قناری", "صدری"])
    expect(log + sent).not.toContain(secret);
});
