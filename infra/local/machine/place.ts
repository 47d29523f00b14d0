/** Where the local cloud pretends to be: the one account and region of every ARN, URL and signature. */
export const account = "000000000000";
export const region = "us-east-1";
export const partition = "aws";
export const urlSuffix = "amazonaws.com";

export function arnOf({ service, resource }: { service: string; resource: string }): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** The environment by which an AWS SDK finds the local cloud and nothing of the person's own AWS set-up. */
export const credentials = {
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_CONFIG_FILE: "none",
  AWS_SHARED_CREDENTIALS_FILE: "none",
  AWS_EC2_METADATA_DISABLED: "true",
};
