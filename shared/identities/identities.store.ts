import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { env } from "../runtime/environment.ts";
import { callContactKey, sharedIdentityKey, smsPhoneKey } from "../runtime/keys.ts";
import { parseItem } from "../storage/readable.ts";
import { table } from "../storage/table.ts";
import type { Writes } from "../storage/transaction.ts";
import { CallContact, Identity, StoredCallContact } from "./identity.ts";

type Write = Writes[number];
/** What names the copy of an identity: the complaint, its present agency, and how often it was transferred. */
type SharedCase = { id: string; agencyId: string; transferCount: number };

export function identityWrite(id: string, identity: Identity): Write {
  return put({ ...identity, pk: id });
}

/** The copy for the current agency. It carries the number of transfers, so the next transfer makes it invalid. */
export function sharedIdentityWrite({ id, agencyId, transferCount }: SharedCase, identity: Identity): Write {
  return put({ ...identity, transferCount, pk: sharedIdentityKey({ id, agencyId }) });
}

/** Empties the copies of these agencies. */
export function emptySharedIdentityWrites(id: string, agencyIds: readonly string[]): Write[] {
  return agencyIds.map((agencyId) => put({ pk: sharedIdentityKey({ id, agencyId }) }));
}

/** Empties the identity of the complainant. */
export const emptyIdentityWrite = (id: string): Write => identityWrite(id, {});

/** The copy for the call centre, if the citizen may be called. */
export const callContactWrite = (id: string, { phone, name, digitsMac }: StoredCallContact): Write =>
  put({ phone, name, digitsMac, pk: callContactKey(id) });

/** Empties the call centre's copy. */
export const emptyCallContactWrite = (id: string): Write => put({ pk: callContactKey(id) });

/** The copy of the phone for messages. Its presence is the consent. */
export const smsPhoneWrite = (id: string, phone: string): Write => put({ phone, pk: smsPhoneKey(id) });

/** Empties the copy of the phone for messages. */
export const emptySmsPhoneWrite = (id: string): Write => put({ pk: smsPhoneKey(id) });

function put(Item: Record<string, unknown>): Write {
  return { Put: { TableName: env("IDENTITIES_TABLE"), Item } };
}

const SharedIdentityCopy = z.object({ transferCount: z.int() });

/**
 * The complainant's identity, if the citizen consented to share it with the current agency; undefined otherwise. Always
 * one read, so that the time it takes reveals nothing.
 */
export async function readSharedIdentity({ id, agencyId, transferCount }: SharedCase): Promise<Identity | undefined> {
  const copy = await readItem(sharedIdentityKey({ id, agencyId }));
  // An emptied copy has no number. A copy that cannot be read throws: it must not look like missing consent.
  if (copy?.transferCount === undefined) return undefined;
  return parseItem(SharedIdentityCopy, copy).transferCount === transferCount ? identityIn(copy) : undefined;
}

/** The complainant's identity, without regard to consent; undefined if the complaint is anonymous. */
export async function readAnyIdentity(id: string): Promise<Identity | undefined> {
  return identityIn(await readItem(id));
}

/** The citizen to call; undefined if the citizen never agreed to calls, or no longer does. */
export async function readCallContact(id: string): Promise<StoredCallContact | undefined> {
  const item = await readItem(callContactKey(id));
  // An emptied copy has no phone. A copy that cannot be read throws: it must not look like a missing one.
  return item?.phone === undefined ? undefined : parseItem(StoredCallContact, item);
}

const SmsPhone = CallContact.pick({ phone: true });

/**
 * The phone that gets messages about a complaint; undefined if its citizen does not want any, or no longer. Consent that was
 * taken back in the last second may not be seen.
 */
export async function readSmsPhone(id: string): Promise<string | undefined> {
  const item = await readItem(smsPhoneKey(id), { ConsistentRead: false });
  // An emptied copy has no phone. A copy that cannot be read throws: it must not look like a missing one.
  return item?.phone === undefined ? undefined : parseItem(SmsPhone, item).phone;
}

async function readItem(pk: string, { ConsistentRead = true } = {}): Promise<Record<string, unknown> | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: env("IDENTITIES_TABLE"), Key: { pk }, ConsistentRead }),
  );
  return Item;
}

function identityIn(item: Record<string, unknown> | undefined): Identity | undefined {
  const identity = item && parseItem(Identity, item);
  return identity && Object.keys(identity).length > 0 ? identity : undefined;
}

const Declared = Identity.pick({ name: true, nationalId: true });

/** Name and national id that the citizen declared; an empty object if there are none. */
export async function readDeclaredPerson(id: string): Promise<z.infer<typeof Declared>> {
  const item = await readAttributes(id, ["name", "nationalId"]);
  return item ? parseItem(Declared, item) : {};
}

const StoredEmail = z.object({ email: z.string().optional() });

/** The citizen's e-mail address; undefined if the citizen left none. */
export async function readEmail(id: string): Promise<string | undefined> {
  const item = await readAttributes(id, ["email"]);
  return item && parseItem(StoredEmail, item).email;
}

/**
 * Only these attributes of an identity. A query, since IAM can limit a query to single attributes: the functions that send mail
 * and renew secrets may read no others.
 */
async function readAttributes(id: string, names: readonly string[]): Promise<Record<string, unknown> | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("IDENTITIES_TABLE"),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": id },
      // An eventually consistent read right after filing could miss the address.
      ConsistentRead: true,
      Select: "SPECIFIC_ATTRIBUTES",
      ProjectionExpression: names.map((name) => `#${name}`).join(", "),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    }),
  );
  return Items[0] && { pk: id, ...Items[0] };
}
