import { earlierThan, kinds } from "#shared/domain/complaint/forgetting.ts";
import { Duration, milliseconds } from "#shared/domain/time/duration.ts";
import type { ProvinceFault } from "./fault.ts";
import type { Skeleton } from "./skeleton.ts";

/** A kind that is to be forgotten before what has to be forgotten before it. */
export function retentionFaults({ retention }: Skeleton): ProvinceFault[] {
  return kinds.flatMap((kind) => {
    const earlier = earlierThan(kind);
    if (!earlier) return [];
    const [kept, before] = [retention[kind], retention[earlier]];
    if (![kept, before].every((length) => Duration.safeParse(length).success)) return [];
    if (milliseconds(kept) >= milliseconds(before)) return [];
    const message = `${kept} is less than \`${earlier}\`, which goes before: write ${before} or more`;
    return [{ path: ["retention", kind], message }];
  });
}
