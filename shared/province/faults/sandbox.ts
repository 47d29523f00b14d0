import { sandboxAgency } from "#shared/domain/complaint/sandbox.ts";
import type { ProvinceFault } from "./fault.ts";
import type { Skeleton } from "./skeleton.ts";

/** No agency of the province may be taken for the sandbox: its complaints would be counted nowhere, and lapse. */
function taken({ agencies }: Skeleton): ProvinceFault[] {
  return agencies.flatMap(({ id }, a) =>
    id === sandboxAgency
      ? [{ path: ["agencies", a, "id"], message: `"${id}" is where programs are tried: give it another id` }]
      : [],
  );
}

/** The canary files, so it must be a client that files nowhere else. */
function strangeCanary({ sandbox }: Skeleton): ProvinceFault[] {
  const canary = sandbox?.canary;
  if (!canary || sandbox.clients.some(({ clientId }) => clientId === canary)) return [];
  return [{ path: ["sandbox", "canary"], message: `"${canary}" is none of the sandbox's clients: add it to them` }];
}

export const sandboxFaults = (province: Skeleton) => [...taken(province), ...strangeCanary(province)];
