import * as z from "zod";
import type { SmsProviderKind } from "#shared/vocabulary.ts";

/**
 * One message. `reference` is a random number of ours: a provider that takes it sends two messages with the same reference
 * only once, and says later what became of it. It says nothing about the complaint.
 */
export type SmsMessage = { to: string; text: string; reference: string };

/** Why a provider surely did not accept a message. */
export const SmsRejection = z.enum([
  "no-key",
  "key-rejected",
  "no-credit",
  "too-many-requests",
  "not-reachable",
  "rejected",
]);
export type SmsRejection = z.infer<typeof SmsRejection>;

/**
 * What came of sending a message.
 * - `accepted`: the provider took it.
 * - `undelivered`: the provider will not deliver to this number, for example because its owner blocked such messages. No
 *   other provider tries.
 * - `rejected`: the provider surely did not accept it, so the next provider may send it.
 * - `unknown`: the provider may have accepted it. Nothing is sent again before the provider was asked.
 */
export type SmsOutcome =
  | { state: "accepted"; providerMessageId: string }
  | { state: "undelivered" }
  | { state: "rejected"; reason: SmsRejection }
  | { state: "unknown" };

/** A message about which a provider is asked. `providerMessageId` is absent if sending ended as `unknown`. */
export type SentSms = { reference: string; providerMessageId?: string | undefined };

/**
 * What a provider says of a message. `absent`: the provider knows no message with this reference. `undelivered` also
 * stands for a number whose owner blocked such messages.
 */
export type SmsReport = {
  state: "accepted" | "delivered" | "undelivered" | "absent" | "unknown";
  providerMessageId?: string;
};

/** A provider of the province file: `line` is the number that sends, `url` the address of a webhook. */
export type SmsProviderSettings =
  | { kind: "kavenegar"; line: string }
  | { kind: "sms-ir"; line: string }
  | { kind: "webhook"; url: string };

/** A provider of SMS. No method throws, and none puts a key into what it returns or logs. */
export type SmsProvider = {
  kind: SmsProviderKind;
  /** Whether the provider keeps our reference, and so can say whether it accepted a message. */
  takesReference: boolean;
  send(message: SmsMessage): Promise<SmsOutcome>;
  /** What became of each message, in the order of `sent`. */
  reportsOf(sent: readonly SentSms[]): Promise<SmsReport[]>;
  close(): void;
};

/** The settings of an adapter: the key of the provider, and how to reach it. */
export type SmsConnection = { key: string; timeoutMs: number; stand: string | undefined };
