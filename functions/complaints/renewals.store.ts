import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { renewedHeadWrite } from "#shared/complaints/complaints.store.ts";
import { assertRenewable, renewSecret } from "#shared/complaints/confidential-commands.ts";
import { saveRetentionOrder } from "#shared/complaints/retention-orders.store.ts";
import { renewalOrderType } from "#shared/complaints/retention-orders.ts";
import type { Quota } from "#shared/fault.ts";
import { readDeclaredPerson } from "#shared/identities/identities.store.ts";
import { readSignedInName } from "#shared/people/person-names.store.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { identityReadsPerDay, sms } from "#shared/province/slices.static.ts";
import { type IdempotencyKey, withKeyedBody } from "#shared/storage/commands.ts";
import { auditWrite, countReads, saveAuditEntry } from "../audit/audit.store.ts";
import { smsNewsWrite } from "../messages/sms-news.store.ts";

type RenewalRequest = {
  path: { id: string };
  principal: PrincipalOf<"inspector">;
  now: string;
  idempotencyKey: IdempotencyKey | undefined;
};

/**
 * Renews the secret of a complaint and returns the generation of the new one. Where a second inspector is needed, it records the
 * request and returns its instant. Each attempt counts as a reading of the identity. Throws the faults of `renewSecret`, and
 * `too-many-requests`.
 */
export async function executeRenewal(
  request: RenewalRequest,
  { nationalId, pepper }: { nationalId: string; pepper: string },
): Promise<{
  secretGeneration?: number | undefined;
  renewalRequestedAt?: string | undefined;
  quota: Quota | undefined;
}> {
  const { principal, path, now, idempotencyKey } = request;
  const { clientId, person } = principal;
  const name = await readSignedInName(person);
  const audited = { complaintId: path.id, clientId, person };
  let counted: ReturnType<typeof countReads> | undefined;
  const keyed = { ...request, idempotencyKey: withKeyedBody(idempotencyKey, pepper, "renewal") };
  const { secretGeneration, renewalRequestedAt } = await executeConfidentialCommand(keyed, async (found, context) => {
    // The identity is read again in each try: the citizen may have erased it since.
    const declared = await readDeclaredPerson(found.id);
    assertRenewable(found, declared);
    // Counted once, and not for a repetition, which gets its first answer without a decision.
    counted ??= countReads({ sub: person, now, name: "identities", maximum: identityReadsPerDay });
    await counted;
    if (declared.nationalId !== nationalId) await saveAuditEntry({ type: "secret-not-renewed", at: now, ...audited });
    const entry = renewSecret(found, { ...context, nationalId, name, declared });
    const audit = auditWrite({ type: entry.type, at: entry.at, ...audited });
    if (entry.type === "renewal-requested") return { entries: entry, additionalWrites: [audit] };
    // The order is saved before the table changes: if the table is lost in between, the restore still refuses the old secret.
    await saveRetentionOrder({ id: found.id, at: entry.at, type: renewalOrderType(entry.generation) });
    const news = sms ? [smsNewsWrite({ complaintId: found.id, at: entry.at })] : [];
    return { entries: entry, additionalWrites: [renewedHeadWrite(found, entry), audit, ...news] };
  });
  return { secretGeneration, renewalRequestedAt, quota: (await counted)?.quota };
}
