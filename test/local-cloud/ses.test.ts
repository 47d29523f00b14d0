import { SESClient, SendEmailCommand, SendRawEmailCommand, VerifyEmailIdentityCommand } from "@aws-sdk/client-ses";
import { expect, onTestFinished, test } from "vitest";
import { startSes } from "#infra/programs/local-cloud/ses.ts";

const NOW = Date.parse("2026-11-24T06:10:00Z");

async function aMailService() {
  const service = await startSes({ port: 0, now: () => NOW });
  const client = new SESClient({
    endpoint: service.url,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await service.stop();
  });
  return { ...service, client };
}

type Given = { to?: string[]; cc?: string[] };

const aMail = ({ to = ["unit@bank.example"], cc }: Given = {}) =>
  new SendEmailCommand({
    Source: "فوریت‌های اداری <no-reply@foad.example>",
    Destination: { ToAddresses: to, CcAddresses: cc },
    Message: {
      Subject: { Data: "مهلت گذشت & <QZ-7K3M>", Charset: "UTF-8" },
      Body: { Text: { Data: "متن", Charset: "UTF-8" }, Html: { Data: '<p dir="rtl">متن</p>', Charset: "UTF-8" } },
    },
    ConfigurationSetName: "foad-qazvin",
  });

test("a mail is listed as it was sent, stamped by the local clock", async () => {
  const { client, mailbox, mails } = await aMailService();
  const { MessageId } = await client.send(
    aMail({ to: ["unit@bank.example", "head@bank.example"], cc: ["c@bank.example"] }),
  );
  const sent = {
    id: MessageId,
    from: "فوریت‌های اداری <no-reply@foad.example>",
    to: ["unit@bank.example", "head@bank.example"],
    cc: ["c@bank.example"],
    bcc: [],
    subject: "مهلت گذشت & <QZ-7K3M>",
    text: "متن",
    html: '<p dir="rtl">متن</p>',
    configurationSet: "foad-qazvin",
    at: "2026-11-24T06:10:00.000Z",
  };
  expect(mails()).toEqual([sent]);
  expect(await (await fetch(mailbox)).json()).toEqual([sent]);
});

test("a raw mail is read", async () => {
  const { client, mails } = await aMailService();
  const message = "From: a@foad.example\r\nTo: b@bank.example\r\nSubject: Raw\r\n\r\nhello\r\n";
  await client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(message) } }));
  expect(mails()).toMatchObject([{ from: "a@foad.example", to: ["b@bank.example"], subject: "Raw", text: "hello\n" }]);
});

test("two services do not see each other's mails", async () => {
  const first = await aMailService();
  const second = await aMailService();
  await first.client.send(aMail());
  expect(second.mails()).toEqual([]);
});

test("many mails at the same time are each listed once", async () => {
  const { client, mails } = await aMailService();
  const addresses = Array.from({ length: 30 }, (_, index) => `unit${index}@bank.example`);
  await Promise.all(addresses.map((address) => client.send(aMail({ to: [address] }))));
  expect(
    mails()
      .flatMap(({ to }) => to)
      .sort(),
  ).toEqual(addresses.sort());
});

test.each([
  ["has no recipient", { to: [] }],
  ["goes to what is no address", { to: ["nobody"] }],
  ["goes to too many", { to: Array.from({ length: 51 }, (_, index) => `a${index}@bank.example`) }],
])("a mail that %s is refused in words the SDK can read, and not listed", async (_, given) => {
  const { client, mails } = await aMailService();
  await expect(client.send(aMail(given))).rejects.toMatchObject({ name: "InvalidParameterValue" });
  expect(mails()).toEqual([]);
});

test("an action that is not served is refused at once", async () => {
  const { client } = await aMailService();
  const verify = client.send(new VerifyEmailIdentityCommand({ EmailAddress: "a@foad.example" }));
  await expect(verify).rejects.toMatchObject({ name: "InvalidAction" });
});

test("a port in use is the engine's own EADDRINUSE", async () => {
  const { url } = await aMailService();
  const again = startSes({ port: Number(new URL(url).port), now: () => NOW });
  await expect(again).rejects.toMatchObject({ code: "EADDRINUSE" });
});
