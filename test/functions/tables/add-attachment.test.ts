import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { handler } from "#functions/files/add-attachment.function.ts";
import { announceAttachment, readAttachment, saveRefusedAttachment } from "#functions/files/complaint-files.store.ts";
import { refusedAttachment } from "#shared/files/attachment.ts";
import { announcedFileDays } from "#shared/policy-numbers.ts";
import { attachmentKey, bucketFolders, complaintKey, headKey } from "#shared/runtime/keys.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { aNewComplaint, citizenPrincipal, morning } from "../../support/a-complaint.ts";
import { aContext } from "../../support/api-event.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { writeComplaint } from "../../support/stored-complaints.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();
vi.stubEnv("ATTACHMENTS_BUCKET", "files");
vi.stubEnv("CLEANING_RESULT_QUEUE", "https://queues.example/verdicts");
mockClient(SQSClient).on(ChangeMessageVisibilityCommand).resolves({});
const log = captureLog();
const files = mockClient(S3Client);
beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterAll(() => {
  vi.useRealTimers();
  log.release();
  files.restore();
  vi.unstubAllEnvs();
});

const announcement = { fileName: "a.pdf", contentType: "application/pdf" as const, size: 9 };
const attachmentId = "1".padStart(32, "0");
const now = morning;
let place = { complaintId: "", attachmentId };
let complaints = 0;

beforeEach(async () => {
  vi.setSystemTime(now);
  files.reset();
  place = { complaintId: `QZ-${String(++complaints).padStart(4, "0")}-0000-0`, attachmentId };
  await writeComplaint(aNewComplaint({}, place.complaintId));
  await announceAttachment({
    by: { ...citizenPrincipal, ...place },
    attachmentId,
    announcement,
    idempotencyKey: undefined,
    now,
  });
  files.on(HeadObjectCommand).resolves({ ContentType: "application/pdf", ContentLength: 8 });
  files.on(DeleteObjectCommand).resolves({});
});

/** The verdict, and what happens to the upload before it is read. */
function verdict(says: object, meanwhile: () => Promise<unknown> = async () => {}) {
  const Body = { transformToString: async () => JSON.stringify(says) };
  files.on(GetObjectCommand).callsFake(async () => {
    await meanwhile();
    return { Body };
  });
}

const clean = { size: 9, contentType: "application/pdf" };

/** True where the message was consumed, false if it comes again. */
async function confirm(key = `${bucketFolders.cleaningResults}${place.complaintId}/${attachmentId}`): Promise<boolean> {
  const record = { messageId: "1", body: JSON.stringify({ key }), attributes: { ApproximateReceiveCount: "1" } };
  const consume = handler as (event: SQSEvent, context: typeof aContext) => Promise<SQSBatchResponse>;
  const { batchItemFailures } = await consume({ Records: [record] } as SQSEvent, aContext);
  return batchItemFailures.length === 0;
}

async function refuseFirst() {
  const { attachment } = await readAttachment(place);
  if (attachment)
    await saveRefusedAttachment(place.complaintId, refusedAttachment(attachment, { reason: "wrong-size", now }));
}

const deleteItem = (sk: string) =>
  writeTransaction([
    { Delete: { TableName: process.env.COMPLAINTS_TABLE, Key: { pk: complaintKey(place.complaintId), sk } } },
  ]);
const deletedCopies = () => files.commandCalls(DeleteObjectCommand).map(({ args: [{ input }] }) => input.Key);
const copy = `${bucketFolders.clean}${attachmentId}`;

test.each([
  ["kept", clean],
  ["refused", { reason: "unreadable" }],
])("a file that is to be %s and was forgotten meanwhile leaves no clean copy", async (_, says) => {
  verdict(says, () => deleteItem(attachmentKey(attachmentId)));
  expect(await confirm()).toBe(true);
  expect(deletedCopies()).toEqual([copy]);
});

test("a file that another run refused meanwhile leaves no clean copy, whichever of the two ends first", async () => {
  verdict(clean, refuseFirst);
  expect(await confirm()).toBe(true);
  expect(deletedCopies()).toEqual([copy]);
  expect((await readAttachment(place)).attachment).toMatchObject({ state: "refused", reason: "wrong-size" });
});

test("a clean copy that comes after its file was refused is deleted, and again if that failed", async () => {
  await refuseFirst();
  const late = `${bucketFolders.cleaningResults}${place.complaintId}/${attachmentId}.a-mark`;
  files.on(DeleteObjectCommand).rejects(new Error("Slow Down"));
  expect(await confirm(late)).toBe(false);
  files.on(DeleteObjectCommand).resolves({});
  expect(await confirm(late)).toBe(true);
  expect(deletedCopies()).toEqual([copy, copy]);
});

test("a file of a complaint that is being deleted is not taken for kept: it is asked for again, and its copy deleted", async () => {
  verdict(clean);
  await deleteItem(headKey);
  expect(await confirm()).toBe(false);
  await deleteItem(attachmentKey(attachmentId));
  expect(await confirm()).toBe(true);
  expect(deletedCopies()).toEqual([copy]);
});

test("a clean copy of a file that is kept stays, however often its verdict comes", async () => {
  verdict(clean);
  for (let n = 0; n < 2; n++) expect(await confirm()).toBe(true);
  expect((await readAttachment(place)).attachment).toMatchObject({ state: "ready" });
  expect(deletedCopies()).toEqual([]);
});

test("a file that was uploaded in time is kept, however late it is processed", async () => {
  vi.setSystemTime(addMilliseconds(now, announcedFileDays * dayMs));
  verdict(clean);
  expect(await confirm()).toBe(true);
  expect((await readAttachment(place)).attachment).toMatchObject({ state: "ready" });
  expect(deletedCopies()).toEqual([]);
});
