/** Every variable the deployment sets for a function; a construct sets it together with the permission it needs. */
export type EnvironmentName =
  | "COMPLAINTS_TABLE"
  | "IDENTITIES_TABLE"
  | "PEPPER_SECRET"
  | "MASK_KEY_SECRET"
  | "ADDRESS_KEY_SECRET"
  | "WEBHOOK_KEY_SECRET"
  | "STATISTICS_KEY_SECRET"
  | "CANARY_SECRET"
  | "TOKEN_ISSUER"
  | "SANDBOX_QUEUE"
  | "EDGE_SECRET"
  | "AGENCY_QUEUE_PREFIX"
  | "ESCALATION_MACHINE"
  | "NOTIFICATION_QUEUE"
  | "BOUNCE_QUEUE"
  | "PARKED_QUEUE"
  | "PARKED_BUCKET"
  | "VERDICT_QUEUE"
  | "ATTACHMENTS_BUCKET"
  | "ATTACHMENTS_URL"
  | "SITE_BUCKET"
  | "PUBLIC_URL"
  | "MAIL_SENDER"
  | "MAIL_CONFIGURATION_SET";

/** The value the deployment gave; throws if it gave none. */
export function env(name: EnvironmentName): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is not set`);
  return value;
}

/** The headers by which the edge says that it passed a request on, and which host was called: the gateway sees its own. */
export const edgeHeaders = { key: "foad-edge", host: "foad-host" } as const;
/** The secret of the edge's keys, named by a rule as well: the edge reads the copy in its own region. */
export const edgeSecretName = (provinceId: string) => `foad-${provinceId}-edge`;

/** How long a client waits, in milliseconds. Without `throwOnRequestTimeout` the SDK only warns and waits on. */
export function clientTimeouts(requestTimeout: number) {
  return { connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true };
}
