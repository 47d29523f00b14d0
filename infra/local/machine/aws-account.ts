/** The one AWS account and region that the local cloud pretends to be: they are in every ARN, URL and signature. */
export const account = "000000000000";
export const region = "us-east-1";
export const partition = "aws";
export const urlSuffix = "amazonaws.com";

export function arnOf({ service, resource }: { service: string; resource: string }): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** The only access key that the local cloud knows. */
export const credentials = { accessKeyId: "local", secretAccessKey: "local" };

/** What every SDK client in this process is made with, apart from its endpoint. */
export const clientSettings = { region, credentials };

/**
 * The same for SDK clients in other processes, which are also kept
 * from the AWS set-up of whoever started the local cloud.
 */
export const clientEnvironment = {
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_CONFIG_FILE: "none",
  AWS_SHARED_CREDENTIALS_FILE: "none",
  AWS_EC2_METADATA_DISABLED: "true",
};
