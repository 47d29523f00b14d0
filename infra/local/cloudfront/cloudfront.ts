import * as z from "zod";
import { named } from "../cloudformation/inert.ts";
import type { Service } from "../cloudformation/local-service.ts";

const Distribution = z.object({
  DistributionConfig: z.object({
    Aliases: z.array(z.string()).default([]),
    Origins: z.array(
      z.object({
        OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
      }),
    ),
  }),
});

/** What the edge adds to each request, and by which hosts it is called in AWS. */
export type EdgeDefinition = { adds: Record<string, string>; aliases: string[] };

type Cloudfront = Service & {
  /** What the templates say of their one distribution, once all is made; undefined where there is none. */
  definition(): EdgeDefinition | undefined;
};

/** Keeps what the one distribution of the assembly adds to requests. It caches nothing here, and no firewall stands before it. */
export function createCloudfront(): Cloudfront {
  let edge: EdgeDefinition | undefined;
  return {
    makes: {
      "AWS::CloudFront::CachePolicy": named,
      "AWS::WAFv2::WebACL": named,
      "AWS::CloudFront::Distribution": (declared) => {
        const { Aliases, Origins } = Distribution.parse(declared.properties).DistributionConfig;
        const headers = Origins.flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders);
        const adds = headers.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]);
        edge = { adds: Object.fromEntries(adds), aliases: Aliases };
        const made = named(declared);
        return { ...made, attributes: { ...made.attributes, DomainName: `${made.ref}.cloudfront.net`.toLowerCase() } };
      },
    },
    definition: () => edge,
  };
}
