import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { CallContact, Identity } from "#shared/domain/confidentiality/identity.ts";
import { env } from "#shared/runtime/environment.ts";
import { callContactKey, sharedIdentityKey } from "#shared/runtime/keys.ts";
import { parseItem } from "../readable.ts";
import { table } from "../table.ts";
import type { Writes } from "../transaction.ts";

type Write = Writes[number];

export function identityWrite(id: string, identity: Identity): Write {
  return put({ ...identity, pk: id });
}

/** The copy for the agency that holds the complaint: good while it does, since every transfer changes the number. */
export function sharedIdentityWrite({ id, agencyId, transfers }: Complaint, identity: Identity): Write {
  return put({ ...identity, transfers, pk: sharedIdentityKey({ id, agencyId }) });
}

/** Leaves an empty copy to each of these agencies. */
export function emptySharedIdentityWrites(id: string, agencyIds: readonly string[]): Write[] {
  return agencyIds.map((agencyId) => put({ pk: sharedIdentityKey({ id, agencyId }) }));
}

/** Leaves an empty item in place of who complains. */
export const emptyIdentityWrite = (id: string): Write => identityWrite(id, {});

/** The copy for whoever calls a citizen who was drawn. */
export const callContactWrite = (id: string, { phone, name }: CallContact): Write =>
  put({ phone, name, pk: callContactKey(id) });

/** Leaves an empty copy in its place. */
export const emptyCallContactWrite = (id: string): Write => put({ pk: callContactKey(id) });

function put(Item: Record<string, unknown>): Write {
  return { Put: { TableName: env("IDENTITIES_TABLE"), Item } };
}

const SharedIdentityCopy = z.object({ transfers: z.int() });

/**
 * Who complains, while consent to the agency that holds the complaint stands; undefined otherwise. Always one read, so
 * that how long it takes tells nothing.
 */
export async function readSharedIdentity({ id, agencyId, transfers }: Complaint): Promise<Identity | undefined> {
  const copy = await readItem(sharedIdentityKey({ id, agencyId }));
  // An empty copy has no number; consent that is there and cannot be read is not taken for none.
  if (copy?.transfers === undefined) return undefined;
  return parseItem(SharedIdentityCopy, copy).transfers === transfers ? identityIn(copy) : undefined;
}

/** Who complains, whether shared or not; undefined where the complaint is anonymous. */
export async function readAnyIdentity(id: string): Promise<Identity | undefined> {
  return identityIn(await readItem(id));
}

/** Whom to call, while the citizen agrees; undefined where that was taken back, or the complaint was not drawn. */
export async function readCallContact(id: string): Promise<CallContact | undefined> {
  const item = await readItem(callContactKey(id));
  // Only what has a phone is somebody to call; what is there and cannot be read is not taken for nobody.
  return item?.phone === undefined ? undefined : parseItem(CallContact, item);
}

async function readItem(pk: string): Promise<Record<string, unknown> | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: env("IDENTITIES_TABLE"), Key: { pk }, ConsistentRead: true }),
  );
  return Item;
}

function identityIn(item: Record<string, unknown> | undefined): Identity | undefined {
  const identity = item && parseItem(Identity, item);
  return identity && Object.keys(identity).length > 0 ? identity : undefined;
}

const StoredEmail = z.object({ email: z.string().optional() });

/**
 * The citizen's e-mail address; undefined where none was left. A query, since IAM can limit a query to some attributes,
 * and the function that sends mail may read only this one.
 */
export async function readEmail(id: string): Promise<string | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("IDENTITIES_TABLE"),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": id },
      // Right after filing, a read that may lag would find nobody to mail.
      ConsistentRead: true,
      Select: "SPECIFIC_ATTRIBUTES",
      ProjectionExpression: "email",
    }),
  );
  return Items[0] && parseItem(StoredEmail, { pk: id, ...Items[0] }).email;
}
