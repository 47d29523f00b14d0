import * as z from "zod";
import type { ProvinceFault } from "./province-faults.ts";

const text = z.string().catch("");
const DomainSettings = z.object({ domain: text, certificateArn: text }).optional().catch(undefined);
/** The province's addresses, read leniently: other faults of the file do not hide the faults of these. */
const DomainsOfProvince = z.object({
  account: text,
  region: text,
  publicUrl: text,
  api: DomainSettings,
  edge: DomainSettings,
});
type DomainsOfProvince = z.infer<typeof DomainsOfProvince>;

/** Faults of domains: nobody would reach the province, or CloudFront or the gateway would refuse the deployment. */
export function domainFaults(content: unknown, { edgeRegion }: { edgeRegion: string }): ProvinceFault[] {
  const { data: domains } = DomainsOfProvince.safeParse(content);
  if (!domains) return [];
  return [...gatewayFaults(domains), ...edgeFaults(domains, edgeRegion)];
}

function gatewayFaults({ account, region, publicUrl, api, edge }: DomainsOfProvince): ProvinceFault[] {
  if (!api) return [];
  const path = ["api", "certificateArn"];
  const faults = certificateFaults({ path, arn: api.certificateArn, account, region });
  if (!edge && URL.parse(publicUrl)?.host !== api.domain)
    faults.push({ path: ["publicUrl"], message: `must be https://${api.domain}, the gateway's only address` });
  return faults;
}

function edgeFaults({ account, region, publicUrl, api, edge }: DomainsOfProvince, edgeRegion: string): ProvinceFault[] {
  if (!edge) return [];
  const path = ["edge", "certificateArn"];
  const faults = certificateFaults({ path, arn: edge.certificateArn, account, region: edgeRegion });
  if (!api) faults.push({ path: ["api"], message: "is missing: the edge calls the gateway by a domain of its own" });
  if (!region)
    faults.push({ path: ["region"], message: "is missing: the edge's keys are copied from there to its own" });
  if (api && api.domain === edge.domain)
    faults.push({ path: ["api", "domain"], message: `"${api.domain}" is the edge's: give the gateway another` });
  if (URL.parse(publicUrl)?.host !== edge.domain)
    faults.push({ path: ["publicUrl"], message: `must be https://${edge.domain}, where the edge stands` });
  return faults;
}

type CertificateCheck = { path: ProvinceFault["path"]; arn: string; account: string; region: string };

/** A certificate is valid only in its own region and account. A value that the file does not have is not compared. */
function certificateFaults({ path, arn, account, region }: CertificateCheck): ProvinceFault[] {
  const [, , , certificateRegion = "", certificateAccount = ""] = arn.split(":");
  const differs = (one: string, other: string) => one !== "" && other !== "" && one !== other;
  const faults: ProvinceFault[] = [];
  if (differs(certificateRegion, region))
    faults.push({ path, message: `is of ${certificateRegion}: it must be one of ${region}` });
  if (differs(certificateAccount, account))
    faults.push({
      path,
      message: `is of account ${certificateAccount}: it must be one of ${account}, as the province`,
    });
  return faults;
}
