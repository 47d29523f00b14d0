import type { Message } from "@aws-sdk/client-sqs";
import { region } from "../machine/aws-account.ts";
import { parseJson } from "../machine/parse-json.ts";

export type QueueRecord = ReturnType<typeof recordOf>;

/** A message as it reaches a function. */
export function recordOf(message: Message, eventSourceARN: string) {
  const attributes = Object.entries(message.MessageAttributes ?? {});
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      attributes.map(([name, { StringValue, BinaryValue, DataType }]) => [
        name,
        {
          stringValue: StringValue,
          binaryValue: BinaryValue && Buffer.from(BinaryValue).toString("base64"),
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN,
    awsRegion: region,
  };
}

/** The record with its body parsed if that is JSON, for filters look into it. */
export function withParsedBody(record: QueueRecord): unknown {
  const body = parseJson(record.body);
  return body === undefined ? record : { ...record, body };
}
