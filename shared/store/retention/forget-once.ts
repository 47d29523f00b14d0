import type { Complaint, Visit } from "#shared/domain/complaint/complaint.ts";
import type { Kind } from "#shared/domain/complaint/forgetting.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { Fault } from "#shared/domain/fault.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { env } from "#shared/runtime/env.ts";
import { forgettingKeys, partitions } from "#shared/runtime/keys.ts";
import { readHead } from "../complaints/complaints.ts";
import { readConfidence } from "../complaints/private-series.ts";
import { overtaken, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";

const attempts = 5;

/** `noted`: how many notes the series has; the next one's number is taken, so that no hold is set meanwhile. */
export type Standing = {
  complaint: Complaint;
  series: readonly PrivateEvent[];
  visits: readonly Visit[];
  noted: number;
};
type Forgetting = {
  id: string;
  kind: Kind;
  now: string;
  /** What is written where a kind is forgotten; undefined where it is not. */
  decide: (standing: Standing) => Writes | undefined;
};

/**
 * Forgets a kind together with the ledger's count: once, however often it is tried. Resolves with what it went by, and
 * whether it forgot; rejects where the complaint is not there or cannot be read.
 */
export function forgetOnce({ id, kind, now, decide }: Forgetting): Promise<Standing & { hasForgotten: boolean }> {
  return unlessOvertaken(attempts, async () => {
    const complaint = await readHead(id);
    if (!complaint) throw new Fault("not-found");
    const standing = { complaint, ...(await readConfidence(id)) };
    const writes = decide(standing);
    if (!writes) return { ...standing, hasForgotten: false };
    return (await writeTogether([...writes, counted({ id, kind, now })]))
      ? overtaken
      : { ...standing, hasForgotten: true };
  });
}

/** The ledger's names of the kinds. */
const names: Record<Kind, string> = { identity: "identities", texts: "texts", events: "complaints" };

/** What went on a day, by kind: no content and no id. */
function counted({ id, kind, now }: { id: string; kind: Kind; now: string }): Writes[number] {
  return {
    Update: {
      TableName: env("COMPLAINTS_TABLE"),
      Key: { pk: partitions.forgetting, sk: forgettingKeys.ledger({ date: localDate(now), id }) },
      UpdateExpression: "ADD #kind :one",
      ExpressionAttributeNames: { "#kind": names[kind] },
      ExpressionAttributeValues: { ":one": 1 },
    },
  };
}
