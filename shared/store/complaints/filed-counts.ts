import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { lastClosedQuarter } from "#shared/domain/statistics/closed-quarter.ts";
import { env } from "#shared/runtime/env.ts";
import { filedCountKey, filedCountsKey } from "#shared/runtime/keys.ts";
import { table } from "../table.ts";

const FiledCount = z.object({ n: z.int().min(0) });

/**
 * How many complaints were filed at the agency in the last quarter that was closed on the day of filing, or in the last
 * one before it that was counted; undefined where none was.
 */
export async function readFiledCount({ agencyId, filedAt }: { agencyId: string; filedAt: string }) {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :counts AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: {
        ":counts": filedCountsKey,
        ":first": filedCountKey({ agencyId, quarter: "" }),
        ":last": filedCountKey({ agencyId, quarter: lastClosedQuarter(filedAt) }),
      },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Items[0] && FiledCount.parse(Items[0]).n;
}
