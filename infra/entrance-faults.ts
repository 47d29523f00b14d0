import * as z from "zod";
import type { ProvinceFault } from "#shared/province/province-faults.ts";

const text = z.string().catch("");
const Door = z.object({ domain: text, certificateArn: text }).optional().catch(undefined);
/** How a province is reached, read leniently, so that other faults do not hide these. */
const Entrance = z.object({
  region: text,
  publicUrl: text,
  api: Door,
  edge: Door,
});
type Entrance = z.infer<typeof Entrance>;

/** Faults by which nobody would reach the province, or which CloudFront or the gateway would find when it is deployed. */
export function entranceFaults(content: unknown, { edgeRegion }: { edgeRegion: string }): ProvinceFault[] {
  const { data: entrance } = Entrance.safeParse(content);
  if (!entrance) return [];
  return [...gatewayFaults(entrance), ...edgeFaults(entrance, edgeRegion)];
}

function gatewayFaults({ region, publicUrl, api, edge }: Entrance): ProvinceFault[] {
  if (!api) return [];
  const path = ["api", "certificateArn"];
  const faults = region ? certificateFaults({ path, arn: api.certificateArn, region }) : [];
  if (!edge && URL.parse(publicUrl)?.host !== api.domain)
    faults.push({ path: ["publicUrl"], message: `must be https://${api.domain}, the gateway's only address` });
  return faults;
}

function edgeFaults({ region, publicUrl, api, edge }: Entrance, edgeRegion: string): ProvinceFault[] {
  if (!edge) return [];
  const path = ["edge", "certificateArn"];
  const faults = certificateFaults({ path, arn: edge.certificateArn, region: edgeRegion });
  if (!api) faults.push({ path: ["api"], message: "is missing: the edge calls the gateway by a domain of its own" });
  if (!region)
    faults.push({ path: ["region"], message: "is missing: the edge's keys are copied from there to its own" });
  if (api && api.domain === edge.domain)
    faults.push({ path: ["api", "domain"], message: `"${api.domain}" is the edge's: give the gateway another` });
  if (URL.parse(publicUrl)?.host !== edge.domain)
    faults.push({ path: ["publicUrl"], message: `must be https://${edge.domain}, where the edge stands` });
  return faults;
}

type Certified = { path: ProvinceFault["path"]; arn: string; region: string };

function certificateFaults({ path, arn, region }: Certified): ProvinceFault[] {
  const [, , , its = ""] = arn.split(":");
  return its === "" || its === region ? [] : [{ path, message: `is of ${its}: it must be one of ${region}` }];
}
