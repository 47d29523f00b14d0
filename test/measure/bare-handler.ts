import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

/** The least a handler with a table can be: what our bundles are measured against. */
export const handler = async () => ({ statusCode: 200, body: String(client.config.serviceId) });
