import * as z from "zod";
import { created } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { identityMark } from "#shared/domain/citizen/mask.ts";
import { Filing, file, notFilable } from "#shared/domain/complaint/filing.ts";
import { Fault } from "#shared/domain/fault.ts";
import { directory, idPrefix } from "#shared/province/slices.static.ts";
import { mustHaveRoom } from "#shared/store/complaints/filing-counts.ts";
import { fileOnce, Receipt } from "#shared/store/complaints/filings.ts";
import { readMaskKey, readPepper } from "#shared/store/secrets.ts";
import { filingNotes, Notes } from "../wording/filing-notes.ts";
import { firstDeadlines } from "./first-deadlines.ts";
import { retaliationOf } from "./proven-retaliation.ts";

/** POST /v1/complaints: a front end files a citizen's complaint; the answer holds the secret, for the citizen. */
export const fileComplaint = route({
  caller: "front-end",
  summary: { en: "File a complaint on behalf of a citizen", fa: "ثبت شکایت از طرف شهروند" },
  body: Filing,
  answer: { status: 201, schema: Receipt.extend({ secret: z.string(), notes: Notes }).meta({ id: "Receipt" }) },
  problems: [
    "idempotency-key-missing",
    "channel-not-allowed",
    "not-allowed",
    "unknown-agency",
    "unknown-county",
    "unknown-office",
    "unknown-category",
    "retired",
    "unknown-complaint",
    "too-many",
    "idempotency-key-reused",
    "key-expired",
  ],
  async run({ principal, body, text, key, now }) {
    if (!key) throw new Fault("idempotency-key-missing");
    const refusal = notFilable(body, { by: principal, directory, now });
    const [pepper, maskKey, deadlinesOf] = await Promise.all([
      readPepper(),
      readMaskKey(),
      firstDeadlines(body, now),
      mustHaveRoom({ ...principal, now }),
    ]);
    const mark = (word: string) => identityMark(maskKey, word);
    const retaliation = refusal ? undefined : await retaliationOf(body, { pepper, now });
    const receipt = await fileOnce({
      pepper,
      idPrefix,
      clientId: principal.clientId,
      key,
      body: text,
      now,
      email: body.citizen?.email,
      compose:
        refusal ??
        ((given) => file(body, { ...given, by: principal, now, deadlines: deadlinesOf(), retaliation, mark })),
    });
    return created({ ...receipt, notes: filingNotes }, `/v1/complaints/${receipt.id}`);
  },
});
