import * as z from "zod";
import { ComplaintSecrets, complaintSecrets } from "#shared/identifier.ts";
import { NationalId } from "#shared/identities/identity.ts";
import { secondInspectorMinutes } from "#shared/policy-numbers.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, minuteMs } from "#shared/time/duration.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { executeRenewal } from "./renewals.store.ts";

/** The renewal waits for a second inspector, who sends the same request until `confirmBy`. */
const AskedRenewal = z.object({ confirmBy: Instant }).meta({ id: "AskedRenewal" });

/**
 * POST /v1/inspector/complaints/{id}/secret: an inspector who saw the citizen's card gives the complaint a new secret. It is
 * shown only here; the old one no longer works. From the sixth renewal on a second inspector sends the request too. Each attempt
 * counts as a reading of the identity, because the answer says whether the typed national id is the citizen's.
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
  answer: {
    status: 200,
    schema: ComplaintSecrets.meta({ id: "RenewedSecret" }),
    alsoAnswers: { status: 202, schema: AskedRenewal },
  },
  async run({ principal, path, body, now, idempotencyKey }) {
    const pepper = await readPepper();
    const request = { principal, path, now, idempotencyKey };
    const { secretGeneration, renewalRequestedAt = now, quota } = await executeRenewal(request, { ...body, pepper });
    const confirmBy = addMilliseconds(renewalRequestedAt, secondInspectorMinutes * minuteMs);
    if (secretGeneration === undefined) return { status: 202, body: { confirmBy }, quota };
    return { status: 200, body: complaintSecrets(pepper, path.id, secretGeneration), quota };
  },
});

/**
 * A function of its own: it alone reads a citizen's national id and the pepper. It shows no identity, and reads of one only the
 * name and the national id.
 */
export const routes = { "POST /v1/inspector/complaints/{id}/secret": renewSecretAsInspector };
export const handler = serve({ routes, authenticate: authenticateByToken("inspector") });
