import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../fault.ts";
import { env } from "../runtime/environment.ts";
import type { Instant } from "../time/calendar.ts";
import { secondsOf } from "../time/duration.ts";
import { type Item, readItem, table } from "./table.ts";

export type Writes = NonNullable<TransactWriteCommandInput["TransactItems"]>;

export type Condition = {
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
};

export const ifNew = { ConditionExpression: "attribute_not_exists(pk)" };

/** The condition that an item still has the version that was read. */
export function unchangedSince(version: number) {
  return { ConditionExpression: "version = :read", ExpressionAttributeValues: { ":read": version } };
}

/**
 * Puts one item into the complaints table. False if its condition is not met; nothing is written then. If the answer to the put is lost, the
 * SDK sends it again, and it is false although it wrote: for items that a repetition does not change.
 */
export async function putIfConditionHolds(condition: Condition, Item: Record<string, unknown>): Promise<boolean> {
  try {
    await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item, ...condition }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** As `putIfConditionHolds`, but true also if the condition fails because of this very put: the stored item has its `putId` then. */
export async function putOnce(condition: Condition, item: Record<string, unknown>): Promise<boolean> {
  const putId = randomUUID();
  if (await putIfConditionHolds(condition, { ...item, putId })) return true;
  const key = { pk: String(item.pk), sk: String(item.sk) };
  return (await readItem(key))?.putId === putId;
}

/** A put into the complaints table, as part of a transaction. */
export function putWrite(Item: Record<string, unknown>, condition?: Condition): Writes[number] {
  return { Put: { TableName: env("COMPLAINTS_TABLE"), Item, ...condition } };
}

/** Why a transaction wrote nothing: `condition` was not met, or a `conflict` with other requests, which a retry may pass. */
type TransactionRefusal = "condition" | "conflict";

/** The codes of a conflict. DynamoDB cancels a throttled transaction with the same error as one whose condition failed. */
const conflictCodes = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

/** Writes all items or none. Returns undefined, or why nothing was written; throws any other error. */
export async function writeTransaction(writes: Writes): Promise<TransactionRefusal | undefined> {
  try {
    await table.send(new TransactWriteCommand({ TransactItems: writes }));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = new Set(error.CancellationReasons?.map(({ Code }) => Code));
    if (codes.has("ConditionalCheckFailed")) return "condition";
    if (conflictCodes.some((code) => codes.has(code))) return "conflict";
    throw error;
  }
}

/** An attempt returns this if somebody else wrote first. */
export const conflict = Symbol("overtaken");

/**
 * Runs `attempt` (read, decide, write) until it does not end in `conflict`, and returns its result. Waits 10 to 50 ms
 * before the second attempt, and twice as long before each later one. Throws `unavailable` after the last attempt.
 */
export async function retryOnConflict<T>(attempts: number, attempt: () => Promise<T | typeof conflict>): Promise<T> {
  for (let n = 0; n < attempts; n++) {
    const outcome = await attempt();
    if (outcome !== conflict) return outcome;
    if (n + 1 < attempts) await sleep((10 + Math.random() * 40) * 2 ** n);
  }
  throw new Fault("unavailable");
}

/** The condition that there is no such item, or an expired one: DynamoDB deletes expired items only some time later. */
export function ifAbsentOrExpired(now: Instant) {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": secondsOf(now) },
  };
}

/** Whether an item has expired: DynamoDB deletes it only some time later. Of complaints, only sandbox ones expire. */
export function hasLapsed(item: Item | undefined, now: Instant): boolean {
  return Number(item?.expiresAt) <= secondsOf(now);
}
