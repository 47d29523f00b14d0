import { setTimeout as sleep } from "node:timers/promises";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Complaint } from "../domain/complaint/complaint.ts";
import { isSandbox } from "../domain/complaint/directory.ts";
import { Fault } from "../domain/fault.ts";
import { sandboxComplaintDays } from "../domain/policy-numbers.ts";
import type { Instant } from "../domain/time/calendar.ts";
import { daySeconds, secondsOf } from "../domain/time/duration.ts";
import { env } from "../runtime/environment.ts";
import { type Item, table } from "./table.ts";

export type Writes = NonNullable<TransactWriteCommandInput["TransactItems"]>;

export type Condition = {
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
};

export const ifNew = { ConditionExpression: "attribute_not_exists(pk)" };

/** That an item still has the version in which it was read. */
export function unchangedSince(version: number) {
  return { ConditionExpression: "version = :read", ExpressionAttributeValues: { ":read": version } };
}

/** Puts one item into the complaints table; false where its condition is not met. */
export async function putIfConditionHolds(condition: Condition, Item: Record<string, unknown>): Promise<boolean> {
  try {
    await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item, ...condition }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** One put of a transaction, into the complaints table. */
export function putWrite(Item: Record<string, unknown>, condition?: Condition): Writes[number] {
  return { Put: { TableName: env("COMPLAINTS_TABLE"), Item, ...condition } };
}

/** Why a transaction wrote nothing: a condition was not met, or others were in its way, and a new try may succeed. */
type TransactionRefusal = "condition" | "conflict";

/** Reasons that stand for a conflict. A throttled transaction is cancelled by the same error as a refused one. */
const conflictCodes = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

/** Writes all or nothing; a refusal is returned, any other failure thrown. */
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

/** What an attempt returns where somebody else wrote first. */
export const conflict = Symbol("overtaken");

/**
 * Attempts to read, decide and write until nobody else wrote in between, and returns what the attempt returned. Waits
 * 10 to 50 ms before the second attempt and twice as long before each next; throws `unavailable` after the last.
 */
export async function retryOnConflict<T>(attempts: number, attempt: () => Promise<T | typeof conflict>): Promise<T> {
  for (let n = 0; n < attempts; n++) {
    const outcome = await attempt();
    if (outcome !== conflict) return outcome;
    if (n + 1 < attempts) await sleep((10 + Math.random() * 40) * 2 ** n);
  }
  throw new Fault("unavailable");
}

/**
 * The condition to put an item that is new or replaces an expired one: the table deletes those only some time later.
 */
export function ifAbsentOrExpired(now: Instant) {
  return {
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": secondsOf(now) },
  };
}

/** Whether an item has lapsed, which the table deletes only some time later. Of a complaint only the sandbox has such items. */
export function hasLapsed(item: Item | undefined, now: Instant): boolean {
  return Number(item?.expiresAt) <= secondsOf(now);
}

/**
 * What is written of a complaint: of one in the sandbox every item lapses at the same instant, who complains too, whatever
 * is written when.
 */
export function withSandboxExpiry(complaint: Pick<Complaint, "agencyId" | "filedAt">, writes: Writes): Writes {
  if (!isSandbox(complaint)) return writes;
  const expiresAt = secondsOf(complaint.filedAt) + sandboxComplaintDays * daySeconds;
  return writes.map(({ Put, ...other }) => (Put ? { Put: { ...Put, Item: { expiresAt, ...Put.Item } } } : other));
}
