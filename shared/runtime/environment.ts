/** Every variable that the deployment sets for a function. The construct that sets it also grants the permission for it. */
export type EnvironmentName =
  | "COMPLAINTS_TABLE"
  | "IDENTITIES_TABLE"
  | "PEPPER_SECRET"
  | "MASK_KEY_SECRET"
  | "ADDRESS_KEY_SECRET"
  | "WEBHOOK_KEY_SECRET"
  | "STATISTICS_KEY_SECRET"
  | "CANARY_SECRET"
  | "SMS_SECRET"
  | "TOKEN_ISSUER"
  | "TOKEN_ENDPOINT"
  | "SANDBOX_QUEUE"
  | "EDGE_SECRET"
  | "AGENCY_QUEUE_PREFIX"
  | "ESCALATION_MACHINE"
  | "NOTIFICATION_QUEUE"
  | "BOUNCE_QUEUE"
  | "FAILED_RECORDS_QUEUE"
  | "FAILED_RECORDS_BUCKET"
  | "CLEANING_RESULT_QUEUE"
  | "ATTACHMENTS_BUCKET"
  | "ATTACHMENTS_URL"
  | "SITE_BUCKET"
  | "PUBLIC_URL"
  | "MAIL_SENDER"
  | "MAIL_CONFIGURATION_SET";

/** The value of an environment variable; throws if it is not set. */
export function env(name: EnvironmentName): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is not set`);
  return value;
}

/** The headers that the edge adds: its key, and the host that was called (the gateway itself sees only its own host). */
export const edgeHeaders = { key: "foad-edge-key", host: "foad-original-host" } as const;
/** The name of the secret with the edge's keys. It is fixed, since the edge reads the copy in another region by name. */
export const edgeSecretName = (provinceId: string) => `foad-${provinceId}-edge`;

/** Timeouts of an AWS client, in milliseconds. Without `throwOnRequestTimeout` the SDK only warns and goes on waiting. */
export function clientTimeouts(requestTimeout: number) {
  return { connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true };
}
