import { givenTokens, identityMark } from "#shared/domain/citizen/mask.ts";
import { accusedOf, Complaint, Narrative } from "#shared/domain/complaint/complaint.ts";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import { fold, type Untold } from "#shared/domain/complaint/evolve.ts";
import { complaintKey, eventPrefix, headKey, textKey } from "#shared/runtime/keys.ts";
import { readAll } from "../pages.ts";
import { readMaskKey } from "../secrets.ts";
import { ifNew, writeTogether } from "../transaction.ts";
import { putHead } from "./complaints.ts";
import { readAnyIdentity } from "./identities.ts";

/** A head as it is stored, and as the complaint's events make it; each undefined where there is none. */
export type ComparedHead = { stored: Record<string, unknown> | undefined; folded: Complaint | undefined };

/** Fields that no event carries (`Untold`) are made again from the identity and the narrative. */
export async function compareHead(id: string): Promise<ComparedHead> {
  const items = await readAll({
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": complaintKey(id) },
  });
  const events = items.filter(({ sk }) => String(sk).startsWith(eventPrefix)).map((item) => ComplaintEvent.parse(item));
  const narrative = Narrative.optional().parse(items.find(({ sk }) => sk === textKey));
  const stored = items.find(({ sk }) => sk === headKey);
  const identity = (await identityOf(id)) ?? {
    // Consent may have been given by somebody who gave nothing else.
    identityShared: stored?.identityShared === true,
    identityMarks: [],
  };
  const untold = { ...identity, id, accused: narrative?.employee && accusedOf(narrative.employee) };
  return { stored, folded: fold(events, untold) };
}

async function identityOf(id: string): Promise<Pick<Untold, "identityShared" | "identityMarks"> | undefined> {
  for (const identityShared of [true, false]) {
    const identity = await readAnyIdentity({ id, identityShared });
    if (!identity) continue;
    const maskKey = await readMaskKey();
    return { identityShared, identityMarks: givenTokens(identity).map((token) => identityMark(maskKey, token)) };
  }
  return undefined;
}

/** The fields in which a head differs from its events. Not `inCharge`: it is the state machine's, and in no event. */
export function differencesOf({ stored = {}, folded }: ComparedHead): string[] {
  const wanted: Record<string, unknown> = { ...folded };
  const names = Object.keys(Complaint.shape).filter((name) => name !== "inCharge");
  return names.filter((name) => JSON.stringify(sorted(stored[name])) !== JSON.stringify(sorted(wanted[name])));
}

/** Writes the folded head over the stored or missing one; false where it cannot be folded or a move came in between. */
export async function mendHead({ stored, folded }: ComparedHead): Promise<boolean> {
  if (!folded) return false;
  const condition = stored ? unmovedSince(stored) : ifNew;
  return !(await writeTogether([putHead({ complaint: folded, condition })]));
}

function unmovedSince({ version }: Record<string, unknown>) {
  if (version === undefined) return { ConditionExpression: "attribute_not_exists(version)" };
  return { ConditionExpression: "version = :read", ExpressionAttributeValues: { ":read": version } };
}

/** Objects with their fields in one order, so that they can be compared as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => a.localeCompare(b)).map(([name, field]) => [name, sorted(field)]),
  );
}
