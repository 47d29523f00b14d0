import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { isCallStillPossible } from "#shared/complaints/call-backs.ts";
import { logEventIds } from "#shared/complaints/commands.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { eventWrites, headWrite, narrativeWrite } from "#shared/complaints/complaints.store.ts";
import { confidentialEntryWrites } from "#shared/complaints/confidential-log.store.ts";
import type { NewComplaint } from "#shared/complaints/filing.ts";
import { withSandboxExpiry } from "#shared/complaints/sandbox-expiry.store.ts";
import { hmacHex } from "#shared/digest.ts";
import { Fault, type Quota } from "#shared/fault.ts";
import {
  type ComplaintId,
  ComplaintSecrets,
  complaintId,
  complaintSecrets,
  type IdPrefixes,
  PhoneId,
  phoneIdOf,
} from "#shared/identifier.ts";
import { addressDigest } from "#shared/identities/address-mark.ts";
import {
  callContactWrite,
  identityWrite,
  sharedIdentityWrite,
  smsPhoneWrite,
} from "#shared/identities/identities.store.ts";
import { idempotencyKeyDays } from "#shared/policy-numbers.ts";
import { isSandbox } from "#shared/province/directory.ts";
import { env } from "#shared/runtime/environment.ts";
import { cohortKey, cohortShard, complaintKey, eventKey, filingCountKey } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readAddressKey } from "#shared/storage/secrets.ts";
import { readItem, table } from "#shared/storage/table.ts";
import { conflict, ifNew, retryOnConflict, type Writes, writeTransaction } from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs, minuteMs, secondsOf } from "#shared/time/duration.ts";
import { iranianMonth } from "#shared/time/period.ts";
import { callListEntryWrite } from "../calls/call-list.store.ts";
import { countMailing } from "../messages/mailed-addresses.store.ts";

const Count = z.object({ count: z.int() });

/** How long a minute's count is kept; the count of a past minute is never read. */
const countLifetimeSeconds = 60 * 60;

type FilingClient = { clientId: string; now: string };

/** One count for each front end and minute; the sort key is the minute, such as `2026-11-24T06:10`. */
const keyOf = ({ clientId, now }: FilingClient) => ({ pk: filingCountKey(clientId), sk: now.slice(0, 16) });

/**
 * How many filings a front end has left in this minute, after the present one. Throws `too-many-requests` if none was left. Filings
 * at the same instant read the same count, so a few may exceed the limit: it slows a flood, and need not be exact.
 */
export async function assertFilingQuota({
  filingsPerMinute,
  ...filer
}: FilingClient & { filingsPerMinute: number }): Promise<Quota> {
  const item = await readItem(keyOf(filer), { ConsistentRead: false });
  const filed = item ? parseItem(Count, item).count : 0;
  const resetsInSeconds = Math.ceil((minuteMs - (Date.parse(filer.now) % minuteMs)) / 1000);
  const limit = {
    name: "filings" as const,
    maximum: filingsPerMinute,
    windowSeconds: minuteMs / 1000,
    resetsInSeconds,
  };
  if (filed >= filingsPerMinute) throw new Fault("too-many-requests", { quota: { ...limit, remaining: 0 } });
  return { ...limit, remaining: filingsPerMinute - filed - 1 };
}

/** Counts a complaint that has been filed. */
async function countFiling(filer: FilingClient): Promise<void> {
  const expiresAt = secondsOf(filer.now) + countLifetimeSeconds;
  await table.send(
    new UpdateCommand({
      TableName: env("COMPLAINTS_TABLE"),
      Key: keyOf(filer),
      UpdateExpression: "ADD #count :one SET expiresAt = :expiresAt",
      ExpressionAttributeValues: { ":one": 1, ":expiresAt": expiresAt },
      ExpressionAttributeNames: { "#count": "count" },
    }),
  );
}

/** The stored part of the answer to a filing and to a repetition of it. `ReceiptCodes` are derived and added each time. */
export const Receipt = z.object({
  id: z.string(),
  status: z.enum(["filed", "disputed"]),
  version: z.literal(1),
  filedAt: Instant,
  acknowledgeBy: Instant.optional(),
  answerBy: Instant.optional(),
  /** A retaliation report has this deadline in place of the two before. */
  reviewBy: Instant.optional(),
});
export type Receipt = z.infer<typeof Receipt>;

/** The codes of a complaint beside its id: the secret, and both in digits for a keypad. */
export const ReceiptCodes = ComplaintSecrets.extend({ phoneId: PhoneId });
export type ReceiptCodes = z.infer<typeof ReceiptCodes>;

function receiptFor({ acknowledgeBy, answerBy, ...complaint }: Complaint): Receipt {
  return Receipt.parse(complaint.retaliationFor ? complaint : { ...complaint, acknowledgeBy, answerBy });
}

/** The stored `filed` event, with the receipt and the digests that recognize a repetition of the filing. */
const FiledEvent = z.object({ receipt: Receipt, keyMac: z.string(), bodyMac: z.string(), at: Instant });

/** More than the complaints that may mail one address in a day: each of them may cause one conflict. */
const attempts = 8;

type FilingRequest = {
  pepper: string;
  idPrefixes: IdPrefixes;
  clientId: string;
  key: string;
  /** The request's body in canonical form. Only a digest of it is stored. */
  body: string;
  now: string;
  /** The citizen's e-mail address. It receives mail of this complaint if not too many complaints mail it that day. */
  email: string | undefined;
  /**
   * Makes the new complaint. A `Fault` in place of the function: the filing is refused. A repetition of an earlier filing
   * still gets its receipt, or the citizen would lose the secret.
   */
  composeComplaint: Fault | ((given: { id: ComplaintId; mayMail: boolean }) => NewComplaint);
};

/**
 * Files a complaint. The id is derived from the caller and the idempotency key, so a repetition finds the complaint of the
 * first request, and no idempotency record is needed. Returns the receipt with its codes. Throws `idempotency-key-reused`
 * (the key was used with another body), `idempotency-key-expired` (the filing is older than `idempotencyKeyDays`), the fault in
 * `composeComplaint`, and `unavailable`.
 */
export function saveFiling(request: FilingRequest): Promise<Receipt & ReceiptCodes> {
  const { pepper, idPrefixes, clientId, key, now, composeComplaint } = request;
  const macs = { keyMac: hmacHex(pepper, "key", clientId, key), bodyMac: hmacHex(pepper, "body", request.body) };
  let collisions = 0;
  return retryOnConflict(attempts, async () => {
    const id = complaintId({ pepper, prefix: idPrefixes.idPrefix, clientId, key, attempt: collisions });
    const codes = { phoneId: phoneIdOf(id, idPrefixes), ...complaintSecrets(pepper, id) };
    const isRefused = composeComplaint instanceof Fault;
    const written = isRefused ? undefined : await composeAndWrite({ ...request, composeComplaint }, { id, macs });
    if (typeof written === "object") return { ...written, ...codes };
    if (written === "conflict") return conflict;
    // Nothing was written. If this request is a repetition, the complaint of the first one stands under the id.
    const earlier = await readFiledEvent(id);
    if (earlier?.keyMac === macs.keyMac) return { ...replayReceipt(earlier, { ...macs, now }), ...codes };
    // Another filing has the same id (its random part has forty bits): the next attempt derives another id. Without such a
    // filing, another complaint began to mail the same address: the next attempt counts that one too.
    if (earlier) collisions++;
    else if (isRefused) throw composeComplaint;
    return conflict;
  });
}

type AcceptedFiling = FilingRequest & { composeComplaint: Exclude<FilingRequest["composeComplaint"], Fault> };
type NewFilingKeys = { id: ComplaintId; macs: { keyMac: string; bodyMac: string } };

/**
 * Writes the complaint under this id and counts it. Returns its receipt, or why nothing was written: `condition` (the id
 * is taken, or another complaint began to mail the address) or `conflict`.
 */
async function composeAndWrite(request: AcceptedFiling, { id, macs }: NewFilingKeys) {
  const { email, now, composeComplaint } = request;
  const mailing = email && (await countMailing({ mark: addressDigest(await readAddressKey(), email), now }));
  const filed = composeComplaint({ id, mayMail: mailing !== undefined });
  const receipt = receiptFor(filed.complaint);
  const refusal = await writeNewComplaint(filed, {
    extra: { receipt, ...macs },
    additionalWrites: mailing ? [mailing] : [],
  });
  if (refusal) return refusal;
  logEventIds(id, [filed.event]);
  await countFiling(request).catch(logCountingFailure);
  return receipt;
}

/** The complaint is already filed: the citizen must get the receipt even if counting fails. */
function logCountingFailure(error: Error): void {
  log.warn("filing not counted", { errorName: error.name });
}

/** `extra`: fields of the event `filed` that only a repetition of the request reads. */
type AdditionalWrites = { extra: Record<string, unknown>; additionalWrites: Writes };

/** Writes all items of a new complaint at once: its head, event, narrative, identity, consents, and a place on the call list. */
function writeNewComplaint(filed: NewComplaint, { extra, additionalWrites }: AdditionalWrites) {
  const { complaint, event, narrative, identity, consentEntry, callsAllowedEntry, smsAllowedEntry } = filed;
  const { callDigits, callProbability, smsPhone } = filed;
  const { phone, name } = identity ?? {};
  const entries = [consentEntry, callsAllowedEntry, callDigits?.entry, smsAllowedEntry].flatMap((entry) => entry ?? []);
  const { id } = complaint;
  const writes = [
    headWrite({ complaint, condition: ifNew }),
    ...eventWrites({ complaint, event, extra: { ...extra, ...cohortOf(complaint) } }),
    narrativeWrite({ id, narrative }),
    ...(identity ? [identityWrite(id, identity)] : []),
    ...(identity && consentEntry ? [sharedIdentityWrite(complaint, identity)] : []),
    ...confidentialEntryWrites({ id, entries, after: 0, notifiedSeparately: true }),
    ...(phone && callsAllowedEntry && isCallStillPossible(complaint, complaint.filedAt)
      ? [callContactWrite(id, { phone, name, digitsMac: callDigits?.mac })]
      : []),
    ...(phone && callProbability ? [callListEntryWrite({ id, probability: callProbability })] : []),
    ...(smsPhone ? [smsPhoneWrite(id, smsPhone)] : []),
    ...additionalWrites,
  ];
  return writeTransaction(withSandboxExpiry(complaint, writes));
}

/**
 * The keys that place a complaint in the index `cohort`, for the figures of its month; none for a sandbox complaint. The
 * `filed` event carries them because it is written once, while each write of the head would write the index again.
 */
function cohortOf(complaint: Complaint) {
  if (isSandbox(complaint)) return {};
  const { id, filedAt } = complaint;
  return { cohort: cohortKey({ month: iranianMonth(filedAt), shard: cohortShard(id) }), cohortAt: filedAt };
}

function replayReceipt(filed: z.infer<typeof FiledEvent>, { bodyMac, now }: { bodyMac: string; now: string }): Receipt {
  if (now > addMilliseconds(filed.at, idempotencyKeyDays * dayMs)) throw new Fault("idempotency-key-expired");
  if (filed.bodyMac !== bodyMac) throw new Fault("idempotency-key-reused");
  return filed.receipt;
}

async function readFiledEvent(id: ComplaintId) {
  const key = { pk: complaintKey(id), sk: eventKey(1) };
  const item = await readItem(key);
  return item && parseItem(FiledEvent, item);
}
