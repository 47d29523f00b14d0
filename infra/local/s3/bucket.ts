import type { BuildAppOptions } from "fauxqs";
import * as z from "zod";
import type { Declared, Made } from "../cloudformation/local-service.ts";
import { physicalName } from "../cloudformation/physical-name.ts";
import { region, urlSuffix } from "../machine/aws-account.ts";
import { CorsConfiguration } from "./cors.ts";

export type Objects = NonNullable<NonNullable<BuildAppOptions["stores"]>["s3Store"]>;

const ReplicationConfiguration = z.object({
  Role: z.string(),
  Rules: z.array(
    z.object({
      Filter: z.object({ Prefix: z.string() }),
      DeleteMarkerReplication: z.object({ Status: z.literal("Enabled") }),
      Destination: z.object({ Bucket: z.string() }),
    }),
  ),
});

const Bucket = z.object({
  BucketName: z.string().optional(),
  NotificationConfiguration: z
    .object({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.boolean().default(true) }).optional() })
    .optional(),
  CorsConfiguration: CorsConfiguration.optional(),
  ReplicationConfiguration: ReplicationConfiguration.optional(),
});
export type Bucket = z.infer<typeof Bucket>;

type BucketMaking = { declared: Declared; objects: Objects; endpoint: string; buckets: Map<string, Bucket> };

export function makeBucket({ declared, objects, endpoint, buckets }: BucketMaking): Made {
  const bucket = Bucket.parse(declared.properties);
  const name = bucket.BucketName ?? physicalName({ ...declared, longest: 63 }).toLowerCase();
  if (!objects.hasBucket(name)) objects.createBucket(name);
  buckets.set(name, bucket);
  const domain = `${name}.s3.${region}.${urlSuffix}`;
  const Arn = `arn:aws:s3:::${name}`;
  const attributes = { Arn, DomainName: domain, RegionalDomainName: domain, WebsiteURL: `${endpoint}/${name}` };
  return { ref: name, attributes };
}
