import { sandboxAgency } from "#shared/domain/complaint/sandbox.ts";
import type { ProvinceFault } from "./fault.ts";
import type { Skeleton } from "./skeleton.ts";

/** No agency of the province may be taken for the sandbox: its complaints would be counted nowhere, and lapse. */
export function sandboxFaults({ agencies }: Skeleton): ProvinceFault[] {
  return agencies.flatMap(({ id }, a) =>
    id === sandboxAgency
      ? [{ path: ["agencies", a, "id"], message: `"${id}" is where programs are tried: give it another id` }]
      : [],
  );
}
