import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Identity } from "#shared/domain/citizen/citizen.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { env } from "#shared/runtime/env.ts";
import { identityKey } from "#shared/runtime/keys.ts";
import { table } from "../table.ts";
import { ifNew, type Writes } from "../transaction.ts";

export function putIdentity({ complaint, identity }: { complaint: Complaint; identity: Identity }): Writes[number] {
  return {
    Put: {
      TableName: env("IDENTITIES_TABLE"),
      Item: { ...identity, pk: identityKey(complaint) },
      ...ifNew,
    },
  };
}

/** Who complains, if the citizen shares it with the agency; undefined otherwise. */
export async function readSharedIdentity(complaint: Complaint): Promise<Identity | undefined> {
  return complaint.identityShared ? readAnyIdentity(complaint) : undefined;
}

/** Who complains, whether shared or not; undefined where the complaint is anonymous. */
export async function readAnyIdentity(
  complaint: Pick<Complaint, "id" | "identityShared">,
): Promise<Identity | undefined> {
  const { Item } = await table.send(
    new GetCommand({ TableName: env("IDENTITIES_TABLE"), Key: { pk: identityKey(complaint) } }),
  );
  return Item && Identity.strip().parse(Item);
}

const Addressed = z.object({ email: z.string().optional() });

/**
 * The citizen's e-mail address; undefined where none was left. A query, since IAM can limit a query to some attributes,
 * and the function that sends mail may read only this one.
 */
export async function readEmail(complaint: Pick<Complaint, "id" | "identityShared">): Promise<string | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("IDENTITIES_TABLE"),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": identityKey(complaint) },
      Select: "SPECIFIC_ATTRIBUTES",
      ProjectionExpression: "email",
    }),
  );
  return Items[0] && Addressed.parse(Items[0]).email;
}
