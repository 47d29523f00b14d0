import type { ProvinceFault } from "./fault.ts";
import { didYouMean } from "./nearest.ts";
import type { Skeleton } from "./skeleton.ts";

/** Who calls citizens back must be a front end that goes on, and no agency's: it reads phones, and hears of agencies. */
export function callerFaults({ callbacks, frontEnds }: Skeleton): ProvinceFault[] {
  const clientId = callbacks?.clientId;
  if (!clientId) return [];
  const fault = (message: string) => [{ path: ["callbacks", "clientId"], message }];
  const named = frontEnds.find((one) => one.clientId === clientId);
  if (!named) {
    const near = didYouMean(
      clientId,
      frontEnds.map((one) => one.clientId),
    );
    return fault(`there is no front end "${clientId}": add it, or name another${near}`);
  }
  // Where none goes on, that is the fault.
  if (named.retiredFrom && frontEnds.some((one) => !one.retiredFrom))
    return fault(`"${clientId}" retires: name one that goes on, or leave callbacks out`);
  if (!named.operatedBy) return [];
  return fault(`"${clientId}" is run by "${named.operatedBy}": name one that no agency runs, or leave callbacks out`);
}
