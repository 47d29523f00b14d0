import { isDrawn } from "#shared/domain/complaint/call-draw.ts";
import { sandboxAgency } from "#shared/domain/complaint/sandbox.ts";
import { callProbability, quarterAt, quarterBefore } from "#shared/domain/statistics/call-probability.ts";
import { readPepper } from "#shared/store/secrets.ts";
import { readAgencyCount } from "#shared/store/statistics/editions.ts";

/** Draws among the complaints that were filed at an agency then: tells of an id with which probability, if it is drawn. None of the sandbox is. */
export async function drawAmong({ agencyId, filedAt }: { agencyId: string; filedAt: string }) {
  if (agencyId === sandboxAgency) return () => undefined;
  const quarter = quarterBefore(quarterAt(filedAt));
  const [pepper, count] = await Promise.all([readPepper(), readAgencyCount({ agencyId, quarter })]);
  const probability = callProbability(count);
  return (id: string) => (isDrawn({ pepper, id, probability }) ? probability : undefined);
}
