import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import type { NewComplaint } from "#shared/domain/complaint/filing.ts";
import { type ComplaintId, complaintId, complaintSecret } from "#shared/domain/complaint/identifier.ts";
import { hmacHex } from "#shared/domain/digest.ts";
import { Fault, type Quota } from "#shared/domain/fault.ts";
import { addressDigest } from "#shared/domain/notifications/address-mark.ts";
import { idempotencyKeyDays } from "#shared/domain/policy-numbers.ts";
import { iranianMonth } from "#shared/domain/statistics/period.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { addMilliseconds, dayMs, minuteMs, secondsOf } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/environment.ts";
import { cohortKey, cohortShard, complaintKey, eventKey, filingCountKey } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { countMailing } from "../notifications/mailed-addresses.ts";
import { parseItem } from "../readable.ts";
import { readAddressKey } from "../secrets.ts";
import { readItem, table } from "../table.ts";
import { conflict, ifNew, retryOnConflict, type Writes, withSandboxExpiry, writeTransaction } from "../transaction.ts";
import { callListEntryWrite } from "./call-backs.ts";
import { eventWrites, headWrite, narrativeWrite } from "./complaints.ts";
import { confidentialEntryWrites } from "./confidential-log.ts";
import { callContactWrite, identityWrite, sharedIdentityWrite } from "./identities.ts";
import { logEventIds } from "./moves.ts";

const Count = z.object({ filed: z.int() });

const lifetimeSeconds = 60 * 60;

type FilingClient = { clientId: string; now: string };

/** One count for each front end and minute; the sort key is the minute, such as `2026-11-24T06:10`. */
const keyOf = ({ clientId, now }: FilingClient) => ({ pk: filingCountKey(clientId), sk: now.slice(0, 16) });

/**
 * What a front end has left of its minute after this filing; throws where it has none until that is over. Filings at the same instant see the same count,
 * so a few may pass above it: the limit is there to slow a flood, not to be exact.
 */
export async function assertFilingQuota({
  filingsPerMinute,
  ...filer
}: FilingClient & { filingsPerMinute: number }): Promise<Quota> {
  const item = await readItem(keyOf(filer), { ConsistentRead: false });
  const filed = item ? parseItem(Count, item).filed : 0;
  const resetsInSeconds = Math.ceil((minuteMs - (Date.parse(filer.now) % minuteMs)) / 1000);
  const limit = {
    name: "filings" as const,
    maximum: filingsPerMinute,
    windowSeconds: minuteMs / 1000,
    resetsInSeconds,
  };
  if (filed >= filingsPerMinute) throw new Fault("too-many", { quota: { ...limit, remaining: 0 } });
  return { ...limit, remaining: filingsPerMinute - filed - 1 };
}

/** Counts a complaint that has been filed. */
export async function countFiling(filer: FilingClient): Promise<void> {
  const expiresAt = secondsOf(filer.now) + lifetimeSeconds;
  await table.send(
    new UpdateCommand({
      TableName: env("COMPLAINTS_TABLE"),
      Key: keyOf(filer),
      UpdateExpression: "ADD filed :one SET expiresAt = :expiresAt",
      ExpressionAttributeValues: { ":one": 1, ":expiresAt": expiresAt },
    }),
  );
}

/** What the front end gets for a filing and for a repetition of it; the secret is added, derived each time. */
export const Receipt = z.object({
  id: z.string(),
  status: z.enum(["filed", "disputed"]),
  version: z.literal(1),
  filedAt: Instant,
  acknowledgeBy: Instant.optional(),
  answerBy: Instant.optional(),
  /** In place of these two, for a retaliation report. */
  reviewBy: Instant.optional(),
});
export type Receipt = z.infer<typeof Receipt>;

function receiptFor({ acknowledgeBy, answerBy, ...complaint }: Complaint): Receipt {
  return Receipt.parse(complaint.retaliationFor ? complaint : { ...complaint, acknowledgeBy, answerBy });
}

/** The filed event as stored: with the receipt, and the digests that tell a repetition from somebody else's filing. */
const FiledEvent = z.object({ receipt: Receipt, keyMac: z.string(), bodyMac: z.string(), at: Instant });

/** More than may begin to mail one address in a day: each try may lose to one of these. */
const attempts = 8;

type FilingRequest = {
  pepper: string;
  idPrefix: string;
  clientId: string;
  key: string;
  /** The request's body, as a repetition has it again; only a digest of it is kept. */
  body: string;
  now: string;
  /** The address that the citizen left, which the complaint mails if not too many others do. */
  email: string | undefined;
  /** Or why nothing new is filed. What was filed with this key before is still answered, or its secret would be lost. */
  composeComplaint: Fault | ((given: { id: ComplaintId; mayMail: boolean }) => NewComplaint);
};

/**
 * Writes a new complaint, or finds the one that the same caller filed with the same key: the id follows from the key,
 * so no item is needed to remember it. Throws `idempotency-key-reused` (another body), `key-expired` (over 24 h old).
 */
export function saveFiling(request: FilingRequest): Promise<Receipt & { secret: string }> {
  const { pepper, idPrefix: prefix, clientId, key, now, composeComplaint } = request;
  const macs = { keyMac: hmacHex(pepper, "key", clientId, key), bodyMac: hmacHex(pepper, "body", request.body) };
  let collisions = 0;
  return retryOnConflict(attempts, async () => {
    const id = complaintId({ pepper, prefix, clientId, key, attempt: collisions });
    const written = await writeNew(request, { id, macs });
    if (typeof written === "object") return { ...written, secret: complaintSecret(pepper, id) };
    const earlier = written === "condition" ? await readFiledEvent(id) : undefined;
    if (earlier?.keyMac === macs.keyMac)
      return { ...replayReceipt(earlier, { ...macs, now }), secret: complaintSecret(pepper, id) };
    if (composeComplaint instanceof Fault && !earlier) throw composeComplaint;
    // Another filing's key gave the same id (forty bits): the next `attempt` gives another one.
    if (earlier) collisions++;
    return conflict;
  });
}

type NewFilingKeys = { id: ComplaintId; macs: { keyMac: string; bodyMac: string } };

/** Writes the complaint under this id and counts it. Returns its receipt, or why nothing was written. */
async function writeNew(request: FilingRequest, { id, macs }: NewFilingKeys) {
  const { email, now, composeComplaint } = request;
  if (composeComplaint instanceof Fault) return "condition";
  const mailing = email && (await countMailing({ mark: addressDigest(await readAddressKey(), email), now }));
  const filed = composeComplaint({ id, mayMail: mailing !== undefined });
  const receipt = receiptFor(filed.complaint);
  const refusal = await writeFiling(filed, { extra: { receipt, ...macs }, additionalWrites: mailing ? [mailing] : [] });
  if (refusal) return refusal;
  logEventIds(id, [filed.event]);
  await countFiling(request).catch(logUncounted);
  return receipt;
}

/** The complaint is filed by then: a count that fails must not keep its receipt back. */
function logUncounted(error: Error): void {
  log.warn("filing not counted", { failure: error.name });
}

type AdditionalWrites = { extra: Record<string, unknown>; additionalWrites: Writes };

function writeFiling(filed: NewComplaint, { extra, additionalWrites }: AdditionalWrites) {
  const { complaint, event, narrative, identity, consentEntry, callsAllowedEntry, callProbability } = filed;
  const { phone, name } = identity ?? {};
  const notes = [consentEntry, callsAllowedEntry].flatMap((note) => note ?? []);
  const { id } = complaint;
  const writes = [
    headWrite({ complaint, condition: ifNew }),
    ...eventWrites({ complaint, event, extra: { ...extra, ...cohortOf(complaint) } }),
    narrativeWrite({ id, narrative }),
    ...(identity ? [identityWrite(id, identity)] : []),
    ...(identity && consentEntry ? [sharedIdentityWrite(complaint, identity)] : []),
    ...confidentialEntryWrites({ id, entries: notes, after: 0, notifiedSeparately: true }),
    ...(phone && callProbability
      ? [callContactWrite(id, { phone, name }), callListEntryWrite({ id, probability: callProbability })]
      : []),
    ...additionalWrites,
  ];
  return writeTransaction(withSandboxExpiry(complaint, writes));
}

/**
 * Among whom it is counted; in the sandbox, nowhere. The event's item is never written again, so that this index costs
 * one write for ever.
 */
function cohortOf(complaint: Complaint) {
  if (isSandbox(complaint)) return {};
  const { id, filedAt } = complaint;
  return { cohort: cohortKey({ month: iranianMonth(filedAt), shard: cohortShard(id) }), cohortAt: filedAt };
}

function replayReceipt(filed: z.infer<typeof FiledEvent>, { bodyMac, now }: { bodyMac: string; now: string }): Receipt {
  if (now > addMilliseconds(filed.at, idempotencyKeyDays * dayMs)) throw new Fault("key-expired");
  if (filed.bodyMac !== bodyMac) throw new Fault("idempotency-key-reused");
  return filed.receipt;
}

async function readFiledEvent(id: ComplaintId) {
  const key = { pk: complaintKey(id), sk: eventKey(1) };
  const item = await readItem(key);
  return item && parseItem(FiledEvent, item);
}
