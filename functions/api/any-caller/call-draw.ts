import { callProbability, isDrawn } from "#shared/domain/complaint/call-draw.ts";
import { readFiledCount } from "#shared/store/complaints/filed-counts.ts";
import { readPepper } from "#shared/store/secrets.ts";

/** Draws among the complaints that were filed at an agency then: tells of an id with which probability, if it is drawn. */
export async function drawAmong(filed: { agencyId: string; filedAt: string }) {
  const [pepper, count] = await Promise.all([readPepper(), readFiledCount(filed)]);
  const probability = callProbability(count);
  return (id: string) => (isDrawn({ pepper, id, probability }) ? probability : undefined);
}
