import * as z from "zod";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import { renewedHeadWrite } from "#shared/complaints/complaints.store.ts";
import { assertRenewable, renewSecret } from "#shared/complaints/confidential-commands.ts";
import { saveRetentionOrder } from "#shared/complaints/retention-orders.store.ts";
import { renewalOrderType } from "#shared/complaints/retention-orders.ts";
import { hmacHex } from "#shared/digest.ts";
import { ComplaintSecrets, complaintSecrets } from "#shared/identifier.ts";
import { readDeclaredPerson } from "#shared/identities/identities.store.ts";
import { NationalId } from "#shared/identities/identity.ts";
import { readSignedInName } from "#shared/people/person-names.store.ts";
import { identityReadsPerDay, sms } from "#shared/province/slices.static.ts";
import type { IdempotencyKey } from "#shared/storage/commands.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import { auditWrite, countReads, saveAuditEntry } from "../audit/audit.store.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { smsNewsWrite } from "../messages/sms-news.store.ts";

/** The body has only a national id: from a digest without a key, the id could be found by trying all ids. */
function withKeyedBody(key: IdempotencyKey | undefined, pepper: string): IdempotencyKey | undefined {
  return key && { ...key, bodyMac: hmacHex(pepper, "renewal", key.bodyMac) };
}

/**
 * POST /v1/inspector/complaints/{id}/secret: an inspector who saw the citizen's card gives the complaint a new secret. It is
 * shown only here; the old one no longer works. Each attempt counts as a reading of the identity, because the answer
 * says whether the typed national id is the citizen's.
 */
export const renewSecretAsInspector = route({
  caller: "inspector",
  summary: {
    en: "Give a citizen who came in person a new secret; the citizen sees that",
    fa: "دادن رمز تازه به شهروندی که حضوری آمده است (به شهروند اعلام می‌شود)",
  },
  path: ComplaintPath,
  body: z.strictObject({ nationalId: NationalId }),
  quota: "identities",
  problems: ["wrong-state", "renewal-limit", "national-id-differs", "too-many-requests", "idempotency-key-reused"],
  answer: { status: 200, schema: ComplaintSecrets.meta({ id: "RenewedSecret" }) },
  async run({ principal, path, body, now, idempotencyKey }) {
    const { clientId, person } = principal;
    const [pepper, name] = await Promise.all([readPepper(), readSignedInName(person)]);
    const audited = { complaintId: path.id, clientId, person };
    const request = { path, principal, now, idempotencyKey: withKeyedBody(idempotencyKey, pepper) };
    let counted: ReturnType<typeof countReads> | undefined;
    const { secretGeneration } = await executeConfidentialCommand(request, async (found, context) => {
      // The identity is read again in each try: the citizen may have erased it since.
      const declared = await readDeclaredPerson(found.id);
      assertRenewable(found, declared);
      // Counted once, and not for a repetition, which gets its first answer without a decision.
      counted ??= countReads({ sub: person, now, name: "identities", maximum: identityReadsPerDay });
      await counted;
      if (declared.nationalId !== body.nationalId)
        await saveAuditEntry({ type: "secret-not-renewed", at: now, ...audited });
      const entry = renewSecret(found, { ...context, ...body, name, declared });
      // The order is saved before the table changes: if the table is lost in between, the restore still refuses the old secret.
      await saveRetentionOrder({ id: found.id, at: entry.at, type: renewalOrderType(entry.generation) });
      return {
        entries: entry,
        additionalWrites: [
          renewedHeadWrite(found, entry.generation),
          auditWrite({ type: "secret-renewed", at: entry.at, ...audited }),
          ...(sms ? [smsNewsWrite({ complaintId: found.id, at: entry.at })] : []),
        ],
      };
    });
    const { quota } = (await counted) ?? {};
    return { status: 200, body: complaintSecrets(pepper, path.id, secretGeneration), quota };
  },
});

/**
 * A function of its own: it alone reads a citizen's national id and the pepper. It shows no identity, and reads of one only the
 * name and the national id.
 */
export const routes = { "POST /v1/inspector/complaints/{id}/secret": renewSecretAsInspector };
export const handler = serve({ routes, authenticate: authenticateByToken("inspector") });
