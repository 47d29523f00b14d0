import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Complaint, Narrative, type Visit } from "#shared/complaints/complaint.ts";
import { headWrite, ifHeadUnchanged, readHead } from "#shared/complaints/complaints.store.ts";
import { agenciesWithConsent } from "#shared/complaints/confidential-commands.ts";
import {
  confidentialEntryWrites,
  isErasureMark,
  readConfidentialRecord,
} from "#shared/complaints/confidential-log.store.ts";
import { ConfidentialEntry, confidentialEntryId } from "#shared/complaints/confidential-log.ts";
import {
  entryWithoutTexts,
  eventWithoutTexts,
  headWithoutTexts,
  narrativeWithoutTexts,
} from "#shared/complaints/erased-texts.ts";
import { ComplaintEvent, eventId } from "#shared/complaints/event.ts";
import {
  agenciesEverGivenConsent,
  type DataKind,
  dataKinds,
  systemErasureEntry,
} from "#shared/complaints/forgetting.ts";
import { unlistPromisesWrites } from "#shared/complaints/promises.store.ts";
import { wasSmsEverAllowed } from "#shared/complaints/sms-consent.ts";
import { unlistVisitsWrites } from "#shared/complaints/visits.store.ts";
import { Fault } from "#shared/fault.ts";
import { deleteCleanCopy } from "#shared/files/files.store.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  attachmentKey,
  callContactKey,
  complaintKey,
  confidentialEntryKey,
  confidentialLogKey,
  eventKey,
  eventPrefix,
  headKey,
  isConfidentialEntryKey,
  narrativeKey,
  partitions,
  previousAgencyEntryPrefix,
  retentionKeys,
  sharedIdentityKey,
  smsPhoneKey,
} from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { type Item, readPartition, table } from "#shared/storage/table.ts";
import {
  conflict,
  ifNew,
  putWrite,
  retryOnConflict,
  type Writes,
  writeTransaction,
} from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { localDate } from "#shared/time/local-time.ts";

/** The progress of a scan of one month's filings. The scan looks for complaints whose data of one kind is to be erased. */
const ErasureScan = z.object({
  month: z.string(),
  // The first version erased only identities, and its scans have no kind.
  kind: z.enum(dataKinds).default("identity"),
  shard: z.int(),
  /** DynamoDB's position in the shard to continue from. */
  from: z.record(z.string(), z.unknown()).optional(),
  /** Whether the scan has found data that is to be erased later. */
  hasMore: z.boolean(),
  /** Whether the scan has found data that was due but could not be erased. */
  hasFailures: z.boolean().optional(),
  /** Whether data that was erased before is deleted again, since a restore may have brought it back. */
  repeatsErasure: z.boolean().optional(),
  /** When the scan reached its end; undefined before. */
  endedAt: Instant.optional(),
});
export type ErasureScan = z.infer<typeof ErasureScan>;

/** All scans that were started: one for each month and kind. */
export async function readErasureScans(): Promise<ErasureScan[]> {
  const items = await readPartition(partitions.erasure, retentionKeys.scans);
  return items.map((item) => parseItem(ErasureScan, item));
}

export async function writeErasureScan(scan: ErasureScan): Promise<void> {
  const Item = { ...scan, pk: partitions.erasure, sk: retentionKeys.scan(scan) };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

const attempts = 5;

/**
 * A complaint, with the confidential log that the decision to erase needs. `entryCount`: the number of entries. An erasure
 * writes the entry with the next number, so it fails if a hold was added meanwhile.
 */
export type ComplaintAndConfidentialLog = {
  complaint: Complaint;
  confidentialLog: readonly ConfidentialEntry[];
  visits: readonly Visit[];
  entryCount: number;
};
type ErasureRequest = {
  id: string;
  kind: DataKind;
  now: string;
  /** The writes that erase the data; undefined if it is not to be erased. */
  decide: (current: ComplaintAndConfidentialLog) => Writes | undefined;
};

/**
 * Erases one kind of a complaint's data and counts it in the ledger, in one transaction and only once, however often it is
 * called. Returns the data that the decision used, and whether it erased. Throws `not-found` and `unavailable`.
 */
export function writeErasure({
  id,
  kind,
  now,
  decide,
}: ErasureRequest): Promise<ComplaintAndConfidentialLog & { hasForgotten: boolean }> {
  return retryOnConflict(attempts, async () => {
    const complaint = await readHead(id);
    if (!complaint) throw new Fault("not-found");
    const current = { complaint, ...(await readConfidentialRecord(id)) };
    const writes = decide(current);
    if (!writes) return { ...current, hasForgotten: false };
    return (await writeTransaction([...writes, ledgerWrite({ id, kind, now })]))
      ? conflict
      : { ...current, hasForgotten: true };
  });
}

/** The name of each kind's count in the ledger. */
const ledgerFields: Record<DataKind, string> = { identity: "identities", texts: "texts", events: "complaints" };

/** Counts one erasure in the ledger, by day and kind. The ledger holds no content and no complaint id. */
function ledgerWrite({ id, kind, now }: { id: string; kind: DataKind; now: string }): Writes[number] {
  return {
    Update: {
      TableName: env("COMPLAINTS_TABLE"),
      Key: { pk: partitions.erasure, sk: retentionKeys.ledger({ date: localDate(now), id }) },
      UpdateExpression: "ADD #kind :one",
      ExpressionAttributeNames: { "#kind": ledgerFields[kind] },
      ExpressionAttributeValues: { ":one": 1 },
    },
  };
}

/** Deletes the complainant's identity with every copy, and adds the entry that records the erasure. */
export function identityErasureWrites(
  { complaint, confidentialLog, entryCount }: ComplaintAndConfidentialLog,
  now: string,
): Writes {
  const entry = systemErasureEntry(complaint, { kind: "identity", now });
  return [
    ...confidentialEntryWrites({ id: complaint.id, entries: [entry], after: entryCount }),
    ...identityDeletions(complaint.id, confidentialLog),
  ];
}

/** Deletes an identity with every copy that a restore may have brought back, and writes no entry. Throws `unavailable` on a conflict. */
export async function deleteIdentity(id: string, confidentialLog: readonly ConfidentialEntry[]): Promise<void> {
  if (await writeTransaction(identityDeletions(id, confidentialLog))) throw new Fault("unavailable");
}

/** Deletes the complainant's identity and every copy of it, emptied ones included. */
function identityDeletions(id: string, confidentialLog: readonly ConfidentialEntry[]): Writes {
  return deletionWrites([
    id,
    callContactKey(id),
    ...(wasSmsEverAllowed(confidentialLog) ? [smsPhoneKey(id)] : []),
    ...sharedKeys(id, agenciesEverGivenConsent(confidentialLog)),
  ]);
}

/**
 * Deletes the copies of the identity that these orders take back: those of the agencies that still have consent by the log as it was read
 * before, the call centre's, or that for messages.
 */
export function copyDeletions(
  id: string,
  confidentialLog: readonly ConfidentialEntry[],
  orderTypes: readonly string[],
): Writes {
  return deletionWrites([
    ...(orderTypes.includes("consent-withdrawn") ? sharedKeys(id, agenciesWithConsent(confidentialLog)) : []),
    ...(orderTypes.includes("call-consent-withdrawn") ? [callContactKey(id)] : []),
    ...(orderTypes.includes("sms-consent-withdrawn") ? [smsPhoneKey(id)] : []),
  ]);
}

const sharedKeys = (id: string, agencies: string[]) => agencies.map((agencyId) => sharedIdentityKey({ id, agencyId }));

const deletionWrites = (keys: string[]): Writes =>
  keys.map((pk) => ({ Delete: { TableName: env("IDENTITIES_TABLE"), Key: { pk } } }));

/**
 * Adds the entry that records the erasure of texts, removes names from the head, and lets no more visits be reported, nor promises. The
 * other texts are erased afterwards, by `eraseTexts`.
 */
export function textErasureWrites({ complaint, visits, entryCount }: ComplaintAndConfidentialLog, now: string): Writes {
  const entry = systemErasureEntry(complaint, { kind: "texts", now });
  return [
    ...confidentialEntryWrites({ id: complaint.id, entries: [entry], after: entryCount }),
    headWrite({ complaint: headWithoutTexts(complaint), condition: ifHeadUnchanged(complaint) }),
    ...unlistVisitsWrites(complaint.id, visits),
    ...unlistPromisesWrites(complaint),
  ];
}

/**
 * Blanks every text of a complaint and deletes its files, after `textErasureWrites` recorded the erasure. Each step may be
 * repeated and then does nothing, so the next run completes a run that was killed.
 */
export async function eraseTexts(id: string): Promise<void> {
  const items = await readPartition(complaintKey(id));
  for (const item of items.filter(isAttachmentItem)) await deleteFile(item);
  const entryItems = (await readPartition(confidentialLogKey(id))).filter(({ sk }) =>
    isConfidentialEntryKey(String(sk)),
  );
  const blanked = [
    ...items.filter(isEvent).map((item) => ({ item, erased: eventWithoutTexts(parseItem(ComplaintEvent, item)) })),
    ...entryItems.map((item) => ({ item, erased: entryWithoutTexts(parseItem(ConfidentialEntry, item)) })),
    ...items.filter(isNarrative).map((item) => ({ item, erased: narrativeWithoutTexts(parseItem(Narrative, item)) })),
  ];
  for (const { item, erased } of blanked) await saveErased(item, erased);
}

const isAttachmentItem = ({ sk }: Item) => String(sk).startsWith(attachmentKey(""));
const isNarrative = ({ sk }: Item) => sk === narrativeKey;
const isEvent = ({ sk }: Item) =>
  [eventPrefix, previousAgencyEntryPrefix].some((prefix) => String(sk).startsWith(prefix));

/** Deletes the object before its item: if a run is killed in between, the item leads the next run to the object. */
async function deleteFile({ pk, sk }: Item): Promise<void> {
  await deleteCleanCopy({ attachmentId: String(sk).slice(attachmentKey("").length) });
  await table.send(new DeleteCommand({ TableName: env("COMPLAINTS_TABLE"), Key: { pk, sk } }));
}

/** Writes the erased fields over an item, unless they are erased already. Fields that the schema does not know stay. */
async function saveErased(item: Item, erased: object): Promise<void> {
  const Item = { ...item, ...erased };
  if (Object.entries(Item).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(item[name])))
    await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/**
 * Deletes the head, so that nobody finds the complaint any more, and the items of the identity. A mark takes the number of
 * the next confidential entry. So no hold can be set meanwhile, and the rest of an erased complaint differs from a
 * complaint that lost its head by a fault.
 */
export function finalErasureWrites(
  { complaint, confidentialLog, entryCount }: ComplaintAndConfidentialLog,
  now: string,
): Writes {
  const { id } = complaint;
  const TableName = env("COMPLAINTS_TABLE");
  const mark = { pk: confidentialLogKey(id), sk: confidentialEntryKey(entryCount + 1), endedAt: now };
  return [
    {
      Delete: {
        TableName,
        Key: { pk: complaintKey(id), sk: headKey },
        ...ifHeadUnchanged(complaint),
      },
    },
    putWrite(mark, ifNew),
    ...identityDeletions(id, confidentialLog),
  ];
}

/**
 * Deletes the remaining items of a complaint after `finalErasureWrites` deleted its head. The first event and the mark are
 * deleted last: the scan of filings finds the first event, so the next run completes a run that was killed. Throws
 * `not-found` if there is a head, or if the head is missing for another reason.
 */
export async function deleteRemainingItems(id: string): Promise<void> {
  const [items, confidentialItems] = await Promise.all([
    readPartition(complaintKey(id)),
    readPartition(confidentialLogKey(id)),
  ]);
  const mark = confidentialItems.find(isErasureMark);
  if (!mark || items.some(({ sk }) => sk === headKey)) throw new Fault("not-found");
  const firstEvent = { pk: complaintKey(id), sk: eventKey(1) };
  const versions = items.flatMap(({ version }) => (typeof version === "number" ? [version] : []));
  const numbers = confidentialItems.flatMap(({ entryNumber }) =>
    typeof entryNumber === "number" ? [entryNumber] : [],
  );
  const eventIds = [
    ...versions.map((version) => eventId(id, version)),
    ...numbers.map((n) => confidentialEntryId(id, n)),
  ];
  const undelivered = eventIds.map((sk) => ({ pk: partitions.undelivered, sk }));
  const rest = [...items, ...confidentialItems].filter((item) => item !== mark && item.sk !== firstEvent.sk);
  // Files that could not be deleted with the texts still exist.
  for (const item of [...undelivered, ...rest])
    await (isAttachmentItem(item) ? deleteFile(item) : table.send(new DeleteCommand(tableAndKey(item))));
  if (await writeTransaction([mark, firstEvent].map((item) => ({ Delete: tableAndKey(item) }))))
    throw new Fault("unavailable");
}

const tableAndKey = ({ pk, sk }: Item) => ({ TableName: env("COMPLAINTS_TABLE"), Key: { pk, sk } });
