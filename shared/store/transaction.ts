import { setTimeout as sleep } from "node:timers/promises";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { Fault } from "#shared/domain/fault.ts";
import { env } from "../runtime/env.ts";
import { table } from "./table.ts";

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
export async function putIf(condition: Condition, Item: Record<string, unknown>): Promise<boolean> {
  try {
    await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item, ...condition }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** One put of a transaction, into the complaints table. */
export function putting(Item: Record<string, unknown>, condition?: Condition): Writes[number] {
  return { Put: { TableName: env("COMPLAINTS_TABLE"), Item, ...condition } };
}

/** Why a transaction wrote nothing: a condition was not met, or others were in its way, and a new try may succeed. */
type Refusal = "condition" | "conflict";

/** Reasons that stand for a conflict. A throttled transaction is cancelled by the same error as a refused one. */
const inTheWay = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

/** Writes all or nothing; a refusal is returned, any other failure thrown. */
export async function writeTogether(writes: Writes): Promise<Refusal | undefined> {
  try {
    await table.send(new TransactWriteCommand({ TransactItems: writes }));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = new Set(error.CancellationReasons?.map(({ Code }) => Code));
    if (codes.has("ConditionalCheckFailed")) return "condition";
    if (inTheWay.some((code) => codes.has(code))) return "conflict";
    throw error;
  }
}

/** What an attempt returns where somebody else wrote first. */
export const overtaken = Symbol("overtaken");

/**
 * Attempts to read, decide and write until nobody else wrote in between, and returns what the attempt returned. Waits
 * 10 to 50 ms before the second attempt and twice as long before each next; throws `unavailable` after the last.
 */
export async function unlessOvertaken<T>(attempts: number, attempt: () => Promise<T | typeof overtaken>): Promise<T> {
  for (let n = 0; n < attempts; n++) {
    const outcome = await attempt();
    if (outcome !== overtaken) return outcome;
    if (n + 1 < attempts) await sleep((10 + Math.random() * 40) * 2 ** n);
  }
  throw new Fault("unavailable");
}
