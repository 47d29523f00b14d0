import { callDigitsMac } from "#shared/complaints/call-consent.ts";
import { Filing, file, refuseFiling } from "#shared/complaints/filing.ts";
import { refuseSmsNotOffered } from "#shared/complaints/sms-consent.ts";
import { createIdentityDigester, filingNotes, Notes } from "#shared/complaints/text-masker.store.ts";
import { Fault } from "#shared/fault.ts";
import { directoryFor, filingSender } from "#shared/province/directory.ts";
import { directory, idPrefixes, sms } from "#shared/province/slices.static.ts";
import { readMaskKey, readPepper } from "#shared/storage/secrets.ts";
import { createCallDraw } from "../calls/call-list.store.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { createdReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { prepareDeadlines } from "./deadlines.api.ts";
import { assertFilingQuota, Receipt, ReceiptCodes, saveFiling } from "./filings.store.ts";
import { proveRetaliation } from "./retaliation-report.api.ts";

const notInCatalog = ["unknown-agency", "unknown-county", "unknown-office", "unknown-category"] as const;

/** POST /v1/complaints: a front end files a citizen's complaint; the answer holds the codes, for the citizen. */
export const fileComplaint = route({
  caller: "front-end",
  summary: { en: "File a complaint on behalf of a citizen", fa: "ثبت شکایت از طرف شهروند" },
  body: Filing,
  answer: { status: 201, schema: Receipt.extend({ ...ReceiptCodes.shape, notes: Notes }).meta({ id: "Receipt" }) },
  quota: "filings",
  problems: [
    "idempotency-key-missing",
    "channel-not-allowed",
    "not-allowed",
    ...notInCatalog,
    "retired",
    "unknown-earlier-complaint",
    "too-many-requests",
    "idempotency-key-reused",
    "idempotency-key-expired",
  ],
  async run({ principal: by, body, canonicalBody, sentIdempotencyKey, now }) {
    if (!sentIdempotencyKey) throw new Fault("idempotency-key-missing");
    const refusal =
      refuseFiling(body, { by, directory: directoryFor(by, directory), now }) ??
      refuseSmsNotOffered(body.citizen?.notifyBySms, { isOffered: sms !== null, path: "citizen.notifyBySms" });
    const [pepper, maskKey, identityDigest, drawForCalls, deadlinesOf, quota] = await Promise.all([
      readPepper(),
      readMaskKey(),
      createIdentityDigester(),
      refusal || !body.citizen?.mayBeCalled ? undefined : createCallDraw({ ...body, filedAt: now }),
      prepareDeadlines(body, now),
      assertFilingQuota({ ...by, now }),
    ]);
    const retaliation = refusal ? undefined : await proveRetaliation(body, { pepper, now });
    const receipt = await saveFiling({
      pepper,
      idPrefixes,
      ...filingSender(by, body.citizen),
      key: sentIdempotencyKey,
      body: canonicalBody,
      now,
      composeComplaint:
        refusal ??
        ((generated) =>
          file(body, {
            ...generated,
            by,
            now,
            deadlines: deadlinesOf(),
            retaliation,
            identityDigest,
            digitsMac: (id, digits) => callDigitsMac(maskKey, id, digits),
            drawForCalls,
          })),
    });
    return { ...createdReply({ ...receipt, notes: filingNotes }, `/v1/complaints/${receipt.id}`), quota };
  },
});

/** A function of its own: it alone may write identities, and the front ends' other routes may not. It reads no identity. */
export const routes = { "POST /v1/complaints": fileComplaint };
export const handler = serve({ routes, authenticate: authenticateByToken("front-end") });
