import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Complaint, Narrative, type Visit } from "#shared/domain/complaint/complaint.ts";
import { agenciesWithConsent } from "#shared/domain/complaint/confidential-commands.ts";
import { ConfidentialEntry, confidentialEntryId } from "#shared/domain/complaint/confidential-log.ts";
import { ComplaintEvent, eventId } from "#shared/domain/complaint/event.ts";
import {
  entryWithoutTexts,
  eventWithoutTexts,
  headWithoutTexts,
  narrativeWithoutTexts,
} from "#shared/domain/complaint/event-rules.ts";
import { Fault } from "#shared/domain/fault.ts";
import {
  agenciesEverGivenConsent,
  type DataKind,
  dataKinds,
  erasureEntry,
} from "#shared/domain/retention/forgetting.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
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
} from "#shared/runtime/keys.ts";
import { deleteCleanCopy } from "../attachments/files.ts";
import { headWrite, readHead } from "../complaints/complaints.ts";
import { confidentialEntryWrites, readConfidentialRecord, unlistVisitsWrites } from "../complaints/confidential-log.ts";
import { parseItem } from "../readable.ts";
import { type Item, readPartition, table } from "../table.ts";
import {
  conflict,
  ifNew,
  putWrite,
  retryOnConflict,
  unchangedSince,
  type Writes,
  writeTransaction,
} from "../transaction.ts";

/** How far what was filed in a month has been walked through for one kind of what is kept. */
const ErasureScan = z.object({
  month: z.string(),
  // Before texts were forgotten too, every walk was for identities.
  kind: z.enum(dataKinds).default("identity"),
  shard: z.int(),
  /** Where the shard goes on, as the table says it. */
  from: z.record(z.string(), z.unknown()).optional(),
  /** Whether the walk has met what is to be forgotten later. */
  isMoreLeft: z.boolean(),
  /** Whether the walk has met what could not be forgotten though it is due. */
  hasFailed: z.boolean().optional(),
  /** Whether what was noted as forgotten is deleted once more, since a restore may have brought it back. */
  isRepeated: z.boolean().optional(),
  /** When it was walked to its end; undefined while it is not. */
  endedAt: Instant.optional(),
});
export type ErasureScan = z.infer<typeof ErasureScan>;

/** Every month that was begun, for each kind. */
export async function readErasureScans(): Promise<ErasureScan[]> {
  const items = await readPartition(partitions.erasure, retentionKeys.scans);
  return items.map((item) => parseItem(ErasureScan, item));
}

export async function writeErasureScan(scan: ErasureScan): Promise<void> {
  const Item = { ...scan, pk: partitions.erasure, sk: retentionKeys.scan(scan) };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

const attempts = 5;

/** `entryCount`: how many notes the series has; the next one's number is taken, so that no hold is set meanwhile. */
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
  /** What is written where a kind is forgotten; undefined where it is not. */
  decide: (standing: ComplaintAndConfidentialLog) => Writes | undefined;
};

/**
 * Forgets a kind together with the ledger's count: once, however often it is tried. Resolves with what it went by, and
 * whether it forgot; rejects where the complaint is not there or cannot be read.
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

/** The ledger's names of the kinds. */
const ledgerFields: Record<DataKind, string> = { identity: "identities", texts: "texts", events: "complaints" };

/** What went on a day, by kind: no content and no id. */
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

/** Deletes who complained, with every copy, together with the note that says so. */
export function identityErasureWrites(
  { complaint, confidentialLog, entryCount }: ComplaintAndConfidentialLog,
  now: string,
): Writes {
  const entry = erasureEntry(complaint, { kind: "identity", now });
  return [
    ...confidentialEntryWrites({ id: complaint.id, entries: [entry], after: entryCount }),
    ...identityDeletions(complaint.id, confidentialLog),
  ];
}

/** Deletes once more what is noted as forgotten. */
export async function deleteIdentity(id: string, confidentialLog: readonly ConfidentialEntry[]): Promise<void> {
  if (await writeTransaction(identityDeletions(id, confidentialLog))) throw new Fault("unavailable");
}

/** Who complained, and every copy, also empty ones. */
export function identityDeletions(id: string, series: readonly ConfidentialEntry[]): Writes {
  return deletionWrites([id, callContactKey(id), ...sharedKeys(id, agenciesEverGivenConsent(series))]);
}

/** Deletes the copies that consent was for, where it was taken back. */
export function copyDeletions(id: string, series: readonly ConfidentialEntry[], orderTypes: readonly string[]): Writes {
  return deletionWrites([
    ...(orderTypes.includes("consent-taken-back") ? sharedKeys(id, agenciesWithConsent(series)) : []),
    ...(orderTypes.includes("calls-ended") ? [callContactKey(id)] : []),
  ]);
}

const sharedKeys = (id: string, agencies: string[]) => agencies.map((agencyId) => sharedIdentityKey({ id, agencyId }));

const deletionWrites = (keys: string[]): Writes =>
  keys.map((pk) => ({ Delete: { TableName: env("IDENTITIES_TABLE"), Key: { pk } } }));

/**
 * The note that texts are kept no longer, with the head without names; no visit can be reported any more. What else has
 * texts follows (`eraseTexts`).
 */
export function textErasureWrites({ complaint, visits, entryCount }: ComplaintAndConfidentialLog, now: string): Writes {
  const entry = erasureEntry(complaint, { kind: "texts", now });
  return [
    ...confidentialEntryWrites({ id: complaint.id, entries: [entry], after: entryCount }),
    headWrite({ complaint: headWithoutTexts(complaint), condition: unchangedSince(complaint.version) }),
    ...unlistVisitsWrites(complaint.id, visits),
  ];
}

/**
 * Blanks every text of a complaint and deletes its files, once that has been noted. Each step may be repeated, and does
 * nothing where it was done: a run that is killed in between is gone on with by the next.
 */
export async function eraseTexts(id: string): Promise<void> {
  const items = await readPartition(complaintKey(id));
  for (const item of items.filter(isAttachmentItem)) await deleteFile(item);
  const entryItems = (await readPartition(confidentialLogKey(id))).filter(({ sk }) =>
    isConfidentialEntryKey(String(sk)),
  );
  const blanked = [
    ...items.filter(isEvent).map((item) => ({ item, left: eventWithoutTexts(parseItem(ComplaintEvent, item)) })),
    ...entryItems.map((item) => ({ item, left: entryWithoutTexts(parseItem(ConfidentialEntry, item)) })),
    ...items.filter(isNarrative).map((item) => ({ item, left: narrativeWithoutTexts(parseItem(Narrative, item)) })),
  ];
  for (const { item, left } of blanked) await saveErased(item, left);
}

export const isAttachmentItem = ({ sk }: Item) => String(sk).startsWith(attachmentKey(""));
const isNarrative = ({ sk }: Item) => sk === narrativeKey;
const isEvent = ({ sk }: Item) =>
  [eventPrefix, previousAgencyEntryPrefix].some((prefix) => String(sk).startsWith(prefix));

/** First the object: while its item stands, a run that is killed finds it again. */
export async function deleteFile({ pk, sk }: Item): Promise<void> {
  await deleteCleanCopy({ attachmentId: String(sk).slice(attachmentKey("").length) });
  await table.send(new DeleteCommand({ TableName: env("COMPLAINTS_TABLE"), Key: { pk, sk } }));
}

/** Writes what is left over an item, where it says more; fields that only the store or a newer version knows stay. */
async function saveErased(item: Item, erased: object): Promise<void> {
  const Item = { ...item, ...erased };
  if (Object.entries(Item).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(item[name])))
    await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/**
 * Deletes the head, so that nobody finds the complaint any more, and what is left where a citizen had it erased. A mark takes the place of the next note: who would set
 * a hold meanwhile finds the complaint gone, and what is left of it may be told from a complaint that lost its head.
 */
export function finalErasureWrites(
  { complaint: { id, version }, confidentialLog, entryCount }: ComplaintAndConfidentialLog,
  now: string,
): Writes {
  const TableName = env("COMPLAINTS_TABLE");
  const mark = { pk: confidentialLogKey(id), sk: confidentialEntryKey(entryCount + 1), endedAt: now };
  return [
    {
      Delete: {
        TableName,
        Key: { pk: complaintKey(id), sk: headKey },
        ...unchangedSince(version),
      },
    },
    putWrite(mark, ifNew),
    ...identityDeletions(id, confidentialLog),
  ];
}

/**
 * Deletes all that is left of a complaint whose head was. Its first event goes last, together with the mark: by it the
 * next run finds what one that is killed has left. Throws `not-found` where the head is missing for another reason.
 */
export async function deleteRemainingItems(id: string): Promise<void> {
  const [open, inPrivate] = await Promise.all([readPartition(complaintKey(id)), readPartition(confidentialLogKey(id))]);
  const mark = inPrivate.find(({ endedAt }) => endedAt !== undefined);
  if (!mark || open.some(({ sk }) => sk === headKey)) throw new Fault("not-found");
  const first = { pk: complaintKey(id), sk: eventKey(1) };
  const versions = open.flatMap(({ version }) => (typeof version === "number" ? [version] : []));
  const numbers = inPrivate.flatMap(({ private: number }) => (typeof number === "number" ? [number] : []));
  const eventIds = [
    ...versions.map((version) => eventId(id, version)),
    ...numbers.map((n) => confidentialEntryId(id, n)),
  ];
  const undelivered = eventIds.map((sk) => ({ pk: partitions.undelivered, sk }));
  const rest = [...open, ...inPrivate].filter((item) => item !== mark && item.sk !== first.sk);
  // Files that could not be deleted with the texts are still there.
  for (const item of [...undelivered, ...rest])
    await (isAttachmentItem(item) ? deleteFile(item) : table.send(new DeleteCommand(place(item))));
  if (await writeTransaction([mark, first].map((item) => ({ Delete: place(item) })))) throw new Fault("unavailable");
}

const place = ({ pk, sk }: Item) => ({ TableName: env("COMPLAINTS_TABLE"), Key: { pk, sk } });
