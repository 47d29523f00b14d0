import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { patience } from "../runtime/patience.ts";

/** Four tries of two seconds end before a function's ten seconds do. */
const client = new DynamoDBClient({ requestHandler: patience(2_000), maxAttempts: 4 });

export const table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
