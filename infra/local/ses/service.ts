import type { Declared, Made, Service } from "../cloudformation/local-service.ts";
import { arnOf } from "../machine/aws-account.ts";
import { listenOn } from "../machine/ports.ts";
import { startSes } from "./ses.ts";

type Options = Parameters<typeof startSes>[0];

/** SES with what the templates declare of it. Nothing is set up for that: here every sender counts as verified. */
export async function startMail(options: Options): Promise<Service & { mailbox: string }> {
  const ses = await listenOn(options.port, () => startSes(options));
  return {
    mailbox: ses.mailbox,
    environment: { AWS_ENDPOINT_URL_SES: ses.url },
    makes: {
      "AWS::SES::EmailIdentity": named,
      "AWS::SES::ConfigurationSet": named,
      "AWS::SES::ConfigurationSetEventDestination": named,
    },
    stop: ses.stop,
  };
}

function named({ stack, logicalId, properties }: Declared): Made {
  const stated = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
  const [, name] = stated.find(([key]) => key === "EmailIdentity" || key === "Name") ?? [];
  const ref = typeof name === "string" ? name : `${stack}-${logicalId}`;
  return { ref, attributes: { Arn: arnOf({ service: "ses", resource: `identity/${ref}` }) } };
}
