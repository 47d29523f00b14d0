import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Fault } from "#shared/domain/fault.ts";
import type { Quota } from "#shared/domain/quota.ts";
import { minuteMs, secondsOf } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/env.ts";
import { filingCountKey } from "#shared/runtime/keys.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";

const Count = z.object({ filed: z.int() });

const lifetimeSeconds = 60 * 60;

type Filer = { clientId: string; now: string };

/** One count for each front end and minute; the sort key is the minute, such as `2026-11-24T06:10`. */
const keyOf = ({ clientId, now }: Filer) => ({ pk: filingCountKey(clientId), sk: now.slice(0, 16) });

/**
 * What a front end has left of its minute after this filing; throws where it has none until that is over. Filings at the same instant see the same count,
 * so a few may pass above it: the limit is there to slow a flood, not to be exact.
 */
export async function mustHaveRoom({
  filingsPerMinute,
  ...filer
}: Filer & { filingsPerMinute: number }): Promise<Quota> {
  const item = await readItem(keyOf(filer), { ConsistentRead: false });
  const filed = item ? readable(Count, item).filed : 0;
  const resetsIn = Math.ceil((minuteMs - (Date.parse(filer.now) % minuteMs)) / 1000);
  const limit = { name: "filings" as const, most: filingsPerMinute, windowSeconds: minuteMs / 1000, resetsIn };
  if (filed >= filingsPerMinute) throw new Fault("too-many", { quota: { ...limit, left: 0 } });
  return { ...limit, left: filingsPerMinute - filed - 1 };
}

/** Counts a complaint that has been filed. */
export async function countFiling(filer: Filer): Promise<void> {
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
